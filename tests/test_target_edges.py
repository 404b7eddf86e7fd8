"""The edge cases of target measures, row by row of targets.md 5: value and reason; then its properties.

Each test is named for its row. Figures are those that the table prints, else by hand.
"""

import datetime
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import sndstats as snd
from sndstats import Reason

NAN, INF = math.nan, math.inf
YEARS = {"start": 2015, "now": 2023, "deadline": 2030}
TIMES = {"start": 2015, "now": 2023}


def reasons(*figures: Any, **options: Any) -> list[str]:
    return [Reason(int(code)).name for code in np.atleast_1d(snd.target_reason(*figures, **options))]


def canada(*figures: Any, better: str = "lower", **times: Any) -> Any:
    return snd.assess(*figures, **{**YEARS, **times}, better=better, method="canada")


def test_baseline_is_target() -> None:
    for actual in (9.0, 10.0, 11.0):
        figures = (10.0, actual, 10.0)
        for measure in (snd.progress, snd.earned_time):
            assert np.isnan(measure(*figures))
        for at_share in (snd.pace, snd.schedule_lead, snd.to_complete):
            assert np.isnan(at_share(*figures, 0.5))
        assert np.isnan(snd.attainment_time(*figures, **TIMES))
        assert reasons(*figures, better="higher", **YEARS) == ["BASE_IS_TARGET"]
    # The status is by level, and by trend where a method looks at one.
    assert snd.met([9.0, 10.0, 11.0], 10.0, better="higher").tolist() == [False, True, True]
    # Of integers beyond 2^53 as well: there neither is rounded to the other.
    big = 2**53
    assert np.isnan(snd.progress(big + 1, big + 5, big + 1))
    assert snd.progress(big + 1, big + 5, big + 3) == 2.0
    # Statistics Canada, sdg 1-4-1: no value, achieved.
    fuels = canada(100, 100, 100, better="higher", now=2022)
    assert np.isnan(fuels.value)
    assert (str(fuels.labels), fuels.score) == ("target_achieved", 5.0)
    assert fuels.reason == Reason.BASE_IS_TARGET


def test_already_met() -> None:
    # Statistics Canada, sdg 3-1-1: achieved with +5 although it worsens; the value says so, uncapped.
    figures = (7.05, 12.58, 70.0)
    found = canada(*figures, now=2024)
    assert found.value == -0.40189193878221646
    assert (str(found.labels), found.score) == ("target_achieved", 5.0)
    assert found.reason == Reason.ALREADY_MET
    assert snd.assess(*figures, better="lower", method="escap").value == 10.0
    assert snd.met(12.58, 70.0, better="lower")
    assert snd.gap(12.58, 70.0, better="lower") == 12.58 - 70.0
    # Beyond the target no number is capped, and the date is the crossing.
    assert snd.progress(10.0, 14.0, 12.0) == 2.0
    assert snd.attainment_time(10.0, 14.0, 12.0, **TIMES) == 2019.0
    assert reasons(10.0, 14.0, 12.0, better="higher", **YEARS) == ["ALREADY_MET"]


def test_met_at_base_and_lost_now() -> None:
    figures = (10.0, 14.0, 12.0)  # at most 12
    found = canada(*figures)
    with_decimals = ((14 / 10) ** (1 / 8) - 1) / ((12 / 10) ** (1 / 15) - 1)
    assert found.value == pytest.approx(-with_decimals, rel=1e-12)
    assert str(found.labels) == "deterioration"
    assert snd.progress(*figures) == 2.0
    assert snd.gap(14.0, 12.0, better="lower") == 2.0
    assert found.reason == Reason.LOST_TARGET
    assert reasons(*figures, better="lower", **YEARS) == ["LOST_TARGET"]
    # Through a range and out of it: met on the way, and not now.
    assert reasons(1.0, [4.0, 2.5, 1.5, 0.0], (2.0, 3.0), better="range", **YEARS) == [
        "LOST_TARGET",
        "ALREADY_MET",
        "OK",
        "MOVING_AWAY",
    ]
    strict = {"better": "range", "strict": True}
    assert reasons(1.0, [3.0, 2.5, 2.0], (2.0, 3.0), **strict) == ["LOST_TARGET", "ALREADY_MET", "OK"]


def test_target_on_the_wrong_side_of_the_base() -> None:
    # Statistics Canada, cif 15-5-1: at most 100, from 70 to 55. A bound, with slack 45.
    found = canada(70.0, 55.0, 100.0)
    assert found.value == 1.2340549664701979
    assert str(found.labels) == "target_achieved"
    assert -snd.gap(55.0, 100.0, better="lower") == 45.0
    assert reasons(70.0, 55.0, 100.0, better="lower", **YEARS) == ["ALREADY_MET"]
    # It is no destination: the way to it is not gone, and no date is foretold.
    assert snd.progress(70.0, 55.0, 100.0) == -0.5
    assert snd.attainment_time(70.0, 55.0, 100.0, **TIMES) == INF


def test_moving_away() -> None:
    figures = (100.0, 92.0, 110.7)  # the trend, turned round, would have met at 2004.3
    assert round(2015 + 8 * (110.7 - 100) / (92 - 100), 1) == 2004.3
    for path in ("linear", "geometric"):
        assert snd.attainment_time(*figures, **TIMES, path=path) == INF
    day = {"start": datetime.date(2015, 1, 1), "now": datetime.date(2023, 1, 1)}
    assert np.isnat(snd.attainment_time(*figures, **day))
    assert snd.progress(*figures) == pytest.approx(-8 / 10.7)
    assert reasons(*figures, better="higher", **YEARS) == ["MOVING_AWAY"]
    assert reasons(*figures, better="higher", path="geometric", **YEARS) == ["MOVING_AWAY"]
    published = canada(10.0, 10.4, 0.1, start=2018, now=2022)  # sdg 11-1-1
    assert published.value == -0.030916728428577435
    assert str(published.labels) == "deterioration"
    assert published.reason == Reason.MOVING_AWAY
    assert snd.assess(*figures, better="higher", method="escap").labels == "regression"


def test_no_change() -> None:
    for target in (5.0, 20.0):
        better = "higher" if target > 10 else "lower"
        for value in (
            snd.progress(10.0, 10.0, target),
            snd.pace(10.0, 10.0, target, 0.5),
            snd.earned_time(10.0, 10.0, target, path="geometric"),
            canada(10.0, 10.0, target, better=better).value,
            canada(10.0, 10.0, None, better=better).value,
        ):
            assert value == 0
            assert not np.signbit(value)
        assert snd.attainment_time(10.0, 10.0, target, **TIMES) == INF
        assert snd.required_acceleration(10.0, 10.0, target, 0.5) == INF
        assert reasons(10.0, 10.0, target, better=better, **YEARS) == ["OK"]
    # Zero is in the class above.
    canada_method = next(m for m in snd.methods() if m.name == "canada")
    assert canada_method.limits[0] == (0.0, ">=")
    assert str(canada(10.0, 10.0, 5.0).labels) == "limited_progress"


def test_target_zero() -> None:
    figures = (10.0, 8.0, 0.0)
    ratios = [float(canada(10.0, 8.0, small).value) for small in (1.0, 0.1, 0.001, 1e-6)]
    assert ratios[:2] == pytest.approx([0.193, 0.104], abs=5e-4)
    assert ratios[2:] == pytest.approx([0.0600, 0.0418], abs=5e-5)
    assert snd.pace(*figures, 8 / 15) == 0.375
    assert snd.gap(8.0, 0.0, better="lower") == 8.0
    # The published method has its surrogate, with a reason; ours have no value.
    assert canada(*figures).value == ratios[2]
    assert canada(*figures).reason == Reason.GEOMETRIC_UNDEFINED
    for value in (
        snd.pace(*figures, 8 / 15, path="geometric"),
        snd.expected_value(10.0, 0.0, 0.5, path="geometric"),
        snd.required_growth(8.0, 0.0, 7),
        snd.attainment_time(*figures, **TIMES, path="geometric"),
        snd.to_complete(*figures, 8 / 15, path="geometric"),
    ):
        assert np.isnan(value)
    assert reasons(*figures, better="lower", path="geometric", **YEARS) == ["GEOMETRIC_UNDEFINED"]
    assert reasons(*figures, better="lower", **YEARS) == ["OK"]


def test_why_target_zero_matters() -> None:
    # Statistics Canada, cif 6-1-1: 103 to 29 against 0, published with 0.1.
    published = canada(103.0, 29.0, 0.1)
    assert published.value == 0.3956861571147466
    assert str(published.labels) == "limited_progress"
    figures = (103.0, 29.0, 0.0)
    assert round(float(snd.progress(*figures)), 3) == 0.718
    assert round(float(snd.elapsed_share(2023, start=2015, deadline=2030)), 3) == 0.533
    assert round(float(snd.pace(*figures, 8 / 15)), 3) == 1.347
    assert round(float(snd.attainment_time(*figures, **TIMES)), 1) == 2026.1
    assert reasons(*figures, better="lower", **YEARS) == ["OK"]


def test_base_zero_or_negative_or_of_another_sign() -> None:
    base, actual = np.array([0.0, -5.0, 5.0]), np.array([5.0, 5.0, -5.0])
    assert snd.progress(base, actual, 10.0).tolist() == [0.5, 10 / 15, -2.0]
    assert reasons(base, actual, 10.0, better="higher", **YEARS) == ["OK", "OK", "MOVING_AWAY"]
    assert np.isnan(snd.earned_time(base, actual, 10.0, path="geometric")).all()
    assert np.isnan(snd.projected_value(base, actual, 0.5, path="geometric")).all()
    named = ["ZERO_BASE", "GEOMETRIC_UNDEFINED", "GEOMETRIC_UNDEFINED"]
    assert reasons(base, actual, 10.0, better="higher", path="geometric", **YEARS) == named
    # Statistics Canada: 0.001 for zero, none where signs differ.
    found = canada(base, actual, 10.0, better="higher")
    assert np.isnan(found.value).tolist() == [False, True, True]
    assert found.value[0] == canada(0.001, 5.0, 10.0, better="higher").value
    assert [Reason(int(code)).name for code in found.reason] == named
    # Growth has conventions of its own.
    assert np.isnan(snd.growth_between(-5.0, 5.0, base="nan"))
    assert snd.growth_reason([-5.0, 5.0])[1] == Reason.LOSS_TO_PROFIT


def test_percentages_with_a_ceiling_of_100() -> None:
    share = (0.37, 14.63, 60.0)
    times = {"start": 2015, "now": 2024, "deadline": 2030}
    ahead = snd.projected_value(*share[:2], 9 / 15, path="geometric")
    assert round(float(ahead), 1) == 169.8
    options = {"better": "higher", "path": "geometric", **times}
    assert snd.projected_value(*share[:2], 9 / 15, path="geometric", floor=0, ceiling=100) == 100.0
    assert reasons(*share, floor=0, ceiling=100, **options) == ["CLIPPED"]
    assert reasons(*share, floor=0, ceiling=200, **options) == ["OK"]
    series = {"time": [2015, 2024]}
    assert snd.projection_reason(share[:2], 2030, **series, path="geometric", ceiling=100) == Reason.CLIPPED
    logit = snd.projection(share[:2], 2030, **series, path="logistic", scale=100)
    assert round(float(logit), 1) == 68.8
    # Statistics Canada, sdg 1-3-1: a natural limit lowers what counts as progress.
    near = canada(90.0, 93.2, None, better="higher", now=2021, limit=100)
    assert (near.value, near.score) == (0.005839995229728112, 2.815386645395768)


def test_complement() -> None:
    covered, uncovered = (98.82, 99.04, 100.0), (1.18, 0.96, 0.0)
    assert round(float(canada(*covered, better="higher", now=2022).value), 3) == 0.401
    found = canada(*uncovered, now=2022), canada(*uncovered[:2], 0.1, now=2022)
    assert [round(float(v.value), 3) for v in found] == [0.077, 0.191]
    assert [v.reason for v in found] == [Reason.GEOMETRIC_UNDEFINED, Reason.OK]
    assert [round(float(snd.progress(*v)), 6) for v in (covered, uncovered)] == [0.186441, 0.186441]
    for figures, better in ((covered, "higher"), (uncovered, "lower")):
        assert reasons(*figures, better=better, **YEARS) == ["OK"]


def test_points_against_percent() -> None:
    assert snd.gap(0.35, 0.50, better="higher") == pytest.approx(0.15, abs=1e-16)
    assert snd.gap(35, 50, better="higher") == 15.0
    assert round(float(snd.growth_between(35, 50)), 4) == 0.4286
    assert snd.relative_gap(35, 50, better="higher") == 0.3
    assert reasons(35, 35, 50, better="higher") == ["OK"]


def test_cumulative_count_against_stock_target() -> None:
    # "+13,000 to reach 75,000", half-way.
    assert snd.progress(0, 6_500, 13_000) == 0.5
    assert snd.progress(62_000, 68_500, 75_000) == 0.5
    for figures in ((0, 6_500, 13_000), (62_000, 68_500, 75_000)):
        assert reasons(*figures, better="higher", **YEARS) == ["OK"]
    row = {"name": ["stock", "flow"], "target": [75_000, 13_000], "actual": [68_500, 6_500]}
    more = {"baseline": [62_000, 62_000], "better": ["higher"] * 2, "kind": ["stock", "flow"]}
    targets = snd.scorecard({**row, **more}).to_dict()["targets"]
    assert [t["progress"] for t in targets] == [0.5, 0.5]


def test_flow_within_the_year() -> None:
    june = np.datetime64("2023-06-30")
    year = {"first": np.datetime64("2023-01-01"), "deadline": np.datetime64("2023-12-31")}
    days, months = (snd.elapsed_share(june, **year, freq=unit) for unit in ("D", "M"))
    assert days == 181 / 365
    assert round(float(days), 4) == 0.4959
    assert months == 6 / 12
    weights = [5, 5, 6, 5, 5, 6, 6, 6, 6, 12, 18, 20]
    seasonal = snd.elapsed_share(6, first=1, deadline=12, weights=weights)
    assert seasonal == 0.32
    leads = [float(snd.schedule_lead(0, 47.5, 100, e)) for e in (days, months, seasonal)]
    assert leads == pytest.approx([0.475 - 181 / 365, -0.025, 0.155], abs=1e-15)
    assert reasons(0, 47.5, 100, better="higher", **{"start": 0, "now": 6, "deadline": 12}) == ["OK"]


def test_growth_rate_target() -> None:
    assert snd.gap(0.052, 0.06, better="higher") == 0.06 - 0.052
    assert snd.gap(-0.01, 0.02, better="higher") == 0.03
    assert np.isnan(snd.attainment(0.01, -0.02, better="higher"))


def test_negative_target() -> None:
    for method in ("ratio", "inverse"):
        assert np.isnan(snd.attainment(-5.0, -10.0, better="higher", method=method))
    turned = [snd.attainment(-5.0, -10.0, better=b, method="reflected") for b in ("higher", "lower")]
    assert turned == [1.5, 0.5]
    # Ratios are asked about as a geometric path is.
    figures = (-20.0, -15.0, -10.0)
    assert reasons(*figures, better="higher", path="geometric") == ["GEOMETRIC_UNDEFINED"]
    assert reasons(*figures, better="higher") == ["OK"]
    assert snd.progress(*figures) == 0.5


def test_deadline_passed() -> None:
    figures = (10.0, 15.0, 20.0)
    assert snd.pace(*figures, 1.5) == snd.pace(*figures, 1.0) == 0.5
    assert snd.expected_value(10.0, 20.0, 1.5) == 20.0
    assert snd.elapsed_share(2031, start=2015, deadline=2030) == 1.0
    for left in (0, -1):
        assert np.isnan(snd.required_growth(15.0, 20.0, left))
        assert np.isnan(snd.required_change(15.0, 20.0, left))
    for elapsed in (1.0, 1.5):
        assert np.isnan(snd.to_complete(*figures, elapsed))
        assert np.isnan(snd.required_acceleration(*figures, elapsed))
    assert snd.met([15.0, 20.0], 20.0, better="higher").tolist() == [False, True]
    late = {"start": 2015, "now": [2030, 2031]}
    assert snd.attainment_time(*figures, **late).tolist() == [2045.0, 2047.0]
    assert reasons(*figures, better="higher", **late, deadline=2030) == ["DEADLINE_PASSED"] * 2
    # At the deadline itself the level says more.
    at = {"start": 2015, "now": 2030, "deadline": 2030}
    assert reasons(10.0, [20.0, 9.0], 20.0, better="higher", **at) == ["ALREADY_MET", "MOVING_AWAY"]


def test_observation_before_base_or_no_time_between() -> None:
    for now in (2015, 2014):
        assert np.isnan(snd.attainment_time(10.0, 12.0, 15.0, start=2015, now=now))
        assert reasons(10.0, 12.0, 15.0, better="higher", start=2015, now=now) == ["NO_INTERVAL"]
        assert np.isnan(canada(10.0, 12.0, 15.0, better="higher", now=now).value)
        share = (now - 2015) / 15
        assert np.isnan(snd.projected_value(10.0, 12.0, share))
        assert np.isnan(snd.required_acceleration(10.0, 12.0, 15.0, share))
    for measure in (snd.pace, snd.schedule_lead):
        assert np.isnan(measure(10.0, 12.0, 15.0, -1 / 15))
    assert canada(10.0, 12.0, 15.0, better="higher", now=2014).reason == Reason.NO_INTERVAL


def test_irregular_dates() -> None:
    day = datetime.date
    when = snd.attainment_time(14.5, 10.2, 7.25, start=day(2015, 1, 1), now=day(2023, 1, 1))
    assert when == np.datetime64("2028-06-28")
    years, values = [2015.0, 2016.5, 2020.25, 2023.0], [14.5, 14.0, 12.0, 10.2]
    ends = snd.projection(values, 2030, time=years)
    assert ends == snd.projection([14.5, 10.2], 2030, time=[2015, 2023])
    forms = [snd.projection(values, 2030, time=years, method=m) for m in ("least_squares", "weighted")]
    assert all(5.0 < float(v) < 7.0 for v in forms)
    # Germany needs four consecutive years; without them no verdict.
    gapped = snd.assess(None, None, 22.0, deadline=2030, better="higher", method="germany",
                        series=[10.0, 11.0, 12.0, 13.0], series_time=[2015, 2016, 2018, 2020])  # fmt: skip
    assert str(gapped.labels) == "not_available"


def test_missing_base_year() -> None:
    series = {"series": [11.0, 12.0, 13.0], "series_time": [2016, 2018, 2020], "target": 22.0}
    options = {"better": "higher", "method": "escap_anticipated", "deadline": 2030}
    asked = snd.assess(None, None, **series, **options, start=2015)
    assert asked.reason == Reason.MISSING_BASE
    assert str(asked.labels) == "not_available"
    found = snd.growth_reason([11.0, 12.0], time=[2016, 2018])
    assert found[1] == Reason.NO_PERIOD


def test_missing_data() -> None:
    base, actual, target = [NAN, 10.0, 10.0], [12.0, NAN, 12.0], [15.0, 15.0, NAN]
    assert np.isnan(snd.progress(base, actual, target)).all()
    assert np.isnan(snd.attainment_time(base, actual, target, **TIMES)).all()
    assert snd.met(actual, target, better="higher").tolist() == [False] * 3
    # Nothing is said of a target where there is none.
    assert reasons(base, actual, target, better="higher") == ["MISSING_BASE", "MISSING_CURRENT", "OK"]
    rolled = snd.roll_up([1.0, NAN, 3.0], method="mean")
    assert (rolled.value, rolled.available, rolled.members) == (2.0, 2, 3)
    assert np.isnan(snd.roll_up([1.0, NAN, 3.0], method="mean", min_coverage=0.8).value)


def test_strictness() -> None:
    # "Fewer than 70" against "at most 70".
    assert snd.met(70, 70, better="lower", strict=[True, False]).tolist() == [False, True]
    assert reasons(80, 70, 70, better="lower", strict=[True, False]) == ["OK", "ALREADY_MET"]
    assert snd.met(71, 70, better="lower", tolerance=[0, 1]).tolist() == [False, True]
    # 89.5 % is below 90 and not below 75: borders are in the class above, without holes.
    rag = snd.assess(0, [74.9, 75.0, 89.5, 90.0], 100.0, better="higher", method="rag")
    assert rag.status.tolist() == [1, 2, 2, 3]
    for method in snd.methods():
        assert all(sign in (">=", ">", "<=", "<") for _, sign in (*method.limits, *method.trend_limits))


def test_float_noise_on_borders() -> None:
    assert snd.met([0.3, 0.1 + 0.2], 0.3, better="lower").tolist() == [True, False]
    assert snd.met(0.1 + 0.2, 0.3, better="lower", tolerance=2.0**-53)
    # Half-widths are taken in decimal: 0.8 less 0.1 is 0.7, which the doubles miss.
    assert 0.8 - 0.1 > 0.7
    closed = snd.assess(1.0, 0.8, 0.7, better="lower", method="escap", actual_half_width=0.1)
    assert closed.reachable_labels() == ("slow progress", "on track")
    # Borders of methods are those of the doubles: 0.09 of 0.1 is less than 0.9. A width shows it.
    assert 0.09 / 0.1 < 0.9
    noisy = snd.assess(0.0, 0.09, 0.1, better="higher", method="rag", actual_half_width=1e-9)
    assert (str(noisy.labels), bool(noisy.determined)) == ("yellow", False)
    assert noisy.reachable_labels() == ("yellow", "green")


def test_several_targets() -> None:
    # A half-year's 13,736 against a district's own target and the city's.
    both = snd.attainment(13_736, [12_000, 16_000], better="higher")
    assert both.tolist() == [13_736 / 12_000, 0.8585]
    assert reasons(10_000, 13_736, [12_000, 16_000], better="higher") == ["ALREADY_MET", "OK"]
    found = canada(14.5, 10.2, [12.0, 7.25, 1.0], deadline=[2025, 2030, 2035])
    assert found.labels.tolist() == ["target_achieved", "substantial_progress", "limited_progress"]
    assert str(snd.roll_up(found, method="worst").labels) == "limited_progress"
    following = snd.roll_up(found, method="next_deadline", deadline=[2025, 2030, 2035], now=2026)
    assert str(following.labels) == "substantial_progress"
    assert snd.roll_up(found, method="mean").value == pytest.approx(found.score.mean(), rel=1e-15)


def test_latest_move_ignored() -> None:
    # 10.1 points a year needed, 0.92 achieved, though the line through the ends arrives.
    years, values, target = [2018, 2020, 2021, 2022, 2023], [0.0, 21.0, 40.0, 50.08, 51.0], 91.4
    assert snd.projection(values, 2027, time=years) >= target
    assert reasons(values[0], values[-1], target, better="higher", start=2018, now=2023, deadline=2027) == [
        "OK"
    ]
    needed = snd.required_change(values[-1], target, 2027 - 2023)
    achieved = snd.required_change(values[-2], values[-1], 1)
    assert [round(float(v), 2) for v in (needed, achieved)] == [10.1, 0.92]
    assert round(float(needed / achieved)) == 11


# Properties. Their linear forms beside the kernels are in test_projections.py.

# Multiples of 1/64 below 2^10: sums and differences of three are exact.
grid = st.integers(-(2**16), 2**16).map(lambda k: k / 64)
positive = st.floats(1e-3, 1e6)
sides = st.sampled_from(["higher", "lower"])
paths = st.sampled_from(["linear", "geometric"])
# Years passed and years in all.
times = st.tuples(st.integers(1, 31), st.integers(1, 31)).map(lambda t: (t[0], t[0] + t[1]))
# Figures that meet each other, zero and themselves often.
few = st.sampled_from([-10.0, -3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0, 10.0])
words = st.sampled_from(["higher", "lower", "range"])


@given(grid, grid, st.floats(0, 1))
def test_every_path_runs_from_baseline_to_target(b: float, target: float, share: float) -> None:
    at = [0.0, 0.5, 1.0]
    due = snd.expected_value(b, target, at, path=[0.0, share, 1.0])
    assert due[[0, 2]].tolist() == [b, target]
    assert snd.expected_value(b, target, at)[[0, 2]].tolist() == [b, target]
    if b > 0 and target > 0:
        assert snd.expected_value(b, target, at, path="geometric")[[0, 2]].tolist() == [b, target]


@given(positive, positive, positive, times)
def test_the_pace_is_one_only_where_growth_arrives_at_the_deadline(
    b: float, x: float, target: float, time: tuple[int, int]
) -> None:
    n, whole = time
    pace = float(snd.pace(b, x, target, n / whole, path="geometric"))
    when = float(snd.attainment_time(b, x, target, start=0, now=n, path="geometric"))
    if b == target:
        assert np.isnan(pace)
        assert np.isnan(when)
    else:
        assume(abs(pace - 1) > 1e-9)
        assume(abs(when - whole) > 1e-9 * whole)
        assert (pace > 1) == (when < whole)


@given(positive, positive, positive, times, sides, st.integers(-20, 20), st.floats(1e-3, 1e3))
def test_ratios_of_growth_are_the_same_in_every_unit(
    b: float, x: float, target: float, time: tuple[int, int], better: str, power: int, scale: float
) -> None:
    n, whole = time
    options = {"start": 0, "now": n, "deadline": whole, "better": better}
    for method in ("canada", "eurostat", "un2022", "un2023", "un2026"):
        plain = snd.assess(b, x, target, **options, method=method)
        # By powers of two to the last bit, status and reason included.
        moved = snd.assess(*(v * 2.0**power for v in (b, x, target)), **options, method=method)
        for name in ("value", "score", "status", "reason"):
            assert np.array_equal(getattr(moved, name), getattr(plain, name), equal_nan=True), (method, name)
        if abs(target / b - 1) > 1e-3 and abs(x / b - 1) > 1e-3:
            other = snd.assess(*(v * scale for v in (b, x, target)), **options, method=method)
            assert other.value == pytest.approx(float(plain.value), rel=1e-9, abs=1e-9, nan_ok=True)


@given(positive, positive, positive, st.floats(1.001, 1e3), times, sides, st.booleans())
def test_the_status_is_monotone(
    b: float, one: float, other: float, factor: float, time: tuple[int, int], better: str, strict: bool
) -> None:
    n, whole = time
    target = b * factor if better == "higher" else b / factor
    worse, good = sorted((one, other), reverse=better == "lower")
    options: dict[str, Any] = {"better": better, "strict": strict}
    due = {"start": 0, "now": n, "deadline": whole}
    on_growth = dict.fromkeys(("canada", "eurostat", "un2022", "un2023", "un2026"), due)
    on_lines: dict[str, dict[str, int]] = {"escap": {}, "rag": {}, "schedule": due}
    for method, more in {**on_growth, **on_lines}.items():
        found = snd.assess(b, [worse, good], target, **options, **more, method=method)
        assert found.status[0] <= found.status[1], method
    assert np.diff(snd.progress(b, [worse, good], target)) >= 0
    assert np.diff(snd.pace(b, [worse, good], target, n / whole, path="geometric")) >= 0


@given(st.tuples(grid, grid, grid), st.tuples(*[st.floats(0, 8)] * 3), st.floats(0, 1))
def test_intervals_hold_the_measures_and_narrow_with_their_figures(
    figures: tuple[float, float, float], widths: tuple[float, float, float], less: float
) -> None:
    def measures(share: float) -> dict[str, snd.Interval]:
        base, actual, end = (
            snd.Interval(v - w * share, v + w * share, v) for v, w in zip(figures, widths, strict=True)
        )
        found = {"gap": end - actual}
        if not (end - base).contains(0.0):
            found["progress"] = (actual - base) / (end - base)
        if actual.low > 0 and end.low > 0:
            found["growth"] = (end - actual) / actual
        return found

    # Statuses within rounding, on both paths: test_reach.py.
    b, x, target = figures
    wide, narrow = measures(1.0), measures(less)
    points = {
        "gap": snd.gap(x, target, better="higher"),
        "progress": snd.progress(b, x, target),
        "growth": snd.required_growth(x, target, 1),
    }
    for name, interval in wide.items():
        assert interval.contains(points[name]), name
        assert interval.contains(narrow[name]), name


@given(few, few, few, few, st.integers(-1, 5), words, paths, st.booleans())
def test_value_and_reason_tell_one_story(
    b: float, x: float, target: float, wide: float, now: int, better: str, path: str, strict: bool
) -> None:
    ends = {"target_high": target + abs(wide)} if better == "range" else {}
    elapsed, way = now / 4, {"path": path, **ends}
    when = {"start": 0, "now": now}
    found = {
        "progress": snd.progress(b, x, target, **ends) if path == "linear" else 0.0,
        "earned": snd.earned_time(b, x, target, **way),
        "expected": snd.expected_value(b, target, elapsed, **way),
        "pace": snd.pace(b, x, target, elapsed, **way),
        "lead": snd.schedule_lead(b, x, target, elapsed, **way),
        "projected": snd.projected_value(b, x, elapsed, path=path),
        "complete": snd.to_complete(b, x, target, elapsed, **way),
        "acceleration": snd.required_acceleration(b, x, target, elapsed, **way),
        "change": snd.required_change(x, target, 4 - now, **ends),
        "growth": snd.required_growth(x, target, 4 - now, **ends) if path == "geometric" else 0.0,
        "time": snd.attainment_time(b, x, target, **when, **way),
    }
    options = {"better": better, "strict": strict, **way}
    reason = Reason(int(snd.target_reason(b, x, target, **options, **when, deadline=4)))
    missing = [name for name, value in found.items() if np.isnan(value)]
    assert not missing or reason != Reason.OK, missing
    # Without a deadline: a date in the past is that of a target met, or met and lost.
    reason = Reason(int(snd.target_reason(b, x, target, **options, **when)))
    time = float(found["time"])
    assert not time < 0
    if time < now:
        assert reason in (Reason.ALREADY_MET, Reason.LOST_TARGET)
    if reason == Reason.MOVING_AWAY:
        assert time == INF or np.isnan(time)
    if time == INF:
        assert x == b or reason in (Reason.MOVING_AWAY, Reason.ALREADY_MET)
    if reason == Reason.BASE_IS_TARGET:
        assert np.isnan(found["progress"]) or path == "geometric"
        assert np.isnan(time)


@given(st.integers(0, 50), st.integers(1, 60), st.integers(1, 20), paths, st.sampled_from([0, 1, 2, 15]))
def test_clipped_says_so_where_limits_cut(b: int, x: int, now: int, path: str, digits: int) -> None:
    figures = (b / 10, x / 10)
    free = float(snd.projected_value(*figures, now / 15, path=path))
    limit = round(free, digits) if math.isfinite(free) else 0.0
    limits = {"floor": limit} if free < limit else {"ceiling": limit}
    cut = snd.projected_value(*figures, now / 15, path=path, **limits)
    options = {"better": "higher", "start": 0, "now": now, "deadline": 15, "path": path}
    reason = snd.target_reason(*figures, None, **options, **limits)
    if b and now < 15:
        assert (reason == Reason.CLIPPED) == (cut != free)
