"""Chains, indexes and compound growth: exact arithmetic, round trips, shapes, containers, errors."""

import itertools
import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

NAN, INF = math.nan, math.inf
METHODS = ("simple", "log", "midpoint", "difference", "ratio")
rates_of = st.lists(st.one_of(st.floats(-0.9, 3.0), st.floats(-1e-9, 1e-9)), min_size=1, max_size=30)
steps_of = st.lists(st.floats(0.5, 2.0), min_size=1, max_size=60)


def series(steps, lag, start=100.0):
    """Levels whose lag-th successors are these multiples of them, but for rounding."""
    x = [start + k for k in range(lag)]
    for t, step in enumerate(steps):
        x.append(min(max(x[t] * step, x[t] / 2), x[t] * 2))
    return np.array(x)


def ulps(got, want):
    """How far two series are apart, in units in the last place of the second."""
    return np.abs(got - want) / np.spacing(np.abs(want))


def products(rates):
    """The levels from 1, exactly."""
    return list(itertools.accumulate(rates, lambda level, g: level * (1 + Fraction(g)), initial=Fraction(1)))


# --- chain -------------------------------------------------------------------------------


@settings(max_examples=200)
@given(rates_of, st.floats(1e-3, 1e6))
def test_levels_are_those_of_the_rates_to_the_last_place(rates, start):
    levels = snd.chain([NAN, *rates], start)
    for level, product in zip(levels.tolist(), products(rates), strict=True):
        want = Fraction(start) * product
        assert abs(Fraction(level) - want) <= Fraction(math.ulp(level)) * Fraction(50001, 100000)


@settings(max_examples=200)
@given(steps_of, st.integers(1, 13), st.floats(1e-290, 1e290))
def test_chain_takes_growth_back_to_levels(steps, lag, scale):
    x = series(steps, lag) * scale
    x = x[np.isfinite(x) & (x > 1e-300)]
    steps_to = np.arange(len(x)) // lag
    rates = snd.growth_rate(x, lag)
    # A rate rounded to half its last place moves the level by at most one in its own.
    assert np.all(ulps(snd.chain(rates, x[:lag], lag=lag), x) <= steps_to + 1)
    left = (len(x) - 1 - np.arange(len(x))) // lag
    back = snd.chain(rates, x[-lag:], lag=lag, backward=True)
    assert np.all(ulps(back, x) <= left + 1)


def test_a_thousand_steps_stay_within_a_place_each():
    rng = np.random.default_rng(5)
    x = 100.0 * np.exp(np.cumsum(rng.uniform(-0.69, 0.69, (1000, 20)), axis=0))
    steps = np.arange(1000)[:, np.newaxis]
    assert np.all(ulps(snd.chain(snd.growth_rate(x), x[0]), x) <= steps)
    assert np.all(ulps(snd.chain(snd.growth_rate(x), x[-1], backward=True), x) <= steps[::-1])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("backward", [False, True])
@settings(max_examples=60)
@given(steps=steps_of, lag=st.integers(1, 5))
def test_every_method_is_undone(method, backward, steps, lag):
    x = series(steps, lag)
    rates = snd.growth_rate(x, lag, method=method)
    start = x[-lag:] if backward else x[:lag]
    got = snd.chain(rates, start, lag=lag, method=method, backward=backward)
    # Differences lose places of the larger of two levels, and logs those of the logarithm.
    tolerance = 4e-16 * (len(steps) + 1) * x.max()
    np.testing.assert_allclose(got, x, rtol=0, atol=tolerance)
    if method != "log":
        rates = snd.growth_rate(-x, lag, method=method)
        got = snd.chain(rates, -np.array(start), lag=lag, method=method, backward=backward)
        np.testing.assert_allclose(got, -x, rtol=0, atol=tolerance)


@pytest.mark.parametrize("method", ["simple", "log"])
@pytest.mark.parametrize(("lag", "per_year"), [(1, 4), (1, 12.0), (4, 4), (3, 12), (2, 1)])
@settings(max_examples=40)
@given(steps=steps_of)
def test_annualized_rates_are_undone(method, lag, per_year, steps):
    x = series(steps, lag)
    rates = snd.growth_rate(x, lag, method=method, periods_per_year=per_year)
    options = {"lag": lag, "method": method, "periods_per_year": per_year}
    # A rate near -1 has lost places of the level: the twelfth power of a half keeps 2^-12.
    loss = 2.0 ** (per_year / lag) if method == "simple" else 4.0
    tolerance = 4e-16 * loss * (len(steps) + 1)
    np.testing.assert_allclose(snd.chain(rates, x[:lag], **options), x, rtol=tolerance)
    np.testing.assert_allclose(snd.chain(rates, x[-lag:], backward=True, **options), x, rtol=tolerance)


@settings(max_examples=100)
@given(rates_of, st.integers(1, 6))
def test_backward_inverts_forward(rates, lag):
    given_rates = [NAN] * lag + rates
    forward = snd.chain(given_rates, lag=lag)
    backward = snd.chain(given_rates, forward[-lag:], lag=lag, backward=True)
    assert np.all(ulps(backward, forward) <= 2)


@settings(max_examples=200)
@given(st.lists(st.floats(-60.0, 60.0), min_size=1, max_size=8), st.booleans())
def test_logs_of_any_fall_and_rise_keep_their_digits(rates, backward):
    levels = snd.chain([NAN, *rates], 1.0, method="log", backward=backward)
    with localcontext() as context:
        context.prec = 60
        sums = list(itertools.accumulate(map(Decimal, rates), initial=Decimal(0)))
        want = [float((s - (sums[-1] if backward else 0)).exp()) for s in sums]
    assert np.all(ulps(levels, np.array(want)) <= len(rates) + 1)


@settings(max_examples=200)
@given(st.floats(-0.999999, 1e6), st.floats(0.2, 12.0))
def test_annualized_falls_keep_their_digits(rate, per_year):
    with localcontext() as context:
        context.prec = 60
        power = (1 + Decimal(rate)).ln() * Decimal(1 / per_year)
        want = power.exp()
    got = snd.chain([NAN, rate], 1.0, periods_per_year=per_year)[1]
    # As for `annualize`: rounding the exponent moves its power by as much.
    assert abs(Decimal(float(got)) - want) <= (2 + 2 * abs(power)) * Decimal(math.ulp(float(want)))


def test_a_missing_rate_spoils_what_follows_from_it():
    assert np.array_equal(snd.chain([NAN, 1.0, NAN, 1.0], 1.0), [1.0, 2.0, NAN, NAN], equal_nan=True)
    rates = [NAN, NAN, NAN, 1.0, 1.0, 1.0]
    assert np.array_equal(snd.chain(rates, 1.0, lag=2), [1, 1, NAN, 2, NAN, 4], equal_nan=True)
    assert np.array_equal(snd.chain(rates, 8.0, lag=2, backward=True), [NAN, 2, 4, 4, 8, 8], equal_nan=True)
    assert np.array_equal(snd.chain([NAN, 1.0], NAN), [NAN, NAN], equal_nan=True)


def test_levels_and_rates_that_are_not_finite():
    assert snd.chain([NAN, INF, 0.0, -0.5], 2.0).tolist() == [2.0, INF, INF, INF]
    assert snd.chain([NAN, 9.0, 9.0, -0.9], 1e308).tolist() == [1e308, INF, INF, INF]
    assert snd.chain([NAN, 0.5, 0.5], 0.0).tolist() == [0.0, 0.0, 0.0]
    assert snd.chain([NAN, -1.0, 0.5], 3.0).tolist() == [3.0, 0.0, 0.0]
    assert snd.chain([NAN, -2.0, 1.0], 3.0).tolist() == [3.0, -3.0, -6.0]
    assert math.isnan(snd.chain([NAN, 2.0], 0.0, method="midpoint")[1])
    lost = snd.chain([NAN, 0.0], 3.0, method="ratio", backward=True)
    assert np.array_equal(lost, [NAN, 3.0], equal_nan=True)


def test_start_is_one_level_or_one_a_period_or_one_a_lane():
    rates = np.full((6, 3), 1.0)
    rates[:2] = NAN
    x0 = np.array([[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]])
    want = np.array([x0, 2 * x0, 4 * x0]).reshape(6, 3)
    assert np.array_equal(snd.chain(rates, x0, lag=2), want)
    assert np.array_equal(snd.chain(rates.T, x0.T, lag=2, axis=1), want.T)
    assert np.array_equal(snd.chain(rates, [1, 8], lag=2), want[:, [0, 0, 0]])
    assert np.array_equal(snd.chain(rates, [[1], [8]], lag=2), want[:, [0, 0, 0]])
    assert np.array_equal(snd.chain(rates, 3, lag=2)[:2], np.full((2, 3), 3.0))
    rates[1] = 1.0
    assert np.array_equal(snd.chain(rates, x0[0])[-1], 32 * x0[0])
    assert np.array_equal(snd.chain(rates, x0[:1])[-1], 32 * x0[0])
    assert np.array_equal(snd.chain(rates.T, x0[0], axis=1)[:, -1], 32 * x0[0])


def test_fewer_periods_than_the_lag_are_levels_alone():
    x = np.array([3.0, 4.0])
    assert np.array_equal(snd.chain(snd.growth_rate(x, 12), x[:12], lag=12), x)
    assert np.array_equal(snd.chain([NAN, NAN], [1.0, 2.0, 3.0], lag=3), [1.0, 2.0])
    assert np.array_equal(snd.chain([NAN, NAN], [1.0, 2.0, 3.0], lag=3, backward=True), [2.0, 3.0])
    assert np.array_equal(snd.chain([NAN, NAN], lag=2**40), [100.0, 100.0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.1, 0.2],), r"rates: expected NaN in the first 1 .* got 0\.1 in place 0; prepend NaN"),
        (([NAN, 0.2, 0.3], 1.0, 2), r"rates: expected NaN in the first 2 .* got 0\.2 in place 1"),
        (([NAN, 0.2], [1.0, 2.0]), r"start: expected one level, 1 along axis 0 .* got shape \(2,\)"),
        (([NAN, NAN, 0.2], [1.0], 2), r"start: expected one level, 2 along axis 0 .* got shape \(1,\)"),
        ((np.full((3, 2), NAN), [1.0, 2.0, 3.0]), r"start: expected .* rates of shape \(3, 2\), got"),
        ((np.full((3, 2), NAN), np.ones((1, 3))), r"start: expected .* got shape \(1, 3\)"),
        (([NAN], 1.0, 0), "lag: expected a whole number from 1"),
        (([NAN], 1.0, 1.5), "lag: expected a whole number from 1"),
        ((0.5,), "rates: expected at least one dimension"),
    ],
)
def test_chain_names_what_it_refuses(arguments, message):
    rates, *rest = arguments
    with pytest.raises(ValueError, match=message):
        snd.chain(rates, *rest[:1], **({"lag": rest[1]} if len(rest) > 1 else {}))


def test_chain_refuses_words_and_kinds():
    with pytest.raises(ValueError, match="method: expected one of 'simple'"):
        snd.chain([NAN], method="geometric")
    with pytest.raises(ValueError, match="periods_per_year: goes with method 'simple' or 'log'"):
        snd.chain([NAN], method="ratio", periods_per_year=4)
    with pytest.raises(ValueError, match="periods_per_year: expected a positive number"):
        snd.chain([NAN], periods_per_year=0)
    with pytest.raises(TypeError, match="rates: expected numbers"):
        snd.chain(["a"])
    with pytest.raises(TypeError, match="start: expected numbers"):
        snd.chain([NAN], start="2015")
    with pytest.raises(np.exceptions.AxisError):
        snd.chain([NAN], axis=1)


def test_single_objects_are_levels():
    for start in (Decimal("2.5"), Fraction(5, 2), np.array(2.5, object)):
        assert snd.chain([NAN, 1.0], start).tolist() == [2.5, 5.0]
    assert snd.chain([NAN, 1.0], 2**70).tolist() == [2.0**70, 2.0**71]
    assert np.isnan(snd.chain([NAN, 1.0], None)).all()
    with pytest.raises(OverflowError, match="start: expected numbers within float64"):
        snd.chain([NAN, 1.0], 10**400)
    with pytest.raises(TypeError, match="start: expected numbers"):
        snd.chain([NAN, 1.0], pd.NA)
    with pytest.raises(ValueError, match="rates: expected at least one dimension"):
        snd.chain(None)
    with pytest.raises(ValueError, match="periods_per_year: expected a positive number"):
        snd.chain([NAN], periods_per_year=10**400)
    with pytest.raises(TypeError, match=r"rates: .* LazyFrame; collect it first"):
        snd.chain(pl.DataFrame({"a": [NAN, 1.0]}).lazy())


def test_rates_over_sizes_do_not_chain():
    x = pd.Series([-2.0, 1.0, 3.0], name="profit")
    for measure in (snd.growth_rate, snd.Panel(time=range(3)).growth_rate):
        for method in ("simple", "ratio"):
            sized = measure(x, base="abs", method=method)
            assert sized.attrs == {"growth_base": "abs"}
            with pytest.raises(ValueError, match=r"rates: were divided by the size .* base='ieee'"):
                snd.chain(sized, -2.0, method=method)
        with pytest.raises(ValueError, match="rates: were divided by the size"):
            snd.compound_growth(sized, 2)
    assert snd.growth_rate(x, base="abs", method="log").attrs == {}
    assert snd.chain(snd.growth_rate(x), -2.0).tolist() == x.tolist()
    array = xr.DataArray([-2.0, 1.0], dims="t", attrs={"unit": "t"})
    sized = snd.growth_rate(array, base="abs")
    assert sized.attrs == {"unit": "t", "growth_base": "abs"}
    assert array.attrs == {"unit": "t"}
    with pytest.raises(ValueError, match="rates: were divided by the size"):
        snd.chain(sized, -2.0)
    # Growth of such rates is growth of a series like any other.
    assert snd.growth_rate(sized).attrs == {"unit": "t"}
    frame = snd.growth_rate(pd.DataFrame({"a": x, "b": x}), [1, 2], base="abs")
    assert frame.attrs == {"growth_base": "abs"}
    assert x.attrs == {}
    for other in ({"growth_base": np.ones(2)}, {"growth_base": "ieee"}):
        x.attrs = other
        assert snd.compound_growth(x, 1).tolist() == x.tolist()


# --- rebase ------------------------------------------------------------------------------


@settings(max_examples=200)
@given(st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=12), st.data(), st.floats(1e-3, 1e6))
def test_rebase_is_the_quotient_rounded_once(values, data, to):
    at = data.draw(st.integers(-len(values), len(values) - 1))
    got = snd.rebase(values, at, to=to)
    assert got[at] == to
    for value, index in zip(values, got.tolist(), strict=True):
        want = Fraction(value) / Fraction(values[at]) * Fraction(to)
        if Fraction(1e-280) < want < Fraction(1e300):
            assert abs(Fraction(index) - want) <= Fraction(math.ulp(index)) * Fraction(50001, 100000)


@settings(max_examples=100)
@given(st.lists(st.floats(1e-3, 1e6), min_size=2, max_size=12), st.data())
def test_rebase_of_rebase_is_rebase(values, data):
    place = st.integers(0, len(values) - 1)
    first, second = data.draw(place), data.draw(place)
    got = snd.rebase(snd.rebase(values, first), second)
    assert got[second] == 100.0
    np.testing.assert_allclose(got, snd.rebase(values, second), rtol=5e-16)


@settings(max_examples=100)
@given(st.lists(st.floats(1e-3, 1e6), min_size=3, max_size=12))
def test_several_base_periods_are_their_mean(values):
    mean = sum(map(Fraction, values[1:3])) / 2
    mask = [1 <= t < 3 for t in range(len(values))]
    want = [float(Fraction(v) / Fraction(float(mean)) * 100) for v in values]
    assert np.array_equal(snd.rebase(values, slice(1, 3)), want)
    assert np.array_equal(snd.rebase(values, mask), want)
    assert np.array_equal(snd.rebase(values, np.array(mask)), want)


def test_missing_and_zero_bases():
    x = np.array([[1.0, NAN, 0.0, -2.0], [3.0, 4.0, 0.0, -2.0], [4.0, 8.0, 5.0, 4.0]])
    got = snd.rebase(x, slice(0, 2), to=1.0)
    want = [[0.5, NAN, NAN, 1.0], [1.5, NAN, NAN, 1.0], [2.0, NAN, NAN, -2.0]]
    assert np.array_equal(got, want, equal_nan=True)
    assert np.array_equal(
        snd.rebase(x, slice(0, 2), to=1.0, skipna=True)[:, 1], [NAN, 1.0, 2.0], equal_nan=True
    )
    assert np.isnan(snd.rebase([NAN, NAN, 1.0], slice(0, 2), skipna=True)).all()
    assert snd.rebase([2.0, 4.0], 0, to=0.0).tolist() == [0.0, 0.0]
    assert snd.rebase([5e-324, 1e-323], 0, to=1.0).tolist() == [1.0, 2.0]
    assert snd.rebase([1e308, 5e307], 0, to=1e300).tolist() == [1e300, 5e299]
    assert np.array_equal(snd.rebase([INF, 1.0], 1, to=1.0), [INF, 1.0])


@pytest.mark.parametrize(
    ("at", "error", "message"),
    [
        (3, LookupError, "at: expected a position from -3 to 2, got 3"),
        (-4, LookupError, "at: expected a position from -3 to 2, got -4"),
        (slice(3, 9), ValueError, "at: expected at least one of 3 periods"),
        ([False] * 3, ValueError, "at: expected at least one of 3 periods"),
        ([True] * 2, ValueError, r"at: expected a mask of shape \(3,\)"),
        (slice(0, 3, 0), ValueError, "at: expected a position, a slice"),
        (slice("2020", None), ValueError, "at: expected a position, a slice"),
        (pd.array([True, None, True]), ValueError, "at: .* missing entries"),
        (np.ma.array([True] * 3, mask=[True, False, False]), ValueError, "at: .* missing entries"),
        ([[True], [True, False]], ValueError, "at: expected a position, a slice"),
        (True, TypeError, "at: expected a position, a slice"),
        (1.0, TypeError, "at: expected a position, a slice"),
        ("2020", TypeError, "at: expected a position, a slice"),
        ([0, 1], TypeError, "at: expected a position, a slice"),
        (None, TypeError, "at: expected a position, a slice"),
    ],
)
def test_base_periods_that_are_none(at, error, message):
    with pytest.raises(error, match=message):
        snd.rebase([1.0, 2.0, 3.0], at)


def test_rebase_refuses_other_arguments():
    with pytest.raises(ValueError, match="to: expected a finite number"):
        snd.rebase([1.0], 0, to=NAN)
    with pytest.raises(TypeError, match="to: expected a number"):
        snd.rebase([1.0], 0, to="100%")
    with pytest.raises(ValueError, match="to: expected a finite number"):
        snd.rebase([1.0], 0, to=10**400)
    years = xr.DataArray([1.0, 2.0, 4.0], dims="t", coords={"t": [2000, 2001, 2002]})
    assert snd.rebase(years, years.t == 2001).values.tolist() == [50.0, 100.0, 200.0]
    with pytest.raises(ValueError, match="at: its coordinates of 't' differ from those of values"):
        snd.rebase(years, years[::-1].t == 2002)
    with pytest.raises(ValueError, match=r"at: expected dimension 't', got \('unit',\)"):
        snd.link_series(years, years, xr.DataArray([True] * 3, dims="unit"))
    with pytest.raises(ValueError, match="at: its index differs from the index of values"):
        snd.rebase(pd.Series([1.0, 2.0]), pd.Series([0, 1], index=[7, 8]) == 0)
    with pytest.raises(LookupError):
        snd.rebase([], 0)


# --- linking -----------------------------------------------------------------------------


@settings(max_examples=100)
@given(st.lists(st.floats(1.0, 1e6), min_size=4, max_size=12), st.floats(1e-3, 1e3), st.data())
def test_a_vintage_that_is_a_multiple_goes_on_as_it_was(levels, factor, data):
    old = np.array(levels)
    first = data.draw(st.integers(1, len(levels) - 2))
    new = np.where(np.arange(len(old)) < first, NAN, old * factor)
    old[-1] = NAN
    got = snd.link_series(old, new)
    assert np.array_equal(got[first:], new[first:])
    np.testing.assert_allclose(got[:first], old[:first] * factor, rtol=5e-16)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.floats(1.0, 1e6), st.floats(1.0, 1e6)), min_size=2, max_size=9))
def test_the_factor_is_the_ratio_of_exact_means(pairs):
    overlap = np.array(pairs)
    old = np.concatenate([[3.0], overlap[:, 0]])
    new = np.concatenate([[NAN], overlap[:, 1]])
    sums = [sum(map(Fraction, column)) for column in overlap.T.tolist()]
    assert snd.link_series(old, new)[0] == float(3 * sums[1] / sums[0])
    alone = Fraction(pairs[0][1]) / Fraction(pairs[0][0])
    assert snd.link_series(old, new, 1)[0] == float(3 * alone)


def test_vintages_without_overlap():
    with pytest.raises(ValueError, match="old, new: expected a period where both are there, got none"):
        snd.link_series([1.0, NAN], [NAN, 2.0])
    with pytest.raises(ValueError, match="which `at` chooses, got none"):
        snd.link_series([1.0, 2.0, NAN], [NAN, 2.0, 3.0], 0)
    old, new = np.array([[1.0, 1.0], [NAN, 2.0]]), np.array([[NAN, NAN], [2.0, 4.0]])
    want = [[NAN, 2.0], [2.0, 4.0]]
    assert np.array_equal(snd.link_series(old, new), want, equal_nan=True)
    assert snd.link_series(pd.DataFrame(old), pd.DataFrame(new)).equals(pd.DataFrame(want))
    nullable = pd.DataFrame({"a": pd.array([1, None], "Int64"), "b": [1.0, 2.0]})
    got = snd.link_series(nullable, new)
    assert got["a"].isna().tolist() == [True, False]
    assert got["b"].tolist() == [2.0, 4.0]
    assert snd.link_series([], []).shape == (0,)
    assert np.isnan(snd.link_series([2.0, 1.0, -1.0], [NAN, 1.0, 2.0])[0])


def test_operands_that_do_not_belong_together():
    with pytest.raises(ValueError, match=r"new: expected the shape of old, \(2,\), got \(3,\)"):
        snd.link_series([1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match=r"stocks: expected the shape of flows, \(1, 2\), got \(2,\)"):
        snd.flow_growth([[1.0, 2.0]], [1.0, 2.0])
    a, b = pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0], index=[1, 2])
    with pytest.raises(ValueError, match="new: its index differs from the index of old; align them first"):
        snd.link_series(a, b)
    with pytest.raises(ValueError, match="stocks: its index differs from the columns of flows"):
        snd.flow_growth(pd.DataFrame({"a": a, "b": a}), b)
    with pytest.raises(ValueError, match="at: its index differs"):
        snd.link_series(a, [1.0, 2.0], b > 1)
    x = xr.DataArray([1.0, 2.0], dims="t", coords={"t": [2020, 2021]})
    with pytest.raises(ValueError, match="new: its dimensions or coordinates differ from those of old"):
        snd.link_series(x, x.assign_coords(t=[2021, 2022]))
    with pytest.raises(ValueError, match="new: its dimensions or coordinates differ"):
        snd.link_series(x, x.rename(t="year"))
    frame = pl.DataFrame({"a": [1.0], "b": [2.0]})
    with pytest.raises(ValueError, match="stocks: its columns differ from those of flows"):
        snd.flow_growth(frame, frame.select("b", "a"))
    with pytest.raises(TypeError, match="stocks: expected numbers"):
        snd.flow_growth([1.0], ["a"])
    with pytest.raises(TypeError, match="flows, column 'a': expected numbers"):
        snd.flow_growth(pl.DataFrame({"a": ["x"]}), [[1.0]])


# --- compound growth ---------------------------------------------------------------------


@settings(max_examples=200)
@given(rates_of, st.integers(1, 31))
def test_compound_growth_is_exact_to_the_last_place(rates, periods):
    got = snd.compound_growth(rates, periods).tolist()
    assert np.isnan(got[: periods - 1]).all()
    for t in range(periods - 1, len(rates)):
        want = products(rates[t - periods + 1 : t + 1])[-1] - 1
        bound = Fraction(math.ulp(float(want))) * Fraction(50001, 100000)
        assert abs(Fraction(got[t]) - want) <= bound + Fraction(2) ** -98 * (1 + abs(want))


extreme_rates = st.lists(
    st.sampled_from([-1.0, -1.5, -1 + 2.0**-53, -0.999, 0.25, 999.0, 2.0**60, -(2.0**60), 1e300]),
    min_size=1,
    max_size=60,
)


@settings(max_examples=200)
@given(extreme_rates, st.integers(1, 40), st.integers(1, 20))
def test_products_may_leave_the_range_on_their_way(rates, periods, times):
    rates = [rate for rate in rates for _ in range(times)]
    got = snd.compound_growth(rates, periods).tolist()
    for t in range(periods - 1, len(rates)):
        level = math.prod(1 + Fraction(g) for g in rates[t - periods + 1 : t + 1])
        want = level - 1
        if abs(want) >= 2**1024 - 2**970:
            assert got[t] == (INF if want > 0 else -INF)
        else:
            assert abs(Fraction(got[t]) - want) <= Fraction(2) ** -52 * (abs(level) + abs(want))


def test_long_falls_and_rises_lead_back():
    for rates in ([-0.999] * 200 + [999.0] * 200, [999.0] * 200 + [-0.999] * 200):
        level = math.prod(1 + Fraction(g) for g in rates)
        got = snd.compound_growth([0.5, *rates, 0.5], 400)
        assert float(got[400]) == pytest.approx(float(level - 1), rel=0, abs=1e-15)
    means = snd.compound_growth([999.0] * 200 + [-0.999] * 200, 150, average=True)
    assert means[149] == pytest.approx(999.0, rel=1e-12)
    assert means[-1] == pytest.approx(-0.999, rel=1e-12)


@settings(max_examples=200)
@given(st.lists(st.floats(-0.99, 5.0), min_size=1, max_size=12))
def test_average_growth_against_fifty_digits(rates):
    got = float(snd.compound_growth(rates, len(rates), average=True)[-1])
    with localcontext() as context:
        context.prec = 50
        level = products(rates)[-1]
        root = (Decimal(level.numerator) / Decimal(level.denominator)) ** (Decimal(1) / len(rates))
        want = root - 1
    assert abs(Decimal(got) - want) <= Decimal(2.0**-52) * abs(want) * 2 + Decimal(2.0**-53) * (
        root * abs(root.ln())
    ) + Decimal(2.0**-98)


@settings(max_examples=100)
@given(rates_of, st.integers(1, 12))
def test_compound_growth_is_that_of_the_chained_levels(rates, periods):
    levels = snd.chain([NAN, *rates])
    want = snd.growth_rate(levels, periods)
    got = snd.compound_growth([NAN, *rates], periods)
    assert np.array_equal(np.isnan(got), np.isnan(want))
    # Levels are rounded; growth near 0 shows it.
    near = np.nan_to_num(np.abs(got - want)) <= 4e-16 * (1 + np.nan_to_num(np.abs(want)))
    assert near.all()


@settings(max_examples=100)
@given(st.lists(st.floats(-0.9, 2.0), min_size=8, max_size=40), st.integers(1, 9), st.data())
def test_windows_know_nothing_of_each_other(rates, periods, data):
    place = data.draw(st.integers(0, len(rates) - 1))
    other = data.draw(st.sampled_from([NAN, INF, -1.0, 1e300]))
    rates = np.array(rates)
    changed = rates.copy()
    changed[place] = other
    before, after = (snd.compound_growth(r, periods) for r in (rates, changed))
    held = (np.arange(len(rates)) >= place) & (np.arange(len(rates)) < place + periods)
    assert np.array_equal(before[~held], after[~held], equal_nan=True)
    if math.isnan(other):
        assert np.isnan(after[held]).all()


def test_ends_of_the_range():
    assert np.isnan(snd.compound_growth([0.1, 0.2], 3)).all()
    assert np.isnan(snd.compound_growth([0.1, 0.2], 2**60 // 2**10)).all()
    assert snd.compound_growth([0.1, NAN, -1.0], 1, average=True)[[0, 2]].tolist() == [0.1, -1.0]
    assert snd.compound_growth([INF, 1.0], 2)[1] == INF
    assert math.isnan(snd.compound_growth([INF, -1.0], 2)[1])
    # A fall to a part in 10^36 and its mean: the level keeps what growth near -1 does not show.
    mean = snd.compound_growth([-0.999] * 12, 12, average=True)[-1]
    assert abs(mean - -0.999) <= 2.0**-53
    with pytest.raises(ValueError, match="periods: expected a whole number from 1"):
        snd.compound_growth([0.1], 0)
    with pytest.raises(ValueError, match="periods: expected a whole number from 1"):
        snd.compound_growth([0.1], 2.5)
    with pytest.raises(TypeError, match="rates: expected numbers"):
        snd.compound_growth(["a"], 2)


# --- flows -------------------------------------------------------------------------------


@settings(max_examples=100)
@given(st.lists(st.floats(1.0, 1e6), min_size=2, max_size=20))
def test_stocks_that_only_flows_change_grow_as_they_do(levels):
    x = np.array(levels)
    g = snd.flow_growth(snd.growth_rate(x, method="difference"), x)
    np.testing.assert_allclose(g, snd.growth_rate(x), rtol=1e-15, atol=2e-16)
    np.testing.assert_allclose(snd.chain(g, x[0]), x, rtol=1e-9)


# --- all of them: shapes, types, containers ----------------------------------------------


def noise(shape):
    """Rates with a few missing; the first two periods have none."""
    rng = np.random.default_rng(11)
    x = rng.normal(0.02, 0.1, shape)
    x[rng.random(shape) < 0.05] = NAN
    x[:2] = NAN
    return x


CALLS = {
    "chain": lambda x, axis: snd.chain(x, lag=2, axis=axis),
    "backward": lambda x, axis: snd.chain(x, lag=2, axis=axis, backward=True, periods_per_year=4),
    "rebase": lambda x, axis: snd.rebase(x, slice(2, 5), axis=axis, skipna=True),
    "link_series": lambda x, axis: snd.link_series(x + 1.5, x, 4, axis=axis),
    "compound_growth": lambda x, axis: snd.compound_growth(x, 3, axis=axis),
    "average": lambda x, axis: snd.compound_growth(x, 3, axis=axis, average=True),
    "flow_growth": lambda x, axis: snd.flow_growth(x, x + 2.0, axis=axis),
}


@pytest.mark.parametrize("name", CALLS)
def test_lanes_are_computed_each_for_itself(name):
    call = CALLS[name]
    x = noise((9, 5, 3))
    x[4] = np.abs(np.nan_to_num(x[4])) + 1.0
    want = np.stack(
        [np.stack([call(np.ascontiguousarray(x[:, i, k]), 0) for k in range(3)], 1) for i in range(5)], 1
    )
    assert np.array_equal(call(x, 0), want, equal_nan=True)
    for axis in (1, 2, -1):
        moved = np.ascontiguousarray(np.moveaxis(x, 0, axis))
        got = call(moved, axis)
        assert got.shape == moved.shape
        assert np.array_equal(np.moveaxis(got, axis, 0), want, equal_nan=True)
    order = [4, 2, 0, 3, 1]
    assert np.array_equal(call(x[:, order], 0), want[:, order], equal_nan=True)
    assert np.array_equal(call(x[:, ::-1], 0), want[:, ::-1], equal_nan=True)
    assert np.array_equal(call(np.asfortranarray(x), 0), want, equal_nan=True)


@pytest.mark.parametrize("name", CALLS)
def test_types_and_containers_are_kept(name):
    call = CALLS[name]
    x = noise((9, 3))
    x[4] = 1.0
    want = call(x, 0)
    single = call(x.astype(np.float32), 0)
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, call(x.astype(np.float32).astype(float), 0), rtol=2e-7)
    index = pd.period_range("2020", periods=9, freq="Q")
    frame = pd.DataFrame(x, index=index, columns=list("abc"))
    frame.attrs["unit"] = "t"
    got = call(frame, 0)
    assert got.index.equals(index)
    assert got.columns.tolist() == list("abc")
    assert np.array_equal(got, want, equal_nan=True)
    assert call(frame.T, 1).T.equals(got)
    assert got.attrs == {"unit": "t"}
    column = call(frame["b"], 0)
    assert column.name == "b"
    assert column.equals(got["b"])
    nullable = call(frame.astype({"a": "Float64"}), 0)
    assert nullable["a"].dtype == "Float64"
    assert nullable["a"].isna().tolist() == np.isnan(want[:, 0]).tolist()
    assert nullable["b"].equals(got["b"])
    polars = call(pl.DataFrame(x, schema=list("abc")).fill_nan(None), 0)
    assert polars.columns == list("abc")
    assert polars["c"].is_null().to_list() == np.isnan(want[:, 2]).tolist()
    assert np.array_equal(polars.fill_null(NAN).to_numpy(), want, equal_nan=True)
    assert call(pl.Series("p", x[:, 0]), 0).name == "p"
    array = xr.DataArray(x, dims=("t", "unit"), coords={"t": range(9)}, name="q", attrs={"unit": "t"})
    cube = call(array, 0)
    assert cube.dims == array.dims
    assert cube.attrs == {"unit": "t"}
    assert np.array_equal(cube, want, equal_nan=True)
    masked = np.ma.MaskedArray(np.nan_to_num(x, nan=7.0), np.isnan(x))
    assert np.array_equal(call(masked, 0), want, equal_nan=True)
    assert np.array_equal(
        call(x.tolist(), 0) if name not in ("link_series", "flow_growth") else want, want, equal_nan=True
    )


@pytest.mark.parametrize("name", CALLS)
def test_empty_input_gives_an_empty_result(name):
    call = CALLS[name]
    assert call(np.empty((9, 0)), 0).shape == (9, 0)
    if name not in ("rebase", "link_series"):  # there a period is asked for
        assert call(np.empty((0, 3)), 0).shape == (0, 3)
        assert call(np.empty(0), 0).shape == (0,)


@pytest.mark.parametrize("name", CALLS)
def test_threads_change_nothing(name, monkeypatch):
    x = noise((9, 30_000))
    x[4] = 1.0
    results = []
    for threads in ("1", "3"):
        monkeypatch.setenv("SNDSTATS_NUM_THREADS", threads)
        results.append(CALLS[name](x, 0))
    assert np.array_equal(*results, equal_nan=True)


def test_integers_are_figures():
    assert snd.rebase(np.array([5, 8, 10], np.int16), 1).tolist() == [62.5, 100.0, 125.0]
    assert snd.rebase([5, 8, 10], 1).tolist() == [62.5, 100.0, 125.0]
    assert snd.compound_growth(np.array([1, 1, 1], np.int32), 2)[1:].tolist() == [3.0, 3.0]
    assert snd.flow_growth(np.array([1, 2], np.uint8), np.array([4, 5], np.int64))[1] == 0.5
    assert snd.link_series([1, 2, 3], [NAN, 4, 6]).tolist() == [2.0, 4.0, 6.0]
    assert snd.chain(pd.Series([None, 1, 2], dtype="Int64"), 1).tolist() == [1.0, 2.0, 6.0]
    # The mean of the base year comes from the exact integers.
    large = np.array([2**62, 2**62 + 1, 2**62 + 2])
    assert snd.rebase(large, slice(0, 3), to=1.0)[1] == 1.0


def test_labelled_starts_must_be_those_of_the_rates():
    index = pd.period_range("2020", periods=4, freq="Y")
    x = pd.DataFrame({"a": [1.0, 2.0, 4.0, 8.0], "b": [1.0, 3.0, 9.0, 27.0]}, index=index)
    g, g2 = snd.growth_rate(x), snd.growth_rate(x, 2)
    assert snd.chain(g, x.iloc[0]).equals(x)
    assert snd.chain(g, x.iloc[:1]).equals(x)
    assert snd.chain(g2, x.iloc[:2], lag=2).equals(x)
    assert snd.chain(g2, x.iloc[-2:], lag=2, backward=True).equals(x)
    assert snd.chain(g.T, x.iloc[0], axis=1).T.equals(x)
    assert snd.chain(g2["a"], x["a"].iloc[:2], lag=2).equals(x["a"])
    assert snd.chain(g2, x["a"].iloc[:2], lag=2)["a"].equals(x["a"])
    mixed = g2.astype({"b": "Float64"})
    assert snd.chain(mixed, x.iloc[:2], lag=2)["b"].tolist() == x["b"].tolist()
    with pytest.raises(ValueError, match="start: its index differs from that of the rates"):
        snd.chain(g2["a"], x["a"].iloc[1:3], lag=2)
    with pytest.raises(ValueError, match="start: its index differs from that of the rates"):
        snd.chain(g, x.iloc[0].rename({"b": "c"}))
    with pytest.raises(ValueError, match="start: its index differs from the index of rates"):
        snd.chain(g2, x.iloc[:2], lag=2, backward=True)
    p = pl.DataFrame({"a": [1.0, 2.0, 4.0], "b": [1.0, 3.0, 9.0]})
    assert snd.chain(snd.growth_rate(p), p[:1]).equals(p)
    with pytest.raises(ValueError, match="start: its columns differ from those of rates"):
        snd.chain(snd.growth_rate(p), p[:1].select("b", "a"))
    cube = xr.DataArray(x.to_numpy(), dims=("t", "unit"), coords={"t": range(4), "unit": ["a", "b"]})
    rates = snd.growth_rate(cube, 2)
    assert snd.chain(rates, cube[:2].transpose("unit", "t"), lag=2).equals(cube)
    assert snd.chain(snd.growth_rate(cube), cube.isel(t=0)).equals(cube)
    with pytest.raises(ValueError, match="start: its dimensions or coordinates differ from those of rates"):
        snd.chain(rates, cube[:2], lag=2, backward=True)
    # As many units as the lag has periods.
    with pytest.raises(ValueError, match="start: expected dimension 't', the first 2 periods"):
        snd.chain(rates, cube.isel(t=0, drop=True), lag=2)
    deep = xr.concat([cube, 2 * cube], "k")
    units = cube.isel(t=0, drop=True)
    got = snd.chain(snd.growth_rate(deep, axis=1), units, axis=1)
    assert np.array_equal(got[0], cube)
    assert np.array_equal(got[1], cube)


def test_a_container_beside_an_array_gives_the_container():
    flows, stocks = np.array([1.0, 2.0]), pd.Series([4.0, 5.0], index=["a", "b"], name="stock")
    for got in (snd.flow_growth(flows, stocks), snd.flow_growth(pd.Series(flows, stocks.index), [4.0, 5.0])):
        assert got.index.tolist() == ["a", "b"]
        assert got["b"] == 0.5
    got = snd.flow_growth(stocks, pd.Series([4, None], index=["a", "b"], dtype="Int64"))
    assert got.isna().tolist() == [True, False]
    assert got.dtype == "Float64"
    assert snd.link_series(np.float32([1, 2]), np.array([NAN, 3.0])).dtype == np.float64
    frame = pl.DataFrame({"a": [1.0, 2.0]})
    assert snd.flow_growth([[1.0], [2.0]], frame)["a"].to_list() == [None, 2.0]
    with pytest.raises(ValueError, match="axis: expected 0 for a polars frame"):
        snd.flow_growth(frame, frame, axis=1)
