"""The frame of statistics of two periods: check them, bring them into one type, dress the results."""

import sys
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .aggregates import Aggregates
from .containers import is_frame, is_series, row_labels
from .numeric import as_float64, check_weights, is_nullable, masked, numbers, weights_of

__all__ = ["Periods", "TwoPeriods"]


class Periods(NamedTuple):
    """Figures of two periods in one type, rows first, with a column for each series."""

    start: NDArray[Any]
    end: NDArray[Any]
    weights: NDArray[np.float64] | None

    def column(self, k: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64] | None]:
        """The figures and weights of one series."""
        return self.start[:, k], self.end[:, k], None if self.weights is None else self.weights[:, k]


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
        results: int = 1,
    ) -> list[Any]:
        """Results of each column of two periods, dressed as the start was."""
        periods = self._periods(start, end, weights, axis, by_member=True)
        workers = _threads.count(periods.start.size, threads)
        columns = [compute(periods, k, workers) for k in range(periods.start.shape[1])]
        if results == 1:
            columns = [(x,) for x in columns]
        shape = np.shape(start)
        axis = normalize_axis_index(axis, len(shape))
        empty = [np.int64] * (results - 1) + [np.float64]
        made = []
        for j in range(results):
            table = np.stack([x[j] for x in columns], axis=1) if columns else np.empty((self.n, 0), empty[j])
            if periods.start.dtype == np.float32 and table.dtype.kind == "f" and results == 1:
                table = table.astype(np.float32)
            made.append(self._by_cluster(table, periods, start, axis))
        return made

    def _by_cluster(self, table: NDArray[Any], periods: Periods, start: Any, axis: int) -> Any:
        """A result by cluster and column in the shape and the container of the start."""
        shape = np.shape(start)
        if is_series(start) and is_nullable(start.dtype):
            return self._dress(self._not_there(table, periods, 0, start.dtype), start, axis)
        if is_frame(start) and axis == 0 and any(map(is_nullable, start.dtypes)):
            series = sys.modules["pandas"].Series
            columns = [
                self._dress(self._not_there(table, periods, k, dtype), series(dtype=dtype), axis)
                if is_nullable(dtype)
                else self._dress(table[:, k], series(dtype=dtype), axis)
                for k, dtype in enumerate(start.dtypes)
            ]
            made = sys.modules["pandas"].concat(columns, axis=1)
            made.columns, made.attrs = start.columns, dict(start.attrs)
            return made
        result = np.moveaxis(table.reshape(self.n, *np.delete(shape, axis)), 0, axis)
        return self._dress(result, start, axis)

    def _not_there(self, table: NDArray[Any], periods: Periods, k: int, dtype: Any) -> Any:
        """A column with NA for the clusters that have no row with both figures."""
        first, last, weights = periods.column(k)
        codes = _core.pair_codes(first, weights, self.codes, self.n, last, False, 1)
        present = _core.pair_growing(first, None, codes, self.n, last, 1)[1]
        if table.dtype.kind != "f":
            present = np.ones_like(present)
        return masked(table[:, k].copy(), present == 0, dtype)

    def _periods(self, start: Any, end: Any, weights: Any, axis: int, by_member: bool) -> Periods:
        """Check both periods, bring them into one type and their rows to the front."""
        given = [numbers(start, "start"), numbers(end, "end")]
        shape = given[0][0].shape
        if len(shape) == 0:
            raise ValueError("start: expected an array with a figure for each row, got a scalar")
        axis = normalize_axis_index(axis, len(shape))
        if shape[axis] != self._length:
            raise ValueError(f"start: expected {self._length} rows along axis {axis}, got shape {shape}")
        if given[1][0].shape != shape:
            raise ValueError(f"end: expected the shape of start, {shape}, got {given[1][0].shape}")
        self._check_rows(start, axis, "start")
        self._check_rows(end, axis, "end")
        _check_labels(start, end, axis)
        if weights is not None:
            check_weights(start, weights, axis)
            weights = weights_of(weights, shape, axis)
        arrays = _alike(_with_nan(*given[0], "start"), _with_nan(*given[1], "end"))
        if by_member:
            factors = weights
            first, _, weights = self._by_member(arrays[0], None, factors, axis)
            arrays = first, self._by_member(arrays[1], None, factors, axis)[0]
        columns = int(np.prod(np.delete(shape, axis), dtype=np.intp))

        def front(array: NDArray[Any]) -> NDArray[Any]:
            rows = array.shape[axis]
            return np.moveaxis(array, axis, 0).reshape(rows, columns)

        return Periods(front(arrays[0]), front(arrays[1]), None if weights is None else front(weights))


def _check_labels(start: Any, end: Any, axis: int) -> None:
    """Two pandas objects go together by label; nothing is aligned unasked."""
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
