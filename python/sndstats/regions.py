"""Regions and industries: what regions are specialised in.

Tables have a row for each region and a column for each industry. Their sums are exact, and so are
sums over industries, so the order of rows and columns does not matter.
"""

from typing import Any

import numpy as np

from . import _core
from .pairing import check_choice
from .region_tables import by_cell, by_region, in_type, reference_of, table_of

__all__ = [
    "hachman",
    "krugman",
    "location_quotient",
]

#: The numbers of `enum sst_quotient_form`.
QUOTIENTS = ("ratio", "symmetric", "additive", "structure")


def _of_table(
    measure: str, table: Any, reference: Any, skipna: bool, options: tuple[float, float], cellwise: bool
) -> Any:
    """A measure of one table, back in its container."""
    cells, single = table_of("table", table)
    beside = reference_of("reference", reference, table, cells.shape[1:])
    out = np.empty((1, *cells.shape) if cellwise else len(cells))
    _core.region(measure, cells, None, beside, None, bool(skipna), options, out)
    if cellwise:
        return by_cell(table, in_type(out[0], single))
    return by_region(table, in_type(out, single))


def location_quotient(
    table: Any, *, method: str = "ratio", reference: Any = None, skipna: bool = True
) -> Any:
    """Location quotients: how specialised regions are in industries (区位商).

    With E a cell, s its share in the region and t the industry's share in the reference:

    =========  =================================================================================
    ratio      ``s / t``; of exports this is the revealed comparative advantage of Balassa
    symmetric  ``(s - t) / (s + t)``, that is ``(LQ - 1) / (LQ + 1)``
    additive   the region's share of the industry less its share of all activity, as in REAT
    structure  ``s - t``
    =========  =================================================================================

    Parameters
    ----------
    table : array_like, or a pandas, polars or xarray object
        Activity (employment, turnover, patents), not negative: a row for each region, a column
        for each industry. float32 is kept; 64-bit integers above 2**53 are read as the nearest
        float64.
    method : {"ratio", "symmetric", "additive", "structure"}
        See above.
    reference : array_like, optional
        The figure of each industry in the economy that regions are compared with, if that is
        not the sum of the rows.
    skipna : bool
        Leave missing cells out of all sums; otherwise they make them NaN.

    Returns
    -------
    ndarray, or the container given
        Shaped as `table`; the exact quotient, rounded once but for one case in 2**40; differences
        are within 1 ulp if 106 bits hold all sums, and exactly 0 where shares agree to 2**-100.
        0 where a region has none of an industry that there is; NaN for a missing cell, in a row
        without activity and, except in "structure", in a column without. Where the reference has
        none of an industry that the region has, the ratio is infinite. Empty input, empty result.

    Raises
    ------
    ValueError
        No table, a negative figure (named with its position), a reference that does not fit, an
        unknown method.
    TypeError
        What is not a number.

    Examples
    --------
    >>> import sndstats as snd
    >>> table = [[1714, 77292], [877499, 14636719]]
    >>> float(snd.location_quotient(table)[0, 0].round(6))
    0.384762
    >>> float(snd.location_quotient(table, method="additive")[0, 0].round(6))
    -0.003117

    References
    ----------
    B. Balassa, Manchester School 33 (1965) 99-123; B. Dalum, K. Laursen and G. Villumsen,
    International Review of Applied Economics 12 (1998), on the symmetric form; A. Hoen and J.
    Oosterhaven, Annals of Regional Science 40 (2006) 677-691, on additive ones; O. Farhauer and
    A. Kröll, Standorttheorien, 2013 (the figures of the example).
    """
    check_choice("method", method, QUOTIENTS)
    return _of_table(
        "location_quotient", table, reference, skipna, (float(QUOTIENTS.index(method)), 0.0), True
    )


def krugman(
    table: Any,
    *,
    include_self: bool = True,
    halved: bool = False,
    reference: Any = None,
    skipna: bool = True,
) -> Any:
    """Krugman's index of specialisation of each region (克鲁格曼专业化指数).

    ``sum(abs(s - t))`` over the industries, with s their shares in the region and t those in the
    reference.

    Parameters
    ----------
    table, reference, skipna
        As for `location_quotient`. A missing cell is left out of its region's sum too.
    include_self : bool
        Whether the region itself is in the reference, as in REAT and EconGeo; otherwise it is
        compared with all the others.
    halved : bool
        0 to 1 in place of 0 to 2, as EconGeo's `spec.coeff`.

    Returns
    -------
    ndarray, Series or DataArray by region
        0 (exactly, where the structure is the reference's) to 2, within 1 ulp if 106 bits hold all
        sums: shares that agree to 2**-100 count as equal. NaN for a region without activity and,
        not `include_self`, for one that has more of an industry than the `reference` it should be
        part of.

    Raises
    ------
    ValueError, TypeError
        As `location_quotient`.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.krugman([[30, 10], [10, 30]]).tolist()
    [0.5, 0.5]
    >>> snd.krugman([[30, 10], [10, 30]], include_self=False).tolist()
    [1.0, 1.0]

    References
    ----------
    P. Krugman, Geography and Trade, 1991; K.-H. Midelfart-Knarvik et al., The location of European
    industry, 2000 (the other regions as reference).
    """
    options = (0.5 if halved else 1.0, float(bool(include_self)))
    return _of_table("krugman", table, reference, skipna, options, False)


def hachman(table: Any, *, reference: Any = None, skipna: bool = True) -> Any:
    """Hachman's index: how far a region's structure is that of the reference (哈克曼指数).

    ``1 / sum(s**2 / t)`` over the industries, with s their shares in the region and t those in the
    reference: the inverse of the location quotients' mean, weighted by s.

    Parameters
    ----------
    table, reference, skipna
        As for `location_quotient`. A missing cell is left out of its region's sum too.

    Returns
    -------
    ndarray, Series or DataArray by region
        Above 0, to 1 (the structure of the reference), within 1 ulp. NaN for a region without
        activity; 0 for one with an industry that the reference given does not have at all.

    Raises
    ------
    ValueError, TypeError
        As `location_quotient`.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.hachman([[30, 10], [10, 30]]).tolist()
    [0.8, 0.8]

    References
    ----------
    F. Hachman, Bureau of Economic and Business Research, University of Utah, 1994; EconGeo's
    function of that name.
    """
    return _of_table("hachman", table, reference, skipna, (0.0, 0.0), False)
