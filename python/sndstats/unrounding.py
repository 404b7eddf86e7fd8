"""The numbers a printed figure can stand for, by the rule that rounded it.

Half-up, half-even, floor, ceiling and truncation leave the same figure from different
numbers, and differ in whether the ends are among them. Ends are formed from the digits, in
decimal: a binary 85.8 + 0.05 is not 85.85, and a tie would fall on the wrong side.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .bounds import ABOUT, CODES, NEAR, OVER, read_bounds
from .containers import arrays
from .pairing import check_choice
from .rounding import Interval, digits_of, is_missing, printed_cells

__all__ = ["PrintedInterval", "unround"]

_HALF = Fraction(1, 2)


class PrintedInterval(Interval):
    """The interval a printed figure stands for: its closed hull, and which ends are not in it.

    An `Interval` in all respects; arithmetic with it gives closed Intervals. `contains` takes
    the closed hull, as the audits do; `could_be` leaves open ends out.

    Parameters
    ----------
    low, high : array_like
        The ends; they broadcast, and ``low <= high``.
    value : array_like, optional
        The figure as printed. Default: the middle.
    low_open, high_open : array_like of bool, default False
        Whether the end itself is left out.

    Attributes
    ----------
    low_open, high_open : bool or ndarray of bool
        Read-only, of the shape of the ends. False where an end is infinite or unknown.

    Examples
    --------
    >>> import sndstats as snd
    >>> tie = snd.unround("85.8", rule="half_up")
    >>> bool(tie.contains(85.85)), bool(tie.could_be(85.85))
    (True, False)

    References
    ----------
    L. Jung, scrutiny: Error Detection in Science (R package), whose unround has such flags.
    """

    __slots__ = ("high_open", "low_open")

    low_open: Any
    high_open: Any

    def __init__(
        self,
        low: ArrayLike,
        high: ArrayLike,
        value: ArrayLike | None = None,
        low_open: ArrayLike = False,
        high_open: ArrayLike = False,
    ) -> None:
        """Take copies, so that nothing can change the interval later."""
        super().__init__(low, high, value)
        for name, flags, end in (("low_open", low_open, self.low), ("high_open", high_open, self.high)):
            array = np.asarray(np.broadcast_to(np.asarray(flags, dtype=bool), self.shape) & np.isfinite(end))
            array.flags.writeable = False
            object.__setattr__(self, name, array[()])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by the arrays."""
        return PrintedInterval, (self.low, self.high, self.value, self.low_open, self.high_open)

    def __getitem__(self, key: Any) -> PrintedInterval:
        """Select elements, as an array does."""
        parts = (self.low, self.high, self.value, self.low_open, self.high_open)
        return PrintedInterval(*(part[key] for part in parts))

    def __eq__(self, other: object) -> bool:
        """Whether ends and values are the same everywhere, and open alike; an Interval is closed."""
        if not isinstance(other, Interval):
            return NotImplemented
        flags = all(
            np.array_equal(getattr(self, name), getattr(other, name, np.zeros(self.shape, bool)))
            for name in ("low_open", "high_open")
        )
        return flags and Interval.__eq__(self, other)

    __hash__ = None  # its arrays have no hash

    def __neg__(self) -> PrintedInterval:
        """Mirror at zero, the flags with the ends."""
        return PrintedInterval(-self.high, -self.low, -self.value, self.high_open, self.low_open)

    def could_be(self, number: ArrayLike) -> Any:
        """Whether the figure can stand for a number: inside, and not an end that is open."""
        (x,) = arrays(number=number)
        above = (self.low < x) | ((self.low == x) & ~np.asarray(self.low_open))
        return above & ((x < self.high) | ((self.high == x) & ~np.asarray(self.high_open)))

    def __repr__(self) -> str:
        """Show the ends with round brackets where they are open, arrays with their flags."""
        if not self.shape:
            left, right = "("[not self.low_open :] or "[", ")"[not self.high_open :] or "]"
            return f"PrintedInterval({left}{self.low:.7g}, {self.high:.7g}{right}, value={self.value:.7g})"
        flags = ",\n         ".join(
            f"{name}="
            + np.array2string(
                getattr(self, name), prefix=" " * (9 + len(name) + 1), separator=", ", threshold=20
            )
            for name in ("low_open", "high_open")
        )
        return f"Printed{super().__repr__()[:-1]},\n         {flags})"


# A rule takes the printed digits as a whole number and gives the steps from it to either end,
# in units of the last digit, and whether each end is left out. Rounding by size is mirrored.


def _unknown(_: int) -> tuple[Any, Any, bool, bool]:
    return -_HALF, _HALF, False, False


def _half_up(digits: int) -> tuple[Any, Any, bool, bool]:
    return -_HALF, _HALF, digits <= 0, digits >= 0


def _half_even(digits: int) -> tuple[Any, Any, bool, bool]:
    return -_HALF, _HALF, digits % 2 == 1, digits % 2 == 1


def _floor(_: int) -> tuple[Any, Any, bool, bool]:
    return 0, 1, False, True


def _ceiling(_: int) -> tuple[Any, Any, bool, bool]:
    return -1, 0, True, False


def _truncation(digits: int) -> tuple[Any, Any, bool, bool]:
    return -int(digits <= 0), int(digits >= 0), digits <= 0, digits >= 0


_RULES = {
    "unknown": _unknown,
    "half_up": _half_up,
    "half_even": _half_even,
    "floor": _floor,
    "ceiling": _ceiling,
    "truncation": _truncation,
}


def _figure(printed: Any, decimals: int | None) -> tuple[int, Fraction]:
    """The digits as a whole number and the unit of the last one."""
    if isinstance(printed, str):
        if decimals is not None:
            raise ValueError(
                f"decimals: {printed!r} shows its own; where its last zeros are fillers, print without them "
                f"and use scale"
            )
        digits, places, sign = digits_of(printed, "unround")
        return digits, sign / Fraction(10) ** places
    if isinstance(printed, bool) or not isinstance(printed, (int, float, np.integer, np.floating)):
        raise TypeError(f"printed: expected text as it was printed or a number, got {printed!r:.80}")
    if decimals is None:
        raise TypeError(
            f"printed: expected text as it was printed, got {printed!r}; 1.3 and 1.30 are different figures "
            f"and only the text tells them apart, so pass a string, or decimals= as well"
        )
    exact = Fraction(int(printed)) if isinstance(printed, (int, np.integer)) else _decimal(printed)
    unit = Fraction(10) ** -decimals
    if (exact / unit).denominator != 1:
        raise ValueError(
            f"printed: {printed!r} is not a figure of decimals={decimals}; round it or give more"
        )
    return int(exact / unit), unit


def _decimal(number: Any) -> Fraction:
    """The shortest decimal that gives the number back, in its own precision."""
    if not np.isfinite(number):
        raise ValueError(f"printed: expected finite figures, got {number!r}")
    return Fraction(str(number) if isinstance(number, np.floating) else repr(number))


def _bounded(digits: int, unit: Fraction, code: str, kind: str, reach: float) -> tuple[Any, ...]:
    """Both ends, None where there is none, and whether they are left out, of a figure with a bound."""
    value, far = digits * unit, None if np.isnan(reach) else Fraction(repr(float(reach)))
    if kind == ABOUT:
        if far is None:
            raise ValueError("tolerance: 约, about and the like do not say how far; give a tolerance")
        return value - far, value + far, False, False
    if kind == OVER:
        step, left = unit, digits
        while left and left % 10 == 0:
            step, left = step * 10, left // 10
        return value, value + (step if far is None else far), True, True
    if kind == NEAR:
        return (None if far is None else value - far), value, far is not None, True
    if code in ("ge", "gt"):
        return value, None, code == "gt", False
    return None, value, False, code == "lt"


def _ends_of(
    printed: Any, scale: Any, reach: Any, code: Any, kind: str, rule: Any, decimals: int | None
) -> tuple[float, float, float, bool, bool]:
    """Both ends, the figure, and whether each end is left out."""
    if is_missing(printed):
        return np.nan, np.nan, np.nan, False, False
    digits, unit = _figure(printed, decimals)
    unit *= Fraction(repr(float(scale)))
    if CODES[code] == "eq" and kind != ABOUT:
        down, up, low_open, high_open = rule(digits)
        low, high = (digits + down) * unit, (digits + up) * unit
    else:
        low, high, low_open, high_open = _bounded(digits, unit, CODES[code], kind, reach)
    try:
        ends = [float(digits * unit)]
        ends += [-np.inf if low is None else float(low), np.inf if high is None else float(high)]
        if float(unit) == 0.0:
            raise OverflowError
    except OverflowError:
        raise ValueError(f"printed: {printed!r} times {scale!r} is outside the numbers of float64") from None
    return ends[1], ends[2], ends[0], low_open, high_open


def unround(
    printed: Any,
    *,
    rule: str = "unknown",
    bound: Any = "eq",
    tolerance: ArrayLike | None = None,
    scale: ArrayLike = 1.0,
    decimals: int | None = None,
) -> PrintedInterval:
    """All numbers a printed figure can stand for: the closed hull, and flags for open ends.

    With v the figure and u one unit of its last digit:

    ============  ============================  =========================
    rule          of a positive v               of zero
    ============  ============================  =========================
    unknown       [v - u/2, v + u/2]            [-u/2, u/2]
    half_up       [v - u/2, v + u/2)            (-u/2, u/2)
    half_even     closed if the last digit is   [-u/2, u/2]
                  even, else open
    floor         [v, v + u)                    [0, u)
    ceiling       (v - u, v]                    (-u, 0]
    truncation    [v, v + u)                    (-u, u)
    ============  ============================  =========================

    Half-up (四舍五入) rounds the size, ties away from zero, so it and truncation are mirrored
    for a negative v; floor and ceiling are not. Ends are formed in decimal from the digits
    and rounded to float64 once: the end of 85.8 is 85.85, the same number that 85.85 is read
    as.

    Parameters
    ----------
    printed : str, number, or sequence of these
        The figure as it was printed, as `half_width` takes it; or numbers, with `decimals`.
    rule : str, default "unknown"
        How it was rounded: one of the table.
    bound : str or array of str, default "eq"
        A code or word of `bound_code` that is printed with the figure. The figure is then
        a limit and not rounded: "ge" is [v, inf), "gt" (v, inf), "le" (-inf, v], "lt"
        (-inf, v). 多 and 余 are (v, v + s) with s the unit of the last digit that is not zero:
        300多 is (300, 400), 410余 is (410, 420). 近 is "lt". 约 and 左右 need `tolerance`.
    tolerance : array_like, optional
        How far the words go that do not say so, in units of the result: 约 is [v - t, v + t],
        近 (v - t, v), 多 (v, v + t). No notice is taken of it elsewhere.
    scale : array_like, default 1.0
        The unit of the print, positive: ``1e4`` for 万, ``1e8`` for 亿.
    decimals : int, optional
        For numbers only: how many decimals were printed; negative for rounded tens or
        hundreds. A number that has more is an error.

    Returns
    -------
    PrintedInterval
        An `Interval` with `low_open` and `high_open`, of the broadcast shape; its `value` is the
        figure. Missing figures (None, NaN, NA) are NaN and flagged closed; an empty
        sequence gives an empty interval array.

    Raises
    ------
    TypeError
        For a number without `decimals`: 1.3 and 1.30 are different figures.
    ValueError
        For an unknown rule or bound, text that is not a number, a number with more decimals,
        decimals beside text, 约 without a tolerance, and a scale or tolerance that is not
        positive.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.unround("1.26", scale=1e4)
    PrintedInterval([12550, 12650], value=12600)
    >>> snd.unround("85.8", rule="half_even"), snd.unround("85.9", rule="half_even")
    (PrintedInterval([85.75, 85.85], value=85.8), PrintedInterval((85.85, 85.95), value=85.9))
    >>> snd.unround("410", bound="余")
    PrintedInterval((410, 420), value=410)
    >>> snd.unround(0.35, decimals=2)
    PrintedInterval([0.345, 0.355], value=0.35)

    References
    ----------
    L. Jung, scrutiny: Error Detection in Science (R package), for the table of rules. Civil
    Code of the People's Republic of China, art. 1259, for the bounds.
    """
    check_choice("rule", rule, tuple(_RULES))
    if decimals is not None and (isinstance(decimals, bool) or not isinstance(decimals, (int, np.integer))):
        raise TypeError(f"decimals: expected a whole number, got {decimals!r}")
    if decimals is not None and abs(decimals) > 400:
        raise ValueError(f"decimals: expected at most 400 on either side of the point, got {decimals}")
    scales, reaches = arrays(scale=scale, tolerance=np.nan if tolerance is None else tolerance)
    if not np.all((scales > 0) & np.isfinite(scales)):
        raise ValueError(f"scale: expected positive finite numbers, got {scale!r}")
    if np.any((reaches <= 0) | np.isinf(reaches)):
        raise ValueError(f"tolerance: expected positive finite numbers, got {tolerance!r}")
    codes, kinds = read_bounds("bound", bound)
    texts = printed_cells(printed)
    places = None if decimals is None else int(decimals)

    def ends(
        text: Any, scale: Any, reach: Any, code: Any, kind: str
    ) -> tuple[float, float, float, bool, bool]:
        return _ends_of(text, scale, reach, code, kind, _RULES[rule], places)

    try:
        with np.errstate(invalid="ignore"):  # a missing text is not a surprise
            found = np.frompyfunc(ends, 5, 5)(texts, scales, reaches, codes, kinds)
    except ValueError as error:
        if "broadcast" not in str(error):
            raise
        shapes = ", ".join(
            f"{name} {x.shape}"
            for name, x in (("printed", texts), ("scale", scales), ("tolerance", reaches), ("bound", codes))
        )
        raise ValueError(f"shapes do not broadcast: {shapes}") from error
    low, high, value = (np.asarray(x, dtype=np.float64) for x in found[:3])
    return PrintedInterval(low, high, value, *(np.asarray(x, dtype=bool) for x in found[3:]))
