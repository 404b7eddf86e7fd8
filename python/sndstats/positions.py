"""Why a measure of a figure beside its target is missing, or is not an ordinary one."""

from typing import Any

import numpy as np

from . import _core, threads
from .cases import prepare
from .pairing import check_choice
from .sides import check_ends

__all__ = ["target_reason"]

_PATHS = {"linear": False, "geometric": True}


def target_reason(
    baseline: Any,
    actual: Any,
    target: Any,
    *,
    better: Any,
    target_high: Any = None,
    strict: Any = False,
    start: Any = None,
    now: Any = None,
    deadline: Any = None,
    path: str = "linear",
    floor: Any = None,
    ceiling: Any = None,
) -> Any:
    """What a reader must know about a figure beside its target; codes of `Reason`.

    The first that applies, in this order: MISSING_BASE, MISSING_CURRENT; NO_INTERVAL, where
    `now` is not after `start`; on a geometric path ZERO_BASE for a baseline of zero and
    GEOMETRIC_UNDEFINED for a negative figure or a target of zero or below; DEADLINE_PASSED, where
    `now` is after `deadline`; BASE_IS_TARGET; ALREADY_MET; LOST_TARGET, met by the baseline, or a
    range on the way from it, and not now; MOVING_AWAY, farther from the target than the baseline
    (no change is not). Where none of these is, GEOMETRIC_UNDEFINED for a figure of zero;
    DEADLINE_PASSED, where `now` is the deadline and no time is left; CLIPPED, where the trend since
    the baseline, carried to the deadline, leaves `floor` and `ceiling`.

    Parameters
    ----------
    baseline, actual, target : array_like, or a target (low, high)
        Figures in one unit; they broadcast. A target of NaN or None is none: then nothing
        is said about it.
    better : {"higher", "lower", "range"} or array_like of these
        Which side of the target is good. In a range the way leads from the baseline to the
        nearer end, and a baseline inside it is at its target.
    target_high : array_like, optional
        The high ends of ranges, with `target` the low ones.
    strict : bool or array_like of bool, default False
        Whether the target itself does not count as met ("more than", 超过, 不足).
    start, now, deadline : float, date or array_like of these, optional
        Times of the baseline, of the actual figure and of the target, in one unit. What is
        not given is not asked about. Between dates spans are calendar years and days.
    path : {"linear", "geometric"}, default "linear"
        Which kind of measure is asked about.
    floor, ceiling : array_like, optional
        Natural limits of the figure, such as 0 and 1 of a share.

    Returns
    -------
    int8 scalar, ndarray, or the container given
        A reason does not mean that there is no value. Empty input gives an empty result.

    Raises
    ------
    ValueError
        For an unknown word in `better` or `path`, ranges upside down, a ceiling below its floor, a
        deadline that is not after its start, shapes or labels that do not agree.
    TypeError
        For figures that are not numbers, or dates beside numbers.

    Examples
    --------
    >>> import sndstats as snd
    >>> codes = snd.target_reason([10.0, 10.0, 10.0, 10.0], [12.0, 9.0, 20.0, 12.0], [15.0, 15.0, 15.0, 10.0],
    ...                           better="higher")
    >>> [snd.Reason(code).name for code in codes]
    ['OK', 'MOVING_AWAY', 'ALREADY_MET', 'BASE_IS_TARGET']

    References
    ----------
    Open SDG, Progress measure methodology, on its limits: zero baselines and targets, signs,
    targets met and lost, spans of less than a year.
    """
    check_choice("path", path, tuple(_PATHS))
    figures = {
        "baseline": baseline,
        "actual": actual,
        "target": np.nan if target is None else target,
        "target_high": target_high,
        "start": start,
        "now": now,
        "deadline": deadline,
        "floor": floor,
        "ceiling": ceiling,
    }
    if floor is not None and ceiling is not None:
        check_ends("floor", floor, "ceiling", ceiling)
    cases = prepare(figures, better, strict)
    reason = np.empty(cases.size, np.int8)
    _core.assess(
        None,
        _PATHS[path],
        cases.operands,
        cases.sides,
        cases.strict,
        (),
        None,
        None,
        (None, None, None, reason, None),
        threads.count(cases.size),
        None,
    )
    return cases.contained(reason)
