"""The frame of results that are as long as the rows: bring rows to the front, compute, dress."""

import sys
from typing import Any

import numpy as np

from . import threads as _threads
from .aggregates import Aggregates
from .along import axis_of
from .containers import is_frame, is_of, is_series, with_nulls
from .dressing import columns_of, has_nulls, side_by_side
from .numeric import masked, numbers

__all__ = ["ByRow"]


class ByRow(Aggregates):
    """What results by row take and give in the same way."""

    __slots__ = ()

    def _one_cluster_each(self, what: str) -> None:
        """Refuse clusters that overlap: a row of several has no one result."""
        if self._members is not None:
            raise ValueError(
                f"{what}: expected clusters that do not overlap, got memberships in which a row may have "
                f"several; give rows a cluster each by Clusters(labels) or Clusters.from_codes(codes)"
            )

    def _by_row(self, compute: Any, values: Any, axis: int, threads: Any, skipna: bool, ruled: bool) -> Any:
        """Bring the rows to the front, compute a result for each, and dress it as the input was.

        `ruled` says that a NaN of a value that is there may be a rule's.
        """
        columns = columns_of(values, axis)
        if columns:
            results = [self._by_row(compute, x, 0, threads, skipna, ruled) for x in columns]
            return side_by_side(results, values)
        array, missing = numbers(values)
        if array.ndim == 0:
            raise ValueError("values: expected an array with a value for each row, got a scalar")
        axis = axis_of(axis, array.ndim)
        if array.shape[axis] != self._length:
            raise ValueError(
                f"values: expected {self._length} rows along axis {axis}, got shape {array.shape}"
            )
        self._check_rows(values, axis)
        codes = self.codes
        if missing is not None:
            array, codes = self._without(array, missing, skipna)
        front = array
        if array.ndim > 1:
            front = np.moveaxis(array, axis, 0)
            front = front.reshape(self._length, int(np.prod(front.shape[1:], dtype=np.intp)))
        result = compute(front, codes, _threads.count(array.size, threads))
        if array.ndim > 1:
            result = np.moveaxis(result.reshape(np.moveaxis(array, axis, 0).shape), 0, axis)
        gone = None
        if has_nulls(values):
            gone = codes < 0 if array.dtype.kind != "f" else (codes < 0) | np.isnan(array)
            gone = gone | np.isnan(result) if ruled else gone
        return self._dress_rows(result, values, axis, gone)

    def _dress_rows(self, result: Any, values: Any, axis: int, gone: Any = None) -> Any:
        """Results as the kind of object that the values are; by row if labels came from pandas."""
        if is_of("polars", "Series", values):
            return with_nulls(values.name, result, gone)
        if is_of("xarray", "DataArray", values):
            return values.copy(data=result)
        if gone is not None:
            result = masked(result, gone, values.dtype)
        series, frame = is_series(values), is_frame(values)
        labelled = self._index is not None and self._rows is not None and axis == 0
        if not (series or frame or labelled) or result.ndim > 2:
            return result
        pandas = sys.modules["pandas"]
        if frame:
            made = pandas.DataFrame(result, index=values.index, columns=values.columns)
        elif result.ndim == 2:
            made = pandas.DataFrame(result, index=self._rows)
        else:
            index = values.index if series else self._rows
            made = pandas.Series(result, index=index, name=getattr(values, "name", None))
        made.attrs = dict(getattr(values, "attrs", {}))
        return made
