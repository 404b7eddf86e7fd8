"""Exact sums and means of arrays, along any axes."""

from collections.abc import Callable
from typing import Any

from .numeric import group_sum
from .reductions import reduce

__all__ = ["exact_mean", "exact_sum"]


def _computing(mean: bool) -> Callable[..., Any]:
    def compute(array: Any, factors: Any, codes: Any, clusters: int, skips: bool, workers: int) -> Any:
        return group_sum(array, factors, codes, clusters, mean, skips, 0, workers)

    return compute


def exact_sum(values: Any, *, weights: Any = None, axis: Any = None, skipna: bool = True) -> Any:
    """Sum, or weighted sum, correctly rounded: the exact total, rounded once.

    ``sum(values)`` or ``sum(values * weights)``. The bits do not depend on the order of
    the values, on threads or on the processor. Totals that overflow only on the way are
    right; infinities of both signs give NaN.

    Parameters
    ----------
    values : array_like
        Figures of any shape. float32 gives float32, rounded straight from the exact
        total. Integers and bool give int64, unsigned ones uint64, exactly.
    weights : array_like, optional
        Not negative; of the shape of `values`, or one for each place along `axis`. A row
        without a weight is left out. Weighted sums of integers are float64.
    axis : int or tuple of int, optional
        What to sum over; everything by default.
    skipna : bool
        Leave missing values out; otherwise they make the sum NaN.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame with an axis
        An empty sum is 0, a sum that is exactly zero +0.0. A Series of nullable or Arrow
        columns is nullable, and what is missing in it NA.

    Raises
    ------
    OverflowError
        If a sum of integers does not fit its type.
    ValueError
        For negative weights and shapes that do not fit.
    TypeError
        For values that are not real numbers of at most 64 bits.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.exact_sum([1e16, 1.0, -1e16]))
    1.0
    >>> float(snd.exact_sum([0.1] * 10))
    1.0

    References
    ----------
    R. M. Neal, Fast exact summation using small and large superaccumulators,
    arXiv:1505.05571 (2015); U. Kulisch, Computer Arithmetic and Validity (2008).
    """
    return reduce(values, weights, axis, skipna, _computing(mean=False), 0, zero=True)


def exact_mean(values: Any, *, weights: Any = None, axis: Any = None, skipna: bool = True) -> Any:
    """Mean, or weighted mean, correctly rounded: the exact quotient, rounded once.

    ``sum(values) / n`` or ``sum(values * weights) / sum(weights)`` over the values that
    are there (均值; 加权平均).

    Parameters
    ----------
    values : array_like
        Figures of any shape. float32 gives float32, everything else float64; integers
        are summed exactly first.
    weights : array_like, optional
        Not negative; of the shape of `values`, or one for each place along `axis`. A row
        without a weight is left out.
    axis : int or tuple of int, optional
        What to average over; everything by default.
    skipna : bool
        Leave missing values out; otherwise they make the mean NaN.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame with an axis
        NaN where there is no value, or where the weights sum to zero.

    Raises
    ------
    ValueError
        For negative weights and shapes that do not fit.
    TypeError
        For values that are not real numbers of at most 64 bits.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.exact_mean([1e308, 1e308, 1e308]))
    1e+308
    >>> float(snd.exact_mean([1.0, 4.0], weights=[3.0, 1.0]))
    1.75

    References
    ----------
    R. M. Neal, Fast exact summation using small and large superaccumulators,
    arXiv:1505.05571 (2015), section on exact means.
    """
    return reduce(values, weights, axis, skipna, _computing(mean=True), 1)
