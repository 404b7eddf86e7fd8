"""The scorecard as a table for notebooks; everything that came from the reader's table is escaped."""

from collections.abc import Mapping
from html import escape
from typing import Any

from .numbers import bounded, figure, is_rate, percent, points
from .rows import monthly

__all__ = ["as_html"]

_HEAD = ("id", "name", "unit", "target", "base", "gap", "required growth", "a month", "verdict", "checks")


def as_html(content: Mapping[str, Any]) -> str:
    """The targets as a table, and below it what the checks find."""
    head = "".join(f"<th>{escape(name)}</th>" for name in _HEAD)
    body = "".join(f"<tr>{''.join(map(_cell, _cells(row)))}</tr>" for row in content["targets"])
    found = "".join(
        f"<li><b>{escape(f['id'])} {escape(f['verdict'])}</b>: {escape(f['arithmetic'])}</li>"
        for f in content["findings"]
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<div>{table}<ul>{found}</ul></div>" if found else f"<div>{table}</div>"


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _cells(row: Mapping[str, Any]) -> list[str]:
    rate = is_rate(row["kind"], row["unit"])

    def shown(name: str, bound: str, change: bool = False) -> str:
        value, low, high = row[name], row.get(f"{name}_low"), row.get(f"{name}_high")
        if value is None:
            return ""
        ends = (None, None) if bounded(bound) else (low, high)
        if not rate:
            return bounded(bound) + figure(value, *ends, printed=name == "target")
        return bounded(bound) + (points(value, *ends) if change else percent(value, *ends, sign=False))

    growth = row["required_growth"]
    return [
        row["id"],
        f"{row['name']} {row['name_zh']}".strip(),
        row["unit"],
        shown("target", row["bound"]),
        shown("base", row["base_bound"]),
        shown("gap", row["gap_bound"], change=True),
        "" if growth is None else bounded(row["required_growth_bound"]) + percent(growth),
        monthly(row),
        row["verdict"],
        row["finding"],
    ]
