"""Where the pace since the baseline leads: the value at the deadline, and the time of arrival."""

import math
from typing import Any

import numpy as np

from . import _core
from .containers import aligned_operands, arrays, elementwise, in_container
from .operands import is_container
from .paths import share_due
from .sides import check_ends, destination
from .spans import date_after, has_dates, years_between

__all__ = ["attainment_time", "projected_value"]


def projected_value(
    baseline: Any,
    actual: Any,
    elapsed: Any,
    *,
    path: Any = "linear",
    floor: Any = None,
    ceiling: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """The value at the deadline if the trend since the baseline holds (按当前进度推算).

    With e the share of the time that has passed: on a linear path
    ``baseline + (actual - baseline) / e``, on a geometric one
    ``baseline * (actual / baseline)**(1 / e)``, on a given path
    ``baseline + (actual - baseline) / share``.

    Parameters
    ----------
    baseline, actual : array_like
        Figures in one unit; they broadcast.
    elapsed : array_like
        The share of the time from baseline to deadline that has passed, a fraction. Above 1
        the deadline has passed and counts as 1: the projection is the actual figure.
    path : {"linear", "geometric"} or array_like, default "linear"
        An array holds the planned share of the way at each element's `elapsed`, as in
        `expected_value`.
    floor, ceiling : array_like, optional
        Natural limits of the figures, such as 0 and 1 for a share; a projection beyond is set
        to the limit. NaN is no limit. Compare with the result without limits to know where.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        In the unit of the figures; exactly the actual figure at share 1. NaN for missing input,
        where nothing of the time (or of the way, on a given path) has passed or is planned, and on
        a geometric path unless both figures are positive. 64-bit integers are subtracted as
        integers.

    Raises
    ------
    ValueError
        For an unknown word in `path`, a ceiling below its floor, and as `gap`.
    TypeError
        As `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.projected_value(14.5, 10.2, 8 / 15)), 4)
    6.4375
    >>> round(float(snd.projected_value(14.5, 10.2, 8 / 15, path="geometric")), 6)
    7.497705

    A share that rose from 0.37 % to 14.63 % in 0.6 of the time, at constant growth, and within limits:

    >>> round(float(snd.projected_value(0.0037, 0.1463, 0.6, path="geometric")), 3)
    1.698
    >>> float(snd.projected_value(0.0037, 0.1463, 0.6, path="geometric", ceiling=1.0))
    1.0

    References
    ----------
    The run-rate projection of pacing reports; at constant growth the projection of the United
    Nations' progress assessment of 2023. The example's growth is of a published series.
    """
    if isinstance(path, str) and path == "geometric":
        ufunc, due = _core.projected_geometric, elapsed
    else:
        ufunc, due = _core.projected_share, share_due(baseline, actual, elapsed, path)
    operands = {"baseline": baseline, "actual": actual, "elapsed": due}
    if floor is None and ceiling is None:
        return elementwise(ufunc, out, where, **operands)
    limits = {
        "floor": math.nan if floor is None else floor,
        "ceiling": math.nan if ceiling is None else ceiling,
    }
    check_ends("floor", limits["floor"], "ceiling", limits["ceiling"])
    value = elementwise(ufunc, None, where, **operands)
    return elementwise(_core.within_limits, out, where, value=value, **limits)


def attainment_time(
    baseline: Any,
    actual: Any,
    target: Any,
    *,
    start: Any,
    now: Any,
    path: Any = "linear",
    target_high: Any = None,
    out: Any = None,
    where: Any = True,
) -> Any:
    """When the target is reached if the trend since the baseline holds (预计达标时间).

    With n the time from `start` to `now` and p the `progress`: on a linear path
    ``start + n / p``, on a geometric one ``start + n * ln(target / baseline) / ln(actual /
    baseline)``. Where the target is met already it is the crossing, interpolated; a target that the
    baseline meets is crossed where it is lost, and a range may be left behind: `target_reason`,
    which knows the side, tells ALREADY_MET from LOST_TARGET.

    Parameters
    ----------
    baseline, actual : array_like
        Figures in one unit, at `start` and `now`; they broadcast.
    target : array_like, or tuple (low, high)
        Targets in the same unit. A tuple is a range, as in `progress`.
    start, now : array_like
        When the baseline and the actual figure were measured: numbers, such as years, or dates
        (datetime64, ``datetime.date``, timestamps, periods). Months, years and periods stand
        for their first day. Between dates, time runs in whole calendar years plus days over the
        length of the running year.
    path : {"linear", "geometric"}, default "linear"
        The trend that is continued. A plan in shares of the way says nothing of a time after its
        end; `earned_time` reads such a plan.
    target_high : array_like, optional
        The high ends, with `target` the low ones; NaN where there is no range.
    out : ndarray, optional
        Where the result goes.
    where : array_like of bool, optional
        Cells that are not computed are NaN; with `out`, what was there.

    Returns
    -------
    ndarray or the container given
        Times in the unit of `start`, infinite where the trend leads away from the target or
        nowhere: never a time before `start`, and none before `now` while the target is ahead. Of
        dates datetime64[D], to the nearest day, where NaT stands for infinite and for NaN. NaN for
        missing input, where `now` is not after `start`, where the baseline is the target, and on a
        geometric path unless all three figures are positive. 64-bit integers are subtracted as
        integers.

    Raises
    ------
    ValueError
        For a `path` that is not "linear" or "geometric", and as `gap`.
    TypeError
        For times that are neither numbers nor dates, or one of each, and as `gap`.

    Examples
    --------
    >>> import sndstats as snd
    >>> round(float(snd.attainment_time(14.5, 10.2, 7.25, start=2015, now=2023)), 3)
    2028.488
    >>> import numpy as np
    >>> snd.attainment_time(14.5, 10.2, 7.25, start=np.datetime64("2015"), now=np.datetime64("2023"))
    np.datetime64('2028-06-28')
    >>> float(snd.attainment_time(10.0, 9.0, 20.0, start=2015, now=2023))
    inf

    References
    ----------
    On a linear path it is the estimated completion of earned schedule, IEAC(t) = PD / SPI(t), after
    the start (W. Lipke and K. Henderson, Earned Schedule Training, 2006, sheet 24).
    """
    spans = {"linear": _core.span_linear, "geometric": _core.span_geometric}
    if not isinstance(path, str) or path not in spans:
        raise ValueError(
            f"path: expected 'linear' or 'geometric', whose trend goes on after the plan, got {path!r:.80}"
        )
    target = destination("baseline", baseline, target, target_high)
    figures = {"baseline": baseline, "actual": actual, "target": target}
    aligned_operands({**figures, "start": start, "now": now})
    time = years_between("start", start, "now", now)
    span = elementwise(spans[path], None, where, **figures, now=time)
    if not (has_dates("start", start) or has_dates("now", now)):
        return elementwise(np.add, out, where, start=start, span=span)
    dates = date_after(start, arrays(span=span)[0])
    if out is None:
        like = (x for x in (span, start, now) if is_container(x) and np.shape(x) == dates.shape)
        return in_container(next(like, None), dates)
    kind = getattr(out, "dtype", type(out).__name__)
    if getattr(kind, "kind", "") != "M":
        raise TypeError(f"out: expected datetime64, the type of the dates, got {kind}")
    try:
        np.copyto(out, dates, where=where)
    except ValueError as error:
        raise ValueError(f"out: {error}, got shape {np.shape(out)} for dates of {dates.shape}") from error
    return out
