"""Regions and industries: specialisation, agglomeration, and what growth is made of.

Tables have a row for each region and a column for each industry. Their sums are exact, and so are
sums over industries, so the order of rows and columns does not matter.
"""

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from . import _core
from .along import axis_of, in_container
from .containers import is_frame, is_of, is_series
from .indices import usable
from .keys import common_rows
from .labels import factorize
from .lanes import moved, reduced
from .numeric import check_weights
from .operands import check_labels, whole
from .pairing import check_choice
from .sums import exact_sum

__all__ = [
    "EllisonGlaeser",
    "ShiftShare",
    "ellison_glaeser",
    "hachman",
    "hoover",
    "krugman",
    "location_quotient",
    "shift_share",
]

#: The numbers of `enum sst_quotient_form`.
QUOTIENTS = ("ratio", "symmetric", "additive", "structure")
#: What the core gives for each method, in its order.
TERMS: dict[str, tuple[str, ...]] = {
    "classic": ("national", "mix", "regional"),
    "esteban_marquillas": ("national", "mix", "regional", "allocation"),
    "arcelus": tuple(
        f"{term}_{part}"
        for term in ("national", "mix", "regional", "regional_mix")
        for part in ("expected", "differential")
    ),
    "dynamic": ("national", "mix", "regional"),
}

Table = NDArray[np.float64]


def _table(name: str, table: Any, ndim: int = 2) -> tuple[Table, bool]:
    """The cells as float64 and whether they were float32, or the error that says what is wrong with them."""
    cells = usable(name, table)
    if cells.ndim != ndim:
        years = "years by " if ndim == 3 else ""
        raise ValueError(f"{name}: expected a table, {years}regions by industries, got shape {cells.shape}")
    return np.ascontiguousarray(cells, np.float64), cells.dtype == np.float32


def _reference(name: str, reference: Any, like: Any, shape: tuple[int, ...]) -> Table | None:
    """The reference's figure for each industry (and year); a Series goes with the columns."""
    if reference is None:
        return None
    if is_frame(like) and is_series(reference) and not reference.index.equals(like.columns):
        raise ValueError(
            f"{name}: its index differs from the columns of the table; align them first, "
            f"e.g. {name} = {name}.reindex(table.columns)"
        )
    figures = usable(name, reference)
    if figures.shape != shape:
        raise ValueError(f"{name}: expected a figure for each industry, shape {shape}, got {figures.shape}")
    return np.ascontiguousarray(figures, np.float64)


def _as(cells: NDArray[Any], single: bool) -> NDArray[Any]:
    """Results as float32 where all figures are."""
    with np.errstate(all="ignore"):  # it may be too small a type
        return cells.astype(np.float32 if single else np.float64, copy=False)


def _has_na(like: Any) -> bool:
    """Whether a container has an NA of its own."""
    return is_of("polars", "DataFrame", like) or (
        is_frame(like) and any(not isinstance(dtype, np.dtype) for dtype in like.dtypes)
    )


def _by_cell(like: Any, cells: NDArray[Any]) -> Any:
    """A figure for each cell, in the kind of container the table came in."""
    gone = np.isnan(cells)[np.newaxis] if _has_na(like) else None
    return in_container(cells[np.newaxis], gone, like, (0,), True)


def _by_region(like: Any, row: NDArray[Any]) -> Any:
    """A figure for each region, in the kind of container the table came in."""
    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    if is_frame(like) and pandas is not None:
        cells = pandas.arrays.FloatingArray(row.copy(), np.isnan(row)) if _has_na(like) else row
        return pandas.Series(cells, index=like.index)
    if is_of("polars", "DataFrame", like) and polars is not None:
        return polars.Series(row).fill_nan(None)
    if is_of("xarray", "DataArray", like):
        dim = like.dims[0]
        coords = {name: c for name, c in like.coords.items() if c.dims in ((dim,), ())}
        array: Any = sys.modules["xarray"].DataArray
        return array(row, coords=coords, dims=(dim,), name=like.name, attrs=like.attrs)
    return row


def _of_table(
    measure: str, table: Any, reference: Any, skipna: bool, options: tuple[float, float], by_cell: bool
) -> Any:
    """A measure of one table, back in its container."""
    cells, single = _table("table", table)
    beside = _reference("reference", reference, table, cells.shape[1:])
    out = np.empty((1, *cells.shape) if by_cell else len(cells))
    _core.region(measure, cells, None, beside, None, bool(skipna), options, out)
    if by_cell:
        return _by_cell(table, _as(out[0], single))
    return _by_region(table, _as(out, single))


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
        are within 1 ulp, and exactly 0 where shares agree to 2**-100. 0 where a
        region has none of an industry that there is; NaN for a missing cell, in a row without
        activity and, except in "structure", in a column without. Where the reference has none of
        an industry that the region has, the ratio is infinite. Empty input, empty result.

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
        0 (exactly, where the structure is the reference's) to 2, within 1 ulp: shares that agree
        to 2**-100 count as equal. NaN for a region without activity.

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


class EllisonGlaeser(NamedTuple):
    """Agglomeration of an industry.

    Attributes
    ----------
    gamma : float
        The index: 0 if plants are where activity is, as if by chance; above 0.05 counts as
        strong agglomeration.
    G : float
        Concentration over regions, ``sum((c - x)**2)``.
    H : float
        Herfindahl index of the plants.
    z : float
        How many standard deviations G lies above its mean if plants were spread by chance.
    variance : float
        The variance of G then.
    plants : int
        Plants with activity.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.ellison_glaeser([10.0, 10.0], [0, 0], [50.0, 50.0]).gamma
    1.0

    References
    ----------
    G. Ellison and E. L. Glaeser, Journal of Political Economy 105 (1997) 889-927.
    """

    gamma: float
    G: float
    H: float
    z: float
    variance: float
    plants: int


def _whole_codes(regions: Any) -> NDArray[np.int64]:
    """Positions of regions, -1 where there is none."""
    remedy = "of regions with names, pass a mapping or a Series by name as reference"
    try:
        array = whole(regions, "regions")
    except TypeError as error:
        raise TypeError(f"{error}; {remedy}") from error
    places = np.where(np.isnan(array), -1, array) if array.dtype.kind == "f" else array
    if places.ndim != 1 or ((places != np.floor(places)) | (places >= 2**53) | (places < -(2**53))).any():
        raise ValueError(f"regions: expected a whole position for each plant, got {regions!r:.80}; {remedy}")
    return places.astype(np.int64)


def _activity(figures: Any) -> NDArray[Any]:
    """All activity by region."""
    activity = usable("reference", figures)
    if activity.ndim != 1:
        raise ValueError(f"reference: expected a figure for each region, got shape {activity.shape}")
    return activity


def _positions(regions: Any, reference: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """The place of each plant's region in the reference, -1 for none, and its figures."""
    named = isinstance(reference, Mapping)
    activity = _activity(list(reference.values()) if named else reference)
    if not named and not is_series(reference):
        codes = _whole_codes(regions)
        most = int(codes.max(initial=-1))
        if most >= len(activity):
            row = int(np.argmax(codes == most))
            raise ValueError(
                f"regions: {most} at row {row} is not below {len(activity)}, the length of reference"
            )
        return codes, activity
    names = list(reference.keys())
    place = {name: k for k, name in enumerate(names)}
    if len(place) < len(names):
        twice = next(name for k, name in enumerate(names) if place[name] != k)
        raise ValueError(f"reference: {twice!r} is there twice; give each region one figure, e.g. its sum")
    seen, labels = factorize(regions, order="appearance", name="regions")
    known = np.array([place.get(label, -1) for label in labels.tolist()] + [-1], np.int64)
    unknown = np.flatnonzero(known[:-1] < 0)
    if unknown.size:
        raise ValueError(
            f"regions: {labels.tolist()[unknown[0]]!r} is not in reference, which has {names!r:.80}"
        )
    return known[seen], activity


def ellison_glaeser(values: Any, regions: Any, reference: Any, *, skipna: bool = True) -> EllisonGlaeser:
    """Ellison and Glaeser's index of agglomeration (埃利森—格莱泽指数, EG 指数).

    With c the regions' shares of the industry, x their shares of all activity, H the Herfindahl
    index of the plants: ``G = sum((c - x)**2)``, ``X = sum(x**2)``,
    ``gamma = (G - (1 - X) H) / ((1 - X) (1 - H))``.

    Parameters
    ----------
    values : array_like
        Activity (employment) of each plant of the industry, one-dimensional, not negative.
    regions : array_like
        Region of each plant: a label of `reference`, or its position there. A plant without one
        (missing, or a negative position) is left out.
    reference : mapping, Series or array_like
        All activity of every region, those without a plant too.
    skipna : bool
        Leave out plants whose figure is missing; otherwise they make the results NaN. A region
        whose figure is missing always does.

    Returns
    -------
    EllisonGlaeser
        `gamma`, `G`, `H`, `variance` within 1 ulp of the size of their terms; `G` is 0 where the
        plants lie exactly as the activity does. NaN where there is
        no activity; `gamma` also for a single plant or region, `z` where G cannot vary.

    Raises
    ------
    ValueError
        A region that is not in `reference` or there twice, lengths that differ, a negative figure, named with
        its position.
    TypeError
        What is not a number, or positions that are no integers.

    Examples
    --------
    >>> import sndstats as snd
    >>> plants = [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000]
    >>> places = ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"]
    >>> eg = snd.ellison_glaeser(plants, places, {"Wien": 500_000, "Linz": 400_000, "Graz": 100_000})
    >>> round(eg.gamma, 6), round(eg.G, 6), round(eg.H, 6), round(eg.z, 4), eg.plants
    (0.059906, 0.168163, 0.244689, 0.1959, 10)

    References
    ----------
    G. Ellison and E. L. Glaeser, Geographic concentration in U.S. manufacturing industries: a
    dartboard approach, Journal of Political Economy 105 (1997) 889-927; O. Farhauer and A. Kröll,
    Standorttheorien, 2nd ed., 2014 (the figures of the example).
    """
    plants = usable("values", values)
    if plants.ndim != 1:
        raise ValueError(f"values: expected one dimension, a figure for each plant, got shape {plants.shape}")
    common_rows({"values": values, "regions": regions})
    codes, activity = _positions(regions, reference)
    if len(codes) != len(plants):
        raise ValueError(f"regions: expected one for each of {len(plants)} values, got {len(codes)}")
    order = np.argsort(codes, kind="stable")
    order = order[np.searchsorted(codes[order], 0) :]
    sizes = plants[order].astype(np.float64)
    found = reduced(
        "ellison_glaeser", sizes, 0, codes[order].astype(np.float64), activity, outs=5, options=(skipna,)
    )
    gamma, g, h, variance, z = map(float, found)
    return EllisonGlaeser(gamma, g, h, z, variance, int(np.count_nonzero(sizes > 0)))


class ShiftShare:
    """The change of each industry in each region, taken apart; what `shift_share` returns.

    Attributes
    ----------
    method : str
        The method of `shift_share`.
    terms : dict of str
        Name and table of each term; they add up to `change`. Each is an attribute too, and with
        "arcelus" ``national``, ``mix``, ``regional`` and ``regional_mix`` are there as well, each
        the sum of its two parts.
    change : ndarray or container
        End less start.

    Examples
    --------
    >>> import sndstats as snd
    >>> s = snd.shift_share([[90, 20], [60, 30]], [[100, 40], [85, 55]])
    >>> s
    ShiftShare(method='classic', terms=['national', 'mix', 'regional'])
    >>> s.total().change.tolist()
    [30.0, 50.0]

    References
    ----------
    E. S. Dunn, A statistical and analytical technique for regional analysis, Papers in Regional
    Science 6 (1960) 97-112.
    """

    __slots__ = ("_cells", "_like", "_totalled", "change", "method", "terms")

    method: str
    terms: dict[str, Any]
    change: Any

    def __init__(self, method: str, cells: NDArray[Any], like: Any, totalled: bool = False) -> None:
        """Take the terms, and the change last, as the core gives them."""
        self.method, self._cells, self._like, self._totalled = method, cells, like, totalled
        self.terms = {name: self._wrap(x) for name, x in zip(TERMS[method], cells[:-1], strict=True)}
        self.change = self._wrap(cells[-1])

    def _wrap(self, cells: NDArray[Any]) -> Any:
        return _by_region(self._like, cells) if self._totalled else _by_cell(self._like, cells)

    def __getattr__(self, name: str) -> Any:
        """A term by its name."""
        names = () if name.startswith("_") else TERMS[self.method]
        if name in names:
            return self.terms[name]
        if f"{name}_expected" in names:
            first = names.index(f"{name}_expected")
            return self._wrap(self._cells[first] + self._cells[first + 1])
        raise AttributeError(
            f"{name!r} is no term of this method" + (f"; there are {', '.join(names)}" if names else "")
        )

    def __dir__(self) -> list[str]:
        """The terms too."""
        return [*super().__dir__(), *self.terms]

    def __repr__(self) -> str:
        """The method and the names of its terms."""
        return f"ShiftShare(method={self.method!r}, terms={list(self.terms)})"

    def total(self, *, skipna: bool = True) -> Self:
        """The same terms by region: the sums over its industries, correctly rounded.

        Parameters
        ----------
        skipna : bool
            Leave out cells that are NaN; otherwise they make the sum of their region NaN.

        Returns
        -------
        ShiftShare
            Its terms have a figure for each region. Totals of totals are a ValueError.
        """
        if self._totalled:
            raise ValueError("total: these are the sums by region already")
        return type(self)(self.method, exact_sum(self._cells, axis=2, skipna=skipna), self._like, True)


def _pair_of_references(reference: Any) -> tuple[Any, Any]:
    if reference is None:
        return None, None
    if not isinstance(reference, (tuple, list)) or len(reference) != 2:
        raise ValueError(
            "reference: expected a tuple of two, the figures of each industry at the start and at the end"
        )
    return reference[0], reference[1]


def _terms(
    method: str, tables: tuple[Table, Table], references: tuple[Table | None, Table | None], skipna: bool
) -> Table:
    """The terms of one span, and the change last."""
    start, end = tables
    out = np.empty((len(TERMS[method]) + 1, *start.shape))
    _core.region(method, start, end, *references, skipna, (0.0, 0.0), out[:-1])
    with np.errstate(all="ignore"):
        np.subtract(end, start, out=out[-1])
    return out


def _year_by_year(
    tables: tuple[Table, Table], first: Table | None, last: Table | None, skipna: bool
) -> NDArray[Any]:
    """Classic terms of each span, summed exactly."""
    years = range(len(tables[0]))
    spans = [
        _terms(
            "classic",
            (tables[0][k], tables[1][k]),
            (None if first is None else first[k], None if last is None else last[k]),
            skipna,
        )
        for k in years
    ]
    table = np.stack(spans) if spans else np.zeros((0, len(TERMS["dynamic"]) + 1, *tables[0].shape[1:]))
    result: NDArray[Any] = exact_sum(table, axis=0, skipna=False)
    return result


def shift_share(
    start: Any, end: Any, *, method: str = "classic", reference: Any = None, skipna: bool = True
) -> ShiftShare:
    """Shift-share analysis: regional growth by what it comes of (偏离—份额分析法).

    With e a cell at the start, g the growth of all, gi of the industry, gr of the region and gir of
    the cell, ``h = E_r E_i / E`` the cell if the region had the structure of the reference:

    ==================  ========================================================================
    classic             national ``e g``, mix ``e (gi - g)``, regional ``e (gir - gi)``
    esteban_marquillas  national and mix as before, regional ``h (gir - gi)``, allocation
                        ``(e - h) (gir - gi)``
    arcelus             national ``g``, mix ``gi - g``, regional ``gr - g`` and regional_mix
                        ``(gir - gi) - (gr - g)``, each times h (``_expected``) and times ``e - h``
                        (``_differential``)
    dynamic             classic from year to year, summed over the years
    ==================  ========================================================================

    Parameters
    ----------
    start, end : array_like, or pandas, polars or xarray objects
        Activity, not negative: a row for each region, a column for each industry. For "dynamic"
        there is a first axis of years: with levels of several years ``start = levels[:-1]`` and
        ``end = levels[1:]``.
    method : {"classic", "esteban_marquillas", "arcelus", "dynamic"}
        See above.
    reference : tuple of two array_like, optional
        Each industry in the nation at the start and at the end ("dynamic": with years first), if
        that is not the sum of the regions.
    skipna : bool
        Leave cells that are missing in either table out of the sums of both; otherwise they make
        them NaN.

    Returns
    -------
    ShiftShare
        Terms in the unit of the tables, shaped and labelled as they are (without the years):
        ``.national``, ``.mix``, ``.regional`` and the method's further ones; ``.total()`` by region.
        Each is the exact term within 1 ulp, or within 2**-90 of the largest, so in every cell they
        add up to the change within a few ulp of the largest; what grows alike has no mix and no
        regional part, exactly. Integers above 2**53 are read as the nearest float64. NaN where a cell is missing, where an industry has no
        start in the reference (its growth is unknown), and, in terms that need the growth of the
        cell (regional, allocation, regional_mix of the last methods), where it starts at zero; in
        "classic" what starts at zero is regional. Empty input, empty result.

    Raises
    ------
    ValueError
        Shapes or labels that differ, negative figures (named with their position), an unknown
        method.
    TypeError
        What is not a number.

    Examples
    --------
    A region and the rest of its nation:

    >>> import numpy as np
    >>> import sndstats as snd
    >>> start = np.array([[90, 20, 10, 60], [310, 130, 140, 340]])
    >>> end = np.array([[100, 40, 10, 55], [340, 170, 125, 425]])
    >>> t = snd.shift_share(start, end).total()
    >>> t.national[0].round(6), t.mix[0].round(6), t.regional[0].round(6), t.change[0]
    (np.float64(27.0), np.float64(1.0), np.float64(-3.0), np.float64(25.0))

    References
    ----------
    E. S. Dunn, Papers in Regional Science 6 (1960); J. M. Esteban-Marquillas, A reinterpretation of
    shift-share analysis, Regional and Urban Economics 2 (1972); F. J. Arcelus, An extension of
    shift-share analysis, Growth and Change 15 (1984); R. A. Barff and P. L. Knight, Dynamic
    shift-share analysis, Growth and Change 19 (1988); O. Farhauer and A. Kröll, Standorttheorien,
    2013 (the figures of the example).
    """
    check_choice("method", method, tuple(TERMS))
    ndim = 3 if method == "dynamic" else 2
    like = start
    if method == "dynamic" and is_of("xarray", "DataArray", start):
        like = start.isel({start.dims[0]: 0}, drop=True) if start.shape[0] else start
        start, end = start.to_numpy(), getattr(end, "values", end)
    start, end = check_labels(start, end, ("start", "end"))
    (first, single), (last, also) = _table("start", start, ndim), _table("end", end, ndim)
    tables = first, last
    shape = tables[0].shape
    if tables[1].shape != shape:
        raise ValueError(f"end: expected the shape of start, {shape}, got {tables[1].shape}")
    given = _pair_of_references(reference)
    names = ("reference[0]", "reference[1]")
    references = [
        _reference(name, x, like, (*shape[:-2], shape[-1])) for name, x in zip(names, given, strict=True)
    ]
    if (references[0] is None) != (references[1] is None):
        raise ValueError("reference: expected figures at the start and at the end, got one of them only")
    before, after = references
    if method == "dynamic":
        found = _year_by_year(tables, before, after, bool(skipna))
    else:
        found = _terms(method, tables, (before, after), bool(skipna))
    return ShiftShare(method, _as(found, single and also), like)
