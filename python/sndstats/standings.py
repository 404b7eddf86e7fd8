"""How a row stands in its cluster: its share in the sum, its rank among the values."""

import sys
from typing import Any

from . import _core
from .by_rows import ByRow
from .numeric import whole
from .pairing import check_choice

__all__ = ["Standings"]

#: The numbers of `enum sst_rank_ties`.
TIES = ("min", "max", "average", "dense", "ordinal")


class Standings(ByRow):
    """Each value beside the others of its cluster."""

    __slots__ = ()

    def share(
        self,
        values: Any,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Share of each value in the sum of its cluster (占比).

        ``value / sum(values of the cluster)``: the exact sum rounded once to a double, and
        one division, so within 1.5 units in the last place (float32 results: within one;
        64-bit integers above 2**53, which are rounded too: within 2.5).

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit.
        skipna : bool
            Leave missing values out of the sum; otherwise they make all shares of their
            cluster NaN.
        min_count : int
            Shares in clusters of fewer values are NaN.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame with the index of the rows
            Fractions, shaped as `values`; float32 stays float32, everything else gives float64.
            Missing values and rows in no cluster are NaN, in pandas' nullable types NA, in polars
            null. polars and xarray objects give their own kind.
            Values of both signs give shares below 0 and above 1; over a sum of zero a share is
            infinite, or NaN for a zero, and in a sum beyond the largest double it is 0.

        Raises
        ------
        ValueError
            For clusters that overlap, and shapes or indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a", "b"])
        >>> c.share([1.0, 2.0, 3.0, float("nan")]).tolist()
        [0.25, 1.0, 0.75, nan]

        References
        ----------
        R. M. Neal, arXiv:1505.05571 (2015), on exact sums.
        """
        self._one_cluster_each("share")
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, codes: Any, workers: int) -> Any:
            return _core.group_share(array, None, codes, self.n, bool(skipna), least, workers)

        return self._by_row(compute, values, axis, threads, bool(skipna), ruled=least > 0 or not skipna)

    def rank(
        self,
        values: Any,
        *,
        ascending: bool = False,
        method: str = "min",
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Rank of each value within its cluster (位次).

        One more than the number of values that come before it. As a place in a table of
        results is meant, 1 is the greatest value unless `ascending`; pandas and scipy begin
        with the least.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit. Integers
            are compared exactly; -0.0 equals 0.0.
        ascending : bool
            1 is the least value.
        method : {"min", "max", "average", "dense", "ordinal"}
            What values that tie get: the first of their places (并列, two firsts and then a
            third), the last, or the mean of them; "dense" leaves no place out; "ordinal", which
            pandas calls "first", gives each its own, in the order of rows.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame with the index of the rows
            float64, shaped as `values`, from 1. Missing values have no rank and count in none:
            they are NaN, as are rows in no cluster; NA or null as in `share`.

        Raises
        ------
        ValueError
            For clusters that overlap, an unknown method, and shapes or indexes that do not fit.

        Notes
        -----
        Values are copied into clusters and sorted there: 32 bytes a row beyond the result.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b", "a"])
        >>> c.rank([3.0, 7.0, 7.0, 1.0, 5.0]).tolist()
        [4.0, 1.0, 1.0, 1.0, 3.0]
        >>> c.rank([3.0, 7.0, 7.0, 1.0, 5.0], ascending=True, method="average").tolist()
        [1.0, 3.5, 3.5, 1.0, 2.0]

        References
        ----------
        M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945).
        """
        self._one_cluster_each("rank")
        check_choice("method", method, TIES)
        ties = TIES.index(method)

        def compute(array: Any, codes: Any, workers: int) -> Any:
            return _core.group_rank(array, None, codes, self.n, ties, not ascending, workers)

        return self._by_row(compute, values, axis, threads, True, ruled=False)
