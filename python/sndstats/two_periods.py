"""The frame of statistics of two periods: check them, bring them into one type, dress the results."""

import sys
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import threads as _threads
from .aggregates import Aggregates
from .along import axis_of
from .containers import is_frame, is_of, is_series, row_labels, with_nulls
from .dressing import check_axis
from .numeric import (
    as_float64,
    check_columns,
    check_coordinates,
    check_weights,
    is_nullable,
    masked,
    numbers,
    weights_of,
)

__all__ = ["Periods", "TwoPeriods", "labelled"]


class Periods(NamedTuple):
    """Figures of two periods in one type, rows first, with a column for each series."""

    start: NDArray[Any]
    end: NDArray[Any]
    weights: NDArray[np.float64] | None

    def column(self, k: int) -> Self:
        """The figures and weights of one series."""
        weights = None if self.weights is None else self.weights[:, k]
        return self._replace(start=self.start[:, k], end=self.end[:, k], weights=weights)


class TwoPeriods(Aggregates):
    """What statistics of two periods take and give in the same way."""

    __slots__ = ()

    def _of_periods(
        self,
        compute: Any,
        start: Any,
        end: Any,
        weights: Any,
        axis: int,
        threads: Any,
        need: int,
        ruled: bool = False,
        kinds: tuple[Any, ...] = (),
    ) -> list[Any]:
        """Results of each column of two periods, dressed as the start was, or else the end.

        `compute` gets a column of figures by membership and by row. It gives a result of each
        of `kinds`, by default one rate, and the number of rows with both figures: a rate of fewer
        than `need` is missing, and one that is NaN if `ruled` says that a rule makes it so.
        """
        rows = self._periods(start, end, weights, axis)
        members = self._memberships(rows)
        workers = _threads.count(members.start.size, threads)
        columns = [compute(members.column(k), rows.column(k), workers) for k in range(members.start.shape[1])]
        rate = np.float32 if rows.start.dtype == np.float32 else np.float64
        made = []
        for j, kind in enumerate(kinds or (rate,)):
            table, gone = np.empty((self.n, len(columns)), kind), np.zeros((self.n, len(columns)), bool)
            for k, (results, present) in enumerate(columns):
                table[:, k] = results[j]
                if table.dtype.kind == "f":
                    gone[:, k] = (present < need) | (np.isnan(table[:, k]) if ruled else False)
            made.append(self._by_cluster(table, gone, start, end, axis))
        return made

    def _by_cluster(
        self, table: NDArray[Any], gone: NDArray[np.bool_], start: Any, end: Any, axis: int
    ) -> Any:
        """A result by cluster and column in the shape and the container of the figures."""
        shape, like = np.shape(start), labelled(start, end)
        axis = normalize_axis_index(axis, len(shape))
        if is_of("polars", "Series", like):
            return with_nulls(like.name, table[:, 0], gone[:, 0])
        if is_of("polars", "DataFrame", like):
            cells = [with_nulls(c, table[:, k], gone[:, k]) for k, c in enumerate(like.columns)]
            return sys.modules["polars"].DataFrame(cells)
        types = _nullable(start, end, table.shape[1]) if axis == 0 else []
        if all(x is None for x in types):
            result = np.moveaxis(table.reshape(self.n, *np.delete(shape, axis)), 0, axis)
            return self._dress(result, like, axis)
        columns = [
            table[:, k] if dtype is None else masked(table[:, k].copy(), gone[:, k].copy(), dtype)
            for k, dtype in enumerate(types)
        ]
        if is_series(like):
            return self._dress(columns[0], like, axis)
        pandas = sys.modules["pandas"]
        made = pandas.concat([self._dress(x, pandas.Series(dtype=object), 0) for x in columns], axis=1)
        made.columns, made.attrs = like.columns, dict(like.attrs)
        return made

    def _periods(self, start: Any, end: Any, weights: Any, axis: int) -> Periods:
        """Check both periods, bring them into one type and their rows to the front."""
        given = [numbers(start, "start"), numbers(end, "end")]
        shape = given[0][0].shape
        if len(shape) == 0:
            raise ValueError("start: expected an array with a figure for each row, got a scalar")
        axis = axis_of(axis, len(shape))
        if shape[axis] != self._length:
            raise ValueError(f"start: expected {self._length} rows along axis {axis}, got shape {shape}")
        if given[1][0].shape != shape:
            raise ValueError(f"end: expected the shape of start, {shape}, got {given[1][0].shape}")
        for period in (start, end):
            check_axis(period, axis)
        self._check_rows(start, axis, "start")
        self._check_rows(end, axis, "end")
        _check_labels(start, end, axis)
        if weights is not None:
            check_weights(start, weights, axis)
            self._check_rows(weights, axis, "weights")
            weights = weights_of(weights, shape, axis)
        arrays = _alike(_with_nan(*given[0], "start"), _with_nan(*given[1], "end"))
        columns = int(np.prod(np.delete(shape, axis), dtype=np.intp))

        def front(array: NDArray[Any]) -> NDArray[Any]:
            return np.moveaxis(array, axis, 0).reshape(self._length, columns)

        return Periods(front(arrays[0]), front(arrays[1]), None if weights is None else front(weights))

    def _memberships(self, rows: Periods) -> Periods:
        """Of clusters that overlap, a row for each membership, with its share as weight."""
        start, _, weights = self._by_member(rows.start, None, rows.weights, 0)
        return Periods(start, self._by_member(rows.end, None, None, 0)[0], weights)


def labelled(start: Any, end: Any) -> Any:
    """The one of both whose labels and container results get; a name that both have."""
    pair = (start, end)
    for kind in (("pandas", "Series"), ("xarray", "DataArray")):
        if all(is_of(*kind, x) for x in pair) and start.name != end.name:
            return start.rename(None)
    for x in pair:
        if is_series(x) or is_frame(x):
            return x
    kinds = (("polars", "Series"), ("polars", "DataFrame"), ("xarray", "DataArray"))
    return next((x for x in pair if any(is_of(*kind, x) for kind in kinds)), end)


def _nullable(start: Any, end: Any, columns: int) -> list[Any]:
    """For each column the type with an NA of its own that a period has it in, or None."""
    found = [None] * columns
    for values in (end, start):
        types = [values.dtype] if is_series(values) else values.dtypes if is_frame(values) else found
        found = [new if is_nullable(new) else old for new, old in zip(types, found, strict=True)]
    return found


def _check_labels(start: Any, end: Any, axis: int) -> None:
    """Two pandas, polars or xarray objects go together by label; nothing is aligned unasked."""
    check_columns(start, end, "end", "start")
    check_coordinates(start, end, "end", "start")
    for along in (0, 1) if is_frame(start) and is_frame(end) else (axis,):
        (want, what), (have, own) = row_labels(start, along), row_labels(end, along)
        if want is not None and have is not None and have is not want and not have.equals(want):
            raise ValueError(
                f"end: its {own} and the {what} of start differ; align them first, "
                f"e.g. end = end.reindex({own}=start.{what})"
            )


def _with_nan(array: NDArray[Any], missing: Any, name: str) -> NDArray[Any]:
    """Figures with NaN where integers are missing."""
    if missing is None:
        return array
    return np.where(missing, np.nan, as_float64(array, name, "drop the rows of missing ones first"))


def _alike(start: NDArray[Any], end: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both periods in one type; integers of one type stay integers."""
    if start.dtype == end.dtype:
        return start, end
    remedy = "give both periods the same type"
    return as_float64(start, "start", remedy), as_float64(end, "end", remedy)
