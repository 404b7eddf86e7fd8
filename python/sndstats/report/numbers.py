"""Numbers as a reader wants them: as many digits as the figure supports, and no more.

The ends of a range show its spread with two significant digits, its value one digit less; a
figure without spread shows what it holds, up to four significant digits once it was computed.
"""

import re
from math import floor, inf, isfinite, log10

import numpy as np

__all__ = ["amount", "bounded", "figure", "has_spread", "is_rate", "percent", "plain", "points", "with_unit"]

_BOUND_WORDS = {"ge": "at least ", "gt": "more than ", "le": "at most ", "lt": "below "}

#: From here on a figure takes the form of `amount`, which turns to powers of ten.
_LARGE = 1e12

#: An English plural in small letters, "projects" but neither "CNY" nor "kbps" nor "series".
_PLURAL = re.compile(
    r"\b(?!series|species)(?=[a-z-]*[aeiou])([a-z-]{3,}?)"
    r"(ies|(?:(?<=[sc]h)|(?<=ss)|(?<=x))es|(?<![ius])s)$"
)


def is_rate(kind: str, unit: str) -> bool:
    """Whether figures of this kind are shares or rates, printed in percent."""
    return kind in ("share", "growth") or unit == "%"


def bounded(bound: str) -> str:
    """The words before a figure that is a bound."""
    return _BOUND_WORDS.get(bound, "")


def with_unit(text: str, unit: str) -> str:
    """A figure and its unit, an English plural in the singular where the figure is one."""
    if re.fullmatch(r"(.* )?[+-]?1", text):
        unit = _PLURAL.sub(lambda m: m[1] + ("y" if m[2] == "ies" else ""), unit)
    return f"{text} {unit}"


def plain(value: float) -> str:
    """A printed figure: all its digits, thousands apart."""
    if value and not 1e-9 < abs(value) < 1e15:
        return f"{value:.12g}"
    return f"{value:z,.12f}".rstrip("0").rstrip(".")


def amount(value: float, *, sign: bool = False) -> str:
    """A computed figure: up to four significant digits, but never fewer than the whole part."""
    if value == 0 or not isfinite(value):
        return "0" if value == 0 else "not determined"
    decimals = max(0, 3 - floor(log10(abs(value))))
    if decimals > 9 or abs(value) >= 1e15:
        return f"{value:{'+' if sign else ''}.4g}"
    shown = f"{value:{'+' if sign else ''},.{decimals}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _decimals(low: float, high: float) -> int:
    """Digits after the point that show half the spread with two significant digits, or all there are."""
    decimals = min(9, max(0, 1 - floor(log10(high - low) - log10(2))))
    ends = np.array([low, high])
    while decimals and np.allclose(np.round(ends, decimals - 1), ends, rtol=0, atol=1e-6 * (high - low)):
        decimals -= 1
    return decimals


def has_spread(low: float | None, high: float | None) -> bool:
    """Whether two ends are apart by more than the last bits of their binary fractions."""
    if low is None or high is None or not -inf < low < high < inf:
        return False
    return 1e-9 * max(abs(low), abs(high)) < high - low < inf


def figure(
    value: float, low: float | None, high: float | None, *, sign: bool = False, printed: bool = False
) -> str:
    """A figure with the range that rounding leaves: 10.0 (9.58 to 10.42)."""
    if low is None or high is None or not has_spread(low, high):
        return plain(value) if printed else amount(value, sign=sign)
    if max(abs(low), abs(high)) >= _LARGE:
        return f"{amount(value, sign=sign)} ({amount(low, sign=sign)} to {amount(high, sign=sign)})"
    decimals = _decimals(low, high)
    plus = "+z" if sign else "z"
    shown = plain(value) if printed else f"{value:{plus},.{max(0, decimals - 1)}f}"
    return f"{shown} ({low:{plus},.{decimals}f} to {high:{plus},.{decimals}f})"


def percent(value: float, low: float | None = None, high: float | None = None, *, sign: bool = True) -> str:
    """A rate in percent with one decimal, and its range."""
    plus = "+z" if sign else "z"
    if not abs(value) < _LARGE:
        return f"{amount(100 * value, sign=sign)} %"
    shown = f"{100 * value:{plus},.1f} %"
    if low is None or high is None or not has_spread(100 * low, 100 * high):
        return shown
    decimals = min(4, max(1, _decimals(100 * low, 100 * high)))
    return f"{shown} ({100 * low:{plus},.{decimals}f} to {100 * high:{plus},.{decimals}f})"


def points(value: float, low: float | None = None, high: float | None = None, *, sign: bool = True) -> str:
    """A difference of shares, in percentage points."""
    ends = [None if end is None else 100 * end for end in (low, high)]
    shown = figure(100 * value, *ends, sign=sign)
    head, separator, tail = shown.partition(" (")
    head = head.rstrip("0").rstrip(".") if "." in head else head
    return f"{with_unit(head, 'points')}{separator}{tail}"
