"""Two targets for one figure: a floor that must be met and a stretch that should be."""

from typing import Any

import numpy as np

from .assessments import Assessment
from .containers import arrays
from .official import assess

__all__ = ["floor_and_stretch"]


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
    _check_order(floor, stretch, better)
    return assess(
        None, actual, worst=floor, best=stretch, better=better, strict=strict, method="floor_stretch"
    )


def _check_order(floor: Any, stretch: Any, better: Any) -> None:
    """A stretch lies on the better side of its floor."""
    for name, x in {"floor": floor, "stretch": stretch}.items():
        if x is None:
            raise ValueError(f"{name}: expected a target, got None; NaN stands for a missing one")
    low, high = arrays(floor=floor, stretch=stretch)
    try:
        wrong = np.argwhere(np.where(np.asarray(better) == "lower", high >= low, high <= low))
    except ValueError:  # shapes that do not broadcast are named where all of them are known
        return
    if len(wrong):
        cell = tuple(int(k) for k in wrong[0])
        at = f" at {cell[0] if len(cell) == 1 else cell}" if cell else ""
        raise ValueError(
            f"stretch: expected a target on the better side of the floor, got {stretch!r:.60} "
            f"for {floor!r:.60}{at}"
        )
