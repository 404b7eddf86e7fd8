"""Variances and standard deviations, grouped and not, against exact rational arithmetic."""

import itertools
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
OFFSET = st.tuples(st.sampled_from([1e9, -1e15, 2.0**60, 0.1, 1e300]), st.integers(0, 9)).map(
    lambda pair: pair[0] + pair[1] * math.ulp(pair[0])
)
ANY = st.one_of(FINITE, SUBNORMAL, OFFSET, st.integers(-(10**6), 10**6).map(float))
WEIGHT = st.one_of(FINITE.map(abs), SUBNORMAL.map(abs), st.integers(0, 4).map(float))


def rounded(exact: Fraction) -> float:
    """The double nearest to a rational that is not negative; CPython's division rounds once."""
    try:
        return exact.numerator / exact.denominator
    except OverflowError:
        return math.inf


def exact_variance(values, weights=None, ddof=1) -> Fraction | None:
    """By the deviations from the mean, not by the formula of the code under test."""
    xs = [Fraction(x) for x in values]
    ws = [Fraction(1)] * len(xs) if weights is None else [Fraction(w) for w in weights]
    weight = sum(ws, Fraction(0))
    if weight <= ddof:
        return None
    mean = sum((w * x for w, x in zip(ws, xs, strict=True)), Fraction(0)) / weight
    squares = sum((w * (x - mean) ** 2 for w, x in zip(ws, xs, strict=True)), Fraction(0))
    return squares / (weight - ddof)


def variance(values, weights=None, ddof=1) -> float:
    exact = exact_variance(values, weights, ddof)
    return math.nan if exact is None else rounded(exact)


def check_groups(x, w, codes, groups, ddof, threads=1):
    got = snd.Clusters.from_codes(codes, groups).var(x, w, ddof=ddof, threads=threads)
    for g in range(groups):
        inside = codes == g
        want = variance(x[inside].tolist(), None if w is None else w[inside].tolist(), ddof)
        np.testing.assert_array_equal(got[g], want, err_msg=f"{x[inside].tolist()}")


@given(st.lists(st.tuples(ANY, st.integers(-1, 7)), max_size=40), st.integers(0, 2))
@settings(max_examples=600)
def test_variance_of_drawn_groups_is_rounded_once(rows, ddof):
    x, codes = np.array([x for x, _ in rows]), np.array([c for _, c in rows], np.int32)
    check_groups(x, None, codes, 8, ddof)


@given(st.lists(st.tuples(ANY, WEIGHT, st.integers(0, 3)), max_size=20), st.integers(0, 2))
@settings(max_examples=400)
def test_weighted_variance_of_drawn_groups_is_rounded_once(rows, ddof):
    x, w, codes = (np.array([row[k] for row in rows]) for k in range(3))
    check_groups(x, w, codes.astype(np.int64), 4, ddof)


@pytest.mark.parametrize("groups", [1, 7, 200])
@pytest.mark.parametrize(
    ("low", "high"), [(-300, 300), (-8, 8), (-1, 1), (-323, -300), (140, 160), (300, 307), (-165, -150)]
)
def test_wide_ranges(low, high, groups):
    rng = np.random.default_rng(0)
    x = rng.normal(size=1500) * 10.0 ** rng.integers(low, high, 1500)
    w = rng.random(1500) * 10.0 ** rng.integers(-3, 3, 1500)
    codes = rng.integers(0, groups, 1500).astype(np.int32)
    check_groups(x, None, codes, groups, 1, threads=2)
    check_groups(x, w, codes, groups, 1, threads=2)


def test_weights_of_any_size():
    rng = np.random.default_rng(1)
    x, codes = rng.normal(100.0, 50.0, 400), rng.integers(0, 30, 400)
    for low, high in ((-320, 300), (-320, -310), (250, 300)):
        check_groups(x, rng.random(400) * 10.0 ** rng.integers(low, high, 400), codes, 30, 0)


def test_figures_far_from_zero():
    # numbagg's group_nanvar gives 2755.267 for it (reference figures of grouped libraries).
    x = 1e9 + np.arange(1000) % 7
    c = snd.Clusters(np.zeros(1000, np.int64))
    assert c.var(x).tolist() == [variance(x.tolist())]
    assert round(float(c.var(x)[0]), 6) == 3.998990
    assert float(snd.exact_var(x)) == variance(x.tolist())
    assert snd.exact_var([0.1] * 10) == 0.0
    assert snd.exact_var([1e150, 1e150 + math.ulp(1e150)]) == math.ulp(1e150) ** 2 / 2


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e9, 1e12, 1e15])
def test_cancellation_at_every_depth(offset):
    rng = np.random.default_rng(2)
    x = offset + np.round(rng.normal(size=900), 3)
    codes = rng.integers(0, 300, 900).astype(np.int32)
    for ddof in (0, 1, 2):
        check_groups(x, None, codes, 300, ddof)
    check_groups(x, rng.integers(0, 4, 900).astype(float), codes, 300, 1)


def test_order_chunks_threads_and_merges_give_the_same_bits():
    rng = np.random.default_rng(3)
    n, groups = 30_000, 90
    x = 1e6 + rng.normal(size=n) * 10.0 ** rng.integers(-4, 4, n)
    x[::501], x[::733] = 1e300, np.nan
    w = rng.random(n)
    codes = rng.integers(-1, groups, n).astype(np.int32)
    for weights in (None, w):
        want = snd.Clusters.from_codes(codes, groups).var(x, weights, threads=1)
        for threads in (2, 3, 4):
            order = rng.permutation(n)
            shuffled = None if weights is None else weights[order]
            got = snd.Clusters.from_codes(codes[order], groups).var(x[order], shuffled, threads=threads)
            np.testing.assert_array_equal(got, want)
        for cuts in ([0, n], [0, 1, 2, 700, n], [*range(0, n, 1500), n]):
            states = []
            for a, b in itertools.pairwise(cuts):
                part = None if weights is None else weights[a:b]
                states.append(_core.variance_states(x[a:b], part, codes[a:b], groups, True, 2))
            rng.shuffle(states)
            while len(states) > 1:
                pair = states.pop(0), states.pop(int(rng.integers(len(states))))
                states.append(tuple(_core.exact_merge(a, b) for a, b in zip(*pair, strict=True)))
            np.testing.assert_array_equal(_core.variance_finish(states[0], 1, False, "f8", 0), want)
            root = _core.variance_finish(states[0], 1, True, "f8", 0)
            np.testing.assert_array_equal(root, np.sqrt(want))


def test_rows_next_to_each_other_and_many_clusters():
    rng = np.random.default_rng(4)
    n = 60_000
    x = np.round(rng.normal(100.0, 50.0, n), 2)
    for groups in (40, 20_000):
        codes = rng.integers(0, groups, n).astype(np.int32)
        order = np.argsort(codes, kind="stable")
        want = snd.Clusters.from_codes(codes, groups).var(x)
        got = snd.Clusters.from_codes(codes[order], groups).var(x[order], threads=2)
        np.testing.assert_array_equal(got, want)
        for g in (0, groups // 2, groups - 1):
            np.testing.assert_array_equal(want[g], variance(x[codes == g].tolist()))


def test_totals_that_overflow_only_on_the_way():
    big = 1.3e154  # its square is finite, the sum of two squares is not
    assert snd.exact_var([big, big, big]) == 0.0
    assert snd.exact_var([big, -big], ddof=0) == big * big
    assert snd.exact_var([1e308, -1e308]) == np.inf
    assert snd.exact_std([1e308, -1e308]) == np.inf
    assert snd.exact_var([1e308, 1e308], weights=[1e308, 1e308]) == 0.0


def test_what_is_not_finite_or_not_enough():
    c = snd.Clusters.from_codes([0, 0, 1, 1, 2, 4, 4], 5)
    x = [1.0, np.inf, 2.0, np.nan, 3.0, 1.0, 4.0]
    np.testing.assert_array_equal(c.var(x), [np.nan, np.nan, np.nan, np.nan, 4.5])
    np.testing.assert_array_equal(c.var(x, ddof=0), [np.nan, 0.0, 0.0, np.nan, 2.25])
    np.testing.assert_array_equal(c.std(x, ddof=0, skipna=False), [np.nan, np.nan, 0.0, np.nan, 1.5])
    np.testing.assert_array_equal(c.var(x, ddof=0, min_count=2), [np.nan] * 4 + [2.25])
    np.testing.assert_array_equal(c.var(x, ddof=2), [np.nan] * 5)
    assert math.isnan(snd.exact_var([]))
    assert math.isnan(snd.exact_var([], ddof=0))
    assert math.isnan(snd.exact_var([-np.inf, 1.0]))
    assert math.isnan(snd.exact_var([1.0, 2.0, np.nan], skipna=False))
    assert not np.signbit(snd.exact_var([-0.0, -0.0]))
    assert math.isnan(snd.exact_var([1.0, 2.0], ddof=2**70))


def test_weights_count_how_often_a_row_is_there():
    rng = np.random.default_rng(5)
    x, w = rng.normal(1e6, 1.0, 300), rng.integers(0, 5, 300)
    codes = rng.integers(0, 9, 300)
    got = snd.Clusters.from_codes(codes, 9).var(x, w)
    want = snd.Clusters.from_codes(np.repeat(codes, w), 9).var(np.repeat(x, w))
    np.testing.assert_array_equal(got, want)
    assert math.isnan(snd.exact_var([1.0, 2.0], weights=[0.5, 0.5]))
    assert math.isnan(snd.exact_var([1.0, 2.0], weights=[0.5, math.nextafter(0.5, 0)]))
    above = math.nextafter(0.5, 1)
    assert snd.exact_var([1.0, 2.0], weights=[0.5, above]) == variance([1.0, 2.0], [0.5, above])
    assert math.isnan(snd.exact_var([1.0, 2.0], weights=[0.0, 0.0], ddof=0))
    assert math.isnan(snd.exact_var([1.0, 2.0], weights=[np.inf, 1.0]))
    assert math.isnan(snd.exact_var([1.0, np.inf], weights=[1.0, 0.0], ddof=0))  # 0 * inf
    assert snd.exact_var([1.0, np.nan, 3.0], weights=[1.0, 1.0, 1.0]) == 2.0
    assert snd.exact_var([1.0, 7.0, 3.0], weights=[1.0, np.nan, 1.0]) == 2.0


@pytest.mark.parametrize("dtype", [np.int64, np.uint64])
def test_integers_are_exact(dtype):
    info = np.iinfo(dtype)
    rng = np.random.default_rng(6)
    for x in (
        rng.integers(info.min, info.max, 300, dtype=dtype),
        (info.max - rng.integers(0, 9, 300).astype(dtype)).astype(dtype),
        (info.min + rng.integers(0, 9, 300).astype(dtype)).astype(dtype),
    ):
        codes = rng.integers(0, 20, 300)
        got = snd.Clusters.from_codes(codes, 20).var(x)
        w = rng.random(300) * 4
        weighted = snd.Clusters.from_codes(codes, 20).var(x, w)
        assert got.dtype == np.float64
        for g in range(20):
            inside = codes == g
            assert got[g] == variance(x[inside].tolist())
            assert weighted[g] == variance(x[inside].tolist(), w[inside].tolist())
    assert snd.exact_var(np.array([True, False])) == 0.5
    assert snd.exact_var(np.array([-128, 127], np.int8)) == 255**2 / 2


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=2, max_size=20))
@settings(max_examples=300)
def test_float32_is_rounded_once_to_float32(values):
    array = np.array(values, np.float32)
    exact, got = exact_variance([float(x) for x in array]), snd.exact_var(array)
    assert got.dtype == np.float32
    if np.isinf(got):
        assert exact >= Fraction(2) ** 128 - Fraction(2) ** 103
        return
    below, above = (np.nextafter(got, np.float32(end)) for end in (-np.inf, np.inf))
    away = abs(Fraction(float(got)) - exact)
    for other in (below, above):
        if np.isfinite(other):
            apart = abs(Fraction(float(other)) - exact)
            assert away < apart or (away == apart and int(got.view(np.uint32)) & 1 == 0)
    assert snd.exact_std(array) == np.sqrt(got)


def test_a_result_half_way_between_doubles_goes_to_the_even_one():
    odd = 2**27 + 1  # half of its square is 2^53 + 2^27 + 1/2: half-way, and one bit away from it
    assert (odd * odd) % 2 == 1
    assert snd.exact_var([0, odd]) == variance([0, odd])
    for tiny in (0.0, 2.0**-60, -(2.0**-60)):
        x = [0.0, float(odd), tiny]
        assert snd.exact_var(x, weights=[1.0, 1.0, 2.0**-70], ddof=1) == variance(x, [1.0, 1.0, 2.0**-70])


def test_axes_shapes_and_columns():
    rng = np.random.default_rng(7)
    x = np.round(rng.normal(size=(40, 3)), 2)
    codes = rng.integers(0, 4, 40)
    c = snd.Clusters.from_codes(codes, 4)
    table = c.var(x)
    np.testing.assert_array_equal(table, np.column_stack([c.var(x[:, k]) for k in range(3)]))
    np.testing.assert_array_equal(c.var(x.T, axis=1), table.T)
    w = rng.random((40, 3)) * 3
    np.testing.assert_array_equal(c.std(x, w)[:, 1], c.std(x[:, 1], w[:, 1]))
    assert snd.exact_var(x) == variance(x.ravel().tolist())
    assert snd.exact_var(x, axis=0).tolist() == [variance(x[:, k].tolist()) for k in range(3)]
    assert snd.exact_var(x, axis=1, ddof=0).tolist() == [variance(row.tolist(), ddof=0) for row in x]
    np.testing.assert_allclose(snd.exact_std(x, axis=(0, 1), ddof=0), x.std(), rtol=1e-14)
    many = np.round(rng.normal(size=(5, 300)), 3)  # short columns go as clusters
    assert snd.exact_var(many, axis=0).tolist() == [variance(many[:, k].tolist()) for k in range(300)]


def test_pandas():
    series = pd.Series([1.0, 2.0, 6.0, 5.0], index=list("wxyz"), name="x")
    c = snd.Clusters(pd.Series(["a", "a", "a", "b"], index=list("wxyz"), name="k"))
    want = series.groupby(["a", "a", "a", "b"]).var()
    pd.testing.assert_series_equal(c.var(series), want.rename_axis("k"))
    plain = snd.Clusters(["a", "a", "a", "b"])
    whole = plain.var(pd.Series([2**60 + 1, 2**60 + 3, None, 5], dtype="Int64"))
    assert str(whole.dtype) == "Float64"
    assert whole.isna().tolist() == [False, True]
    assert whole.iloc[0] == 2.0
    spread = plain.std(pd.Series([1.0, 2.0, np.inf, 5.0], dtype="Float64"), ddof=0)
    assert spread.isna().tolist() == [False, False]  # IEEE's NaN of an infinity is a result
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [1.0, np.nan, 2.0]})
    pd.testing.assert_series_equal(snd.exact_var(frame, axis=0), frame.var())
    nullable = snd.exact_var(frame.astype("Float64").iloc[:1], axis=0)
    assert nullable.isna().tolist() == [True, True]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: snd.exact_var([1.0], ddof=-1), ValueError, "ddof: .*-1"),
        (lambda: snd.exact_var([1.0], ddof=0.5), ValueError, r"ddof: .*0\.5"),
        (lambda: snd.exact_std([1.0], ddof="x"), ValueError, "ddof: .*'x'"),
        (lambda: snd.exact_var(["a"]), TypeError, "values"),
        (lambda: snd.exact_var([1.0], weights=[-1.0]), ValueError, r"weights.*-1\.0"),
        (lambda: snd.exact_var([1.0], axis=1), ValueError, "axis"),
        (lambda: snd.Clusters([0, 1]).var([1.0]), ValueError, r"values: expected 2 rows.*\(1,\)"),
        (lambda: snd.Clusters([0, 1]).std([1.0, 2.0], min_count=-1), ValueError, "min_count.*-1"),
        (lambda: snd.Clusters([0, 1]).var([1.0, 2.0], ddof=None), ValueError, "ddof: .*None"),
        (lambda: snd.Clusters([0, 1]).var([1.0, 2.0], threads=0), ValueError, "threads"),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_private_functions_check_what_could_corrupt_memory():
    x, codes = np.ones(4), np.zeros(4, np.int64)
    for arguments in (
        (x, None, codes[:3], 1, 1, False, True, 0, 1),
        (x, x[:3], codes, 1, 1, False, True, 0, 1),
        (x, None, codes, 1, -1, False, True, 0, 1),
        (x, None, codes, 1, 1, False, True, 0, 0),
        (x, None, codes, -1, 1, False, True, 0, 1),
        (x, None, codes),
    ):
        with pytest.raises((TypeError, ValueError)):
            _core.group_variance(*arguments)
    with pytest.raises(ValueError, match="code is out of range"):
        _core.group_variance(x, None, codes + 3, 3, 1, False, True, 0, 1)
    states = _core.variance_states(x, None, codes, 2, True, 1)
    other = _core.variance_states(x, None, codes, 3, True, 1)
    for wrong in ((states[0],), [*states], (states[0], other[1]), states * 2, (1, 2)):
        with pytest.raises((TypeError, ValueError), match="state"):
            _core.variance_finish(wrong, 1, False, "f8", 0)
    with pytest.raises(ValueError, match="bad argument"):
        _core.variance_finish(states, 1, False, "i8", 0)
    with pytest.raises(ValueError, match="dimension"):
        _core.variance_states(x.reshape(2, 2), None, codes[:2], 2, True, 1)
