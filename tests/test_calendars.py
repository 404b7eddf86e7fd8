"""Elapsed time of plans: published leads, days against months, leap years, weights, dates, errors."""

import datetime
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

NAN = math.nan


def day(text):
    return np.datetime64(text)


YEAR = {"first": day("2023-01-01"), "deadline": day("2023-12-31")}
MONTHS = {"first": day("2023-01"), "deadline": day("2023-12")}

# Published figures.


@pytest.mark.parametrize(
    ("completed", "month", "lead"),
    [(0.475, "2023-05-31", 5.83), (0.478, "2023-06-30", -2.2)],
)
def test_leads_that_district_reports_print(completed, month, lead):
    """47.5 % by the end of May is 5.83 points ahead of 序时进度, 47.8 % by the end of June 2.2 behind."""
    elapsed = snd.elapsed_share(day(month), **YEAR, freq="M")
    assert round(100 * float(snd.schedule_lead(0, completed, 1, elapsed)), 2) == lead


def test_earned_value_example():
    """PRA: planned 10, 20, 40, 70, 100 thousand; 35 earned by period 3: SPI 0.875, SV -5 thousand."""
    elapsed = snd.elapsed_share(3, first=1, deadline=5, weights=[10, 10, 20, 30, 30])
    assert elapsed == 0.4
    assert snd.pace(0, 35_000, 100_000, elapsed) == pytest.approx(0.875, rel=1e-15)
    assert snd.schedule_lead(0, 35_000, 100_000, elapsed) * 100_000 == pytest.approx(-5000, rel=1e-12)


# Days, months, years.


def test_months_are_not_equal_days():
    june = day("2023-06-30")
    assert snd.elapsed_share(june, **YEAR, freq="D") == 181 / 365
    assert snd.elapsed_share(june, **YEAR, freq="M") == 0.5
    assert snd.elapsed_share(june, **YEAR, freq="Q") == 0.5


@pytest.mark.parametrize(("year", "length"), [(1900, 365), (2000, 366), (2023, 365), (2024, 366)])
def test_leap_years(year, length):
    plan = {"first": datetime.date(year, 1, 1), "deadline": datetime.date(year, 12, 31), "freq": "D"}
    days = [datetime.date(year, 1, 1) + datetime.timedelta(k) for k in range(-1, length)]
    got = snd.elapsed_share(days, **plan)
    assert got.tolist() == [k / length for k in range(length + 1)]
    february = datetime.date(year, 3, 1) - datetime.timedelta(1)
    assert snd.elapsed_share(february, **plan) == (31 + 28 + (length == 366)) / length


def test_a_period_counts_as_a_whole_whatever_the_day():
    for text in ("2023-05-01", "2023-05-15T08:00", "2023-05-31"):
        assert snd.elapsed_share(day(text), **YEAR, freq="M") == 5 / 12


def test_first_belongs_to_the_plan_and_start_does_not():
    assert snd.elapsed_share(2023, first=2021, deadline=2025) == 0.6
    assert snd.elapsed_share(2023, start=2020, deadline=2025) == 0.6
    assert snd.elapsed_share(2023, start=2015, deadline=2030) == 8 / 15
    assert snd.elapsed_share(2023.5, start=2015, deadline=2030) == 8.5 / 15


def test_before_the_plan_and_after_it():
    got = snd.elapsed_share([2014, 2015, 2016, 2030, 2031, NAN], start=2015, deadline=2030)
    np.testing.assert_array_equal(got, [NAN, 0, 1 / 15, 1, 1, NAN])


def test_times_broadcast():
    got = snd.elapsed_share([[2020], [2023]], start=2015, deadline=[2020, 2025, 2030])
    np.testing.assert_array_equal(got, [[1, 0.5, 1 / 3], [1, 0.8, 8 / 15]])


# Weights.


@given(
    st.lists(st.floats(0, 1e300), min_size=1, max_size=40).filter(lambda w: sum(w) > 0),
    st.integers(0, 45),
)
@settings(max_examples=100)
def test_weights_against_exact_rationals(weights, now):
    exact = [Fraction(x) for x in weights]
    want = sum(exact[:now], Fraction(0)) / sum(exact)
    got = Fraction(float(snd.elapsed_share(now, first=1, deadline=len(weights), weights=weights)))
    assert abs(got - want) <= Fraction(math.ulp(float(want)))


@given(st.integers(1, 200), st.integers(0, 250))
@settings(max_examples=50)
def test_equal_weights_are_the_calendar(length, now):
    plan = {"first": 1, "deadline": length}
    assert snd.elapsed_share(now, **plan, weights=[7.0] * length) == snd.elapsed_share(now, **plan)


def test_shares_of_weights_never_fall_and_end_at_one():
    rng = np.random.default_rng(5)
    weights = 10 ** rng.uniform(-20, 20, 365)
    got = snd.elapsed_share(np.arange(366), first=1, deadline=365, weights=weights)
    assert got[0] == 0
    assert got[-1] == 1
    assert np.all(np.diff(got) >= 0)


def test_weights_of_months_by_dates():
    weights = pd.Series(range(1, 13))
    months = np.array(["2022-11", "2022-12", "2023-01", "2023-12", "2024-05", "NaT"], "M8[M]")
    got = snd.elapsed_share(months, **MONTHS, weights=weights)
    np.testing.assert_array_equal(got, [NAN, 0, 1 / 78, 1, 1, NAN])


# Containers.


def test_every_kind_of_date():
    five = 5 / 12
    for now in (
        day("2023-05"),
        datetime.date(2023, 5, 9),
        datetime.datetime(2023, 5, 31, 23, tzinfo=datetime.UTC),
        pd.Timestamp("2023-05-31 23:00", tz="Asia/Shanghai"),
        pd.Period("2023-05", "M"),
        pd.Period("2023-05-07", "D"),
    ):
        assert snd.elapsed_share(now, **MONTHS, freq="M") == five
    for many in (
        [datetime.date(2023, 5, 9), None],
        [day("2023-05"), None],
        [pd.Period("2023-05", "M"), pd.NaT],
        pd.PeriodIndex(["2023-05", None], freq="M"),
        pd.DatetimeIndex(["2023-05-02", None]),
        np.ma.masked_array(np.array(["2023-05", "2023-06"], "M8[M]"), [False, True]),
        np.array(["2023-05", "NaT"], "M8[ns]"),
    ):
        np.testing.assert_array_equal(snd.elapsed_share(many, **MONTHS, freq="M"), [five, NAN])
    assert math.isnan(snd.elapsed_share(None, **MONTHS))
    assert math.isnan(snd.elapsed_share(pd.NaT, **MONTHS))
    assert snd.elapsed_share(np.array([], "M8[M]"), **MONTHS).shape == (0,)


@pytest.mark.parametrize("weights", [None, [1.0] * 12])
def test_containers_keep_their_kind(weights):
    dates = pd.Series(pd.to_datetime(["2023-03-01", None]), index=["a", "b"], name="now")
    got = snd.elapsed_share(dates, **MONTHS, freq="M", weights=weights)
    pd.testing.assert_series_equal(got, pd.Series([0.25, NAN], index=["a", "b"], name="now"))
    column = pl.Series("now", [datetime.date(2023, 3, 9), None])
    assert snd.elapsed_share(column, **MONTHS, freq="M", weights=weights).to_list() == [0.25, None]
    array = xr.DataArray(np.array(["2023-03", "2023-06"], "M8[M]"), dims="k", coords={"k": [1, 2]})
    found = snd.elapsed_share(array, **MONTHS, freq="M", weights=weights)
    assert found.to_series().to_dict() == {1: 0.25, 2: 0.5}


def test_a_frame_of_plans():
    plans = pd.DataFrame({"from": [2015, 2020], "to": [2030, 2025]}, index=["sdg", "plan"])
    got = snd.elapsed_share(2023, start=plans["from"], deadline=plans["to"])
    pd.testing.assert_series_equal(got, pd.Series([8 / 15, 0.6], index=plans.index))
    with pytest.raises(ValueError, match="align"):
        snd.elapsed_share(2023, start=plans["from"], deadline=plans["to"][::-1])


# Bad input.


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"first": None}, ValueError, "first: expected either .* got neither"),
        ({"start": 0}, ValueError, "first: expected either .* got both"),
        ({"deadline": 0}, ValueError, "deadline: expected a time after the first period"),
        ({"first": None, "start": 12}, ValueError, "deadline: expected a time after the start"),
        ({"deadline": [12, 13, 14], "now": [1, 2]}, ValueError, "shapes do not broadcast"),
        ({"now": day("2023-05")}, TypeError, "first: numbers beside the dates of now"),
        ({"now": "May"}, TypeError, r"now: .*numpy.array\(now, "),
        ({"deadline": math.inf}, ValueError, "deadline: infinite"),
        ({"freq": "M"}, ValueError, "freq: goes with dates"),
        ({"now": [[1, 2], [3]]}, ValueError, "now: rows of different lengths"),
        ({"weights": [1.0] * 11}, ValueError, r"weights: expected 12, .* got shape \(11,\)"),
        ({"weights": 1.0}, ValueError, "weights: expected 12"),
        ({"weights": [0.0] * 12}, ValueError, "weights: expected finite ones with a sum above zero"),
        ({"weights": [1.0] * 11 + [NAN]}, ValueError, "weights: expected finite ones"),
        (
            {"weights": [1.0] * 11 + [-1.0]},
            ValueError,
            "weights: must not be negative, got -1.0 at position 11",
        ),
        ({"weights": ["a"] * 12}, TypeError, "weights: expected real numbers"),
        ({"weights": [1.0] * 12, "now": 5.5}, ValueError, "now: expected whole periods beside weights"),
        ({"weights": [1.0] * 12, "deadline": 12.5}, ValueError, "weights: go with a plan of whole periods"),
        ({"weights": [1.0] * 12, "deadline": [12, 12]}, ValueError, "weights: go with a single plan"),
        ({"weights": [1.0] * 12, "deadline": 10**12}, ValueError, "weights: go with a plan of whole periods"),
    ],
)
def test_errors_name_the_argument(change, error, text):
    given = {"now": 5, "first": 1, "deadline": 12} | change
    now = given.pop("now")
    with pytest.raises(error, match=text):
        snd.elapsed_share(now, **given)


def test_units_of_dates():
    with pytest.raises(ValueError, match="freq: needed for datetime64"):
        snd.elapsed_share(day("2023-05-31"), **YEAR)
    with pytest.raises(ValueError, match="freq: needed, as now counts M and deadline Y"):
        snd.elapsed_share(day("2023-05"), first=day("2023-01"), deadline=day("2023"))
    mixed = {"first": pd.Period("2023-01", "M"), "deadline": day("2023-12")}
    assert snd.elapsed_share(day("2023-06"), **mixed) == 0.5


# Integers of any width stand for themselves.


@pytest.mark.parametrize(
    "now", [pd.Series([5], dtype="UInt64"), pl.Series([5], dtype=pl.UInt64), np.array([5], np.uint64)]
)
def test_unsigned_times_compare_with_others(now):
    assert np.asarray(snd.elapsed_share(now, first=1, deadline=10)).tolist() == [0.5]
    weighted = snd.elapsed_share(now, first=1, deadline=10, weights=[1] * 10)
    assert np.asarray(weighted).tolist() == [0.5]


def test_times_far_apart_do_not_wrap():
    far, most = np.int64(-(2**63)), np.int64(2**63 - 1)
    assert math.isnan(snd.elapsed_share(far, first=most - 2, deadline=most, weights=[1, 1, 1]))
    assert snd.elapsed_share(most, first=far + 1, deadline=far + 3, weights=[1, 1, 1]) == 1
    with pytest.raises(ValueError, match="now: 9223372036854775813 is beyond the 64-bit integers"):
        snd.elapsed_share(np.uint64(2**63 + 5), first=1, deadline=12)
