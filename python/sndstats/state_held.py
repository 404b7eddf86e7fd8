"""What a state of clusters holds: exchanged as a whole, so that no failure leaves it half changed."""

from typing import Any, NamedTuple

import numpy as np

from .label_sets import same_labels, sorted_labels, united
from .state_parts import PARTS, Chunk
from .state_table import Settings, most_places, parts_of

__all__ = ["Held", "empty", "joined", "nothing"]


class Held(NamedTuple):
    """All that changes in a state, exchanged as a whole."""

    labels: Any
    names: tuple[Any, ...] | None  # of the keys, where pandas gave them some
    n: int
    by: str  # "" before the first rows, then "codes" or "labels"
    rows: int
    kind: np.dtype[Any]
    other_kind: np.dtype[Any] | None
    weighted: bool
    parts: dict[str, Any]


def nothing(labels: Any, names: tuple[Any, ...] | None, n: int) -> Held:
    """No rows of some clusters."""
    kind = np.dtype(np.float64)
    return Held(labels, names, n, "", 0, kind, kind, False, {})


def empty(held: Held, settings: Settings) -> Held:
    """The same clusters with the parts that no rows make."""
    nobody = np.empty(0, np.int32)
    values, other = np.empty(0, held.kind), np.empty(0, held.other_kind or np.float64)
    weights = np.empty(0, np.float64) if held.weighted else None
    k = most_places(settings.stats)
    chunk = Chunk(values, weights, other, nobody, None, 0, held.n, k, settings.skipna, 1)
    parts = {name: PARTS[name].update(chunk) for name in parts_of(settings.stats, held.weighted)}
    return held._replace(parts=parts)


def joined(a: Held, b: Held, skipna: bool) -> Held:
    """What two hold together; neither is changed."""
    by = a.by or b.by
    names = _common_names(a, b)
    if b.by and b.by != by:
        one, two = ("codes", "labels") if by == "codes" else ("labels", "codes")
        raise ValueError(f"{two}: rows of this state go by {one[:-1]}, so these cannot go by {two[:-1]}")
    if by == "labels":
        a, b = _on_common_labels(a, b)
    elif not same_labels(a.labels, b.labels):
        raise ValueError(
            f"other: expected a state of the same {a.n} clusters, got {b.n} or other labels; "
            f"update both by labels to unite them"
        )
    if not a.rows or not b.rows:
        kept = b if b.parts and (b.rows or not a.rows) else a
        return kept._replace(names=names, by=by, rows=a.rows + b.rows)
    for name, mine, theirs in (
        ("values", a.kind, b.kind),
        ("other", a.other_kind, b.other_kind),
    ):
        if mine != theirs:
            raise ValueError(f"{name}: expected {mine} as in the rows before, got {theirs}; convert them")
    if a.weighted != b.weighted:
        first, second = ("with", "without") if a.weighted else ("without", "with")
        raise ValueError(
            f"weights: rows {second} weights after rows {first}; pass weights of 1 where there are none"
        )
    parts = {name: PARTS[name].merge(a.parts[name], b.parts[name], skipna) for name in a.parts}
    return a._replace(names=names, by=by, rows=a.rows + b.rows, parts=parts)


def _common_names(a: Held, b: Held) -> tuple[Any, ...] | None:
    """The names of keys that both have, as pandas keeps them; what has no labels has no say."""
    for one, other in ((a, b), (b, a)):
        if one.n == 0 and one.names is None:
            return other.names
    if a.names is None or b.names is None or len(a.names) != len(b.names):
        return None
    names = tuple(x if x == y else None for x, y in zip(a.names, b.names, strict=True))
    return None if all(name is None for name in names) else names


def _on_common_labels(a: Held, b: Held) -> tuple[Held, Held]:
    """Both with the clusters of either."""
    a, b = (x if x.by else x._replace(labels=sorted_labels(x.labels)[0]) for x in (a, b))
    labels, *places = united(a.labels, b.labels)
    moved = []
    for held, at in zip((a, b), places, strict=True):
        parts = held.parts
        if at is not None:
            parts = {name: PARTS[name].spread(part, at, len(labels)) for name, part in parts.items()}
        moved.append(held._replace(labels=labels, n=len(labels), parts=parts))
    return moved[0], moved[1]
