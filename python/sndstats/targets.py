"""Target measures: gap, attainment, progress, and what is required from here.

A target's side is never guessed: measures whose sign depends on it require `better`.
"""

from typing import Any

import numpy as np

from . import _core
from .containers import aligned_operands, arrays, elementwise
from .pairing import check_choice
from .sides import STRICT, check_ends, destination, ends_of, is_range, sides_of

__all__ = [
    "attainment",
    "gap",
    "met",
    "progress",
    "relative_gap",
    "required_change",
    "required_growth",
]


def _sided(
    ufunc: np.ufunc,
    actual: Any,
    target: Any,
    target_high: Any,
    better: Any,
    out: Any,
    where: Any,
    codes: Any = None,
    **more: Any,
) -> Any:
    """Call a measure of actual, target, high end, further operands, and side, or codes of sides."""
    sides = sides_of(better)
    aligned_operands({"actual": actual, "target": target, "better": better})
    if is_range(target, better):
        target, target_high = ends_of(target, target_high)
    if target_high is None:
        if np.any(sides == 0):
            raise ValueError(
                "target: better='range' needs both ends; give target=(low, high) or target_high="
            )
        target_high = target
    else:
        check_ends("target", target, "target_high", target_high, sides)
    operands = {"actual": actual, "target": target, "target_high": target_high, **more}
    return elementwise(ufunc, out, where, sides if codes is None else codes, **operands)


def gap(
    actual: Any,
    target: Any,
    *,
    better: Any,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """What is still missing to the target (差距), in the unit of the figures.

    ``target - actual`` where higher is better, ``actual - target`` where lower is; in a
    range the distance to the nearer end. Positive when short, zero at the target, negative
    beyond it or inside the range.

    Parameters
    ----------
    actual : array_like
        Figures.
    target : array_like, or tuple (low, high)
        Targets in the same unit; they broadcast. A tuple is a range, unless `better` is the
        word "higher" or "lower".
    better : {"higher", "lower", "range"} or array_like of these
        Which side of the target is good; there is no default. An array broadcasts with the
        figures.
    target_high : array_like, optional
        The high ends, with `target` the low ones. Looked at only where `better` is "range";
        NaN there, where there is no range, gives NaN.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        float64, or float32 where all figures are. Missing input gives NaN. Zero and negative
        figures are like any other. 64-bit integers are subtracted as integers, so counts
        above 2**53 lose nothing. Empty input gives an empty result.

    Raises
    ------
    ValueError
        For an unknown word in `better`, a range without a high end or with its ends
        swapped, shapes that do not broadcast, indexes that differ.
    TypeError
        For figures that are not numbers.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.gap(61600, 75000, better="higher"))
    13400.0
    >>> snd.gap([1.5, 2.5, 4.0], (2.0, 3.0), better="range").tolist()
    [0.5, -0.5, 1.0]

    References
    ----------
    The signed gap of indicator dashboards, e.g. ServiceNow Performance Analytics, turned so
    that positive is what is missing.
    """
    return _sided(_core.gap, actual, target, target_high, better, out, where)


def relative_gap(
    actual: Any,
    target: Any,
    *,
    better: Any,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """What is still missing to the target, over the size of the target.

    ``gap / |target|``; in a range over the size of the end that the gap is counted from.

    Parameters
    ----------
    actual, target, better, target_high, out, where
        As in `gap`.

    Returns
    -------
    ndarray or the container given
        Fractions: 0.05 is five percent short. A target of zero gives an infinity, or NaN
        at the target; otherwise as `gap`.

    Raises
    ------
    ValueError, TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.relative_gap(35.0, 50.0, better="higher"))
    0.3
    >>> float(snd.relative_gap(-20.0, -10.0, better="higher"))
    1.0

    References
    ----------
    Dashboards and results frameworks print it as the percentage by which a target is missed.
    """
    return _sided(_core.relative_gap, actual, target, target_high, better, out, where)


def _spread(actual: Any, target: Any, sides: Any) -> Any:
    """The actual figures, as many as there are sides where those are more."""
    have = np.shape(actual), np.shape(target)
    try:
        shape = np.broadcast_shapes(*have, sides.shape)
    except ValueError as error:
        raise ValueError(
            f"shapes do not broadcast: actual {have[0]}, target {have[1]}, better {sides.shape} ({error})"
        ) from error
    return actual if shape == np.broadcast_shapes(*have) else np.broadcast_to(np.asarray(actual), shape)


def attainment(
    actual: Any,
    target: Any,
    *,
    better: Any,
    method: str = "ratio",
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """How much of the target is attained (完成率).

    "ratio" is ``actual / target``, whichever side is better; "inverse" is
    ``target / actual``, a convention where lower is better; "reflected" is
    ``1 - relative_gap``, which is ``1 + (actual - target) / |target|`` where higher is better
    and ``1 - (actual - target) / |target|`` where lower is: it equals "ratio" for positive
    targets where higher is better, and keeps its order for negative ones.

    Parameters
    ----------
    actual, target, better, target_high, out, where
        As in `gap`. A range has only a "reflected" attainment.
    method : {"ratio", "inverse", "reflected"}, default "ratio"
        Conventions in use differ, above all where lower is better; name yours.

    Returns
    -------
    ndarray or the container given
        Fractions: 1 is at the target. Missing input gives NaN. A negative target turns the
        order of ratios round, so "ratio" and "inverse" are NaN there, "inverse" for a negative
        actual figure too. A zero divisor gives an infinity, 0/0 NaN.

    Raises
    ------
    ValueError
        For an unknown `method`, a range with "ratio" or "inverse", and as `gap`.
    TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.attainment(12_000, 30_000, better="higher"))
    0.4
    >>> float(snd.attainment(110.0, 100.0, better="lower", method="reflected"))
    0.9
    >>> float(snd.attainment(-5.0, -10.0, better="higher", method="reflected"))
    1.5

    References
    ----------
    The forms for which lower is better are those in use in results platforms (Hikaya Activity);
    1 + (x - T) / abs(T) is the customary rule for planned losses in Chinese practice.
    """
    methods = {"ratio": _core.attainment_ratio, "inverse": _core.attainment_inverse}
    check_choice("method", method, (*methods, "reflected"))
    if method == "reflected":
        return _sided(_core.attainment_reflected, actual, target, target_high, better, out, where)
    sides = sides_of(better)
    if np.any(sides == 0) or is_range(target, better):
        raise ValueError(f"method: a range has no {method!r} attainment; use method='reflected'")
    aligned_operands({"actual": actual, "target": target, "better": better})
    if sides.ndim:
        actual = _spread(actual, target, sides)
    return elementwise(methods[method], out, where, actual=actual, target=target)


def met(
    actual: Any,
    target: Any,
    *,
    better: Any,
    target_high: Any = None,
    strict: Any = False,
    tolerance: Any = 0.0,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Whether the target is met (达标).

    ``actual >= target`` where higher is better, ``actual <= target`` where lower is,
    ``low <= actual <= high`` in a range: what is missing (`gap`) is no more than `tolerance`.
    With `strict`, "more than" and "fewer than", it is less than `tolerance`.

    Parameters
    ----------
    actual, target, better, target_high, out
        As in `gap`; `out` holds bool.
    strict : bool or array_like of bool, default False
        Whether at the target is not enough. Broadcasts with `better`.
    tolerance : array_like, default 0.0
        How much may be missing, in the unit of the figures; it broadcasts.
    where : array_like of bool, optional
        Cells that are not decided are False; with `out`, what was there.

    Returns
    -------
    ndarray of bool or the container given
        False where a figure is missing, because nothing shows that the target is met;
        ``numpy.isnan`` of `gap` tells those apart. Containers with missing truth values (nullable
        pandas columns, polars) have them there. The decision is that of the figures as given,
        without rounding, of 64-bit integers too; 0.1 + 0.2 is more than 0.3. Empty input
        gives an empty result.

    Raises
    ------
    ValueError
        For a negative or missing `tolerance`, and as `gap`.
    TypeError
        For a `strict` that is not bool, and as `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.met([61600, 75000, 80000], 75000, better="higher").tolist()
    [False, True, True]
    >>> bool(snd.met(75000, 75000, better="higher", strict=True))
    False
    >>> snd.met([1.9, 2.0, 3.1], (2.0, 3.0), better="range", tolerance=0.15).tolist()
    [True, True, True]

    References
    ----------
    The Sustainable Development Goals set both kinds of bounds: target 3.1 is "less than 70" deaths,
    target 3.2 "at least as low as 12" (United Nations, A/RES/70/1).
    """
    sides, strictly = sides_of(better), np.asarray(strict)
    if strictly.dtype.kind != "b":
        raise TypeError(f"strict: expected bool, got {strict!r:.80}")
    (allowed,) = arrays(tolerance=tolerance)
    if not np.all(allowed >= 0):
        raise ValueError(f"tolerance: expected 0 or more, in the unit of the figures, got {tolerance!r:.80}")
    try:
        codes = np.where(strictly, sides + STRICT, sides).astype(np.int8)
    except ValueError as error:
        raise ValueError(
            f"shapes do not broadcast: better {sides.shape}, strict {strictly.shape} ({error})"
        ) from error
    return _sided(_core.met, actual, target, target_high, better, out, where, codes, tolerance=tolerance)


def progress(
    baseline: Any,
    actual: Any,
    target: Any,
    *,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Share of the way from the baseline to the target that has been gone.

    ``(actual - baseline) / (target - baseline)``: 0 at the baseline, 1 at the target,
    negative when moving away, above 1 beyond the target. It does not depend on which
    side is better, nor on where the scale has its zero.

    A stock is measured from its baseline. A flow of the period, what has been done since it
    began, has baseline 0: its progress is the completion, done over target. A total to be
    reached by additions is a stock: with 62,000 at hand and 75,000 wanted, 6,500 added is
    ``progress(62_000, 68_500, 75_000)``, a half; 6,500 over 75,000 would mix the two.

    Parameters
    ----------
    baseline, actual : array_like
        Figures in one unit; they broadcast.
    target : array_like, or tuple (low, high)
        Targets in the same unit. A tuple is a range: its target is the end nearer to the
        baseline, and the baseline itself where that is inside, a target already held.
    target_high : array_like, optional
        The high ends, with `target` the low ones; NaN where there is no range.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        Fractions. Missing input gives NaN, and so does a target equal to the baseline: there is no
        way to go. 64-bit integers are subtracted as integers.

    Raises
    ------
    ValueError, TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.progress(10.0, 15.0, 30.0))
    0.25

    References
    ----------
    Achievement since the start over the way to the target, as in results-based plans;
    on a linear path, the share of the planned duration that has been earned (W. Lipke
    and K. Henderson, Earned Schedule Training, 2006).
    """
    end = destination("baseline", baseline, target, target_high)
    return elementwise(_core.progress, out, where, baseline=baseline, actual=actual, target=end)


def required_growth(
    actual: Any,
    target: Any,
    periods: Any,
    *,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Compound rate per period that takes the actual figure to the target.

    ``(target / actual)**(1 / periods) - 1``, computed from the difference, as
    ``expm1(log1p((target - actual) / actual) / periods)``, so that small rates keep their
    digits.

    Parameters
    ----------
    actual : array_like
        Figures.
    target : array_like, or tuple (low, high)
        Targets in the same unit; they broadcast. A tuple is a range: its target is the end
        nearer to the actual figure, and that figure itself where it is inside.
    periods : array_like
        Periods left; fractions of a period are welcome.
    target_high : array_like, optional
        The high ends, with `target` the low ones; NaN where there is no range.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        Fractions per period, negative for a fall. NaN for missing input, where `actual` or
        `target` is zero or negative (no constant rate leads there; see `required_change`)
        and where no period is left. 64-bit integers are subtracted as integers.

    Raises
    ------
    ValueError, TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.required_growth(61600, 75000, 1)), 4)
    0.2175
    >>> round(float(snd.required_growth(100.0, 60.0, 13)), 6)
    -0.038532

    References
    ----------
    Statistics Canada and Eurostat compare the observed with this rate when they assess
    progress towards targets (Eurostat, Sustainable development in the European Union,
    2021, introduction).
    """
    end = destination("actual", actual, target, target_high)
    return elementwise(_core.required_growth, out, where, actual=actual, target=end, periods=periods)


def required_change(
    actual: Any,
    target: Any,
    periods: Any,
    *,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Constant change per period that takes the actual figure to the target.

    ``(target - actual) / periods``: the run rate that is required from here.

    Parameters
    ----------
    actual, target, periods, target_high, out, where
        As in `required_growth`.

    Returns
    -------
    ndarray or the container given
        In the unit of the figures per period, negative for a fall. NaN for missing input and
        where no period is left; zero and negative figures are like any other. 64-bit
        integers are subtracted as integers.

    Raises
    ------
    ValueError, TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.required_change(12_000, 30_000, 18))
    1000.0

    References
    ----------
    The pace that remains to be kept; over the planned rate it is the to-complete index of
    earned schedule (W. Lipke and K. Henderson, Earned Schedule Training, 2006).
    """
    end = destination("actual", actual, target, target_high)
    return elementwise(_core.required_change, out, where, actual=actual, target=end, periods=periods)
