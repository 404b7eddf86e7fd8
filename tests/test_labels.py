"""Labels to codes, against a plain dictionary."""

import datetime
import decimal
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from numpy.dtypes import StringDType

import sndstats as snd
from sndstats.labels import SAMPLE, factorize


def by_dictionary(values, order, missing):
    distinct = [x for x in dict.fromkeys(values) if not missing(x)]
    if order == "sorted":
        distinct.sort()
    code = {x: k for k, x in enumerate(distinct)}
    return [code.get(x, -1) for x in values], distinct


@pytest.mark.parametrize("order", ["sorted", "appearance"])
@pytest.mark.parametrize(
    "dtype", ["i1", "u1", "i2", "i4", "i8", "u8", ">i4", "f4", "f8", ">f8", "U4", "S4", "O", "bool"]
)
def test_every_kind_of_label(dtype, order):
    rng = np.random.default_rng(3)
    values = rng.integers(0, 2 if dtype == "bool" else 90, 500).astype(dtype)
    codes, uniques = factorize(values, order=order)
    want, labels = by_dictionary(values.tolist(), order, lambda x: False)
    assert codes.dtype == np.int32
    assert codes.tolist() == want
    assert uniques.tolist() == labels
    assert uniques.dtype == values.dtype.newbyteorder("=")


@given(
    st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 5)), st.sampled_from(["sorted", "appearance"])
)
def test_any_integers(values, order):
    codes, uniques = factorize(np.array(values, np.int64), order=order)
    assert (codes.tolist(), uniques.tolist()) == by_dictionary(values, order, lambda x: False)


@given(st.lists(st.floats() | st.sampled_from([0.0, -0.0, 1.5])), st.sampled_from(["sorted", "appearance"]))
def test_any_floats(values, order):
    codes, uniques = factorize(np.array(values, np.float64), order=order)
    assert (codes.tolist(), uniques.tolist()) == by_dictionary(values, order, lambda x: x != x)


def test_unsigned_above_half_the_range_sorts_as_numbers():
    codes, uniques = factorize(np.array([2**64 - 1, 1, 2**63], np.uint64))
    assert uniques.tolist() == [1, 2**63, 2**64 - 1]
    assert codes.tolist() == [2, 0, 1]


def test_dates_and_missing_dates():
    values = np.array(["2023-02", "NaT", "2022-12", "2023-02"], "datetime64[M]")
    codes, uniques = factorize(values)
    assert codes.tolist() == [1, -1, 0, 1]
    assert uniques.dtype == values.dtype
    assert uniques.astype(str).tolist() == ["2022-12", "2023-02"]


def test_missing_objects():
    codes, uniques = factorize(np.array(["b", None, float("nan"), pd.NA, pd.NaT, "a", "b"], dtype=object))
    assert codes.tolist() == [1, -1, -1, -1, -1, 0, 1]
    assert uniques.tolist() == ["a", "b"]


def test_lists_whose_kinds_numpy_would_merge():
    codes, uniques = factorize(["b", float("nan"), "a", None, "nan"])
    assert codes.tolist() == [1, -1, 0, -1, 2]
    assert uniques.tolist() == ["a", "b", "nan"]
    codes, uniques = factorize(("b", np.nan, "a"), order="appearance")
    assert (codes.tolist(), uniques.tolist()) == ([0, -1, 1], ["b", "a"])
    codes, uniques = factorize([2**63 + 1, 2**63, -1, 2**63 + 1])
    assert (codes.tolist(), uniques.tolist()) == ([2, 1, 0, 2], [-1, 2**63, 2**63 + 1])
    codes, uniques = factorize([2**53 + 1, 2.0**53, np.nan])
    assert (codes.tolist(), uniques.tolist()) == ([1, 0, -1], [2.0**53, 2**53 + 1])
    codes, uniques = factorize([1, 2.5, np.nan])
    assert (codes.tolist(), uniques.dtype) == ([0, 1, -1], np.float64)
    with pytest.raises(TypeError, match="pass order='appearance'"):
        factorize(["a", 1])


def test_masked_labels_are_missing_and_leave_no_empty_label():
    codes, uniques = factorize(np.ma.array([5, 7, 5, 9], mask=[False, True, False, False]))
    assert codes.tolist() == [0, -1, 0, 1]
    assert uniques.tolist() == [5, 9]


def test_categories_keep_their_order_and_the_unobserved():
    codes, uniques = factorize(pd.Series(pd.Categorical(["mid", None, "low"], ["low", "mid", "high"])))
    assert codes.tolist() == [1, -1, 0]
    assert list(uniques) == ["low", "mid", "high"]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["x", None, "a"], dtype="str"),
        pd.Series([3, None, 1], dtype="Int64"),
        pd.PeriodIndex(["2023Q2", "NaT", "2022Q1"], freq="Q"),
    ],
)
def test_pandas_types_with_their_own_missing(values):
    codes, uniques = factorize(values)
    assert codes.tolist() == [1, -1, 0]
    assert len(uniques) == 2


def test_errors_name_the_argument_and_the_remedy():
    with pytest.raises(ValueError, match=r"order: expected one of sorted, appearance, got 'size'"):
        factorize([1], order="size")
    with pytest.raises(ValueError, match=r"groups: expected one dimension, got shape \(1, 2\)"):
        factorize([[1, 2]], name="groups")
    with pytest.raises(TypeError, match="pass order='appearance'"):
        factorize(np.array(["a", 1], dtype=object))
    with pytest.raises(TypeError, match="hashable"):
        factorize(np.array([[], {}], dtype=object))
    with pytest.raises(TypeError, match="complex128"):
        factorize(np.array([1j]))
    if np.dtype(np.longdouble).itemsize > 8:
        with pytest.raises(TypeError, match=r"groups: .* convert them to float64"):
            factorize(np.array([1.5], np.longdouble), name="groups")
    with pytest.raises(ValueError, match=r"groups: .* several lengths"):
        factorize([[1], [1, 2]], name="groups")


def test_no_labels():
    codes, uniques = factorize([])
    assert codes.shape == (0,)
    assert uniques.shape == (0,)


ORDERS = pytest.mark.parametrize("order", ["sorted", "appearance"])
NAMES = ["长三角", "b", "", "ba", "é", "b", "😀", "长三角", "B"]


def agrees(labels, values, order):
    """Codes and labels are those of a dictionary over `values`, in which None is missing."""
    codes, uniques = factorize(labels, order=order)
    want, distinct = by_dictionary(values, order, lambda x: x is None)
    assert codes.dtype == np.int32
    assert (codes.tolist(), list(uniques)) == (want, distinct)


@ORDERS
@pytest.mark.parametrize("dtype", ["U6", ">U6", "<U6", "U3", "O", StringDType(), StringDType(na_object=None)])
def test_text_of_every_script(dtype, order):
    agrees(np.array(NAMES, dtype), [str(x) for x in np.array(NAMES, dtype).tolist()], order)


@ORDERS
@given(words=st.lists(st.text("ab\0é长", max_size=4), min_size=1))
def test_any_text_sorts_as_numpy_sorts_it(order, words):
    # Python's own lists keep a zero at the end, which an array of fixed width drops.
    agrees(words, words, order)
    array = np.array(words)
    agrees(array, array.tolist(), order)
    agrees(array[::-1], array[::-1].tolist(), order)
    assert factorize(array)[1].tolist() == np.unique(array).tolist()
    agrees(np.array(words, StringDType()), words, order)


@ORDERS
@given(words=st.lists(st.binary(max_size=10), min_size=1))
def test_any_bytes(order, words):
    array = np.array(words, "S10")
    agrees(array, array.tolist(), order)
    agrees(words, words, order)


@ORDERS
@pytest.mark.parametrize("missing", [None, np.nan, "none"])
def test_text_with_a_missing_value_of_its_own(missing, order):
    array = np.array(["b", "a", "b", "none"], StringDType(na_object=missing))
    array[1] = missing
    gone = None if missing != "none" else "none"
    agrees(array, ["b", gone, "b", "none"], order)
    assert factorize(array)[1].dtype == array.dtype


@ORDERS
def test_long_and_short_text_of_variable_width(order):
    values = ["x" * 5000, "y", "z", "y"] + ["w"] * 50
    agrees(np.array(values, StringDType()), values, order)


@ORDERS
def test_objects_that_come_again_are_told_apart_by_what_they_are(order):
    # More than SAMPLE rows of few objects, some of them equal but not the same.
    pool = ["".join(["fi", f"rm {k % 7}"]) for k in range(21)] + [None, float("nan"), float("nan")]
    rng = np.random.default_rng(4)
    values = [pool[k] for k in rng.integers(0, len(pool), 3 * SAMPLE)]
    labels = np.array(values, dtype=object)
    agrees(labels, [x if isinstance(x, str) else None for x in values], order)
    with pytest.raises(TypeError, match="hashable"):
        factorize(np.array([{}] * (2 * SAMPLE), dtype=object), order=order)


@ORDERS
@pytest.mark.parametrize("threads", ["1", "2", "5"])
def test_codes_do_not_depend_on_threads(monkeypatch, threads, order):
    monkeypatch.setenv("SNDSTATS_NUM_THREADS", threads)
    rng = np.random.default_rng(8)
    for values in (
        rng.integers(-300, 300, 400_000),
        rng.integers(0, 2**62, 400_000) // 2**45 * 2**45,
        rng.integers(0, 500, 400_000).astype("U4"),
        rng.permutation(400_000),
    ):
        codes, uniques = factorize(values, order=order)
        want, first, inverse = np.unique(values, return_index=True, return_inverse=True)
        if order == "appearance":
            place = np.argsort(first)
            want, inverse = want[place], np.argsort(place)[inverse]
        np.testing.assert_array_equal(uniques, want)
        np.testing.assert_array_equal(codes, inverse)


@ORDERS
def test_labels_in_a_masked_array_appear_where_they_can_be_seen(order):
    agrees(np.ma.array([5, 7, 5, 9, 7], mask=[1, 0, 0, 0, 0]), [None, 7, 5, 9, 7], order)
    agrees(np.ma.array(["a", "b", "a"], mask=[1, 0, 1]), [None, "b", None], order)
    with pytest.raises(ValueError, match="one dimension"):
        factorize(np.ma.array([[1]]))


def test_zeros_of_both_signs_and_signalling_nans():
    codes, uniques = factorize(np.array([-0.0, 0.0, -0.0]))
    assert codes.tolist() == [0, 0, 0]
    assert not np.signbit(uniques).any()
    for dtype, bits in (("f2", 0x7D01), ("f4", 0x7F800001), ("f8", 0x7FF0000000000001)):
        signalling = np.array([bits], dtype.replace("f", "u")).view(dtype)
        assert factorize(signalling)[0].tolist() == [-1]


@ORDERS
def test_spans_and_dates_of_any_byte_order(order):
    values = np.array([3, "NaT", -2, 3], "m8[s]").astype(">m8[s]")
    agrees(values, [np.timedelta64(3, "s"), None, np.timedelta64(-2, "s"), np.timedelta64(3, "s")], order)


@ORDERS
@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["b", None, "a", "b"], pl.String),
        (["b", None, "a", "b"], pl.Categorical),
        ([2**53 + 1, None, 2**53, 2**53 + 1], pl.Int64),
        ([3, None, 1], pl.UInt8),
        ([1.5, None, -2.0, float("nan")], pl.Float32),
        ([True, None, False], pl.Boolean),
        ([b"z", None, b"a"], pl.Binary),
        ([decimal.Decimal("1.5"), None, decimal.Decimal("0.5")], pl.Decimal(10, 2)),
        ([datetime.time(9), None, datetime.time(8)], pl.Time),
        ([], pl.Int64),
        ([], pl.String),
        ([None], pl.String),
        ([None, None], pl.Null),
        ([2**100, None, -3], pl.Int128),
    ],
)
def test_polars_columns(values, dtype, order):
    agrees(pl.Series(values, dtype=dtype), [None if x != x else x for x in values], order)


def test_polars_dates_are_numpy_dates():
    days = [datetime.date(2023, 2, 1), None, datetime.date(2022, 12, 1)]
    codes, uniques = factorize(pl.Series(days))
    assert codes.tolist() == [1, -1, 0]
    assert uniques.dtype == "M8[D]"
    codes, uniques = factorize(pl.Series(days, dtype=pl.Datetime("ns")), order="appearance")
    assert codes.tolist() == [0, -1, 1]
    assert uniques.dtype == "M8[ns]"
    codes, uniques = factorize(pl.Series(days, dtype=pl.Datetime("us", "Asia/Shanghai")))
    assert codes.tolist() == [1, -1, 0]
    assert uniques[0] < uniques[1]


@ORDERS
def test_an_enum_keeps_its_order_and_the_unobserved(order):
    sizes = pl.Enum(["low", "mid", "high"])
    codes, uniques = factorize(pl.Series(["mid", None, "low"], dtype=sizes), order=order)
    assert codes.tolist() == [1, -1, 0]
    assert list(uniques) == ["low", "mid", "high"]
    with pytest.raises(TypeError, match=r"groups: labels of type List"):
        factorize(pl.Series([[1]]), name="groups")


@ORDERS
@pytest.mark.parametrize(
    "values", [["b", None, "a", "b"], [2**53 + 1, None, 2**53], [1.5, None, 0.5], [True, None, False]]
)
def test_arrow_columns(values, order):
    agrees(pa.array(values), values, order)
    agrees(pa.chunked_array([values[:1], values[1:]]), values, order)
    for kind in (pa.int64(), pa.string_view(), pa.null(), pa.dictionary(pa.int8(), pa.string())):
        agrees(pa.chunked_array([], kind), [], order)
        agrees(pa.chunked_array([pa.array([], kind)] * 2, kind), [], order)
    agrees(pa.chunked_array([[None], [None, None]], pa.null()), [None] * 3, order)


@ORDERS
def test_an_arrow_dictionary_keeps_its_order_and_the_unobserved(order):
    made = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 2]), ["mid", "low", "mid", "high"])
    codes, uniques = factorize(made, order=order)
    assert codes.tolist() == [1, -1, 0, 0]
    assert list(uniques) == ["mid", "low", "high"]
    other = pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int64()), ["low"])
    chunks = pa.chunked_array([made.take(pa.array([0])), other])
    codes, uniques = factorize(chunks, order=order)
    assert [uniques[k] for k in codes] == ["low"] * 3
    codes, uniques = factorize(pa.array([datetime.date(2023, 2, 1), None, datetime.date(2022, 1, 1)]))
    assert codes.tolist() == [1, -1, 0]
    with pytest.raises(TypeError, match="groups: labels of type list"):
        factorize(pa.array([[1]]), name="groups")


@ORDERS
def test_a_labelled_array(order):
    agrees(xr.DataArray(["b", "a", "b"], dims="firm"), ["b", "a", "b"], order)
    agrees(xr.DataArray([2.0, np.nan, 1.0], dims="firm"), [2.0, None, 1.0], order)


@ORDERS
@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["b", None, "a"], "str"),
        (["b", None, "a"], "object"),
        (["b", None, "a"], "string[pyarrow]"),
        ([2**53 + 1, None, 2**53], "Int64"),
        ([2**53 + 1, None, 2**53], "int64[pyarrow]"),
        ([1.5, None, 0.5], "Float32"),
        ([1.5, None, 0.5], "float64"),
        ([True, None, False], "boolean"),
    ],
)
def test_pandas_columns(values, dtype, order):
    agrees(pd.Series(values, dtype=dtype), values, order)
    agrees(pd.Index(values, dtype=dtype), values, order)
    agrees(pd.Series(values, dtype=dtype).array, values, order)


@ORDERS
@pytest.mark.parametrize(
    "column",
    [
        pd.Series(pa.array([1.5, np.nan, None, -0.0, 0.0]), dtype=pd.ArrowDtype(pa.float64())),
        pd.Series([1.5, None, None, -0.0, 0.0], dtype="Float32"),
        pd.Series([1.5, np.nan, np.nan, -0.0, 0.0], dtype="Sparse[float]"),
    ],
)
def test_floats_of_pandas_are_missing_if_nan_and_zero_whatever_the_sign(column, order):
    agrees(column, [1.5, None, None, 0.0, 0.0], order)
    assert not np.signbit(factorize(column)[1]).any()


@ORDERS
def test_an_arrow_dictionary_in_pandas_keeps_its_order(order):
    made = pa.DictionaryArray.from_arrays(pa.array([0, 1, None]), ["mid", "low", "high"])
    column = pd.Series(made, dtype=pd.ArrowDtype(made.type))
    for labels in (column, pd.Index(column), column.array):
        codes, uniques = factorize(labels, order=order)
        assert codes.tolist() == [0, 1, -1]
        assert list(uniques) == ["mid", "low", "high"]


@ORDERS
@pytest.mark.parametrize("index", ["u1", "i1", "u4", "u8", "i8"])
def test_an_arrow_dictionary_of_any_index(index, order):
    places = pa.array(np.array([1, 0, 1], index), mask=np.array([False, False, True]))
    codes, uniques = factorize(pa.DictionaryArray.from_arrays(places, ["b", "a"]), order=order)
    assert (codes.tolist(), list(uniques)) == ([1, 0, -1], ["b", "a"])


@ORDERS
def test_tuples_in_a_list_are_labels(order):
    pairs = [("b", 1), ("a", 2), None, ("b", 1)]
    agrees(pairs, pairs, order)
    agrees([(2, 1), (1, 2)], [(2, 1), (1, 2)], order)
    agrees([(2,), (1, 2)], [(2,), (1, 2)], order)


def test_ordered_categories_with_codes_of_any_width():
    names = [f"c{k}" for k in range(300)]
    column = pd.Series(pd.Categorical(["c299", None, "c7"], names, ordered=True))
    codes, uniques = factorize(column)
    assert codes.tolist() == [299, -1, 7]
    assert list(uniques) == names


# Several keys


def test_keys_whose_product_would_have_no_room():
    """Six keys of 100,000 labels: 1e30 combinations, of which 100,000 occur."""
    rng = np.random.default_rng(2)
    rows = 100_000
    keys = [rng.permutation(rows) for _ in range(6)]
    np.unique(keys[0])  # what NumPy allocates once
    tracemalloc.start()
    clusters = snd.Clusters(*keys)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # The tuples take 88 bytes and their integers 6 x 32, pointers and codes the rest.
    assert peak < 1000 * rows
    assert clusters.n == rows
    assert clusters.labels.tolist() == sorted(zip(*(key.tolist() for key in keys), strict=True))
    assert [clusters.labels[k] for k in clusters.codes[:50]] == [
        tuple(int(k[i]) for k in keys) for i in range(50)
    ]


@ORDERS
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["a", "b", None]), st.sampled_from([1.5, np.nan, -1.0]))
    )
)
def test_only_combinations_that_occur(order, rows):
    keys = [[row[k] for row in rows] for k in range(3)]
    clusters = snd.Clusters(
        np.array(keys[0], int), np.array(keys[1], object), np.array(keys[2], float), order=order
    )
    values = [None if None in row or row[2] != row[2] else row for row in rows]
    want, labels = by_dictionary(values, order, lambda x: x is None)
    assert clusters.codes.tolist() == want
    assert clusters.labels.tolist() == labels


@pytest.mark.parametrize("unit", ["D", "s", "us", "ns"])
def test_dates_among_several_keys_are_python_dates_of_any_unit(unit):
    days = np.array(["2023-01-01", "2022-01-01"], f"M8[{unit}]")
    labels = snd.Clusters(days, ["a", "b"]).labels
    date = datetime.date(2022, 1, 1) if unit == "D" else datetime.datetime(2022, 1, 1)
    assert labels[0] == (date, "b")
    spans = snd.Clusters(days - days[1], ["a", "b"]).labels
    assert spans[0] == (datetime.timedelta(0), "b")


@pytest.mark.parametrize("text", ["2022-01-01T00:00:00.000000001", "20000-01-01"])
def test_dates_that_python_has_not_stay_those_of_numpy(text):
    day = np.datetime64(text)
    label = snd.Clusters(np.array([day]), ["a"]).labels[0][0]
    assert isinstance(label, np.datetime64)
    assert label == day


def test_levels_of_an_index_are_keys():
    index = pd.MultiIndex.from_arrays(
        [["b", "a", "b", None, "b"], [2.0, 1.0, np.nan, 1.0, 2.0]], names=["city", "year"]
    )
    clusters = snd.Clusters(index)
    assert clusters.codes.tolist() == [1, 0, -1, -1, 1]
    assert clusters.labels.tolist() == [("a", 1.0), ("b", 2.0)]
    sums = clusters.sum([1, 2, 4, 8, 16])
    want = pd.MultiIndex.from_tuples([("a", 1.0), ("b", 2.0)], names=["city", "year"])
    pd.testing.assert_series_equal(sums, pd.Series([2, 17], index=want))
    state = snd.Clusters.from_codes([], 0).state("sum")
    state.update([1, 2, 4, 8, 16], labels=index)
    assert state.labels.tolist() == [("a", 1.0), ("b", 2.0)]
    assert state.result()["sum"].tolist() == [2, 17]
    assert factorize(index)[0].tolist() == [1, 0, -1, -1, 1]
    with pytest.raises(ValueError, match="missing"):
        snd.growth_rate([1.0, 2.0, 3.0, 4.0, 5.0], groups=index)


def test_a_table_of_keys_is_refused_with_the_remedy():
    for table in (pd.DataFrame({"a": [1], "b": [2]}), pl.DataFrame({"a": [1], "b": [2]}), [[1, 2]]):
        with pytest.raises(ValueError, match=r"labels: .* got shape \(1, 2\); several keys are"):
            snd.Clusters(table)


def test_levels_of_the_index_keep_the_order_of_their_key():
    size = pd.Categorical(["small", "large", "mid", "small"], ["none", "small", "mid", "large"])
    region = pd.Series(["b", "a", "b", "a"], name="region")
    sums = snd.Clusters(region, pd.Series(size, name="size")).sum([1, 2, 4, 8])
    assert list(sums.unstack().columns) == ["small", "mid", "large"]
    assert list(sums.unstack("region").index) == ["small", "mid", "large"]
    assert sums.loc[("b", "mid")] == 4  # without a warning that the index is in no order
    first = snd.Clusters(region, pd.Series(size), order="appearance").sum([1, 2, 4, 8])
    assert list(first.unstack().index) == ["b", "a"]
    pairs = snd.Clusters(pd.Series([1, 2]), [("a", 1), ("b", 2)]).sum([1, 2])
    assert pairs.index.tolist() == [(1, ("a", 1)), (2, ("b", 2))]
    assert list(pairs.unstack().columns) == [("a", 1), ("b", 2)]
    assert first.index.tolist() == [("b", "small"), ("a", "large"), ("b", "mid"), ("a", "small")]


def test_labels_are_made_once_whichever_thread_asks():
    for _ in range(20):
        keys = np.arange(5000) % 1000, np.arange(5000) % 7
        clusters = snd.Clusters(*keys)
        with ThreadPoolExecutor(4) as pool:
            made = list(pool.map(lambda _, c=clusters: c.labels, range(4)))
        for labels in made:
            assert labels.tolist() == sorted(set(zip(*(key.tolist() for key in keys), strict=True)))


# Codes


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", ">i2", ">i8"])
def test_codes_of_every_width(dtype):
    codes = np.array([2, 0, 0, 100], dtype)
    clusters = snd.Clusters.from_codes(codes, 101)
    assert clusters.sum([1, 2, 4, 8]).tolist() == [6, 0, 1] + [0] * 97 + [8]
    assert clusters.codes.dtype in (np.int32, np.int64)
    shared = np.dtype(dtype).isnative and np.dtype(dtype).itemsize >= 4 and dtype != "u4"
    assert np.shares_memory(clusters.codes, codes) == shared
    with pytest.raises(ValueError, match="codes: 100 at row 3 is not below n = 100"):
        snd.Clusters.from_codes(codes, 100)


def test_codes_that_are_missing_or_too_large():
    assert snd.Clusters.from_codes(pl.Series([1, None, 0])).sum([1, 2, 4]).tolist() == [4, 1]
    for codes in (pa.array([1, None, 0]), pa.chunked_array([[1, None], [0]])):
        assert snd.Clusters.from_codes(codes).sum([1, 2, 4]).tolist() == [4, 1]
    assert snd.Clusters.from_codes(pd.Series([1, None, 0], dtype="UInt8")).sizes.tolist() == [1, 1]
    with pytest.raises(ValueError, match=f"codes: {2**63 + 1} at row 1 does not fit int64"):
        snd.Clusters.from_codes(np.array([0, 2**63 + 1], np.uint64))
    for dtype in ("UInt64", "uint64[pyarrow]"):
        with pytest.raises(ValueError, match=f"codes: {2**63 + 1} at row 1 does not fit int64"):
            snd.Clusters.from_codes(pd.Series([None, 2**63 + 1], dtype=dtype))
    with pytest.raises(TypeError, match="codes: expected integers, got object"):
        snd.Clusters.from_codes(pl.Series([2**100], dtype=pl.Int128))
    with pytest.raises(ValueError, match=r"codes: .* several lengths"):
        snd.Clusters.from_codes([[1], [1, 2]])
    with pytest.raises(TypeError, match="codes: expected integers, got bool"):
        snd.Clusters.from_codes([True, False])


@pytest.mark.parametrize("labels", [["a", 1], ["a", float("inf")], ["a\0", "a"], [("a", 1), ("b", 2)]])
def test_given_labels_stay_what_they_are(labels):
    assert snd.Clusters.from_codes([0, 1], labels=labels).labels.tolist() == labels
    assert snd.Clusters.from_membership(np.eye(2), labels=labels).labels.tolist() == labels


def test_clusters_that_have_no_room_are_refused_at_once():
    with pytest.raises(ValueError, match="n: at most 2147483639 clusters"):
        snd.Clusters.from_codes([0], 2**31 - 8)
    with pytest.raises(ValueError, match="codes: 1099511627776 at row 0 is beyond the 2147483639 clusters"):
        snd.Clusters.from_codes([2**40])
    clusters = snd.Clusters.from_codes([0, 1], 2**31 - 9)
    assert len(clusters) == 2**31 - 9
    with pytest.raises(MemoryError):
        clusters.top([1.0, 2.0], 2**31)
    assert clusters.codes.tolist() == [0, 1]
