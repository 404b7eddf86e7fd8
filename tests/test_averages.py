"""Average growth, rates over another span and doublings: formulas in 60 digits, rules, containers, errors."""

import itertools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

import sndstats as snd

NAN, INF = math.nan, math.inf
METHODS = ("geometric", "exponential", "arithmetic", "cumulative", "least_squares")
PANEL = np.array([[100.0, 80.0, 5.0], [110.0, 60.0, 6.0], [99.0, 75.0, 4.0], [130.0, 90.0, 8.0]])


@pytest.fixture(autouse=True)
def _sixty_digits():
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 60, 10**6, -(10**6)
        yield


def exactly(values):
    return [Decimal(float(x)) for x in values]


def by_ends(values, time, logarithm):
    x, t = exactly(values), exactly(time)
    rate = (x[-1] / x[0]).ln() / (t[-1] - t[0])
    return rate if logarithm else rate.exp() - 1


def by_rates(values):
    x = exactly(values)
    return sum((b - a) / a for a, b in itertools.pairwise(x)) / (len(x) - 1)


def by_total(values):
    """The root of the equation, by halving intervals of its logarithm."""
    base, *flows = exactly(values)
    total, n = sum(flows) / base, len(flows)
    low, high = Decimal("1e-700"), max(Decimal(1), total)
    for _ in range(230):
        middle = (low * high).sqrt()
        powers = sum_of_powers(middle, n)
        low, high = (middle, high) if powers < total else (low, middle)
    return high - 1


def sum_of_powers(r, n):
    return r * (r**n - 1) / (r - 1) if r != 1 else Decimal(n)


def by_line(values, time, weights=None):
    """The textbook's uncentered sums, which cancel; 60 digits bear it."""
    y, t = [x.ln() for x in exactly(values)], exactly(time)
    w = exactly(weights if weights is not None else [1.0] * len(y))
    total = sum(w)
    across = sum(a * p for a, p in zip(w, t, strict=True))
    up = sum(a * q for a, q in zip(w, y, strict=True))
    both = sum(a * p * q for a, p, q in zip(w, t, y, strict=True))
    square = sum(a * p * p for a, p in zip(w, t, strict=True))
    return ((total * both - across * up) / (total * square - across * across)).exp() - 1


def ulps(got, want):
    """How far a result is from the exact one, in units in its last place."""
    return abs(Decimal(float(got)) - want) / Decimal(math.ulp(float(want)))


# Accuracy.

RATES = (-0.99, -0.5, -0.03, -1e-9, 1e-13, 2e-8, 1e-4, 0.05, 0.7, 3.0, 100.0)


def grown(rate, n, wiggle, start=1234.5):
    """n + 1 levels that grow at about `rate`."""
    rng = np.random.default_rng(n)
    far = n * math.log10(1.0 + rate)
    start = 1e-290 if far > 280 else 1e200 if far < -280 else start
    steps = np.arange(n + 1.0)
    half = np.exp(0.5 * steps * math.log1p(rate))  # the whole power may leave the range
    path = start * half * half if abs(rate) > 1e-6 else start * (1.0 + rate * steps)
    return path * (1.0 + wiggle * min(1.0, abs(rate)) * rng.uniform(-1.0, 1.0, n + 1))


@pytest.mark.parametrize("wiggle", [0.0, 0.4])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("n", [1, 2, 3, 12, 60, 240])
def test_every_method_against_sixty_digits(n, rate, wiggle):
    values, time = grown(rate, n, wiggle), np.arange(n + 1.0)
    got = {method: snd.average_growth(values, method=method) for method in METHODS}
    assert ulps(got["geometric"], by_ends(values, time, False)) <= 2
    assert ulps(got["exponential"], by_ends(values, time, True)) <= 1
    assert ulps(got["arithmetic"], by_rates(values)) <= 1
    assert ulps(got["cumulative"], by_total(values)) <= 1
    assert ulps(got["least_squares"], by_line(values, time)) <= 2


@pytest.mark.parametrize("spread", [0, 8, 60])
@pytest.mark.parametrize("rate", [-0.5, -1e-9, 1e-13, 0.05, 3.0])
def test_weighted_lines_at_irregular_times_against_sixty_digits(rate, spread):
    rng = np.random.default_rng(spread)
    time = np.sort(rng.uniform(1950.0, 2050.0, 25))
    weights = 10.0 ** rng.uniform(-spread, spread, 25)
    shape = time - time[0]
    values = 1e5 * np.exp(shape * math.log1p(rate)) if abs(rate) > 1e-6 else 1e300 * (1.0 + rate * shape)
    values *= 1.0 + 0.3 * min(1.0, abs(rate)) * rng.uniform(-1.0, 1.0, 25)
    got = snd.average_growth(values, time=time, method="least_squares", weights=weights)
    assert ulps(got, by_line(values, time, weights)) <= 2


@pytest.mark.parametrize("heavy", [1e80, 1e-80])
def test_a_weight_far_above_the_others_does_not_bury_them(heavy):
    values, time, weights = [3.0, 5.0, 4.0], [0.1, 0.7, 2.3], [1.0, heavy, 1.0]
    got = snd.average_growth(values, time=time, method="least_squares", weights=weights)
    with localcontext() as context:
        context.prec = 300
        assert ulps(got, by_line(values, time, weights)) <= 2


@pytest.mark.parametrize("scale", [1e-300, 1e290])
def test_levels_at_the_ends_of_the_range_give_the_same_rates(scale):
    values = np.array([1.0, 3.0, 2.0, 7.0])
    for method in METHODS:
        got = snd.average_growth(values * scale, method=method)
        np.testing.assert_allclose(got, snd.average_growth(values, method=method), rtol=1e-15)


def test_levels_that_are_subnormal():
    values = [5e-324, 1e-323, 2e-323]
    for method in ("geometric", "arithmetic", "cumulative", "least_squares"):
        assert snd.average_growth(values, method=method) == 1.0


def test_sums_and_differences_that_overflow():
    big = 1.7e308
    assert snd.average_growth([big, -big], method="arithmetic") == -2.0
    assert snd.average_growth([1e-10, big], method="arithmetic") == INF
    for ups in ([1e-300, 1.5e8, 1e-300, 1.5e8], [1e-300, 2e8, 1e-300, 1e-300]):  # the mean is in the range
        assert ulps(snd.average_growth(ups, method="arithmetic"), by_rates(ups)) <= 1
    assert snd.average_growth([2.0, 1.0], time=[0.0, 1e-310], method="exponential") == -INF
    assert snd.average_growth([big, big, big, big], method="cumulative") == 0.0
    assert snd.average_growth([1e-300, 1e300], method="cumulative") == INF
    assert snd.average_growth([1e300, 1e-300], method="cumulative") == -1.0
    assert snd.average_growth([1e-300, 1e300]) == INF
    assert snd.average_growth([1e300, 1e-300]) == -1.0


@given(st.lists(st.integers(-50, 400), min_size=1, max_size=9), st.integers(1, 300))
def test_the_cumulative_root_lies_between_the_neighbors_of_the_result(flows, base):
    total = Fraction(sum(flows), base)
    got = float(snd.average_growth([float(base), *map(float, flows)], method="cumulative"))
    if total <= 0:
        assert math.isnan(got)
        return

    def powers(rate):
        return sum((1 + Fraction(rate)) ** i for i in range(1, len(flows) + 1))

    below, above = math.nextafter(got, -INF), math.nextafter(got, INF)
    assert powers(below) <= total <= powers(above)


@pytest.mark.parametrize("n", [1, 2, 3, 8, 100, 1000])
@pytest.mark.parametrize("mean", [1e-300, 1e-60, 1e-3, 0.9, 1.0 + 2**-52, 1.1, 1e3, 1e60, 1e300])
def test_the_equation_is_solved_for_every_total(n, mean):
    base = 1e-5 if mean > 1e290 else 1.0
    flows = np.full(n, mean * base)
    got = float(snd.average_growth(np.array([base, *flows]), method="cumulative"))
    total = Decimal(n) * Decimal(float(flows[0])) / Decimal(base)
    with localcontext() as context:
        context.prec = 400
        if got == -1.0:  # nearer to -1 than any other number
            assert sum_of_powers(Decimal(2) ** -54, n) >= total
        else:
            below, above = math.nextafter(got, -INF), math.nextafter(got, INF)
            assert sum_of_powers(1 + Decimal(below), n) <= total <= sum_of_powers(1 + Decimal(above), n)


@pytest.mark.parametrize("n", [2, 3, 5, 10, 100, 1000])
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_the_equation_is_solved_where_growth_is_small(n, sign):
    rng = np.random.default_rng(n)
    for away in 10.0 ** np.arange(-12.0, 0.0, 0.25):  # of the mean flow from the base: g is near 2 away / n
        values = 1000.0 * (1.0 + sign * away * np.concatenate([[0.0], rng.uniform(0.5, 1.5, n)]))
        got = float(snd.average_growth(values, method="cumulative"))
        base, *flows = exactly(values)
        below, above = Decimal(math.nextafter(got, -INF)), Decimal(math.nextafter(got, INF))
        assert sum_of_powers(1 + below, n) <= sum(flows) / base <= sum_of_powers(1 + above, n)


def test_the_order_of_flows_does_not_count_and_that_of_levels_does():
    rng = np.random.default_rng(3)
    flows = rng.uniform(50.0, 150.0, 12)
    series = [np.concatenate([[100.0], rng.permutation(flows)]) for _ in range(5)]
    rates = [float(snd.average_growth(x, method="cumulative")) for x in series]
    assert len(set(rates)) == 1
    assert len({float(snd.average_growth(x)) for x in series}) > 1


def test_geometric_is_cagr_and_the_chain_of_rates():
    values = [412.0, 480.0, 683.0, 1052.0]
    got = float(snd.average_growth(values))
    np.testing.assert_allclose(got, snd.cagr(412.0, 1052.0, 3), rtol=1e-15)
    chain = math.prod(1.0 + float(g) for g in snd.growth_rate(values)[1:])
    np.testing.assert_allclose(got, chain ** (1 / 3) - 1, rtol=1e-14)


def test_a_constant_rate_is_every_average_of_it():
    values = 50.0 * 1.25 ** np.arange(9)  # exact
    for method in ("geometric", "arithmetic", "cumulative", "least_squares"):
        assert abs(snd.average_growth(values, method=method) - 0.25) <= math.ulp(0.25)


# Rules.


@pytest.mark.parametrize(
    ("method", "values", "want"),
    [
        ("geometric", [0.0, 1.0], NAN),
        ("geometric", [-1.0, 1.0], NAN),
        ("geometric", [1.0, -1.0], NAN),
        ("geometric", [1.0, 5.0, 0.0], -1.0),
        ("geometric", [4.0, NAN, NAN, NAN, NAN, 4.0], 0.0),
        ("geometric", [NAN, 1.0, 2.0], NAN),
        ("geometric", [1.0, INF], INF),
        ("geometric", [INF, 1.0], -1.0),
        ("geometric", [INF, INF], NAN),
        ("exponential", [1.0, 0.0], NAN),
        ("exponential", [1.0, -1.0], NAN),
        ("exponential", [4.0, NAN, NAN, NAN, NAN, 4.0], 0.0),
        ("exponential", [1.0, INF], INF),
        ("exponential", [INF, 1.0], -INF),
        ("arithmetic", [1.0, 0.0], -1.0),
        ("arithmetic", [1.0, 0.0, 1.0], NAN),
        ("arithmetic", [2.0, -2.0, 2.0], NAN),
        ("arithmetic", [-5.0, NAN, 1.0, 2.0], 1.0),
        ("arithmetic", [1.0, NAN, 2.0, NAN], NAN),
        ("arithmetic", [1.0, 2.0, NAN, NAN], 1.0),
        ("arithmetic", [1.0, 2.0, NAN, NAN, NAN], NAN),
        ("arithmetic", [1.0, INF], INF),
        ("arithmetic", [INF, 1.0], NAN),
        ("cumulative", [0.0, 1.0], NAN),
        ("cumulative", [-1.0, 1.0], NAN),
        ("cumulative", [1.0, 0.0, 0.0], NAN),
        ("cumulative", [1.0, -3.0, 2.0], NAN),
        ("cumulative", [1.0, NAN, 2.0], NAN),
        ("cumulative", [NAN, 1.0, 2.0], NAN),
        ("cumulative", [1.0, INF, 2.0], NAN),
        ("cumulative", [INF, 1.0, 2.0], NAN),
        ("cumulative", [1.0, 0.0, 2.0], 0.0),
        ("least_squares", [1.0, 2.0, 0.0], NAN),
        ("least_squares", [1.0, 2.0, -4.0], NAN),
        ("least_squares", [1.0, 2.0, INF], NAN),
        ("least_squares", [NAN, 2.0, 4.0], 1.0),
        ("least_squares", [1.0, NAN, 4.0, NAN], 1.0),
        ("least_squares", [1.0, NAN, NAN], NAN),
        ("least_squares", [3.0, 3.0, 3.0], 0.0),
    ],
)
def test_what_missing_zero_negative_and_infinite_levels_give(method, values, want):
    np.testing.assert_equal(float(snd.average_growth(values, method=method)), want)


@pytest.mark.parametrize("method", METHODS)
def test_no_rate_of_one_value_or_none(method):
    assert math.isnan(snd.average_growth([7.0], method=method))
    assert math.isnan(snd.average_growth([], method=method))
    assert math.isnan(snd.average_growth([], method=method, time=[]))
    assert math.isnan(snd.average_growth([NAN, NAN, NAN], method=method, min_coverage=0))
    assert np.isnan(snd.average_growth(np.empty((0, 3)), method=method)).tolist() == [True] * 3
    assert snd.average_growth(np.empty((3, 0)), method=method).shape == (0,)
    assert snd.average_growth(np.empty((2, 0, 4)), axis=2, method=method).shape == (2, 0)


@pytest.mark.parametrize("method", ["arithmetic", "least_squares"])
@pytest.mark.parametrize("rows", [3, 7, 10, 49])
def test_exactly_the_least_coverage_is_enough(method, rows):
    for present in range(2, rows + 1):
        values = np.full(rows, NAN)
        values[:present] = 2.0 ** np.arange(present)
        enough = snd.average_growth(values, method=method, min_coverage=present / rows)
        above = snd.average_growth(values, method=method, min_coverage=min(1.0, present / rows + 1e-9))
        assert enough == 1.0
        assert math.isnan(above) == (present < rows)


def test_rows_that_are_left_out_may_lie_at_any_time():
    values, time = [1.0, 2.0, NAN, 9.0], [0.0, 0.5, 1e308, 1.1e308]
    got = snd.average_growth(values, time=time, weights=[1.0, 1.0, 1.0, 0.0], method="least_squares")
    assert got == 3.0
    small = snd.average_growth([1.0, 2.0, NAN], time=[0.0, 1e-300, 1e300], method="least_squares")
    assert small == INF
    flat = snd.average_growth([2.0, 2.0, NAN], time=[0.0, 1e-300, 1e300], method="least_squares")
    assert flat == 0.0


def test_coverage_is_not_asked_where_only_the_ends_count():
    values = [1.0, NAN, NAN, 8.0]
    assert snd.average_growth(values, min_coverage=1.0) == 1.0


def test_a_value_without_a_weight_is_missing_and_one_of_weight_zero_is_there():
    values, out = [1.0, -9.0, 4.0, NAN], {"method": "least_squares"}
    assert snd.average_growth(values, weights=[1.0, NAN, 1.0, 1.0], **out) == 1.0
    assert math.isnan(snd.average_growth(values, weights=[1.0, 0.0, 1.0, 1.0], **out))
    assert math.isnan(snd.average_growth(values, weights=[1.0, NAN, 1.0, 1.0], min_coverage=0.75, **out))
    covered = snd.average_growth([1.0, 9.0, 4.0, NAN], weights=[1, 0, 1, 1], min_coverage=0.75, **out)
    assert covered == 1.0
    for weights in ([0.0, 5.0, 0.0, 0.0], [0.0] * 4, [NAN] * 4, [1.0, INF, 1.0, 1.0]):
        assert math.isnan(snd.average_growth([1.0, 9.0, 4.0, 5.0], weights=weights, **out))


# Time.


@pytest.mark.parametrize("method", METHODS)
def test_rows_in_any_order_give_the_same_bits(method):
    rng = np.random.default_rng(5)
    values, years = np.exp(rng.normal(size=(20, 3))), np.arange(1990, 2010)
    weights = rng.uniform(size=(20, 3)) if method == "least_squares" else None
    want = snd.average_growth(values, method=method, weights=weights)
    for order in (np.arange(20)[::-1], rng.permutation(20)):
        shuffled = None if weights is None else weights[order]
        got = snd.average_growth(values[order], time=years[order], method=method, weights=shuffled)
        assert got.tolist() == want.tolist()


def test_every_kind_of_time_gives_the_same_rate():
    values, want = [100.0, 121.0, 133.1], float(snd.average_growth([100.0, 133.1], time=[0, 3]))
    years = np.array(["2020", "2022", "2023"], "M8[Y]")
    for time in (
        [2020, 2022, 2023],
        np.array([2020, 2022, 2023], np.uint64) + np.uint64(2**63),
        np.array([2020, 2022, 2023], np.int16),
        [2020.0, 2022.0, 2023.0],
        [-0.75, 1.25, 2.25],
        years,
        pd.PeriodIndex(["2020", "2022", "2023"], freq="Y"),
        pd.Series([2020, 2022, 2023], dtype="Int32"),
        pl.Series([2020, 2022, 2023]),
        xr.DataArray([2020, 2022, 2023], dims="t"),
    ):
        assert float(snd.average_growth(values, time=time)) == want
    days = ["2020-05-01", "2022-01-31", "2023-12-31"]
    for time in (
        np.array(days, "M8[ns]"),
        pd.DatetimeIndex(days),
        pd.DatetimeIndex(days, tz="Asia/Shanghai"),
    ):
        assert float(snd.average_growth(values, time=time, freq="Y")) == want
    monthly = snd.average_growth([1.0, 2.0], time=np.array(["2022-01-31", "2023-01-01"], "M8[D]"), freq="M")
    assert abs(monthly - (2 ** (1 / 12) - 1)) < 1e-16


def test_times_beyond_2_53_are_subtracted_as_integers():
    base = 2**60 + 1
    for method in METHODS:
        got = snd.average_growth([1.0, 2.0, 4.0], time=[base, base + 1, base + 2], method=method)
        assert got == snd.average_growth([1.0, 2.0, 4.0], method=method)
    ends = np.array([-(2**63), -(2**63) + 2**53])
    assert snd.average_growth([1.0, 2.0], time=ends) == math.expm1(math.log(2) / 2**53)


def test_an_absent_period_is_no_step():
    values, years = [1.0, 2.0, 8.0, 16.0, 48.0], [2000, 2001, 2003, 2004, 2005]
    assert snd.average_growth(values, time=years, method="arithmetic") == (1 + 1 + 2) / 3
    assert math.isnan(snd.average_growth(values, time=years, method="cumulative"))


@pytest.mark.parametrize(
    ("time", "freq", "message"),
    [
        ([2000, 2001], None, r"time: expected 3 rows as values have along axis 0, got shape \(2,\)"),
        ([2000, 2001, 2000], None, "time: rows 0 and 2 are the same period, 2000"),
        ([2000.5, 2001.5, 2000.5], None, "time: rows 0 and 2 are the same period, 2000.5"),
        ([2000.0, NAN, 2001.0], None, "time: missing at row 1"),
        ([2000.0, INF, 2001.0], None, "time: infinite at row 1"),
        ([-1.7e308, 0.0, 1.7e308], None, "time: spans more than float64 holds"),
        ([0, 1, 2**53 + 1], None, r"time: spans more than 2\*\*53 steps"),
        ([-(2**63), 0, 2**63 - 1], None, r"time: spans more than 2\*\*53 steps"),
        ([[2000, 2001, 2002]], None, "time: expected one dimension"),
        (np.array(["2000-01-01", "2001-01-01", "2002-01-01"], "M8[D]"), None, "freq: needed"),
        (np.array(["2000-01-01", "2000-05-01", "2002-01-01"], "M8[D]"), "Y", "rows 0 and 1 are the same"),
        ([2000, 2001, 2002], "Y", "freq: goes with dates"),
        (None, "Y", "freq: goes with time"),
    ],
)
def test_times_that_are_refused(time, freq, message):
    with pytest.raises(ValueError, match=message):
        snd.average_growth([1.0, 2.0, 4.0], time=time, freq=freq)


def test_fractions_of_a_period_go_only_with_methods_that_do_not_step():
    time = [2000.0, 2000.5, 2001.5]
    for method in ("arithmetic", "cumulative"):
        with pytest.raises(ValueError, match=r"time: 2000\.5 at row 1 is not a whole step"):
            snd.average_growth([1.0, 2.0, 4.0], time=time, method=method)
    for method in ("geometric", "exponential", "least_squares"):
        assert np.isfinite(snd.average_growth([1.0, 2.0, 4.0], time=time, method=method))


def test_times_that_are_no_times():
    with pytest.raises(TypeError, match="time: expected integers, floats or dates"):
        snd.average_growth([1.0, 2.0], time=["a", "b"])
    with pytest.raises(TypeError, match="time: expected one level, got a MultiIndex"):
        snd.average_growth([1.0, 2.0], time=pd.MultiIndex.from_tuples([("a", 2001), ("a", 2002)]))


# Arguments.


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"method": "level"}, ValueError, "method: expected one of 'geometric'"),
        ({"min_coverage": 1.5}, ValueError, "min_coverage: expected a number from 0 to 1, got 1.5"),
        ({"min_coverage": NAN}, ValueError, "min_coverage: expected a number from 0 to 1, got nan"),
        ({"min_coverage": "half"}, TypeError, "min_coverage: expected a number"),
        ({"min_coverage": 10**400}, ValueError, "min_coverage: expected a number from 0 to 1, got 1000"),
        (
            {"weights": [1, 1, 1]},
            ValueError,
            "weights: go with method 'least_squares', got method 'geometric'",
        ),
        ({"method": "least_squares", "weights": [1, -2, 1]}, ValueError, "weights: must not be negative"),
        ({"method": "least_squares", "weights": [1, 1]}, ValueError, r"weights: shape \(2,\) does not fit"),
        ({"method": "least_squares", "weights": list("abc")}, TypeError, "weights: expected real numbers"),
        ({"axis": 1}, ValueError, "axis"),
        ({"axis": 0.5}, TypeError, "axis"),
    ],
)
def test_arguments_that_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        snd.average_growth([1.0, 2.0, 4.0], **arguments)


def test_values_that_are_refused():
    for nothing in (None, 10**400):
        with pytest.raises((ValueError, OverflowError), match="values: "):
            snd.average_growth(nothing)
    with pytest.raises(OverflowError, match="values: expected numbers within float64"):
        snd.average_growth([1, 10**400])
    with pytest.raises(ValueError, match="values: expected at most 33 dimensions, got 34"):
        snd.average_growth(np.ones((2,) + (1,) * 33))
    assert snd.average_growth(np.ones((2,) + (1,) * 32)).ndim == 32
    with pytest.raises(TypeError, match="values: expected numbers"):
        snd.average_growth(["a", "b"])
    with pytest.raises(ValueError, match="values: expected at least one dimension"):
        snd.average_growth(3.0)
    with pytest.raises(ValueError, match="values: rows differ in length"):
        snd.average_growth([[1.0], [1.0, 2.0]])
    with pytest.raises(TypeError, match="values: expected a DataArray"):
        snd.average_growth(xr.Dataset({"a": ("t", [1.0, 2.0])}))


class Lazy:
    """What a Dask array is recognized by."""

    chunks = ((2,),)
    shape = (2,)

    def __dask_graph__(self):
        return {}


def test_lazy_arrays_are_not_computed():
    with pytest.raises(TypeError, match="values: expected values in memory"):
        snd.average_growth(Lazy())
    with pytest.raises(TypeError, match="weights: expected values in memory"):
        snd.average_growth([1.0, 2.0], method="least_squares", weights=Lazy())


# Shapes, types and containers.


def options(method):
    """The same weights in every test of containers, where the method takes them."""
    return (
        {"method": method, "weights": [1.0, 2.0, 3.0, 4.0]}
        if method == "least_squares"
        else {"method": method}
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
def test_any_axis_of_any_layout(method, axis):
    rng = np.random.default_rng(7)
    base = np.exp(rng.normal(size=(4, 4, 4)))
    base[1, 2, 3] = NAN
    lanes = np.moveaxis(base, axis, 0).reshape(4, -1)
    want = [float(snd.average_growth(lanes[:, k].copy(), **options(method))) for k in range(16)]
    read_only = base.copy()
    read_only.setflags(write=False)
    wide = np.repeat(base, 2, axis=1)[:, ::2]
    for values in (read_only, np.asfortranarray(base), wide, base[::-1][::-1], base.astype(">f8")):
        got = snd.average_growth(values, axis=axis, **options(method))
        assert got.shape == (4, 4)
        np.testing.assert_array_equal(got.ravel(), want)


def test_weights_of_every_value_go_with_their_lane():
    weights = np.arange(1.0, 13.0).reshape(4, 3)
    got = snd.average_growth(PANEL, method="least_squares", weights=weights)
    across = snd.average_growth(PANEL.T, axis=1, method="least_squares", weights=weights.T)
    for k in range(3):
        want = snd.average_growth(PANEL[:, k], method="least_squares", weights=weights[:, k])
        assert got[k] == across[k] == want


@pytest.mark.parametrize("method", METHODS)
def test_float32_is_kept_and_rounded_once(method):
    single = PANEL.astype(np.float32)
    got = snd.average_growth(single, **options(method))
    assert got.dtype == np.float32
    want = snd.average_growth(single.astype(np.float64), **options(method)).astype(np.float32)
    assert got.tolist() == want.tolist()
    assert snd.average_growth(single[:, 0], **options(method)).dtype == np.float32


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint64, object])
def test_other_types_become_float64(method, kind):
    values = np.array([4, 5, 6, 8]).astype(kind)
    got = snd.average_growth(values, **options(method))
    assert got.dtype == np.float64
    assert got == snd.average_growth([4.0, 5.0, 6.0, 8.0], **options(method))


def test_none_and_masked_entries_are_missing():
    assert snd.average_growth([1.0, None, 4.0]) == 1.0
    assert math.isnan(snd.average_growth([1.0, None, 4.0], method="cumulative"))
    masked = np.ma.array([[1.0, 9.0], [9.0, 2.0], [4.0, 4.0]], mask=[[0, 1], [1, 0], [0, 0]])
    np.testing.assert_array_equal(snd.average_growth(masked), [1.0, NAN])
    np.testing.assert_array_equal(snd.average_growth(masked, method="least_squares"), [1.0, 1.0])
    whole = np.ma.array([1, 9, 4], mask=[0, 1, 0])
    assert snd.average_growth(whole, method="least_squares") == 1.0


@pytest.mark.parametrize("method", METHODS)
def test_pandas_in_pandas_out(method):
    want = snd.average_growth(PANEL, **options(method)).tolist()
    frame = pd.DataFrame(PANEL, columns=["x", "y", "z"], index=[2001, 2002, 2003, 2004])
    got = snd.average_growth(frame, **options(method))
    assert got.tolist() == want
    assert got.index.tolist() == ["x", "y", "z"]
    across = snd.average_growth(frame.T, axis=1, **options(method))
    assert across.tolist() == want
    assert across.index.tolist() == ["x", "y", "z"]
    alone = snd.average_growth(frame["y"], **options(method))
    assert isinstance(alone, np.float64)
    assert alone == want[1]


def test_nullable_columns_give_na():
    frame = pd.DataFrame({"a": [1, 2, 4], "b": [1, 2, None]}, dtype="Int64")
    got = snd.average_growth(frame)
    assert got.dtype == "Float64"
    assert got["a"] == 1.0
    assert got["b"] is pd.NA
    assert snd.average_growth(frame, method="least_squares").tolist() == [1.0, 1.0]
    assert math.isnan(snd.average_growth(frame["b"]))


@pytest.mark.parametrize(
    "column",
    [
        pd.to_datetime(["2020", "2021"]),
        pd.to_datetime(["2020", "2021"]).tz_localize("UTC"),
        pd.to_timedelta([1, 2]),
        pd.period_range("2020", periods=2, freq="Y"),
        pd.Categorical([3, 4]),
        pd.array(["1", "2"], dtype="string"),
        pd.array(["x", "y"], dtype="string"),
        [1j, 2j],
    ],
)
def test_a_column_that_is_no_figures_is_named(column):
    frame = pd.DataFrame({"a": pd.array([1, 2], dtype="Int64"), "t": column})
    for function in (snd.average_growth, lambda x: snd.growth_rate(x, axis=1)):
        with pytest.raises(TypeError, match="values, column 't': expected numbers, got"):
            function(frame)


def test_columns_of_several_types_are_figures():
    frame = pd.DataFrame(
        {"a": [1, 4], "b": pd.array([1, None], dtype="Int64"), "c": np.array([2, 4], np.float32)}
    )
    got = snd.average_growth(frame)
    assert got.dtype == "Float64"
    assert got.tolist() == [3.0, pd.NA, 1.0]
    assert snd.average_growth(frame[["b"]].astype("Float32")).dtype == "Float32"


def test_pandas_indexes_that_differ_are_refused():
    values = pd.Series([1.0, 2.0, 4.0], index=[5, 6, 7])
    years = pd.Series([2000, 2001, 2003], index=[5, 6, 7])
    weights = pd.Series([1.0, 1.0, 5.0], index=[5, 6, 7])
    got = snd.average_growth(values, time=years, weights=weights, method="least_squares")
    assert got == snd.average_growth(
        [1.0, 2.0, 4.0], time=[0, 1, 3], weights=[1, 1, 5], method="least_squares"
    )
    with pytest.raises(ValueError, match="time: its index differs from the index of values"):
        snd.average_growth(values, time=years.reset_index(drop=True))
    with pytest.raises(ValueError, match="weights: its index and the index of values differ"):
        snd.average_growth(values, weights=weights.reset_index(drop=True), method="least_squares")
    frame = pd.DataFrame({"a": values, "b": values * 2})
    with pytest.raises(ValueError, match="weights: its columns and the columns of values differ"):
        snd.average_growth(frame, weights=frame.rename(columns={"b": "c"}), method="least_squares")


@pytest.mark.parametrize("method", METHODS)
def test_polars_in_polars_out(method):
    want = snd.average_growth(PANEL, **options(method))
    frame = pl.DataFrame(PANEL, schema=["x", "y", "z"])
    got = snd.average_growth(frame, **options(method))
    assert got.columns == ["x", "y", "z"]
    assert got.row(0) == tuple(want.tolist())
    assert snd.average_growth(frame["z"], **options(method)) == want[2]
    backward = snd.average_growth(
        frame.reverse(),
        time=pl.Series([4, 3, 2, 1]),
        method=method,
        weights=[4.0, 3.0, 2.0, 1.0] if method == "least_squares" else None,
    )
    assert backward.equals(got)


def test_polars_nulls_types_and_weights_of_every_value():
    frame = pl.DataFrame({"a": [1, 2, 4], "b": [1.0, None, 16.0], "c": [1.0, 2.0, None]})
    assert snd.average_growth(frame).row(0) == (1.0, 3.0, None)
    weights = pl.DataFrame({"a": [1.0, 1.0, 0.0], "b": [1.0, 1.0, 1.0], "c": [1.0, None, 1.0]})
    got = snd.average_growth(frame, method="least_squares", weights=weights, min_coverage=0)
    assert got.row(0) == (1.0, 3.0, None)
    for others in (weights.select("b", "a", "c"), weights.select("a")):
        with pytest.raises(ValueError, match="weights: its columns and the columns of values differ"):
            snd.average_growth(frame, method="least_squares", weights=others)
    assert snd.average_growth(frame.cast(pl.Float32)).dtypes == [pl.Float32] * 3
    with pytest.raises(ValueError, match="axis: expected 0 for a polars frame"):
        snd.average_growth(frame, axis=1)


@pytest.mark.parametrize("method", METHODS)
def test_xarray_in_xarray_out(method):
    values = xr.DataArray(
        PANEL,
        dims=("year", "city"),
        coords={"year": [2001, 2002, 2003, 2004], "city": ["p", "q", "r"]},
        name="output",
        attrs={"unit": "yuan"},
    )
    got = snd.average_growth(values, time=values["year"], **options(method))
    assert got.values.tolist() == snd.average_growth(PANEL, **options(method)).tolist()
    assert got.dims == ("city",)
    assert got.coords["city"].values.tolist() == ["p", "q", "r"]
    assert (got.name, got.attrs) == ("output", {"unit": "yuan"})


def test_weights_of_xarray_go_by_dimension():
    values = xr.DataArray(
        PANEL[:3], dims=("year", "city"), coords={"year": [1, 2, 3], "city": ["p", "q", "r"]}
    )
    weights = values.copy(data=np.arange(1.0, 10.0).reshape(3, 3))
    want = snd.average_growth(PANEL[:3], method="least_squares", weights=weights.to_numpy())
    got = snd.average_growth(values, method="least_squares", weights=weights.T)
    assert got.values.tolist() == want.tolist()
    by_year = snd.average_growth(values, method="least_squares", weights=weights[:, 0])
    also = snd.average_growth(PANEL[:3], method="least_squares", weights=[1.0, 4.0, 7.0])
    assert by_year.values.tolist() == also.tolist()
    with pytest.raises(ValueError, match="weights: its coordinates differ"):
        snd.average_growth(values, method="least_squares", weights=weights.assign_coords(year=[2, 3, 4]))
    with pytest.raises(ValueError, match=r"weights: has dimensions that values has not: \['town'\]"):
        snd.average_growth(
            values, method="least_squares", weights=weights.rename(city="town").drop_vars("town")
        )


@pytest.mark.parametrize("method", METHODS)
def test_many_lanes_on_any_number_of_threads_give_the_same_bits(method, monkeypatch):
    values = np.exp(np.random.default_rng(11).normal(size=(12, 20_000)))
    results = []
    for count in ("1", "2", "7"):
        monkeypatch.setenv("SNDSTATS_NUM_THREADS", count)
        results.append(snd.average_growth(values, method=method).tobytes())
    assert len(set(results)) == 1


# Rates over another span.


@pytest.mark.parametrize("factor", [4.0, 12.0, 0.5, -1.0, 1.0 / 12.0, 365.25, 0.0])
@pytest.mark.parametrize("rate", [-0.999, -0.3, -1e-10, 0.0, 1e-300, 1e-12, 0.004, 0.05, 1.5, 5.0])
def test_annualize_against_sixty_digits(rate, factor):
    logarithm = (1 + Decimal(rate)).ln() if abs(rate) > 1e-30 else Decimal(rate)
    z = logarithm * Decimal(factor)
    want = z.exp() - 1 if abs(z) > Decimal("1e-30") else z
    got = snd.annualize(rate, factor)
    assert got == 0.0 if want == 0 else ulps(got, want) <= 3 + 2 * abs(z)


def test_annualize_where_it_was_seen_to_be_farthest_from_sixty_digits():
    for rate, factor in [
        (0.7291959546244403, -0.014291406626027677),
        (1.8402028722779837, -0.00093576965879367568),
    ]:
        z = (1 + Decimal(rate)).ln() * Decimal(factor)
        assert ulps(snd.annualize(rate, factor), z.exp() - 1) <= 3


def test_annualize_of_rates_that_leave_nothing():
    got = snd.annualize([-1.0, -1.0, -1.0, -1.5, NAN, 0.1], [2.0, 0.0, -2.0, 2.0, 2.0, NAN])
    np.testing.assert_array_equal(got, [-1.0, NAN, INF, NAN, NAN, NAN])
    got = snd.annualize([-1.5, 0.25, INF, NAN], [2.0, 4.0, 1.0, 1.0], method="linear")
    np.testing.assert_array_equal(got, [-3.0, 1.0, INF, NAN])


def test_annualize_there_and_back():
    rates = np.array([-0.4, 1e-9, 0.02, 0.3])
    back = snd.annualize(snd.annualize(rates, 12), 1 / 12)
    np.testing.assert_allclose(back, rates, rtol=4e-15)


ELEMENTWISE = (
    lambda x, **more: snd.annualize(x, 2, **more),
    lambda x, **more: snd.annualize(x, 2, method="linear", **more),
    lambda x, **more: snd.doubling_time(x, **more),
    lambda x, **more: snd.doublings(x, 0.5, **more),
)


@pytest.mark.parametrize("function", ELEMENTWISE)
def test_elementwise_types_out_and_where(function):
    values = np.array([0.25, 1.0, 3.0])
    want = function(values)
    assert want.dtype == np.float64
    assert function(values.astype(np.float32)).dtype == np.float32
    np.testing.assert_allclose(function(values.astype(np.float32)), want, rtol=1e-6)
    assert function(np.array([1, 3], np.int64)).tolist() == want[1:].tolist()
    assert function(np.array([1, 3], np.int8)).tolist() == want[1:].tolist()
    out = np.full(3, -9.0)
    assert function(values, out=out, where=[True, False, True]) is out
    assert out.tolist() == [want[0], -9.0, want[2]]
    np.testing.assert_array_equal(function(values, where=[True, False, True]), [want[0], NAN, want[2]])
    assert float(function(0.25)) == want[0]
    assert function(np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize("function", ELEMENTWISE)
def test_elementwise_containers(function):
    values = np.array([0.25, NAN, 3.0])
    want = function(values)
    series = function(pd.Series(values, index=list("abc"), name="n"))
    np.testing.assert_array_equal(series.to_numpy(), want)
    assert (series.index.tolist(), series.name) == (["a", "b", "c"], "n")
    nullable = function(pd.Series([0.25, None, 3.0], dtype="Float64"))
    assert nullable.isna().tolist() == [False, True, False]
    column = function(pl.Series("n", [0.25, None, 3.0]))
    assert column.to_list() == [want[0], None, want[2]]
    array = function(xr.DataArray(values, dims="t"))
    np.testing.assert_array_equal(array.values, want)
    assert array.dims == ("t",)


def test_elementwise_errors():
    with pytest.raises(ValueError, match="method: expected one of 'compound', 'linear', got 'simple'"):
        snd.annualize(0.1, 4, method="simple")
    with pytest.raises(ValueError, match=r"shapes do not broadcast: rate \(2,\), factor \(3,\)"):
        snd.annualize([0.1, 0.2], [1, 2, 3])
    with pytest.raises(TypeError, match="rate: expected numbers"):
        snd.doubling_time(["a"])
    with pytest.raises(ValueError, match=r"shapes do not broadcast: start \(2,\), end \(3,\)"):
        snd.doublings([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="end: its index differs from the index of start"):
        snd.doublings(pd.Series([1.0]), pd.Series([2.0], index=[4]))


# Doubling.


@pytest.mark.parametrize("rate", [1e-300, 1e-12, 0.004, 0.072, 0.7, 3.0, 1e6, 1e300])
def test_doubling_time_against_sixty_digits(rate):
    logarithm = (1 + Decimal(rate)).ln() if rate > 1e-30 else Decimal(rate)
    assert ulps(snd.doubling_time(rate), Decimal(2).ln() / logarithm) <= 2


def test_after_the_doubling_time_a_figure_has_doubled():
    rates = np.array([1e-9, 0.01, 0.072, 0.5])
    np.testing.assert_allclose(snd.annualize(rates, snd.doubling_time(rates)), 1.0, rtol=2e-15)


def test_what_does_not_double():
    got = snd.doubling_time([0.0, -0.0, -1e-9, -1.0, -1.0000001, NAN, INF])
    np.testing.assert_array_equal(got, [INF, INF, INF, INF, NAN, NAN, 0.0])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (3.0, 7.0),
        (7.0, 3.0),
        (100.0, 100.0 + 1e-12),
        (1e9, 1e9 - 1e-6),
        (2.0, 3.0),
        (1e-300, 1e300),
        (5e-324, 1.7e308),
    ],
)
def test_doublings_against_sixty_digits(start, end):
    assert ulps(snd.doublings(start, end), (Decimal(end) / Decimal(start)).ln() / Decimal(2).ln()) <= 3


def test_powers_of_two_are_whole_doublings():
    powers = np.arange(-1074, 1024)
    np.testing.assert_array_equal(snd.doublings(1.0, np.ldexp(1.0, powers)), powers)


def test_doublings_of_integers_are_of_their_exact_difference():
    start = np.array([2**62], np.int64)
    want = Decimal(2**62 + 1) / Decimal(2**62)
    assert ulps(snd.doublings(start, start + 1)[0], want.ln() / Decimal(2).ln()) <= 3
    far = ulps(
        snd.doublings(19633813112545290, 10440307836828435),
        (Decimal(10440307836828435) / 19633813112545290).ln() / Decimal(2).ln(),
    )
    assert far <= 5  # the difference is no double
    unsigned = np.array([2**64 - 1], np.uint64)
    assert (
        ulps(
            snd.doublings(unsigned - np.uint64(1), unsigned)[0],
            (Decimal(2**64 - 1) / (2**64 - 2)).ln() / Decimal(2).ln(),
        )
        <= 3
    )


def test_doublings_need_two_positive_figures():
    got = snd.doublings([1.0, 0.0, -2.0, 1.0, NAN, 1.0, INF], [0.0, 1.0, -4.0, -1.0, 1.0, INF, INF])
    np.testing.assert_array_equal(got, [NAN, NAN, NAN, NAN, NAN, INF, NAN])
