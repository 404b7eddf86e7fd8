"""Regions and industries against rational arithmetic, published totals, and in every container."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import sndstats as snd

# O. Farhauer and A. Kröll, Standorttheorien, 2013: a nation and two of its regions.
NATION = [[400, 150, 150, 400], [440, 210, 135, 480], [460, 230, 155, 500]]
REGION_A = [[90, 20, 10, 60], [100, 40, 10, 55], [105, 45, 15, 60]]
REGION_B = [[60, 30, 30, 40], [85, 55, 40, 35]]
METHODS = ["classic", "esteban_marquillas", "arcelus"]

cells = st.one_of(st.just(0.0), st.floats(1e-3, 1e9), st.integers(1, 999).map(float))
positive = st.one_of(st.floats(1e-3, 1e9), st.integers(1, 999).map(float))


def tables(elements, count=1):
    shape = arrays.array_shapes(min_dims=2, max_dims=2, max_side=5)
    return shape.flatmap(
        lambda s: st.tuples(*(arrays.arrays(float, s, elements=elements) for _ in range(count)))
    )


def fractions(table):
    return [[Fraction(float(x)) for x in row] for row in table]


def near(got, want, ulp, size=None):
    """Within so many units in the last place of a value, or of the size of its terms."""
    return abs(Fraction(float(got)) - want) <= ulp * Fraction(math.ulp(float(size or abs(want))))


@settings(max_examples=150)
@given(tables(cells))
@example((np.array([[0.0, 1.0], [0.001, 6601584.0]]),))
@example((np.array([[0.0, 1.0], [0.001953125, 6601585.0]]),))
def test_location_quotients_and_the_indices_of_structure(drawn):
    table = drawn[0]
    e = fractions(table)
    region, industry = [sum(r) for r in e], [sum(c) for c in zip(*e, strict=True)]
    total = sum(region)
    found = {
        m: snd.location_quotient(table, method=m) for m in ("ratio", "symmetric", "additive", "structure")
    }
    krugman, hachman = snd.krugman(table), snd.hachman(table)
    for r, row in enumerate(e):
        if not region[r]:
            assert math.isnan(krugman[r])
            assert math.isnan(hachman[r])
        for i, cell in enumerate(row):
            if not region[r] or not industry[i]:
                assert math.isnan(found["ratio"][r, i])
                continue
            s, t = cell / region[r], industry[i] / total
            assert near(found["ratio"][r, i], s / t, 1)
            assert near(found["symmetric"][r, i], (s - t) / (s + t), 1)
            assert near(found["structure"][r, i], s - t, 1)
            assert near(found["additive"][r, i], cell / industry[i] - region[r] / total, 1)
        if region[r]:
            shares = [(c / region[r], n / total) for c, n in zip(row, industry, strict=True)]
            assert near(krugman[r], sum(abs(s - t) for s, t in shares), 1)
            assert 0.0 <= krugman[r] <= 2.0
            assert near(hachman[r], 1 / sum(s * s / t for s, t in shares if t), 1)
            assert 0.0 < hachman[r] <= 1.0


@settings(max_examples=100)
@given(tables(positive))
@example((np.array([[1.0, 6601583.0], [1.0, 6601584.0]]),))
def test_the_other_regions_as_reference(drawn):
    table = drawn[0]
    e = fractions(table)
    for r, row in enumerate(e):
        others = [sum(x[i] for k, x in enumerate(e) if k != r) for i in range(len(row))]
        got = snd.krugman(table, include_self=False)[r]
        if not sum(others):
            assert math.isnan(got)
            continue
        want = sum(abs(c / sum(row) - o / sum(others)) for c, o in zip(row, others, strict=True))
        assert near(got, want, 1)


@settings(max_examples=100)
@given(
    st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=5),
    st.lists(st.integers(-9, 9), min_size=1, max_size=5),
)
def test_what_is_spread_alike_does_not_differ_at_all(structure, sizes):
    table = np.ldexp(structure, np.array(sizes)[:, np.newaxis])
    for method, want in (("ratio", 1), ("symmetric", 0), ("additive", 0), ("structure", 0)):
        np.testing.assert_array_equal(snd.location_quotient(table, method=method), np.full(table.shape, want))
    np.testing.assert_array_equal(snd.krugman(table), np.zeros(len(sizes)))
    if len(sizes) > 1:
        np.testing.assert_array_equal(snd.krugman(table, include_self=False), np.zeros(len(sizes)))
    np.testing.assert_array_equal(snd.hachman(table), np.ones(len(sizes)))
    assert snd.hoover(structure, [4 * x for x in structure]) == 0.0
    assert snd.ellison_glaeser(structure, range(len(structure)), [4 * x for x in structure]).G == 0.0
    for method in METHODS:
        terms = snd.shift_share(table, 2 * table, method=method).terms
        for name, term in terms.items():
            if name not in ("national", "national_expected"):
                np.testing.assert_array_equal(term, np.zeros(table.shape))


def test_cells_from_one_end_of_the_range_to_the_other():
    table = np.array([[1e-300, 3e-300], [1e300, 2e300]])
    np.testing.assert_allclose(snd.location_quotient(table)[0], [0.75, 1.125], rtol=1e-15)
    np.testing.assert_array_equal(snd.shift_share(table, 2 * table).regional, np.zeros((2, 2)))
    most = np.full((3, 3), 1.7e308)
    np.testing.assert_array_equal(snd.location_quotient(most), np.ones((3, 3)))
    np.testing.assert_array_equal(snd.shift_share(most / 2, most).national, most / 2)


@settings(max_examples=100)
@given(tables(cells), st.randoms())
def test_the_same_bits_for_any_order_of_rows_and_columns(drawn, random):
    table = drawn[0]
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    other = table[rows][:, columns]
    np.testing.assert_array_equal(
        snd.location_quotient(table)[rows][:, columns], snd.location_quotient(other)
    )
    for measure in (snd.krugman, snd.hachman):
        np.testing.assert_array_equal(measure(table)[rows], measure(other))
    first = snd.shift_share(table, 2 * table, method="arcelus").total()
    second = snd.shift_share(other, 2 * other, method="arcelus").total()
    for name, term in first.terms.items():
        np.testing.assert_array_equal(term[rows], second.terms[name])


def exact_terms(start, end):
    """Every term of every method by its textbook formula."""
    a, b = fractions(start), fractions(end)
    region = [(sum(x), sum(y)) for x, y in zip(a, b, strict=True)]
    industry = [(sum(x), sum(y)) for x, y in zip(zip(*a, strict=True), zip(*b, strict=True), strict=True)]
    whole = sum(x for x, _ in region), sum(y for _, y in region)
    g = whole[1] / whole[0] - 1
    for r, row in enumerate(a):
        for i, e in enumerate(row):
            gi, gr = industry[i][1] / industry[i][0] - 1, region[r][1] / region[r][0] - 1
            gir, h = b[r][i] / e - 1, region[r][0] * industry[i][0] / whole[0]
            classic = {"national": e * g, "mix": e * (gi - g), "regional": e * (gir - gi)}
            parts = {"national": g, "mix": gi - g, "regional": gr - g, "regional_mix": gir - gi - (gr - g)}
            split = {f"{k}_expected": h * q for k, q in parts.items()}
            split |= {f"{k}_differential": (e - h) * q for k, q in parts.items()}
            homothetic = classic | {"regional": h * (gir - gi), "allocation": (e - h) * (gir - gi)}
            yield (r, i), {"classic": classic, "esteban_marquillas": homothetic, "arcelus": split}


@settings(max_examples=120)
@given(tables(positive, 2))
def test_shift_share_terms_and_what_they_add_up_to(drawn):
    start, end = drawn
    found = {m: snd.shift_share(start, end, method=m) for m in METHODS}
    for at, exact in exact_terms(start, end):
        change = Fraction(float(end[at])) - Fraction(float(start[at]))
        for method, terms in exact.items():
            assert set(terms) == set(found[method].terms)
            for name, want in terms.items():
                # Differences of growth rates have some 100 bits.
                slack = Fraction(2) ** -90 * sum(abs(x) for x in terms.values())
                assert abs(Fraction(float(getattr(found[method], name)[at])) - want) <= (
                    Fraction(math.ulp(float(want))) + slack
                )
            largest = max(abs(float(x)) for x in terms.values())
            got = sum(Fraction(float(x[at])) for x in found[method].terms.values())
            assert abs(got - change) <= len(terms) * Fraction(math.ulp(largest))


@settings(max_examples=60)
@given(tables(positive, 2), st.integers(-400, 400))
def test_shift_share_in_other_units(drawn, power):
    """Haynes and Machunda (1987): terms of a table in another unit are the terms in that unit."""
    start, end = drawn
    for method in METHODS:
        one = snd.shift_share(start, end, method=method)
        two = snd.shift_share(np.ldexp(start, power), np.ldexp(end, power), method=method)
        for name, term in one.terms.items():
            np.testing.assert_array_equal(np.ldexp(term, power), two.terms[name])


def test_published_totals_of_a_region_in_its_nation():
    start, end = [REGION_A[0], REGION_B[0]], [REGION_A[1], REGION_B[1]]
    nation = (NATION[0], NATION[1])
    total = snd.shift_share(start, end, reference=nation).total()
    np.testing.assert_allclose(total.national, [27, 24], rtol=1e-14)
    np.testing.assert_allclose(total.mix, [1, -1], rtol=1e-14)
    np.testing.assert_allclose(total.regional, [-3, 32], rtol=1e-14)
    np.testing.assert_array_equal(total.change, [25, 55])
    total = snd.shift_share(start, end, reference=nation, method="esteban_marquillas").total()
    np.testing.assert_allclose(total.regional, [-0.636363636364, 18.4242424242], rtol=1e-11)
    np.testing.assert_allclose(total.allocation, [-2.363636363636, 13.5757575758], rtol=1e-11)
    total = snd.shift_share(start, end, reference=nation, method="arcelus").total()
    np.testing.assert_allclose(total.national, [27, 24], rtol=1e-14)
    np.testing.assert_allclose(total.regional_mix_expected[0], 1.363636363636, rtol=1e-12)
    np.testing.assert_allclose(total.regional_mix_differential[0], -2.363636363636, rtol=1e-12)
    np.testing.assert_allclose(total.regional_expected[0], -2, rtol=1e-14)


def test_published_dynamic_shift_share():
    levels = np.array([[year] for year in REGION_A])
    nation = np.array(NATION)
    found = snd.shift_share(
        levels[:-1], levels[1:], method="dynamic", reference=(nation[:-1], nation[1:])
    ).total()
    np.testing.assert_allclose(found.national, [39.964426877470], rtol=1e-13)
    np.testing.assert_allclose(found.mix, [0.163699625656], rtol=1e-11)
    np.testing.assert_allclose(found.regional, [4.871873496873], rtol=1e-12)
    assert found.change.tolist() == [45.0]
    second = snd.shift_share(levels[1], levels[2], reference=(nation[1], nation[2])).total()
    np.testing.assert_allclose(second.national, [12.964426877470], rtol=1e-13)
    np.testing.assert_allclose(second.mix, [-0.836300374344], rtol=1e-11)
    np.testing.assert_allclose(second.regional, [7.871873496873], rtol=1e-12)
    assert snd.shift_share(levels[:0], levels[:0], method="dynamic").national.shape == (1, 4)
    array = xr.DataArray(levels, dims=("year", "region", "industry"), coords={"region": ["A"]})
    found = snd.shift_share(array[:-1], array[1:], method="dynamic", reference=(nation[:-1], nation[1:]))
    assert found.national.dims == ("region", "industry")
    assert found.total().national.coords["region"].item() == "A"


def test_published_figures_that_other_indices_are_made_of():
    """What packages have functions of their own for, by the ones that are here."""
    # REAT's gini.conc: the Gini coefficient of location quotients, regions counting equally.
    industry, total = np.array([500, 500, 1000, 7000, 1000]), np.array([20000, 15000, 20000, 40000, 5000])
    assert float(snd.gini(industry / total)) == pytest.approx(0.406896551724, abs=1e-12)
    # EconGeo's manual: locational.Gini of each industry, and the mean quotient, weighted by the shares.
    table = np.array(
        [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]]
    )
    halves = [float(snd.gini(column / table.sum(axis=1), table.sum(axis=1))) / 2 for column in table.T]
    np.testing.assert_allclose(halves, [0.40, 0.18, 0.27, 0.31, 0.28], rtol=1e-14)
    mean = (snd.location_quotient(table) * table / 100).sum(axis=1)
    np.testing.assert_allclose(mean, [5, 2.625, 1.7, 1.575, 2.325], rtol=1e-14)
    # Gerfin's factors of structure and location, of FK 2013.
    start = np.array([REGION_A[0], REGION_B[0]])
    total = snd.shift_share(
        start, [REGION_A[1], REGION_B[1]], reference=(NATION[0], NATION[1]), method="classic"
    ).total()
    base, nation = start.sum(axis=1), start.sum(axis=1) + total.national
    structure, location = (nation + total.mix) / nation, (base + total.change) / (nation + total.mix)
    np.testing.assert_allclose(structure, [1.004830917874, 0.994565217391], rtol=1e-12)
    np.testing.assert_allclose(location, [0.985576923077, 1.174863387978], rtol=1e-12)
    np.testing.assert_allclose(structure * location, [0.990338164251, 1.168478260870], rtol=1e-12)
    # What each industry adds to the growth of the nation, 15 percent.
    points = snd.contribution(np.array(NATION[:2]))[1]
    np.testing.assert_allclose(100 * points, [3.636364, 5.454545, -1.363636, 7.272727], atol=5e-7)


def test_what_starts_at_zero():
    start, end = [[0.0, 2.0, 0.0], [4.0, 2.0, 0.0]], [[3.0, 3.0, 1.0], [5.0, 2.0, 0.0]]
    classic = snd.shift_share(start, end)
    assert [float(t[0, 0]) for t in classic.terms.values()] == [0.0, 0.0, 3.0]
    assert np.isnan(classic.mix[:, 2]).all()
    assert not np.isnan(classic.national).any()
    homothetic = snd.shift_share(start, end, method="esteban_marquillas")
    assert np.isnan(homothetic.allocation[0, 0])
    assert np.isnan(classic.total(skipna=False).mix).all()
    np.testing.assert_array_equal(classic.total().mix, classic.mix[:, 0] + classic.mix[:, 1])
    nothing = snd.shift_share(np.zeros((2, 2)), np.ones((2, 2)))
    assert np.isnan(nothing.national).all()


def test_missing_cells():
    table = np.array([[10.0, np.nan], [20.0, 30.0]])
    quotient = snd.location_quotient(table)
    assert math.isnan(quotient[0, 1])
    assert quotient[0, 0] == 2.0  # all of it, against 30 of 60
    assert np.isnan(snd.location_quotient(table, skipna=False)).sum() == 4
    assert snd.krugman(table)[0] == 0.5
    assert np.isnan(snd.krugman(table, skipna=False)).all()
    assert snd.hachman(table)[0] == 0.5
    growth = snd.shift_share([[1.0, 2.0], [3.0, 4.0]], [[2.0, np.nan], [4.0, 5.0]])
    assert math.isnan(growth.national[0, 1])
    assert growth.national[0, 0] == 3 / 8  # 8 became 11 where both are there
    assert snd.hoover([1.0, np.nan, 3.0], [1.0, 5.0, 1.0]) == 0.25
    assert math.isnan(snd.hoover([1.0, np.nan, 3.0], [1.0, 5.0, 1.0], skipna=False))


def test_a_reference():
    region = pd.DataFrame([[30, 10]], index=["SND"], columns=["photonics", "medical"])
    nation = pd.Series([100, 300], index=["photonics", "medical"])
    quotient = snd.location_quotient(region, reference=nation)
    assert quotient.loc["SND"].tolist() == [3.0, 1 / 3]
    assert snd.krugman(region, reference=nation)["SND"] == 1.0
    assert snd.hachman(region, reference=[0, 400])["SND"] == 0.0
    assert snd.krugman(region, reference=[60, 60], include_self=False)["SND"] == 0.75
    assert math.isnan(snd.krugman(region, reference=[20, 60], include_self=False)["SND"])  # not part of it
    assert snd.location_quotient(region, reference=[0, 400]).iloc[0].tolist() == [math.inf, 0.25]
    with pytest.raises(ValueError, match="reference: its index differs from the columns of the table; align"):
        snd.location_quotient(region, reference=nation[::-1])
    with pytest.raises(ValueError, match=r"reference: expected a figure for each industry, shape \(2,\)"):
        snd.krugman(region, reference=[1.0])
    for wrong in ([1.0, 2.0], ([1.0, 2.0],), 3.0):
        with pytest.raises(ValueError, match="reference"):
            snd.shift_share(region, region, reference=wrong)
    with pytest.raises(ValueError, match="at the start and at the end, got one of them only"):
        snd.shift_share(region, region, reference=(nation, None))


def test_containers():
    frame = pd.DataFrame([[1.0, 3.0], [4.0, 2.0]], index=["A", "B"], columns=["x", "y"])
    plain = frame.to_numpy()
    got = snd.location_quotient(frame)
    pd.testing.assert_frame_equal(got, pd.DataFrame(snd.location_quotient(plain), frame.index, frame.columns))
    pd.testing.assert_series_equal(snd.krugman(frame), pd.Series(snd.krugman(plain), frame.index))
    nullable = frame.astype("Float64")
    nullable.iloc[0, 0] = pd.NA
    assert snd.location_quotient(nullable).iloc[0, 0] is pd.NA
    assert snd.krugman(nullable).dtype == "Float64"
    shift = snd.shift_share(frame, 2 * frame)
    pd.testing.assert_frame_equal(shift.national, frame)
    assert shift.total().national.index.tolist() == ["A", "B"]
    columns = pl.DataFrame({"x": [1, 4], "y": [3, 2]})
    assert snd.location_quotient(columns).columns == ["x", "y"]
    assert snd.krugman(columns).to_list() == snd.krugman(plain).tolist()
    assert snd.shift_share(columns, columns).regional["x"].to_list() == [0.0, 0.0]
    array = xr.DataArray(plain, dims=("region", "industry"), coords={"region": ["A", "B"]})
    assert snd.hachman(array).dims == ("region",)
    assert snd.hachman(array).coords["region"].values.tolist() == ["A", "B"]
    np.testing.assert_array_equal(snd.location_quotient(array), snd.location_quotient(plain))
    single = plain.astype(np.float32)
    assert snd.location_quotient(single).dtype == snd.hachman(single).dtype == np.float32
    assert snd.shift_share(single, single).national.dtype == np.float32
    assert snd.location_quotient(plain.astype(np.int8)).dtype == np.float64
    np.testing.assert_array_equal(
        snd.location_quotient(np.asfortranarray(plain)), snd.location_quotient(plain)
    )


def test_tables_that_do_not_fit():
    with pytest.raises(ValueError, match=r"table: expected a table, regions by industries, got shape \(2,\)"):
        snd.location_quotient([1.0, 2.0])
    with pytest.raises(ValueError, match=r"table: expected figures from 0, got -1.0 at position \(1, 0\)"):
        snd.krugman([[1.0, 2.0], [-1.0, 3.0]])
    with pytest.raises(ValueError, match="method"):
        snd.location_quotient([[1.0]], method="log")
    with pytest.raises(ValueError, match="method"):
        snd.shift_share([[1.0]], [[1.0]], method="gerfin")
    with pytest.raises(ValueError, match=r"end: expected the shape of start, \(1, 2\), got \(1, 1\)"):
        snd.shift_share([[1.0, 2.0]], [[1.0]])
    with pytest.raises(ValueError, match="start: expected a table, years by regions by industries"):
        snd.shift_share([[1.0]], [[1.0]], method="dynamic")
    a = pd.DataFrame([[1.0], [2.0]], index=["A", "B"])
    with pytest.raises(ValueError, match="end: its index differs"):
        snd.shift_share(a, a[::-1])
    with pytest.raises(TypeError, match="table: expected numbers"):
        snd.hachman([["a"]])
    assert snd.location_quotient(np.ones((0, 3))).shape == (0, 3)
    assert snd.krugman(np.ones((3, 0))).shape == (3,)
    assert np.isnan(snd.krugman(np.ones((3, 0)))).all()


def test_shift_share_names_its_terms():
    found = snd.shift_share([[1.0]], [[2.0]], method="arcelus")
    assert "mix_expected" in dir(found)
    assert found.mix == found.mix_expected + found.mix_differential
    with pytest.raises(
        AttributeError, match="'allocation' is no term of this method; there are national_exp"
    ):
        _ = found.allocation
    with pytest.raises(ValueError, match="by region already"):
        found.total().total()


def test_hoover():
    assert snd.hoover([0, 10, 10, 30, 50], [10, 15, 20, 25, 30]) == 0.25
    table = np.array([[0, 10, 10, 30, 50], [10, 15, 20, 25, 30]]).T
    np.testing.assert_array_equal(snd.hoover(table, table[:, 1]), [0.25, 0.0])
    np.testing.assert_array_equal(snd.hoover(table, table), [0.0, 0.0])
    np.testing.assert_array_equal(snd.hoover(table.T, table[:, 1], axis=1), [0.25, 0.0])
    for a, b in (([0, 0], [1, 1]), ([1, 1], [0, 0]), ([], []), ([1, math.inf], [1, 1])):
        assert math.isnan(snd.hoover(a, b))
    with pytest.raises(ValueError, match="reference: expected figures from 0, got -1"):
        snd.hoover([1, 1], [1, -1])
    with pytest.raises(ValueError, match=r"reference: expected the shape of values, \(2,\), or one"):
        snd.hoover([1, 1], [1, 1, 1])
    x = pd.Series([1.0, 2.0], ["a", "b"])
    with pytest.raises(ValueError, match="reference: its index and the index of values differ; align"):
        snd.hoover(x, x[::-1])


@settings(max_examples=150)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=12))
def test_hoover_is_the_formula(pairs):
    a, b = (list(map(Fraction, side)) for side in zip(*pairs, strict=True))
    got = snd.hoover(*zip(*pairs, strict=True))
    if not sum(a) or not sum(b):
        assert math.isnan(got)
        return
    want = sum(abs(x / sum(a) - y / sum(b)) for x, y in zip(a, b, strict=True)) / 2
    assert near(got, want, 1)
    assert 0.0 <= got <= 1.0
    assert snd.hoover(*zip(*pairs[::-1], strict=True)) == got
    assert snd.hoover(*(np.ldexp(side, 700) for side in zip(*pairs, strict=True))) == got


PLANTS = [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000]
PLACES = ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"]
ACTIVITY = {"Wien": 500_000, "Linz": 400_000, "Graz": 100_000}


def test_ellison_glaeser_of_any_order_and_labels():
    want = snd.ellison_glaeser(PLANTS, PLACES, ACTIVITY)
    assert want.gamma == pytest.approx(0.0599062841165, abs=1e-13)
    assert want.z == pytest.approx(0.195900197026, abs=1e-12)
    order = np.random.default_rng(1).permutation(10)
    shuffled = [PLANTS[k] for k in order], [PLACES[k] for k in order]
    assert snd.ellison_glaeser(*shuffled, ACTIVITY) == want
    assert snd.ellison_glaeser(*shuffled, dict(reversed(ACTIVITY.items()))) == want
    assert snd.ellison_glaeser(*shuffled, pd.Series(ACTIVITY)) == want
    codes = [["Wien", "Linz", "Graz"].index(place) for place in PLACES]
    assert snd.ellison_glaeser(PLANTS, codes, list(ACTIVITY.values())) == want
    assert snd.ellison_glaeser([*PLANTS, 7, math.nan], [*codes, -1, 0], list(ACTIVITY.values())) == want
    assert snd.ellison_glaeser([*PLANTS, 0], [*PLACES, None], ACTIVITY) == want
    categories = pd.Categorical(PLACES, categories=["Graz", "Linz", "Wien", "Bonn"])
    with pytest.raises(ValueError, match="regions: 'Bonn' is not in reference"):
        snd.ellison_glaeser(PLANTS, categories, ACTIVITY)


def test_ellison_glaeser_of_what_has_none():
    assert math.isnan(snd.ellison_glaeser([5.0], [0], [1.0, 2.0]).gamma)
    assert math.isnan(snd.ellison_glaeser([5.0, 1.0], [0, 0], [1.0]).gamma)
    assert math.isnan(snd.ellison_glaeser([5.0, math.nan], [0, 1], [1.0, 2.0], skipna=False).G)
    assert math.isnan(snd.ellison_glaeser([5.0, 1.0], [0, 1], [1.0, math.nan]).G)
    assert math.isnan(snd.ellison_glaeser([0.7], [0], [0.1, 0.1, 0.1]).z)  # G is 2/3 wherever it is
    empty = snd.ellison_glaeser([], [], [1.0, 2.0])
    assert math.isnan(empty.gamma)
    assert empty.plants == 0
    with pytest.raises(ValueError, match="regions: 2 at row 1 is not below 2"):
        snd.ellison_glaeser([5.0, 1.0], [0, 2], [1.0, 2.0])
    with pytest.raises(ValueError, match="regions: 'Bonn' is not in reference"):
        snd.ellison_glaeser([5.0], ["Bonn"], ACTIVITY)
    with pytest.raises(TypeError, match="regions: expected numbers"):
        snd.ellison_glaeser([5.0], ["Bonn"], [1.0])
    with pytest.raises(ValueError, match="regions: expected a whole position"):
        snd.ellison_glaeser([5.0], [0.5], [1.0])
    with pytest.raises(ValueError, match="regions: expected one for each of 2 values, got 1"):
        snd.ellison_glaeser([5.0, 1.0], [0], [1.0])
    with pytest.raises(ValueError, match="values: expected one dimension"):
        snd.ellison_glaeser([[5.0]], [0], [1.0])
    with pytest.raises(ValueError, match="reference: expected figures from 0, got -1"):
        snd.ellison_glaeser([5.0], [0], [-1.0])
    with pytest.raises(ValueError, match=r"regions: expected a whole position for each plant, got \[-inf"):
        snd.ellison_glaeser([5.0, 1.0], [-math.inf, 0.0], [1.0])
    with pytest.raises(ValueError, match="reference: 'Wien' is there twice"):
        snd.ellison_glaeser([5.0], ["Wien"], pd.Series([1.0, 2.0], ["Wien", "Wien"]))
    for reference in (5.0, None, np.array(5.0)):
        with pytest.raises(ValueError, match=r"reference: expected a figure for each region, got shape \(\)"):
            snd.ellison_glaeser([5.0], [0], reference)
    with pytest.raises(ValueError, match="regions: its index differs"):
        snd.ellison_glaeser(pd.Series([1.0, 2.0]), pd.Series([0, 1], index=[5, 6]), [1.0, 2.0])


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.floats(0.1, 1e6), st.integers(0, 3)), min_size=2, max_size=12),
    st.lists(st.floats(0.1, 1e6), min_size=4, max_size=4),
)
def test_ellison_glaeser_is_the_formula(plants, reference):
    sizes, regions = zip(*plants, strict=True)
    e, total = list(map(Fraction, sizes)), sum(map(Fraction, reference))
    x = [Fraction(v) / total for v in reference]
    c = [sum(v for v, r in zip(e, regions, strict=True) if r == k) / sum(e) for k in range(4)]
    g, h = sum((a - b) ** 2 for a, b in zip(c, x, strict=True)), sum(v**2 for v in e) / sum(e) ** 2
    x2 = sum(v**2 for v in x)
    found = snd.ellison_glaeser(sizes, regions, reference)
    assert near(found.G, g, 1)
    assert near(found.H, h, 1)
    if h < Fraction(999999, 1000000):
        gamma = (g - (1 - x2) * h) / ((1 - x2) * (1 - h))
        assert near(found.gamma, gamma, 1, max(1e-9, abs(float(gamma))))


def test_no_warnings_and_read_only_memory():
    table = np.array([[0.0, 0.0, 5e-324], [0.0, 1.7e308, 1.7e308], [np.nan, 1.0, np.inf]])
    table.flags.writeable = False
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for method in ("ratio", "symmetric", "additive", "structure"):
            snd.location_quotient(table, method=method)
        snd.krugman(table)
        snd.hachman(table)
        for method in METHODS:
            snd.shift_share(table, table[::-1], method=method).total()
        snd.hoover(table, table[::-1])
