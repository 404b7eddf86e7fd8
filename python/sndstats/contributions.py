"""What each part adds to the growth of a total, in points and as a share."""

import operator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .lanes import periods, run
from .numeric import as_float64
from .pairing import check_choice, parse_lags
from .parts import Compute, Parts, parts_of
from .sums import exact_sum

__all__ = ["contribution", "contribution_share"]

METHODS = ("additive", "laspeyres", "fisher", "ribe")
#: What each method needs beside the parts.
NEEDS: dict[str, tuple[str, ...]] = {
    "additive": (),
    "laspeyres": ("prices",),
    "fisher": ("prices",),
    "ribe": ("total", "weights", "period"),
}
#: What else a method takes.
TAKES = (("additive", "total"), ("ribe", "year"))

#: Periods of a year: counted on through many years they are exact as float64.
LONGEST = 2**20


def _lags(lag: Any) -> tuple[tuple[int, ...], bool]:
    lags, single = parse_lags(lag)
    if min(lags) < 1:
        raise ValueError(f"lag: expected 1 period or more, back to the base of the growth, got {lag!r}")
    return lags, single


def _number(name: str, value: Any, *, positive: bool) -> float:
    """A finite number above zero, or from zero, or the error that names it."""
    try:
        number = float(operator.pos(value))  # text has no sign
    except OverflowError:
        number = np.inf
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: expected a number, got {value!r}") from error
    if not (0 < number < np.inf or (number == 0 and not positive)):
        raise ValueError(
            f"{name}: expected a {'positive number' if positive else 'number from 0'}, got {value!r}"
        )
    return number


def _check_given(method: str, **given: Any) -> None:
    """Ask for what a method needs, and refuse what it would not look at."""
    for name, value in given.items():
        if name in NEEDS[method]:
            if value is None:
                raise ValueError(f"{name}: method {method!r} needs it, got None")
        elif value is not None and (method, name) not in TAKES:
            raise ValueError(f"{name}: does not go with method {method!r}, which needs none")


class _Total:
    """The total in every period, given or the exact sum of the parts, and its changes."""

    def __init__(self, table: Parts, given: Any):
        cells = table.cells
        self.terms = (
            cells.astype(np.float64, copy=False) if given is None and cells.dtype.kind == "f" else None
        )
        if given is None:
            self.level = _sum(cells if self.terms is None else self.terms)
        else:
            level = table.beside("total", given, 0, *range(2, cells.ndim))
            self.level = level if level.dtype.kind in "iu" else level.astype(np.float64, copy=False)

    def base(self, lag: int) -> NDArray[np.float64]:
        """The total `lag` periods earlier, in the rows that have one."""
        return self.level[:-lag].astype(np.float64, copy=False)

    def current(self, lag: int) -> NDArray[np.float64]:
        """The total in the same rows."""
        return self.level[lag:].astype(np.float64, copy=False)

    def ends(self, lag: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Two figures that differ by the change of the total exactly.

        The totals do, unless they are rounded sums. Then the second is the exact change, rounded,
        and the first what that took away, with its sign turned; if it is infinite, they are the totals.
        """
        if self.terms is None:
            return self.level[:-lag], self.level[lag:]
        terms = np.concatenate((self.terms[lag:], -self.terms[:-lag]), axis=1)
        change = _sum(terms)
        rest = -_sum(np.concatenate((terms, -change[:, np.newaxis]), axis=1))
        beyond = np.isinf(change)
        return np.where(beyond, self.level[:-lag], rest), np.where(beyond, self.level[lag:], change)


def _sum(cells: NDArray[Any]) -> NDArray[Any]:
    """Exact sums over the parts; a missing part leaves no total."""
    try:
        return np.asarray(exact_sum(cells, axis=1, skipna=False))
    except OverflowError as error:
        raise OverflowError(
            f"parts: their exact total does not fit {cells.dtype}; convert them to float64"
        ) from error


def _exact(name: str, figures: NDArray[Any]) -> NDArray[np.float64]:
    return as_float64(figures, name, "scale them down")


def _additive(table: Parts, total: Any, per_year: float | None, with_total: bool) -> Compute:
    cells, totals = table.cells, _Total(table, total)

    def compute(lag: int) -> tuple[NDArray[Any], NDArray[Any] | None]:
        base, growth = totals.base(lag), None
        if with_total or per_year is not None:
            ends = totals.ends(lag)
            if per_year is not None:
                change = _core.growth_difference(*ends)
                base = _core.contribution_annual_base(base, totals.current(lag), change, per_year / lag)
            growth = _core.contribution(*ends, base)
        return _core.contribution(cells[:-lag], cells[lag:], base[:, np.newaxis]), growth

    return compute


def _weighted(table: Parts, method: str, prices: Any, per_year: float | None) -> Compute:
    quantity = _exact("parts", table.cells).swapaxes(0, 1)
    price = _exact("prices", table.beside("prices", prices, *range(table.cells.ndim))).swapaxes(0, 1)

    def compute(lag: int) -> tuple[NDArray[Any], NDArray[Any]]:
        inputs = [quantity[:, lag:], quantity[:, :-lag], price[:, :-lag]]
        if method == "fisher":
            inputs.append(price[:, lag:])
        options = (0.0 if per_year is None else per_year / lag,)
        found = run(f"contribution_{method}", inputs, len(quantity) + 1, options)
        return found[:-1].swapaxes(0, 1), found[-1]

    return compute


def _chained(
    table: Parts, total: Any, weights: Any, period: Any, year: Any, link: Any, per_year: float | None
) -> Compute:
    axes = range(table.cells.ndim)
    index = _exact("parts", table.cells)
    overall = _exact("total", table.beside("total", total, 0, *axes[2:]))[:, np.newaxis]
    shares = _exact("weights", table.beside("weights", weights, *axes))
    outside = shares[(shares < 0) | (shares > 1)]
    if outside.size:
        raise ValueError(
            f"weights: expected shares from 0 to 1, got {float(outside[0])!r}; divide by the total's weight"
        )
    every = periods("link", link, most=LONGEST)
    order, number = _timed(table, period, year, every)
    index, shares, overall = index[order], shares[order], overall[order]
    number = number.reshape(-1, *(1 for _ in axes[1:]))

    def compute(lag: int) -> tuple[NDArray[Any], NDArray[Any]]:
        options = (lag, every, 0.0 if per_year is None else per_year / lag)
        found, growth = np.empty_like(index), np.empty_like(overall)
        found[order] = run("contribution_ribe", (index, shares, overall, number), len(index), options)
        whole = (overall, np.ones_like(overall), overall, number)
        growth[order] = run("contribution_ribe", whole, len(index), options)
        return found, growth[:, 0]

    return compute


def _timed(
    table: Parts, period: Any, year: Any, link: int
) -> tuple[slice | NDArray[np.intp], NDArray[np.float64]]:
    """The rows in the order of time, and in it their periods, counted on through the years."""
    number = table.beside("period", period, 0).astype(np.float64)
    wrong = number[~((number >= 1) & (number <= link) & (number == np.floor(number)))]
    if wrong.size:
        raise ValueError(f"period: expected whole numbers from 1 to {link}, got {float(wrong[0])!r}")
    if year is None:
        return slice(None), number + link * np.cumsum(np.diff(number, prepend=link) <= 0)
    years = table.beside("year", year, 0).astype(np.float64)
    wrong = years[~((np.abs(years) < 2**31) & (years == np.floor(years)))]
    if wrong.size:
        raise ValueError(f"year: expected whole numbers below 2**31 in size, got {float(wrong[0])!r}")
    through = number + link * years
    order = np.argsort(through, kind="stable")
    again = np.flatnonzero(np.diff(through[order]) == 0)
    if again.size:
        first, second = order[again[0] : again[0] + 2]
        raise ValueError(
            f"period: rows {first} and {second} are both period {number[first]:.0f} of year "
            f"{years[first]:.0f}; a year has one row per period (drop the repeated ones)"
        )
    return order, through[order]


def contribution(
    parts: Any,
    total: Any = None,
    lag: Any = 1,
    *,
    axis: int = 0,
    over: int = -1,
    method: str = "additive",
    prices: Any = None,
    weights: Any = None,
    period: Any = None,
    year: Any = None,
    link: int = 12,
    periods_per_year: float | None = None,
    return_total: bool = False,
) -> Any:
    """Contributions to growth, in points of the growth of the total (拉动, 拉动百分点).

    With x a part, X the total, q a quantity, p a price, 0 the base period and 1 the current one:

    ============  ==========================================================================
    additive      ``(x1 - x0) / X0``
    laspeyres     ``p0 (q1 - q0) / sum(p0 q0)``
    fisher        ``w (q1 - q0) / sum(w q0)`` with ``w = p1 / P + p0``, P being the Fisher price
                  index of the total between the two periods
    ribe          of an index chained every year: ``w (I1 - I0) / L * T / T0``, added over the
                  years from the base period to now, with I1 - I0 the item's change within a year,
                  w its weight in the year, L and T item and total in the link period before the
                  year, and T0 the total in the base period
    ============  ==========================================================================

    They add up to the growth of the total: of ``X1 / X0 - 1``, of the Laspeyres or Fisher quantity
    index, of the total's index. No part is divided by its own base, so parts may be zero or
    negative: inventories, net exports, and items that enter negatively, such as imports, which are
    given as negative figures.

    Parameters
    ----------
    parts : array_like, or a pandas, polars or xarray object
        Levels in one unit, at least two-dimensional, periods in order (unless there is `year`); the
        quantities or volumes for "laspeyres" and "fisher", the items' indices for "ribe". float32 is
        kept. 64-bit integers are subtracted exactly by "additive"; the others refuse integers above 2**53.
    total : array_like, optional
        What the points are of: shaped as `parts` without `over`. The exact sum of the parts by
        default, which a missing part leaves missing; for "ribe" the total's index, always needed.
        It may cover more than the parts, which then add up to their share of the growth.
    lag : int or sequence of int
        Periods back to the base, 1 or more. A sequence adds a leading axis.
    axis, over : int
        The axis of time, and the axis of the parts.
    method : {"additive", "laspeyres", "fisher", "ribe"}
        See above.
    prices : array_like, optional
        For "laspeyres" and "fisher": prices of the quantities, shaped as `parts`.
    weights : array_like, optional
        For "ribe": each item's share of the total in the year of the row, a fraction from 0 to 1,
        shaped as `parts`. Weights are used as they are and never made to add up; the contributions
        do if the weights of each year add up to 1. They are read in the current and in link periods.
    period : array_like of int, optional
        For "ribe": the month or quarter of each row, from 1 to `link`. Periods may be absent.
    year : array_like of int, optional
        For "ribe": the year of each row. With it, rows come in any order and whole years may be absent.
        Without it the oldest row is first, and the next year starts where `period` does not rise.
    link : int
        For "ribe": the last period of a year, in which the index is linked: 12 for months, 4 for
        quarters.
    periods_per_year : float, optional
        Give contributions at annual rates: all of a period are multiplied by the same factor, the
        total's annual growth ``(1 + g)**(periods_per_year / lag) - 1`` over its growth g, so that they
        add up to it (without growth the factor is its limit, ``periods_per_year / lag``). This is the
        plainest rule that adds up; it is not claimed to be the one of the Bureau of Economic Analysis.
    return_total : bool
        Return the growth of the total too.

    Returns
    -------
    ndarray, or the container given
        Fractions (0.06 is six points), shaped as `parts`; the first `lag` periods are NaN. Several lags
        of a pandas frame are columns (name, lag), of a polars one "name_lag"; xarray gets a dimension
        "lag". In nullable and polars columns what is NaN is NA.

        NaN where a figure that counts is missing: with "additive" the part in either period or the
        base total, with "laspeyres" also any earlier price or quantity, with "fisher" any of either
        period, with "ribe" one in the link periods between; also where a base or link period is not
        in the table. A total base of zero gives what IEEE arithmetic gives, a negative one turns
        the signs. At annual rates NaN if the total changes its sign. Empty input, empty result.
    tuple of two, with `return_total`
        The contributions, and the growth of the total that they are of, shaped as the total. The
        contributions, added exactly, differ from it by at most as many units in the last place,
        of the largest of them all, as there are parts (short of overflow and underflow): by
        "additive" unless a total is given, by "laspeyres" and "fisher" always. By "ribe" they
        add up to what rounding left of the indices.

    Raises
    ------
    ValueError
        Shapes or labels that do not fit, `over` the same as `axis`, unknown words, lags below 1, what
        a method needs or does not take, weights and periods out of range, a
        period of a year given twice.
    TypeError
        What is not a number.
    OverflowError
        Integer parts whose exact total does not fit their type.

    See Also
    --------
    contribution_share : the same as a share of the growth.

    Notes
    -----
    The Laspeyres form is that of offices that chain volumes every year: ``p0 q1`` are volumes at
    prices of the base period and ``p0 q0`` the values in it, whence the Australian Bureau of
    Statistics' ``(PY - PP) / PP of the total``. Given values and chained volumes, pass the
    volumes as `parts` and ``values / volumes`` as `prices`.

    The Fisher form is the one mean of both periods' prices, the same for all parts, at which the
    quantities add up to the index.

    Examples
    --------
    >>> import numpy as np
    >>> import sndstats as snd
    >>> gdp = np.array([[60.0, 30.0, 25.0, -15.0], [62.0, 29.0, 28.0, -17.0]])  # the last: imports
    >>> points, growth = snd.contribution(gdp, return_total=True)
    >>> points[1].round(6).tolist(), float(growth[1].round(6))
    ([0.02, -0.01, 0.03, -0.02], 0.02)

    Real growth by the Fisher index:

    >>> q, p = [[100.0, 50.0], [105.0, 60.0]], [[10.0, 20.0], [11.0, 18.0]]
    >>> snd.contribution(q, method="fisher", prices=p)[1].round(6).tolist()
    [0.026252, 0.094992]

    References
    ----------
    National Bureau of Statistics of China, yearbook notes on the contributions of the three demands
    (e.g. Qinghai Statistical Yearbook 2020, table 4-15); INSEE, definition of contributions to
    growth; OECD Economic Outlook, sources and methods (inventories); Australian Bureau of
    Statistics, 5206.0, June 2012, feature article; B. M. Balk, Price and Quantity Index Numbers,
    2008, 4.2.2 (J. van IJzeren's decomposition); Statistics Canada, Chain Fisher Volume Index
    Methodology, 13-604 no. 42, 2003; Eurostat, HICP Methodological Manual, 2024, 8.6 (Ribe).
    """
    check_choice("method", method, METHODS)
    lags, single = _lags(lag)
    per_year = (
        None if periods_per_year is None else _number("periods_per_year", periods_per_year, positive=True)
    )
    _check_given(method, total=total, prices=prices, weights=weights, period=period, year=year)
    table = parts_of(parts, axis, over)
    if method == "additive":
        compute = _additive(table, total, per_year, return_total)
    elif method == "ribe":
        compute = _chained(table, total, weights, period, year, link, per_year)
    else:
        compute = _weighted(table, method, prices, per_year)
    return table.deliver(compute, lags, single, total, return_total)


def contribution_share(
    parts: Any,
    total: Any = None,
    lag: Any = 1,
    *,
    axis: int = 0,
    over: int = -1,
    min_growth: float = 0.0005,
    return_total: bool = False,
) -> Any:
    """Each part's share in the change of the total (贡献率).

    ``(x1 - x0) / (X1 - X0)``: the contribution over the growth of the total. Shares add up to 1 if the
    parts add up to the total, but they are unbounded where the total hardly moves, and where
    it falls a part that grows has a negative share.

    Parameters
    ----------
    parts, total, lag, axis, over
        As for `contribution` with method "additive".
    min_growth : float
        Shares of a growth that is smaller than this in size are refused: they would say nothing. By
        default what prints as 0.0 %. With 0 only a total that has not changed at all is refused.
    return_total : bool
        Return the growth of the total too, which tells where shares were refused.

    Returns
    -------
    ndarray, or the container given
        Fractions (0.6 is 60 %), shaped as `parts`; the first `lag` periods are NaN, and so are refused
        shares and those of a missing part or total. In nullable and polars columns they are NA.
        Containers and several lags as for `contribution`. Empty input gives an empty result.
    tuple of two, with `return_total`
        The shares and the growth of the total, shaped as the total. It is infinite for a change from
        zero, whose shares are given.

    Raises
    ------
    ValueError, TypeError, OverflowError
        As `contribution`; a `min_growth` that is negative or not finite.

    See Also
    --------
    contribution : the same in points of growth.

    Examples
    --------
    Personal consumption, investment and imports in the growth of GDP, 1982 to 1990:

    >>> import sndstats as snd
    >>> parts = [[2073.1, 509.4, -309.3], [2721.8, 732.8, -552.8]]
    >>> snd.contribution_share(parts, [3164.2, 4182.5])[1].round(3).tolist()
    [0.637, 0.219, -0.239]

    References
    ----------
    National Bureau of Statistics of China, yearbook notes on the contributions of the three demands
    (e.g. Qinghai Statistical Yearbook 2020, table 4-15: the increment of each over that of GDP);
    Survey of Current Business, July 1995, table 1.
    """
    lags, single = _lags(lag)
    least = _number("min_growth", min_growth, positive=False)
    table = parts_of(parts, axis, over)
    cells, totals = table.cells, _Total(table, total)

    def compute(back: int) -> tuple[NDArray[Any], NDArray[Any]]:
        ends = totals.ends(back)
        growth = _core.contribution(*ends, totals.base(back))
        change = _core.contribution_share_base(growth, _core.growth_difference(*ends), least)
        return _core.contribution(cells[:-back], cells[back:], change[:, np.newaxis]), growth

    return table.deliver(compute, lags, single, total, return_total)
