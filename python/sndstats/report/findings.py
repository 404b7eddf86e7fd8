"""What a check found, in words and numbers.

A sentence says what the printed figures come to and where that leaves them; it speaks of the
figures, never of anyone's error.
"""

from collections.abc import Callable, Mapping
from functools import partial
from math import isfinite

from ..checks import CONSISTENT, UNKNOWN, Finding
from ..rounding import Interval
from .numbers import amount, bounded, figure, has_spread, is_rate, percent, plain, points
from .rows import Record, as_printed, computed

__all__ = ["sentences"]

_OPEN = "not determined"
_NO_BASE = "a base that cannot be told"

#: In a longer list the whole numbers, which follow each other, are told by the first and the last.
_LISTED = 5


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
    return f"{show(high, None, None)} or less" if isfinite(high) else _OPEN


def _printed(row: Record, number: Interval | None = None) -> str:
    """The id of a row and what is printed for it."""
    plan = row["target"] is not None
    value = row["target"] if plan else row["actual"]
    bound = "" if plan else bounded(row["bound"])
    if number is not None and number.width:
        return f"{row['id']} {bound}{_shown(number, row)}"
    return f"{row['id']} {bound}{as_printed(value, row)}"


def _rate(interval: Interval) -> str:
    return _ranged(interval, percent)


def _printed_growth(row: Record, interval: Interval) -> str:
    """The printed growth of a row, its bound in words."""
    bound = bounded(row["growth_bound"])
    return f"{bound}{percent(row['growth'])}" if bound else _rate(interval)


def _growth(finding: Finding, members: list[Record]) -> list[str]:
    level, base = members
    number = finding.numbers
    base_implied = _shown(number["base_implied"], level)
    found = [
        f"{_printed(level)} on {_printed(base)} is {_rate(number['growth_computed'])}; printed is "
        f"{_printed_growth(level, number['growth_printed'])}.",
        f"From {base['id']} the printed growth leads to {_shown(number['level_implied'], level)};",
        f"{level['id']} with that growth comes from {_NO_BASE if base_implied == _OPEN else base_implied}.",
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
    short = float(number["short"].value)
    added = " + ".join(_printed(part) for part in parts)
    against = _printed(total, number["total_printed"])
    found = [f"{added} = {_shown(number['sum_computed'], total)}, against {against}."]
    if finding.verdict != CONSISTENT and short:
        rate = is_rate(total["kind"], total["unit"])
        away = points(abs(short), sign=False) if rate else amount(abs(short))
        found.append(f"At face value the parts are {away} {'short' if short > 0 else 'over'}.")
    if "shared" in number and has_spread(float(number["shared"].low), float(number["shared"].high)):
        low, high = (computed(float(getattr(number["shared"], end)), total) for end in ("low", "high"))
        found.append(f"The ranges share {low} to {high}.")
    return found


def _count_growth(finding: Finding, members: list[Record]) -> list[str]:
    (count,) = members
    number = finding.numbers
    implied = _shown(number["base_implied"], count)
    found = [
        f"{_printed(count)} with a growth of {_rate(number['growth_printed'])} would have "
        f"{_NO_BASE if implied == _OPEN else f'a base of {implied}'}."
    ]
    if finding.verdict == UNKNOWN:
        return [*found, _undecided(count, number["base_implied"])]
    if finding.integer_bases is None:
        return [*found, "Many whole numbers lie in that range."]
    if finding.integer_bases:
        bases = [plain(base) for base in finding.integer_bases]
        listed = ", ".join(bases) if len(bases) <= _LISTED else f"{bases[0]} to {bases[-1]}"
        return [*found, f"Whole numbers from which it prints so: {listed}."]
    near = [
        f"{plain(float(number[f'base_{side}'].value))} gives {percent(float(number[f'growth_{side}'].value))}"
        for side in ("below", "above")
        if f"base_{side}" in number
    ]
    return [*found, f"No whole number prints as that growth: {', '.join(near)}."]


def _undecided(count: Record, implied: Interval) -> str:
    """Why the whole numbers say nothing."""
    value, half_width = (
        (count["actual"], count["actual_half_width"])
        if count["target"] is None
        else (count["target"], count["target_half_width"])
    )
    if half_width:
        return "The count is itself rounded, so no whole base can be excluded."
    if value < 1 or value != int(value):
        return "It is no count: not a whole number above zero."
    if not implied.low > 0:
        return "A growth that can be -100 % leaves the base open."
    return "Numbers of that size do not tell whole numbers apart."


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
        needed = number["growth_needed"]
        verb = "grow" if needed.value > 0 else "change by"
        found.append(f"On the premise that it {premise}, {part['id']} must {verb} {_rate(needed)}")
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
