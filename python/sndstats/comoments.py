"""Covariance and regression slope by cluster, correctly rounded."""

import sys
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from .aggregates import Aggregates
from .dressing import is_table
from .numeric import as_float64, check_weights, numbers, spread_along, whole

__all__ = ["Comoments", "second_variable"]


class Comoments(Aggregates):
    """How two variables go together in each cluster."""

    __slots__ = ()

    def covariance(
        self,
        values: Any,
        other: Any,
        weights: Any = None,
        *,
        ddof: int = 1,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Covariance of two variables in each cluster, correctly rounded (协方差).

        ``(sum(x y) - sum(x) sum(y) / n) / (n - ddof)`` from exact sums of products that are
        split exactly, rounded once; so nothing cancels, however far the figures lie from
        zero. A row is used only if both variables are there.

        Parameters
        ----------
        values : array_like
            The variable x, with as many places along `axis` as there are rows. Of a
            DataFrame take one column at a time.
        other : array_like
            The variable y: of the shape of `values`, or one for each row. The two may be
            of different types; integers are multiplied exactly.
        weights : array_like, optional
            Frequency weights, not negative: a row of weight 3 counts as three rows. The
            covariance is ``(sum(w x y) - sum(w x) sum(w y) / sum(w)) / (sum(w) - ddof)``.
            A row without a weight is left out.
        ddof : int
            What is taken off the number of rows, or off the sum of their weights. As in
            NumPy's and R's ``cov`` it is 1, the sample covariance.
        skipna : bool
            Leave rows out that lack a variable; otherwise they make their cluster's
            result NaN.
        min_count : int
            Clusters of fewer pairs are NaN.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataArray by cluster
            In the unit of x times that of y; float32 if both are, else float64. NaN where
            the rows, or the sum of the weights, are not more than `ddof` (so for an empty
            cluster), and where a figure or weight is infinite. Beyond the largest double
            it is infinite.

        Raises
        ------
        ValueError
            For negative weights or `ddof`, a DataFrame, and shapes or indexes that do not
            fit.
        TypeError
            For figures that are not real numbers of at most 64 bits.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b"])
        >>> c.covariance([1e9 + 1, 1e9 + 2, 1e9 + 6, 5.0], [2.0, 4.0, 12.0, 1.0]).tolist()
        [14.0, nan]

        References
        ----------
        E. Schubert, M. Gertz, Numerically stable parallel computation of (co-)variance,
        SSDBM (2018), on what rounded sums lose; R, stats::cov.wt.
        """
        off = min(whole("ddof", ddof), sys.maxsize)
        need = off + 1 if weights is None else 1
        return self._comoment(values, other, weights, False, off, need, skipna, min_count, axis, threads)

    def slope(
        self,
        values: Any,
        other: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Slope of the regression of `values` on `other` in each cluster (回归斜率).

        The b of ``values = a + b * other`` by least squares,
        ``(n sum(x y) - sum(x) sum(y)) / (n sum(y**2) - sum(y)**2)`` with x the `values`
        and y the `other`: how much `values` changes where `other` is one more. From exact
        sums, rounded once. The dependent variable comes first, as in SQL's
        ``REGR_SLOPE(y, x)`` and in R's ``lm(y ~ x)``. With weights all sums are weighted.

        Parameters
        ----------
        values : array_like
            The dependent variable, with as many places along `axis` as there are rows. Of
            a DataFrame take one column at a time.
        other : array_like
            The independent variable: of the shape of `values`, or one for each row.
        weights : array_like, optional
            Not negative; only their proportions matter. A row without a weight is left
            out.
        skipna : bool
            Leave rows out that lack a variable; otherwise they make their cluster's
            result NaN.
        min_count : int
            Clusters of fewer pairs are NaN.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataArray by cluster
            In the unit of `values` over that of `other`; float32 if both are, else
            float64. NaN where all of `other` are equal, so for clusters of fewer than two
            pairs, and where a figure or weight is infinite. Beyond the largest double it is
            infinite.

        Raises
        ------
        ValueError
            For negative weights, a DataFrame, and shapes or indexes that do not fit.
        TypeError
            For figures that are not real numbers of at most 64 bits.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b", "b", "b"])
        >>> c.slope([3.0, 7.0, 1.0, 2.0, 9.0], [2020, 2022, 5, 5, 5]).tolist()
        [2.0, nan]

        References
        ----------
        ISO/IEC 9075-2, REGR_SLOPE; R, stats::lm with weights.
        """
        return self._comoment(values, other, weights, True, 0, 2, skipna, min_count, axis, threads)

    def _comoment(
        self,
        values: Any,
        other: Any,
        weights: Any,
        slope: bool,
        off: int,
        need: int,
        skipna: bool,
        min_count: Any,
        axis: int,
        threads: Any,
    ) -> Any:
        least = min(whole("min_count", min_count), sys.maxsize)
        if is_table(values) or is_table(other):
            name = "values" if is_table(values) else "other"
            raise ValueError(
                f"{name}: expected one column or an array, got a DataFrame; take its columns one by one"
            )
        check_weights(values, other, axis, "other")
        second = second_variable(other)
        self._check_rows(other, 0, "other")

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            paired = self._beside(second, np.shape(values), axis)
            return _core.group_comoment(
                array, paired, factors, codes, self.n, slope, off, skips, least, workers
            )

        return self._apply(compute, values, weights, axis, threads, bool(skipna), max(least, need))

    def _beside(self, second: NDArray[Any], shape: tuple[int, ...], axis: int) -> NDArray[Any]:
        """The second variable as the rows of the first come to the core."""
        axis = normalize_axis_index(axis, len(shape))
        if second.ndim == 0:
            raise ValueError(f"other: shape () does not fit values of shape {shape}")
        second = spread_along(second, shape, axis, "other")
        if self._members is not None:
            second = second.take(self._members, axis)
        if len(shape) == 1:
            return second
        rows = np.moveaxis(second, axis, 0)
        return rows.reshape(len(rows), int(np.prod(rows.shape[1:], dtype=np.intp)))


def second_variable(other: Any) -> NDArray[Any]:
    """The figures of a second variable, NaN where they are missing."""
    second, gone = numbers(other, "other")
    if gone is None:
        return second
    remedy = "drop the rows where other is missing first"
    return np.where(gone, np.nan, as_float64(second, "other", remedy))
