"""Spans in years against `datetime` and fractions, an anniversary at a time."""

import datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sndstats.spans import date_after, has_dates, years_between

DATES = st.dates(datetime.date(1890, 1, 1), datetime.date(2110, 12, 31))


def anniversary(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def span(start, end):
    """The definition, in exact rationals."""
    if end < start:
        return -span(end, start)
    years = 0
    while anniversary(start, years + 1) <= end:
        years += 1
    before = anniversary(start, years)
    return years + Fraction((end - before).days, (anniversary(start, years + 1) - before).days)


@given(DATES, DATES)
def test_spans_of_dates_are_those_of_the_calendar(start, end):
    assert float(years_between("start", start, "end", end)) == pytest.approx(
        float(span(start, end)), abs=1e-13
    )


@given(DATES, st.floats(-90, 90))
def test_a_date_after_is_the_day_with_the_nearest_span(start, years):
    found = date_after(start, years).item()
    off = abs(span(start, found) - Fraction(years))
    for days in (-1, 1):
        beside = found + datetime.timedelta(days)
        assert off <= abs(span(start, beside) - Fraction(years)) + Fraction(1, 10**12)


@given(DATES, DATES)
def test_a_span_leads_back_to_its_end(start, end):
    back = date_after(start, years_between("start", start, "end", end)).item()
    # Counting from 29 February, or to it from behind, two days may be as far away.
    assert back == end or span(start, back) == span(start, end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2015-01-01", "2030-01-01", Fraction(15)),
        ("2020-02-29", "2021-02-28", Fraction(1)),
        ("2020-02-29", "2021-02-27", Fraction(364, 365)),
        ("2020-02-29", "2024-02-28", 3 + Fraction(365, 366)),
        ("2023-01-01", "2023-07-01", Fraction(181, 365)),
        ("2024-01-01", "2024-07-01", Fraction(182, 366)),
        ("2023-07-01", "2024-06-30", Fraction(365, 366)),
        ("2024-07-01", "2023-01-01", -1 - Fraction(182, 366)),
        ("1969-12-31T23:00", "1970-12-31T01:00", Fraction(1)),
    ],
)
def test_spans_by_hand(start, end, expected):
    got = years_between("start", np.datetime64(start), "end", np.datetime64(end))
    assert got.dtype == np.float64
    assert float(got) == pytest.approx(float(expected), rel=4e-16)


def test_all_kinds_of_dates_are_read():
    expected = np.array([1.0, 2.0])
    end = np.array(["2021-05-01", "2022-05-01"], "datetime64[D]")
    several = [
        end,
        end.astype("datetime64[M]"),
        end.astype("datetime64[ns]") + np.timedelta64(23, "h"),
        end.tolist(),
        list(end),
        pd.Series(end),
        pd.DatetimeIndex(end, tz="Asia/Shanghai"),
        pd.PeriodIndex(["2021-05", "2022-05"], freq="M"),
        pd.Series(pd.PeriodIndex(["2021-05", "2022-05"], freq="M")),
        [pd.Period("2021-05", "M"), pd.Period("2022-05", "M")],
        [pd.Timestamp("2021-05-01", tz="UTC"), pd.Timestamp("2022-05-01 12:00")],
        pl.Series(end.tolist()),
        pl.Series(end.astype("datetime64[us]")).dt.replace_time_zone("Asia/Shanghai"),
    ]
    one = [
        datetime.date(2020, 5, 1),
        datetime.datetime(2020, 5, 1, 17),
        np.datetime64("2020-05"),
        pd.Timestamp("2020-05-01", tz="Asia/Shanghai"),
        pd.Period("2020-05", "M"),
        np.array("2020-05-01", "datetime64[D]"),
    ]
    for dates in several:
        for start in one:
            got = years_between("start", start, "end", dates)
            assert got.tolist() == expected.tolist(), (start, dates)
    assert years_between(
        "start", np.datetime64("2020"), "end", pd.PeriodIndex(["2021"], freq="Y")
    ).tolist() == [1]


def test_numbers_are_subtracted():
    assert years_between("start", 2015, "end", [2023, 2030.5]).tolist() == [8.0, 15.5]
    assert years_between("start", pd.Series([1, 2]), "end", pl.Series([3, None])).tolist()[0] == 2.0
    assert np.isnan(years_between("start", np.inf, "end", np.inf))
    assert years_between("start", np.zeros((2, 1)), "end", np.arange(3)).shape == (2, 3)


def test_missing_times_are_nan():
    day = np.datetime64("2020-01-01")
    for gone in (
        np.array(["NaT"], "datetime64[D]"),
        [None],
        [pd.NaT],
        pl.Series([None], dtype=pl.Date),
        np.ma.masked_array([day], mask=[True]),
    ):
        assert np.isnan(years_between("start", day, "end", gone)).tolist() == [True]
        assert np.isnan(years_between("start", gone, "end", day)).tolist() == [True]
    assert years_between("start", [None, day.item()], "end", day + 366)[1] == 1.0
    assert np.isnan(years_between("start", [2015, None], "end", 2020)).tolist() == [False, True]


def test_numbers_beside_dates_are_refused():
    day = datetime.date(2020, 1, 1)
    with pytest.raises(TypeError, match="start: numbers beside the dates of now"):
        years_between("start", 2015, "now", day)
    with pytest.raises(TypeError, match="now: numbers beside the dates of start"):
        years_between("start", [day], "now", 2020.0)
    with pytest.raises(TypeError, match="now: expected numbers or dates, got <U"):
        years_between("start", 2015, "now", "2020-01-01")
    with pytest.raises(TypeError, match="now: expected numbers"):
        years_between("start", day, "now", [day, 3])
    with pytest.raises(ValueError, match="shapes do not broadcast: start \\(2,\\), now \\(3,\\)"):
        years_between("start", [1, 2], "now", [1, 2, 3])
    with pytest.raises(ValueError, match="start: too far from 1970"):
        years_between("start", np.array([2**60], "datetime64[Y]"), "now", day)
    with pytest.raises(TypeError, match="start: expected dates"):
        date_after(2015, 3.0)


def test_dates_out_of_reach_are_nat():
    day = np.datetime64("2020-01-01")
    assert np.isnat(date_after(day, [np.nan, np.inf, -np.inf, 1e15, 1e300])).all()
    assert np.isnat(date_after(np.array(["NaT"], "M8[D]"), 1.0)).all()
    assert np.isnat(date_after([None], 1.0)).all()
    assert date_after(day, 1e14).astype("M8[Y]").astype(int) == 50 + 10**14
    assert date_after(day, [0.5, -0.5]).tolist() == [datetime.date(2020, 7, 2), datetime.date(2019, 7, 2)]
    assert date_after(np.full((2, 1), day), np.zeros(3)).shape == (2, 3)


def test_empty_and_kinds():
    nothing = np.array([], "datetime64[D]")
    assert years_between("start", nothing, "end", np.datetime64("2020-01-01")).shape == (0,)
    assert date_after(nothing, 1.0).shape == (0,)
    assert has_dates("now", nothing)
    assert not has_dates("now", 2020)
