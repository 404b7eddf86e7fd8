"""Variance and standard deviation by cluster, correctly rounded."""

import sys
from typing import Any

from . import _core
from .aggregates import Aggregates
from .numeric import whole

__all__ = ["Spreads"]


class Spreads(Aggregates):
    """How far the values of a cluster lie from their mean."""

    __slots__ = ()

    def var(
        self,
        values: Any,
        weights: Any = None,
        *,
        ddof: int = 1,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Variance of each cluster, correctly rounded: the exact one, rounded once (方差).

        ``(sum(x**2) - sum(x)**2 / n) / (n - ddof)`` from exact sums, so nothing cancels
        however far the values lie from zero. NumPy's default is ``ddof=0``; here, as in
        pandas and R, it is 1, the sample variance.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows. float32 gives
            float32, straight from the exact totals; all else float64, integers from
            their exact sums.
        weights : array_like, optional
            Frequency weights, not negative: a row of weight 3 counts as three rows. The
            variance is ``(sum(w x**2) - sum(w x)**2 / sum(w)) / (sum(w) - ddof)``. A row
            without a weight is left out.
        ddof : int
            What is taken off the number of rows, or off the sum of their weights.
        skipna, min_count, axis, threads
            As in `sum`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            The square of the unit of the values. NaN where the rows, or the sum of the
            weights, are not more than `ddof`, and where a value or weight is infinite. Beyond the
            largest double it is infinite.

        Raises
        ------
        ValueError
            For negative weights or `ddof` and shapes or indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b"])
        >>> c.var([1e9 + 1, 1e9 + 2, 1e9 + 6, 5.0]).tolist()
        [7.0, nan]
        >>> c.var([1.0, 2.0, 6.0, 5.0], weights=[1, 1, 1, 3]).tolist()
        [7.0, 0.0]

        References
        ----------
        T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for computing the sample
        variance, The American Statistician 37 (1983); R. M. Neal, arXiv:1505.05571 (2015).
        """
        return self._variance(values, weights, False, ddof, skipna, min_count, axis, threads)

    def std(
        self,
        values: Any,
        weights: Any = None,
        *,
        ddof: int = 1,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Standard deviation of each cluster (标准差): the root of `var`.

        The square root of the correctly rounded variance, itself rounded to nearest. In
        the unit of the values; infinite where the variance is too large for a double.
        NumPy's default is ``ddof=0``; here it is 1. Arguments and errors as in `var`.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters([2021, 2022, 2022]).std([3.0, 1.0, 9.0], ddof=0).tolist()
        [0.0, 4.0]

        References
        ----------
        IEEE 754-2019, 5.4.1: squareRoot is correctly rounded.
        """
        return self._variance(values, weights, True, ddof, skipna, min_count, axis, threads)

    def _variance(
        self,
        values: Any,
        weights: Any,
        root: bool,
        ddof: Any,
        skipna: bool,
        min_count: Any,
        axis: int,
        threads: Any,
    ) -> Any:
        off = min(whole("ddof", ddof), sys.maxsize)
        # Of weighted rows one may do: a NaN of weights that are too small is a result.
        need = off + 1 if weights is None and self._shares is None else 1
        return self._computed(
            _core.group_variance,
            (off, root),
            values,
            weights,
            skipna,
            min_count,
            axis,
            threads,
            need=need,
        )
