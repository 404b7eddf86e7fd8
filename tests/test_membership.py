"""Clusters that overlap, against every member counted by hand in exact rationals."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

FORMATS = ("bsr", "coo", "csc", "csr", "dia", "dok", "lil")
SHARES = np.array([0.0, 0.0, 0.25, 0.5, 1.0, 3.0, 0.1])


def members(matrix, values, weights, k, skipna=True):
    """(row, value, factor) of the members of cluster k; a share times a weight is rounded once."""
    found = []
    for row in range(len(matrix)):
        share, value = matrix[row][k], values[row]
        weight = 1.0 if weights is None else weights[row]
        if share == 0 or math.isnan(weight) or (skipna and math.isnan(value)):
            continue
        found.append((row, Fraction(value), Fraction(float(share) * weight)))
    return found


def median_of(found):
    """Half of the weight lies up to the result."""
    found = sorted((x, w) for _, x, w in found if w > 0)
    total, run = sum((w for _, w in found), Fraction(0)), Fraction(0)
    for k, (x, w) in enumerate(found):
        run += w
        if 2 * run > total:
            return x
        if 2 * run == total:
            return (x + found[k + 1][0]) / 2
    return None


def oracle(name, found, ddof=1):
    """The statistic as a Fraction, row number or None for NaN."""
    if name == "count":
        return Fraction(len(found))
    if name == "nunique":
        return Fraction(len({x for _, x, _ in found}))
    if name == "sum":
        return sum((x * w for _, x, w in found), Fraction(0))
    if name in ("argmin", "argmax"):
        if not found:
            return Fraction(-1)
        best = (min if name == "argmin" else max)(x for _, x, _ in found)
        return Fraction(next(row for row, x, _ in found if x == best))
    if name == "any":
        return Fraction(any(x != 0 for _, x, _ in found))
    if name == "all":
        return Fraction(all(x != 0 for _, x, _ in found))
    if not found:
        return None
    values = [x for _, x, _ in found]
    if name in ("min", "max"):
        return (min if name == "min" else max)(values)
    if name in ("first", "last"):
        return values[0 if name == "first" else -1]
    if name == "median":
        return median_of(found)
    total = sum(w for _, _, w in found)
    if total == 0:
        return None
    mean = sum(x * w for _, x, w in found) / total
    if name == "mean":
        return mean
    assert name == "var"
    return None if total <= ddof else sum(w * (x - mean) ** 2 for _, x, w in found) / (total - ddof)


# std is the root of var
STATISTICS = ("all", "any", "argmax", "argmin", "count", "first", "last", "max", "mean", "median", "min")
STATISTICS += ("nunique", "sum", "var")


def check(matrix, clusters, values, weights=None):
    matrix = np.asarray(matrix)
    for name in STATISTICS:
        got = getattr(clusters, name)(values, weights)
        for k in range(matrix.shape[1]):
            want = oracle(name, members(matrix, values, weights, k))
            if want is None:
                assert math.isnan(got[k]), (name, k, got[k])
            else:
                assert got[k] == float(want), (name, k, got[k], want)


def drawn(seed, rows=40, columns=5):
    rng = np.random.default_rng(seed)
    matrix = rng.choice(SHARES, (rows, columns))
    matrix[:, 2] = 0.0
    matrix[3] = 0.0
    values = np.round(rng.normal(10.0, 20.0, rows), 1)
    values[rng.random(rows) < 0.15] = np.nan
    values[7] = values[8]
    weights = rng.choice([0.0, 0.3, 1.0, 2.0, np.nan], rows)
    return matrix, values, weights


@pytest.mark.parametrize("seed", range(4))
def test_every_statistic_of_weighted_memberships(seed):
    matrix, values, weights = drawn(seed)
    clusters = snd.Clusters.from_membership(matrix)
    assert clusters.sizes.tolist() == (matrix != 0).sum(axis=0).tolist()
    check(matrix, clusters, values)
    check(matrix, clusters, values, weights)


@pytest.mark.parametrize("seed", range(2))
def test_every_statistic_of_plain_memberships(seed):
    matrix, values, weights = drawn(seed)
    inside = matrix != 0
    for given_matrix in (inside, inside.astype(np.int8), inside.astype(np.float32)):
        clusters = snd.Clusters.from_membership(given_matrix)
        check(inside, clusters, values)
        check(inside, clusters, values, weights)


@settings(max_examples=60)
@given(st.data())
def test_any_shares_and_values(data):
    rows, columns = data.draw(st.integers(0, 8)), data.draw(st.integers(0, 3))
    share = st.sampled_from([0.0, 0.0, 1.0, 0.1, 2.0**-40, 1e300])
    matrix = np.array([[data.draw(share) for _ in range(columns)] for _ in range(rows)], np.float64).reshape(
        rows, columns
    )
    value = st.floats(-1e6, 1e6) | st.just(float("nan"))
    values = np.array([data.draw(value) for _ in range(rows)], np.float64)
    clusters = snd.Clusters.from_membership(matrix)
    for name in ("sum", "mean", "median", "max", "argmin", "count"):
        got = getattr(clusters, name)(values)
        for k in range(columns):
            want = oracle(name, members(matrix, values, None, k))
            assert math.isnan(got[k]) if want is None else got[k] == float(want)


@pytest.mark.parametrize("kind", ["matrix", "array"])
@pytest.mark.parametrize("form", FORMATS)
def test_sparse_matrices_of_every_format(form, kind):
    matrix, values, weights = drawn(9)
    made = getattr(scipy.sparse, f"coo_{kind}")(matrix).asformat(form)
    clusters = snd.Clusters.from_membership(made)
    dense = snd.Clusters.from_membership(matrix)
    assert clusters.codes.tolist() == dense.codes.tolist()
    check(matrix, clusters, values, weights)


@pytest.mark.parametrize("form", ["coo", "csr", "csc"])
def test_entries_that_are_there_twice_are_added_up_in_a_copy(form):
    # 100 + 100 does not fit int8, in which SciPy would add them up.
    entries = np.array([100, 100, 0, 1, 1], np.int8)
    made = scipy.sparse.coo_array((entries, ([0, 0, 1, 1, 2], [1, 1, 0, 1, 0])), shape=(4, 2))
    if form != "coo":
        count = [0, 2, 4, 5, 5] if form == "csr" else [0, 2, 5]
        where = [1, 1, 0, 1, 0] if form == "csr" else [1, 2, 0, 0, 1]
        ordered = entries if form == "csr" else np.array([0, 1, 100, 100, 1], np.int8)
        made = getattr(scipy.sparse, f"{form}_array")((ordered, where, count), shape=(4, 2))
    kept = made.data.copy()
    clusters = snd.Clusters.from_membership(made)
    assert made.data.tolist() == kept.tolist()
    assert clusters.sizes.tolist() == [1, 2]  # a zero that is stored is outside
    assert clusters.sum([1.0, 10.0, 100.0, 1000.0]).tolist() == [100.0, 210.0]


def test_rows_of_a_sparse_matrix_come_in_order_whatever_its_format():
    made = scipy.sparse.coo_array(([1, 1, 1], ([2, 0, 1], [0, 0, 0])), shape=(3, 1))
    clusters = snd.Clusters.from_membership(made)
    assert clusters.first([7, 8, 9]).tolist() == [7]
    assert clusters.last([7, 8, 9]).tolist() == [9]


def test_integers_stay_integers_without_shares_and_become_floats_with_them():
    whole = snd.Clusters.from_membership([[1, 1], [0, 1]])
    got = whole.sum([2**62, 2**60 + 1])
    assert got.dtype == np.int64
    assert got.tolist() == [2**62, 2**62 + 2**60 + 1]
    assert snd.Clusters.from_membership([[0.5, 1], [0, 1]]).sum([6, 7]).tolist() == [3.0, 13.0]
    assert whole.max(np.array([1, 2**64 - 1], np.uint64)).tolist() == [1, 2**64 - 1]


def test_several_columns_and_another_axis():
    matrix, values, weights = drawn(5)
    clusters = snd.Clusters.from_membership(matrix)
    table = np.column_stack([values, values[::-1], np.arange(len(values)) / 3])
    for name in STATISTICS:
        columns = [getattr(clusters, name)(table[:, j], weights) for j in range(3)]
        np.testing.assert_array_equal(getattr(clusters, name)(table, weights), np.column_stack(columns))
        np.testing.assert_array_equal(getattr(clusters, name)(table.T, weights, axis=1), np.array(columns))


def test_quantiles_and_greatest_values_are_those_of_the_members():
    matrix, values, _ = drawn(6)
    clusters = snd.Clusters.from_membership(matrix)
    tops, quantiles = clusters.top(values, 3), clusters.quantile(values, [0.25, 0.5])
    for k in range(matrix.shape[1]):
        inside = values[(matrix[:, k] != 0) & ~np.isnan(values)]
        want = np.full(3, np.nan)
        want[: min(3, len(inside))] = np.sort(inside)[::-1][:3]
        np.testing.assert_array_equal(tops[k], want)
        if len(inside) == 0:
            assert np.isnan(quantiles[:, k]).all()
            continue
        ordered = [Fraction(x) for x in sorted(inside)]
        for q, got in zip([0.25, 0.5], quantiles[:, k], strict=True):
            place = Fraction(q * (len(ordered) - 1))
            low = int(place)
            high = min(low + 1, len(ordered) - 1)
            assert got == float(ordered[low] + (ordered[high] - ordered[low]) * (place - low))


def test_missing_values_that_are_not_skipped():
    clusters = snd.Clusters.from_membership([[1, 0], [0.5, 2], [0, 1]])
    values = [1.0, np.nan, 3.0]
    assert np.isnan(clusters.sum(values, skipna=False)).all()
    assert clusters.count(values, skipna=False).tolist() == [2, 2]
    assert clusters.argmax(values, skipna=False).tolist() == [1, 1]
    np.testing.assert_array_equal(clusters.any(values, skipna=False), [1.0, 1.0])
    np.testing.assert_array_equal(clusters.all(values, skipna=False), [np.nan, np.nan])
    np.testing.assert_array_equal(clusters.any(values, min_count=2), [np.nan, np.nan])
    assert np.isnan(clusters.top(values, 1, skipna=False)).all()
    np.testing.assert_array_equal(clusters.top(values, 1, [1.0, np.nan, 1.0], skipna=False), [[1.0], [3.0]])
    integers = pd.Series([1, None, 3], dtype="Int64")
    assert clusters.all(integers, skipna=False).isna().all()
    assert clusters.top(integers, 1, skipna=False).isna().to_numpy().all()
    assert clusters.argmax(integers, skipna=False).tolist() == [1, 1]
    assert clusters.argmin(integers).tolist() == [0, 2]
    assert clusters.sum(values, min_count=1).tolist() == [1.0, 3.0]
    assert np.isnan(clusters.sum(values, min_count=2)).all()


def test_masked_values_and_nullable_columns():
    clusters = snd.Clusters.from_membership([[1, 1], [1, 0], [0, 1]])
    masked = np.ma.array([1, 2, 4], mask=[False, True, False])
    assert clusters.sum(masked).tolist() == [1, 5]
    assert clusters.max(masked).tolist() == [1.0, 4.0]
    nullable = pd.Series([None, None, 4], dtype="Int64")
    got = clusters.min(nullable)
    assert got.dtype == "Int64"
    assert got.isna().tolist() == [True, False]
    assert got[1] == 4
    shared = snd.Clusters.from_membership([[0.5, 1], [1, 0], [0, 1]])
    got = shared.var(pd.Series([1, 3, 4], dtype="Int64"), ddof=0)
    assert got.tolist() == [float(Fraction(8, 9)), 2.25]
    # The shares of the first cluster, 1.5, are more than ddof, that of its only member here is not.
    assert shared.var(pd.Series([1, 3, 4], dtype="Int64")).tolist() == [float(Fraction(8, 3)), 4.5]


def test_frames_give_labels_and_rows():
    frame = pd.DataFrame({"chips": [1, 0, 1], "medical": [0, 2, 1]}, index=list("xyz"))
    clusters = snd.Clusters.from_membership(frame)
    sums = clusters.sum(pd.Series([1.0, 2.0, 4.0], index=list("xyz"), name="output"))
    pd.testing.assert_series_equal(
        sums, pd.Series([5.0, 8.0], index=pd.Index(["chips", "medical"]), name="output")
    )
    with pytest.raises(ValueError, match="align them first"):
        clusters.sum(pd.Series([1.0, 2.0, 4.0], index=list("zyx")))
    table = pd.DataFrame({"a": [1, 2, 4], "b": [1.5, 2.5, 3.5]}, index=list("xyz"))
    assert clusters.max(table).to_dict("list") == {"a": [4, 4], "b": [3.5, 3.5]}
    named = snd.Clusters.from_membership(frame, labels=["c", "m"])
    assert list(named.labels) == ["c", "m"]
    columns = snd.Clusters.from_membership(pl.DataFrame({"chips": [1, 0], "medical": [True, True]}))
    assert list(columns.labels) == ["chips", "medical"]
    assert columns.sum([1, 10]).tolist() == [1, 11]
    assert snd.Clusters.from_membership(np.eye(2)).labels.tolist() == [0, 1]


def test_a_matrix_without_members():
    clusters = snd.Clusters.from_membership(np.zeros((3, 2)))
    assert (clusters.sizes.tolist(), len(clusters)) == ([0, 0], 2)
    assert repr(clusters) == "<Clusters: 2 over 3 rows>"
    assert clusters.sum([1.0, 2.0, 3.0]).tolist() == [0.0, 0.0]
    assert clusters.argmin([1.0, 2.0, 3.0]).tolist() == [-1, -1]
    assert np.isnan(clusters.median([1.0, 2.0, 3.0])).all()
    assert snd.Clusters.from_membership(np.empty((0, 0))).sum([]).tolist() == []
    assert snd.Clusters.from_membership(scipy.sparse.csr_array((2, 0))).sum([1, 2]).tolist() == []


@pytest.mark.parametrize(
    "matrix",
    [
        [[1.0, 0.0], [0.0, -0.5]],
        scipy.sparse.csc_array([[1.0, 0.0], [0.0, -0.5]]),
        pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, -0.5]}),
    ],
)
def test_a_negative_entry_is_named(matrix):
    with pytest.raises(ValueError, match=r"matrix: .*got -0\.5 at row 1, column 1"):
        snd.Clusters.from_membership(matrix)


@pytest.mark.parametrize(
    "matrix",
    [
        [[1.0, np.nan]],
        [[1, None]],
        scipy.sparse.coo_matrix([[1.0, np.nan]]),
        np.ma.array([[1, 5]], mask=[[False, True]]),
        pd.DataFrame({"a": [1], "b": [None]}, dtype="Int64"),
        pl.DataFrame({"a": [1], "b": [None]}, schema={"a": pl.Int64, "b": pl.Int64}),
    ],
)
def test_a_missing_entry_is_named(matrix):
    with pytest.raises(ValueError, match=r"matrix: .*got nan at row 0, column 1"):
        snd.Clusters.from_membership(matrix)


def test_other_bad_matrices():
    with pytest.raises(ValueError, match=r"got inf at row 0, column 0"):
        snd.Clusters.from_membership([[np.inf]])
    with pytest.raises(ValueError, match=r"two dimensions, got shape \(3,\)"):
        snd.Clusters.from_membership([1, 0, 1])
    with pytest.raises(TypeError, match="matrix: expected real numbers"):
        snd.Clusters.from_membership([["a", "b"]])
    with pytest.raises(TypeError, match="complex128"):
        snd.Clusters.from_membership(scipy.sparse.csr_array([[1j]]))
    with pytest.raises(ValueError, match=r"2\*\*53"):
        snd.Clusters.from_membership([[2**53 + 1]])
    with pytest.raises(ValueError, match=r"2\*\*53"):
        snd.Clusters.from_membership(scipy.sparse.csr_array([[2**53 + 1]]))
    with pytest.raises(ValueError, match=r"2\*\*53"):
        snd.Clusters.from_membership(pl.DataFrame({"a": [2**53 + 1], "b": [0.5]}))
    with pytest.raises(ValueError, match="labels: expected one for each of 2 clusters, got 1"):
        snd.Clusters.from_membership([[1, 0]], labels=["a"])
    with pytest.raises(ValueError, match="values: expected 2 rows along axis 0"):
        snd.Clusters.from_membership([[1, 1], [1, 1]]).sum([1.0, 2.0, 3.0, 4.0])
    with pytest.raises(ValueError, match="do not overlap"):
        snd.roll_up([1.0], by=snd.Clusters.from_membership([[1, 1]]), method=snd.roll_up_methods()[0].name)


def test_products_of_weights_that_overflow_or_vanish_do_so_quietly():
    clusters = snd.Clusters.from_membership([[1e300, 1e-300]])
    got = clusters.sum([1.0], weights=[1e300])
    assert got.tolist() == [np.inf, 1.0]
    assert clusters.sum([1.0], weights=[1e-300]).tolist() == [1e300 * 1e-300, 0.0]


def of_members(matrix, k, *columns):
    """(share, figures) of the members of cluster k that have all figures, as Fractions."""
    return [
        (Fraction(float(matrix[row][k])), *(Fraction(float(x[row])) for x in columns))
        for row in range(len(matrix))
        if matrix[row][k] != 0 and not any(math.isnan(x[row]) for x in columns)
    ]


def moments(found):
    """Weight, sum of products and sums of squares about the means."""
    total = sum(w for w, _, _ in found)
    a, b = (sum(row[0] * row[j] for row in found) / total for j in (1, 2))
    both = sum(w * (x - a) * (y - b) for w, x, y in found)
    return total, both, [sum(w * (row[j] - m) ** 2 for w, *row in found) for j, m in ((0, a), (1, b))]


@pytest.mark.parametrize("seed", range(6))
def test_two_variables_of_weighted_memberships(seed):
    matrix, x, _ = drawn(seed)
    y = drawn(seed + 50)[1]
    clusters = snd.Clusters.from_membership(matrix)
    covariance, slope = clusters.covariance(x, y), clusters.slope(x, y)
    growth = clusters.growth(np.abs(y) + 1.0, np.abs(x) + 1.0)
    growing = clusters.growing(np.abs(y), np.abs(x))
    for k in range(matrix.shape[1]):
        found = of_members(matrix, k, x, y)
        assert growing.present[k] == len(found)
        assert growing.growing[k] == sum(abs(a) > abs(b) for _, a, b in found)
        if not found:
            assert np.isnan([covariance[k], slope[k], growth[k]]).all()
            continue
        total, both, squares = moments(found)
        assert covariance[k] == float(both / (total - 1))
        assert slope[k] == float(both / squares[1])
        found = of_members(matrix, k, np.abs(x) + 1.0, np.abs(y) + 1.0)
        start, end = (sum(row[0] * row[j] for row in found) for j in (2, 1))
        assert growth[k] == float(end / start - 1)


@pytest.mark.parametrize("seed", range(3))
def test_contributions_of_weighted_memberships(seed):
    matrix, end, _ = drawn(seed)
    end, start = np.abs(end) + 1.0, np.abs(drawn(seed + 50)[1]) + 1.0
    got = snd.Clusters.from_membership(matrix).contribution(start, end)
    rows = [row for row in range(len(matrix)) if any(matrix[row]) and not math.isnan(start[row] + end[row])]
    base = sum(Fraction(start[row]) for row in rows)  # each once, however many clusters it is in
    for k in range(matrix.shape[1]):
        found = of_members(matrix, k, start, end)
        want = sum(w * (b - a) for w, a, b in found) / base if found else None
        assert math.isnan(got[k]) if want is None else got[k] == float(want)


@pytest.mark.parametrize("seed", range(3))
def test_shares_in_concentration_and_disclosure_multiply_the_figures(seed):
    matrix, x, _ = drawn(seed, rows=12)
    x = np.abs(x)
    clusters = snd.Clusters.from_membership(matrix)
    hhi, greatest = clusters.hhi(x), clusters.concentration_ratio(x, 2)
    unsafe = clusters.disclosure(x, min_count=2, dominance=(1, 70), p=10).unsafe
    for k in range(matrix.shape[1]):
        parts = sorted((w * a for w, a in of_members(matrix, k, x)), reverse=True)
        total = sum(parts)
        if not parts:
            assert np.isnan([hhi[k], greatest[k]]).all()
            continue
        assert math.isclose(hhi[k], sum(a * a for a in parts) / total**2, rel_tol=1e-15)
        assert math.isclose(greatest[k], sum(parts[:2]) / total, rel_tol=1e-15)
        rest = total - sum(parts[:2])
        assert unsafe[k] == (len(parts) < 2 or 10 * parts[0] > 7 * total or 10 * rest < parts[0])


def test_shares_in_inequality_are_weights():
    matrix, x, weights = drawn(3)
    x = np.abs(x)
    clusters = snd.Clusters.from_membership(matrix)
    gini, theil = clusters.gini(x, weights), clusters.theil(x, weights)
    for k in range(matrix.shape[1]):
        found = [(a, w) for _, a, w in members(matrix, x, weights, k) if w > 0]
        if not found:
            assert np.isnan([gini[k], theil[k]]).all()
            continue
        total = sum(w for _, w in found)
        mean = sum(a * w for a, w in found) / total
        apart = sum(v * w * abs(a - b) for a, v in found for b, w in found)
        assert math.isclose(gini[k], apart / (2 * mean * total**2), rel_tol=1e-14)
        ratios = [(float(a / mean), float(w / total)) for a, w in found if a > 0]
        assert math.isclose(theil[k], math.fsum(w * q * math.log(q) for q, w in ratios), rel_tol=1e-12)


def test_several_statistics_and_states_are_those_of_single_ones():
    matrix, x, weights = drawn(4)
    clusters = snd.Clusters.from_membership(matrix)
    table = clusters.agg(x, ["sum", "var", "argmax", "first", "median", "nunique"], weights)
    for name in table:
        np.testing.assert_array_equal(table[name], getattr(clusters, name)(x, weights))
    names = ["sum", "mean", "std", "min", "argmin", "last", "count"]
    state = clusters.state(names).update(x, weights=weights)
    for name, found in state.result().items():
        np.testing.assert_array_equal(found, getattr(clusters, name)(x, weights))


@pytest.mark.parametrize("name", ["transform", "share", "rank"])
def test_results_for_each_row_need_clusters_that_do_not_overlap(name):
    clusters = snd.Clusters.from_membership([[1, 1], [0, 1]])
    options = ("sum",) if name == "transform" else ()
    with pytest.raises(ValueError, match=f"{name}: expected clusters that do not overlap"):
        getattr(clusters, name)([1.0, 2.0], *options)
