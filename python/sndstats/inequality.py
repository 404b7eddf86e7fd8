"""Inequality of figures: Gini's coefficient, Theil's indices and what they are made of.

Sums are exact, so the bits of a result do not depend on the order of rows.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .along import axis_of
from .averages import weights_first
from .containers import is_of
from .labels import factorize
from .lanes import reduced
from .numeric import check_weights
from .pairing import check_choice
from .shares import usable

__all__ = [
    "TheilDecomposition",
    "gini",
    "mean_log_deviation",
    "theil",
    "theil_decomposition",
]

#: The numbers of `enum sst_theil_kind`.
KINDS = ("T", "L")


def _weights(
    values: Any, weights: Any, axis: Any, order: NDArray[np.intp] | None = None
) -> NDArray[np.float64]:
    """The weights of figures that are fit for use, ready for `reduced`; none are of length 0."""
    array = usable("values", values)
    where = axis_of(axis, array.ndim)
    return weights_first(weights, values, array.shape, where, order)


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
        values over 270 orders of magnitude; normalized also where n is not above 1. The call uses
        memory for four copies of a column.

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
