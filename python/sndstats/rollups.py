"""Rolling verdicts up: from series, targets or countries to their indicator, goal or region.

A step of its own, by name, because offices differ in it: the worst counts, or the mean of
scores, or the next deadline. The rules are rows of one table in the core.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from .assessments import Assessment
from .clusters import Clusters
from .containers import aligned_operands, arrays, is_frame, is_series
from .rolled import RollUp, RollUpMethod
from .spans import years_between

__all__ = ["roll_up", "roll_up_methods"]

#: What the core may be given for each member (enum sst_member_operand in csrc/core/rollup.h).
_LEFT, _LEVEL = 1, 3
#: A level that no status reaches.
_NEVER = 127


@cache
def _table() -> dict[str, RollUpMethod]:
    """The core's table."""
    found = {}
    for row in _core.rollup_table():
        name, by_status, takes, fills, coverage, classes, keeps, suits, office, statistic, source, sure = row
        limits, beyond, words = classes[:3] if classes else ((), (), ())
        arguments = ["deadline", "now"] if takes >> _LEFT & 1 else []
        if takes >> _LEVEL & 1:
            arguments.append("at_least" if by_status else "achieved")
        found[name] = RollUpMethod(
            name,
            office,
            statistic,
            suits,
            (*arguments, "fill") if fills else tuple(arguments),
            bool(by_status),
            coverage,
            words,
            tuple((limit, ">" if b else ">=") for limit, b in zip(limits, beyond, strict=True)),
            bool(keeps),
            source,
            sure,
        )
    return found


def roll_up_methods() -> tuple[RollUpMethod, ...]:
    """List the rules that `roll_up` knows: whose they are, what they take, their classes.

    Returns
    -------
    tuple of RollUpMethod
        General rules first. ``pandas.DataFrame(sndstats.roll_up_methods())`` shows them as a table.

    Examples
    --------
    >>> import sndstats as snd
    >>> [m.name for m in snd.roll_up_methods() if m.keeps_status]
    ['worst', 'next_deadline']

    References
    ----------
    Each rule names its own.
    """
    return tuple(_table().values())


class _Verdicts(NamedTuple):
    """What is rolled up, in whatever shape it came."""

    name: str | None
    score: NDArray[np.float64] | None
    status: NDArray[np.int8] | None
    with_target: NDArray[np.bool_] | None
    words: tuple[str, ...]
    trend_words: tuple[str, ...]
    index: Any


def _codes(status: NDArray[np.float64]) -> NDArray[np.int8]:
    """Plain statuses, missing as 0."""
    codes = np.where(np.isnan(status), 0.0, status)
    wrong = ~((codes >= 0) & (codes < _NEVER) & (codes == np.floor(codes)))
    if np.any(wrong):
        raise ValueError(
            f"verdicts: expected statuses, whole numbers from 0 up, got {codes[wrong].flat[0]:g}"
        )
    return codes.astype(np.int8)


def _verdicts(verdicts: Any, method: RollUpMethod) -> _Verdicts:
    """The scores and statuses of whatever came, and the words of the statuses."""
    if isinstance(verdicts, Assessment):
        name, score, status = verdicts.method.name, np.asarray(verdicts.score), np.asarray(verdicts.status)
        if not method.by_status and np.any(status > 0) and np.all(np.isnan(score)):
            raise ValueError(
                f"verdicts: method {name!r} has no scores; roll its statuses up, e.g. by 'worst'"
            )
        words, trend = verdicts.method.labels, verdicts.method.trend_labels
        index = verdicts._axes[0] if len(verdicts._axes) == 1 else None
        return _Verdicts(name, score, status, verdicts._with_target, words, trend, index)
    if isinstance(verdicts, RollUp):
        name = verdicts.method.name
        if method.by_status and verdicts.status is None:
            raise ValueError(f"verdicts: {name!r} gives no classes; roll its scores up, e.g. by 'mean'")
        codes = None if verdicts.status is None else np.asarray(verdicts.status)
        index = verdicts.clusters if hasattr(verdicts.clusters, "equals") else None
        return _Verdicts(name, np.asarray(verdicts.score), codes, None, verdicts.words, (), index)
    (array,) = arrays(verdicts=verdicts)
    if method.by_status:
        return _Verdicts(None, None, _codes(array), None, (), (), None)
    return _Verdicts(None, array, None, None, (), (), None)


def _one_scale(found: _Verdicts) -> tuple[str, ...]:
    """The words of the statuses, which members with and without target must share."""
    if found.with_target is None or np.all(found.with_target):
        return found.words
    if not np.any(found.with_target):
        return found.trend_words
    words, trend = found.words, found.trend_words
    shared = min(len(words), len(trend))
    if words[:shared] != trend[:shared]:
        raise ValueError(
            f"verdicts: method {found.name!r} has other classes with a target than without, which are no "
            f"one scale; roll the two up apart"
        )
    return max(words, trend, key=len)


def _level(at_least: Any, words: tuple[str, ...]) -> int:
    """The status that `at_least` names."""
    if isinstance(at_least, str):
        if at_least in words:
            return words.index(at_least) + 1
        known = f"one of {', '.join(map(repr, words))}" if words else "a code, as the verdicts are codes"
        raise ValueError(f"at_least: unknown class {at_least!r:.80}; expected {known}")
    most = len(words) or _NEVER - 1
    try:
        level = int(at_least)
    except (TypeError, ValueError, OverflowError) as error:
        raise TypeError(f"at_least: expected a class or its code, got {at_least!r:.80}") from error
    if level != at_least or not 1 <= level <= most:
        raise ValueError(f"at_least: expected a class, or its code from 1 to {most}, got {at_least!r:.80}")
    return level


def _levels(at_least: Any, found: _Verdicts) -> NDArray[np.int8]:
    """The status from which each member counts as on track."""
    if found.with_target is None or not isinstance(at_least, str):
        return np.array(_level(at_least, _one_scale(found)), np.int8)
    kinds = ((found.with_target, found.words), (~found.with_target, found.trend_words))
    levels: NDArray[np.int8] = np.zeros(found.with_target.shape, np.int8)
    for members, words in kinds:
        if np.any(members):
            levels = np.where(members, np.int8(_level(at_least, words)), levels)
    return levels


def _achievement(found: _Verdicts, achieved: Any) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Statuses, and the level from which a member has achieved its target."""
    if found.status is not None:
        if achieved is not None:
            raise ValueError("achieved: the verdicts say it themselves; leave it out")
        top = np.int8(len(found.words))
        with_target = True if found.with_target is None else found.with_target
        return found.status, np.where(with_target, top, np.int8(_NEVER))
    if achieved is None:
        raise ValueError(
            "achieved: method 'canada' needs to know which targets are achieved; give a bool for each "
            "score, or an Assessment"
        )
    flags = np.asarray(achieved)
    if flags.dtype.kind != "b":
        raise TypeError(f"achieved: expected bool, got {achieved!r:.80}")
    return flags.astype(np.int8), np.array(1, np.int8)


def _time_left(deadline: Any, now: Any) -> NDArray[np.float64]:
    if deadline is None or now is None:
        name = "deadline" if deadline is None else "now"
        raise ValueError(f"{name}: method 'next_deadline' needs it; it needs deadline, now in all")
    return years_between("now", now, "deadline", deadline)


def _filled(score: NDArray[np.float64], fill: Any) -> NDArray[np.float64]:
    """Scores with the missing ones taken from elsewhere."""
    (other,) = arrays(fill=fill)
    return np.where(np.isnan(score), _spread("fill", other, score.shape), score)


def _spread(name: str, array: Any, shape: tuple[int, ...]) -> Any:
    try:
        return np.broadcast_to(array, shape)
    except ValueError as error:
        raise ValueError(
            f"{name}: its shape {np.shape(array)} does not broadcast to that of the verdicts, {shape}"
        ) from error


def _grouped(by: Any, verdicts: Any, index: Any, axis: int, rows: int) -> Clusters | None:
    """The clusters of the members; pandas objects must have the same index."""
    if by is None:
        return None
    clusters = by if isinstance(by, Clusters) else Clusters(by)
    if clusters._members is not None:
        raise ValueError("by: expected clusters that do not overlap; a verdict counts in one of them")
    if len(clusters.codes) != rows:
        raise ValueError(
            f"by: expected a label for each of {rows} verdicts along axis {axis}, got {len(clusters.codes)}"
        )
    if is_series(verdicts) or is_frame(verdicts):
        clusters._check_rows(verdicts, axis)
    elif index is not None and clusters._rows is not None and not clusters._rows.equals(index):
        raise ValueError(
            "by: its index differs from that of the verdicts; align them first, e.g. by = by.reindex(index)"
        )
    return clusters


def _check_labels(verdicts: Any, found: _Verdicts, given: dict[str, Any]) -> None:
    """What goes beside verdicts of pandas objects must have their labels."""
    labelled = {name: x for name, x in given.items() if is_series(x) or is_frame(x)}
    aligned_operands({"verdicts": verdicts} | labelled)
    for name, x in labelled.items():
        if found.index is not None and not x.index.equals(found.index):
            raise ValueError(
                f"{name}: its index differs from that of the verdicts; align them first, "
                f"e.g. {name} = {name}.reindex(index)"
            )


def _share(min_coverage: Any, method: RollUpMethod) -> float:
    if min_coverage is None:
        return method.min_coverage
    try:
        share = float(min_coverage)
    except (TypeError, ValueError) as error:
        raise TypeError(f"min_coverage: expected a share, got {min_coverage!r:.80}") from error
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"min_coverage: expected a share from 0 to 1, got {min_coverage!r:.80}")
    return share


def _found(name: Any) -> RollUpMethod:
    known = _table()
    try:
        return known[name]
    except (KeyError, TypeError):
        raise ValueError(f"method: unknown {name!r:.80}; expected one of {', '.join(known)}") from None


def _check_given(method: RollUpMethod, found: _Verdicts, given: dict[str, Any]) -> None:
    """Refuse verdicts that are not the rule's, and arguments that it makes no use of."""
    if found.name is not None and method.suits and found.name not in method.suits:
        raise ValueError(
            f"verdicts: {method.name!r} rolls up those of {' and '.join(method.suits)}, "
            f"got those of {found.name!r}; 'mean' and 'worst' take any"
        )
    for name, x in given.items():
        if x is not None and name not in method.takes:
            raise ValueError(f"{name}: method {method.name!r} makes no use of it; leave it out")
    if "at_least" in method.takes and given["at_least"] is None:
        raise ValueError(f"at_least: method {method.name!r} needs the class from which a verdict counts")


def roll_up(
    verdicts: Any,
    by: Any = None,
    *,
    method: str,
    axis: int = 0,
    at_least: Any = None,
    achieved: Any = None,
    deadline: Any = None,
    now: Any = None,
    fill: Any = None,
    min_coverage: float | None = None,
) -> RollUp:
    """Roll verdicts up to one for each cluster: worst, mean, share on track, or an office's rule.

    `roll_up_methods` lists the rules with their classes, limits, sources and how certain they
    are. Means are exact and rounded once; the order of the members changes no bit.

    Parameters
    ----------
    verdicts : Assessment, RollUp or array_like
        What is rolled up. Plain arrays hold scores (NaN: none), or, for "worst",
        "on_track" and "next_deadline", statuses (0 or NaN: none).
    by : array_like or Clusters, optional
        The label of each member along `axis`: its goal, indicator or region. A member without
        a label is in none. By default all are one.
    method : str
        One of `roll_up_methods`:

        - "worst": the worst status that is there, also as the value; the score is the least one.
        - "mean": the mean of the scores that are there.
        - "on_track": the share of the verdicts that are there at `at_least` or above.
        - "next_deadline": the verdict of the next deadline, the worst where several share it;
          the value is the time left. None where all deadlines are over, or where the next one
          has no verdict.
        - "canada": the class of the mean; "target_achieved" only where all with a score are.
        - "eurostat": the mean, where at least 75 % have a score; "eustat": its five classes.
        - "undp": three classes of the mean score, which count 1, 0, -1 one level up.
        - "escap", "sdsn": plain means; "sdsn_index": a missing goal is filled by `fill`.
        - "sdsn_dashboard": a goal's color by its two worst indicators; "sdsn_trend": its arrow,
          from scores of 0 to 4, for which SDSN gives no formula.
    axis : int, default 0
        The axis of the members. The clusters take its place; without `by` the result does not have it.
    at_least : str or int
        "on_track": the class, or its code, from which a verdict counts.
    achieved : array_like of bool
        "canada" with plain scores: which targets are achieved.
    deadline, now : float, date or array_like of these
        "next_deadline": when each target is due, and the present. What is due now still counts.
    fill : array_like, optional
        "sdsn_index": scores in place of missing ones, such as means of the region.
    min_coverage : float, optional
        The share of the members that must have a verdict, in place of the rule's own;
        exactly that share is enough.

    Returns
    -------
    RollUp
        value, score, status, labels, and how many members there were and had a verdict
        (filled ones included). Too few, an empty cluster and empty input have NaN and status 0.

    Raises
    ------
    ValueError
        For an unknown rule, verdicts of a method that the rule is not for, an argument that it
        needs or makes no use of, labels, indexes or shapes that do not fit, statuses of two
        scales.
    TypeError
        For verdicts that are not numbers, or dates beside numbers.

    Notes
    -----
    SDSN gives no index to a country that lacks more than 20 % of its indicators: the coverage of
    ``roll_up(indicators, method="sdsn")`` tells. Eurostat rolls up short-term verdicts.

    Examples
    --------
    Three verdicts of Statistics Canada's method for two goals:

    >>> import sndstats as snd
    >>> found = snd.assess([14.5, 98.82, 10.0], [10.2, 99.04, 10.4], [7.25, 100.0, 0.1],
    ...                    start=[2015, 2015, 2018], now=[2023, 2022, 2022], deadline=2030,
    ...                    better=["lower", "higher", "lower"], method="canada")
    >>> goals = snd.roll_up(found, ["1", "1", "11"], method="canada")
    >>> goals.labels.tolist()
    ['moderate_progress', 'deterioration']
    >>> snd.roll_up(found, ["1", "1", "11"], method="worst").labels.tolist()
    ['limited_progress', 'deterioration']
    >>> float(snd.roll_up(found, method="on_track", at_least="moderate_progress").value)
    0.3333333333333333

    References
    ----------
    Statistics Canada, progress measure methodology of Open SDG; Eurostat, Sustainable
    development in the European Union, 2021; UNDP, Integrated SDG Insights, Methodological
    Note v1.4; SDSN, Detailed Methodological Paper 2018; and what `roll_up_methods` names for each.
    """
    rule = _found(method)
    found = _verdicts(verdicts, rule)
    given = {"at_least": at_least, "achieved": achieved, "deadline": deadline, "now": now, "fill": fill}
    _check_given(rule, found, given)
    _check_labels(verdicts, found, given)
    shape = (found.status if found.score is None else found.score).shape  # type: ignore[union-attr]  # one is there
    if not shape:
        raise ValueError("verdicts: expected one for each member, got a single one")
    axis = normalize_axis_index(axis, len(shape))
    words = rule.labels or (_one_scale(found) if rule.keeps_status else ())
    score, status, left, level = found.score, found.status, None, None
    if fill is not None and score is not None:
        score = _filled(score, fill)
    if "achieved" in rule.takes:
        status, level = _achievement(found, achieved)
    elif "at_least" in rule.takes:
        level = _levels(at_least, found)
    elif "deadline" in rule.takes:
        left = _time_left(deadline, now)
    clusters = _grouped(by, verdicts, found.index, axis, shape[axis])
    operands = {"verdicts": score, "deadline": left, "achieved": status, "at_least": level}
    columns = tuple(
        None if x is None else _columns(_spread(name, x, shape), axis) for name, x in operands.items()
    )
    rest = tuple(np.delete(shape, axis))
    out = _results(1 if clusters is None else clusters.n, int(np.prod(rest, dtype=np.intp)))
    codes, n = (None, 1) if clusters is None else (clusters.codes, clusters.n)
    _core.roll_up(rule.name, _share(min_coverage, rule), codes, n, columns, out)
    value, scores, statuses, members, available = (
        _placed(x, rest, None if clusters is None else axis) for x in out
    )
    kept = statuses if rule.labels or rule.keeps_status else None
    labels = None if clusters is None else clusters.labels if clusters._index is None else clusters._index
    return RollUp(available, labels, members, rule, scores, kept, value, words)


def _columns(array: NDArray[Any], axis: int) -> NDArray[Any]:
    """Members as rows."""
    return np.moveaxis(array, axis, 0).reshape(array.shape[axis], -1 if array.size else _rest(array, axis))


def _rest(array: NDArray[Any], axis: int) -> int:
    return int(np.prod(np.delete(array.shape, axis), dtype=np.intp))


def _results(clusters: int, columns: int) -> tuple[NDArray[Any], ...]:
    kinds = (np.float64, np.float64, np.int8, np.int64, np.int64)
    return tuple(np.empty((clusters, columns), kind) for kind in kinds)


def _placed(result: NDArray[Any], rest: tuple[int, ...], axis: int | None) -> Any:
    """Results in the shape of the verdicts, the clusters where the members were."""
    if axis is None:
        return result.reshape(rest)[()]
    return np.moveaxis(result.reshape(result.shape[0], *rest), 0, axis)
