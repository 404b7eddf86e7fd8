"""Results by cluster in the kind of the values: polars and xarray, beside arrays, pandas and their groups."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from polars.testing import assert_frame_equal, assert_series_equal

import sndstats as snd
from sndstats.named import SINGLE

NAN = float("nan")
LABELS = ["a", "b", "c"]
CODES = np.array([0, 0, 1, 1, -1, 1, 0])
SECOND = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0]
OPTIONS = {
    "quantile": {"q": 0.3},
    "concentration_ratio": {"k": 1},
    "covariance": {"other": SECOND},
    "slope": {"other": SECOND},
}
WITHOUT_MINIMUM = ("any", "all")


def clusters():
    """Three clusters, the last of them without rows."""
    return snd.Clusters.from_codes(CODES, labels=LABELS)


def columns():
    """Figures as polars and as pandas has them, missing in the same places."""
    whole = [5, None, 2, 7, 1, 2, 8]
    real = [0.5, None, 2.0, 7.25, 1.0, 2.0, 0.25]
    truth = [True, None, False, True, True, False, True]
    return {
        "Int64": (pl.Series("x", whole), pd.Series(whole, dtype="Int64")),
        "UInt64": (pl.Series("x", whole, dtype=pl.UInt64), pd.Series(whole, dtype="UInt64")),
        "Int8": (pl.Series("x", whole, dtype=pl.Int8), pd.Series(whole, dtype="Int8")),
        "Float64": (pl.Series("x", real), pd.Series(real, dtype="Float64")),
        "Float32": (pl.Series("x", real, dtype=pl.Float32), pd.Series(real, dtype="Float32")),
        "Boolean": (pl.Series("x", truth), pd.Series(truth, dtype="boolean")),
        "all there": (pl.Series("x", SECOND), pd.Series(SECOND, dtype="Float64")),
        "nothing": (pl.Series("x", [None] * 7, dtype=pl.Int64), pd.Series([None] * 7, dtype="Int64")),
    }


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", columns())
@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize(
    "rules", [{}, {"skipna": False}, {"min_count": 3}, {"skipna": False, "min_count": 3}]
)
def test_polars_columns_are_missing_where_nullable_pandas_are(kind, name, rules):
    mine, theirs = columns()[kind]
    rules = {} if name in WITHOUT_MINIMUM else rules
    got = getattr(clusters(), name)(mine, **OPTIONS.get(name, {}), **rules)
    want = getattr(clusters(), name)(theirs, **OPTIONS.get(name, {}), **rules)
    assert isinstance(got, pl.Series)
    assert got.name == "x"
    assert str(got.dtype).lower() == str(want.dtype).lower().removesuffix("ean").replace("bool", "boolean")
    assert got.is_null().to_list() == want.isna().tolist()
    there = ~want.isna().to_numpy(bool)
    assert got.to_numpy()[there].tolist() == want[there].tolist()


@pytest.mark.parametrize("kind", ["Int64", "UInt64", "Float64", "all there"])
def test_polars_group_by_gives_the_same(kind):
    column = columns()[kind][0]
    frame = pl.DataFrame({"code": CODES, "x": column}).filter(pl.col("code") >= 0)
    x = pl.col("x")
    asked = {
        "sum": x.sum(),
        "mean": x.mean(),
        "min": x.min(),
        "max": x.max(),
        "median": x.median(),
        "var": x.var(),
        "std": x.std(),
        "first": x.drop_nulls().first(),
        "last": x.drop_nulls().last(),
        "count": x.count(),
        "nunique": x.drop_nulls().n_unique(),
    }
    theirs = frame.group_by("code").agg(**asked).sort("code")
    table = clusters().agg(column, list(asked))
    for name in asked:
        mine = getattr(clusters(), name)(column)[:2]
        assert_series_equal(
            mine,
            theirs[name],
            check_names=False,
            check_dtypes=name not in ("count", "nunique"),
            rel_tol=1e-12,
        )
        assert_series_equal(table[name][:2], mine, check_exact=True)


def test_a_nan_of_polars_is_missing_as_in_the_figures_of_rows():
    values = pl.Series("x", [1.0, NAN, NAN, None])
    c = snd.Clusters.from_codes([0, 0, 1, 1])
    assert c.sum(values).to_list() == [1.0, 0.0]
    assert c.mean(values).to_list() == [1.0, None]
    assert c.transform(values, "mean").to_list() == [1.0, 1.0, None, None]
    infinite = pl.Series([float("inf"), float("-inf"), None, 2.0])
    assert np.isnan(c.sum(infinite)[0])  # IEEE, and no missing value
    assert c.sum(infinite).null_count() == 0
    assert np.isnan(c.mean(infinite)[0])
    assert c.mean(infinite).null_count() == 0


def test_polars_integers_stay_exact_beside_nulls():
    big = 2**62 + 1
    values = pl.Series("n", [big, None, 3, None])
    c = snd.Clusters.from_codes([0, 0, 1, 2], 3)
    for name in ("min", "max", "first", "last"):
        assert getattr(c, name)(values).to_list() == [big, 3, None]
    assert c.sum(values).to_list() == [big, 3, 0]
    assert c.first(values, skipna=False).to_list() == [big, 3, None]
    assert c.top(values, 2).rows() == [(big, None), (3, None), (None, None)]
    assert c.top(values, 2).dtypes == [pl.Int64, pl.Int64]
    assert c.top(values.cast(pl.Float64), 1).rows() == [(float(big),), (3.0,), (None,)]


def test_polars_frames_go_column_by_column():
    frame = pl.DataFrame({name: mine for name, (mine, _) in columns().items()})
    weights = frame.select(
        pl.lit(pl.Series([1.0, 2.0, None, 0.5, 1.0, 1.0, 2.0])).alias(c) for c in frame.columns
    )
    c = clusters()
    for name in SINGLE:
        if name in ("covariance", "slope"):
            continue
        got = getattr(c, name)(frame, **OPTIONS.get(name, {}))
        assert got.columns == frame.columns
        for column in frame.columns:
            want = getattr(c, name)(frame[column], **OPTIONS.get(name, {}))
            assert_series_equal(got[column], want.alias(column), check_exact=True)
    for name in ("sum", "mean", "var", "first"):
        got = getattr(c, name)(frame, weights)
        for column in frame.columns:
            want = getattr(c, name)(frame[column], weights[column])
            assert_series_equal(got[column], want.alias(column), check_exact=True)
    with pytest.raises(ValueError, match="weights: its columns and the columns of values differ"):
        c.sum(frame, weights.rename({"Int8": "y"}))


def test_what_takes_no_polars_frame_says_so():
    frame = pl.DataFrame({"x": [1.0, 2.0], "y": [1.0, 3.0]})
    c = snd.Clusters.from_codes([0, 1])
    for call in (c.sum, c.first, c.transform, c.share, c.rank, c.growth, c.agg, c.hhi):
        extra = {"transform": ["sum"], "agg": [["sum", "mean"]], "growth": [frame]}.get(call.__name__, [])
        with pytest.raises(ValueError, match="axis: expected 0 for a polars frame"):
            call(frame, *extra, axis=1)
    for call in (lambda: c.top(frame, 1), lambda: c.covariance(frame, [1, 2]), lambda: c.disclosure(frame)):
        with pytest.raises(ValueError, match="values: expected one column or an array, got a DataFrame"):
            call()
    with pytest.raises(ValueError, match="other: expected one column"):
        c.slope([1.0, 2.0], frame)


def test_several_quantiles_of_polars_are_columns():
    c, (values, _) = clusters(), columns()["Int64"]
    got = c.quantile(values, [0.25, 1.0])
    assert got.columns == ["0.25", "1.0"]
    assert got["1.0"].to_list() == [8.0, 7.0, None]
    assert_series_equal(got["0.25"], c.quantile(values, 0.25).alias("0.25"))
    wide = c.quantile(pl.DataFrame({"u": values, "v": values}), [0.25, 1.0])
    assert wide.columns == ["u_0.25", "u_1.0", "v_0.25", "v_1.0"]
    assert_series_equal(wide["v_1.0"], got["1.0"].alias("v_1.0"))
    assert c.quantile(values, []).width == 0
    with pytest.raises(ValueError, match=r"q: expected each one once for polars columns, got \[0.5, 0.5\]"):
        c.quantile(values, [0.5, 0.5])


def test_two_periods_of_polars():
    c = snd.Clusters.from_codes([0, 0, 1, 2], 4)
    start = pl.Series("sales", [100, 300, None, 0])
    end = pl.Series("later", [120, None, 4, 0])
    assert c.growth(start, end).to_list()[:2] == [0.2, None]
    assert c.growth(start, end).is_null().to_list() == [False, True, False, True]  # 0 over 0 is IEEE's NaN
    assert c.growth(start, end, base="nan").is_null().to_list() == [False, True, True, True]
    assert c.growth(start, end).name == "sales"
    assert c.growth([100, 300, NAN, 1], end).name == "later"
    points, total = c.contribution(start, end, return_total=True)
    assert points.to_list() == [0.2, None, 0.0, None]
    assert total == 0.2
    found = c.growing(start, end)
    assert found.growing.to_list() == [1, 0, 0, 0]
    assert found.present.dtype == pl.Int64
    assert found.share.to_list() == [1.0, None, 0.0, None]
    first = pl.DataFrame(
        {"x": start, "y": [None, 1.0, None, None], "z": [None] * 4}, schema_overrides={"z": pl.Int64}
    )
    later = pl.DataFrame({"x": end, "y": [2.0, 3.0, 1.0, None], "z": [1, 2, 3, 4]})
    points, total = c.contribution(first, later, return_total=True)
    assert points.columns == ["x", "y", "z"]
    assert points["y"].to_list() == [2.0, None, None, None]
    assert total.rows() == [(0.2, 2.0, None)]
    assert_series_equal(c.growth(first, later)["x"], c.growth(start, end).alias("x"))
    with pytest.raises(ValueError, match="end: its columns and the columns of start differ"):
        c.growth(first, later.rename({"x": "w"}))


def test_values_of_polars_under_labels_of_pandas():
    keys = pd.Series(["b", "a", "b"], name="region", index=[5, 6, 7])
    c = snd.Clusters(keys)
    got = c.sum(pl.Series("x", [1, 2, 4]))
    assert_series_equal(got, pl.Series("x", [2, 5]))
    table = c.agg(pl.Series("x", [1, 2, None]), ["min", "mean"])
    assert table.to_polars().columns == ["region", "min", "mean"]
    assert table.to_pandas().index.name == "region"


def test_tables_keep_the_nulls_of_polars():
    values = pl.Series("n", [2**62 + 1, None, 3])
    c = snd.Clusters.from_codes([0, 1, 2], labels=LABELS)
    asked = ["max", "mean", "count", ("top", {"k": 2}), ("quantile", {"q": [0.5, 1.0]})]
    table = c.agg(values, asked)
    made = table.to_polars()
    assert made.columns == ["label", "max", "mean", "count", "top_0", "top_1", "quantile_0.5", "quantile_1.0"]
    assert made["max"].to_list() == [2**62 + 1, None, 3]
    assert made["top_0"].to_list() == [2**62 + 1, None, 3]
    assert made["mean"].null_count() == made["quantile_1.0"].null_count() == 1
    pandas = table.to_pandas()
    assert pandas["max", ""].tolist() == [2**62 + 1, pd.NA, 3]
    assert str(pandas["max", ""].dtype) == "Int64"
    assert pandas["count", ""].dtype == np.int64
    assert "NA" in repr(table)
    assert "4611686018427387905" in table._repr_html_()
    assert pickle.loads(pickle.dumps(table)) == table
    assert table == c.agg(values, asked)
    assert table != c.agg(values.fill_null(0), list(table)[:1])
    frame = pl.DataFrame({"n": values, "t": [True, None, False]})
    wide = c.agg(frame, ["max", "any"])
    assert wide.to_polars().columns == ["label", "max_n", "max_t", "any_n", "any_t"]
    assert wide.to_pandas()["any", "t"].tolist() == [True, False, False]
    words = snd.ClusterTable({"word": pl.Series(["u", None]), "sure": pl.Series([None, True])}, ["p", "q"])
    assert words.to_polars()["word"].to_list() == ["u", None]
    assert words.to_pandas()["word"].tolist()[0] == "u"
    assert words.to_pandas()["sure"].tolist() == [pd.NA, True]
    many = snd.Clusters(np.arange(30)).agg(pl.Series(np.arange(30)), ["sum", "max"])
    assert repr(many).count("\n") == 12


def cube():
    """Sales of firms in years."""
    return xr.DataArray(
        np.array([[1.0, 5.0, 2.0, 8.0], [4.0, NAN, 1.0, 6.0]]),
        dims=("year", "firm"),
        coords={
            "year": [2022, 2023],
            "firm": list("wxyz"),
            "city": ("firm", ["s", "t", "s", "s"]),
            "plan": ("year", ["p", "q"]),
            "version": 3,
        },
        name="sales",
        attrs={"unit": "yuan"},
    )


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", SINGLE)
def test_clusters_take_the_dimension_of_the_rows(name):
    values = cube()
    c, options = snd.Clusters(values["city"]), dict(OPTIONS.get(name, {}))
    options |= {"other": [1.0, 2.0, 3.0, 5.0]} if "other" in options else {}
    for given, axis in ((values, 1), (values.T, 0), (values, -1)):
        got = getattr(c, name)(given, **options, axis=axis)
        assert isinstance(got, xr.DataArray)
        assert got.dims == (("cluster", "year") if axis == 0 else ("year", "cluster"))
        assert set(got.coords) == {"year", "plan", "version", "cluster"}
        assert got["cluster"].values.tolist() == ["s", "t"]
        assert got["plan"].values.tolist() == ["p", "q"]
        assert (got.name, got.attrs) == ("sales", {"unit": "yuan"})
        plain = getattr(c, name)(given.to_numpy(), **options, axis=axis)
        assert got.dtype == plain.dtype
        np.testing.assert_array_equal(got.to_numpy(), plain)
    single = getattr(c, name)(values[0], **options)
    assert single.dims == ("cluster",)
    assert int(single["year"]) == 2022
    np.testing.assert_array_equal(single, getattr(c, name)(values[0].to_numpy(), **options))


@pytest.mark.parametrize("name", ["sum", "mean", "min", "max", "count", "median", "first", "last"])
def test_xarray_groups_give_the_same(name):
    values = cube()
    theirs = getattr(values.groupby("city"), name)()
    mine = getattr(snd.Clusters(values["city"]), name)(values, axis=1)
    assert mine["cluster"].values.tolist() == theirs["city"].values.tolist()
    np.testing.assert_allclose(mine, theirs.transpose("year", "city"))


def test_labels_of_several_keys_are_an_index_of_levels():
    values = cube().T
    sector = pd.Series(["u", "u", "v", "v"], name="sector")
    got = snd.Clusters(["s", "t", "s", "s"], [1, 1, 1, 2]).sum(values)
    assert got.indexes["cluster"].tolist() == [("s", 1), ("s", 2), ("t", 1)]
    assert got.sel(cluster=("s", 2)).values.tolist() == [8.0, 6.0]
    assert got.unstack("cluster").sizes == {"year": 2, "cluster_level_0": 2, "cluster_level_1": 2}
    named = snd.Clusters(sector, pd.Series([1, 1, 1, 2], name="year")).sum(values)
    assert named.sel(sector="u").shape == (1, 2)
    assert named.indexes["cluster"].names == ["sector", "cluster_level_1"]  # "year" is a dimension already
    twice = snd.Clusters(sector, sector).sum(values)
    assert twice.indexes["cluster"].names == ["cluster_level_0", "cluster_level_1"]
    one = snd.Clusters(sector).sum(values)
    assert one["cluster"].values.tolist() == ["u", "v"]


def test_figures_of_a_cluster_have_a_dimension():
    values, c = cube(), snd.Clusters(["s", "t", "s", "s"])
    q = c.quantile(values, [0.5, 1.0], axis=1)
    assert q.dims == ("quantile", "year", "cluster")
    assert q["quantile"].values.tolist() == [0.5, 1.0]
    np.testing.assert_array_equal(q, c.quantile(values.to_numpy(), [0.5, 1.0], axis=1))
    assert c.quantile(values, [], axis=1).shape == (0, 2, 2)
    top = c.top(values, 2, axis=1)
    assert top.dims == ("year", "cluster", "rank")
    assert top.sel(rank=1, cluster="s").values.tolist() == [8.0, 6.0]
    np.testing.assert_array_equal(top, c.top(values.to_numpy(), 2, axis=1))


def test_dimensions_that_are_there_already():
    c = snd.Clusters.from_codes([0, 1])
    own = xr.DataArray([1.0, 2.0], dims="cluster", coords={"cluster": ["p", "q"]})
    assert c.sum(own)["cluster"].values.tolist() == [0, 1]
    for name, call in (
        ("cluster", c.sum),
        ("rank", lambda x: c.top(x, 1)),
        ("quantile", lambda x: c.quantile(x, [0.5])),
        ("cluster", lambda x: c.growth(x, x)),
    ):
        taken = xr.DataArray([[1.0], [2.0]], dims=("firm", name))
        with pytest.raises(ValueError, match=f"values: the result has a dimension '{name}' of its own"):
            call(taken)
        scalar = xr.DataArray([1.0, 2.0], dims="firm", coords={name: 1})
        with pytest.raises(ValueError, match=f"the result has a dimension '{name}' of its own"):
            call(scalar)
    taken = xr.DataArray([[1.0], [2.0]], dims=("firm", "cluster"))
    assert c.transform(taken, "sum").dims == ("firm", "cluster")
    assert c.agg(taken, "sum")["sum"].tolist() == [[1.0], [2.0]]


def test_two_periods_of_xarray():
    values, c = cube(), snd.Clusters(["s", "t", "s", "s"])
    later = (values * 2).rename("later")
    got = c.growth(values, later, axis=1)
    assert got.dims == ("year", "cluster")
    assert got.name is None
    assert c.growth(values.to_numpy(), later, axis=1).name == "later"
    np.testing.assert_array_equal(got, [[1.0, 1.0], [1.0, NAN]])
    points, total = c.contribution(values, values * 2, axis=1, return_total=True)
    np.testing.assert_array_equal(points, [[11 / 16, 5 / 16], [1.0, NAN]])
    assert total.dims == ("year",)
    assert total["plan"].values.tolist() == ["p", "q"]
    assert total.name == "sales"
    assert total.values.tolist() == [1.0, 1.0]
    assert c.growing(values, values * 2, axis=1).growing.values.tolist() == [[3, 1], [3, 0]]
    alone = c.contribution(values[0], values[0] * 2, return_total=True)[1]
    assert alone.shape == ()


def test_xarray_objects_go_together_by_coordinate():
    values, c = cube().T, snd.Clusters(["s", "t", "s", "s"])
    other = values.assign_coords(firm=list("zyxw"))
    weights = xr.DataArray([1.0, 2.0, 3.0, 4.0], dims="firm", coords={"firm": list("wxyz")})
    for call, name in (
        (lambda: c.growth(values, other), "end"),
        (lambda: c.mean(values, other), "weights"),
        (lambda: c.covariance(values, other), "other"),
        (lambda: c.agg(values, ["sum", "mean"], other), "weights"),
        (lambda: c.transform(values, "sum", other), "weights"),
        (lambda: c.transform(values, ("slope", {"other": other})), "other"),
        (lambda: c.mean(values, weights[::-1]), "weights"),
    ):
        with pytest.raises(ValueError, match=f"{name}: its coordinates of 'firm' differ from those of"):
            call()
    square = xr.DataArray(np.ones((2, 2)), dims=("firm", "year"))
    with pytest.raises(ValueError, match=r"weights: its dimensions .* weights.transpose\('firm', 'year'\)"):
        snd.Clusters([0, 1]).sum(square, square.T)
    np.testing.assert_array_equal(c.mean(values, weights), c.mean(values.to_numpy(), [1.0, 2.0, 3.0, 4.0]))


def test_tables_of_xarray_hold_arrays():
    values = cube()
    table = snd.Clusters(values["city"]).agg(values, ["sum", "mean"], axis=1)
    assert table["sum"].tolist() == [[11.0, 11.0], [5.0, 0.0]]
    assert table.to_pandas().columns.tolist() == [("sum", 0), ("sum", 1), ("mean", 0), ("mean", 1)]
    assert table.to_polars().columns[1:3] == ["sum_0", "sum_1"]
    assert repr(table).startswith("2 clusters\nlabel  sum 0")


def test_disclosure_keeps_the_kind_of_the_contributions():
    c = snd.Clusters.from_codes([0, 0, 0, 1], 3, LABELS)
    plain = c.disclosure([50, 49, 1, 7], p=10)
    for given in (pl.Series("x", [50, 49, 1, 7]), xr.DataArray([50, 49, 1, 7], dims="firm", name="x")):
        got = c.disclosure(given, p=10)
        for name in ("unsafe", "rule", "protection", "contributors", "total"):
            assert type(getattr(got, name)) is type(given)
            np.testing.assert_array_equal(getattr(got, name).to_numpy(), getattr(plain, name))
        assert got.rule_labels().tolist() == plain.rule_labels().tolist()
        assert repr(got) == repr(plain)
        pd.testing.assert_frame_equal(got.to_pandas(), plain.to_pandas())
    assert c.disclosure(pl.Series([50, 49, 1, 7])).largest.rows() == [(50.0, 49.0), (7.0, None), (None, None)]
    assert c.disclosure(xr.DataArray([50, 49, 1, 7])).largest.dims == ("cluster", "rank")


def test_polars_frames_beside_others_are_exact():
    big = 2**53 + 1
    frame = pl.DataFrame({"a": [big, None], "b": [1, 2]})
    assert snd.exact_sum(frame, axis=0).tolist() == [big, 3]
    with pytest.raises(ValueError, match=r"integers above 2\*\*53 are not exact as float64"):
        snd.exact_sum(frame.with_columns(b=pl.lit(0.5)), axis=0)
    assert snd.exact_sum(pl.Series([True, None, True])) == 2
    wide = pl.Series([2**70, None, 3], dtype=pl.Int128)
    assert snd.Clusters([0, 1, 2]).sum(wide).to_list() == [2.0**70, 0.0, 3.0]
    with pytest.raises(ValueError, match="values: 1180591620717411303425 is no float64"):
        snd.Clusters([0, 1, 2]).sum(pl.Series([2**70 + 1, 1, 1], dtype=pl.Int128))


def test_states_keep_the_names_of_keys():
    region, year = pd.Series(["e", "w", "e"], name="region"), pd.Series([1, 1, 2], name="year")
    state = snd.Clusters([]).state(["sum", ("top", {"k": 1})]).update([1.0, 2.0, 4.0], labels=(region, year))
    assert state.result().to_pandas().index.names == ["region", "year"]
    assert state.result().to_polars().columns == ["region", "year", "sum", "top_0"]
    copied = pickle.loads(pickle.dumps(state))
    assert copied.update([5.0], labels=(region[:1], year[:1])).result().to_pandas().index.names == [
        "region",
        "year",
    ]
    assert copied.result().to_polars()["sum"].to_list() == [6.0, 4.0, 2.0]
    other = snd.Clusters([]).state(["sum", ("top", {"k": 1})])
    other.update([1.0], labels=(pd.Series(["n"], name="region"), pd.Series([7], name="month")))
    assert copied.merge(other).result().to_polars().columns[:2] == ["region", "label_1"]
    assert copied.merge(
        snd.Clusters([]).state(["sum", ("top", {"k": 1})])
    ).result().to_pandas().index.names == [
        "region",
        None,
    ]
    assert state.result().to_pandas().index.names == ["region", "year"]  # of the one that was copied
    plain = snd.Clusters([]).state(["sum", ("top", {"k": 1})]).update([1.0], labels=(["n"], [7]))
    assert state.merge(plain).result().to_polars().columns[:2] == ["label_0", "label_1"]


def test_names_of_the_clusters_that_a_state_is_made_of():
    keys = pd.Series(["e", "w", "e"], name="region")
    for labels in (keys, keys.astype("category")):
        state = snd.Clusters(labels).state("sum").update([1.0, 2.0, 4.0])
        assert state.result().to_pandas().index.name == "region"
        assert state.result().to_polars().columns == ["region", "sum"]
        other = snd.Clusters(labels.rename("land")).state("sum").update([1.0, 2.0, 4.0])
        assert state.merge(other).result().to_polars().columns == ["label", "sum"]
    two = snd.Clusters(keys, keys.rename("home")).state("sum")
    assert two.result().to_pandas().index.names == ["region", "home"]
    none = snd.Clusters(keys[:0], keys[:0].rename("home")).state("sum").result()
    assert none.to_pandas().index.names == ["region", "home"]
    assert none.to_polars().columns == ["region", "home", "sum"]
    pairs = pd.Series([("e", 1), ("w", 2)], name="place")
    single = snd.Clusters([]).state("sum").update([1.0, 2.0], labels=pairs).result()
    assert single.to_polars()["sum"].to_list() == [1.0, 2.0]
    assert single.to_pandas()["sum"].tolist() == [1.0, 2.0]
    by_code = snd.Clusters.from_codes([0, 1], labels=pd.Index(["e", "w"], name="region")).state("sum")
    assert by_code.update([1.0, 2.0], [1, 0]).result().to_pandas().index.name == "region"


def test_polars_quantiles_equal_those_of_arrays():
    rng = np.random.default_rng(3)
    values, codes = rng.normal(size=400), rng.integers(-1, 5, 400)
    c = snd.Clusters.from_codes(codes, 5)
    assert_frame_equal(
        c.quantile(pl.Series(values), [0.1, 0.9]),
        pl.DataFrame(c.quantile(values, [0.1, 0.9]).T, schema=["0.1", "0.9"]),
        check_exact=True,
    )
