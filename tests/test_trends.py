"""Trend projections: formulas in 60 digits, published figures, properties, containers, errors."""

import itertools
import math
from decimal import Decimal, localcontext

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

NAN, INF = math.nan, math.inf
METHODS = ("ends", "least_squares", "weighted", "weighted_changes")
PATHS = ("linear", "geometric", "logistic")
FORMS = list(itertools.product(METHODS, PATHS))
YEARS = [2000, 2003.5, 2005, 2006, 2009, 2011.25]
SHARES = [31.5, 35.0, 34.0, NAN, 39.0, 42.25]
Reason = snd.Reason


@pytest.fixture(autouse=True)
def _sixty_digits():
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 60, 10**6, -(10**6)
        yield


def options(method, path, scale=100):
    return {"method": method, "path": path} | ({"scale": scale} if path == "logistic" else {})


def by_formula(values, time, at, method, path, scale=100):
    """The textbook's uncentered sums, which cancel; 60 digits bear it."""
    points = [(Decimal(float(t)), Decimal(float(x))) for t, x in zip(time, values, strict=True) if x == x]
    points = [points[0], points[-1]] if method == "ends" else points
    at, scale = Decimal(float(at)), Decimal(scale)
    there = {"linear": lambda x: x, "geometric": Decimal.ln, "logistic": lambda x: (x / (scale - x)).ln()}
    back = {"linear": lambda y: y, "geometric": Decimal.exp, "logistic": lambda y: scale / (1 + (-y).exp())}
    t, y = [p for p, _ in points], [there[path](q) for _, q in points]
    if method == "weighted_changes":
        weights = [(at - t[0]) / (at - p) for p in t[1:]]
        changes = [(b - a) / (q - p) for (p, a), (q, b) in itertools.pairwise(zip(t, y, strict=True))]
        mean = sum(w * c for w, c in zip(weights, changes, strict=True)) / sum(weights)
        return back[path](y[-1] + mean * (at - t[-1]))
    w = [(at - t[0]) / (at - p) for p in t] if method == "weighted" else [Decimal(1)] * len(t)
    total, tt = sum(w), sum(a * p * p for a, p in zip(w, t, strict=True))
    across, up = (sum(a * p for a, p in zip(w, q, strict=True)) for q in (t, y))
    both = sum(a * p * q for a, p, q in zip(w, t, y, strict=True))
    slope = (total * both - across * up) / (total * tt - across * across)
    return back[path]((up - slope * across) / total + slope * at)


def ulps(got, want):
    return abs(Decimal(float(got)) - want) / Decimal(math.ulp(float(want)))


# Accuracy.


@pytest.mark.parametrize(("method", "path"), FORMS)
def test_every_form_against_sixty_digits(method, path):
    rng = np.random.default_rng(FORMS.index((method, path)))
    bound = {"linear": 1, "geometric": 2, "logistic": 4}[path]
    for _ in range(60):
        n = int(rng.integers(2, 14))
        time = np.sort(rng.choice(np.arange(1990, 2023, 0.25), n, replace=False))
        swing = 10.0 ** rng.uniform(-8, 1)
        values = np.clip(rng.uniform(20, 80) + swing * rng.normal(0, 1, n), 1, 99)
        at = time[-1] + (time[-1] - time[0]) * rng.uniform(0.01, 5)
        got = snd.projection(values, at, time=time, **options(method, path))
        assert ulps(got, by_formula(values, time, at, method, path)) <= bound


@pytest.mark.parametrize("scale", [1e-300, 1e300])
@pytest.mark.parametrize(("method", "path"), FORMS)
def test_values_at_the_ends_of_the_range(method, path, scale):
    values = [1.0, 3.0, 2.0, 4.0]
    form = options(method, path, 8.0)
    want = snd.projection(values, 6, **form) * scale
    form = options(method, path, 8.0 * scale)
    np.testing.assert_allclose(snd.projection(np.array(values) * scale, 6, **form), want, rtol=2e-14)


def test_growth_beyond_the_range_is_infinite_and_decay_zero():
    assert snd.projection([1e-300, 1e300], 2, path="geometric") == INF
    assert snd.projection([1e300, 1e-300], 2, path="geometric") == 0.0
    assert snd.projection([1e300, 1e-300], 2, path="geometric", floor=1e-3) == 1e-3
    assert snd.projection([-1.5e308, 1.5e308], 2) == INF
    assert snd.projection([1e-300, 0.5], 9, path="logistic") == 1.0
    assert snd.projection([0.5, 1e-300], 9, path="logistic") == 0.0
    # 1e-300 grown by 1e400: the power leaves the range, the value does not.
    far = snd.projection([1e-300, 1e-200], 4, path="geometric")
    assert ulps(far, by_formula([1e-300, 1e-200], [0, 1], 4, "ends", "geometric")) <= 2


# Published figures.


def test_statistics_canada_1_2_1_four_measures():
    """14.5 -> 10.2 against 7.25: the projections behind the shares 1.112 (linear) and 0.965834 (CAGR)."""
    linear = snd.projection([14.5, 10.2], 2030, time=[2015, 2023])
    geometric = snd.projection([14.5, 10.2], 2030, time=[2015, 2023], path="geometric")
    assert round(float(snd.progress(14.5, geometric, 7.25)), 6) == 0.965834
    assert round(float(snd.progress(14.5, linear, 7.25)), 6) == round(1.112069, 6)


def test_statistics_canada_6_1_1_projected_share_of_the_gap():
    geometric = snd.projection([98.82, 99.04], 2030, time=[2015, 2022], path="geometric")
    assert round(float(snd.progress(98.82, geometric, 100)), 6) == 0.400024


def test_the_rate_of_reduction_is_the_least_squares_rate_turned():
    """AARR = 1 - exp(slope of ln x on the year), as UNICEF's note fits it to surveys."""
    years, values = np.array([1996.0, 2001.0, 2006.5, 2013.0]), np.array([38.0, 31.5, 27.0, 20.5])
    slope = np.polyfit(years - 2000, np.log(values), 1)[0]
    rate = snd.average_growth(values, time=years, method="least_squares")
    np.testing.assert_allclose(-rate, 1 - np.exp(slope), rtol=1e-13)
    form = {"time": years, "method": "least_squares", "path": "geometric"}
    later, earlier = (snd.projection(values, at, **form) for at in (2031, 2030))
    np.testing.assert_allclose(later / earlier - 1, rate, rtol=1e-13)


def test_the_last_step_against_the_required_one():
    """The trend from end to end reaches the target although the latest move is nothing like it.

    What is needed and what was achieved, 10.1 and 0.92 points, are those of a published series.
    """
    years, values, target = [2018, 2020, 2021, 2022, 2023], [0.0, 21.0, 40.0, 50.08, 51.0], 91.4
    assert (
        snd.projection(values, 2027, time=years) >= target > snd.projection(values, 2027, time=years, last=2)
    )
    needed = snd.required_change(values[-1], target, 2027 - 2023)
    achieved = snd.required_change(values[-2], values[-1], 2023 - 2022)
    assert round(float(needed), 2) == 10.1
    assert round(float(achieved), 2) == 0.92
    assert round(float(needed / achieved)) == 11


# Rules.


@pytest.mark.parametrize(("method", "path"), FORMS)
def test_missing_points_are_skipped_in_any_order_of_rows(method, path):
    form = options(method, path)
    kept = [not math.isnan(x) for x in SHARES]
    want = snd.projection(np.array(SHARES)[kept], 2030, time=np.array(YEARS)[kept], **form)
    assert snd.projection(SHARES, 2030, time=YEARS, **form) == want
    assert snd.projection(SHARES[::-1], 2030, time=YEARS[::-1], **form) == want


@pytest.mark.parametrize(("method", "path"), FORMS)
def test_last_points_that_are_there(method, path):
    form = options(method, path)
    some = snd.projection(SHARES, 2030, time=YEARS, last=3, **form)
    assert some == snd.projection(SHARES[2:], 2030, time=YEARS[2:], **form)
    assert snd.projection(SHARES, 2030, time=YEARS, last=99, **form) == snd.projection(
        SHARES, 2030, time=YEARS, **form
    )


def test_the_mean_of_the_last_five_changes_is_the_last_six_points():
    values = np.array([3.0, 9.0, 4.0, 4.5, 6.0, 5.0, 7.0, 8.5])
    mean = np.diff(values)[-5:].mean()
    np.testing.assert_allclose(snd.projection(values, 12, last=6), values[-1] + 5 * mean, rtol=1e-15)


@pytest.mark.parametrize(("method", "path"), FORMS)
def test_reasons(method, path):
    form = options(method, path)

    def reason(values, at=9, **more):
        value = snd.projection(values, at, **form, **more)
        found = Reason(snd.projection_reason(values, at, **form, **more))
        assert (value == value) == (found in (Reason.OK, Reason.CLIPPED))
        return found

    assert reason([1, 2, 3]) == Reason.OK
    assert reason([1, 2, 3], NAN) == Reason.NO_PERIOD
    assert reason([1, 2, 3], INF) == Reason.NO_PERIOD
    assert reason([]) == Reason.MISSING_CURRENT
    assert reason([NAN, NAN]) == Reason.MISSING_CURRENT
    assert reason([1, 2, INF]) == Reason.MISSING_CURRENT
    assert reason([1, NAN, NAN]) == Reason.NO_INTERVAL
    assert reason([1, 2, NAN], min_points=3) == Reason.NO_INTERVAL
    assert reason([1, 2, 3, 4], min_points=3, last=2) == Reason.NO_INTERVAL
    off = Reason.OK if path == "linear" else Reason.GEOMETRIC_UNDEFINED
    assert reason([1, 2, 0]) == reason([-1, 2, 3]) == off
    assert reason([1, 2, 100]) == (Reason.GEOMETRIC_UNDEFINED if path == "logistic" else Reason.OK)
    assert reason([1, 2, 3], ceiling=3) == reason([1, 2, 3], floor=1e6) == Reason.CLIPPED
    back = Reason.NO_INTERVAL if method == "weighted_changes" else Reason.OK
    assert reason([1, 2, 3], -1) == reason([1, 2, 3], 1.5) == back


def test_ends_look_at_no_point_between():
    assert snd.projection([2.0, -5.0, 8.0], 4, path="geometric") == pytest.approx(32.0, rel=1e-15)
    assert snd.projection_reason([2.0, -5.0, 8.0], 4, path="geometric", method="weighted") == (
        Reason.GEOMETRIC_UNDEFINED
    )


def test_a_clipped_value_is_the_bound_and_only_beyond_it():
    values, at = [[10.0, 10.0, 10.0], [60.0, 60.0, 60.0]], 2
    assert snd.projection(values, at, ceiling=[100, 110, NAN]).tolist() == [100.0, 110.0, 110.0]
    reasons = snd.projection_reason(values, at, ceiling=[100, 110, NAN])
    assert reasons.tolist() == [Reason.CLIPPED, Reason.OK, Reason.OK]
    assert reasons.dtype == np.int8


def test_a_time_that_has_a_value_gives_it_back():
    for path, at in itertools.product(PATHS, (YEARS[1], YEARS[-1])):
        got = snd.projection(SHARES, at, time=YEARS, **options("weighted", path))
        np.testing.assert_allclose(got, SHARES[YEARS.index(at)], rtol=1e-15)
    for path, at in itertools.product(PATHS, (YEARS[0], YEARS[-1])):
        got = snd.projection(SHARES, at, time=YEARS, **options("ends", path))
        np.testing.assert_allclose(got, SHARES[YEARS.index(at)], rtol=1e-15)


# Properties.

SERIES = st.lists(st.integers(-1000, 1000), min_size=2, max_size=8).map(lambda x: np.array(x, dtype=float))


@given(SERIES, st.sampled_from(METHODS), st.integers(-50, 50), st.sampled_from([-3.0, -0.5, 2.0]))
@settings(max_examples=60)
def test_linear_paths_keep_shifts_and_scales(values, method, shift, factor):
    at = len(values) + 3
    want = shift + factor * snd.projection(values, at, method=method)
    got = snd.projection(shift + factor * values, at, method=method)
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-9)


@given(SERIES, st.sampled_from(METHODS))
@settings(max_examples=60)
def test_a_logistic_path_keeps_complements(values, method):
    shares, at = 50 + values / 21, len(values) + 3
    form = options(method, "logistic")
    got, rest = (snd.projection(x, at, **form) for x in (shares, 100 - shares))
    np.testing.assert_allclose(got + rest, 100, rtol=1e-12)
    assert 0 <= got <= 100


@pytest.mark.parametrize(("method", "path"), FORMS)
def test_what_lies_on_a_path_stays_on_it(method, path):
    time = np.array([0.0, 1.0, 2.5, 4.0, 7.0])
    line = -1.25 + 0.3 * time
    at = np.array([7.5, 9.0, 20.0])
    on = {"linear": lambda y: y, "geometric": np.exp, "logistic": lambda y: 100 / (1 + np.exp(-y))}[path]
    got = snd.projection(on(line), at, time=time, **options(method, path))
    np.testing.assert_allclose(got, on(-1.25 + 0.3 * at), rtol=1e-13)


# Times and shapes.


def test_dates_count_in_steps():
    months = np.array(["2023-01", "2023-03", "2023-06"], "M8[M]")
    values, want = [1.0, 4.0, 5.0], snd.projection([1.0, 4.0, 5.0], 11, time=[0, 2, 5], method="weighted")
    december = np.datetime64("2023-12")
    assert snd.projection(values, december, time=months, method="weighted") == want
    days = pd.DatetimeIndex(["2023-01-31", "2023-03-15", "2023-06-01"])
    for at in (pd.Timestamp("2023-12-24"), december, december.astype(object), pd.Period("2023-12", "M")):
        assert snd.projection(values, at, time=days, freq="M", method="weighted") == want
    periods = pd.PeriodIndex(["2023-01", "2023-03", "2023-06"], freq="M")
    assert snd.projection(values, pd.Period("2023-12", "M"), time=periods, method="weighted") == want


def test_whole_times_far_from_zero_lose_nothing():
    far = 2**60
    got = snd.projection([1.0, 2.0, 4.0], far + 9, time=np.array([far, far + 1, far + 3]), method="weighted")
    assert got == snd.projection([1.0, 2.0, 4.0], 9, time=[0, 1, 3], method="weighted")
    unsigned = np.array([2000, 2001, 2003], np.uint64)
    assert snd.projection([1.0, 2.0, 4.0], 2009, time=unsigned, method="weighted") == got


def test_several_times_and_one_for_each_series():
    table = np.array([[1.0, 10.0], [2.0, 30.0]])
    assert snd.projection(table, [3, 5]).tolist() == [4.0, 110.0]
    assert snd.projection(table, [[3], [5]]).tolist() == [[4.0, 70.0], [6.0, 110.0]]
    assert snd.projection(table[:, 0], [3, 4, NAN]).tolist()[:2] == [4.0, 5.0]
    assert snd.projection(table, [3, 5], axis=1).tolist() == [28.0, 142.0]
    assert snd.projection(np.empty((3, 0)), 5).shape == (0,)
    assert snd.projection(table.astype(np.float32), 3).dtype == np.float32


def test_containers_keep_their_kind():
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [10.0, None]}, index=[2020, 2021])
    at = pd.Series([2023, 2030], index=["a", "b"])
    got = snd.projection(frame, at, time=frame.index)
    pd.testing.assert_series_equal(got, pd.Series([4.0, NAN], index=["a", "b"]))
    reasons = snd.projection_reason(frame, at, time=frame.index)
    pd.testing.assert_series_equal(reasons, pd.Series([0, 15], index=["a", "b"], dtype="int8"))
    nullable = frame.astype("Float64")
    assert snd.projection(nullable, 2023, time=frame.index).isna().tolist() == [False, True]
    assert snd.projection_reason(nullable, 2023, time=frame.index).tolist() == [0, 15]
    assert snd.projection(frame["a"], 2023, time=frame.index) == 4.0
    polars = pl.DataFrame({"a": [1.0, 2.0], "b": [10.0, None]})
    assert snd.projection(polars, 3, ceiling=[3.5, NAN]).rows() == [(3.5, None)]
    found = snd.projection_reason(polars, 3, ceiling=[3.5, NAN])
    assert found.rows() == [(17, 15)]
    assert set(found.dtypes) == {pl.Int8}
    array = xr.DataArray(frame.to_numpy(), dims=("year", "k"), coords={"k": ["a", "b"], "year": [0, 1]})
    bound = xr.DataArray([3.0, 1.0], dims="k", coords={"k": ["a", "b"]})
    cut = snd.projection(array, 3, ceiling=bound)
    assert cut.dims == ("k",)
    assert cut.to_series().to_dict() == pytest.approx({"a": 3.0, "b": NAN}, nan_ok=True)
    masked = np.ma.masked_array([1.0, 99.0, 3.0], [False, True, False])
    assert snd.projection(masked, 4) == 5.0


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"method": "cubic"}, ValueError, "method: .*'cubic'"),
        ({"path": "straight"}, ValueError, "path: .*'straight'"),
        ({"scale": 100}, ValueError, "scale: goes with path 'logistic'"),
        ({"path": "logistic", "scale": 0}, ValueError, "scale: expected a number above 0.*got 0.0"),
        ({"path": "logistic", "scale": [1, NAN]}, ValueError, "scale: expected a number above 0"),
        ({"last": 1}, ValueError, "last: expected a whole number from 2, got 1"),
        ({"min_points": 1.5}, ValueError, "min_points: expected a whole number from 2"),
        ({"floor": 5, "ceiling": 4}, ValueError, "floor: expected at most the ceiling, got 5.0 above 4.0"),
        ({"floor": [1, 2, 3]}, ValueError, r"floor: expected one, or one for each series, \(2,\)"),
        ({"ceiling": "high"}, TypeError, "ceiling: expected numbers"),
        ({"at": "2030"}, TypeError, "at: expected"),
        ({"at": [1, 2, 3]}, ValueError, r"at: expected one, .* got shape \(3,\)"),
        ({"at": np.datetime64("2030")}, TypeError, "at: "),
        ({"freq": "M"}, ValueError, "freq: goes with time"),
        ({"time": [1, 1, 2]}, ValueError, "time: rows 0 and 1 are the same period"),
        ({"time": [1, 2]}, ValueError, "time: expected 3 rows"),
        ({"time": [1, NAN, 2]}, ValueError, "time: missing at row 1"),
        (
            {"time": np.array(["2001", "2002", "2003"], "M8[Y]")},
            TypeError,
            "at: numbers beside the dates of time",
        ),
        ({"values": [["a", "b"]]}, TypeError, "values: expected numbers"),
    ],
)
def test_errors_name_the_argument(change, error, text):
    given = {"values": np.ones((3, 2)), "at": 5.0} | change
    values, at = given.pop("values"), given.pop("at")
    for function in (snd.projection, snd.projection_reason):
        with pytest.raises(error, match=text):
            function(values, at, **given)


def test_labels_that_differ_are_refused():
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]})
    with pytest.raises(ValueError, match="at: its index differs from the columns of values"):
        snd.projection(frame, pd.Series([5, 6], index=["b", "a"]))
    array = xr.DataArray(frame.to_numpy(), dims=("t", "k"), coords={"k": ["a", "b"]})
    with pytest.raises(ValueError, match="floor: its coordinates differ"):
        snd.projection(array, 5, floor=xr.DataArray([1.0, 2.0], dims="k", coords={"k": ["b", "a"]}))
    with pytest.raises(ValueError, match="floor: expected dimensions among"):
        snd.projection(array, 5, floor=xr.DataArray([1.0, 2.0], dims="other"))
    with pytest.raises(ValueError, match="time: its index differs"):
        snd.projection(frame["a"], 5, time=pd.Series([1, 2], index=[7, 8]))


def test_units_of_dates_must_agree():
    months = np.array(["2023-01", "2023-02"], "M8[M]")
    with pytest.raises(ValueError, match="freq: needed, as time counts M and at Y"):
        snd.projection([1.0, 2.0], np.datetime64("2030"), time=months)
    assert math.isnan(snd.projection([1.0, 2.0], np.datetime64("NaT"), time=months))


@pytest.mark.parametrize(
    "time",
    [pd.Series([1, 2], dtype="UInt64"), pl.Series([1, 2], dtype=pl.UInt64), np.array([1, 2], np.uint64)],
)
def test_unsigned_times_stand_for_themselves(time):
    assert snd.projection([1.0, 2.0], 5, time=time) == 5
    with pytest.raises(ValueError, match="at: 9223372036854775810 is beyond the 64-bit integers"):
        snd.projection([1.0, 2.0], np.uint64(2**63 + 2), time=time)


def test_times_far_apart_do_not_wrap():
    far = snd.projection([1.0, 2.0], -(2**63), time=np.array([2**63 - 2, 2**63 - 1]))
    assert far == -(2.0**64)
