"""What prints can stand for: against the decimal module, which rounds the other way."""

import copy
import decimal
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import sndstats as snd

ROUNDING = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
    "truncation": decimal.ROUND_DOWN,
}


def tenths(number: Decimal, places: int) -> Decimal:
    return number.scaleb(-places)


@given(
    st.sampled_from(list(ROUNDING)), st.integers(-99999, 99999), st.integers(-2000, 2000), st.integers(0, 4)
)
def test_a_number_could_be_printed_so_if_the_rule_prints_it_so(
    rule: str, digits: int, away: int, places: int
) -> None:
    # `away` runs in thousandths of a unit, ties and whole steps included.
    exact = tenths(Decimal(digits), places) + tenths(Decimal(away), places + 3)
    figure = tenths(Decimal(digits), places)
    found = snd.unround(f"{figure:f}", rule=rule)
    assert found.could_be(float(exact)) == (exact.quantize(figure, rounding=ROUNDING[rule]) == figure)
    if found.could_be(float(exact)):
        assert found.contains(float(exact))


@given(
    st.sampled_from([*ROUNDING, "unknown"]),
    st.integers(-(10**9), 10**9),
    st.integers(0, 9),
    st.sampled_from([1, 10**4, 10**8]),
)
def test_ends_are_the_decimals_rounded_once(rule: str, digits: int, places: int, scale: int) -> None:
    found = snd.unround(f"{tenths(Decimal(digits), places):f}", rule=rule, scale=scale)
    unit = Fraction(scale, 10**places)
    steps = {Fraction(k, 2) for k in (-2, -1, 0, 1, 2)}
    for end in (found.low, found.high):
        assert float(end) in {float((digits + step) * unit) for step in steps}
    assert float(found.value) == float(digits * unit)
    width = Fraction(2 if rule == "truncation" and digits == 0 else 1) * unit
    assert float(found.high - found.low) == pytest.approx(float(width), rel=1e-6)


@given(st.text("0123456789", min_size=1, max_size=6), st.text("0123456789", max_size=6))
def test_unknown_is_the_figure_give_or_take_its_half_width(whole: str, decimals: str) -> None:
    text = f"{whole}.{decimals}" if decimals else whole
    found, half = snd.unround(text), Fraction(5, 10 ** (len(decimals) + 1))
    assert float(found.low) == float(Fraction(text) - half)
    assert float(found.high) == float(Fraction(text) + half)
    assert not found.low_open
    assert not found.high_open


@given(st.sampled_from(["half_up", "half_even", "truncation", "unknown"]), st.integers(0, 10**6))
def test_rounding_by_size_is_mirrored(rule: str, digits: int) -> None:
    assert snd.unround(f"-{digits}", rule=rule) == -snd.unround(f"{digits}", rule=rule)


def test_a_tie_in_the_wild_falls_on_the_right_side() -> None:
    # 13,736 of 16,000 is 85.85 % exactly, which binary arithmetic puts on either side by the form.
    share = 100 * 13736 / 16000
    assert snd.unround("85.9", rule="half_up").could_be(share)
    assert not snd.unround("85.8", rule="half_up").could_be(share)
    assert snd.unround("85.8", rule="half_even").could_be(share)
    assert not snd.unround("85.9", rule="half_even").could_be(share)
    assert snd.unround(["85.8", "85.9"]).could_be(share).tolist() == [True, True]


def test_texts_as_half_width_takes_them() -> None:
    found = snd.unround(["1.2e3", "−1,234.5％", "3‰", "+.5"])
    assert found.value.tolist() == [1200, -12.345, 0.003, 0.5]
    assert found.low.tolist() == [1150, -12.3455, 0.0025, 0.45]
    assert snd.unround("1.26", scale=[1e4, 1e8]).high.tolist() == [12650, 126500000]
    assert snd.unround([["1"], ["2"]], scale=[1, 10]).shape == (2, 2)
    assert snd.unround(pd.Series(["1.2", "3"])).value.tolist() == [1.2, 3]
    assert snd.unround(pl.Series(["1.2", None])).low.tolist()[0] == 1.15
    assert snd.unround([]).shape == (0,)


def test_missing_prints_are_unknown() -> None:
    found = snd.unround(["1", None, float("nan"), pd.NA], rule="floor")
    assert np.isnan(found.low).tolist() == [False, True, True, True]
    assert found.high_open.tolist() == [True, False, False, False]
    assert np.isnan(snd.unround(None).value)
    masked = snd.unround(np.ma.array([1.5, 2.5], mask=[True, False]), decimals=1)
    assert np.isnan(masked.low).tolist() == [True, False]


def test_numbers_with_their_decimals() -> None:
    assert snd.unround(1.3, decimals=2) == snd.unround("1.30")
    assert snd.unround([13, 14], decimals=0, scale=10) == snd.unround(["13", "14"], scale=10)
    assert snd.unround(np.array([0.859, 0.1], np.float32), decimals=3) == snd.unround(["0.859", "0.100"])
    assert snd.unround(np.float32(0.859), decimals=3) == snd.unround("0.859")
    assert snd.unround(2**60 + 1, decimals=0).value == 2**60


def test_bounds_are_limits_not_prints() -> None:
    assert snd.unround("30%", bound="ge", rule="half_up") == snd.PrintedInterval(0.3, np.inf, 0.3)
    assert snd.unround("30%", bound="at most") == snd.PrintedInterval(-np.inf, 0.3, 0.3)
    over = snd.unround("1.26", scale=1e4, bound="超")
    assert over == snd.PrintedInterval(12600, np.inf, 12600, low_open=True)
    assert (over.could_be(12600), over.could_be(12601), over.contains(12600)) == (False, True, True)
    assert snd.unround("1.20", bound="余", scale=1e4).high == 13000
    assert snd.unround("0", bound="多").high == 1
    assert snd.unround(["60", "50"], bound="近", tolerance=[5, 1]).low.tolist() == [55, 49]
    assert snd.unround("60", bound="达") == snd.unround("60")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("eq", ["eq", "达到", "约", "About", " 左右 "]),
        ("ge", ["ge", ">=", "以上", "不低于", "at least", "At  Least"]),
        ("gt", ["gt", ">", "超", "超过", "逾", "多", "余", "more than"]),
        ("le", ["le", "<=", "以下", "以内", "at most", "up to"]),
        ("lt", ["lt", "<", "不足", "不满", "近", "将近", "nearly", "under"]),
    ],
)
def test_words_of_bounds(code: str, words: list[str]) -> None:
    assert snd.bound_code(words).tolist() == [code] * len(words)
    assert [snd.bound_code(word) for word in words] == [code] * len(words)


def test_bound_codes_of_containers() -> None:
    series = pd.Series(["以上", "超"], index=["a", "b"], name="bound")
    pd.testing.assert_series_equal(
        snd.bound_code(series), pd.Series(["ge", "gt"], index=["a", "b"], name="bound"), check_dtype=False
    )
    assert snd.bound_code([]).shape == (0,)
    for word in ("goal", "力争", None, 1):
        with pytest.raises(ValueError, match="word: unknown bound"):
            snd.bound_code(word)


def test_audits_take_the_words() -> None:
    code = snd.audit(50, 0.25, growth_bound="gt")
    word = snd.audit(50, 0.25, growth_bound="超")
    assert (code.base, code.consistent) == (word.base, word.consistent)
    assert snd.audit(400, 0.15, 380, growth_half_width=0.005, level_bound="以上").consistent == 1
    assert snd.audit_sum([1, 2], 4, total_bound="不足").consistent == 1
    assert snd.audit_sum([1, 2], 4, parts_bound=["多", "eq"]).consistent == 1
    about = snd.audit(100, None, 80, level_half_width=5, level_bound="约")
    assert about.growth == snd.audit(100, None, 80, level_half_width=5).growth
    with pytest.raises(ValueError, match=r"parts\[1\]_half_width: 约"):
        snd.audit_sum([1, 2], 3, parts_bound=["eq", "约"], parts_half_width=[0, 0])


def test_printed_intervals_are_intervals_that_do_not_change() -> None:
    found = snd.unround(["1.5", "-2.5"], rule="half_up")
    assert isinstance(found, snd.Interval)
    assert found[0] == snd.unround("1.5", rule="half_up")
    assert list(found)[1].low_open
    assert found[::-1].high_open.tolist() == [False, True]
    assert pickle.loads(pickle.dumps(found)) == found
    assert copy.deepcopy(found) == found
    assert found != snd.unround(["1.5", "-2.5"])
    assert snd.unround("1.5") == snd.Interval(1.45, 1.55, 1.5)
    assert snd.Interval(1.45, 1.55, 1.5) == snd.unround("1.5")
    assert (found == 1) is False
    assert type(found + 1) is snd.Interval
    with pytest.raises(AttributeError, match="do not change"):
        found.low_open = False
    with pytest.raises(ValueError, match="read-only"):
        found.high_open[0] = False
    with pytest.raises(TypeError):
        hash(found)
    assert repr(snd.unround("0", rule="truncation")) == "PrintedInterval((-1, 1), value=0)"
    assert repr(found).endswith("low_open=[False,  True],\n         high_open=[ True, False])")


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: snd.unround("1", rule="up"), ValueError, "rule: expected one of 'unknown', .*, got 'up'"),
        (lambda: snd.unround("1", rule=None), ValueError, "rule: expected one of"),
        (lambda: snd.unround("1", bound="或许"), ValueError, "bound: unknown bound '或许'"),
        (lambda: snd.unround("1.26万"), ValueError, r"'1.26万' is not a number.*unround\("),
        (lambda: snd.unround(1.3), TypeError, r"1\.3 and 1\.30 are different"),
        (lambda: snd.unround(True, decimals=0), TypeError, "printed: expected text"),
        (lambda: snd.unround(1j, decimals=0), TypeError, "printed: expected text"),
        (lambda: snd.unround(np.inf, decimals=0), ValueError, "finite"),
        (lambda: snd.unround(1.26, decimals=1), ValueError, "1.26 is not a figure of decimals=1"),
        (lambda: snd.unround("1.3", decimals=1), ValueError, "decimals: '1.3' shows its own"),
        (lambda: snd.unround(1, decimals=1.5), TypeError, "decimals: expected a whole number, got 1.5"),
        (lambda: snd.unround(1, decimals=10**9), ValueError, "decimals: expected at most 400"),
        (lambda: snd.unround("1", scale=0), ValueError, "scale: expected positive"),
        (lambda: snd.unround("50", bound="约"), ValueError, "tolerance: 约, about"),
        (lambda: snd.unround("50", bound="约", tolerance=-1), ValueError, "tolerance: expected positive"),
        (lambda: snd.unround(["1", "2"], scale=[1, 2, 3]), ValueError, r"do not broadcast: printed \(2,\)"),
        (lambda: snd.unround("1e999"), ValueError, "outside the numbers of float64"),
        (lambda: snd.unround("1e-999"), ValueError, "outside the numbers of float64"),
    ],
)
def test_errors_say_what_is_wrong(call, kind, message) -> None:
    with pytest.raises(kind, match=message):
        call()


# Formulas in which a figure stands twice.


def boxes(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(lambda ends: tuple(sorted(ends)))


@given(boxes(-500, 500), boxes(501, 5000))
def test_growth_from_increase_is_reached_at_corners(d: tuple[int, int], level: tuple[int, int]) -> None:
    found = snd.growth_from_increase(snd.Interval(*d), snd.Interval(*level))
    corners = [Fraction(x, y - x) for x in d for y in level]
    for end, exact, side in ((found.low, min(corners), 1), (found.high, max(corners), -1)):
        assert side * (exact - Fraction(float(end))) >= 0
        assert abs(exact - Fraction(float(end))) <= Fraction(1, 10**14) * (1 + abs(exact))
    assert found.contains(found.value)


@given(boxes(0, 500), boxes(1, 5000))
def test_share_from_parts_is_reached_at_corners(a: tuple[int, int], c: tuple[int, int]) -> None:
    found = snd.share_from_parts(snd.Interval(*a), snd.Interval(*c))
    corners = [Fraction(x, x + y) for x in a for y in c]
    for end, exact, side in ((found.low, min(corners), 1), (found.high, max(corners), -1)):
        assert side * (exact - Fraction(float(end))) >= 0
        assert abs(exact - Fraction(float(end))) <= Fraction(1, 10**14)
    assert found.contains(found.value)


@given(boxes(-50, 50), boxes(-50, 50), st.integers(0, 2**32 - 1))
def test_results_hold_every_exact_point(a: tuple[int, int], b: tuple[int, int], seed: int) -> None:
    draw = np.random.default_rng(seed).integers(0, 65, (20, 2))
    growth = snd.growth_from_increase(snd.Interval(*a), snd.Interval(*b))
    share = snd.share_from_parts(snd.Interval(*a), snd.Interval(*b))
    for i, j in draw.tolist():
        x = a[0] + Fraction((a[1] - a[0]) * i, 64)
        y = b[0] + Fraction((b[1] - b[0]) * j, 64)
        for found, base in ((growth, y - x), (share, x + y)):
            if base != 0 and not np.isnan(found.low):
                assert found.low == -np.inf or Fraction(float(found.low)) <= x / base
                assert found.high == np.inf or x / base <= Fraction(float(found.high))


@given(boxes(-50, 50), boxes(60, 90), st.integers(2, 5))
def test_narrower_figures_never_widen_the_result(a: tuple[int, int], b: tuple[int, int], by: int) -> None:
    def shrunk(ends: tuple[int, int]) -> snd.Interval:
        middle, half = sum(ends) / 2, (ends[1] - ends[0]) / 2 / by
        return snd.Interval(middle - half, middle + half)

    for function in (snd.growth_from_increase, snd.share_from_parts):
        wide = function(snd.Interval(*a), snd.Interval(*b))
        narrow = function(shrunk(a), shrunk(b))
        slack = 1e-12 * (1 + abs(wide.low) + abs(wide.high)) if np.isfinite(wide.width) else 0.0
        assert wide.low - slack <= narrow.low
        assert narrow.high <= wide.high + slack


def test_plain_arithmetic_is_wider() -> None:
    change, level = snd.unround("0", scale=1000), snd.unround("75", scale=1000)
    part, rest = snd.unround("6.7"), snd.unround("70.76")
    for plain, exact in (
        (change / (level - change), snd.growth_from_increase(change, level)),
        (part / (part + rest), snd.share_from_parts(part, rest)),
    ):
        assert plain.low <= exact.low
        assert exact.high <= plain.high
        assert exact.width < 0.999 * plain.width


def test_formulas_at_their_edges() -> None:
    assert snd.growth_from_increase(0, 5) == snd.Interval(0, 0)
    assert snd.growth_from_increase(-5, 0).value == -1
    assert snd.growth_from_increase(snd.Interval(4, 6), 5).high == np.inf
    assert np.isnan(snd.growth_from_increase(np.nan, 5).low)
    assert snd.growth_from_increase([1, 2], [[3], [5]]).shape == (2, 2)
    assert snd.growth_from_increase([], 1).shape == (0,)
    assert snd.share_from_parts(0, 3) == snd.Interval(0, 0)
    with pytest.raises(TypeError, match="increase: expected an Interval or numbers, got 'x'"):
        snd.growth_from_increase("x", 1)
    with pytest.raises(ValueError, match=r"do not broadcast: part \(2,\), rest \(3,\)"):
        snd.share_from_parts([1, 2], [1, 2, 3])


# Whole numbers behind shares and means.


@given(st.integers(0, 100), st.sampled_from([1, 10, 100]), st.integers(1, 120))
def test_integer_wholes_are_all_and_only_those(digits: int, unit: int, last: int) -> None:
    assume(digits <= unit)
    share, half = Fraction(digits, unit), Fraction(1, 2 * unit)
    found = snd.integer_wholes(float(share), float(half), up_to=last).tolist()
    assert found == [
        n
        for n in range(1, last + 1)
        if any(abs(Fraction(k, n) - share) <= half for k in (int(n * share), int(n * share) + 1))
    ]


@given(st.integers(1, 60), st.integers(1, 100), st.sampled_from([10, 100]))
def test_wholes_of_a_part_are_all_and_only_those(part: int, digits: int, unit: int) -> None:
    assume(digits <= unit)
    share, half = Fraction(digits, unit), Fraction(1, 2 * unit)
    found = snd.integer_wholes(float(share), float(half), part=part, up_to=400).tolist()
    assert found == [n for n in range(part, 401) if abs(Fraction(part, n) - share) <= half]


@given(st.integers(-500, 999), st.integers(1, 60), st.integers(1, 4))
def test_grim_by_looking_at_the_totals_around(digits: int, count: int, items: int) -> None:
    mean, half, n = Fraction(digits, 100), Fraction(5, 1000), count * items
    exists = any(abs(Fraction(k, n) - mean) <= half for k in range(int(mean * n) - 2, int(mean * n) + 3))
    assert snd.grim(float(mean), float(half), count, items=items) == exists


def test_wholes_and_means_at_their_edges() -> None:
    assert snd.integer_wholes(1.0, 0.0, up_to=3).tolist() == [1, 2, 3]
    assert snd.integer_wholes(0.0, 0.0, up_to=3, part=1).tolist() == []
    assert snd.integer_wholes(np.float32(0.35), np.float32(0.005), up_to=20).tolist() == [17, 20]
    # 23 digits of numerator: exact beyond int64.
    assert snd.integer_wholes(1 / 3, 0.0, up_to=12).tolist() == []
    assert snd.grim([1.5, np.nan], 0.0, [2, 3]).tolist() == [True, True]
    assert snd.grim([], 0.005, 5).shape == (0,)
    assert snd.grim(np.float32(0.1), np.float32(0), 10) == True  # noqa: E712 (it is a bool)
    # A tie counts: 3 of 8 is 0.375, which prints as 0.38 or 0.37.
    assert snd.grim([0.37, 0.38, 0.36], 0.005, 8).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: snd.integer_wholes(0.35, 0.005), TypeError, "up_to: expected a whole number, or part"),
        (
            lambda: snd.integer_wholes(1.35, 0.005, up_to=9),
            ValueError,
            "share: expected a fraction from 0 to 1",
        ),
        (lambda: snd.integer_wholes(0.35, -1, up_to=9), ValueError, "share_half_width"),
        (lambda: snd.integer_wholes(0.35, 0.005, up_to=0), ValueError, "up_to: expected a whole number"),
        (lambda: snd.integer_wholes(0.35, 0.005, part=1.5), ValueError, "part: expected a whole number"),
        (lambda: snd.integer_wholes(0.0, 0.005, part=1), ValueError, "reaches 0"),
        (lambda: snd.integer_wholes("a", 0.005, up_to=9), ValueError, "share: expected one finite number"),
        (lambda: snd.integer_wholes(0.35, 0.005, up_to=2**63), OverflowError, "up_to"),
        (lambda: snd.integer_wholes(0.5, 0.0, part=2**63), OverflowError, "part"),
        (lambda: snd.grim(1.0, -1, 5), ValueError, "mean_half_width: expected finite numbers from 0 up"),
        (lambda: snd.grim(1.0, 0.005, 2.5), ValueError, "count: expected whole numbers from 1 up, got 2.5"),
        (lambda: snd.grim(1.0, 0.005, 5, items=0), ValueError, "items: expected whole numbers"),
        (lambda: snd.grim(np.inf, 0.005, 5), ValueError, "mean: expected finite"),
        (lambda: snd.grim("x", 0.005, 5), TypeError, "mean: expected numbers"),
        (lambda: snd.grim([1, 2], 0.005, [1, 2, 3]), ValueError, r"do not broadcast: mean \(2,\)"),
    ],
)
def test_errors_of_counts(call, kind, message) -> None:
    with pytest.raises(kind, match=message):
        call()


def test_numbers_of_short_floats_are_the_decimals_they_show() -> None:
    for dtype in (np.float16, np.float32):
        for figures in (np.array([0.859, np.nan], dtype), [dtype(0.859), dtype("nan")]):
            found = snd.unround(figures, decimals=3)
            assert (found.low[0], found.high[0]) == (0.8585, 0.8595)
            assert np.isnan(found.low[1])
    assert snd.unround(np.array(1.3), decimals=1) == snd.unround("1.3")
    assert snd.audit_share(13736, 16000, np.float16(0.859), share_half_width=0.0005).consistent == 1


def test_flags_of_tables_stand_below_each_other() -> None:
    shown = repr(snd.unround([["1"], ["2"]])).splitlines()
    starts = [len(line) - len(line.lstrip()) for line in shown if line.lstrip().startswith("[False")]
    assert starts == [len("         low_open=["), len("         high_open=[")]


def test_a_rule_of_another_kind_is_named() -> None:
    with pytest.raises(ValueError, match=r"rule: expected one of 'unknown'.*got \['floor'\]"):
        snd.unround("1", rule=["floor"])
