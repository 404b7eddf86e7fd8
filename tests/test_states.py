"""States of clusters: any chunks, trees and labels give the bits of one call."""

import datetime
import itertools
import math
import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.dtypes import StringDType

import sndstats as snd
from sndstats import _core
from sndstats.state_table import STATISTICS

ALL = [name if name != "top" else ("top", {"k": 3}) for name in STATISTICS]
#: Those whose clusters have no second variable.
ONE = [one for one in ALL if one not in ("covariance", "slope")]

ANY = st.one_of(
    st.floats(width=32),
    st.floats(),
    st.integers(-3, 3).map(float),
    st.sampled_from([0.0, -0.0, math.nan, 1e300, -1e300, 5e-324, 1e16, 1.0]),
)


def direct(c, name, x, w=None, y=None, **options):
    """What one call of the method of that name gives."""
    second = {"covariance": (y,), "slope": (y,), "top": (3,)}.get(name, ())
    return getattr(c, name)(x, *second, w, **options)


def bits(array):
    """For comparisons that tell zeros apart."""
    return array.dtype, np.where(np.isnan(array), 0, array).tobytes(), np.isnan(array).tobytes()


def check(state, c, x, w=None, y=None, **options):
    got = state.result()
    assert tuple(got) == state.stats
    for name in got:
        assert bits(got[name]) == bits(direct(c, name, x, w, y, **options)), name


def tree(states, rng):
    """All merged, in a tree that is drawn; some of them by way of a pickle."""
    states = list(states)
    while len(states) > 1:
        a, b = (states.pop(int(rng.integers(len(states)))) for _ in range(2))
        if rng.integers(2):
            b = pickle.loads(pickle.dumps(b))
        states.append(a.merge(b))
    return states[0]


@given(
    st.lists(st.tuples(ANY, ANY, st.integers(0, 3), st.integers(-1, 4)), min_size=1, max_size=30),
    st.lists(st.integers(0, 30), max_size=5),
    st.integers(0, 2**32),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
)
@settings(max_examples=300)
def test_any_chunks_and_any_tree_give_the_bits_of_one_call(rows, cuts, seed, weighted, skipna, min_count):
    x, y, w, codes = (np.array([row[k] for row in rows]) for k in range(4))
    w = np.where(w == 3, np.nan, w) if weighted else None
    rng = np.random.default_rng(seed)
    c = snd.Clusters.from_codes(codes, 5)
    edges = sorted({0, len(x), *(min(cut, len(x)) for cut in cuts)})
    states = [c.state(ALL, skipna=skipna, min_count=min_count)]
    for a, b in itertools.pairwise(edges):
        state = c.state(ALL, skipna=skipna, min_count=min_count)
        part = None if w is None else w[a:b]
        states.append(state.update(x[a:b], codes[a:b], part, start=a, other=y[a:b], threads=2))
    rng.shuffle(states)
    check(tree(states, rng), c, x, w, y, skipna=skipna, min_count=min_count)


@given(
    st.lists(st.tuples(ANY, st.sampled_from(["苏州", "b", "c", "dd", None])), max_size=30),
    st.integers(1, 5),
    st.integers(0, 2**32),
)
@settings(max_examples=150)
def test_labels_of_several_states_unite(rows, parts, seed):
    x = np.array([row[0] for row in rows], float)
    labels = np.empty(len(rows), object)
    labels[:] = [row[1] for row in rows]
    rng = np.random.default_rng(seed)
    where = rng.integers(0, parts, len(x))
    numbers = np.arange(len(x))
    states = []
    for part in range(parts):
        state = snd.Clusters([]).state(ONE)
        for row in numbers[where == part]:
            state.update(x[row : row + 1], labels=labels[row : row + 1], start=int(row))
        states.append(state)
    whole = tree(states, rng)
    c = snd.Clusters(labels)
    assert list(whole.labels) == list(c.labels)
    check(whole, c, x)


@pytest.mark.parametrize("dtype", ["f4", "f8", "i1", "i8", "u2", "u8", "?"])
def test_every_kind_of_values_keeps_its_type(dtype):
    rng = np.random.default_rng(1)
    x = (rng.integers(0, 100, 500) if dtype != "?" else rng.integers(0, 2, 500)).astype(dtype)
    codes = rng.integers(-1, 9, 500)
    c = snd.Clusters.from_codes(codes, 10)
    for w in (None, rng.integers(0, 4, 500).astype(float)):
        states = []
        for a in range(0, 500, 90):
            part = None if w is None else w[a : a + 90]
            y = x[::-1][a : a + 90]
            states.append(c.state(ALL).update(x[a : a + 90], codes[a : a + 90], part, start=a, other=y))
        state = tree(states, rng)
        assert len(state) == state.n == 10
        check(state, c, x, w, x[::-1])


def test_large_integers_are_exact_and_their_overflow_is_the_result_s():
    big = 2**63 - 1
    c = snd.Clusters.from_codes([0, 0, 1])
    state = c.state(["sum", "min", "max", "mean", "first"])
    state.update([big, big, big - 1], [0, 0, 1]).update([-big, -big + 1, 0], [0, 0, 1])
    assert state.result()["sum"].tolist() == [1, big - 1]
    assert state.result()["max"].tolist() == [big, big - 1]
    assert state.result()["mean"].tolist() == [0.25, (big - 1) / 2]
    state.update(np.array([big]), [0])
    with pytest.raises(OverflowError, match="does not fit int64"):
        state.update(np.array([big]), [0]).result()
    # The totals themselves have room.
    assert state.update(np.array([-big, -big]), [0, 0]).result()["sum"].tolist() == [1, big - 1]


def test_windows_far_apart_merge_exactly():
    rng = np.random.default_rng(2)
    pieces = [rng.normal(size=300) * scale for scale in (1e-300, 1.0, 1e150, 5e-324, 1e300)]
    codes = [rng.integers(0, 20, 300) for _ in pieces]
    c = snd.Clusters.from_codes(np.concatenate(codes), 20)
    x = np.concatenate(pieces)
    for order in list(itertools.permutations(range(5)))[::7]:
        states = [c.state(ONE).update(pieces[k], codes[k], start=300 * k) for k in order]
        whole = tree(states, rng)
        check(whole, c, x)
    for g in range(20):
        total = sum(map(Fraction, x[np.concatenate(codes) == g].tolist()), Fraction(0))
        assert whole.result()["sum"][g] == float(total)  # rounded once, by CPython


def test_chunks_of_many_rows_on_any_number_of_threads():
    rng = np.random.default_rng(4)
    n = 30_000
    x = np.round(rng.normal(1e6, 1e3, n), 2)
    x[::777], x[::1001] = np.nan, 1e300
    y, w, codes = rng.normal(size=n), rng.integers(0, 5, n).astype(float), rng.integers(-1, 60, n)
    c = snd.Clusters.from_codes(codes, 60)
    for weights in (None, w):
        for threads in (1, 2, 3, 4):
            states = []
            for a, b in itertools.pairwise([0, 13, 9000, 9001, 20_000, n]):
                part = None if weights is None else weights[a:b]
                state = c.state(ALL)
                states.append(state.update(x[a:b], codes[a:b], part, start=a, other=y[a:b], threads=threads))
            rng.shuffle(states)
            check(tree(states, rng), c, x, weights, y)


def test_another_process_gives_the_same_bits(tmp_path):
    rng = np.random.default_rng(3)
    x, codes = rng.normal(size=400) * 10.0 ** rng.integers(-20, 20, 400), rng.integers(0, 9, 400)
    c = snd.Clusters.from_codes(codes, 9)
    sent, back = tmp_path / "sent", tmp_path / "back"
    first = c.state(ONE).update(x[:150], codes[:150])
    sent.write_bytes(pickle.dumps((first, x[150:], codes[150:])))
    script = (
        "import pickle, sys, pathlib\n"
        "state, x, codes = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "state.update(x, codes, start=150)\n"
        "pathlib.Path(sys.argv[2]).write_bytes(pickle.dumps(state))\n"
    )
    subprocess.run([sys.executable, "-c", script, str(sent), str(back)], check=True)
    state = pickle.loads(back.read_bytes())
    check(state, c, x)
    check(first, snd.Clusters.from_codes(codes[:150], 9), x[:150])


def test_without_codes_rows_are_those_of_the_clusters():
    c = snd.Clusters(["b", "a", "b", None])
    state = c.state(
        {"total": "sum", "spread": ("var", {"ddof": 0}), "two": ("top", {"k": 2}), "three": ("top", {"k": 3})}
    )
    got = state.update([1.0, 2.0, 5.0, 9.0]).result()
    assert list(got) == ["total", "spread", "two", "three"]
    assert got["total"].tolist() == [2.0, 6.0]
    assert got["spread"].tolist() == [0.0, 4.0]
    np.testing.assert_array_equal(got["two"], [[2.0, np.nan], [5.0, 1.0]])
    np.testing.assert_array_equal(got["three"], [[2.0, np.nan, np.nan], [5.0, 1.0, np.nan]])
    assert list(state.labels) == ["a", "b"]
    assert repr(state) == "<ClusterState: total, spread, two, three of 2 clusters over 4 rows>"
    with pytest.raises(ValueError, match="the 4 rows of the clusters, got 1"):
        state.update([1.0])
    with pytest.raises(ValueError, match="that was pickled"):
        pickle.loads(pickle.dumps(state)).update([1.0, 2.0, 5.0, 9.0])
    frame = pd.Series([1.0, 2.0], index=[5, 6])
    with pytest.raises(ValueError, match="values: its index"):
        snd.Clusters(pd.Series(["a", "b"])).state("sum").update(frame)


def test_results_are_a_table_that_later_rows_do_not_change():
    state = snd.Clusters([]).state(["count", ("top", {"k": 2})])
    keys = (["b", "a", "b"], [1, 1, 1])
    first = state.update([1.0, 2.0, 5.0], labels=keys).result()
    assert isinstance(first, snd.ClusterTable)
    assert first.labels.tolist() == [("a", 1), ("b", 1)]
    assert first == state.result()
    with pytest.raises(ValueError, match="read-only"):
        first["count"][0] = 7
    assert state.update([1.0], labels=(["a"], [1])).result()["count"].tolist() == [2, 2]
    assert first["count"].tolist() == [1, 2]
    assert first.to_pandas().loc[("b", 1)].tolist() == [2.0, 5.0, 1.0]
    assert first.to_polars().columns == ["label_0", "label_1", "count", "top_0", "top_1"]


def test_overlapping_clusters_count_a_row_in_each():
    codes, members = np.array([0, 0, 1, 1], np.int32), np.array([0, 2, 1, 2])
    shares = np.array([1.0, 0.5, 1.0, 0.5])
    c = snd.Clusters.from_codes(codes, 2)
    c._fill(codes, 2, np.arange(2), None, None, length=3, members=members, shares=shares)
    got = c.state(["sum", "last", "argmax", "count"]).update([4.0, 1.0, 6.0], start=100).result()
    assert got["sum"].tolist() == [7.0, 4.0]
    assert got["last"].tolist() == [6.0, 6.0]
    assert got["argmax"].tolist() == [102, 102]
    assert got["count"].tolist() == [2, 2]


def test_a_state_without_rows_gives_what_empty_clusters_give():
    got = snd.Clusters.from_codes([], 2).state(ALL, min_count=0).result()
    for name, row in STATISTICS.items():
        np.testing.assert_array_equal(np.unique(got[name]), [row.empty], err_msg=name)
    none = snd.Clusters([]).state(ALL)
    assert none.n == 0
    assert all(len(x) == 0 for x in none.result().values())
    assert none.merge(snd.Clusters([]).state(ALL)).n == 0
    # The type is that of the first rows, not of lists without any.
    state = snd.Clusters([]).state("sum").update([], labels=[]).update([3], labels=["a"])
    assert state.update([], labels=[]).update([], labels=["b"][:0]).result()["sum"].tolist() == [3]
    assert state.result()["sum"].dtype == np.int64
    assert (
        snd.Clusters.from_codes([], 1).state("sum").update(np.empty(0, np.uint64)).result()["sum"].dtype
        == np.uint64
    )


def test_clusters_of_labels_are_there_from_the_start():
    c = snd.Clusters(["z", "b", "z"], order="appearance")
    state = c.state(["sum", "count"]).update([1.0, 2.0], labels=["c", "b"])
    assert list(state.labels) == ["b", "c", "z"]
    assert state.result()["count"].tolist() == [1, 1, 0]
    with pytest.raises(ValueError, match="pass labels"):
        state.update([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="go by label"):
        state.update([1.0], [0])
    by_code = c.state(["sum", "count"]).update([1.0, 2.0, 3.0])
    assert list(by_code.labels) == ["z", "b"]
    with pytest.raises(ValueError, match="go by code"):
        by_code.update([1.0], labels=["z"])
    with pytest.raises(ValueError, match="go by code"):
        by_code.merge(state)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([3, 1, 3], [2, 1, 9]),
        (np.array([2**63, 1], np.uint64), np.array([-1, 1])),
        (np.array([0.5, np.nan, -0.0]), np.array([0.0, 2.0])),
        (np.array([2**53 + 1, 7]), np.array([2.0**53, 7.0])),
        (np.array(["2024-01", "2023-05"], "M8[M]"), np.array(["2024-01-01", "2022-07-01"], "M8[D]")),
        (np.array([True, False]), np.array([True, True])),
        (pd.Categorical(["low", "high"], ["low", "mid", "high"]), pd.Categorical(["mid"], ["mid", "top"])),
        (pd.Series(["x", "y"], dtype="string"), np.array(["y", "zz"])),
        ((["x", "y"], [1, 2]), (["x", "a"], [1, 1])),
        (np.array([b"ab", b"c"]), np.array([b"abcdef"])),
        ((pd.Categorical(["z", "a"], ["z", "a"]), [1, 1]), (["a", "m"], [1, 1])),
        ((np.array(["2024-01"], "M8[ns]"), [1]), (np.array(["2023-01", "2024-01"], "M8[us]"), [1, 1])),
        (np.array(["2024-01"], "M8[ns]"), np.array([datetime.datetime(2023, 1, 1)], object)),
        (
            np.array(["y", "x"], StringDType(na_object=np.nan)),
            np.array(["y", "w"], StringDType(na_object=None)),
        ),
    ],
    ids=[
        *("int", "unsigned", "float", "wide", "dates", "bool", "categories", "strings", "keys", "bytes"),
        *("category keys", "date keys", "date objects", "variable width"),
    ],
)
def test_labels_of_any_kind_unite(first, second):
    def keys(labels):
        columns = labels if isinstance(labels, tuple) else (labels,)
        columns = [np.asarray(column) for column in columns]
        columns = [(x.astype("M8[us]") if x.dtype == "M8[ns]" else x).tolist() for x in columns]
        return [row[0] if len(row) == 1 else row for row in zip(*columns, strict=True)]

    a, b = (
        snd.Clusters([]).state(["sum", "last"]).update(np.arange(1.0, len(keys(x)) + 1), labels=x, start=s)
        for x, s in ((first, 0), (second, 9))
    )
    want = {}
    for labels in (first, second):
        for label, value in zip(keys(labels), itertools.count(1.0)):
            if label == label:
                want[label] = want.get(label, 0.0) + value
    a, b = (pickle.loads(pickle.dumps(x)) for x in (a, b))
    a.merge(b)
    got = dict(zip(np.asarray(a.labels).tolist(), a.result()["sum"].tolist(), strict=True))
    assert {label: total for label, total in got.items() if total} == want
    assert list(got) == sorted(got)


def test_labels_without_an_order_are_refused():
    state = snd.Clusters([]).state("sum").update([1.0], labels=["a"])
    with pytest.raises(TypeError, match="labels"):
        state.update([1.0], labels=[1])
    assert state.result()["sum"].tolist() == [1.0]
    with pytest.raises(ValueError, match="different lengths"):
        state.update([1.0], labels=(["a"], ["b", "c"]))
    with pytest.raises(ValueError, match="at least one key"):
        state.update([1.0], labels=())
    with pytest.raises(ValueError, match="labels: expected one for each of 2 rows"):
        state.update([1.0, 2.0], labels=["a"])


@pytest.mark.parametrize("unit", ["ns", "D"])
@pytest.mark.parametrize(
    "other", [np.array([3]), np.array([3], "m8[ns]"), np.array(["2024"]), np.array([0.5])]
)
def test_dates_and_what_is_none_do_not_unite(unit, other):
    days = np.array(["2024-01-01"], f"M8[{unit}]")
    for first, second in ((days, other), (other, days)):
        state = snd.Clusters([]).state("sum").update([1.0], labels=first)
        with pytest.raises(TypeError, match=r"labels: .* has no order among the .*; convert one of them"):
            state.update([1.0], labels=second)
    by_code = (snd.Clusters.from_codes([0], labels=x).state("sum") for x in (days, days.view(np.int64)))
    with pytest.raises(ValueError, match="other labels"):
        next(by_code).update([1.0]).merge(next(by_code).update([1.0]))


def test_states_of_other_statistics_are_told_apart_in_words():
    c = snd.Clusters.from_codes([0, 1])
    asked = {"total": "sum", "spread": ("var", {"ddof": 0}), "min": "min"}
    words = r"of stats 'total': 'sum', 'spread': \('var', {'ddof': 0}\), 'min', got \('top', {'k': 2}\)$"
    with pytest.raises(ValueError, match=words):
        c.state(asked).merge(c.state(("top", {"k": 2})))
    with pytest.raises(ValueError, match="expected a state of min_count 0, got 2"):
        c.state("sum").merge(c.state("sum", min_count=2))


def test_labels_without_an_order_say_why_and_no_more():
    state = snd.Clusters([]).state("sum").update([1.0], labels=["a"])
    with pytest.raises(
        TypeError, match=r"have none: '<' not supported between instances of 'int' and 'str'$"
    ):
        state.update([1.0], labels=[1])


def test_dates_that_no_unit_holds_are_refused():
    state = snd.Clusters([]).state("sum").update([1.0], labels=np.array(["9999-01"], "M8[M]"))
    for later in (["2024-01-01"], ["1815-03-31T05:56:08.066277376"]):  # what 9999 wraps around to
        with pytest.raises(ValueError, match=r"labels: 9999-01 does not fit datetime64\[ns\]"):
            state.update([1.0], labels=np.array(later, "M8[ns]"))
    spans = snd.Clusters([]).state("sum").update([1.0], labels=np.array([1], "m8[Y]"))
    with pytest.raises(TypeError, match="labels: "):
        spans.update([1.0], labels=np.array([365], "m8[D]"))
    assert state.result()["sum"].tolist() == spans.result()["sum"].tolist() == [1.0]


@pytest.mark.parametrize(
    "labels",
    [
        [np.nan, 2.0],
        np.array(["NaT", "2024-01-01"], "M8[D]"),
        np.array([float("nan"), "a"], object),
        pd.array([1, pd.NA], "Int64"),
        [None, "a"],
        pd.MultiIndex.from_arrays([["a", "b"], [np.nan, 1.0]]),
    ],
    ids=["float", "date", "object", "nullable", "none", "keys"],
)
def test_states_by_code_have_the_same_clusters_though_a_label_is_missing(labels):
    c = snd.Clusters.from_codes([0, 1], 2, labels=labels)
    state = c.state("sum").update([1.0, 2.0])
    assert state.merge(pickle.loads(pickle.dumps(state))).result()["sum"].tolist() == [2.0, 4.0]
    with pytest.raises(ValueError, match="or other labels"):
        state.merge(snd.Clusters.from_codes([0, 1], 2, labels=[5, "b"]).state("sum").update([1.0, 2.0]))


def test_failed_updates_and_merges_change_nothing():
    c = snd.Clusters.from_codes([0, 1, 0], 2)
    state = c.state(["sum", "max", "covariance"]).update([1.0, 2.0, 3.0], other=[4.0, 1.0, 2.0])
    before = pickle.dumps(state)
    one, other = [1.0], {"other": [1.0]}
    two, others = [1.0, 2.0], {"other": [1.0, 2.0]}
    bad = [
        (ValueError, "codes: 2 at row 1", lambda: state.update(two, [0, 2], **others)),
        (ValueError, "must not be negative", lambda: state.update(two, [0, 1], [1.0, -1.0], **others)),
        (ValueError, "weights: shape", lambda: state.update(two, [0, 1], [1.0, 1.0, 1.0], **others)),
        (ValueError, "go by code", lambda: state.update(two, labels=[0, 1], **others)),
        (TypeError, "cannot be compared", lambda: state.update(two, labels=[0j, 1j], **others)),
        (TypeError, "other", lambda: state.update(two, [0, 1], other=["a", "b"])),
        (ValueError, "threads", lambda: state.update(two, [0, 1], threads=0, **others)),
        (ValueError, "codes: 2 at row 0", lambda: state.update(one, [2], **other)),
        (ValueError, "codes: expected one for each", lambda: state.update(one, [0, 1], **other)),
        (ValueError, "got both", lambda: state.update(one, [0], labels=["a"], **other)),
        (ValueError, "values: expected float64", lambda: state.update(np.float32(one), [0], **other)),
        (ValueError, "values: expected float64", lambda: state.update([1], [0], **other)),
        (ValueError, "other: expected float64", lambda: state.update(one, [0], other=[1])),
        (ValueError, "with weights after rows without", lambda: state.update(one, [0], [1.0], **other)),
        (ValueError, "must not be negative", lambda: state.update(one, [0], [-1.0], **other)),
        (ValueError, "other: covariance needs", lambda: state.update(one, [0])),
        (ValueError, "other: shape", lambda: state.update(one, [0], other=[1.0, 2.0])),
        (ValueError, "values: expected one dimension", lambda: state.update([one], [0], **other)),
        (ValueError, "start", lambda: state.update(one, [0], start=-1, **other)),
        (ValueError, "start", lambda: state.update(one, [0], start=2**63 - 1, **other)),
        (TypeError, "values", lambda: state.update(["a"], [0], **other)),
        (TypeError, "expected a ClusterState", lambda: state.merge(3)),
        (ValueError, "stats", lambda: state.merge(c.state("sum"))),
        (ValueError, "skipna", lambda: state.merge(c.state(["sum", "max", "covariance"], skipna=False))),
        (ValueError, "min_count", lambda: state.merge(c.state(["sum", "max", "covariance"], min_count=2))),
        (
            ValueError,
            "the same 2 clusters, got 3",
            lambda: state.merge(snd.Clusters.from_codes([0], 3).state(["sum", "max", "covariance"])),
        ),
    ]
    for kind, message, call in bad:
        with pytest.raises(kind, match=message):
            call()
        assert pickle.dumps(state) == before, message


@pytest.mark.parametrize("by", ["codes", "labels"])
def test_wherever_room_gives_out_nothing_is_changed(by, monkeypatch):
    """Each call of the core is refused in turn, until all have been."""

    def rows(state, n):
        x = np.arange(float(n))
        where = {"labels": x // 2} if by == "labels" else {"codes": np.arange(n) % 3}
        return state.update(x, weights=x, other=x**2, **where)

    def content(state):
        return repr(state.__getstate__())

    c = snd.Clusters.from_codes([0, 1, 2])
    functions = {name: f for name, f in vars(_core).items() if callable(f)}
    left = 0

    def counting(function):
        def call(*arguments):
            nonlocal left
            left -= 1
            if left == 0:
                raise MemoryError
            return function(*arguments)

        return call

    for name, function in functions.items():
        monkeypatch.setattr(_core, name, counting(function))
    later = rows(c.state(ALL), 9)
    before, after = (content(rows(c.state(ALL), 5).merge(x)) for x in (c.state(ALL), later))
    for change in (lambda state: rows(state, 9), lambda state: state.merge(later)):
        state = rows(c.state(ALL), 5)
        for calls in itertools.count(1):
            left = calls
            try:
                change(state)
            except MemoryError:
                assert content(state) == before
            else:
                break
        assert calls > 10
        assert content(state) == after
        left = 0


def test_what_is_asked_for_must_have_a_state():
    c = snd.Clusters.from_codes([0, 1])
    for name in ("median", "quantile", "nunique"):
        with pytest.raises(ValueError, match="needs the whole data"):
            c.state(["sum", name])
    with pytest.raises(ValueError, match="'mode' is none of all, any, argmax"):
        c.state("mode")
    assert c.state(("var", {"ddof": 2})).stats == ("var",)
    with pytest.raises(TypeError, match="no option 'q'; its options: ddof"):
        c.state(("var", {"q": 1}))
    with pytest.raises(TypeError, match="'top' needs k"):
        c.state("top")
    with pytest.raises(ValueError, match="k: expected"):
        c.state(("top", {"k": 0}))
    with pytest.raises(ValueError, match="ddof"):
        c.state(("var", {"ddof": -1}))
    with pytest.raises(ValueError, match="min_count"):
        c.state("sum", min_count=-1)
    with pytest.raises(ValueError, match="takes a second variable"):
        c.state("sum").update([1.0, 2.0], other=[1.0, 2.0])
    with pytest.raises(MemoryError):
        c.state(("top", {"k": 2**62})).update([1.0, 2.0])
    with pytest.raises(TypeError, match="made by Clusters"):
        snd.ClusterState()


def test_exact_totals_take_what_is_said():
    rng = np.random.default_rng(5)
    c = snd.Clusters.from_codes(rng.integers(0, 50, 5000), 50)

    def size(part):
        return sum(map(size, part)) if isinstance(part, tuple) else getattr(part, "nbytes", 0)

    def per_cluster(stat, x, w):
        other = {"other": x[::-1]} if stat == "slope" else {}
        parts = c.state(stat).update(x, weights=w, **other).__getstate__()["parts"]
        return sum(map(size, parts.values())) / c.n

    near, far = rng.uniform(1, 100, 5000), np.repeat([1.0, 2.0**110], 2500)
    for w in (None, rng.uniform(0, 1, 5000)):
        for stat in ("sum", "mean", "var", "slope"):
            assert 45 < per_cluster(stat, near, w) < 350
    assert 1000 < per_cluster("slope", far, w) - per_cluster("slope", near, w) < 5 * 1400


def test_missing_integers():
    x = pd.Series([5, None, 2, 8], dtype="Int64")
    c = snd.Clusters([0, 0, 1, 1])
    state = c.state(["sum", "min", "count", "first"]).update(x)
    assert [state.result()[k].tolist() for k in state.stats] == [[5, 10], [5, 2], [1, 2], [5, 2]]
    with pytest.raises(ValueError, match="missing integers"):
        c.state("sum", skipna=False).update(x)
    gone = c.state("min").update([1, 2], [0, 0]).result()["min"]
    np.testing.assert_array_equal(gone, [1.0, np.nan])


def test_a_damaged_state_is_an_error():
    c = snd.Clusters.from_codes([0, 1, 0], 2)
    state = c.state(ALL).update([1.0, 2.0, 1e300], other=[1.0, 2.0, 3.0])
    good = state.__getstate__()
    assert snd.ClusterState.__new__(snd.ClusterState).__setstate__(good) is None

    def refused(changed):
        with pytest.raises(ValueError, match=r"^state: "):
            snd.ClusterState.__new__(snd.ClusterState).__setstate__(changed)

    refused(None)
    for name in good:
        refused({k: v for k, v in good.items() if k != name})
        for value in (None, -1, 7, "x", (), [1, 2, 3], {"sum": 1}, b"", 1e300, np.zeros((3, 3))):
            # Another least number of values or of rows so far is as good, and so are no names.
            if (name, repr(value)) in (("min_count", "7"), ("rows", "7"), ("names", "None")):
                continue
            refused({**good, name: value})
    refused({**good, "weighted": True})
    refused({**good, "by": ""})
    refused({**good, "by": "", "rows": 0})
    refused({**good, "labels": np.array([["a"], ["b"]])})
    refused({**good, "other_kind": "U8"})
    for name, part in good["parts"].items():
        for value in (
            None,
            (),
            part[:-1] if len(part) > 1 else (None,),
            (*part, part[0]),
            tuple(None for _ in part),
        ):
            refused({**good, "parts": {**good["parts"], name: value}})
        for k, array in enumerate(part):
            arrays = enumerate(array) if isinstance(array, tuple) else [(None, array)]
            for j, one in arrays:
                for spoiled in spoil(one):
                    inner = spoiled if j is None else (*array[:j], spoiled, *array[j + 1 :])
                    changed = (*part[:k], inner, *part[k + 1 :])
                    refused({**good, "parts": {**good["parts"], name: changed}})


def test_counts_that_could_not_be_added_are_refused():
    good = snd.Clusters.from_codes([0], 1).state("count").update([1.0]).__getstate__()

    def state(count):
        found = snd.ClusterState.__new__(snd.ClusterState)
        found.__setstate__({**good, "parts": {"count": (np.array([count]),)}})
        return found

    assert state(2**62 - 1).merge(state(2**62 - 1)).result()["count"].tolist() == [2**63 - 2]
    with pytest.raises(ValueError, match="counts out of range"):
        state(2**62)


def spoil(one):
    """What must not be taken for a part's array, or for the lowest limb."""
    yield None
    yield "x"
    if isinstance(one, np.ndarray):
        yield one[:-1] if len(one) else np.zeros(1, one.dtype)
        yield one.astype("U")
        yield one[None]
        if one.dtype == np.int64 and one.size:
            yield np.full_like(one, np.iinfo(np.int64).min)
    else:
        yield 10**30
        yield -(10**4)
        yield 10**4


def test_a_state_from_a_machine_of_another_byte_order():
    c = snd.Clusters.from_codes([0, 1, 0], 2)
    state = c.state(ONE).update([1.0, 2.0, 1e300])
    good = state.__getstate__()

    def swapped(x):
        if isinstance(x, tuple):
            return tuple(map(swapped, x))
        return x.astype(x.dtype.newbyteorder("S")) if isinstance(x, np.ndarray) else x

    other = snd.ClusterState.__new__(snd.ClusterState)
    other.__setstate__({**good, "parts": {k: swapped(v) for k, v in good["parts"].items()}})
    check(other, c, np.array([1.0, 2.0, 1e300]))
