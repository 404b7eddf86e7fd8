"""The scorecard as text: targets, what the checks find, clusters, growth figures."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .layout import WIDTH, clean, fill, heading, pad, spread, width
from .numbers import amount, bounded, figure, is_rate, percent, plain, points, with_unit
from .rows import Record, as_printed, computed, in_unit, monthly, ranged

__all__ = ["as_text"]

_LABEL = 11
_INDENT = 5


def as_text(content: Mapping[str, Any]) -> str:
    """The whole report, at most 80 columns wide."""
    rows = {row["id"]: row for row in [*content["targets"], *content["results"]]}
    lines = ["Scorecard of printed figures"]
    lines += fill(
        "Ranges in brackets are what rounding leaves. A target is taken as the figure it is printed as; "
        "a gap is what is still missing."
    )
    lines += heading("Targets")
    for row in content["targets"]:
        lines += [*_target(row, rows), ""]
    lines += heading("What the checks find") if content["findings"] else []
    for finding in content["findings"]:
        lines += [*_finding(finding), ""]
    for cluster in content["clusters"]:
        lines += heading(f"Cluster: {clean(cluster['name'])}")
        lines += _listing([rows[member] for member in cluster["results"] + cluster["targets"]])
    grouped = {member for cluster in content["clusters"] for member in cluster["results"]}
    results = [row for row in content["results"] if row["id"] not in grouped]
    growing = [row for row in results if row["growth"] is not None or row["kind"] == "growth"]
    lines += heading(f"Growth figures{_period(growing)}") if growing else []
    for row in growing:
        lines += [*_growth_figure(row, rows), ""]
    others = [row for row in results if row not in growing]
    if others:
        lines += [*heading(f"Other figures{_period(others)}, printed without growth"), *_listing(others)]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).rstrip() + "\n"


def _period(rows: list[Record]) -> str:
    """The period that all rows share, where the table has one."""
    periods = {str(row.get("period", "")) for row in rows}
    common = periods.pop() if len(periods) == 1 else ""
    return f" of {clean(common)}" if common else ""


def _title(row: Record, right: str = "") -> list[str]:
    """Id and names, and a word at the right end of the first line."""
    head = pad(clean(row["id"]), _INDENT - 1) + " "
    names = f"{row['name']} {row['name_zh']}"
    if width(head) > 2 * _INDENT:
        head, names = "", f"{row['id']} {names}"
    first, *others = spread(names, clean(right), WIDTH - width(head))
    return [head + first, *(" " * _INDENT + line for line in others)]


def _entry(label: str, text: str) -> list[str]:
    indent = " " * _INDENT
    return fill(text, indent + pad(label, _LABEL), " " * (_INDENT + _LABEL))


def _target(row: Record, rows: Mapping[str, Record]) -> list[str]:
    lines = _title(row, row["verdict"])
    goal = in_unit(bounded(row["bound"]) + as_printed(row["target"], row), row)
    if row["growth"] is not None:
        goal += f", printed with growth of {_printed_growth(row)}"
    lines += _entry("target", goal)
    if row["actual"] is not None:
        lines += _entry("actual", in_unit(ranged(row, "actual"), row) + _paced(row))
    lines += _entry(_base_label(row), _base(row, rows))
    lines += _gap(row)
    lines += _monthly(row)
    if row["finding"]:
        lines += _entry("checks", row["finding"])
    if row.get("note"):
        lines += _entry("note", str(row["note"]))
    return lines


def _printed_growth(row: Record) -> str:
    return f"{bounded(row['growth_bound'])}{'+' if row['growth'] > 0 else ''}{plain(100 * row['growth'])} %"


def _paced(row: Record) -> str:
    if row["pace"] is None or row["elapsed"] is None:
        return ""
    way, time = (percent(row[name], sign=False) for name in ("progress", "elapsed"))
    return f", {way} of the way after {time} of the time"


def _base_label(row: Record) -> str:
    """The year of the base, where the target is for one calendar year."""
    start, months = row["start"], row["months"]
    if start and months == 12 and start[5:] == "01-01" and row["base_source"] in ("comparator", "growth", ""):
        return f"{int(start[:4]) - 1} base"
    return "base"


def _base(row: Record, rows: Mapping[str, Record]) -> str:
    if row["base"] is None:
        return "none printed"
    source = row["base_source"]
    if source == "comparator":
        other = rows.get(row["baseline_id"], {})
        bound = bounded(row["base_bound"])
        shown = in_unit(bound + (as_printed(row["base"], row) if bound else ranged(row, "base")), row)
        period = str(other.get("period", ""))
        return f"{shown}, printed in {row['baseline_id']}" + (f" ({period})" if period else "")
    if source == "baseline":
        return in_unit(ranged(row, "base"), row)
    printed, width_ = (
        (row["actual"], row["actual_half_width"])
        if row["target"] is None
        else (row["target"], row["target_half_width"])
    )
    taken = f"with {as_printed(printed, row)} taken as {'rounded' if width_ else 'exact'}"
    bound = bounded(row["base_bound"])
    if not bound:
        return f"{in_unit(ranged(row, 'base', False), row)}, implied by the printed growth, {taken}"
    edge = row["base_high"] if row["base_bound"] in ("lt", "le") else row["base_low"]
    shown = in_unit(bound + computed(row["base"], row), row)
    wide = f" ({bound}{computed(edge, row)} {taken})" if width_ and edge is not None else ""
    return f"{shown}, implied by the printed growth{wide}"


def _gap(row: Record) -> list[str]:
    """The lines on the gap and the growth that closes it."""
    if row["gap"] is None:
        return _entry("gap", "not known: no base is printed" if row["base"] is None else "cannot be told")
    if row["gap"] < 0:
        spare = points(-row["gap"], sign=False) if is_rate(row["kind"], row["unit"]) else amount(-row["gap"])
        side = f"where {row['better']} is better"
        return [*_entry("gap", f"none, with {spare} to spare {side}"), *_growth(row)]
    rate = is_rate(row["kind"], row["unit"])
    bound, edge = _edge(row, "gap", points if rate else amount)
    turn = 1 if row["better"] == "higher" else -1
    value = turn * row["gap"]
    low, high = [
        None if bound or row[f"gap_{end}"] is None else turn * row[f"gap_{end}"] for end in ("low", "high")
    ][::turn]
    shown = points(value, low, high) if rate else _change(value, low, high, bound)
    return [*_entry("gap", bound + shown + edge), *_growth(row)]


def _edge(row: Record, name: str, show: Callable[[float], str]) -> tuple[str, str]:
    """The words of a bound, and the bound that holds whatever was rounded, where it is another."""
    bound = bounded(row[f"{name}_bound"])
    end = row[f"{name}_low"] if row[f"{name}_bound"] in ("ge", "gt") else row[f"{name}_high"]
    moved = bound and end is not None and abs(end - row[name]) > 1e-9 * abs(row[name])
    return bound, f" ({show(end)} allowing for rounding)" if moved else ""


def _growth(row: Record) -> list[str]:
    if row["required_growth"] is None:
        return []
    bound, edge = _edge(row, "required_growth", partial(percent, sign=False))
    ends = (None, None) if bound else (row["required_growth_low"], row["required_growth_high"])
    head, bracket, tail = percent(row["required_growth"], *ends, sign=not bound).partition(" (")
    on = " on the stock" if row["kind"] == "stock" else ""
    return _entry("growth", f"{bound}{head}{on}{bracket}{tail} needed{edge}")


def _change(value: float, low: float | None, high: float | None, bound: str) -> str:
    """A gap in words: 13,400 more (13,350 to 13,450)."""
    if low is not None and high is not None and low < 0 < high:
        return figure(value, low, high, sign=True)
    ends = [None if end is None else abs(end) for end in ((low, high) if value >= 0 else (high, low))]
    head, bracket, tail = figure(abs(value), *ends).partition(" (")
    word = "" if bound else (" more" if value > 0 else " less" if value < 0 else "")
    return f"{head}{word}{bracket}{tail}"


def _monthly(row: Record) -> list[str]:
    need = monthly(row)
    left = with_unit(amount(row["months_left"] or 0), "months")
    return _entry("needed", f"{need} a month for {left}") if need else []


def _finding(finding: Record) -> list[str]:
    head = f"{pad(clean(finding['id']), _INDENT - 1)} "
    lines = fill(finding["verdict"], head, " " * _INDENT)
    return lines + fill(finding["arithmetic"], " " * _INDENT)


def _growth_figure(row: Record, rows: Mapping[str, Record]) -> list[str]:
    lines = _title(row)
    if row["actual"] is not None:
        bound = bounded(row["bound"])
        value = bound + as_printed(row["actual"], row) if bound else ranged(row, "actual")
        lines += _entry("figure", in_unit(value, row))
    if row["growth"] is not None:
        shown = percent(row["growth"], row["growth_low"], row["growth_high"])
        lines += _entry("growth", _printed_growth(row) if row["growth_bound"] not in ("", "eq") else shown)
    if row["base"] is not None:
        lines += _entry("base", _base(row, rows))
    if row["finding"]:
        lines += _entry("checks", row["finding"])
    if row.get("note"):
        lines += _entry("note", str(row["note"]))
    return lines


def _listing(rows: list[Record]) -> list[str]:
    """One figure each, at the right end of its name."""
    lines = []
    for row in rows:
        plan = row["target"] is not None
        value = row["target"] if plan else row["actual"]
        shown = (
            "not printed" if value is None else in_unit(bounded(row["bound"]) + as_printed(value, row), row)
        )
        lines += _title(row, f"target {shown}" if plan else shown)
    return lines
