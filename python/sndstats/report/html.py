"""The scorecard as a table for notebooks; everything that came from the reader's table is escaped."""

from collections.abc import Mapping
from html import escape
from typing import Any

from .numbers import amount, is_rate, percent, points

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

    def shown(name: str, change: bool = False) -> str:
        if row[name] is None:
            return ""
        if rate:
            return points(row[name]) if change else percent(row[name], sign=False)
        return amount(row[name])

    base = shown("base")
    if row["base"] is not None and row["base_low"] is not None and row["base_high"] is not None and not rate:
        base += f" ({amount(row['base_low'])} to {amount(row['base_high'])})"
    growth = "" if row["required_growth"] is None else percent(row["required_growth"])
    names = f"{row['name']} {row['name_zh']}".strip()
    monthly = shown("required_per_month", change=True)
    first = [row["id"], names, row["unit"], shown("target"), base, shown("gap", change=True)]
    return [*first, growth, monthly, row["verdict"], row["finding"]]
