"""Shift-share: what the growth of regions is made of."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from . import _core
from .containers import is_of
from .operands import check_labels
from .pairing import check_choice
from .region_tables import Table, by_cell, by_region, in_type, reference_of, table_of
from .sums import exact_sum

__all__ = [
    "ShiftShare",
    "shift_share",
]

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
        return by_region(self._like, cells) if self._totalled else by_cell(self._like, cells)

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
        regional part, exactly. Integers above 2**53 are read as the nearest float64. NaN where a cell
        is missing, where an industry has no start in the reference (its growth is unknown), and, in
        terms that need the growth of the cell (regional, allocation, regional_mix of the last
        methods), where it starts at zero; in "classic" what starts at zero is regional. Empty input,
        empty result.

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
    (first, single), (last, also) = table_of("start", start, ndim), table_of("end", end, ndim)
    tables = first, last
    shape = tables[0].shape
    if tables[1].shape != shape:
        raise ValueError(f"end: expected the shape of start, {shape}, got {tables[1].shape}")
    given = _pair_of_references(reference)
    names = ("reference[0]", "reference[1]")
    references = [
        reference_of(name, x, like, (*shape[:-2], shape[-1])) for name, x in zip(names, given, strict=True)
    ]
    if (references[0] is None) != (references[1] is None):
        raise ValueError("reference: expected figures at the start and at the end, got one of them only")
    before, after = references
    if method == "dynamic":
        found = _year_by_year(tables, before, after, bool(skipna))
    else:
        found = _terms(method, tables, (before, after), bool(skipna))
    return ShiftShare(method, in_type(found, single and also), like)
