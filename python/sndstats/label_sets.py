"""Sets of labels in order: numbered anew, compared, united."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .keys import combine, common_rows, labels_of, separate
from .labels import factorize

__all__ = ["numbered", "same_labels", "sorted_labels", "united"]


def numbered(labels: Any) -> tuple[NDArray[np.int32], NDArray[Any], Any]:
    """Codes of rows, the labels they stand for in order, and the index the rows came with.

    A tuple is of several keys; their labels are tuples.
    """
    keys = separate(labels if isinstance(labels, tuple) else (labels,))
    if not keys:
        raise ValueError("labels: expected at least one key, got an empty tuple")
    names = ["labels"] if len(keys) == 1 else [f"labels[{k}]" for k in range(len(keys))]
    rows = common_rows(dict(zip(names, keys, strict=True)))
    parts = [factorize(x, name=name) for name, x in zip(names, keys, strict=True)]
    if len({len(codes) for codes, _ in parts}) > 1:
        raise ValueError(
            f"labels: keys of different lengths, {', '.join(str(len(codes)) for codes, _ in parts)}"
        )
    if len(parts) == 1:
        codes, found = parts[0]
        labels, places = sorted_labels(found)
        return np.append(places, -1).astype(np.int32)[codes], labels, rows
    codes, columns = combine(parts, "sorted")
    tuples = np.empty(len(columns[0]), dtype=object)
    tuples[:] = list(zip(*(column.tolist() for column in columns), strict=True))
    return codes, tuples, rows


def sorted_labels(labels: Any) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Distinct labels in order, and the place there of each that was given."""
    array = np.asarray(labels_of(labels))
    try:
        codes, found = factorize(array)
    except TypeError as error:
        raise TypeError(f"labels: a state keeps them in order, and these have none: {error}") from error
    return found, codes.astype(np.intp)


def same_labels(a: Any, b: Any) -> bool:
    """Whether two sets have the same labels in the same order."""
    if a is b:
        return True
    if len(a) != len(b):
        return False
    one, two = np.asarray(a), np.asarray(b)
    if one.dtype.kind == two.dtype.kind:
        return bool(np.array_equal(one, two))
    return bool(one.tolist() == two.tolist())  # NumPy would round integers beside doubles


def united(
    a: NDArray[Any], b: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[np.intp] | None, NDArray[np.intp] | None]:
    """The labels of both sets in order, and the places there of each one's; None: as they are.

    Both are in order, so the places ascend.
    """
    if len(b) == 0 or same_labels(a, b):
        return a, None, None if len(b) else np.empty(0, np.intp)
    if len(a) == 0:
        return b, np.empty(0, np.intp), None
    if a.dtype.kind == b.dtype.kind:
        if a.dtype.kind not in "OT":  # most often the later rows bring no new labels
            at = np.searchsorted(a, b)
            if at[-1] < len(a) and np.array_equal(a[at], b):
                return a, None, at
        both = np.concatenate((a, b))
    else:  # NumPy would make texts, or doubles, of some of them
        both = np.empty(len(a) + len(b), dtype=object)
        both[:] = [*a.tolist(), *b.tolist()]
    labels, places = sorted_labels(both)
    return labels, places[: len(a)], places[len(a) :]
