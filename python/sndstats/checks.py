"""Checks of printed figures against each other: what they cannot all mean.

A check is a row ``id kind members [low high]``; members are ids of the table of figures. A
figure of the plan is taken as an equality, as it is printed; what its bound alone would permit
is worked out beside it. Verdicts speak of what is printed, not of anyone who printed it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from .audits import audit, audit_sum
from .counts import integer_bases
from .rounding import Interval
from .tables import Faults, Table, note_repeated, note_units, read_rows

__all__ = ["Finding", "find", "read_checks"]

CONSISTENT = "consistent"
ROUNDING = "consistent only through rounding"
IMPOSSIBLE = "not reconcilable as printed"
UNKNOWN = "cannot be told"

#: Share of a half-width below which a difference is that of binary fractions, not of figures.
FACE_VALUE = 1e-9

#: How many whole-number bases are listed at most; in a wider range there is always one.
LISTED = 100

#: From here on float64 does not hold every whole number.
EXACT = 2.0**53

#: How many members a check of each kind has: least, most.
MEMBERS = {"growth": (2, 2), "sum": (3, None), "count_growth": (1, 1), "share_growth": (3, 3)}


@dataclass
class Finding:
    """What one check finds: the verdict and the numbers that it rests on."""

    id: str
    kind: str
    members: tuple[str, ...]
    verdict: str
    widening: float = float("nan")
    numbers: dict[str, Interval] = field(default_factory=dict)
    integer_bases: list[int] | None = None


@dataclass
class _Figure:
    """A printed figure as a check takes it."""

    value: float
    half_width: float
    bound: str
    growth: float
    growth_half_width: float
    growth_bound: str
    permits: str

    @property
    def printed(self) -> Interval:
        return _spread(self.value, self.half_width, self.bound, -np.inf if self.value < 0 else 0.0)

    @property
    def printed_growth(self) -> Interval:
        return _spread(self.growth, self.growth_half_width, self.growth_bound, -1.0)


def _spread(value: float, half_width: float, bound: str, floor: float) -> Interval:
    """A print as an interval: ends formed in decimal, or one side open."""
    exact, half = Decimal(repr(value)), Decimal(repr(half_width))
    low = min(floor, value) if bound in ("le", "lt") else float(exact - half)
    return Interval(low, np.inf if bound in ("ge", "gt") else float(exact + half), value)


def read_checks(data: Any, faults: Faults, figures: Table, name: str = "checks") -> Table:
    """The columns of a table of checks of `figures`, whose ids its members are."""
    raw = read_rows(data, name, ("kind", "members"), faults)
    table = raw.texts(("id", "kind", "members"), faults) | raw.numbers(("low", "high"), faults)
    table["id"] = np.where(table["id"] == "", np.array(raw.rows).astype(str), table["id"])
    note_repeated(raw, faults, table["id"])
    units = dict(zip(figures["id"].tolist(), figures["unit"].tolist(), strict=True))
    for i, row in enumerate(raw.rows):
        kind, members = str(table["kind"][i]), _members(table["members"][i])
        if kind not in MEMBERS:
            faults.add(raw.name, row, "kind", kind, f"is not one of: {', '.join(MEMBERS)}")
            continue
        least, most = MEMBERS[kind]
        if not least <= len(members) <= (most or len(members)):
            wanted = f"{least}" if most else f"{least} or more"
            faults.add(raw.name, row, "members", " ".join(members), f"names {len(members)} ids, not {wanted}")
        for member in members:
            if member not in units:
                faults.add(raw.name, row, "members", member, "is not an id of the figures")
        if kind in ("growth", "sum"):
            compared = [units.get(member, "") for member in members]
            note_units(raw, faults, row, "members", " ".join(members), compared)
        if table["low"][i] > table["high"][i]:
            faults.add(raw.name, row, "low", table["low"][i], "is above high")
    return table


def _members(cell: Any) -> tuple[str, ...]:
    return tuple(str(cell).replace(",", " ").replace(";", " ").split())


def find(checks: Table, t: Table) -> list[Finding]:
    """Work through the checks on the derived columns of a scorecard."""
    position = {str(label): i for i, label in enumerate(t["id"])}
    findings = []
    for i, label in enumerate(checks["id"]):
        kind, members = str(checks["kind"][i]), _members(checks["members"][i])
        figures = [_figure(t, position[member]) for member in members]
        finding = Finding(str(label), kind, members, UNKNOWN)
        premise = (float(checks["low"][i]), float(checks["high"][i]))
        _KINDS[kind](finding, figures, premise)
        findings.append(finding)
    return findings


def _figure(t: Table, i: int) -> _Figure:
    """A row's printed figure: its target taken as an equality, else its result as it stands."""
    plan = bool(t["is_target"][i])
    column = "target" if plan else "actual"
    bound = str(t["bound"][i]).replace("goal", "eq") or "eq"
    exact = t["growth_bound"][i] not in ("", "eq")
    return _Figure(
        float(t[column][i]),
        _half(t[f"{column}_half_width"][i]) if plan or bound == "eq" else 0.0,
        "eq" if plan else bound,
        float(t["growth"][i]),
        0.0 if exact else _half(t["growth_half_width"][i]),
        str(t["growth_bound"][i]) or "eq",
        bound if plan and bound != "eq" else "",
    )


def _half(width: Any) -> float:
    return 0.0 if np.isnan(width) else float(width)


def _verdict(consistent: Any, widening: Any) -> str:
    if consistent == 1:
        return CONSISTENT if widening <= FACE_VALUE else ROUNDING
    return IMPOSSIBLE if consistent == 0 else UNKNOWN


def _growth(finding: Finding, figures: list[_Figure], premise: tuple[float, float]) -> None:
    """Level, its printed growth and the base: do the three agree?"""
    level, base = figures
    found = _triple(level, base, level.bound)
    if np.isnan([level.value, level.growth, base.value]).any():
        return
    finding.verdict = _verdict(found.consistent, found.widening)
    finding.widening = float(found.widening)
    finding.numbers["growth_computed"] = level.printed / base.printed - 1.0
    finding.numbers["growth_printed"] = level.printed_growth
    finding.numbers["level_implied"] = base.printed * (level.printed_growth + 1.0)
    finding.numbers["base_implied"] = level.printed / (level.printed_growth + 1.0)
    if level.permits and finding.verdict == IMPOSSIBLE:
        alone = _triple(level, base, level.permits)
        if alone.consistent == 1:
            finding.numbers["level_permitted"] = finding.numbers["level_implied"]


def _triple(level: _Figure, base: _Figure, level_bound: str) -> Any:
    return audit(
        level=level.value,
        growth=level.growth,
        base=base.value,
        level_half_width=level.half_width,
        growth_half_width=level.growth_half_width,
        base_half_width=base.half_width,
        level_bound=level_bound,
        growth_bound=level.growth_bound,
        base_bound=base.bound,
    )


def _sum(finding: Finding, figures: list[_Figure], premise: tuple[float, float]) -> None:
    """Parts, and last their total."""
    *parts, total = figures
    if np.isnan([figure.value for figure in figures]).any():
        return
    found = audit_sum(
        np.array([part.value for part in parts]),
        total.value,
        parts_half_width=np.array([part.half_width for part in parts]),
        total_half_width=total.half_width,
        parts_bound=[part.bound for part in parts],
        total_bound=total.bound,
    )
    finding.verdict = _verdict(found.consistent, found.widening)
    finding.widening = float(found.widening)
    computed = reduce(add, [part.printed for part in parts])
    finding.numbers["sum_computed"] = computed
    finding.numbers["total_printed"] = total.printed
    finding.numbers["short"] = total.printed - computed
    if computed.overlaps(total.printed):
        low, high = max(computed.low, total.printed.low), min(computed.high, total.printed.high)
        finding.numbers["shared"] = Interval(low, high)


def _count_growth(finding: Finding, figures: list[_Figure], premise: tuple[float, float]) -> None:
    """A count and its printed growth: is there a whole number that it grew from?"""
    (count,) = figures
    if np.isnan([count.value, count.growth]).any() or count.bound != "eq" or count.growth_bound != "eq":
        return
    finding.numbers["growth_printed"] = count.printed_growth
    finding.numbers["base_implied"] = implied = count.printed / (count.printed_growth + 1.0)
    whole = not count.half_width and float(count.value).is_integer() and count.value >= 1
    if not (whole and implied.low > 0 and max(count.value, implied.high) < EXACT):
        return
    if implied.width <= LISTED:
        bases = integer_bases(count.value, count.growth, count.growth_half_width)
        finding.integer_bases = bases.tolist()
    if finding.integer_bases == []:
        finding.verdict = IMPOSSIBLE
    else:
        away = audit(count.value, count.growth, np.round(implied.value), growth_half_width=1e-3).widening
        finding.verdict = CONSISTENT if away <= FACE_VALUE else ROUNDING
    below = np.floor(implied.value)
    for side, base in (("below", below), ("above", below + 1.0)):
        if base > 0:
            finding.numbers[f"base_{side}"] = Interval(base, base)
            finding.numbers[f"growth_{side}"] = Interval(count.value, count.value) / base - 1.0


def _share_growth(finding: Finding, figures: list[_Figure], premise: tuple[float, float]) -> None:
    """A part's growth and its share before and after: the change of the total that follows."""
    part, before, after = figures
    values = [part.growth, before.value, after.value]
    if np.isnan(values).any() or before.bound != "eq" or after.bound != "eq" or part.growth_bound != "eq":
        return
    if before.printed.low <= 0 or after.printed.low <= 0:
        return
    growth = part.printed_growth + 1.0
    change = growth * before.printed / after.printed - 1.0
    finding.numbers |= {
        "growth_printed": part.printed_growth,
        "share_before": before.printed,
        "share_after": after.printed,
        "total_change": change,
    }
    low, high = (
        end if not np.isnan(end) else open_end
        for end, open_end in zip(premise, (-np.inf, np.inf), strict=True)
    )
    if low - FACE_VALUE <= change.value <= high + FACE_VALUE:
        finding.verdict = CONSISTENT
    else:
        finding.verdict = ROUNDING if change.overlaps(Interval(low, high)) else IMPOSSIBLE
    leveled = np.isfinite(part.value) and growth.low > 0
    if leveled:
        base = part.printed / growth
        finding.numbers |= {
            "total_before": base / before.printed,
            "total_after": part.printed / after.printed,
        }
    if finding.verdict == IMPOSSIBLE:
        nearest = low if change.value < low else high
        needed = after.printed / before.printed * (1.0 + nearest)
        finding.numbers |= {"premise": Interval(nearest, nearest), "growth_needed": needed - 1.0}
        if leveled and _within(part, float((part.printed / growth * needed).value)):
            finding.numbers["level_permitted"] = part.printed / growth * needed


def _within(figure: _Figure, level: float) -> bool:
    """Whether the bound of a plan figure, by itself, holds a level."""
    above, below = level >= figure.value, level <= figure.value
    return bool((figure.permits in ("ge", "gt") and above) or (figure.permits in ("le", "lt") and below))


_KINDS: dict[str, Callable[[Finding, list[_Figure], tuple[float, float]], None]] = {
    "growth": _growth,
    "sum": _sum,
    "count_growth": _count_growth,
    "share_growth": _share_growth,
}
