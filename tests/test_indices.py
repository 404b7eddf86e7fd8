"""Concentration and inequality against rational and 50-digit arithmetic, and in every container."""

import math
import warnings
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

PLAIN = [
    snd.hhi,
    snd.equivalent_number,
    snd.entropy,
    snd.gini,
    snd.theil,
    snd.mean_log_deviation,
    lambda x, **k: snd.concentration_ratio(x, 2, **k),
]
WEIGHTED = [snd.gini, snd.theil, snd.mean_log_deviation]

sizes = st.one_of(
    st.floats(1e-300, 1e300),
    st.floats(0.1, 1e6),
    st.integers(1, 9).map(float),
    st.integers(0, 40).map(lambda k: 1.0 + k * 2.0**-50),
)
zeros_too = st.one_of(sizes, st.just(0.0))
some = st.lists(sizes, min_size=1, max_size=12)


def exact(x):
    """A fraction in 50 digits."""
    return Decimal(x.numerator) / Decimal(x.denominator)


def exact_hhi(x):
    total = sum(map(Fraction, x))
    return sum(Fraction(v) ** 2 for v in x) / total**2


def exact_gini(x, w=None):
    """Half the mean difference over the mean: every pair, no sorting."""
    x, w = list(map(Fraction, x)), list(map(Fraction, w or [1] * len(x)))
    pairs = sum(a * b * abs(p - q) for p, a in zip(x, w, strict=True) for q, b in zip(x, w, strict=True))
    return pairs / (2 * sum(w) * sum(a * p for p, a in zip(x, w, strict=True)))


def exact_theil(x, w=None, kind="T"):
    """The textbooks' forms, with digits enough for what cancels in them."""
    x, w = list(map(Fraction, x)), list(map(Fraction, w or [1] * len(x)))
    with localcontext() as context:
        context.prec = 120
        mean, whole = sum(a * p for p, a in zip(x, w, strict=True)) / sum(w), sum(w)
        terms = (
            exact(a / whole) * (exact(p / mean) if kind == "T" else -1) * exact(p / mean).ln()
            for p, a in zip(x, w, strict=True)
            if p
        )
        return sum(terms, Decimal(0))


def exact_entropy(x):
    total = sum(map(Fraction, x))
    with localcontext() as context:
        context.prec = 700  # shares next to 1 differ from it in the 600th place
        return -sum(
            (exact(Fraction(v) / total) * exact(Fraction(v) / total).ln() for v in x if v), Decimal(0)
        )


def close(got, want, ulp=1.0):
    """Whether a double lies within so many units in the last place of an exact number."""
    want = want if isinstance(want, Fraction) else Fraction(want)
    near = float(want)
    if abs(near) < 1e-290:
        return abs(Fraction(float(got)) - want) <= Fraction(2) ** -960
    return abs(Fraction(float(got)) - want) <= Fraction(ulp) * Fraction(math.ulp(near))


@settings(max_examples=300)
@given(some)
def test_hhi_and_its_forms(x):
    want = exact_hhi(x)
    assert close(snd.hhi(x), want, 0.5000001)
    assert close(snd.hhi(x, scale=10_000), 10_000 * want, 0.5000001)
    assert close(snd.equivalent_number(x), 1 / want, 0.5000001)
    if len(x) == 1:
        assert math.isnan(snd.hhi(x, normalized=True))
    else:
        n = len(x)
        got = snd.hhi(x, normalized=True)
        assert close(got, (n * want - 1) / (n - 1))


@settings(max_examples=200)
@given(st.lists(zeros_too, min_size=1, max_size=12), st.integers(1, 14))
def test_concentration_ratio(x, k):
    got = snd.concentration_ratio(x, k)
    if not sum(x):
        assert math.isnan(got)
    else:
        values = sorted(map(Fraction, x), reverse=True)
        assert close(got, sum(values[:k]) / sum(values), 0.5000001)


@settings(max_examples=200)
@given(some)
def test_entropy(x):
    want = exact_entropy(x)
    assert close(snd.entropy(x), want)
    assert float(snd.entropy(x, base=2)) == pytest.approx(float(want) / math.log(2), rel=1e-15)
    assert 0.0 <= snd.entropy(x) <= math.log(len(x)) * (1 + 2**-52)


@settings(max_examples=200)
@given(some)
def test_gini(x):
    want = exact_gini(x)
    assert close(snd.gini(x), want)
    n = len(x)
    if n > 1:
        assert close(snd.gini(x, normalized=True), want * n / (n - 1))


@settings(max_examples=150)
@given(some)
def test_theil(x):
    assert close(snd.theil(x), exact_theil(x))
    assert close(snd.mean_log_deviation(x), exact_theil(x, kind="L"))


rows = st.lists(st.tuples(sizes, st.floats(1e-3, 1e6)), min_size=1, max_size=10)


@settings(max_examples=150)
@given(rows)
def test_weighted(rows):
    x, w = map(list, zip(*rows, strict=True))
    assert close(snd.gini(x, w), exact_gini(x, w))
    assert close(snd.theil(x, w), exact_theil(x, w))
    assert close(snd.mean_log_deviation(x, w), exact_theil(x, w, "L"))


@settings(max_examples=150)
@given(
    st.lists(st.tuples(zeros_too, st.floats(0, 1e6), st.integers(0, 3)), min_size=1, max_size=40),
    st.randoms(),
)
def test_the_same_bits_for_any_order(rows, random):
    shuffled = rows.copy()
    random.shuffle(shuffled)
    first, second = (np.array(r, float).T for r in (rows, shuffled))
    for measure in PLAIN:
        np.testing.assert_array_equal(measure(first[0]), measure(second[0]))
    for measure in WEIGHTED:
        np.testing.assert_array_equal(measure(first[0], first[1]), measure(second[0], second[1]))
    for kind in "TL":
        a, b = (snd.theil_decomposition(t[0], t[2], t[1], measure=kind) for t in (first, second))
        for x, y in zip(a, b, strict=True):
            np.testing.assert_array_equal(x, y)


@settings(max_examples=100)
@given(st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=20), st.integers(-900, 900))
def test_a_power_of_two_changes_nothing(x, power):
    for measure in PLAIN:
        assert measure(x) == measure(np.ldexp(x, power))


@settings(max_examples=100)
@given(st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=10), st.integers(2, 5))
def test_replication(x, times):
    """Inequality of a population twice over is the same; its HHI is halved, its entropy grows by ln 2."""
    for measure in WEIGHTED:
        assert float(measure(x * times)) == pytest.approx(float(measure(x)), rel=4e-16, abs=1e-300)
        again = measure(x, [times] * len(x))
        assert float(again) == pytest.approx(float(measure(x)), rel=4e-16, abs=1e-300)
    assert float(snd.hhi(x * times)) == pytest.approx(float(snd.hhi(x)) / times, rel=4e-16)
    assert float(snd.entropy(x * times)) == pytest.approx(float(snd.entropy(x)) + math.log(times), rel=1e-15)
    assert float(snd.gini(x * times, normalized=True)) == pytest.approx(
        float(snd.gini(x, [times] * len(x), normalized=True)), rel=4e-16, abs=1e-300
    )


grouped = st.lists(st.tuples(sizes, st.floats(1e-3, 1e6), st.integers(0, 4)), min_size=1, max_size=30)


@settings(max_examples=150)
@given(grouped, st.sampled_from("TL"))
def test_decomposition(rows, kind):
    """Each part by its own formula, in exact arithmetic, and both add up to the whole."""
    x, w, g = map(list, zip(*rows, strict=True))
    found = snd.theil_decomposition(x, g, w, measure=kind)
    assert close(found.total, exact_theil(x, w, kind))
    assert found.between + found.within == pytest.approx(float(found.total), rel=7e-16, abs=1e-300)
    labels = sorted(set(g))
    assert list(found.labels) == labels
    means, weights, within = [], [], Decimal(0)
    whole = sum(map(Fraction, w))
    total = sum(Fraction(a) * Fraction(p) for p, a in zip(x, w, strict=True))
    for k, label in enumerate(labels):
        here = [(p, a) for p, a, b in rows if b == label]
        own = exact_theil(*map(list, zip(*here, strict=True)), kind)
        assert close(found.groups[k], own)
        weights.append(sum(Fraction(a) for _, a in here))
        means.append(sum(Fraction(p) * Fraction(a) for p, a in here) / weights[-1])
        share = weights[-1] / whole if kind == "L" else weights[-1] * means[-1] / total
        assert close(found.shares[k], share)
        within += exact(share) * own
    assert float(found.within) == pytest.approx(float(within), rel=1e-15, abs=1e-290)
    between = exact_theil(means, weights, kind)
    assert float(found.between) == pytest.approx(float(between), rel=1e-15, abs=1e-28)


@settings(max_examples=100)
@given(st.lists(zeros_too, min_size=1, max_size=20).filter(any))
def test_bounds(x):
    n = len(x)
    slack = 1 + 2**-52
    assert 1 / n <= snd.hhi(x) * slack <= slack**2
    assert 0 <= snd.gini(x) <= (1 - 1 / n) * slack
    assert 0 <= snd.theil(x) <= math.log(n) * slack
    assert snd.mean_log_deviation(x) >= 0
    assert (snd.mean_log_deviation(x) == math.inf) == (0.0 in x)


def test_a_weight_of_zero_and_a_missing_weight_leave_a_row_out():
    for measure in WEIGHTED:
        want = measure([1.0, 5.0], [2.0, 3.0])
        assert measure([1.0, 0.0, 5.0, 8.0], [2.0, 0.0, 3.0, np.nan]) == want
        assert measure([1.0, np.nan, 5.0], [2.0, 1.0, 3.0]) == want
        assert math.isnan(measure([1.0, np.nan, 5.0], [2.0, 1.0, 3.0], skipna=False))
    assert math.isnan(snd.gini([1.0, 2.0], [0.5, 0.5], normalized=True))
    assert snd.gini([1.0, 2.0], [1, 1], normalized=True) == 2 * snd.gini([1.0, 2.0])


def test_weights_and_figures_that_are_far_apart():
    """What the products of figures and weights have lost is not made up for by a number."""
    assert close(snd.gini([1e130, 3e-130], [1e-130, 1e130]), exact_gini([1e130, 3e-130], [1e-130, 1e130]))
    for measure in WEIGHTED:
        assert math.isnan(measure([1e160, 3e-160], [1e-160, 1e160]))
        assert math.isnan(measure([1e300, 1e-300], [1e-300, 1e300]))


@pytest.mark.parametrize("measure", PLAIN)
def test_what_has_no_shares(measure):
    for x in ([], [0.0], [0, 0], [np.nan], [1.0, np.inf]):
        assert math.isnan(measure(x)), x
    with pytest.raises(ValueError, match=r"values: expected figures from 0, got -2.5 at position 1"):
        measure([1.0, -2.5, 3.0])
    with pytest.raises(ValueError, match=r"got -1 at position \(1, 0\)"):
        measure(np.array([[3, 1], [-1, 2]]))
    with pytest.raises(ValueError, match="axis 1"):
        measure([1.0], axis=1)
    with pytest.raises(ValueError, match="got a single value"):
        measure(3.0)
    with pytest.raises(TypeError, match="values: expected numbers"):
        measure(["a", "b"])


@pytest.mark.parametrize("measure", PLAIN)
@pytest.mark.parametrize("kind", ["i1", "u1", "i2", "i4", "u4", "i8", "u8", "f4", "f8", ">f8", ">i4", "?"])
def test_types(measure, kind):
    x = np.array([0, 1, 1, 0, 1] if kind == "?" else [3, 1, 100, 7, 20]).astype(kind)
    got, want = measure(x), measure(x.astype(float))
    assert got.dtype == (np.float32 if kind == "f4" else np.float64)
    assert got == np.asarray(want).astype(got.dtype)


def test_many_small_integers_do_not_wrap():
    assert snd.hhi(np.ones(200, np.int8)) == 0.005
    assert snd.hhi(np.full(10, 2**62)) == 0.1
    assert snd.theil(np.full(10, 2**63, np.uint64)) == 0.0


@pytest.mark.parametrize("measure", PLAIN)
def test_axes_and_strides(measure):
    table = np.arange(1.0, 61.0).reshape(3, 4, 5)[:, ::-1, ::2]
    for axis in (0, 1, 2, -1):
        want = np.apply_along_axis(measure, axis, table)
        np.testing.assert_array_equal(measure(table, axis=axis), want)
        np.testing.assert_array_equal(measure(np.asfortranarray(table), axis=axis), want)
    assert measure(np.ones((0, 3))).shape == (3,)
    assert np.isnan(measure(np.ones((0, 3)))).all()
    assert measure(np.ones((3, 0))).shape == (0,)


def test_weights_along_an_axis():
    table, weights = np.arange(1.0, 13.0).reshape(3, 4), [1.0, 5.0, 2.0]
    for measure in WEIGHTED:
        want = [measure(table[:, k], weights) for k in range(4)]
        np.testing.assert_array_equal(measure(table, weights), want)
        np.testing.assert_array_equal(measure(table.T, weights, axis=1), want)
        np.testing.assert_array_equal(measure(table, np.repeat(weights, 4).reshape(3, 4)), want)
    with pytest.raises(ValueError, match="weights: must not be negative"):
        snd.gini([1.0, 2.0], [1.0, -1.0])
    with pytest.raises(ValueError, match="weights: shape"):
        snd.theil([1.0, 2.0], [1.0, 1.0, 1.0])


@pytest.mark.parametrize("measure", PLAIN)
def test_containers(measure):
    frame = pd.DataFrame({"a": [1.0, 2.0, np.nan], "b": [3.0, 4.0, 9.0]}, index=[7, 8, 9])
    got = measure(frame)
    assert got.index.tolist() == ["a", "b"]
    np.testing.assert_array_equal(got, [measure([1.0, 2.0]), measure([3.0, 4.0, 9.0])])
    assert measure(frame, axis=1).index.tolist() == [7, 8, 9]
    assert measure(frame["b"]) == measure([3.0, 4.0, 9.0])
    assert measure(frame.astype("Float64"))["a"] == measure([1.0, 2.0])
    column = pl.Series("a", [1, None, 2])
    assert measure(column) == measure([1.0, 2.0])
    table = measure(pl.DataFrame({"a": [1.0, None, 2.0], "b": [3.0, 4.0, 9.0]}))
    assert table.columns == ["a", "b"]
    assert table.row(0) == (measure([1.0, 2.0]), measure([3.0, 4.0, 9.0]))
    array = xr.DataArray(frame.to_numpy(), dims=("firm", "industry"), coords={"industry": ["a", "b"]})
    assert measure(array).dims == ("industry",)
    np.testing.assert_array_equal(measure(array), got)
    assert measure(np.ma.masked_invalid(frame.to_numpy()))[0] == measure([1.0, 2.0])


def test_labels_must_agree():
    x = pd.Series([1.0, 2.0], index=["a", "b"])
    for measure in WEIGHTED:
        with pytest.raises(ValueError, match=r"weights: its index and the index of values differ; align"):
            measure(x, x[::-1])
    with pytest.raises(ValueError, match="groups: its index and the index of values differ"):
        snd.theil_decomposition(x, x[::-1])


def test_decomposition_of_tables_and_labels():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 9.0], "b": [4.0, 4.0, 4.0, 4.0]})
    found = snd.theil_decomposition(table, ["x", "y", None, "x"])
    assert found.total.index.tolist() == ["a", "b"]
    assert found.groups.shape == found.shares.shape == (2, 2)
    assert found.total["a"] == snd.theil([1.0, 2.0, 9.0])
    assert found.groups[0, 0] == snd.theil([1.0, 9.0])
    np.testing.assert_array_equal(found.groups[:, 1], [0.0, 0.0])
    sideways = snd.theil_decomposition(table.to_numpy().T, ["x", "y", None, "x"], axis=1)
    np.testing.assert_array_equal(sideways.groups, found.groups)
    frame = pl.DataFrame({"a": [1.0, 2.0, 3.0, 9.0], "b": [4.0, 4.0, 4.0, 4.0]})
    np.testing.assert_array_equal(snd.theil_decomposition(frame, ["x", "y", None, "x"]).groups, found.groups)
    weighted = snd.theil_decomposition(table["a"], [0, 1, 1, 0], [1.0, 2.0, 0.5, 3.0])
    assert weighted.total == snd.theil(table["a"], [1.0, 2.0, 0.5, 3.0])
    empty = pd.Categorical(["x", "x", "z", "z"], categories=["x", "y", "z"])
    found = snd.theil_decomposition(table["a"], empty)
    assert math.isnan(found.groups[1])
    assert found.shares[1] == 0.0
    nobody = snd.theil_decomposition([1.0, 2.0], [None, None])
    assert math.isnan(nobody.total)
    assert nobody.groups.shape == (0,)
    with pytest.raises(ValueError, match="groups: expected a label for each of 2 rows along axis 0, got 3"):
        snd.theil_decomposition([1.0, 2.0], [1, 2, 3])
    with pytest.raises(ValueError, match="values: rows differ in length"):
        snd.theil_decomposition([[1.0, 2.0], [3.0]], [1, 2])
    with pytest.raises(ValueError, match="measure"):
        snd.theil_decomposition([1.0, 2.0], [1, 2], measure="G")


def test_decomposition_with_zeros():
    found = snd.theil_decomposition([0.0, 1.0, 2.0, 2.0], [0, 0, 1, 1], measure="L")
    assert found.within == found.total == math.inf
    assert math.isfinite(found.between)
    found = snd.theil_decomposition([0.0, 0.0, 1.0, 3.0], [0, 0, 1, 1], measure="L")
    assert found.between == found.total == math.inf
    assert math.isnan(found.groups[0])
    found = snd.theil_decomposition([0.0, 0.0, 1.0, 3.0], [0, 0, 1, 1])
    assert found.between == pytest.approx(math.log(2), rel=1e-15)
    assert math.isnan(found.groups[0])
    assert found.between + found.within == pytest.approx(float(found.total), rel=4e-16)


def test_arguments():
    for k in (0, -1, 1.5, "2", True):
        with pytest.raises(ValueError, match="k: expected a whole number from 1"):
            snd.concentration_ratio([1.0, 2.0], k)
    for scale in (0, -1.0, math.nan, math.inf):
        with pytest.raises(ValueError, match="scale: expected a positive number"):
            snd.hhi([1.0], scale=scale)
    with pytest.raises(TypeError, match="scale: expected a number"):
        snd.hhi([1.0], scale="percent")
    for base in (1, 0.5, -2):
        with pytest.raises(ValueError, match="base: expected a"):
            snd.entropy([1.0], base=base)
    with pytest.raises(ValueError, match="base: evenness has no unit"):
        snd.entropy([1.0], base=2, evenness=True)
    with pytest.raises(ValueError, match="rows"):
        snd.hhi([[1.0, 2.0], [3.0]])


def test_no_warnings_and_read_only_memory():
    x = np.array([0.0, 5e-324, 1.7e308, 1.7e308, np.nan, 1.0])
    x.flags.writeable = False
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for measure in PLAIN:
            measure(x)
            measure(np.array([0.0, 6e-8], np.float16))
            measure([np.inf, -0.0])


def test_large_columns_are_sorted_right():
    random = np.random.default_rng(3)
    x = random.lognormal(size=100_001)
    k = np.arange(1, len(x) + 1)
    want = 2 * math.fsum(k * np.sort(x)) / (len(x) * math.fsum(x)) - (len(x) + 1) / len(x)
    assert float(snd.gini(x)) == pytest.approx(want, rel=1e-13)
    w = random.integers(1, 4, len(x))
    repeated = np.repeat(x, w)
    assert snd.gini(x, w) == snd.gini(repeated)
    assert snd.concentration_ratio(x, 1000) == pytest.approx(np.sort(x)[-1000:].sum() / x.sum(), rel=1e-13)
