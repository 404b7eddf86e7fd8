"""Growth, clusters and indices that well-known libraries get wrong, each test naming who and how.

What R collapse gives (growth 2.1.6, by cluster 1.9.2), and numbagg, numpy-groupies and data.table, was
read off runs and their sources; what pandas and polars give is computed beside.
"""

import math
import resource
import subprocess
import sys
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest

import sndstats as snd

NAN = math.nan


def test_interleaved_groups_without_time():
    # R collapse pairs each row with the one n above, whatever its group: NA NA -0.8 9 -0.8 9.
    got = snd.growth_rate([1.0, 10, 2, 20, 4, 40], [1, 2], groups=list("ababab"))
    np.testing.assert_array_equal(got, [[NAN, NAN, 1, 1, 1, 1], [NAN] * 4 + [3, 3]])


@pytest.mark.parametrize("day", ["01", "28"])
@pytest.mark.parametrize("freq", ["M", "ME", "MS"])
def test_monthly_dates_are_months(day, freq):
    # R collapse takes the greatest common divisor of the day numbers, one day: all missing.
    time = np.array([f"2023-{month:02d}-{day}" for month in (1, 2, 3, 5)], "M8[D]")
    got = snd.growth_rate([1.0, 2, 4, 8], time=time, freq=freq)
    np.testing.assert_array_equal(got, [NAN, 1, 1, NAN])
    with pytest.raises(ValueError, match="freq: needed for datetime64"):
        snd.growth_rate([1.0, 2, 4, 8], time=time)


def test_month_ends_and_month_starts_are_the_same_months():
    # pandas' pct_change(freq="MS") pairs March with February only where March stands at its start.
    mixed = pd.to_datetime(["2023-01-31", "2023-02-28", "2023-03-01"])
    x = pd.Series([1.0, 2.0, 4.0], mixed)
    np.testing.assert_array_equal(x.pct_change(freq="MS"), [NAN, NAN, 1])
    np.testing.assert_array_equal(snd.growth_rate(x, time=mixed, freq="M"), [NAN, 1, 1])


def test_gaps_are_seen_where_rows_are_shifted_elsewhere():
    # pandas and polars shift rows: both give 0.5 for the year after the gap.
    x, year = [2.0, 3.0, 4.5], [2020, 2021, 2023]
    assert pd.Series(x).pct_change(fill_method=None)[2] == 0.5
    assert pl.Series(x).pct_change()[2] == 0.5
    np.testing.assert_array_equal(snd.growth_rate(x, time=year), [NAN, 0.5, NAN])


def test_a_lag_counts_periods_where_rows_are_counted_elsewhere():
    # R collapse refuses lag 3 of three rows over four years, whose base is there.
    np.testing.assert_array_equal(snd.growth_rate([2.0, 3.0, 6.0], 3, time=[2020, 2021, 2023]), [NAN, NAN, 2])


def test_growth_of_growth_over_gaps():
    # R collapse has no iterated growth on irregular times.
    panel = snd.Panel(None, [2020, 2021, 2022, 2024, 2025, 2026])
    rate = panel.growth_rate([4.0, 6.0, 12.0, 2.0, 3.0, 6.0])
    np.testing.assert_array_equal(panel.growth_rate(rate), [NAN, NAN, 1, NAN, NAN, 1])


def test_quarters_as_fractions_say_what_to_do():
    # R collapse truncates them and then finds repeated years.
    with pytest.raises(ValueError, match=r"time: 2000.25 at row 1 is not a whole step; multiply"):
        snd.growth_rate([1.0, 2.0], time=[2000.0, 2000.25])
    assert snd.growth_rate([1.0, 2.0], time=np.array([2000.0, 2000.25]) * 4)[1] == 1.0


@pytest.mark.parametrize("unit", [1, 10**9], ids=["seconds", "nanoseconds"])
def test_epoch_times_are_integers_like_any_other(unit):
    # R collapse makes a table as long as their range, which overflows its integers.
    day = 86_400 * unit
    time = (np.array([0, 1, 3, 20_000]) + 19_000) * day
    np.testing.assert_array_equal(
        snd.growth_rate([1.0, 2.0, 4.0, 8.0], [day, 2 * day], time=time),
        [[NAN, 1, NAN, NAN], [NAN, NAN, 1, NAN]],
    )


def test_memory_does_not_grow_with_the_range_of_time():
    # R collapse allocates 4 GB for two rows a thousand million periods apart.
    code = (
        "import sndstats as snd, resource\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for far in (10**9, 2**62):\n"
        "    for time in ([1, far], [far, 1]):\n"
        "        rates = snd.growth_rate([2.0, 2.0], far - 1, time=time, fill=-1)\n"
        "        assert sorted(rates.tolist()) == [-1.0, 0.0]\n"
        "        assert snd.Panel(None, time).n_gaps == far - 2\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 20 * resource.getpagesize() * 1024


def test_log_growth_is_right_where_a_difference_of_logs_is_not():
    # R collapse and TTR take log(y) - log(x), which loses half the digits here.
    x, y = 3.0, 3.0 * (1 + 1e-9)
    with localcontext() as context:
        context.prec = 50
        want = float((Decimal(y) / Decimal(x)).ln())
    assert snd.growth_between(x, y, method="log") == pytest.approx(want, rel=1e-15)
    assert abs((math.log(y) - math.log(x)) / want - 1) > 1e-10


def test_tiny_levels_do_not_overflow():
    # R collapse computes (y - x) * (100 / x), whose factor overflows: Inf.
    assert snd.growth_rate([1e-310, 2e-310])[1] == 1.0
    assert math.inf == 100 / 1e-310


def test_differences_of_unsigned_integers_do_not_wrap():
    # pandas' diff of these is 156.
    x = np.array([200, 100], np.uint8)
    assert snd.growth_rate(x, method="difference")[1] == -100.0


def test_integers_that_doubles_cannot_tell_apart():
    # pandas and polars divide them as doubles: a growth of zero.
    x = [2**53, 2**53 + 1]
    assert pd.Series(x).pct_change(fill_method=None)[1] == 0.0
    assert pl.Series(x).pct_change()[1] == 0.0
    assert snd.growth_rate(np.array(x))[1] == 2.0**-53


def test_a_missing_period_is_no_growth_of_zero():
    # pandas before 3.0 and polars before October 2025 filled forward: 0 for the missing year.
    np.testing.assert_array_equal(snd.growth_rate([10.0, 11.0, NAN, 12.0])[2:], [NAN, NAN])


def test_a_total_loss_and_more_has_no_compound_rate():
    # quantstats' cagr takes the absolute value of 1 + total: -150 % in two years becomes -29 % a year.
    assert abs(1 - 1.5) ** (1 / 2) - 1 == pytest.approx(-0.2929, abs=1e-4)
    assert math.isnan(snd.cagr(1.0, -0.5, 2.0))


# By cluster.


def in_one(values, dtype=None):
    values = np.asarray(values, dtype)
    return snd.Clusters.from_codes(np.zeros(len(values), np.int32)), values


def test_the_variance_of_figures_far_from_zero():
    # numbagg's group_nanvar subtracts sums of squares: 2755.267.
    offsets = [k % 7 for k in range(1000)]
    exact = Fraction(1000 * sum(k * k for k in offsets) - sum(offsets) ** 2, 1000 * 999)
    c, x = in_one([1e9 + k for k in offsets])
    assert c.var(x).tolist() == [exact.numerator / exact.denominator]
    assert c.var(x)[0] == pytest.approx(3.998990, abs=5e-7)


def test_sums_of_small_integers_do_not_wrap():
    # numbagg and numpy-groupies keep the type: -56 for the first, numbagg -2147483648 for the second.
    c, x = in_one(np.ones(200), np.int8)
    assert x.sum(dtype=np.int8) == -56
    assert c.sum(x).tolist() == [200]
    c, x = in_one(np.full(10, 2**30), np.int32)
    assert x.sum(dtype=np.int32) == -(2**31)
    assert c.sum(x).tolist() == [10737418240]


def test_the_greatest_integer_is_no_double():
    # numbagg's group_nanmax holds integers in doubles: 9007199254740996.
    c, x = in_one([2**53 + 1, 2**53 + 3], np.int64)
    assert c.max(x).tolist() == [9007199254740995]
    assert float(9007199254740995) == 9007199254740996.0


def test_the_mean_of_many_small_floats():
    # numbagg's group_nanmean of 2e7 ones adds in float32, which stops at 2^24: 0.8388608.
    assert np.float32(2**24) + np.float32(1) == np.float32(2**24)
    c, x = in_one(np.ones(20_000_000, np.float32))
    assert c.mean(x).tolist() == [1.0]


def test_more_rows_than_a_code_can_count():
    # numbagg counted rows in the type of the codes: with int8 the mean of 255 values was 21.8, not -0.086.
    x = np.random.default_rng(255).normal(size=255)
    exact = sum(map(Fraction, x.tolist())) / 255
    got = snd.Clusters.from_codes(np.zeros(255, np.int8)).mean(x)
    assert got.tolist() == [exact.numerator / exact.denominator]


def test_a_sum_that_becomes_nan_stays():
    # R collapse marks by NaN a cluster that has seen nothing, so its sum starts anew: 12.
    c, x = in_one([math.inf, -math.inf, 5.0, 7.0])
    np.testing.assert_array_equal(c.sum(x), [NAN])


def test_what_cancels_and_what_adds_up():
    # R collapse and data.table add in doubles: 100 and 100000.00000133288; polars 0.1 twelve times by
    # group to 1.2000000000000002, but the column to 1.2.
    c, x = in_one([1e16, 99.0, -5e15, -5e15])
    assert c.sum(x).tolist() == [99.0]
    c, x = in_one([0.1] * 1_000_000)
    assert c.sum(x).tolist() == [100000.0]
    c, x = in_one([0.1] * 12)
    exact = 12 * Fraction(0.1)
    assert c.sum(x).tolist() == [snd.exact_sum(x)] == [exact.numerator / exact.denominator]


def test_an_infinite_figure_makes_an_infinite_sum():
    # pandas before 1.3 (and again to 1.3.4): Kahan's correction became inf - inf, and the sum NaN.
    c = snd.Clusters.from_codes([0, 0, 0, 1, 1])
    x = [1.0, math.inf, 2.0, -math.inf, 3.0]
    assert c.sum(x).tolist() == [math.inf, -math.inf]
    assert c.mean(x).tolist() == [math.inf, -math.inf]


def test_the_mean_of_ten_figures():
    # data.table built with another compiler's fast arithmetic: 0.353 for a mean of 0.552.
    x = np.random.default_rng(10).random(10)
    exact = sum(map(Fraction, x.tolist())) / 10
    assert in_one(x)[0].mean(x).tolist() == [exact.numerator / exact.denominator]


# Indices: what the R packages REAT 3.0.3 and EconGeo 1.3 give was read off runs.


def test_weighted_theil_indices_are_means():
    # REAT's theil divides by n twice: 0.0465 where all weights are 1.
    x = [10, 10, 10, 20, 50]
    assert snd.mean_log_deviation(x, [1] * 5) == snd.mean_log_deviation(x)
    assert snd.mean_log_deviation(x, [1] * 5) == pytest.approx(0.232630161961, abs=1e-12)
    assert snd.theil([10, 20, 50], [3, 1, 1]) == pytest.approx(0.250201211769, abs=1e-12)


def test_the_weighted_gini_sorts_weights_with_values():
    # REAT's gini sorts the values alone: 0.4025 with these rows in descending order.
    income, people = [500, 1500, 2500, 4000, 7500, 15000], [1000, 1200, 1600, 400, 200, 600]
    for step in (1, -1):
        assert snd.gini(income[::step], people[::step]) == pytest.approx(0.527826086957, abs=1e-12)


def test_quotients_entropies_and_inequalities_are_not_rounded():
    # EconGeo rounds them inside, to two, three and three digits: 0.67, 1.319 and 0.407.
    assert snd.location_quotient([[1, 2], [2, 1]])[0, 0] == 2 / 3
    assert snd.entropy([0, 15, 5, 70, 10], base=2) == pytest.approx(1.31903527434, abs=1e-11)
    assert snd.gini([3, 4, 6, 21, 24]) == pytest.approx(59 / 145, rel=1e-15)  # 0.407


def test_no_activity_has_no_quotient():
    # EconGeo's location quotient of 0/0 is 0, which reads as "none of an industry that there is".
    assert math.isnan(snd.location_quotient([[0, 1], [0, 1]])[0, 0])
    assert snd.location_quotient([[0, 1], [1, 1]])[0, 0] == 0.0


def test_missing_values_and_their_weights_go_together():
    # REAT's na.rm drops missing values and missing weights apart from each other.
    assert snd.gini([1.0, NAN, 5.0, 7.0], [2.0, 9.0, 3.0, NAN]) == snd.gini([1.0, 5.0], [2.0, 3.0])


def test_entropy_of_zero_shares_needs_no_small_number():
    # EconGeo adds 1e-9 to every share before the logarithm: it finds some in a monopoly.
    assert -math.log2(1.0 + 1e-9) != 0.0
    assert snd.entropy([100, 0, 0, 0, 0], base=2) == 0.0


def test_zeros_stay_zeros():
    # PySAL's Theil adds the smallest double to zeros, so that nothing is shared out equally.
    assert math.isnan(snd.theil([0.0, 0.0, 0.0]))
    assert snd.theil([0.0, 0.0, 0.0, 1.0]) == math.log(4.0)
    assert snd.mean_log_deviation([0.0, 1.0]) == math.inf
