"""Concentration and inequality: how far a total is in few hands.

All of these are functions of the shares that figures have in their total. Figures are added up
exactly, and so is what each of them contributes to an index, so the bits of a result do not
depend on the order of rows.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .along import axis_of
from .averages import weights_first
from .containers import is_of
from .labels import factorize
from .lanes import periods, reduced
from .numeric import check_weights
from .operands import whole
from .pairing import check_choice

__all__ = [
    "TheilDecomposition",
    "concentration_ratio",
    "entropy",
    "equivalent_number",
    "gini",
    "hhi",
    "mean_log_deviation",
    "theil",
    "theil_decomposition",
    "usable",
]

#: The numbers of `enum sst_hhi_form`.
INDEX, NORMALIZED, EQUIVALENT = 0, 1, 2
#: The numbers of `enum sst_theil_kind`.
KINDS = ("T", "L")


def usable(name: str, values: Any) -> NDArray[Any]:
    """The figures, or the error that names the first below zero: it has no share."""
    array = whole(values, name)
    below = array < 0
    if below.any():
        at = np.unravel_index(int(np.argmax(below)), array.shape)
        place = int(at[0]) if len(at) == 1 else tuple(map(int, at))
        raise ValueError(
            f"{name}: expected figures from 0, got {array[at]} at position {place}; shares of a total "
            f"with negative parts have no meaning (leave them out, or take gross figures)"
        )
    return array


def _number(name: str, value: Any) -> float:
    """A positive finite number, or the error that names it."""
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: expected a number, got {value!r}") from error
    if not 0.0 < number < np.inf:
        raise ValueError(f"{name}: expected a positive number, got {value!r}")
    return number


def _weights(
    values: Any, weights: Any, axis: Any, order: NDArray[np.intp] | None = None
) -> NDArray[np.float64]:
    """The weights of figures that are fit for use, ready for `reduced`; none are of length 0."""
    array = usable("values", values)
    where = axis_of(axis, array.ndim)
    return weights_first(weights, values, array.shape, where, order)


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
    return reduced("hhi", values, axis, options=(skipna, form, _number("scale", scale)))[0]


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
    radix = 0.0 if base is None else _number("base", base)
    if base is not None and not radix > 1.0:
        raise ValueError(f"base: expected a number above 1, got {base!r}")
    return reduced("entropy", values, axis, options=(skipna, radix, bool(evenness)))[0]


def gini(
    values: Any, weights: Any = None, *, axis: int = 0, skipna: bool = True, normalized: bool = False
) -> Any:
    """Gini coefficient of inequality (基尼系数).

    Twice the area between the diagonal and the Lorenz curve of the values in ascending order:
    ``2 sum(k y_k) / (n sum(y)) - (n + 1) / n``; with weights, of the polygon through the cumulated
    weights and weighted values.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Figures per unit (income, turnover), not negative, rows in any order. float32 is kept.
    weights : array_like, optional
        How many units a row stands for, not negative; of the shape of `values`, or one for each
        place along `axis`. A row without a weight is left out.
    axis : int
        What the inequality is over; the result does not have it.
    skipna : bool
        Leave missing values out; otherwise they make the coefficient NaN.
    normalized : bool
        Multiply by ``n / (n - 1)``, so that one who has everything gives 1. With weights n is
        their sum: a row of weight 3 is three rows.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        0 to ``1 - 1/n``, normalized to 1, within 1 ulp; exactly 0 for equal values. NaN where
        the values sum to zero, there is none, or one is infinite, and where weights undo the
        values over 270 orders of magnitude; normalized also where n is not above 1. The call uses memory for four copies of a column.

    Raises
    ------
    ValueError
        A negative value or weight, named with its position; shapes or labels that do not fit.
    TypeError
        What is not a number.

    Notes
    -----
    The locational Gini of an industry over regions, weighted by all activity, is
    ``gini(industry / total, weights=total)``; some packages halve it.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.gini([20, 50, 20, 10])), float(snd.gini([20, 50, 20, 10], normalized=True))
    (0.3, 0.4)
    >>> income, people = [500, 1500, 2500, 4000, 7500, 15000], [1000, 1200, 1600, 400, 200, 600]
    >>> round(float(snd.gini(income, people)), 6)
    0.527826

    References
    ----------
    C. Gini, Variabilità e mutabilità, 1912; F. A. Cowell, Measuring Inequality, 3rd ed., 2011;
    G. Deltas, Review of Economics and Statistics 85 (2003), on n / (n - 1).
    """
    others = _weights(values, weights, axis)
    return reduced("gini", values, axis, others, options=(skipna, bool(normalized)))[0]


def theil(values: Any, weights: Any = None, *, axis: int = 0, skipna: bool = True) -> Any:
    """Theil's index T of inequality (泰尔指数).

    ``sum(w r ln(r)) / sum(w)`` with ``r = values / mean``, the mean being weighted too.

    Parameters
    ----------
    values, weights, axis, skipna
        As for `gini`. Zeros add nothing.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        0 to ``ln(n)``, within 1 ulp, also where it is tiny; exactly 0 for equal values. NaN where
        the values sum to zero, there is none, or one is infinite.

    Raises
    ------
    ValueError, TypeError
        As `gini`.

    See Also
    --------
    mean_log_deviation : Theil's L, which some packages call "Theil index".

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.theil([10, 10, 10, 20, 50])), 6)
    0.250201

    References
    ----------
    H. Theil, Economics and Information Theory, 1967.
    """
    others = _weights(values, weights, axis)
    return reduced("theil", values, axis, others, options=(skipna, KINDS.index("T")))[0]


def mean_log_deviation(values: Any, weights: Any = None, *, axis: int = 0, skipna: bool = True) -> Any:
    """Mean logarithmic deviation, Theil's L (泰尔 L 指数; 平均对数离差).

    ``sum(w ln(mean / values)) / sum(w)``, the mean being weighted too.

    Parameters
    ----------
    values, weights, axis, skipna
        As for `gini`.

    Returns
    -------
    scalar, ndarray, or the container given without the axis
        0 or more, within 1 ulp, also where it is tiny; exactly 0 for equal values. Infinite
        where a value with a weight is zero, NaN as `theil`.

    Raises
    ------
    ValueError, TypeError
        As `gini`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.mean_log_deviation([10, 10, 10, 20, 50])), 6)
    0.23263

    References
    ----------
    H. Theil, Economics and Information Theory, 1967; REAT 3.0.3, whose function `theil` is this one.
    """
    others = _weights(values, weights, axis)
    return reduced("theil", values, axis, others, options=(skipna, KINDS.index("L")))[0]


class TheilDecomposition(NamedTuple):
    """Inequality between groups and within them.

    Attributes
    ----------
    between : scalar, ndarray or Series
        The index if everybody had the mean of their group.
    within : scalar, ndarray or Series
        ``sum(shares * groups)`` over the groups that have something.
    total : scalar, ndarray or Series
        The index over all rows that are in a group: ``between + within``.
    labels : ndarray or pandas.Index
        Label of each group, in order.
    groups : ndarray
        The index of each group, groups first; NaN where a group has no value or only zeros.
    shares : ndarray
        What each group weighs in `within`: for T its share of the total, for L of the weights.

    Examples
    --------
    >>> import sndstats as snd
    >>> d = snd.theil_decomposition([1.0, 3.0, 2.0, 2.0], ["east", "east", "west", "west"])
    >>> float(d.between), d.groups.round(6).tolist(), d.shares.tolist()
    (0.0, [0.130812, 0.0], [0.5, 0.5])

    References
    ----------
    H. Theil, Economics and Information Theory, 1967; A. F. Shorrocks, Econometrica 48 (1980).
    """

    between: Any
    within: Any
    total: Any
    labels: Any
    groups: NDArray[Any]
    shares: NDArray[Any]


def theil_decomposition(
    values: Any,
    groups: Any,
    weights: Any = None,
    *,
    measure: str = "T",
    axis: int = 0,
    skipna: bool = True,
) -> TheilDecomposition:
    """Theil's index split into inequality between groups and within them (泰尔指数分解).

    With W and m the weight and the mean of all, W_g, m_g and T_g those of a group and its index:
    for T ``sum(S_g ln(m_g / m)) + sum(S_g T_g)`` with ``S_g = W_g m_g / (W m)``, for L
    ``sum(P_g ln(m / m_g)) + sum(P_g L_g)`` with ``P_g = W_g / W``.

    Parameters
    ----------
    values, weights, axis, skipna
        As for `gini`.
    groups : array_like
        Label of each place along `axis`. A row without a label is left out.
    measure : {"T", "L"}
        Which of the two, see `theil` and `mean_log_deviation`.

    Returns
    -------
    TheilDecomposition
        Each figure is within 1 ulp, so that ``between + within`` is ``total`` within 3. All of them
        NaN as `theil`. For L a zero makes `within` infinite, a group of zeros `between`.

    Raises
    ------
    ValueError
        Another number of labels than rows, an unknown measure, and as `gini`.
    TypeError
        Labels that cannot be compared, and as `gini`.

    Examples
    --------
    >>> import sndstats as snd
    >>> d = snd.theil_decomposition([10, 10, 10, 20, 50], ["a", "a", "b", "b", "b"])
    >>> round(float(d.between), 6), round(float(d.within), 6), round(float(d.total), 6)
    (0.091516, 0.158685, 0.250201)

    References
    ----------
    H. Theil, Economics and Information Theory, 1967; A. F. Shorrocks, The class of additively
    decomposable inequality measures, Econometrica 48 (1980) 613-625.
    """
    check_choice("measure", measure, KINDS)
    shape = usable("values", values).shape
    where = axis_of(axis, len(shape))
    if where == 0:
        check_weights(values, groups, 0, "groups")
    codes, labels = factorize(groups, name="groups")
    if len(codes) != shape[where]:
        raise ValueError(
            f"groups: expected a label for each of {shape[where]} rows along axis {where}, got {len(codes)}"
        )
    order = np.argsort(codes, kind="stable")
    order = order[np.searchsorted(codes[order], 0) :]
    results = reduced(
        "theil_groups",
        values,
        axis,
        _weights(values, weights, axis, order),
        codes[order].astype(np.float64).reshape(-1, *(1 for _ in shape[1:])),
        outs=3 + 2 * len(labels),
        options=(skipna, KINDS.index(measure)),
        order=order,
    )
    rows = [np.ravel(x) if is_of("polars", "DataFrame", x) else np.asarray(x) for x in results[3:]]
    table = np.stack(rows) if rows else np.empty((0, *results[0].shape))
    return TheilDecomposition(
        results[1], results[2], results[0], labels, table[: len(labels)], table[len(labels) :]
    )
