"""Growth along rows and between figures: formulas, policies, types, containers, errors."""

import itertools
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
GRID = [-1.0, 0.0, 1.0, 0.0, 0.0, -2.0, -1.0, 1.0, NAN, 2.0, INF, 3.0, 0.5]
METHODS = ("simple", "log", "midpoint", "difference", "ratio")


def divide(a, b):
    """a / b of IEEE 754, where Python raises."""
    if b == 0:
        return NAN if a == 0 or math.isnan(a) else math.copysign(INF, a) * math.copysign(1.0, b)
    return a / b


def expected(x, y, method, base):
    """The rate from the base x to y by the formulas of the documentation."""
    if math.isnan(x) or math.isnan(y):
        return NAN
    if method == "difference":
        return y - x
    if method == "log":
        if not (x > 0 and y > 0):
            return NAN
        ratio = y / x
        return NAN if math.isnan(ratio) else math.log(ratio) if ratio > 0 else -INF
    if base == "nan" and x <= 0:
        return NAN
    size = abs(x) if base == "abs" else x
    if method == "ratio":
        return divide(y, size)
    if method == "midpoint":
        return 2 * divide(y - x, abs(x) + abs(y))
    return divide(y - x, size)


def same(got, want):
    np.testing.assert_allclose(got, want, rtol=4e-16, atol=0, equal_nan=True)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("base", ["ieee", "nan", "abs"])
def test_every_policy_on_every_pair_of_the_grid(method, base):
    x, y = map(np.array, zip(*itertools.product(GRID, GRID), strict=True))
    want = [expected(a, b, method, base) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    same(snd.growth_between(x, y, method=method, base=base), want)
    columns = np.array([x, y])
    same(snd.growth_rate(columns, method=method, base=base)[1], want)


@pytest.mark.parametrize("method", METHODS)
def test_raise_computes_where_no_base_is_refused(method):
    x = np.array([3.0, NAN, 2.0, 5.0])
    same(snd.growth_rate(x, method=method, base="raise"), snd.growth_rate(x, method=method))


def test_raise_looks_at_bases_that_are_used_and_present():
    out = np.full(3, 7.0)
    with pytest.raises(ValueError, match=r"values: the base of row 2 at lag 1 is zero or negative"):
        snd.growth_rate([1.0, 0.0, 2.0], base="raise", out=out)
    assert out.tolist() == [7.0, 7.0, 7.0]
    assert snd.growth_rate([1.0, 0.0], base="raise").tolist()[1] == -1.0
    assert snd.growth_rate([0.0, NAN, 2.0], base="raise").shape == (3,)
    assert snd.growth_rate([0.0, 1.0], base="raise", method="difference")[1] == 1.0
    with pytest.raises(ValueError, match="start: zero or negative at 1"):
        snd.growth_between([1, -1], [2, 2], base="raise")
    with pytest.raises(ValueError, match="start: zero or negative"):
        snd.growth_between(0.0, 2.0, base="raise")


@settings(max_examples=200)
@given(st.integers(-(2**63), 2**64 - 1), st.integers(-(2**63), 2**64 - 1))
def test_integer_differences_are_rounded_once(x, y):
    arrays = [np.array([v], np.int64 if v < 2**63 else np.uint64) for v in (x, y)]
    assert snd.growth_between(*arrays, method="difference")[0] == float(y - x)
    if x:
        want = float(Fraction(y - x, x))
        assert abs(snd.growth_between(*arrays)[0] - want) <= 2 * math.ulp(want)


@settings(max_examples=200)
@given(st.integers(1, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(1, 40))
def test_compound_rates_of_integers_start_from_their_difference(x, y, periods):
    arrays = [np.array([v], np.int64 if v < 2**63 else np.uint64) for v in (x, y)]
    with localcontext() as context:
        context.prec = 50
        want = (Decimal(y) / Decimal(x)) ** (1 / Decimal(periods)) - 1
    assert abs(Decimal(float(snd.cagr(*arrays, periods)[0])) - want) <= Decimal("2e-14") * abs(want)


def test_cagr_of_neighbors_above_2_to_the_53():
    assert snd.cagr(2**60, 2**60 + 32, 1) == 2.0**-55
    assert snd.cagr(2**60, 2**60, 1) == 0.0


@pytest.mark.parametrize("span", [5e-324, 1e-310, 1e-300, 1e300])
def test_cagr_over_spans_near_the_ends_of_the_range(span):
    assert snd.cagr(5.0, 5.0, span) == snd.cagr(5.0, 5.0, -span) == 0.0
    if span < 1:
        assert snd.cagr(4.0, 5.0, span) == snd.cagr(5.0, 4.0, -span) == INF
        assert snd.cagr(5.0, 4.0, span) == snd.cagr(4.0, 5.0, -span) == -1.0
    else:
        assert snd.cagr(4.0, 5.0, span) == pytest.approx(math.log(1.25) / span, rel=1e-15)


@pytest.mark.parametrize("dtype", [np.int64, np.uint64])
def test_integers_above_2_to_the_53(dtype):
    x = np.array([2**53, 2**53 + 1, 2**63 - 1], dtype)
    assert snd.growth_rate(x, method="difference").tolist()[1:] == [1.0, float(2**63 - 2**53 - 2)]
    assert snd.growth_rate(x)[1] == 2.0**-53


def relative_ulps(got, want):
    return abs(Decimal(got) - want) / Decimal(math.ulp(float(want)))


def growing_pairs(rng, low, high, n=300):
    """Bases of 10**low to 10**high and what they become: rises of 1e-15 to 1e3, falls to 1e-6."""
    x = 10 ** rng.uniform(low, high, n)
    ratios = [
        1 + 10 ** rng.uniform(-15, 3, n),
        1 - 10 ** rng.uniform(-15, -0.01, n),
        10 ** rng.uniform(-6, 0, n),
        rng.uniform(0.3, 3.0, n),
    ]
    y = x * np.choose(rng.integers(0, 4, n), ratios)
    kept = (x != y) & (y > 0)
    return x[kept], y[kept]


def logs(x, y):
    """ln(y / x) to fifty digits."""
    return [(Decimal(b) / Decimal(a)).ln() for a, b in zip(x.tolist(), y.tolist(), strict=True)]


SCALES = {"everyday": (-3, 9), "all": (-300, 296), "smallest": (-323, -300)}


@pytest.mark.parametrize("scale", SCALES)
def test_logs_are_within_little_more_than_half_an_ulp(scale):
    x, y = growing_pairs(np.random.default_rng(1), *SCALES[scale])
    got = snd.growth_between(x, y, method="log").tolist()
    yearly = snd.growth_rate(np.array([x, y]), method="log", periods_per_year=12)[1].tolist()
    with localcontext() as context:
        context.prec = 50
        for one, twelve, log in zip(got, yearly, logs(x, y), strict=True):
            assert relative_ulps(one, log) <= 0.6
            assert relative_ulps(twelve, 12 * log) <= 0.6


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("power", [*range(1, 18), 52, 365])
def test_whole_powers_keep_the_growth(scale, power):
    x, y = growing_pairs(np.random.default_rng(power), *SCALES[scale], 100)
    got = snd.growth_rate(np.array([x, y]), periods_per_year=power)[1].tolist()
    with localcontext() as context:
        context.prec = 50
        for rate, log in zip(got, logs(x, y), strict=True):
            z = power * log
            if abs(z) < 709:
                assert relative_ulps(rate, z.exp() - 1) <= 2 + 2 * abs(z)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    ("periods", "lag"), [(1, 4), (1, 10), (2, 3), (12, 7), (0.01, 1), (1.5, 1), (1e-9, 1)]
)
def test_roots_are_within_little_more_than_an_ulp(scale, periods, lag):
    x, y = growing_pairs(np.random.default_rng(lag), *SCALES[scale], 100)
    values = np.array([x] * lag + [y])
    got = snd.growth_rate(values, lag, periods_per_year=periods)[lag].tolist()
    between = snd.cagr(x, y, lag / periods).tolist()
    with localcontext() as context:
        context.prec = 50
        for rate, other, log in zip(got, between, logs(x, y), strict=True):
            z = Decimal(periods) / lag * log
            assert relative_ulps(rate, z.exp() - 1) <= 1.2
            z = log / Decimal(lag / periods)
            assert relative_ulps(other, z.exp() - 1) <= 1.2


@pytest.mark.parametrize(
    ("dtype", "most"),
    [(np.int64, 2**40), (np.int64, 2**63 - 1), (np.uint64, 2**54), (np.uint64, 2**64 - 1)],
)
def test_logs_and_powers_of_integers_start_from_all_digits(dtype, most):
    rng = np.random.default_rng(5)
    x = rng.integers(most // 2, most, 200, dtype=dtype, endpoint=True)
    near = rng.integers(most - most // 1000, most, 200, dtype=dtype, endpoint=True)
    y = np.where(rng.random(200) < 0.5, near, rng.integers(1, most, 200, dtype=dtype, endpoint=True))
    x[:100] = np.maximum(near[:100], dtype(2)) - dtype(1)
    x, y = x[x != y], y[x != y]
    log = snd.growth_between(x, y, method="log").tolist()
    powers = {p: snd.growth_rate(np.array([x, y]), periods_per_year=p)[1].tolist() for p in (4, 12, 0.25)}
    with localcontext() as context:
        context.prec = 50
        for i, want in enumerate(logs(x, y)):
            assert relative_ulps(log[i], want) <= 0.6
            for p, got in powers.items():
                z = Decimal(p) * want
                assert relative_ulps(got[i], z.exp() - 1) <= 2 + 2 * abs(z)


def test_float32_results_are_rounded_from_double():
    rng = np.random.default_rng(8)
    x, y = (v.astype(np.float32) for v in growing_pairs(rng, -36, 34))
    x, y = x[x != y], y[x != y]
    log = snd.growth_between(x, y, method="log")
    root = snd.growth_rate(np.array([x, y]), periods_per_year=0.5)[1]
    with localcontext() as context:
        context.prec = 50
        wanted = logs(x, y)
        same_bits(log, np.array([float(w) for w in wanted], np.float32))
        same_bits(root, np.array([float((w / 2).exp() - 1) for w in wanted], np.float32))


def same_bits(got, want):
    got, want = np.asarray(got), np.asarray(want)
    assert got.dtype == want.dtype
    np.testing.assert_array_equal(np.isnan(got), np.isnan(want))
    here = ~np.isnan(want)
    assert got[here].tobytes() == want[here].tobytes()


RATES = {
    "simple": {},
    "log": {"method": "log"},
    "log annual": {"method": "log", "periods_per_year": 4},
    "fourth power": {"periods_per_year": 4},
    "thirteenth power": {"periods_per_year": 13},
    "root": {"periods_per_year": 0.25},
    "abs": {"periods_per_year": 4, "base": "abs"},
}


def mixed_levels(n):
    """Positive levels with some that are negative, missing, zero or far out."""
    rng = np.random.default_rng(17)
    x = rng.random(n) + 0.5
    odd = rng.integers(0, n, n // 8)
    x[odd] = rng.choice([-1.5, -2.0, NAN, 0.0, INF, 1e-310, 1e250, 5e-324], odd.size)
    return x


@pytest.mark.parametrize("rate", RATES)
def test_an_element_has_the_same_bits_wherever_it_lies(rate):
    options, n = RATES[rate], 4000
    x = mixed_levels(n)
    want = snd.growth_rate(x, threads=1, **options)
    for threads in (2, 3, 4):
        same_bits(snd.growth_rate(x, threads=threads, **options), want)
    for start, length in [(k, 2 + k) for k in range(40)] + [(7, 1024), (8, 1025), (9, 1300)]:
        same_bits(snd.growth_rate(x[start : start + length], **options)[1:], want[start + 1 : start + length])
    same_bits(snd.growth_rate(np.repeat(x, 3)[::3], **options), want)
    same_bits(snd.growth_rate(np.ascontiguousarray(x[::-1])[::-1], **options), want)
    same_bits(snd.growth_rate(x[:, np.newaxis] * np.ones(5), **options)[:, 3], want)
    if "periods_per_year" not in options:
        same_bits(snd.growth_rate(x[::-1], -1, **options), want[::-1])
    itself = x.copy()
    same_bits(snd.growth_rate(itself, out=itself, **options), want)
    mixed = np.random.default_rng(3).permutation(n)
    same_bits(snd.growth_rate(x[mixed], time=mixed, threads=2, **options), want[mixed])


def compounded(x, y, base, power):
    """(y / x)**power - 1 of IEEE 754, NaN for a negative quotient."""
    if math.isnan(x) or math.isnan(y) or (base == "nan" and x <= 0):
        return NAN
    level = 1 + divide(y - x, -x) if base == "abs" and x < 0 else divide(y, x)
    if math.isnan(level) or level < 0:
        return NAN
    return level**power - 1


@pytest.mark.parametrize("base", ["ieee", "nan", "abs"])
@pytest.mark.parametrize("power", [1.0, 4.0, 13.0, 20.0, 0.25])
def test_compound_rates_of_every_pair_of_the_grid(base, power):
    x, y = map(np.array, zip(*itertools.product([*GRID, -INF], repeat=2), strict=True))
    want = [compounded(a, b, base, power) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    got = snd.growth_rate(np.array([x, y]), base=base, periods_per_year=power)[1]
    np.testing.assert_allclose(got, want, rtol=2e-15, atol=0, equal_nan=True)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (1.7072019569677932, 2.9020081576181775),
        (2.2408371815310346, 4.091129073880522),
        (1.0000008932650809e300, 1.6522041263845097e300),
        (5e-324, 2.5e-323),
        (1e-310, 1e-200),
    ],
)
def test_annual_rates_keep_what_a_quotient_loses(x, y):
    with localcontext() as context:
        context.prec = 50
        log = (Decimal(y) / Decimal(x)).ln() / 10
        got = snd.growth_rate([x] * 10 + [y], 10, periods_per_year=1)[10]
        assert relative_ulps(got, log.exp() - 1) <= 2 + 2 * abs(log)


def test_annualized_log_multiplies_and_abs_keeps_its_side():
    same(snd.growth_rate([1.0, 2.0, 3.0], 2, method="log", periods_per_year=4), [NAN, NAN, 2 * math.log(3)])
    got = snd.growth_rate([-2.0, -1.0], base="abs", periods_per_year=2)[1]
    assert got == pytest.approx(1.5**2 - 1, rel=1e-15)
    assert math.isnan(snd.growth_rate([-2.0, -1.0], base="nan", periods_per_year=2)[1])
    assert snd.growth_rate([2.0, 0.0], periods_per_year=4)[1] == -1.0


def test_lags_leads_and_zero():
    x = np.array([1.0, 2.0, 4.0, NAN, 16.0])
    got = snd.growth_rate(x, [0, 1, -1, 2, 9, -(2**62)], fill=-5.0)
    want = [
        [0, 0, 0, NAN, 0],
        [-5, 1, 1, NAN, NAN],
        [-0.5, -0.5, NAN, NAN, -5],
        [-5, -5, 3, NAN, 3],
        [-5] * 5,
        [-5] * 5,
    ]
    same(got, want)
    assert snd.growth_rate(x, 0, method="ratio")[0] == 1.0
    assert snd.growth_rate(x, np.int64(1)).shape == (5,)
    assert snd.growth_rate(x, range(1, 3)).shape == (2, 5)


def shifted(x, lag, axis):
    """The base of each cell by slicing, NaN where there is none."""
    base = np.full(x.shape, NAN)
    to, of = [slice(None)] * x.ndim, [slice(None)] * x.ndim
    n = x.shape[axis]
    if abs(lag) < n:
        to[axis] = slice(lag, None) if lag >= 0 else slice(None, lag)
        of[axis] = slice(None, n - lag) if lag >= 0 else slice(-lag, None)
        base[tuple(to)] = x[tuple(of)]
    return base


LAYOUTS = {
    "C": lambda x: x,
    "Fortran": np.asfortranarray,
    "reversed": lambda x: x[::-1, ::-1, ::-1],
    "sliced": lambda x: np.repeat(np.repeat(x, 2, 0), 3, 2)[::2, :, ::3],
    "big-endian": lambda x: x.astype(">f8"),
    "read-only": lambda x: np.frombuffer(x.tobytes()).reshape(x.shape),
    "unaligned": lambda x: np.frombuffer(b"." + x.tobytes(), offset=1).reshape(x.shape),
    "transposed": lambda x: x.transpose(2, 0, 1),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("axis", [0, 1, 2, -1])
@pytest.mark.parametrize("threads", [1, 2, 4])
def test_any_axis_of_any_layout(layout, axis, threads):
    x = LAYOUTS[layout](np.random.default_rng(3).random((7, 5, 1300)) + 0.5)
    lags = [1, -2, 5, 0, 8]
    got = snd.growth_rate(x, lags, axis=axis, threads=threads)
    for row, lag in zip(got, lags, strict=True):
        base = shifted(x.astype(float), lag, axis)
        same(row, (x - base) / base)


def test_float32_stays_and_other_numbers_become_float64():
    for dtype, result in [
        ("f2", "f4"),
        ("f4", "f4"),
        ("f8", "f8"),
        ("i1", "f8"),
        ("?", "f8"),
        ("u8", "f8"),
        ("O", "f8"),
    ]:
        got = snd.growth_rate(np.array([1, 1, 1]).astype(dtype))
        assert got.dtype == np.dtype(result)
        same(got, [NAN, 0, 0])
    x = np.array([1.0, 1.0 + 2.0**-23, 3.4e38, -3.4e38], np.float32)
    wide = x.astype(float)
    same(snd.growth_rate(x)[1:], ((wide[1:] - wide[:-1]) / wide[:-1]).astype(np.float32))


def test_empty_input_gives_an_empty_result():
    assert snd.growth_rate([]).shape == (0,)
    assert snd.growth_rate(np.empty((0, 3)), [1, 2]).shape == (2, 0, 3)
    assert snd.growth_rate(np.empty((3, 0))).shape == (3, 0)
    assert snd.growth_rate([], groups=[], time=[]).shape == (0,)
    assert snd.growth_reason([]).dtype == np.int8
    assert (
        snd.growth_between([], []).shape
        == snd.cagr([], [], []).shape
        == snd.implied_base([], []).shape
        == (0,)
    )


def test_out_may_be_or_overlap_the_values():
    x = np.arange(1.0, 3001.0)
    want = snd.growth_rate(x)
    buffer = np.concatenate([x, [0.0]])
    assert snd.growth_rate(buffer[:-1], out=buffer[1:]) is not None
    np.testing.assert_array_equal(buffer[1:], want)
    itself = x.copy()
    assert snd.growth_rate(itself, out=itself) is itself
    np.testing.assert_array_equal(itself, want)
    narrow = np.empty((2, 3000), np.float32)
    assert snd.growth_rate(x, [1, 2], out=narrow) is narrow
    np.testing.assert_array_equal(narrow[0], want.astype(np.float32))
    swapped = np.empty(3000, ">f8")
    snd.growth_rate(x, out=swapped)
    np.testing.assert_array_equal(swapped, want)


def test_a_failed_call_leaves_out_alone():
    out = np.full(2, 7.0)
    for options in ({"method": "x"}, {"time": [1, 1]}, {"groups": [1, None]}, {"periods_per_year": -1}):
        with pytest.raises(ValueError, match=r".+: "):
            snd.growth_rate([1.0, 2.0], out=out, **options)
    assert out.tolist() == [7.0, 7.0]


@pytest.mark.parametrize(
    ("error", "message", "options"),
    [
        (ValueError, "method: expected one of 'simple'", {"method": "percent"}),
        (ValueError, "base: expected one of 'ieee'", {"base": "zero"}),
        (ValueError, "lag: expected at least one", {"lag": []}),
        (TypeError, "lag: expected an integer", {"lag": 1.0}),
        (TypeError, "lag: expected an integer", {"lag": [1, True]}),
        (TypeError, "lag: expected an integer", {"lag": [[1], [2, 3]]}),
        (ValueError, r"lag: expected at most 2\*\*62", {"lag": 2**63}),
        (ValueError, "periods_per_year: goes with method", {"method": "ratio", "periods_per_year": 4}),
        (
            ValueError,
            "periods_per_year: goes with positive lags, got lag 0",
            {"lag": [1, 0], "periods_per_year": 4},
        ),
        (ValueError, "periods_per_year: expected a positive number", {"periods_per_year": NAN}),
        (TypeError, "periods_per_year: expected a number", {"periods_per_year": "a"}),
        (TypeError, "fill: expected a number", {"fill": None}),
        (OverflowError, "fill: expected a number that a float holds", {"fill": 10**400}),
        (ValueError, "axis 1 is out of bounds", {"axis": 1}),
        (TypeError, "axis: expected an integer", {"axis": "time"}),
        (ValueError, r"out: expected shape \(3,\), got \(2,\)", {"out": np.empty(2)}),
        (TypeError, "out: expected an array", {"out": [0, 0, 0]}),
        (TypeError, "out: expected float64, got int64", {"out": np.empty(3, np.int64)}),
        (ValueError, "freq: goes with time", {"freq": "M"}),
        (ValueError, "threads: expected a whole number", {"threads": 0}),
        (ValueError, r"values: expected 2 rows along axis 0.*got shape \(3,\)", {"time": [1, 2]}),
    ],
)
def test_errors_name_the_argument(error, message, options):
    with pytest.raises(error, match=message):
        snd.growth_rate([1.0, 2.0, 3.0], **options)


def test_values_that_are_no_numbers_are_refused():
    with pytest.raises(ValueError, match="values: expected at least one dimension"):
        snd.growth_rate(3.0)
    for bad in (["a", "b"], [1j, 2j], np.array(["2020"], "M8[Y]"), [object()]):
        with pytest.raises(TypeError, match="values: expected numbers"):
            snd.growth_rate(bad)
    with pytest.raises(ValueError, match="values: rows differ in length"):
        snd.growth_rate([[1], [2, 3]])
    with pytest.raises(ValueError, match="read-only"):
        snd.growth_rate([1.0], out=np.frombuffer(bytes(8)))


def test_masked_values_are_missing():
    x = np.ma.masked_array([2**60, 5, 2**60 + 1], mask=[False, True, False])
    got = snd.growth_rate(x, [1, 2], method="difference")
    same(got, [[NAN, NAN, NAN], [NAN, NAN, 1.0]])
    assert snd.growth_reason(x).tolist() == [3, 1, 2]
    same(snd.growth_rate(np.ma.masked_array([1.0, 2.0], mask=[True, False])), [NAN, NAN])
    for hidden in (0, 1):
        zero = np.ma.masked_array([0 if hidden == 0 else 5, 5, 5], mask=np.arange(3) == hidden)
        same(snd.growth_rate(zero, [1, -1], base="raise"), snd.growth_rate(zero, [1, -1]))
        with pytest.raises(ValueError, match="base of row 2 at lag 2 is zero"):
            snd.growth_rate(np.ma.masked_array([0, 0, 5], mask=np.arange(3) == 1), [1, 2], base="raise")


def test_a_series_gives_a_series():
    s = pd.Series([90.0, 91.0, 85.0], index=list("abc"), name="q")
    s.attrs["unit"] = "t"
    got = snd.growth_rate(s)
    pd.testing.assert_series_equal(got, s.pct_change(fill_method=None))
    assert got.attrs == {"unit": "t"}
    several = snd.growth_rate(s, [1, 2])
    assert several.columns.tolist() == [1, 2]
    assert several.columns.name == "lag"
    assert several.attrs == {"unit": "t"}
    same(several[2], [NAN, NAN, (85 - 90) / 90])
    assert snd.growth_reason(s).dtype == np.int8
    reasons = snd.growth_reason(s, [1])
    assert reasons.index.equals(s.index)


def test_a_frame_gives_a_frame():
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [4.0, 2.0, 2.0]}, index=[5, 6, 7])
    pd.testing.assert_frame_equal(snd.growth_rate(frame), frame.pct_change(fill_method=None))
    several = snd.growth_rate(frame, [1, 2])
    assert several.columns.tolist() == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert several.columns.names[-1] == "lag"
    same(several["a", 2], [NAN, NAN, 3.0])
    across = snd.growth_rate(frame, axis=1)
    same(across.to_numpy(), [[NAN, 3.0], [NAN, 0.0], [NAN, -0.5]])
    same(snd.growth_rate(frame, [1], axis=1)["b", 1], [3.0, 0.0, -0.5])


def test_a_frame_of_mixed_columns_keeps_integers_exact():
    frame = pd.DataFrame({"a": [2**60, 2**60 + 1], "b": [0.5, 1.0], "c": pd.array([1, None], "Int64")})
    got = snd.growth_rate(frame, method="difference")
    assert got["a"].tolist()[1] == 1.0
    assert got["b"].tolist()[1] == 0.5
    assert got["c"].isna().all()
    assert str(got["c"].dtype) == "Float64"
    out = np.empty((2, 3))
    assert snd.growth_rate(frame, out=out) is out
    with pytest.raises(TypeError, match="values, column 't': expected numbers"):
        snd.growth_rate(frame.assign(t=["x", "y"]))


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "Int8", "Float32"])
def test_na_stays_na_and_zero_over_zero_stays_nan(dtype):
    s = pd.Series([0, 0, None, 3, -1, 6], dtype=dtype)
    got = snd.growth_rate(s)
    assert str(got.dtype) == ("Float32" if dtype == "Float32" else "Float64")
    assert got.array._mask.tolist() == [True, False, True, True, False, False]
    assert np.isnan(got.array._data[1])
    same(got.array._data[4:], [np.float32(-4 / 3) if dtype == "Float32" else -4 / 3, -7.0])
    ruled = snd.growth_rate(s, base="nan")
    assert ruled.array._mask.tolist() == [True, True, True, True, False, True]
    logs = snd.growth_rate(s, method="log")
    assert logs.array._mask.all()
    filled = snd.growth_rate(s, fill=0.0)
    assert filled.array._mask.tolist() == [False, False, True, True, False, False]
    assert snd.growth_reason(s).tolist() == [3, 4, 1, 2, 7, 6]


def test_na_of_large_integers():
    s = pd.Series([2**62, 2**62 + 1, None, 2**62 + 3], dtype="Int64")
    got = snd.growth_rate(s, [1, 2], method="difference")
    assert got[1].isna().tolist() == [True, False, True, True]
    assert got[1][1] == 1.0
    assert got[2][3] == 2.0


def test_indexes_that_differ_are_refused():
    s = pd.Series([1.0, 2.0], index=[1, 2])
    with pytest.raises(ValueError, match="groups: its index differs from the index of values"):
        snd.growth_rate(s, groups=pd.Series([1, 1], index=[2, 1]))
    with pytest.raises(ValueError, match="end: its index differs"):
        snd.growth_between(s, s[::-1])


def test_growth_between_broadcasts_and_keeps_containers():
    s = pd.Series([1, 2], name="x")
    got = snd.growth_between(s, 4, method="difference")
    assert isinstance(got, pd.Series)
    assert got.tolist() == [3.0, 2.0]
    assert snd.growth_between(np.ones((2, 1)), np.ones(3)).shape == (2, 3)
    assert snd.growth_between(np.float32(1), np.ones(2, np.float32)).dtype == np.float32
    with pytest.raises(ValueError, match="shapes do not broadcast: start"):
        snd.growth_between([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="method: expected one of"):
        snd.growth_between(1, 2, method="cagr")
    with pytest.raises(TypeError, match="end: expected numbers"):
        snd.growth_between(1.0, "a")


def test_cagr_and_implied_base_by_hand():
    assert snd.cagr(4.0, 9.0, 0.0) != snd.cagr(4.0, 9.0, 0.0)
    assert snd.cagr(4.0, 1.0, -2.0) == pytest.approx(1.0)
    assert snd.cagr(np.float32(4), np.float32(9), np.float32(2)).dtype == np.float32
    assert snd.implied_base(100, 0.25) == 80.0
    level = np.array([3.0, -2.0, 5.0])
    growth = np.array([0.1, -0.4, 2.0])
    base = snd.implied_base(level, growth)
    np.testing.assert_allclose(snd.growth_between(base, level), growth, rtol=1e-14)


def test_polars_columns_keep_their_nulls():
    polars = pytest.importorskip("polars")
    s = polars.Series("q", [2**60, 2**60 + 1, None, 0, 0])
    got = snd.growth_rate(s, method="difference")
    assert got.name == "q"
    assert got.to_list() == [None, 1.0, None, None, 0.0]
    several = snd.growth_rate(s.cast(polars.Float64), [1, 2])
    assert several.columns == ["1", "2"]
    assert several["1"].is_null().to_list() == [True, False, True, True, False]
    assert math.isnan(several["1"][4])
    frame = polars.DataFrame({"a": [1.0, 2.0], "b": [4, 2]})
    assert snd.growth_rate(frame).rows() == [(None, None), (1.0, -0.5)]
    assert snd.growth_rate(frame, [1, -1]).columns == ["a_1", "a_-1", "b_1", "b_-1"]
    with pytest.raises(ValueError, match="axis: expected 0 for a polars frame"):
        snd.growth_rate(frame, axis=1)
    with pytest.raises(TypeError, match="values, column 't': expected numbers"):
        snd.growth_rate(polars.DataFrame({"t": ["x", "y"]}))
    groups = polars.Series(["u", "v", "u", "v", "u"])
    assert snd.growth_reason(s, groups=groups).to_list() == [3, 3, 1, 0, 2]


def test_element_by_element_on_polars():
    polars = pytest.importorskip("polars")
    start = polars.Series("q", [2**60, None, 0])
    got = snd.growth_between(start, polars.Series([2**60 + 1, 3, 5]), method="difference")
    assert (got.name, got.to_list()) == ("q", [1.0, None, 5.0])
    assert snd.growth_between(polars.Series([1, 2], dtype=polars.Int8), 4).to_list() == [3.0, 1.0]
    assert snd.growth_between(2.0, polars.Series([None, 3.0], dtype=polars.Float32)).dtype == polars.Float32
    assert snd.cagr(polars.Series([4.0, None]), 9, [2, 2]).to_list() == [0.5, None]
    assert snd.growth_between(polars.Series([None, 1]), [2, 3], base="raise").to_list() == [None, 2.0]
    with pytest.raises(ValueError, match="start: zero or negative at 2"):
        snd.growth_between(start, 1, base="raise")
    out = np.full(3, 7.0)
    assert snd.growth_between(start, 1, out=out, where=[True, True, False]) is out
    same(out, [(1 - 2**60) / 2**60, NAN, 7.0])
    frame = polars.DataFrame({"a": [1.0, 2.0], "b": [4, None]})
    assert snd.growth_between(frame, 8.0).rows() == [(7.0, 1.0), (3.0, None)]
    assert snd.growth_between(frame, frame).rows() == [(0.0, 0.0), (0.0, None)]
    with pytest.raises(ValueError, match="end: its columns differ from those of start"):
        snd.growth_between(frame, frame.select("b", "a"))
    with pytest.raises(TypeError, match="start: expected numbers"):
        snd.growth_between(polars.Series(["a"]), 1)
    wide = polars.Series([2**100, 2**101], dtype=polars.Int128)
    assert snd.growth_rate(wide).to_list() == [None, 1.0]


def test_python_integers_beside_unsigned_ones():
    x = np.array([1, 2**64 - 1], np.uint64)
    assert snd.growth_between(-1, x, method="difference").tolist() == [2.0, 2.0**64]
    assert snd.growth_between(x, -3, method="difference").tolist() == [-4.0, -(2.0**64)]


def test_annual_rates_of_negative_quotients_are_not_numbers():
    assert math.isnan(snd.growth_rate([-1.0, 2.0], periods_per_year=2)[1])
    assert snd.growth_rate([-1.0, -2.0], periods_per_year=2)[1] == 3.0
    assert snd.cagr(1.0, 0.0, -2.0) == INF


def test_xarray_says_what_does_not_fit():
    xarray = pytest.importorskip("xarray")
    with pytest.raises(TypeError, match="values: expected a DataArray, got a Dataset"):
        snd.growth_rate(xarray.Dataset({"a": ("x", [1.0, 2.0])}))
    with pytest.raises(ValueError, match="lag: several need a dimension 'lag', and the figures have one"):
        snd.growth_rate(xarray.DataArray([1.0, 2.0], dims="lag"), [1, 2])


def test_xarray_coordinates_that_differ_are_refused():
    xarray = pytest.importorskip("xarray")
    x = xarray.DataArray([1.0, 2.0], dims="t", coords={"t": [2020, 2021]})
    for name in ("time", "groups"):
        with pytest.raises(ValueError, match=f"{name}: its coordinates of 't' differ from those of values"):
            snd.growth_rate(x, **{name: x.t[::-1]})
    assert snd.growth_rate(x, time=x.t)[1] == 1.0
    assert snd.growth_rate(x, time=xarray.DataArray([1, 2], dims="t"))[1] == 1.0
    with pytest.raises(ValueError, match="period: its coordinates of 't' differ"):
        snd.ytd_to_period(x, x.t[::-1] - 2019)


def test_xarray_keeps_dimensions_and_coordinates():
    xarray = pytest.importorskip("xarray")
    x = xarray.DataArray(
        [[1.0, 2.0], [2.0, 3.0]],
        dims=("year", "k"),
        coords={"year": [2020, 2021]},
        attrs={"unit": "t"},
        name="x",
    )
    got = snd.growth_rate(x)
    assert got.dims == ("year", "k")
    assert got.attrs == {"unit": "t"}
    same(got.sel(year=2021), [1.0, 0.5])
    several = snd.growth_rate(x, [1, -1], time=x.year)
    assert several.dims == ("lag", "year", "k")
    same(several.sel(lag=-1, year=2020), [-0.5, -1 / 3])
