"""Formulas in which one figure stands twice, for intervals: no wider than they must be.

``a / (a + c)`` in plain interval arithmetic takes the two a for different figures. Written so
that each figure stands once, or taken at the corners, it gives the ends that are reached.
"""

from typing import Any

import numpy as np

from .rounding import Interval

__all__ = ["growth_from_increase", "share_from_parts"]


def _interval(name: str, value: Any) -> Interval:
    try:
        return value if isinstance(value, Interval) else Interval(value, value)
    except TypeError as error:
        raise TypeError(f"{name}: expected an Interval or numbers, got {value!r:.80}") from error


def _where(condition: Any, first: Interval, second: Interval) -> Interval:
    return Interval(np.where(condition, first.low, second.low), np.where(condition, first.high, second.high))


def _corner(d: Any, level: Any) -> Interval:
    """D / (L - D) of one D and one L, outward."""
    base: Interval = Interval(level, level) - d
    return Interval(d, d) / base


def _checked(one: str, a: Interval, other: str, b: Interval) -> None:
    try:
        np.broadcast_shapes(a.shape, b.shape)
    except ValueError as error:
        raise ValueError(f"shapes do not broadcast: {one} {a.shape}, {other} {b.shape}") from error


def growth_from_increase(increase: Any, level: Any) -> Interval:
    """Growth of a level that is printed with its increase (增量): ``D / (L - D)``.

    The increase stands twice, so the ends are taken at the corners: the growth rises with D, and
    falls with L where D is positive. Where the base ``L - D`` may be zero or negative they are
    those of ``1 / (L / D - 1)``, or of ``1 / (1 - D / L) - 1`` if D may be of either sign, in which
    each figure stands once.

    Parameters
    ----------
    increase : Interval or array_like
        D, by how much the level rose, negative for a fall. Numbers are exact.
    level : Interval or array_like
        L, the level it rose to, in the same unit.

    Returns
    -------
    Interval
        The growth as a fraction; infinite on a side where the base ``L - D`` may be zero. Unknown
        (NaN) where a figure is missing. Ends are outward, by the last digits at most where the
        base is positive for sure.

    Raises
    ------
    TypeError
        For what is neither an Interval nor numbers.
    ValueError
        For shapes that do not broadcast.

    Examples
    --------
    13,000 enterprises more make 75,000, both in thousands:

    >>> import sndstats as snd
    >>> thousands = {"scale": 1000.0}
    >>> snd.growth_from_increase(snd.unround("13", **thousands), snd.unround("75", **thousands))
    Interval([0.1984127, 0.2213115], value=0.2096774)

    References
    ----------
    R. E. Moore, Interval Analysis, 1966, on expressions in which each variable occurs once.
    """
    d, level_ = _interval("increase", increase), _interval("level", level)
    _checked("increase", d, "level", level_)
    with np.errstate(all="ignore"):
        value = d.value / (level_.value - d.value)
    sure = (d.low >= 0) & (d.high > 0) | (d.high <= 0) & (d.low < 0)
    found = _where(sure, 1 / (level_ / d - 1), 1 / (1 - d / level_) - 1)
    plain = (level_.low >= 0) & (level_.low > d.high)
    lows = _corner(d.low, np.where(d.low >= 0, level_.high, level_.low)).low
    highs = _corner(d.high, np.where(d.high >= 0, level_.low, level_.high)).high
    return Interval(np.where(plain, lows, found.low), np.where(plain, highs, found.high), value)


def share_from_parts(part: Any, rest: Any) -> Interval:
    """Share of a part in its total, from the part and all the others (比重): ``a / (a + c)``.

    The part stands twice, so it is computed as ``1 / (1 + c / a)``, or ``1 - 1 / (1 + a / c)``
    where a may be zero: each figure once, and no end too far out.

    Parameters
    ----------
    part : Interval or array_like
        a. Numbers are exact.
    rest : Interval or array_like
        c, the total without the part, in the same unit.

    Returns
    -------
    Interval
        The share as a fraction; infinite on a side where the total may be zero. Unknown (NaN)
        where a figure is missing. Ends are outward by the last digits at most.

    Raises
    ------
    TypeError
        For what is neither an Interval nor numbers.
    ValueError
        For shapes that do not broadcast.

    Examples
    --------
    1.0 and 76.46 for all the rest, both rounded:

    >>> import sndstats as snd
    >>> snd.share_from_parts(snd.unround("1.0"), snd.unround("76.46"))
    Interval([0.01227152, 0.01354751], value=0.01290989)

    References
    ----------
    R. E. Moore, Interval Analysis, 1966, on expressions in which each variable occurs once.
    """
    a, c = _interval("part", part), _interval("rest", rest)
    _checked("part", a, "rest", c)
    with np.errstate(all="ignore"):
        value = a.value / (a.value + c.value)
    sure = (a.low >= 0) & (a.high > 0) | (a.high <= 0) & (a.low < 0)
    found = _where(sure, 1 / (1 + c / a), 1 - 1 / (1 + a / c))
    return Interval(found.low, found.high, value)
