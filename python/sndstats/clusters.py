"""Aggregates by cluster: count, sum, mean, min and max of rows that share a label.

Sums and means are exact, rounded once (see `sums`): the bits do not depend on the order
of rows, on threads or on how the rows were split up.
"""

import sys
from typing import Any, Self

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .containers import is_frame, is_series, row_labels
from .keys import codes_of, combine, common_rows, is_pandas, label_array, pandas_index
from .labels import factorize
from .numeric import as_float64, check_weights, group_sum, is_nullable, masked, numbers, weights_of, whole

__all__ = ["Clusters"]

#: Clusters that the core takes.
_MOST = 2**31 - 9


class Clusters:
    """Rows grouped by one or several labels, for aggregates of any values over them.

    Parameters
    ----------
    *labels : array_like
        One or several keys, each with a label for every row: numbers, text, dates,
        categoricals or any hashable objects. With several keys only combinations that
        occur are clusters, and their labels are tuples. A row with a missing label
        (NaN, None, NaT, NA) in any key is in no cluster. A categorical keeps its order
        and its unobserved categories.
    order : {"sorted", "appearance"}
        Order of the clusters.

    Attributes
    ----------
    codes : ndarray of int
        Cluster of each row, 0 to n - 1; negative for none.
    labels : ndarray or pandas.Index
        Label of each cluster.
    n : int
        Number of clusters.
    sizes : ndarray of int64
        Rows of each cluster, missing values included.

    Raises
    ------
    ValueError
        For keys of different lengths or another `order`.
    TypeError
        For labels that cannot be compared.

    Notes
    -----
    Results of pandas input, or of pandas labels, are indexed by label; rows then go
    together by position only if their indexes are equal.

    Examples
    --------
    >>> import sndstats as snd
    >>> c = snd.Clusters(["photonics", "medical", "photonics"])
    >>> [str(label) for label in c.labels]
    ['medical', 'photonics']
    >>> c.sum([1.5, 2.0, 4.0]).tolist()
    [2.0, 5.5]

    References
    ----------
    R. M. Neal, Fast exact summation using small and large superaccumulators,
    arXiv:1505.05571 (2015). Clusters in the sense of 产业集群, industrial clusters.
    """

    __slots__ = ("_index", "_rows", "_sizes", "codes", "labels", "n")

    codes: NDArray[Any]
    labels: Any
    n: int

    def __init__(self, *labels: Any, order: str = "sorted") -> None:
        """Number the labels; see the class."""
        if not labels:
            raise TypeError("labels: expected at least one key")
        names = ["labels"] if len(labels) == 1 else [f"labels[{k}]" for k in range(len(labels))]
        rows = common_rows(dict(zip(names, labels, strict=True)))
        keys = [factorize(x, order=order, name=name) for name, x in zip(names, labels, strict=True)]
        lengths = [len(codes) for codes, _ in keys]
        if len(set(lengths)) > 1:
            raise ValueError(f"labels: keys of different lengths, {', '.join(map(str, lengths))}")
        if len(keys) == 1:
            codes, uniques = keys[0]
            parts = [uniques]
        else:
            codes, parts = combine(keys, order)
            uniques = np.empty(len(parts[0]), dtype=object)
            uniques[:] = list(zip(*(part.tolist() for part in parts), strict=True))
        self._fill(codes, len(uniques), uniques, rows, None)
        if any(is_pandas(x) for x in labels):
            self._index = pandas_index(parts, [getattr(x, "name", None) for x in labels])

    def _fill(self, codes: NDArray[Any], n: int, labels: Any, rows: Any, index: Any) -> None:
        self.codes = codes.view()
        self.codes.flags.writeable = False
        self.n = n
        self.labels = labels
        self._rows = rows
        self._index = index
        self._sizes: NDArray[np.int64] | None = None

    @classmethod
    def from_codes(cls, codes: Any, n: int | None = None, labels: Any = None) -> Self:
        """Clusters from codes 0 to n - 1 that exist already; negative for no cluster.

        Parameters
        ----------
        codes : array_like of int
            Cluster of each row. int32 and int64 arrays are used as they are.
        n : int, optional
            Number of clusters; by default one more than the greatest code, or the number
            of `labels`.
        labels : array_like, optional
            Label of each cluster; by default the codes 0 to n - 1.

        Raises
        ------
        ValueError
            For a code of n or more, or another number of labels.
        TypeError
            For codes that are not integers.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters.from_codes([0, 2, -1, 0]).mean([1.0, 5.0, 7.0, 2.0]).tolist()
        [1.5, nan, 5.0]
        """
        rows = codes.index if is_series(codes) else None
        array = codes_of(codes)
        most = _core.code_bounds(array)[1]
        if n is None:
            n = len(labels) if labels is not None else most + 1 if most >= 0 else 0
        n = whole("n", n)
        if n > _MOST:
            raise ValueError(f"n: at most {_MOST} clusters, got {n}")
        if most >= n:
            row = int(np.argmax(array >= n))
            raise ValueError(f"codes: {array[row]} at row {row} is not below n = {n}")
        if labels is not None and len(labels) != n:
            raise ValueError(f"labels: expected one for each of {n} clusters, got {len(labels)}")
        self = cls.__new__(cls)
        index = None
        if labels is not None and is_pandas(labels):
            index = pandas_index([labels], [getattr(labels, "name", None)])
        self._fill(array, n, labels if labels is None else label_array(labels), rows, index)
        if labels is None:
            self.labels = np.arange(n)
        return self

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Rows of each cluster, whatever their values."""
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
        return f"<Clusters: {self.n} over {len(self.codes)} rows>"

    def sum(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Sum of each cluster, correctly rounded: the exact total, rounded once.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows. float32 gives
            float32, straight from the exact total. bool and integers give int64,
            unsigned ones uint64, exactly.
        weights : array_like, optional
            Factors, not negative; the sum is that of the products, in float64 for
            integers. A row without a weight is left out.
        skipna : bool
            Leave missing values out; otherwise they make their cluster's sum NaN.
        min_count : int
            Clusters of fewer values are NaN (and integers then float64).
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame indexed by label
            The clusters take the place of the rows. An empty one is 0; infinities of
            both signs give NaN. Columns of pandas' nullable or Arrow types stay nullable:
            what is missing is NA, and integers then stay integers.

        Raises
        ------
        OverflowError
            If a sum of integers does not fit its type.
        ValueError
            For negative weights and shapes or indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b", "a"])
        >>> c.sum([1e16, 99.0, 1.0, -1e16]).tolist()
        [99.0, 1.0]

        References
        ----------
        R. M. Neal, arXiv:1505.05571 (2015).
        """
        return self._sums(values, weights, False, skipna, min_count, axis, threads)

    def mean(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Mean, or weighted mean, of each cluster, correctly rounded.

        ``sum(values) / count``, or ``sum(values * weights) / sum(weights)`` over the rows
        that have both: the exact quotient, rounded once (均值; 加权平均). An empty
        cluster, or one whose weights sum to zero, is NaN. float32 stays float32,
        everything else gives float64. Arguments and errors as in `sum`.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters([2021, 2022, 2022])
        >>> c.mean([1.0, 2.0, 6.0], weights=[1.0, 3.0, 1.0]).tolist()
        [1.0, 3.0]

        References
        ----------
        R. M. Neal, arXiv:1505.05571 (2015).
        """
        return self._sums(values, weights, True, skipna, min_count, axis, threads)

    def count(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Count the values of each cluster that are there, as int64.

        With ``skipna=False`` missing values count too. Of weights it matters only
        whether they are missing. `min_count` is accepted as everywhere and changes
        nothing: the count is what the others compare with it. Other arguments as in
        `sum`.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters(["a", "b", "a"]).count([1.0, float("nan"), 3.0]).tolist()
        [2, 0]

        References
        ----------
        Missing values are left out as in R's and pandas' counts by group.
        """
        whole("min_count", min_count)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            return _core.group_count(array, factors, codes, self.n, skips, workers), None

        return self._apply(compute, values, weights, axis, threads, bool(skipna), None)

    def min(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Least value of each cluster.

        Integers stay what they are, exactly; if a cluster has no value, or fewer than
        `min_count`, they become float64 with NaN. -0.0 counts as less than 0.0. Of
        weights it matters only whether they are missing. Other arguments as in `sum`.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters(["a", "b", "a"]).min([5, 7, 3]).tolist()
        [3, 7]

        References
        ----------
        IEEE 754-2019, 5.10: the total order of numbers.
        """
        return self._extreme(values, weights, False, skipna, min_count, axis, threads)

    def max(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Greatest value of each cluster; see `min`.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters(["a", "b", "a"]).max([2**53 + 1, 7, 2**53 + 3]).tolist()
        [9007199254740995, 7]

        References
        ----------
        IEEE 754-2019, 5.10: the total order of numbers.
        """
        return self._extreme(values, weights, True, skipna, min_count, axis, threads)

    def _sums(
        self, values: Any, weights: Any, mean: bool, skipna: bool, min_count: Any, axis: int, threads: Any
    ) -> Any:
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            return group_sum(array, factors, codes, self.n, mean, skips, least, workers), None

        return self._apply(compute, values, weights, axis, threads, bool(skipna), max(least, int(mean)))

    def _extreme(
        self, values: Any, weights: Any, greatest: bool, skipna: bool, min_count: Any, axis: int, threads: Any
    ) -> Any:
        least = max(min(whole("min_count", min_count), sys.maxsize), 1)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            return _core.group_extreme(array, factors, codes, self.n, greatest, skips, least, workers)

        return self._apply(compute, values, weights, axis, threads, bool(skipna), least)

    def _apply(
        self, compute: Any, values: Any, weights: Any, axis: int, threads: Any, skipna: bool, need: int | None
    ) -> Any:
        """Bring the rows to the front, compute, and dress the result as the input was.

        `compute` gives results and, if it has them, the values of each cluster; a result of
        fewer than `need` values is missing.
        """
        if is_frame(values):
            axis = normalize_axis_index(axis, 2)
            plain = len(set(values.dtypes)) <= 1 and not any(map(is_nullable, values.dtypes))
            if axis == 0 and values.shape[1] and not plain:
                return self._by_column(compute, values, weights, threads, skipna, need)
        array, missing = numbers(values)
        if array.ndim == 0:
            raise ValueError("values: expected an array with a value for each row, got a scalar")
        axis = 0 if axis == 0 else normalize_axis_index(axis, array.ndim)
        if array.shape[axis] != len(self.codes):
            raise ValueError(
                f"values: expected {len(self.codes)} rows along axis {axis}, got shape {array.shape}"
            )
        self._check_rows(values, axis)
        if weights is not None:
            check_weights(values, weights, axis)
            weights = weights_of(weights, array.shape, axis)
        nullable = is_series(values) and is_nullable(values.dtype) and need is not None
        skips, codes = skipna or nullable, self.codes
        if missing is not None and (skips or need is not None):
            array, codes = self._without(array, missing, skips)
        rest = tuple(np.delete(array.shape, axis))
        if array.ndim > 1:
            shape = (len(codes), int(np.prod(rest, dtype=np.intp)))
            array = np.moveaxis(array, axis, 0).reshape(shape)
            weights = None if weights is None else np.moveaxis(weights, axis, 0).reshape(shape)
        workers = _threads.count(array.size, threads)
        result, counts = compute(array, weights, codes, skips, workers)
        if nullable or (need and result.dtype.kind in "iu"):
            if counts is None:
                counts = _core.group_count(array, weights, codes, self.n, True, workers)
            gone = counts < need
            if nullable and not skipna:
                gone |= counts < _core.group_count(array, weights, self.codes, self.n, False, workers)
            result = masked(result, gone, values.dtype) if nullable else _nan_where(result, gone)
        if len(rest) > 0:
            result = np.moveaxis(result.reshape(self.n, *rest), 0, axis)
        if self._index is None and type(values) is np.ndarray:
            return result
        return self._dress(result, values, axis)

    def _by_column(
        self, compute: Any, frame: Any, weights: Any, threads: Any, skipna: bool, need: int | None
    ) -> Any:
        """A frame of several or nullable types: each column keeps its own."""
        if weights is not None:
            check_weights(frame, weights, 0)
            weights = weights_of(weights, frame.shape, 0)
        columns = [
            self._apply(
                compute,
                frame.iloc[:, k],
                None if weights is None else weights[:, k],
                0,
                threads,
                skipna,
                need,
            )
            for k in range(frame.shape[1])
        ]
        result = sys.modules["pandas"].concat(columns, axis=1)
        result.columns = frame.columns
        return result

    def _check_rows(self, values: Any, axis: int) -> None:
        """Rows of pandas objects go together by their index; nothing is aligned unasked."""
        rows, what = row_labels(values, axis)
        if rows is None or self._rows is None or rows is self._rows or rows.equals(self._rows):
            return
        raise ValueError(
            f"values: its {what} and the index of labels differ; align them first, "
            f"e.g. values = values.reindex({what}=labels.index)"
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
        """A Series or frame by label if values or labels came from pandas."""
        frame = is_frame(values)
        if (self._index is None and not is_series(values) and not frame) or result.ndim > 2:
            return result
        if axis and not frame:
            return result
        pandas = sys.modules["pandas"]
        index = self._index if self._index is not None else pandas.Index(self.labels)
        if axis:
            made = pandas.DataFrame(result, index=values.index, columns=index)
        elif result.ndim == 2:
            made = pandas.DataFrame(result, index=index, columns=values.columns if frame else None)
        else:
            made = pandas.Series(result, index=index, name=getattr(values, "name", None))
        made.attrs = dict(getattr(values, "attrs", {}))
        return made


def _nan_where(result: NDArray[Any], empty: NDArray[np.bool_]) -> NDArray[Any]:
    """Integers with clusters that have none, as float64."""
    if not empty.any():
        return result
    return np.where(empty, np.nan, result.astype(np.float64))
