"""A panel: which rows belong to one unit, and which period each row is."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .along import axis_of, check_indexes, take_rows
from .containers import is_frame, is_series
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
    Rows may come in any order. The plan keeps nothing of its inputs. It holds 8 bytes a
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
        values : array_like or pandas Series or DataFrame
            Of any type. The result has the type that holds `fill` too: float64 for NaN
            among integers (pass a whole number to keep them).
        lag : int or sequence of int
            Periods back; negative ones look forward. A sequence adds a leading axis.
        axis : int
            The axis of time.
        fill : scalar
            Stands where the period is absent; NaT among dates when it is NaN.
        """
        self._check_index(values, axis)
        lags, single = parse_lags(lag)
        bases = np.empty((len(lags), len(self)), np.int64)
        for k, one in enumerate(lags):
            _core.panel_rows(self._plan.capsule, one, bases[k])
        if is_series(values) or is_frame(values):
            return take_rows(values, bases, axis_of(axis, values.ndim), fill, lags, single)
        array = np.asarray(values)
        where = axis_of(axis, array.ndim)
        check_rows(self._plan, array.shape, where)
        results = [_take(array, rows, where, fill) for rows in bases]
        return results[0] if single else np.stack(results)


def _take(array: NDArray[Any], rows: NDArray[np.int64], axis: int, fill: Any) -> NDArray[Any]:
    """Rows by number along an axis, `fill` for -1."""
    if array.dtype.kind in "mM" and isinstance(fill, float) and np.isnan(fill):
        fill = array.dtype.type("NaT")
    filler = fill if isinstance(fill, (int, float)) else np.asarray(fill)
    result = np.take(array, rows, axis).astype(np.result_type(array.dtype, filler), copy=False)
    np.moveaxis(result, axis, 0)[rows < 0] = fill
    return result
