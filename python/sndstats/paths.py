"""Where a figure should be by now: planned paths, pace, and the lead over the schedule.

A path says which share of the way from baseline to target is due at each elapsed share.
"""

from typing import Any

from . import _core
from .containers import elementwise
from .sides import destination

__all__ = ["expected_value", "pace", "schedule_lead", "share_due"]


def share_due(baseline: Any, target: Any, elapsed: Any, path: Any) -> Any:
    """The share of the way due; of Python's numbers a Python number, which has no type of its own."""
    share = _share_on_path(baseline, target, elapsed, path)
    given: tuple[Any, ...] = (elapsed,) if isinstance(path, str) else (elapsed, path)
    if isinstance(path, str) and path == "geometric":
        given = (baseline, target, elapsed)
    return float(share) if all(type(x) in (int, float, bool) for x in given) else share


def _share_on_path(baseline: Any, target: Any, elapsed: Any, path: Any) -> Any:
    """The share of the way due at each element's elapsed time."""
    if isinstance(path, str):
        if path == "linear":
            return elementwise(_core.planned_linear, None, True, elapsed=elapsed)
        if path == "geometric":
            return elementwise(
                _core.planned_geometric, None, True, baseline=baseline, target=target, elapsed=elapsed
            )
        raise ValueError(f"path: unknown {path!r}; expected 'linear', 'geometric' or an array of shares")
    return elementwise(_core.planned_given, None, True, path=path, elapsed=elapsed)


def expected_value(
    baseline: Any,
    target: Any,
    elapsed: Any,
    *,
    path: Any = "linear",
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """The figure that is due by now on the way from the baseline to the target.

    On a linear path ``baseline + elapsed * (target - baseline)``, on a geometric one
    ``baseline * (target / baseline)**elapsed``, on a given path
    ``baseline + share * (target - baseline)``.

    Parameters
    ----------
    baseline : array_like
        Figures.
    target : array_like, or tuple (low, high)
        Targets in the same unit; they broadcast. A tuple is a range: its target is the end
        nearer to the baseline, and the baseline itself where that is inside.
    elapsed : array_like
        The share of the time from baseline to deadline that has passed, a fraction: after
        five of twelve months 5/12. Above 1 the deadline has passed and counts as 1, below 0
        is before the start and gives NaN.
    path : {"linear", "geometric"} or array_like, default "linear"
        An array holds the planned share of the way at each element's `elapsed`, and
        broadcasts with it; it is taken as it stands, also beyond 0 and 1.
    target_high : array_like, optional
        The high ends, with `target` the low ones; NaN where there is no range.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        In the unit of the figures: exactly the baseline at share 0 and the target at share 1.
        Missing input gives NaN, and so does a geometric path unless both figures are
        positive.

    Raises
    ------
    ValueError
        For an unknown word in `path`, and as `gap`.
    TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> float(snd.expected_value(40.0, 60.0, 0.25))
    45.0
    >>> float(snd.expected_value(1.0, 4.0, 0.5, path="geometric"))
    2.0

    References
    ----------
    European Commission, Digital Decade: each target has a trajectory with which the year's
    value is compared, the planned value of earned value management.
    """
    target = destination("baseline", baseline, target, target_high)
    operands = {"baseline": baseline, "target": target}
    if isinstance(path, str) and path == "geometric":
        return elementwise(_core.expected_geometric, out, where, **operands, elapsed=elapsed)
    planned = share_due(baseline, target, elapsed, path)
    return elementwise(_core.expected_share, out, where, **operands, elapsed=planned)


def pace(
    baseline: Any,
    actual: Any,
    target: Any,
    elapsed: Any,
    *,
    path: Any = "linear",
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Progress over planned progress: above 1 ahead of the plan, below 1 behind.

    ``progress(baseline, actual, target)`` over the share of the way that is due: `elapsed` on a
    linear path, ``(expected - baseline) / (target - baseline)`` on a geometric one, the
    given share on a given path.

    Parameters
    ----------
    baseline, actual, target : array_like
        Figures in one unit; they broadcast. A target (low, high) is a range, as in `progress`.
    elapsed, path, target_high, out, where
        As in `expected_value`.

    Returns
    -------
    ndarray or the container given
        Fractions. NaN for missing input, before the start, where the target is the baseline, and
        on a geometric path unless baseline and target are positive; where nothing is due yet an
        infinity, or NaN at the baseline. 64-bit integers are subtracted as integers.

    Raises
    ------
    ValueError, TypeError
        As `expected_value`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.pace(14.5, 10.2, 7.25, 8 / 15)), 6)
    1.112069
    >>> round(float(snd.pace(0, 35_000, 100_000, 3 / 5, path=0.4)), 6)
    0.875

    References
    ----------
    On a linear path it is the schedule performance index of earned schedule, SPI(t) (W. Lipke
    and K. Henderson, Earned Schedule Training, 2006, sheet 24).
    """
    target = destination("baseline", baseline, target, target_high)
    planned = share_due(baseline, target, elapsed, path)
    return elementwise(
        _core.pace, out, where, baseline=baseline, actual=actual, target=target, elapsed=planned
    )


def schedule_lead(
    baseline: Any,
    actual: Any,
    target: Any,
    elapsed: Any,
    *,
    path: Any = "linear",
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """Progress minus planned progress: the lead over the schedule (序时进度), positive when ahead.

    ``progress(baseline, actual, target)`` less the share of the way that is due; as a
    fraction, so 0.058 is 5.8 percentage points ahead. With a baseline of 0 and a linear path it
    is 完成率 less 时间进度.

    Parameters
    ----------
    baseline, actual, target : array_like
        Figures in one unit; they broadcast. A flow that starts at nothing has baseline 0. A
        target (low, high) is a range, as in `progress`.
    elapsed, path, target_high, out, where
        As in `expected_value`.

    Returns
    -------
    ndarray or the container given
        Fractions. NaN for missing input, before the start, where the target is the baseline, and
        on a geometric path unless baseline and target are positive. 64-bit integers are
        subtracted as integers.

    Raises
    ------
    ValueError, TypeError
        As `expected_value`.

    Examples
    --------
    47.5 % of the year's target by the end of May:

    >>> import sndstats as snd
    >>> round(float(snd.schedule_lead(0, 47.5, 100, 5 / 12)), 4)
    0.0583

    References
    ----------
    District reports in China print the difference of completion and elapsed months over 12
    in percentage points.
    """
    target = destination("baseline", baseline, target, target_high)
    planned = share_due(baseline, target, elapsed, path)
    return elementwise(
        _core.schedule_lead, out, where, baseline=baseline, actual=actual, target=target, elapsed=planned
    )
