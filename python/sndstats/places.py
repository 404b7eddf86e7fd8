"""Rows that stand for their cluster: the first and last, those of the extremes, any and all."""

import sys
from typing import Any

import numpy as np

from . import _core
from .aggregates import Aggregates
from .numeric import whole

__all__ = ["Places"]


class Places(Aggregates):
    """What a single row of each cluster decides."""

    __slots__ = ()

    def first(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """First value of each cluster, by row number (首个值).

        ``values[min(i)]`` over the rows i of the cluster.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit.
        weights : array_like, optional
            A row without a weight is left out; what they are does not matter, but
            negative ones are refused.
        skipna : bool
            Take the first value that is there; otherwise the first row as it is, missing
            or not.
        min_count, axis, threads
            As in `sum`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            The clusters take the place of the rows. float32 and float64 keep their bits,
            zeros their sign. Integers stay what they are, exactly; if a cluster has
            none, they become float64 with NaN, or stay integers with NA or null in types
            that have one.

        Raises
        ------
        ValueError
            For negative weights or `min_count` and shapes or indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a", "b"])
        >>> c.first([float("nan"), 2.0, 3.0, 4.0]).tolist()
        [3.0, 2.0]
        >>> c.first([float("nan"), 2.0, 3.0, 4.0], skipna=False).tolist()
        [nan, 2.0]

        References
        ----------
        pandas, GroupBy.first: of its values the first that is not missing.
        """
        return self._end(values, weights, False, skipna, min_count, axis, threads)

    def last(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Last value of each cluster, by row number (末个值); see `first`.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters([0, 0, 1]).last([5, 2**53 + 1, 7]).tolist()
        [9007199254740993, 7]

        References
        ----------
        pandas, GroupBy.last: of its values the last that is not missing.
        """
        return self._end(values, weights, True, skipna, min_count, axis, threads)

    def argmin(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Row number of the least value of each cluster, as int64.

        Of equal values it is the first row, and -0.0 equals 0.0. A cluster without a
        value, or with fewer than `min_count`, gives -1. With ``skipna=False`` a cluster
        with missing values gives the row of the first of them, as NumPy's argmin does.
        Rows are counted from 0 along `axis`, whatever index the values have. Other
        arguments and errors as in `first`.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters.from_codes([0, 1, 0, 0], 3)
        >>> c.argmin([5.0, 7.0, 3.0, 3.0]).tolist()
        [2, 1, -1]

        References
        ----------
        NumPy, numpy.argmin: of several the first, and that of a NaN before all.
        """
        return self._position(values, weights, False, skipna, min_count, axis, threads)

    def argmax(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Row number of the greatest value of each cluster, as int64; see `argmin`.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a"])
        >>> c.argmax([2**53, 7, 2**53 + 1]).tolist()
        [2, 1]
        >>> c.argmax([float("nan"), 7.0, 3.0], skipna=False).tolist()
        [0, 1]

        References
        ----------
        NumPy, numpy.argmax: of several the first, and that of a NaN before all.
        """
        return self._position(values, weights, True, skipna, min_count, axis, threads)

    def any(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Whether any value of each cluster is true, that is not zero (是否任一为真).

        ``x[1] or x[2] or ... or x[n]`` of the values of the cluster; a cluster without a
        value gives False.

        Parameters
        ----------
        values : array_like
            Truths or figures, with as many places along `axis` as there are rows.
        weights : array_like, optional
            A row without a weight is left out; what they are does not matter, but
            negative ones are refused.
        skipna : bool
            Leave missing values out; otherwise they may be true or false: a true value
            still decides its cluster, and without one a missing value leaves it missing.
        min_count : int
            Clusters of fewer values are missing; with ``skipna=False`` missing ones count,
            as in `count`.
        axis, threads
            As in `sum`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            Of bool; if a cluster is missing, they become float64 with NaN. Columns of
            polars are then Boolean with null. Those of pandas' nullable or Arrow types give
            bool as well, and their own boolean type with NA where ``skipna=False`` or
            `min_count` may make a cluster missing.

        Raises
        ------
        ValueError
            For negative weights or `min_count` and shapes or indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters.from_codes([0, 0, 1], 3).any([False, True, False]).tolist()
        [True, False, False]
        >>> c = snd.Clusters(["a", "a", "b", "b", "c"])
        >>> c.any([1.0, float("nan"), 0.0, float("nan"), 0.0], skipna=False).tolist()
        [1.0, nan, 0.0]

        References
        ----------
        ISO/IEC 9075-2:1999 (SQL:1999): OR and AND of true, false and unknown, after S. C.
        Kleene, Introduction to Metamathematics (1952), section 64. pandas,
        arrays.BooleanArray.any, does the same.
        """
        return self._truth(values, weights, False, skipna, min_count, axis, threads)

    def all(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Whether all values of each cluster are true, that is not zero (是否全部为真).

        A cluster without a value gives True. With ``skipna=False`` a false value still
        decides its cluster, and without one a missing value leaves it missing; all else
        as in `any`.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters.from_codes([0, 0, 1], 3).all([False, True, True]).tolist()
        [False, True, True]
        >>> snd.Clusters.from_codes([0, 0, 1], 3).all([False, True, True], min_count=1).tolist()
        [0.0, 1.0, nan]

        References
        ----------
        ISO/IEC 9075-2:1999 (SQL:1999); pandas, arrays.BooleanArray.all: as in `any`.
        """
        return self._truth(values, weights, True, skipna, min_count, axis, threads)

    def _end(
        self, values: Any, weights: Any, last: bool, skipna: bool, min_count: Any, axis: int, threads: Any
    ) -> Any:
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int, marks: Any) -> Any:
            rest = (factors, codes, self.n, last, skips, least, workers)
            found, counts = _core.group_end(array, *rest)
            gone = counts < max(least, 1)
            if marks is not None:
                gone |= _core.group_end(marks, *rest)[0] != 0
            return found, gone if found.dtype.kind != "f" or skips else gone | np.isnan(found)

        return self._apply(compute, values, weights, axis, threads, bool(skipna), None, True)

    def _position(
        self, values: Any, weights: Any, greatest: bool, skipna: bool, min_count: Any, axis: int, threads: Any
    ) -> Any:
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int, marks: Any) -> Any:
            rest = (factors, codes, self.n)
            rows = self._rows_at(_core.group_position(array, *rest, greatest, skips, least, workers))
            if marks is not None:
                marked, _ = _core.group_truth(marks, *rest, False, True, 0, workers)
                first = self._rows_at(_core.group_position(marks, *rest, True, False, 0, workers))
                rows = np.where(marked & (rows >= 0), first, rows)
            return rows, None

        return self._apply(compute, values, weights, axis, threads, bool(skipna), None, True)

    def _truth(
        self, values: Any, weights: Any, every: bool, skipna: bool, min_count: Any, axis: int, threads: Any
    ) -> Any:
        least = min(whole("min_count", min_count), sys.maxsize)
        if getattr(values, "dtype", None) == np.bool_:
            values = values.astype(np.float32)  # half of the bytes that integers take

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int, marks: Any) -> Any:
            if marks is not None:
                array = np.where(marks, np.float32(np.nan), array != 0)
            return _core.group_truth(array, factors, codes, self.n, every, skips, least, workers)

        return self._apply(compute, values, weights, axis, threads, bool(skipna), None, True)
