"""Panels: rows in any order, gaps, times of any kind, against a dictionary of rows."""

import datetime
import math
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core

NAN = math.nan
LAGS = [1, 2, 12, -1]


def by_dictionary(values, groups, time, lag):
    """The definition: look the earlier period of the same unit up."""
    at = dict(zip(zip(groups, time, strict=True), values, strict=True))
    bases = (at.get((g, t - lag), NAN) for g, t in zip(groups, time, strict=True))
    return [y / x - 1 for x, y in zip(bases, values, strict=True)]


def draw(seed, units, periods, keep, stride=1):
    """Random rows of a panel with gaps, in random order."""
    rng = random.Random(seed)
    cells = [(g, stride * t) for g in range(units) for t in range(periods) if rng.random() < keep]
    rng.shuffle(cells)
    groups, time = map(list, zip(*cells, strict=True))
    return [rng.uniform(1, 9) for _ in cells], groups, time


@pytest.mark.parametrize("keep", [1.0, 0.9, 0.3])
@pytest.mark.parametrize("stride", [1, 10**12])
@pytest.mark.parametrize("in_order", [False, True])
@pytest.mark.parametrize("threads", [1, 2, 4])
def test_rows_in_any_order_with_gaps(keep, stride, in_order, threads):
    values, groups, time = draw(5, 40, 60, keep, stride)
    if in_order:
        groups, time, values = map(list, zip(*sorted(zip(groups, time, values, strict=True)), strict=True))
    lags = [lag * stride for lag in LAGS]
    want = [by_dictionary(values, groups, time, lag) for lag in lags]
    got = snd.growth_rate(values, lags, groups=groups, time=time, threads=threads)
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-14)
    panel = snd.Panel(groups, time, threads=threads)
    assert panel.is_sorted is in_order
    assert panel.n_units == 40
    wide = np.column_stack([values, values, np.ones(len(values))])
    for lag, row in zip(lags, got, strict=True):
        np.testing.assert_array_equal(panel.growth_rate(values, lag), row)
        np.testing.assert_array_equal(panel.growth_rate(wide, lag)[:, 1], row)
        np.testing.assert_array_equal(panel.growth_rate(wide.T, lag, axis=1)[0], row)
        np.testing.assert_array_equal(panel.growth_reason(values, lag) == 3, np.isnan(row))


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([1, 3, 10**10]), st.randoms(use_true_random=False))
def test_permuted_rows_give_permuted_rates(seed, stride, rng):
    values, groups, time = map(np.array, draw(seed, 4, 9, 0.7, stride))
    order = list(range(len(values)))
    rng.shuffle(order)
    whole = snd.growth_rate(values, [1, -2 * stride, stride], groups=groups, time=time)
    again = snd.growth_rate(values[order], [1, -2 * stride, stride], groups=groups[order], time=time[order])
    np.testing.assert_array_equal(again, whole[:, order])


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.lists(st.integers(-9, 9), min_size=1, max_size=4), st.booleans())
def test_a_plan_used_again_gives_what_a_fresh_call_gives(seed, lags, in_order):
    values, groups, time = map(np.array, draw(seed, 4, 9, 0.7))
    if in_order:
        order = np.lexsort((time, groups))
        values, groups, time = values[order], groups[order], time[order]
    columns = np.column_stack([values, values[::-1], np.where(values > 5, NAN, -values)])
    panel = snd.Panel(groups, time)
    for method in ("simple", "log", "difference"):
        for x in (values, columns):
            fresh = snd.growth_rate(x, lags, groups=groups, time=time, method=method)
            np.testing.assert_array_equal(panel.growth_rate(x, lags, method=method), fresh)
    fresh = snd.growth_reason(columns, lags, groups=groups, time=time)
    np.testing.assert_array_equal(panel.growth_reason(columns, lags), fresh)


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 2**30))
def test_dropped_rows_only_turn_rates_into_fill(seed, which):
    values, groups, time = map(np.array, draw(seed, 4, 9, 0.8))
    kept = np.array([which >> (i % 30) & 1 == 1 for i in range(len(values))])
    whole = snd.growth_rate(values, groups=groups, time=time, fill=-9.0)[kept]
    less = snd.growth_rate(values[kept], groups=groups[kept], time=time[kept], fill=-9.0)
    assert np.all((less == whole) | (less == -9.0))


def test_groups_may_interleave_without_time():
    panel = snd.Panel(list("ababab"))
    assert (panel.n_units, panel.n_gaps, panel.is_sorted, len(panel)) == (2, 0, False, 6)


SAME_YEARS = [
    [2020, 2021, 2023],
    np.array([2020, 2021, 2023], np.int16),
    np.array([2020, 2021, 2023], ">i4"),
    np.array([2020, 2021, 2023], np.uint64) + np.uint64(2**63 - 2021),
    [2020.0, 2021.0, 2023.0],
    np.array(["2020", "2021", "2023"], "M8[Y]"),
    pd.PeriodIndex(["2020", "2021", "2023"], freq="Y"),
    pd.Series([2020, 2021, 2023], dtype="Int64"),
    pd.Series(pd.PeriodIndex(["2020", "2021", "2023"], freq="Y")),
]


@pytest.mark.parametrize("time", SAME_YEARS, ids=lambda t: f"{type(t).__name__}-{getattr(t, 'dtype', 'int')}")
def test_times_of_many_kinds(time):
    np.testing.assert_array_equal(
        snd.growth_rate([1.0, 2.0, 4.0], [1, 2], time=time), [[NAN, 1, NAN], [NAN, NAN, 1]]
    )


@pytest.mark.parametrize(
    ("time", "freq"),
    [
        (["2023-12-31", "2024-01-01"], "Y"),
        (["2023-12-31", "2024-03-31"], "Q"),
        (["1969-12-31", "1970-01-01"], "M"),
        (["2024-01-07", "2024-01-08"], "W"),
        (["1969-12-28", "1969-12-29"], "W"),
        (["2024-02-28", "2024-02-29"], "D"),
        (["2024-01-07T23:59", "2024-01-08T00:00"], "D"),
        (["2024-01-07T23:59", "2024-01-08T00:00"], "h"),
        (["2024-01-07T23:59", "2024-01-08T00:00"], "min"),
        (["1969-12-31T23:59:59.9", "1970-01-01T00:00"], "s"),
    ],
)
def test_a_date_is_the_period_that_holds_it(time, freq):
    for unit in ("ms", "ns"):
        dates = np.array(time, f"M8[{unit}]")
        for form in (dates, pd.DatetimeIndex(dates), pd.Series(dates).dt.tz_localize("Asia/Shanghai")):
            assert snd.growth_rate([1.0, 3.0], time=form, freq=freq)[1] == 2.0
        assert snd.growth_reason([1.0, 3.0], 2, time=dates, freq=freq)[1] == snd.Reason.NO_PERIOD


def test_dates_of_python_and_months_within_longer_steps():
    days = [datetime.date(2024, 1, 31), datetime.date(2024, 2, 29)]
    assert snd.growth_rate([1.0, 3.0], time=days, freq="M")[1] == 2.0
    months = np.array(["2023-12", "2024-01"], "M8[M]")
    assert snd.growth_rate([1.0, 3.0], time=months, freq="Y")[1] == 2.0
    quarters = pd.PeriodIndex(["2023Q4", "2024Q1"], freq="Q")
    assert snd.growth_rate([1.0, 3.0], time=quarters)[1] == 2.0
    assert snd.growth_rate([1.0, 3.0], time=quarters, freq="Y")[1] == 2.0
    assert snd.growth_rate([1.0, 3.0], time=pd.PeriodIndex(["2024-01", "2024-03"], freq="2M"))[1] == 2.0


@pytest.mark.parametrize(
    ("error", "message", "options"),
    [
        (
            ValueError,
            "time: rows 1 and 3 are both group b, time 7",
            {"groups": list("abbb"), "time": [7, 7, 8, 7]},
        ),
        (ValueError, "time: rows 0 and 2 are both time 5;", {"time": [5, 6, 5, 6]}),
        (ValueError, "time: rows 0 and 1 are both time 5;", {"time": [5, 5, 10**12, 6]}),
        (ValueError, "time: missing at row 1, 2;", {"time": [1.0, NAN, NAN, 2]}),
        (ValueError, "time: missing at row 3;", {"time": np.array(["2020", "2021", "2022", "NaT"], "M8[Y]")}),
        (ValueError, "time: missing at row 0;", {"time": pd.Series([None, 1, 2, 3], dtype="Int64")}),
        (ValueError, "groups: missing at row 1;", {"groups": ["a", None, "b", "b"]}),
        (ValueError, "groups: missing at row 2;", {"groups": [1.0, 2.0, NAN, 2.0], "time": [1, 2, 3, 4]}),
        (ValueError, r"groups: expected shape \(4,\) as time has", {"groups": [1, 2], "time": [1, 2, 3, 4]}),
        (ValueError, r"groups: expected one dimension, got shape \(\)", {"groups": "abcd"}),
        (ValueError, "time: expected one dimension", {"time": [[1], [2, 3]]}),
        (ValueError, "freq: expected one of", {"time": np.array([1, 2, 3, 4], "M8[D]"), "freq": ["M"]}),
        (ValueError, "time: too far from 1970", {"time": np.array([1, 2, 3, 2**62], "M8[Y]"), "freq": "D"}),
        (ValueError, r"time: expected one dimension, got shape \(4, 1\)", {"time": [[1], [2], [3], [4]]}),
        (ValueError, "freq: expected one of Y, Q, M", {"time": np.array([1, 2, 3, 4], "M8[D]"), "freq": "m"}),
        (ValueError, "freq: goes with dates", {"time": [1, 2, 3, 4], "freq": "M"}),
        (TypeError, "time: expected integers, whole floats or dates.*parse text", {"time": list("abcd")}),
        (TypeError, "time: expected integers", {"time": [True, False, True, False]}),
        (TypeError, "time: .*got object; drop missing ones", {"time": [1, None, 2, 3]}),
        (ValueError, "time: infinite at row 2;", {"time": [1.0, 2.0, math.inf, 3.0]}),
        (ValueError, r"time: 1e\+19 at row 1 is beyond the 64-bit integers", {"time": [1.0, 1e19, 2.0, 3.0]}),
    ],
)
def test_errors_name_rows_groups_and_times(error, message, options):
    with pytest.raises(error, match=message):
        snd.growth_rate([1.0, 2.0, 3.0, 4.0], **options)
    with pytest.raises(error, match=message):
        snd.Panel(**options)


def test_a_panel_needs_something():
    with pytest.raises(ValueError, match="groups, time: expected at least one"):
        snd.Panel()
    with pytest.raises(ValueError, match=r"values: expected 2 rows along axis 0"):
        snd.Panel([1, 1]).growth_rate([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="axis 1"):
        snd.Panel([1, 1]).lag([1.0, 2.0], axis=1)


@pytest.mark.parametrize(
    "groups",
    [
        np.array([2**40, 2**40, -5, -5]),
        np.array([7, 7, 3, 3], np.uint64) + np.uint64(2**63),
        np.array([1, 1, 0, 0], np.int8),
        ["b", "b", "a", "a"],
        pd.Categorical(["b", "b", "a", "a"], categories=["c", "b", "a"]),
        np.array([1.5, 1.5, -0.0, 0.0]),
        np.array(["2024-02", "2024-02", "2024-01", "2024-01"], "M8[M]"),
    ],
    ids=lambda g: str(getattr(g, "dtype", "list")),
)
def test_groups_of_many_kinds(groups):
    for time in (None, [1, 2, 1, 2], [2, 1, 2, 1]):
        want = [1.0, NAN, 2.0, NAN] if time == [2, 1, 2, 1] else [NAN, 1.0, NAN, 2.0]
        values = [2.0, 1.0, 3.0, 1.0] if time == [2, 1, 2, 1] else [1.0, 2.0, 1.0, 3.0]
        np.testing.assert_array_equal(snd.growth_rate(values, groups=groups, time=time), want)
        assert snd.Panel(groups, time).n_units == 2


def test_a_plan_keeps_nothing_of_its_inputs():
    for time in (np.array([1, 2, 4]), np.array([1, 2, 2**40]), np.array([4, 2, 1])):
        panel = snd.Panel(None, time)
        before = panel.growth_rate([1.0, 2.0, 3.0], [1, 2])
        time[:] = [9, 1, 5]
        np.testing.assert_array_equal(panel.growth_rate([1.0, 2.0, 3.0], [1, 2]), before)


def test_lag_gives_the_earlier_values_of_any_type():
    panel = snd.Panel(["a", "b", "a", "b"], [2, 1, 1, 3])
    np.testing.assert_array_equal(panel.lag([5, 6, 7, 8]), [7.0, NAN, NAN, NAN])
    whole = panel.lag(np.array([5, 2**62 + 1, 7, 8]), [2, -2], fill=-1)
    assert whole.tolist() == [[-1, -1, -1, 2**62 + 1], [-1, 8, -1, -1]]
    assert panel.lag(np.ones((2, 4), np.float32), axis=-1).dtype == np.float32
    dates = np.array(["2020", "2021", "2022", "2023"], "M8[Y]")
    assert panel.lag(dates).astype(str).tolist() == ["2022", "NaT", "NaT", "NaT"]
    assert panel.lag(["p", "q", "r", "s"], fill="").tolist() == ["r", "", "", ""]
    series = panel.lag(pd.Series([1, 2, 3, 4], dtype="Int64", name="q"))
    assert series.isna().tolist() == [False, True, True, True]
    assert series.name == "q"
    assert series[0] == 3
    frame = panel.lag(pd.DataFrame({"v": [1.0, 2, 3, 4], "w": list("pqrs")}), [1, -1])
    assert frame["w", 1].tolist()[0] == "r"
    assert frame["v", -1].tolist()[2] == 1.0


def test_values_and_panel_must_have_one_index():
    groups = pd.Series([1, 1], index=["x", "y"])
    panel = snd.Panel(groups)
    values = pd.Series([1.0, 2.0], index=["x", "y"])
    assert panel.growth_rate(values)["y"] == 1.0
    for call in (panel.growth_rate, panel.growth_reason, panel.lag):
        with pytest.raises(ValueError, match="values: the index differs"):
            call(values[::-1])
    with pytest.raises(ValueError, match="time: its index differs"):
        snd.Panel(groups, pd.Series([1, 2]))


def test_many_rows_and_threads_give_the_same_bits():
    rng = np.random.default_rng(11)
    kept = rng.permutation(60 * 1000)[:50_000]
    groups, time, values = kept // 60, kept % 60, rng.random(50_000) + 0.5
    for order in (np.arange(50_000), np.argsort(kept)):
        arguments = {"groups": groups[order], "time": time[order], "lag": [1, 12, -3]}
        one = snd.growth_rate(values[order], threads=1, **arguments)
        for threads in (2, 3, 4):
            again = snd.growth_rate(values[order], threads=threads, **arguments)
            assert again.tobytes() == one.tobytes()


@pytest.mark.parametrize("lag", [2**62 + 1, -(2**62) - 1, -(2**63)])
def test_the_core_is_never_asked_for_lags_it_cannot_tell_apart(lag):
    capsule = _core.panel_scan(None, np.array([1, 3]), True, 1)[0]
    with pytest.raises(ValueError, match="bad argument"):
        _core.panel_rows(capsule, lag, np.zeros(2, np.int64))
    with pytest.raises(ValueError, match="bad argument"):
        _core.growth(capsule, "simple", np.ones(2), np.ones((2, 2)), (1, lag), None, 0.0, 1)


def test_lag_keeps_masks_and_containers():
    panel = snd.Panel([7, 7, 7], [1, 2, 4])
    masked = panel.lag(np.ma.masked_array([1, 2, 3], mask=[0, 1, 0]), [1, 2], fill=-9)
    assert masked.tolist() == [[-9, 1, -9], [-9, -9, None]]
    assert panel.lag(np.ma.masked_array([1, 2, 3], mask=[1, 0, 0]), fill=-9).tolist() == [-9, None, -9]
    polars = pytest.importorskip("polars")
    column = panel.lag(polars.Series("q", [2**60 + 1, None, 3]))
    assert (column.name, column.to_list()) == ("q", [None, 2**60 + 1, None])
    assert panel.lag(polars.Series("q", [5, None, 3]), 2, fill=-9).to_list() == [-9, -9, None]
    frame = panel.lag(polars.DataFrame({"a": [1, 2, 3], "s": list("xyz")}), [1, 2])
    assert frame.columns == ["a_1", "a_2", "s_1", "s_2"]
    assert frame["s_2"].to_list() == [None, None, "y"]
    with pytest.raises(ValueError, match="axis: expected 0 for a polars frame"):
        panel.lag(polars.DataFrame({"a": [1], "b": [2], "c": [3]}), axis=1)
    xarray = pytest.importorskip("xarray")
    given = xarray.DataArray([1.0, 2.0, 3.0], dims="year", coords={"year": [1, 2, 4]}, attrs={"unit": "t"})
    assert panel.lag(given).attrs == {"unit": "t"}
    several = panel.lag(given, [1, 2], fill=-9.0)
    assert several.dims == ("lag", "year")
    assert several.sel(lag=2).values.tolist() == [-9, -9, 2]


def test_lag_says_what_does_not_fit():
    panel = snd.Panel([7, 7, 7])
    with pytest.raises(TypeError, match="fill: nan does not go with values of type <U1"):
        panel.lag(list("abc"))
    with pytest.raises(TypeError, match=r"fill: expected a single value, got \[1, 2\]"):
        panel.lag([1, 2, 3], fill=[1, 2])
    with pytest.raises(OverflowError, match="fill: int8 values do not hold 300"):
        panel.lag(np.array([1, 2, 3], np.int8), fill=300)
    with pytest.raises(ValueError, match="values: expected at least one dimension"):
        panel.lag(3.0)
    with pytest.raises(ValueError, match="values: rows differ in length"):
        panel.lag([[1], [1, 2], [3]])
    with pytest.raises(ValueError, match="values: expected 3 rows"):
        panel.lag(pd.Series([1, 2]))
    with pytest.raises(ValueError, match="groups: expected one dimension"):
        snd.Panel([[1], [2, 3]])


def test_a_date_with_a_zone_is_its_wall_date():
    # In UTC both are days of the months before, and March has no row.
    zone = datetime.timezone(datetime.timedelta(hours=8))
    dates = [datetime.datetime(2024, 2, 1, tzinfo=zone), datetime.datetime(2024, 2, 29, 23, tzinfo=zone)]
    dates.append(datetime.datetime(2024, 3, 1, tzinfo=zone))
    forms = [dates[1:], pd.Series(dates[1:], dtype=object), pd.Series([pd.Timestamp(x) for x in dates[1:]])]
    for time in forms:
        assert snd.growth_rate([1.0, 3.0], time=time, freq="M")[1] == 2.0
        with pytest.raises(ValueError, match="time: rows 0 and 1 are both"):
            snd.growth_rate([1.0, 3.0], time=dates[:2], freq="M")
    polars = pytest.importorskip("polars")
    local = polars.Series([x.replace(tzinfo=None) for x in dates]).dt.replace_time_zone("Asia/Shanghai")
    assert snd.growth_rate([1.0, 3.0], time=local[1:], freq="M")[1] == 2.0


@pytest.mark.parametrize("unit", ["D", "h"])
def test_dates_too_far_for_a_finer_step_are_refused(unit):
    far = np.array(["0001-01-01", "2024-01-01", "9999-01-01"], f"M8[{unit}]")
    with pytest.raises(ValueError, match="time: too far from 1970 to be counted in steps of ns"):
        snd.Panel(None, far, freq="ns")
    assert snd.Panel(None, far, freq="s").n_gaps == (far[2] - far[0]).astype("m8[s]").astype(int) - 2


def test_a_panel_without_groups_is_one_unit():
    assert snd.Panel(None, []).n_units == 1
    assert snd.Panel([], []).n_units == 0


def test_dates_too_fine_for_the_step_are_named():
    time = np.array([1, 2], "datetime64[as]")
    with pytest.raises(ValueError, match=r"time: too far from 1970 to be counted in steps of M, or too fine"):
        snd.growth_rate([1.0, 2.0], time=time, freq="M")
