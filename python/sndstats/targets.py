"""Target measures: gap, attainment, progress, pace.

A target's side is never guessed: measures whose sign depends on it require `better`.
"""

from typing import Any

from . import _core
from .containers import elementwise

__all__ = ["progress"]


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
        Cells that are not computed are NaN.

    Returns
    -------
    ndarray or the container given
        Fractions. Missing input gives NaN; a target equal to the baseline gives NaN at
        the baseline and an infinity elsewhere.

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
