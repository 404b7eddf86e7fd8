"""Audits: do printed figures agree with each other within their rounding?

A level, its growth and its base are three prints of two numbers. Each print stands for an
interval; the claim they make together is consistent if some numbers in the intervals
satisfy it. Nothing here says who erred, or whether anyone did: figures may be defined
apart, revised since, or at other prices.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from .audited import Audit
from .bounds import ABOUT, read_bounds
from .containers import is_frame
from .rounding import Interval, as_printed

__all__ = ["audit", "audit_completion", "audit_share", "audit_sum"]

_ABOUT = 5  # either side of the figure, as far as its half-width says


def _bound_codes(name: str, bound: Any) -> NDArray[np.int8]:
    """Codes of one word or an array of words."""
    codes, kinds = read_bounds(name, bound)
    return np.where(np.equal(kinds, ABOUT), _ABOUT, codes).astype(np.int8)


def _checked(figures: dict[str, Any]) -> list[NDArray[np.float64]]:
    """All figures as arrays; half-widths are finite and not negative, or missing."""
    found = as_printed(**{name: np.nan if x is None else x for name, x in figures.items()})
    for name, x in zip(figures, found, strict=True):
        if name.endswith("half_width") and np.any(wrong := (x < 0) | np.isinf(x)):
            raise ValueError(f"{name}: expected numbers from 0 up, got {x[wrong].ravel()[0]}")
    return found


def _together(figures: dict[str, Any], bounds: dict[str, Any]) -> tuple[Any, Any, tuple[int, ...]]:
    """Figures and bounds broadcast, as dense rows; and the shape of a row."""
    found = _checked(figures)
    codes = [_bound_codes(f"{name.partition('[')[0]}_bound", bound) for name, bound in bounds.items()]
    everything: list[NDArray[Any]] = [*found, *codes]
    try:
        shape = np.broadcast_shapes(*(x.shape for x in everything))
    except ValueError as error:
        shapes = ", ".join(f"{name} {x.shape}" for name, x in zip(figures, found, strict=True))
        raise ValueError(f"shapes do not broadcast: {shapes} ({error})") from error
    rows = np.array([np.broadcast_to(x, shape).ravel() for x in found])
    marks = np.array([np.broadcast_to(x, shape).ravel() for x in codes])
    for name, mark in zip(bounds, marks, strict=True):
        half_width = f"{name}_half_width"
        if np.any((mark == _ABOUT) & (rows[list(figures).index(half_width)] == 0.0)):
            raise ValueError(f"{half_width}: 约, about and the like do not say how far; give a half-width")
    return rows, np.where(marks == _ABOUT, np.int8(0), marks), shape


def _audit_product(names: tuple[str, str, str], offset: float, given: list[Any], bounds: list[Any]) -> Audit:
    """Audit product = base * (offset + factor); `given` are values and half-widths in that order."""
    if sum(value is None for value in given[::2]) > 1:
        missing = " and ".join(name for name, value in zip(names, given[::2], strict=True) if value is None)
        raise TypeError(f"{missing}: only one of {', '.join(names)} can be solved for; give the others")
    labels = [label for name in names for label in (name, f"{name}_half_width")]
    words = dict(zip(names, bounds, strict=True))
    figures, codes, shape = _together(dict(zip(labels, given, strict=True)), words)
    rows = _core.audit_product(figures, codes, offset)
    rows = rows.reshape(len(rows), *shape)
    intervals = {
        name: Interval(rows[2 + 2 * k], rows[3 + 2 * k], rows[8 + k]) for k, name in enumerate(names)
    }
    return Audit(rows[0], rows[1], intervals)


def audit(
    level: ArrayLike | None = None,
    growth: ArrayLike | None = None,
    base: ArrayLike | None = None,
    *,
    level_half_width: ArrayLike = 0.0,
    growth_half_width: ArrayLike = 0.0,
    base_half_width: ArrayLike = 0.0,
    level_bound: Any = "eq",
    growth_bound: Any = "eq",
    base_bound: Any = "eq",
) -> Audit:
    """Whether a level, its growth and its base agree within rounding; solves for a missing one.

    The claim is ``level = base * (1 + growth)``, each figure anywhere from its value less its
    half-width to its value plus it, both ends included. Ends are formed in decimal (0.30 less
    0.005 is 0.295, not a binary neighbor), and what is computed from them is rounded outward
    by a few units in the last place, so a tie always counts as consistent. Each figure occurs
    once in the claim, so the intervals found are the narrowest that can be said. The figures
    are copied: about 50 bytes a claim beside the result.

    Parameters
    ----------
    level, base : array_like or None
        Figures in one unit. None, or NaN in an element, is solved for.
    growth : array_like or None
        Fractions: 0.03 is 3 %.
    level_half_width, growth_half_width, base_half_width : array_like, default 0
        Half a unit of the last printed digit (`half_width`); 0 for exact figures. A growth
        printed as 30 % has 0.005. NaN makes the figure count as missing.
    level_bound, growth_bound, base_bound : {"eq", "ge", "gt", "le", "lt"} or array of these
        Whether the figure is printed as such, as 以上 ("ge"), 超 ("gt"), 以下 ("le") or 不足, 近
        ("lt"); the words that `bound_code` reads do as well. A bound opens the interval on its
        side; as intervals are closed, "gt" reads as "ge" and "lt" as "le". A level or base left
        open below is taken as non-negative. 约 (about) is "eq" with the half-width that it needs.

    Returns
    -------
    Audit
        `consistent`, `widening`, and `level`, `growth`, `base` as narrowed Intervals. A level and
        a growth alone cannot contradict each other unless no base exists at all, so with
        a missing figure `consistent` is -1 or 0. Empty input gives empty arrays.

    Raises
    ------
    TypeError
        When more than one of the three is None, or a figure is not a number.
    ValueError
        For a negative or infinite half-width, an unknown bound, 约 without a half-width, shapes
        or indexes that do not agree.

    Examples
    --------
    The base (基数) of 1.3 bn USD up 30 %, and two counts with a growth that cannot be theirs:

    >>> import sndstats as snd
    >>> snd.audit(1.3e9, 0.30, level_half_width=5e7, growth_half_width=0.005).base
    Interval([9.578544e+08, 1.042471e+09], value=1e+09)
    >>> int(snd.audit(400, 0.15, 380, growth_half_width=0.005).consistent)
    0

    References
    ----------
    R. E. Moore, Interval Analysis, 1966. Civil Code of the People's Republic of China, art.
    1259: 以上, 以下 and 以内 include the number, 超过 and 不满 do not.
    """
    given = [level, level_half_width, growth, growth_half_width, base, base_half_width]
    return _audit_product(("level", "growth", "base"), 1.0, given, [level_bound, growth_bound, base_bound])


def audit_share(
    part: ArrayLike | None = None,
    whole: ArrayLike | None = None,
    share: ArrayLike | None = None,
    *,
    part_half_width: ArrayLike = 0.0,
    whole_half_width: ArrayLike = 0.0,
    share_half_width: ArrayLike = 0.0,
    part_bound: Any = "eq",
    whole_bound: Any = "eq",
    share_bound: Any = "eq",
) -> Audit:
    """Whether a part, its whole and the share printed for it (比重) agree within rounding.

    The claim is ``part = whole * share``; otherwise as `audit`. An attainment (完成率) is
    such a share: of the actual figure in its target.

    Parameters
    ----------
    part, whole : array_like or None
        Figures in one unit. None, or NaN in an element, is solved for.
    share : array_like or None
        Fractions: 0.35 is 35 %.
    part_half_width, whole_half_width, share_half_width : array_like, default 0
        As in `audit`.
    part_bound, whole_bound, share_bound : {"eq", "ge", "gt", "le", "lt"} or array of these
        As in `audit`; a part or whole left open below is taken as non-negative.

    Returns
    -------
    Audit
        `consistent`, `widening`, and `part`, `share`, `whole` as narrowed Intervals. A whole of
        zero has no share: the share is then unknown.

    Raises
    ------
    TypeError, ValueError
        As `audit`.

    Examples
    --------
    A district that printed 13,736 as 85.9 % of its target; 85.85 % exactly is a tie:

    >>> import sndstats as snd
    >>> found = snd.audit_share(13736, 16000, 0.859, share_half_width=0.0005)
    >>> int(found.consistent), found.share
    (1, Interval([0.8585, 0.8585], value=0.859))

    References
    ----------
    N. J. L. Brown and J. A. J. Heathers, The GRIM Test, Social Psychological and Personality
    Science 8(4), 2017, tests printed means against counts by the same reasoning.
    """
    given = [part, part_half_width, share, share_half_width, whole, whole_half_width]
    return _audit_product(("part", "share", "whole"), 0.0, given, [part_bound, share_bound, whole_bound])


def audit_sum(
    parts: Any,
    total: ArrayLike | None = None,
    *,
    parts_half_width: Any = 0.0,
    total_half_width: ArrayLike = 0.0,
    parts_bound: Any = "eq",
    total_bound: Any = "eq",
) -> Audit:
    """Whether parts add up to their total within rounding; solves for one that is missing.

    The interval of the sum runs from the sum of the low ends to the sum of the high ends, and
    the claim is consistent if it meets the interval of the total.

    Parameters
    ----------
    parts : sequence of array_like
        The parts along the leading axis, which all have the shape of the total or broadcast
        with it. NaN in an element is a missing part; one missing part is solved for.
    total : array_like or None
        None, or NaN in an element, is solved for.
    parts_half_width, total_half_width : array_like, default 0
        Half a unit of the last printed digit; one for all parts, or one for each along the
        leading axis.
    parts_bound, total_bound : {"eq", "ge", "gt", "le", "lt"} or array of these
        As in `audit`; open low ends are taken as zero.

    Returns
    -------
    Audit
        `consistent`, `widening` (the discrepancy over the sum of the half-widths, those of ends
        left open aside), and `parts`, with the leading axis, and `total` as narrowed
        Intervals. No parts add up to 0.

    Raises
    ------
    TypeError, ValueError
        As `audit`.

    Examples
    --------
    616 and 130 hundred enterprises against 750, all rounded:

    >>> import sndstats as snd
    >>> found = snd.audit_sum([61600, 13000], 75000, parts_half_width=[50, 500], total_half_width=500)
    >>> int(found.consistent), found.total
    (1, Interval([74500, 75150], value=75000))
    >>> round(float(found.widening), 3)
    0.381

    References
    ----------
    XBRL International, Calculations 1.1, 2023: sums of rounded facts hold if the intervals
    of sum and total meet.
    """
    if np.ndim(parts) == 0:
        raise TypeError(f"parts: expected a sequence of parts, got {parts!r:.80}")
    rows = parts.to_numpy() if is_frame(parts) else list(parts)
    count = len(rows)
    halves = _each("parts_half_width", parts_half_width, count)
    bounds = _each("parts_bound", parts_bound, count)
    figures: dict[str, Any] = {f"parts[{k}]": rows[k] for k in range(count)}
    figures["total"] = total
    figures |= {f"parts[{k}]_half_width": halves[k] for k in range(count)}
    figures["total_half_width"] = total_half_width
    words = {f"parts[{k}]": bounds[k] for k in range(count)} | {"total": total_bound}
    values, codes, shape = _together(figures, words)
    found = _core.audit_sum(values, codes)
    found = found.reshape(len(found), *shape)
    low, high, value = (found[2 + k :: 3] for k in range(3))
    members = {
        "parts": Interval(low[:-1], high[:-1], value[:-1]),
        "total": Interval(low[-1], high[-1], value[-1]),
    }
    return Audit(found[0], found[1], members)


_COMPLETION = ("actual", "target", "completion", "lead")


def audit_completion(
    actual: ArrayLike | None = None,
    target: ArrayLike | None = None,
    completion: ArrayLike | None = None,
    *,
    lead: ArrayLike | None = None,
    elapsed: ArrayLike | None = None,
    actual_half_width: ArrayLike = 0.0,
    target_half_width: ArrayLike = 0.0,
    completion_half_width: ArrayLike = 0.0,
    lead_half_width: ArrayLike = 0.0,
    actual_bound: Any = "eq",
    target_bound: Any = "eq",
    completion_bound: Any = "eq",
    lead_bound: Any = "eq",
) -> Audit:
    """Whether a figure, its target, completion (完成率) and lead on schedule agree within rounding.

    The claims are ``actual = target * completion`` and ``completion = elapsed + lead``, where the
    lead (超序时进度, negative for a lag) is counted from an even schedule (序时进度). Each member
    is narrowed to what the others leave of it, exactly, and solved for where missing.

    Parameters
    ----------
    actual, target : array_like or None
        Figures in one unit. None, or NaN in an element, is solved for.
    completion : array_like or None
        Fractions: 1.145 is 114.5 %.
    lead : array_like or None
        In fractions: -0.022 is 2.2 points behind.
    elapsed : array_like or None
        Share of the time that has passed, exact: 0.5 at mid-year. Without it, or where it is
        NaN, only the first claim is made.
    actual_half_width, target_half_width, completion_half_width, lead_half_width : array_like, default 0
        As in `audit`.
    actual_bound, target_bound, completion_bound, lead_bound : {"eq", ...} or array of these
        As in `audit`; an actual or target left open below is taken as non-negative.

    Returns
    -------
    Audit
        `consistent`, `widening`, and `actual`, `target`, `completion`, `lead` as narrowed
        Intervals. The verdict is told as soon as one of the two claims has all its figures,
        the completion by way of the lead if need be; else `consistent` is -1, or 0 where
        nothing could satisfy the claims. Empty input gives empty arrays.

    Raises
    ------
    TypeError
        When the figures given are too few for either claim, or one is not a number.
    ValueError
        As `audit`; and for an elapsed share that is infinite.

    Examples
    --------
    A district that had reached 47.8 % at mid-year, "2.2 points behind", and the target that
    13,736 at 114.5 % implies:

    >>> import sndstats as snd
    >>> ends = {"completion_half_width": 0.0005, "lead_half_width": 0.0005}
    >>> int(snd.audit_completion(completion=0.478, lead=-0.022, elapsed=0.5, **ends).consistent)
    1
    >>> snd.audit_completion(13736, completion=1.145, **ends).target
    Interval([11991.27, 12001.75], value=11996.51)

    References
    ----------
    R. E. Moore, Interval Analysis, 1966; the completion stands in both claims, and the second,
    a shift, is intersected with the print before the first is taken.
    """
    figures = {"actual": actual, "target": target, "completion": completion, "lead": lead}
    known = {name for name, x in figures.items() if x is not None}
    shares = known & {"completion", "lead"} if elapsed is not None else known & {"completion"}
    if len(known & {"actual", "target"}) + bool(shares) < 2 and (elapsed is None or not shares):
        raise TypeError(
            f"{', '.join(x for x in _COMPLETION if x not in known)}: at least two of actual, target and "
            f"completion are needed, or elapsed with completion or lead"
        )
    halves = (actual_half_width, target_half_width, completion_half_width, lead_half_width)
    rows: dict[str, Any] = {}
    for name, half_width in zip(_COMPLETION, halves, strict=True):
        rows |= {name: figures[name], f"{name}_half_width": half_width}
    rows["elapsed"] = elapsed
    bounds = (actual_bound, target_bound, completion_bound, lead_bound)
    values, codes, shape = _together(rows, dict(zip(_COMPLETION, bounds, strict=True)))
    if np.any(wrong := np.isinf(values[-1])):
        raise ValueError(f"elapsed: expected finite shares, got {values[-1][wrong][0]}")
    found = _core.audit_completion(values, codes)
    found = found.reshape(len(found), *shape)
    members = {
        name: Interval(found[2 + 2 * k], found[3 + 2 * k], found[10 + k])
        for k, name in enumerate(_COMPLETION)
    }
    return Audit(found[0], found[1], members)


def _each(name: str, value: Any, count: int) -> list[Any]:
    """One item for each part: a sequence has its own, a single one is for all."""
    if np.ndim(value) == 0:
        return [value] * count
    if len(value) != count:
        raise ValueError(
            f"{name}: expected one for all parts or one for each of {count}, got {len(value)} ({value!r:.80})"
        )
    return list(value)
