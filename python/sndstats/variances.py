"""Exact variances and standard deviations of arrays, along any axes."""

import sys
from typing import Any

from . import _core
from .numeric import whole
from .reductions import reduce

__all__ = ["exact_std", "exact_var"]


def _spread(values: Any, weights: Any, axis: Any, skipna: bool, ddof: Any, root: bool) -> Any:
    off = min(whole("ddof", ddof), sys.maxsize)

    def compute(array: Any, factors: Any, codes: Any, clusters: int, skips: bool, workers: int) -> Any:
        return _core.group_variance(array, factors, codes, clusters, off, root, skips, 0, workers)

    # Of weighted rows one may do: a NaN of weights that are too small is a result.
    return reduce(values, weights, axis, skipna, compute, off + 1 if weights is None else 1)


def exact_var(
    values: Any, *, weights: Any = None, axis: Any = None, skipna: bool = True, ddof: int = 1
) -> Any:
    """Variance, or weighted variance, correctly rounded: the exact one, rounded once (方差).

    ``(sum(x**2) - sum(x)**2 / n) / (n - ddof)`` from exact sums, so nothing cancels
    however far the values lie from zero, and the bits do not depend on their order, on
    threads or on the processor. NumPy's default is ``ddof=0``; here, as in pandas and R,
    it is 1, the sample variance.

    Parameters
    ----------
    values : array_like
        Figures of any shape. float32 gives float32, rounded straight from the exact
        totals; everything else float64, integers from their exact sums.
    weights : array_like, optional
        Frequency weights, not negative: a value of weight 3 counts three times. The
        variance is ``(sum(w x**2) - sum(w x)**2 / sum(w)) / (sum(w) - ddof)``. Of the
        shape of `values`, or one for each place along `axis`. A row without a weight is
        left out.
    axis : int or tuple of int, optional
        What to reduce; everything by default.
    skipna : bool
        Leave missing values out; otherwise they make the variance NaN.
    ddof : int
        What is taken off the number of values, or off the sum of their weights.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame with an axis
        The square of the unit of the values; never negative. NaN where the values, or
        the sum of the weights, are not more than `ddof`, and where a value or weight is
        infinite. Beyond the largest double it is infinite.

    Raises
    ------
    ValueError
        For negative weights or `ddof` and shapes that do not fit.
    TypeError
        For values that are not real numbers of at most 64 bits.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.exact_var([1e9 + 1, 1e9 + 2, 1e9 + 6]))
    7.0
    >>> float(snd.exact_var([1.0, 4.0], weights=[3.0, 1.0], ddof=0))
    1.6875

    References
    ----------
    T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for computing the sample variance,
    The American Statistician 37 (1983), on what rounded sums lose; R. M. Neal, Fast exact
    summation using small and large superaccumulators, arXiv:1505.05571 (2015).
    """
    return _spread(values, weights, axis, skipna, ddof, root=False)


def exact_std(
    values: Any, *, weights: Any = None, axis: Any = None, skipna: bool = True, ddof: int = 1
) -> Any:
    """Standard deviation (标准差): the square root of `exact_var`, rounded to nearest.

    ``sqrt(exact_var(values))``: the root of the correctly rounded variance. NumPy's
    default is ``ddof=0``; here it is 1.

    Parameters
    ----------
    values : array_like
        As in `exact_var`.
    weights : array_like, optional
        As in `exact_var`.
    axis : int or tuple of int, optional
        What to reduce; everything by default.
    skipna : bool
        Leave missing values out; otherwise they make the result NaN.
    ddof : int
        What is taken off the number of values, or off the sum of their weights.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame with an axis
        In the unit of the values. NaN where the variance is, infinite where the variance
        is too large for a double (or, of float32, for a float32).

    Raises
    ------
    ValueError
        For negative weights or `ddof` and shapes that do not fit.
    TypeError
        For values that are not real numbers of at most 64 bits.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.exact_std([1.0, 9.0], ddof=0))
    4.0

    References
    ----------
    IEEE 754-2019, 5.4.1: squareRoot is correctly rounded.
    """
    return _spread(values, weights, axis, skipna, ddof, root=True)
