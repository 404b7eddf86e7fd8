"""Official methods: the table, borders between classes, series in any form, and what is refused."""

import datetime
import math
import operator
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sndstats as snd
from sndstats import Reason, assess, methods

METHODS = {m.name: m for m in methods()}
YEARS = np.arange(2015, 2021)
PASSES = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
BOUNDS = {"worst": 0.0, "best": 100.0}

#: A call of each method that it can answer; `actual` as it comes.
CALLS: dict[str, dict[str, Any]] = {
    **{
        name: {"baseline": 100.0, "target": 200.0, "start": 2015, "now": 2020, "deadline": 2030}
        for name in ("canada", "eurostat", "un2022", "un2023", "un2026")
    },
    **{name: {"baseline": 100.0, "start": 2015, "now": 2020} for name in ("eurostat_five", "istat")},
    "escap": {"baseline": 0.0, "target": 200.0},
    "escap_anticipated": {"series": [10.0, 11.0, 12.0], "target": 200.0, "deadline": 2030},
    "germany": {"series": [10.0, 11.0, 9.0, 12.0, 13.0], "target": 200.0, "deadline": 2030},
    "sdsn": {**BOUNDS, "red": 40.0, "green": 90.0},
    "sdsn_trend": {"baseline": 100.0, "start": 2015, "now": 2020, "deadline": 2030, "green": 200.0},
    "oecd": {"target": 200.0, "spread": 10.0},
    "rag": {"baseline": 0.0, "target": 200.0},
    "schedule": {"baseline": 0.0, "target": 200.0, "start": 2015, "now": 2020, "deadline": 2030},
    "efficacy": BOUNDS,
    "sigma": {"target": 200.0},
    "sdsn_dashboard": {**BOUNDS, "red": 40.0, "green": 90.0},
}
WITH_LIMITS = [
    (name, k) for name, m in METHODS.items() for k in range(len(m.limits if m.labels else m.trend_limits))
]


def judged(name: str, actual: float, **more: Any) -> Any:
    """The verdict for a figure; it ends the series where the method takes one."""
    call = {"baseline": None, "target": None, "better": "higher", **CALLS[name], **more}
    if "series" in call:
        series = [*call["series"], actual]
        return assess(
            actual=None, method=name, **{**call, "series": series, "series_time": YEARS[-len(series) :]}
        )
    return assess(actual=actual, method=name, **call)


def test_table_is_complete() -> None:
    assert set(METHODS) == set(CALLS)
    arguments = set(snd.assess.__annotations__)
    for m in METHODS.values():
        assert all((m.office, m.statistic, m.source, m.certainty))
        assert {*m.needs, *m.needs_with_target, *m.takes} <= arguments
        assert not set(m.needs) & set(m.takes)
        assert (
            "required" if "target" in m.needs else "optional" if "target" in m.takes else "none"
        ) == m.target
        assert m.target != "optional" or (m.labels and m.trend_labels)
        for labels, limits in ((m.labels, m.limits), (m.trend_labels, m.trend_limits)):
            assert len(set(labels)) == len(labels)
            assert not limits or len(labels) - len(limits) in (1, 2)
        assert [value for _, value in m.thresholds] == sorted(value for _, value in m.thresholds)
    assert METHODS["germany"].limits == ((1.0, "<"), (0.2, "<="), (0.05, "<"))


def test_provisional_ones_say_so() -> None:
    assert "provisional" in METHODS["oecd"].certainty
    assert not METHODS["oecd"].labels
    assert "provisional" in METHODS["oecd"].office


@pytest.mark.parametrize("name", METHODS)
def test_every_method_answers(name: str) -> None:
    found = judged(name, 150.0)
    assert math.isfinite(float(found.value))
    assert int(found.reason) == Reason.OK
    has_classes = bool(METHODS[name].labels or METHODS[name].trend_labels)
    assert (int(found.status) > 0) == has_classes == (str(found.labels) != "not_available")


@pytest.mark.parametrize(("name", "k"), WITH_LIMITS)
def test_borders_of_classes(name: str, k: int) -> None:
    """The figures next to each other between which the class changes lie on both sides of the limit."""
    method = METHODS[name]
    limit, sign = (method.limits if method.labels else method.trend_limits)[k]
    low, high = -50.0 if name == "escap" else 1.0, math.nextafter(200.0, 0.0)
    assert int(judged(name, low).status) < k + 2 <= int(judged(name, high).status)
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (low, middle) if int(judged(name, middle).status) >= k + 2 else (middle, high)
    below, above = (float(judged(name, x).value) for x in (low, high))
    slack = 1e-14 if sign.startswith(">") else -1e-14
    assert not PASSES[sign](below - slack, limit)
    assert PASSES[sign](above + slack, limit)
    assert below == pytest.approx(limit, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "actual", "more", "value", "status"),
    [
        ("escap", 180.0, {}, 9.0, 2),
        ("escap", math.nextafter(180.0, 200.0), {}, None, 3),
        ("escap", 0.0, {}, 0.0, 1),
        ("rag", 180.0, {}, 0.9, 3),
        ("rag", math.nextafter(180.0, 0.0), {}, None, 2),
        ("rag", 150.0, {}, 0.75, 2),
        ("rag", 150.0, {"thresholds": (0.5, 0.75)}, 0.75, 3),
        ("schedule", 100.0, {"deadline": 2025}, 0.0, 2),
        ("schedule", math.nextafter(100.0, 0.0), {"deadline": 2025}, None, 1),
        ("sdsn", 90.0, {}, 90.0, 4),
        ("sdsn", math.nextafter(90.0, 0.0), {}, None, 3),
        ("sdsn", 65.0, {}, 65.0, 3),
        ("sdsn", math.nextafter(65.0, 0.0), {}, None, 2),
        ("sdsn", 40.0, {}, 40.0, 2),
        ("sdsn", math.nextafter(40.0, 0.0), {}, None, 1),
        ("sdsn_trend", 100.0, {}, 0.0, 2),
        ("sdsn_trend", 115.0, {"green": 190.0}, 0.5, 3),
        ("sdsn_trend", math.nextafter(115.0, 0.0), {"green": 190.0}, None, 2),
        ("sdsn_trend", 115.0, {"green": 190.0, "thresholds": [math.nextafter(0.5, 1.0)]}, 0.5, 2),
        ("sdsn_trend", 130.0, {"green": 190.0}, 1.0, 4),
    ],
)
def test_sides_of_borders(
    name: str, actual: float, more: dict[str, Any], value: float | None, status: int
) -> None:
    found = judged(name, actual, **more)
    assert int(found.status) == status
    assert value is None or float(found.value) == value


def test_methods_disagree_on_the_same_data() -> None:
    """Two published series by five statistics (reference figures to six digits)."""
    at = {"start": 2015, "deadline": 2030}
    first = {"baseline": 14.5, "actual": 10.2, "target": 7.25, "now": 2023, "better": "lower"} | at
    second = {"baseline": 98.82, "actual": 99.04, "target": 100.0, "now": 2022, "better": "higher"} | at
    expected = {
        "canada": ((0.952590, "substantial_progress"), (0.401355, "limited_progress")),
        "un2023": (
            (0.965834, "on track or target met"),
            (0.400024, "fair progress, but acceleration needed"),
        ),
        "escap": ((5.931034, "slow progress"), (1.864407, "slow progress")),
        "rag": ((0.593103, "red"), (0.186441, "red")),
        "schedule": ((0.593103 - 0.533333, "超"), (0.186441 - 0.466667, "落后")),
    }
    for name, verdicts in expected.items():
        for case, (value, label) in zip((first, second), verdicts, strict=True):
            found = assess(**case, method=name)
            assert float(found.value) == pytest.approx(value, abs=2e-6)
            assert str(found.labels) == label


def weighted(times: list[int], values: list[int], at: int) -> Fraction:
    """The time-weighted line of least squares in exact rationals."""
    w = [Fraction(at - times[0], at - t) for t in times]
    t_mean = sum(a * t for a, t in zip(w, times, strict=True)) / sum(w)
    y_mean = sum(a * y for a, y in zip(w, values, strict=True)) / sum(w)
    both = sum(a * (t - t_mean) * (y - y_mean) for a, t, y in zip(w, times, values, strict=True))
    return y_mean + both / sum(a * (t - t_mean) ** 2 for a, t in zip(w, times, strict=True)) * (at - t_mean)


def test_anticipated_progress_in_exact_rationals() -> None:
    rng = np.random.default_rng(7)
    for _ in range(50):
        times = sorted(rng.choice(np.arange(2000, 2025), 6, replace=False).tolist())
        values = rng.integers(1, 100, 6).tolist()
        target = values[0] + 500
        end = weighted(times, values, 2030)
        found = assess(
            None,
            None,
            target,
            series=values,
            series_time=times,
            deadline=2030,
            better="higher",
            method="escap_anticipated",
        )
        index = 10 if end >= target else 10 * (end - values[0]) / (target - values[0])
        assert float(found.value) == pytest.approx(float(index), rel=1e-12, abs=1e-13)
        assert int(found.status) == (3 if index > 9 else 2 if index > 0 else 1)


def test_germany_in_exact_rationals() -> None:
    rng = np.random.default_rng(8)
    seen = set()
    for _ in range(200):
        values = rng.integers(1, 100, 6).tolist()
        target = values[-1] + int(rng.integers(1, 60))
        mean = Fraction(values[-1] - values[0], 5)
        miss = max(Fraction(0), (target - values[-1] - mean * 10) / (target - values[-1]))
        found = judged("germany", values[-1], series=values[:-1], target=target)
        expected = 4 if miss < Fraction(1, 20) else 3 if miss <= Fraction(1, 5) else 2 if mean > 0 else 1
        assert float(found.value) == pytest.approx(float(miss), rel=1e-12, abs=1e-13)
        assert int(found.status) == expected
        assert np.isnan(found.score)
        seen.add(expected)
    assert seen == {1, 2, 3, 4}


def germany(series: Any, target: Any = None, **more: Any) -> Any:
    call = {"series_time": YEARS[-len(series) :], "better": "higher"} | more
    return assess(None, None, target, series=series, method="germany", **call)


def test_germany_ranges() -> None:
    found = germany(
        [10.0, 11.0, 12.0, 13.0, 14.0, 15.0],
        ([20.0, 14.0, 5.0, 14.0], [22.0, 30.0, 8.0, 16.0]),
        better="range",
        deadline=2026,
    )
    # Into the range; inside it; away from it; out of it by the deadline.
    assert found.labels.tolist() == ["sun", "sun", "thunderstorm", "sun with cloud"]
    assert float(found.value[2]) == (21 - 8) / (15 - 8)
    # Across the range: the miss counts from the other end.
    across = germany([10.0, 11.0, 12.0, 13.0, 14.0, 15.0], (17.0, 18.0), better="range", deadline=2026)
    assert float(across.value) == (21 - 18) / (17 - 15)
    assert str(across.labels) == "cloud"


def test_germany_strict_target_at_the_figure() -> None:
    found = germany([12.0, 13.0, 14.0, 15.0], [15.0, 15.0], strict=[True, False], deadline=2025)
    assert found.status.tolist() == [4, 4]
    assert np.array_equal(found.value, [0.0, np.nan], equal_nan=True)
    flat = germany([15.0, 15.0, 15.0, 15.0], 15.0, strict=True, deadline=2025)
    assert int(flat.status) == 1


def test_germany_direction_of_a_range_needs_a_target() -> None:
    assert int(germany([1.0, 2.0, 3.0, 4.0], better="range").status) == 0


def test_series_in_any_order_and_as_dates() -> None:
    values = np.array([10.0, 12.0, 11.0, 13.0, 14.0, 15.0])
    dates = np.array([f"{y}-12-31" for y in YEARS], "M8[D]")
    plain = germany(values, 20.2, deadline=2024)
    for order in ([5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]):
        mixed = germany(values[order], 20.2, series_time=YEARS[order], deadline=2024)
        assert (float(mixed.value), int(mixed.status)) == (float(plain.value), int(plain.status))
    for times, end in (
        (dates, np.datetime64("2024-12-31")),
        (pd.DatetimeIndex(dates), pd.Timestamp("2024-12-31")),
        ([datetime.date(y, 12, 31) for y in YEARS.tolist()], datetime.date(2024, 12, 31)),
    ):
        dated = germany(values, 20.2, series_time=times, deadline=end)
        assert float(dated.value) == pytest.approx(float(plain.value), abs=0.01)
        assert int(dated.status) == int(plain.status)
    with pytest.raises(TypeError, match="deadline"):
        germany(values, 20.2, series_time=dates, deadline=2024)
    with pytest.raises(ValueError, match=r"^series_time: expected the time of each value, got none"):
        germany(values, 20.2, series_time=[], deadline=np.datetime64("2024-12-31"))


def test_dates_of_a_series_beside_starts_of_each_element() -> None:
    days = [np.array([f"{y}-01-01" for y in years], "M8[D]") for years in (YEARS, (2015, 2016), (2030,))]
    call = {"series": [10.0, 11.0, 12.0, 13.0, 14.0, 15.0], "green": 40.0, "better": "higher"}
    found = assess(
        None, None, series_time=days[0], start=days[1], deadline=days[2][0], method="sdsn_trend", **call
    )
    assert found.value == pytest.approx([1 / (30 / 15), 1 / (29 / 14)], rel=1e-14)


def test_series_of_many_elements() -> None:
    rng = np.random.default_rng(9)
    series = rng.uniform(5, 15, (6, 4, 3))
    target = rng.uniform(20, 40, (4, 3))
    whole = germany(series, target, deadline=2030)
    assert whole.status.shape == (4, 3)
    for i in range(4):
        for j in range(3):
            one = germany(series[:, i, j], target[i, j], deadline=2030)
            assert float(one.value) == float(whole.value[i, j])
            assert int(one.reason) == int(whole.reason[i, j])
    threaded = germany(series, target, deadline=2030, threads=3)
    assert np.array_equal(threaded.value, whole.value)
    assert germany(np.empty((6, 0)), deadline=2030, target=20.0).status.shape == (0,)
    # One target for many series, many targets for one series, times of each element.
    assert germany(series, 30.0, deadline=2030).status.shape == (4, 3)
    assert germany(series[:, 0, 0], target, deadline=2030).status.shape == (4, 3)
    own = np.broadcast_to(YEARS[:, None, None], (6, 4, 3))
    assert np.array_equal(germany(series, target, series_time=own, deadline=2030).value, whole.value)


def test_series_in_frames() -> None:
    frame = pd.DataFrame({"a": [10.0, 11, 12, 13, 14, 15], "b": [10.0, 9, 8, 7, 6, 5]}, index=YEARS)
    found = germany(frame, pd.Series([20.0, 20.0], index=["a", "b"]), series_time=frame.index, deadline=2030)
    assert found.to_pandas().index.tolist() == ["a", "b"]
    assert found.labels.tolist() == ["sun", "thunderstorm"]
    alone = germany(frame, 20.0, series_time=frame.index, deadline=2030)
    assert alone.to_pandas().index.tolist() == ["a", "b"]
    with pytest.raises(ValueError, match=r"^series: its columns differ from the index of the figures"):
        germany(frame, pd.Series([20.0, 20.0], index=["b", "a"]), series_time=frame.index, deadline=2030)
    column = germany(frame["a"], 20.0, series_time=pd.Series(YEARS), deadline=2030)
    assert str(column.labels) == "sun"


def test_figures_read_from_a_series() -> None:
    call = {"series": [40.0, np.nan, 50.0, 60.0, 66.0], "series_time": [2013, 2014, 2015, 2018, 2020]}
    call |= {"deadline": 2030, "green": 80.0, "better": "higher", "method": "sdsn_trend"}
    # First and last; from 2015; until 2018; a start without a value; a baseline of its own.
    first = assess(None, None, **call)
    assert float(first.value) == pytest.approx((26 / 7) / (40 / 17), rel=1e-14)
    assert float(assess(None, None, start=2015, **call).value) == pytest.approx(16 / 5 / 2, rel=1e-14)
    assert float(assess(None, None, start=2015, now=2018, **call).value) == pytest.approx(
        10 / 3 / 2, rel=1e-14
    )
    gone = assess(None, None, start=[2014, 2016], **call)
    assert gone.status.tolist() == [0, 0]
    assert gone.reason.tolist() == [Reason.MISSING_BASE, Reason.MISSING_BASE]
    own = assess(56.0, None, start=2015, **call)
    assert float(own.value) == pytest.approx((10 / 5) / (24 / 15), rel=1e-14)
    late = assess(None, None, now=2019, **call)
    assert int(late.reason) == Reason.MISSING_CURRENT


def test_values_after_now_do_not_count() -> None:
    call = {"target": 20.0, "deadline": 2030, "better": "higher", "method": "escap_anticipated"}
    known = assess(None, None, series=[10.0, 11, 11], series_time=[2015, 2016, 2017], **call)
    later = assess(
        None, None, series=[10.0, 11, 11, 19], series_time=[2015, 2016, 2017, 2018], now=2017, **call
    )
    assert float(known.value) == float(later.value) < 10


def test_series_without_values() -> None:
    for name in ("germany", "escap_anticipated"):
        found = judged(name, np.nan, series=[np.nan, np.nan, np.nan])
        assert int(found.status) == 0
        assert int(found.reason) == Reason.MISSING_BASE


def test_shares_that_have_no_logit() -> None:
    call = {"series_time": [2015, 2018, 2020], "deadline": 2030, "limit": 1.0, "better": "higher"}
    found = assess(None, None, 0.9, series=[0.0, 0.5, 0.6], method="escap_anticipated", **call)
    assert int(found.status) == 0
    assert np.isnan(found.value)


def test_reasons_without_a_baseline() -> None:
    call = {"better": "higher", "method": "oecd", "spread": 2.0}
    found = assess(None, [12.0, 25.0, np.nan], 20.0, **call)
    assert found.reason.tolist() == [Reason.OK, Reason.ALREADY_MET, Reason.MISSING_CURRENT]
    given = assess([10.0, np.nan, 30.0], 12.0, 20.0, **call)
    assert given.reason.tolist() == [Reason.OK, Reason.MISSING_BASE, Reason.LOST_TARGET]


def test_colors_without_thresholds() -> None:
    found = judged("sdsn", 50.0, red=np.nan)
    assert (float(found.value), int(found.status)) == (50.0, 0)


@pytest.mark.parametrize("name", METHODS)
def test_what_is_needed_is_named(name: str) -> None:
    method = METHODS[name]
    call = {"baseline": None, "actual": 150.0, "target": None, "better": "higher", **CALLS[name]}
    if "series" in call:
        call |= {"series_time": YEARS[-len(call["series"]) :], "actual": None}
    for missing in method.needs:
        with pytest.raises(ValueError, match=f"^{missing}: method '{name}' needs it"):
            assess(method=name, **{**call, missing: None})
    for missing in method.needs_with_target:
        with pytest.raises(ValueError, match=f"^{missing}: .*where there is a target"):
            assess(method=name, **{**call, "target": 200.0, missing: None})
    unused = {"limit", "spread", "worst", "best", "red", "green"} - {*method.needs, *method.takes}
    for extra in unused:
        with pytest.raises(ValueError, match=f"^{extra}: method '{name}' makes no use of it"):
            assess(method=name, **{**call, extra: 5.0})


def test_what_is_needed_in_place_of_a_series() -> None:
    with pytest.raises(ValueError, match="or a series in place of baseline, actual, start, now"):
        assess(None, None, deadline=2030, green=80.0, better="higher", method="sdsn_trend")


@pytest.mark.parametrize(
    ("name", "more", "message"),
    [
        ("sdsn", {"best": -1.0}, "^best: expected a value on the better side of worst, got worst 0, best -1"),
        ("sdsn", {"better": "lower"}, "^best: expected"),
        ("sdsn", {"red": 90.0}, "^green: expected a value on the better side of red"),
        ("sdsn", {"better": "range"}, "^better: method 'sdsn' knows no ranges"),
        ("sdsn_trend", {"worst": 5.0, "best": [9.0, 5.0]}, r"^best: .* at \[1\]"),
        ("efficacy", {"worst": 100.0}, "^best: expected"),
        ("oecd", {"spread": 0.0}, "^spread: expected a positive standard deviation, got spread 0"),
        ("oecd", {"spread": [[1.0, -2.0]]}, r"^spread: .*got spread -2 at \[0, 1\]"),
        ("oecd", {"target": [1.0, np.nan]}, "^target: method 'oecd' needs one for each element"),
        ("sigma", {"better": "lower"}, "^better: method 'sigma' rates what is counted up"),
        ("rag", {"thresholds": (0.9, 0.75)}, "^thresholds: method 'rag' takes, in ascending order, yellow"),
        ("rag", {"thresholds": (0.9,)}, "^thresholds"),
        ("escap", {"thresholds": (9.0,)}, "takes, in ascending order, none"),
        ("schedule", {"deadline": 2015}, "^deadline: expected times after the start"),
    ],
)
def test_refused(name: str, more: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        judged(name, 50.0, **more)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"series_time": None}, "^series_time: a series needs the time"),
        ({"series_time": [2015, 2016]}, "^series_time: expected 4 times, one per value"),
        ({"series_time": 2015}, r"^series_time: expected 4 times"),
        ({"series_time": [2015, 2016, np.nan, 2018]}, "^series_time: missing or infinite times"),
        ({"series_time": [2015, 2016, 2016, 2018]}, "^series_time: a time occurs twice"),
        ({"series": 3.0}, "^series: expected values along axis 0"),
        ({"series": []}, "^series: expected values along axis 0"),
        ({"series": np.ones((4, 3)), "target": [1.0, 2.0]}, "^shapes do not broadcast: .*series beside time"),
        ({"method": "escap", "baseline": 1.0, "actual": 2.0}, "^series: method 'escap' makes no use of it"),
    ],
)
def test_series_refused(more: dict[str, Any], message: str) -> None:
    call = {"baseline": None, "actual": None, "target": 20.0, "deadline": 2030, "better": "higher"}
    call |= {"series": [1.0, 2.0, 3.0, 4.0], "series_time": [2015, 2016, 2017, 2018], "method": "germany"}
    with pytest.raises(ValueError, match=message):
        assess(**(call | more))


def test_times_without_a_series_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^series_time: given without a series"):
        judged("rag", 50.0, series_time=[2015])
    with pytest.raises(TypeError, match=r"^series: expected numbers"):
        judged("germany", 50.0, series=["a", "b", "c", "d"])


def test_series_in_other_containers() -> None:
    pl, xr = pytest.importorskip("polars"), pytest.importorskip("xarray")
    values, end = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0], datetime.date(2024, 1, 1)
    days = [datetime.date(y, 1, 1) for y in YEARS.tolist()]
    masked = np.ma.MaskedArray([0.0, *values[1:]], [True] + [False] * 5)
    for series, times, deadline in (
        (pl.Series(values), pl.Series(YEARS), 2024),
        (pl.Series(values), pl.Series(days), end),
        (xr.DataArray(values, dims="t"), xr.DataArray(YEARS, dims="t"), 2024),
        (pd.Series(values, dtype="Float64"), pd.period_range("2015", periods=6, freq="D"), None),
        (
            pd.Series(values),
            pd.to_datetime(pd.Series(days)).dt.tz_localize("UTC"),
            pd.Timestamp(end, tz="UTC"),
        ),
        (masked, YEARS, 2024),
        (np.array(values, np.float32)[:, None], YEARS[:, None], 2024),
    ):
        found = germany(series, 20.0, series_time=times, deadline=deadline)
        yearly = deadline is not None  # days in a row are no years
        assert np.ravel(found.status).tolist() == [3 if yearly else 0]
        assert not yearly or float(np.ravel(found.value)[0]) == 0.2


def test_flags_and_sides_go_by_their_labels() -> None:
    xr = pytest.importorskip("xarray")
    figures = pd.Series([12.0, 12.0], index=["a", "b"])
    call = {"start": 2015, "now": 2020, "deadline": 2030, "method": "canada"}
    with pytest.raises(ValueError, match=r"^strict: its index differs from the index of baseline"):
        assess(figures, 10.0, 10.0, better="lower", strict=pd.Series([True, False], index=["b", "a"]), **call)
    strict = pd.Series([True, False], index=["a", "b"])
    found = assess(figures, 10.0, 10.0, better="lower", strict=strict, **call)
    assert found.labels.tolist() == ["substantial_progress", "target_achieved"]
    # Along the rows, which NumPy would lay along the columns or refuse.
    table = xr.DataArray(np.full((2, 2), 12.0), dims=("region", "indicator"), coords={"region": ["p", "q"]})
    words = xr.DataArray(["lower", "higher"], dims="region", coords={"region": ["p", "q"]})
    flags = xr.DataArray([True, False], dims="region", coords={"region": ["p", "q"]})
    by_row = assess(table, 9.0, 10.0, better=words, **call)
    assert by_row.status.tolist() == [[5, 5], [1, 1]]
    assert assess(table, 10.0, 10.0, better="lower", strict=flags, **call).status.tolist() == [[4, 4], [5, 5]]
    with pytest.raises(ValueError, match="coordinates differ"):
        assess(table, 10.0, 10.0, better=words[::-1], **call)


def test_a_range_without_its_high_end_is_no_target() -> None:
    call = {"target_high": [3.0, np.nan], "better": "range"}
    assert snd.target_reason(1.0, 4.0, 2.0, **call).tolist() == [Reason.LOST_TARGET, Reason.OK]
    assert snd.target_reason(1.0, 1.0, [1.0, 1.0], **call).tolist() == [Reason.BASE_IS_TARGET, Reason.OK]
    with pytest.raises(ValueError, match=r"^target: method 'rag' needs one for each element"):
        assess(1.0, 4.0, 2.0, method="rag", **call)


def test_times_of_two_kinds_name_both() -> None:
    call = {"better": "lower", "method": "canada"}
    with pytest.raises(TypeError, match=r"^start: numbers beside the dates of now; .* start = numpy"):
        assess(3.0, 2.0, 1.0, start=2015, now=np.datetime64("2023"), deadline=2030, **call)
    with pytest.raises(TypeError, match=r"^deadline: numbers beside the dates of start;"):
        assess(3.0, 2.0, 1.0, start=np.datetime64("2015"), now=np.datetime64("2023"), deadline=2030, **call)


def test_slipping_by_brute_force() -> None:
    rng = np.random.default_rng(11)
    baseline, actual, low = (rng.choice([np.nan, 1.0, 2, 3, 4, 5, 6], 5000) for _ in range(3))
    high, side = low + rng.choice([0.0, 1, 3], 5000), rng.choice([-1, 0, 1], 5000)
    words = np.array(["lower", "range", "higher"])[side + 1]
    low = np.where(np.isnan(low), 3.0, low)
    high = np.where(side == 0, np.maximum(np.nan_to_num(high), low), np.nan)
    found = assess(baseline, actual, low, target_high=high, better=words, method="escap")
    for k in range(5000):
        b, x, T, H = baseline[k], actual[k], low[k], high[k]
        if side[k] == 0:
            expected = T <= x <= H and min(x - T, H - x) < min(b - T, H - b)
        else:
            expected = side[k] * x >= side[k] * T and side[k] * x < side[k] * b
        assert bool(found.slipping[k]) == expected
    assert found.slipping.dtype == np.bool_
    assert set(words[found.slipping]) == {"lower", "range", "higher"}
    assert found.to_pandas()["slipping"].tolist() == found.slipping.tolist()


def test_frames_of_results_keep_the_labels_of_the_figures() -> None:
    xr = pytest.importorskip("xarray")
    call = {"target": 7.0, "better": "lower", "method": "rag"}
    frame = pd.DataFrame({"x": [14.5, 10.0], "y": [3.0, 4.0]}, index=pd.Index(["a", "b"], name="region"))
    shown = assess(frame, frame * 0.7, **call).to_pandas()
    assert shown.index.tolist() == [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    assert shown.index.names == ["region", None]
    array = xr.DataArray([14.5, 10.0], dims="region", coords={"region": ["a", "b"]})
    assert assess(array, 8.0, **call).to_pandas().index.tolist() == ["a", "b"]
    table = xr.DataArray(np.ones((2, 3)), dims=("region", "year"), coords={"region": ["a", "b"]})
    assert assess(table, 8.0, **call).to_pandas().loc[("b", 2), "reason"] == "LOST_TARGET"
    assert assess(array[0], 8.0, **call).to_pandas().index.tolist() == [0]
