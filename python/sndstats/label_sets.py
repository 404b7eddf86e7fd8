"""Sets of labels in order: numbered anew, compared, united."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .encodings import is_pandas
from .keys import items_of, joint_labels, labels_of, number_keys, separate
from .labels import factorize, is_missing

__all__ = ["names_of", "numbered", "same_labels", "sorted_labels", "united"]


def names_of(labels: Any) -> tuple[Any, ...] | None:
    """The names of keys that pandas holds, None for one without; None if there are none."""
    keys = separate(labels if isinstance(labels, tuple) else (labels,))
    names = tuple(key.name if is_pandas(key) and hasattr(key, "name") else None for key in keys)
    return None if all(name is None for name in names) else names


def numbered(labels: Any) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Codes of rows, and the labels they stand for in order.

    A tuple is of several keys; their labels are tuples.
    """
    keys = separate(labels if isinstance(labels, tuple) else (labels,))
    if not keys:
        raise ValueError("labels: expected at least one key, got an empty tuple")
    codes, parts, _ = number_keys(keys, "sorted")
    found, places = sorted_labels(joint_labels([part.labels for part in parts]))
    return np.append(places, -1).astype(np.int32)[codes], found


def sorted_labels(labels: Any) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Distinct labels in order, and the place there of each that was given."""
    array = np.asarray(labels_of(labels))
    try:
        codes, found = factorize(array)
    except TypeError as error:
        reason = error.__cause__ or error
        raise TypeError(f"labels: a state keeps them in order, and these have none: {reason}") from error
    return found, codes.astype(np.intp)


def same_labels(a: Any, b: Any) -> bool:
    """Whether two sets have the same labels in the same order; missing ones are alike."""
    if a is b:
        return True
    if len(a) != len(b):
        return False
    one, two = np.asarray(a), np.asarray(b)
    kind = one.dtype.kind
    if kind != "O" and _go_together(one, two):
        return bool(np.array_equal(one, two, equal_nan=kind in "fmM"))
    # NumPy would round integers beside doubles.
    return not _are_apart(one, two) and all(map(_are_alike, items_of(one), items_of(two)))


def _go_together(a: NDArray[Any], b: NDArray[Any]) -> bool:
    """Whether NumPy takes both as one type; texts of variable width only if they have one missing value."""
    return a.dtype.kind == b.dtype.kind and (a.dtype.kind != "T" or a.dtype == b.dtype)


def _are_apart(a: NDArray[Any], b: NDArray[Any]) -> bool:
    """Whether one is of dates, or spans, and the other of what NumPy too tells from them."""
    kinds = {a.dtype.kind, b.dtype.kind}
    return len(kinds) > 1 and "O" not in kinds and not kinds.isdisjoint("mM")


def _are_alike(x: Any, y: Any) -> bool:
    """Equal or both missing; what is compared with a missing label may have no truth."""
    if isinstance(x, tuple) and isinstance(y, tuple):
        return len(x) == len(y) and all(map(_are_alike, x, y))
    equal = x == y
    if equal is True:
        return True
    missing = is_missing(x)
    return missing == is_missing(y) and (missing or bool(equal))


def _of_one_unit(a: NDArray[Any], b: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Dates, or spans, in the finer unit; NumPy would let what does not fit it wrap around."""
    try:
        dtype = np.result_type(a, b)
    except TypeError as error:
        raise TypeError(f"labels: {error}") from error
    for x in (a, b):
        kept = x.astype(dtype).astype(x.dtype) == x
        if not kept.all():
            raise ValueError(
                f"labels: {x[~kept][0]} does not fit {dtype}; convert all labels to a coarser unit"
            )
    return a.astype(dtype, copy=False), b.astype(dtype, copy=False)


def united(
    a: NDArray[Any], b: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[np.intp] | None, NDArray[np.intp] | None]:
    """The labels of both sets in order, and the places there of each one's; None: as they are.

    Both are in order, so the places ascend.
    """
    if len(b) and a.dtype.kind == b.dtype.kind and a.dtype.kind in "mM":
        a, b = _of_one_unit(a, b)
    if len(b) == 0 or same_labels(a, b):
        return a, None, None if len(b) else np.empty(0, np.intp)
    if len(a) == 0:
        return b, np.empty(0, np.intp), None
    if _are_apart(a, b):
        raise TypeError(f"labels: {b.dtype} has no order among the {a.dtype} before; convert one of them")
    if _go_together(a, b):
        if a.dtype.kind not in "OT":  # most often the later rows bring no new labels
            at = np.searchsorted(a, b)
            if at[-1] < len(a) and np.array_equal(a[at], b):
                return a, None, at
        both = np.concatenate((a, b))
    else:  # NumPy would make texts, or doubles, of some of them
        both = np.empty(len(a) + len(b), dtype=object)
        both[:] = [*items_of(a), *items_of(b)]
    labels, places = sorted_labels(both)
    return labels, places[: len(a)], places[len(a) :]
