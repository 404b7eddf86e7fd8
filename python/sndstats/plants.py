"""Agglomeration: whether the plants of an industry seek each other's company."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .containers import is_series
from .keys import common_rows
from .labels import factorize
from .lanes import reduced
from .operands import whole
from .shares import usable

__all__ = [
    "EllisonGlaeser",
    "ellison_glaeser",
]


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
