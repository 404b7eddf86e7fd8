"""Concentration: how far a total is in few hands, or in few places.

All of these are functions of the shares that figures have in their total. Figures are added up
exactly, and so is what each of them contributes to an index, so the bits of a result do not
depend on the order of rows.
"""

from typing import Any

import numpy as np

from .along import axis_of
from .lanes import moved, periods, reduced
from .numeric import check_weights
from .shares import usable

__all__ = [
    "concentration_ratio",
    "entropy",
    "equivalent_number",
    "hhi",
    "hoover",
]

#: The numbers of `enum sst_hhi_form`.
INDEX, NORMALIZED, EQUIVALENT = 0, 1, 2


def positive(name: str, value: Any) -> float:
    """A positive finite number, or the error that names it."""
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: expected a number, got {value!r}") from error
    if not 0.0 < number < np.inf:
        raise ValueError(f"{name}: expected a positive number, got {value!r}")
    return number


def hhi(
    values: Any, *, axis: int = 0, skipna: bool = True, normalized: bool = False, scale: float = 1.0
) -> Any:
    """Herfindahl-Hirschman index of concentration (赫芬达尔—赫希曼指数).

    ``H = sum(a**2)`` with ``a = values / sum(values)``; normalized ``(H - 1/n) / (1 - 1/n)``.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Sizes in one unit (turnover, employment of firms), not negative. float32 is kept; 64-bit
        integers above 2**53 are read as the nearest float64.
    axis : int
        What the shares are taken over; the result does not have it.
    skipna : bool
        Leave missing values out; otherwise they make the index NaN.
    normalized : bool
        From 0 (equal shares) to 1 whatever the number of figures n, which counts zeros: take
        them out if they are no competitors.
    scale : float
        What a monopoly gives: 1, or 10000 as in the merger guidelines of the United States, whose
        shares are percents.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        1/n to 1, times `scale`: the exact index, rounded once but for one case in 2**40;
        normalized within 1 ulp, also of shares nearly equal. NaN where the values sum to zero,
        where there is none, or where one is infinite; normalized also for a single figure.

    Raises
    ------
    ValueError
        A negative value, named with its position; a scale that is not positive.
    TypeError
        Values that are not numbers.

    See Also
    --------
    equivalent_number : the same as a number of equal firms.

    Examples
    --------
    >>> import sndstats as snd
    >>> sales = [20, 50, 20, 10]
    >>> float(snd.hhi(sales)), float(snd.hhi(sales, scale=10_000))
    (0.34, 3400.0)
    >>> float(snd.hhi(sales, normalized=True))
    0.12

    References
    ----------
    O. C. Herfindahl, Concentration in the Steel Industry, 1950; A. O. Hirschman, American Economic
    Review 54 (1964); U.S. Department of Justice and Federal Trade Commission, Merger Guidelines,
    2023, 2.1 (10,000 for a monopoly).
    """
    usable("values", values)
    form = NORMALIZED if normalized else INDEX
    return reduced("hhi", values, axis, options=(skipna, form, positive("scale", scale)))[0]


def equivalent_number(values: Any, *, axis: int = 0, skipna: bool = True) -> Any:
    """Number of equal shares that give the same HHI: ``1 / sum(a**2)`` (等规模企业数).

    Parameters
    ----------
    values, axis, skipna
        As for `hhi`.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        1 to the number of figures; NaN as `hhi`.

    Raises
    ------
    ValueError, TypeError
        As `hhi`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.equivalent_number([20, 50, 20, 10]).round(6))
    2.941176

    References
    ----------
    M. A. Adelman, Comment on the "H" concentration measure as a numbers-equivalent, Review of
    Economics and Statistics 51 (1969) 99-101.
    """
    usable("values", values)
    return reduced("hhi", values, axis, options=(skipna, EQUIVALENT, 1.0))[0]


def concentration_ratio(values: Any, k: int, *, axis: int = 0, skipna: bool = True) -> Any:
    """Share of the k largest in the total, CRk (行业集中度).

    Parameters
    ----------
    values, axis, skipna
        As for `hhi`.
    k : int
        How many, from 1: 4 and 8 are usual. Ties make no difference.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        A fraction, the exact one rounded. 1 where there are no more than k values; NaN as `hhi`.

    Raises
    ------
    ValueError
        A number k that is not whole or below 1, and as `hhi`.
    TypeError
        As `hhi`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.concentration_ratio([20, 50, 20, 10], 2))
    0.7

    References
    ----------
    J. S. Bain, Industrial Organization, 1959; U.S. Census Bureau, Economic Census, concentration
    ratios of the 4, 8, 20 and 50 largest firms.
    """
    array = usable("values", values)
    most = periods("k", k)
    length = array.shape[axis_of(axis, array.ndim)]
    return reduced("concentration_ratio", values, axis, outs=max(min(most, length), 1), options=(skipna,))[-1]


def entropy(
    values: Any,
    *,
    axis: int = 0,
    skipna: bool = True,
    base: float | None = None,
    evenness: bool = False,
) -> Any:
    """Shannon entropy of the shares, a measure of diversity (香农熵).

    ``-sum(a * ln(a))`` with ``a = values / sum(values)``, in nats.

    Parameters
    ----------
    values, axis, skipna
        As for `hhi`. Zeros add nothing.
    base : float, optional
        Of the logarithm, above 1: 2 for bits, as in EconGeo. Natural by default.
    evenness : bool
        Divide by the most that n figures can have, ``ln(n)``: Pielou's J, 0 to 1. The number n
        counts zeros.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        0 to ln(n), within 1 ulp, also where nearly all is in one hand. NaN as `hhi`, and the
        evenness of a single figure.

    Raises
    ------
    ValueError
        A base that is not above 1, or one given with `evenness`, which has none; and as `hhi`.
    TypeError
        As `hhi`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.entropy([10, 10, 10, 20, 50])), 6)
    1.359237
    >>> float(snd.entropy([1, 1, 1, 1], base=2)), float(snd.entropy([3, 3, 3], evenness=True))
    (2.0, 1.0)

    References
    ----------
    C. E. Shannon, Bell System Technical Journal 27 (1948); E. C. Pielou, Journal of Theoretical
    Biology 13 (1966).
    """
    usable("values", values)
    if base is not None and evenness:
        raise ValueError(f"base: evenness has no unit, so it goes without one, got {base!r}")
    radix = 0.0 if base is None else positive("base", base)
    if base is not None and not radix > 1.0:
        raise ValueError(f"base: expected a number above 1, got {base!r}")
    return reduced("entropy", values, axis, options=(skipna, radix, bool(evenness)))[0]


def hoover(values: Any, reference: Any, *, axis: int = 0, skipna: bool = True) -> Any:
    """Hoover's index of concentration, the coefficient of localisation (胡佛系数).

    ``sum(abs(a - b)) / 2`` with a and b the shares of `values` and `reference`: the share of the
    activity that would have to move for both to be spread alike.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Activity by region, not negative. float32 is kept.
    reference : array_like
        What it is compared with: population, area, all activity; of the shape of `values`, or one
        for each place along `axis`.
    axis : int
        The axis of regions, which the result does not have.
    skipna : bool
        Leave out regions with a missing figure on either side; otherwise they make the index NaN.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        A fraction, 0 to 1, within 1 ulp (EconGeo gives percents); shares that agree to 2**-100
        count as equal. NaN where either side sums to
        zero, where there is no region, or where a figure is infinite.

    Raises
    ------
    ValueError
        A negative figure, named with its position; shapes or labels that do not fit.
    TypeError
        What is not a number.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.hoover([0, 10, 10, 30, 50], [10, 15, 20, 25, 30]))
    0.25

    References
    ----------
    E. M. Hoover, The measurement of industrial localization, Review of Economics and Statistics 18
    (1936) 162-171.
    """
    array, other = usable("values", values), usable("reference", reference)
    where = axis_of(axis, array.ndim)
    check_weights(values, reference, where, "reference")
    if other.shape == array.shape:
        beside = moved(other, where, 0)
    elif other.shape == array.shape[where : where + 1]:
        beside = other.reshape(-1, *(1 for _ in array.shape[1:]))
    else:
        raise ValueError(
            f"reference: expected the shape of values, {array.shape}, or one figure for each of "
            f"{array.shape[where]} places along axis {where}, got shape {other.shape}"
        )
    return reduced("hoover", values, axis, beside, options=(skipna,))[0]
