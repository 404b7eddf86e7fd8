"""One growth rate for a whole series, rates over another span, and doublings."""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .along import axis_of, check_indexes, figures, refuse_lazy
from .containers import elementwise, is_of
from .lanes import reduced
from .numeric import check_weights, weights_of
from .pairing import check_choice
from .periods import in_order

__all__ = ["annualize", "average_growth", "doubling_time", "doublings"]

METHODS = ("geometric", "arithmetic", "cumulative", "least_squares", "exponential")
#: Methods that go from one period to the next, and those that ask how many levels are there.
STEPWISE = ("arithmetic", "cumulative")
COVERED = ("arithmetic", "least_squares")


def average_growth(
    values: Any,
    *,
    axis: int = 0,
    time: Any = None,
    method: str = "geometric",
    weights: Any = None,
    min_coverage: float = 0.5,
    freq: str | None = None,
) -> Any:
    """Average growth per period over a whole series (平均增长速度, 年均增速).

    With levels x_0 .. x_n at times t_0 .. t_n:

    =============  ===================================================================
    geometric      ``(x_n / x_0)**(1 / (t_n - t_0)) - 1``, the level method (水平法)
    exponential    ``ln(x_n / x_0) / (t_n - t_0)``
    arithmetic     mean of the rates ``(x_i - x_(i-1)) / x_(i-1)`` that there are
    cumulative     g with ``sum((1 + g)**i, i = 1..n) = sum(x_1..x_n) / x_0``, the
                   equation method (累计法, 方程法)
    least_squares  ``exp(b) - 1``, b the slope of the straight line through ``ln x``
    =============  ===================================================================

    The first two see only the ends; the cumulative rate is that of the total over all
    periods, and the least-squares rate follows all levels. Where figures swing they part.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Levels along `axis`; for "cumulative" flows such as the investment of each year, the
        base year first. float32 is kept and float16 becomes it; other types become float64,
        which rounds integers above 2**53.
    axis : int
        The axis of time, which the result does not have.
    time : array_like, optional
        The time of each row, in any order: integers, floats, datetime64 or dates, a pandas
        PeriodIndex, DatetimeIndex or Series. The rate is per unit of it, or per step of
        `freq`. Floats may be fractions (2000.5), save for "arithmetic" and "cumulative",
        which go from period to period. Without `time` rows are in order, one period apart.
    method : {"geometric", "arithmetic", "cumulative", "least_squares", "exponential"}
        See above.
    weights : array_like, optional
        For "least_squares": one per value, or one per row; not negative. A value without a
        weight is left out as if it were missing; one with weight zero, or below 1e-300 of the
        largest, has no pull.
    min_coverage : float
        For "arithmetic" and "least_squares": the least share of the rows whose value is
        there, from 0 to 1; less gives NaN, exactly as much is enough.
    freq : str, optional
        The step of dates, as for `growth_rate`; a date stands for the step that holds it.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame
        Fractions per period. NaN where there is no such average:

        * "geometric": an end is missing or the start not positive or the end negative; an
          end of zero gives -1. "exponential": an end is missing or not positive.
        * "arithmetic": no two values one period apart, or a base of zero or below: a mean
          without that rate would be one of the good years only.
        * "cumulative": a value is missing or a period absent, the base or the total of the
          flows is zero or negative. Single flows may be.
        * "least_squares": a value that is there is zero, negative or infinite; fewer than
          two values have a weight above zero.

        One value, and lanes without values, give NaN; no lanes give an empty result.
        Rates are within 2 units in the last place of the exact ones, also where growth is
        tiny or levels near the ends of the range, unless growth up and down (arithmetic, least
        squares) or flows of both signs (cumulative) cancel to all but a trace.

    Raises
    ------
    ValueError
        A time that is repeated, missing or infinite, one too many or too few; dates without
        `freq`; spans of more than 2**53 steps; negative weights, weights beside another
        method, indexes that differ, `min_coverage` out of range, an unknown method.
    TypeError
        Values that are not numbers, times that are not times.

    See Also
    --------
    cagr : the geometric rate of two figures.
    annualize : a rate over another span.

    Examples
    --------
    >>> import sndstats as snd
    >>> flows = [100.0, 110.0, 121.0, 133.1]
    >>> [round(float(snd.average_growth(flows, method=m)), 6) for m in ("geometric", "cumulative")]
    [0.1, 0.1]

    A survey every few years, the newest first; one row is missing:

    >>> prevalence = [24.0, float("nan"), 30.0, 36.0]
    >>> rate = snd.average_growth(prevalence, time=[2020.5, 2017, 2014.5, 2010], method="least_squares")
    >>> round(float(-rate), 4)
    0.0378

    References
    ----------
    China Statistical Yearbook, explanatory notes on main statistical indicators (level and
    accumulative method); World Bank, World Development Indicators, and DECSTAMAN page on growth
    rates (geometric, exponential, least squares, none if more than half is missing); UNCTAD
    Handbook of Statistics; UNICEF, technical note on the average annual rate of reduction,
    which is the least-squares rate with the sign turned.
    """
    check_choice("method", method, METHODS)
    coverage = _share("min_coverage", min_coverage)
    if weights is not None and method != "least_squares":
        raise ValueError(f"weights: go with method 'least_squares', got method {method!r}")
    refuse_lazy(values, "values")
    if not hasattr(values, "shape"):
        values = figures(values).data
    shape = tuple(values.shape)
    where = axis_of(axis, len(shape))
    check_indexes(values, where, time=time)
    order, times, _ = in_order(time, freq, shape[where], where, whole=method in STEPWISE)
    others = [times.reshape(-1, *(1 for _ in shape[1:]))]
    if method == "least_squares":
        others.append(weights_first(weights, values, shape, where, order))
    options = (coverage,) if method in COVERED else ()
    return reduced(f"average_{method}", values, axis, *others, options=options, order=order)[0]


def _share(name: str, value: Any) -> float:
    try:
        share = float(value)
    except OverflowError:
        share = np.inf
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: expected a number from 0 to 1, got {value!r}") from error
    if not 0 <= share <= 1:
        raise ValueError(f"{name}: expected a number from 0 to 1, got {value!r:.80}")
    return share


def weights_first(
    weights: Any, values: Any, shape: tuple[int, ...], where: int, order: NDArray[np.intp] | None
) -> NDArray[np.float64]:
    """A weight for each value, rows first and in order; without weights none."""
    if weights is None:
        return np.empty((0, *(1 for _ in shape[1:])))
    refuse_lazy(weights, "weights")
    if is_of("xarray", "DataArray", values) and is_of("xarray", "DataArray", weights):
        weights = _by_dimension(weights, values)
    check_weights(values, weights, where)
    rows_first = np.moveaxis(weights_of(weights, shape, where), where, 0)
    return rows_first if order is None else rows_first[order]


def _by_dimension(weights: Any, values: Any) -> NDArray[Any]:
    """The weights of an xarray object in the order of the dimensions of another."""
    try:
        _, weights = sys.modules["xarray"].align(values, weights, join="exact")
    except ValueError as error:
        raise ValueError(
            "weights: its coordinates differ from those of values; align them first, "
            f"e.g. weights = weights.reindex_like(values) ({error})"
        ) from error
    further = [name for name in weights.dims if name not in values.dims]
    if further:
        raise ValueError(f"weights: has dimensions that values has not: {further}")
    wide: NDArray[Any] = weights.broadcast_like(values).transpose(*values.dims).to_numpy()
    return wide


def annualize(rate: Any, factor: Any, *, method: str = "compound", out: Any = None, where: Any = True) -> Any:
    """A rate over another span of time (年化增长率; two-year averages, 两年平均增速).

    "compound": ``(1 + rate)**factor - 1``, computed as ``expm1(factor * log1p(rate))``;
    "linear": ``rate * factor``, its first-order approximation. The factor is the wanted span
    over the given one: 4 takes a quarterly rate to a year, 1/2 a rate over two years to
    their average.

    Parameters
    ----------
    rate : array_like
        Growth over the given span, as a fraction.
    factor : array_like
        Wanted span over given span; it broadcasts with `rate` and may be fractional.
    method : {"compound", "linear"}
        See above.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        Fractions, float32 for float32. NaN where an input is missing. Compounded, a rate
        below -1 gives NaN; -1 gives -1 for a positive factor, infinity for a negative one and
        NaN for zero; a negative factor discounts. A compound rate is within ``3 + 2 |z|``
        units in the last place, with z = ``factor * ln(1 + rate)``. Empty input gives an
        empty result.

    Raises
    ------
    ValueError
        Shapes that do not broadcast, an unknown method.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.annualize(0.05, 4)), 8)
    0.21550625
    >>> round(float(snd.annualize(1.351 * 0.865 - 1, 0.5)), 3)
    0.081

    References
    ----------
    Bureau of Economic Analysis, Survey of Current Business, on annual rates; OECD Glossary of
    Statistical Terms, "annualised rate" (compounding, and the linear approximation); National
    Bureau of Statistics of China, releases of 2021 (two-year averages).
    """
    check_choice("method", method, ("compound", "linear"))
    return elementwise(getattr(_core, f"annualize_{method}"), out, where, rate=rate, factor=factor)


def doubling_time(rate: Any, *, out: Any = None, where: Any = True) -> Any:
    """Periods until a figure that grows at a constant rate has doubled (翻番所需时间).

    ``ln 2 / ln(1 + rate)``.

    Parameters
    ----------
    rate : array_like
        Compound growth per period, as a fraction.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        Periods. Infinity, for never, where the rate is from -1 to 0; NaN below -1 and where
        the rate is missing. Empty input gives an empty result.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.doubling_time(0.072)), 2)
    9.97

    References
    ----------
    Population Reference Bureau, Population Handbook, on the doubling time of populations, where
    70 over the rate in percent stands for the logarithms.
    """
    return elementwise(_core.doubling_time, out, where, rate=rate)


def doublings(start: Any, end: Any, *, out: Any = None, where: Any = True) -> Any:
    """How many times a figure has doubled (翻番, 番数).

    ``log2(end / start)``: n doublings (翻 n 番) multiply by ``2**n``, while growth by n times
    (增长 n 倍) multiplies by ``1 + n``.

    Parameters
    ----------
    start, end : array_like
        Levels in one unit; they broadcast. 64-bit integers are subtracted exactly.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        Doublings, negative where the figure has fallen: -1 is a half. NaN where an input is
        missing, and unless both are positive. Within 3 units in the last place (5 for integers
        above 2**53), also near equal figures, and whole for powers of two. Empty input gives an
        empty result.

    Raises
    ------
    ValueError
        Shapes that do not broadcast.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.doublings(25.0, 100.0))
    2.0

    References
    ----------
    National Bureau of Statistics of China, statistical knowledge: "番" and "倍", reprinted by
    China Development Gateway, 12 August 2012.
    """
    return elementwise(_core.doublings, out, where, start=start, end=end)
