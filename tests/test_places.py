"""First, last, argmin, argmax, any and all by cluster, against a walk over the rows."""

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core

NAMES = ("first", "last", "argmin", "argmax", "any", "all")


def members(codes, n, values, weights=None, skipna=True):
    """(row, value) of each cluster's rows that count."""
    found = [[] for _ in range(n)]
    for row, (code, value) in enumerate(zip(codes, values, strict=True)):
        there = not (skipna and value != value) and (weights is None or not math.isnan(weights[row]))
        if code >= 0 and there:
            found[code].append((row, value))
    return found


def walked(name, rows, min_count=0):
    """The result for one cluster, in plain Python."""
    values = [value for _, value in rows]
    if name in ("any", "all"):
        return {"any": any, "all": all}[name](value != 0 for value in values)
    if not rows or len(rows) < min_count:
        return -1 if name.startswith("arg") else math.nan
    if name in ("first", "last"):
        return values[0 if name == "first" else -1]
    missing = [row for row, value in rows if value != value]
    best = (max if name == "argmax" else min)(v for v in values if v == v) if not missing else None
    return missing[0] if missing else next(row for row, value in rows if value == best)


def same(got, want):
    np.testing.assert_array_equal(
        np.asarray(got, dtype=object).astype(str), np.array(want, object).astype(str)
    )


figures = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 5e-324]), st.floats(width=32)
)


@given(
    rows=st.lists(
        st.tuples(st.integers(-1, 4), figures, st.sampled_from([0.0, 1.0, math.nan])), min_size=1, max_size=60
    ),
    dtype=st.sampled_from([np.float32, np.float64]),
    skipna=st.booleans(),
    min_count=st.integers(0, 3),
    weighted=st.booleans(),
)
@settings(max_examples=200)
def test_real_numbers(rows, dtype, skipna, min_count, weighted):
    codes = [r[0] for r in rows]
    x = np.array([r[1] for r in rows], dtype)
    w = [r[2] for r in rows] if weighted else None
    c = snd.Clusters.from_codes(codes, 5)
    found = members(codes, 5, x.tolist(), w, skipna)
    for name in NAMES[:4]:
        got = getattr(c, name)(x, w, skipna=skipna, min_count=min_count)
        assert got.dtype == (np.int64 if name.startswith("arg") else dtype)
        same(got.tolist(), [walked(name, f, min_count) for f in found])  # the sign of zeros too
    there = members(codes, 5, x.tolist(), w)
    for name in NAMES[4:]:
        got = getattr(c, name)(x, w)
        assert got.dtype == np.bool_
        assert got.tolist() == [walked(name, f) for f in there]


@given(
    rows=st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 255)), min_size=1, max_size=40),
    dtype=st.sampled_from([bool, "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]),
    where=st.sampled_from(["bottom", "top"]),
)
@settings(max_examples=150)
def test_integers_stay_exact(rows, dtype, where):
    kind = np.dtype(dtype)
    if kind.kind == "b":
        values = [r[1] % 2 for r in rows]
    elif where == "bottom":
        values = [int(np.iinfo(kind).min) + r[1] % 128 for r in rows]
    else:
        values = [int(np.iinfo(kind).max) - r[1] % 128 for r in rows]
    codes = [r[0] for r in rows]
    c = snd.Clusters.from_codes(codes, 3)
    found = members(codes, 3, values)
    for name in NAMES:
        got = getattr(c, name)(np.array(values, kind))
        want = [walked(name, f) for f in found]
        if name in ("first", "last") and all(found):
            assert got.dtype == (np.uint64 if kind.kind == "u" else np.int64)
            assert got.tolist() == want
        elif name in ("first", "last"):
            assert got.dtype == np.float64
            np.testing.assert_array_equal(got, [float(v) for v in want])
        else:
            assert got.tolist() == want


@pytest.mark.parametrize("n", [1, 40, 30_000])
@pytest.mark.parametrize("skipna", [True, False])
def test_any_number_of_threads_gives_the_same(n, skipna):
    rng = np.random.default_rng(n)
    rows = 40_000
    codes = rng.integers(-1, n, rows)
    x = rng.integers(-3, 4, rows).astype(np.float64)  # ties in every part
    x[rng.random(rows) < 0.001] = np.nan
    c = snd.Clusters.from_codes(codes, n)
    found = members(codes.tolist(), n, x.tolist(), None, skipna)
    for name in NAMES[:4]:
        want = [walked(name, f) for f in found]
        for threads in (1, 2, 3, 4):
            got = getattr(c, name)(x, skipna=skipna, threads=threads)
            np.testing.assert_array_equal(got, want)
    there = members(codes.tolist(), n, x.tolist())
    for name in NAMES[4:]:
        for threads in (1, 2, 3, 4):
            assert getattr(c, name)(x, threads=threads).tolist() == [walked(name, f) for f in there]


def test_axes_and_layouts():
    rng = np.random.default_rng(7)
    x = rng.integers(-4, 4, (6, 3, 4)).astype(np.float64)
    x[rng.random(x.shape) < 0.2] = np.nan
    codes = [0, 1, -1, 1, 0, 3]
    c = snd.Clusters.from_codes(codes)
    for layout in (x, x[::-1, ::2], np.asfortranarray(x), x.astype(">f8"), x.astype(np.float32)):
        for name in NAMES:
            want = np.empty((4, *layout.shape[1:]))
            for at in np.ndindex(layout.shape[1:]):
                found = members(codes, 4, layout[(slice(None), *at)].tolist())
                want[(slice(None), *at)] = [walked(name, f) for f in found]
            for axis in (0, 1, 2, -1):
                got = getattr(c, name)(np.moveaxis(layout, 0, axis), axis=axis)
                np.testing.assert_array_equal(got, np.moveaxis(want, 0, axis))


def check(got, values, dtype, index=("a", "b", "c")):
    pd.testing.assert_series_equal(
        got, pd.Series(values, list(index), dtype=dtype, name="x"), check_index_type=False
    )


def test_nullable_stays_nullable():
    c = snd.Clusters(["a", "a", "b", "b", "c"])
    big = 2**60 + 1
    whole = pd.Series([None, big, 7, None, None], dtype="Int64", name="x")
    check(c.first(whole), [big, 7, pd.NA], "Int64")
    check(c.last(whole), [big, 7, pd.NA], "Int64")
    check(c.first(whole, skipna=False), [pd.NA, 7, pd.NA], "Int64")
    check(c.last(whole, skipna=False), [big, pd.NA, pd.NA], "Int64")
    check(c.first(whole, min_count=2), [pd.NA] * 3, "Int64")
    check(c.first(whole, min_count=2, skipna=False), [pd.NA, 7, pd.NA], "Int64")
    check(c.argmin(whole), [1, 2, -1], "int64")
    check(c.argmax(whole, skipna=False), [0, 3, 4], "int64")
    check(c.argmax(whole, skipna=False, min_count=2), [0, 3, -1], "int64")
    check(c.any(whole), [True, True, False], "bool")
    check(c.all(whole), [True, True, True], "bool")
    real = pd.Series([None, 1.5, -0.0, None, None], dtype="Float32", name="x")
    check(c.first(real), [1.5, 0.0, pd.NA], "Float32")
    check(c.last(real, skipna=False), [1.5, pd.NA, pd.NA], "Float32")
    check(c.argmin(real, skipna=False), [0, 3, 4], "int64")
    table = c.first(pd.DataFrame({"k": whole, "x": real, "y": [1.0, np.nan, 3.0, 4.0, 5.0]}), skipna=False)
    assert table.dtypes.astype(str).tolist() == ["Int64", "Float32", "float64"]
    assert table.isna().to_numpy().tolist() == [[True, True, False], [False] * 3, [True, True, False]]
    flags = pd.Series([None, True, False, None, None], dtype="boolean", name="x")
    check(c.any(flags), [True, False, False], "bool")
    check(c.all(flags), [True, False, True], "bool")
    arrow = flags.astype("bool[pyarrow]")
    check(c.any(arrow), [True, False, False], "bool")
    check(c.all(arrow), [True, False, True], "bool")
    check(c.argmax(arrow, skipna=False), [0, 3, 4], "int64")
    full = pd.Series([3, 4, 5, 6, 7], dtype="UInt8", name="x")
    check(c.last(full, skipna=False), [4, 6, 7], "UInt64")


def test_masked_arrays_keep_their_integers():
    c = snd.Clusters([0, 0, 1, 1])
    big = 2**60 + 1
    x = np.ma.array([9, big, 7, 8], mask=[1, 0, 0, 1])
    assert c.first(x).tolist() == [big, 7]
    assert c.last(x).dtype == np.int64
    np.testing.assert_array_equal(c.first(x, skipna=False), [np.nan, 7.0])
    np.testing.assert_array_equal(c.last(x, skipna=False), [float(big), np.nan])
    two = np.ma.array([[1, 2], [3, 4], [5, 6], [7, 8]], mask=[[1, 0], [0, 0], [0, 1], [0, 0]])
    np.testing.assert_array_equal(c.first(two, skipna=False), [[np.nan, 2], [5, np.nan]])
    np.testing.assert_array_equal(c.first(two.T, skipna=False, axis=1), [[np.nan, 5], [2, np.nan]])
    np.testing.assert_array_equal(c.first(two), [[3, 2], [5, 8]])
    assert c.argmax(two, skipna=False).tolist() == [[0, 1], [3, 2]]
    assert c.argmin(x, skipna=False).tolist() == [0, 3]
    assert snd.Clusters([0, 0, 1, 1]).argmax(
        np.ma.array([1, big, big, big - 1], mask=[1, 0, 0, 0]), skipna=False
    ).tolist() == [0, 2]
    assert c.argmin(x).tolist() == [1, 2]


def test_other_containers():
    c = snd.Clusters(pl.Series(["p", "m", "p"]))
    assert c.first(pl.Series([None, 2.0, 3.0])).to_list() == [2.0, 3.0]
    assert c.argmax(pl.Series([1, 2, 3])).to_list() == [1, 2]
    frame = pd.DataFrame({"cluster": ["p", "m", "p"], "x": [1.5, 2.0, 4.0]}, index=[10, 20, 30])
    got = snd.Clusters(frame["cluster"]).argmax(frame["x"])
    pd.testing.assert_series_equal(
        got, pd.Series([1, 2], pd.Index(["m", "p"], name="cluster"), name="x"), check_index_type=False
    )
    with pytest.raises(ValueError, match=r"values.*labels.*reindex"):
        snd.Clusters(frame["cluster"]).first(frame["x"].iloc[::-1])
    assert snd.Clusters([0, 0]).first([Decimal("0.5"), Decimal("2")]).tolist() == [0.5]
    assert snd.Clusters([0, 1, 0]).any([[0, 1], [0, 0], [0, 0]]).tolist() == [[False, True], [False, False]]
    flags = [True, False, False]
    for made in (np.array, pd.Series, pl.Series, xr.DataArray, np.ma.array, pd.Index):
        assert list(snd.Clusters([0, 1, 0]).any(made(flags))) == [True, False]
        assert list(snd.Clusters([0, 1, 0]).all(made(flags))) == [False, False]
    assert snd.Clusters([0, 0, 1]).all(np.ma.array(flags, mask=[0, 1, 0])).tolist() == [True, False]


def test_nothing_at_all():
    none, empty = snd.Clusters([]), snd.Clusters.from_codes([-1, -1], 2)
    for name in NAMES:
        assert getattr(none, name)([]).shape == (0,)
        assert getattr(none, name)(np.empty((0, 3))).shape == (0, 3)
    assert empty.argmin([1.0, 2.0]).tolist() == [-1, -1]
    assert np.isnan(empty.first([1, 2])).all()
    assert empty.all([0, 0]).tolist() == [True, True]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("values", "options", "error", "words"),
    [
        ([1.0], {}, ValueError, r"values: expected 2 rows.*\(1,\)"),
        (1.0, {}, ValueError, "values.*scalar"),
        (["a", "b"], {}, TypeError, "values"),
        ([[1.0], [2.0, 3.0]], {}, ValueError, "values: .*different lengths"),
        ([-1, 2**63 + 1], {}, ValueError, "values: 9223372036854775809 is no float64"),
        ([1.0, 2.0], {"axis": 1}, ValueError, "axis"),
        ([1.0, 2.0], {"threads": 0}, ValueError, "threads"),
        ([1.0, 2.0], {"weights": [1.0, -2.0]}, ValueError, r"weights.*-2\.0 at position 1"),
        ([1.0, 2.0], {"weights": [1.0] * 3}, ValueError, "weights.*shape"),
    ],
)
def test_errors_name_the_argument(name, values, options, error, words):
    with pytest.raises(error, match=words):
        getattr(snd.Clusters([0, 1]), name)(values, **options)


@pytest.mark.parametrize("name", NAMES[:4])
@pytest.mark.parametrize("min_count", [-1, 0.5, "x"])
def test_min_count_is_a_whole_number(name, min_count):
    with pytest.raises(ValueError, match="min_count"):
        getattr(snd.Clusters([0, 1]), name)([1.0, 2.0], min_count=min_count)


def test_codes_that_change_later_are_never_a_memory_error():
    codes = np.zeros(10_000, np.int64)
    c = snd.Clusters.from_codes(codes, 3)
    codes[9000] = 2**40
    for name in NAMES:
        with pytest.raises(ValueError, match="code is out of range"):
            getattr(c, name)(np.ones(10_000), threads=2)


def test_private_functions_check_what_could_corrupt_memory():
    x, codes = np.ones(4), np.zeros(4, np.int64)
    for arguments in (
        (x, None, codes[:3], 1, False, True, 0, 1),
        (x, None, None, 2, False, True, 0, 1),
        (x, None, codes, -1, False, True, 0, 1),
        (x, None, codes, 1, False, True, -1, 1),
        (x, None, codes, 1, False, True, 0, 0),
        (x.astype(np.int32), None, codes, 1, False, True, 0, 1),
        (x, None, codes),
    ):
        for function in (_core.group_end, _core.group_position):
            with pytest.raises((TypeError, ValueError)):
                function(*arguments)
    for rest in ((codes[:3], 1, True, 1), (codes, 1, True, 0), (codes,)):
        with pytest.raises((TypeError, ValueError)):
            _core.group_truth(x, None, *rest)
    for function in (_core.group_end, _core.group_position):
        with pytest.raises(MemoryError):
            function(x, None, codes, 2**40, False, True, 0, 1)
