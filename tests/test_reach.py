"""Statuses within rounding, against grids, directed searches and 50-digit decimals."""

import copy
import pickle
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

METHODS = [m for m in snd.methods() if "baseline" in m.needs and "series" not in m.needs]
# With other needs a case cannot be drawn here; none of those takes a baseline alone.
SIMPLE = [
    m.name for m in METHODS if not set(m.needs) - {"baseline", "actual", "start", "now", "target", "deadline"}
]
FIGURES = ("baseline", "actual", "target")
#: Places where rules change, and shares of the target that count as met.
SHARES = (1.0, 0.9995, 1 / 0.9995)


def bits(status: Any) -> int:
    return int(np.bitwise_or.reduce(1 << np.unique(status).astype(np.int64)))


def ends(value: float, half_width: float) -> tuple[float, float]:
    v, h = Decimal(repr(value)), Decimal(repr(half_width))
    return float(v - h), float(v + h)


def draw(
    rng: np.random.Generator, method: str
) -> tuple[list[float | None], list[float | None], dict[str, Any]]:
    """A case whose boxes often overlap, touch each other or hold zero."""
    places = int(rng.integers(0, 3))
    unit = 10.0**-places
    apart = [rng.uniform(1, 100, 3), 5 + unit * rng.integers(-4, 5, 3), unit * rng.integers(-3, 4, 3)]
    figures = [round(float(v), places) for v in apart[rng.integers(3)]]
    half = [round(float(h) * unit, 4) for h in rng.choice([0, 0.5, 0.5, 5], 3)]
    listed = next(m for m in METHODS if m.name == method)
    options: dict[str, Any] = {
        "start": 2000.0,
        "now": 2000.0 + float(rng.integers(1, 10)),
        "better": str(rng.choice(["higher", "lower"])),
        "method": method,
        "strict": bool(rng.random() < 0.3),
    }
    if listed.target == "none" or (listed.target == "optional" and rng.random() < 0.25):
        if "limit" in listed.takes and rng.random() < 0.5:
            options["limit"] = round(figures[0] + unit * int(rng.integers(-2, 3)), places)
        return [*figures[:2], None], [*half[:2], None], options
    options["deadline"] = max(options["now"] + float(rng.integers(-1, 10)), 2001.0)
    return list(figures), list(half), options


def axis(figure: float, half: float, special: list[float]) -> np.ndarray:
    low, high = ends(figure, half)
    cuts = np.array([v + d * abs(v) for v in special for d in (-1e-9, 0, 1e-9)])
    points = np.concatenate([np.linspace(low, high, 13), [low, high], cuts])
    return np.unique(points[(points >= low) & (points <= high)])


def grid(figures: list[Any], half: list[Any], options: dict[str, Any]) -> np.ndarray:
    """Points of the box as rows, denser about the places where something happens."""
    given_ = [(v, h) for v, h in zip(figures, half, strict=True) if v is not None]
    special = [0.0, 0.001, *(e for v, h in given_ for e in ends(v, h))]
    special += [f * options.get("limit", 0.0) for f in (1, 2, -1, -2)]
    axes = [axis(v, h, special) for v, h in given_]
    rows = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, len(axes))
    if len(axes) == 2:
        return np.column_stack([rows, np.full(len(rows), np.nan)])
    low, high = ends(figures[1], half[1])
    met = [
        np.column_stack([rows[:, 0], rows[:, 2] * f * (1 + d), rows[:, 2]])
        for f in SHARES
        for d in (0, -1e-9, 1e-9)
    ]
    extra = np.concatenate(met)
    return np.concatenate([rows, extra[(extra[:, 1] >= low) & (extra[:, 1] <= high)]])


def statuses(points: np.ndarray, options: dict[str, Any]) -> np.ndarray:
    target = points[:, 2] if "deadline" in options else None
    return np.asarray(snd.assess(points[:, 0], points[:, 1], target, **options).status)


def confirmed(status: int, points: np.ndarray, found: np.ndarray, options: dict[str, Any], rng: Any) -> bool:
    """Whether bisection between points below and above a status comes upon it."""
    below, above = points[(found > 0) & (found < status)], points[found > status]
    if not len(below) or not len(above):
        return False
    low, high = (p[rng.integers(len(p), size=2000)] for p in (below, above))
    for _ in range(55):
        middle = low + (high - low) / 2
        now = statuses(middle, options)
        if (now == status).any():
            return True
        low = np.where((now < status)[:, None], middle, low)
        high = np.where((now < status)[:, None], high, middle)
    return False


def reach(figures: list[Any], half: list[Any], options: dict[str, Any]) -> Any:
    widths = {f"{n}_half_width": h for n, h in zip(FIGURES, half, strict=True)}
    return snd.assess(*figures, **options, **widths)


@pytest.mark.parametrize("method", SIMPLE)
def test_a_grid_finds_nothing_else_and_a_directed_search_all(method: str) -> None:
    rng = np.random.default_rng(20150)
    for _ in range(150):
        figures, half, options = draw(rng, method)
        got = int(reach(figures, half, options).reachable)
        points = grid(figures, half, options)
        found = statuses(points, options)
        assert bits(found) & ~got == 0, (figures, half, options)
        for status in range(16):
            if (got & ~bits(found)) >> status & 1:
                assert confirmed(status, points, found, options, rng), (status, figures, half, options)


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.sampled_from(SIMPLE))
def test_properties(seed: int, method: str) -> None:
    figures, half, options = draw(np.random.default_rng(seed), method)
    wide = reach(figures, half, options)
    status = int(wide.status)
    assert int(wide.reachable) >> status & 1
    assert bool(wide.determined) == (int(wide.reachable) == 1 << status)
    narrow = reach(figures, [None if h is None else h / 2 for h in half], options)
    assert int(narrow.reachable) & ~int(wide.reachable) == 0
    exact = reach(figures, [None if h is None else 0 for h in half], options)
    assert int(exact.reachable) == 1 << status
    assert exact.determined


def test_the_flagship_lies_about_the_limit() -> None:
    """R at the corners of 14.5 -> 10.2 of 7.25, in 50-digit decimal."""
    with localcontext() as context:
        context.prec = 50
        ratios = []
        for b in (Decimal("14.45"), Decimal("14.55")):
            for x in (Decimal("10.15"), Decimal("10.25")):
                g, required = (((v / b).ln() / n).exp() - 1 for v, n in ((x, 8), (Decimal("7.25"), 15)))
                ratios.append(-g / abs(required))
    assert round(min(ratios), 3) == Decimal("0.935")
    assert round(max(ratios), 3) == Decimal("0.970")
    options = {"start": 2015, "now": 2023, "deadline": 2030, "better": "lower", "method": "canada"}
    found = reach([14.5, 10.2, 7.25], [0.05, 0.05, 0], options)
    assert found.reachable_labels() == ("moderate_progress", "substantial_progress")
    assert not found.determined
    # Where R cannot come to 0.95, the verdict is settled.
    assert reach([14.5, 10.2, 7.25], [0.0005, 0.0005, 0], options).determined


def test_an_extreme_inside_an_edge_is_found() -> None:
    """Growth over the room left to a limit of 100 is least between baselines of 50 and 99.5.

    Growth is (101/b)^(1/30) - 1 and the limit 0.015 (1 - (b/100)^4.44): both ends are beyond
    it, and 80 is not.
    """
    room = {b: ((101 / b) ** (1 / 30) - 1) / (1 - (b / 100) ** 4.44) for b in (50.0, 80.0, 99.5)}
    assert room[50.0] > 0.015 > room[80.0] > 0.005
    assert room[99.5] > 0.015
    options = {"start": 1990, "now": 2020, "better": "higher", "method": "canada", "limit": 100}
    assert snd.assess([50, 99.5], 101, **options).status.tolist() == [4, 4]
    found = snd.assess(74.75, 101, **options, baseline_half_width=24.75)
    assert found.reachable_labels() == ("moderate_progress", "substantial_progress")


@pytest.mark.parametrize(
    ("figures", "half", "options", "codes"),
    [
        # The score is 100 throughout, and yet the colors differ.
        ([None, 92, None], [None, 5, None], {"worst": 80, "best": 85, "red": 90, "green": 94}, {1, 2, 3, 4}),
        # A baseline on either side of the green threshold, a figure too.
        ([91, 92, None], [5, 50, None], {"green": 91, "now": 2005, "deadline": 2012}, {1, 2, 3, 4}),
        # So wide that yellow lies beside a corner.
        ([1e5, 1e5, 1e5], [1e5, 1e5, 1e5], {"method": "rag"}, {1, 2, 3}),
        # After its deadline the projection falls from 0.625 as x rises from 0, to which doubles lose it.
        (
            [0.3, -0.1, -0.1],
            [0.05, 0.5, 0.05],
            {"method": "un2023", "better": "lower", "now": 2002, "deadline": 2001},
            {0, 1, 2, 3},
        ),
        # An end beyond the largest double; from the other, zero, there is no growth.
        ([1e308, 1, None], [1e308, 0, None], {"method": "istat", "now": 2001}, {0, 1, 2, 3, 4, 5}),
    ],
)
def test_places_where_other_rules_set_in(
    figures: list[Any], half: list[Any], options: dict[str, Any], codes: set[int]
) -> None:
    times = {} if figures[0] is None or options.get("method") == "rag" else {"start": 2000}
    method = "sdsn" if "red" in options else "sdsn_trend"
    found = reach(figures, half, {"method": method, "better": "higher"} | times | options)
    assert {k for k in range(16) if int(found.reachable) >> k & 1} == codes


def test_labels_shapes_and_frames() -> None:
    found = snd.assess(
        pd.Series([100.0, 100.0], index=["a", "b"]),
        [100, 104],
        [np.nan, 110],
        start=2015,
        now=2025,
        deadline=2030,
        better="higher",
        method="canada",
        actual_half_width=0.5,
    )
    assert found.reachable.dtype == np.uint16
    assert found.determined.dtype == np.bool_
    assert found.reachable_labels().tolist() == [
        ("deterioration", "limited_progress"),
        ("limited_progress", "moderate_progress"),
    ]
    frame = found.to_pandas()
    assert frame["reachable"].tolist() == found.reachable_labels().tolist()
    assert frame["determined"].tolist() == [False, False]
    assert list(frame.index) == ["a", "b"]
    assert "reachable=[ 6, 12]" in repr(found)
    for again in (copy.copy(found), pickle.loads(pickle.dumps(found))):
        assert again.reachable.tolist() == [6, 12]
    one = snd.assess(1, 2, start=0, now=1, better="higher", method="istat", baseline_half_width=0)
    assert one.to_pandas()["reachable"].tolist() == [("clear improvement",)]
    empty = snd.assess([], [], start=0, now=1, better="higher", method="istat", baseline_half_width=0)
    assert empty.reachable.shape == empty.determined.shape == empty.reachable_labels().shape == (0,)


def test_threads_change_nothing() -> None:
    rng = np.random.default_rng(7)
    b, x, target = np.round(rng.uniform(1, 20, (3, 500)), 1)
    options = {"start": 2015, "now": 2023, "deadline": 2030, "better": "lower", "method": "canada"}
    widths = {"baseline_half_width": 0.05, "actual_half_width": 0.05, "target_half_width": 0.05}
    one, many = (snd.assess(b, x, target, **options, **widths, threads=n) for n in (1, 3))
    assert one.reachable.tolist() == many.reachable.tolist()


def test_without_half_widths_there_is_nothing_to_read() -> None:
    found = snd.assess(1, 2, start=0, now=1, better="higher", method="istat")
    for name in ("reachable", "determined"):
        with pytest.raises(AttributeError, match="baseline_half_width="):
            getattr(found, name)
    with pytest.raises(AttributeError, match="baseline_half_width="):
        found.reachable_labels()
    assert "reachable" not in repr(found)
    assert list(found.to_pandas()) == ["value", "score", "status", "label", "reason", "slipping"]


@pytest.mark.parametrize(
    ("widths", "message"),
    [
        ({"baseline_half_width": -0.5}, "baseline_half_width: expected numbers from 0 up, got -0.5"),
        ({"actual_half_width": [0.5, np.inf]}, "actual_half_width: expected numbers from 0 up, got inf"),
        ({"target_half_width": 0.5}, "target_half_width: expected target beside it"),
    ],
)
def test_bad_half_widths_are_named(widths: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        snd.assess([1, 2], [2, 3], start=0, now=1, better="higher", method="canada", **widths)
