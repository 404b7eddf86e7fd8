"""Labels of any kind to codes 0..n-1, missing ones to -1.

Numbers, dates and text of a fixed width are numbered in C. What only its own library or
Python can compare (categoricals, extension types, objects) is numbered there.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .encodings import encoded, objects

__all__ = ["factorize", "is_missing", "label_array", "number"]

ORDERS = ("sorted", "appearance")
NAT = np.iinfo(np.int64).min
#: Of so many objects it is seen whether the same ones come again.
SAMPLE = 4096
#: Whether an object's address is a number that the core takes.
IDS_FIT = np.dtype(object).itemsize == 8


def factorize(labels: Any, *, order: str = "sorted", name: str = "labels") -> tuple[NDArray[np.int32], Any]:
    """Codes (int32, -1 for missing) and the distinct labels they stand for.

    The labels are an array of the labels' type, or a pandas Index where pandas holds
    them; a categorical keeps its order and its unobserved categories.
    """
    if order not in ORDERS:
        raise ValueError(f"order: expected one of {', '.join(ORDERS)}, got {order!r}")
    known = encoded(labels, order, name)
    if known is not None:
        codes, uniques, order_left = known
        return (codes, uniques) if order_left is None else _through(codes, uniques, order_left, name)
    if isinstance(labels, np.ma.MaskedArray):
        return _masked(labels, order, name)
    array = label_array(labels, name)
    kind = array.dtype.kind
    if kind == "f" and array.dtype.itemsize > 8:
        raise TypeError(f"{name}: labels of type {array.dtype} do not fit 64 bits; convert them to float64")
    if kind in "biufmM":
        return _numbers(array, order)
    if kind in "US":
        codes, first = number(array, None, order)
        return codes, array[first].astype(array.dtype.newbyteorder("="), copy=False)
    if kind in "OT":
        return _texts(array, order, name) if kind == "T" else _objects(array, order, name)
    raise TypeError(f"{name}: labels of type {array.dtype} cannot be compared for order and equality")


def number(
    array: NDArray[Any], missing: int | None, order: str
) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Codes, and the row where each label is first; of 64-bit numbers `missing` has no code."""
    native = np.require(array, array.dtype.newbyteorder("="), ["C", "A"])
    return _core.factorize(native, missing, order == "sorted", _threads.count(len(native)))


def label_array(labels: Any, name: str = "labels") -> NDArray[Any]:
    """An array of the labels, of one dimension."""
    if hasattr(labels, "dtype"):
        array = np.asarray(labels)
    elif isinstance(labels, (list, tuple)) and any(isinstance(x, tuple) for x in labels):
        array = objects(labels)
    else:
        array = _unlike(labels, name)
    if array.ndim != 1:
        remedy = (
            "; several keys are Clusters(a, b), or a tuple (a, b) in other calls" if array.ndim > 1 else ""
        )
        raise ValueError(f"{name}: expected one dimension, got shape {array.shape}{remedy}")
    # Of float16 pandas makes no index.
    return array.astype(np.float32) if array.dtype == np.float16 else array


def _unlike(labels: Any, name: str) -> NDArray[Any]:
    """An array of the labels in a sequence; of kinds that NumPy would merge, an array of objects.

    NumPy makes "nan" of a NaN among texts, one float of neighboring large integers, and
    one text of two that only a zero at the end tells apart.
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
    elif all(issubclass(k, str) for k in kinds):
        merged = "\0" in "".join(items)
    elif all(issubclass(k, bytes) for k in kinds):
        merged = b"\0" in b"".join(items)
    else:
        merged = True
    return objects(items) if merged else array


def _masked(labels: Any, order: str, name: str) -> tuple[NDArray[np.int32], Any]:
    """What is masked is missing, whatever stands there."""
    there = ~np.ma.getmaskarray(labels)
    if there.ndim != 1:
        raise ValueError(f"{name}: expected one dimension, got shape {there.shape}")
    found, uniques = factorize(labels.data[there], order=order, name=name)
    codes = np.full(len(there), -1, np.int32)
    codes[there] = found
    return codes, uniques


def _numbers(array: NDArray[Any], order: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Numbers, dates and spans as 64-bit numbers; equal ones count as equal."""
    kind, dtype = array.dtype.kind, array.dtype.newbyteorder("=")
    if kind == "f":
        with np.errstate(invalid="ignore"):  # a NaN that signals
            codes, first = number(array.astype(np.float64, copy=False), None, order)
            return codes, array[first].astype(dtype, copy=False) + dtype.type(0)  # -0.0 becomes 0.0
    if kind in "mM":
        codes, first = number(np.ascontiguousarray(array, dtype).view(np.int64), NAT, order)
    else:
        codes, first = number(array.astype(np.uint64 if kind == "u" else np.int64, copy=False), None, order)
    return codes, array[first].astype(dtype, copy=False)


def _texts(array: NDArray[Any], order: str, name: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Text of variable width: of a fixed one where that takes little more room."""
    try:
        lengths = np.strings.str_len(array)
    except ValueError:  # of one that is missing
        lengths = None
    if lengths is not None:
        widest = int(lengths.max(initial=1))
        # A fixed width cannot tell zeros at the end from none.
        if widest * len(array) <= 4 * int(lengths.sum()) + 64 and not np.strings.endswith(array, "\0").any():
            codes, first = number(array.astype(f"U{widest}"), None, order)
            return codes, array[first]
    codes, uniques = _objects(array.astype(object), order, name)
    return codes, uniques.astype(array.dtype)


def _objects(array: NDArray[Any], order: str, name: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Python objects, by their hash; None and what differs from itself is missing."""
    # Of a million different objects drawn at random a sample has eight pairs, by chance.
    if IDS_FIT and len(array) > SAMPLE and SAMPLE - len(set(map(id, array[:SAMPLE].tolist()))) > 3:
        codes, first = number(array, None, "appearance")
        return _through(codes, array[first], order, name)
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
    return codes, objects(present)


def _through(
    codes: NDArray[np.int32], found: NDArray[Any], order: str, name: str
) -> tuple[NDArray[np.int32], Any]:
    """Codes of labels that may be missing or come twice, in the order of appearance."""
    inner, uniques = factorize(found, order=order, name=name)
    return np.append(inner, np.int32(-1))[codes], uniques


def is_missing(label: Any) -> bool:
    """None, NaN, NaT, and pandas' NA, whose comparisons have no truth."""
    if label is None:
        return True
    try:
        return bool(label != label)
    except TypeError:
        return True
