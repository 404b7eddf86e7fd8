"""Spans between times in years, and the date that lies a span after another.

Between numbers the span is their difference, in their own unit. Between dates it is whole calendar
years plus days over the length of the running year, so that one year is 1 whether or not it holds a
29 February, and half of any year is near 0.5. Years count from the earlier date; one that starts
on 29 February has its anniversary on the 28th in common years.
"""

import datetime
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .containers import aligned_operands, arrays, is_of, polars_column

__all__ = ["date_after", "has_dates", "is_absent", "years_between"]


def years_between(name_of_start: str, start: Any, name_of_end: str, end: Any) -> NDArray[np.float64]:
    """The span from `start` to `end`, which broadcast: of numbers the difference, of dates years.

    Hours are dropped: a time counts as its day, by its wall clock; a period, month or year as its
    first day. A span back is the span forth with a minus sign. Missing times give NaN.
    """
    names = name_of_start, name_of_end
    given = aligned_operands(dict(zip(names, (start, end), strict=True)))
    first, last = (_times(name, x) for name, x in zip(names, given, strict=True))
    kinds = [x.dtype.kind for x in (first, last)]
    if kinds == ["f", "M"] or kinds == ["M", "f"]:
        if not _all_absent(given[kinds.index("f")]):
            number, date = names if kinds[0] == "f" else names[::-1]
            raise TypeError(
                f"{number}: numbers beside the dates of {date}; give both as numbers or both as dates, "
                f"e.g. {number} = numpy.datetime64('2030-01-01')"
            )
        first, last = (np.full(x.shape, "NaT", "M8[D]") if x.dtype.kind == "f" else x for x in (first, last))
    try:
        first, last = np.broadcast_arrays(first, last)
    except ValueError as error:
        raise ValueError(
            f"shapes do not broadcast: {names[0]} {first.shape}, {names[1]} {last.shape} ({error})"
        ) from error
    if first.dtype.kind == "f":
        with np.errstate(invalid="ignore", over="ignore"):
            return np.asarray(last - first)
    return np.asarray(_core.calendar_years(first.astype(np.int64), last.astype(np.int64)))


def date_after(start: Any, years: Any) -> NDArray[np.datetime64]:
    """The day whose span from `start`, dates, is nearest to `years`: the inverse of `years_between`.

    NaT where the start is missing or the span is NaN, infinite, or beyond 1e15 years.
    """
    day = _times("start", start)
    if day.dtype.kind != "M":
        if not _all_absent(start):
            raise TypeError(f"start: expected dates, got {start!r:.80}")
        day = np.full(day.shape, "NaT", "M8[D]")
    found = _core.calendar_after(day.astype(np.int64), np.asarray(years, dtype=np.float64))
    return np.asarray(found).view("M8[D]")


def has_dates(name: str, value: Any) -> bool:
    """Whether the times are dates rather than numbers."""
    return _times(name, value).dtype.kind == "M"


def _times(name: str, value: Any) -> NDArray[Any]:
    """Times as float64 or as days; missing ones as NaN or NaT."""
    if is_of("polars", "Series", value):
        if not value.dtype.is_temporal():
            numbers, missing = polars_column(value, name)
            return np.where(missing, np.nan, numbers.astype(np.float64))
        if getattr(value.dtype, "time_zone", None) is not None:
            value = value.dt.replace_time_zone(None)
        value = value.to_numpy()
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(getattr(value, "dtype", None), pandas.PeriodDtype):
        value = pandas.PeriodIndex(value).to_timestamp(how="start")
    elif pandas is not None and isinstance(getattr(value, "dtype", None), pandas.DatetimeTZDtype):
        value = pandas.DatetimeIndex(value).tz_localize(None)
    if isinstance(value, (datetime.date, np.datetime64)) or is_of("pandas", "Period", value):
        return _times(name, [value]).reshape(())
    try:
        array = np.ma.asanyarray(value) if isinstance(value, np.ma.MaskedArray) else np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name}: rows of different lengths: {value!r:.80}") from error
    if array.dtype.kind == "O":
        dates = _dates_among(np.ma.filled(array, None) if isinstance(array, np.ma.MaskedArray) else array)
        if dates is None and _all_absent(array):
            return np.full(array.shape, np.nan)
        array = array if dates is None else dates
    if array.dtype.kind != "M":
        if array.dtype.kind not in "biufO":
            raise TypeError(
                f"{name}: expected numbers or dates, got {array.dtype} ({value!r:.80}); "
                f"parse text with numpy.array({name}, 'datetime64[D]')"
            )
        return arrays(**{name: value})[0]
    return _in_days(name, np.ma.filled(array, np.datetime64("NaT")))


def _in_days(name: str, dates: NDArray[Any]) -> NDArray[Any]:
    """Dates of any unit as days; older releases of NumPy wrap those too far away, newer ones raise."""
    far = f"{name}: too far from 1970 to be counted in days ({dates.dtype})"
    try:
        days = dates.astype("M8[D]")
    except OverflowError as error:
        raise ValueError(far) from error
    coarse = np.datetime_data(dates.dtype)[0] in ("Y", "M", "W")
    if coarse and not np.array_equal(days.astype(dates.dtype), dates, equal_nan=True):
        raise ValueError(far)
    return days


def _dates_among(objects: NDArray[Any]) -> NDArray[Any] | None:
    """Dates and periods among objects as days, None as NaT; None where one is neither or there is no date."""
    read = np.asarray(np.frompyfunc(_wall, 1, 1)(objects), dtype=object)
    is_date = np.frompyfunc(lambda x: isinstance(x, (datetime.date, np.datetime64)), 1, 1)(read).astype(
        np.bool_
    )
    if not is_date.any() or np.any(~is_date & np.not_equal(read, np.array(None))):
        return None
    return np.asarray(np.frompyfunc(lambda x: np.datetime64(x, "D"), 1, 1)(read)).astype("M8[D]")


def _wall(value: Any) -> Any:
    """A date as its wall clock shows it, the start of a period, None for what is missing, else itself."""
    if is_of("pandas", "Period", value):
        value = value.to_timestamp(how="start")
    if is_absent(value):
        return None
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) is not None else value


def is_absent(value: Any) -> bool:
    """Whether it is None, or NaN or NaT, or NA, of which nothing is true or false."""
    try:
        return value is None or bool(value != value)
    except TypeError:
        return True


def _all_absent(value: Any) -> bool:
    """Whether there is nothing but None and its like, which are numbers as little as dates."""
    objects = np.asarray(value)
    return objects.dtype.kind == "O" and bool(
        np.all(np.equal(np.frompyfunc(_wall, 1, 1)(objects), np.array(None)))
    )
