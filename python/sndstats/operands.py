"""Measures along an axis of two operands: periods and lanes of one belong to those of the other."""

# Annotations of inner functions would be evaluated at every call.
from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .along import Figures, along_axis, figures, with_nan
from .containers import aligned_operands, is_frame, is_of, is_series
from .lanes import moved, run

__all__ = ["check_labels", "is_container", "paired", "whole"]


def is_container(value: Any) -> bool:
    """Whether it is a pandas or polars Series or frame, or a DataArray."""
    if type(value) is np.ndarray:
        return False
    polars = is_of("polars", "Series", value) or is_of("polars", "DataFrame", value)
    return is_series(value) or is_frame(value) or polars or is_of("xarray", "DataArray", value)


def check_labels(first: Any, second: Any, names: Sequence[str]) -> tuple[Any, Any]:
    """Two operands whose labels agree, the dimensions of the second in the order of the first's."""
    if is_of("xarray", "DataArray", first) and is_of("xarray", "DataArray", second):
        try:
            sys.modules["xarray"].align(first, second, join="exact")
            if not set(second.dims) <= set(first.dims):
                raise ValueError(f"{second.dims} are not all among {first.dims}")
            second = second.transpose(*(d for d in first.dims if d in second.dims))
        except ValueError as error:
            raise ValueError(
                f"{names[1]}: its dimensions or coordinates differ from those of {names[0]}; "
                f"align them first, e.g. with xarray.align ({error})"
            ) from error
    both_polars = is_of("polars", "DataFrame", first) and is_of("polars", "DataFrame", second)
    if both_polars and first.columns != second.columns:
        raise ValueError(f"{names[1]}: its columns differ from those of {names[0]}; select the same ones")
    first, second = aligned_operands(dict(zip(names, (first, second), strict=True)))
    return first, second


def whole(value: Any, name: str) -> NDArray[Any]:
    """All figures of an operand, missing ones as NaN."""
    if not is_of("polars", "DataFrame", value):
        return with_nan(figures(value, name))
    columns = [with_nan(figures(c, f"{name}, column {c.name!r}")) for c in value.get_columns()]
    return np.column_stack(columns) if columns else np.empty(value.shape)


def _has_na(value: Any, column: int | None) -> bool:
    """Whether what is missing in a pandas object, or in one column of it, is NA."""
    if is_frame(value):
        types = list(value.dtypes) if column is None else [value.dtypes.iloc[column]]
        return any(not isinstance(dtype, np.dtype) for dtype in types)
    return is_series(value) and not isinstance(value.dtype, np.dtype)


def paired(
    measure: str,
    axis: Any,
    operands: dict[str, Any],
    beside: Callable[[NDArray[Any], NDArray[Any]], Sequence[NDArray[Any]]] | None = None,
) -> Any:
    """A measure of two operands of one shape, in the container of the first that has one.

    `beside` gives further inputs from the figures of both, periods first; it may refuse them.
    """
    names = list(operands)
    first, second = operands.values()
    given = check_labels(first, second, names)
    lead = next((k for k, x in enumerate(given) if is_container(x)), 0)
    beside_it = given[1 - lead]
    other = whole(beside_it, names[1 - lead])
    values = given[lead] if is_container(given[lead]) else whole(given[lead], names[lead])
    if values.shape != other.shape:
        shapes = [values.shape, other.shape]
        raise ValueError(
            f"{names[1]}: expected the shape of {names[0]}, {shapes[lead]}, got {shapes[1 - lead]}"
        )

    def compute(numbers: Figures, where: int) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
        mine = with_nan(numbers)
        pair = [mine, other if numbers.column is None else other[:, numbers.column]]
        if not all(x.dtype == np.float32 for x in pair):
            pair = [x.astype(np.float64) if x.dtype == np.float32 else x for x in pair]
        one, two = (moved(x, where, 0) for x in (pair if lead == 0 else pair[::-1]))
        more = () if beside is None else beside(one, two)
        result = moved(run(measure, (one, two, *more), len(one)), 0, where)
        nullable = numbers.nullable or _has_na(beside_it, numbers.column)
        return result[np.newaxis], np.isnan(result)[np.newaxis] if nullable else None

    return along_axis(compute, values, axis, (0,), True, names[lead])
