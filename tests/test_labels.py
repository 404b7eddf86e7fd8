"""Labels to codes, against a plain dictionary."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sndstats.labels import factorize


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
