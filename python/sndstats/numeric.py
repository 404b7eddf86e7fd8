"""Values and weights as the core takes them: float32, float64, int64 or uint64, native.

No figure is rounded on the way: what has no exact form here is refused.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .containers import is_frame, is_series

__all__ = ["numbers", "weights_of", "whole"]

KEPT = (np.dtype(np.float32), np.dtype(np.float64), np.dtype(np.int64), np.dtype(np.uint64))


def whole(name: str, value: Any) -> int:
    """A whole number that is not negative, or the error that names it."""
    if type(value) is int and value >= 0:
        return value
    try:
        number = int(value)
        exact = number == value and number >= 0
    except (TypeError, ValueError, OverflowError):
        exact, number = False, 0
    if not exact:
        raise ValueError(f"{name}: expected a whole number from 0, got {value!r}")
    return number


def numbers(values: Any, name: str = "values") -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """The figures, and a mask of missing ones where the type has no NaN."""
    if type(values) is np.ndarray and values.dtype in KEPT and values.flags.aligned:
        # An equal type may be byte-swapped or have another number: only native ones pass.
        return values.astype(values.dtype.newbyteorder("="), copy=False), None
    missing: Any = None
    if is_series(values) or is_frame(values):
        values, missing = _from_pandas(values, name)
    if isinstance(values, np.ma.MaskedArray):
        missing, values = np.ma.getmaskarray(values), values.filled(0)
    array = np.asarray(values)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "f" and size <= 8:
        array = array.astype(np.float32 if size == 4 else np.float64, copy=False)
    elif kind in "bi":
        array = array.astype(np.int64, copy=False)
    elif kind == "u":
        array = array.astype(np.uint64, copy=False)
    elif array.size == 0 and kind == "O":
        array = array.astype(np.float64)
    else:
        raise TypeError(f"{name}: expected real numbers of at most 64 bits, got {array.dtype}")
    if not array.flags.aligned:
        array = array.copy()
    if missing is not None and not missing.any():
        missing = None
    if missing is not None and kind == "f":
        array, missing = np.where(missing, np.array(np.nan, array.dtype), array), None
    return array, missing


def _from_pandas(values: Any, name: str) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """A Series or frame; extension types give their numbers and a mask of NA."""
    types = [values.dtype] if is_series(values) else list(values.dtypes)
    for dtype in types:
        if getattr(dtype, "kind", "O") not in "biuf":
            raise TypeError(f"{name}: expected real numbers, got {dtype}")
    if all(isinstance(dtype, np.dtype) for dtype in types):
        return values.to_numpy(), None
    if len(set(types)) > 1 or types[0].kind == "f":
        return values.to_numpy(dtype=np.float64, na_value=np.nan), None
    missing = values.isna().to_numpy(dtype=bool)
    return values.to_numpy(dtype=types[0].numpy_dtype, na_value=0), missing


def weights_of(weights: Any, shape: tuple[int, ...], axis: int | None) -> NDArray[np.float64]:
    """Weights as float64 in the shape of the values; one per row goes along `axis`."""
    array, missing = numbers(weights, "weights")
    if array.dtype.kind in "iu" and array.size and int(array.max()) > 2**53:
        raise ValueError("weights: integers above 2**53 are not exact as float64; scale them down")
    array = array.astype(np.float64, copy=False)
    if missing is not None:
        array = np.where(missing, np.nan, array)
    if array.size and np.nanmin(array, initial=0.0) < 0.0:
        row = int(np.argmax(array.ravel() < 0.0))
        raise ValueError(f"weights: must not be negative, got {array.ravel()[row]} at position {row}")
    if axis is not None and array.ndim == 1 and len(shape) > 1:
        array = array.reshape([-1 if k == axis else 1 for k in range(len(shape))])
    try:
        return np.broadcast_to(array, shape)
    except ValueError as error:
        raise ValueError(
            f"weights: shape {np.shape(weights)} does not fit values of shape {shape}"
        ) from error
