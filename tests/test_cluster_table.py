"""Tables of several statistics: mapping, frames, text and HTML."""

import copy
import math
import pickle
import subprocess
import sys
from collections.abc import Mapping

import numpy as np
import pandas as pd
import polars as pl
import pytest

import sndstats as snd
from sndstats import table_cells


def table(**more):
    return snd.ClusterTable(
        {"sum": np.array([2.0, 5.5]), "count": np.array([1, 2]), **more}, np.array(["a", "b"])
    )


def test_is_a_mapping_in_the_order_asked_for():
    t = table()
    assert isinstance(t, Mapping)
    assert list(t) == ["sum", "count"]
    assert len(t) == 2
    assert t.n == 2
    assert t.labels.tolist() == ["a", "b"]
    assert t["sum"].tolist() == [2.0, 5.5]
    assert t["count"].dtype == np.int64
    assert "sum" in t
    assert "mean" not in t
    assert 3 not in t
    assert [name for name, _ in t.items()] == ["sum", "count"]
    assert t.get("mean") is None
    with pytest.raises(KeyError, match="'mean' is none of sum, count"):
        t["mean"]
    with pytest.raises(KeyError):
        t[["sum"]]


def test_cannot_be_changed():
    given = np.array([2.0, 5.5])
    columns = {"sum": given}
    t = snd.ClusterTable(columns, np.array(["a", "b"]))
    columns["mean"] = given
    assert list(t) == ["sum"]
    with pytest.raises(ValueError, match="read-only"):
        t["sum"][0] = 1.0
    assert given.flags.writeable
    with pytest.raises(TypeError):
        t["sum"] = given
    with pytest.raises(AttributeError):
        t.n = 3
    with pytest.raises(AttributeError):
        t.other = 3
    with pytest.raises(TypeError, match="unhashable"):
        hash(t)
    frame = t.to_pandas()
    frame.loc["a", "sum"] = -1.0
    assert t["sum"][0] == 2.0


def test_equality():
    nan = table(mean=np.array([np.nan, 1.0]))
    assert table() == table()
    assert nan == table(mean=np.array([np.nan, 1.0]))
    assert nan != table(mean=np.array([1.0, np.nan]))
    assert table() != nan
    assert table() != snd.ClusterTable(dict(table()), np.array(["a", "c"]))
    assert table() != snd.ClusterTable({n: table()[n] for n in ("count", "sum")}, table().labels)
    assert table() != dict(table())
    missing = pd.array([1, None], dtype="Int64")
    a, b = (table(x=pd.Series(missing)) for _ in range(2))
    assert a == b
    assert a != table(x=pd.Series(pd.array([1, 0], dtype="Int64")))


@pytest.mark.parametrize(
    "labels",
    [
        np.array([1.0, np.nan]),
        np.array(["2021", "NaT"], "M8[Y]"),
        np.array(["a", np.nan], object),
        pd.array([1, None], dtype="Int64"),
        pd.period_range("2021", periods=2, freq="Y"),
        np.ma.masked_array([1, 2], [False, True]),
        [("a", 1.0), ("b", np.nan)],
    ],
)
def test_labels_are_equal_as_figures_are(labels):
    a, b = (snd.ClusterTable({"x": [1.0, 2.0]}, copy.deepcopy(labels)) for _ in range(2))
    assert a == b
    assert a != snd.ClusterTable({"x": [1.0, 2.0]}, np.array([1.0, 2.0]))
    assert pickle.loads(pickle.dumps(a)) == a


def test_labels_of_integers_are_not_rounded_for_a_comparison():
    one, two = (snd.ClusterTable({"x": [1.0]}, labels) for labels in ([2**53 + 1], [2.0**53]))
    assert one != two


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_and_copies(protocol):
    keys = (pd.Series(["u", "v", "u"], name="region"), pd.Series([1, 1, 2], name="year"))
    for t in (table(), snd.aggregate([1.0, 2.0, 4.0], keys, ["sum", "max"])):
        again = pickle.loads(pickle.dumps(t, protocol))
        assert again == t
        assert copy.deepcopy(t) == t
        pd.testing.assert_frame_equal(again.to_pandas(), t.to_pandas())
    with pytest.raises(ValueError, match="read-only"):
        pickle.loads(pickle.dumps(table(), protocol))["sum"][0] = 1.0


def test_bad_columns():
    with pytest.raises(TypeError, match=r"columns: expected a mapping from names to figures, got \[1\]"):
        snd.ClusterTable([1], ["x"])
    with pytest.raises(TypeError, match="labels: expected an array with one for each cluster, got None"):
        snd.ClusterTable({"x": [1]}, None)
    with pytest.raises(ValueError, match=r"columns: expected 2 figures of 'x', got shape \(3,\)"):
        snd.ClusterTable({"x": np.zeros(3)}, ["a", "b"])
    with pytest.raises(ValueError, match=r"got shape \(\)"):
        snd.ClusterTable({"x": 3.0}, ["a"])
    with pytest.raises(TypeError, match="names as text, got 3"):
        snd.ClusterTable({3: np.zeros(1)}, ["a"])


def test_pandas_frame_of_one_key():
    frame = table().to_pandas()
    expected = pd.DataFrame({"sum": [2.0, 5.5], "count": [1, 2]}, index=["a", "b"])
    pd.testing.assert_frame_equal(frame, expected)
    named = snd.ClusterTable({"sum": [1.0]}, np.array([2022]), names=["year"]).to_pandas()
    assert named.index.name == "year"
    assert named.index.tolist() == [2022]


def test_pandas_frame_keeps_types_and_index():
    values = pd.Series([1, None, 4, 5], dtype="Int64")
    labels = pd.Series(pd.Categorical(["x", "y", "x", "x"], categories=["y", "x", "z"]), name="chain")
    t = snd.aggregate(values, labels, ["sum", "min", "count", "any"])
    frame = t.to_pandas()
    assert frame.index.name == "chain"
    assert frame.index.tolist() == ["y", "x", "z"]
    assert frame["min"].dtype == "Int64"
    assert frame["min"].isna().tolist() == [True, False, True]
    assert frame["sum"].tolist() == [0, 10, 0]
    assert frame["any"].tolist() == [False, True, False]


@pytest.mark.parametrize("names", [None, ["region", "year"]])
def test_pandas_frame_of_several_keys(names):
    labels = np.empty(2, object)
    labels[:] = [("u", 2021), ("v", 2022)]
    frame = snd.ClusterTable({"sum": [1.0, 2.0]}, labels, names=names).to_pandas()
    assert frame.index.nlevels == 2
    assert list(frame.index.names) == (names or [None, None])
    assert frame.loc[("v", 2022), "sum"] == 2.0


def test_columns_of_values_with_columns():
    x = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    t = snd.aggregate(x, ["a", "b", "a"], ["sum", "max"])
    assert t["sum"].tolist() == [[5.0, 50.0], [2.0, 20.0]]
    frame = t.to_pandas()
    assert frame.columns.tolist() == [("sum", 0), ("sum", 1), ("max", 0), ("max", 1)]
    assert frame["sum"].to_numpy().tolist() == [[5.0, 50.0], [2.0, 20.0]]
    named = snd.aggregate(pd.DataFrame(x, columns=["jobs", "tax"]), ["a", "b", "a"], ["sum", "max"])
    assert named.to_pandas().columns.tolist()[1:3] == [("sum", "tax"), ("max", "jobs")]
    assert named.to_polars().columns == ["label", "sum_jobs", "sum_tax", "max_jobs", "max_tax"]
    mixed = snd.aggregate([1.0, 2.0, 4.0], ["a", "b", "a"], ["sum", ("top", {"k": 2})])
    assert mixed.to_pandas().columns.tolist() == [("sum", ""), ("top", 0), ("top", 1)]
    assert mixed.to_polars().columns == ["label", "sum", "top_0", "top_1"]
    assert mixed.to_polars()["top_1"].to_list()[0] == 1.0


def test_polars_frame():
    frame = table().to_polars()
    assert frame.columns == ["label", "sum", "count"]
    assert frame["label"].to_list() == ["a", "b"]
    assert frame["sum"].to_list() == [2.0, 5.5]
    assert frame.schema["count"] == pl.Int64
    keys = (pd.Series(["u", "v", None], name="region"), np.array([1, 1, 2]))
    several = snd.aggregate([1.0, 2.0, 4.0], keys, "sum").to_polars()
    assert several.columns == ["region", "label_1", "sum"]
    assert several.rows() == [("u", 1, 1.0), ("v", 1, 2.0)]
    plain = snd.aggregate([1.0, 2.0], (["u", "v"], [1, 2]), "sum").to_polars()
    assert plain.columns == ["label_0", "label_1", "sum"]
    assert plain.schema["label_1"] == pl.Int64


def test_polars_keeps_missing_and_types():
    values = pd.Series([1, None, 4], dtype="Int64")
    frame = snd.aggregate(values, ["a", "b", "a"], ["min", "sum", "mean", "all"]).to_polars()
    assert frame["min"].to_list() == [1, None]
    assert frame.schema["min"] == pl.Int64
    assert frame.schema["all"] == pl.Boolean
    assert frame["mean"].to_list() == [2.5, None]
    single = pd.Series([1.5, None], dtype="Float32")
    assert snd.aggregate(single, ["a", "b"], "max").to_polars().schema["max"] == pl.Float32
    plain = snd.aggregate([np.nan, 1.0], ["a", "b"], "max").to_polars()
    assert np.isnan(plain["max"][0])


@pytest.mark.parametrize(
    ("labels", "kind", "first"),
    [
        (np.array(["2021", "2022"], "M8[Y]"), pl.Date, "2021-01-01"),
        (np.array(["2021-03", "2022-03"], "M8[M]"), pl.Date, "2021-03-01"),
        (np.array(["2021-03-05", "2022-03-05"], "M8[D]"), pl.Date, "2021-03-05"),
        (np.array(["2021-03-05", "2022-03-05"], "M8[s]"), pl.Datetime, "2021-03-05 00:00:00"),
        (np.array(["2021-03-05", "2022-03-05"], "M8[ns]"), pl.Datetime, "2021-03-05 00:00:00"),
        (np.array([7, 8], "M8[ps]"), pl.String, "1970-01-01T00:00:00.000000000007"),
        (np.array(["300000-01-01T00", "300001-01-01T00"], "M8[h]"), pl.String, "300000-01-01T00"),
        (np.array([1, 2], "m8[W]"), pl.Duration, "7 days, 0:00:00"),
        (np.array([1, 2], "m8[D]"), pl.Duration, "1 day, 0:00:00"),
        (np.array([90, 91], "m8[s]"), pl.Duration, "0:01:30"),
        (np.array([1, 2], "m8[ns]"), pl.Duration, "0:00:00"),
        (np.array([2, 3], "m8[Y]"), pl.String, "2 years"),
        (np.array([0.5, 1.5], np.float16), pl.Float32, "0.5"),
        (np.array([True, False]), pl.Boolean, "False"),
        (np.array([1.5, 2.5]), pl.Float64, "1.5"),
        (np.array(["高新区", "园区"]), pl.String, "园区"),
        (pd.Series(["b", "a"], dtype="category"), pl.String, "a"),
        (pd.Series(["b", "a"], dtype="string"), pl.String, "a"),
    ],
)
def test_polars_labels(labels, kind, first):
    frame = snd.aggregate([1.0, 2.0], labels, "sum").to_polars()
    assert frame.schema["label"] == kind
    assert str(frame["label"][0]) == first


def test_tuples_of_several_lengths_are_labels_of_one_key():
    for labels in ([("a",), ("a", "b")], [(), ()], [("a", 1), ()]):
        t = snd.aggregate([1.0, 2.0], labels, "sum")
        assert repr(t).splitlines()[1].split() == ["label", "sum"]
        assert t.to_polars().columns == ["label", "sum"]
        assert t.to_pandas().index.tolist() == t.labels.tolist()
        assert t == snd.aggregate([1.0, 2.0], labels, "sum")


def test_labels_of_half_precision_have_an_index():
    labels = np.array([0.5, 1.5], np.float16)
    clusters = snd.Clusters(labels), snd.Clusters.from_codes([0, 1], labels=labels)
    for c in clusters:
        assert c.sum(pd.Series([1.0, 2.0])).to_dict() == c.agg([1.0, 2.0], "sum").to_pandas()["sum"].to_dict()


def test_dates_are_no_numbers_in_a_comparison():
    days = np.array(["1970-01-01"], "M8[ns]")
    assert snd.ClusterTable({"x": [1]}, days) != snd.ClusterTable({"x": [1]}, days.view(np.int64))


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (pd.Series(["b", "a"], index=[7, 3], name="label"), ["b", "a"]),
        (pd.array([2**53 + 1, None], dtype="Int64"), [2**53 + 1, None]),
        (pd.period_range("2021", periods=2, freq="Y"), ["2021", "2022"]),
        (np.ma.masked_array([1, 2], [False, True]), [1, None]),
        (["b", None], ["b", None]),
        ([1, "b"], ["1", "b"]),
    ],
)
def test_labels_given_by_hand(labels, found):
    clusters = snd.Clusters.from_codes([0, 1], labels=labels)
    for t in (snd.ClusterTable({"x": [1.0, 2.0]}, labels), clusters.agg([1.0, 2.0], {"x": "sum"})):
        assert t.to_polars()["label"].to_list() == found
        assert t.to_pandas().shape == (2, 1)
        assert len(repr(t).splitlines()) == 4
        assert t.labels[0] == np.asarray(labels, object)[0]
        assert t._repr_html_()


@pytest.mark.parametrize(
    ("labels", "error"),
    [
        ("ab", TypeError),
        (5, TypeError),
        (iter("ab"), TypeError),
        (np.zeros((2, 2)), ValueError),
        ({"a", "b"}, ValueError),
    ],
)
def test_labels_that_are_none(labels, error):
    with pytest.raises(error, match="labels: expected"):
        snd.ClusterTable({"x": [1.0, 2.0]}, labels)
    with pytest.raises(error, match="labels: expected"):
        snd.Clusters.from_codes([0, 1], labels=labels)
    with pytest.raises(error, match="labels: expected"):
        snd.Clusters.from_membership(np.eye(2), labels=labels)


def test_names_that_meet_in_polars_are_refused():
    with pytest.raises(ValueError, match="columns: two are called 'label'"):
        snd.ClusterTable({"label": [1.0]}, ["a"]).to_polars()
    twice = pd.Series(["a"], name="k")
    with pytest.raises(ValueError, match=r"two are called 'k'; .* rename the keys"):
        snd.Clusters(twice, twice).agg([1.0], "sum").to_polars()
    with pytest.raises(ValueError, match="'x_0'"):
        snd.ClusterTable({"x": np.ones((1, 2)), "x_0": [1.0]}, ["a"]).to_polars()


def test_text():
    assert repr(table()) == "2 clusters\nlabel  sum  count\na        2      1\nb      5.5      2"
    t = snd.ClusterTable({"均值": [1234567.0, np.nan], "n": [1, 20]}, ["高新区", "b"])
    assert repr(t).splitlines() == [
        "2 clusters",
        "label      均值   n",
        "高新区  1234567   1",
        "b           nan  20",
    ]
    nullable = table(x=pd.Series([3, None], dtype="Int64"), ok=np.array([True, False]))
    assert repr(nullable).splitlines()[1:] == [
        "label  sum  count   x     ok",
        "a        2      1   3   True",
        "b      5.5      2  NA  False",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (45091312.5, "45091312"),
        (999999.7, "1000000"),
        (-123456789012345.0, "-123456789012345"),
        (1e15, "1e+15"),
        (123.456789, "123.457"),
        (1.25e-7, "1.25e-07"),
        (math.inf, "inf"),
    ],
)
def test_totals_are_shown_without_exponents(value, text):
    assert repr(snd.ClusterTable({"sum": [value]}, ["a"])).split()[-1] == text


def test_text_of_long_and_wide_tables():
    t = snd.ClusterTable({"sum": np.arange(1000.0)}, np.arange(1000))
    lines = repr(t).splitlines()
    assert lines[0] == "1000 clusters"
    assert " ".join(line.split()[0] for line in lines[2:]) == "0 1 2 3 4 ... 995 996 997 998 999"
    assert len(repr(snd.ClusterTable({"sum": np.arange(10.0)}, np.arange(10))).splitlines()) == 12
    wide = snd.ClusterTable({"sum": np.arange(60.0).reshape(2, 30)}, ["a", "b"])
    head = repr(wide).splitlines()[1]
    assert head.split("  ")[0] == "label"
    assert "sum 5" in head
    assert "..." in head
    assert "sum 6" not in head
    assert "sum 29" in head


def test_wide_frames_are_not_taken_apart_to_show_some_columns(monkeypatch):
    frame = pd.DataFrame(np.arange(4000.0).reshape(2, 2000))
    t = snd.aggregate(frame, ["b", "a"], ["sum", "max"])
    taken = []
    cells = table_cells.Column.cells.fget
    monkeypatch.setattr(table_cells.Column, "cells", property(lambda x: taken.append(x.key) or cells(x)))
    assert "sum 5" in repr(t)
    assert "max 1999" in t._repr_html_()
    assert len(taken) == 24
    assert t.to_pandas().shape == (2, 4000)
    assert t.to_pandas()["max"][1999].tolist() == [3999.0, 1999.0]


def test_text_of_no_clusters_and_of_one():
    assert repr(snd.ClusterTable({"sum": np.empty(0)}, np.empty(0))) == "0 clusters\nlabel  sum"
    assert repr(snd.ClusterTable({"sum": [1.0]}, ["a"])).startswith("1 cluster\n")
    empty = snd.aggregate([], np.array([], float), ["sum", "mean"])
    assert empty.to_pandas().shape == (0, 2)
    assert empty.to_polars().shape == (0, 3)
    assert empty._repr_html_()


def test_html_escapes_labels_and_names():
    evil = "<script>alert('x')</script>"
    t = snd.ClusterTable({evil: [1.0], "n": [2]}, np.array([evil]), names=[evil])
    text = t._repr_html_()
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 3
    frame = snd.aggregate(pd.DataFrame({evil: [1.0]}), [evil], ["sum"])
    assert "<script" not in frame._repr_html_()


def test_html_aligns_numbers_right():
    text = table()._repr_html_()
    assert '<td style="text-align: right">5.5</td>' in text
    assert '<th style="text-align: left">a</th>' in text
    assert text.count("<tr>") == 3
    long = snd.ClusterTable({"sum": np.arange(1000.0)}, np.arange(1000))._repr_html_()
    assert long.count("<tr>") == 12
    assert "1000 clusters" in long


def test_control_characters_do_not_reach_the_terminal():
    t = snd.ClusterTable({"a\x1b[31m": [1.0]}, np.array(["b\x1b[2J\n"]))
    assert "\x1b" not in repr(t)
    assert len(repr(t).splitlines()) == 3


def test_needs_neither_library_until_asked():
    code = (
        "import sys; sys.modules['pandas'] = sys.modules['polars'] = None\n"
        "import sndstats as snd\n"
        "t = snd.aggregate([1.0, 2.0], ['a', 'b'], ['sum', 'max'])\n"
        "repr(t), t._repr_html_(), t == t\n"
        "for call in (t.to_pandas, t.to_polars):\n"
        "    try: call()\n"
        "    except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pandas" in done.stdout
    assert "polars" in done.stdout
