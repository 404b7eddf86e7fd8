"""Rows of an update of a state: brought to what the core takes, and to their clusters."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .comoments import second_variable
from .grouping import Grouping
from .keys import codes_of, common_rows
from .label_sets import names_of, numbered
from .numeric import numbers, weights_of, whole
from .state_held import Held
from .state_parts import PARTS, Chunk
from .state_table import STATISTICS, Settings, most_places, parts_of

__all__ = ["rows_held"]


def rows_held(
    held: Held,
    origin: Grouping | None,
    settings: Settings,
    values: Any,
    codes: Any,
    weights: Any,
    labels: Any,
    start: Any,
    other: Any,
    threads: Any,
) -> Held:
    """The rows of an update as what a state holds, beside what it has and where it is from."""
    array, missing = numbers(values)
    if array.ndim != 1:
        raise ValueError(f"values: expected one dimension, got shape {array.shape}")
    if missing is not None and not settings.skipna:
        raise ValueError(
            "values: missing integers make sums no integers where skipna=False; convert them to float64"
        )
    first = whole("start", start)
    if first > np.iinfo(np.int64).max - len(array):
        raise ValueError(f"start: rows from {first} do not fit int64")
    given = {"values": values, "weights": weights, "other": other}
    common_rows(given | {"codes": codes} | _keys(labels))
    if weights is not None:
        weights = weights_of(weights, array.shape, 0)
    second = _second(settings, other, array.shape)
    by, placed, known, names, n = _placed(held, origin, given, codes, labels, len(array))
    rows = None
    if by == "codes" and codes is None and origin is not None and origin._members is not None:
        rows = origin._members
        array, missing, weights = origin._by_member(array, missing, weights, 0)
        second = None if second is None else second.take(rows)
    if missing is not None:
        placed = np.where(missing, placed.dtype.type(-1), placed)
    k, workers = most_places(settings.stats), _threads.count(array.size, threads)
    chunk = Chunk(array, weights, second, placed, rows, first, n, k, settings.skipna, workers)
    parts = {part: PARTS[part].update(chunk) for part in parts_of(settings.stats, weights is not None)}
    kind = None if second is None else second.dtype
    return Held(known, names, n, by, len(array), array.dtype, kind, weights is not None, parts)


def _keys(labels: Any) -> dict[str, Any]:
    """The keys of labels by what they are called."""
    if isinstance(labels, tuple):
        return {f"labels[{k}]": key for k, key in enumerate(labels)}
    return {"labels": labels}


def _second(settings: Settings, other: Any, shape: tuple[int, ...]) -> NDArray[Any] | None:
    """The second variable, there if a statistic takes one."""
    wanted = [one.name for one in settings.stats if "comoments" in STATISTICS[one.name].parts]
    if not wanted:
        if other is None:
            return None
        raise ValueError(
            f"other: none of {', '.join(one.key for one in settings.stats)} takes a second variable"
        )
    if other is None:
        raise ValueError(f"other: {wanted[0]} needs a second variable for each row")
    second = second_variable(other)
    if second.shape != shape:
        raise ValueError(f"other: shape {second.shape} does not fit values of shape {shape}")
    return second


def _placed(
    held: Held, origin: Grouping | None, given: dict[str, Any], codes: Any, labels: Any, length: int
) -> tuple[str, Any, Any, Any, int]:
    """How the rows go to clusters, the code of each; labels, names of keys and number of clusters."""
    if labels is not None:
        if codes is not None:
            raise ValueError("labels: expected codes or labels, got both")
        placed, known = numbered(labels)
        _check_length("labels", len(placed), length)
        return "labels", placed, known, names_of(labels), len(known)
    if held.by == "labels":
        raise ValueError("labels: rows of this state go by label; pass labels for these as well")
    if codes is None:
        return "codes", _own_codes(origin, given, length), held.labels, held.names, held.n
    array = codes_of(codes)
    _check_length("codes", len(array), length)
    if _core.code_bounds(array)[1] >= held.n:
        row = int(np.argmax(array >= held.n))
        raise ValueError(f"codes: {array[row]} at row {row} is not below n = {held.n}")
    return "codes", array, held.labels, held.names, held.n


def _own_codes(origin: Grouping | None, given: dict[str, Any], length: int) -> Any:
    """The codes of the clusters that the state was made of."""
    if origin is None:
        raise ValueError("codes: a state that was pickled has none of its own; pass codes or labels")
    if origin._length != length:
        raise ValueError(
            f"values: expected the {origin._length} rows of the clusters, got {length}; "
            f"pass codes or labels for other rows"
        )
    for name, x in given.items():
        origin._check_rows(x, 0, name)
    return origin.codes


def _check_length(name: str, have: int, want: int) -> None:
    if have != want:
        raise ValueError(f"{name}: expected one for each of {want} rows, got {have}")
