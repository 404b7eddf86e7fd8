"""Values and weights as the core takes them: float32, float64, int64 or uint64, native.

No figure is rounded on the way: what has no exact form here is refused.
"""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .containers import from_objects, is_frame, is_of, is_series, row_labels

__all__ = [
    "as_float64",
    "check_columns",
    "check_coordinates",
    "check_weights",
    "group_sum",
    "is_nullable",
    "masked",
    "numbers",
    "spread_along",
    "weights_of",
    "whole",
]

KEPT = (np.dtype(np.float32), np.dtype(np.float64), np.dtype(np.int64), np.dtype(np.uint64))


def group_sum(values: NDArray[Any], *rest: Any) -> NDArray[Any]:
    """Exact sums or means from the core; an integer sum beyond its type is named."""
    try:
        return _core.group_sum(values, *rest)
    except OverflowError as error:
        raise OverflowError(
            f"values: an exact sum does not fit {values.dtype}; convert them to float64 for the "
            f"correctly rounded one"
        ) from error


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
    if hasattr(getattr(values, "dtype", None), "na_value") and not is_series(values):
        values = sys.modules["pandas"].Series(values)  # an array or index of an extension type
    if is_series(values) or is_frame(values):
        values, missing = _from_pandas(values, name)
    if is_of("polars", "DataFrame", values) and values.width:
        values, missing = _of_several_types(values.get_columns(), name)
    if is_of("polars", "Series", values):
        values, missing = _from_polars(values)
    if isinstance(values, np.ma.MaskedArray):
        missing, values = np.ma.getmaskarray(values), values.filled(0)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name}: rows of different lengths: {values!r:.80}") from error
    if array.dtype.kind == "f" and not hasattr(values, "dtype") and (np.abs(array) >= 2.0**53).any():
        array = np.array(values, dtype=object)  # whole numbers among them may have been rounded
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "f" and size <= 8:
        array = array.astype(np.float32 if size == 4 else np.float64, copy=False)
    elif kind in "bi":
        array = array.astype(np.int64, copy=False)
    elif kind == "u":
        array = array.astype(np.uint64, copy=False)
    elif kind == "O":
        array = from_objects(array, name)
    else:
        raise TypeError(f"{name}: expected real numbers of at most 64 bits, got {array.dtype}")
    if not array.flags.aligned:
        array = array.copy()
    if missing is not None and not missing.any():
        missing = None
    if missing is not None and kind == "f":
        array, missing = np.where(missing, np.array(np.nan, array.dtype), array), None
    return array, missing


def is_nullable(dtype: Any) -> bool:
    """Whether a pandas type has an NA of its own: its masked types and Arrow's."""
    return hasattr(dtype, "na_value") and not isinstance(dtype, sys.modules["pandas"].SparseDtype)


def masked(result: NDArray[Any], gone: NDArray[np.bool_], dtype: Any) -> Any:
    """Results with NA where they are missing, in pandas' masked type or in Arrow's."""
    pandas = sys.modules["pandas"]
    arrays = pandas.arrays
    others = {"f": arrays.FloatingArray, "b": arrays.BooleanArray}
    kind = others.get(result.dtype.kind, arrays.IntegerArray)
    if isinstance(dtype, pandas.ArrowDtype):
        name = {"float32": "float", "float64": "double"}.get(result.dtype.name, result.dtype.name)
        return kind(result, gone).astype(f"{name}[pyarrow]")
    return kind(result, gone)


def as_float64(array: NDArray[Any], name: str, remedy: str) -> NDArray[np.float64]:
    """Figures as float64; integers that have no such form are refused."""
    if array.dtype.kind in "iu" and ((array > 2**53) | (array < -(2**53))).any():
        raise ValueError(f"{name}: integers above 2**53 are not exact as float64; {remedy}")
    return array.astype(np.float64, copy=False)


def _from_pandas(values: Any, name: str) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """A Series or frame; extension types give their numbers and a mask of NA."""
    types = [values.dtype] if is_series(values) else list(values.dtypes)
    for dtype in types:
        if getattr(dtype, "kind", "O") not in "biuf":
            raise TypeError(f"{name}: expected real numbers, got {dtype}")
    if len(set(types)) > 1:
        return _of_several_types([values.iloc[:, k] for k in range(values.shape[1])], name)
    if not types or isinstance(types[0], np.dtype):
        return values.to_numpy(), None
    if types[0].kind == "f":
        single = getattr(types[0], "itemsize", 8) == 4
        return values.to_numpy(dtype=np.float32 if single else np.float64, na_value=np.nan), None
    missing = values.isna().to_numpy(dtype=bool)
    filler = False if types[0].kind == "b" else 0  # Arrow takes but its own type
    return values.to_numpy(dtype=np.uint64 if types[0].kind == "u" else np.int64, na_value=filler), missing


def _from_polars(column: Any) -> tuple[Any, NDArray[np.bool_] | None]:
    """Integers and truths with a mask of nulls, 128-bit ones as objects; others as NumPy reads them."""
    dtype = column.dtype
    if dtype.is_integer() and str(dtype).endswith("128"):
        return np.array(column.to_list(), dtype=object), None
    if column.null_count() and (dtype.is_integer() or dtype == sys.modules["polars"].Boolean):
        there = column.fill_null(strategy="zero") if dtype.is_integer() else column.fill_null(False)
        return there.to_numpy(), column.is_null().to_numpy()
    return column, None


def _of_several_types(given: list[Any], name: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Columns in one type that holds them all, and what is missing."""
    columns = [numbers(column, name) for column in given]
    common = np.result_type(*(array.dtype for array, _ in columns))
    if common.kind == "f":
        remedy = "take columns of other types apart from them"
        columns = [(as_float64(array, name, remedy), missing) for array, missing in columns]
    nowhere = np.zeros(len(given[0]), dtype=bool)
    missing = np.column_stack([nowhere if gone is None else gone for _, gone in columns])
    return np.column_stack([array for array, _ in columns]), missing


def check_weights(values: Any, weights: Any, axis: int | None, name: str = "weights") -> None:
    """Weights and values that are both frames, or pandas objects, go together by label."""
    check_columns(values, weights, name)
    check_coordinates(values, weights, name)
    frames = is_frame(values) and is_frame(weights)
    for along in (0, 1) if frames else (axis or 0,):
        want, what = row_labels(values, along)
        have, own = row_labels(weights, along)
        if want is not None and have is not None and have is not want and not have.equals(want):
            raise ValueError(
                f"{name}: its {own} and the {what} of values differ; align them first, "
                f"e.g. {name} = {name}.reindex({own}=values.{what})"
            )


def check_columns(values: Any, beside: Any, name: str, first: str = "values") -> None:
    """Two polars frames have the same columns."""
    polars = is_of("polars", "DataFrame", values) and is_of("polars", "DataFrame", beside)
    if polars and values.columns != beside.columns:
        raise ValueError(
            f"{name}: its columns and the columns of {first} differ; bring them in line, "
            f"e.g. {name} = {name}.select({first}.columns), or pass a column for one figure per row"
        )


def check_coordinates(values: Any, beside: Any, name: str, first: str = "values") -> None:
    """Two xarray objects have equal coordinates, and their dimensions in one order."""
    if not (is_of("xarray", "DataArray", values) and is_of("xarray", "DataArray", beside)):
        return
    shared = [dim for dim in beside.dims if dim in values.dims]
    for dim in shared:
        want, have = values.indexes.get(dim), beside.indexes.get(dim)
        if want is not None and have is not None and not have.equals(want):
            raise ValueError(
                f"{name}: its coordinates of {dim!r} differ from those of {first}; align them first, "
                f"e.g. {name} = {name}.reindex_like({first})"
            )
    if shared != [dim for dim in values.dims if dim in shared]:
        raise ValueError(
            f"{name}: its dimensions are not in the order of those of {first}; "
            f"e.g. {name} = {name}.transpose{tuple(dim for dim in values.dims if dim in shared)}"
        )


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
    return spread_along(array, shape, axis, "weights")


def spread_along(array: NDArray[Any], shape: tuple[int, ...], axis: int | None, name: str) -> NDArray[Any]:
    """Figures in the shape of the values; of one dimension they go along `axis`, one per row."""
    fits, given = True, array.shape
    if array.ndim == 1 and (axis is not None or len(shape) == 1):
        along = axis or 0
        fits = len(array) == shape[along]
        array = array.reshape([-1 if k == along else 1 for k in range(len(shape))])
    try:
        found = np.broadcast_to(array, shape)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"{name}: shape {given} does not fit values of shape {shape}")
    return found
