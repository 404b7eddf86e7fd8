"""Year-to-date figures to single periods and back, and their growth on a comparable base."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import _core, threads
from .along import Figures, along_axis, axis_of, check_indexes, figures
from .containers import aligned_operands, is_frame, is_series
from .keys import combine
from .labels import factorize
from .numeric import as_float64
from .pairing import check_choice
from .plans import MOST_ROWS
from .rounding import Interval

__all__ = ["period_growth_from_ytd", "period_to_ytd", "ytd_to_period"]

FIRST = ("combined", "split", "nan")


class Calendar(NamedTuple):
    """A plan whose units are years, and the period of each row inside its year."""

    plan: Any
    period: NDArray[np.int64]


def _whole(name: str, column: Any, least: int | None = None) -> NDArray[np.int64]:
    """A column of whole numbers; the error names the first that is none."""
    try:
        data, missing, *_ = figures(column, name)
    except TypeError as error:
        raise TypeError(f"{error}; of dates, pass dates.month (or .quarter) and dates.year") from error
    if data.ndim != 1:
        raise ValueError(f"{name}: expected one dimension, got shape {data.shape}")
    wrong = np.zeros(data.shape, np.bool_) if missing is None else missing.copy()
    if least is not None:
        wrong |= data < least
    if data.dtype.kind == "u":
        wrong |= data >= 2**63
    elif data.dtype.kind == "f":
        wrong |= (data != np.rint(data)) | (np.abs(data) >= 2.0**63)
    if wrong.any():
        row = int(np.argmax(wrong))
        got = "nothing" if missing is not None and missing[row] else data[row].item()
        limit = "" if least is None else f" from {least}"
        raise ValueError(f"{name}: expected whole numbers{limit}, got {got} at row {row}")
    return np.ascontiguousarray(data, np.int64)


def _calendar(period: Any, year: Any, groups: Any, newest_first: bool) -> Calendar:
    """The rows lined up by year (of each unit) and period; errors name rows, years and periods."""
    check_indexes(period, year=year, groups=groups)
    when = _whole("period", period, 1)
    if year is None:
        if groups is not None:
            raise ValueError("groups: goes with year, which tells the years of a unit apart; pass year")
        years = np.empty_like(when)
        wrong = _core.ytd_years(when, bool(newest_first), years)
        if wrong is not None:
            raise ValueError(_out_of_order(when, wrong, newest_first))
    else:
        years = _whole("year", year)
        if years.shape != when.shape:
            raise ValueError(f"year: expected shape {when.shape} as period has, got {years.shape}")
    labels = years if groups is None else _of_units(groups, years)
    parts = threads.count(len(when))
    found = _core.panel_scan(labels, when, False, parts)
    if found is not None:
        return Calendar(found[0], when)
    if len(when) > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows must be sorted by (unit,) year and period")
    codes, uniques = factorize(labels)
    made = _core.panel_sort(codes, len(uniques), when, parts)
    if len(made) == 2:
        raise ValueError(_repeated(made, when, years, groups))
    return Calendar(made[0], when)


def _of_units(groups: Any, years: NDArray[np.int64]) -> NDArray[np.int64]:
    """One label for each year of each unit."""
    codes, uniques = factorize(groups, name="groups")
    if codes.shape != years.shape:
        raise ValueError(f"groups: expected shape {years.shape} as period has, got {codes.shape}")
    if codes.size and codes.min() < 0:
        raise ValueError(f"groups: missing at row {int(np.argmin(codes))}; drop rows without a group")
    return combine([(codes, uniques), factorize(years)], "sorted")[0].astype(np.int64)


def _out_of_order(period: NDArray[np.int64], row: int, newest_first: bool) -> str:
    if period[row] == period[row - 1]:
        return (
            f"period: rows {row - 1} and {row} are both period {period[row]}; a year has one row per "
            "period (pass year if these are of two years)"
        )
    run = ", ".join(map(str, period[row - 2 : row + 1].tolist()))
    order, remedy = (
        ("newest first", "leave newest_first out")
        if newest_first
        else ("oldest first", "pass newest_first=True")
    )
    return f"period: {run} at rows {row - 2} to {row} is no order with the {order}; {remedy}, or pass year"


def _repeated(rows: tuple[int, ...], period: NDArray[np.int64], years: NDArray[np.int64], groups: Any) -> str:
    row = rows[0]
    unit = ""
    if groups is not None:
        unit = f" of group {groups.iloc[row] if hasattr(groups, 'iloc') else np.asarray(groups)[row]}"
    return (
        f"period: rows {row} and {rows[1]} are both period {period[row]} of year {years[row]}{unit}; "
        "a year has one row per period (aggregate or drop the repeated ones)"
    )


def _check_rows(calendar: Calendar, shape: tuple[int, ...], axis: int) -> None:
    if shape[axis] != len(calendar.period):
        raise ValueError(
            f"period: expected {shape[axis]} values, one for each row along axis {axis}, "
            f"got {len(calendar.period)}"
        )


def _apply(calendar: Calendar, measure: str, values: Any, axis: Any) -> Any:
    """A measure of the core whose result has the shape and the container of the values."""

    def compute(numbers: Figures, where: int) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
        data, missing = numbers.data, numbers.missing
        _check_rows(calendar, data.shape, where)
        result = np.empty_like(data, np.float32 if data.dtype == np.float32 else np.float64, subok=False)
        _core.ytd(
            calendar.plan,
            calendar.period,
            measure,
            np.moveaxis(data, where, 0),
            None if missing is None else np.moveaxis(missing, where, 0),
            np.moveaxis(result, where, 0),
            threads.count(data.size),
        )
        return result[np.newaxis], np.isnan(result)[np.newaxis] if numbers.nullable else None

    return along_axis(compute, values, axis, (0,), True)


def ytd_to_period(
    values: Any,
    period: Any,
    year: Any = None,
    *,
    axis: int = 0,
    first: str = "combined",
    groups: Any = None,
    newest_first: bool = False,
) -> Any:
    """Single periods from year-to-date figures (累计值 -> 当月值).

    ``S[m] - S[m-1]`` inside a year; the first period of a year is itself. Periods are
    compared and not rows, so a period without a predecessor is NaN and never the
    difference over a gap. One case is no gap: a second period without a first (January
    and February published together) is the figure of both, see `first`.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Year-to-date figures, at least one-dimensional. float32 is kept; other types become
        float64, 64-bit integers after they have been subtracted as integers.
    period : array_like
        The period inside the year of each row along `axis`: whole numbers from 1, months
        (1 to 12), quarters (1 to 4) or any others. Of dates, ``dates.month`` or
        ``dates.quarter``.
    year : array_like of int, optional
        The year of each row, ``dates.year``; a fiscal year will do. With it, rows come in
        any order. Without it they are in the order of time, and a new year starts where
        `period` falls.
    axis : int
        The axis of time.
    first : {"combined", "split", "nan"}
        What becomes of a second period in whose year the first has no figure, be it that
        its row is absent or that the value is missing: the second period holds the figure
        of both, each gets half (the first, if its row is there), or both are NaN. Where the
        first has a figure nothing is split.
    groups : array_like, optional
        The unit of each row, as labels of any kind; needs `year`.
    newest_first : bool
        Rows without `year` run from the newest to the oldest, and a new year starts where
        `period` rises.

    Returns
    -------
    ndarray, or the container given
        As `values`, in their unit. NaN where a value is missing or the period before is;
        in nullable columns NA. Zero and negative figures are figures. Empty input gives
        an empty result.

    Raises
    ------
    ValueError
        A period that is not whole or below 1, named with its row; a repeated period of a
        year; without `year`, neighbors of one period, or three that count the wrong way;
        lengths that do not fit; an unknown word for `first`; indexes that differ.
    TypeError
        Values, periods or years that are not numbers.

    See Also
    --------
    period_to_ytd : the way back, which gives the values again (see Notes).
    period_growth_from_ytd : growth of single periods on the comparable base.

    Notes
    -----
    Differences are exact and rounded once. `period_to_ytd` gives the figures of years without
    gaps back, unless `first` has dropped a figure ("nan") or halved it beside an absent row
    ("split"): whole numbers up to 2^52 exactly, others within half a unit in the last place
    of each single period so far and of the result. Memory beyond input and result: 8 bytes a row
    (of the axis, not a cell) for each of `period` and `year`, 8 more where rows are not
    in order, and what `growth_rate` takes for `groups`.

    Examples
    --------
    >>> import pandas as pd
    >>> import sndstats as snd
    >>> dates = pd.to_datetime(["2022-02-28", "2022-03-31", "2022-04-30", "2023-02-28"])
    >>> snd.ytd_to_period([30.0, 50.0, 75.0, 34.0], dates.month, dates.year).tolist()
    [30.0, 20.0, 25.0, 34.0]

    Newest first, indicators in rows, and a January that was never published. (Of datetime64
    the month is ``dates.astype("M8[M]").astype(int) % 12 + 1``, the year
    ``dates.astype("M8[Y]").astype(int) + 1970``.)

    >>> import numpy as np
    >>> table = np.array([[90.0, 50.0, 30.0, np.nan], [9.0, 6.0, 4.0, 1.0]])
    >>> snd.ytd_to_period(table, [4, 3, 2, 1], axis=1, first="split", newest_first=True).tolist()
    [[40.0, 20.0, 15.0, 15.0], [3.0, 2.0, 3.0, 1.0]]

    References
    ----------
    National Bureau of Statistics of China, notes to the monthly releases: since 2013 the
    figures of January and February are surveyed and published together, because the
    Spring Festival moves between them.
    """
    check_choice("first", first, FIRST)
    check_indexes(values, axis, period=period, year=year, groups=groups)
    return _apply(_calendar(period, year, groups, newest_first), first, values, axis)


def period_to_ytd(
    values: Any,
    period: Any,
    year: Any = None,
    *,
    axis: int = 0,
    groups: Any = None,
    newest_first: bool = False,
) -> Any:
    """Year-to-date figures from single periods (当月值 -> 累计值).

    The sum of the year's periods so far. A missing or absent period makes the rest of its
    year NaN, with the one exception of `ytd_to_period`: in a year whose first period has
    no figure the second one is that of both, and the sum starts with it.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Figures of single periods, at least one-dimensional. float32 gives float32; other
        types, integers included, give float64.
    period, year, axis, groups, newest_first
        As for `ytd_to_period`.

    Returns
    -------
    ndarray, or the container given
        As `values`, in their unit. Each figure is the exact sum, rounded once: it does not
        depend on the order of rows, and a total that overflows only on the way is right.
        A year that starts with its third period or later is NaN; in nullable columns NA.
        Empty input gives an empty result.

    Raises
    ------
    ValueError, TypeError
        As `ytd_to_period`.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.period_to_ytd([30.0, 20.0, 25.0, 34.0], [2, 3, 4, 2], [2022, 2022, 2022, 2023]).tolist()
    [30.0, 50.0, 75.0, 34.0]

    References
    ----------
    National Bureau of Statistics of China, notes to the monthly releases. R. M. Neal, Fast
    exact summation using small and large superaccumulators, arXiv:1505.05571 (2015).
    """
    check_indexes(values, axis, period=period, year=year, groups=groups)
    return _apply(_calendar(period, year, groups, newest_first), "sum", values, axis)


def _float64(name: str, value: Any) -> NDArray[np.float64]:
    """The figures as float64, exactly; NaN for each that is missing."""
    data, missing, *_ = figures(value, name)
    exact = as_float64(data, name, "divide them by a unit first")
    return exact if missing is None else np.where(missing, np.nan, exact)


def _tables(operands: dict[str, Any], axis: Any) -> tuple[NDArray[np.float64], tuple[int, ...], int]:
    """The operands broadcast, each as a table with `axis` first; their shape and that axis."""
    found = [_float64(name, x) for name, x in zip(operands, aligned_operands(operands), strict=True)]
    for name, x in zip(operands, found, strict=True):
        if name.endswith("half_width") and np.any(wrong := (x < 0) | np.isinf(x)):
            raise ValueError(f"{name}: expected finite numbers from 0 up, got {x[wrong].flat[0]}")
    try:
        shape = np.broadcast_shapes(*(x.shape for x in found))
    except (ValueError, RuntimeError) as error:  # the latter: beyond 32 dimensions
        shapes = ", ".join(f"{name} {x.shape}" for name, x in zip(operands, found, strict=True))
        raise ValueError(f"shapes do not broadcast: {shapes} ({error})") from error
    if not shape:
        raise ValueError("ytd: expected at least one dimension, got a single value")
    where = axis_of(axis, len(shape))
    rows = [np.moveaxis(np.broadcast_to(x, shape), where, 0) for x in found]
    return np.stack(rows).reshape(len(rows), shape[where], math.prod(rows[0].shape[1:])), shape, where


def period_growth_from_ytd(
    ytd: Any,
    ytd_growth: Any,
    period: Any,
    year: Any = None,
    *,
    half_width: Any = 0.0,
    growth_half_width: Any = 0.0,
    axis: int = 0,
    groups: Any = None,
    newest_first: bool = False,
) -> Interval:
    """Growth of single periods on their comparable base (可比口径的当月同比).

    With S the year to date and G its published growth, m the period::

        (S[m] - S[m-1]) / (S[m] / (1 + G[m]) - S[m-1] / (1 + G[m-1])) - 1

    The base is what the published rates imply on today's scope, not last year's print: ratios
    of prints are wrong, even in sign, where firms, prices or definitions have changed. Late
    in the year it is a small difference of large figures, and the rounding of the rates
    alone may leave several points, or the sign, open: look at the ends.

    Parameters
    ----------
    ytd : array_like
        Year-to-date figures, at least one-dimensional, time along `axis`.
    ytd_growth : array_like
        Their growth on the year before, as fractions; it broadcasts with `ytd`.
    period, year, groups, newest_first
        As for `ytd_to_period`.
    half_width, growth_half_width : float or array_like
        How far the true figures may be from the printed ones, see `sndstats.half_width`:
        of `ytd` in its unit, of `ytd_growth` as a fraction (0.0005 for a rate in percent
        with one decimal). They broadcast with `ytd` as NumPy's arrays do. 0 is exact.
    axis : int
        The axis of time.

    Returns
    -------
    Interval
        Fractions in the broadcast shape: `value` from the printed figures, `low` and
        `high` over all figures inside their half-widths, `sign_open` where they leave
        open whether the period grew or shrank. The first period of a year, and a second one
        that is the figure of both, have the year-to-date growth itself with its half-width,
        whether or not their level is known.

        Elsewhere NaN where a figure or its predecessor is missing; where only a half-width
        is, the ends are NaN. Where the base may be zero or of either sign the interval is
        open, from -inf to inf; a base that is exactly zero gives a value of NaN, as does one
        that some 100 bits cannot tell from it (two growth rates less than 1e-25 apart), and so does
        a growth of -1, which every base fits. With exact figures nothing is known then, and
        the ends are NaN too. Rates beyond 1e18 are not told from such cases. Negative figures
        and bases are computed as they are. Empty input gives an empty result.

    Raises
    ------
    ValueError
        Negative or infinite half-widths; shapes that do not broadcast; integers beyond 2^53,
        which are no float64; and as `ytd_to_period`.
    TypeError
        Figures that are not numbers.

    See Also
    --------
    ytd_to_period : the single periods themselves.

    Notes
    -----
    Each figure stands once above and once below the line, so that the extremes are at the 16
    corners of the printed ranges as long as the base keeps its sign. Corners are computed to
    some 100 bits and the ends rounded outward, so that the exact range is always inside. An
    end is outside it by at most two units in the last place, plus (for rates of -0.9 and above)
    1e-27 ``(1 + |end|)`` times the ratio of the year to date to the single period's base. Takes
    56 bytes a cell, of which 24 are the result.

    Examples
    --------
    Profits of China's makers of cars in October 2021, which the prints of 2020 and 2021
    let grow over the year so far (423.37 on 421.15), though it is a fall by 2.9 %:

    >>> import sndstats as snd
    >>> g = snd.period_growth_from_ytd(
    ...     [379.97, 423.37], [0.012, -0.029], [9, 10], growth_half_width=0.0005
    ... )[1]
    >>> g
    Interval([-0.2880582, -0.2783504], value=-0.2832369)
    >>> bool(g.sign_open)
    False

    References
    ----------
    National Bureau of Statistics of China, notes to the releases on industrial profits and on
    investment: growth is computed on a comparable basis. R. E. Moore, Interval Analysis,
    1966.
    """
    operands = {
        "ytd": ytd,
        "ytd_growth": ytd_growth,
        "half_width": half_width,
        "growth_half_width": growth_half_width,
    }
    labelled = [x for x in operands.values() if is_frame(x)] + [x for x in operands.values() if is_series(x)]
    check_indexes((labelled or [ytd])[0], axis, period=period, year=year, groups=groups)
    tables, shape, where = _tables(operands, axis)
    calendar = _calendar(period, year, groups, newest_first)
    _check_rows(calendar, shape, where)
    found = _core.ytd_growth(calendar.plan, calendar.period, tables, threads.count(tables[0].size))
    del tables  # before the results are copied
    others = tuple(n for k, n in enumerate(shape) if k != where)
    results = np.moveaxis(found.reshape(3, shape[where], *others), 1, where + 1)
    return Interval(results[1], results[2], results[0])
