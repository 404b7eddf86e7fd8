"""Growth of a figure on the one some periods earlier, and between two figures."""

from typing import Any

import numpy as np

from . import _core
from .along import check_indexes
from .containers import elementwise
from .pairing import BASES, KERNELS, METHODS, check_choice, rates, reasons
from .plans import Plan, make_plan

__all__ = ["cagr", "growth_between", "growth_rate", "growth_reason", "implied_base"]


def _plan(values: Any, axis: Any, time: Any, groups: Any, freq: Any, workers: Any) -> Plan | None:
    """The plan of one call; rows in order need none."""
    if time is None and groups is None:
        if freq is not None:
            raise ValueError(f"freq: goes with time, got {freq!r} and no time")
        return None
    check_indexes(values, axis, time=time, groups=groups)
    return make_plan(groups, time, freq, keep=False, workers=workers)


def growth_rate(
    values: Any,
    lag: Any = 1,
    *,
    axis: int = 0,
    time: Any = None,
    groups: Any = None,
    freq: str | None = None,
    method: str = "simple",
    base: str = "ieee",
    periods_per_year: float | None = None,
    fill: float = np.nan,
    out: Any = None,
    threads: int | None = None,
) -> Any:
    """Growth on the value `lag` periods earlier (同比 at a lag of a year, 环比 at lag 1).

    With x the value `lag` periods earlier and y the current one:

    ============  =====================================================
    simple        ``(y - x) / x``
    log           ``ln(y / x)``, NaN unless both are positive
    midpoint      ``2 (y - x) / (|x| + |y|)``, from -2 to 2
    difference    ``y - x``
    ratio         ``y / x``
    ============  =====================================================

    Rates are fractions: 0.03 is three percent. Without `time`, rows (of one group) are
    consecutive periods in order; with it, periods are compared and not rows, so a gap
    stays a gap and rows may come in any order.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Levels, at least one-dimensional, time along `axis`. float32 is kept; other types
        become float64, 64-bit integers after they have been subtracted as integers.
    lag : int or sequence of int
        Periods back. A negative lag looks forward, ``x[t] / x[t + |lag|] - 1``; lag 0
        compares each value with itself. A sequence adds a leading axis.
    axis : int
        The axis of time.
    time : array_like, optional
        The period of each row: integers, floats that are whole steps, datetime64 or
        dates, a pandas PeriodIndex, DatetimeIndex or Series. One lag is one step.
    groups : array_like, optional
        The unit of each row, as labels of any kind.
    freq : str, optional
        The step of dates: "Y", "Q", "M", "W" (from Monday), "D", "h", "min", "s", "ms",
        "us", "ns" or pandas' "ME", "QE", "YE", "MS", "QS", "YS". Dates in days or finer
        need it; a date stands for the period that holds it.
    method : {"simple", "log", "midpoint", "difference", "ratio"}
        See above.
    base : {"ieee", "nan", "abs", "raise"}
        What a zero or negative base gives: what IEEE arithmetic gives (an infinity, NaN,
        or a rate with the sign turned), NaN, the change over the size of the base (a zero
        base as with "ieee"), or a ValueError. "difference" ignores it; a log is NaN all
        the same; a midpoint rate divides by sizes anyway. Rates over sizes do not chain:
        simple and ratio ones of pandas and xarray objects say ``"abs"`` in
        ``attrs["growth_base"]``, and `chain` refuses them.
    periods_per_year : float, optional
        Annualize: the simple rate is compounded, ``(y / x)**(periods_per_year / lag) - 1``,
        the log multiplied by the same factor. A negative quotient compounds to NaN.
        With positive lags only.
    fill : float
        Stands where the earlier period is absent. Missing values stay NaN.
    out : ndarray, optional
        Where the result goes; it may be or overlap `values`.
    threads : int, optional
        See the environment variables SNDSTATS_NUM_THREADS and OMP_NUM_THREADS. The
        result does not depend on it.

    Returns
    -------
    ndarray, or the container given
        As `values`. Several lags of a Series are a frame with a column per lag, of a
        frame one with columns (name, lag), in polars "name_lag"; xarray gets a dimension
        "lag". In nullable columns a missing input, an absent
        period and a NaN made by a rule are NA. Empty input gives an empty result.

    Raises
    ------
    ValueError
        A repeated or missing group or time, dates without `freq`, a base refused by
        "raise", unknown words, shapes that do not fit. `out` is untouched then.
    TypeError
        Values that are not numbers, times that are not times.

    See Also
    --------
    chain : the way back, from rates to levels.
    growth_reason : why a rate is missing or is not an ordinary one.
    Panel : the same for many calls on one set of groups and times.

    Notes
    -----
    Memory beyond inputs and result: rows sorted by group and time need 8 bytes a group;
    other orders 4 bytes a row for codes of the groups, 4 to 6 for the order and 4 where
    periods are absent. What is not int64 is converted first: times at 8 bytes a row,
    labels other than integers at what their order and equality need. So are values: other
    types than float32, float64 and 64-bit integers, and floats with a mask, at 8 bytes a
    row; integers with missing ones at 16. "raise" looks at bases first, in a byte a row.

    Logs are within 0.6 units in the last place, annualized rates within
    ``2 + 2 |p ln(y / x)|`` of them with ``p = periods_per_year / lag``, before a result of
    float32 is rounded to it. They have the same bits on every processor.

    Examples
    --------
    >>> import sndstats as snd
    >>> [round(float(g), 6) for g in snd.growth_rate([90.0, 91.0, 85.0])]
    [nan, 0.011111, -0.065934]

    A missing year, in any order of rows:

    >>> g = snd.growth_rate([121.0, 100.0, 110.0], time=[2023, 2020, 2021], fill=-9.0)
    >>> [round(float(x), 6) for x in g]
    [-9.0, -9.0, 0.1]

    References
    ----------
    World Bank, DECSTAMAN growth page; OECD Economic Outlook, sources and methods,
    equations 1 and 2 (annualized and simple rates); S. J. Davis, J. C. Haltiwanger and
    S. Schuh, Job Creation and Destruction, 1996 (midpoint rates).
    """
    plan = _plan(values, axis, time, groups, freq, threads)
    return rates(plan, values, lag, axis, method, base, periods_per_year, fill, out, threads)


def growth_reason(
    values: Any,
    lag: Any = 1,
    *,
    axis: int = 0,
    time: Any = None,
    groups: Any = None,
    freq: str | None = None,
    threads: int | None = None,
) -> Any:
    """Why a growth rate is missing or is not an ordinary rate, as codes of `Reason`.

    The first that applies: NO_PERIOD (the earlier period is absent), MISSING_BASE,
    MISSING_CURRENT, ZERO_BASE; with a negative base LOSS_TO_PROFIT (扭亏为盈) for a
    positive current value, LOSS_NARROWED (减亏) or LOSS_WIDENED (增亏) for a negative
    one, NEGATIVE_BASE when it is zero or unchanged; PROFIT_TO_LOSS (由盈转亏) from a
    positive base; else OK.

    Parameters
    ----------
    values, lag, axis, time, groups, freq, threads
        As for `growth_rate`.

    Returns
    -------
    ndarray of int8, or the container given
        Shaped as the rates are.

    Raises
    ------
    ValueError, TypeError
        As `growth_rate`.

    Examples
    --------
    >>> import sndstats as snd
    >>> [snd.Reason(r).name for r in snd.growth_reason([-2.0, 3.0, 0.0, 1.0])]
    ['NO_PERIOD', 'LOSS_TO_PROFIT', 'OK', 'ZERO_BASE']

    References
    ----------
    National Bureau of Statistics of China, releases on industrial profits, which print
    these words instead of rates where the base is a loss.
    """
    return reasons(_plan(values, axis, time, groups, freq, threads), values, lag, axis, threads)


def growth_between(
    start: Any,
    end: Any,
    *,
    method: str = "simple",
    base: str = "ieee",
    out: Any = None,
    where: Any = True,
) -> Any:
    """Growth from `start` to `end`, element by element.

    The same formulas and rules as `growth_rate`, with `start` as the base.

    Parameters
    ----------
    start, end : array_like
        Levels in one unit; they broadcast. 64-bit integers, signed and unsigned, are
        subtracted exactly.
    method : {"simple", "log", "midpoint", "difference", "ratio"}
        As for `growth_rate`.
    base : {"ieee", "nan", "abs", "raise"}
        As for `growth_rate`.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        Fractions (points of the level for "difference"). Missing input gives NaN; empty
        input an empty result.

    Raises
    ------
    ValueError
        Shapes that do not broadcast, unknown words, a base refused by "raise".

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.growth_between(200.0, 210.0))
    0.05

    References
    ----------
    World Bank, DECSTAMAN growth page; S. J. Davis, J. C. Haltiwanger and S. Schuh, Job
    Creation and Destruction, 1996 (midpoint rates).
    """
    check_choice("method", method, METHODS)
    check_choice("base", base, BASES)
    ufunc = getattr(_core, "growth_" + KERNELS[method, base])
    if base == "raise" and method != "difference":
        refused = np.asarray(elementwise(_core.growth_refused, None, True, start=start, end=end)) == 1
        refused = refused & where
        if refused.any():
            cell = np.argwhere(refused)[0].tolist()
            at = f" at {cell[0] if len(cell) == 1 else tuple(cell)}" if cell else ""
            raise ValueError(f"start: zero or negative{at}; pass base='ieee', 'nan' or 'abs'")
    return elementwise(ufunc, out, where, start=start, end=end)


def cagr(start: Any, end: Any, periods: Any, *, out: Any = None, where: Any = True) -> Any:
    """Compound growth rate per period between two levels (年均增长率, 复合增长率).

    ``(end / start)**(1 / periods) - 1``, computed without cancellation. The span may be
    fractional; a negative one goes backward.

    Parameters
    ----------
    start, end : array_like
        Levels in one unit; they broadcast with `periods`. 64-bit integers are subtracted
        exactly.
    periods : array_like
        Number of periods from `start` to `end`.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        Fractions per period. NaN where an input is missing, where `start` is zero or
        negative, where `end` is negative and where `periods` is zero; -1 where `end` is
        zero (infinity going backward). Empty input gives an empty result.

    Raises
    ------
    ValueError
        Shapes that do not broadcast.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.cagr(1000.0, 1500.0, 5)), 10)
    0.0844717712

    References
    ----------
    World Bank, World Development Indicators, end-point growth rates; the function RRI of
    OpenFormula (OASIS, OpenDocument 1.2 part 2).
    """
    return elementwise(_core.cagr, out, where, start=start, end=end, periods=periods)


def implied_base(level: Any, growth: Any, *, out: Any = None, where: Any = True) -> Any:
    """The base that a level and its growth rate imply (按可比口径推算的基数).

    ``level / (1 + growth)``. Where a published rate rests on a revised or comparable
    base, this is that base, and differs from the level once printed.

    Parameters
    ----------
    level : array_like
        Current level.
    growth : array_like
        Its growth as a fraction; it broadcasts with `level`.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        In the unit of `level`. NaN where an input is missing and where `growth` is -1,
        which every base fits; a growth below -1 gives a base of the other sign. Empty
        input gives an empty result.

    Raises
    ------
    ValueError
        Shapes that do not broadcast.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.implied_base(406.91, 1.32)), 3)
    175.392

    References
    ----------
    National Bureau of Statistics of China, notes to the releases on industrial profits:
    rates are computed on a comparable basis.
    """
    return elementwise(_core.implied_base, out, where, level=level, growth=growth)
