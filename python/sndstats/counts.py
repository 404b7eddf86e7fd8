"""Whole numbers behind printed growth, shares and means: which counts can print like this at all?

A growth of a count has a whole base. A share of N cases is k / N for a whole k, so few N
print as 35 %; a mean of N whole numbers is a whole total over N. The tests need no data but
the print, and no assumption.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rounding import as_printed

__all__ = ["grim", "integer_bases", "integer_wholes"]


def _decimal(name: str, value: Any) -> Fraction:
    """The decimal a number was printed as."""
    if isinstance(value, (int, np.integer)):
        return Fraction(int(value))
    try:
        return Fraction(str(value) if isinstance(value, np.floating) else repr(float(value)))
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"{name}: expected one finite number, got {value!r:.80}") from error


def _whole(name: str, value: Any) -> int:
    exact = _decimal(name, value)
    if exact.denominator != 1 or exact < 1:
        raise ValueError(f"{name}: expected a whole number from 1 up, got {value!r}")
    return int(exact)


def integer_wholes(
    share: float, share_half_width: float, *, up_to: int | None = None, part: int | None = None
) -> NDArray[np.int64]:
    """All whole numbers N of which some whole k is a share that prints as `share` (比重).

    Every N with ``|k / N - share| <= share_half_width`` for a whole number k, in exact decimal
    arithmetic, ties included.

    Parameters
    ----------
    share : float
        The printed share as a fraction, from 0 to 1: 0.35 is 35 %.
    share_half_width : float
        Half a unit of the last printed digit: 0.005 for whole percents.
    up_to : int, optional
        The largest N looked at. May be left out where `part` bounds it.
    part : int, optional
        The count k itself, where it is printed too, from 1 up: then only the N of that k.

    Returns
    -------
    ndarray of int64
        In ascending order, from 1 up; empty when no whole number fits.

    Raises
    ------
    TypeError
        For figures that are not numbers, and when neither `up_to` nor `part` is given.
    ValueError
        For a share outside 0 to 1, a negative half-width, `up_to` or `part` that are not whole
        numbers from 1 up, and a share that reaches 0 with a `part` but no `up_to`.
    OverflowError, MemoryError
        When the numbers exceed int64, or are too many to list.

    Examples
    --------
    Of how many projects can 35 % be of some kind? And if they are 280 and half of all?

    >>> import sndstats as snd
    >>> snd.integer_wholes(0.35, 0.005, up_to=40).tolist()
    [17, 20, 23, 26, 31, 34, 37, 40]
    >>> found = snd.integer_wholes(0.50, 0.005, part=280)
    >>> int(found[0]), int(found[-1])
    (555, 565)

    References
    ----------
    N. J. L. Brown and J. A. J. Heathers, The GRIM Test, Social Psychological and Personality
    Science 8(4), 2017.
    """
    s, h = _decimal("share", share), _decimal("share_half_width", share_half_width)
    if not 0 <= s <= 1:
        raise ValueError(f"share: expected a fraction from 0 to 1, got {share!r}")
    if h < 0:
        raise ValueError(f"share_half_width: expected a number from 0 up, got {share_half_width!r}")
    last = None if up_to is None else _whole("up_to", up_to)
    if part is None:
        if last is None:
            raise TypeError("up_to: expected a whole number, or part, which bounds the wholes; got neither")
        return _some_part(s - h, s + h, last)
    k = _whole("part", part)
    if s - h > 0:
        most = floor(k / (s - h))
        last = most if last is None else min(last, most)
    if last is None:
        raise ValueError(
            f"share: {share!r} less its half-width {share_half_width!r} reaches 0, of which every large "
            f"whole would do; give up_to"
        )
    first = max(k, ceil(k / (s + h))) if s + h > 0 else last + 1
    if last >= 2**63:
        raise OverflowError(f"part: wholes up to {last} do not fit int64")
    return np.arange(first, last + 1, dtype=np.int64)


def _some_part(low: Fraction, high: Fraction, last: int) -> NDArray[np.int64]:
    """All N up to `last` for which a whole number lies from N * low to N * high."""
    if last >= 2**63 - 1:
        raise OverflowError(f"up_to: {last} does not fit int64")
    unit = low.denominator * high.denominator
    bottom, top = int(low * unit), int(high * unit)
    exact = np.int64 if (max(abs(bottom), top) + 1) * (last + 1) < 2**63 else object
    wholes = np.arange(1, last + 1, dtype=np.int64)
    n = wholes.astype(exact)
    fits = (n * top) // unit >= -((-n * bottom) // unit)
    found: NDArray[np.int64] = wholes[fits.astype(bool)]
    return found


def grim(mean: ArrayLike, mean_half_width: ArrayLike, count: ArrayLike, *, items: ArrayLike = 1) -> Any:
    """Whether a printed mean can be that of `count` whole numbers: the GRIM test.

    Whether a whole number k has ``|k / (count * items) - mean| <= mean_half_width``, in exact
    decimal arithmetic, ties included. A share is the mean of zeros and ones.

    Parameters
    ----------
    mean : array_like
        The printed means, or shares as fractions.
    mean_half_width : array_like
        Half a unit of the last printed digit: 0.005 for two decimals.
    count : array_like
        How many whole numbers the mean is of, from 1 up.
    items : array_like, default 1
        How many whole numbers each of them is the mean of, as of a scale of several questions.

    Returns
    -------
    bool or ndarray of bool
        Of the broadcast shape. True where a total exists, or a figure is missing, of which
        nothing can be said.

    Raises
    ------
    TypeError
        For figures that are not numbers.
    ValueError
        For a negative half-width, infinite figures, counts or items that are not whole numbers
        from 1 up, and shapes that do not broadcast.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.grim([7.22, 4.74], 0.005, [32, 25]).tolist()
    [True, False]

    References
    ----------
    N. J. L. Brown and J. A. J. Heathers, The GRIM Test, Social Psychological and Personality
    Science 8(4), 2017.
    """
    given = as_printed(mean=mean, mean_half_width=mean_half_width, count=count, items=items)
    names = ("mean", "mean_half_width", "count", "items")
    for name, x in zip(names, given, strict=True):
        least = {"mean": -np.inf, "mean_half_width": 0.0}.get(name, 1.0)
        wrong = np.isinf(x) | (x < least)
        if least == 1.0:
            wrong |= ~np.isnan(x) & (x != np.floor(x))
        if np.any(wrong):
            kind = "whole numbers from 1 up" if least == 1.0 else "finite numbers"
            kind += " from 0 up" if least == 0.0 else ""
            raise ValueError(f"{name}: expected {kind}, got {x[wrong].ravel()[0]}")
    try:
        with np.errstate(invalid="ignore"):  # a missing figure is not a surprise
            found = np.frompyfunc(_has_total, 4, 1)(*given)
    except ValueError as error:
        shapes = ", ".join(f"{name} {x.shape}" for name, x in zip(names, given, strict=True))
        raise ValueError(f"shapes do not broadcast: {shapes} ({error})") from error
    return np.asarray(found, dtype=bool)[()]


def _has_total(mean: float, half_width: float, count: float, items: float) -> bool:
    if mean != mean or half_width != half_width or count != count or items != items:
        return True
    m, h, n = Fraction(repr(mean)), Fraction(repr(half_width)), int(count) * int(items)
    return floor(n * (m + h)) >= ceil(n * (m - h))


def integer_bases(count: float, growth: float, growth_half_width: float) -> NDArray[np.int64]:
    """All whole-number bases from which `count` is a growth that prints as `growth`.

    Every whole number N with ``|count / N - 1 - growth| <= growth_half_width``, in exact
    decimal arithmetic. Counts have whole bases, so a growth for which there is none cannot be
    that of the count, whatever was rounded.

    Parameters
    ----------
    count : int
        The printed count, a whole number from 1 up.
    growth : float
        Its growth as a fraction: 1.16 is 116 %. Above -1 by more than the half-width.
    growth_half_width : float
        Half a unit of the last printed digit of the growth: 0.005 for whole percents.

    Returns
    -------
    ndarray of int64
        In ascending order; empty when the claim is impossible for a whole base.

    Raises
    ------
    ValueError
        For a count that is not a whole number from 1 up, a negative half-width, figures that
        are not finite, or a growth whose interval reaches -1: every large base would do.
    OverflowError, MemoryError
        When the bases exceed int64, or are too many to list.

    Examples
    --------
    280 projects, up 16 %; and 20 projects "up 116 %":

    >>> import sndstats as snd
    >>> snd.integer_bases(280, 0.16, 0.005).tolist()
    [241, 242]
    >>> snd.integer_bases(20, 1.16, 0.005).size
    0

    References
    ----------
    N. J. L. Brown and J. A. J. Heathers, The GRIM Test, Social Psychological and Personality
    Science 8(4), 2017.
    """
    n, g, k = (
        _decimal(*pair)
        for pair in (("count", count), ("growth", growth), ("growth_half_width", growth_half_width))
    )
    if n.denominator != 1 or n < 1:
        raise ValueError(f"count: expected a whole number from 1 up, got {count!r}")
    if k < 0:
        raise ValueError(f"growth_half_width: expected a number from 0 up, got {growth_half_width!r}")
    if 1 + g - k <= 0:
        raise ValueError(
            f"growth: {growth!r} less its half-width {growth_half_width!r} reaches -1, "
            f"from where every large base would print alike"
        )
    first, last = -(-n // (1 + g + k)), n // (1 + g - k)
    if last >= 2**63:
        raise OverflowError(f"count: bases up to {last} do not fit int64")
    return np.arange(first, last + 1, dtype=np.int64)
