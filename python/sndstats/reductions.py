"""Reductions of arrays along any axes: each column is a cluster of its own."""

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .containers import is_frame
from .numeric import as_float64, check_weights, is_nullable, masked, numbers, weights_of

__all__ = ["reduce"]

#: Columns of at most so many rows, if there are at least so many of them, are clusters of one.
SHORT, MANY = 1 << 10, 1 << 6
#: Clusters and cells of one call: its tables stay in the cache.
CLUSTERS, CELLS = 1 << 14, 1 << 18


#: Computes each cluster of columns: values, weights, codes, clusters, skipna, threads.
Compute = Callable[..., NDArray[Any]]


def reduce(
    values: Any, weights: Any, axis: Any, skipna: bool, compute: Compute, need: int, zero: bool = False
) -> Any:
    """What `compute` makes of all places along the axes.

    Of nullable columns a result of fewer than `need` values is missing; `zero` says that
    zeros in the place of missing values change nothing.
    """
    array, missing = numbers(values)
    if weights is not None:
        along = axis[0] if isinstance(axis, tuple) and len(axis) == 1 else axis
        if along is not None and not isinstance(along, tuple):
            along = normalize_axis_index(along, array.ndim)
        along = None if isinstance(along, tuple) else along
        check_weights(values, weights, along)
        weights = weights_of(weights, array.shape, along)
    if missing is not None:
        array, weights = _without(array, weights, missing, skipna and zero)
    over = tuple(range(array.ndim)) if axis is None else normalize_axis_tuple(axis, array.ndim, "axis")
    kept = tuple(k for k in range(array.ndim) if k not in over)
    shape = tuple(array.shape[k] for k in kept)
    columns = _columns(array, over, kept)
    factors = None if weights is None else _columns(weights, over, kept)
    workers = _threads.count(array.size)
    result = _by_column(columns, factors, bool(skipna), workers, compute).reshape(shape)
    if is_frame(values) and len(shape) == 1:
        labels = values.columns if over == (0,) else values.index
        nullable = [dtype for dtype in values.dtypes if is_nullable(dtype)]
        if nullable:
            counts = _core.group_count(columns, factors, None, 1, True, workers).ravel()
            gone = counts < need
            if not skipna:
                gone |= counts < _core.group_count(columns, factors, None, 1, False, workers).ravel()
            result = masked(result, gone, nullable[0])
        return sys.modules["pandas"].Series(result, index=labels)
    return result[()]


def _by_column(
    columns: NDArray[Any], factors: NDArray[Any] | None, skipna: bool, workers: int, compute: Compute
) -> NDArray[Any]:
    """Results of columns; to begin a short column takes longer than to add it up."""
    rows, many = columns.shape
    if not 0 < rows <= SHORT or many < MANY:
        return compute(columns, factors, None, 1, skipna, workers)
    at_once = min(CLUSTERS, CELLS // rows)
    codes = np.repeat(np.arange(at_once, dtype=np.int32), rows)
    found = []
    for start in range(0, many, at_once):
        some = slice(start, start + at_once)
        values = columns[:, some].T.reshape(-1)
        weights = None if factors is None else factors[:, some].T.reshape(-1)
        clusters = len(values) // rows
        found.append(compute(values, weights, codes[: len(values)], clusters, skipna, workers))
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
    zero: bool,
) -> tuple[NDArray[Any], NDArray[np.float64] | None]:
    """Integers with missing ones: zeros add nothing; else their places need a NaN."""
    if zero:
        return np.where(missing, np.array(0, array.dtype), array), weights
    remedy = "drop the missing ones beside them first"
    return np.where(missing, np.nan, as_float64(array, "values", remedy)), weights
