"""Statistics by cluster, each as exact as its type allows: count, sum, mean, min and max.

Sums and means are exact, rounded once (see `sums`): the bits do not depend on the order
of rows, on threads or on how the rows were split up.
"""

import sys
from typing import Any

from . import _core
from .grouping import Grouping
from .numeric import group_sum, whole

__all__ = ["Aggregates"]


class Aggregates(Grouping):
    """Statistics that one pass over the rows gives."""

    __slots__ = ()

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
        ndarray, or Series, DataFrame or DataArray by cluster
            The clusters take the place of the rows. An empty one is 0; infinities of
            both signs give NaN. In columns of polars and of pandas' nullable or Arrow types
            what is missing is null or NA, and integers then stay integers. Of the kind of
            the values, as in `Clusters`.

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
        return self._computed(group_sum, (False,), values, weights, skipna, min_count, axis, threads, need=0)

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
        return self._computed(group_sum, (True,), values, weights, skipna, min_count, axis, threads)

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
        return self._computed(
            _core.group_extreme, (False,), values, weights, skipna, min_count, axis, threads
        )

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
        return self._computed(_core.group_extreme, (True,), values, weights, skipna, min_count, axis, threads)

    def _computed(
        self,
        function: Any,
        options: tuple[Any, ...],
        values: Any,
        weights: Any,
        skipna: bool,
        min_count: Any,
        axis: int,
        threads: Any,
        *,
        need: int | None = 1,
        one_row: bool = False,
    ) -> Any:
        """What a function of the core gives: results, or results and counts.

        A result of fewer values than `need`, or than `min_count`, is missing; with None
        the function says itself what it gives then. `one_row` as in `_apply`.
        """
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            found = function(array, factors, codes, self.n, *options, skips, least, workers)
            return found if isinstance(found, tuple) else (found, None)

        need = None if need is None else max(least, need)
        return self._apply(compute, values, weights, axis, threads, bool(skipna), need, one_row)
