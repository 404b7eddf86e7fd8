"""Audits of printed figures, against exact rational arithmetic."""

import copy
import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import sndstats as snd


def decimal(places: int, low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(low * 10**places, high * 10**places).map(lambda n: Fraction(n, 10**places))


levels = st.integers(0, 3).flatmap(lambda places: decimal(places, 0, 5000))
growths = st.integers(1, 4).flatmap(lambda places: decimal(places, -1, 3))
halves = st.sampled_from([Fraction(0), *(Fraction(5, 10**k) for k in range(1, 6))])


def box(value: Fraction, half: Fraction) -> tuple[Fraction, Fraction]:
    return value - half, value + half


def product(a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)


def meet(a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def near(got: object, want: Fraction, scale: Fraction) -> bool:
    return abs(Fraction(float(got)) - want) <= scale * Fraction(1, 2**48)


@given(levels, growths, levels, halves, halves, halves)
def test_audit_agrees_with_rational_arithmetic(
    level: Fraction, growth: Fraction, base: Fraction, h: Fraction, k: Fraction, j: Fraction
) -> None:
    boxes = box(level, h), box(1 + growth, k), box(base, j)
    found = snd.audit(
        float(level),
        float(growth),
        float(base),
        level_half_width=float(h),
        growth_half_width=float(k),
        base_half_width=float(j),
    )
    exact = meet(boxes[0], product(boxes[1], boxes[2]))
    assert found.consistent == exact
    assert (found.widening <= 1) == exact
    if exact:
        for name, printed in (("level", level), ("growth", growth), ("base", base)):
            interval = getattr(found, name)
            half = {"level": h, "growth": k, "base": j}[name]
            assert float(printed - half) <= interval.low <= interval.high <= float(printed + half)


@given(levels, growths, levels, halves, halves, halves)
def test_widening_is_the_least_factor(
    level: Fraction, growth: Fraction, base: Fraction, h: Fraction, k: Fraction, j: Fraction
) -> None:
    assume(h + j + k * base > 0)
    found = snd.audit(
        float(level),
        float(growth),
        float(base),
        level_half_width=float(h),
        growth_half_width=float(k),
        base_half_width=float(j),
    )
    assume(np.isfinite(found.widening))
    at = Fraction(float(found.widening))
    for factor, holds in ((at * (1 + Fraction(1, 10**9)) + Fraction(1, 10**9), True), (at, None)):
        stretched = [box(v, factor * w) for v, w in ((level, h), (1 + growth, k), (base, j))]
        if holds:
            assert meet(stretched[0], product(stretched[1], stretched[2]))
    below = at * (1 - Fraction(1, 10**9)) - Fraction(1, 10**9)
    if below > 0:
        stretched = [box(v, below * w) for v, w in ((level, h), (1 + growth, k), (base, j))]
        assert not meet(stretched[0], product(stretched[1], stretched[2]))


@given(levels, growths, halves, halves)
def test_the_base_solved_for_is_the_narrowest(
    level: Fraction, growth: Fraction, h: Fraction, k: Fraction
) -> None:
    assume(1 + growth - k > 0)
    found = snd.audit(float(level), float(growth), level_half_width=float(h), growth_half_width=float(k))
    numerator, denominator = box(level, h), box(1 + growth, k)
    corners = [x / y for x in numerator for y in denominator]
    assert near(found.base.low, min(corners), abs(min(corners)))
    assert near(found.base.high, max(corners), abs(max(corners)))
    assert Fraction(float(found.base.low)) <= min(corners)
    assert Fraction(float(found.base.high)) >= max(corners)
    assert found.base.contains(found.base.value)
    assert found.consistent == -1


@given(levels, growths, levels, halves, halves, halves, st.integers(2, 5))
def test_narrower_inputs_never_widen(
    level: Fraction, growth: Fraction, base: Fraction, h: Fraction, k: Fraction, j: Fraction, by: int
) -> None:
    figures = float(level), float(growth), float(base)
    wide, narrow = (
        snd.audit(
            *figures,
            level_half_width=float(h / d),
            growth_half_width=float(k / d),
            base_half_width=float(j / d),
        )
        for d in (1, by)
    )
    assert narrow.consistent <= wide.consistent
    if narrow.consistent == 1:
        for name in ("level", "growth", "base"):
            inner, outer = getattr(narrow, name), getattr(wide, name)
            slack = 1e-14 * (1 + abs(outer.value) + outer.width)
            assert outer.low - slack <= inner.low
            assert inner.high <= outer.high + slack


@given(
    st.lists(st.tuples(levels, halves), min_size=1, max_size=6),
    levels,
    halves,
    st.integers(0, 5),
)
def test_sums_agree_with_rational_arithmetic(
    parts: list[tuple[Fraction, Fraction]], total: Fraction, half: Fraction, skip: int
) -> None:
    values, half_widths = [float(v) for v, _ in parts], [float(w) for _, w in parts]
    sums = sum(v for v, _ in parts), sum(w for _, w in parts)
    found = snd.audit_sum(values, float(total), parts_half_width=half_widths, total_half_width=float(half))
    apart, slack = abs(sums[0] - total), sums[1] + half
    assert found.consistent == (apart <= slack)
    if slack:
        assert near(found.widening, apart / slack, (sums[0] + total) / slack)
    else:
        assert found.widening == (0 if apart == 0 else np.inf)
    skip %= len(parts)
    known = [np.nan if k == skip else v for k, v in enumerate(values)]
    solved = snd.audit_sum(known, float(total), parts_half_width=half_widths, total_half_width=float(half))
    rest = total - sums[0] + parts[skip][0]
    spread = slack - parts[skip][1]
    scale = sums[0] + total + slack
    assert solved.consistent == -1
    assert near(solved.parts.low[skip], rest - spread, scale)
    assert near(solved.parts.high[skip], rest + spread, scale)
    assert solved.parts[skip].contains(float(rest))


@given(levels, levels, halves, halves)
def test_shares(part: Fraction, whole: Fraction, h: Fraction, j: Fraction) -> None:
    assume(whole - j > 0)
    found = snd.audit_share(float(part), float(whole), part_half_width=float(h), whole_half_width=float(j))
    corners = [x / y for x in box(part, h) for y in box(whole, j)]
    assert near(found.share.low, min(corners), abs(min(corners)))
    assert near(found.share.high, max(corners), abs(max(corners)))


@given(st.integers(1, 10**6), decimal(3, -1, 4), st.sampled_from([Fraction(5, 1000), Fraction(5, 10**4)]))
def test_integer_bases_are_all_and_only_those(count: int, growth: Fraction, k: Fraction) -> None:
    assume(1 + growth - k > Fraction(1, 10))
    found = snd.integer_bases(count, float(growth), float(k)).tolist()

    def prints(n: int) -> bool:
        return n > 0 and abs(Fraction(count, n) - 1 - growth) <= k

    assert all(prints(n) for n in found[:50] + found[-50:])
    near_ends = {int(count / (1 + growth + s * k)) + d for s in (-1, 1) for d in (-1, 0, 1, 2)}
    held = set(found)
    assert all(prints(n) == (n in held) for n in near_ends)
    assert found == sorted(held)


def test_seed_tensions() -> None:
    """T1 to T4 of the figures of Suzhou New District, Science and Technology Daily, 2023-02-07."""
    t1 = snd.audit_sum([61600, 13000], 75000, parts_half_width=[50, 500], total_half_width=500)
    assert t1.consistent == 1
    assert t1.widening > 0
    assert snd.audit(400, 0.15, 380, growth_half_width=0.005).consistent == 0
    assert snd.integer_bases(20, 1.16, 0.005).size == 0
    assert snd.integer_bases(135, 1.16, 0.005).size == 0
    # T4: industrial projects up 16 % while their share goes from 35 to 50 %: the total changes by
    # 1.16/(0.5/0.35) - 1 = -18.8 % [-21.1, -16.4], from 689 [679, 701] to 560 [554, 566].
    counts = snd.Interval(1.155, 1.165, 1.16)
    shares = snd.Interval(0.495, 0.505, 0.50) / snd.Interval(0.345, 0.355, 0.35)
    change = counts / shares - 1
    assert round(float(change.value), 3) == -0.188
    assert float(change.low) == pytest.approx(-0.211, abs=5e-4)
    assert float(change.high) == pytest.approx(-0.164, abs=5e-4)
    total = snd.audit_share(280, None, 0.50, share_half_width=0.005).whole
    assert (round(float(total.low)), round(float(total.value)), round(float(total.high))) == (554, 560, 566)


def test_bounds_open_one_side() -> None:
    below = snd.audit(50, 0.25, growth_bound="gt").base
    assert below.low == 0.0
    assert 40.0 <= below.high <= 40.0 * (1 + 2.0**-49)
    assert snd.audit(50, 0.25, 30, growth_bound="ge").consistent == 1
    assert snd.audit(50, 0.25, 45, growth_bound="ge").consistent == 0
    assert snd.audit(50, 0.25, 45, growth_bound="le").consistent == 1
    assert snd.audit(50, 0.25, 45, growth_bound="lt").consistent == 1
    near_800 = snd.audit(1000, None, 800, level_bound="gt", base_bound="lt")
    assert near_800.growth.low == pytest.approx(0.25)
    assert near_800.growth.high == np.inf
    assert snd.audit(-5, 0.1, level_bound="le").base.high == pytest.approx(-5 / 1.1)
    words = snd.audit([50, 50], 0.25, 45, growth_bound=["ge", "le"])
    assert words.consistent.tolist() == [0, 1]


def test_growth_near_and_below_minus_one() -> None:
    assert snd.audit(0, -1, 5).consistent == 1
    assert snd.audit(1, -1, 5).consistent == 0
    assert snd.audit(1, -1, 5).widening == np.inf
    assert snd.audit(1, -1, 5, base_half_width=0.5).widening == np.inf
    swing = snd.audit(-20, None, 10)
    assert swing.growth.value == -3.0
    two_rays = snd.audit(10, 0.0, 100, base_half_width=200, growth_half_width=2)
    assert two_rays.consistent == 1
    assert two_rays.base.low == -100.0
    assert two_rays.base.high == 300.0
    one_ray = snd.audit(10, -1.0, 100, base_half_width=90, growth_half_width=0.5)
    assert one_ray.base.low == pytest.approx(20.0)
    touching = snd.audit(10, -1.0, 0.0, base_half_width=1e15, growth_half_width=1e-14)
    assert touching.consistent == 1
    assert (touching.base.low, touching.base.high) == (-1e15, 1e15)
    assert touching.widening == pytest.approx(1.0)
    assert snd.audit_sum([1e308, 1e308]).consistent == -1
    assert snd.audit_sum([1e308, 1e308], 1e308).consistent == 0


def test_a_widening_among_the_subnormal_numbers_is_found() -> None:
    # level = 1e300 * 0 needs a level of zero: 5e-17 of a half-width of 1e300.
    found = snd.audit(-5e-17, -1.0, 1e300, level_half_width=1e300, growth_bound="ge")
    assert found.consistent == 1
    assert float(found.widening) == pytest.approx(5e-317, rel=1e-6)


def test_missing_figures() -> None:
    found = snd.audit([13, np.nan, 13, np.inf], [0.3, 0.3, np.nan, 0.3], [10, 10, np.nan, 10])
    assert found.consistent.tolist() == [1, -1, -1, -1]
    assert np.isnan(found.widening[1:]).all()
    assert found.level.value[1] == pytest.approx(13)
    assert np.isnan(found.growth.low[2])
    assert snd.audit(13, 0.3, 10, base_half_width=np.nan).consistent == -1
    masked = np.ma.masked_array([10.0, 99.0], mask=[False, True])
    assert snd.audit([13, 13], 0.3, masked).consistent.tolist() == [1, -1]
    assert snd.audit(13, 0.3, pd.Series([10, pd.NA], dtype="Int64")).consistent.tolist() == [1, -1]


def test_a_widening_that_any_width_grants_is_zero() -> None:
    # Any base but 0 will do for a growth that is open: the least factor is approached, not reached.
    found = snd.audit(250, -7, 0, level_bound="ge", growth_bound="le", base_half_width=0.05)
    assert (int(found.consistent), float(found.widening)) == (1, 0.0)


def test_shapes() -> None:
    assert snd.audit(np.ones((3, 1)), 0.0, np.ones(4)).consistent.shape == (3, 4)
    assert snd.audit(np.ones((0, 2)), 0.0, 1.0).base.low.shape == (0, 2)
    assert isinstance(snd.audit(1, 0.0, 1).consistent, np.int8)
    backwards = np.arange(12.0)[::-2].astype(">f8")
    backwards.flags.writeable = False
    found = snd.audit(backwards, 0.0, backwards)
    assert found.consistent.tolist() == [1] * 6
    assert found.level.value.tolist() == backwards.tolist()
    table = snd.audit_sum(np.ones((2, 3, 4)), np.full(4, 2.0))
    assert table.consistent.tolist() == [[1] * 4] * 3
    assert table.parts.shape == (2, 3, 4)
    assert snd.audit_sum(np.empty((2, 0)), np.empty(0)).parts.shape == (2, 0)
    assert snd.audit_sum([], 0).consistent == 1
    assert snd.audit_sum([], 1).consistent == 0
    frame = pd.DataFrame([[1.0, 2.0], [3.0, 4.0]])
    assert snd.audit_sum(frame, [4.0, 7.0]).consistent.tolist() == [1, 0]


def test_audits_do_not_change() -> None:
    found = snd.audit(13, 0.3, 10)
    with pytest.raises(AttributeError, match="do not change"):
        found.consistent = 0
    with pytest.raises(AttributeError, match="level, growth, base"):
        found.total  # noqa: B018 (reading it is the test)
    again = pickle.loads(pickle.dumps(found))
    assert again.base == found.base == copy.deepcopy(found).base
    assert {"level", "growth", "base", "consistent"} <= set(dir(found))
    assert repr(found).startswith("Audit(consistent=1, widening=0.0,\n  level=Interval([13, 13], value=13)")


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: snd.audit(13), TypeError, "growth and base"),
        (lambda: snd.audit("13", 0.3, 10), TypeError, "level: expected numbers"),
        (lambda: snd.audit(13, 0.3, 10j), TypeError, "base: expected numbers"),
        (lambda: snd.audit(13, 0.3, 10, level_half_width=-1), ValueError, "level_half_width"),
        (lambda: snd.audit(13, 0.3, 10, growth_half_width=np.inf), ValueError, "growth_half_width"),
        (lambda: snd.audit(13, 0.3, 10, base_bound="abut"), ValueError, "base_bound: unknown bound 'abut'"),
        (lambda: snd.audit(13, 0.3, 10, base_bound="about"), ValueError, "base_half_width: 约, about"),
        (lambda: snd.audit([1, 2], 0.3, [1, 2, 3]), ValueError, "do not broadcast"),
        (lambda: snd.audit(pd.Series([1]), pd.Series([1], index=[7]), 1), ValueError, "growth: its index"),
        (lambda: snd.audit_share(1, None, None), TypeError, "share and whole"),
        (lambda: snd.audit_sum(5, 5), TypeError, "parts: expected a sequence"),
        (
            lambda: snd.audit_sum([1, 2], 3, parts_half_width=[1, 2, 3]),
            ValueError,
            "parts_half_width: expected one",
        ),
        (lambda: snd.audit_sum([1, 2], 3, parts_bound=["eq"]), ValueError, "parts_bound: expected one"),
        (lambda: snd.integer_bases(2.5, 0.1, 0.005), ValueError, "count: expected a whole number"),
        (lambda: snd.integer_bases(0, 0.1, 0.005), ValueError, "count: expected a whole number"),
        (lambda: snd.integer_bases(5, 0.1, -0.1), ValueError, "growth_half_width"),
        (lambda: snd.integer_bases(5, -0.999, 0.005), ValueError, "reaches -1"),
        (lambda: snd.integer_bases(5, np.nan, 0.005), ValueError, "growth: expected one finite"),
        (lambda: snd.integer_bases([5], 0.1, 0.005), TypeError, "count: expected one finite"),
        (lambda: snd.integer_bases(10**30, 0.1, 0.005), OverflowError, "int64"),
    ],
)
def test_errors_name_the_argument(call: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


# Completions: four figures in two claims.

Box = tuple[Fraction, Fraction]


def cut(a: Box, b: Box) -> Box:
    return max(a[0], b[0]), min(a[1], b[1])


def quotients(a: Box, b: Box) -> Box:
    corners = [x / y for x in a for y in b]
    return min(corners), max(corners)


shares = st.integers(1, 3).flatmap(lambda places: decimal(places, 0, 2))
leads = st.integers(1, 3).flatmap(lambda places: decimal(places, -1, 1))
amounts = decimal(1, 1, 500)


@given(amounts, amounts, shares, leads, shares, halves, halves, halves, halves)
def test_completions_agree_with_rational_arithmetic(
    actual: Fraction,
    target: Fraction,
    completion: Fraction,
    lead: Fraction,
    elapsed: Fraction,
    h: Fraction,
    j: Fraction,
    k: Fraction,
    m: Fraction,
) -> None:
    assume(target > j)
    found = snd.audit_completion(
        float(actual),
        float(target),
        float(completion),
        lead=float(lead),
        elapsed=float(elapsed),
        actual_half_width=float(h),
        target_half_width=float(j),
        completion_half_width=float(k),
        lead_half_width=float(m),
    )
    planned = box(elapsed + lead, m)
    shared = cut(box(completion, k), planned)
    claim = shared[0] <= shared[1] and meet(box(actual, h), product(shared, box(target, j)))
    assert found.consistent == claim
    assert (found.widening <= 1) == claim


@given(st.integers(1, 400), st.integers(1, 400), shares, st.integers(0, 3), st.integers(0, 3))
def test_prints_of_true_figures_agree_and_hold_them(
    actual: int, target: int, elapsed: Fraction, places: int, coarse: int
) -> None:
    completion = Fraction(actual, target)
    true = (Fraction(actual), Fraction(target), completion, completion - elapsed)
    halves_ = [Fraction(5, 10 ** (d + 1)) for d in (coarse, coarse, places, places)]
    prints = [float(round(x, d)) for x, d in zip(true, (coarse, coarse, places, places), strict=True)]
    given_ = {
        f"{name}_half_width": float(half)
        for name, half in zip(("actual", "target", "completion", "lead"), halves_, strict=True)
    }
    found = snd.audit_completion(*prints[:3], lead=prints[3], elapsed=float(elapsed), **given_)
    assert found.consistent == 1
    for name, x in zip(("actual", "target", "completion", "lead"), true, strict=True):
        interval = getattr(found, name)
        slack = Fraction(1, 10**12)  # 1/3 has no float64
        assert Fraction(float(interval.low)) - slack <= x <= Fraction(float(interval.high)) + slack


@given(amounts, amounts, leads, shares, halves, halves)
def test_completions_narrow_to_what_is_left(
    actual: Fraction, target: Fraction, lead: Fraction, elapsed: Fraction, h: Fraction, m: Fraction
) -> None:
    planned = box(elapsed + lead, m)
    assume(actual > h)
    assume(planned[0] > 0)
    figures = {"lead": float(lead), "elapsed": float(elapsed), "lead_half_width": float(m)}
    solved = snd.audit_completion(float(actual), None, actual_half_width=float(h), **figures)
    assert solved.consistent == -1
    want = quotients(box(actual, h), planned)
    assert near(solved.target.low, want[0], want[0])
    assert near(solved.target.high, want[1], want[1])
    assert near(solved.completion.low, planned[0], Fraction(2))
    told = snd.audit_completion(float(actual), float(target), actual_half_width=float(h), **figures)
    left = cut(planned, quotients(box(actual, h), (target, target)))
    assert told.consistent == (left[0] <= left[1])
    if told.consistent:
        assert near(told.completion.low, left[0], Fraction(2) + left[1])
        assert near(told.completion.high, left[1], Fraction(2) + left[1])
        assert near(told.lead.low, left[0] - elapsed, Fraction(4) + left[1])
        assert near(told.lead.high, left[1] - elapsed, Fraction(4) + left[1])


def test_what_is_missing_of_a_completion_is_solved_for() -> None:
    nan = np.nan
    found = snd.audit_completion(
        [nan, 60, 60, nan, 60, nan],
        [100, nan, 100, 100, 100, 100],
        [0.6, 0.6, nan, nan, nan, nan],
        lead=[nan, nan, nan, 0.1, 0.2, nan],
        elapsed=0.5,
    )
    assert found.consistent.tolist() == [-1, -1, -1, -1, 0, -1]
    assert found.actual.value.tolist()[:4] == [60, 60, 60, 60]
    assert found.target.value.tolist()[:4] == [100, 100, 100, 100]
    assert found.completion.value.tolist()[:4] == [0.6, 0.6, 0.6, 0.6]
    assert found.lead.value.tolist()[:4] == pytest.approx([0.1] * 4)
    assert np.isnan([found.actual.value[5], found.completion.low[5], found.lead.high[5]]).all()
    without = snd.audit_completion(60, 100, 0.6, lead=0.3)
    assert (without.consistent, without.lead.value) == (1, 0.3)
    assert snd.audit_completion([], [], []).actual.shape == (0,)
    assert snd.audit_completion(0, 0, 0.5, elapsed=0.5).consistent == 1
    assert snd.audit_completion(1, 0, 0.5, elapsed=0.5).widening == np.inf
    assert snd.audit_completion(60, 100, elapsed=[[0.5], [0.25]]).lead.value.tolist() == [[0.1], [0.35]]


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: snd.audit_completion(1), TypeError, "target, completion, lead: at least two of"),
        (lambda: snd.audit_completion(1, lead=0.1), TypeError, "target, completion: at least two"),
        (lambda: snd.audit_completion(completion=0.5, lead=0.1), TypeError, "actual, target: at least two"),
        (lambda: snd.audit_completion(1, 2, elapsed=np.inf), ValueError, "elapsed: expected finite shares"),
        (lambda: snd.audit_completion("a", 2), TypeError, "actual: expected numbers"),
        (lambda: snd.audit_completion(1, 2, 0.5, lead_half_width=-1), ValueError, "lead_half_width"),
        (
            lambda: snd.audit_completion(1, 2, 0.5, lead_bound="x"),
            ValueError,
            "lead_bound: unknown bound 'x'",
        ),
        (lambda: snd.audit_completion([1, 2], [1, 2, 3]), ValueError, "do not broadcast"),
    ],
)
def test_errors_of_completions(call, kind, message) -> None:
    with pytest.raises(kind, match=message):
        call()


def test_float32_figures_are_the_decimals_they_show() -> None:
    share = np.array([0.858, 0.859, 0.86], np.float32)
    half = np.float32(0.0005)
    found = snd.audit_share(13736, 16000, share, share_half_width=half)
    assert found.consistent.tolist() == [1, 1, 0]
    assert found.share.value.tolist() == [0.858, 0.859, 0.86]
    series = snd.audit_share(13736, 16000, pd.Series(share, dtype="Float32"), share_half_width=half)
    assert series.share == found.share
    assert snd.integer_bases(280, np.float32(0.16), np.float32(0.005)).tolist() == [241, 242]


def test_required_rates_of_nutrition_targets() -> None:
    """Cuts to be made in 13 years, 2012 to 2025, with the rate a year printed for them."""

    assert snd.unround("3.9%").contains(-snd.cagr(1.0, 0.6, 13))
    assert snd.unround("5.2%").contains(-snd.cagr(1.0, 0.5, 13))
    # Breast-feeding 38 to 50 gives 2.1335 %: the print of 2.11 % only through the levels' rounding.
    assert not snd.unround("2.11%").contains(snd.cagr(38.0, 50.0, 13))
    slow = snd.cagr(snd.unround("38").high, snd.unround("50").low, 13)
    fast = snd.cagr(snd.unround("38").low, snd.unround("50").high, 13)
    assert snd.Interval(slow, fast).contains(0.0211)
    # A cut of 30 % is 2.7064 % a year, not 2.74 %; the levels 15 and 10, taken exactly, give 3.07 %.
    assert not snd.unround("2.74%").contains(-snd.cagr(1.0, 0.7, 13))
    assert not snd.unround("2.74%").contains(-snd.cagr(15.0, 10.0, 13))
