"""Levels from growth rates, and growth over several periods."""

# Annotations of inner functions would be evaluated at every call.
from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .along import axis_of
from .containers import is_frame, is_of, is_series
from .lanes import kept, moved
from .lanes import periods as whole_periods
from .operands import check_labels, is_container, paired, whole
from .pairing import METHODS, check_choice, parse_periods, refuse_sized_base

__all__ = ["chain", "compound_growth", "flow_growth"]

#: More periods than any axis has, and still a float.
MOST = 2**53


def _check_start_labels(start: Any, rates: Any, where: int, lag: int, part: slice) -> Any:
    """The start, its labels checked against those of the periods (or lanes) that it is for."""
    if is_series(start) and (is_series(rates) or is_frame(rates)):
        across = is_frame(rates) and lag == 1
        labels = rates.columns if is_frame(rates) and (where == 0) == across else rates.index
        if not start.index.equals(labels if across else labels[part]):
            raise ValueError(
                "start: its index differs from that of the rates it stands for; align it, or use "
                "start.to_numpy() to go by position"
            )
        return start
    if is_frame(start) and is_frame(rates):
        head = rates.iloc[(slice(None),) * where + (part,)]
        return check_labels(head, start, ("rates", "start"))[1]
    if is_of("xarray", "DataArray", start) and is_of("xarray", "DataArray", rates):
        head = rates[(slice(None),) * where + (part,)]
        start = check_labels(head, start, ("rates", "start"))[1]
        return _each_lane(start, head, where, lag)
    return check_labels(rates, start, ("rates", "start"))[1]


def _each_lane(start: Any, head: Any, where: int, lag: int) -> Any:
    """A DataArray of starts with all dimensions of the rates, if it has some of them."""
    if start.ndim == 0:
        return start
    if lag > 1 and head.dims[where] not in start.dims:
        raise ValueError(
            f"start: expected dimension {head.dims[where]!r}, the first {lag} periods of the lag, "
            f"got {start.dims}"
        )
    return start.broadcast_like(head).transpose(*head.dims)


def _seeds(start: Any, rates: Any, where: int, lag: int, backward: bool) -> NDArray[Any]:
    """Levels (min(lag, n), ...) of the first or last periods of every lane."""
    shape = rates.shape
    count = min(lag, shape[where])
    part = slice(shape[where] - count, shape[where]) if backward else slice(0, count)
    labelled = is_container(start)
    array = whole(_check_start_labels(start, rates, where, lag, part) if labelled else start, "start")
    others = (*shape[:where], *shape[where + 1 :])
    if array.ndim == len(shape):
        array = moved(array, where, 0)
    elif array.ndim == 1 and lag > 1:
        array = array.reshape(-1, *(1 for _ in others))
    elif array.ndim == 0 or (array.ndim == len(others) and lag == 1):
        array = np.repeat(array.reshape(1, *(array.shape or (1,) * len(others))), count, axis=0)
    if array.ndim == len(shape) and len(array) == lag:
        array = array[lag - count :] if backward else array[:count]
    if array.ndim == len(shape) and len(array) == count:
        if array.shape[1:] == others:
            return array
        with suppress(ValueError):
            return np.broadcast_to(array, (count, *others))
    raise ValueError(
        f"start: expected one level, {lag} along axis {where} as the lag is, or with lag 1 one for each "
        f"lane, for rates of shape {shape}, got shape {np.shape(start)}"
    )


def _check_first(rates: NDArray[Any], lag: int) -> None:
    """Refuse rates of periods that have no period before them."""
    missing = np.isnan(rates[:lag])
    if not missing.all():
        cell = tuple(np.argwhere(~missing)[0].tolist())
        raise ValueError(
            f"rates: expected NaN in the first {lag} along the axis, which are levels of start and have "
            f"no rate, got {float(rates[cell])!r} in place {cell[0]}; prepend NaN, "
            f"e.g. np.concatenate([[np.nan] * {lag}, rates])"
        )


def chain(
    rates: Any,
    start: Any = 100.0,
    *,
    lag: int = 1,
    axis: int = 0,
    periods_per_year: float | None = None,
    backward: bool = False,
    method: str = "simple",
) -> Any:
    """Levels from growth rates: an index, or a series carried on or back (定基指数由环比连乘).

    Forward, ``x[t] = x[t - lag] * (1 + g[t])`` from the first `lag` levels; backward,
    ``x[t - lag] = x[t] / (1 + g[t])`` from the last. It undoes `growth_rate` with the same
    `lag`, `method` and `periods_per_year`.

    Parameters
    ----------
    rates : array_like, or a pandas, polars or xarray object
        Growth on the value `lag` periods earlier, as fractions (in the unit of the level for
        "difference", factors for "ratio"), oldest first. The first `lag` along `axis` have no
        earlier period and must be NaN, backward too: rates keep their dates.
    start : array_like
        The first `lag` levels, or with `backward` the last: a single one for all, `lag` of them
        along `axis`, as ``x[:lag]``, with lag 1 one for each lane, as ``x[0]``. A 1-D start of a
        longer lag stands for all lanes. Labels of pandas and xarray objects must be those of
        the rates.
    lag : int
        Periods between a level and its base: 12 for rates on a year earlier of months.
    axis : int
        The axis of time.
    periods_per_year : float, optional
        The rates are annualized: the factor of a lag is
        ``(1 + g) ** (lag / periods_per_year)``, of log rates ``exp(g * lag / periods_per_year)``.
        With "simple" and "log" only.
    backward : bool
        Go from the last levels to earlier ones (back-casting).
    method : {"simple", "log", "midpoint", "difference", "ratio"}
        What the rates are, as for `growth_rate`: the level is multiplied by ``1 + g``,
        ``exp(g)``, ``(2 + g) / (2 - g)`` (its inverse where the level is negative), or ``g``, or
        grows by ``g``. Midpoint rates lead to no other sign than that of the start.

    Returns
    -------
    ndarray, or the container given
        Levels of the shape of `rates`, in the unit of `start`. A missing rate makes all that
        follow from it NaN: the rest, for longer lags every `lag`-th period of it. Going back over
        a rate of -1, a ratio of 0 or a midpoint rate of -2 gives NaN, for the earlier level is
        lost; so does going on over a midpoint rate of 2, which comes from nothing (below zero
        these two change places), and any annualized rate below -1. A zero level stays zero.
        Empty input gives an empty result.

    Raises
    ------
    ValueError
        A rate among the first `lag` that is not NaN; a start of another shape or with other
        labels; pandas and xarray rates that ``base="abs"`` made. Such rates are over the size
        of the base and do not lead from level to level where it is negative; of plain arrays
        this cannot be known.
    TypeError
        Rates or levels that are not numbers.

    See Also
    --------
    growth_rate : the way there.
    rebase : another period as 100.
    compound_growth : growth over several periods, without levels.

    Notes
    -----
    The level is carried in two parts of together 106 bits, so what a level has lost is what the
    rates have lost: rounding a rate to a double changes a level of steps between 1/2 and 2 by at
    most one unit in the last place per step.

    Examples
    --------
    >>> import numpy as np
    >>> import sndstats as snd
    >>> snd.chain([np.nan, 0.05, 0.02]).round(6).tolist()
    [100.0, 105.0, 107.1]

    Rates on a year earlier need a year of levels; carried back, the year after them:

    >>> halves = [np.nan, np.nan, 0.5, 0.25]
    >>> snd.chain(halves, start=[2.0, 4.0], lag=2).tolist()
    [2.0, 4.0, 3.0, 5.0]
    >>> snd.chain(halves, start=[3.0, 5.0], lag=2, backward=True).tolist()
    [2.0, 4.0, 3.0, 5.0]

    References
    ----------
    Guangxi Statistical Yearbook 2016, explanatory notes: a fixed-base index is the product of
    those on the period before. OECD, back-splicing: a series is carried back over a break by the
    growth rates of the one it replaces. R packages tis (growth.rate) and tsbox (ts_compound), which
    chain rates on the period before.
    """
    refuse_sized_base(rates)
    check_choice("method", method, METHODS)
    step = whole_periods("lag", lag, 1, MOST)
    annual = parse_periods(periods_per_year, (step,), method)
    figures = rates if is_container(rates) else whole(rates, "rates")
    where = axis_of(axis, len(figures.shape), "rates")
    seeds = _seeds(start, figures, where, step, bool(backward))

    def beside(data: NDArray[Any], column: int | None) -> Sequence[NDArray[Any]]:
        _check_first(data, step)
        return [seeds if column is None else seeds[:, column]]

    span = 1.0 if annual is None else step / annual
    within = min(step, max(figures.shape[where], 1))
    options = (within, span, METHODS.index(method), bool(backward))
    return kept("chain", figures, axis, beside=beside, options=options, name="rates")


def compound_growth(rates: Any, periods: int, *, axis: int = 0, average: bool = False) -> Any:
    """Growth over several periods from the rate of each (环比连乘; 两年平均增速).

    ``prod(1 + g) - 1`` over the last `periods` rates: growth on a year earlier from four
    quarters' rates, growth since the year before last from two annual rates. With `average`, the
    mean rate of one period, ``prod(1 + g) ** (1 / periods) - 1``.

    Parameters
    ----------
    rates : array_like, or a pandas, polars or xarray object
        Growth of consecutive periods on the period before, as fractions, oldest first.
    periods : int
        How many to compound.
    axis : int
        The axis of time.
    average : bool
        Give the geometric mean: the rate that, had every period had it, leads to the same level.

    Returns
    -------
    ndarray, or the container given
        Fractions, of the shape of `rates`; NaN until there are `periods` rates, and where one of
        them is missing. The mean of several is NaN where rates below -1 lead below zero. A
        product that leaves the range of float64 on the way, or at the end of a mean, is none the
        worse. Empty input gives an empty result.

    Raises
    ------
    ValueError
        A number of periods that is not whole and positive; pandas and xarray rates that
        ``base="abs"`` made, which do not compound.
    TypeError
        Rates that are not numbers.

    See Also
    --------
    chain : levels from the rates.
    cagr : the mean rate from two levels.

    Notes
    -----
    ``1 + g`` and its products are kept in two parts of together 106 bits, so small rates keep
    their digits. Every window is its own, at a cost that does not grow with `periods`: nothing
    drifts, and a missing rate spoils no other windows than those that hold it.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.compound_growth([0.01, 0.02, 0.03, 0.04, 0.05], 4).round(6).tolist()
    [nan, nan, nan, 0.10355, 0.147255]

    Profits of industry fell by 38.3 % and rose by 179 %, over two years by 31.2 % a year:

    >>> float(snd.compound_growth([-0.383, 1.79], 2, average=True)[-1].round(3))
    0.312

    References
    ----------
    National Bureau of Statistics of China, releases of 2021: two-year averages are geometric
    means of the rates of 2020 and 2021, on the base of 2019.
    """
    refuse_sized_base(rates)
    window = whole_periods("periods", periods, 1, MOST)
    return kept("compound_growth", rates, axis, options=(window, bool(average)), name="rates")


def flow_growth(flows: Any, stocks: Any, *, axis: int = 0) -> Any:
    """Growth of a stock by its transactions: the flow over the stock before (货币存量增长率).

    ``F[t] / L[t - 1]``. A stock also changes by reclassification, revaluation and exchange
    rates; growth of money and credit leaves those out.

    Parameters
    ----------
    flows : array_like, or a pandas, polars or xarray object
        Transactions of each period, in the unit of the stocks: their change less what is no
        transaction, ``growth_rate(stocks, method="difference") - other_changes``.
    stocks : array_like, or a pandas, polars or xarray object
        Amounts outstanding at the end of each period, in the shape of the flows; indexes,
        coordinates or columns must agree.
    axis : int
        The axis of time.

    Returns
    -------
    ndarray, or the container of the first that has one
        Fractions, NaN in the first period and where the flow or the stock before is missing. A
        stock of zero or below gives what IEEE arithmetic gives. Empty input gives an empty
        result.

    Raises
    ------
    ValueError
        Shapes, indexes or coordinates that differ.
    TypeError
        Values that are not numbers.

    See Also
    --------
    chain : the index of notional stocks from these rates.
    compound_growth : the rate over a year.

    Examples
    --------
    A reclassification of 20 in the third period is no growth. The index of notional stocks, and
    growth over two periods:

    >>> import numpy as np
    >>> import sndstats as snd
    >>> stocks = np.array([100.0, 110.0, 141.0, 150.87])
    >>> other_changes = np.array([0.0, 0.0, 20.0, 0.0])
    >>> flows = snd.growth_rate(stocks, method="difference") - other_changes
    >>> g = snd.flow_growth(flows, stocks)
    >>> g.round(4).tolist()
    [nan, 0.1, 0.1, 0.07]
    >>> snd.chain(g).round(4).tolist()
    [100.0, 110.0, 121.0, 129.47]
    >>> snd.compound_growth(g, 2).round(4).tolist()
    [nan, nan, 0.21, 0.177]

    References
    ----------
    European Central Bank, notes to the monetary aggregates: growth is that of an index from
    transactions over the amounts outstanding before them. Czech National Bank, Calculation of
    growth rates (methodological notes), on flows. SDMX code list of time transformations, F
    (growth, flow over stock).
    """
    return paired("flow_growth", axis, {"flows": flows, "stocks": stocks})
