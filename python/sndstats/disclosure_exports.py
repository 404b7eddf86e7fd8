"""Tables of cells with their flags, as the programs for secondary suppression read them."""

import csv
import io
import numbers as kinds
from collections import Counter
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import Any, NamedTuple

from numpy.typing import NDArray

from .disclosure_rules import DisclosureRule
from .files import write_whole
from .numeric import whole

__all__ = ["Cells", "margin_cells", "names_of", "write_gauss_suppression", "write_tau_argus"]

_SEPARATOR = ";"
#: Columns of one of the tables beside the keys and the value.
_COLUMNS = (
    "contributors", "largest_1", "largest_2", "status", "lower", "upper", "suppressed", "protection",
)  # fmt: skip
_DECIMALS_MOST = 20
#: Digits of the largest double before the point, and enough after it.
_CONTEXT = Context(prec=400)


class Cells(NamedTuple):
    """The columns of a disclosure; labels as tuples, one part for each key."""

    labels: list[tuple[Any, ...]]
    total: NDArray[Any]
    contributors: NDArray[Any]
    largest: NDArray[Any]
    rule: NDArray[Any]
    protection: NDArray[Any]


class _Cell(NamedTuple):
    """One cell: its codes in the order of the keys, and its figures."""

    codes: tuple[str, ...]
    total: Any
    contributors: int
    largest: tuple[float, float]
    rule: int
    protection: float


def names_of(keys: Any, value: Any, total: Any) -> tuple[str, ...]:
    """The names of the keys, if all columns can be told apart and read back."""
    if isinstance(keys, str):
        raise TypeError(f"keys: expected a sequence of names, got {keys!r}; pass [{keys!r}]")
    try:
        names = tuple(keys)
    except TypeError as error:
        raise TypeError(f"keys: expected a sequence of names, got {keys!r}") from error
    for argument, name in [*(("keys", name) for name in names), ("value", value), ("total", total)]:
        if not isinstance(name, str):
            raise TypeError(f"{argument}: expected text, got {name!r}")
        _check_text(argument, name)
    if not names:
        raise ValueError("keys: expected at least one name, got none")
    name, times = Counter([*names, value, *_COLUMNS]).most_common(1)[0]
    if times > 1:
        raise ValueError(f"keys: {name!r} would name two columns; pass other names of keys and value")
    return names


def _check_text(argument: str, text: str) -> None:
    """Refuse what a table cannot hold, or not so that it is read back."""
    if any(mark in text for mark in '";\n\r\0'):
        raise ValueError(
            f"{argument}: {text!r:.80} has a quote, a separator or a line break; rename it first"
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{argument}: {text!r:.80} cannot be written as UTF-8; rename it first") from error


def margin_cells(
    keys: tuple[str, ...], cells: Cells, margins: dict[tuple[str, ...], Cells], total: str
) -> list[_Cell]:
    """The cells of a table and those of its margins, whose codes are `total` in other keys."""
    found = _coded(keys, keys, cells, total)
    for names, margin in margins.items():
        unknown = [name for name in names if name not in keys]
        if unknown or len(set(names)) != len(names) or len(names) == len(keys):
            raise ValueError(f"margins: expected some of the keys {', '.join(keys)}, got {names!r}")
        found += _coded(keys, names, margin, total)
    for codes, times in Counter(cell.codes for cell in found).most_common(1):
        if times > 1:
            raise ValueError(f"labels: {times} cells are written as {', '.join(codes)}; rename them first")
    return found


def _coded(keys: tuple[str, ...], names: tuple[str, ...], cells: Cells, total: str) -> list[_Cell]:
    parts = {len(label) for label in cells.labels}
    if parts and names and parts != {len(names)}:
        raise ValueError(f"keys: labels have {parts.pop()} parts, got names for {len(names)}")
    if not names and len(cells.labels) > 1:
        raise ValueError(f"margins: without keys there is one cell, got {len(cells.labels)}")
    found = []
    for k, label in enumerate(cells.labels):
        code = {name: _code(part, total) for name, part in zip(names, label, strict=False)}
        found.append(
            _Cell(
                tuple(code.get(key, total) for key in keys),
                cells.total[k].item(),
                int(cells.contributors[k]),
                (float(cells.largest[k, 0]), float(cells.largest[k, 1])),
                int(cells.rule[k]),
                float(cells.protection[k]),
            )
        )
    return found


def _code(label: Any, total: str) -> str:
    text = str(label)
    if text == total:
        raise ValueError(f"total: {total!r} is the label of a cluster; pass another word")
    _check_text("labels", text)
    return text


def _fixed(value: Any, decimals: int, rounding: str = ROUND_HALF_EVEN) -> str:
    """A figure with so many decimals; NaN, a contribution that is not there, as zero."""
    number = Decimal(0) if value != value else Decimal(value)
    return str(number.quantize(Decimal(1).scaleb(-decimals), rounding, _CONTEXT))


def _level(cell: _Cell, share: Decimal) -> Decimal:
    """The protection level, at least a share of a total with too few contributors."""
    total, level = Decimal(cell.total), Decimal(cell.protection)
    if not (total.is_finite() and level.is_finite()):
        raise ValueError("values: a total or protection level is infinite; take a larger unit")
    few = bool(cell.rule & DisclosureRule.FREQUENCY)
    return max(level, _CONTEXT.multiply(total, share)) if few else level


def _share(frequency_range: Any) -> Decimal:
    number = isinstance(frequency_range, (kinds.Real, Decimal))
    percent = float(frequency_range) if number else -1.0
    if not 0.0 <= percent <= 100.0:
        raise ValueError(f"frequency_range: expected a percent from 0 to 100, got {frequency_range!r}")
    return Decimal(repr(percent)) / 100


def _status(cell: _Cell) -> str:
    return "U" if cell.rule else "S" if cell.contributors else "E"


def write_tau_argus(
    path: Any,
    cells: list[_Cell],
    keys: tuple[str, ...],
    value: str,
    total: str,
    decimals: int,
    frequency_range: float,
) -> None:
    """The table and its metadata; see `Disclosure.to_tau_argus`."""
    target, digits, share = Path(path), whole("decimals", decimals), _share(frequency_range)
    if digits > _DECIMALS_MOST:
        raise ValueError(f"decimals: expected at most {_DECIMALS_MOST}, got {decimals!r}")
    if target.suffix.lower() == ".rda":
        raise ValueError(f"path: the metadata go to .rda, so expected another ending, got {str(path)!r}")
    lines = []
    for cell in cells:
        level = _fixed(_level(cell, share), digits, ROUND_CEILING)
        figures = [_fixed(cell.total, digits), str(cell.contributors)]
        figures += [_fixed(x, digits) for x in cell.largest]
        codes = [f'"{code}"' for code in cell.codes]
        lines.append(_SEPARATOR.join([*codes, *figures, _status(cell), level, level]))
    write_whole(target.with_suffix(".rda"), _encoded(_metadata(keys, value, total, digits)))
    write_whole(target, _encoded(lines))


def _encoded(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode("utf-8")


def _metadata(keys: tuple[str, ...], value: str, total: str, decimals: int) -> list[str]:
    lines = [f'<SEPARATOR> "{_SEPARATOR}"', '<SAFE> "S"', '<UNSAFE> "U"', '<PROTECT> "P"']
    for key in keys:
        lines += [key, "  <RECODEABLE>", f'  <TOTCODE> "{total}"']
    lines += [value, "  <NUMERIC>", f"  <DECIMALS> {decimals}"]
    lines += ["contributors", "  <FREQUENCY>"]
    lines += ["largest_1", "  <MAXSCORE>", "largest_2", "  <MAXSCORE>"]
    lines += ["status", "  <STATUS>"]
    lines += ["lower", "  <NUMERIC> <LOWERPL>", "upper", "  <NUMERIC> <UPPERPL>"]
    return lines


def write_gauss_suppression(path: Any, cells: list[_Cell], keys: tuple[str, ...], value: str) -> None:
    """One table with names in its first line; see `Disclosure.to_gauss_suppression`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*keys, value, "contributors", "suppressed", "protection"])
    for cell in cells:
        flag = "TRUE" if cell.rule else "FALSE"
        writer.writerow([*cell.codes, cell.total, cell.contributors, flag, cell.protection])
    write_whole(Path(path), text.getvalue().encode("utf-8"))
