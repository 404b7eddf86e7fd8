"""What follows from each row of a table: base, gap, required growth, monthly need, verdict.

A target is the threshold it is printed as, so its rounding counts only where a base is backed
out of it. A comparator keeps the range that its own rounding or bound leaves. Ranges are
taken at the corners, through the same functions as the point values.
"""

from typing import Any

import numpy as np

from .audits import audit
from .tables import Table
from .targets import gap, progress, required_change, required_growth

__all__ = ["VERDICTS", "derive", "own_range"]

VERDICTS = ("open", "met", "missed", "ahead", "behind", "undetermined")

# Bounds as numbers: the sign is the open side, 2 excludes the printed figure itself; OPEN is both sides.
_CODES = {"": 0, "eq": 0, "goal": 0, "ge": 1, "gt": 2, "le": -1, "lt": -2}
_OPEN = 3
_NAMES = np.array(["eq", "ge", "gt", "", "lt", "le"])


def _codes(bounds: np.ndarray) -> np.ndarray:
    return np.array([_CODES[str(b)] for b in bounds], dtype=np.int64)


def _combined(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The bound of a quantity that rises with both."""
    stronger = np.where(np.abs(first) > np.abs(second), first, second)
    against = (first * second < 0) | (first == _OPEN) | (second == _OPEN)
    return np.where(against, _OPEN, stronger)


def _flipped(code: np.ndarray) -> np.ndarray:
    return np.where(code == _OPEN, _OPEN, -code)


def _zero_if_missing(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), 0.0, values)


def own_range(value: np.ndarray, half_width: np.ndarray, code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Closed range of printed figures: their rounding, or a bound's open side down to 0."""
    half = np.where(code == 0, _zero_if_missing(half_width), 0.0)
    floor = np.where(value < 0, -np.inf, 0.0)
    low = np.where(np.isnan(value), np.nan, np.where(code < 0, floor, value - half))
    high = np.where(np.isnan(value), np.nan, np.where(code > 0, np.inf, value + half))
    return low, high


def _threshold(target: np.ndarray, code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where a target may end: at its figure, or on the open side of a bound."""
    low = np.where(code < 0, -np.inf, target)
    return low, np.where(code > 0, np.inf, target)


def _corners(function: Any, *sides: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest value of a function that is monotone in each argument."""
    found = [function(*corner) for corner in _product(sides)]
    stacked = np.stack(found)
    some = ~np.all(np.isnan(stacked), axis=0)
    low = np.where(some, np.min(np.where(np.isnan(stacked), np.inf, stacked), axis=0), np.nan)
    high = np.where(some, np.max(np.where(np.isnan(stacked), -np.inf, stacked), axis=0), np.nan)
    return low, high


def _product(sides: tuple[tuple[np.ndarray, np.ndarray], ...]) -> list[list[np.ndarray]]:
    corners: list[list[np.ndarray]] = [[]]
    for side in sides:
        corners = [[*corner, end] for corner in corners for end in side]
    return corners


def derive(table: Table) -> Table:
    """The columns of a scorecard: those of the table, completed, and those that follow from them."""
    t = dict(table)
    t["is_target"] = ~np.isnan(t["target"])
    t["kind"] = np.where((t["kind"] == "") & (t["unit"] == "%"), "share", t["kind"])
    code = _codes(t["bound"])
    unsaid = t["better"] == ""
    t["better"] = np.where(unsaid, np.where(t["is_target"] & (code < 0), "lower", "higher"), t["better"])
    t["actual_low"], t["actual_high"] = own_range(
        t["actual"], t["actual_half_width"], np.where(t["is_target"], 0, code)
    )
    t["growth_low"], t["growth_high"] = _growth_range(t)
    t |= _base(t, code)
    t |= _way(t, code)
    t |= _calendar(t)
    t |= _pace(t)
    t["verdict"] = np.where(t["is_target"], _verdicts(t, code), "")
    for column in ("base_bound", "gap_bound", "required_growth_bound"):
        t[column] = np.where(np.isnan(t[column.removesuffix("_bound")]), "", _NAMES[t[column]])
    return t


def _growth_range(t: Table) -> tuple[np.ndarray, np.ndarray]:
    """The printed growth; below -1 no level of one sign has one."""
    code = _codes(t["growth_bound"])
    half = np.where(code == 0, _zero_if_missing(t["growth_half_width"]), 0.0)
    missing = np.isnan(t["growth"])
    low = np.where(code < 0, np.minimum(t["growth"], -1.0), t["growth"] - half)
    high = np.where(code > 0, np.inf, t["growth"] + half)
    return np.where(missing, np.nan, low), np.where(missing, np.nan, high)


def _base(t: Table, code: np.ndarray) -> Table:
    """The comparator named by its id, else the base given, else the one the printed growth implies."""
    order = np.argsort(t["id"])
    found = np.searchsorted(t["id"][order], t["baseline_id"])
    at = order[np.minimum(found, len(order) - 1)] if len(order) else found
    named = t["baseline_id"] != ""
    printed = np.where(np.isnan(t["actual"]), t["target"], t["actual"])
    width = np.where(np.isnan(t["actual"]), t["target_half_width"], t["actual_half_width"])
    own = np.where(t["is_target"] & ~np.isnan(t["actual"]), 0, code)
    low, high = own_range(printed, width, own)
    given_low, given_high = own_range(t["baseline"], t["baseline_half_width"], np.zeros_like(code))
    implied, implied_low, implied_high = _implied(t)
    source = np.select(
        [named, ~np.isnan(t["baseline"]), ~np.isnan(implied)], ["comparator", "baseline", "growth"], ""
    )
    cases = [source == "comparator", source == "baseline", source == "growth"]
    return {
        "base": np.select(cases, [printed[at], t["baseline"], implied], np.nan),
        "base_low": np.select(cases, [low[at], given_low, implied_low], np.nan),
        "base_high": np.select(cases, [high[at], given_high, implied_high], np.nan),
        "base_bound": np.select(cases, [own[at], 0, -_codes(t["growth_bound"])], 0),
        "base_source": source,
    }


def _implied(t: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Base that the printed growth implies for the printed figure, taken as rounded."""
    level = np.where(t["is_target"], t["target"], t["actual"])
    width = np.where(t["is_target"], t["target_half_width"], t["actual_half_width"])
    code = np.where(t["is_target"], 0, _codes(t["bound"]))
    missing = np.isnan(t["growth"]) | np.isnan(level) | (code != 0)
    bounds = np.where(t["growth_bound"] == "", "eq", t["growth_bound"])
    found = audit(
        level=np.where(missing, np.nan, level),
        growth=np.where(missing, np.nan, t["growth"]),
        level_half_width=_zero_if_missing(width),
        growth_half_width=np.where(bounds == "eq", _zero_if_missing(t["growth_half_width"]), 0.0),
        growth_bound=bounds.astype(object),
    ).base
    base, low, high = (np.where(missing, np.nan, x) for x in (found.value, found.low, found.high))
    return base, low, high


def _way(t: Table, code: np.ndarray) -> Table:
    """Gap and required growth, with the ranges that rounding and bounds leave."""
    better, target = t["better"], t["target"]
    known = ~np.isnan(t["actual"])
    reached = np.where(known, t["actual"], t["base"])
    low = np.where(known, t["actual_low"], t["base_low"])
    high = np.where(known, t["actual_high"], t["base_high"])
    reached_code = np.where(known, 0, t["base_bound"])
    threshold = _threshold(target, code)

    def short(x: np.ndarray, goal: np.ndarray) -> Any:
        return gap(x, goal, better=better)

    def growth(base: np.ndarray, goal: np.ndarray) -> Any:
        rate = np.where(np.isinf(base), -1.0, required_growth(base, goal, 1.0))
        return np.where((base == 0) & (goal > 0), np.inf, rate)

    gap_low, gap_high = _corners(short, (low, high), threshold)
    growth_low, growth_high = _corners(growth, (t["base_low"], t["base_high"]), threshold)
    implied = t["base_source"] == "growth"
    together = _corners(
        lambda level, rate: short(_before(level, rate), level),
        own_range(target, t["target_half_width"], np.zeros_like(code)),
        (t["growth_low"], t["growth_high"]),
    )
    gap_low = np.where(implied & ~known, np.where(code < 0, -np.inf, together[0]), gap_low)
    gap_high = np.where(implied & ~known, np.where(code > 0, np.inf, together[1]), gap_high)
    rate = np.isin(t["kind"], ["share", "growth", "rank"])
    upward = _combined(code, _flipped(t["base_bound"]))
    gap_code = _combined(code, _flipped(reached_code))
    found = {
        "gap": short(reached, target),
        "gap_low": gap_low,
        "gap_high": gap_high,
        "gap_bound": np.where(better == "lower", _flipped(gap_code), gap_code),
        "required_growth": growth(t["base"], target),
        "required_growth_low": np.where(implied & (code >= 0), t["growth_low"], growth_low),
        "required_growth_high": np.where(implied & (code <= 0), t["growth_high"], growth_high),
        "required_growth_bound": upward,
    }
    unknown = {
        "gap": np.isnan(found["gap"]) | (gap_code == _OPEN),
        "required_growth": np.isnan(found["required_growth"]) | (upward == _OPEN) | rate,
    }
    for name, cells in unknown.items():
        for column in (name, f"{name}_low", f"{name}_high"):
            found[column] = np.where(cells, np.nan, found[column])
    return found


def _before(level: np.ndarray, growth: np.ndarray) -> Any:
    """The base of a level and its growth; unlimited growth starts from nothing."""
    bounded = np.where(np.isinf(growth), np.nan, growth)
    return np.where(np.isinf(growth), 0.0, audit(level=level, growth=bounded).base.value)


def _months(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Calendar months from one day to another, days as shares of their month."""

    def position(day: np.ndarray) -> np.ndarray:
        month = day.astype("datetime64[M]")
        length = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - month.astype("datetime64[D]")
        within = (day - month.astype("datetime64[D]")) / length
        return np.asarray(np.where(np.isnat(day), np.nan, month.astype(np.int64) + within))

    return np.asarray(position(last) - position(first))


def _calendar(t: Table) -> Table:
    """Months left and the share of time that has passed; a period ends with its last day."""
    day = np.timedelta64(1, "D")
    end = t["deadline"] + day
    now = np.where(np.isnat(t["now"]), t["start"], t["now"] + day)
    left = _months(now, end)
    whole = _months(t["start"], end)
    return {
        "months": whole,
        "months_left": np.maximum(left, 0.0),
        "elapsed": np.where(np.isnat(t["now"]), np.nan, (whole - left) / whole),
    }


def _pace(t: Table) -> Table:
    """What each month must bring, and the progress made against the time that has passed."""
    flow = t["kind"] == "flow"
    rate = np.isin(t["kind"], ["growth", "rank"])
    done = np.where(
        flow, _zero_if_missing(t["actual"]), np.where(np.isnan(t["actual"]), t["base"], t["actual"])
    )
    known = flow | ~np.isnan(t["gap"])
    months = np.where((t["months_left"] > 0) & ~rate, t["months_left"], np.nan)
    way = progress(np.where(flow, 0.0, t["base"]), t["actual"], t["target"])
    running = t["elapsed"] > 0
    return {
        "required_per_month": np.where(known, required_change(done, t["target"], months), np.nan),
        "progress": way,
        "pace": np.where(running, way / np.where(running, t["elapsed"], np.nan), np.nan),
    }


def _verdicts(t: Table, code: np.ndarray) -> np.ndarray:
    """Open without an actual figure; met, missed, ahead or behind where every rounding says so."""
    better, target = t["better"], t["target"]
    ends = (t["actual_low"], t["actual_high"])
    worst, best = (np.asarray(f(gap(x, target, better=better) for x in ends)) for f in (_most, _least))
    strict = np.abs(code) == 2
    sure = np.where(strict, worst < 0, worst <= 0)
    possible = np.where(strict, best < 0, best <= 0)
    cap = (t["kind"] == "flow") & (better == "lower")
    over = t["elapsed"] >= 1
    running = t["elapsed"] < 1
    slow, fast = _lead(t, cap)
    met = sure & (over | ~running | ~cap)
    lost = ~possible & (over | (cap & running))
    return np.select(
        [
            np.isnan(t["actual"]),
            met,
            lost,
            running & (slow >= 0),
            running & (fast < 0),
            running & np.isnan(slow),
            possible | running,
        ],
        ["open", "met", "missed", "ahead", "behind", "open", "undetermined"],
        "open",
    )


def _most(values: Any) -> Any:
    return np.maximum(*values)


def _least(values: Any) -> Any:
    return np.minimum(*values)


def _lead(t: Table, cap: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Progress less elapsed time, least and greatest; a cap must be used no faster than time passes."""
    flow = t["kind"] == "flow"
    base = (np.where(flow, 0.0, t["base_low"]), np.where(flow, 0.0, t["base_high"]))

    def lead(start: np.ndarray, reached: np.ndarray) -> Any:
        ahead = progress(start, reached, t["target"]) - t["elapsed"]
        lost = ~flow & (gap(start, t["target"], better=t["better"]) <= 0)
        return np.where(cap, -ahead, np.where(lost, -np.inf, ahead))

    return _corners(lead, base, (t["actual_low"], t["actual_high"]))
