"""Growth, contributions and growing members of clusters against exact fractions and by hand."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core

NAN = float("nan")
INF = float("inf")
figures = st.one_of(
    st.floats(allow_nan=True, allow_infinity=False, width=64),
    st.floats(-1e3, 1e3),
    st.sampled_from([0.0, -0.0, 5e-324, 1.0, 1.5e308, NAN]),
)


def rounded(exact: Fraction) -> float:
    try:
        return float(exact)  # correctly rounded: Python's true division of integers
    except OverflowError:
        return INF if exact > 0 else -INF


def over(change: Fraction, base: Fraction) -> float:
    if base == 0:
        return NAN if change == 0 else INF if change > 0 else -INF
    return rounded(change / base)


def exact_sums(codes, start, end, weights=None):
    """Exact totals of both periods over the rows with both, by cluster."""
    sums = {}
    weights = [1.0] * len(codes) if weights is None else weights
    for g, x, y, w in zip(codes, start, end, weights, strict=True):
        if g >= 0 and x == x and y == y and w == w:
            a, b = sums.get(g, (Fraction(0), Fraction(0)))
            sums[g] = a + Fraction(x) * Fraction(w), b + Fraction(y) * Fraction(w)
    return sums


@given(st.lists(st.tuples(st.integers(-1, 3), figures, figures, st.floats(0, 1e10)), min_size=1, max_size=25))
def test_all_three_are_correctly_rounded(rows):
    codes, start, end, weights = (list(x) for x in zip(*rows, strict=True))
    clusters = snd.Clusters.from_codes(codes, 4)
    for factors in (None, weights):
        sums = exact_sums(codes, start, end, factors)
        whole = [sum(x[k] for x in sums.values()) for k in (0, 1)]
        change = Fraction(whole[1] - whole[0])
        growth = clusters.growth(start, end, factors)
        points, total = clusters.contribution(start, end, factors, return_total=True)
        shares = clusters.contribution_share(start, end, factors)
        np.testing.assert_array_equal(total, over(change, Fraction(whole[0])) if sums else NAN)
        for g in range(4):
            a, b = sums.get(g, (None, None))
            if a is None:
                assert np.isnan([growth[g], points[g], shares[g]]).all()
                continue
            np.testing.assert_array_equal(growth[g], over(b - a, a))
            np.testing.assert_array_equal(points[g], over(b - a, Fraction(whole[0])))
            np.testing.assert_array_equal(shares[g], over(b - a, change))


def test_a_small_growth_of_large_figures_keeps_its_digits():
    start, end = [1e16, 1.0, 1.0], [1e16, 2.0, 1.0]
    got = snd.Clusters.from_codes([0, 0, 0]).growth(start, end)
    assert got.tolist() == [rounded(Fraction(1) / (Fraction(10) ** 16 + 2))]
    top = snd.Clusters.from_codes([0, 0]).growth([1.5e308, 1.5e308], [1.7e308, 1.5e308])
    assert top.tolist() == [rounded((Fraction(1.7e308) - Fraction(1.5e308)) / (2 * Fraction(1.5e308)))]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_neither_order_nor_threads_change_a_bit(threads):
    rng = np.random.default_rng(5)
    start, end = rng.lognormal(3, 4, 250_000), rng.lognormal(3, 4, 250_000)
    codes = rng.integers(-1, 300, 250_000)
    start[rng.random(250_000) < 0.05] = NAN
    order = rng.permutation(250_000)
    for name in ("growth", "contribution", "contribution_share"):
        one = getattr(snd.Clusters.from_codes(codes, 300), name)(start, end, threads=1)
        two = getattr(snd.Clusters.from_codes(codes[order], 300), name)(
            start[order], end[order], threads=threads
        )
        np.testing.assert_array_equal(one, two)


def test_rows_without_both_figures_do_not_count():
    clusters = snd.Clusters.from_codes([0, 0, 0, 1, -1])
    start, end = [10.0, 20.0, NAN, NAN, 7.0], [11.0, NAN, 90.0, 4.0, 70.0]
    np.testing.assert_array_equal(clusters.growth(start, end), [0.1, NAN])
    points, total = clusters.contribution(start, end, return_total=True)
    np.testing.assert_array_equal(points, [0.1, NAN])
    assert total == 0.1
    np.testing.assert_array_equal(clusters.contribution_share(start, end), [1.0, NAN])
    found = clusters.growing(start, end)
    assert found.growing.tolist() == [1, 0]
    assert found.present.tolist() == [1, 0]
    np.testing.assert_array_equal(found.share, [1.0, NAN])


def test_bases_follow_the_policies_of_growth_rate():
    clusters = snd.Clusters(["a", "b", "c", "d", "e"])
    start, end = [0.0, 0.0, -10.0, -10.0, 10.0], [5.0, 0.0, -5.0, 5.0, -5.0]
    for base in ("ieee", "nan", "abs"):
        expected = [snd.growth_rate([x, y], base=base)[1] for x, y in zip(start, end, strict=True)]
        np.testing.assert_array_equal(clusters.growth(start, end, base=base), expected)
    with pytest.raises(ValueError, match="start: the base of cluster a is zero or negative"):
        clusters.growth(start, end, base="raise")
    later = snd.Clusters(["a", "a", "b", "b", "b"])
    with pytest.raises(ValueError, match="start: the base of cluster a is zero or negative"):
        later.growth([1.0, -1.0, 2.0, 3.0, 1.0], [1.0] * 5, base="raise")
    assert later.growth([1.0, 1.0, 2.0, 3.0, -1.0], [1.0] * 5, base="raise").tolist() == [0.0, -0.25]
    with pytest.raises(ValueError, match="base: expected one of"):
        clusters.growth(start, end, base="zero")


def test_a_base_below_the_smallest_double_has_a_sign():
    """Products of figures and weights: 1e-600 is positive, though as a double it is zero."""
    clusters = snd.Clusters(["a", "b"])
    start, end, weights = [1e-300, -1e-300], [3e-300, -3e-300], [1e-300, 1e-300]
    rate = [rounded((Fraction(y) - Fraction(x)) / abs(Fraction(x))) for x, y in zip(start, end, strict=True)]
    np.testing.assert_array_equal(clusters.growth(start, end, weights, base="nan"), [rate[0], NAN])
    np.testing.assert_array_equal(clusters.growth(start, end, weights, base="abs"), rate)
    with pytest.raises(ValueError, match="cluster b is zero or negative"):
        clusters.growth(start, end, weights, base="raise")
    assert clusters.growth([INF, 1.0], [1.0, 2.0], base="raise")[1] == 1.0
    with pytest.raises(ValueError, match="cluster a"):
        clusters.growth([-INF, 1.0], [1.0, 2.0], base="raise")


def test_infinities_give_what_ieee_arithmetic_gives():
    clusters = snd.Clusters.from_codes([0, 1, 2, 3])
    start, end = [1.0, INF, INF, -INF], [INF, 1.0, INF, INF]
    np.testing.assert_array_equal(clusters.growth(start, end), [INF, NAN, NAN, -INF / INF])
    assert np.isnan(clusters.contribution_share(start, end)).all()


def test_contributions_add_up():
    rng = np.random.default_rng(2)
    start, end = rng.normal(100, 40, 1000), rng.normal(103, 40, 1000)
    clusters = snd.Clusters.from_codes(rng.integers(0, 12, 1000))
    points, total = clusters.contribution(start, end, return_total=True)
    away = abs(sum(map(Fraction, points.tolist())) - Fraction(float(total)))
    assert away <= sum(Fraction(np.spacing(abs(x))) / 2 for x in [*points.tolist(), float(total)])
    shares = clusters.contribution_share(start, end)
    away = abs(sum(map(Fraction, shares.tolist())) - 1)
    assert away <= sum(Fraction(np.spacing(abs(x))) / 2 for x in shares.tolist())


def test_of_columns_they_are_those_of_the_package():
    """One row for each part: the same as `contribution` and `contribution_share` of a table."""
    start, end = np.array([60.0, 30.0, 25.0, -15.0]), np.array([62.0, 29.0, 28.0, -17.0])
    clusters = snd.Clusters.from_codes([0, 1, 2, 3])
    table = np.stack([start, end])
    np.testing.assert_array_equal(clusters.contribution(start, end), snd.contribution(table)[1])
    np.testing.assert_array_equal(clusters.contribution_share(start, end), snd.contribution_share(table)[1])


def test_integers_are_exact():
    big = 2**62
    clusters = snd.Clusters.from_codes([0, 0, 1])
    start, end = np.array([big, big, big + 1]), np.array([big, big + 3, big])
    expected = [rounded(Fraction(3, 2 * big)), rounded(Fraction(-1, big + 1))]
    assert clusters.growth(start, end).tolist() == expected
    assert clusters.growing(start, end).growing.tolist() == [1, 0]
    unsigned = clusters.growing(start.astype(np.uint64) * 2, end.astype(np.uint64) * 2)
    assert unsigned.growing.tolist() == [1, 0]
    with pytest.raises(ValueError, match="same type"):
        clusters.growth(start, end.astype(np.uint64))
    assert clusters.growth([1, 1, 4], [1.5, 1.5, 5.0]).tolist() == [0.5, 0.25]


def test_float32_stays_and_is_rounded_once():
    start = np.array([0.1, 0.2, 0.7], np.float32)
    end = np.array([0.3, 0.1, 0.9], np.float32)
    clusters = snd.Clusters.from_codes([0, 0, 1])
    got = clusters.growth(start, end)
    assert got.dtype == np.float32
    for g, rows in enumerate(([0, 1], [2])):
        a, b = (sum(Fraction(float(x[i])) for i in rows) for x in (start, end))
        assert abs(Fraction(float(got[g])) - (b - a) / a) <= Fraction(float(np.spacing(abs(got[g])))) / 2
    points, total = clusters.contribution(start, end, return_total=True)
    assert points.dtype == np.float32
    assert total.dtype == np.float32
    assert clusters.growing(start, end).share.dtype == np.float64


def test_columns_axes_and_weights():
    rng = np.random.default_rng(1)
    start, end = rng.random((2, 6, 3)), rng.random((2, 6, 3))
    weights = rng.random(6)
    clusters = snd.Clusters.from_codes([0, 1, 0, 2, 1, 0])
    for name in ("growth", "contribution", "contribution_share"):
        got = getattr(clusters, name)(start, end, weights, axis=1)
        assert got.shape == (2, 3, 3)
        for a in range(2):
            for b in range(3):
                one = getattr(clusters, name)(start[a, :, b], end[a, :, b], weights)
                np.testing.assert_array_equal(got[a, :, b], one)
    found = clusters.growing(start, end, axis=1)
    np.testing.assert_array_equal(
        found.growing[1, :, 2], clusters.growing(start[1, :, 2], end[1, :, 2]).growing
    )
    assert clusters.contribution(start, end, axis=1, return_total=True)[1].shape == (2, 3)


def test_pandas_keep_labels_names_and_missing_values():
    index = pd.Index(["p", "q", "r"], name="firm")
    clusters = snd.Clusters(pd.Series(["a", "b", "a"], index=index, name="chain"))
    start = pd.Series([1.0, 2.0, 3.0], index=index, name="sales")
    got = clusters.growth(start, start * 2)
    labels = pd.Index(["a", "b"], name="chain")
    pd.testing.assert_series_equal(got, pd.Series([1.0, 1.0], index=labels, name="sales"))
    frame = pd.DataFrame({"x": pd.array([1, 2, None], "Int64"), "y": [1.0, NAN, 2.0]}, index=index)
    after = pd.DataFrame({"x": pd.array([2, None, 3], "Int64"), "y": [2.0, 2.0, 3.0]}, index=index)
    table = clusters.growth(frame, after)
    assert table["x"].tolist() == [1.0, pd.NA]
    assert str(table["x"].dtype) == "Float64"
    np.testing.assert_array_equal(table["y"], [2 / 3, NAN])
    assert list(table.index) == ["a", "b"]
    assert clusters.growing(frame, after).growing["x"].tolist() == [1, 0]
    _, total = clusters.contribution(frame, after, return_total=True)
    assert total.index.tolist() == ["x", "y"]
    assert total.tolist() == [1.0, 2 / 3]
    one = clusters.contribution(frame["x"], after["x"])
    assert one.tolist() == [1.0, pd.NA]
    with pytest.raises(ValueError, match="end: its index and the index of labels differ"):
        clusters.growth(start, start.rename({"p": "x"}))
    plain = snd.Clusters.from_codes([0, 1, 0])
    with pytest.raises(ValueError, match="end: its index and the index of start differ"):
        plain.growth(start, start.rename({"p": "x"}))
    with pytest.raises(ValueError, match="end: its columns and the columns of start differ"):
        plain.growth(frame, after[["y", "x"]])


def test_clusters_that_overlap_count_a_row_once_in_the_total():
    # Row 0 is in clusters 0 and 1, row 1 in cluster 1, row 2 in none.
    clusters = snd.Clusters.from_membership([[1, 1], [0, 1], [0, 0]])
    start, end = [10.0, 30.0, 99.0], [12.0, 36.0, 0.0]
    assert clusters.growth(start, end).tolist() == [0.2, 0.2]
    points, total = clusters.contribution(start, end, return_total=True)
    assert points.tolist() == [2 / 40, 8 / 40]
    assert total == 8 / 40
    assert clusters.contribution_share(start, end).tolist() == [0.25, 1.0]
    assert clusters.growing(start, end).present.tolist() == [1, 2]
    half = snd.Clusters.from_membership([[0.5, 0.5], [0, 1], [0, 0]])
    assert half.growth([10.0, 30.0, 99.0], [12.0, 39.0, 0.0]).tolist() == [0.2, 10 / 35]
    assert half.contribution(start, end).tolist() == [1 / 40, 7 / 40]


def test_clusters_of_too_few_rows_are_missing_and_stay_in_the_total():
    clusters = snd.Clusters.from_codes([0, 0, 0, 1, 1])
    start, end = [10.0, 20.0, NAN, 30.0, 4.0], [11.0, 22.0, 5.0, NAN, 6.0]
    np.testing.assert_array_equal(clusters.growth(start, end, min_count=2), [0.1, NAN])
    points, total = clusters.contribution(start, end, min_count=2, return_total=True)
    np.testing.assert_array_equal(points, [3 / 34, NAN])
    assert total == 5 / 34
    np.testing.assert_array_equal(clusters.contribution_share(start, end, min_count=2), [0.6, NAN])
    found = clusters.growing(start, end, min_count=2)
    assert found.growing.tolist() == [2, 1]
    assert found.present.tolist() == [2, 1]
    np.testing.assert_array_equal(found.share, [1.0, NAN])
    assert clusters.growth(start, end, [1.0, NAN, 1.0, 1.0, 1.0], min_count=1).tolist() == [0.1, 0.5]
    assert np.isnan(clusters.growth(start, end, [1.0, NAN, 1.0, 1.0, 1.0], min_count=2)).all()
    assert np.isnan(clusters.growth(start, end, min_count=10**30)).all()
    for call in (clusters.growth, clusters.contribution, clusters.contribution_share, clusters.growing):
        with pytest.raises(ValueError, match="min_count: expected a whole number from 0, got -1"):
            call(start, end, min_count=-1)
    # A base that is not asked for is not refused.
    assert np.isnan(clusters.growth([-1.0] * 5, [1.0] * 5, base="raise", min_count=4)).all()


def test_nullable_figures_at_either_end_give_nullable_rates():
    clusters = snd.Clusters(["a", "a", "b", "c"])
    plain = pd.Series([0, 0, 5, -2], name="sales")
    for dtype, made in (("Int64", "Float64"), ("int64[pyarrow]", "double[pyarrow]")):
        later = pd.Series([0, 0, None, 1], dtype=dtype)
        for got in (clusters.growth(plain, later), clusters.growth([0, 0, 5, -2], later)):
            assert str(got.dtype) == made
            assert got.index.tolist() == ["a", "b", "c"]
            assert got.isna().tolist() == [False, True, False]  # 0/0 is no missing value
        ruled = clusters.growth(plain, later, base="nan")
        assert ruled.isna().all()
        assert clusters.growth(plain, later, min_count=2).isna().tolist() == [False, True, True]
        found = clusters.growing(plain, later)
        assert found.growing.tolist() == [0, 0, 1]
        assert found.share.isna().tolist() == [False, True, False]
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0], "y": pd.array([1, 2, None, 4], "Int64")})
    table = clusters.growth(frame.to_numpy(float, na_value=NAN), frame)
    assert [str(x) for x in table.dtypes] == ["float64", "Float64"]
    assert table["y"].isna().tolist() == [False, True, False]
    wide = frame.fillna(0).T.astype(float)
    sideways = clusters.growth(wide, wide, axis=1)
    assert sideways.columns.tolist() == ["a", "b", "c"]


def test_nothing_gives_nothing():
    clusters = snd.Clusters.from_codes([], 2)
    assert np.isnan(clusters.growth([], [])).tolist() == [True, True]
    points, total = clusters.contribution([], [], return_total=True)
    assert np.isnan(points).all()
    assert np.isnan(total)
    assert clusters.growing([], []).present.tolist() == [0, 0]
    assert snd.Clusters.from_codes([], 0).growth([], []).shape == (0,)
    assert clusters.growth(np.empty((0, 0)), np.empty((0, 0))).shape == (2, 0)
    assert clusters.growing(np.empty((0, 0)), np.empty((0, 0))).growing.dtype == np.int64


def test_what_does_not_fit_is_refused():
    clusters = snd.Clusters.from_codes([0, 1])
    with pytest.raises(ValueError, match="start: expected 2 rows along axis 0"):
        clusters.growth([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="end: expected the shape of start"):
        clusters.growth([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="start: expected an array"):
        clusters.growing(1.0, 2.0)
    with pytest.raises(ValueError, match="weights: must not be negative"):
        clusters.contribution([1.0, 2.0], [1.0, 2.0], [1.0, -1.0])
    with pytest.raises(TypeError, match="end"):
        clusters.growth([1.0, 2.0], ["a", "b"])


def test_the_extension_checks_what_could_corrupt_memory():
    codes, x = np.array([0, 5], np.int32), np.ones(2)
    with pytest.raises(ValueError, match="out of range"):
        _core.pair_codes(x, None, codes, 2, x, False, 1)
    with pytest.raises(ValueError, match="out of range"):
        _core.pair_growing(x, None, codes, 2, x, 0, 1)
    with pytest.raises(ValueError, match="end"):
        _core.pair_codes(x, None, codes, 9, np.ones(3), False, 1)
    with pytest.raises(TypeError, match="end"):
        _core.pair_codes(x, None, codes, 9, np.ones(2, np.float32), False, 1)
    with pytest.raises(TypeError, match="int32"):
        _core.pair_growing(x, None, codes.astype(np.int64), 9, x, 0, 1)
    one, two = (_core.exact_state(x, None, np.zeros(2, np.int32), n, 0, True, 1) for n in (1, 2))
    with pytest.raises(ValueError, match="bad argument"):
        _core.exact_change(one, two, None, None, 0, 0, 0, False)
    with pytest.raises(ValueError, match="bad argument"):
        _core.exact_change(two, two, one, two, 1, 0, 0, False)
    with pytest.raises(TypeError, match="state"):
        _core.exact_change(two, two, None, one, 1, 0, 0, False)
    with pytest.raises(ValueError, match="form"):
        _core.exact_change(two, two, one, one, 3, 0, 0, False)
    with pytest.raises(ValueError, match="min_count"):
        _core.exact_change(two, two, None, None, 0, 0, -1, False)
    with pytest.raises(TypeError, match="state"):
        _core.exact_signs(None)


def test_results_have_the_name_of_both_periods_or_none():
    c = snd.Clusters(["a", "b"])
    start = pd.Series([1.0, 2.0], name="sales")
    for end, name in ((start * 2, "sales"), ((start * 2).rename("later"), None)):
        assert c.growth(start, end).name == name
        assert c.growing(start, end).share.name == name
