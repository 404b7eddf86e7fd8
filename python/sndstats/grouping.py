"""Rows that go together by code: bring values to the front, compute, dress the results."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .along import axis_of
from .containers import row_labels
from .dressing import columns_of, dressed, has_nulls, side_by_side, with_missing
from .keys import joint_labels
from .numeric import as_float64, check_weights, numbers, weights_of

__all__ = ["Grouping", "nan_where"]


class Grouping:
    """Codes of rows, and what every statistic of them takes and gives in the same way."""

    __slots__ = ("_index", "_labels", "_length", "_members", "_rows", "_shares", "_sizes", "codes", "n")

    codes: NDArray[Any]
    n: int

    def _fill(
        self,
        codes: NDArray[Any],
        n: int,
        labels: Any,
        rows: Any,
        index: Any,
        *,
        length: int | None = None,
        members: NDArray[np.intp] | None = None,
        shares: NDArray[np.float64] | None = None,
    ) -> None:
        """Take the codes, and the labels or a tuple of the parts of each key.

        Of clusters that overlap each code is that of a membership. `members` then says
        which row it is of, `shares` with which weight the row is in the cluster, and
        `length` how many rows there are.
        """
        self.codes = codes.view()
        self.codes.flags.writeable = False
        self.n = n
        self._labels = labels
        self._rows = rows
        self._index = index
        self._sizes: NDArray[np.int64] | None = None
        self._length = len(codes) if length is None else length
        self._members = members
        self._shares = shares

    @property
    def labels(self) -> Any:
        """Label of each cluster; without any, its number; of several keys a tuple, made when asked for."""
        labels = self._labels  # once: another thread may put those it made in their place
        if labels is None:
            self._labels = labels = np.arange(self.n)
        elif type(labels) is tuple:
            self._labels = labels = joint_labels(labels)
        return labels

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Rows of each cluster, whatever their values; of clusters that overlap their members."""
        if self._sizes is None:
            inside = self.codes[self.codes >= 0]
            self._sizes = np.bincount(inside, minlength=self.n).astype(np.int64, copy=False)
            self._sizes.flags.writeable = False
        return self._sizes

    def __len__(self) -> int:
        """Return the number of clusters."""
        return self.n

    def __repr__(self) -> str:
        """Return the number of clusters and rows."""
        return f"<Clusters: {self.n} over {self._length} rows>"

    def _apply(
        self,
        compute: Any,
        values: Any,
        weights: Any,
        axis: int,
        threads: Any,
        skipna: bool,
        need: int | None,
        marks: bool = False,
    ) -> Any:
        """`_apply_all` of one result: `compute` gives it and, or None, the values of each cluster."""

        def alone(*prepared: Any) -> Any:
            return [compute(*prepared)]

        return self._apply_all(alone, values, weights, axis, threads, skipna, [need], marks)[0]

    def _apply_all(
        self,
        compute: Any,
        values: Any,
        weights: Any,
        axis: int,
        threads: Any,
        skipna: bool,
        needs: list[Any],
        marks: bool = False,
    ) -> list[Any]:
        """Bring the rows to the front, compute, and dress the results as the input was.

        `compute` gives pairs of a result and, if it has them, the values of each cluster; a
        result of fewer than its `need` values is missing. All or none have one. With
        `marks`, where no result has a need, `compute` decides what a missing value that is
        not skipped means: it gets, or None, the marks of those that no NaN shows, and gives
        with each result, or None, which of it is missing.
        """
        simple = type(values) is np.ndarray
        if not simple and (columns := columns_of(values, axis)):
            return self._by_column(compute, columns, values, weights, threads, skipna, needs, marks)
        array, missing = numbers(values)
        if array.ndim == 0:
            raise ValueError("values: expected an array with a value for each row, got a scalar")
        axis = axis_of(axis, array.ndim)
        if array.shape[axis] != self._length:
            raise ValueError(
                f"values: expected {self._length} rows along axis {axis}, got shape {array.shape}"
            )
        if not simple:
            self._check_rows(values, axis)
        if weights is not None:
            check_weights(values, weights, axis)
            self._check_rows(weights, axis, "weights")
            weights = weights_of(weights, array.shape, axis)
        array, missing, weights = self._by_member(array, missing, weights, axis)
        nulls = not simple and has_nulls(values)
        nullable = nulls and needs[0] is not None
        skips, codes = skipna or nullable, self.codes
        hidden = missing if marks and not skips else None
        if missing is not None and hidden is None and (skips or needs[0] is not None):
            array, codes = self._without(array, missing, skips)
        rest = array.shape[:axis] + array.shape[axis + 1 :]
        if array.ndim > 1:
            shape = (len(codes), int(np.prod(rest, dtype=np.intp)))
            array = np.moveaxis(array, axis, 0).reshape(shape)
            hidden = None if hidden is None else np.moveaxis(hidden, axis, 0).reshape(shape)
            weights = None if weights is None else np.moveaxis(weights, axis, 0).reshape(shape)
        workers = _threads.count(array.size, threads)

        def count(among: Any, skip: bool) -> Any:
            return _core.group_count(array, weights, among, self.n, skip, workers)

        given = (None if hidden is None else hidden.astype(np.int64),) if marks else ()
        results = compute(array, weights, codes, skips, workers, *given)
        found = []
        for (result, counts), need in zip(results, needs, strict=True):
            if marks and counts is not None:
                result = with_missing(result, counts, values) if nulls else nan_where(result, counts)
            elif nullable or (need and result.dtype.kind in "iu"):
                if skipna and (not need or (result.dtype.kind == "f" and not np.isnan(result).any())):
                    gone = np.zeros(result.shape, np.bool_)  # a pass over the rows would find none
                else:
                    gone = (count(codes, True) if counts is None else counts) < need
                if nullable and not skipna:
                    gone |= (count(codes, True) if counts is None else counts) < count(self.codes, False)
                result = with_missing(result, gone, values) if nullable else nan_where(result, gone)
            if len(rest) > 0:
                result = np.moveaxis(result.reshape(self.n, *rest, *result.shape[2:]), 0, axis)
            bare = simple and self._index is None
            found.append(result if bare else self._dress(result, values, axis))
        return found

    def _by_member(
        self, array: NDArray[Any], missing: Any, weights: Any, axis: int
    ) -> tuple[NDArray[Any], Any, Any]:
        """Of clusters that overlap, a row for each membership, with its share as weight."""
        if self._members is None:
            return array, missing, weights
        array = array.take(self._members, axis)
        missing = None if missing is None else missing.take(self._members, axis)
        weights = None if weights is None else weights.take(self._members, axis)
        if self._shares is not None:
            shares = np.expand_dims(self._shares, tuple(k for k in range(array.ndim) if k != axis))
            if weights is None:
                return array, missing, np.broadcast_to(shares, array.shape)
            with np.errstate(over="ignore", under="ignore"):
                weights = weights * shares
        return array, missing, weights

    def _rows_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of places among the memberships; -1 stays."""
        if self._members is None:
            return places
        return np.append(self._members, -1)[places].astype(np.int64, copy=False)

    def _by_column(
        self,
        compute: Any,
        columns: list[Any],
        frame: Any,
        weights: Any,
        threads: Any,
        skipna: bool,
        needs: list[Any],
        marks: bool,
    ) -> list[Any]:
        """A frame of several or nullable types: each column keeps its own."""
        if weights is not None:
            check_weights(frame, weights, 0)
            self._check_rows(weights, 0, "weights")
            weights = weights_of(weights, frame.shape, 0)
        made = [
            self._apply_all(
                compute,
                column,
                None if weights is None else weights[:, k],
                0,
                threads,
                skipna,
                needs,
                marks,
            )
            for k, column in enumerate(columns)
        ]
        return [side_by_side(list(results), frame) for results in zip(*made, strict=True)]

    def _check_rows(self, values: Any, axis: int, name: str = "values") -> None:
        """Rows of pandas objects go together by their index; nothing is aligned unasked."""
        rows, what = row_labels(values, axis)
        if rows is None or self._rows is None or rows is self._rows or rows.equals(self._rows):
            return
        raise ValueError(
            f"{name}: its {what} and the index of labels differ; align them first, "
            f"e.g. {name} = {name}.reindex({what}=labels.index)"
        )

    def _without(
        self, array: NDArray[Any], missing: NDArray[np.bool_], skipna: bool
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Integers with missing ones: leave the rows out, or turn them into NaN."""
        if skipna and array.ndim == 1:
            return array, np.where(missing, self.codes.dtype.type(-1), self.codes)
        remedy = "drop the missing ones beside them first"
        return np.where(missing, np.nan, as_float64(array, "values", remedy)), self.codes

    def _dress(self, result: Any, values: Any, axis: int) -> Any:
        """A result as the kind of object that the values are, by label where it has an index."""
        return dressed(result, values, axis, self)


def nan_where(result: NDArray[Any], empty: NDArray[np.bool_]) -> NDArray[Any]:
    """Integers with clusters that have none, as float64; what has a NaN shows it already."""
    if result.dtype.kind == "f" or not empty.any():
        return result
    return np.where(empty, np.nan, result.astype(np.float64))
