"""States of clusters in a pickle: plain arrays and names, looked at before they are believed."""

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from .label_sets import same_labels, sorted_labels
from .numeric import KEPT
from .state_held import Held
from .state_parts import PARTS
from .state_table import Settings, asked_statistics, most_places, parts_of

__all__ = ["packed", "unpacked"]

#: What a pickled state is made of; another layout gets another number.
LAYOUT = 2


def packed(settings: Settings, held: Held) -> dict[str, Any]:
    """All of a state."""
    state = held._asdict()
    for name in ("kind", "other_kind"):
        state[name] = None if state[name] is None else state[name].str[1:]
    return {
        "layout": LAYOUT,
        "stats": [tuple(one) for one in settings.stats],
        "skipna": settings.skipna,
        "min_count": settings.min_count,
        **state,
    }


def unpacked(state: Any) -> tuple[Settings, Held]:
    """What was packed; a damaged state is a ValueError."""
    if not isinstance(state, Mapping) or repr(state.get("layout")) != repr(LAYOUT):
        raise ValueError("state: not of this version of ClusterState")
    try:
        return _restored(state)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise ValueError(f"state: damaged, {error}") from error


def _restored(state: Mapping[str, Any]) -> tuple[Settings, Held]:
    stats = asked_statistics({key: (name, options) for key, name, options in state["stats"]})
    if state["by"] not in ("", "codes", "labels"):
        raise ValueError(f"rows go by code or label, got {state['by']!r}")
    n, rows, least = (state[name] for name in ("n", "rows", "min_count"))
    if any(type(x) is not int or not 0 <= x <= sys.maxsize for x in (n, rows, least)):
        raise ValueError(f"expected whole numbers of clusters and rows, got {n!r}, {rows!r} and {least!r}")
    skipna, weighted = state["skipna"], state["weighted"]
    if type(skipna) is not bool or type(weighted) is not bool:
        raise ValueError(f"expected True or False for skipna and weighted, got {skipna!r}, {weighted!r}")
    labels = state["labels"]
    if not hasattr(labels, "dtype") or labels.ndim != 1 or len(labels) != n:
        raise ValueError(f"expected an array of {n} labels, got {labels!r}")
    if state["by"] == "labels" and not same_labels(sorted_labels(labels)[0], labels):
        raise ValueError("labels out of order")
    names = state["names"]
    if names is not None and (type(names) is not tuple or not names):
        raise ValueError(f"expected a tuple of names of keys, got {names!r}")
    hash(names)
    kind, other_kind = _kind(state["kind"]), _kind(state["other_kind"])
    if kind is None or (other_kind is None and "comoments" in state["parts"]):
        raise ValueError(f"values of {kind} and {other_kind}")
    wanted, parts = parts_of(stats, weighted), state["parts"]
    if (parts and set(parts) != set(wanted)) or (rows and not parts) or (parts and not state["by"]):
        raise ValueError(f"expected {', '.join(wanted)}, got {', '.join(map(str, parts))}")
    sound = {name: PARTS[name].check(parts[name], n, kind, weighted) for name in wanted if parts}
    if "top" in sound and sound["top"][0].shape[1] != most_places(stats):
        raise ValueError("another number of greatest values than was asked for")
    held = Held(labels, names, n, state["by"], rows, kind, other_kind, weighted, sound)
    return Settings(tuple(stats), skipna, least), held


def _kind(name: Any) -> np.dtype[Any] | None:
    """The type of figures that a pickle names, or None."""
    if name is None:
        return None
    kind = np.dtype(str(name))
    if kind not in KEPT:
        raise ValueError(f"expected float32, float64, int64 or uint64, got {kind}")
    return kind
