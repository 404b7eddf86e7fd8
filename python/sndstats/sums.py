"""Exact sums and means of arrays, along any axes."""

import math
import sys
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .containers import is_frame
from .numeric import as_float64, check_weights, group_sum, is_nullable, masked, numbers, weights_of

__all__ = ["exact_mean", "exact_sum"]

#: Columns of at most so many rows, if there are at least so many of them, are clusters of one.
SHORT, MANY = 1 << 10, 1 << 6
#: Clusters and cells of one call: its tables stay in the cache.
CLUSTERS, CELLS = 1 << 14, 1 << 18


def _reduce(values: Any, weights: Any, axis: Any, skipna: bool, mean: bool) -> Any:
    array, missing = numbers(values)
    if weights is not None:
        along = axis[0] if isinstance(axis, tuple) and len(axis) == 1 else axis
        if along is not None and not isinstance(along, tuple):
            along = normalize_axis_index(along, array.ndim)
        along = None if isinstance(along, tuple) else along
        check_weights(values, weights, along)
        weights = weights_of(weights, array.shape, along)
    if missing is not None:
        array, weights = _without(array, weights, missing, skipna, mean)
    over = tuple(range(array.ndim)) if axis is None else normalize_axis_tuple(axis, array.ndim, "axis")
    kept = tuple(k for k in range(array.ndim) if k not in over)
    shape = tuple(array.shape[k] for k in kept)
    columns = _columns(array, over, kept)
    factors = None if weights is None else _columns(weights, over, kept)
    workers = _threads.count(array.size)
    result = _sums(columns, factors, mean, bool(skipna), workers).reshape(shape)
    if is_frame(values) and len(shape) == 1:
        labels = values.columns if over == (0,) else values.index
        nullable = [dtype for dtype in values.dtypes if is_nullable(dtype)]
        if nullable:
            counts = _core.group_count(columns, factors, None, 1, True, workers).ravel()
            gone = counts < int(mean)
            if not skipna:
                gone |= counts < _core.group_count(columns, factors, None, 1, False, workers).ravel()
            result = masked(result, gone, nullable[0])
        return sys.modules["pandas"].Series(result, index=labels)
    return result[()]


def _sums(
    columns: NDArray[Any], factors: NDArray[Any] | None, mean: bool, skipna: bool, workers: int
) -> NDArray[Any]:
    """Sums or means of columns; to begin a short column takes longer than to add it up."""
    rows, many = columns.shape
    if not 0 < rows <= SHORT or many < MANY:
        return group_sum(columns, factors, None, 1, mean, skipna, 0, workers)
    at_once = min(CLUSTERS, CELLS // rows)
    codes = np.repeat(np.arange(at_once, dtype=np.int32), rows)
    found = []
    for start in range(0, many, at_once):
        some = slice(start, start + at_once)
        values = columns[:, some].T.reshape(-1)
        weights = None if factors is None else factors[:, some].T.reshape(-1)
        clusters = len(values) // rows
        found.append(group_sum(values, weights, codes[: len(values)], clusters, mean, skipna, 0, workers))
    return np.concatenate(found)


def _columns(array: NDArray[Any], over: tuple[int, ...], kept: tuple[int, ...]) -> NDArray[Any]:
    """The reduced axes as one, first; the others as one, last."""
    rows = math.prod(array.shape[k] for k in over)
    columns = math.prod(array.shape[k] for k in kept)
    return array.transpose(over + kept).reshape(rows, columns)


def _without(
    array: NDArray[Any],
    weights: NDArray[np.float64] | None,
    missing: NDArray[np.bool_],
    skipna: bool,
    mean: bool,
) -> tuple[NDArray[Any], NDArray[np.float64] | None]:
    """Integers with missing ones: zeros add nothing; else their places need a NaN."""
    if skipna and not mean:
        return np.where(missing, np.array(0, array.dtype), array), weights
    remedy = "drop the missing ones beside them first"
    return np.where(missing, np.nan, as_float64(array, "values", remedy)), weights


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
    return _reduce(values, weights, axis, skipna, mean=False)


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
    return _reduce(values, weights, axis, skipna, mean=True)
