"""The scorecard as plain records: for JSON, CSV and frames."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..checks import Finding
from ..tables import Table
from .findings import sentences

__all__ = ["TARGET_FIELDS", "as_csv", "as_json", "fields", "finding_record", "records"]

#: The fields of a target's record that come first, in this order.
TARGET_FIELDS = (
    "id",
    "name",
    "name_zh",
    "unit",
    "actual",
    "target",
    "base",
    "base_low",
    "base_high",
    "gap",
    "required_growth",
    "required_per_month",
    "verdict",
    "finding",
)
_LATER = (
    "group",
    "kind",
    "bound",
    "better",
    "base_source",
    "base_bound",
    "baseline_id",
    "gap_low",
    "gap_high",
    "gap_bound",
    "required_growth_low",
    "required_growth_high",
    "required_growth_bound",
    "start",
    "now",
    "deadline",
    "months",
    "months_left",
    "elapsed",
    "progress",
    "pace",
    "target_half_width",
    "actual_half_width",
    "actual_low",
    "actual_high",
    "growth",
    "growth_half_width",
    "growth_low",
    "growth_high",
    "growth_bound",
)
_INNER = ("is_target", "baseline", "baseline_half_width")


def _plain(value: Any) -> Any:
    """A cell as JSON knows it: nothing for NaN, NaT and open ends."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, np.str_):
        return str(value)
    found = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(found, float) and not np.isfinite(found) else found


def fields(t: Table) -> list[str]:
    """The fields of a record: the fixed ones, then the table's own."""
    own = [c for c in t if c not in TARGET_FIELDS and c not in _LATER and c not in _INNER]
    return [*TARGET_FIELDS, *_LATER, *own]


def records(t: Table, rows: Iterable[int]) -> list[dict[str, Any]]:
    """The rows of the derived columns as records, own columns of the table last."""
    return [{column: _plain(t[column][i]) for column in fields(t)} for i in rows]


def finding_record(finding: Finding, by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A finding with its arithmetic in words and in numbers."""
    numbers = {
        name: {end: _plain(float(getattr(interval, end))) for end in ("value", "low", "high")}
        for name, interval in finding.numbers.items()
    }
    return {
        "id": finding.id,
        "kind": finding.kind,
        "members": list(finding.members),
        "verdict": finding.verdict,
        "arithmetic": sentences(finding, by_id),
        "widening": _plain(finding.widening),
        "integer_bases": finding.integer_bases,
        "numbers": numbers,
    }


def as_json(content: dict[str, Any]) -> str:
    """Strict JSON, Chinese characters as themselves."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def as_csv(targets: list[dict[str, Any]], fields: Iterable[str]) -> str:
    """The targets as CSV; empty cells for what is not known."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(fields), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(targets)
    return stream.getvalue()
