"""Contributions to growth against exact rationals: they add up, whatever the method."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

NAN, INF = math.nan, math.inf
LEVELS = st.one_of(st.floats(-1e6, 1e6), st.floats(-1e-3, 1e-3), st.integers(-9, 9).map(float))
POSITIVE = st.one_of(st.floats(1e-3, 1e6), st.integers(1, 9).map(float))


def two_rows(elements, most=9):
    """Two periods of some parts."""
    return st.integers(1, most).flatmap(
        lambda n: st.lists(st.lists(elements, min_size=n, max_size=n), min_size=2, max_size=2)
    )


def exact(rows):
    return [[Fraction(x) for x in row] for row in rows]


def near(got, want, ulps):
    """Whether a double is a rational within so many units in its last place."""
    return abs(Fraction(float(got)) - want) <= ulps * Fraction(math.ulp(float(want)))


def adds_up(points, growth):
    """As many units in the last place, of the largest of them, as there are parts."""
    unit = Fraction(math.ulp(max(map(abs, [*points, growth]))))
    return abs(sum(map(Fraction, points)) - Fraction(growth)) <= len(points) * unit


@settings(max_examples=400)
@given(two_rows(LEVELS))
def test_additive_contributions_are_those_of_exact_totals_and_add_up(rows):
    before, now = exact(rows)
    base = sum(before)
    if abs(base) < 1e-300:
        return
    points, growth = snd.contribution(np.array(rows), return_total=True)
    for point, x, y in zip(points[1], before, now, strict=True):
        assert near(point, (y - x) / base, 2)
    assert near(growth[1], sum(now) / base - 1, 2)
    assert adds_up(points[1].tolist(), float(growth[1]))


@settings(max_examples=200)
@given(two_rows(st.integers(-(2**60), 2**60), 7))
def test_integers_are_subtracted_and_added_exactly(rows):
    before, now = exact(rows)
    base = sum(before)
    if base == 0:
        return
    points, growth = snd.contribution(np.array(rows, dtype=np.int64), return_total=True)
    for point, x, y in zip(points[1], before, now, strict=True):
        assert near(point, (y - x) / base, 2)
    assert near(growth[1], sum(now) / base - 1, 2)
    assert adds_up(points[1].tolist(), float(growth[1]))
    shares = snd.contribution_share(np.array(rows, dtype=np.int64), min_growth=0)[1]
    change = sum(now) - base
    for share, x, y in zip(shares, before, now, strict=True):
        assert near(share, (y - x) / change, 2) if change else math.isnan(share)


def test_integers_above_2_to_the_53_and_unsigned_ones():
    x = np.array([[2**53, 2**53], [2**53 + 1, 2**53]], np.int64)
    assert snd.contribution(x)[1].tolist() == [2.0**-54, 0.0]
    u = np.array([[2**63, 5], [2**63 - 1024, 2**62]], np.uint64)
    points, growth = snd.contribution(u, return_total=True)
    assert near(points[1, 0], Fraction(-1024, 2**63 + 5), 2)
    assert near(growth[1], Fraction(2**62 - 5 - 1024, 2**63 + 5), 2)
    given_ = snd.contribution(x, np.array([2**60, 2**60 + 1]), return_total=True)
    assert given_[1][1] == 2.0**-60
    with pytest.raises(OverflowError, match="parts: their exact total does not fit int64; convert"):
        snd.contribution(np.full((2, 2), 2**62))


def test_changes_that_the_rounded_totals_lose_are_seen():
    x = [[1e16, 0.25], [1e16, 0.75]]
    points, growth = snd.contribution(x, return_total=True)
    assert growth[1] == points[1, 1] == 0.5 / 1e16
    assert snd.contribution_share(x, min_growth=0)[1].tolist() == [0.0, 1.0]
    cancelling = [[1e30, 2.0, -1e30], [1e30, 3.0, -1e30]]
    assert snd.contribution(cancelling)[1].tolist() == [0.0, 0.5, 0.0]


def test_totals_that_are_infinite_or_change_beyond_the_largest_double():
    """IEEE 754, and rationals: -2e308 of 1.1e308 is -20/11."""
    infinite, growth = snd.contribution([[1.0, 1.0], [INF, 1.0]], return_total=True)
    assert (infinite[1].tolist(), growth[1]) == ([INF, 0.0], INF)
    assert math.isnan(snd.contribution([[1.0, 1.0], [INF, -INF]], return_total=True)[1][1])
    far = [[1e308, 1e307], [-1e308, 1e307]]
    points, growth = snd.contribution(far, return_total=True)
    assert points[1].tolist() == [growth[1], 0.0] == [pytest.approx(-20 / 11, rel=1e-15), 0.0]
    shares, growth = snd.contribution_share(far, return_total=True)
    assert np.isnan(shares[1]).all()
    assert growth[1] == points[1, 0]
    assert np.isnan(snd.contribution_share([[1e308], [-1e308]], [1e308, -1e308])).all()


def fisher(p0, q0, p1, q1):
    """Contributions by w = p1/P + p0, in fifty digits."""
    with localcontext() as context:
        context.prec = 50
        p0, q0, p1, q1 = ([Decimal(x) for x in row] for row in (p0, q0, p1, q1))

        def value(p, q):
            return sum(a * b for a, b in zip(p, q, strict=True))

        price = (value(p1, q0) / value(p0, q0) * value(p1, q1) / value(p0, q1)).sqrt()
        index = (value(p0, q1) / value(p0, q0) * value(p1, q1) / value(p1, q0)).sqrt()
        w = [b / price + a for a, b in zip(p0, p1, strict=True)]
        points = [x * (b - a) / value(w, q0) for x, a, b in zip(w, q0, q1, strict=True)]
        return list(map(Fraction, points)), Fraction(index - 1)


@settings(max_examples=300)
@given(st.data())
def test_laspeyres_and_fisher_contributions_add_up_to_their_indices(data):
    (q0, q1), n = (rows := data.draw(two_rows(POSITIVE))), len(rows[0])
    p0, p1 = prices = data.draw(st.lists(st.lists(POSITIVE, min_size=n, max_size=n), min_size=2, max_size=2))
    a, b, p = exact([q0, q1, p0])
    base = sum(x * y for x, y in zip(p, a, strict=True))
    laspeyres = [x * (z - y) / base for x, y, z in zip(p, a, b, strict=True)]
    wanted = {"laspeyres": (laspeyres, sum(laspeyres)), "fisher": fisher(p0, q0, p1, q1)}
    for method, (want, index) in wanted.items():
        points, growth = snd.contribution(rows, method=method, prices=prices, return_total=True)
        size = max(map(abs, want))
        for point, exact_point in zip(points[1], want, strict=True):
            assert near(point, exact_point, 1)
        assert abs(Fraction(float(growth[1])) - index) <= Fraction(2**-53) * abs(index) + size * Fraction(
            1, 10**29
        )
        assert adds_up(points[1].tolist(), float(growth[1]))


def chained(data):
    """Items, their weights and months, with the total chained every year, all in rationals."""
    n, link = data.draw(st.integers(1, 4)), data.draw(st.sampled_from([1, 2, 4]))
    years = data.draw(st.integers(1, 4))
    index = [[Fraction(100)] * n]
    total, period, shares = [Fraction(100)], [link], [[Fraction(0)] * n]
    for _ in range(years):
        raw = data.draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
        weights = [Fraction(w, sum(raw)) for w in raw]
        before, whole = index[-1], total[-1]
        for month in range(1, link + 1):
            steps = data.draw(st.lists(st.integers(80, 125), min_size=n, max_size=n))
            index.append([x * Fraction(s, 100) for x, s in zip(before, steps, strict=True)])
            rise = sum(w * x / y for w, x, y in zip(weights, index[-1], before, strict=True))
            total.append(whole * rise)
            period.append(month)
            shares.append(weights)
    return index, total, shares, period, link


def ribe(index, total, shares, link, now, lag):
    """The terms of the manual, year by year; row r * link is the link period of year r."""
    base, points = now - lag, [Fraction(0)] * len(index[0])
    for year in range(base // link + 1, -(-now // link) + 1):
        start, before, end = max(base, (year - 1) * link), (year - 1) * link, min(now, year * link)
        for i in range(len(points)):
            change = (index[end][i] - index[start][i]) / index[before][i]
            points[i] += shares[end][i] * change * total[before] / total[base]
    return points


@settings(max_examples=200)
@given(st.data())
def test_chained_contributions_are_those_of_the_manual_and_add_up(data):
    index, total, shares, period, link = chained(data)
    lag = data.draw(st.integers(1, len(index)))
    rows = {
        "parts": np.array(index, float),
        "total": np.array(total, float),
        "weights": np.array(shares, float),
        "period": period,
    }
    points, growth = snd.contribution(**rows, lag=lag, method="ribe", link=link, return_total=True)
    assert np.isnan(points[:lag]).all()
    for row in range(lag, len(index)):
        want = ribe(index, total, shares, link, row, lag)
        assert sum(want) == total[row] / total[row - lag] - 1
        for point, exact_point in zip(points[row], want, strict=True):
            assert abs(Fraction(float(point)) - exact_point) <= Fraction(1, 10**14)
        assert float(growth[row]) == pytest.approx(float(sum(want)), rel=1e-14, abs=1e-14)


def test_the_forms_of_the_manual_for_a_year_and_within_one():
    """HICP Methodological Manual 2024, 8.6.1 and 8.6.3, at a lag of twelve and of three months."""
    rng = np.random.default_rng(5)
    period = np.r_[12, np.tile(np.arange(1, 13), 3)]
    x, t = 100 + rng.normal(0, 5, (37, 3)), 100 + rng.normal(0, 5, 37)
    w = np.repeat(rng.dirichlet(np.ones(3), 4), [1, 12, 12, 12], axis=0)
    got = snd.contribution(x, t, [12, 3], method="ribe", weights=w, period=period)
    for m in range(1, 12):
        now, link, old = 12 + m, 12, 0
        last = w[m] * (x[link] - x[m]) / x[old] * t[old] / t[m]
        this = w[now] * (x[now] - x[link]) / x[link] * t[link] / t[m]
        np.testing.assert_allclose(got[0, now], last + this, rtol=0, atol=4e-16)
    np.testing.assert_allclose(got[0, 24], w[24] * (x[24] / x[12] - 1), rtol=0, atol=4e-16)
    within = (x[20] / x[17] - 1) * w[20] * (x[17] / x[12]) / (t[17] / t[12])
    np.testing.assert_allclose(got[1, 20], within, rtol=0, atol=4e-16)


def test_periods_that_are_not_there():
    period = [12, 9, 11, 12, 8, 9, 10, 11, 1, 9, 11]
    x, weights = np.arange(100.0, 111.0), np.ones((11, 1))
    options = {"lag": 12, "method": "ribe", "period": period, "return_total": True}
    points, growth = snd.contribution(x[:, None], x, weights=weights, **options)
    # October and January have no base a year before; nothing crosses the second December, which is absent.
    found = [3, 5, 7]
    np.testing.assert_allclose(points[found, 0], [103 / 100 - 1, 105 / 101 - 1, 107 / 102 - 1], rtol=1e-15)
    assert np.flatnonzero(~np.isnan(points[:, 0])).tolist() == found
    np.testing.assert_array_equal(growth, points[:, 0])
    weights[3] = NAN
    assert np.isnan(snd.contribution(x[:, None], x, weights=weights, **options)[0]).all()


@settings(max_examples=100)
@given(st.data())
def test_with_years_rows_come_in_any_order_and_whole_years_may_be_absent(data):
    index, total, shares, period, link = chained(data)
    lag = data.draw(st.integers(1, len(index)))
    order = data.draw(st.permutations(range(len(index))))[: data.draw(st.integers(1, len(index)))]
    order = np.array(order)
    x, t, w, p = np.array(index, float), np.array(total, float), np.array(shares, float), np.array(period)
    year = 1999 + (np.arange(len(x)) + link - 1) // link
    options = {"lag": lag, "method": "ribe", "link": link, "return_total": True}
    points, growth = snd.contribution(
        x[order], t[order], weights=w[order], period=p[order], year=year[order], **options
    )
    whole = snd.contribution(x, t, weights=w, period=p, **options)
    there = set(order.tolist())
    for k, now in enumerate(order.tolist()):
        base = now - lag
        links = {base // link * link, *(m for m in range(base + 1, now) if m % link == 0)}
        if base in there and links <= there:
            np.testing.assert_array_equal(points[k], whole[0][now])
            assert growth[k] == whole[1][now]
        else:
            assert np.isnan(points[k]).all()
            assert np.isnan(growth[k])


@settings(max_examples=200)
@given(two_rows(POSITIVE), st.integers(1, 6), st.sampled_from([1, 4, 12, 365.25]), st.booleans())
def test_annual_rates_scale_all_parts_to_the_annual_growth(rows, lag, per_year, weighted):
    n = len(rows[0])
    before, now = exact(rows)
    ratio = sum(now) / sum(before)
    if ratio == 1:
        return
    table = [rows[0]] + [[1.0] * n] * (lag - 1) + [rows[1]]
    options = {"method": "fisher", "prices": np.ones((lag + 1, n))} if weighted else {}
    plain = snd.contribution(table, lag=lag, **options)[lag]
    points, growth = snd.contribution(table, lag=lag, periods_per_year=per_year, return_total=True, **options)
    with localcontext() as context:
        context.prec = 60
        power = Decimal(per_year) / lag
        log = (Decimal(ratio.numerator) / Decimal(ratio.denominator)).ln() * power
        annual = log.exp() - 1
        factor = annual / (Decimal(ratio.numerator) / Decimal(ratio.denominator) - 1)
    if not Decimal(10) ** -300 < abs(annual) < Decimal(10) ** 300:
        return
    bound = (6 + 4 * float(abs(log))) * 2**-52 / min(1.0, abs(float(ratio - 1)))
    assert float(growth[lag]) == pytest.approx(float(annual), rel=bound)
    np.testing.assert_allclose(points[lag], plain * float(factor), rtol=bound, atol=0)
    assert adds_up(points[lag].tolist(), float(growth[lag]))


def test_annual_rates_of_totals_that_hardly_move():
    points, growth = snd.contribution([[60.0, 40.0], [61.0, 39.0]], periods_per_year=12, return_total=True)
    assert (points[1].tolist(), growth[1]) == ([0.12, -0.12], 0.0)
    x = [[6e15, 4e15], [6e15 + 3, 4e15 - 2]]
    points = snd.contribution(x, periods_per_year=4)[1]
    # (1 + g)^4 - 1 over g is 4 + 6 g + ..., with g = 1e-16 indistinguishable from 4.
    np.testing.assert_allclose(points, [1.2e-15, -8e-16], rtol=4e-16)
    # A total that falls to nothing: -1 at any rate.
    gone = snd.contribution([[1.0, 3.0], [0.0, 0.0]], periods_per_year=12, return_total=True)
    assert (gone[0][1].tolist(), gone[1][1]) == ([-0.25, -0.75], -1.0)
    # Far falls, over ten years: what is left counts, not the rate near -1.
    rows = [[1e10, 1e10]] + [[1.0, 1.0]] * 10
    growth = snd.contribution(rows, lag=10, periods_per_year=1, return_total=True)[1]
    assert growth[10] == pytest.approx(0.1 - 1, rel=1e-15)


@settings(max_examples=200)
@given(two_rows(POSITIVE))
def test_shares_add_up_to_one_and_are_contributions_over_growth(rows):
    shares, growth = snd.contribution_share(rows, min_growth=0, return_total=True)
    before, now = exact(rows)
    change = sum(now) - sum(before)
    if change == 0:
        assert np.isnan(shares).all()
        return
    assert near(growth[1], change / sum(before), 2)
    for share, x, y in zip(shares[1], before, now, strict=True):
        assert near(share, (y - x) / change, 2)
    unit = Fraction(math.ulp(max(1.0, *map(abs, shares[1]))))
    assert abs(sum(map(Fraction, shares[1].tolist())) - 1) <= (len(shares[1]) + 1) * unit


def test_shares_are_refused_where_the_growth_prints_as_nothing():
    total = np.array([2000.0, 2001.0, 2000.0, 2000.0, 1000.0, NAN])
    parts = np.column_stack([total - 500, np.full(6, 500.0)])
    shares, growth = snd.contribution_share(parts, total, return_total=True)
    assert np.isnan(shares).tolist() == [
        [True, True],
        [False, False],
        [True, True],
        [True, True],
        [False] * 2,
        [True] * 2,
    ]
    assert shares[1].tolist() == [1.0, 0.0]  # 1 in 2000 is just 0.0005
    assert (np.abs(growth) < 0.0005).tolist() == [False, False, True, True, False, False]
    accepted = snd.contribution_share(parts, total, min_growth=0)
    assert accepted[2].tolist() == [1.0, 0.0]
    assert np.isnan(accepted[3]).all()
    from_nothing = snd.contribution_share([[0.0, 0.0], [1.0, 3.0]], return_total=True)
    assert (from_nothing[0][1].tolist(), from_nothing[1][1]) == ([0.25, 0.75], INF)


CALLS = {
    "additive": lambda x, p: {},
    "laspeyres": lambda x, p: {"prices": p},
    "fisher": lambda x, p: {"prices": p},
    "ribe": lambda x, p: {
        "total": x.sum(1),
        "weights": p / 100,
        "period": np.arange(len(x)) % 4 + 1,
        "link": 4,
    },
}


@pytest.mark.parametrize("method", CALLS)
@settings(max_examples=50)
@given(st.data())
def test_order_and_unit_of_parts_do_not_matter(method, data):
    n = data.draw(st.integers(1, 6))
    table = st.lists(st.lists(POSITIVE, min_size=n, max_size=n), min_size=9, max_size=9)
    x, p = np.array(data.draw(table)), np.array(data.draw(table))
    p = np.minimum(p, 100.0)
    order = data.draw(st.permutations(range(n)))
    options = {"method": method, "lag": [1, 5], "return_total": True}
    points, growth = snd.contribution(x, **options, **CALLS[method](x, p))
    moved, same = snd.contribution(
        x[:, order],
        **options,
        **CALLS[method](x[:, order], p[:, order]) | ({"total": x.sum(1)} if method == "ribe" else {}),
    )
    if method == "additive":
        np.testing.assert_array_equal(moved, points[:, :, order])
        np.testing.assert_array_equal(same, growth)
    np.testing.assert_allclose(moved, points[:, :, order], rtol=4e-16, atol=0)
    # Another unit of the figures is another power of two: no digit changes.
    scaled, of_scaled = snd.contribution(x * 2.0**20, **options, **CALLS[method](x * 2.0**20, p))
    np.testing.assert_array_equal(scaled, points)
    np.testing.assert_array_equal(of_scaled, growth)


LAYOUTS = {
    "C": np.ascontiguousarray,
    "Fortran": np.asfortranarray,
    "reversed": lambda x: np.ascontiguousarray(x[::-1, ::-1, ::-1])[::-1, ::-1, ::-1],
    "big-endian": lambda x: x.astype(">f8"),
    "unaligned": lambda x: np.frombuffer(b"." + x.tobytes(), offset=1).reshape(x.shape),
}


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("axis", "over"), [(0, 1), (1, 0), (0, -1), (2, 1), (-1, 0), (1, 2)])
def test_any_axes_of_any_layout(method, layout, axis, over):
    x, p = np.random.default_rng(6).random((2, 9, 3, 4)) + 0.5  # periods, parts, regions
    options = {"method": method, "lag": [1, 4, 20], "return_total": True}
    regions = [
        snd.contribution(x[..., r], **options, **CALLS[method](x[..., r], p[..., r])) for r in range(4)
    ]
    want, want_total = (np.stack(found, axis=-1) for found in zip(*regions, strict=True))
    assert np.isnan(want[2]).all()
    assert not np.isnan(want[1, 8]).any()
    places = [axis % 3, over % 3]
    without = places[0] - (places[1] < places[0])
    arguments = CALLS[method](x, p) | {"parts": x}
    for name, value in arguments.items():
        if np.ndim(value) == 3:
            arguments[name] = LAYOUTS[layout](np.moveaxis(value, (0, 1), places))
        elif np.ndim(value) == 2:
            arguments[name] = np.moveaxis(value, 0, without)
    points, growth = snd.contribution(**arguments, axis=axis, over=over, **options)
    same = {"rtol": 4e-16, "atol": 0}
    np.testing.assert_allclose(points, np.moveaxis(want, (1, 2), [1 + k for k in places]), **same)
    np.testing.assert_allclose(growth, np.moveaxis(want_total, 1, 1 + without), **same)
    alone = snd.contribution(**arguments, axis=axis, over=over, **options | {"return_total": False})
    np.testing.assert_array_equal(alone, points)


def test_float32_stays_and_other_numbers_become_float64():
    x = np.array([[1, 3], [2, 6]])
    for dtype, result in [("f4", "f4"), ("f2", "f8"), ("f8", "f8"), ("i1", "f8"), ("u8", "f8"), ("O", "f8")]:
        points, growth = snd.contribution(x.astype(dtype), return_total=True)
        assert points.dtype == growth.dtype == np.dtype(result)
        assert points[1].tolist() == [0.25, 0.75]
    narrow = x.astype(np.float32)
    for method in ("laspeyres", "fisher"):
        points = snd.contribution(narrow, method=method, prices=narrow)
        assert points.dtype == np.float32
    rows = np.array([[16777216, 1, 1], [16777216, 1, 2]], np.float32)
    assert snd.contribution(rows)[1, 2] == np.float32(1 / 16777218)
    assert snd.contribution_share(rows, min_growth=0).dtype == np.float32
    assert snd.contribution(rows.astype(bool))[1].tolist() == [0.0] * 3


@pytest.mark.parametrize("method", CALLS)
def test_nothing_is_warned_of(method):
    rows = np.array(
        [[0.0, 0.0], [1e38, -1.0], [NAN, 1.0], [INF, -INF], [1e-38, 0.0], [3e38, 2.0]], np.float32
    )
    x, p = np.tile(rows, (2, 1)), np.minimum(np.abs(np.tile(rows, (2, 1))), 1)
    needs = CALLS[method](p, p)
    with np.errstate(all="raise"):
        for per_year in (None, 12):
            options = {"lag": [1, 2, 5], "periods_per_year": per_year, "return_total": True}
            points, growth = snd.contribution(x, method=method, **options, **needs)
        assert np.isinf(points).any() or method == "ribe"
        assert np.isnan(growth).any()
        snd.contribution_share(x, lag=[1, 2, 5], min_growth=0, return_total=True)


def test_missing_parts_leave_no_total():
    x = np.array([[1.0, 3.0], [NAN, 4.0], [2.0, 5.0], [4.0, 8.0]])
    points, growth = snd.contribution(x, return_total=True)
    np.testing.assert_array_equal(points[1:], [[NAN, 0.25], [NAN, NAN], [2 / 7, 3 / 7]])
    np.testing.assert_array_equal(np.isnan(growth), [True, True, True, False])
    np.testing.assert_array_equal(
        snd.contribution(x, [4.0, NAN, 7.0, 12.0])[1:], [[NAN, 0.25], [NAN, NAN], [2 / 7, 3 / 7]]
    )
    assert np.isnan(snd.contribution_share(x)[1:3]).all()
    ones = np.ones_like(x)
    for method, lost in [("laspeyres", [[True, False], [True, True]]), ("fisher", [[True] * 2] * 2)]:
        found = snd.contribution(x, method=method, prices=ones)
        assert np.isnan(found[1:3]).tolist() == lost
        assert np.isnan(snd.contribution(np.ones_like(x), method=method, prices=x)[2]).all()
    masked = np.ma.masked_array([[1, 3], [9, 4]], mask=[[0, 0], [1, 0]])
    np.testing.assert_array_equal(snd.contribution(masked)[1], [NAN, 0.25])
    np.testing.assert_array_equal(snd.contribution([[1, 3], [None, 4]])[1], [NAN, 0.25])


def test_empty_input_gives_an_empty_result():
    for method, need in CALLS.items():
        for shape in [(0, 3), (5, 0), (0, 0)]:
            x = np.empty(shape)
            points, growth = snd.contribution(x, lag=[1, 2], method=method, return_total=True, **need(x, x))
            assert (points.shape, growth.shape) == ((2, *shape), (2, shape[0]))
    assert snd.contribution_share(np.empty((0, 3))).shape == (0, 3)


def test_pandas_frames_keep_their_labels():
    index, columns = pd.Index([2020, 2021, 2022], name="year"), pd.Index(["a", "b"], name="part")
    frame = pd.DataFrame([[60.0, 40.0], [63.0, 39.0], [66.0, 38.0]], index, columns)
    frame.attrs["unit"] = "t"
    plain = snd.contribution(frame.to_numpy(), return_total=True)
    points, growth = snd.contribution(frame, return_total=True)
    pd.testing.assert_frame_equal(points, pd.DataFrame(plain[0], index, columns))
    pd.testing.assert_series_equal(growth, pd.Series(plain[1], index))
    assert points.attrs == {"unit": "t"}
    total = pd.Series([100.0, 102.0, 104.0], index, name="GDP")
    with_total = snd.contribution(frame, total, return_total=True)
    pd.testing.assert_frame_equal(with_total[0], points)
    pd.testing.assert_series_equal(with_total[1], growth.rename("GDP"))
    pd.testing.assert_series_equal(snd.contribution(frame, total.tolist(), return_total=True)[1], growth)
    by_total = snd.contribution(frame.to_numpy(), total, return_total=True)[1]
    pd.testing.assert_series_equal(by_total, growth.rename("GDP"))
    several, growths = snd.contribution(frame, lag=[1, 2], return_total=True)
    assert several.columns.tolist() == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert growths.columns.tolist() == [1, 2]
    assert several["b", 2].tolist()[2] == -0.02
    across, over = snd.contribution(frame.T, total, axis=1, over=0, return_total=True)
    pd.testing.assert_frame_equal(across, points.T)
    pd.testing.assert_series_equal(over, growth.rename("GDP"))
    prices = pd.DataFrame([[1.0, 2.0], [2.0, 2.0], [2.0, 3.0]], index, columns)
    got = snd.contribution(frame, method="fisher", prices=prices)
    np.testing.assert_array_equal(
        got, snd.contribution(frame.to_numpy(), method="fisher", prices=prices.to_numpy())
    )
    weights, period = frame / 100, pd.Series([4, 1, 2], index)
    options = {"method": "ribe", "link": 4}
    chained_ = snd.contribution(frame, total, weights=weights, period=period, **options)
    np.testing.assert_array_equal(
        chained_, snd.contribution(frame.to_numpy(), total, weights=weights, period=[4, 1, 2], **options)
    )
    assert chained_.notna().all(axis=1).tolist() == [False, True, True]
    with pytest.raises(ValueError, match="period: its index differs from the index of parts"):
        snd.contribution(frame, total, weights=weights, period=period[::-1], **options)
    with pytest.raises(
        ValueError,
        match=r"total: its index differs from the index of parts; align .* total.reindex\(parts.index\)",
    ):
        snd.contribution(frame, total.iloc[::-1])
    with pytest.raises(ValueError, match=r"total: its index differs from the columns of parts"):
        snd.contribution(frame.T, total.iloc[::-1], axis=1, over=0)
    with pytest.raises(ValueError, match="prices: its index differs from the columns of parts"):
        snd.contribution(frame, method="fisher", prices=prices.rename(columns={"a": "c"}))


def test_nullable_columns_keep_na():
    frame = pd.DataFrame({"a": [2**53, 2**53 + 1, 2**53], "b": [0, 0, 0]}, dtype="Int64")
    assert snd.contribution(frame)["a"].tolist()[1] == 2.0**-53
    frame = pd.DataFrame({"a": [1, None, 2, 4], "b": [3, 4, 5, 8]}, dtype="Int64")
    points, growth = snd.contribution(frame, return_total=True)
    assert str(points.dtypes["a"]) == str(growth.dtype) == "Float64"
    assert points.isna().to_numpy().tolist() == [[True, True], [True, False], [True, True], [False, False]]
    assert growth.isna().tolist() == [True, True, True, False]
    assert snd.contribution_share(frame.astype("int64[pyarrow]"))["b"].tolist()[3] == 0.6
    total = pd.Series([4, 8, None, 12], dtype="Int64")
    growth = snd.contribution(frame.astype("float64"), total, return_total=True)[1]
    pd.testing.assert_series_equal(growth, pd.Series([None, 1.0, None, None], dtype="Float64"))
    with pytest.raises(ValueError, match=r"parts: integers above 2\*\*53 are not exact as float64"):
        snd.contribution(pd.DataFrame({"a": [2**53 + 1, None], "b": [1, 1]}, dtype="Int64"))
    mixed = pd.DataFrame({"a": [1, 2], "b": [3.0, 6.0]})
    assert snd.contribution(mixed).iloc[1].tolist() == [0.25, 0.75]


def test_polars_frames_keep_their_names_and_nulls():
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"a": [1, 2, None, 4], "b": [3.0, 6.0, 6.0, 6.0]})
    points, growth = snd.contribution(frame, return_total=True)
    assert points.to_dict(as_series=False) == {"a": [None, 0.25, None, None], "b": [None, 0.75, 0.0, None]}
    assert growth.to_list() == [None, 1.0, None, None]
    total = polars.Series("GDP", [4, 8, 9, 10])
    points, growth = snd.contribution(frame, total, [1, 3], return_total=True)
    assert points.columns == ["a_1", "a_3", "b_1", "b_3"]
    assert (growth.columns, growth["3"].to_list()) == (["1", "3"], [None, None, None, 1.5])
    growth = snd.contribution(frame.to_numpy(), total, return_total=True)[1]
    assert growth.to_list() == [None, 1.0, 1 / 8, 1 / 9]
    with pytest.raises(ValueError, match=r"lag: expected each one once for polars columns, got \[1, 1\]"):
        snd.contribution(frame, lag=[1, 1])
    whole = polars.DataFrame({"a": [2**53, 2**53 + 1], "b": [0, 0]})
    assert snd.contribution(whole)["a"].to_list() == [None, 2.0**-53]
    prices = frame.with_columns(a=polars.lit(1.0), b=polars.lit(2.0))
    assert snd.contribution(frame, method="laspeyres", prices=prices)["b"].to_list()[1] == 6 / 7
    assert snd.contribution(polars.DataFrame()).shape == (0, 0)
    with pytest.raises(ValueError, match="prices: its columns differ from those of parts"):
        snd.contribution(frame, method="laspeyres", prices=prices.rename({"a": "c"}))
    with pytest.raises(ValueError, match="axis: expected 0 for a polars frame"):
        snd.contribution(frame, axis=1, over=0)
    with pytest.raises(ValueError, match="parts: integers above"):
        snd.contribution(whole.with_columns(b=polars.lit(0.5)))
    with pytest.raises(TypeError, match="parts, column 'c': expected numbers"):
        snd.contribution(whole.with_columns(c=polars.lit("x")))


def test_xarray_keeps_its_dimensions():
    xarray = pytest.importorskip("xarray")
    rng = np.random.default_rng(7)
    cube = xarray.DataArray(
        rng.random((2, 5, 3)) + 1.0,
        dims=("region", "year", "part"),
        coords={"year": range(2018, 2023), "part": list("abc"), "region": ["n", "s"]},
        attrs={"unit": "t"},
        name="gdp",
    )
    total = cube.sum("part").T  # year, region: brought into the order of the parts
    points, growth = snd.contribution(cube, total, [1, 2], axis=1, return_total=True)
    assert points.dims == ("lag", "region", "year", "part")
    assert growth.dims == ("lag", "region", "year")
    assert points.attrs == growth.attrs == {"unit": "t"}
    plain = snd.contribution(cube.to_numpy(), total.T.to_numpy(), [1, 2], axis=1, return_total=True)
    np.testing.assert_array_equal(points, plain[0])
    np.testing.assert_array_equal(growth, plain[1])
    assert growth.sel(lag=1, region="s", year=2019) == plain[1][0, 1, 1]
    fisher_ = snd.contribution(cube, axis=1, method="fisher", prices=cube.transpose("year", "part", "region"))
    assert fisher_.dims == cube.dims
    with pytest.raises(ValueError, match="total: its coordinates 'year' differ from those of parts; align"):
        snd.contribution(cube, total.isel(year=slice(None, None, -1)), axis=1)
    with pytest.raises(ValueError, match=r"total: expected dimensions \('region', 'year'\), got \('year',\)"):
        snd.contribution(cube, total.isel(region=0), axis=1)
    with pytest.raises(TypeError, match="parts: expected a DataArray, got a Dataset"):
        snd.contribution(cube.to_dataset())


ROWS = [[1.0, 3.0], [2.0, 6.0]]
RIBE = {"method": "ribe", "total": [1.0, 2.0], "weights": [[0.5, 0.5]] * 2, "period": [1, 2]}


@pytest.mark.parametrize(
    ("error", "message", "arguments"),
    [
        (
            ValueError,
            "method: expected one of 'additive', 'laspeyres', 'fisher', 'ribe', got 'paasche'",
            {"method": "paasche"},
        ),
        (ValueError, "prices: method 'fisher' needs it, got None", {"method": "fisher"}),
        (ValueError, "prices: method 'laspeyres' needs it", {"method": "laspeyres"}),
        (ValueError, "prices: does not go with method 'additive'", {"prices": ROWS}),
        (
            ValueError,
            "total: does not go with method 'fisher'",
            {"method": "fisher", "prices": ROWS, "total": [1, 2]},
        ),
        (ValueError, "weights: does not go with method 'additive'", {"weights": ROWS}),
        (ValueError, "total: method 'ribe' needs it", RIBE | {"total": None}),
        (ValueError, "weights: method 'ribe' needs it", RIBE | {"weights": None}),
        (ValueError, "period: method 'ribe' needs it", RIBE | {"period": None}),
        (
            ValueError,
            "weights: expected shares from 0 to 1, got 108.07; divide",
            RIBE | {"weights": [[108.07, 1.0]] * 2},
        ),
        (ValueError, "weights: expected shares from 0 to 1, got -0.5", RIBE | {"weights": [[-0.5, 1.0]] * 2}),
        (ValueError, "period: expected whole numbers from 1 to 12, got 13.0", RIBE | {"period": [12, 13]}),
        (
            ValueError,
            "period: expected whole numbers from 1 to 4, got 0.0",
            RIBE | {"period": [0, 1], "link": 4},
        ),
        (ValueError, "period: expected whole numbers from 1 to 12, got nan", RIBE | {"period": [1, None]}),
        (ValueError, "link: expected a whole number from 1 to 1048576, got 0", RIBE | {"link": 0}),
        (ValueError, "link: expected a whole number from 1 to 1048576, got 1e[+]300", RIBE | {"link": 1e300}),
        (ValueError, "year: does not go with method 'additive'", {"year": [1, 2]}),
        (ValueError, r"year: expected shape \(2,\)", RIBE | {"year": 2020}),
        (ValueError, r"year: expected whole numbers .*, got 2020.5", RIBE | {"year": [2020.5, 2020]}),
        (ValueError, r"year: expected whole numbers .*, got nan", RIBE | {"year": [2020, None]}),
        (
            ValueError,
            "period: rows 0 and 1 are both period 3 of year 2020; a year has one row per period",
            RIBE | {"period": [3, 3], "year": [2020, 2020]},
        ),
        (
            ValueError,
            r"parts: integers above 2\*\*53",
            {"parts": [[2**53 + 1, 1]] * 2, "method": "fisher", "prices": ROWS},
        ),
        (ValueError, "lag: expected 1 period or more, .* got 0", {"lag": 0}),
        (ValueError, r"lag: expected 1 period or more, .* got \[1, -1\]", {"lag": [1, -1]}),
        (TypeError, "lag: expected an integer", {"lag": 1.5}),
        (ValueError, r"over: expected another axis than that of time, 0, got -2", {"over": -2}),
        (ValueError, "over: axis 2 is out of bounds", {"over": 2}),
        (ValueError, "axis: axis -3 is out of bounds", {"axis": -3}),
        (TypeError, "over: expected an integer, got 'part'", {"over": "part"}),
        (
            ValueError,
            r"parts: expected at least two dimensions, .* got shape \(3,\)",
            {"parts": [1.0, 2.0, 3.0]},
        ),
        (ValueError, "parts: rows differ in length", {"parts": [[1.0], [1.0, 2.0]]}),
        (TypeError, "parts: expected real numbers", {"parts": [["a", "b"]]}),
        (
            ValueError,
            r"total: expected shape \(2,\), that of parts without axis 1, got \(3,\)",
            {"total": [1, 2, 3]},
        ),
        (
            ValueError,
            r"prices: expected shape \(2, 2\), that of parts, got \(2,\)",
            {"method": "fisher", "prices": [1, 2]},
        ),
        (ValueError, "periods_per_year: expected a positive number, got 0", {"periods_per_year": 0}),
        (ValueError, "periods_per_year: expected a positive number, got nan", {"periods_per_year": NAN}),
        (ValueError, "periods_per_year: expected a positive number, got 1000", {"periods_per_year": 10**400}),
        (TypeError, "periods_per_year: expected a number, got '12'", {"periods_per_year": "12"}),
        (ValueError, r"parts: expected at least two dimensions, .* got shape \(\)", {"parts": None}),
    ],
)
def test_errors_name_the_argument(error, message, arguments):
    with pytest.raises(error, match=message):
        snd.contribution(**{"parts": ROWS} | arguments)


@pytest.mark.parametrize("least", [-0.1, NAN, INF])
def test_least_growth_is_a_number_from_zero(least):
    with pytest.raises(ValueError, match="min_growth: expected a number from 0, got"):
        snd.contribution_share(ROWS, min_growth=least)


def test_offices_form_of_laspeyres_is_the_same():
    """ABS 5206.0: volumes at prices of the base period less its values, over its total value."""
    values, volumes = np.array([[60.0, 40.0], [70.0, 45.0]]), np.array([[58.0, 41.0], [61.0, 40.0]])
    got = snd.contribution(volumes, method="laspeyres", prices=values / volumes)[1]
    at_base_prices = values[0] * volumes[1] / volumes[0]
    np.testing.assert_allclose(got, (at_base_prices - values[0]) / values[0].sum(), rtol=1e-15)
