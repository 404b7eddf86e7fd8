"""Growth of annual averages: what a year inherits, and what it adds."""

from typing import Any, NamedTuple

import numpy as np

from .along import axis_of
from .containers import is_frame, is_of, is_series
from .lanes import periods, reduced
from .operands import is_container, whole

__all__ = ["AnnualGrowth", "annual_growth", "carry_over"]


def _last(values: Any, axis: Any, count: int, what: str) -> Any:
    """The last `count` periods of an array or container."""
    if not (is_container(values) or isinstance(values, np.ndarray)):
        values = whole(values, "values")
    where = axis_of(axis, len(values.shape))
    have = values.shape[where]
    if have < count:
        raise ValueError(f"values: expected at least {count} periods along axis {where}, {what}, got {have}")
    if is_of("polars", "Series", values) or is_of("polars", "DataFrame", values):
        return values.tail(count)
    window = (slice(None),) * where + (slice(have - count, have),)
    if is_series(values) or is_frame(values):
        return values.iloc[window]
    return values[window]


def carry_over(values: Any, periods_per_year: int, *, known: int = 0, axis: int = 0) -> Any:
    """Growth that a year's average has already when nothing grows any more (翘尾因素; overhang).

    ``mean(known periods, the last one repeated to the year's end) / mean(year before) - 1``,
    from the last ``periods_per_year + known`` values. With nothing known of the new year the
    last period of the old one is repeated: its level over the average of its year.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Levels of consecutive months, quarters ..., oldest first, seasonally adjusted if a level
        is to stand for the rest of the year. Older ones than are needed may stand before.
    periods_per_year : int
        4 for quarters, 12 for months.
    known : int
        Periods of the new year that are there, from 0 to `periods_per_year`; with all of them
        this is the annual growth.
    axis : int
        The axis of time, which the result does not have.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame
        Fractions. NaN where one of the values is missing. A mean of zero or below gives what
        IEEE arithmetic gives. Lanes without values are a ValueError; no lanes an empty result.

    Raises
    ------
    ValueError
        Fewer values than needed; numbers of periods that are not whole or out of range.
    TypeError
        Values that are not numbers.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.carry_over([100.0, 100.0, 100.0, 108.0], 4).round(6))
    0.058824
    >>> float(snd.carry_over([100.0, 100.0, 100.0, 108.0, 110.0], 4, known=1).round(6))
    0.078431

    References
    ----------
    European Central Bank, Economic Bulletin 7/2022, box on carry-over effects; OeNB, glossary of
    its economic indicators; INSEE, whose tables print the overhang part-way through a year.
    """
    year = periods("periods_per_year", periods_per_year)
    so_far = periods("known", known, 0, year)
    window = _last(values, axis, year + so_far, f"a year and {so_far} known")
    return reduced("carry_over", window, axis, options=(year, so_far))[0]


class AnnualGrowth(NamedTuple):
    """Growth of a year on the year before, taken apart.

    Attributes
    ----------
    annual : scalar, ndarray or Series
        Growth of the average: ``(1 + carry_over) * (1 + during) - 1`` exactly.
    carry_over : scalar, ndarray or Series
        What the year inherits: the last period of the year before over that year's average.
    during : scalar, ndarray or Series
        Growth during the year: its average over the last period of the year before.
    end : scalar, ndarray or Series
        End on end (fourth quarter on fourth quarter): last period over last period.

    Examples
    --------
    >>> import sndstats as snd
    >>> g = snd.annual_growth([100.0, 100.0, 100.0, 108.0, 108.0, 108.0, 108.0, 108.0], 4)
    >>> float(g.annual.round(6)), float(g.carry_over.round(6)), float(g.during), float(g.end)
    (0.058824, 0.058824, 0.0, 0.0)

    References
    ----------
    European Central Bank, Economic Bulletin 7/2022, box on carry-over effects; OECD Economic
    Outlook, sources and methods, equation 3 (fourth quarter on fourth quarter).
    """

    annual: Any
    carry_over: Any
    during: Any
    end: Any


def annual_growth(values: Any, periods_per_year: int, *, axis: int = 0) -> AnnualGrowth:
    """Growth of the last year's average on the year before, split into inherited and own.

    With X and Y the averages of the two years, e the last period of the first and f of the second:
    annual ``Y/X - 1``, carry-over ``e/X - 1``, during the year ``Y/e - 1``, end on end
    ``f/e - 1``; ``1 + annual = (1 + carry_over) (1 + during)``.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Levels of consecutive periods, oldest first; the last ``2 * periods_per_year`` are used.
    periods_per_year : int
        4 for quarters, 12 for months.
    axis : int
        The axis of time, which the results do not have.

    Returns
    -------
    AnnualGrowth
        Four fractions for each lane. NaN where a value of the two years is missing (in the
        carry-over, where one of the first year is). A base of zero or below gives what IEEE
        arithmetic gives. No lanes give empty results.

    Raises
    ------
    ValueError
        Fewer than two years of values; a number of periods that is not whole.
    TypeError
        Values that are not numbers.

    Examples
    --------
    >>> import sndstats as snd
    >>> g = snd.annual_growth([98.0, 99.0, 101.0, 102.0, 103.0, 104.0, 105.0, 108.0], 4)
    >>> [round(float(x), 4) for x in g]
    [0.05, 0.02, 0.0294, 0.0588]

    References
    ----------
    European Central Bank, Economic Bulletin 7/2022, box on carry-over effects; OECD Economic
    Outlook, sources and methods, equation 3.
    """
    year = periods("periods_per_year", periods_per_year)
    window = _last(values, axis, 2 * year, "two years")
    return AnnualGrowth(*reduced("annual_growth", window, axis, outs=4, options=(year,)))
