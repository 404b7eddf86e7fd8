"""What states of clusters accumulate: how rows make it, how two of it merge, what is sound.

A part is a tuple, of plain arrays with a place for each cluster or of exact totals (which
are tuples of such arrays). Statistics share parts; none is ever changed in place.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import _core

__all__ = ["PARTS", "Chunk", "Part", "native"]

#: Addends of the core's exact sums.
VALUES, PRODUCTS, WEIGHTS = 0, 1, 2

#: Rows that a count may reach, so that two can be added.
MOST = 2**62 - 1


class Chunk(NamedTuple):
    """Rows of one update, as the core takes them."""

    values: NDArray[Any]
    weights: NDArray[np.float64] | None
    other: NDArray[Any] | None
    codes: NDArray[Any]
    rows: NDArray[np.int64] | None  # number of each, if not one after another
    start: int
    n: int
    k: int  # places of the greatest values
    skipna: bool
    threads: int


Kept = tuple[Any, ...]


class Part(NamedTuple):
    """One row of the table: an accumulator."""

    #: From the rows of a chunk.
    update: Callable[[Chunk], Kept]
    #: Of the rows of both; whether missing values are skipped.
    merge: Callable[[Kept, Kept, bool], Kept]
    #: With the clusters at other places, ascending, among n.
    spread: Callable[[Kept, NDArray[np.intp], int], Kept]
    #: The part if it is sound, for n clusters of values of a type, weighted or not.
    check: Callable[[Any, int, Any, bool], Kept]


def native(array: Any, dtype: Any, shape: tuple[int | None, ...]) -> NDArray[Any]:
    """An array from elsewhere in this machine's byte order, or the error that says what it is not."""
    want = np.dtype(dtype)
    if not isinstance(array, np.ndarray) or array.dtype.newbyteorder("=") != want:
        raise ValueError(f"expected an array of {want}, got {getattr(array, 'dtype', type(array))}")
    if array.ndim != len(shape) or any(
        w is not None and w != h for w, h in zip(shape, array.shape, strict=True)
    ):
        raise ValueError(f"an array of shape {array.shape} does not fit its clusters")
    return np.ascontiguousarray(array, want)


# Exact totals ----------------------------------------------------------------------------


def _merge_totals(a: Kept, b: Kept, skipna: bool) -> Kept:
    return tuple(_core.exact_merge(x, y) for x, y in zip(a, b, strict=True))


def _spread_totals(kept: Kept, places: NDArray[np.intp], n: int) -> Kept:
    moved = []
    for lo, limbs, count, seen, codes, spill in kept:
        new = [np.zeros((n, *x.shape[1:]), x.dtype) for x in (limbs, count, seen)]
        for to, x in zip(new, (limbs, count, seen), strict=True):
            to[places] = x
        moved.append((lo, *new, places[codes].astype(np.int64, copy=False), spill))
    return tuple(moved)


def _check_totals(sizes: tuple[int, int], kept: Any, n: int, kind: Any, weighted: bool) -> Kept:
    if not isinstance(kept, tuple) or len(kept) != sizes[weighted]:
        raise ValueError(f"expected {sizes[weighted]} exact totals")
    types = (np.int64, np.int64, np.uint8, np.int64, np.int64)
    dimensions = (2, 1, 1, 1, 2)
    sound: list[Any] = []
    for total in kept:
        if not isinstance(total, tuple) or len(total) != 6 or type(total[0]) is not int:
            raise ValueError("an exact total is not what it should be")
        arrays = [native(x, t, (None,) * d) for x, t, d in zip(total[1:], types, dimensions, strict=True)]
        state: Any = (total[0], *arrays)
        if abs(total[0]) > MOST or _core.exact_clusters(state) != n:
            raise ValueError("an exact total of another number of clusters")
        sound.append(state)
    if any(not np.array_equal(total[2], sound[0][2]) for total in sound):
        raise ValueError("exact totals of different numbers of rows")
    return tuple(sound)


def _totals(update: Callable[[Chunk], Kept], plain: int, weighted: int) -> Part:
    return Part(update, _merge_totals, _spread_totals, partial(_check_totals, (plain, weighted)))


def _sums(c: Chunk) -> Kept:
    addend = VALUES if c.weights is None else PRODUCTS
    return (_core.exact_state(c.values, c.weights, c.codes, c.n, addend, c.skipna, c.threads),)


def _weights(c: Chunk) -> Kept:
    return (_core.exact_state(c.values, c.weights, c.codes, c.n, WEIGHTS, c.skipna, c.threads),)


def _moments(c: Chunk) -> Kept:
    return _core.variance_states(c.values, c.weights, c.codes, c.n, c.skipna, c.threads)


def _comoments(c: Chunk) -> Kept:
    assert c.other is not None
    return _core.comoment_states(c.values, c.other, c.weights, c.codes, c.n, c.skipna, c.threads)


# Plain arrays ----------------------------------------------------------------------------


def _spread_arrays(fills: tuple[Any, ...], kept: Kept, places: NDArray[np.intp], n: int) -> Kept:
    moved = []
    for array, fill in zip(kept, fills, strict=True):
        to = np.full((n, *array.shape[1:]), fill, array.dtype)
        to[places] = array
        moved.append(to)
    return tuple(moved)


#: Those of arrays that are not of the values' type.
_TYPES = {
    **dict.fromkeys(("counts", "rows"), np.int64),
    **dict.fromkeys(("truth", "unknown", "lost"), np.bool_),
}


def _check_arrays(columns: tuple[str, ...], kept: Any, n: int, kind: Any, weighted: bool) -> Kept:
    if not isinstance(kept, tuple) or len(kept) != len(columns):
        raise ValueError(f"expected {len(columns)} arrays")
    sound = []
    for column, array in zip(columns, kept, strict=True):
        dtype = _TYPES.get(column, kind)
        array = native(array, dtype, (n, None) if column == "places" else (n,))
        least = {"counts": 0, "rows": -1}.get(column)
        if least is not None and n and (array.min() < least or (least == 0 and array.max() > MOST)):
            raise ValueError(f"{column} out of range")
        sound.append(array)
    return tuple(sound)


def _arrays(update: Any, merge: Any, columns: tuple[str, ...], fills: tuple[Any, ...]) -> Part:
    return Part(update, merge, partial(_spread_arrays, fills), partial(_check_arrays, columns))


def _pair(update: Any, merge: Any, greatest: bool, columns: tuple[str, str], fills: tuple[int, int]) -> Part:
    """Of functions for both ends, the part for one: the lower or earlier one, or the other."""
    return _arrays(partial(update, greatest), partial(merge, greatest), columns, fills)


def _count(c: Chunk) -> Kept:
    return (_core.group_count(c.values, c.weights, c.codes, c.n, c.skipna, c.threads),)


def _add(a: Kept, b: Kept, skipna: bool) -> Kept:
    return (a[0] + b[0],)


def _extreme(greatest: bool, c: Chunk) -> Kept:
    return _core.group_extreme(c.values, c.weights, c.codes, c.n, greatest, c.skipna, 1, c.threads)


def _merge_extremes(greatest: bool, a: Kept, b: Kept, skipna: bool) -> Kept:
    """The values of both as rows of their clusters."""
    n = len(a[0])
    codes = np.concatenate([np.where(counts > 0, np.arange(n), -1) for _, counts in (a, b)])
    values = np.concatenate((a[0], b[0]))
    return _core.group_extreme(values, None, codes, n, greatest, skipna, 1, 1)[0], a[1] + b[1]


def _values_at(c: Chunk, at: NDArray[np.int64]) -> Kept:
    """Numbers of rows, and the values there; -1 and 0 of none."""
    some = at >= 0
    rows = np.full(len(at), -1, np.int64)
    values = np.zeros(len(at), c.values.dtype)
    values[some] = c.values[at[some]]
    rows[some] = at[some] + c.start if c.rows is None else c.rows[at[some]] + c.start
    return rows, values


def _end(last: bool, c: Chunk) -> Kept:
    at = _core.group_end_row(c.values, c.weights, c.codes, c.n, last, c.skipna, c.threads)
    return _values_at(c, at)


def _merge_ends(last: bool, a: Kept, b: Kept, skipna: bool) -> Kept:
    second = b[0] > a[0] if last else (b[0] >= 0) & ((a[0] < 0) | (b[0] < a[0]))
    return _chosen(second, a, b)


def _position(greatest: bool, c: Chunk) -> Kept:
    at = _core.group_position(c.values, c.weights, c.codes, c.n, greatest, c.skipna, 0, c.threads)
    return _values_at(c, at)


def _merge_positions(greatest: bool, a: Kept, b: Kept, skipna: bool) -> Kept:
    """The better value; of equal ones, and of missing ones before all, the earlier row."""
    with np.errstate(invalid="ignore"):
        better = b[1] > a[1] if greatest else b[1] < a[1]
        missing = np.isnan(a[1]), np.isnan(b[1])
        alike = np.where(missing[0] | missing[1], missing[0] & missing[1], a[1] == b[1])
    better = np.where(missing[0] | missing[1], missing[1] & ~missing[0], better)
    better |= alike & (b[0] < a[0])
    return _chosen((b[0] >= 0) & ((a[0] < 0) | better), a, b)


def _chosen(second: NDArray[np.bool_], a: Kept, b: Kept) -> Kept:
    return tuple(np.where(second, y, x) for x, y in zip(a, b, strict=True))


def _truth(every: bool, c: Chunk) -> Kept:
    truth, unknown = _core.group_truth(c.values, c.weights, c.codes, c.n, every, c.skipna, 0, c.threads)
    return truth, np.zeros(c.n, np.bool_) if unknown is None else unknown


def _merge_any(a: Kept, b: Kept, skipna: bool) -> Kept:
    true = a[0] | b[0]
    return true, (a[1] | b[1]) & ~true


def _merge_all(a: Kept, b: Kept, skipna: bool) -> Kept:
    true = a[0] & b[0]
    return true, (a[0] | a[1]) & (b[0] | b[1]) & ~true


def _top(c: Chunk) -> Kept:
    values, counts = _core.group_top(c.values, c.weights, c.codes, c.n, c.k, c.skipna, 0, c.threads)
    if c.skipna:
        return values, counts, np.zeros(c.n, np.bool_)
    return values, counts, _core.group_count(c.values, c.weights, c.codes, c.n, False, c.threads) > counts


def _merge_tops(a: Kept, b: Kept, skipna: bool) -> Kept:
    """The values of both as rows of their clusters."""
    n, k = a[0].shape
    codes = [np.where(np.arange(k) < kept[1][:, None], np.arange(n)[:, None], -1) for kept in (a, b)]
    values = np.concatenate((a[0].ravel(), b[0].ravel()))
    made = _core.group_top(values, None, np.concatenate(codes, axis=None), n, k, True, 0, 1)
    return *made, a[2] | b[2]


#: What is accumulated, by name.
PARTS: dict[str, Part] = {
    "count": _arrays(_count, _add, ("counts",), (0,)),
    "sums": _totals(_sums, 1, 1),
    "weights": _totals(_weights, 1, 1),
    "moments": _totals(_moments, 2, 3),
    "comoments": _totals(_comoments, 4, 5),
    "least": _pair(_extreme, _merge_extremes, False, ("values", "counts"), (0, 0)),
    "greatest": _pair(_extreme, _merge_extremes, True, ("values", "counts"), (0, 0)),
    "first": _pair(_end, _merge_ends, False, ("rows", "values"), (-1, 0)),
    "last": _pair(_end, _merge_ends, True, ("rows", "values"), (-1, 0)),
    "least row": _pair(_position, _merge_positions, False, ("rows", "values"), (-1, 0)),
    "greatest row": _pair(_position, _merge_positions, True, ("rows", "values"), (-1, 0)),
    "any": _arrays(partial(_truth, False), _merge_any, ("truth", "unknown"), (False, False)),
    "all": _arrays(partial(_truth, True), _merge_all, ("truth", "unknown"), (True, False)),
    "top": _arrays(_top, _merge_tops, ("places", "counts", "lost"), (0, 0, False)),
}
