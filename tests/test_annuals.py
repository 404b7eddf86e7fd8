"""Growth of annual averages against exact rationals, along any axis and in any container."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

LEVELS = st.floats(1e-3, 1e6)


def within_two_ulp(got, want):
    return abs(Fraction(float(got)) - want) <= 2 * Fraction(math.ulp(float(want)))


@settings(max_examples=200)
@given(st.integers(1, 13), st.data())
def test_carry_over_is_the_growth_of_a_year_that_stays_where_it_is(year, data):
    known = data.draw(st.integers(0, year))
    x = data.draw(st.lists(LEVELS, min_size=year + known, max_size=year + known))
    exact = list(map(Fraction, x))
    now = exact[year:] + [exact[-1]] * (year - known)
    want = sum(now) / sum(exact[:year]) - 1
    assert within_two_ulp(snd.carry_over([5.0, *x], year, known=known), want)


@settings(max_examples=200)
@given(st.integers(1, 13), st.data())
def test_annual_growth_is_carry_over_times_growth_during_the_year(year, data):
    x = data.draw(st.lists(LEVELS, min_size=2 * year, max_size=2 * year))
    exact = list(map(Fraction, x))
    before, now, end = sum(exact[:year]) / year, sum(exact[year:]) / year, exact[year - 1]
    got = snd.annual_growth(x, year)
    for value, want in zip(got, (now / before, end / before, now / end, exact[-1] / end), strict=True):
        assert within_two_ulp(value, want - 1)
    size = (1 + abs(got.carry_over)) * (1 + abs(got.during))
    assert abs((1 + got.carry_over) * (1 + got.during) - (1 + got.annual)) <= 1e-15 * size


@pytest.mark.parametrize("size", [2.0**-1060, 2.0**-1020, 2.0**1000, 2.0**1021])
def test_the_ends_of_the_range_are_like_its_middle(size):
    x = [1.25, 2.5, 1.75, 2.125, 1.5, 2.25, 1.0, 3.0]
    scaled = [v * size for v in x]
    assert snd.annual_growth(scaled, 4) == snd.annual_growth(x, 4)
    assert snd.carry_over(scaled, 4, known=2) == snd.carry_over(x, 4, known=2)


def test_changes_in_the_last_digit_are_seen():
    x = [1e15, 1e15, 1e15 + 0.125]
    assert snd.carry_over(x, 3) == pytest.approx(float(Fraction(1, 4) / (3 * Fraction(10) ** 15)), rel=1e-12)


@pytest.mark.parametrize("threads", [1, 3])
def test_any_axis_of_any_layout(threads, monkeypatch):
    monkeypatch.setenv("SNDSTATS_NUM_THREADS", str(threads))
    x = np.random.default_rng(4).random((30, 7, 1100)) + 0.5
    want = 12 * x[-1] / x[-13:-1].sum(0) - 1
    np.testing.assert_allclose(snd.carry_over(x, 12, known=1), want, rtol=0, atol=2e-15)
    moved = np.moveaxis(x, 0, 2)
    np.testing.assert_array_equal(snd.carry_over(moved, 12, known=1, axis=-1), snd.carry_over(x, 12, known=1))
    np.testing.assert_array_equal(
        snd.carry_over(x[:, ::-1, ::2], 12, known=1), snd.carry_over(x, 12, known=1)[::-1, ::2]
    )
    assert snd.carry_over(x.astype(np.float32), 12).dtype == np.float32
    assert snd.carry_over(np.arange(1, 25), 12) == pytest.approx(24 / 18.5 - 1)
    assert snd.carry_over(np.empty((12, 0)), 12).shape == (0,)


def test_containers_come_back_without_the_axis():
    polars, xarray = pytest.importorskip("polars"), pytest.importorskip("xarray")
    frame = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [4.0, 3, 2, 1]}, index=[6, 7, 8, 9])
    want = pd.Series([8 / 7 - 1, 2 / 3 - 1], index=["a", "b"])
    pd.testing.assert_series_equal(snd.carry_over(frame, 2), want)
    got = snd.annual_growth(frame, 2)
    pd.testing.assert_series_equal(got.annual, pd.Series([7 / 3 - 1, 3 / 7 - 1], index=["a", "b"]))
    assert snd.annual_growth(frame["a"], 2).end == 1.0
    across = snd.carry_over(frame, 2, axis=1)
    assert across.index.tolist() == [6, 7, 8, 9]
    nullable = snd.carry_over(pd.DataFrame({"a": [1, None], "b": [2, 4]}, dtype="Int64"), 2)
    assert nullable.isna().tolist() == [True, False]
    assert str(nullable.dtype) == "Float64"
    rows = snd.annual_growth(polars.DataFrame({"a": [1.0, 2, 3, 4], "b": [4, 3, 2, None]}), 2).end
    assert rows.to_dict(as_series=False) == {"a": [1.0], "b": [None]}
    cube = xarray.DataArray(
        frame.to_numpy(), dims=("t", "k"), coords={"t": frame.index, "k": ["a", "b"]}, attrs={"unit": "t"}
    )
    taken = snd.annual_growth(cube, 2).annual
    assert (taken.dims, taken.attrs, list(taken.coords)) == (("k",), {"unit": "t"}, ["k"])
    np.testing.assert_array_equal(taken, got.annual)
    assert math.isnan(snd.carry_over(np.ma.masked_array([1.0, 2.0], mask=[True, False]), 2))


@pytest.mark.parametrize(
    ("error", "message", "arguments"),
    [
        (ValueError, "values: expected at least 4 periods along axis 0, a year and 0 known, got 3", {}),
        (ValueError, "periods_per_year: expected a whole number from 1, got 0", {"periods_per_year": 0}),
        (ValueError, "periods_per_year: expected a whole number", {"periods_per_year": 2.5}),
        (ValueError, "known: expected a whole number from 0 to 4, got 5", {"known": 5}),
        (ValueError, "axis 1 is out of bounds", {"axis": 1}),
        (TypeError, "values: expected numbers", {"values": list("abcd")}),
        (ValueError, "values: expected at least one dimension", {"values": 3.0}),
    ],
)
def test_errors_name_the_argument(error, message, arguments):
    given_ = {"values": [1.0, 2.0, 3.0], "periods_per_year": 4} | arguments
    with pytest.raises(error, match=message):
        snd.carry_over(**given_)


def test_columns_of_a_frame_are_read_as_they_would_be_alone():
    for column in (["1", "2"], pd.Categorical([1, 2])):
        with pytest.raises(TypeError, match="values, column 'a': expected numbers, got"):
            snd.carry_over(pd.DataFrame({"a": column, "b": [1.0, 2.0]}), 2)
    mixed = pd.DataFrame({"a": [1.0, 3.0], "b": pd.array([None, 4], "Int64"), "c": [True, True]})
    assert snd.carry_over(mixed, 2).isna().tolist() == [False, True, False]
    across = snd.carry_over(mixed, 3, axis=1)
    assert across.isna().tolist() == [True, False]
    assert across[1] == 3 * 1 / (3 + 4 + 1) - 1
    with pytest.raises(ValueError, match="values: rows differ in length"):
        snd.carry_over([[1.0], [1.0, 2.0]], 1)


def test_two_years_are_needed():
    with pytest.raises(
        ValueError, match="values: expected at least 8 periods along axis 0, two years, got 7"
    ):
        snd.annual_growth([1.0] * 7, 4)
