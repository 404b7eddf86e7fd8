"""Medians, quantiles and numbers of different values by cluster, against sorted exact rationals."""

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
ANY = st.one_of(FINITE, SUBNORMAL, st.integers(-4, 4).map(float))
WEIGHT = st.one_of(FINITE.map(abs), SUBNORMAL.map(abs), st.integers(0, 3).map(float))
FRACTION = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]))


def rounded(exact: Fraction, dtype=np.float64) -> float:
    """The nearest double, half to even, or the nearest float."""
    if dtype == np.float64:
        return exact.numerator / exact.denominator
    near = np.float32(exact.numerator / exact.denominator)
    with np.errstate(over="ignore"):
        around = [near, np.nextafter(near, np.float32(-np.inf)), np.nextafter(near, np.float32(np.inf))]
    finite = [x for x in around if np.isfinite(x)]
    return min(finite, key=lambda x: (abs(Fraction(float(x)) - exact), int(x.view(np.uint32)) & 1))


def exact_quantile(values, q, dtype=np.float64) -> float:
    """By the weights of the two values beside the place, which NumPy computes in double."""
    if not values:
        return math.nan
    ordered = sorted(map(Fraction, values))
    place = q * (len(ordered) - 1)
    k = min(math.floor(place), len(ordered) - 1)
    part = Fraction(place) - k
    above = ordered[min(k + 1, len(ordered) - 1)]
    return rounded((1 - part) * ordered[k] + part * above, dtype)


def exact_weighted_median(values, weights) -> float:
    pairs = sorted((Fraction(x), Fraction(w)) for x, w in zip(values, weights, strict=True) if w > 0)
    half, reached = sum(w for _, w in pairs) / Fraction(2), Fraction(0)
    for k, (x, w) in enumerate(pairs):
        reached += w
        if reached == half:
            return rounded((x + pairs[k + 1][0]) / 2)
        if reached > half:
            return rounded(x)
    return math.nan


@given(st.lists(st.tuples(ANY, st.integers(-1, 3)), max_size=60), st.lists(FRACTION, min_size=1, max_size=4))
@settings(max_examples=300)
def test_quantiles_of_drawn_groups_are_rounded_once(rows, q):
    x, codes = np.array([x for x, _ in rows]), np.array([c for _, c in rows], np.int32)
    c = snd.Clusters.from_codes(codes, 4)
    got, median, distinct = c.quantile(x, q, threads=2), c.median(x), c.nunique(x)
    assert got.shape == (len(q), 4)
    for g in range(4):
        inside = x[codes == g].tolist()
        np.testing.assert_array_equal(got[:, g], [exact_quantile(inside, one) for one in q])
        np.testing.assert_array_equal(median[g], exact_quantile(inside, 0.5))
        assert distinct[g] == len(set(inside))


@given(st.lists(st.tuples(ANY, WEIGHT, st.integers(0, 2)), max_size=80), st.booleans())
@settings(max_examples=300)
def test_weighted_median_of_drawn_groups_compares_exact_sums(rows, one_cluster):
    x, w = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    codes = np.array([0 if one_cluster else r[2] for r in rows], np.int64)
    got = snd.Clusters.from_codes(codes, 3).median(x, w)
    for g in range(3):
        want = exact_weighted_median(x[codes == g].tolist(), w[codes == g].tolist())
        np.testing.assert_array_equal(got[g], want)


@pytest.mark.parametrize("scale", [1.0, 1e-250, 1e-290, 1e-300, 1e-310, 1e280, 1e295, 1e307])
def test_figures_of_one_size_at_any_q(scale):
    rng = np.random.default_rng(8)
    x = rng.uniform(-1.7, 1.7, (7, 150)) * scale
    x[:, ::3] = np.round(x[:, ::3] / scale, 1) * scale
    c = snd.Clusters(np.zeros(7))
    for q in [0.1, 1 / 3, *rng.random(4)]:
        want = [exact_quantile(column, q) for column in x.T.tolist()]
        np.testing.assert_array_equal(c.quantile(x, q)[0], want)


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=9), FRACTION)
@settings(max_examples=300)
def test_float32_is_rounded_straight_from_the_exact_figure(values, q):
    x = np.array(values, np.float32)
    c = snd.Clusters(np.zeros(len(x)))
    for got, at in ((c.median(x), 0.5), (c.quantile(x, q), q)):
        assert got.dtype == np.float32
        assert got[0] == exact_quantile(values, at, np.float32)


@pytest.mark.parametrize("dtype", [np.int64, np.uint64])
@pytest.mark.parametrize("size", [1, 2, 5, 40])
def test_integers_of_any_size_are_taken_exactly(dtype, size):
    rng = np.random.default_rng(size)
    limits = np.iinfo(dtype)
    for _ in range(60):
        x = rng.integers(limits.min, limits.max, size, dtype, endpoint=True)
        x[0] = [limits.min, limits.max, 2**53 + 1][rng.integers(3)]
        c = snd.Clusters(np.zeros(size))
        assert c.median(x).tolist() == [exact_quantile(x.tolist(), 0.5)]
        assert c.quantile(x, [0.3, 0.9])[:, 0].tolist() == [exact_quantile(x.tolist(), q) for q in (0.3, 0.9)]
        w = rng.integers(0, 3, size).astype(float)
        np.testing.assert_array_equal(c.median(x, w), [exact_weighted_median(x.tolist(), w.tolist())])
        assert c.nunique(x).tolist() == [len(set(x.tolist()))]


ORDERS = {
    "random": lambda rng, n: rng.normal(size=n),
    "ascending": lambda rng, n: np.arange(n, dtype=float),
    "descending": lambda rng, n: -np.arange(n, dtype=float),
    "organ pipe": lambda rng, n: np.abs(np.arange(n) - n / 2),
    "few values": lambda rng, n: rng.integers(0, 3, n).astype(float),
    "alike": lambda rng, n: np.full(n, 7.0),
    "one apart": lambda rng, n: np.where(np.arange(n) == n // 3, -1e300, 7.0),
    "powers": lambda rng, n: 2.0 ** (np.arange(n) % 2000 - 1000),
    "sawtooth": lambda rng, n: (np.arange(n) % 97).astype(float),
}


@pytest.mark.parametrize("n", [17, 700, 1_500, 50_000])
@pytest.mark.parametrize("order", ORDERS)
def test_every_order_and_size(order, n):
    x = ORDERS[order](np.random.default_rng(n), n)
    c = snd.Clusters(np.zeros(n, np.int64))
    q = [0.9, 0.001, 0.0, 1.0, 0.5, 0.37]
    near = np.quantile(x, q)
    np.testing.assert_allclose(c.quantile(x, q)[:, 0], near, rtol=1e-13)
    assert c.median(x)[0] == np.median(x)
    assert c.nunique(x)[0] == len(np.unique(x))
    assert c.median(x, np.full(n, 0.1))[0] == np.median(x)
    whole = np.random.default_rng(1).integers(0, 4, n)
    assert c.median(x, whole)[0] == np.median(np.repeat(x, whole))


def test_order_of_rows_and_threads_change_no_bit():
    rng = np.random.default_rng(3)
    n, groups = 20_000, 70
    x = np.round(rng.normal(size=n), 2) * 10.0 ** rng.integers(-3, 3, n)
    x[::733], x[::997] = np.nan, -0.0
    w, codes = rng.random(n), rng.integers(-1, groups, n)
    w[::501] = np.nan

    def all_of(at, threads):
        c = snd.Clusters.from_codes(codes[at], groups)
        return [
            c.median(x[at], threads=threads),
            c.median(x[at], w[at], threads=threads),
            *c.quantile(x[at], [0.1, 0.9], threads=threads),
            c.nunique(x[at], threads=threads),
        ]

    want = [a.tobytes() for a in all_of(np.arange(n), 1)]
    for threads in (1, 2, 3, 4):
        assert [a.tobytes() for a in all_of(rng.permutation(n), threads)] == want
    for g, got in enumerate(all_of(np.arange(n), 2)[0]):
        assert got == np.nanmedian(x[codes == g])


def test_an_unsorted_half_is_decided_by_exact_weights():
    # 0.1 + 0.2 > 0.3 as doubles add up, and 0.3 as a double is less than 3/10.
    c = snd.Clusters(np.zeros(3))
    x, w = np.array([1.0, 2.0, 3.0]), np.array([0.1, 0.2, 0.3])
    assert c.median(x, w).tolist() == [exact_weighted_median(x, w)]
    # Sums that round are just half: the least weight decides.
    many = np.repeat([1.0, 2.0], 40)
    for least, want in ((0.0, 1.5), (5e-324, 2.0)):
        w = np.concatenate([np.full(40, 0.1), np.full(39, 0.1), [0.1]])
        got = snd.Clusters(np.zeros(81)).median(np.append(many, 3.0), np.append(w, least))
        assert got.tolist() == [want]


def test_missing_zero_infinite_and_empty():
    c = snd.Clusters.from_codes([0, 0, 1, 1, 2, -1], n=4)
    x = [np.nan, 3.0, -np.inf, np.inf, -0.0, 9.0]
    np.testing.assert_array_equal(c.median(x), [3.0, np.nan, 0.0, np.nan])
    assert math.copysign(1.0, c.median(x)[2]) == 1.0
    least = snd.Clusters([0, 0]).median([-5e-324, 0.0])  # rounded to zero, from below
    assert math.copysign(1.0, least[0]) == -1.0
    assert snd.Clusters([0, 0]).mean([-5e-324, 0.0]).tobytes() == least.tobytes()
    np.testing.assert_array_equal(c.median(x, skipna=False), [np.nan, np.nan, 0.0, np.nan])
    np.testing.assert_array_equal(c.quantile(x, 0.0), [3.0, -np.inf, 0.0, np.nan])
    np.testing.assert_array_equal(c.median(x, min_count=2), [np.nan] * 4)
    assert c.nunique(x).tolist() == [1, 2, 1, 0]
    assert c.nunique(x, skipna=False).tolist() == [2, 2, 1, 0]
    assert c.nunique([0.0, -0.0, 1.0, 1.0, 2.0, 3.0]).tolist() == [1, 1, 1, 0]
    one = snd.Clusters([0, 0, 0])
    assert one.quantile([-np.inf, 1.0, np.inf], [0.25, 0.75]).tolist() == [[-np.inf], [np.inf]]
    np.testing.assert_array_equal(one.median([1.0, 2.0, 3.0], [0.0, 0.0, 0.0]), [np.nan])
    np.testing.assert_array_equal(one.median([1.0, 2.0, 3.0], [1.0, np.inf, 1.0]), [np.nan])
    assert one.median([1.0, 2.0, np.nan], [np.nan, 1.0, 5.0]).tolist() == [2.0]
    none = snd.Clusters.from_codes([], n=2)
    np.testing.assert_array_equal(none.median([]), [np.nan, np.nan])
    assert none.nunique([]).tolist() == [0, 0]


def test_shapes_axes_and_several_q():
    rng = np.random.default_rng(5)
    x, codes = rng.normal(size=(3, 30, 2)), np.arange(30) % 4
    c = snd.Clusters(codes)
    want = np.stack([np.quantile(x[:, codes == g], [0.2, 0.7], axis=1) for g in range(4)], axis=2)
    got = c.quantile(x, [0.2, 0.7], axis=1)
    assert got.shape == (2, 3, 4, 2)
    np.testing.assert_allclose(got, want, rtol=1e-14)
    np.testing.assert_array_equal(c.quantile(x, 0.2, axis=1), got[0])
    w = rng.random((3, 30, 2))
    columns = [[c.median(x[i, :, j], w[i, :, j]) for j in range(2)] for i in range(3)]
    np.testing.assert_array_equal(c.median(x, w, axis=1), np.moveaxis(np.array(columns), 1, 2))
    assert c.nunique(x, axis=1).tolist() == [[[s, s] for s in c.sizes.tolist()]] * 3
    assert c.quantile(x[0], []).shape == (0, 4, 2)
    strided = x[0, ::-1, 0]
    np.testing.assert_array_equal(c.median(strided), c.median(strided.copy()))


def test_containers_and_types():
    labels = pd.Series(["a", "b", "a", "b"], name="key")
    c = snd.Clusters(labels)
    ints = pd.Series([1, 5, 2, 5], name="x")
    pd.testing.assert_series_equal(
        c.median(ints), pd.Series([1.5, 5.0], pd.Index(["a", "b"], name="key"), name="x")
    )
    assert c.nunique(ints).to_dict() == {"a": 2, "b": 1}
    several = c.quantile(ints, [0.0, 0.5])
    assert several.index.tolist() == [0.0, 0.5]
    assert several["a"].tolist() == [1.0, 1.5]
    nullable = pd.Series([1, None, 2, None], dtype="Int64")
    assert c.median(nullable).tolist() == [1.5, pd.NA]
    assert c.median(nullable, skipna=False)["b"] is pd.NA
    assert c.nunique(nullable).tolist() == [2, 0]
    assert c.nunique(nullable, skipna=False).tolist() == [2, 1]
    frame = pd.DataFrame({"x": ints, "y": nullable})
    assert c.median(frame)["y"].tolist() == [1.5, pd.NA]
    np.testing.assert_array_equal(
        c.quantile(frame, [0.0, 1.0]), [[[1.0, 1.0], [5.0, np.nan]], [[2.0, 2.0], [5.0, np.nan]]]
    )
    masked = np.ma.masked_array([1, 5, 2, 7], [False, True, False, False])
    assert snd.Clusters([0, 1, 0, 1]).median(masked).tolist() == [1.5, 7.0]
    for dtype in (bool, np.int8, np.uint16, np.float16, ">f8", ">i4"):
        x = np.array([1, 0, 1, 1]).astype(dtype)
        assert snd.Clusters([0, 1, 0, 1]).median(x).tolist() == [1.0, 0.5]
        assert snd.Clusters([0, 1, 0, 1]).nunique(x).tolist() == [1, 2]


@pytest.mark.parametrize("q", [-0.1, 1.5, np.nan, [0.5, 2.0], [[0.5]], "median", None])
def test_other_q_are_named(q):
    with pytest.raises((ValueError, TypeError), match=r"^q: expected"):
        snd.Clusters([0]).quantile([1.0], q)


def test_other_arguments_are_named():
    c = snd.Clusters([0, 1])
    with pytest.raises(ValueError, match="weights"):
        c.median([1.0, 2.0], [1.0, -1.0])
    with pytest.raises(ValueError, match="values"):
        c.nunique([1.0])
    with pytest.raises(TypeError, match="values"):
        c.median([1.0, 1j])
    for call in (c.median, c.nunique, lambda x, **k: c.quantile(x, 0.5, **k)):
        with pytest.raises(ValueError, match="min_count"):
            call([1.0, 2.0], min_count=-1)
        with pytest.raises(ValueError, match="threads"):
            call([1.0, 2.0], threads=0)


def test_without_codes_all_rows_are_in_one_cluster():
    x = np.array([4.0, 1.0, 2.0])
    assert _core.group_quantile(x, None, None, 1, np.array([0.5]), True, 0, 1).tolist() == [[2.0]]
    assert _core.group_weighted_median(x, x, None, 1, True, 0, 1).tolist() == [4.0]
    assert _core.group_distinct(x, None, None, 1, True, 1).tolist() == [3]


def test_the_core_refuses_what_does_not_fit():
    x, codes = np.ones(3), np.array([0, 1, 5], np.int32)
    q = np.array([0.5])
    for call in (
        lambda: _core.group_quantile(x, None, codes, 2, q, True, 0, 1),
        lambda: _core.group_distinct(x, None, codes, 2, True, 1),
        lambda: _core.group_weighted_median(x, x, codes, 2, True, 0, 1),
        lambda: _core.group_quantile(x, None, codes, 6, np.array([np.nan]), True, 0, 1),
        lambda: _core.group_weighted_median(x, None, codes, 6, True, 0, 1),
    ):
        with pytest.raises(ValueError, match=r"a group code|bad argument"):
            call()
    with pytest.raises(TypeError, match="q"):
        _core.group_quantile(x, None, codes, 6, np.ones(4)[::2], True, 0, 1)
    with pytest.raises(TypeError, match="arguments"):
        _core.group_distinct(x)
