"""Times to whole steps: int64 numbers in which one period is one.

A lag is counted in steps, so a date must say how long a step is: dates in years, months
or weeks do, finer ones need `freq`. Where a span is all that counts, floats may lie between
steps.
"""

import datetime
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .containers import is_of

__all__ = ["in_order", "moments", "steps"]

#: What a step may be called: our name first, then pandas' names for its start and its end.
NAMES = {
    "Y": ("Y", "YE", "YS", "A", "YE-DEC", "YS-JAN", "Y-DEC", "A-DEC"),
    "Q": ("Q", "QE", "QS", "QE-DEC", "QS-JAN", "QS-OCT", "Q-DEC"),
    "M": ("M", "ME", "MS"),
    "W": ("W", "W-SUN"),
    "D": ("D",),
    "h": ("h", "H"),
    "m": ("min", "T"),
    "s": ("s", "S"),
    "ms": ("ms",),
    "us": ("us",),
    "ns": ("ns",),
}
STEP_OF = {name: step for step, names in NAMES.items() for name in names}
#: What to do with times of other kinds.
HINTS = {
    **dict.fromkeys("US", "; parse text with numpy.array(time, 'datetime64[M]')"),
    "O": "; drop missing ones and pass numpy.array(time, 'int64') or numpy.array(time, 'datetime64[M]')",
}
OWN_STEP = ("Y", "M", "W")
FINENESS = tuple(NAMES)
SIGN = np.uint64(1 << 63)
#: Spans up to this are exact as float64.
LONGEST = 2**53


def steps(time: Any, freq: str | None) -> NDArray[np.int64]:
    """The step of each time; missing, broken and unclear times are errors."""
    return _read(time, freq, True)


def moments(time: Any, freq: str | None) -> NDArray[Any]:
    """The step of each time, or floats as they are, which may lie between two steps.

    Those of several calls compare: whatever the type, a number stands for itself. Numbers beyond
    int64 stay uint64.
    """
    return _read(time, freq, False)


def in_order(
    time: Any, freq: str | None, rows: int, where: int, *, whole: bool
) -> tuple[NDArray[np.intp] | None, NDArray[np.float64], Any]:
    """The rows in order of time (None: as they are), the times of those since an origin, and the origin.

    Without `time` rows count from 0. `whole` asks for whole steps.
    """
    if time is None:
        if freq is not None:
            raise ValueError(f"freq: goes with time, got {freq!r} and no time")
        return None, np.arange(rows, dtype=np.float64), 0.0
    when = steps(time, freq) if whole else moments(time, freq)
    if len(when) != rows:
        raise ValueError(
            f"time: expected {rows} rows as values have along axis {where}, got shape {np.shape(time)}"
        )
    order = None
    if not np.all(when[1:] > when[:-1]):
        order = np.argsort(when, kind="stable")
        when = when[order]
        again = np.flatnonzero(when[1:] == when[:-1])
        if again.size:
            first, second = order[again[0] : again[0] + 2].tolist()
            raise ValueError(
                f"time: rows {first} and {second} are the same period, {np.asarray(time)[first]}; "
                "there must be one row per period (aggregate or drop the repeated ones)"
            )
    return order, *_since_first(when)


def _since_first(when: NDArray[Any]) -> tuple[NDArray[np.float64], Any]:
    """Ascending times as float64 with the same differences, integers less the first of them; and that."""
    if when.dtype.kind == "f":
        if when.size and when[-1] * 0.5 - when[0] * 0.5 > np.finfo(np.float64).max * 0.5:
            raise ValueError("time: spans more than float64 holds; count in longer steps")
        return when, 0.0
    bits = when.view(np.uint64)
    since = bits - bits[:1]
    if since.size and int(since[-1]) > LONGEST:
        raise ValueError("time: spans more than 2**53 steps; count in longer ones, e.g. freq='D'")
    return since.astype(np.float64), when[0] if when.size else np.int64(0)


def _read(time: Any, freq: str | None, whole: bool) -> NDArray[Any]:
    step = _step_name(freq)
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(time, (pandas.Series, pandas.Index)):
        return _from_pandas(pandas, time, freq, step, whole)
    if is_of("polars", "Series", time) and getattr(time.dtype, "time_zone", None) is not None:
        time = time.dt.replace_time_zone(None)
    mask = np.ma.getmaskarray(time) if isinstance(time, np.ma.MaskedArray) else None
    if mask is not None:
        _refuse_missing(mask)
    try:
        array = np.asarray(time)
    except ValueError as error:
        raise ValueError(f"time: expected one dimension ({error})") from error
    if array.ndim != 1:
        raise ValueError(f"time: expected one dimension, got shape {array.shape}")
    if array.dtype.kind == "O" and array.size and isinstance(array[0], datetime.date):
        array = np.array(list(map(_wall, array)), "datetime64[us]")
    kind = array.dtype.kind
    if kind == "M":
        return _from_dates(array, step)
    if kind not in "iuf":
        hint = HINTS.get(kind, "")
        floats = "whole floats" if whole else "floats"
        raise TypeError(f"time: expected integers, {floats} or dates, got {array.dtype}{hint}")
    if freq is not None:
        raise ValueError(f"freq: goes with dates, and time is {array.dtype}; leave it out")
    return _from_floats(array, whole) if kind == "f" else _from_integers(array, whole)


def _wall(date: Any) -> Any:
    """A date as the clock on its wall shows it; NumPy would turn it to UTC."""
    return date.replace(tzinfo=None) if getattr(date, "tzinfo", None) is not None else date


def _step_name(freq: Any) -> str | None:
    if freq is None:
        return None
    step = STEP_OF.get(freq) if isinstance(freq, str) else None
    if step is None:
        known = ", ".join(names[0] for names in NAMES.values())
        raise ValueError(f"freq: expected one of {known}, got {freq!r}")
    return step


def _refuse_missing(mask: NDArray[np.bool_]) -> None:
    rows = np.flatnonzero(mask)
    if rows.size:
        shown = ", ".join(map(str, rows[:3].tolist())) + (", ..." if rows.size > 3 else "")
        raise ValueError(f"time: missing at row {shown}; drop rows without a time")


def _from_integers(array: NDArray[Any], whole: bool) -> NDArray[Any]:
    if not whole and array.size and int(array.max()) >= 2**63:
        return array.astype(np.uint64)
    if whole and array.dtype.kind == "u" and array.dtype.itemsize == 8:
        shifted: NDArray[np.int64] = (array.astype(np.uint64) ^ SIGN).view(np.int64)
        return shifted  # less 2^63: order and differences are the same
    return np.ascontiguousarray(array, dtype=np.int64)


def _from_floats(array: NDArray[Any], whole: bool) -> NDArray[Any]:
    _refuse_missing(np.isnan(array))
    infinite = np.flatnonzero(np.isinf(array))
    if infinite.size:
        raise ValueError(f"time: infinite at row {int(infinite[0])}; drop rows without a time")
    if not whole:
        return array.astype(np.float64)
    far = np.flatnonzero(np.abs(array) >= 2.0**63)
    if far.size:
        row = int(far[0])
        raise ValueError(
            f"time: {float(array[row])!r} at row {row} is beyond the 64-bit integers that count steps; "
            "subtract a first period from all"
        )
    broken = np.flatnonzero(array != np.rint(array))
    if broken.size:
        row = int(broken[0])
        raise ValueError(
            f"time: {float(array[row])!r} at row {row} is not a whole step; "
            "multiply so that one period is one, e.g. numpy.rint(time * 4) for quarters"
        )
    return array.astype(np.int64)


def _from_dates(array: NDArray[Any], step: str | None) -> NDArray[np.int64]:
    _refuse_missing(np.isnat(array))
    unit = np.datetime_data(array.dtype)[0]
    if step is None:
        if unit not in OWN_STEP:
            raise ValueError(
                f"freq: needed for {array.dtype}, because monthly dates are days too; "
                "pass freq='M' for months, 'Q' for quarters, 'D' for days, ..."
            )
        return np.ascontiguousarray(array, array.dtype.newbyteorder("=")).view(np.int64)
    target = "M" if step == "Q" else "D" if step == "W" != unit else step
    counted = _in_unit(array, target, step)
    finer = unit in FINENESS and FINENESS.index(target) > FINENESS.index(unit)
    if finer and not np.array_equal(counted.astype(array.dtype), array):
        raise ValueError(f"time: too far from 1970 to be counted in steps of {step}")
    counts = counted.view(np.int64)
    if step == "Q":
        return counts // 3
    if step == "W" and unit != "W":
        # Day 0, 1970-01-01, was a Thursday; its week began three days earlier.
        return (counts + 3) // 7
    return counts


def _in_unit(array: NDArray[Any], unit: str, step: str) -> NDArray[Any]:
    """Dates in another unit of NumPy's, which wraps in older releases and raises in newer ones."""
    try:
        return array.astype(f"datetime64[{unit}]")
    except OverflowError as error:
        raise ValueError(
            f"time: too far from 1970 to be counted in steps of {step}, or too fine ({array.dtype})"
        ) from error


def _from_pandas(pandas: Any, time: Any, freq: str | None, step: str | None, whole: bool) -> NDArray[Any]:
    dtype = time.dtype
    if isinstance(time, pandas.MultiIndex):
        raise TypeError("time: expected one level, got a MultiIndex; pass time.get_level_values(name)")
    _refuse_missing(np.asarray(time.isna()))
    if isinstance(dtype, pandas.PeriodDtype):
        index = pandas.PeriodIndex(time)
        if step is not None:
            return _from_dates(index.to_timestamp(how="start").to_numpy(), step)
        count = dtype.freq.n
        ordinals: NDArray[np.int64] = np.asarray(index.asi8)
        if count == 1:
            return ordinals
        away = ordinals - ordinals[:1]
        if np.any(away % count):
            raise ValueError(f"time: periods of {dtype} start apart from each other by less than a period")
        result: NDArray[np.int64] = away // count
        return result
    if isinstance(dtype, pandas.DatetimeTZDtype):
        local = pandas.DatetimeIndex(time).tz_localize(None)
        return _read(local.to_numpy(), freq, whole)
    if not isinstance(dtype, np.dtype) and getattr(dtype, "kind", "") in "iuf":
        return _read(time.to_numpy(dtype=np.dtype(f"{dtype.kind}8")), freq, whole)
    return _read(time.to_numpy(), freq, whole)
