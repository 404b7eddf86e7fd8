"""The figures of one record in words: as printed, as computed, with range, unit and monthly need."""

from collections.abc import Mapping
from typing import Any

from .numbers import amount, bounded, figure, is_rate, percent, plain, points, with_unit

__all__ = ["Record", "as_printed", "computed", "in_unit", "monthly", "ranged"]

Record = Mapping[str, Any]


def as_printed(value: float, row: Record) -> str:
    """A figure as printed."""
    return f"{plain(100 * value)} %" if is_rate(row["kind"], row["unit"]) else plain(value)


def computed(value: float, row: Record) -> str:
    """A computed figure without its range."""
    return percent(value, sign=False) if is_rate(row["kind"], row["unit"]) else amount(value)


def ranged(row: Record, name: str, printed: bool = True) -> str:
    """A figure with the range that rounding leaves."""
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if is_rate(row["kind"], row["unit"]):
        return percent(value, low, high, sign=False)
    return figure(value, low, high, printed=printed)


def in_unit(text: str, row: Record) -> str:
    """A figure with its unit, which for shares is in it already."""
    bare = is_rate(row["kind"], row["unit"]) or row["kind"] == "rank" or not row["unit"]
    return text if bare else with_unit(text, row["unit"])


def monthly(row: Record) -> str:
    """What a month must bring: nothing is needed past the target, nor of a flow that has passed its cap."""
    need, flow = row["required_per_month"], row["kind"] == "flow"
    if need is None or (need < 0 if flow else row["gap"] < 0):
        return ""
    bound, rate = bounded(row["bound"] if flow else row["gap_bound"]), is_rate(row["kind"], row["unit"])
    if need < 0:
        return f"{bound}{points(-need, sign=False) if rate else amount(-need)} less"
    return f"{bound}{points(need) if rate else amount(need)}"
