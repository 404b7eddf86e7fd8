"""Earned schedule: progress as time on the plan, and the pace that is needed from here."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .containers import arrays, elementwise, in_container
from .lanes import run
from .operands import whole
from .sides import destination

__all__ = ["earned_time", "required_acceleration", "to_complete"]


def _on_path(path: Any, linear: np.ufunc, geometric: np.ufunc) -> np.ufunc:
    """The measure for the word."""
    if isinstance(path, str) and path in ("linear", "geometric"):
        return linear if path == "linear" else geometric
    raise ValueError(f"path: expected 'linear' or 'geometric', got {path!r:.80}; a plan by periods is plan=")


def _earned_on_plan(plan: Any, path: Any, figures: dict[str, Any]) -> Any:
    """The share of the planned time that progress has earned on a plan by periods."""
    if not (isinstance(path, str) and path == "linear"):
        raise ValueError(f"plan: goes without path, got path={path!r:.80}")
    shares: NDArray[Any] = np.asarray(whole(plan, "plan"), dtype=np.float64)
    if shares.ndim == 0 or len(shares) == 0:
        raise ValueError(f"plan: expected shares of at least one period along axis 0, got {plan!r:.80}")
    if np.any(shares[1:] < shares[:-1]) or np.any(shares[0] < 0):
        raise ValueError("plan: cumulative shares fall; accumulate shares of single periods first")
    gone = elementwise(_core.progress, None, True, **figures)
    (done,) = arrays(actual=gone)
    lanes = shares.reshape(len(shares), *(1,) * (done.ndim + 1 - shares.ndim), *shares.shape[1:])
    try:
        earned = run("earned_plan", (lanes, done[np.newaxis]), 1)[0]
    except ValueError as error:
        raise ValueError(
            f"shapes do not broadcast: plan {shares.shape} (periods first), progress {done.shape} ({error})"
        ) from error
    return in_container(gone if np.shape(gone) == earned.shape else None, earned)


def earned_time(
    baseline: Any,
    actual: Any,
    target: Any,
    duration: Any = 1.0,
    *,
    path: str = "linear",
    plan: Any = None,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """The time by which the plan comes to where things stand now: the earned schedule, ES.

    On a linear path ``duration * progress``, on a geometric one
    ``duration * ln(actual / baseline) / ln(target / baseline)``. On a plan by periods it is
    ``duration / periods * (C + I)`` with C the last period whose planned share is no more than the
    progress p, and ``I = (p - P_C) / (P_{C+1} - P_C)`` of the next period.

    Over the time that has passed it is the schedule performance index SPI(t), on a linear path the
    `pace`; less that time, the schedule variance SV(t). The planned duration over SPI(t) is the
    estimated one, IEAC(t).

    Parameters
    ----------
    baseline, actual : array_like
        Figures in one unit; they broadcast.
    target : array_like, or tuple (low, high)
        Targets in the same unit. A tuple is a range, as in `progress`.
    duration : array_like, default 1.0
        The planned time from baseline to target, in any unit; with 1 the result is a share of
        it, as `elapsed` is elsewhere. The number of periods gives the result in periods.
    path : {"linear", "geometric"}, default "linear"
        The planned path.
    plan : array_like, optional
        The shares of the way that are planned by the end of each period, periods along axis 0,
        equally long, from the first to the last; they do not fall. Further axes broadcast with
        the figures. Goes with no `path`.
    target_high : array_like, optional
        The high ends, with `target` the low ones; NaN where there is no range.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        In the unit of `duration`. Negative when moving away and above `duration` beyond the target;
        but a plan says nothing of either: there it is NaN, and at most `duration`. NaN for missing
        input, also anywhere in the plan; on a linear path, where the target is the baseline, as
        `progress`; on a geometric path there and unless all three figures are positive.

    Raises
    ------
    ValueError
        For an unknown `path`, a plan that falls or has no period, and as `gap`.
    TypeError
        As `gap`.

    Examples
    --------
    35 % done after three of five periods, with 10, 20, 40, 70 and 100 % planned:

    >>> import sndstats as snd
    >>> plan = [0.1, 0.2, 0.4, 0.7, 1.0]
    >>> earned = float(snd.earned_time(0, 35_000, 100_000, 5, plan=plan))
    >>> round(earned, 6), round(earned / 3, 6), round(5 / (earned / 3), 6)
    (2.75, 0.916667, 5.454545)

    References
    ----------
    W. Lipke and K. Henderson, Earned Schedule Training, 2006, sheet 24. The example's figures
    are those of the earned value example of the R package PRA.
    """
    end = destination("baseline", baseline, target, target_high)
    figures = {"baseline": baseline, "actual": actual, "target": end}
    if plan is None:
        ufunc = _on_path(path, _core.progress, _core.earned_geometric)
        share = elementwise(ufunc, None, where, **figures)
    else:
        share = _earned_on_plan(plan, path, figures)
    return elementwise(np.multiply, out, where, earned=share, duration=duration)


def to_complete(
    baseline: Any,
    actual: Any,
    target: Any,
    elapsed: Any,
    *,
    path: str = "linear",
    plan: Any = None,
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Required over planned rate: the to-complete schedule performance index, TSPI.

    ``(1 - ES) / (1 - e)`` with ES the `earned_time` as a share of the planned time and e the
    share that has passed; on a linear path ``(1 - p) / (1 - e)``, the change per period that
    is required from here (`required_change`) over the planned one, on a geometric path the same
    of logarithmic growth. Above 1 the rest must go faster than planned.

    Parameters
    ----------
    baseline, actual : array_like
        Figures in one unit; they broadcast.
    target : array_like, or tuple (low, high)
        Targets in the same unit. A tuple is a range, as in `progress`.
    elapsed : array_like
        The share of the time from baseline to deadline that has passed, a fraction.
    path, plan, target_high
        As in `earned_time`.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        A ratio: 1 on the plan, 0 at the target, negative beyond it. NaN for missing input, before
        the start and where no time is left, where the target is the baseline, on a geometric
        path unless all three figures are positive, and where a plan does not say (`earned_time`).
        64-bit integers are subtracted as integers.

    Raises
    ------
    ValueError, TypeError
        As `earned_time`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.to_complete(14.5, 10.2, 7.25, 8 / 15)), 3)
    0.872
    >>> plan = [0.1, 0.2, 0.4, 0.7, 1.0]
    >>> round(float(snd.to_complete(0, 35_000, 100_000, 3 / 5, plan=plan)), 6)
    1.125

    References
    ----------
    W. Lipke and K. Henderson, Earned Schedule Training, 2006, sheet 24: TSPI is (PD - ES) over
    (PD - AT), with PD the planned duration and AT the time that has passed.
    """
    end = destination("baseline", baseline, target, target_high)
    figures = {"baseline": baseline, "actual": actual, "target": end}
    if plan is not None:
        earned = _earned_on_plan(plan, path, figures)
        return elementwise(_core.to_complete_share, out, where, earned=earned, elapsed=elapsed)
    ufunc = _on_path(path, _core.to_complete_linear, _core.to_complete_geometric)
    return elementwise(ufunc, out, where, **figures, elapsed=elapsed)


def required_acceleration(
    baseline: Any,
    actual: Any,
    target: Any,
    elapsed: Any,
    *,
    path: str = "linear",
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Required over observed rate: by what factor the pace since the baseline must change.

    ``(target - actual) / (1 - e)`` over ``(actual - baseline) / e``, with e the share of the time
    that has passed; on a geometric path the same of logarithmic growth,
    ``ln(target / actual) / (1 - e)`` over ``ln(actual / baseline) / e``. It is `to_complete` over the
    schedule performance index (`earned_time` over e, on a linear path `pace`): 1 where the trend
    arrives at the deadline.

    Parameters
    ----------
    baseline, actual, target, elapsed, target_high
        As in `to_complete`.
    path : {"linear", "geometric"}, default "linear"
        Whether rates are changes or growth per period.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        A factor: above 1 faster, below 1 slower than so far, 0 at the target, negative where
        the direction must turn round: after moving away, and beyond the target. An infinity where
        nothing has changed, NaN there at the target. NaN for missing input, unless some of the
        time has passed and some is left, and on a geometric path unless all three figures are
        positive. 64-bit integers are subtracted as integers.

    Raises
    ------
    ValueError
        For an unknown `path`, and as `gap`.
    TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.required_acceleration(14.5, 10.2, 7.25, 8 / 15)), 3)
    0.784

    References
    ----------
    With the indices of earned schedule it is TSPI / SPI(t), on both paths (W. Lipke and
    K. Henderson, Earned Schedule Training, 2006, sheet 24).
    """
    end = destination("baseline", baseline, target, target_high)
    ufunc = _on_path(path, _core.acceleration_linear, _core.acceleration_geometric)
    operands = {"baseline": baseline, "actual": actual, "target": end, "elapsed": elapsed}
    return elementwise(ufunc, out, where, **operands)
