/* SPDX-License-Identifier: MIT
 *
 * What a year's average owes to the year before. With X the average of last year, e its last
 * period and Y this year's average,
 *
 *     Y/X = (e/X) (Y/e),    1 + annual = (1 + carry-over) (1 + growth during the year),
 *
 * so the carry-over e/X - 1 is the annual growth that comes about if nothing grows any more.
 * European Central Bank, Economic Bulletin 7/2022, box on carry-over effects; OeNB glossary;
 * INSEE prints it part-way through a year as the growth already acquired ("acquis").
 *
 * Sums are taken in two parts, so each rate is the one of the given figures to the last digit.
 */
#include "annual.h"

#include "twofold.h"

static struct sst_twofold
sum_of(const double *values, ptrdiff_t n, double scale)
{
    struct sst_twofold sum = {0.0, 0.0};
    for (ptrdiff_t i = 0; i < n; i++)
        sum = sst_twofold_add(sum, (struct sst_twofold){values[i] * scale, 0.0});
    return sum;
}

/* value * n, exactly where it fits: periods are few. */
static struct sst_twofold
times(double value, ptrdiff_t n)
{
    return sst_two_product(value, (double)n);
}

static double
growth(struct sst_twofold base, struct sst_twofold current)
{
    struct sst_twofold change = sst_twofold_subtract(current, base);
    struct sst_twofold rate = sst_twofold_divide(change, base);
    return rate.high + rate.low;
}

void
sst_carry_over(const struct sst_lane *lane)
{
    const double *x = lane->in[0];
    ptrdiff_t n = lane->length[0];
    ptrdiff_t year = sst_lane_periods(lane->options[0], 1, n);
    ptrdiff_t known = year < 0 ? -1 : sst_lane_periods(lane->options[1], 0, year);
    if (known < 0 || year + known != n || lane->outs != 1) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    double scale = sst_summable(x, n);
    struct sst_twofold so_far = sum_of(x + year, known, scale);
    struct sst_twofold rest = times(x[n - 1] * scale, year - known);
    lane->out[0] = growth(sum_of(x, year, scale), sst_twofold_add(so_far, rest));
}

void
sst_annual_growth(const struct sst_lane *lane)
{
    const double *x = lane->in[0];
    ptrdiff_t n = lane->length[0], year = sst_lane_periods(lane->options[0], 1, n);
    if (year < 0 || 2 * year != n || lane->outs != SST_ANNUAL_RESULTS) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    double scale = sst_summable(x, n);
    struct sst_twofold before = sum_of(x, year, scale), now = sum_of(x + year, year, scale);
    struct sst_twofold end = times(x[year - 1] * scale, year);
    struct sst_twofold last = times(x[n - 1] * scale, year);
    lane->out[SST_ANNUAL] = growth(before, now);
    lane->out[SST_ANNUAL_CARRY_OVER] = growth(before, end);
    lane->out[SST_ANNUAL_DURING] = growth(end, now);
    lane->out[SST_ANNUAL_END] = growth(end, last);
}
