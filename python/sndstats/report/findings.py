"""What a check found, in words and numbers.

A sentence says what the printed figures come to and where that leaves them; it speaks of the
figures, never of anyone's error.
"""

from collections.abc import Callable, Mapping
from functools import partial
from math import isfinite
from typing import Any

from ..checks import UNKNOWN, Finding
from ..rounding import Interval
from .numbers import amount, bounded, figure, is_rate, percent, plain

__all__ = ["sentences"]

Record = Mapping[str, Any]


def sentences(finding: Finding, rows: Mapping[str, Record]) -> str:
    """The arithmetic of a finding; `rows` are the records by id."""
    members = [rows[member] for member in finding.members]
    if not finding.numbers:
        return "A figure that the check needs is not printed, or only as a bound."
    return " ".join(_WORDS[finding.kind](finding, members))


def _shown(interval: Interval, row: Record) -> str:
    """A figure with its range, in the row's unit."""
    if is_rate(row["kind"], row["unit"]):
        return _ranged(interval, partial(percent, sign=False))
    return _ranged(interval, figure)


def _ranged(interval: Interval, show: Callable[..., str]) -> str:
    """A value with its range; of a side that is open, the other end."""
    low, high = float(interval.low), float(interval.high)
    if isfinite(low) and isfinite(high):
        return show(float(interval.value), low, high)
    if isfinite(low):
        return f"{show(low, None, None)} or more"
    return f"{show(high, None, None)} or less" if isfinite(high) else "not determined"


def _printed(row: Record, number: Interval | None = None) -> str:
    """The id of a row and what is printed for it."""
    plan = row["target"] is not None
    value = row["target"] if plan else row["actual"]
    bound = "" if plan else bounded(row["bound"])
    if number is not None and number.width:
        return f"{row['id']} {bound}{_shown(number, row)}"
    rate = is_rate(row["kind"], row["unit"])
    return f"{row['id']} {bound}{plain(100 * value) + ' %' if rate else plain(value)}"


def _rate(interval: Interval) -> str:
    return _ranged(interval, percent)


def _growth(finding: Finding, members: list[Record]) -> list[str]:
    level, base = members
    number = finding.numbers
    base_implied = _shown(number["base_implied"], level)
    found = [
        f"{_printed(level)} on {_printed(base)} is {_rate(number['growth_computed'])}; printed is "
        f"{_rate(number['growth_printed'])}.",
        f"From {base['id']} the printed growth leads to {_shown(number['level_implied'], level)};",
        f"{level['id']} with that growth comes from {base_implied}.",
    ]
    if "level_permitted" in number:
        aim = plain(level["target"])
        found.append(
            f"As a bound alone, {bounded(level['bound'])}{aim} permits "
            f"{_shown(number['level_permitted'], level)}, but then {aim} is not what the growth leads to."
        )
    return found


def _sum(finding: Finding, members: list[Record]) -> list[str]:
    *parts, total = members
    number = finding.numbers
    computed, printed = number["sum_computed"], number["total_printed"]
    short = float(number["short"].value)
    added = " + ".join(_printed(part) for part in parts)
    found = [f"{added} = {_shown(computed, total)}, against {_printed(total, printed)}."]
    if short:
        found.append(f"At face value the parts are {amount(abs(short))} {'short' if short > 0 else 'over'}.")
    if "shared" in number and number["shared"].width:
        low, high = number["shared"].low, number["shared"].high
        found.append(f"The ranges share {amount(float(low))} to {amount(float(high))}.")
    return found


def _count_growth(finding: Finding, members: list[Record]) -> list[str]:
    (count,) = members
    number = finding.numbers
    found = [
        f"{_printed(count)} with a growth of {_rate(number['growth_printed'])} would have a base of "
        f"{_shown(number['base_implied'], count)}."
    ]
    if finding.verdict == UNKNOWN:
        return [*found, "The count is itself rounded, so no whole base can be excluded."]
    if finding.integer_bases is None:
        return [*found, "Many whole numbers lie in that range."]
    if finding.integer_bases:
        bases = finding.integer_bases
        listed = ", ".join(plain(base) for base in bases[:5]) + (" ..." if len(bases) > 5 else "")
        return [*found, f"Whole numbers from which it prints so: {listed}."]
    near = [
        f"{plain(float(number[f'base_{side}'].value))} gives {percent(float(number[f'growth_{side}'].value))}"
        for side in ("below", "above")
        if f"base_{side}" in number
    ]
    return [*found, f"No whole number prints as that growth: {', '.join(near)}."]


def _share_growth(finding: Finding, members: list[Record]) -> list[str]:
    part, before, after = members
    number = finding.numbers
    change = number["total_change"]
    found = [
        f"{part['id']} grows {_rate(number['growth_printed'])} while its share goes from "
        f"{_printed(before, number['share_before'])} to {_printed(after, number['share_after'])}:",
        f"the total must change by {_rate(change)}",
    ]
    if "total_before" in number:
        found[-1] += f", from {_shown(number['total_before'], part)} to {_shown(number['total_after'], part)}"
    found[-1] += "."
    if "premise" in number:
        premise = _premise(float(number["premise"].value), bool(change.value < number["premise"].value))
        found.append(
            f"On the premise that it {premise}, {part['id']} must grow {_rate(number['growth_needed'])}"
        )
        if "level_permitted" in number:
            bound = bounded(part["bound"]) + plain(part["target"])
            found[-1] += (
                f", to {_shown(number['level_permitted'], part)}; as a bound alone, {bound} permits that"
            )
        found[-1] += "."
    return found


def _premise(limit: float, low: bool) -> str:
    """What a check takes for granted about the change of the total: a least or a greatest one."""
    if limit == 0:
        return f"does not {'fall' if low else 'rise'}"
    return f"changes by {'at least' if low else 'at most'} {percent(limit)}"


_WORDS: dict[str, Callable[[Finding, list[Record]], list[str]]] = {
    "growth": _growth,
    "sum": _sum,
    "count_growth": _count_growth,
    "share_growth": _share_growth,
}
