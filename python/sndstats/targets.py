"""Target measures: gap, attainment, progress, and what is required from here.

A target's side is never guessed: measures whose sign depends on it require `better`.
"""

from typing import Any

import numpy as np

from . import _core
from .containers import aligned_operands, arrays, elementwise

__all__ = [
    "attainment",
    "gap",
    "progress",
    "relative_gap",
    "required_change",
    "required_growth",
]

_SIDES = {"higher": 1, "lower": -1, "range": 0}


def _sides(better: Any) -> Any:
    """Codes of the words; int8 of their shape."""
    words = np.asarray(better, dtype=object)
    codes = np.frompyfunc(lambda word: _SIDES.get(word, 2) if isinstance(word, str) else 2, 1, 1)(words)
    found = np.asarray(codes, dtype=np.int8)
    if np.any(found > 1):
        raise ValueError(
            f"better: unknown side {words[found > 1].ravel()[0]!r}; expected 'higher', 'lower' or 'range'"
        )
    return found


def _is_range(target: Any, better: Any) -> bool:
    """Whether `target` is (low, high): a tuple is, unless one word for all wants no range."""
    return isinstance(target, tuple) and not (isinstance(better, str) and better != "range")


def _check_ends(low: Any, high: Any, sides: Any) -> None:
    """Refuse ranges upside down; lazy ends are not looked at."""
    if any(hasattr(x, "__dask_graph__") for x in (low, high)):
        return
    low, high = arrays(target=low, target_high=high)
    try:
        swapped = np.any((sides == 0) & (low > high))
    except ValueError:  # shapes that do not broadcast are named where all of them are known
        return
    if swapped:
        raise ValueError("target_high: an upper end is below its lower end; swap them")


def _sided(
    ufunc: np.ufunc, actual: Any, target: Any, target_high: Any, better: Any, out: Any, where: Any
) -> Any:
    """Call a measure of actual, target, high end and side."""
    sides = _sides(better)
    aligned_operands({"actual": actual, "target": target, "better": better})
    if _is_range(target, better):
        if target_high is not None or len(target) != 2:
            raise ValueError(f"target: expected (low, high) without target_high, got {target!r:.80}")
        target, target_high = target
    if target_high is None:
        if np.any(sides == 0):
            raise ValueError(
                "target: better='range' needs both ends; give target=(low, high) or target_high="
            )
        return elementwise(ufunc, out, where, sides, actual=actual, target=target, target_high=target)
    _check_ends(target, target_high, sides)
    return elementwise(ufunc, out, where, sides, actual=actual, target=target, target_high=target_high)


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
    if method == "reflected":
        return _sided(_core.attainment_reflected, actual, target, target_high, better, out, where)
    if method not in methods:
        raise ValueError(f"method: unknown {method!r}; expected 'ratio', 'inverse' or 'reflected'")
    sides = _sides(better)
    if np.any(sides == 0) or _is_range(target, better):
        raise ValueError(f"method: a range has no {method!r} attainment; use method='reflected'")
    aligned_operands({"actual": actual, "target": target, "better": better})
    if sides.ndim:
        actual = _spread(actual, target, sides)
    return elementwise(methods[method], out, where, actual=actual, target=target)


def progress(baseline: Any, actual: Any, target: Any, *, out: Any = None, where: Any = True) -> Any:
    """Share of the way from the baseline to the target that has been gone.

    ``(actual - baseline) / (target - baseline)``: 0 at the baseline, 1 at the target,
    negative when moving away, above 1 beyond the target. It does not depend on which
    side is better, nor on where the scale has its zero.

    Parameters
    ----------
    baseline, actual, target : array_like
        Figures in one unit; they broadcast.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        Fractions. Missing input gives NaN; a target equal to the baseline gives NaN at
        the baseline and an infinity elsewhere. 64-bit integers are subtracted as integers.

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
    return elementwise(_core.progress, out, where, baseline=baseline, actual=actual, target=target)


def required_growth(actual: Any, target: Any, periods: Any, *, out: Any = None, where: Any = True) -> Any:
    """Compound rate per period that takes the actual figure to the target.

    ``(target / actual)**(1 / periods) - 1``, computed from the difference, as
    ``expm1(log1p((target - actual) / actual) / periods)``, so that small rates keep their
    digits.

    Parameters
    ----------
    actual, target : array_like
        Figures in one unit; they broadcast.
    periods : array_like
        Periods left; fractions of a period are welcome.
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
    return elementwise(_core.required_growth, out, where, actual=actual, target=target, periods=periods)


def required_change(actual: Any, target: Any, periods: Any, *, out: Any = None, where: Any = True) -> Any:
    """Constant change per period that takes the actual figure to the target.

    ``(target - actual) / periods``: the run rate that is required from here.

    Parameters
    ----------
    actual, target, periods, out, where
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
    return elementwise(_core.required_change, out, where, actual=actual, target=target, periods=periods)
