"""Labels that another library holds: categories, and types with a missing value of their own.

No library is imported here: an object is recognized by its class, and its own library
is asked for its categories and codes.
"""

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .containers import is_of
from .numeric import numbers

__all__ = ["encoded", "is_pandas", "objects", "of_polars"]


def is_pandas(labels: Any) -> bool:
    """Whether pandas holds these labels."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(
        labels, (pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray)
    )


def encoded(labels: Any, order: str, name: str) -> tuple[NDArray[np.int32], Any, str | None] | None:
    """Codes, labels, and the order in which to number these; None for NumPy's and Python's own.

    Labels that are to be numbered may be missing or come twice; with None they are distinct.
    """
    if is_pandas(labels):
        return _from_pandas(labels, order, name)
    if is_of("polars", "Series", labels):
        return _from_polars(labels, order, name)
    if is_of("pyarrow", "Array", labels) or is_of("pyarrow", "ChunkedArray", labels):
        return _from_arrow(labels, order, name)
    return None


def _from_pandas(labels: Any, order: str, name: str) -> tuple[NDArray[np.int32], Any, str | None] | None:
    pandas, dtype = sys.modules["pandas"], labels.dtype
    if isinstance(dtype, pandas.CategoricalDtype):
        values = pandas.Categorical(labels)
        return np.ascontiguousarray(values.codes, np.int32), values.categories, None
    if isinstance(labels, pandas.MultiIndex):
        there = np.all([level >= 0 for level in labels.codes], axis=0)
        return _in_place(there), labels[there].to_numpy(), order
    if isinstance(dtype, np.dtype) or isinstance(labels, pandas.arrays.NumpyExtensionArray):
        return None
    if isinstance(dtype, pandas.ArrowDtype) and sys.modules["pyarrow"].types.is_dictionary(
        dtype.pyarrow_dtype
    ):
        return _from_arrow(sys.modules["pyarrow"].array(getattr(labels, "array", labels)), order, name)
    try:
        codes, uniques = pandas.factorize(labels, sort=order == "sorted")
    except (TypeError, NotImplementedError) as error:
        raise TypeError(
            f"{name}: labels of type {dtype} cannot be compared for order and equality"
        ) from error
    codes = codes.astype(np.int32)
    if dtype.kind == "f":  # NaN may be another value than NA there, and -0.0 than 0.0
        return codes, numbers(pandas.Series(uniques))[0], order
    return codes, uniques, None


def _from_polars(labels: Any, order: str, name: str) -> tuple[NDArray[np.int32], Any, str | None]:
    """Enums keep their order and unobserved categories; of others what occurs."""
    polars, dtype = sys.modules["polars"], labels.dtype
    if dtype.is_nested() or dtype == polars.Object:
        raise TypeError(f"{name}: labels of type {dtype} cannot be compared for order and equality")
    there = labels.is_not_null().to_numpy()
    if dtype == polars.Enum:
        codes = labels.to_physical().fill_null(0).cast(polars.Int32).to_numpy()
        return np.where(there, codes, np.int32(-1)), objects(dtype.categories.to_list()), "appearance"
    if dtype == polars.String:
        labels = labels.cast(polars.Categorical)
    if labels.dtype == polars.Categorical:
        keys = labels.to_physical().cast(polars.Int64).fill_null(-1).to_numpy()
        codes, first = _core.factorize(keys, -1, False, _threads.count(len(keys)))
        return codes, objects(labels.gather(first).cast(polars.String).to_list()), order
    return _in_place(there), of_polars(labels.drop_nulls()), order


def _in_place(there: NDArray[np.bool_]) -> NDArray[np.int32]:
    """A number for each row that is there, in their order; -1 for the others."""
    return np.where(there, np.cumsum(there, dtype=np.int32) - np.int32(1), np.int32(-1))


def of_polars(column: Any) -> NDArray[Any]:
    """Numbers, dates, spans and truth as NumPy's; what it has no type for as objects."""
    polars, dtype = sys.modules["polars"], column.dtype
    wide = dtype.is_decimal() or (dtype.is_integer() and str(dtype).endswith("128"))
    local = dtype == polars.Datetime and getattr(dtype, "time_zone", None) is None
    if (dtype.is_numeric() and not wide) or local or dtype in (polars.Boolean, polars.Date, polars.Duration):
        return np.asarray(column.to_numpy())
    return objects(column.to_list())


def _from_arrow(labels: Any, order: str, name: str) -> tuple[NDArray[np.int32], Any, str | None]:
    """A dictionary keeps its order and unobserved entries, as pandas' categories do."""
    arrow = sys.modules["pyarrow"]
    if is_of("pyarrow", "ChunkedArray", labels) and (len(labels) == 0 or labels.type == arrow.null()):
        return np.full(len(labels), -1, np.int32), objects([]), order
    given = arrow.types.is_dictionary(labels.type)
    order = "appearance" if given else order
    try:
        coded = labels if given else labels.dictionary_encode()
        if isinstance(coded, arrow.ChunkedArray):
            coded = coded.unify_dictionaries().combine_chunks()
    except (NotImplementedError, ValueError) as error:
        raise TypeError(
            f"{name}: labels of type {labels.type} cannot be compared for order and equality"
        ) from error
    codes = coded.indices.cast(arrow.int64()).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    values = coded.dictionary
    if arrow.types.is_temporal(values.type) or arrow.types.is_floating(values.type):
        return codes, values.to_numpy(zero_copy_only=False), order
    return codes, objects(values.to_pylist()), order


def objects(items: Sequence[Any]) -> NDArray[Any]:
    """An array of objects as they are, sequences too."""
    array = np.empty(len(items), dtype=object)
    array[:] = list(items)
    return array
