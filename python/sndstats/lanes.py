"""Measures along one axis: figures to the core, and results of either shape back.

A measure keeps the shape of its values (`kept`) or takes the axis away (`reduced`, one or
more results per lane). Missing is NaN inside, whatever the container calls it.
"""

# Annotations of inner functions would be evaluated at every call.
from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core, threads
from .along import Figures, along_axis, axis_of, figures, with_nan
from .containers import is_frame, is_of

__all__ = ["kept", "moved", "periods", "reduced", "run"]

#: NumPy broadcasts no more.
DIMENSIONS = 32

#: Further inputs of `run`, from the figures of one call and from the number of the column
#: that these are where a frame is computed column by column.
Beside = Callable[[NDArray[Any], int | None], Sequence[NDArray[Any]]]


def moved(array: NDArray[Any], source: int, target: int) -> NDArray[Any]:
    """The array with an axis elsewhere; `numpy.moveaxis` takes its time even if there is nothing to do."""
    return array if source == target else np.moveaxis(array, source, target)


def periods(name: str, value: Any, least: int = 1, most: int | None = None) -> int:
    """A whole number of periods, or the error that names it."""
    try:
        number = int(value)
        exact = bool(number == value) and not isinstance(value, (bool, np.bool_))
    except (TypeError, ValueError, OverflowError):
        exact, number = False, 0
    if not exact or number < least or (most is not None and number > most):
        limit = f"from {least}" + ("" if most is None else f" to {most}")
        raise ValueError(f"{name}: expected a whole number {limit}, got {value!r}")
    return number


def run(
    measure: str,
    inputs: Sequence[NDArray[Any]],
    length: int,
    options: Sequence[float] = (),
    workers: Any = None,
) -> NDArray[Any]:
    """Results (length, ...) of a measure of the core; the inputs' first axis is the measure's.

    The other axes broadcast. The result is float32 where the first input is, else float64.
    """
    if inputs[0].ndim > DIMENSIONS + 1:
        raise ValueError(f"values: expected at most {DIMENSIONS + 1} dimensions, got {inputs[0].ndim}")
    shapes = [x.shape[1:] for x in inputs]
    alike = shapes.count(shapes[0]) == len(shapes)
    shape = shapes[0] if alike else np.broadcast_shapes(*shapes)
    wide = [x if x.shape[1:] == shape else _spread(x, shape) for x in inputs]
    out = np.empty((length, *shape), np.float32 if inputs[0].dtype == np.float32 else np.float64)
    parts = threads.count(max(x.size for x in wide), workers)
    _core.lanes(measure, tuple(wide), out, tuple(map(float, options)), parts)
    return out


def _spread(array: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """The array with its axes after the first broadcast to a shape."""
    missing = len(shape) - (array.ndim - 1)
    return np.broadcast_to(array.reshape(len(array), *(1,) * missing, *array.shape[1:]), (len(array), *shape))


def kept(
    measure: str,
    values: Any,
    axis: Any,
    *others: NDArray[Any],
    beside: Beside | None = None,
    options: Sequence[float] = (),
    workers: Any = None,
    name: str = "values",
) -> Any:
    """A measure whose result has the shape and the container of `values`.

    `others` are further inputs, ready for `run` but for their first axis, which is the measure's;
    `beside` gives those that depend on the figures, which it may refuse.
    """

    def compute(numbers: Figures, where: int) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
        data = moved(with_nan(numbers), where, 0)
        inputs = (data, *others, *(() if beside is None else beside(data, numbers.column)))
        result = moved(run(measure, inputs, len(data), options, workers), 0, where)
        return result[np.newaxis], np.isnan(result)[np.newaxis] if numbers.nullable else None

    return along_axis(compute, values, axis, (0,), True, name)


def reduced(
    measure: str,
    values: Any,
    axis: Any,
    *others: NDArray[Any],
    outs: int = 1,
    options: Sequence[float] = (),
    order: NDArray[np.intp] | None = None,
    workers: Any = None,
) -> list[Any]:
    """The `outs` results of a measure that takes the axis away, each in the container's kind.

    A Series gives scalars, a pandas frame a Series per result, a polars frame a frame of one
    row, an xarray object one without the dimension. `others` are further inputs, ready for `run`;
    the rows of `values` are brought into `order` first.
    """
    if is_of("polars", "DataFrame", values):
        return _of_polars(measure, values, axis, others, outs, options, order, workers)
    numbers = figures(values)
    where = axis_of(axis, numbers.data.ndim)
    data = _in_order(moved(with_nan(numbers), where, 0), order)
    results = list(run(measure, (data, *others), outs, options, workers))
    if is_frame(values):
        return [_series(row, values, where, numbers.nullable) for row in results]
    if is_of("xarray", "DataArray", values):
        like = values.isel({values.dims[where]: 0}, drop=True) if values.shape[where] else None
        return [_data_array(row, values, where) if like is None else like.copy(data=row) for row in results]
    return [row[()] for row in results]


def _in_order(data: NDArray[Any], order: NDArray[np.intp] | None) -> NDArray[Any]:
    return data if order is None else data[order]


def _series(row: NDArray[Any], frame: Any, where: int, nullable: bool) -> Any:
    """A result for each column (or row) of a pandas frame."""
    pandas = sys.modules["pandas"]
    labels = frame.columns if where == 0 else frame.index
    cells = pandas.arrays.FloatingArray(row.copy(), np.isnan(row)) if nullable else row
    return pandas.Series(cells, index=labels)


def _data_array(row: NDArray[Any], like: Any, where: int) -> Any:
    """Results of lanes without periods, which have no place to take coordinates from."""
    dims = [d for k, d in enumerate(like.dims) if k != where]
    coords = {name: c for name, c in like.coords.items() if like.dims[where] not in c.dims}
    return sys.modules["xarray"].DataArray(row, coords=coords, dims=dims, name=like.name, attrs=like.attrs)


def _of_polars(
    measure: str,
    values: Any,
    axis: Any,
    others: Sequence[NDArray[Any]],
    outs: int,
    options: Sequence[float],
    order: NDArray[np.intp] | None,
    workers: Any,
) -> list[Any]:
    """Column by column, a frame of one row for each result."""
    if axis_of(axis, 2) == 1:
        raise ValueError(
            "axis: expected 0 for a polars frame, whose rows are not of one type; use to_numpy()"
        )
    polars = sys.modules["polars"]
    wide = [np.broadcast_to(x, (len(x), values.width)) for x in others]
    columns = {}
    for c, column in enumerate(values.get_columns()):
        data = _in_order(with_nan(figures(column, f"values, column {column.name!r}")), order)
        columns[column.name] = run(measure, (data, *(x[:, c] for x in wide)), outs, options, workers)
    return [
        polars.DataFrame(
            {
                name: polars.Series(
                    [None if np.isnan(x[k]) else x[k]],
                    dtype=polars.Float32 if x.dtype == np.float32 else polars.Float64,
                )
                for name, x in columns.items()
            }
        )
        for k in range(outs)
    ]
