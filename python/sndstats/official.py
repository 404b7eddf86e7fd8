"""Official methods of assessing progress towards targets, each as its office computes it.

The methods are rows of one table in the core: constants, the side of each border, words,
source. Our own measures (`progress`, `pace`, ...) lose fewer digits and use no surrogates.
"""

from functools import cache
from typing import Any

import numpy as np

from . import _core
from .assessments import Assessment, Method
from .cases import OPERANDS, Cases, prepare
from .threads import count as thread_count

__all__ = ["assess", "methods"]

#: What a method may need or take, in the core's order.
_NEEDS = (*OPERANDS, "series")
#: What can be read from a series.
_IN_SERIES = ("baseline", "actual", "start", "now")
#: Names without an edition.
_ALIASES = {"un": "un2023"}


def _names(bits: int) -> tuple[str, ...]:
    return tuple(name for k, name in enumerate(_NEEDS) if bits >> k & 1)


def _limits(classes: Any) -> tuple[tuple[float, str], ...]:
    if classes is None:
        return ()
    limits, beyond, _, falling = classes
    better = "<" if falling else ">"
    return tuple((limit, better if b else better + "=") for limit, b in zip(limits, beyond, strict=True))


@cache
def _table() -> dict[str, tuple[Method, bool]]:
    """The core's table: each method, and whether its growth is a constant rate."""
    found = {}
    for row in _core.method_table():
        name, geometric, needs, with_target, takes, classes, trend, office, statistic, source, sure, own = row
        uses = (
            "required" if "target" in _names(needs) else "optional" if "target" in _names(takes) else "none"
        )
        method = Method(
            name,
            office,
            uses,
            statistic,
            _names(needs),
            _names(with_target),
            _names(takes),
            classes[2] if classes else (),
            _limits(classes),
            trend[2] if trend else (),
            _limits(trend),
            tuple(zip(own[1], own[0], strict=True)),
            source,
            sure,
        )
        found[name] = method, bool(geometric)
    return found


def methods() -> tuple[Method, ...]:
    """List the official methods that `assess` knows: whose they are, what they need, their classes.

    Returns
    -------
    tuple of Method
        One for each method. ``pandas.DataFrame(sndstats.methods())`` shows them as a table.

    Examples
    --------
    >>> import sndstats as snd
    >>> [m.name for m in snd.methods() if m.office == "Eurostat"]
    ['eurostat']

    References
    ----------
    Each method names its own.
    """
    return tuple(method for method, _ in _table().values())


def _found(name: Any) -> tuple[Method, bool]:
    """The method of that name."""
    known = _table()
    try:
        return known[_ALIASES.get(name, name)]
    except (KeyError, TypeError):
        raise ValueError(f"method: unknown {name!r:.80}; expected one of {', '.join(known)}") from None


def _check_given(method: Method, given: dict[str, Any], cases: Cases) -> None:
    """Refuse what the method cannot do without, and what it makes no use of."""
    needs = list(method.needs)
    with_target = cases.has("target")
    if with_target.any():
        needs += method.needs_with_target
    in_series = _IN_SERIES if given["series"] is not None else ()
    for name in needs:
        if given.get(name) is None and name not in in_series:
            why = " where there is a target" if name in method.needs_with_target else ""
            raise ValueError(
                f"{name}: method {method.name!r} needs it{why}; it needs {', '.join(needs)} in all"
                + (f", or a series in place of {', '.join(_IN_SERIES)}" if "series" in method.takes else "")
            )
    used = {*method.needs, *method.needs_with_target, *method.takes, "baseline", "actual", "start", "now"}
    if method.target != "none":
        used |= {"target", "deadline"}
    for name, x in given.items():
        if x is not None and name not in used:
            raise ValueError(f"{name}: method {method.name!r} makes no use of it; leave it out")
    if method.target == "required" and not with_target.all():
        raise ValueError(f"target: method {method.name!r} needs one for each element, and some are missing")
    _check_sides(method, cases)


def _check_sides(method: Method, cases: Cases) -> None:
    """Ranges where the method knows them, rates of what goes up, scales that run to the better side."""
    if np.any(cases.sides == 0) and "target_high" not in method.takes:
        raise ValueError(
            f"better: method {method.name!r} knows no ranges; measure the distance from the range first, "
            f"or use 'escap', 'germany' or 'rag'"
        )
    if method.name == "sigma" and np.any(cases.sides < 0):
        raise ValueError("better: method 'sigma' rates what is counted up; expected 'higher', got 'lower'")
    for low, high in (("worst", "best"), ("red", "green")):
        if low in cases.columns and high in cases.columns:
            step = cases.sides * (cases.columns[high] - cases.columns[low])
            _refuse(step <= 0, cases, f"{high}: expected a value on the better side of {low}", low, high)
    if "spread" in cases.columns:
        _refuse(
            cases.columns["spread"] <= 0, cases, "spread: expected a positive standard deviation", "spread"
        )


def _refuse(wrong: Any, cases: Cases, expected: str, *names: str) -> None:
    """Raise for the first element that is wrong."""
    if not np.any(wrong):
        return
    at = int(np.argmax(wrong))
    got = ", ".join(f"{name} {cases.columns[name][at]:g}" for name in names)
    where = f" at {[int(k) for k in np.unravel_index(at, cases.shape)]}" if cases.shape else ""
    raise ValueError(f"{expected}, got {got}{where}")


def _thresholds(method: Method, given: Any) -> tuple[float, ...]:
    """The customary thresholds, or as many given."""
    customary = tuple(value for _, value in method.thresholds)
    if given is None:
        return customary
    try:
        values = tuple(float(x) for x in given)
    except (TypeError, ValueError) as error:
        raise TypeError(f"thresholds: expected a sequence of numbers, got {given!r:.80}") from error
    if len(values) != len(customary) or not all(np.isfinite(values)) or list(values) != sorted(values):
        names = ", ".join(f"{name} (customary {value:g})" for name, value in method.thresholds) or "none"
        raise ValueError(
            f"thresholds: method {method.name!r} takes, in ascending order, {names}; got {given!r:.80}"
        )
    return values


def _check_half_widths(
    method: Method, given: dict[str, Any], half_widths: dict[str, Any], cases: Cases
) -> None:
    """Refuse half-widths of what is not there, below zero or without bounds."""
    for name, x in half_widths.items():
        if x is None:
            continue
        if "series" in method.needs:
            raise ValueError(f"{name}: method {method.name!r} looks at a whole series; leave half-widths out")
        figure = name.removesuffix("_half_width")
        if given.get(figure) is None:
            raise ValueError(f"{name}: expected {figure} beside it; there is none")
        if figure == "target" and "target_high" in cases.columns:
            raise ValueError(f"{name}: the ends of ranges are taken as exact; leave it out")
        column = cases.columns[name]
        bad = (column < 0) | np.isinf(column)
        if bad.any():
            raise ValueError(f"{name}: expected numbers from 0 up, got {float(column[bad][0])!r}")


def _rounding(half_widths: dict[str, Any], cases: Cases) -> tuple[Any, ...] | None:
    """The columns of half-widths and room for what is reachable; None if none were given."""
    if all(x is None for x in half_widths.values()):
        return None
    return *(cases.columns.get(name) for name in half_widths), np.empty(cases.size, np.uint16)


def _rows(array: Any, cases: Cases) -> Any:
    """Values along axis 0 as a row for each element, or one for all."""
    if array.ndim == 1:
        return np.ascontiguousarray(array.reshape(1, -1))
    wide = np.broadcast_to(np.moveaxis(array, 0, -1), (*cases.shape, len(array)))
    return np.ascontiguousarray(wide.reshape(-1, len(array)))


def _series(cases: Cases) -> tuple[Any, Any]:
    """The rows of a series and of its times, in order of time; None without one."""
    values, times = cases.series, cases.series_time
    if values is None:
        if times is not None:
            raise ValueError("series_time: given without a series")
        return None, None
    if values.ndim == 0 or not len(values):
        raise ValueError(f"series: expected values along axis 0, got shape {values.shape}")
    if times is None:
        raise ValueError("series_time: a series needs the time of each of its values")
    if times.ndim == 0 or len(times) != len(values):
        raise ValueError(f"series_time: expected {len(values)} times, one per value, got shape {times.shape}")
    if not np.all(np.isfinite(times)):
        raise ValueError("series_time: missing or infinite times; drop those values")
    rows, row_times = _rows(values, cases), _rows(times, cases)
    if not np.all(row_times[:, 1:] > row_times[:, :-1]):
        order = np.argsort(row_times, axis=1, kind="stable")
        row_times = np.take_along_axis(row_times, order, 1)
        if np.any(row_times[:, 1:] == row_times[:, :-1]):
            raise ValueError("series_time: a time occurs twice; give one value for each")
        rows, order = np.broadcast_arrays(rows, order)
        rows = np.ascontiguousarray(np.take_along_axis(rows, order, 1))
    return rows, row_times


def assess(
    baseline: Any,
    actual: Any,
    target: Any = None,
    *,
    start: Any = None,
    now: Any = None,
    deadline: Any = None,
    better: Any,
    method: str,
    target_high: Any = None,
    strict: Any = False,
    limit: Any = None,
    series: Any = None,
    series_time: Any = None,
    spread: Any = None,
    worst: Any = None,
    best: Any = None,
    red: Any = None,
    green: Any = None,
    thresholds: Any = None,
    threads: Any = None,
    baseline_half_width: Any = None,
    actual_half_width: Any = None,
    target_half_width: Any = None,
) -> Assessment:
    """Progress towards a target by an official method, as its office computes it.

    `methods` lists the methods with their classes, limits, sources and how certain they are.
    Figures are computed as float64 in the office's order of operations, with its surrogates and
    caps, so what it published comes out bit for bit where the C library's `pow` is the office's.

    Parameters
    ----------
    baseline, actual, target : array_like, or a target (low, high)
        Figures in one unit; they broadcast. A target of NaN, or None for all, is none: then the
        method judges the trend alone, if it does that. Baseline and actual are None where the
        method does not use them, or where they are to be read from `series`.
    start, now, deadline : float, date or array_like of these
        Times of the baseline, of the actual figure and of the target: years as numbers, or
        dates, between which spans are whole calendar years plus days over the length of the
        running year. "germany": a target without a deadline has to hold every year.
    better : {"higher", "lower", "range"} or array_like of these
        Which side of the target is good; there is no default.
    method : str
        One of `methods`; "un" is "un2023".
    target_high : array_like, optional
        The high ends of ranges, with `target` the low ones.
    strict : bool or array_like of bool, default False
        Whether the target itself does not count as met. Offices count it.
    limit : array_like, optional
        "canada": a natural ceiling or floor near which less growth is asked for.
        "escap_anticipated": the ceiling of a share, whose logit is then projected. NaN: none.
    series, series_time : array_like, optional
        "germany", "escap_anticipated", "sdsn_trend": values with time along axis 0, whose other
        axes broadcast with the figures, and the time of each; in any order, no time twice.
        Missing values are passed over, those after `now` are not used. A baseline that is not
        given is the value at `start`, or the first; an actual figure the value at `now`, or the last.
    spread : array_like, optional
        "oecd": the standard deviation over those compared, above zero.
    worst, best : array_like, optional
        "sdsn", "sdsn_trend", "efficacy": the bounds of the normalization, with `best` on the
        better side.
    red, green : array_like, optional
        "sdsn" and, green alone, "sdsn_trend": thresholds of the colors, in the unit of the
        figures, with `green` on the better side.
    thresholds : sequence of float, optional
        Limits that the method's source leaves open or to the user, in ascending order: "rag"
        (yellow, green; 0.75 and 0.90), "sdsn_trend" (0.5), "un2022" (0.9995).
    threads : int, optional
        Threads for a long call; the result does not depend on it.
    baseline_half_width, actual_half_width, target_half_width : array_like, optional
        Half of the last printed digit's unit, in the unit of the figures (`half_width` reads it
        from printed text). The figure then stands for the closed interval around it, formed in
        decimal, and the result has `reachable` and `determined`. None where others are given: the
        figure is exact. Methods that look at a series, and the ends of ranges, take none.

    Returns
    -------
    Assessment
        value, score, status, labels, reason and slipping. Missing baselines or figures give status 0,
        "not_available"; so do what the method cannot compute, and methods without classes
        ("oecd", "efficacy", "sigma"). Empty input gives empty arrays.
        With half-widths, `reachable` holds each status that the method gives at some point of
        the closed box of figures, other arguments exact: all its ends and ties, and what is
        special inside it (the target met, the baseline on it, a figure of zero). Each is a verdict
        of the method itself at such a point; one that only figures within about 1e-10 of each other
        take, relative to their size, may be missed. A missing half-width of a given figure leaves
        the set empty: nothing can be told.

    Raises
    ------
    ValueError
        For an unknown method or side, an argument that the method needs or makes no use of,
        a deadline that is not after its start, ranges, bounds or colors upside down, a spread
        that is not positive, times of a series that are missing or occur twice, shapes or
        labels that do not agree, half-widths that are negative, infinite or of no figure.
    TypeError
        For figures that are not numbers, or dates beside numbers.

    Notes
    -----
    Where sources are silent, the rules are ours:

    - "eurostat", "istat" and the methods of the UN have no value where there is no rate of growth:
      from a baseline of zero, from or to a negative figure, in no time; the first and "un2022" none
      towards a target of zero. A baseline at the target leaves no ratio: the best class while the
      target is met, else the worst; with those of the UN so does a baseline beyond it.
    - "escap", "rag" and "schedule" measure a range by the distance from it. From a baseline at
      the target there is no way to go: value NaN, the best class while the target is met, else
      the worst. The same goes for a baseline beyond it, but for "escap", whose index is then 10
      while met, and else negative.
    - "escap_anticipated" fits one weighted line to all values of the series; a single value is
      judged only where it meets the target.
    - "germany" looks at the consecutive years before the last value, at most six and at least
      four. A target already met has no miss, so its value is NaN. No change is not the right
      direction, and when no time is left the whole gap is missed.
    - "sdsn_trend" compares baseline and actual figure, as scores where there are bounds; the
      years are yours to choose. Exactly half of the needed change is in the better class.
    - "schedule" (序时进度) puts exactly on schedule with what is ahead, and counts time up to the
      deadline. "oecd" is provisional and no official verdict.

    Examples
    --------
    Statistics Canada's series for SDG 1-2-1, from 14.5 in 2015 to 10.2 in 2023, with 7.25 due in 2030:

    >>> import sndstats as snd
    >>> found = snd.assess(14.5, 10.2, 7.25, start=2015, now=2023, deadline=2030, better="lower",
    ...                    method="canada")
    >>> str(found.labels), float(found.value), float(found.score)
    ('substantial_progress', 0.9525901792032172, 2.5185563910306596)

    Six yearly values that rise by 1 a year, against 22 in 2025: 2 of the remaining 7 will be missing.

    >>> found = snd.assess(None, None, 22.0, deadline=2025, better="higher", method="germany",
    ...                    series=[10.0, 11.0, 12.0, 13.0, 14.0, 15.0], series_time=range(2015, 2021))
    >>> str(found.labels), round(float(found.value), 4)
    ('cloud', 0.2857)

    Under-five mortality of India in the SDG Index of 2019:

    >>> found = snd.assess(None, 39.4, better="lower", method="sdsn", worst=130.1, best=2.6,
    ...                    red=50, green=25)
    >>> str(found.labels), round(float(found.score), 6)
    ('orange', 71.137255)

    As printed, to one decimal, the figures do not settle it:

    >>> rounded = snd.assess(14.5, 10.2, 7.25, start=2015, now=2023, deadline=2030, better="lower",
    ...                      method="canada", baseline_half_width=0.05, actual_half_width=0.05)
    >>> bool(rounded.determined), rounded.reachable_labels()
    (False, ('moderate_progress', 'substantial_progress'))

    References
    ----------
    Statistics Canada, progress measure methodology of Open SDG; Eurostat, Sustainable
    development in the European Union, 2021; and the source that `methods` names for each.
    """
    chosen, geometric = _found(method)
    given = {
        "baseline": baseline,
        "actual": actual,
        "target": target,
        "target_high": target_high,
        "start": start,
        "now": now,
        "deadline": deadline,
        "limit": limit,
        "spread": spread,
        "worst": worst,
        "best": best,
        "red": red,
        "green": green,
    }
    half_widths = {
        "baseline_half_width": baseline_half_width,
        "actual_half_width": actual_half_width,
        "target_half_width": target_half_width,
    }
    cases = prepare(given | half_widths, better, strict, series, series_time)
    if cases.columns.get("target_high") is not None:
        given["target_high"] = cases.columns["target_high"]
    _check_given(chosen, given | {"series": series}, cases)
    _check_half_widths(chosen, given, half_widths, cases)
    rows = _series(cases)
    out = _results(cases.size)
    own = _thresholds(chosen, thresholds)
    rounding = _rounding(half_widths, cases)
    parts = thread_count(cases.size, threads)
    codes = cases.sides, cases.strict
    _core.assess(chosen.name, geometric, cases.operands, *codes, own, *rows, out, parts, rounding)
    reachable = None if rounding is None else cases.shaped(rounding[-1])
    value, score, status, reason, slipping = (cases.shaped(x) for x in out)
    with_target = cases.has("target")
    return Assessment(chosen, value, score, status, reason, slipping, with_target, cases.axes, reachable)


def _results(size: int) -> tuple[Any, ...]:
    types = np.float64, np.float64, np.int8, np.int8, np.bool_
    return tuple(np.empty(size, dtype) for dtype in types)
