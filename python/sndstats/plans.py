"""Build the plan of a panel from groups and times; errors name rows, groups and times."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import _core, threads
from .labels import factorize
from .periods import steps

__all__ = ["Plan", "make_plan"]

MOST_ROWS = 2**31 - 1


class Plan(NamedTuple):
    """What the core found: its capsule, and the figures of the panel."""

    capsule: Any
    rows: int
    units: int
    gaps: int
    in_order: bool


def make_plan(groups: Any, time: Any, freq: str | None, *, keep: bool, workers: Any = None) -> Plan:
    """The plan of rows with these groups and times, of which one may be None.

    With `keep` it owns all that it needs; else it reads `time` again when it is used.
    """
    when = None if time is None else steps(time, freq)
    if time is None and freq is not None:
        raise ValueError(f"freq: goes with time, got {freq!r} and no time")
    labels = None if groups is None else _plain(groups)
    count = len(when) if when is not None else _length(groups)
    if groups is not None and _length(groups) != count:
        raise ValueError(f"groups: expected shape ({count},) as time has, got {np.shape(groups)}")
    parts = threads.count(count, workers)
    found = None if groups is not None and labels is None else _core.panel_scan(labels, when, keep, parts)
    codes, units, uniques = None, 1, None
    if found is None and groups is not None:
        codes, uniques = factorize(groups, order="sorted", name="groups")
        _refuse_missing(codes)
        units = max(1, len(uniques))
        if labels is None:
            found = _core.panel_scan(codes, when, keep, parts)
    if found is not None:
        return Plan(found[0], count, found[1] if groups is not None else 1, found[2], True)
    if count > MOST_ROWS:
        raise ValueError(f"panels of more than {MOST_ROWS} rows must be sorted by group, then time")
    made = _core.panel_sort(codes, units, when, parts)
    if len(made) == 2:
        raise ValueError(_repeated(made, groups, time))
    return Plan(made[0], count, made[1], made[2], False)


def _length(groups: Any) -> int:
    """The number of rows of a column of groups."""
    try:
        shape = np.shape(groups)
    except ValueError as error:
        raise ValueError(f"groups: expected one dimension ({error})") from error
    if len(shape) != 1:
        raise ValueError(f"groups: expected one dimension, got shape {shape}")
    return int(shape[0])


def _plain(groups: Any) -> NDArray[Any] | None:
    """Integer labels as they are, which need no numbers to be found in order; else None."""
    if type(groups) is not np.ndarray or groups.ndim != 1 or groups.dtype.kind not in "iu":
        return None
    if groups.dtype.newbyteorder("=") in (np.dtype(np.int32), np.dtype(np.int64)):
        return np.ascontiguousarray(groups, groups.dtype.newbyteorder("="))
    if groups.dtype.itemsize < 8:
        return groups.astype(np.int64)
    return None


def _refuse_missing(codes: NDArray[np.int32]) -> None:
    if codes.size and codes.min() < 0:
        rows = np.flatnonzero(codes < 0)
        shown = ", ".join(map(str, rows[:3].tolist())) + (", ..." if rows.size > 3 else "")
        raise ValueError(f"groups: missing at row {shown}; drop rows without a group")


def _at(column: Any, row: int) -> str:
    return str(column.iloc[row] if hasattr(column, "iloc") else np.asarray(column)[row])


def _repeated(rows: tuple[int, ...], groups: Any, time: Any) -> str:
    unit = "" if groups is None else f"group {_at(groups, rows[0])}, "
    when = f"time {_at(time, rows[0])}"
    return (
        f"time: rows {rows[0]} and {rows[1]} are both {unit}{when}; a unit has one row per period "
        "(aggregate or drop the repeated ones)"
    )
