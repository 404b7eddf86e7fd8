"""Labels of any kind to codes 0..n-1, missing ones to -1.

Numbers and dates are numbered in C. What only its own library or Python can compare
(categoricals, extension types, objects) is numbered there.
"""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core

__all__ = ["factorize", "is_missing"]

ORDERS = ("sorted", "appearance")
NAT = np.iinfo(np.int64).min


def factorize(labels: Any, *, order: str = "sorted", name: str = "labels") -> tuple[NDArray[np.int32], Any]:
    """Codes (int32, -1 for missing) and the distinct labels they stand for.

    The labels are an array of the labels' type, or a pandas Index where pandas holds
    them; a categorical keeps its order and its unobserved categories.
    """
    if order not in ORDERS:
        raise ValueError(f"order: expected one of {', '.join(ORDERS)}, got {order!r}")
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(
        labels, (pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray)
    ):
        dtype = labels.dtype
        if isinstance(dtype, pandas.CategoricalDtype):
            values = pandas.Categorical(labels)
            return np.ascontiguousarray(values.codes, np.int32), values.categories
        if not isinstance(dtype, np.dtype):
            codes, uniques = pandas.factorize(labels, sort=order == "sorted")
            return codes.astype(np.int32), uniques
    missing = np.ma.getmask(labels) if isinstance(labels, np.ma.MaskedArray) else None
    array = np.asarray(labels) if hasattr(labels, "dtype") else _unlike(labels, name)
    if array.ndim != 1:
        raise ValueError(f"{name}: expected one dimension, got shape {array.shape}")
    kind = array.dtype.kind
    if kind == "f" and array.dtype.itemsize > 8:
        raise TypeError(f"{name}: labels of type {array.dtype} do not fit 64 bits; convert them to float64")
    if kind in "biufmM":
        codes, uniques = _numbers(array, order)
    elif kind in "US":
        uniques, codes = np.unique(array, return_inverse=True)
        codes = codes.astype(np.int32)
        if order == "appearance":
            codes, uniques = _by_appearance(codes, uniques)
    elif kind in "OT":
        codes, uniques = _objects(array.astype(object), order, name)
    else:
        raise TypeError(f"{name}: labels of type {array.dtype} cannot be compared for order and equality")
    if missing is not None and np.any(missing):
        codes[np.broadcast_to(missing, codes.shape)] = -1
        codes, uniques = _drop_unused(codes, uniques)
    return codes, uniques


def _unlike(labels: Any, name: str) -> NDArray[Any]:
    """An array of the labels in a sequence; of kinds that NumPy would merge, an array of objects.

    NumPy makes "nan" of a NaN among texts, and one float of neighboring large integers.
    """
    try:
        array = np.asarray(labels)
    except ValueError as error:
        raise ValueError(
            f"{name}: expected one dimension, got nested sequences of several lengths"
        ) from error
    if array.ndim != 1 or array.dtype.kind not in "USf":
        return array
    items = list(labels)
    kinds = set(map(type, items))
    if array.dtype.kind == "f":
        merged = any(issubclass(k, (int, np.integer)) for k in kinds) and bool(np.any(np.abs(array) >= 2**53))
    else:
        merged = len(kinds) > 1 and not all(issubclass(k, (str, bytes)) for k in kinds)
    if not merged:
        return array
    objects = np.empty(len(items), dtype=object)
    objects[:] = items
    return objects


def _numbers(array: NDArray[Any], order: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Numbers, dates and spans as 64-bit keys; equal values have equal keys."""
    kind, dtype = array.dtype.kind, array.dtype.newbyteorder("=")
    missing: int | None = None
    if kind == "f":
        values = np.add(array, 0.0, dtype=np.float64)  # -0.0 becomes 0.0
        keys = values.view(np.int64)
        missing = int(np.float64(np.nan).view(np.int64))
        keys[np.isnan(values)] = missing
    elif kind in "mM":
        keys = np.ascontiguousarray(array, dtype).view(np.int64)
        missing = NAT
    else:
        keys = (
            np.ascontiguousarray(array)
            .astype(np.uint64 if kind == "u" else np.int64, copy=False)
            .view(np.int64)
        )
    # Keys compare as their values do, except floats below zero and unsigned ones above 2^63.
    ascending = order == "sorted" and kind not in "fu"
    codes, found = _core.factorize(keys, missing, ascending)
    if kind == "f":
        uniques = found.view(np.float64).astype(dtype, copy=False)
    elif kind in "mM":
        uniques = found.view(dtype)
    else:
        uniques = found.view(np.uint64 if kind == "u" else np.int64).astype(dtype, copy=False)
    if order == "sorted" and not ascending:
        codes, uniques = _renumber(codes, uniques, np.argsort(uniques))
    return codes, uniques


def _objects(array: NDArray[Any], order: str, name: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Python objects, by their hash; None and what differs from itself is missing."""
    values = array.tolist()
    try:
        distinct = list(dict.fromkeys(values))
    except TypeError as error:
        raise TypeError(f"{name}: {error}; labels must be hashable") from error
    present = [x for x in distinct if not is_missing(x)]
    if order == "sorted":
        try:
            present.sort()
        except TypeError as error:
            raise TypeError(
                f"{name}: {error}; pass order='appearance' for labels without an order"
            ) from error
    code_of = dict.fromkeys(distinct, -1) | {x: code for code, x in enumerate(present)}
    codes = np.fromiter(map(code_of.__getitem__, values), np.int32, len(values))
    uniques = np.empty(len(present), dtype=object)
    uniques[:] = present
    return codes, uniques


def is_missing(label: Any) -> bool:
    """None, NaN, NaT, and pandas' NA, whose comparisons have no truth."""
    if label is None:
        return True
    try:
        return bool(label != label)
    except TypeError:
        return True


def _by_appearance(codes: NDArray[np.int32], uniques: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    found, first = np.unique(codes, return_index=True)
    return _renumber(codes, uniques, found[np.argsort(first)])


def _drop_unused(codes: NDArray[np.int32], uniques: Any) -> tuple[NDArray[np.int32], Any]:
    used = np.unique(codes)
    return _renumber(codes, uniques, used[used >= 0])


def _renumber(codes: NDArray[np.int32], uniques: Any, keep: NDArray[Any]) -> tuple[NDArray[np.int32], Any]:
    """The labels `keep` in their new order; rows of other labels, and missing ones, get -1."""
    rank = np.full(len(uniques) + 1, -1, np.int32)
    rank[keep] = np.arange(len(keep), dtype=np.int32)
    return rank[codes], uniques[keep]
