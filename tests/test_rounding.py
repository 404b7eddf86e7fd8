"""Half-widths from print, and interval arithmetic."""

import copy
import decimal
import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import sndstats as snd

ends = st.floats(-1e15, 1e15).filter(lambda x: x == 0 or abs(x) > 1e-15)
OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@st.composite
def intervals(draw: st.DrawFn) -> snd.Interval:
    low, high = sorted((draw(ends), draw(ends)))
    return snd.Interval(low, high)


def exact_hull(operation: str, a: snd.Interval, b: snd.Interval) -> tuple[Fraction, Fraction]:
    corners = [
        OPERATIONS[operation](Fraction(x), Fraction(y))
        for x in (float(a.low), float(a.high))
        for y in (float(b.low), float(b.high))
    ]
    return min(corners), max(corners)


@given(intervals(), intervals(), st.sampled_from(list(OPERATIONS)))
def test_arithmetic_holds_the_exact_result_within_one_ulp(
    a: snd.Interval, b: snd.Interval, operation: str
) -> None:
    assume(operation != "/" or not b.contains(0.0))
    low, high = exact_hull(operation, a, b)
    result = OPERATIONS[operation](a, b)
    assert Fraction(float(result.low)) <= low
    assert Fraction(float(result.high)) >= high
    assert Fraction(float(np.nextafter(result.low, np.inf))) > low
    assert Fraction(float(np.nextafter(result.high, -np.inf))) < high
    assert result.low <= result.value <= result.high


@st.composite
def any_interval(draw: st.DrawFn) -> snd.Interval:
    """Ends of any size, subnormal ones and the largest included."""
    finite = st.floats(allow_nan=False, allow_infinity=False)
    scaled = st.builds(lambda m, e: m * 2.0**e, st.integers(-(2**53), 2**53), st.integers(-1074, 900))
    low, high = sorted((draw(finite | scaled), draw(finite | scaled)))
    return snd.Interval(low, draw(st.sampled_from([low, high])))


@given(any_interval(), any_interval(), st.sampled_from(list(OPERATIONS)))
def test_ends_of_any_size_are_the_nearest_outward(a: snd.Interval, b: snd.Interval, operation: str) -> None:
    assume(operation != "/" or not b.contains(0.0))
    result = OPERATIONS[operation](a, b)
    largest = Fraction(np.finfo(float).max)
    low, high = exact_hull(operation, a, b)
    for end, exact, sign in ((float(result.low), low, 1), (float(result.high), high, -1)):
        if np.isinf(end):
            assert sign * exact < -largest
            continue
        assert sign * (exact - Fraction(end)) >= 0
        inner = np.nextafter(end, sign * np.inf) if abs(end) != largest else sign * np.inf
        assert Fraction(end) == exact or np.isinf(inner) or sign * (exact - Fraction(float(inner))) < 0


@given(st.text("0123456789", min_size=1, max_size=9), st.text("0123456789", max_size=9))
def test_half_width_is_half_a_unit_of_the_last_digit(whole: str, decimals: str) -> None:
    text = f"{whole}.{decimals}" if decimals else whole
    assert snd.half_width(text) == float(Fraction(5, 10 ** (len(decimals) + 1)))
    assert snd.half_width(text + "%") == float(Fraction(5, 10 ** (len(decimals) + 3)))
    assert snd.half_width(text, 1e4) == float(Fraction(5 * 10**4, 10 ** (len(decimals) + 1)))


def test_half_width_of_print() -> None:
    assert snd.half_width("1.26", 1e4) == 50.0
    assert snd.half_width("1.3") == 0.05
    assert snd.half_width("1.30") == 0.005
    assert snd.half_width("−1,234.5％") == 0.0005
    assert snd.half_width("3‰") == 0.0005
    assert snd.half_width(" 7. ") == 0.5
    assert snd.half_width("1.2E-3") == 0.00005


def test_half_width_of_sequences() -> None:
    assert snd.half_width([["1", "2.0"], ["3.00", "4"]]).tolist() == [[0.5, 0.05], [0.005, 0.5]]
    assert snd.half_width(["1", "1"], [1.0, 1e8]).tolist() == [0.5, 5e7]
    assert snd.half_width("1", [1.0, 1e8]).tolist() == [0.5, 5e7]
    assert snd.half_width([]).shape == (0,)
    assert np.isnan(snd.half_width(["1", None, float("nan"), pd.NA])).tolist() == [False, True, True, True]
    series = snd.half_width(pd.Series(["1.2", None], index=["a", "b"], name="print"))
    pd.testing.assert_series_equal(series, pd.Series([0.05, np.nan], index=["a", "b"], name="print"))


@pytest.mark.parametrize("number", [1.3, 1, np.float64(1.3), True, b"1.3", ["1.3", 1.3], np.array([1.3])])
def test_a_number_has_no_print(number: object) -> None:
    if isinstance(number, np.ndarray):
        number = number.tolist()
    with pytest.raises(TypeError, match=r"1\.3 and 1\.30 are different"):
        snd.half_width(number)


@pytest.mark.parametrize(
    "text", ["", "1.26万", "12,60", "1_000", "nan", "inf", "1.2.3", "--1", "0x10", "1e", "."]
)
def test_bad_text_names_itself(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number") as caught:
        snd.half_width(text)
    assert repr(text) in str(caught.value)


def test_bad_scales() -> None:
    for scale in (0.0, -1.0, np.inf, np.nan):
        with pytest.raises(ValueError, match="scale"):
            snd.half_width("1", scale)
    with pytest.raises(TypeError, match="scale"):
        snd.half_width("1", "ten")
    with pytest.raises(ValueError, match="outside"):
        snd.half_width("1e-300", 1e-300)


def test_interval_holds_copies_and_does_not_change() -> None:
    low = np.array([1.0, 2.0])
    interval = snd.Interval(low, low + 1)
    low[0] = 99.0
    assert interval.low.tolist() == [1.0, 2.0]
    with pytest.raises(AttributeError, match="do not change"):
        interval.low = low
    with pytest.raises(AttributeError, match="do not change"):
        del interval.low
    with pytest.raises(ValueError, match="read-only"):
        interval.high[0] = 0.0
    assert pickle.loads(pickle.dumps(interval)) == interval
    assert copy.deepcopy(interval) == interval
    with pytest.raises(TypeError):
        hash(interval)


def test_interval_of_what() -> None:
    assert isinstance(snd.Interval(1, 2).low, float)
    assert snd.Interval([1, 2], 3, [[1.5], [2.5]]).shape == (2, 2)
    assert snd.Interval(pd.Series([1, 2]), pd.Series([3, 4])).high.tolist() == [3.0, 4.0]
    assert np.isnan(snd.Interval([1, np.nan], [np.nan, 2]).low).all()
    assert snd.Interval([], []).shape == (0,)
    assert snd.Interval([[1, 2], [3, 4]], 9)[1, 0].low == 3.0
    assert len(snd.Interval([1, 2], 3)) == 2
    assert snd.Interval(-np.inf, np.inf).width == np.inf
    assert not np.signbit(snd.Interval(-0.0, 0.0).low)


def test_interval_refuses() -> None:
    with pytest.raises(ValueError, match=r"low: 2.0 exceeds high, 1.0 at \(1,\)"):
        snd.Interval([0, 2], [1, 1])
    with pytest.raises(TypeError, match="high: expected numbers"):
        snd.Interval(0, "x")
    with pytest.raises(ValueError, match="do not broadcast"):
        snd.Interval(np.zeros((1,) * 33), 1.0)
    with pytest.raises(ValueError, match="do not broadcast"):
        snd.Interval([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="index"):
        snd.Interval(pd.Series([1, 2]), pd.Series([3, 4], index=[5, 6]))
    with pytest.raises(TypeError, match="expected an Interval or numbers"):
        snd.Interval(0, 1) + "x"


def test_interval_arithmetic_with_arrays_and_numbers() -> None:
    one = snd.Interval(1, 2)
    assert np.array([1, 2]) * one == snd.Interval([1, 2], [2, 4], [1.5, 3])
    assert 3 - one == snd.Interval(1, 2, 1.5)
    assert np.float64(1) + one == one + 1
    assert 1 / snd.Interval(0, 4, 2) == snd.Interval(0.25, np.inf, 0.5)
    assert (1 / snd.Interval(-1, 1)).low == -np.inf
    assert np.isnan((1 / snd.Interval(0, 0)).low)
    assert (+one, -one) == (one, snd.Interval(-2, -1))
    assert (one != snd.Interval(1, 3)) is True
    assert (one == 1) is False
    huge = snd.Interval(1e308, 1e308) * 10
    assert (huge.low, huge.high) == (np.finfo(float).max, np.inf)


def test_contains_and_overlaps_are_closed() -> None:
    one = snd.Interval([1.0, np.nan], [2.0, np.nan])
    assert one.contains(2.0).tolist() == [True, False]
    assert one.contains(snd.Interval(1, 2)).tolist() == [True, False]
    assert one.contains(snd.Interval(1, 2.5)).tolist() == [False, False]
    assert one.overlaps(snd.Interval(2, 3)).tolist() == [True, False]
    assert one.overlaps(3).tolist() == [False, False]


def test_sign_open_where_zero_is_strictly_inside() -> None:
    open_ones = snd.Interval([-1.0, 0.0, -1.0, 1.0, -np.inf, np.nan], [1.0, 1.0, 0.0, 2.0, np.inf, 1.0])
    assert open_ones.sign_open.tolist() == [True, False, False, False, True, False]
    assert open_ones.sign_open.dtype == bool
    assert bool(snd.Interval(-1e-300, 5e-324).sign_open)
    assert not snd.Interval(0.0, 0.0).sign_open


def test_a_single_interval_answers_in_and_is_not_empty() -> None:
    assert 13.0 in snd.Interval(12.5, 13.5)
    assert 14.0 not in snd.Interval(12.5, 13.5)
    with pytest.raises(TypeError, match="no elements"):
        list(snd.Interval(1, 2))
    several = snd.Interval([1, 2], [2, 3])
    assert list(several) == [snd.Interval(1, 2), snd.Interval(2, 3)]
    with pytest.raises(TypeError, match=r"use \.contains"):
        1.5 in several  # noqa: B015 (asking is the test)
    assert snd.Interval(-1e308, 1e308).width == np.inf


def test_masked_and_pandas_figures_in_arithmetic() -> None:
    masked = snd.Interval(1, 2) + np.ma.array([1, 2], mask=[False, True])
    assert np.isnan(masked.high).tolist() == [False, True]
    series = pd.Series([1.0, 2.0])
    for got in (series + snd.Interval(1, 2), snd.Interval(1, 2) + series):
        assert got == snd.Interval([2, 3], [3, 4])
    assert (pd.DataFrame({"x": [2.0]}) * snd.Interval(1, 2)) == snd.Interval([[2]], [[4]])


def test_repr() -> None:
    assert repr(snd.Interval(1 / 3, 1)) == "Interval([0.3333333, 1], value=0.6666667)"
    assert repr(snd.Interval([1, 2], 3)).splitlines()[0] == "Interval(low=[1., 2.],"
    assert len(repr(snd.Interval(np.zeros(10_000), 1))) < 1000


def test_half_width_does_not_depend_on_the_decimal_context():
    with decimal.localcontext(prec=2):
        assert snd.half_width("1.26", 12345.678) == float(Fraction(12345678, 200000))


@pytest.mark.parametrize("text", ["1e999", "1e-999"])
def test_half_width_outside_of_float64_is_an_error(text):
    with pytest.raises(ValueError, match="outside the numbers of float64"):
        snd.half_width(text)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_integers_beyond_float64_move_the_ends_outward(a: int, b: int) -> None:
    low, high = sorted((a, b))
    found = snd.Interval(low, high)
    assert Fraction(float(found.low)) <= low
    assert Fraction(float(found.high)) >= high
    assert Fraction(float(np.nextafter(found.low, np.inf))) > low
    assert Fraction(float(np.nextafter(found.high, -np.inf))) < high
    several = snd.Interval(np.array([low, 1]), np.array([high, 2]))
    assert several[0].contains(found)
    assert found.contains(several[0])


def test_integers_beyond_float64_in_arithmetic_and_containment() -> None:
    odd = 2**53 + 1
    assert (snd.Interval(odd, odd).low, snd.Interval(odd, odd).high) == (2.0**53, 2.0**53 + 2)
    largest = snd.Interval(np.array([2**64 - 1], np.uint64), 2.0**64)
    assert largest.low[0] == 2.0**64 - 2048
    assert (snd.Interval(0, 0) + np.int64(odd)).high == 2.0**53 + 2
    assert not snd.Interval(2.0**53, 2.0**53).contains(odd)
    assert snd.Interval(pd.Series([odd]), pd.Series([odd])).low[0] == 2.0**53
    assert snd.Interval(np.ma.array([odd, odd], mask=[False, True]), 1e17).low[0] == 2.0**53


def test_wide_forms_of_digits_and_signs() -> None:
    assert snd.half_width(["１２．５％", "１２，６００", "－３", "＋.5"]).tolist() == [0.0005, 0.5, 0.5, 0.05]
    assert snd.unround("－１２．５％") == snd.unround("-12.5%")
    with pytest.raises(ValueError, match="is not a number"):
        snd.half_width("1²")


def test_half_width_of_masked_and_single_texts() -> None:
    halves = snd.half_width(np.ma.array(["1.3", "2"], mask=[False, True]))
    assert np.array_equal(halves, [0.05, np.nan], equal_nan=True)
    assert snd.half_width(np.array("1.3")) == 0.05
    assert np.isnan(snd.half_width(np.float32("nan")))
    with pytest.raises(ValueError, match=r"shapes do not broadcast: printed \(2,\), scale \(3,\)"):
        snd.half_width(["1", "2"], [1, 10, 100])
