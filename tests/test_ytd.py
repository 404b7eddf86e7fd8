"""Year to date and single periods: definitions in exact rationals, intervals, containers, errors."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core

NAN, INF = math.nan, math.inf
FIRST = ("combined", "split", "nan")


# --- the definitions, cell by cell ----------------------------------------------------


def singles(rows, values, first):
    """Exact single periods, None where there is none, by (year, period)."""
    to_date = dict(zip(rows, values, strict=True))
    found = {}
    for (year, period), now in to_date.items():
        before = to_date.get((year, period - 1))
        if period == 1:
            both = to_date.get((year, 2))
            found[year, 1] = both / 2 if now is None and first == "split" and both is not None else now
        elif period == 2 and before is None:
            found[year, 2] = None if now is None or first == "nan" else now / 2 if first == "split" else now
        else:
            found[year, period] = None if now is None or before is None else now - before
    return [found[row] for row in rows]


def to_date(rows, values):
    """Exact sums so far, None where one of the periods is not there."""
    figures = dict(zip(rows, values, strict=True))
    found = []
    for year, period in rows:
        start = 1 if figures.get((year, 1)) is not None or period == 1 else 2
        parts = [figures.get((year, p)) for p in range(start, period + 1)]
        found.append(None if not parts or None in parts else sum(parts))
    return found


def nearest(exact, dtype=np.float64):
    """An exact number, or None, in a float type: the nearest, ties to even."""
    if exact is None:
        return dtype(NAN)
    limit = Fraction(float(np.finfo(dtype).max)) * (1 + Fraction(1, 2 ** (np.finfo(dtype).nmant + 2)))
    if abs(exact) >= limit:
        return dtype(INF if exact > 0 else -INF)
    with np.errstate(over="ignore"):
        guess = dtype(float(exact))
        near = {dtype(np.nextafter(guess, dtype(side))) for side in (-INF, INF)} | {guess}
    finite = sorted((x for x in near if np.isfinite(x)), key=float)
    away = [abs(Fraction(float(x)) - exact) for x in finite]
    best = [x for x, d in zip(finite, away, strict=True) if d == min(away)]
    even = [x for x in best if int(x.view(f"i{x.itemsize}")) % 2 == 0]
    return (even or best)[0]


@st.composite
def calendars(draw, most=14):
    """Distinct (year, period) in any order."""
    pairs = st.tuples(st.integers(-2, 2), st.integers(1, 5))
    return draw(st.lists(pairs, unique=True, max_size=most))


def numbers(dtype):
    """Figures of a type, None for a missing one among floats."""
    if np.dtype(dtype).kind == "f":
        width = np.dtype(dtype).itemsize * 8
        some = st.floats(allow_nan=False, allow_infinity=False, width=width)
        plain = st.integers(-(10**6), 10**6).map(lambda x: float(dtype(x / 64)))
        tenths = st.integers(-(10**6), 10**6).map(lambda x: float(dtype(x / 10)))
        return st.none() | plain | tenths | some
    info = np.iinfo(dtype)
    return st.integers(int(info.min), int(info.max)) | st.integers(0, 100)


@st.composite
def tables(draw, dtype):
    rows = draw(calendars())
    return rows, draw(st.lists(numbers(dtype), min_size=len(rows), max_size=len(rows)))


def split_rows(rows):
    return np.array([p for _, p in rows], np.int64), np.array([y for y, _ in rows], np.int64)


def exactly(values):
    return [None if x is None else Fraction(x) for x in values]


def same(got, want):
    """The same bits, but for the sign of zero and of NaN."""
    np.testing.assert_array_equal(got, np.asarray(want))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64, np.uint64])
@settings(max_examples=150)
@given(st.data())
def test_both_ways_are_the_exact_results_rounded_once(dtype, data):
    rows, values = data.draw(tables(dtype))
    period, year = split_rows(rows)
    array = np.array([NAN if x is None else x for x in values], dtype)
    kind = np.float32 if dtype is np.float32 else np.float64
    for first in FIRST:
        got = snd.ytd_to_period(array, period, year, first=first)
        assert got.dtype == kind
        same(got, [nearest(x, kind) for x in singles(rows, exactly(values), first)])
    got = snd.period_to_ytd(array, period, year)
    assert got.dtype == kind
    same(got, [nearest(x, kind) for x in to_date(rows, exactly(values))])


@settings(max_examples=200)
@given(st.data(), st.sampled_from(["Int64", "UInt64"]))
def test_nullable_integers_stay_exact_and_na(data, dtype):
    rows = data.draw(calendars())
    plain = numbers(np.int64 if dtype == "Int64" else np.uint64)
    values = data.draw(st.lists(st.none() | plain, min_size=len(rows), max_size=len(rows)))
    period, year = split_rows(rows)
    series = pd.Series(values, dtype=dtype, index=[f"r{k}" for k in range(len(rows))], name="x")
    for first in FIRST:
        got = snd.ytd_to_period(series, period, year, first=first)
        want = [x if x is None else nearest(x) for x in singles(rows, exactly(values), first)]
        pd.testing.assert_series_equal(got, pd.Series(want, series.index, "Float64", name="x"))
    got = snd.period_to_ytd(series, period, year)
    want = [x if x is None else nearest(x) for x in to_date(rows, exactly(values))]
    pd.testing.assert_series_equal(got, pd.Series(want, series.index, "Float64", name="x"))


@settings(max_examples=200)
@given(st.data())
def test_there_and_back_is_the_identity_on_whole_numbers(data):
    rows = data.draw(calendars())
    period, year = split_rows(rows)
    some = st.one_of(st.just(NAN), st.integers(-(2**49), 2**49).map(float))
    values = np.array(data.draw(st.lists(some, min_size=len(rows), max_size=len(rows))), float)
    there = snd.ytd_to_period(values, period, year)
    known = ~np.isnan(snd.period_to_ytd(there, period, year))
    same(snd.period_to_ytd(there, period, year)[known], values[known])
    # Whatever is complete so far, from January or from February on, comes back.
    present = {row for row, x in zip(rows, values.tolist(), strict=True) if x == x}
    for k, (y, p) in enumerate(rows):
        assert known[k] == (all((y, q) in present for q in range(2, p + 1)) and (y, p) in present)


@settings(max_examples=200)
@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=12), st.booleans())
def test_there_and_back_keeps_floats_within_its_bound(values, late):
    values = np.array(values)
    period = np.arange(len(values)) + 1 + late
    there = snd.ytd_to_period(values, period)
    back = snd.period_to_ytd(there, period)
    lost = np.cumsum([Fraction(math.ulp(x)) / 2 for x in there.tolist()])
    for was, now, bound in zip(values.tolist(), back.tolist(), lost, strict=True):
        assert abs(Fraction(was) - Fraction(now)) <= bound + Fraction(math.ulp(now)) / 2


@settings(max_examples=150)
@given(tables(np.float64), st.randoms(use_true_random=False))
def test_rows_with_years_permute(table, random):
    rows, values = table
    period, year = split_rows(rows)
    array = np.array([NAN if x is None else x for x in values], float)
    order = list(range(len(rows)))
    random.shuffle(order)
    order = np.array(order, int)
    for first in FIRST:
        straight = snd.ytd_to_period(array, period, year, first=first)
        same(snd.ytd_to_period(array[order], period[order], year[order], first=first), straight[order])
    straight = snd.period_to_ytd(array, period, year)
    same(snd.period_to_ytd(array[order], period[order], year[order]), straight[order])


@st.composite
def in_order(draw):
    """Rows in the order of time whose years can be told by falling periods."""
    rows = draw(calendars())
    rows.sort()
    years = [[p for _, p in run] for _, run in itertools.groupby(rows, key=lambda row: row[0])]
    kept = []
    for run in years:
        if not kept or kept[-1][-1] > run[0]:
            kept.append(run)
    period = np.array([p for run in kept for p in run], np.int64)
    year = np.repeat(np.arange(len(kept)), [len(run) for run in kept])
    backward = (np.diff(period) == -1)[:-1] & (np.diff(period) == -1)[1:]
    assume(not backward.any())
    return period, year


@settings(max_examples=150)
@given(in_order(), st.data())
def test_years_are_found_in_order_and_newest_first(calendar, data):
    period, year = calendar
    n = len(period)
    figures = st.lists(st.just(NAN) | st.floats(-1e6, 1e6), min_size=n, max_size=n)
    values = np.array(data.draw(figures), float)
    growth = np.array(data.draw(st.lists(st.floats(-0.5, 0.5), min_size=n, max_size=n)), float)
    measures = [
        *(lambda x, *a, first=f, **k: snd.ytd_to_period(x, *a, first=first, **k) for f in FIRST),
        snd.period_to_ytd,
        lambda x, *a, **k: (
            snd.period_growth_from_ytd(
                x, growth if k == {} else growth[::-1], *a, growth_half_width=0.01, **k
            ).low
        ),
    ]
    for measure in measures:
        want = measure(values, period, year)
        same(measure(values, period), want)
        same(measure(values[::-1], period[::-1], newest_first=True), want[::-1])


def test_axes_strides_and_columns_agree():
    rng = np.random.default_rng(5)
    period = np.array([2, 3, 4, 1, 2, 3, 2, 4])
    year = np.array([1, 1, 1, 2, 2, 2, 3, 3])
    table = rng.integers(-99, 99, (8, 5, 70)).astype(float)
    table[rng.random(table.shape) < 0.2] = NAN
    for order in ("C", "F"):
        x = np.asarray(table, order=order)
        for measure in (snd.ytd_to_period, snd.period_to_ytd):
            want = np.array([[measure(x[:, a, b].copy(), period, year) for b in range(70)] for a in range(5)])
            want = np.moveaxis(want, 2, 0)
            same(measure(x, period, year), want)
            for axis in (1, 2, -1):
                same(measure(np.moveaxis(x, 0, axis), period, year, axis=axis), np.moveaxis(want, 0, axis))
            same(measure(x[:, ::-2, ::3], period, year), want[:, ::-2, ::3])
            same(measure(x[::-1], period[::-1], year[::-1]), want[::-1])
    flat = np.broadcast_to(table[:, :1, :1], (8, 3, 2))
    same(snd.ytd_to_period(flat, period, year)[:, 2, 1], snd.ytd_to_period(table[:, 0, 0], period, year))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0)])
def test_nothing_in_gives_nothing(shape):
    period = list(range(1, shape[0] + 1))
    for year in (None, [2020] * shape[0]):
        assert snd.ytd_to_period(np.zeros(shape), period, year).shape == shape
        assert snd.period_to_ytd(np.zeros(shape, np.float32), period, year).dtype == np.float32
        found = snd.period_growth_from_ytd(np.zeros(shape), 0.1, period, year, half_width=1.0)
        assert found.shape == shape
        assert found.sign_open.shape == shape


def test_threads_do_not_change_a_bit(monkeypatch):
    rng = np.random.default_rng(11)
    for shape in [(120, 2001), (240_000, 1)]:
        values = rng.normal(size=shape)
        years = shape[0] // 12
        calendar = np.tile(np.arange(1, 13), years), np.repeat(np.arange(years), 12)
        found = []
        for threads in ("1", "3"):
            monkeypatch.setenv("SNDSTATS_NUM_THREADS", threads)
            growth = snd.period_growth_from_ytd(values, 0.1, *calendar)
            found.append(
                (
                    snd.ytd_to_period(values, *calendar),
                    snd.period_to_ytd(values, *calendar),
                    growth.value,
                    growth.low,
                )
            )
        for one, other in zip(*found, strict=True):
            same(one, other)


def test_units_of_a_tidy_panel_are_kept_apart():
    tidy = pd.DataFrame(
        {
            "region": ["b", "a", "b", "a", "a", "b"],
            "month": [2, 1, 3, 2, 1, 1],
            "year": [2022, 2022, 2022, 2022, 2023, 2023],
            "x": [30.0, 4.0, 50.0, 9.0, 5.0, 12.0],
        }
    )
    got = snd.ytd_to_period(tidy.x, tidy.month, tidy.year, groups=tidy.region)
    assert got.tolist() == [30.0, 4.0, 20.0, 5.0, 5.0, 12.0]
    same(snd.period_to_ytd(got, tidy.month, tidy.year, groups=tidy.region), tidy.x)
    rates = snd.period_growth_from_ytd(tidy.x, [0.0] * 6, tidy.month, tidy.year, groups=tidy.region)
    assert rates.value.tolist() == [0.0] * 6
    again = pd.concat([tidy, tidy.iloc[1:2]], ignore_index=True)
    with pytest.raises(ValueError, match=r"rows 1 and 6 are both period 1 of year 2022 of group a"):
        snd.ytd_to_period(again.x, again.month, again.year, groups=again.region)
    with pytest.raises(ValueError, match="groups: goes with year"):
        snd.ytd_to_period(tidy.x, tidy.month, groups=tidy.region)
    with pytest.raises(ValueError, match="groups: missing at row 1"):
        snd.ytd_to_period([1.0, 2.0], [1, 2], [1, 1], groups=np.array(["a", None], object))
    with pytest.raises(ValueError, match=r"groups: expected shape \(2,\) as period has, got \(3,\)"):
        snd.ytd_to_period([1.0, 2.0], [1, 2], [1, 1], groups=list("abc"))


# --- containers -----------------------------------------------------------------------

VALUES, PERIOD, YEAR = [NAN, 30.0, 50.0, 34.0], [1, 2, 3, 2], [2022, 2022, 2022, 2023]
SPLIT = [15.0, 15.0, 20.0, 17.0]


def test_pandas_series_and_frames():
    index = pd.date_range("2022-01-31", periods=4, freq="ME")
    series = pd.Series(VALUES, index, name="profit")
    got = snd.ytd_to_period(series, PERIOD, YEAR, first="split")
    pd.testing.assert_series_equal(got, pd.Series(SPLIT, index, name="profit"))
    dates = pd.to_datetime(["2022-01-31", "2022-02-28", "2022-03-31", "2023-02-28"])
    got = snd.ytd_to_period(pd.Series(VALUES, dates), dates.month, dates.year, first="split")
    assert got.tolist() == SPLIT
    frame = pd.DataFrame({"a": VALUES, "b": [1.0, 2.0, 4.0, 5.0]}, index)
    got = snd.period_to_ytd(frame, PERIOD, YEAR)
    want = pd.DataFrame({"a": [NAN, 30.0, 80.0, 34.0], "b": [1.0, 3.0, 7.0, 5.0]}, index)
    pd.testing.assert_frame_equal(got, want)
    got = snd.period_to_ytd(frame.T, PERIOD, YEAR, axis=1)
    pd.testing.assert_frame_equal(got, want.T, check_freq=False)
    mixed = pd.DataFrame({"a": pd.array([None, 30, 50, 34], "Int64"), "b": np.arange(4.0)}, index)
    got = snd.ytd_to_period(mixed, PERIOD, YEAR)
    assert got["a"].isna().tolist() == [True, False, False, False]
    assert got["b"].tolist() == [0.0, 1.0, 1.0, 3.0]
    arrow = pd.Series([None, 2**60, 2**60 + 1, 34], dtype="int64[pyarrow]")
    assert snd.ytd_to_period(arrow, PERIOD, YEAR).tolist()[1:] == [2.0**60, 1.0, 34.0]


@pytest.mark.parametrize("dtype", ["Int64", "UInt64", "int64[pyarrow]"])
def test_rows_of_nullable_integers_stay_exact(dtype):
    frame = pd.DataFrame({"2": [2**60 + 1, None], "3": [2**60 + 3, 5]}, dtype=dtype)
    got = snd.ytd_to_period(frame, [2, 3], axis=1)
    assert got["3"].isna().tolist() == [False, True]
    assert got["3"].iloc[0] == 2.0
    assert got["2"].isna().tolist() == [False, True]
    assert snd.growth_rate(frame, axis=1, method="difference")["3"].iloc[0] == 2.0
    beside = frame.assign(**{"3": frame["3"].astype("Float64")})
    assert snd.period_to_ytd(beside, [2, 3], axis=1)["3"].iloc[0] == 2.0**61


def test_labels_of_rows_must_agree():
    index = list("abcd")
    series, period, year = (pd.Series(x, index) for x in (VALUES, PERIOD, YEAR))
    growth = pd.Series(0.1, index)
    for measure in (snd.ytd_to_period, snd.period_to_ytd):
        assert measure(series, period, year).index.tolist() == index
        with pytest.raises(ValueError, match="period: its index differs from the index of values; align"):
            measure(series, period[::-1], year)
        with pytest.raises(ValueError, match="year: its index differs"):
            measure(series, period, year[::-1])
        with pytest.raises(ValueError, match="year: its index differs"):
            measure(VALUES, period, year[::-1])
        frame = pd.DataFrame([VALUES, VALUES], columns=index)
        assert measure(frame, period, year, axis=1).shape == (2, 4)
        with pytest.raises(ValueError, match="period: its index differs from the columns of values"):
            measure(frame, period[::-1], year, axis=1)
    assert snd.period_growth_from_ytd(series, growth, period, year).shape == (4,)
    with pytest.raises(ValueError, match="ytd_growth: its index differs"):
        snd.period_growth_from_ytd(series, growth[::-1], period, year)
    with pytest.raises(ValueError, match="half_width: its index differs"):
        snd.period_growth_from_ytd(series, growth, period, year, half_width=growth[::-1])
    for ytd, rate, half in [(series, growth, 0.0), (VALUES, growth, 0.0), (VALUES, 0.1, growth)]:
        assert snd.period_growth_from_ytd(ytd, rate, period, year, half_width=half).shape == (4,)
        with pytest.raises(ValueError, match="period: its index differs"):
            snd.period_growth_from_ytd(ytd, rate, period[::-1], year[::-1], half_width=half)
    table = pd.DataFrame([VALUES, VALUES], columns=index)
    assert snd.period_growth_from_ytd(table, growth, period, year, axis=1).shape == (2, 4)
    with pytest.raises(ValueError, match="period: its index differs from the columns"):
        snd.period_growth_from_ytd(VALUES, table, period[::-1], year[::-1], axis=1, half_width=growth)


def test_polars_xarray_and_masked_arrays():
    column = pl.Series("x", [None, 2**60, 2**60 + 1, 34])
    got = snd.ytd_to_period(column, pl.Series(PERIOD), pl.Series(YEAR))
    assert got.to_list() == [None, 2.0**60, 1.0, 34.0]
    assert got.name == "x"
    frame = pl.DataFrame({"a": VALUES, "b": [1, 2, 4, 5]})
    got = snd.period_to_ytd(frame, PERIOD, YEAR)
    assert got["b"].to_list() == [1.0, 3.0, 7.0, 5.0]
    assert got.columns == ["a", "b"]
    table = xr.DataArray([VALUES, VALUES], dims=("area", "month"), coords={"area": ["n", "s"]}, name="x")
    got = snd.ytd_to_period(table, PERIOD, YEAR, axis=1, first="split")
    assert got.dims == table.dims
    assert got.name == "x"
    assert got.sel(area="s").values.tolist() == SPLIT
    for dtype in (float, np.int64):
        masked = np.ma.array([7, 30, 50, 34], dtype, mask=[True, False, False, False])
        assert snd.ytd_to_period(masked, PERIOD, YEAR, first="split").tolist() == SPLIT
    objects = np.array([None, 30, 50, 34], object)
    assert snd.ytd_to_period(objects, PERIOD, YEAR, first="split").tolist() == SPLIT
    small = np.array([10, 30, 50, 34], np.int8)
    assert snd.ytd_to_period(small, PERIOD, YEAR).tolist() == [10.0, 20.0, 20.0, 34.0]


@pytest.mark.parametrize(
    "make",
    [
        pd.Series,
        pl.Series,
        tuple,
        lambda x: pd.Series(x, dtype="Int64"),
        lambda x: np.array(x, np.uint8),
        lambda x: np.array(x, float),
        lambda x: np.ma.array(x),
        lambda x: xr.DataArray(x, dims="t"),
    ],
)
def test_periods_and_years_come_in_any_kind(make):
    years = make([y - 2000 for y in YEAR])
    assert snd.ytd_to_period(VALUES, make(PERIOD), years, first="split").tolist() == SPLIT


# --- errors ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "year", "error", "match"),
    [
        ([1, 0, 2], [1, 1, 1], ValueError, r"period: expected whole numbers from 1, got 0 at row 1"),
        ([1, 2.5, 3], [1, 1, 1], ValueError, r"period: expected whole numbers from 1, got 2\.5 at row 1"),
        ([1, 2, NAN], [1, 1, 1], ValueError, r"period: expected whole numbers from 1, got nan at row 2"),
        ([1, 2, INF], [1, 1, 1], ValueError, r"got inf at row 2"),
        (np.array([1, 2, 2**63], np.uint64), [1] * 3, ValueError, r"got 9223372036854775808 at row 2"),
        (pd.array([1, None, 3], "Int64"), [1] * 3, ValueError, "got nan at row 1"),
        (pd.Series([1, None, 3], dtype="Int64"), [1] * 3, ValueError, "got nothing at row 1"),
        (np.ma.array([1, 2, 3], mask=[0, 0, 1]), None, ValueError, "got nothing at row 2"),
        ([1, 2, 3], [1, 1.5, 1], ValueError, r"year: expected whole numbers, got 1\.5 at row 1"),
        ([1, 2, 3], [1, 1], ValueError, r"year: expected shape \(3,\) as period has, got \(2,\)"),
        ([[1, 2, 3]], None, ValueError, r"period: expected one dimension, got shape \(1, 3\)"),
        ([1, 2], None, ValueError, r"period: expected 3 values, one for each row along axis 0, got 2"),
        ([1, 2, 1], [1, 1, 1], ValueError, r"rows 0 and 2 are both period 1 of year 1; a year has one"),
        ([1, 2, 2], None, ValueError, r"rows 1 and 2 are both period 2; a year has one.*pass year"),
        ([5, 4, 3], None, ValueError, r"5, 4, 3 at rows 0 to 2 is no order.*pass newest_first=True"),
        (["a", "b", "c"], None, TypeError, r"period: expected numbers.*pass dates\.month"),
        (np.array(["2022-01", "2022-02", "2022-03"], "M8[M]"), None, TypeError, r"period:.*dates\.month"),
    ],
)
def test_bad_periods_and_years_are_named(period, year, error, match):
    for call in (
        lambda: snd.ytd_to_period([1.0, 2.0, 3.0], period, year),
        lambda: snd.period_to_ytd([1.0, 2.0, 3.0], period, year),
        lambda: snd.period_growth_from_ytd([1.0, 2.0, 3.0], 0.1, period, year),
    ):
        with pytest.raises(error, match=match):
            call()


def test_other_bad_input_is_named():
    with pytest.raises(ValueError, match=r"1, 2, 3 at rows 0 to 2 is no order.*leave newest_first out"):
        snd.ytd_to_period([1.0, 2.0, 3.0], [1, 2, 3], newest_first=True)
    with pytest.raises(ValueError, match="first: expected one of 'combined', 'split', 'nan', got 'equal'"):
        snd.ytd_to_period([1.0], [1], first="equal")
    with pytest.raises(TypeError, match="values: expected numbers"):
        snd.ytd_to_period(["x"], [1])
    with pytest.raises(ValueError, match="values: expected at least one dimension"):
        snd.ytd_to_period(1.0, [1])
    with pytest.raises(np.exceptions.AxisError):
        snd.period_to_ytd([1.0], [1], axis=1)
    grow = snd.period_growth_from_ytd
    for name in ("half_width", "growth_half_width"):
        for bad in (-1.0, INF, [0.0, -1.0]):
            with pytest.raises(
                ValueError, match=f"^{name}: expected finite numbers from 0 up, got (-1.0|inf)"
            ):
                grow([1.0, 2.0], [0.1, 0.1], [1, 2], **{name: bad})
    with pytest.raises(ValueError, match=r"shapes do not broadcast: ytd \(2,\), ytd_growth \(3,\)"):
        grow([1.0, 2.0], [0.1] * 3, [1, 2])
    with pytest.raises(ValueError, match="ytd: expected at least one dimension"):
        grow(1.0, 0.1, [1])
    with pytest.raises(ValueError, match="shapes do not broadcast: ytd"):
        grow(np.ones((2,) + (1,) * 32), 0.1, [1, 2])
    for nothing in (None, 2**70):
        with pytest.raises(ValueError, match="values: expected at least one dimension"):
            snd.ytd_to_period(nothing, [1])
        with pytest.raises(ValueError, match="period: expected one dimension"):
            snd.ytd_to_period([1.0], nothing)
    with pytest.raises(ValueError, match=r"ytd: integers above 2\*\*53 are not exact"):
        grow([2**53 + 2, 2**53 + 4], 0.1, [1, 2])
    with pytest.raises(TypeError, match="ytd_growth: expected numbers"):
        grow([1.0, 2.0], ["a", "b"], [1, 2])
    with pytest.raises(np.exceptions.AxisError):
        grow([1.0, 2.0], 0.1, [1, 2], axis=1)


def test_the_extension_checks_what_could_corrupt_memory():
    period = np.array([1, 2, 3])
    plan = _core.panel_scan(None, period, True, 1)[0]
    good = plan, period, "sum", np.ones((3, 2)), np.zeros((3, 2), bool), np.ones((3, 2)), 1
    assert _core.ytd(*good) is None
    for place, bad, error in [
        (0, object(), ValueError),
        (1, period[:2], ValueError),
        (1, period[::-1], ValueError),
        (1, period.astype(np.int32), TypeError),
        (2, "median", ValueError),
        (3, np.ones((2, 2)), ValueError),
        (3, np.ones((3, 3)), ValueError),
        (3, np.array(1.0), ValueError),
        (3, np.ones((3, 2), np.int32), ValueError),
        (3, [1.0], TypeError),
        (4, np.zeros((3, 1), bool), ValueError),
        (4, np.zeros((3, 2)), TypeError),
        (5, np.ones(3), ValueError),
        (5, np.ones((3, 2), int), TypeError),
        (5, np.broadcast_to(1.0, (3, 2)), ValueError),
        (6, 0, ValueError),
    ]:
        with pytest.raises(error):
            _core.ytd(*good[:place], bad, *good[place + 1 :])
    for figures in (np.ones((4, 2, 1)), np.ones((3, 3, 1)), np.ones((4, 3)), np.ones((4, 3, 2))[:, :, ::2]):
        with pytest.raises(ValueError, match="figures"):
            _core.ytd_growth(plan, period, figures, 1)
    with pytest.raises(ValueError, match="wrong length"):
        _core.ytd_years(period, False, np.empty(2, np.int64))
    with pytest.raises(TypeError, match="takes 3 arguments"):
        _core.ytd_years(period, False)


# --- growth on the comparable base ----------------------------------------------------


def growth(now, before, rate, rate_before):
    """Growth of the single period by its definition, in exact rationals."""
    base = now / (1 + rate) - before / (1 + rate_before)
    return (now - before) / base - 1


def box_corners(figures, halves):
    """The 16 (S, R, G, H) of a box."""
    ends = [
        (Fraction(x) - Fraction(h), Fraction(x) + Fraction(h)) for x, h in zip(figures, halves, strict=True)
    ]
    return list(itertools.product(*ends))


def factors(s, r, g, h):
    """What the sign of the base depends on: numerator and denominators."""
    return s * (1 + h) - r * (1 + g), 1 + g, 1 + h


def rates_at(corners):
    """Growth at the corners; None where the base or one of its factors changes its sign."""
    found = [factors(*corner) for corner in corners]
    if any(0 in x for x in found) or len({tuple(y > 0 for y in x) for x in found}) > 1:
        return None
    return [growth(*corner) for corner in corners]


def one(now, before, rate, rate_before, halves=(0.0,) * 4):
    s, r, g, h = halves
    return snd.period_growth_from_ytd(
        [before, now], [rate_before, rate], [6, 7], half_width=[r, s], growth_half_width=[h, g]
    )[1]


levels = st.floats(1.0, 1e9) | st.integers(1, 10**6).map(lambda x: x / 100)
any_levels = levels | st.integers(-(10**4), 10**4).map(lambda x: x / 100) | st.floats(-1e300, 1e300)
rates = st.floats(-0.9, 3.0) | st.integers(-900, 3000).map(lambda x: x / 1000)
halves = st.sampled_from([0.0, 0.5, 0.005]) | st.floats(0.0, 10.0)
rate_halves = st.sampled_from([0.0, 0.0005, 0.005]) | st.floats(0.0, 0.1)


@settings(max_examples=400)
@given(any_levels, any_levels, rates, rates, halves, halves, rate_halves, rate_halves, st.data())
def test_ends_enclose_the_exact_range_and_are_near_it(s, r, g, h, hs, hr, hg, hh, data):
    figures, widths = (s, r, g, h), (hs, hr, hg, hh)
    found = one(*figures, widths)
    corners = box_corners(figures, widths)
    exact = rates_at(corners)
    if exact is None:
        assert found.low == -INF if any(widths) else np.isnan(found.low)
        assert found.high == INF if any(widths) else np.isnan(found.high)
        assert found.sign_open == any(widths)
        return
    if not np.isfinite(found.low):  # a base that 100 bits do not tell from zero
        least = min(abs(factors(*corner)[0]) for corner in corners)
        assert least <= 64 * sum(abs(Fraction(x)) for x in (s, r, hs, hr)) * Fraction(2) ** -96
        return
    low, high = Fraction(float(found.low)), Fraction(float(found.high))
    assert low <= min(exact)
    assert high >= max(exact)
    for end, rate in ((low, min(exact)), (high, max(exact))):
        now, before, *_ = corner = corners[exact.index(rate)]
        top, over, over_before = factors(*corner)
        ratio = max(abs(now), abs(before)) / abs(top / (over * over_before))
        bound = 2 * Fraction(math.ulp(float(end))) + Fraction(1, 10**27) * (1 + abs(rate)) * ratio
        assert abs(end - rate) <= bound
    assert found.low <= found.value <= found.high
    inside = [
        Fraction(x) + Fraction(w) * Fraction(data.draw(st.integers(-8, 8)), 8)
        for x, w in zip(figures, widths, strict=True)
    ]
    assert low <= growth(*inside) <= high


@settings(max_examples=200)
@given(levels, levels, rates, rates, st.integers(-900, 900))
@example(1.0, 1.0, 0.0, 5e-324, 0)
def test_values_are_the_nearest_whatever_the_unit(s, r, g, h, shift):
    exact = rates_at([tuple(map(Fraction, (s, r, g, h)))])
    assume(exact is not None and abs(exact[0]) < 10**12)
    found = one(s, r, g, h)
    if g != h and abs(g - h) < 1e-25 and math.isnan(found.value):
        assert math.isnan(found.low)  # bases nearer than some 100 bits tell: nothing is known
        assert math.isnan(found.high)
        return
    error = abs(Fraction(float(found.value)) - exact[0])
    assert error <= Fraction(math.ulp(float(found.value))) + Fraction(1, 10**18)
    unit = 2.0**shift
    assume(min(s, r) * unit > 1e-280 and max(s, r) * unit < 1e300)
    other = one(s * unit, r * unit, g, h)
    same([other.value, other.low, other.high], [found.value, found.low, found.high])


@pytest.mark.parametrize(
    ("figures", "widths"),
    [
        ((1e300, 1e-300, 0.25, 0.5), (0.0, 0.0, 0.0, 0.0)),
        ((1e300, -1e-300, 0.25, 0.5), (0.0, 0.0, 0.0, 0.0)),
        ((1e300, 0.0, 0.25, 0.5), (0.0, 1e-300, 0.0, 0.0)),
        ((1e300, 5e-324, -0.5, 0.5), (1e280, 1e-310, 0.0, 0.0)),
    ],
)
def test_levels_that_vanish_beside_each_other_still_widen(figures, widths):
    found = one(*figures, widths)
    exact = rates_at(box_corners(figures, widths))
    assert Fraction(float(found.low)) <= min(exact)
    assert Fraction(float(found.high)) >= max(exact)
    assert found.width <= 4 * math.ulp(float(found.value))


def test_a_base_of_exactly_zero_has_no_growth():
    # 1.3727944236813137 grew by H and eight times it by 8 H + 7: exact products of 159 bits.
    before, rate_before = 1.3727944236813137, 5.316909335029152e-08
    now, rate = 8 * before, 7.000000425352747
    assert Fraction(rate) == 8 * Fraction(rate_before) + 7
    found = one(now, before, rate, rate_before)
    assert np.isnan([found.value, found.low, found.high]).all()
    found = one(now, before, rate, rate_before, (0.0, 0.0, 0.0005, 0.0))
    assert np.isnan(found.value)
    assert (found.low, found.high) == (-INF, INF)


def test_half_widths_far_above_the_figures_leave_the_value():
    found = one(-3.6716286e-317, -3.0921597e-317, 0.518808944799116, 0.346, (0.0, 0.0005, 0.0, 0.0))
    exact = growth(*map(Fraction, (-3.6716286e-317, -3.0921597e-317, 0.518808944799116, 0.346)))
    assert found.value == pytest.approx(float(exact), rel=1e-15)
    assert (found.low, found.high) == (-INF, INF)


def test_equal_rates_are_the_rate_exactly():
    found = one(180.0, 100.0, 0.1, 0.1)
    assert found.low == found.value == found.high == 0.1
    found = one(180.0, 0.0, 0.1, 0.7, (1.0, 0.0, 0.0, 0.1))  # nothing before: the growth of all
    assert found.low == found.value == found.high == 0.1
    assert not one(180.0, 100.0, 0.0, 0.0).sign_open


def test_profits_of_october_2021():
    # W7 of the growth reference: rates with one decimal, RMB bn.
    for ytd, rate, value, points in [
        ((366.58, 406.91), (1.448, 1.32), 57.26, 0.42),
        ((379.97, 423.37), (0.012, -0.029), -28.32, 0.48),
    ]:
        found = snd.period_growth_from_ytd(ytd, rate, [9, 10], growth_half_width=0.0005)[1]
        assert round(float(found.value) * 100, 2) == value
        assert round((found.high - found.value) * 100, 2) == pytest.approx(points, abs=0.011)
        assert round((found.value - found.low) * 100, 2) == pytest.approx(points, abs=0.011)
        assert not found.sign_open


def test_published_rates_are_weighted_means_of_the_parts():
    # G[m] = w G[m-1] + (1 - w) g[m], with w the base share of the periods before (17d).
    ytd, rate = np.array([100.0, 180.0, 270.0]), np.array([0.10, 0.08, 0.095])
    base = ytd / (1 + rate)
    share = base[:-1] / base[1:]
    single = snd.period_growth_from_ytd(ytd, rate, [1, 2, 3]).value
    np.testing.assert_allclose(share * rate[:-1] + (1 - share) * single[1:], rate[1:], rtol=1e-14)
    # On the bases themselves the definition is the ratio of single periods.
    ratio = snd.ytd_to_period(ytd, [1, 2, 3]) / snd.ytd_to_period(base, [1, 2, 3]) - 1
    np.testing.assert_allclose(single, ratio, rtol=1e-13)


def test_losses_and_a_base_of_either_sign():
    # A loss of 10.1 on a profit (-151.1 %, W8) after a loss of 6 on a profit (-140 %).
    found = one(-10.1, -6.0, -1.511, -1.4, (0.05, 0.05, 0.0005, 0.0005))
    exact = rates_at(box_corners((-10.1, -6.0, -1.511, -1.4), (0.05, 0.05, 0.0005, 0.0005)))
    assert found.low == pytest.approx(float(min(exact)), rel=1e-15)
    assert found.high == pytest.approx(float(max(exact)), rel=1e-15)
    assert found.high < -1
    assert not found.sign_open
    assert one(10.0, 5.0, -1.0, 0.1).shape == ()
    assert np.isnan(one(10.0, 5.0, -1.0, 0.1).value)
    crossing = one(10.0, 5.0, -0.9999, 0.1, (0.0, 0.0, 0.0005, 0.0))
    assert (crossing.low, crossing.high) == (-INF, INF)


def test_no_predecessor_is_nan_and_the_first_is_the_year_to_date():
    ytd = np.array([[10.0, NAN], [30.0, 30.0], [50.0, 50.0], [90.0, NAN], [100.0, 100.0]])
    found = snd.period_growth_from_ytd(
        ytd, 0.25, [1, 2, 3, 5, 6], half_width=0.5, growth_half_width=[0.125, 0.25]
    )
    assert np.isnan(found.value).tolist() == [
        [False, False],
        [False, False],
        [False, False],
        [True, True],
        [False, True],
    ]
    assert found.value[:2].tolist() == [[0.25, 0.25], [0.25, 0.25]]
    assert found.low[0].tolist() == [0.125, 0.0]
    assert found.high[1, 1] == 0.5
    assert found.low[1, 0] < 0.125
    assert not found.sign_open[3].any()


def test_an_unknown_half_width_leaves_the_value():
    found = snd.period_growth_from_ytd([1.0, 3.0], [0.5, 0.25], [1, 2], half_width=[0.0, NAN])
    assert found.value[1] == pytest.approx(float(growth(*map(Fraction, (3, 1, "0.25", "0.5")))), rel=1e-15)
    assert np.isnan(found.low[1])
    assert np.isnan(found.high[1])


def test_axes_and_broadcasting_of_the_growth():
    rng = np.random.default_rng(3)
    ytd = rng.uniform(1, 2, (4, 6)).cumsum(axis=1)
    rate = rng.uniform(0, 0.1, (4, 6))
    period = [7, 8, 9, 10, 11, 12]
    wide = snd.period_growth_from_ytd(ytd, rate, period, axis=1, half_width=0.01, growth_half_width=rate / 99)
    for k in range(4):
        alone = snd.period_growth_from_ytd(
            ytd[k], rate[k], period, half_width=0.01, growth_half_width=rate[k] / 99
        )
        assert wide[k] == alone
    tall = snd.period_growth_from_ytd(ytd.T, rate.T, period, half_width=0.01, growth_half_width=rate.T / 99)
    same(tall.low, wide.low.T)
    frame = pd.DataFrame(ytd)
    assert snd.period_growth_from_ytd(frame, rate, period, axis=1, half_width=0.01).shape == (4, 6)
    masked = np.ma.array(ytd, mask=ytd > 4)
    assert np.isnan(snd.period_growth_from_ytd(masked, rate, period, axis=1).value[masked.mask]).all()
    whole = snd.period_growth_from_ytd(pl.Series([1, None, 3]), [0.5] * 3, [1, 2, 3])
    assert np.isnan(whole.value).tolist() == [False, True, True]
