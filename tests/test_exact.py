"""Ungrouped exact sums and means against exact rational arithmetic."""

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


def rounded(exact: Fraction) -> float:
    """The double nearest to a rational, half to even; CPython's division is correctly rounded."""
    try:
        return exact.numerator / exact.denominator
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def rounded_single(exact: Fraction) -> np.float32:
    """The float32 nearest to a rational, by its neighbors."""
    guess = np.float32(rounded(exact))
    around = [np.nextafter(guess, np.float32(-np.inf)), guess, np.nextafter(guess, np.float32(np.inf))]
    finite = [x for x in around if np.isfinite(x)]

    def distance(x):
        return abs(Fraction(float(x)) - exact), int(np.float32(x).view(np.uint32)) & 1

    return min(finite, key=distance)


def total(values, weights=None):
    factors = [1] * len(values) if weights is None else [Fraction(w) for w in weights]
    return sum((Fraction(x) * w for x, w in zip(values, factors, strict=True)), Fraction(0))


@given(st.lists(FINITE, max_size=40))
@settings(max_examples=300)
def test_sum_and_mean_are_rounded_once(values):
    exact = total(values)
    assert snd.exact_sum(values) == rounded(exact)
    if values:
        assert snd.exact_mean(values) == rounded(exact / len(values))


@given(st.lists(st.tuples(FINITE, FINITE.map(abs)), max_size=25))
@settings(max_examples=300)
def test_weighted_sum_and_mean_are_rounded_once(pairs):
    values, weights = [x for x, _ in pairs], [w for _, w in pairs]
    exact = total(values, weights)
    assert snd.exact_sum(values, weights=weights) == rounded(exact)
    got = snd.exact_mean(values, weights=weights)
    if any(weights):
        assert got == rounded(exact / total(weights))
    else:
        assert math.isnan(got)


@pytest.mark.parametrize(("low", "high"), [(-300, 300), (-323, -300), (300, 307), (-8, 8), (-160, -150)])
def test_wide_ranges(low, high):
    rng = np.random.default_rng(0)
    x = rng.normal(size=3000) * 10.0 ** rng.integers(low, high, 3000)
    w = rng.random(3000) * 10.0 ** rng.integers(-5, 5, 3000)
    exact, product, weight = total(x.tolist()), total(x.tolist(), w.tolist()), total(w.tolist())
    assert snd.exact_sum(x) == rounded(exact)
    assert snd.exact_mean(x) == rounded(exact / 3000)
    assert snd.exact_sum(x, weights=w) == rounded(product)
    assert snd.exact_mean(x, weights=w) == rounded(product / weight)


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=30))
@settings(max_examples=200)
def test_float32_is_rounded_once_to_float32(values):
    array = np.array(values, np.float32)
    exact = total([float(x) for x in array])
    got = snd.exact_sum(array)
    assert got.dtype == np.float32
    if abs(exact) < Fraction(2) ** 127:
        assert got == rounded_single(exact)
        assert snd.exact_mean(array) == rounded_single(exact / len(values))


def test_float32_is_not_rounded_twice():
    # 2^24 + 1 + 2^-40: as a double 2^24 + 1, half-way, which would then round to 2^24.
    array = np.array([2.0**24, 1.0, 2.0**-40], np.float32)
    assert snd.exact_sum(array) == np.float32(2.0**24 + 2)


def test_order_and_cancellation():
    rng = np.random.default_rng(1)
    x = rng.normal(size=100_000) * 10.0 ** rng.integers(-20, 20, 100_000)
    x = rng.permutation(np.concatenate([x, -x, [1e-30]]))
    assert snd.exact_sum(x) == 1e-30
    assert snd.exact_sum(x[::-1]) == 1e-30
    assert snd.exact_sum(x[::2]) + snd.exact_sum(x[1::2]) == pytest.approx(1e-30, abs=1.0)


def test_special_values():
    assert snd.exact_sum([]) == 0.0
    assert not np.signbit(snd.exact_sum([-0.0, -0.0]))
    assert math.isnan(snd.exact_mean([]))
    assert snd.exact_sum([np.inf, 1.0, np.nan]) == np.inf
    assert snd.exact_mean([-np.inf, 1.0]) == -np.inf
    assert math.isnan(snd.exact_sum([np.inf, -np.inf]))
    assert math.isnan(snd.exact_sum([1.0, np.nan], skipna=False))
    assert snd.exact_sum([1.7e308, 1.7e308]) == np.inf
    assert snd.exact_sum([1.7e308, 1.7e308, -1.7e308]) == 1.7e308
    assert math.isnan(snd.exact_sum([np.inf], weights=[0.0]))
    assert snd.exact_sum([np.nan, 2.0], weights=[1.0, 3.0]) == 6.0
    assert math.isnan(snd.exact_mean([1.0, np.nan], weights=[1.0, 1.0], skipna=False))
    assert snd.exact_mean([1.0, 5.0], weights=[np.nan, 1.0], skipna=False) == 5.0


def test_axes_and_layouts():
    rng = np.random.default_rng(2)
    x = rng.integers(-(2**40), 2**40, (3, 4, 5)) / 1024.0  # numpy is exact on these
    for axis in (None, 0, 1, 2, -1, (0, 2), (1, 2), (0, 1, 2)):
        np.testing.assert_array_equal(snd.exact_sum(x, axis=axis), x.sum(axis=axis))
    for view in (x[::-1], x[:, ::2], np.asfortranarray(x), x.astype(">f8"), x.T):
        np.testing.assert_array_equal(snd.exact_sum(view, axis=0), view.sum(axis=0))
    read_only = x.copy()
    read_only.flags.writeable = False
    assert snd.exact_sum(read_only) == x.sum()
    packed = np.zeros(7, np.dtype([("a", "i1"), ("b", "f8")]))
    packed["b"] = 0.5
    assert snd.exact_sum(packed["b"]) == 3.5
    assert snd.exact_sum(np.float64(3.0)) == 3.0
    np.testing.assert_array_equal(
        snd.exact_mean(x, axis=1, weights=[1.0, 2.0, 3.0, 2.0]),
        (x[:, 0] + 2 * x[:, 1] + 3 * x[:, 2] + 2 * x[:, 3]) / 8,
    )
    assert snd.exact_sum(np.zeros((0, 3)), axis=0).tolist() == [0.0] * 3
    assert snd.exact_sum(np.zeros((3, 0)), axis=0).shape == (0,)


def test_integers():
    big = 2**62
    assert snd.exact_sum([big, big, -big]) == big
    assert snd.exact_sum(np.full(200, 1, np.int8)) == 200
    assert snd.exact_sum([True, True]).dtype == np.int64
    assert snd.exact_sum(np.array([2**63, 2**63 - 1], np.uint64)) == np.uint64(2**64 - 1)
    assert snd.exact_mean([2**53 + 1, 2**53 + 3]) == 2.0**53 + 2
    assert snd.exact_mean([2**63 - 1, 2**63 - 1]) == 2.0**63
    assert snd.exact_sum([2**53 + 1, 1], weights=[0.5, 0.5]) == 2.0**52 + 1
    assert snd.exact_mean([2**60 + 1, -(2**60)], weights=[1.0, 1.0]) == 0.5
    with pytest.raises(OverflowError):
        snd.exact_sum([2**63 - 1, 1])


def test_pandas():
    frame = pd.DataFrame({"a": [1.0, 2.0, np.nan], "b": [0.5, 0.25, 0.125]})
    pd.testing.assert_series_equal(snd.exact_sum(frame, axis=0), frame.sum())
    pd.testing.assert_series_equal(snd.exact_sum(frame, axis=1), frame.sum(axis=1))
    assert snd.exact_sum(frame) == 3.875
    assert snd.exact_mean(frame["a"]) == 1.5
    assert snd.exact_sum(pd.Series([2**62, None, 5], dtype="Int64")) == 2**62 + 5
    assert snd.exact_mean(pd.Series([2, None, 5], dtype="Int64")) == 3.5
    with pytest.raises(ValueError, match=r"weights.*reindex"):
        snd.exact_sum(frame["a"], weights=pd.Series([1.0, 1.0, 1.0], index=[1, 2, 3]))
    masked = np.ma.array([1.0, 2.0, 4.0], mask=[False, True, False])
    assert snd.exact_sum(masked) == 5.0
    assert snd.exact_sum(np.ma.array([1, 2, 4], mask=[False, True, False])) == 5


def test_frames_and_extension_types():
    odd = 2**53 + 1
    for call in (
        lambda: snd.exact_sum(pd.DataFrame({"a": [odd, 0], "b": [0.5, 0.0]})),
        lambda: snd.exact_mean(pd.Series([odd, None], dtype="Int64")),
        lambda: snd.exact_sum(np.ma.array([odd, 1], mask=[0, 1]), skipna=False),
    ):
        with pytest.raises(ValueError, match=r"values.*2\*\*53"):
            call()
    assert snd.exact_sum(pd.DataFrame({"a": [True, True], "b": [odd, 0]})) == odd + 2
    assert snd.exact_sum(pd.array([2**60 + 1, None], dtype="Int64")) == 2**60 + 1
    assert snd.exact_sum(pd.Series(pd.arrays.SparseArray([1, 0, 2]))) == 3
    frame = pd.DataFrame({"a": [None, None], "b": [1.0, 2.0]}, dtype="Float64")
    means = snd.exact_mean(frame, axis=0)
    pd.testing.assert_series_equal(means, pd.Series([pd.NA, 1.5], ["a", "b"], dtype="Float64"))
    assert snd.exact_sum(frame, axis=1, skipna=False).isna().tolist() == [True, True]
    empty = snd.exact_sum(frame.iloc[:, :0], axis=0)
    assert isinstance(empty, pd.Series)
    assert len(empty) == 0


def test_weights_go_with_the_axis_and_by_label():
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [4.0, 5.0]})
    across = pd.Series([1.0, 2.0], index=["a", "b"])
    assert snd.exact_sum(frame, weights=across, axis=1).tolist() == [9.0, 12.0]
    with pytest.raises(ValueError, match=r"weights.*reindex"):
        snd.exact_sum(frame, weights=across, axis=0)
    with pytest.raises(ValueError, match=r"weights: its columns.*reindex"):
        snd.exact_sum(frame, weights=frame[["b", "a"]])
    for axis in (0, -2, np.int64(0), (0,)):
        assert snd.exact_sum(np.ones((2, 3)), weights=[1.0, 2.0], axis=axis).tolist() == [3.0] * 3


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: snd.exact_sum(["a"]), TypeError, "values"),
        (lambda: snd.exact_sum([1j]), TypeError, "complex"),
        (lambda: snd.exact_sum(np.array(["2020"], "M8[Y]")), TypeError, "datetime"),
        (lambda: snd.exact_sum([1.0], weights=[-1.0]), ValueError, r"weights.*-1\.0"),
        (lambda: snd.exact_sum([1.0, 2.0], weights=[1.0, 2.0, 3.0]), ValueError, "weights.*shape"),
        (lambda: snd.exact_sum([1.0], weights=[2**53 + 1]), ValueError, r"2\*\*53"),
        (lambda: snd.exact_sum([1.0], axis=1), ValueError, "axis"),
    ],
)
def test_errors_name_the_argument(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_many_lanes_of_any_length():
    rng = np.random.default_rng(3)
    for rows in (1, 2, 255, 256, 257, 1000):
        x = rng.normal(size=(rows, 3)) * 10.0 ** rng.integers(-30, 30, (rows, 3))
        want = [math.fsum(x[:, k]) for k in range(3)]
        assert snd.exact_sum(x, axis=0).tolist() == want


@pytest.mark.parametrize(
    ("rows", "many"), [(1, 64), (2, 20000), (10, 30000), (1024, 64), (1025, 64), (0, 99)]
)
def test_many_short_lanes_are_as_each_alone(rows, many):
    rng = np.random.default_rng(8)
    x = rng.normal(size=(rows, many)) * 10.0 ** rng.integers(-200, 200, (rows, many))
    np.testing.assert_array_equal(snd.exact_sum(x, axis=0), [math.fsum(x[:, k]) for k in range(many)])
    x[rng.random(x.shape) < 0.01], x[rng.random(x.shape) < 0.01] = np.nan, np.inf
    w = rng.random(x.shape)
    some = [*range(3), many // 2, *range(many - 3, many)]
    for options in ({}, {"skipna": False}, {"weights": w}):
        for measure in (snd.exact_sum, snd.exact_mean):
            found = measure(x, axis=0, **options)
            for k in some:
                alone = options | ({"weights": w[:, k]} if "weights" in options else {})
                np.testing.assert_array_equal(found[k], measure(x[:, k], **alone))
    i = rng.integers(-(2**40), 2**40, (many, rows))
    assert snd.exact_sum(i, axis=1).tolist() == i.sum(axis=1).tolist()


def test_states_are_plain_arrays_that_merge():
    rng = np.random.default_rng(4)
    n, groups = 5000, 40
    x = rng.normal(size=n) * 10.0 ** rng.integers(-4, 4, n)
    x[::501] = 1e300
    w = rng.random(n)
    codes = rng.integers(-1, groups, n).astype(np.int32)
    want = _core.group_sum(x, None, codes, groups, False, True, 0, 1)
    want_mean = _core.group_sum(x, w, codes, groups, True, True, 0, 1)
    for cuts in ([0, n], [0, 1, 2, 700, n], [*list(range(0, n, 250)), n]):
        parts = [slice(a, b) for a, b in itertools.pairwise(cuts)]
        rng.shuffle(parts)
        states = {0: [], 1: [], 2: []}
        for addend, found in states.items():
            for part in parts:
                weights = w[part] if addend else None
                found.append(_core.exact_state(x[part], weights, codes[part], groups, addend, True, 2))
            while len(found) > 1:
                found.append(_core.exact_merge(found.pop(0), found.pop(rng.integers(len(found)))))
        plain, product, weight = (found[0] for found in states.values())
        np.testing.assert_array_equal(_core.exact_finish(plain, None, False, "f8", 0), want)
        np.testing.assert_array_equal(_core.exact_finish(product, weight, True, "f8", 0), want_mean)
    assert plain[2].sum() == np.count_nonzero(codes >= 0)


def test_the_lowest_limb_of_a_state_runs_no_code():
    class Shrinks:
        def __index__(self):
            limbs.resize((1, 3), refcheck=False)
            return 28

    limbs = np.zeros((20_000, 3), np.int64)
    counts, seen = np.zeros(20_000, np.int64), np.zeros(20_000, np.uint8)
    spill = np.empty(0, np.int64), np.empty((0, 169), np.int64)
    with pytest.raises(TypeError, match="lowest limb"):
        _core.exact_clusters((Shrinks(), limbs, counts, seen, *spill))
    assert limbs.shape == (20_000, 3)


def test_a_damaged_state_is_refused():
    x, codes = np.arange(4.0), np.zeros(4, np.int64)
    state = _core.exact_state(x, None, codes, 2, 0, True, 1)
    damaged = [
        (*state[:4], np.array([5]), np.zeros((1, state[5].shape[1]), np.int64)),
        (10**6, *state[1:]),
        (-60, *state[1:]),
        (state[0], state[1] + 2**40, *state[2:]),
        (*state[:2], state[2] - 9, *state[3:]),
        (*state[:2], state[2][:1], *state[3:]),
    ]
    for other in damaged:
        with pytest.raises(ValueError, match="state"):
            _core.exact_merge(state, other)
    with pytest.raises(TypeError):
        _core.exact_finish(state[:5], None, False, "f8", 0)
    for dtype in ("O", "f2", "S8", np.dtype("f8").newbyteorder()):
        with pytest.raises(ValueError, match="bad argument"):
            _core.exact_finish(state, None, False, dtype, 0)
    with pytest.raises(ValueError, match="clusters"):
        _core.exact_merge(state, _core.exact_state(x, None, codes, 3, 0, True, 1))
