"""Projections, earned schedules, verdicts and ranges: identities, properties, containers, bad input."""

import datetime
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import assume, given
from hypothesis import strategies as st

import sndstats as snd
from sndstats.spans import years_between

EPS = 2.0**-53
NAN = math.nan
# Multiples of 1/64 below 2^10: sums and differences of three are exact.
grid = st.integers(-(2**16), 2**16).map(lambda k: k / 64)
positive = st.floats(1e-3, 1e6)
# Years passed and years in all, a power of two times an odd number each.
times = st.tuples(st.integers(1, 31), st.integers(1, 31)).map(lambda t: (t[0], t[0] + t[1]))
sides = st.sampled_from(["higher", "lower"])
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))
paths = st.sampled_from(["linear", "geometric"])
PLAN = [0.1, 0.2, 0.4, 0.7, 1.0]
DAY = np.datetime64("2020-01-01")


def near(got: Any, want: Fraction, ulps: float, least: float = 0.0) -> bool:
    """Whether a result is within so many units of 2^-53 of an exact number."""
    return abs(Fraction(float(got)) - want) <= Fraction(ulps * EPS) * abs(want) + Fraction(least)


@given(grid, grid, grid, times)
def test_linear_projections_are_the_rational_ones(
    b: float, x: float, target: float, time: tuple[int, int]
) -> None:
    n, whole = time
    e = n / whole
    share, exact = Fraction(e), Fraction(b) + (Fraction(x) - Fraction(b)) / Fraction(e)
    size = Fraction(abs(x) + abs(x - b)) / share
    assert abs(Fraction(float(snd.projected_value(b, x, e))) - exact) <= 4 * Fraction(EPS) * size
    when = float(snd.attainment_time(b, x, target, start=0, now=n))
    if b == target:
        assert np.isnan(when)
        assert np.isnan(snd.to_complete(b, x, target, e))
        return
    p = (Fraction(x) - Fraction(b)) / (Fraction(target) - Fraction(b))
    assert near(when, n / p, 4) if p > 0 else when == math.inf
    rest = (1 - p) / (1 - share)
    assert near(snd.to_complete(b, x, target, e), rest, 8)
    assert near(snd.earned_time(b, x, target, whole), p * whole, 4)
    if x != b:
        factor = rest * share / p
        assert near(snd.required_acceleration(b, x, target, e), factor, 8)
    elif target != x:
        assert snd.required_acceleration(b, x, target, e) == math.inf


@given(grid, grid, grid, times)
def test_pace_is_the_schedule_performance_index_of_a_line(
    b: float, x: float, target: float, time: tuple[int, int]
) -> None:
    n, whole = time
    assume(b != target)
    # SPI(t) = ES / AT and TSPI = (PD - ES) / (PD - AT), from the earned time.
    earned = float(snd.earned_time(b, x, target, whole))
    assert float(snd.pace(b, x, target, n / whole)) == pytest.approx(earned / n, rel=8 * EPS)
    index = float(snd.to_complete(b, x, target, n / whole))
    # Rounded, the elapsed share leaves 1 - e with whole / (whole - n) times the error.
    blur = 8 * EPS * (whole + abs(earned)) / (whole - n) * whole / (whole - n)
    assert index == pytest.approx((whole - earned) / (whole - n), abs=blur)
    # IEAC(t) = PD / SPI(t) is the time of attainment after the start.
    if earned > 0:
        when = float(snd.attainment_time(b, x, target, start=0, now=n))
        assert when == pytest.approx(whole / (earned / n), rel=8 * EPS)


@given(grid, grid, times)
def test_on_the_line_all_measures_say_so(b: float, target: float, time: tuple[int, int]) -> None:
    n, whole = time
    assume(b != target)
    # The figure due now, exactly: the way is a multiple of the years.
    way = (target - b) * whole
    x, end = b + (target - b) * n, b + way
    e = n / whole
    assert snd.pace(b, x, end, e) == 1.0
    assert snd.schedule_lead(b, x, end, e) == 0.0
    assert near(snd.attainment_time(b, x, end, start=0, now=n), Fraction(whole), 2)
    assert snd.required_change(x, end, whole - n) == (x - b) / n
    # 1 - e has lost digits that e, rounded, does not have.
    assert near(snd.to_complete(b, x, end, e), Fraction(1), 4 * whole)
    assert near(snd.required_acceleration(b, x, end, e), Fraction(1), 4 * whole)
    assert float(snd.projected_value(b, x, e)) == pytest.approx(end, abs=8 * EPS * (abs(x) + abs(way)))
    assert snd.expected_value(b, end, 0.0) == b
    assert snd.expected_value(b, end, 1.0) == end


@given(grid, grid, grid, times)
def test_the_pace_is_one_only_where_the_line_arrives_at_the_deadline(
    b: float, x: float, target: float, time: tuple[int, int]
) -> None:
    n, whole = time
    assume(b != target)
    exact = (Fraction(x) - Fraction(b)) / (Fraction(target) - Fraction(b)) / Fraction(n, whole)
    pace, when = (
        float(v)
        for v in (
            snd.pace(b, x, target, n / whole),
            snd.attainment_time(b, x, target, start=0, now=n),
        )
    )
    if exact == 1:
        assert near(pace, Fraction(1), 4)
        assert near(when, Fraction(whole), 4)
    else:  # rationals of such figures differ from 1 by more than rounding
        assert (pace > 1) == (exact > 1)
        assert (when < whole) == (exact > 1)


@given(positive, st.floats(-0.2, 0.2), times)
def test_at_constant_growth_all_measures_say_so(b: float, rate: float, time: tuple[int, int]) -> None:
    n, whole = time
    assume(abs(rate) > 1e-3)
    x, target = b * (1 + rate) ** n, b * (1 + rate) ** whole
    e = n / whole
    # Figures rounded to 2^-53 blur their logarithms by as much, the rest by the way's share of it.
    blur = 64 * EPS * whole / abs(math.log1p(rate)) / min(n, whole - n)
    assert float(snd.earned_time(b, x, target, path="geometric")) == pytest.approx(e, rel=blur)
    when = float(snd.attainment_time(b, x, target, start=0, now=n, path="geometric"))
    assert when == pytest.approx(whole, rel=blur)
    assert float(snd.to_complete(b, x, target, e, path="geometric")) == pytest.approx(1.0, rel=blur)
    assert float(snd.required_acceleration(b, x, target, e, path="geometric")) == pytest.approx(1.0, rel=blur)
    required = float(snd.required_growth(x, target, whole - n))
    observed = float(snd.cagr(b, x, n))
    assert required == pytest.approx(observed, rel=blur * (1 + 1 / (1 + rate)))
    spread = 64 * EPS * (1 + whole) / e
    assert float(snd.projected_value(b, x, e, path="geometric")) == pytest.approx(target, rel=spread)


@given(positive, positive, positive, times, paths)
def test_the_required_rate_leads_from_here_to_the_target(
    b: float, x: float, target: float, time: tuple[int, int], path: str
) -> None:
    n, whole = time
    e = n / whole
    if path == "linear":
        change = Fraction(float(snd.required_change(x, target, whole - n)))
        reached = Fraction(x) + (whole - n) * change
        assert abs(reached - Fraction(target)) <= 2 * Fraction(EPS) * (Fraction(x) + Fraction(target))
        return
    assume(b != target)
    # With TSPI times the planned logarithmic rate from now on.
    factor = float(snd.to_complete(b, x, target, e, path=path))
    log = math.log(target / b) / whole * factor * (whole - n)
    assert x * math.exp(log) == pytest.approx(target, rel=1e-12 * (1 + abs(log)))


@given(grid, grid, grid, times, st.integers(-6, 6), sides)
def test_linear_measures_are_the_same_on_every_scale(
    b: float, x: float, target: float, time: tuple[int, int], power: int, better: str
) -> None:
    n, whole = time
    assume(b != target)
    other = "lower" if better == "higher" else "higher"
    for scale, side in ((2.0**power, better), (-(2.0**power), other)):
        moved = [1024.0 + scale * v for v in (b, x, target)]
        for measure in (snd.progress, snd.earned_time):
            assert np.array_equal(measure(*moved), measure(b, x, target), equal_nan=True)
        for measure in (snd.pace, snd.to_complete, snd.required_acceleration):
            got, want = measure(*moved, n / whole), measure(b, x, target, n / whole)
            assert np.array_equal(got, want, equal_nan=True)
        got, want = (snd.attainment_time(*v, start=2015, now=2015 + n) for v in (moved, (b, x, target)))
        assert np.array_equal(got, want, equal_nan=True)
        assert snd.gap(moved[1], moved[2], better=side) == 2.0**power * snd.gap(x, target, better=better)
        for strict in (False, True):
            assert snd.met(moved[1], moved[2], better=side, strict=strict) == snd.met(
                x, target, better=better, strict=strict
            )


@given(grid, grid, grid, grid, times)
def test_reversal_about_a_point_keeps_linear_measures(
    b: float, x: float, target: float, point: float, time: tuple[int, int]
) -> None:
    n, whole = time
    assume(b != target)
    back = [2 * point - v for v in (b, x, target)]
    assert np.array_equal(snd.progress(*back), snd.progress(b, x, target), equal_nan=True)
    assert np.array_equal(
        snd.to_complete(*back, n / whole), snd.to_complete(b, x, target, n / whole), equal_nan=True
    )
    due = snd.expected_value(back[0], back[2], n / whole)
    assert near(
        due, 2 * Fraction(point) - Fraction(float(snd.expected_value(b, target, n / whole))), 16, 1e-11
    )
    ahead = snd.projected_value(back[0], back[1], n / whole)
    straight = Fraction(float(snd.projected_value(b, x, n / whole)))
    assert near(ahead, 2 * Fraction(point) - straight, 16, 1e-9)


@given(positive, positive, positive, times, st.integers(-20, 20))
def test_geometric_measures_are_the_same_in_every_unit(
    b: float, x: float, target: float, time: tuple[int, int], power: int
) -> None:
    n, whole = time
    scaled = [v * 2.0**power for v in (b, x, target)]
    for measure in (snd.to_complete, snd.required_acceleration):
        got, want = (measure(*v, n / whole, path="geometric") for v in (scaled, (b, x, target)))
        assert np.array_equal(got, want, equal_nan=True)
    got, want = (snd.attainment_time(*v, start=0, now=n, path="geometric") for v in (scaled, (b, x, target)))
    assert np.array_equal(got, want, equal_nan=True)
    assert not got < 0


@given(grid, grid, grid, sides, st.booleans())
def test_met_is_monotone(one: float, other: float, target: float, better: str, strict: bool) -> None:
    worse, good = sorted((one, other), reverse=better == "lower")
    assert snd.met(good, target, better=better, strict=strict) >= snd.met(
        worse, target, better=better, strict=strict
    )


@given(st.floats(allow_nan=False), st.floats(allow_nan=False), st.floats(0, 1e300), sides, st.booleans())
def test_met_decides_as_exact_figures_do(
    x: float, target: float, tolerance: float, better: str, strict: bool
) -> None:
    if math.isinf(x) or math.isinf(target):
        assume(tolerance == 0)
        missing = 0 if x == target else (1 if (x < target) == (better == "higher") else -1)
        want = missing < 0 if strict else missing <= 0
    else:
        short = (Fraction(target) - Fraction(x)) * (1 if better == "higher" else -1)
        want = short < Fraction(tolerance) if strict else short <= Fraction(tolerance)
    assert bool(snd.met(x, target, better=better, strict=strict, tolerance=tolerance)) == want


wholes = st.one_of(st.integers(-(2**63), 2**63 - 1).map(np.int64), st.integers(0, 2**64 - 1).map(np.uint64))


@given(wholes, wholes, wholes, st.floats(0, 2.0**65), st.booleans())
def test_met_of_integers_is_exact(x: Any, low: Any, high: Any, tolerance: float, strict: bool) -> None:
    def allowed(short: int) -> bool:
        return short < Fraction(tolerance) if strict else short <= Fraction(tolerance)

    options = {"strict": strict, "tolerance": tolerance}
    assert bool(snd.met(x, low, better="higher", **options)) == allowed(int(low) - int(x))
    assert bool(snd.met(x, low, better="lower", **options)) == allowed(int(x) - int(low))
    if int(low) <= int(high):
        inside = allowed(int(low) - int(x)) and allowed(int(x) - int(high))
        assert bool(snd.met(x, (low, high), better="range", **options)) == inside


def test_strictness_and_tolerance_broadcast() -> None:
    got = snd.met([70, 71], 70, better="lower", strict=[[True], [False]], tolerance=[0, 1])
    assert got.tolist() == [[False, False], [True, True]]
    assert got.dtype == np.bool_
    assert snd.met(1, 1, better=["higher", "lower"], strict=[[False], [True]]).tolist() == [
        [True] * 2,
        [False] * 2,
    ]
    single = np.float32([0.1])
    assert snd.met(single, 0.1, better="lower").tolist() == [True]
    assert snd.met([], 1, better="lower").shape == (0,)


def test_what_is_missing_is_not_met() -> None:
    assert snd.met([NAN, 1, 1], [1, NAN, 1], better="higher").tolist() == [False, False, True]
    series = pd.Series([1.0, NAN, 3.0], index=list("abc"), name="x")
    pd.testing.assert_series_equal(
        snd.met(series, 2, better="higher"), pd.Series([False, False, True], index=list("abc"), name="x")
    )
    pd.testing.assert_series_equal(
        snd.met(series, 2, better="lower", where=[False, True, True]),
        pd.Series([False, False, False], index=list("abc"), name="x"),
    )
    nullable = snd.met(pd.Series([1, pd.NA, 3], dtype="Int64"), 2, better="higher")
    assert nullable.isna().tolist() == [False, True, False]
    assert nullable[2]
    arrow = pd.Series([1, None, 3], dtype="int64[pyarrow]")
    assert snd.met(arrow, 2, better="higher").isna().tolist() == [False, True, False]
    part = snd.met(arrow, 2, better="higher", where=[False, True, True])
    assert part.isna().tolist() == [True, True, False]
    assert snd.met(pl.Series("x", [1, None, 3]), 2, better="higher").to_list() == [False, None, True]
    frame = pd.DataFrame({"x": [1, 2], "y": [2.5, NAN]})
    want = pd.DataFrame({"x": [False, True], "y": [True, False]})
    pd.testing.assert_frame_equal(snd.met(frame, 2, better="higher"), want)
    masked = snd.met(
        np.ma.array([1, 2, 3], mask=[False, True, False]), 2, better="higher", where=[True, True, False]
    )
    assert np.ma.getmaskarray(masked).tolist() == [False, True, False]
    assert masked.filled(True).tolist() == [False, True, False]
    part = snd.met([1.0, 3.0, 3.0], 2, better="higher", where=[True, True, False])
    assert part.tolist() == [False, True, False]
    out = np.ones(2, np.bool_)
    assert snd.met([1, 3], 2, better="higher", out=out, where=[True, False]) is out
    assert out.tolist() == [False, True]


def test_a_range_is_a_target_at_the_nearer_end() -> None:
    b, x = np.array([0.0, 0.0, 10.0, 2.5, 2.5]), np.array([1.0, 2.0, 6.0, 2.5, 3.5])
    # From below the way leads to 2, from above to 3; from within one is there already.
    want = [1 / 2, 1.0, 4 / 7, NAN, NAN]
    for target in (((2.0, 3.0), None), (2.0, 3.0), (np.full(5, 2), np.full(5, 3.0))):
        ends = {"target_high": target[1]}
        assert np.array_equal(snd.progress(b, x, target[0], **ends), want, equal_nan=True)
        assert np.array_equal(
            snd.pace(b, x, target[0], 0.5, **ends)[:4], np.array(want[:4]) * 2, equal_nan=True
        )
        lead = snd.schedule_lead(b, x, target[0], 0.5, **ends)[:4]
        assert np.array_equal(lead, np.array(want[:4]) - 0.5, equal_nan=True)
        assert snd.expected_value(b, target[0], 1.0, **ends).tolist() == [2.0, 2.0, 3.0, 2.5, 2.5]
        when = snd.attainment_time(b, x, target[0], start=0, now=4, **ends)
        assert np.array_equal(when, [8.0, 4.0, 7.0, NAN, NAN], equal_nan=True)
        assert snd.required_change(x, target[0], 2, **ends).tolist() == [0.5, 0.0, -1.5, 0.0, -0.25]
        growth = snd.required_growth(x, target[0], 1, **ends)
        assert growth.tolist() == [1.0, 0.0, -0.5, 0.0, -0.5 / 3.5]
        assert snd.earned_time(b, x, target[0], **ends)[:3].tolist() == want[:3]
        assert snd.to_complete(b, x, target[0], 0.5, **ends)[:3].tolist() == [1.0, 0.0, 6 / 7]
        assert snd.required_acceleration(b, x, target[0], 0.5, **ends)[:3].tolist() == [1.0, 0.0, 0.75]
    # NaN is no high end.
    assert snd.progress([0, 10], 5, 2, target_high=[NAN, NAN]).tolist() == [2.5, 0.625]
    series = pd.Series([1.0, 6.0], index=["a", "b"])
    pd.testing.assert_series_equal(
        snd.progress(pd.Series([0.0, 10.0], index=["a", "b"]), series, (2, 3)),
        pd.Series([0.5, 4 / 7], index=["a", "b"]),
    )
    big = 2**62
    assert snd.required_change(big + 1, (big + 3, big + 9), 2) == 1.0
    assert snd.required_change(np.int64(big + 1), (np.int64(big - 9), np.int64(big - 3)), 2) == -2.0


def test_flows_and_stocks() -> None:
    # 13,000 more are to make 75,000 of 62,000 (the seed plan); 6,500 have been added.
    stock = snd.progress(62_000, 68_500, 75_000)
    flow = snd.progress(0, 6_500, 13_000)
    assert stock == flow == snd.attainment(6_500, 13_000, better="higher") == 0.5
    # The flow of a period: completion, and its lead over the time passed.
    assert snd.schedule_lead(0, 6_500, 13_000, 5 / 12) == pytest.approx(0.5 - 5 / 12)
    # A target for a growth rate is missed by a difference: 5.2 % of 6 % is 0.8 points short.
    assert snd.gap(0.052, 0.06, better="higher") == 0.06 - 0.052
    assert snd.gap(-0.01, 0.02, better="higher") == 0.03
    assert np.isnan(snd.attainment(0.01, -0.02, better="higher"))


def test_complements_of_shares() -> None:
    # 98.82 -> 99.04 of 100 and the uncovered 1.18 -> 0.96 of 0 (targets.md 5, complement).
    linear = [snd.progress(*v) for v in ((98.82, 99.04, 100), (1.18, 0.96, 0))]
    assert [float(v) for v in linear] == pytest.approx([0.22 / 1.18] * 2, abs=1e-12)
    assert np.isnan(snd.earned_time(1.18, 0.96, 0, path="geometric"))


def test_four_measures_of_the_same_series_disagree() -> None:
    # targets.md 3.2, computed there in double precision from Statistics Canada's series.
    b, x, target = np.array([14.5, 98.82]), np.array([10.2, 99.04]), np.array([7.25, 100])
    n = np.array([8, 7])
    ratio = snd.cagr(b, x, n) / snd.cagr(b, target, 15)
    assert ratio.tolist() == pytest.approx([0.952590, 0.401355], abs=5e-7)
    ahead = snd.projected_value(b, x, n / 15, path="geometric")
    assert snd.progress(b, ahead, target).tolist() == pytest.approx([0.965834, 0.400024], abs=5e-7)
    assert snd.pace(b, x, target, n / 15).tolist() == pytest.approx([1.112069, 0.399516], abs=5e-7)
    assert snd.progress(b, x, target).tolist() == pytest.approx([0.593103, 0.186441], abs=5e-7)
    for path, years in (("linear", [2028.488, 2052.545]), ("geometric", [2030.764, 2052.365])):
        when = snd.attainment_time(b, x, target, start=2015, now=2015 + n, path=path)
        assert when.tolist() == pytest.approx(years, abs=5e-4)


def test_limits() -> None:
    shares = snd.projected_value([0.2, 0.5, 0.5], [0.6, 0.2, 0.5], 0.4, floor=0, ceiling=1)
    assert shares.tolist() == [1.0, 0.0, 0.5]
    assert snd.projected_value(0.2, 0.6, 0.4, floor=0) == pytest.approx(1.2)
    assert snd.projected_value([0.5, NAN], [0.2, 0.1], 0.4, floor=[NAN, 0]).tolist()[0] == pytest.approx(
        -0.25
    )
    part = snd.projected_value([0.2, 0.5], 0.6, 0.4, ceiling=1, where=[False, True])
    assert np.isnan(part).tolist() == [True, False]
    out = np.full(2, 7.0)
    assert snd.projected_value([0.2, 0.5], [0.6, 0.6], 0.4, ceiling=1, where=[True, False], out=out) is out
    assert out.tolist() == [1.0, 7.0]
    assert snd.projected_value(np.float32([0.2]), np.float32([0.6]), 0.4, ceiling=1).dtype == np.float32


def test_dates() -> None:
    day = datetime.date
    start, now = day(2015, 1, 1), day(2023, 1, 1)
    when = snd.attainment_time([14.5, 10, 10, NAN], [10.2, 9, 12, 5], [7.25, 20, 10, 1], start=start, now=now)
    # 0.488372 of the 366 days of 2028 is 179 days, to 28 June.
    assert when.dtype == np.dtype("datetime64[D]")
    assert when.tolist() == [day(2028, 6, 28), None, None, None]
    one = snd.attainment_time(14.5, 10.2, 7.25, start=np.datetime64("2015"), now=pd.Timestamp(now))
    assert one == np.datetime64("2028-06-28")
    assert np.isnat(snd.attainment_time(1, 2, 3, start=now, now=start))
    # Half-way in half a year: the rest takes as long.
    assert snd.attainment_time(0, 1, 2, start=day(2023, 1, 1), now=day(2024, 1, 1)) == np.datetime64(
        "2025-01-01"
    )
    out = np.full(2, np.datetime64("2000-01-01"), "datetime64[D]")
    assert snd.attainment_time([0, 0], 1, 2, start=start, now=now, out=out, where=[True, False]) is out
    assert out.tolist() == [day(2031, 1, 1), day(2000, 1, 1)]
    part = snd.attainment_time([0, 0], 1, 2, start=start, now=now, where=[True, False])
    assert part.tolist() == [day(2031, 1, 1), None]


@given(
    DAYS,
    st.integers(1, 4000),
    st.integers(2, 9),
)
def test_dates_of_attainment_lie_as_far_as_the_pace_says(start: Any, days: int, multiple: int) -> None:
    now = start + datetime.timedelta(days)
    when = snd.attainment_time(0, 1, multiple, start=start, now=now)
    span = float(years_between("start", start, "now", now)) * multiple
    # To the nearest day, of which a year has 365 at least.
    assert abs(float(years_between("start", start, "end", when)) - span) <= 0.5 / 365 + 1e-9
    assert snd.attainment_time(0, 1, 1, start=start, now=now) == np.datetime64(now)


def test_times_in_containers() -> None:
    index = ["a", "b"]
    actual = pd.Series([10.2, 14.5], index=index, name="x")
    years = snd.attainment_time(14.5, actual, 7.25, start=2015, now=2023)
    pd.testing.assert_series_equal(years, pd.Series([2015 + 8 / (4.3 / 7.25), np.inf], index=index, name="x"))
    dates = snd.attainment_time(
        14.5,
        actual,
        7.25,
        start=np.datetime64("2015"),
        now=pd.Series(pd.to_datetime(["2023-01-01"] * 2), index),
    )
    assert dates.index.tolist() == index
    assert dates.isna().tolist() == [False, True]
    assert dates["a"] == pd.Timestamp("2028-06-28")
    column = pl.Series("x", [10.2, None])
    made = snd.attainment_time(
        14.5, column, 7.25, start=datetime.date(2015, 1, 1), now=datetime.date(2023, 1, 1)
    )
    assert made.to_list() == [datetime.date(2028, 6, 28), None]
    array = xr.DataArray([10.2, 10.2], dims="region", coords={"region": index})
    result = snd.attainment_time(14.5, array, 7.25, start=np.datetime64("2015"), now=np.datetime64("2023"))
    assert result.dims == ("region",)
    with pytest.raises(ValueError, match="now: its index"):
        snd.attainment_time(14.5, actual, 7.25, start=2015, now=pd.Series([2023, 2023]))


def test_plans_by_periods() -> None:
    done = np.array([[0.35, 0.05], [1.0, 1.2]])
    earned = snd.earned_time(0, done, 1, 5, plan=PLAN)
    assert earned.ravel().tolist() == pytest.approx([2.75, 0.5, 5.0, 5.0], rel=4 * EPS)
    several = np.array([PLAN, [0.2, 0.4, 0.6, 0.8, 1.0]]).T
    assert snd.earned_time(0, 0.35, 1, 5, plan=several).tolist() == pytest.approx([2.75, 1.75], rel=8 * EPS)
    assert snd.to_complete(0, 0.35, 1, 0.6, plan=several).tolist() == pytest.approx(
        [1.125, 1.625], rel=8 * EPS
    )
    series = pd.Series([35.0, NAN], index=["a", "b"])
    got = snd.earned_time(0, series, 100, 5, plan=pd.Series(PLAN))
    assert got.index.tolist() == ["a", "b"]
    assert got["a"] == pytest.approx(2.75)
    assert np.isnan(got["b"])
    assert np.isnan(snd.earned_time(0, 0.3, 1, plan=[0.5, NAN]))
    assert np.isnan(snd.earned_time(0, -0.3, 1, plan=PLAN))
    assert snd.earned_time(0, [], 1, plan=PLAN).shape == (0,)


@given(st.integers(1, 12), st.floats(0, 1))
def test_an_even_plan_is_the_line(periods: int, done: float) -> None:
    plan = np.arange(1, periods + 1) / periods
    got = float(snd.earned_time(0, done, 1, periods, plan=plan))
    assert got == pytest.approx(done * periods, abs=8 * EPS * periods)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: snd.attainment_time(1, 2, 3, start=0, now=1, path=[0.5]),
            ValueError,
            "'linear' or 'geometric'",
        ),
        (
            lambda: snd.attainment_time(1, 2, 3, start=0, now=1, path="s"),
            ValueError,
            "'linear' or 'geometric'",
        ),
        (
            lambda: snd.attainment_time(1, 2, 3, start=0, now="2023"),
            TypeError,
            "now: expected numbers or dates",
        ),
        (
            lambda: snd.attainment_time(1, 2, 3, start=2015, now=np.datetime64("2023")),
            TypeError,
            "start: numbers beside the dates of now",
        ),
        (
            lambda: snd.attainment_time(
                [1.0], 2, 3, start=np.datetime64("2015"), now=np.datetime64("2023"), out=np.empty(1)
            ),
            TypeError,
            "out: expected datetime64",
        ),
        (lambda: snd.attainment_time([1, 2], 2, 3, start=[0, 0, 0], now=1), ValueError, "now .3,."),
        (lambda: snd.projected_value(1, 2, 0.5, path="curved"), ValueError, "path: unknown 'curved'"),
        (lambda: snd.projected_value(1, 2, 0.5, floor=1, ceiling=0), ValueError, "ceiling: an upper end"),
        (lambda: snd.projected_value(1, 2, 0.5, floor="a"), TypeError, "floor: expected numbers"),
        (lambda: snd.projected_value(1, "a", 0.5), TypeError, "actual: expected numbers"),
        (lambda: snd.progress(1, 2, (1, 2, 3)), ValueError, r"expected \(low, high\)"),
        (lambda: snd.progress(1, 2, (1, 2), target_high=3), ValueError, "without target_high"),
        (lambda: snd.progress(1, 2, (3, 2)), ValueError, "swap them"),
        (lambda: snd.required_growth(1, 3, 1, target_high=2), ValueError, "target_high: an upper end"),
        (lambda: snd.earned_time(1, 2, 3, path="curved"), ValueError, "path: expected 'linear'"),
        (
            lambda: snd.earned_time(1, 2, 3, path="geometric", plan=PLAN),
            ValueError,
            "plan: goes without path",
        ),
        (lambda: snd.earned_time(1, 2, 3, plan=[0.5, 0.4]), ValueError, "plan: cumulative shares fall"),
        (lambda: snd.earned_time(1, 2, 3, plan=0.5), ValueError, "plan: expected shares"),
        (lambda: snd.earned_time(1, 2, 3, plan=[]), ValueError, "plan: expected shares"),
        (lambda: snd.earned_time(1, 2, 3, plan=["a"]), TypeError, "plan"),
        (lambda: snd.earned_time(0, [1, 2], 3, plan=np.ones((2, 3))), ValueError, r"plan .2, 3."),
        (lambda: snd.to_complete(1, 2, 3, 0.5, path=[0.5]), ValueError, "a plan by periods is plan="),
        (lambda: snd.required_acceleration(1, 2, 3, 0.5, path="x"), ValueError, "path: expected"),
        (lambda: snd.earned_time(1, 2, 3, plan=PLAN, path=np.ones(5)), ValueError, "plan: goes without path"),
        (lambda: snd.earned_time(1, 2, 3, np.timedelta64(5, "D")), TypeError, "duration: expected numbers"),
        (
            lambda: snd.earned_time(1, 2, 3, datetime.timedelta(5)),
            TypeError,
            "duration: expected numbers, got timedelta",
        ),
        (lambda: snd.attainment_time(1, 2, 3, start=0, now=1, path={}), ValueError, "path: expected"),
        (
            lambda: snd.attainment_time(
                [1, 2], 2, 3, start=DAY, now=DAY + 366, out=np.empty(1, "datetime64[D]")
            ),
            ValueError,
            r"out: .*shape .1,. for dates of .2,.",
        ),
        (
            lambda: snd.attainment_time(
                [1], 2, 3, start=DAY, now=DAY + 366, out=np.frombuffer(bytes(8), "datetime64[D]")
            ),
            ValueError,
            "out: .*read-only",
        ),
        (lambda: snd.gap([1, 2], (1, 2, 3), better=["higher"] * 2), ValueError, "in a list or an array"),
        (lambda: snd.target_reason(1, 2, (1, 2, 3), better="range"), ValueError, "in a list or an array"),
        (lambda: snd.target_reason(1, 2, 3, better="higher", path=[1]), ValueError, "path: expected one of"),
        (
            lambda: snd.target_reason(1, 2, 3, better="higher", floor=2, ceiling=1),
            ValueError,
            "ceiling: an upper end",
        ),
        (
            lambda: snd.attainment(1, 2, better="higher", method=["ratio"]),
            ValueError,
            "method: expected one of",
        ),
        (lambda: snd.met(1, 2, better="up"), ValueError, "better: unknown side"),
        (lambda: snd.met(1, 2, better="range"), ValueError, "needs both ends"),
        (lambda: snd.met(1, 2, better="higher", strict=1), TypeError, "strict: expected bool"),
        (lambda: snd.met(1, 2, better="higher", tolerance=-1), ValueError, "tolerance: expected 0 or more"),
        (lambda: snd.met(1, 2, better="higher", tolerance=NAN), ValueError, "tolerance: expected 0 or more"),
        (lambda: snd.met(1, 2, better="higher", tolerance="a"), TypeError, "tolerance: expected numbers"),
        (lambda: snd.met(1, 2, better=["higher"] * 2, strict=[True] * 3), ValueError, "strict .3,."),
        (lambda: snd.met([1, 2], [1, 2, 3], better="higher"), ValueError, "actual .2,., target .3,."),
    ],
)
def test_errors_name_the_argument(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
