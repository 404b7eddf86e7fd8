"""Clusters: aggregates by label, against exact arithmetic and plain Python."""

import math
from collections import defaultdict
from datetime import datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core


def rounded(exact: Fraction) -> float:
    """The double nearest to a rational; CPython's division of integers is correctly rounded."""
    try:
        return exact.numerator / exact.denominator
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def by_code(codes, *columns):
    """Rows of each cluster, those with NaN left out."""
    rows = defaultdict(list)
    for code, *row in zip(codes.tolist(), *(c.tolist() for c in columns), strict=True):
        if code >= 0 and not any(math.isnan(x) for x in row):
            rows[code].append(row)
    return rows


def wild(n, groups, seed, low=-300, high=300):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n) * 10.0 ** rng.integers(low, high, n)
    x[rng.integers(0, n, n // 20)] = np.nan
    codes = rng.integers(-1, groups, n)
    codes[codes == 3] = 4  # one cluster stays empty
    return x, codes


@pytest.mark.parametrize(("low", "high"), [(-300, 300), (-2, 3), (-12, 12), (-323, -300), (290, 307)])
@pytest.mark.parametrize("groups", [7, 300])
def test_sum_and_mean_are_rounded_once(low, high, groups):
    x, codes = wild(6000, groups, 0, low, high)
    c = snd.Clusters.from_codes(codes, groups)
    rows = by_code(codes, x)
    sums = {g: sum(Fraction(v) for (v,) in rows[g]) for g in range(groups)}
    assert c.sum(x).tolist() == [rounded(Fraction(sums[g])) for g in range(groups)]
    means = [rounded(Fraction(sums[g]) / len(rows[g])) if rows[g] else math.nan for g in range(groups)]
    np.testing.assert_array_equal(c.mean(x), means)


@pytest.mark.parametrize(("low", "high"), [(-300, 300), (-2, 3), (-160, -150), (140, 160)])
def test_weighted_sum_and_mean_are_rounded_once(low, high):
    x, codes = wild(4000, 25, 1, low, high)
    w, _ = wild(4000, 25, 2, -8, 8)
    w = np.abs(w)
    c = snd.Clusters.from_codes(codes, 25)
    rows = by_code(codes, x, w)
    products = [sum((Fraction(v) * Fraction(f) for v, f in rows[g]), Fraction(0)) for g in range(25)]
    weights = [sum((Fraction(f) for _, f in rows[g]), Fraction(0)) for g in range(25)]
    assert c.sum(x, w).tolist() == [rounded(p) for p in products]
    means = [rounded(p / f) if f else math.nan for p, f in zip(products, weights, strict=True)]
    np.testing.assert_array_equal(c.mean(x, w), means)
    assert c.count(x, w).tolist() == [len(rows[g]) for g in range(25)]


def test_ten_million_ordinary_rows():
    rng = np.random.default_rng(3)
    n, groups = 10_000_000, 1000
    whole = rng.integers(-(2**50), 2**50, n)
    x = np.ldexp(whole.astype(np.float64), -20)
    codes = rng.integers(0, groups, n).astype(np.int32)
    # Sums of integers in two halves of 25 bits each are exact in int64, whatever the order.
    low, high = np.zeros(groups, np.int64), np.zeros(groups, np.int64)
    np.add.at(low, codes, whole & (2**25 - 1))
    np.add.at(high, codes, whole >> 25)
    exact = [Fraction(int(h) * 2**25 + int(s), 2**20) for h, s in zip(high, low, strict=True)]
    counts = np.bincount(codes, minlength=groups).tolist()
    c = snd.Clusters.from_codes(codes, groups)
    want = [rounded(e) for e in exact]
    for threads in (1, 2, 4):
        assert c.sum(x, threads=threads).tolist() == want
        assert c.mean(x, threads=threads).tolist() == [
            rounded(e / k) for e, k in zip(exact, counts, strict=True)
        ]
    order = rng.permutation(n)
    assert snd.Clusters.from_codes(codes[order], groups).sum(x[order]).tolist() == want


@pytest.mark.parametrize("groups", [1, 50, 5000, 200_000])
@pytest.mark.parametrize("arranged", ["random", "sorted", "skewed"])
def test_same_bits_in_any_order_and_with_any_threads(groups, arranged):
    rng = np.random.default_rng(groups)
    n = 60_000
    x = rng.normal(size=n) * 10.0 ** rng.integers(-6, 6, n)
    x[::9973] = 1e300
    codes = rng.integers(0, groups, n)
    if arranged == "sorted":
        codes.sort()
    elif arranged == "skewed":
        codes[rng.random(n) < 0.9] = 0
    order = rng.permutation(n)
    plain, shuffled = (snd.Clusters.from_codes(k, groups) for k in (codes, codes[order]))
    w = rng.random(n)
    for weights in (None, w):
        want_sum, want_mean = plain.sum(x, weights, threads=1), plain.mean(x, weights, threads=1)
        other = None if weights is None else weights[order]
        for threads in (1, 2, 4):
            for got, want in (
                (plain.sum(x, weights, threads=threads), want_sum),
                (plain.mean(x, weights, threads=threads), want_mean),
                (shuffled.sum(x[order], other, threads=threads), want_sum),
                (shuffled.mean(x[order], other, threads=threads), want_mean),
            ):
                assert got.tobytes() == want.tobytes()
    group = int(codes[7])
    exact = sum(map(Fraction, x[codes == group].tolist()))
    assert plain.sum(x)[group] == rounded(Fraction(exact))


def test_wrong_answers_of_others_are_right_here():
    one = snd.Clusters(np.zeros(200, np.int64))
    assert one.sum(np.ones(200, np.int8)).tolist() == [200]
    assert snd.Clusters([0] * 10).sum(np.full(10, 2**30, np.int32)).tolist() == [10737418240]
    assert snd.Clusters([0, 0]).max([2**53 + 1, 2**53 + 3]).tolist() == [9007199254740995]
    many = snd.Clusters.from_codes(np.zeros(20_000_000, np.int32), 1)
    mean = many.mean(np.broadcast_to(np.float32(1.0), 20_000_000))
    assert mean.dtype == np.float32
    assert mean.tolist() == [1.0]
    assert math.isnan(snd.Clusters([0] * 4).sum([np.inf, -np.inf, 5.0, 7.0])[0])
    assert snd.Clusters([0] * 4).sum([1e16, 99.0, -5e15, -5e15]).tolist() == [99.0]
    tenths = snd.Clusters(np.zeros(1_000_000, np.int8)).sum(np.full(1_000_000, 0.1))
    assert tenths.tolist() == [rounded(Fraction(0.1) * 1_000_000)]
    assert snd.Clusters([0, 0]).sum([np.inf, 1.0]).tolist() == [np.inf]
    assert snd.Clusters([0] * 12).sum([0.1] * 12).tolist() == [snd.exact_sum([0.1] * 12)]


def test_integers_stay_exact():
    c = snd.Clusters(["a", "a", "b", "b"])
    big = 2**62
    assert c.sum([big, -1, big, big - 1]).tolist() == [big - 1, 2 * big - 1]
    with pytest.raises(
        OverflowError, match="values: an exact sum does not fit int64; convert them to float64"
    ):
        c.sum([0, 0, big, big])
    got = c.sum(np.array([2**63, 1, 2**64 - 1, 0], np.uint64))
    assert got.dtype == np.uint64
    assert got.tolist() == [2**63 + 1, 2**64 - 1]
    with pytest.raises(OverflowError):
        c.sum(np.array([2**63, 2**63, 0, 0], np.uint64))
    assert c.sum([True, True, False, False]).tolist() == [2, 0]
    assert c.mean([2**62 + 1, 2**62 + 3, 1, 2]).tolist() == [2.0**62, 1.5]
    low, high = -(2**63), 2**63 - 1
    assert c.min([low, 5, high, high - 1]).tolist() == [low, high - 1]
    assert c.max([low, low, high, 7]).tolist() == [low, high]
    assert c.max(np.array([2**64 - 1, 0, 5, 2**63], np.uint64)).tolist() == [2**64 - 1, 2**63]
    for kind in (np.int8, np.uint8, np.int16, np.uint32, bool):
        assert c.sum(np.ones(4, kind)).dtype == (np.uint64 if np.dtype(kind).kind == "u" else np.int64)


def test_empty_clusters_and_min_count():
    c = snd.Clusters.from_codes([0, 0, 2], 4)
    assert c.sum([1.0, 2.0, 3.0]).tolist() == [3.0, 0.0, 3.0, 0.0]
    np.testing.assert_array_equal(c.sum([1.0, 2.0, 3.0], min_count=1), [3.0, np.nan, 3.0, np.nan])
    np.testing.assert_array_equal(c.sum([1, 2, 3], min_count=2), [3.0, np.nan, np.nan, np.nan])
    assert c.sum([1, 2, 3]).dtype == np.int64
    np.testing.assert_array_equal(c.mean([1.0, 2.0, 3.0], min_count=2), [1.5, np.nan, np.nan, np.nan])
    for result in (c.min([1, 2, 3]), c.max([1.0, 2.0, 3.0])):
        assert result.dtype == np.float64
        assert np.isnan(result).tolist() == [False, True, False, True]
    np.testing.assert_array_equal(c.max([1, 2, 3], min_count=2), [2.0, np.nan, np.nan, np.nan])
    assert c.count([1.0, np.nan, 3.0]).tolist() == [1, 0, 1, 0]
    assert c.sizes.tolist() == [2, 0, 1, 0]
    assert not np.signbit(c.sum([-0.0, 0.0, -0.0])).any()
    none = snd.Clusters([])
    assert none.n == 0
    assert none.sum([]).shape == (0,)
    assert none.max([]).shape == (0,)


def test_missing_values():
    c = snd.Clusters([0, 0, 1, 1])
    x = np.array([1.0, np.nan, 2.0, 3.0])
    assert c.sum(x).tolist() == [1.0, 5.0]
    np.testing.assert_array_equal(c.sum(x, skipna=False), [np.nan, 5.0])
    np.testing.assert_array_equal(c.mean(x, skipna=False), [np.nan, 2.5])
    np.testing.assert_array_equal(c.min(x, skipna=False), [np.nan, 2.0])
    np.testing.assert_array_equal(c.max(x), [1.0, 3.0])
    assert c.count(x, skipna=False).tolist() == [2, 2]
    assert c.count(x, [np.nan, 1.0, 1.0, np.nan]).tolist() == [0, 1]
    assert c.max(x, [1.0, 1.0, 1.0, np.nan]).tolist() == [1.0, 2.0]
    assert c.sum(np.ma.array(x, mask=[0, 1, 1, 0])).tolist() == [1.0, 3.0]
    assert c.sum(np.ma.array([1, 2, 3, 2**60], mask=[0, 1, 1, 0])).tolist() == [1, 2**60]


@given(
    st.lists(st.tuples(st.integers(-1, 4), st.floats(width=32), st.floats(0, 1e6)), min_size=1, max_size=60)
)
@settings(max_examples=150)
def test_extremes_agree_with_python(rows):
    codes = np.array([r[0] for r in rows])
    c = snd.Clusters.from_codes(codes, 5)
    for dtype in (np.float32, np.float64):
        x = np.array([r[1] for r in rows], dtype)
        groups = by_code(codes, x)
        least, most = c.min(x), c.max(x)
        assert least.dtype == most.dtype == dtype
        for g in range(5):
            values = [v for (v,) in groups[g]]
            assert least[g] == min(values) if values else np.isnan(least[g])
            assert most[g] == max(values) if values else np.isnan(most[g])


def test_signed_zeros_do_not_depend_on_order():
    for values in ([0.0, -0.0], [-0.0, 0.0]):
        c = snd.Clusters([0, 0])
        assert np.signbit(c.min(values)[0])
        assert not np.signbit(c.max(values)[0])


def test_labels_and_orders():
    c = snd.Clusters(["b", "a", None, "b"])
    assert list(c.labels) == ["a", "b"]
    assert c.codes.tolist() == [1, 0, -1, 1]
    assert c.sum([1, 2, 4, 8]).tolist() == [2, 9]
    assert list(snd.Clusters(["b", "a", "b"], order="appearance").labels) == ["b", "a"]
    two = snd.Clusters([2022, 2021, 2022, 2021], ["x", "y", "x", None])
    assert two.labels.tolist() == [(2021, "y"), (2022, "x")]
    assert two.codes.tolist() == [1, 0, 1, -1]
    assert two.sizes.tolist() == [1, 2]
    three = snd.Clusters([1, 0, 1, 0], ["b", "b", "a", "b"], [0.5, 0.5, 0.5, 0.5], order="appearance")
    assert three.labels.tolist() == [(1, "b", 0.5), (0, "b", 0.5), (1, "a", 0.5)]
    category = pd.Categorical(["m", "l", "m"], categories=["s", "m", "l"])
    assert snd.Clusters(category).sum([1.0, 2.0, 3.0]).tolist() == [0.0, 4.0, 2.0]
    assert repr(two) == "<Clusters: 2 over 4 rows>"
    assert len(two) == 2
    with pytest.raises(ValueError, match="read-only"):
        two.codes[0] = 5


def test_several_keys_make_only_what_occurs():
    rng = np.random.default_rng(6)
    keys = [rng.integers(0, 10**6, 2000) for _ in range(4)]
    c = snd.Clusters(*keys)
    assert c.n == len(set(zip(*(k.tolist() for k in keys), strict=True)))
    assert c.labels.tolist() == sorted(set(zip(*(k.tolist() for k in keys), strict=True)))


def test_dates_among_several_keys_are_dates_in_the_labels():
    days, keys = ["2024-02-01", "2023-01-31"], [1, 1]
    want = [(datetime(2023, 1, 31), 1), (datetime(2024, 2, 1), 1)]
    for unit in ("s", "us", "ns"):
        assert snd.Clusters(np.array(days, f"M8[{unit}]"), keys).labels.tolist() == want
    # Nanoseconds that no Python date holds stay those of NumPy.
    assert snd.Clusters(np.array([1], "M8[ns]"), [1]).labels.tolist() == [(np.datetime64(1, "ns"), 1)]


def test_axes():
    rng = np.random.default_rng(7)
    x = rng.integers(-1000, 1000, (6, 3, 4)) / 8.0  # exact in numpy too
    codes = np.array([0, 1, -1, 1, 0, 2])
    for axis in (0, 1, 2, -1):
        y = np.moveaxis(x, 0, axis)
        c = snd.Clusters.from_codes(codes)
        for name in ("sum", "min", "max"):
            want = np.stack([getattr(np, name)(x[codes == g], axis=0) for g in range(3)])
            np.testing.assert_array_equal(getattr(c, name)(y, axis=axis), np.moveaxis(want, 0, axis))
        assert c.count(y, axis=axis).shape == np.moveaxis(want, 0, axis).shape
        weighted = c.mean(y, np.ones(6), axis=axis)
        np.testing.assert_array_equal(weighted, c.mean(y, axis=axis))
    for layout in (x[::-1, ::2], np.asfortranarray(x), x.astype(">f8"), x.astype(np.float32)):
        want = np.stack([layout[codes == g].sum(axis=0) for g in range(3)])
        np.testing.assert_array_equal(snd.Clusters.from_codes(codes).sum(layout), want)


def test_pandas_in_pandas_out():
    frame = pd.DataFrame(
        {"cluster": ["p", "m", "p"], "year": [1, 1, 2], "x": [1.5, 2.0, 4.0], "k": [2**53 + 1, 1, 1]},
        index=[10, 20, 30],
    )
    c = snd.Clusters(frame["cluster"])
    index = pd.Index(["m", "p"], name="cluster")
    pd.testing.assert_series_equal(
        c.sum(frame["x"]), pd.Series([2.0, 5.5], index, name="x"), check_index_type=False
    )
    table = c.sum(frame[["x", "k"]])
    assert table.columns.tolist() == ["x", "k"]
    assert table["k"].tolist() == [1, 2**53 + 2]
    assert c.sum(np.array([1.0, 2.0, 3.0])).tolist() == [2.0, 4.0]
    assert c.sum(frame[["x"]]).index.equals(c.mean(frame["x"]).index)
    both = snd.Clusters(frame["cluster"], frame["year"])
    got = both.count(frame["x"])
    assert got.index.names == ["cluster", "year"]
    assert got.to_dict() == {("m", 1): 1, ("p", 1): 1, ("p", 2): 1}
    from_arrays = snd.Clusters(np.array([5, 6, 5])).max(frame["x"])
    assert from_arrays.to_dict() == {5: 4.0, 6: 2.0}
    with pytest.raises(ValueError, match=r"values.*labels.*reindex"):
        c.sum(frame["x"].sort_index(ascending=False))
    with pytest.raises(ValueError, match=r"weights.*reindex"):
        c.sum(frame["x"], frame["x"].reset_index(drop=True))
    with pytest.raises(ValueError, match=r"labels\[1\].*reindex"):
        snd.Clusters(frame["cluster"], frame["year"].reset_index(drop=True))
    nullable = pd.Series([2**60 + 1, None, 4], index=frame.index, dtype="Int64")
    assert c.sum(nullable).tolist() == [0, 2**60 + 5]
    assert snd.Clusters.from_codes([0, 0, 1], labels=pd.Index(["u", "v"])).sum([1, 2, 3]).to_dict() == {
        "u": 3,
        "v": 3,
    }


def test_nullable_in_nullable_out():
    c = snd.Clusters(["a", "a", "b", "c"])
    index = pd.Index(["a", "b", "c"])
    big = 2**60 + 1

    def check(got, values, dtype):
        pd.testing.assert_series_equal(
            got, pd.Series(values, index, dtype=dtype, name="x"), check_index_type=False
        )

    whole = pd.Series([big, None, None, 4], dtype="Int64", name="x")
    check(c.sum(whole), [big, 0, 4], "Int64")
    check(c.sum(whole, skipna=False), [pd.NA, pd.NA, 4], "Int64")
    check(c.sum(whole, min_count=1), [big, pd.NA, 4], "Int64")
    check(c.min(whole), [big, pd.NA, 4], "Int64")
    check(c.max(whole, skipna=False), [pd.NA, pd.NA, 4], "Int64")
    check(c.mean(whole), [float(2**60), pd.NA, 4.0], "Float64")
    check(c.count(whole, skipna=False), [2, 1, 1], "int64")
    real = pd.Series([1.5, None, None, 4.0], dtype="Float32", name="x")
    check(c.sum(real), [1.5, 0.0, 4.0], "Float32")
    check(c.mean(real), [1.5, pd.NA, 4.0], "Float32")
    check(c.max(real, skipna=False), [pd.NA, pd.NA, 4.0], "Float32")
    clash = c.sum(pd.Series([np.inf, -np.inf, None, 1.0], dtype="Float64"))  # IEEE's NaN stays
    assert clash.isna().tolist() == [False, False, False]
    assert math.isnan(clash.array._data[0])
    weighted = c.mean(real, [0.0, 1.0, 1.0, 1.0])  # and so does 0/0
    assert weighted.isna().tolist() == [False, True, False]
    table = c.sum(pd.DataFrame({"k": whole, "x": real, "y": [1.0, 2.0, np.nan, 3.0]}), skipna=False)
    assert table.dtypes.astype(str).tolist() == ["Int64", "Float32", "float64"]
    assert table.isna().to_numpy().tolist() == [[True, True, False], [True, True, True], [False] * 3]
    assert c.sum(whole.array).tolist() == [big, 0, 4]  # an array comes back as one


def test_arrow_in_arrow_out():
    pytest.importorskip("pyarrow")
    c = snd.Clusters([0, 0, 1])
    for dtype, of_sum, of_mean in (
        ("int64[pyarrow]", "int64[pyarrow]", "double[pyarrow]"),
        ("uint8[pyarrow]", "uint64[pyarrow]", "double[pyarrow]"),
        ("float[pyarrow]", "float[pyarrow]", "float[pyarrow]"),
    ):
        values = pd.Series([1, 2, None], dtype=dtype)
        assert c.sum(values).dtype == of_sum
        assert c.sum(values).tolist() == [3, 0]
        assert c.mean(values).dtype == of_mean
        assert c.mean(values).isna().tolist() == [False, True]
        assert c.mean(values).iloc[0] == 1.5


def test_weights_of_a_frame_go_by_column():
    c = snd.Clusters([0, 0, 1])
    mixed = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [4, 5, 6]})
    w = pd.DataFrame({"a": [1.0, 1.0, 1.0], "b": [2.0, 2.0, 2.0]})
    for frame in (mixed, mixed.astype(np.float64)):
        for weights in (w, w.to_numpy()):
            assert c.sum(frame, weights).to_numpy().tolist() == [[3.0, 18.0], [3.0, 12.0]]
        with pytest.raises(ValueError, match=r"weights: its columns.*reindex"):
            c.sum(frame, w[["b", "a"]])
    across = snd.Clusters(["x", "x"]).sum(mixed, pd.Series([1.0, 2.0], index=["a", "b"]), axis=1)
    pd.testing.assert_frame_equal(across, pd.DataFrame({"x": [9.0, 12.0, 15.0]}), check_column_type=False)
    with pytest.raises(ValueError, match=r"values: its columns.*labels"):
        snd.Clusters(pd.Series(["x", "x"])).sum(mixed, axis=1)


def test_no_integer_is_rounded_on_its_way():
    odd = 2**53 + 1  # as a double it is 2**53
    c = snd.Clusters([0, 1])
    for call in (
        lambda: c.sum(np.ma.array([odd, 1], mask=[0, 1]), skipna=False),
        lambda: snd.Clusters([0, 0]).sum(pd.DataFrame({"a": [odd, 1], "b": [0.5, 0.5]}), axis=1),
    ):
        with pytest.raises(ValueError, match=r"values.*2\*\*53"):
            call()


def test_codes_that_are_masked_or_na_are_in_no_cluster():
    for codes in (np.ma.array([0, 1, 1], mask=[0, 0, 1]), pd.Series([0, 1, None], dtype="Int64")):
        assert snd.Clusters.from_codes(codes).codes.tolist() == [0, 1, -1]
    with pytest.raises(ValueError, match="read-only"):
        snd.Clusters([0, 1]).sizes[0] = 5


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: snd.Clusters(), TypeError, "labels"),
        (lambda: snd.Clusters([1], [1, 2]), ValueError, "different lengths, 1, 2"),
        (lambda: snd.Clusters([1], order="up"), ValueError, "order.*'up'"),
        (lambda: snd.Clusters.from_codes([0, 3], 3), ValueError, "codes: 3 at row 1.*n = 3"),
        (lambda: snd.Clusters.from_codes([0.5]), TypeError, "codes"),
        (lambda: snd.Clusters.from_codes([[0]]), ValueError, r"codes.*\(1, 1\)"),
        (lambda: snd.Clusters.from_codes([0], labels=["a", "b"]), None, ""),
        (lambda: snd.Clusters.from_codes([0], 1, labels=["a", "b"]), ValueError, "labels.*2"),
        (lambda: snd.Clusters.from_codes([0], -1), ValueError, "n: .*-1"),
        (lambda: snd.Clusters.from_codes([0], 2**40), ValueError, f"n: at most.*{2**40}"),
        (lambda: snd.Clusters.from_codes(np.array([2**63], np.uint64)), ValueError, "codes"),
        (lambda: snd.Clusters([0, 1]).sum([1.0]), ValueError, r"values: expected 2 rows.*\(1,\)"),
        (lambda: snd.Clusters([0, 1]).sum(1.0), ValueError, "values.*scalar"),
        (lambda: snd.Clusters([0, 1]).sum([1.0, 2.0], axis=1), ValueError, "axis"),
        (lambda: snd.Clusters([0, 1]).sum(["a", "b"]), TypeError, "values"),
        (
            lambda: snd.Clusters([0, 1]).sum([1.0, 2.0], [1.0, -2.0]),
            ValueError,
            r"weights.*-2\.0 at position 1",
        ),
        (lambda: snd.Clusters([0, 1]).mean([1.0, 2.0], [1.0] * 3), ValueError, "weights.*shape"),
        (lambda: snd.Clusters([0, 1]).sum([1.0, 2.0], min_count=-1), ValueError, "min_count.*-1"),
        (lambda: snd.Clusters([0, 1]).sum([1.0, 2.0], min_count=0.5), ValueError, "min_count"),
        (lambda: snd.Clusters([0, 1]).sum([1.0, 2.0], threads=0), ValueError, "threads"),
    ],
)
def test_errors_name_the_argument(call, error, words):
    if error is None:
        assert call().labels.tolist() == ["a", "b"]
        return
    with pytest.raises(error, match=words):
        call()


def test_codes_that_change_later_are_never_a_memory_error():
    codes = np.zeros(1000, np.int64)
    c = snd.Clusters.from_codes(codes, 3)
    codes[500] = 2**40
    for compute in (c.sum, c.mean, c.max, c.count):
        with pytest.raises(ValueError, match="code is out of range"):
            compute(np.ones(1000))
    for bad in (3, 2**31, -(2**63)):
        wide = np.array([bad], np.int64)
        if bad < 0:
            assert _core.group_sum(np.ones(1), None, wide, 3, False, True, 0, 1).tolist() == [0.0] * 3
        else:
            with pytest.raises(ValueError, match="code is out of range"):
                _core.group_sum(np.ones(1), None, wide, 3, False, True, 0, 1)


def test_private_functions_check_what_could_corrupt_memory():
    x, codes = np.ones(4), np.zeros(4, np.int64)
    for arguments in (
        (x, None, codes[:3], 1, False, True, 0, 1),
        (x, None, codes[::2], 1, False, True, 0, 1),
        (x, x[:3], codes, 1, False, True, 0, 1),
        (x, None, None, 2, False, True, 0, 1),
        (x, None, codes, -1, False, True, 0, 1),
        (x, None, codes, 1, False, True, 0, 0),
        (x.astype(">f8"), None, codes, 1, False, True, 0, 1),
        (x.astype(np.int32), None, codes, 1, False, True, 0, 1),
        (x.reshape(1, 2, 2), None, codes, 1, False, True, 0, 1),
        (x, None, codes.astype(np.uint64), 1, False, True, 0, 1),
        (x.tolist(), None, codes, 1, False, True, 0, 1),
        (x, None, codes),
    ):
        with pytest.raises((TypeError, ValueError)):
            _core.group_sum(*arguments)
    with pytest.raises(MemoryError):
        _core.group_sum(x, None, codes, 2**40, False, True, 0, 1)


@pytest.mark.parametrize("values", [[1.0, 2.0, 3.0], [[1.0], [2.0], [3.0]]])
def test_one_weight_in_a_list_is_not_one_for_all_rows(values):
    c = snd.Clusters([0, 0, 1])
    for weights in ([2.0], [], [1.0, 2.0, 3.0, 4.0]):
        with pytest.raises(ValueError, match=rf"weights: shape \({len(weights)},\) does not fit values"):
            c.sum(values, weights)
    with pytest.raises(ValueError, match=r"other: shape \(1,\) does not fit values"):
        c.covariance(values, [1.0])
    assert c.sum(values, 2.0).ravel().tolist() == [6.0, 6.0]


@pytest.mark.parametrize("values", [[1.0, 2.0], np.ones((2, 2)), pd.Series([1.0, 2.0], index=["x", "y"])])
def test_weights_go_with_the_rows_of_the_labels(values):
    clusters = snd.Clusters(pd.Series(["a", "b"], index=["x", "y"]))
    weights = pd.Series([1.0, 3.0], index=["y", "x"])
    mixed = pd.DataFrame({"p": [1.0, 2.0], "q": [1, 2]}, index=["x", "y"])
    state = clusters.state(["sum", "slope"])
    for call in (
        lambda w: clusters.sum(values, w),
        lambda w: clusters.mean(mixed, w),
        lambda w: clusters.agg(values, ["sum", "mean"], w),
        lambda w: clusters.growth(values, values, w),
        lambda w: clusters.transform(values, "mean", w),
        lambda w: clusters.transform(mixed, "mean", w),
        lambda w: state.update([1.0, 2.0], weights=w, other=[1.0, 2.0]),
        lambda w: state.update(
            [1.0, 2.0], weights=w, other=[1.0, 2.0], labels=pd.Series([1, 2], w.index[::-1])
        ),
    ):
        with pytest.raises(ValueError, match=r"its index .*differ"):
            call(weights)
    with pytest.raises(ValueError, match=r"other: its index .*differ"):
        state.update([1.0, 2.0], other=weights)
    assert clusters.sum(np.ones(2), weights.reindex(["x", "y"])).tolist() == [3.0, 1.0]


@pytest.mark.parametrize("axis", ["rows", None, 0.5])
def test_an_axis_that_is_no_integer_is_named(axis):
    c = snd.Clusters([1, 1])
    for call in (c.sum, c.median, c.share, c.rank, lambda x, axis: c.growth(x, x, axis=axis)):
        with pytest.raises(TypeError, match="axis: expected an integer, got"):
            call([1.0, 2.0], axis=axis)
        with pytest.raises(ValueError, match="axis: axis 2 is out of bounds"):
            call([1.0, 2.0], axis=2)
    for call in (c.agg, c.transform):
        with pytest.raises(TypeError, match="axis: expected an integer, got"):
            call([1.0, 2.0], "sum", axis=axis)


def test_too_many_clusters_for_the_memory_say_so():
    with pytest.raises(MemoryError, match="no room for the tables"):
        snd.Clusters.from_codes([0], 2**31 - 9).var([1.0])
