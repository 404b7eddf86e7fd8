"""Covariances and regression slopes by cluster against exact rational arithmetic."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SUBNORMAL = st.integers(-9, 9).map(lambda k: k * 5e-324)
# Far from zero beside their spread, where sums that round lose everything.
OFFSET = st.tuples(st.sampled_from([1e9, -1e15, 2.0**60, 0.1, 1e300, 1e-300]), st.integers(0, 9)).map(
    lambda pair: pair[0] + pair[1] * math.ulp(pair[0])
)
ANY = st.one_of(FINITE, SUBNORMAL, OFFSET, st.integers(-(10**6), 10**6).map(float))
WEIGHT = st.one_of(FINITE.map(abs), SUBNORMAL.map(abs), st.integers(0, 4).map(float))


def rounded(exact: Fraction) -> float:
    """The double nearest to a rational; CPython's division rounds once."""
    try:
        return exact.numerator / exact.denominator
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def deviations(xs, ys, weights):
    """Weight, and the products of deviations from the means: another formula than the code's."""
    x, y = [Fraction(v) for v in xs], [Fraction(v) for v in ys]
    w = [Fraction(1)] * len(x) if weights is None else [Fraction(v) for v in weights]
    total = sum(w, Fraction(0))
    if total == 0:
        return total, Fraction(0), Fraction(0)
    x_mean = sum((a * b for a, b in zip(w, x, strict=True)), Fraction(0)) / total
    y_mean = sum((a * b for a, b in zip(w, y, strict=True)), Fraction(0)) / total
    xy = sum((c * (a - x_mean) * (b - y_mean) for a, b, c in zip(x, y, w, strict=True)), Fraction(0))
    yy = sum((c * (b - y_mean) ** 2 for b, c in zip(y, w, strict=True)), Fraction(0))
    return total, xy, yy


def covariance(xs, ys, weights=None, ddof=1) -> float:
    total, xy, _ = deviations(xs, ys, weights)
    return rounded(xy / (total - ddof)) if total > ddof else math.nan


def slope(xs, ys, weights=None) -> float:
    _, xy, yy = deviations(xs, ys, weights)
    return rounded(xy / yy) if yy else math.nan


def check_groups(x, y, w, codes, groups, ddof=1, threads=1):
    c = snd.Clusters.from_codes(codes, groups)
    covariances = c.covariance(x, y, w, ddof=ddof, threads=threads)
    slopes = c.slope(x, y, w, threads=threads)
    for g in range(groups):
        inside = codes == g
        rows = x[inside].tolist(), y[inside].tolist(), None if w is None else w[inside].tolist()
        np.testing.assert_array_equal(covariances[g], covariance(*rows, ddof), err_msg=f"{rows}")
        np.testing.assert_array_equal(slopes[g], slope(*rows), err_msg=f"{rows}")


@given(st.lists(st.tuples(ANY, ANY, st.integers(-1, 5)), max_size=30), st.integers(0, 2))
@settings(max_examples=500)
def test_drawn_groups_are_rounded_once(rows, ddof):
    x, y, codes = (np.array([row[k] for row in rows]) for k in range(3))
    check_groups(x, y, None, codes.astype(np.int32), 6, ddof)


@given(st.lists(st.tuples(ANY, ANY, WEIGHT, st.integers(0, 3)), max_size=16), st.integers(0, 2))
@settings(max_examples=400)
def test_drawn_weighted_groups_are_rounded_once(rows, ddof):
    x, y, w, codes = (np.array([row[k] for row in rows]) for k in range(4))
    check_groups(x, y, w, codes.astype(np.int64), 4, ddof)


@pytest.mark.parametrize("groups", [1, 200])
@pytest.mark.parametrize(
    ("low", "high"), [(-300, 300), (-8, 8), (-1, 1), (-323, -300), (140, 160), (300, 307), (-165, -150)]
)
def test_wide_ranges(low, high, groups):
    rng = np.random.default_rng(0)
    x = rng.normal(size=1000) * 10.0 ** rng.integers(low, high, 1000)
    y = rng.normal(size=1000) * 10.0 ** rng.integers(-3, 3, 1000)
    w = rng.random(1000) * 10.0 ** rng.integers(-3, 3, 1000)
    codes = rng.integers(0, groups, 1000).astype(np.int32)
    check_groups(x, y, None, codes, groups, threads=2)
    check_groups(y, x, w, codes, groups, threads=2)


def test_products_of_three_of_any_size():
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 30, 400)
    for low, high in ((-320, 300), (-323, -310), (250, 300)):
        x, y, w = (rng.random(400) * 10.0 ** rng.integers(low, high, 400) for _ in range(3))
        check_groups(x, y, w, codes, 30, 0)
    # The smallest product of three, 2^-3222, is still there.
    x, w = np.array([5e-324, 0.0]), np.array([5e-324, 5e-324])
    assert snd.Clusters.from_codes([0, 0]).slope(3 * x, x, w).tolist() == [3.0]


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e9, 1e12, 1e15])
def test_cancellation_at_every_depth(offset):
    rng = np.random.default_rng(2)
    x = offset + np.round(rng.normal(size=900), 3)
    y = 2.0 * x - offset + np.round(rng.normal(size=900), 2)
    codes = rng.integers(0, 250, 900).astype(np.int32)
    for ddof in (0, 1, 2):
        check_groups(x, y, None, codes, 250, ddof)
    check_groups(x, y, rng.integers(0, 4, 900).astype(float), codes, 250)


def test_a_slope_that_rounded_sums_lose():
    # y = 3 x + 1 over x = 1e9 .. 1e9 + 6: by the textbook formula in doubles the slope is not 3.
    x = 1e9 + np.arange(700.0) % 7
    y = 3.0 * x + 1.0
    n = len(x)
    textbook = (n * (x * y).sum() - x.sum() * y.sum()) / (n * (x * x).sum() - x.sum() ** 2)
    c = snd.Clusters(np.zeros(n, np.int64))
    assert c.slope(y, x).tolist() == [3.0] != [textbook]
    assert c.covariance(x, x).tolist() == c.var(x).tolist()


@pytest.mark.parametrize("kinds", [("i8", "i8"), ("u8", "i8"), ("u8", "u8"), ("i8", "f8"), ("f8", "u8")])
def test_integers_are_multiplied_exactly(kinds):
    rng = np.random.default_rng(3)
    columns = []
    for kind in kinds:
        info = np.iinfo("i8" if kind == "i8" else "u8")
        wide = rng.integers(info.min, info.max, 300, dtype=info.dtype, endpoint=True)
        near = np.array([info.max - int(k) for k in rng.integers(0, 9, 300)], info.dtype)
        column = np.where(np.arange(300) % 4 < 2, wide, near)
        columns.append(column / 3 if kind == "f8" else column)
    codes = np.arange(300) // 2 % 40
    check_groups(columns[0], columns[1], None, codes, 40)
    check_groups(columns[0], columns[1], rng.random(300), codes, 40, 0)


def test_float32_pairs_are_rounded_straight_to_float32():
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(2, 600)).astype(np.float32)
    codes = rng.integers(0, 200, 600)
    c = snd.Clusters.from_codes(codes, 200)
    assert c.covariance(x.astype(float), y).dtype == c.slope(x, y.astype(float)).dtype == np.float64
    covariances, slopes = c.covariance(x, y), c.slope(x, y)
    assert covariances.dtype == slopes.dtype == np.float32
    for g in np.unique(codes):
        total, xy, yy = deviations(x[codes == g].tolist(), y[codes == g].tolist(), None)
        if total > 1:
            for got, exact in ((covariances[g], xy / (total - 1)), (slopes[g], xy / yy)):
                near = (np.nextafter(got, np.float32(-np.inf)), np.nextafter(got, np.float32(np.inf)))
                assert all(abs(exact - Fraction(float(got))) < abs(exact - Fraction(float(b))) for b in near)


def test_a_row_needs_both_variables_and_its_weight():
    nan = math.nan
    x, y, w = [1.0, 2.0, nan, 7.0, 9.0, 4.0], [3.0, nan, 5.0, 8.0, 1.0, 2.0], [1, 1, 1, 2, nan, 3]
    c = snd.Clusters.from_codes(np.zeros(6, int))
    assert c.covariance(x, y).tolist() == [covariance([1, 7, 9, 4], [3, 8, 1, 2])]
    assert c.covariance(x, y, w).tolist() == [covariance([1, 7, 4], [3, 8, 2], [1, 2, 3])]
    assert c.slope(x, y, w).tolist() == [slope([1, 7, 4], [3, 8, 2], [1, 2, 3])]
    assert np.isnan(c.covariance(x, y, skipna=False)).all()
    assert np.isnan(c.slope(x, np.arange(6), skipna=False)).all()
    assert np.isnan(c.covariance(x, y, min_count=5)).all()
    assert not np.isnan(c.covariance(x, y, min_count=4)).any()
    # Integers have no NaN, the other variable does.
    assert c.slope([1, 2, 3, 7, 9, 4], y).tolist() == [slope([1, 3, 7, 9, 4], [3, 5, 8, 1, 2])]
    assert c.slope(np.ma.masked_equal([1, 2, 3, 7, 9, 4], 3), y).tolist() == [
        slope([1, 7, 9, 4], [3, 8, 1, 2])
    ]
    assert c.slope(y, np.ma.masked_equal([1, 2, 3, 7, 9, 4], 3)).tolist() == [
        slope([3, 8, 1, 2], [1, 7, 9, 4])
    ]


def test_what_has_no_result():
    c = snd.Clusters.from_codes([0, 0, 1, 2, 2], 4)
    x, y = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([6.0, 6.0, 1.0, math.inf, 2.0])
    assert c.covariance(x, y).tolist()[:1] == [0.0]
    assert np.isnan(c.covariance(x, y)[1:]).all()
    assert np.isnan(c.slope(x, y)).all()
    assert np.isnan(c.slope(x, x, np.zeros(5))).all()
    assert c.covariance([1e300, -1e300, 0, 0, 0], [1e300, -1e300, 0, 0, 0])[0] == math.inf
    assert c.covariance([1e300, -1e300, 0, 0, 0], [-1e300, 1e300, 0, 0, 0])[0] == -math.inf
    assert c.slope([1e300, -1e300, 0, 0, 0], [5e-324, 0, 0, 0, 0])[0] == math.inf


def test_order_threads_and_states_give_the_same_bits():
    rng = np.random.default_rng(5)
    n, groups = 20_000, 90
    x = 1e6 + rng.normal(size=n) * 10.0 ** rng.integers(-4, 4, n)
    y = rng.normal(size=n)
    x[::501], x[::733], y[::41] = 1e300, np.nan, np.nan
    codes = rng.integers(-1, groups, n).astype(np.int32)
    for w in (None, rng.random(n)):
        c = snd.Clusters.from_codes(codes, groups)
        want = c.covariance(x, y, w, threads=1), c.slope(x, y, w, threads=1)
        for threads in (2, 3, 4):
            order = rng.permutation(n)
            d = snd.Clusters.from_codes(codes[order], groups)
            part = None if w is None else w[order]
            np.testing.assert_array_equal(d.covariance(x[order], y[order], part, threads=threads), want[0])
            np.testing.assert_array_equal(d.slope(x[order], y[order], part, threads=threads), want[1])
        whole = None
        for a in range(0, n, 1700):
            b = min(a + 1700, n)
            part = None if w is None else w[a:b]
            states = _core.comoment_states(x[a:b], y[a:b], part, codes[a:b], groups, True, 2)
            if whole is not None:
                states = tuple(_core.exact_merge(p, q) for p, q in zip(states, whole, strict=True))
            whole = states
        np.testing.assert_array_equal(_core.comoment_finish(whole, False, 1, "f8", 0), want[0])
        np.testing.assert_array_equal(_core.comoment_finish(whole, True, 0, "f8", 0), want[1])


def test_two_dimensions_and_containers():
    rng = np.random.default_rng(6)
    x, y, w = rng.normal(size=(3, 40, 3))
    y[4, 1], w = np.nan, abs(w)
    codes = rng.integers(0, 5, 40)
    c = snd.Clusters.from_codes(codes, 5)
    for method in (c.covariance, c.slope):
        columns = np.column_stack([method(x[:, k], y[:, k], w[:, k]) for k in range(3)])
        np.testing.assert_array_equal(method(x, y, w), columns)
        np.testing.assert_array_equal(method(x.T, y.T, w.T, axis=1), columns.T)
        one = np.column_stack([method(x[:, k], y[:, 0]) for k in range(3)])
        np.testing.assert_array_equal(method(x, y[:, 0]), one)
        np.testing.assert_array_equal(method(x.T, y[:, 0], axis=-1), one.T)
        series = method(pd.Series(x[:, 0], name="profit"), pd.Series(y[:, 0]))
        assert isinstance(series, pd.Series)
        assert series.name == "profit"
        np.testing.assert_array_equal(series, one[:, 0])
        nullable = method(pd.Series(x[:, 1]).astype("Float64"), pd.Series(y[:, 1]).astype("Float64"))
        np.testing.assert_array_equal(nullable.to_numpy(float, na_value=np.nan), method(x[:, 1], y[:, 1]))
    short = snd.Clusters.from_codes([0, 0, 1]).covariance(
        pd.Series([1, 2, 3], dtype="Int64"), [1.0, math.nan, 2.0]
    )
    assert short.isna().all()


def test_overlapping_clusters_use_their_members():
    x, y = np.array([1.0, 5.0, 2.0, 9.0]), np.array([3.0, 1.0, 4.0, 1.0])
    members, codes = np.array([0, 1, 3, 1, 2]), np.array([0, 0, 0, 1, 1], np.int32)
    shares = np.array([1.0, 0.5, 1.0, 0.5, 1.0])
    c = snd.Clusters.from_codes(codes, 2)
    c._fill(codes, 2, np.arange(2), None, None, length=4, members=members, shares=shares)
    want = [covariance(x[members[codes == g]], y[members[codes == g]], shares[codes == g], 0) for g in (0, 1)]
    assert c.covariance(x, y, ddof=0).tolist() == want


def test_bad_input_is_named():
    c = snd.Clusters.from_codes([0, 0, 1])
    with pytest.raises(ValueError, match="other: shape"):
        c.covariance([1.0, 2.0, 3.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="other: shape"):
        c.slope([1.0, 2.0, 3.0], 1.0)
    with pytest.raises(ValueError, match="values: expected 3 rows"):
        c.slope([1.0, 2.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="weights: must not be negative"):
        c.slope([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [-1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="ddof"):
        c.covariance([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], ddof=-1)
    with pytest.raises(TypeError, match="other"):
        c.covariance([1.0, 2.0, 3.0], ["a", "b", "c"])
    with pytest.raises(ValueError, match="other: expected one column"):
        c.slope([1.0, 2.0, 3.0], pd.DataFrame({"a": [1.0, 2.0, 3.0]}))
    with pytest.raises(ValueError, match="other: its index"):
        c.slope(pd.Series([1.0, 2.0, 3.0]), pd.Series([1.0, 2.0, 3.0], index=[2, 1, 0]))
    labels = snd.Clusters(pd.Series(["a", "a", "b"], index=[7, 8, 9]))
    with pytest.raises(ValueError, match="other: its index and the index of labels"):
        labels.slope([1.0, 2.0, 3.0], pd.Series([1.0, 2.0, 3.0]))
    gone = np.ma.masked_equal([2**53 + 1, 2, 3], 2)
    with pytest.raises(ValueError, match="other: integers above"):
        c.slope([1.0, 2.0, 3.0], gone)
