"""Tables of figures and of checks: from a mapping, a frame or a CSV file to checked columns.

Every cell is read before anything is refused, so that one error names all cells that cannot
be used, with row (1 is the first below the header), column and content.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from . import cells

__all__ = ["Faults", "Raw", "Table", "note_repeated", "note_units", "read_csv", "read_figures", "read_rows"]

Table = dict[str, np.ndarray]

BOUNDS = ("eq", "ge", "gt", "le", "lt", "goal")
NUMBERS = (
    "baseline",
    "actual",
    "target",
    "baseline_half_width",
    "actual_half_width",
    "target_half_width",
    "growth",
    "growth_half_width",
)
TEXTS = ("id", "name", "name_zh", "group", "unit", "baseline_id")
KINDS = ("flow", "stock", "level", "share", "growth", "rank", "threshold")
WORDS = {"bound": BOUNDS, "growth_bound": BOUNDS[:-1], "better": ("higher", "lower")}
DATES: dict[str, Callable[[Any], np.datetime64]] = {
    "start": cells.first_day,
    "now": cells.last_day,
    "deadline": cells.last_day,
}


class Faults:
    """The cells that cannot be used, gathered while the tables are read."""

    def __init__(self) -> None:
        """Begin with none."""
        self.lines: list[str] = []

    def add(self, table: str, row: int, column: str, content: Any, why: str) -> None:
        """Note one cell; `row` counts from 1 below the header."""
        self.lines.append(f"{table}: row {row}, column {column}: {content!r:.60} {why}")

    def check(self) -> None:
        """Raise one ValueError that names them all."""
        if self.lines:
            count = f"{len(self.lines)} cell{'s' if len(self.lines) > 1 else ''} cannot be used"
            raise ValueError("\n  ".join([f"{count}:", *self.lines]))


@dataclass
class Raw:
    """Cells as they stand: columns of one length, and the number of each row below the header."""

    name: str
    columns: dict[str, list[Any]]
    rows: list[int]

    def column(self, name: str) -> list[Any]:
        """A column, empty where the table has none of that name."""
        return self.columns.get(name, [None] * len(self.rows))

    def parsed(self, name: str, read: Callable[[Any], Any], blank: Any, faults: Faults) -> np.ndarray:
        """One column read cell by cell; a bad cell is noted and left blank."""
        found = []
        for row, cell in zip(self.rows, self.column(name), strict=True):
            try:
                found.append(read(cell))
            except ValueError as error:
                faults.add(self.name, row, name, cell, str(error))
                found.append(blank)
        return np.array(found, dtype="datetime64[D]" if isinstance(blank, np.datetime64) else type(blank))

    def texts(self, names: tuple[str, ...], faults: Faults) -> Table:
        """Columns of words."""
        return {name: self.parsed(name, cells.text, "", faults) for name in names}

    def numbers(self, names: tuple[str, ...], faults: Faults) -> Table:
        """Columns of float64."""
        return {name: self.parsed(name, cells.number, np.nan, faults) for name in names}


def read_figures(data: Any, faults: Faults, name: str = "data") -> Table:
    """The columns of a table of figures: all that a scorecard reads, then those of the reader's own."""
    raw = read_rows(data, name, ("name", "target"), faults)
    whole = not faults.lines
    table = raw.texts(TEXTS, faults) | raw.numbers(NUMBERS, faults)
    table["kind"] = raw.parsed("kind", _kind, "", faults)
    for column, known in WORDS.items():
        table[column] = raw.parsed(column, partial(cells.word, known=known), "", faults)
    for column, read in DATES.items():
        table[column] = raw.parsed(column, read, np.datetime64("NaT", "D"), faults)
    table["id"] = np.where(table["id"] == "", np.array(raw.rows).astype(str), table["id"])
    if whole:
        _cross_checks(table, raw, faults)
    return table | raw.texts(tuple(c for c in raw.columns if c not in table), faults)


def _kind(cell: Any) -> str:
    """A kind by its first word, whatever follows it: "Flow, count" is a flow."""
    found = cells.text(cell)
    first = re.split(r"[^a-z]", found.lower(), maxsplit=1)[0]
    return first if first in KINDS else found


def _cross_checks(table: Table, raw: Raw, faults: Faults) -> None:
    """What a cell may not say on account of other cells."""

    def note(wrong: np.ndarray, column: str, why: str) -> None:
        for i in np.flatnonzero(wrong):
            faults.add(raw.name, raw.rows[i], column, raw.column(column)[i], why)

    note(table["name"] == "", "name", "is empty: every row needs a name")
    note_repeated(raw, faults, table["id"])
    for column in NUMBERS:
        if column.endswith("half_width"):
            note(table[column] < 0, column, "is below 0")
    named = table["baseline_id"] != ""
    note(named & ~np.isin(table["baseline_id"], table["id"]), "baseline_id", "is not an id of this table")
    note(named & (table["baseline_id"] == table["id"]), "baseline_id", "is the row's own id")
    units = dict(zip(table["id"].tolist(), table["unit"].tolist(), strict=True))
    for i, label in enumerate(table["baseline_id"].tolist()):
        note_units(
            raw, faults, raw.rows[i], "baseline_id", label, [str(table["unit"][i]), units.get(label, "")]
        )
    note(table["deadline"] < table["start"], "deadline", "is before the start")
    note(table["now"] < table["start"], "now", "is before the start")


def note_repeated(raw: Raw, faults: Faults, ids: np.ndarray) -> None:
    """Note the ids that stand in an earlier row too; an empty one is the row's number."""
    repeated = np.ones(len(ids), dtype=bool)
    repeated[np.unique(ids, return_index=True)[1]] = False
    for i in np.flatnonzero(repeated):
        faults.add(raw.name, raw.rows[i], "id", str(ids[i]), "stands in an earlier row too")


def note_units(raw: Raw, faults: Faults, row: int, column: str, cell: str, units: Iterable[str]) -> None:
    """Note figures that stand side by side in different units; an empty unit says nothing."""
    named = [repr(unit) for unit in dict.fromkeys(units) if unit]
    if len(named) > 1:
        faults.add(raw.name, row, column, cell, f"compares {' with '.join(named)}; give them in one unit")


def read_rows(data: Any, name: str, required: tuple[str, ...], faults: Faults) -> Raw:
    """Raw cells of a mapping of columns, a frame or a CSV path; a file's name is used in errors."""
    raw: Raw
    if isinstance(data, Raw):
        raw = data
    elif isinstance(data, (str, os.PathLike)):
        raw = read_csv(Path(data).read_bytes(), Path(data).name, faults)
    elif isinstance(data, Mapping):
        raw = _mapped(data, name)
    elif hasattr(data, "columns") and hasattr(data, "__getitem__"):
        labels = list(data.columns)
        if len(set(map(str, labels))) != len(labels):
            raise ValueError(f"{name}: a column name stands more than once in {labels}")
        raw = _mapped({label: data[label] for label in labels}, name)
    else:
        kind = type(data).__name__
        raise TypeError(f"{name}: expected a mapping of columns, a frame or a CSV path, got {kind}")
    missing = [column for column in required if column not in raw.columns]
    if missing:
        have = ", ".join(raw.columns) or "none"
        hint = _hint(raw.columns, required)
        raise ValueError(f"{raw.name}: column {' and '.join(missing)} missing; the columns are: {have}{hint}")
    return raw


def _hint(columns: Iterable[str], required: tuple[str, ...]) -> str:
    """What may have gone wrong with a header that lacks columns."""
    for name, separator in (("semicolons", ";"), ("tabs", "\t")):
        if any(separator in column for column in columns):
            return f" (cells are apart by commas here, not by {name})"
    near = [column for column in columns if column not in required and column.lower() in required]
    return f" (write {', '.join(map(str.lower, near))} in small letters)" if near else ""


def _mapped(data: Mapping[Any, Any], name: str) -> Raw:
    columns: dict[str, list[Any]] = {}
    for label, values in data.items():
        flat = isinstance(values, Iterable) and getattr(values, "ndim", 1) == 1
        if not flat or isinstance(values, (str, bytes, Mapping, Set)):
            raise TypeError(
                f"{name}: column {label}: expected a one-dimensional sequence, got {values!r:.60}"
            )
        columns[str(label)] = list(values)
    lengths = {label: len(values) for label, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"{name}: the columns differ in length: {lengths}")
    return Raw(name, columns, list(range(1, 1 + max(lengths.values(), default=0))))


def read_csv(content: bytes, name: str, faults: Faults) -> Raw:
    """Raw cells of CSV text in UTF-8; empty lines count as rows and are passed over."""
    try:
        decoded = content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(decoded, newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise ValueError(f"{name}: not UTF-8 text ({error}); save the table as CSV in UTF-8") from None
    except csv.Error as error:
        raise ValueError(f"{name}: not a CSV table: {error}") from None
    used = max((i for line in lines for i, cell in enumerate(line, 1) if cell.strip()), default=0)
    lines = [line[:used] for line in lines]  # spreadsheets end their lines with the commas of empty columns
    header = [column.strip() for column in lines[0]] if lines else []
    for position, column in enumerate(header, 1):
        if column == "" or column in header[: position - 1]:
            why = "is empty" if column == "" else "stands twice"
            raise ValueError(f"{name}: the name of column {position} {why}: {', '.join(header)}")
    kept = {row: line for row, line in enumerate(lines[1:], 1) if any(map(str.strip, line))}
    for row, line in list(kept.items()):
        if len(line) != len(header):
            why = f"has {len(line)} cell{'s' if len(line) > 1 else ''}, not {len(header)} as the header"
            faults.add(name, row, header[-1], ",".join(line), why)
            del kept[row]
    columns = {column: [line[i] for line in kept.values()] for i, column in enumerate(header)}
    return Raw(name, columns, list(kept))
