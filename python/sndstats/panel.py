"""A panel: which rows belong to one unit, and which period each row is."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .along import axis_of, check_indexes, data_array, refuse_lazy, take_polars, take_rows
from .containers import is_frame, is_of, is_series
from .pairing import check_rows, parse_lags, rates, reasons
from .plans import Plan, make_plan

__all__ = ["Panel"]


class Panel:
    """A plan of units and periods, built once and used for any lag, column and measure.

    Parameters
    ----------
    groups : array_like, optional
        The unit of each row, as labels of any kind. None: all rows are one unit.
    time : array_like, optional
        The period of each row, as for `growth_rate`. None: rows of one group are
        consecutive periods in order, though groups may interleave.
    freq : str, optional
        The step of dates, as for `growth_rate`.
    threads : int, optional
        Threads for building the plan; the plan does not depend on it.

    Raises
    ------
    ValueError
        A repeated or missing (group, time); dates in days or finer without `freq`; times
        that are not whole steps; neither groups nor time.

    Notes
    -----
    Rows may come in any order. The plan keeps nothing of its inputs, and is not pickled:
    build it where it is needed. It holds 8 bytes a
    unit and, per row, nothing where rows are sorted and no period is absent; 4 bytes for
    the steps where periods are absent (8 where a unit spans more than 2^31 of them); 4 to
    6 for the order where rows are not sorted. Memory never grows with the range of time.

    Examples
    --------
    >>> import sndstats as snd
    >>> panel = snd.Panel(groups=["b", "a", "b", "a"], time=[2022, 2021, 2021, 2023])
    >>> panel.n_units, panel.n_gaps, panel.is_sorted
    (2, 1, False)
    >>> [round(float(g), 6) for g in panel.growth_rate([55.0, 10.0, 50.0, 12.0])]
    [0.1, nan, nan, nan]

    References
    ----------
    Lags refer to the value of time and not to the row, as in Stata's time-series
    operators (Stata Time-Series Reference Manual, tsset).
    """

    __slots__ = ("_index", "_plan")

    def __init__(
        self, groups: Any = None, time: Any = None, *, freq: str | None = None, threads: int | None = None
    ) -> None:
        """Build the plan."""
        if groups is None and time is None:
            raise ValueError("groups, time: expected at least one of them")
        check_indexes(groups, time=time)
        self._plan: Plan = make_plan(groups, time, freq, keep=True, workers=threads)
        labelled = [x.index for x in (groups, time) if is_series(x)]
        self._index: Any = labelled[0] if labelled else None

    def __repr__(self) -> str:
        """Rows, units and gaps."""
        return f"<Panel of {self._plan.rows} rows, {self.n_units} units, {self.n_gaps} gaps>"

    def __len__(self) -> int:
        """Rows."""
        return self._plan.rows

    @property
    def n_units(self) -> int:
        """Units that have rows; 1 without groups."""
        return self._plan.units

    @property
    def n_gaps(self) -> int:
        """Absent periods inside each unit's first-to-last range."""
        return self._plan.gaps

    @property
    def is_sorted(self) -> bool:
        """Whether rows come by unit, ascending, and then by time."""
        return self._plan.in_order

    def growth_rate(
        self,
        values: Any,
        lag: Any = 1,
        *,
        axis: int = 0,
        method: str = "simple",
        base: str = "ieee",
        periods_per_year: float | None = None,
        fill: float = np.nan,
        out: Any = None,
        threads: int | None = None,
    ) -> Any:
        """Growth on the value `lag` periods earlier; arguments as for `sndstats.growth_rate`."""
        self._check_index(values, axis)
        return rates(self._plan, values, lag, axis, method, base, periods_per_year, fill, out, threads)

    def growth_reason(self, values: Any, lag: Any = 1, *, axis: int = 0, threads: int | None = None) -> Any:
        """Codes of `Reason` of the same pairs; arguments as for `sndstats.growth_reason`."""
        self._check_index(values, axis)
        return reasons(self._plan, values, lag, axis, threads)

    def _check_index(self, values: Any, axis: Any) -> None:
        if self._index is None or not (is_series(values) or is_frame(values)):
            return
        across = is_frame(values) and axis_of(axis, 2) == 1
        if not (values.columns if across else values.index).equals(self._index):
            raise ValueError(
                "values: the index differs from that of the panel's groups and time; align them first, "
                "e.g. values.reindex(groups.index)"
            )

    def lag(self, values: Any, lag: Any = 1, *, axis: int = 0, fill: Any = np.nan) -> Any:
        """The values `lag` periods earlier, `fill` where that period is absent.

        Parameters
        ----------
        values : array_like, or a pandas, polars or xarray object
            Of any type. The result has the type that holds `fill` too: float64 for NaN
            among integers (pass a whole number to keep them).
        lag : int or sequence of int
            Periods back; negative ones look forward. A sequence adds a leading axis.
        axis : int
            The axis of time.
        fill : scalar
            Stands where the period is absent. NaN is NaT among dates, NA in nullable
            columns and null in polars. What is masked in a masked array stays masked.

        Notes
        -----
        Takes 8 bytes a row for row numbers (for each lag where pandas and polars objects
        are given), and room for the values of one lag.
        """
        self._check_index(values, axis)
        refuse_lazy(values, "values")
        if np.ndim(fill) != 0:
            raise TypeError(f"fill: expected a single value, got {fill!r}")
        lags, single = parse_lags(lag)
        try:
            shape = np.shape(values)
        except ValueError as error:
            raise ValueError(f"values: rows differ in length ({error})") from error
        where = axis_of(axis, len(shape))
        check_rows(self._plan, shape, where)
        if is_series(values) or is_frame(values):
            return take_rows(values, np.stack(list(map(self._rows, lags))), where, fill, lags, single)
        if is_of("polars", "Series", values) or is_of("polars", "DataFrame", values):
            return take_polars(values, np.stack(list(map(self._rows, lags))), where, fill, lags, single)
        if isinstance(values, np.ma.MaskedArray):
            data = self._take(values.data, lags, where, fill)
            hidden = self._take(np.ma.getmaskarray(values), lags, where, False)
            masked = np.ma.MaskedArray(data, hidden)
            return masked[0] if single else masked
        result = self._take(np.asarray(values), lags, where, fill)
        if is_of("xarray", "DataArray", values):
            return data_array(result, values, lags, single)
        return result[0] if single else result

    def _rows(self, lag: int) -> NDArray[np.int64]:
        """For each row the one `lag` periods earlier, or -1."""
        rows = np.empty(len(self), np.int64)
        _core.panel_rows(self._plan.capsule, lag, rows)
        return rows

    def _take(self, array: NDArray[Any], lags: tuple[int, ...], axis: int, fill: Any) -> NDArray[Any]:
        """The earlier values with each lag, `fill` where there is none."""
        if array.dtype.kind in "mM" and isinstance(fill, float) and np.isnan(fill):
            fill = np.array("NaT", array.dtype)[()]
        filler: Any = fill if isinstance(fill, (int, float)) else np.asarray(fill)
        try:
            dtype = np.result_type(array.dtype, filler)
            filler = np.asarray(fill, dtype)
        except TypeError as error:
            raise TypeError(f"fill: {fill!r} does not go with values of type {array.dtype}") from error
        except OverflowError as error:
            raise OverflowError(
                f"fill: {array.dtype} values do not hold {fill!r}; widen them first"
            ) from error
        result = np.empty((len(lags), *array.shape), dtype)
        for made, rows in zip(result, map(self._rows, lags), strict=True):
            made[...] = np.take(array, rows, axis)
            np.moveaxis(made, axis, 0)[rows < 0] = filler
        return result
