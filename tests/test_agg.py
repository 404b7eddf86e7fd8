"""Several statistics at once: against the methods of the same names, and against exact arithmetic."""

import math
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal, assert_series_equal

import sndstats as snd
from sndstats import _core
from sndstats.several import KNOWN

SHARED = ["count", "sum", "mean", "var", "std", "min", "max"]
PLACES = ["first", "last", "argmin", "argmax", "any", "all"]
ALL = [*SHARED, *PLACES, "median", "nunique"]
UNWEIGHTED = {"quantile", "hhi", "concentration_ratio"}
INDICES = {"hhi", "concentration_ratio", "gini", "theil"}
TWO_VARIABLES = {"covariance", "slope"}
GROUPS = 9


def same(got, want):
    """Whether two results have the same kind, type, shape and bits, NaN for NaN."""
    if isinstance(want, pd.DataFrame):
        pd.testing.assert_frame_equal(got, want, check_exact=True)
    elif isinstance(want, pd.Series):
        pd.testing.assert_series_equal(got, want, check_exact=True)
    elif isinstance(want, pl.DataFrame):
        assert_frame_equal(got, want, check_exact=True)
    elif isinstance(want, pl.Series):
        assert_series_equal(got, want, check_exact=True)
    else:
        assert type(got) is np.ndarray
        assert got.dtype == want.dtype
        assert got.shape == want.shape
        kind = f"u{got.itemsize}" if got.dtype.kind == "f" else got.dtype
        bits, others = np.ascontiguousarray(got), np.ascontiguousarray(want)
        if got.dtype.kind == "f":
            np.testing.assert_array_equal(np.isnan(bits), np.isnan(others))
            bits, others = np.nan_to_num(bits, nan=1.0), np.nan_to_num(others, nan=1.0)
        np.testing.assert_array_equal(bits.view(kind), others.view(kind))


def single(clusters, name, values, weights, skipna, min_count, **rest):
    """What the method of that name gives."""
    return getattr(clusters, name)(values, weights=weights, skipna=skipna, min_count=min_count, **rest)


def rows(n=3000, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n) * 10.0 ** rng.integers(-5, 9, n)
    x[rng.integers(0, n, n // 12)] = np.nan
    x[rng.integers(0, n, 9)] = [np.inf, -np.inf, -0.0, 0.0, 1e300, -1e300, 5e-324, 1e-310, 7.0]
    codes = rng.integers(-1, GROUPS, n)
    codes[codes == 3] = 4  # one cluster stays empty
    codes[codes == 5] = -1
    codes[7] = 5  # and one has a single row
    return x, codes


def integers(n=3000, seed=1):
    rng = np.random.default_rng(seed)
    return rng.integers(-(2**50), 2**50, n)


def kinds():
    x, _ = rows()
    whole, (gone,) = integers(), (np.random.default_rng(5).random(len(x)) < 0.1,)
    nullable = pd.Series(whole, dtype="Int64").mask(gone)
    return {
        "float64": x,
        "float32": np.clip(x, -1e30, 1e30).astype(np.float32),
        "int64": whole,
        "int8": (whole % 100).astype(np.int8),
        "uint64": np.abs(whole).astype(np.uint64),
        "bool": whole % 2 == 0,
        "strided": np.repeat(x, 2)[::2],
        "swapped": x.astype(">f8"),
        "list": x.tolist(),
        "masked": np.ma.masked_array(whole // 2**20, gone),
        "masked floats": np.ma.masked_array(x, gone),
        "Series": pd.Series(x, name="income"),
        "integer Series": pd.Series(whole),
        "Int64": nullable,
        "Float64": pd.Series(np.where(np.isnan(x), 1.5, x), dtype="Float64").mask(gone),
        "boolean": pd.Series(whole % 2 == 0, dtype="boolean").mask(gone),
        "arrow": (nullable // 2**20).astype("int64[pyarrow]"),
        "polars": pl.Series(x),
        "polars integers": pl.Series(np.where(gone, None, whole // 2**20).tolist(), dtype=pl.Int64),
        "polars frame": pl.DataFrame({"a": x, "b": whole, "c": whole % 2 == 0}),
        "2-D": np.column_stack([x, x[::-1], whole]),
        "2-D integers": np.column_stack([whole, -whole]),
        "no columns": np.empty((len(x), 0)),
        "3-D": np.stack([np.column_stack([x, -x]), np.column_stack([x + 1, x])], axis=2),
        "frame": pd.DataFrame({"a": x, "b": x[::-1]}),
        "mixed frame": pd.DataFrame({"a": x, "b": whole, "c": (nullable // 2**20)}),
        "integer frame": pd.DataFrame({"a": whole, "b": -whole}),
    }


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("skipna", "min_count"), [(True, 0), (False, 0), (True, 250), (False, 400)])
def test_each_result_is_that_of_its_method(kind, weighted, skipna, min_count):
    values, (_, codes) = kinds()[kind], rows()
    weights = None
    if weighted:
        weights = np.random.default_rng(3).random(len(codes)) * 4
        weights[::41] = np.nan
        weights[5::97] = 0.0
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    table = clusters.agg(values, ALL, weights, skipna=skipna, min_count=min_count)
    assert list(table) == ALL
    for name in ALL:
        same(table[name], single(clusters, name, values, weights, skipna, min_count))


@pytest.mark.parametrize("stats", [[a, b] for a in SHARED for b in SHARED if a < b])
@pytest.mark.parametrize("weighted", [False, True])
def test_any_two_share_a_pass(stats, weighted):
    x, codes = rows(seed=4)
    weights = np.random.default_rng(3).random(len(codes)) if weighted else None
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    table = clusters.agg(x, stats, weights)
    for name in stats:
        same(table[name], single(clusters, name, x, weights, True, 0))


@pytest.mark.parametrize("spread", [(-300, 300), (-160, -140), (140, 154), (-323, -300), (290, 308)])
@pytest.mark.parametrize("threads", [1, 2, 3, 4])
def test_wild_figures_do_not_depend_on_threads(spread, threads):
    rng = np.random.default_rng(7)
    n = 20_000
    x = rng.normal(size=n) * 10.0 ** rng.integers(*spread, n)
    x[::50] = np.nan
    codes = rng.integers(-1, 400, n)
    clusters = snd.Clusters.from_codes(codes, 400)
    with np.errstate(all="raise"):
        table = clusters.agg(x, SHARED, threads=threads)
    for name in SHARED:
        same(table[name], getattr(clusters, name)(x, threads=1))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-1, 4), st.one_of(st.floats(), st.sampled_from([0.0, -0.0, 1e308, 5e-324]))),
        max_size=40,
    ),
    st.booleans(),
)
def test_drawn_rows(data, skipna):
    codes = np.array([code for code, _ in data], np.int64)
    x = np.array([value for _, value in data], np.float64)
    clusters = snd.Clusters.from_codes(codes, 5)
    table = clusters.agg(x, ALL, skipna=skipna)
    for name in ALL:
        same(table[name], single(clusters, name, x, None, skipna, 0))


def test_against_exact_rationals():
    rng = np.random.default_rng(8)
    x = rng.normal(size=600) * 10.0 ** rng.integers(-12, 12, 600)
    codes = rng.integers(0, 6, 600)
    table = snd.Clusters.from_codes(codes, 6).agg(x, ["sum", "mean", "var", "min", "max", "count"])
    for g in range(6):
        own = [Fraction(v) for v in x[codes == g].tolist()]
        total, squares, n = sum(own), sum(v * v for v in own), len(own)
        assert table["sum"][g] == float(total)
        assert table["mean"][g] == float(total / n)
        assert table["var"][g] == float((squares - total * total / n) / (n - 1))
        assert (table["min"][g], table["max"][g], table["count"][g]) == (min(own), max(own), n)


def test_rows_of_one_cluster_in_a_run_and_sorted_codes():
    x, codes = rows(6000, seed=9)
    for order in (np.sort(codes), np.zeros_like(codes), np.arange(len(codes)) // 1000):
        clusters = snd.Clusters.from_codes(order, GROUPS)
        table = clusters.agg(x, SHARED)
        for name in SHARED:
            same(table[name], getattr(clusters, name)(x))


@pytest.mark.parametrize("axis", [1, -1, -2, 0])
def test_clusters_come_first_whatever_the_axis(axis):
    x, codes = rows()
    values = np.column_stack([x, x[::-1]])
    values = values.T if axis in (1, -1) else values
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    stats = [*ALL, ("quantile", {"q": [0.1, 0.9]}), ("top", {"k": 2})]
    table = clusters.agg(values, stats, axis=axis)
    for name in ALL:
        assert table[name].shape == (GROUPS, 2)
        same(table[name], np.moveaxis(getattr(clusters, name)(values, axis=axis), axis % 2, 0))
    assert table["quantile"].shape == (GROUPS, 2, 2)
    first = table["quantile"][:, :, 0]
    same(first, np.moveaxis(clusters.quantile(values, 0.1, axis=axis), axis % 2, 0))
    assert table["top"].shape == (GROUPS, 2, 2)
    same(table["top"][:, 1, 0], clusters.max(x[::-1]))


def test_a_frame_with_rows_along_its_columns():
    frame = pd.DataFrame([[1.0, 2.0, 4.0], [3.0, np.nan, 9.0]], index=["x", "y"], columns=list("pqr"))
    table = snd.aggregate(frame, ["b", "a", "b"], ["sum", "first", ("quantile", {"q": 0.5})], axis=1)
    assert table["sum"].to_numpy().tolist() == [[2.0, 0.0], [5.0, 12.0]]
    assert list(table["sum"].columns) == ["x", "y"]
    assert list(table["first"].index) == ["a", "b"]
    assert list(table["quantile"].index) == ["a", "b"]


def test_quantiles_and_top_come_last():
    x, codes = rows()
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    asked = {"deciles": ("quantile", {"q": [0.1, 0.9]}), "best": ("top", {"k": 3})}
    table = clusters.agg(x, asked)
    same(table["deciles"], clusters.quantile(x, [0.1, 0.9]).T)
    same(table["best"], clusters.top(x, 3))
    weights = np.where(x > 0, 1.0, np.nan)
    table = clusters.agg(x, ["sum", ("top", {"k": 3})], weights, skipna=False, min_count=9)
    same(table["top"], clusters.top(x, 3, weights, skipna=False, min_count=9))
    named = clusters.agg(pd.Series(x), asked)
    assert list(named["deciles"].columns) == [0.1, 0.9]
    same(named["best"], clusters.top(pd.Series(x), 3))


def test_indices_of_concentration():
    x, codes = np.abs(integers(300) % 1000).astype(float), rows(300)[1]
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    table = clusters.agg(x, ["hhi", "gini", "theil", ("concentration_ratio", {"k": 3})])
    same(table["hhi"], clusters.hhi(x))
    same(table["gini"], clusters.gini(x))
    same(table["theil"], clusters.theil(x))
    same(table["concentration_ratio"], clusters.concentration_ratio(x, 3))


def test_options_come_before_common_arguments():
    x, codes = rows()
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    asked = {
        "var": "var",
        "population": ("var", {"ddof": 0}),
        "std": ("std", {"ddof": 3}),
        "strict": ("sum", {"skipna": False}),
        "enough": ("mean", {"min_count": 300}),
        "known": ("all", {"skipna": False}),
        "sum": "sum",
        "again": "sum",
    }
    table = clusters.agg(x, asked, min_count=2)
    assert list(table) == list(asked)
    same(table["var"], clusters.var(x, min_count=2))
    same(table["population"], clusters.var(x, ddof=0, min_count=2))
    same(table["std"], clusters.std(x, ddof=3, min_count=2))
    same(table["strict"], clusters.sum(x, skipna=False, min_count=2))
    same(table["known"], clusters.all(x, skipna=False, min_count=2))
    same(table["enough"], clusters.mean(x, min_count=300))
    same(table["sum"], table["again"])


@pytest.mark.parametrize("count", [63, 64, 70])
def test_more_than_the_core_gives_at_once(count):
    x, codes = rows()
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    for values in (x, np.arange(len(x))):  # integers have their values counted as well
        table = clusters.agg(values, {f"v{k}": ("var", {"ddof": k}) for k in range(count)})
        for k in (0, 62, count - 1):
            same(table[f"v{k}"], clusters.var(values, ddof=k))


def test_memberships_that_overlap():
    x, _ = rows(200)
    clusters = snd.Clusters.from_codes([0])
    codes, members, shares = np.arange(300) % 7, np.arange(300) % 200, np.linspace(0.5, 1.5, 300)
    clusters._fill(codes, 7, np.arange(7), None, None, length=200, members=members, shares=shares)
    table = clusters.agg(x, ALL)
    for name in ALL:
        same(table[name], getattr(clusters, name)(x))


def test_pandas_labels_index_the_results():
    labels = pd.Series(["b", "a", "b"], name="chain")
    table = snd.Clusters(labels).agg([1.0, 2.0, 5.0], ["sum", "max"])
    assert table["sum"].to_dict() == {"a": 2.0, "b": 6.0}
    assert table["sum"].index.name == "chain"
    assert list(table.labels) == ["a", "b"]


@pytest.mark.parametrize("n", [0, 3])
def test_no_rows(n):
    table = snd.Clusters.from_codes(np.array([], np.int64), n).agg(np.array([]), ALL)
    assert table.n == n
    assert table["sum"].tolist() == [0.0] * n
    assert table["count"].tolist() == [0] * n
    assert np.isnan(table["mean"]).all()
    assert np.isnan(table["min"]).all()
    assert table["argmin"].tolist() == [-1] * n
    assert table["all"].tolist() == [True] * n
    whole = snd.Clusters.from_codes(np.array([], np.int64), n).agg(np.array([], np.int64), ["sum", "min"])
    assert whole["sum"].dtype == np.int64
    assert whole["min"].dtype == (np.float64 if n else np.int64)


def test_a_million_clusters_of_ten_rows():
    codes = np.array([0, 999_999, 5, 5, 999_999, -1, 5, 17, 17, 0])
    x = np.arange(10.0)
    table = snd.Clusters.from_codes(codes, 1_000_000).agg(x, ["count", "sum", "max"])
    assert table["count"].sum() == 9
    assert table["sum"][[0, 5, 17, 999_999]].tolist() == [9.0, 11.0, 15.0, 5.0]
    assert np.flatnonzero(~np.isnan(table["max"])).tolist() == [0, 5, 17, 999_999]


def test_aggregate_takes_one_key_or_several():
    x = [1.0, 2.0, 4.0]
    one = snd.aggregate(x, ["b", "a", "b"], "sum")
    assert one.labels.tolist() == ["a", "b"]
    assert one["sum"].tolist() == [2.0, 5.0]
    two = snd.aggregate(x, (["b", "a", "b"], np.array([2021, 2021, 2022])), "sum")
    assert two.labels.tolist() == [("a", 2021), ("b", 2021), ("b", 2022)]
    texts = snd.aggregate(x, ("b", "a", "b"), "sum")
    assert texts.labels.tolist() == ["a", "b"]
    keys = (pd.Series(["u", "v", "u"], name="region"), pd.Series([1, 1, 1], name="year"))
    assert snd.aggregate(x, keys, "sum").to_pandas().index.names == ["region", "year"]
    weighted = snd.aggregate(x, ["b", "a", "b"], "mean", [3.0, 1.0, 1.0], min_count=2)
    np.testing.assert_array_equal(weighted["mean"], [math.nan, 1.75])


def test_unknown_statistics_are_listed():
    c = snd.Clusters([1, 1])
    with pytest.raises(LookupError, match=r"stats: 'avg' is none of all, any, .*mean.*var"):
        c.agg([1.0, 2.0], ["sum", "avg"])
    assert set(KNOWN) == set(ALL) | {"top"} | UNWEIGHTED | INDICES | TWO_VARIABLES


def overlapping():
    """Four clusters of which each row may be in several, one of them empty."""
    shares = np.random.default_rng(6).random((300, 4))
    return snd.Clusters.from_membership(np.where(shares < 0.6, 0.0, shares) * [1, 1, 0, 1])


@pytest.mark.parametrize("as_series", [False, True])
@pytest.mark.parametrize("overlaps", [False, True])
def test_indices_and_slopes_are_those_of_their_methods(overlaps, as_series):
    rng = np.random.default_rng(2)
    clusters = overlapping() if overlaps else snd.Clusters.from_codes(rng.integers(-1, 3, 300), 4)
    x, other = rng.lognormal(size=300), rng.normal(size=300)
    x[::17] = np.nan
    x = pd.Series(x, name="sales") if as_series else x
    asked = {
        "sum": "sum",
        "var": "var",
        "hhi": ("hhi", {"normalized": True}),
        "cr2": ("concentration_ratio", {"k": 2}),
        "gini": "gini",
        "theil": "theil",
        "covariance": ("covariance", {"other": other, "ddof": 0}),
        "slope": ("slope", {"other": other}),
    }
    table = clusters.agg(x, asked, min_count=3)
    assert list(table) == list(asked)
    for key, one in asked.items():
        name, options = (one, {}) if isinstance(one, str) else one
        same(table[key], getattr(clusters, name)(x, min_count=3, **options))


@pytest.mark.parametrize("name", sorted(UNWEIGHTED))
def test_weights_are_refused_where_none_are_taken(name):
    options = {"quantile": {"q": 0.5}, "concentration_ratio": {"k": 1}}.get(name, {})
    with pytest.raises(TypeError, match=f"weights: {name!r} takes none"):
        snd.Clusters([1, 1]).agg([1.0, 2.0], ["sum", (name, options)], [1.0, 2.0])


@pytest.mark.parametrize(
    ("stats", "error", "words"),
    [
        (("sum", {"ddof": 1}), TypeError, "'sum' has no option 'ddof'; it has skipna, min_count"),
        (("sum", {"axis": 1}), TypeError, "'sum' has no option 'axis'"),
        ("quantile", TypeError, "'quantile' needs 'q'"),
        (("top", {"q": 1}), TypeError, "'top' has no option 'q'; it has k, skipna, min_count"),
        (("any", {"k": 1}), TypeError, "'any' has no option 'k'; it has skipna, min_count"),
        (["sum", "sum"], ValueError, "'sum' twice"),
        ([], ValueError, "expected at least one"),
        (["var", ("std", {"ddof": -1})], ValueError, "ddof"),
        (3, TypeError, "expected a name"),
    ],
)
def test_bad_requests(stats, error, words):
    stats = [stats] if isinstance(stats, tuple) else stats
    with pytest.raises(error, match=words):
        snd.Clusters([1, 1]).agg([1.0, 2.0], stats)


def test_one_statistic_may_be_a_pair():
    c = snd.Clusters([1, 1, 2])
    table = c.agg([1.0, 3.0, 5.0], ("quantile", {"q": 1.0}))
    assert table["quantile"].tolist() == [3.0, 5.0]
    with pytest.raises(ValueError, match=r"expected one statistic, got .*; transform by each in turn"):
        c.transform([1.0, 3.0, 5.0], ("sum", "mean"))


def test_bad_values():
    c = snd.Clusters([1, 1, 2])
    with pytest.raises(ValueError, match="values: rows of different lengths"):
        c.agg([[1.0, 2.0], [3.0]], "sum", axis=1)
    with pytest.raises(ValueError, match="expected 3 rows"):
        c.agg([1.0], ["sum", "min"])
    with pytest.raises(ValueError, match="weights: must not be negative"):
        c.agg([1.0, 2.0, 3.0], ["sum", "min"], [1.0, -1.0, 1.0])
    with pytest.raises(TypeError, match="weights: 'quantile' takes none"):
        c.agg([1.0, 2.0, 3.0], ["sum", ("quantile", {"q": 0.5})], [1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="min_count"):
        c.agg([1.0, 2.0, 3.0], ["sum", "min"], min_count=-1)
    with pytest.raises(ValueError, match="axis"):
        c.agg([1.0, 2.0, 3.0], ["sum", "min"], axis=1)
    with pytest.raises(ValueError, match="axis"):
        c.agg([1.0, 2.0, 3.0], ["sum", "min"], axis=-2)
    with pytest.raises(OverflowError, match="does not fit int64; convert them to float64"):
        c.agg([2**62, 2**62, 1], ["sum", "min"])
    with pytest.raises(TypeError, match="values"):
        c.agg(["a", "b", "c"], ["sum", "min"])


def test_the_core_checks_what_it_gets():
    x, codes = np.ones(3), np.array([0, 1, 2], np.int32)
    with pytest.raises(ValueError, match="statistic"):
        _core.group_several(x, None, codes, 3, (("sums", 1),), True, 0, 1)
    with pytest.raises(ValueError, match="asked"):
        _core.group_several(x, None, codes, 3, (), True, 0, 1)
    with pytest.raises(TypeError, match="asked"):
        _core.group_several(x, None, codes, 3, ("sum",), True, 0, 1)
    with pytest.raises(ValueError, match="code"):
        _core.group_several(x, None, codes, 2, (("sum", 1), ("min", 1)), True, 0, 1)


PEAK = """
import resource, sys
import numpy as np
import sndstats as snd
rows, groups = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(0)
x = rng.normal(100.0, 50.0, rows)
clusters = snd.Clusters.from_codes(rng.integers(0, groups, rows, dtype=np.int32), groups)
stats = ["sum", "mean", "var", "min", "max"]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
table = clusters.agg(x, stats, threads=int(sys.argv[3]))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
results = sum(column.nbytes for column in table.values())
print((after - before) * 1024 - results)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss is in KiB on Linux alone")
@pytest.mark.parametrize(("rows", "threads"), [(10_000_000, 2), (2_000_000, 1), (2_000_000, 8)])
def test_memory_beyond_inputs_and_results(rows, threads):
    """A million clusters, in a process of its own: at most 400 MB."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(rows), "1000000", str(threads)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) <= 400_000_000
