"""Two targets for one figure: a floor that must be met and a stretch that should be."""

from typing import Any

import numpy as np

from . import _core
from .assessments import Assessment, Method
from .cases import Cases, prepare
from .reasons import Reason
from .sides import STRICT

__all__ = ["floor_and_stretch"]

#: No office's: not among `methods`, which `assess` knows.
_METHOD = Method(
    name="floor_and_stretch",
    office="none",
    target="none",
    statistic="share of the way from the floor to the stretch",
    needs=("actual", "floor", "stretch"),
    needs_with_target=(),
    takes=(),
    labels=(),
    limits=(),
    trend_labels=("floor missed", "floor met", "stretch met"),
    trend_limits=((0.0, ">="), (1.0, ">=")),
    thresholds=(),
    source="floor and stretch targets (确保, 力争) of government work reports",
    certainty="by definition; no office publishes a formula",
)


def floor_and_stretch(
    actual: Any, floor: Any, stretch: Any, *, better: Any, strict: Any = False
) -> Assessment:
    """Which of two targets a figure meets: the one that must be met, the one to strive for (确保, 力争).

    The value is the share of the way from floor to stretch, ``(actual - floor) / (stretch -
    floor)``: 0 on the floor, 1 on the stretch.

    Parameters
    ----------
    actual, floor, stretch : array_like
        Figures in one unit; they broadcast. The stretch lies on the better side of the floor.
    better : {"higher", "lower"} or array_like of these
        Which side of the targets is good; there is no default.
    strict : bool or array_like of bool, default False
        Whether the targets themselves do not count as met.

    Returns
    -------
    Assessment
        labels "floor missed", "floor met", "stretch met" (status 1 to 3), and "not_available"
        where a figure or a target is missing. Empty input gives empty arrays.

    Raises
    ------
    ValueError
        For a stretch that is not on the better side of its floor, an unknown side, ranges,
        shapes or labels that do not agree.
    TypeError
        For figures that are not numbers.

    Examples
    --------
    Growth of which 5 % must, and 6 % should be reached:

    >>> import sndstats as snd
    >>> found = snd.floor_and_stretch([0.048, 0.055, 0.06], 0.05, 0.06, better="higher")
    >>> found.labels.tolist()
    ['floor missed', 'floor met', 'stretch met']

    References
    ----------
    Pairs of 确保 and 力争 in plans of Chinese governments. No office publishes a formula; the
    verdicts are by definition.
    """
    cases = prepare({"actual": actual, "floor": floor, "stretch": stretch}, better, strict)
    x, low, high = (cases.columns.get(name) for name in ("actual", "floor", "stretch"))
    if x is None or low is None or high is None:
        name = "actual" if x is None else "floor" if low is None else "stretch"
        raise ValueError(f"{name}: expected figures, got None; NaN stands for a missing one")
    _check_order(low, high, cases)
    codes = (cases.sides + STRICT * cases.strict).astype(np.int8)
    passed = sum(_core.met(x, end, end, 0.0, codes).astype(np.int8) for end in (low, high))
    value = _core.progress(low, x, high)
    known = ~np.isnan(value)
    status = np.where(known, 1 + passed, 0).astype(np.int8)
    reason = np.where(np.isnan(x), Reason.MISSING_CURRENT, Reason.OK).astype(np.int8)
    score, slipping = np.full(cases.size, np.nan), np.zeros(cases.size, np.bool_)
    value, score, status, reason, slipping = (
        cases.shaped(column) for column in (value, score, status, reason, slipping)
    )
    return Assessment(_METHOD, value, score, status, reason, slipping, cases.has("target"), cases.axes)


def _check_order(floor: Any, stretch: Any, cases: Cases) -> None:
    """A stretch lies on the better side of its floor."""
    if np.any(cases.sides == 0):
        raise ValueError(
            "better: floor and stretch lie on one side; expected 'higher' or 'lower', got 'range'"
        )
    wrong = np.flatnonzero(np.where(cases.sides < 0, stretch >= floor, stretch <= floor))
    if len(wrong):
        k = int(wrong[0])
        where = [int(i) for i in np.unravel_index(k, cases.shape)]
        at = f" at {where[0] if len(where) == 1 else tuple(where)}" if where else ""
        raise ValueError(
            f"stretch: expected a target on the better side of the floor, got {float(stretch[k])!r} "
            f"for {float(floor[k])!r}{at}"
        )
