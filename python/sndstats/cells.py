"""What one cell of a table means: a number, a date, a word.

A cell that ends in % is a hundredth of what stands before it; a bare number is taken as
it is. Empty cells, NaN and a container's own NA are missing. Anything that cannot be read
with certainty ("1,300", "inf", "about 5") is refused, never guessed.
"""

import datetime
import numbers
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

__all__ = ["first_day", "is_missing", "last_day", "number", "text", "word"]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MISSING = {"", "nan", "na", "<na>", "nat", "none"}


def is_missing(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    if cell is None or cell is np.ma.masked or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(cell, str):
        return cell.strip().lower() in _MISSING
    if isinstance(cell, (np.datetime64, np.timedelta64)):
        return bool(np.isnat(cell))
    return isinstance(cell, (float, np.floating)) and bool(cell != cell)


def text(cell: Any) -> str:
    """The words of a cell; a whole float, as tables with gaps hold them, without its point."""
    if is_missing(cell):
        return ""
    if isinstance(cell, (float, np.floating)) and float(cell).is_integer():
        return str(int(cell))
    return str(cell).strip()


def number(cell: Any) -> float:
    """The number in a cell, NaN if it is empty; a ValueError says what was expected."""
    if is_missing(cell):
        return float("nan")
    if isinstance(cell, (bool, np.bool_)):
        raise ValueError("is not a number")
    try:
        value = _printed(cell) if isinstance(cell, str) else float(_real(cell))
    except OverflowError:
        value = float("inf")
    if not np.isfinite(value):
        raise ValueError("is not a finite number")
    return value


def _real(cell: Any) -> Any:
    if isinstance(cell, np.timedelta64) or not isinstance(cell, (numbers.Real, Decimal)):
        raise ValueError("is not a number")
    return cell


def _printed(cell: str) -> float:
    """A number as it is printed; a percent is shifted as decimals, so 12.5% is 0.125 exactly."""
    plain = unicodedata.normalize("NFKC", cell).strip().replace("\N{MINUS SIGN}", "-")
    percent = plain.endswith("%")
    digits = plain.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(digits):
        raise ValueError("is not a number (write 1300 or 12.5%, without separators or words)")
    try:
        return float(Decimal(digits).scaleb(-2) if percent else Decimal(digits))
    except InvalidOperation:
        return float("inf")


def _date(cell: Any) -> np.datetime64:
    """A date in the unit it is given in: a year, a month or a day."""
    if isinstance(cell, str) or type(cell).__name__ == "Period":
        plain = str(cell).strip()
        if not _DATE.fullmatch(plain):
            raise ValueError("is not a date (write 2023, 2023-05 or 2023-05-31)")
        try:
            return np.datetime64(plain)
        except ValueError:
            raise ValueError("is not a date of the calendar") from None
    if isinstance(cell, datetime.date):  # with a time zone, the day on its own calendar
        return np.datetime64(datetime.date(cell.year, cell.month, cell.day))
    if isinstance(cell, np.datetime64):
        return cell if np.datetime_data(cell)[0] in ("Y", "M", "D") else cell.astype("datetime64[D]")
    if isinstance(cell, (bool, np.bool_)):
        raise ValueError("is not a date")
    if isinstance(cell, (numbers.Real, Decimal)):
        year = float(cell)
        if year.is_integer() and 1 <= year <= 9999:
            return np.datetime64(f"{int(year):04d}", "Y")
    raise ValueError("is not a date (write 2023, 2023-05 or 2023-05-31)")


def first_day(cell: Any) -> np.datetime64:
    """The day a period begins: 2023 is 2023-01-01."""
    return np.datetime64("NaT", "D") if is_missing(cell) else _date(cell).astype("datetime64[D]")


def last_day(cell: Any) -> np.datetime64:
    """The day a period ends: 2023-05 is 2023-05-31."""
    if is_missing(cell):
        return np.datetime64("NaT", "D")
    first = _date(cell)
    unit: Any = np.datetime_data(first.dtype)[0]
    after = first + np.timedelta64(1, unit)
    end: np.datetime64 = after.astype("datetime64[D]") - np.timedelta64(1, "D")
    return end


def word(cell: Any, known: tuple[str, ...]) -> str:
    """One of the known words, or nothing."""
    found = text(cell).lower()
    if found and found not in known:
        raise ValueError(f"is not one of: {', '.join(known)}")
    return found
