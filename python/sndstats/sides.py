"""Sides of a target: which one is good, and what a range is.

A side is never guessed. Of a range the way leads to the nearer end.
"""

from typing import Any

import numpy as np

from . import _core
from .containers import arrays, elementwise

__all__ = ["STRICT", "check_ends", "destination", "ends_of", "is_range", "sides_of"]

SIDES = {"higher": 1, "lower": -1, "range": 0}
#: What a strict bound adds to the code of its side (SST_MET_STRICT in csrc/core/met.h).
STRICT = 4


def sides_of(better: Any) -> Any:
    """Codes of the words; int8 of their shape."""
    words = np.asarray(better, dtype=object)
    codes = np.frompyfunc(lambda word: SIDES.get(word, 2) if isinstance(word, str) else 2, 1, 1)(words)
    found = np.asarray(codes, dtype=np.int8)
    if np.any(found > 1):
        raise ValueError(
            f"better: unknown side {words[found > 1].ravel()[0]!r}; expected 'higher', 'lower' or 'range'"
        )
    return found


def is_range(target: Any, better: Any) -> bool:
    """Whether `target` is (low, high): a tuple is, unless one word for all wants no range."""
    return isinstance(target, tuple) and not (isinstance(better, str) and better != "range")


def ends_of(target: Any, target_high: Any) -> tuple[Any, Any]:
    """The ends of a tuple that is a range."""
    if target_high is not None or len(target) != 2:
        raise ValueError(
            f"target: expected (low, high) without target_high, got {target!r:.80}; "
            "several targets go in a list or an array"
        )
    low, high = target
    return low, high


def check_ends(name_of_low: str, low: Any, name_of_high: str, high: Any, sides: Any = 0) -> None:
    """Refuse ranges upside down; lazy ends are not looked at."""
    if any(hasattr(x, "__dask_graph__") for x in (low, high)):
        return
    low, high = arrays(**{name_of_low: low, name_of_high: high})
    try:
        swapped = np.any((sides == 0) & (low > high))
    except ValueError:  # shapes that do not broadcast are named where all of them are known
        return
    if swapped:
        raise ValueError(f"{name_of_high}: an upper end is below its lower end; swap them")


def destination(name: str, start: Any, target: Any, target_high: Any) -> Any:
    """The target, or of a range the end that is nearer to where one comes from, or that place within."""
    if isinstance(target, tuple):
        target, target_high = ends_of(target, target_high)
    if target_high is None:
        return target
    check_ends("target", target, "target_high", target_high)
    return elementwise(
        _core.nearer_end, None, True, **{name: start, "target": target, "target_high": target_high}
    )
