"""Clusters' statistics back on their rows, shares and ranks, against exact fractions, loops and pandas."""

from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core
from sndstats.named import SINGLE

NAN = float("nan")
OPTIONS = {
    "quantile": {"q": 0.3},
    "concentration_ratio": {"k": 2},
    "covariance": {"other": np.arange(40_000) % 11},
    "slope": {"other": np.arange(40_000) % 7},
}
floats = st.floats(allow_nan=True, allow_infinity=False, width=64)


def data(rows=500, groups=7, seed=1):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 40, rows) / 4.0
    values[rng.random(rows) < 0.1] = NAN
    return values, rng.integers(-1, groups, rows)


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("threads", [1, 3])
def test_every_statistic_comes_back_by_code(name, threads):
    values, codes = data(40_000)
    clusters = snd.Clusters.from_codes(codes, 7)
    table = getattr(clusters, name)(values, **OPTIONS.get(name, {}))
    expected = [NAN if g < 0 else float(table[g]) for g in codes]
    got = clusters.transform(values, (name, OPTIONS.get(name, {})), threads=threads)
    np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("dtype", [np.int64, np.uint64, np.int32, np.bool_])
def test_integers_stay_integers_unless_a_row_is_outside(dtype):
    values = np.array([1, 0, 1, 1]).astype(dtype)
    inside = snd.Clusters.from_codes([0, 1, 0, 1]).transform(values, "max")
    assert inside.dtype.kind in "iu"
    assert inside.tolist() == [1, 1, 1, 1]
    outside = snd.Clusters.from_codes([0, 1, -1, 1]).transform(values, "max")
    assert outside.dtype == np.float64
    np.testing.assert_array_equal(outside, [1.0, 1.0, NAN, 1.0])
    truths = snd.Clusters.from_codes([0, 1, 0, 1]).transform(values, "all")
    assert truths.dtype == np.bool_
    assert truths.tolist() == [True, False, True, False]


def test_float32_and_axes():
    values = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
    clusters = snd.Clusters.from_codes([1, 0, 1])
    got = clusters.transform(values, "sum", axis=1)
    assert got.dtype == np.float32
    for a in range(2):
        for b in range(2):
            np.testing.assert_array_equal(got[a, :, b], clusters.transform(values[a, :, b], "sum"))
    np.testing.assert_array_equal(clusters.transform(values, "sum", axis=-2), got)


def test_weights_and_options_reach_the_statistic():
    clusters = snd.Clusters.from_codes([0, 0, 1])
    assert clusters.transform([1.0, 4.0, 7.0], "mean", [3, 1, 1]).tolist() == [1.75, 1.75, 7.0]
    assert clusters.transform([1.0, 4.0, 7.0], ("var", {"ddof": 0}))[0] == 2.25
    np.testing.assert_array_equal(clusters.transform([1.0, NAN, 7.0], "sum", skipna=False), [NAN, NAN, 7.0])
    np.testing.assert_array_equal(clusters.transform([1.0, 4.0, 7.0], "sum", min_count=2), [5.0, 5.0, NAN])


@pytest.mark.parametrize("dtype", ["boolean", "bool[pyarrow]", "Int64", "int64[pyarrow]"])
def test_truths_that_are_missing_come_back_as_truths(dtype):
    values = pd.Series([0, None, 1, None, 1], dtype="Int64").astype(dtype)
    clusters = snd.Clusters.from_codes([0, 0, 1, 1, -1])
    got = clusters.transform(values, "any", skipna=False)
    assert got.tolist() == [pd.NA, pd.NA, True, True, pd.NA]
    assert got.dtype == ("bool[pyarrow]" if "pyarrow" in dtype else "boolean")
    got = clusters.transform(values, "all", min_count=1)
    assert got.tolist() == [False, False, True, True, pd.NA]
    plain = [0.0, NAN, 1.0, NAN, 1.0]
    np.testing.assert_array_equal(clusters.transform(plain, "any", skipna=False), [NAN, NAN, 1.0, 1.0, NAN])
    np.testing.assert_array_equal(clusters.transform(plain, "any", min_count=2), [NAN] * 5)


@pytest.mark.parametrize("dtype", [pl.Boolean, pl.Int64, pl.Float32])
def test_truths_of_polars_that_are_missing_come_back_as_null(dtype):
    values = pl.Series("v", [False, None, True, None, True]).cast(dtype)
    clusters = snd.Clusters.from_codes([0, 0, 1, 1, -1])
    for column, want in (
        (clusters.transform(values, "any", skipna=False), [None, None, True, True, None]),
        (clusters.transform(values, "all", min_count=2), [None] * 5),
        (clusters.transform(pl.DataFrame(values), "any", skipna=False)["v"], [None, None, True, True, None]),
    ):
        assert column.dtype == pl.Boolean
        assert column.to_list() == want


def test_pandas_keep_index_names_and_attrs():
    index = pd.Index(["p", "q", "r"], name="firm")
    clusters = snd.Clusters(pd.Series(["a", "b", "a"], index=index, name="chain"))
    series = pd.Series([1.0, 2.0, 4.0], index=index, name="sales")
    series.attrs["unit"] = "yuan"
    for got, expected in (
        (clusters.transform(series, "sum"), [5.0, 2.0, 5.0]),
        (clusters.share(series), [0.2, 1.0, 0.8]),
        (clusters.rank(series), [2.0, 1.0, 1.0]),
    ):
        pd.testing.assert_series_equal(got, pd.Series(expected, index=index, name="sales"))
        assert got.attrs == {"unit": "yuan"}
    plain = clusters.share([1.0, 2.0, 4.0])
    pd.testing.assert_series_equal(plain, pd.Series([0.2, 1.0, 0.8], index=index))
    table = clusters.transform(np.ones((3, 2)), "sum")
    pd.testing.assert_frame_equal(table, pd.DataFrame([[2.0] * 2, [1.0] * 2, [2.0] * 2], index=index))
    with pytest.raises(ValueError, match="index of labels differ"):
        clusters.rank(series.rename({"p": "x"}))


def test_frames_and_nullable_columns():
    frame = pd.DataFrame({"a": pd.array([1, None, 3], dtype="Int64"), "b": [1.0, 2.0, 4.0], "c": [1, 2, 4]})
    clusters = snd.Clusters.from_codes([0, 0, -1])
    got = clusters.transform(frame, "sum")
    assert got["a"].tolist() == [1, 1, pd.NA]
    assert str(got["a"].dtype) == "Int64"
    np.testing.assert_array_equal(got["b"], [3.0, 3.0, NAN])
    shares = clusters.share(frame)
    assert shares["a"].tolist() == [1.0, pd.NA, pd.NA]
    np.testing.assert_allclose(shares["b"], [1 / 3, 2 / 3, NAN])
    ranks = clusters.rank(frame)
    assert ranks["a"].tolist() == [1.0, pd.NA, pd.NA]
    np.testing.assert_array_equal(ranks["c"], [2.0, 1.0, NAN])
    sideways = clusters.transform(frame[["b", "c"]].T.astype(float), "sum", axis=1)
    assert list(sideways.columns) == [0, 1, 2]
    np.testing.assert_array_equal(sideways.to_numpy(), [[3.0, 3.0, NAN], [3.0, 3.0, NAN]])
    weighted = clusters.transform(frame, "mean", [1.0, 3.0, 1.0])
    assert weighted["b"][0] == 1.75


@pytest.mark.parametrize(
    "dtype", ["Int64", "UInt64", "Float64", "Float32", "int64[pyarrow]", "double[pyarrow]"]
)
@pytest.mark.parametrize("name", SINGLE)
def test_rows_of_nullable_values_outside_are_missing(dtype, name):
    values = pd.Series([2, None, 4, 1, 6], dtype=dtype)
    clusters, options = snd.Clusters.from_codes([0, 0, -1, 1, 1], 2), {}
    if name in OPTIONS:
        options = OPTIONS[name] | ({"other": [1, 2, 3, 4, 5]} if "other" in OPTIONS[name] else {})
    table = getattr(clusters, name)(values, **options)
    got = clusters.transform(values, (name, options))
    assert hasattr(got.dtype, "na_value")
    assert isinstance(got.dtype, pd.ArrowDtype) == ("pyarrow" in dtype)
    assert got.isna().tolist() == [table.isna()[0], table.isna()[0], True, *[table.isna()[1]] * 2]
    for place, cluster in ((0, 0), (1, 0), (3, 1), (4, 1)):
        assert got.isna()[place] or got[place] == table.iloc[cluster]


def test_polars_columns_and_frames_come_back_with_nulls():
    clusters = snd.Clusters.from_codes([0, 0, 0, 1, -1])
    whole = pl.Series("firms", [2**62, 2**62 + 1, None, 3, 7])
    ranks = clusters.rank(whole)
    assert ranks.name == "firms"
    assert ranks.to_list() == [2.0, 1.0, None, 1.0, None]
    assert clusters.transform(whole, "max").to_list() == [2**62 + 1] * 3 + [3, None]
    assert clusters.transform(whole, "count").to_list() == [2, 2, 2, 1, None]
    assert clusters.transform(pl.Series([True, False, None, True, True]), "all").to_list() == [
        *[False] * 3,
        True,
        None,
    ]
    real = pl.Series([1.0, 3.0, None, NAN, 5.0])
    assert clusters.share(real).to_list()[:3] == [0.25, 0.75, None]
    assert clusters.share(real, min_count=3).null_count() == 5
    frame = pl.DataFrame({"n": whole, "x": real})
    for got in (clusters.share(frame), clusters.rank(frame), clusters.transform(frame, "max")):
        assert got.columns == ["n", "x"]
    sums = clusters.transform(frame.with_columns(n=pl.Series([1, 2, None, 3, 7])), "sum")
    assert sums["n"].to_list() == [3, 3, 3, 3, None]
    assert sums["x"].to_list()[:2] == [4.0, 4.0]
    inside = snd.Clusters.from_codes([0, 1]).transform(pl.Series([1, 2]), "sum")
    assert inside.dtype == pl.Int64
    assert inside.to_list() == [1, 2]


def test_xarray_objects_keep_dims_coordinates_and_attrs():
    array = xr.DataArray(
        [[1.0, 2.0], [3.0, 6.0]], dims=("year", "firm"), coords={"year": [2022, 2023]}, attrs={"unit": "t"}
    )
    clusters = snd.Clusters.from_codes([0, 0])
    for got, expected in (
        (clusters.share(array, axis=1), [[1 / 3, 2 / 3], [1 / 3, 2 / 3]]),
        (clusters.rank(array), [[2.0, 2.0], [1.0, 1.0]]),
        (clusters.transform(array, "sum", axis=1), [[3.0, 3.0], [9.0, 9.0]]),
    ):
        assert got.dims == array.dims
        assert got.attrs == {"unit": "t"}
        assert got["year"].values.tolist() == [2022, 2023]
        np.testing.assert_array_equal(got.values, expected)


def test_pairs_reach_the_rows():
    clusters = snd.Clusters.from_codes([0, 0, 1, 1, -1])
    x, y = [1.0, 3.0, 2.0, 8.0, 5.0], [2.0, 6.0, 1.0, 4.0, 9.0]
    np.testing.assert_array_equal(clusters.transform(x, ("covariance", {"other": y})), [4, 4, 9, 9, NAN])
    np.testing.assert_array_equal(clusters.transform(x, ("slope", {"other": y})), [0.5, 0.5, 2, 2, NAN])
    with pytest.raises(TypeError, match=r"stat: 'covariance' needs 'other', e.g. \('covariance', {'other'"):
        clusters.transform(x, "covariance")
    for frame in (pd.DataFrame({"x": x, "y": y}), pd.DataFrame({"x": x, "n": [1, 2, 3, 4, 5]})):
        with pytest.raises(ValueError, match="values: expected one column"):
            clusters.transform(frame, ("covariance", {"other": y}))


def test_share_of_a_nullable_zero_sum_is_no_missing_value():
    got = snd.Clusters.from_codes([0, 0]).share(pd.Series([0, 0], dtype="Int64"))
    assert not got.isna().any()
    assert np.isnan(got.array._data).all()


@given(st.lists(st.tuples(st.integers(-1, 3), floats), min_size=1, max_size=30))
def test_share_is_the_exact_one_within_its_bound(rows):
    codes, values = np.array([c for c, _ in rows]), np.array([x for _, x in rows])
    got = snd.Clusters.from_codes(codes, 4).share(values)
    for code, value, share in zip(codes.tolist(), values.tolist(), got.tolist(), strict=True):
        if code < 0 or value != value:
            assert share != share
            continue
        total = sum(
            Fraction(x) for c, x in zip(codes.tolist(), values.tolist(), strict=True) if c == code and x == x
        )
        if total == 0:
            assert np.isinf(share) or value == 0
        elif abs(total) < Fraction(2) ** 1000 and abs(total) > Fraction(2) ** -900:
            exact = Fraction(value) / total
            if abs(exact) < Fraction(2) ** 1000:
                assert abs(Fraction(share) - exact) <= Fraction(np.spacing(abs(share) or 5e-324)) * Fraction(
                    3, 2
                )


@pytest.mark.parametrize("dtype", [np.float32, np.int64, np.uint64])
def test_share_of_other_types(dtype):
    values = np.array([1, 2, 5, 9], dtype=dtype)
    got = snd.Clusters.from_codes([0, 0, 0, 1]).share(values)
    assert got.dtype == (np.float32 if dtype == np.float32 else np.float64)
    np.testing.assert_array_equal(got, np.array([0.125, 0.25, 0.625, 1.0], got.dtype))


@pytest.mark.parametrize(
    ("dtype", "ulps"), [(np.float32, 1), (np.int64, Fraction(5, 2)), (np.uint64, Fraction(5, 2))]
)
def test_shares_of_floats_and_of_large_integers_are_within_their_bounds(dtype, ulps):
    rng = np.random.default_rng(8)
    values = rng.integers(1, 2**62, 3000).astype(dtype)
    codes = rng.integers(0, 900, 3000)
    got = snd.Clusters.from_codes(codes, 900).share(values)
    totals = [sum(map(int, values[codes == g].tolist())) for g in range(900)]
    for value, code, share in zip(values.tolist(), codes.tolist(), got, strict=True):
        away = abs(Fraction(float(share)) - Fraction(int(value), totals[code]))
        assert away <= ulps * Fraction(float(np.spacing(share)))


def test_share_of_integers_whose_sum_has_no_int64():
    got = snd.Clusters.from_codes([0, 0, 0, 0]).share(np.full(4, 2**62))
    assert got.tolist() == [0.25] * 4


def test_share_at_its_edges():
    clusters = snd.Clusters.from_codes([0, 0, 1, 1, 2, 2])
    got = clusters.share([1.0, -1.0, 0.0, 0.0, np.inf, 1.0])
    np.testing.assert_array_equal(got, [np.inf, -np.inf, NAN, NAN, NAN, 0.0])
    np.testing.assert_array_equal(
        clusters.share([1.0, NAN, 1.0, 3.0, 2.0, NAN], skipna=False), [NAN, NAN, 0.25, 0.75, NAN, NAN]
    )
    np.testing.assert_array_equal(
        clusters.share([1.0, NAN, 1.0, 3.0, 2.0, NAN], min_count=2), [NAN, NAN, 0.25, 0.75, NAN, NAN]
    )
    assert clusters.share([1e308] * 2 + [1.0] * 4).tolist() == [0.0, 0.0, 0.5, 0.5, 0.5, 0.5]
    assert snd.Clusters.from_codes([], 0).share([]).shape == (0,)
    assert np.isnan(snd.Clusters.from_codes([-1, -1], 0).rank([1.0, 2.0])).all()


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_shares_are_the_same_for_any_number_of_threads(threads):
    rng = np.random.default_rng(3)
    values, codes = rng.normal(100, 50, 300_000), rng.integers(-1, 5000, 300_000)
    clusters = snd.Clusters.from_codes(codes, 5000)
    total = clusters.sum(values)
    expected = np.where(codes < 0, np.nan, values / total[codes])
    np.testing.assert_array_equal(clusters.share(values, threads=threads), expected)
    two = np.stack([values, values[::-1]], axis=1)
    np.testing.assert_array_equal(clusters.share(two, threads=threads)[:, 0], expected)
    np.testing.assert_array_equal(
        clusters.share(np.asfortranarray(two).T, axis=1, threads=threads)[0], expected
    )


@pytest.mark.parametrize("method", ["min", "max", "average", "dense", "ordinal"])
@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize(("rows", "groups", "threads"), [(500, 7, 1), (500, 7, 4), (3000, 1, 2), (50, 60, 2)])
def test_ranks_are_those_of_pandas(method, ascending, rows, groups, threads):
    values, codes = data(rows, groups)
    got = snd.Clusters.from_codes(codes, groups).rank(
        values, method=method, ascending=ascending, threads=threads
    )
    theirs = pd.Series(values).groupby(np.where(codes < 0, np.nan, codes))
    expected = theirs.rank(method="first" if method == "ordinal" else method, ascending=ascending)
    np.testing.assert_array_equal(got, expected)


def test_ranks_compare_integers_exactly_and_zeros_equal():
    big = np.array([2**62, 2**62 + 1, -(2**62), 2**62 + 1])
    assert snd.Clusters.from_codes([0] * 4).rank(big, method="dense").tolist() == [2.0, 1.0, 3.0, 1.0]
    assert snd.Clusters.from_codes([0] * 3).rank(np.array([2**64 - 1, 0, 5], np.uint64)).tolist() == [1, 3, 2]
    assert snd.Clusters.from_codes([0] * 4).rank([-0.0, 0.0, -np.inf, np.inf]).tolist() == [2, 2, 4, 1]
    two = np.array([[1.0, 9.0], [2.0, 8.0]], dtype=np.float32)
    assert snd.Clusters.from_codes([0, 0]).rank(two).tolist() == [[2.0, 1.0], [1.0, 2.0]]
    assert snd.Clusters.from_codes([0, 0]).rank(two, axis=1).tolist() == [[2.0, 1.0], [2.0, 1.0]]


def test_what_is_refused():
    clusters = snd.Clusters.from_codes([0, 1])
    with pytest.raises(LookupError, match="'mode' is none of all, any"):
        clusters.transform([1.0, 2.0], "mode")
    with pytest.raises(ValueError, match="one statistic"):
        clusters.transform([1.0, 2.0], ["sum", "mean"])
    with pytest.raises(ValueError, match="one q"):
        clusters.transform([1.0, 2.0], ("quantile", {"q": [0.1, 0.2]}))
    with pytest.raises(ValueError, match="one q"):
        clusters.transform([1.0, 2.0], "quantile")
    with pytest.raises(TypeError, match="'concentration_ratio' needs 'k'"):
        clusters.transform([1.0, 2.0], "concentration_ratio")
    with pytest.raises(TypeError, match="weights: 'hhi' takes none"):
        clusters.transform([1.0, 2.0], "hhi", [1.0, 1.0])
    with pytest.raises(TypeError, match="'sum' has no option 'axis'"):
        clusters.transform([1.0, 2.0], ("sum", {"axis": 1}))
    with pytest.raises(TypeError, match="stat: 'slope' needs 'other'"):
        clusters.transform([1.0, 2.0], "slope")
    with pytest.raises(ValueError, match="method: expected one of 'min'"):
        clusters.rank([1.0, 2.0], method="first")
    for call in (clusters.share, clusters.rank):
        with pytest.raises(ValueError, match="expected 2 rows along axis 0"):
            call([1.0])
        with pytest.raises(ValueError, match="got a scalar"):
            call(1.0)
        with pytest.raises(TypeError, match="values"):
            call(["a", "b"])


def test_rows_of_clusters_that_overlap_have_no_one_answer():
    clusters = snd.Clusters.from_membership([[1, 1], [0, 1]])
    for call in (clusters.share, clusters.rank, lambda x: clusters.transform(x, "sum")):
        with pytest.raises(ValueError, match=r"do not overlap.*Clusters.from_codes"):
            call([1.0, 2.0])


def test_the_extension_checks_what_could_corrupt_memory():
    codes = np.array([0, 5], np.int32)
    with pytest.raises(ValueError, match="out of range"):
        _core.group_spread(np.ones(2), codes, 1)
    with pytest.raises(ValueError, match="out of range"):
        _core.group_share(np.ones(2), None, codes, 2, True, 0, 1)
    with pytest.raises(ValueError, match="out of range"):
        _core.group_rank(np.ones(2), None, codes, 2, 0, True, 1)
    with pytest.raises(ValueError, match="ties"):
        _core.group_rank(np.ones(2), None, codes, 9, 7, True, 1)
    with pytest.raises(TypeError, match="group_spread"):
        _core.group_spread(np.ones(2, complex), codes, 1)
    with pytest.raises(TypeError, match="group_spread"):
        _core.group_spread(np.ones(2), np.arange(4, dtype=np.int32)[::2], 1)
    with pytest.raises(TypeError, match="codes"):
        _core.group_spread(np.ones(2), np.zeros(2, np.int16), 1)
