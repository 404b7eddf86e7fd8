"""How the total of each cluster is spread over its rows: concentration and inequality."""

import sys
from typing import Any

from . import _core
from .aggregates import Aggregates
from .concentration import INDEX, NORMALIZED, positive
from .inequality import KINDS
from .lanes import periods
from .numeric import whole
from .shares import usable

__all__ = ["Structures"]


class Structures(Aggregates):
    """The measures of concentration and inequality, of each cluster's values."""

    __slots__ = ()

    def hhi(
        self,
        values: Any,
        *,
        normalized: bool = False,
        scale: float = 1.0,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Herfindahl-Hirschman index of each cluster (赫芬达尔—赫希曼指数).

        ``sum(a**2)`` with a the shares of the rows in their cluster: the bits that `sndstats.hhi` gives
        of the values of the cluster alone.

        Parameters
        ----------
        values : array_like
            Sizes in one unit, not negative, with as many places along `axis` as there are rows.
            64-bit integers above 2**53 are read as the nearest float64.
        normalized, scale
            As in `sndstats.hhi`.
        skipna : bool
            Leave missing values out; otherwise they make their cluster's index NaN.
        min_count : int
            Clusters of fewer values are NaN.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            As `sndstats.hhi`; float32 stays float32. NaN for empty clusters and for those whose
            values sum to zero or of which one is infinite. Of clusters that overlap the figures are
            values times the weights of the memberships.

        Raises
        ------
        ValueError
            For a negative value, named with its position; a scale that is not positive; and shapes
            or indexes that do not fit.

        Notes
        -----
        The values are copied into clusters: 8 bytes a row, 16 with memberships of weights.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b", "a", "a"])
        >>> c.hhi([20, 50, 7, 20, 10]).tolist()
        [0.34, 1.0]

        References
        ----------
        O. C. Herfindahl, Concentration in the Steel Industry, 1950; A. O. Hirschman, American Economic
        Review 54 (1964).
        """
        options = (NORMALIZED if normalized else INDEX, positive("scale", scale))
        return self._measure("hhi", values, None, options, 1, skipna, min_count, axis, threads)

    def concentration_ratio(
        self,
        values: Any,
        k: int,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Share of the k largest values in the total of each cluster, CRk (行业集中度).

        The bits that `sndstats.concentration_ratio` gives of the values of the cluster alone.

        Parameters
        ----------
        values, skipna, min_count, axis, threads
            As in `hhi`.
        k : int
            How many, from 1. Ties make no difference.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            Fractions; 1 where a cluster has no more than k values. NaN as in `hhi`.

        Raises
        ------
        ValueError
            For a number k that is not whole or below 1, and as in `hhi`.

        Notes
        -----
        Beyond the copy of all values, each thread takes 8 bytes for each of k, at most of the
        largest cluster.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b", "a", "a"])
        >>> c.concentration_ratio([20, 50, 7, 20, 10], 2).tolist()
        [0.7, 1.0]

        References
        ----------
        J. S. Bain, Industrial Organization, 1959.
        """
        most = min(periods("k", k), sys.maxsize)
        return self._measure("concentration_ratio", values, None, (), most, skipna, min_count, axis, threads)

    def gini(
        self,
        values: Any,
        weights: Any = None,
        *,
        normalized: bool = False,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Gini coefficient of the values of each cluster (基尼系数).

        The bits that `sndstats.gini` gives of the values, and weights, of the cluster alone.

        Parameters
        ----------
        values, skipna, min_count, axis, threads
            As in `hhi`.
        weights : array_like, optional
            How many units a row stands for, not negative. A row without one is left out. Weights of
            memberships that overlap multiply them.
        normalized : bool
            As in `sndstats.gini`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            0 to ``1 - 1/n``, normalized to 1. NaN as in `hhi`.

        Raises
        ------
        ValueError
            For negative weights, and as in `hhi`.

        Notes
        -----
        Beyond the copy of all values, each thread takes 32 bytes for each of the largest cluster.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b", "a", "a"])
        >>> c.gini([20, 50, 7, 20, 10]).tolist()
        [0.3, 0.0]

        References
        ----------
        C. Gini, Variabilità e mutabilità, 1912; F. A. Cowell, Measuring Inequality, 3rd ed., 2011.
        """
        options = (bool(normalized),)
        return self._measure("gini", values, weights, options, 1, skipna, min_count, axis, threads)

    def theil(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Theil's index T of the values of each cluster (泰尔指数).

        The bits that `sndstats.theil` gives of the values, and weights, of the cluster alone.

        Parameters
        ----------
        values, weights, skipna, min_count, axis, threads
            As in `gini`. Zeros add nothing.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            0 to ``ln(n)``. NaN as in `hhi`.

        Raises
        ------
        ValueError
            As in `gini`.

        See Also
        --------
        theil_decomposition : how much of all inequality is within clusters, and between them.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "a", "a", "b"])
        >>> c.theil([10, 10, 10, 20, 50, 3]).round(6).tolist()
        [0.250201, 0.0]

        References
        ----------
        H. Theil, Economics and Information Theory, 1967.
        """
        options = (KINDS.index("T"),)
        return self._measure("theil", values, weights, options, 1, skipna, min_count, axis, threads)

    def _measure(
        self,
        name: str,
        values: Any,
        weights: Any,
        options: tuple[float, ...],
        most: int,
        skipna: bool,
        min_count: Any,
        axis: int,
        threads: Any,
    ) -> Any:
        usable("values", values)
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            result = _core.group_measure(
                name, array, factors, codes, self.n, options, most, skips, least, workers
            )
            return result, None

        return self._apply(compute, values, weights, axis, threads, bool(skipna), max(least, 1))
