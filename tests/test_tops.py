"""The greatest values by cluster, against Python's sorted."""

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core


def expected(codes, n, values, k):
    """The k greatest values of each cluster, filled with NaN."""
    found = [[] for _ in range(n)]
    for code, value in zip(codes, values, strict=True):
        if code >= 0 and value == value:
            found[code].append(value)
    # Zeros by sign: Python holds them to be equal.
    ranked = [sorted(f, key=lambda v: (v, math.copysign(1.0, v)), reverse=True)[:k] for f in found]
    return [r + [math.nan] * (k - len(r)) for r in ranked]


figures = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, math.inf, -math.inf, math.nan, 5e-324]), st.floats(width=32)
)


@given(
    rows=st.lists(st.tuples(st.integers(-1, 3), figures), min_size=1, max_size=60),
    dtype=st.sampled_from([np.float32, np.float64]),
    k=st.integers(1, 20),
)
@settings(max_examples=200)
def test_real_numbers(rows, dtype, k):
    codes = [r[0] for r in rows]
    x = np.array([r[1] for r in rows], dtype)
    got = snd.Clusters.from_codes(codes, 4).top(x, k)
    want = np.array(expected(codes, 4, x.tolist(), k), dtype)
    assert got.dtype == dtype
    np.testing.assert_array_equal(got, want)
    there = ~np.isnan(want)
    assert (np.signbit(got) == np.signbit(want))[there].all()


@pytest.mark.parametrize("dtype", [bool, "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"])
def test_integers_stay_exact(dtype):
    kind = np.dtype(dtype)
    low, high = (0, 1) if kind.kind == "b" else (np.iinfo(kind).min, np.iinfo(kind).max)
    values = [int(v) for v in (low, high, low, high - 1, low, low + 1)]
    c = snd.Clusters.from_codes([0, 0, 0, 1, 1, 1])
    got = c.top(np.array(values, kind), 3)
    assert got.dtype == (np.uint64 if kind.kind == "u" else np.int64)
    assert got.tolist() == [sorted(values[:3], reverse=True), sorted(values[3:], reverse=True)]
    filled = c.top(np.array(values, kind), 4)
    assert filled.dtype == np.float64
    assert np.isnan(filled).tolist() == [[False] * 3 + [True]] * 2


@pytest.mark.parametrize(("n", "k"), [(1, 1), (1, 5000), (40, 3), (40, 2000), (30_000, 2)])
def test_any_number_of_threads_gives_the_same(n, k):
    rng = np.random.default_rng(n)
    rows = 40_000
    codes = rng.integers(-1, n, rows)
    x = rng.integers(-300, 300, rows).astype(np.float64)
    x[rng.random(rows) < 0.01] = np.nan
    c = snd.Clusters.from_codes(codes, n)
    want = expected(codes.tolist(), n, x.tolist(), k)
    for threads in (1, 2, 3, 4):
        np.testing.assert_array_equal(c.top(x, k, threads=threads), want)


def test_axes_and_layouts():
    rng = np.random.default_rng(7)
    x = rng.integers(-4, 4, (6, 3, 4)).astype(np.float64)
    codes = [0, 1, -1, 1, 0, 3]
    c = snd.Clusters.from_codes(codes)
    for layout in (x, x[::-1, ::2], np.asfortranarray(x), x.astype(">f8"), x.astype(np.int16)):
        want = np.empty((4, *layout.shape[1:], 2))
        for at in np.ndindex(layout.shape[1:]):
            want[(slice(None), *at)] = expected(codes, 4, layout[(slice(None), *at)].tolist(), 2)
        for axis in (0, 1, 2):
            got = c.top(np.moveaxis(layout, 0, axis), 2, axis=axis)
            np.testing.assert_array_equal(got, np.moveaxis(want, 0, axis))
        np.testing.assert_array_equal(c.top(np.moveaxis(layout, 0, -1), 2, axis=-1), np.moveaxis(want, 0, 2))


def test_containers():
    big = 2**60 + 1
    c = snd.Clusters(["a", "a", "b", "b"])
    index = pd.Index(["a", "b"])
    got = c.top(pd.Series([1.5, 2.5, None, 4.0]), 2)
    pd.testing.assert_frame_equal(
        got, pd.DataFrame([[2.5, 1.5], [4.0, np.nan]], index), check_index_type=False, check_column_type=False
    )
    got = c.top(pd.Series([1, big, None, 4], dtype="Int64"), 2)
    assert got.dtypes.astype(str).tolist() == ["Int64", "Int64"]
    assert got[0].tolist() == [big, 4]
    assert got[1].tolist() == [1, pd.NA]
    assert got.index.tolist() == ["a", "b"]
    got = c.top(pd.Series([1.0, None, None, 4.0], dtype="Float32"), 2)
    assert got.dtypes.astype(str).tolist() == ["Float32", "Float32"]
    assert got.isna().to_numpy().tolist() == [[False, True], [False, True]]
    assert c.top(pl.Series([1.0, None, 3.0, 2.0]), 1).rows() == [(1.0,), (3.0,)]
    assert c.top(np.ma.array([1, 9, big, 4], mask=[0, 1, 0, 0]), 1).tolist() == [[1], [big]]
    keys = pd.Series(["p", "m", "p"], index=[10, 20, 30])
    got = snd.Clusters(keys).top(np.array([1, 2, 3]), 1)
    assert got[0].to_dict() == {"m": 2, "p": 3}
    with pytest.raises(ValueError, match=r"values.*labels.*reindex"):
        snd.Clusters(keys).top(keys.iloc[::-1].map(len), 1)


def test_nothing_at_all():
    assert snd.Clusters([]).top([], 3).shape == (0, 3)
    assert snd.Clusters([]).top(np.empty((0, 2)), 3).shape == (0, 2, 3)
    assert np.isnan(snd.Clusters.from_codes([-1], 2).top([5], 2)).all()


@pytest.mark.parametrize(
    ("values", "k", "options", "error", "words"),
    [
        ([1.0, 2.0], 0, {}, ValueError, "k: .* from 1, got 0"),
        ([1.0, 2.0], -1, {}, ValueError, "k: .*-1"),
        ([1.0, 2.0], 1.5, {}, ValueError, r"k: .*1\.5"),
        ([1.0, 2.0], "x", {}, ValueError, "k: .*'x'"),
        ([1.0], 1, {}, ValueError, r"values: expected 2 rows.*\(1,\)"),
        (1.0, 1, {}, ValueError, "values.*scalar"),
        (["a", "b"], 1, {}, TypeError, "values"),
        ([1.0, 2.0], 1, {"axis": 1}, ValueError, "axis"),
        ([1.0, 2.0], 1, {"threads": 0}, ValueError, "threads"),
        (pd.DataFrame({"a": [1.0, 2.0]}), 1, {}, ValueError, "values: .*one column.*DataFrame"),
        ([1.0, 2.0], 2**62, {}, MemoryError, None),
        ([1.0, 2.0], 10**30, {}, MemoryError, None),
        ([[1.0, 2.0], [1.0, 2.0]], 2**59, {}, MemoryError, None),
    ],
)
def test_errors_name_the_argument(values, k, options, error, words):
    with pytest.raises(error, match=words):
        snd.Clusters([0, 1]).top(values, k, **options)


def test_private_functions_check_what_could_corrupt_memory():
    x, codes = np.ones(4), np.zeros(4, np.int64)
    for arguments in (
        (x, codes[:3], 1, 1, 1),
        (x, None, 2, 1, 1),
        (x, codes, -1, 1, 1),
        (x, codes, 1, 0, 1),
        (x, codes, 1, 1, 0),
        (x.astype(np.int32), codes, 1, 1, 1),
        (x, codes),
    ):
        with pytest.raises((TypeError, ValueError)):
            _core.group_top(*arguments)
    with pytest.raises(ValueError, match="code is out of range"):
        _core.group_top(x, codes + 3, 3, 1, 1)
    with pytest.raises(MemoryError):
        _core.group_top(x, codes, 2**31, 2**40, 1)
