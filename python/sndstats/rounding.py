"""Printed figures as intervals: half-widths from the printed text, and interval arithmetic.

A printed figure stands for every number that rounds to it: 1.26 in ten thousands is
12,600 give or take 50. Intervals are closed, so a number halfway between two printed
figures belongs to both, whichever way a printer breaks ties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from .containers import arrays, is_series

__all__ = ["Interval", "as_printed", "digits_of", "half_width", "is_missing", "printed_cells"]

_NUMBER = re.compile(
    r"[+\-−]?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\s*([%‰]?)"
)
_SIGNS = {"": Fraction(1), "%": Fraction(1, 100), "‰": Fraction(1, 1000)}
# The wide forms of Chinese print, as far as numbers have them, stand a fixed step above the narrow ones.
_NARROW = {ord(narrow) + 0xFEE0: narrow for narrow in "0123456789+,-.%"}


def as_printed(**figures: Any) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    """The figures as `arrays`, float32 and float16 read as the decimals they show: 0.859, not its double."""
    found = arrays(**figures)
    for k, figure in enumerate(figures.values()):
        own: Any = getattr(figure, "dtype", None)
        dtype = own if hasattr(own, "itemsize") else np.asarray(figure).dtype
        if dtype.kind == "f" and dtype.itemsize <= 4:
            found[k] = found[k].astype(f"f{dtype.itemsize}").astype("U16").astype(np.float64)
    return found


def is_missing(text: Any) -> bool:
    """Whether a figure was not printed: None, NaN or NA."""
    absent = text is None or text is np.ma.masked or type(text).__name__ == "NAType"
    return absent or (isinstance(text, (float, np.floating)) and bool(text != text))


def printed_cells(printed: Any) -> Any:
    """Texts and numbers as objects; what is masked is missing."""
    if not isinstance(printed, np.ndarray) and (isinstance(printed, str) or np.ndim(printed) == 0):
        alone = np.empty((), dtype=object)
        alone[()] = printed
        return alone
    dtype = np.asarray(printed).dtype
    if dtype.kind == "f" and dtype.itemsize <= 4:
        (printed,) = as_printed(printed=printed)
    if isinstance(printed, np.ma.MaskedArray):
        cells = np.ma.getdata(printed).astype(object)
        cells[np.ma.getmaskarray(printed)] = None
        return cells
    return np.asarray(printed, dtype=object)


def digits_of(text: str, function: str) -> tuple[int, int, Fraction]:
    """The digits of a print as a whole number, how many are decimals, and what its sign divides by."""
    text = text.translate(_NARROW)
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"printed: {text!r} is not a number; pass digits alone and the unit as scale, "
            f'e.g. {function}("1.26", scale=1e4) for 1.26 in ten thousands'
        )
    digits, exponent, sign = match.groups()
    whole, _, decimals = digits.replace(",", "").partition(".")
    minus = -1 if text.strip()[0] in "-−" else 1
    return minus * int(whole + decimals), len(decimals) - int((exponent or "e0")[1:]), _SIGNS[sign]


def _half_unit(text: Any, scale: Any) -> float:
    """Half a unit of the last printed digit; NaN for a missing text."""
    if is_missing(text):
        return float("nan")
    if not isinstance(text, str):
        raise TypeError(
            f"printed: expected text as it was printed, got {text!r}; 1.3 and 1.30 are different figures "
            f"and only the text tells them apart, so pass a string"
        )
    _, places, sign = digits_of(text, "half_width")
    exact = Fraction(10) ** -places / 2 * sign * Fraction(repr(float(scale)))
    result = float(exact) if exact < 2**1023 else float("inf")
    if not 0.0 < result < float("inf"):
        raise ValueError(
            f"printed: half a unit of {text!r} times {scale!r} is outside the numbers of float64"
        )
    return result


def half_width(printed: Any, scale: ArrayLike = 1.0) -> Any:
    """Half a unit of the last printed digit: how far the true figure may be from the print.

    ``0.5 * 10**-decimals * scale``, formed in decimal and rounded to float64 once.

    Parameters
    ----------
    printed : str or sequence of str
        The figure as it was printed. Digits may be grouped by commas (``"12,600"``), carry a
        sign, an exponent (the digits of ``"1.2e3"`` end at the hundreds) and a closing
        ``%``, which divides by 100 because rates are fractions here (``‰``: by 1000), in
        narrow or wide forms (``"１２．５％"``).
        Zeros at the end count: ``"1.30"`` is ten times as fine as ``"1.3"``. Where the zeros
        of ``"1300"`` only fill the places, print ``"13"`` and scale by 100.
    scale : float or sequence of float, default 1.0
        The unit of the print, positive: ``1e4`` for 万, ``1e8`` for 亿.

    Returns
    -------
    float, ndarray or Series
        A float for one text and one scale, else float64 of the broadcast shape; a Series for
        a Series. A missing text (None, NaN, NA) gives NaN; an empty sequence an empty array.

    Raises
    ------
    TypeError
        For a number: 1.3 and 1.30 are different figures, and a number cannot tell.
    ValueError
        For text that is not a number, naming it, and for a scale that is not positive.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.half_width("1.26", 1e4)
    50.0
    >>> snd.half_width(["1.3", "1.30", "30%"]).tolist()
    [0.05, 0.005, 0.005]

    References
    ----------
    Bureau International des Poids et Mesures, JCGM 100:2008 (GUM), F.2.2.1: the
    resolution of an indication bounds it by half a step on either side.
    """
    (scales,) = arrays(scale=scale)
    if not np.all((scales > 0) & np.isfinite(scales)):
        raise ValueError(f"scale: expected positive finite numbers, got {scale!r}")
    texts = printed_cells(printed)
    if texts.ndim == 0 and scales.ndim == 0:
        return _half_unit(texts[()], float(scales))
    try:
        with np.errstate(invalid="ignore"):  # a missing text is not a surprise
            halves = np.frompyfunc(_half_unit, 2, 1)(texts, scales)
    except ValueError as error:
        if "broadcast" not in str(error):
            raise
        raise ValueError(
            f"shapes do not broadcast: printed {texts.shape}, scale {scales.shape} ({error})"
        ) from error
    result = np.asarray(halves, dtype=np.float64)
    return type(printed)(result, index=printed.index, name=printed.name) if is_series(printed) else result


def _ends(value: Any) -> tuple[Any, Any]:
    """Low and high end of an interval, or of a number taken as exact."""
    if isinstance(value, Interval):
        return value.low, value.high
    number = np.asarray(value)
    if number.dtype.kind not in "biuf":
        raise TypeError(f"expected an Interval or numbers, got {value!r:.80}")
    (number,) = arrays(value=value)  # what is masked is missing
    return _outward(value, number, -1), _outward(value, number, 1)


def _outward(value: Any, array: Any, side: int) -> Any:
    """`array`, which is `value` as float64, with 64-bit integers that do not fit moved outward."""
    whole = np.asarray(value)
    big = np.abs(array) >= 2.0**53
    if whole.dtype.kind not in "iu" or not np.any(big):
        return array
    moved = np.array(array)
    exact, rounded = whole[big].astype(object), moved[big].astype(object)
    beyond = np.asarray(np.greater(side * exact, side * rounded), dtype=bool)
    moved[big] = np.where(beyond, np.nextafter(moved[big], side * np.inf), moved[big])
    return moved


def _point(value: Any) -> Any:
    return value.value if isinstance(value, Interval) else arrays(value=value)[0]


class Interval:
    """Closed intervals: figures known only to lie between two ends.

    Arithmetic ``+ - * /`` with intervals and numbers gives intervals that hold every result
    of the exact operation; an end is moved outward by at most one unit in the last place,
    and not at all where it is exact. Each operand counts as a figure of its own: where one
    figure stands twice in a formula, as in ``x - x``, the result is wider than it need be,
    so rewrite the formula or use the audits, which do.

    Parameters
    ----------
    low, high : array_like
        The ends; they broadcast, and ``low <= high``. Infinite ends are open sides; a NaN in
        either makes the element unknown in both.
    value : array_like, optional
        The figure itself, as printed or computed without regard to rounding; it need not lie
        inside. Default: the middle.

    Attributes
    ----------
    low, high, value : float64 scalar or ndarray
        Read-only. pandas objects are taken as arrays.
    width : float64 scalar or ndarray
        ``high - low``.
    sign_open : bool or array of bool
        Whether the sign is not known: numbers below and above zero lie inside.

    Raises
    ------
    ValueError
        Where a low end exceeds its high end.

    Examples
    --------
    >>> import sndstats as snd
    >>> level = snd.Interval(12.5, 13.5, 13.0)
    >>> level / 2
    Interval([6.25, 6.75], value=6.5)
    >>> bool((level - 10).contains(3.0))
    True

    References
    ----------
    R. E. Moore, Interval Analysis, 1966; IEEE Std 1788-2015 for division by intervals that
    hold zero, whose quotients may be any number.
    """

    __slots__ = ("high", "low", "value")
    __array_ufunc__ = None  # an array on the left leaves the operation to the interval,
    __pandas_priority__ = 5000  # and so does a Series or a frame

    low: Any
    high: Any
    value: Any

    def __init__(self, low: ArrayLike, high: ArrayLike, value: ArrayLike | None = None) -> None:
        """Take copies, so that nothing can change the interval later."""
        given = arrays(low=low, high=high, value=np.nan if value is None else value)
        given[:2] = _outward(low, given[0], -1), _outward(high, given[1], 1)
        try:
            ends = np.broadcast_arrays(*given)
        except (ValueError, RuntimeError) as error:  # the latter: beyond 32 dimensions
            shapes = ", ".join(str(x.shape) for x in given)
            raise ValueError(f"low, high and value do not broadcast: shapes {shapes}") from error
        unknown = np.isnan(ends[0]) | np.isnan(ends[1])
        lows, highs = (np.where(unknown, np.nan, end) + 0.0 for end in ends[:2])
        if np.any(wrong := lows > highs):
            at = tuple(int(k) for k in np.argwhere(wrong)[0])
            raise ValueError(
                f"low: {lows[at]} exceeds high, {highs[at]}{f' at {at}' if at else ''}; swap them"
            )
        values = np.array(ends[2])
        if value is None:
            with np.errstate(invalid="ignore"):
                values = np.where(lows == highs, lows, lows / 2 + highs / 2)
        for name, array in (("low", lows), ("high", highs), ("value", values)):
            array = np.asarray(array)
            array.flags.writeable = False
            object.__setattr__(self, name, array[()])

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: intervals do not change."""
        raise AttributeError(f"{name}: intervals do not change; make a new one")

    def __delattr__(self, name: str) -> None:
        """Refuse: intervals do not change."""
        raise AttributeError(f"{name}: intervals do not change; make a new one")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by the three arrays."""
        return Interval, (self.low, self.high, self.value)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of each end."""
        return np.shape(self.low)

    @property
    def width(self) -> Any:
        """``high - low``: how much is not known."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.high - self.low

    @property
    def sign_open(self) -> Any:
        """``low < 0 < high``: even the sign is not known. False where nothing is known at all."""
        return (self.low < 0) & (self.high > 0)

    def contains(self, other: Any) -> Any:
        """Whether a number, or all of another interval, lies inside; the ends do."""
        low, high = _ends(other)
        return (self.low <= low) & (high <= self.high)

    def overlaps(self, other: Any) -> Any:
        """Whether some number lies in both; a common end is enough."""
        low, high = _ends(other)
        return (self.low <= high) & (low <= self.high)

    def __getitem__(self, key: Any) -> Interval:
        """Select elements, as an array does."""
        return Interval(self.low[key], self.high[key], self.value[key])

    def __iter__(self) -> Iterator[Interval]:
        """Go along the first axis; a single interval has none."""
        if not self.shape:
            raise TypeError("a single interval has no elements; its ends are .low and .high")
        return (self[k] for k in range(len(self)))

    def __contains__(self, other: Any) -> bool:
        """Whether `other` lies inside a single interval."""
        if self.shape:
            raise TypeError("in: which of several intervals is meant? use .contains")
        return bool(np.all(self.contains(other)))

    def __len__(self) -> int:
        """Count the elements of the first axis."""
        return len(self.low)

    def __eq__(self, other: object) -> bool:
        """Whether ends and values are the same everywhere, NaN equal to NaN."""
        if not isinstance(other, Interval):
            return NotImplemented
        return all(
            np.array_equal(getattr(self, name), getattr(other, name), equal_nan=True)
            for name in Interval.__slots__
        )

    __hash__ = None  # type: ignore[assignment]  # its arrays have no hash

    def __neg__(self) -> Interval:
        """Mirror at zero."""
        return Interval(-self.high, -self.low, -self.value)

    def __pos__(self) -> Interval:
        """Give the interval itself."""
        return self

    def __add__(self, other: Any) -> Interval:
        """Add, rounded outward."""
        low, high = _ends(other)
        with np.errstate(all="ignore"):
            point = np.add(self.value, _point(other))
        return Interval(_core.interval_add(self.low, low), -_core.interval_add(-self.high, -high), point)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Interval:
        """Subtract, rounded outward."""
        return self + -(other if isinstance(other, Interval) else Interval(*_ends(other)))

    def __rsub__(self, other: Any) -> Interval:
        """Subtract from a number."""
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Interval:
        """Multiply, rounded outward."""
        return _by_corners(_core.interval_multiply, np.multiply, self, other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Interval:
        """Divide, rounded outward; unknown where the divisor is exactly zero."""
        return _by_corners(_core.interval_divide, np.divide, self, other)

    def __rtruediv__(self, other: Any) -> Interval:
        """Divide a number by the interval."""
        return Interval(*_ends(other)) / self

    def __repr__(self) -> str:
        """Show seven digits; the ends have all of theirs."""
        if not self.shape:
            return f"Interval([{self.low:.7g}, {self.high:.7g}], value={self.value:.7g})"
        options: dict[str, Any] = {"precision": 7, "separator": ", ", "threshold": 20}
        show = {
            name: np.array2string(
                getattr(self, name), prefix=" " * (len("Interval(") + len(name) + 1), **options
            )
            for name in ("low", "high", "value")
        }
        return f"Interval(low={show['low']},\n         high={show['high']},\n         value={show['value']})"


def _by_corners(ufunc: np.ufunc, points: np.ufunc, one: Interval, other: Any) -> Interval:
    """Both ends from a ufunc of low ends: the high end of a*b is minus the low end of (-a)*b."""
    low, high = _ends(other)
    with np.errstate(all="ignore"):
        point = points(one.value, _point(other))
    return Interval(ufunc(one.low, one.high, low, high), -ufunc(-one.high, -one.low, low, high), point)
