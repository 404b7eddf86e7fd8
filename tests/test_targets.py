"""Target measures: signs, sides, paths, integers, containers, bad input."""

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import sndstats as snd

figures = st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-6)
positive = st.floats(1e-6, 1e9)
shares = st.floats(0.0, 1.0)
wholes = st.one_of(st.integers(-(2**63), 2**63 - 1).map(np.int64), st.integers(0, 2**64 - 1).map(np.uint64))
SIDED = (snd.gap, snd.relative_gap)
EPS = 2.0**-53


def rounded(x: Fraction) -> float:
    return x.numerator / x.denominator  # integer division of Python rounds correctly


@given(wholes, wholes, st.sampled_from(["higher", "lower"]))
def test_gaps_of_integers_are_exact(actual: Any, target: Any, better: str) -> None:
    exact = (int(target) - int(actual)) * (1 if better == "higher" else -1)
    got = snd.gap(actual, target, better=better)
    assert got == rounded(Fraction(exact))
    assert got.dtype == np.float64
    if int(target):
        relative = float(snd.relative_gap(np.array([actual]), np.array([target]), better=better)[0])
        assert abs(Fraction(relative) - Fraction(exact, abs(int(target)))) <= 4 * EPS * abs(
            Fraction(relative)
        )


@given(wholes, wholes, wholes)
def test_integers_in_a_range_and_on_the_way(low: Any, actual: Any, high: Any) -> None:
    assume(int(low) < int(high))
    exact = max(int(low) - int(actual), int(actual) - int(high))
    assert snd.gap(actual, (low, high), better="range") == rounded(Fraction(exact))
    share = Fraction(int(actual) - int(low), int(high) - int(low))
    got = Fraction(float(snd.progress(low, actual, high)))
    assert abs(got - share) <= 4 * EPS * abs(share)
    lead = Fraction(float(snd.schedule_lead(low, actual, high, 0.5)))
    assert abs(lead - (share - Fraction(1, 2))) <= 4 * EPS * (abs(share) + 1)


def test_python_numbers_beside_arrays() -> None:
    big = 2**62
    assert snd.gap(big + 1, big + 3, better="higher") == 2.0
    assert snd.gap(0.1, 0.3, better="higher") == 0.3 - 0.1
    assert snd.gap(True, 3, better="higher") == 2.0
    assert snd.gap(2**64 - 1, 2**64 - 5, better="higher") == -4.0
    assert snd.gap(10**30, 0, better="lower") == 1e30
    assert snd.gap(np.array([5], np.uint64), -3, better="lower").tolist() == [8.0]
    assert snd.gap(np.float32([0.1]), 0.3, better="higher").dtype == np.float32
    assert snd.gap(np.float32([0.1]), (0, 1), better="range").dtype == np.float32
    assert snd.gap(np.int8([-128]), np.int8([127]), better="higher").tolist() == [255.0]
    assert snd.gap(np.array([True]), 3, better="higher").dtype == np.float64
    assert snd.required_change(big + 1, big + 3, 2) == 1.0
    assert snd.progress(2**63, 2**63 + 1, 2**63 + 2) == 0.5
    assert snd.gap([2**63 + 5], 2**63 + 1, better="lower").tolist() == [4.0]
    assert snd.gap(2**63 + 5, [1, 2], better="lower").tolist() == [2.0**63, 2.0**63]
    assert snd.gap(np.array([5]), 2**70, better="higher").tolist() == [2.0**70]


@given(figures, figures, figures)
def test_every_side_follows_from_differences(actual: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    below, above = low - actual, actual - high
    words = ["higher", "lower", "range"]
    got = snd.gap(actual, [low, low, low], target_high=[np.nan, np.nan, high], better=words)
    assert got.tolist() == [below, -below, max(below, above)]
    assert [float(snd.gap(actual, low, better=w)) for w in words[:2]] == [below, -below]
    assert snd.gap(actual, (low, high), better="range") == max(below, above)
    reflected = snd.attainment(actual, low, better="higher", method="reflected")
    if low:
        assert reflected == 1 - below / abs(low)
    if low > 0:
        ratio = snd.attainment(actual, low, better="higher")
        assert ratio == actual / low
        assert abs(ratio - reflected) <= 4 * EPS * (1 + abs(ratio))


def test_zero_has_no_sign() -> None:
    for better in ("higher", "lower"):
        assert not np.signbit(snd.gap(5.0, 5.0, better=better))
        assert not np.signbit(snd.relative_gap(-5.0, -5.0, better=better))
    assert not np.signbit(snd.gap(2.0, (2.0, 3.0), better="range"))
    assert not np.signbit(snd.progress(5.0, 5.0, 1.0))
    assert not np.signbit(snd.required_growth(5.0, 5.0, 3))
    assert not np.signbit(snd.required_change(np.int64(5), np.int64(5), 3))


def test_missing_gives_nan() -> None:
    nan = np.nan
    for better in ("higher", "lower"):
        for measure in SIDED:
            assert np.isnan(measure([nan, 1.0], [1.0, nan], better=better)).all()
    triple = ([nan, 1.0, 1.0], [1.0, nan, 1.0])
    assert np.isnan(snd.gap([nan, 1, 1], ([1, nan, 1], [2, 2, nan]), better="range")).all()
    assert np.isnan(snd.attainment(*triple, better="higher")[:2]).all()
    for function in (snd.pace, snd.schedule_lead):
        assert np.isnan(function(0.0, [1, nan, 1, 1], [2, 2, nan, 2], [0.5, 0.5, 0.5, nan])).tolist() == [
            False,
            True,
            True,
            True,
        ]
        assert np.isnan(function(0.0, 1.0, 2.0, nan, path=0.5))
    assert np.isnan(snd.expected_value(1.0, 2.0, nan))
    assert np.isnan(snd.expected_value(1.0, 2.0, 0.5, path=[nan])).all()


@given(figures, figures, shares)
def test_a_linear_path_runs_from_baseline_to_target(baseline: float, target: float, at: float) -> None:
    assert snd.expected_value(baseline, target, 0.0) == baseline
    assert snd.expected_value(baseline, target, 1.0) == target
    exact = Fraction(baseline) + Fraction(at) * (Fraction(target) - Fraction(baseline))
    got = Fraction(float(snd.expected_value(baseline, target, at)))
    assert abs(got - exact) <= 4 * EPS * (abs(Fraction(baseline)) + abs(Fraction(target)))


@given(positive, positive, shares)
def test_a_geometric_path_runs_from_baseline_to_target(baseline: float, target: float, at: float) -> None:
    assert snd.expected_value(baseline, target, 0.0, path="geometric") == baseline
    assert snd.expected_value(baseline, target, 1.0, path="geometric") == target
    got = float(snd.expected_value(baseline, target, at, path="geometric"))
    want = float(np.exp((1 - at) * np.log(baseline) + at * np.log(target)))
    assert got == pytest.approx(want, rel=1e-13)


@given(positive, positive, st.integers(1, 40))
def test_the_required_rate_reaches_the_target(actual: float, target: float, periods: int) -> None:
    rate = float(snd.required_growth(actual, target, periods))
    # A rate near -1 has lost digits of 1 + rate, each of them `periods` times.
    lost = 8 * EPS * periods * (1 + 1 / (1 + rate))
    assert actual * (1 + rate) ** periods == pytest.approx(target, rel=lost + 64 * EPS)
    change = Fraction(float(snd.required_change(actual, target, periods)))
    reached = Fraction(actual) + periods * change
    assert abs(reached - Fraction(target)) <= 4 * EPS * (Fraction(actual) + Fraction(target))


@given(st.floats(0.5, 2.0), st.integers(1, 60))
def test_required_growth_keeps_small_rates(ratio: float, periods: int) -> None:
    actual = 1e6
    target = actual * ratio
    assume(target != actual)
    # By Newton's method in rational arithmetic: r with (1 + r)^n = T/x.
    rate = float(snd.required_growth(actual, target, periods))
    want = Fraction(target) / Fraction(actual)
    r = Fraction(rate)
    for _ in range(2):
        r -= ((1 + r) ** periods - want) / (periods * (1 + r) ** (periods - 1))
        r = Fraction(round(r * 2**120), 2**120)
    assert abs(Fraction(rate) - r) <= 8 * EPS * abs(r) + Fraction(1, 2**100)


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(-100, 100), shares, st.integers(-6, 6))
def test_linear_measures_are_the_same_on_every_scale(
    baseline: float, actual: float, target: float, at: float, power: int
) -> None:
    # Multiples of 1/64 and powers of two: the change of scale is itself exact.
    b, x, t = (round(v * 64) / 64 for v in (baseline, actual, target))
    assume(b != t)
    scale, shift = -(2.0**power), 1024.0
    moved = [shift + scale * v for v in (b, x, t)]
    assert snd.progress(*moved) == snd.progress(b, x, t)
    assert np.array_equal(snd.pace(*moved, at), snd.pace(b, x, t, at), equal_nan=True)
    assert snd.schedule_lead(*moved, at) == snd.schedule_lead(b, x, t, at)
    assert snd.gap(moved[1], moved[2], better="lower") == -scale * snd.gap(x, t, better="higher")


@given(positive, positive, st.floats(0.01, 1.0), st.sampled_from(["linear", "geometric"]))
def test_on_the_path_the_pace_is_one(baseline: float, target: float, at: float, path: str) -> None:
    assume(abs(target - baseline) > 0.01 * (baseline + target))
    due = float(snd.expected_value(baseline, target, at, path=path))
    # The expected value is rounded, which the way gone so far magnifies.
    blur = 1e-14 * (baseline + target) / abs(due - baseline) if due != baseline else np.inf
    assume(blur < 1e-3)
    assert float(snd.pace(baseline, due, target, at, path=path)) == pytest.approx(1.0, abs=10 * blur)
    assert float(snd.schedule_lead(baseline, due, target, at, path=path)) == pytest.approx(0.0, abs=1e-10)


def test_interval_of_the_gap_contains_the_gap() -> None:
    actual, target = snd.Interval(61550, 61650, 61600), snd.Interval(74500, 75500, 75000)
    assert (target - actual).contains(snd.gap(61600, 75000, better="higher"))
    assert (target - actual) == snd.Interval(12850, 13950, 13400)
    assert ((target - actual) / actual).contains(snd.required_growth(61600, 75000, 1))


def test_schedule() -> None:
    assert snd.pace(0.0, 5.0, 10.0, 2.0) == 0.5  # past the deadline all was due
    assert np.isnan(snd.pace(0.0, 5.0, 10.0, -0.5))
    assert snd.pace(0.0, 5.0, 10.0, 2.0, path=1.25) == 0.4
    assert snd.pace(5.0, 5.0, 5.0, 0.5, path=[0.5, 0.5]).shape == (2,)
    plan = np.array([0.1, 0.2, 0.4, 0.7, 1.0])
    assert snd.schedule_lead(0, 35, 100, np.arange(1, 6) / 5, path=plan).tolist() == pytest.approx(
        (0.35 - plan).tolist()
    )
    assert float(snd.pace(1e-300, 1e300, 1e300, 0.5, path="geometric")) == pytest.approx(1e300)
    assert np.isnan(snd.pace(5.0, 6.0, 5.0, 0.5, path="geometric"))


def test_arrays_of_any_make() -> None:
    values = np.arange(12.0)[::-2]
    want = (20 - values).tolist()
    read_only = values.copy()
    read_only.flags.writeable = False
    for given_ in (values, values.astype(">f8"), read_only, values.astype(np.int32), values.tolist()):
        assert snd.gap(given_, 20, better="higher").tolist() == want
    assert snd.gap(np.empty((0, 3)), 1, better="higher").shape == (0, 3)
    assert snd.gap(np.ones((3, 1)), np.ones(4), better=np.full((2, 1, 1), "lower")).shape == (2, 3, 4)
    out = np.empty(6)
    assert snd.gap(values, 20, better="higher", out=out) is out
    assert snd.gap(out, 20, better="lower", out=out).tolist() == [-v for v in values]
    part = snd.gap(values, 20, better="higher", where=values > 5)
    assert np.isnan(part).tolist() == (values <= 5).tolist()
    unaligned = np.frombuffer(b"x" + values.tobytes(), dtype=np.uint8)[1:].view(np.float64)
    assert snd.gap(unaligned, 20, better="higher").tolist() == want


def test_lists_compute_in_double_and_python_numbers_stay_weak() -> None:
    assert snd.gap([True], [False], better="higher").dtype == np.float64
    assert snd.gap([np.int8(1)], [np.int8(3)], better="higher").dtype == np.float64
    one, two, three = (np.array([x], np.float32) for x in (1, 2, 3))
    for path in ("linear", "geometric", 0.5):
        assert snd.pace(one, two, three, 0.5, path=path).dtype == np.float32
        assert snd.expected_value(one, three, 0.5, path=path).dtype == np.float32
    assert snd.pace(one, two, three, np.float64(0.5)).dtype == np.float64


def test_a_tuple_is_a_range_only_where_one_is_asked_for() -> None:
    assert snd.gap([1, 2], (3, 4), better="higher").tolist() == [2.0, 2.0]
    assert snd.gap((1, 2, 3), (3, 4, 5), better="lower").tolist() == [-2.0] * 3
    assert snd.gap([1, 2], (3, 4), better="range").tolist() == [2.0, 1.0]
    assert snd.gap([1, 5], (3, 4), better=["higher", "range"]).tolist() == [2.0, 1.0]
    assert snd.attainment([1, 2], (2, 4), better="higher").tolist() == [0.5, 0.5]


def test_sides_broadcast_and_align_with_every_attainment() -> None:
    assert snd.attainment(5, 10, better=["higher", "lower"]).tolist() == [0.5, 0.5]
    assert snd.attainment([5, 1], 10, better=[["higher"]] * 3, method="inverse").shape == (3, 2)
    series = pd.Series([1.0, 2.0], index=["a", "b"])
    with pytest.raises(ValueError, match="better: its index"):
        snd.attainment(series, 5, better=pd.Series(["higher", "lower"]))
    with pytest.raises(ValueError, match=r"better .3,."):
        snd.attainment([1, 2], 5, better=["higher"] * 3)


def test_cells_that_are_not_asked_for() -> None:
    series = pd.Series([1.0, 2.0], index=["a", "b"], name="x")
    want = pd.Series([4.0, np.nan], index=["a", "b"], name="x")
    pd.testing.assert_series_equal(snd.gap(series, 5, better="higher", where=[True, False]), want)
    with pytest.raises(ValueError, match="where: its index"):
        snd.gap(series, 5, better="higher", where=pd.Series([True, False]))
    frame = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
    got = snd.gap(frame, 5, better="higher", where=[True, False])
    pd.testing.assert_frame_equal(got, pd.DataFrame({"x": [4.0, 3.0], "y": [np.nan, np.nan]}))
    nullable = snd.gap(pd.Series([1, pd.NA, 2], dtype="Int64"), 5, better="higher", where=[True, True, False])
    assert str(nullable.dtype) == "Float64"
    assert nullable.isna().tolist() == [False, True, True]
    masked = np.ma.array([1, 2, 3], mask=[False, True, False])
    got = snd.gap(masked, 5, better="higher", where=[True, True, False])
    assert np.ma.getmaskarray(got).tolist() == [False, True, False]
    assert got[0] == 4.0
    assert np.isnan(got[2])
    out = np.full(2, 7.0)
    assert snd.gap(series, 5, better="higher", where=[True, False], out=out) is out
    assert out.tolist() == [4.0, 7.0]
    assert snd.gap(np.float64(1), np.array([3.0]), better="higher", where=[True]).tolist() == [2.0]


def test_frames_of_several_types_are_taken_by_columns() -> None:
    big = 2**53
    mixed = pd.DataFrame({"x": [big + 1, 1], "y": [1.5, np.nan], "z": [True, False]}, index=["a", "b"])
    mixed.attrs["unit"] = "km"
    got = snd.gap(mixed, pd.Series([big, 2, 3], index=["x", "y", "z"]), better=["higher", "lower", "higher"])
    want = pd.DataFrame({"x": [-1.0, big - 1.0], "y": [-0.5, np.nan], "z": [2.0, 3.0]}, index=["a", "b"])
    pd.testing.assert_frame_equal(got, want)
    assert got.attrs == {"unit": "km"}
    nullable = pd.DataFrame({"x": pd.Series([1, pd.NA], dtype="Int64"), "y": pd.Series([1, 2], dtype="Int8")})
    got = snd.progress(0, nullable, [[10], [20]], where=[[True, False], [True, True]])
    assert [str(d) for d in got.dtypes] == ["Float64", "Float64"]
    assert got.isna().to_numpy().tolist() == [[False, True], [True, False]]
    assert (got.loc[0, "x"], got.loc[1, "y"]) == (0.1, 0.1)
    with pytest.raises(ValueError, match=r"actual .2, 2., target .3,."):
        snd.gap(nullable, [1, 2, 3], better="higher")
    with pytest.raises(ValueError, match="swap them"):
        snd.gap(1, (pd.Series([5, pd.NA], dtype="Int64"), 3), better="range")


def test_pandas_in_pandas_out() -> None:
    series = pd.Series([35.0, np.nan], index=["a", "b"], name="share")
    result = snd.gap(series, 50, better=["higher", "lower"])
    pd.testing.assert_series_equal(result, pd.Series([15.0, np.nan], index=["a", "b"], name="share"))
    frame = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
    pd.testing.assert_frame_equal(
        snd.gap(frame, 5, better="higher"), pd.DataFrame({"x": [4.0, 3.0], "y": [2.0, 1.0]})
    )
    pd.testing.assert_frame_equal(
        snd.gap(frame, (2, 3), better="range"), pd.DataFrame({"x": [1.0, 0.0], "y": [0.0, 1.0]})
    )
    lead = snd.schedule_lead(0, series, 100, 0.25)
    pd.testing.assert_series_equal(lead, (series - 25) / 100)
    nullable = snd.gap(pd.Series([1, pd.NA], dtype="Int64"), 3, better="higher")
    assert nullable.isna().tolist() == [False, True]
    assert nullable[0] == 2.0
    with pytest.raises(ValueError, match="better: its index"):
        snd.gap(series, 50, better=pd.Series(["higher", "lower"]))
    with pytest.raises(ValueError, match="elapsed: its index"):
        snd.pace(0, series, 100, pd.Series([0.5, 0.5]))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: snd.gap(1, 2), TypeError, "better"),  # type: ignore[call-arg]  # the missing one is the test
        (lambda: snd.gap(1, 2, better="more"), ValueError, "better: unknown side 'more'"),
        (lambda: snd.gap(1, 2, better=None), ValueError, "better: unknown side None"),
        (lambda: snd.gap(1, 2, better=["higher", "High"]), ValueError, "better: unknown side 'High'"),
        (lambda: snd.gap(1, 2, better="range"), ValueError, "needs both ends"),
        (lambda: snd.gap(1, (1, 2, 3), better="range"), ValueError, r"expected \(low, high\)"),
        (lambda: snd.gap(1, (1, 2), target_high=3, better="range"), ValueError, "without target_high"),
        (lambda: snd.gap(1, (3, 2), better="range"), ValueError, "swap them"),
        (lambda: snd.gap("a", 2, better="higher"), TypeError, "actual: expected numbers"),
        (lambda: snd.gap(1, 2j, better="higher"), TypeError, "target: expected numbers"),
        (lambda: snd.gap([1, 2], [1, 2, 3], better="higher"), ValueError, "actual .2,., target .3,."),
        (lambda: snd.relative_gap(1, 2, better="up"), ValueError, "better"),
        (
            lambda: snd.attainment(1, 2, better="higher", method="share"),
            ValueError,
            "method: expected one of .* got 'share'",
        ),
        (lambda: snd.attainment(1, (2, 3), better="range"), ValueError, "use method='reflected'"),
        (lambda: snd.attainment(1, 2, better="up"), ValueError, "better"),
        (lambda: snd.pace(1, 2, 3, 0.5, path="curved"), ValueError, "path: unknown 'curved'"),
        (lambda: snd.pace(1, 2, 3, "half"), TypeError, "elapsed: expected numbers"),
        (lambda: snd.expected_value(1, 2, 0.5, path=["a"]), TypeError, "path: expected numbers"),
        (lambda: snd.required_growth(1, 2, None), TypeError, "periods: expected numbers"),
        (lambda: snd.gap(np.longdouble(1), 2, better="higher"), TypeError, "actual: .* 64 bits"),
        (lambda: snd.gap([[1], [1, 2]], 2, better="higher"), ValueError, "actual: rows of different"),
        (lambda: snd.gap([1, 2], 2, better=["higher"] * 3), ValueError, "better .3,."),
        (lambda: snd.gap([1, 2], 2, better="higher", where=[True] * 3), ValueError, "where .3,."),
        (lambda: snd.gap([1, 2], 2, better="higher", out=np.zeros(3)), ValueError, "out .3,."),
        (lambda: snd.gap([1, 2], 2, better="higher", out=np.zeros(2, int)), TypeError, "out: expected"),
        (lambda: snd.gap([1, 2], 2, better="higher", out=np.frombuffer(bytes(16))), ValueError, "read-only"),
    ],
)
def test_errors_name_the_argument(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_a_failed_call_leaves_out_untouched() -> None:
    out = np.full(2, 7.0)
    for call in (
        lambda: snd.gap([1.0, 2.0], "x", better="higher", out=out),
        lambda: snd.gap([1.0, 2.0], [1.0, 2.0, 3.0], better="higher", out=out),
        lambda: snd.gap([1.0, 2.0], 3.0, better="most", out=out),
        lambda: snd.pace(0.0, [1.0, 2.0], 3.0, 0.5, path="curved", out=out),
    ):
        with pytest.raises((TypeError, ValueError)):
            call()
    assert out.tolist() == [7.0, 7.0]
