/* SPDX-License-Identifier: MIT
 *
 * Growth of a single period on its comparable base. With S and R the year to date now and the
 * period before, G and H their published growth, the year before stood at S/(1+G) and R/(1+H)
 * on the scope of today, and the single period grew by
 *
 *     (S - R) / (S/(1+G) - R/(1+H)) - 1  =  (uG + v) / (u - v),
 *     u = (S - R)(1+H),   v = R(G - H),
 *
 * where the second form subtracts printed figures first and loses nothing that they have.
 *
 * Above and below the line the growth is linear in each of S, R, G and H, so it is monotone in
 * each as long as the base, (u - v)/((1+G)(1+H)), keeps its sign: its extremes over a box are
 * then at corners. Each of the three factors of the base is linear in each figure too, so the
 * corners also show whether signs are kept (R. E. Moore, Interval Analysis, 1966). Corners are
 * computed to some 100 bits with a bound of the error, and the ends lie outside by the bound.
 */
#include <math.h>

#include "fpenv.h"
#include "rounding.h"
#include "ytd_year.h"

/* Sums of two parts err by 2^-105 of the sizes of their operands, products and quotients by
 * 2^-101 of themselves; a handful of them stays below `unit` of the sizes of all terms. What
 * products lose below the least double is far below `tiny`, as printed rates are below
 * `largest`; and nothing overflows where the result is below `farthest`. */
static const double unit = 0x1p-97, tiny = 0x1p-900, largest = 0x1p60, farthest = 0x1p900;

/* A year to date and its growth. */
struct figure {
    double level, growth, level_half, growth_half;
};

/* The ends of a figure's interval, exactly; one where they are the same. */
struct ends {
    struct sst_twofold at[2];
    int count;
};

/* A growth rate, what it may err by, and the signs of the factors of its base as bits: -1
 * where they cannot be told. */
struct rate {
    struct sst_twofold value;
    double error;
    int signs;
};

static struct rate
rate_at(struct sst_twofold now, struct sst_twofold before, struct sst_twofold growth,
        struct sst_twofold growth_before)
{
    const struct sst_twofold one = {1.0, 0.0};
    const struct rate nothing = {{NAN, 0.0}, 0.0, -1};
    struct sst_twofold factor = sst_twofold_add(one, growth);
    struct sst_twofold factor_before = sst_twofold_add(one, growth_before);
    struct sst_twofold change = sst_twofold_subtract(now, before);
    struct sst_twofold rise = sst_twofold_subtract(growth, growth_before);
    struct sst_twofold u = sst_twofold_multiply(change, factor_before);
    struct sst_twofold v = sst_twofold_multiply(before, rise);
    struct sst_twofold over = sst_twofold_add(sst_twofold_multiply(u, growth), v);
    struct sst_twofold under = sst_twofold_subtract(u, v);
    if (under.high == 0.0 || factor.high == 0.0 || factor_before.high == 0.0)
        return nothing;

    double g = fabs(growth.high), h = fabs(growth_before.high), r = fabs(before.high);
    double u_size = (fabs(now.high) + r) * (1.0 + h), v_size = r * (g + h);
    double under_error = unit * (u_size + v_size) + tiny;
    double over_error = unit * (u_size * g + v_size) + tiny;
    struct rate rate = {.signs = -1};
    if (fabs(under.high) > 2.0 * under_error && g < largest && h < largest)
        rate.signs =
            (under.high < 0.0) | (factor.high < 0.0) << 1 | (factor_before.high < 0.0) << 2;
    if (before.high == 0.0 || rise.high == 0.0) {
        rate.value = growth; /* v is zero */
        return rate;
    }
    if (!(fabs(under.high) > unit * (fabs(u.high) + fabs(v.high))))
        return nothing; /* what products have lost may be all that is left */
    rate.value = sst_twofold_divide(over, under);
    double size = fabs(rate.value.high);
    if (!(size < farthest))
        rate.signs = -1;
    rate.error = 2.0 * (over_error + size * under_error) / fabs(under.high) + unit * size;
    return rate;
}

static struct ends
ends_of(double value, double half_width)
{
    return (struct ends){{sst_two_sum(value, -half_width), sst_two_sum(value, half_width)},
                         half_width == 0.0 ? 1 : 2};
}

/* The double next to value + shift on the side of `toward`, an infinity. */
static double
outward(struct sst_twofold value, double shift, double toward)
{
    struct sst_twofold end = sst_two_sum(value.high, value.low + shift);
    int inside = toward > 0.0 ? end.low > 0.0 : end.low < 0.0;
    return inside ? nextafter(end.high, toward) : end.high;
}

/* The range of growth over all figures. */
static struct sst_box
range_of(const struct figure *now, const struct figure *before, struct sst_box open)
{
    struct ends s = ends_of(now->level, now->level_half);
    struct ends r = ends_of(before->level, before->level_half);
    struct ends g = ends_of(now->growth, now->growth_half);
    struct ends h = ends_of(before->growth, before->growth_half);
    int corners = s.count * r.count * g.count * h.count, signs = -1;
    struct sst_box range = {INFINITY, -INFINITY};
    for (int k = 0; k < corners; k++) {
        int at = k;
        struct sst_twofold level = s.at[at % s.count];
        at /= s.count;
        struct sst_twofold level_before = r.at[at % r.count];
        at /= r.count;
        struct sst_twofold growth = g.at[at % g.count], growth_before = h.at[at / g.count];
        struct rate rate = rate_at(level, level_before, growth, growth_before);
        if (rate.signs < 0 || (k > 0 && rate.signs != signs))
            return open;
        signs = rate.signs;
        range.low = fmin(range.low, outward(rate.value, -rate.error, -INFINITY));
        range.high = fmax(range.high, outward(rate.value, rate.error, INFINITY));
    }
    return range;
}

/* x / 2^exponent. What falls below the least double is not zero for that: an error bound covers
 * the least double, and none covers what is taken as exactly zero. */
static double
reduced(double x, int exponent)
{
    double y = ldexp(x, -exponent);
    return y == 0.0 && x != 0.0 ? copysign(0x1p-1074, x) : y;
}

/* Growth depends on the ratio of the levels alone: a power of two keeps products in range. */
static void
scale(struct figure *now, struct figure *before)
{
    double most = fmax(fmax(fabs(now->level), now->level_half),
                       fmax(fabs(before->level), before->level_half));
    int exponent;
    frexp(most, &exponent);
    now->level = reduced(now->level, exponent);
    now->level_half = reduced(now->level_half, exponent);
    before->level = reduced(before->level, exponent);
    before->level_half = reduced(before->level_half, exponent);
}

/* Growth of the figures as they are. */
static double
value_of(struct figure now, struct figure before)
{
    now.level_half = before.level_half = 0.0;
    scale(&now, &before);
    struct sst_twofold level = {now.level, 0.0}, level_before = {before.level, 0.0};
    struct sst_twofold growth = {now.growth, 0.0}, growth_before = {before.growth, 0.0};
    return rate_at(level, level_before, growth, growth_before).value.high;
}

static void
grow(struct figure now, struct figure before, double *value, struct sst_box *range)
{
    *value = range->low = range->high = NAN;
    if (!isfinite(now.level) || !isfinite(before.level) || !isfinite(now.growth) ||
        !isfinite(before.growth))
        return;
    *value = value_of(now, before);
    double width = now.level_half + before.level_half + now.growth_half + before.growth_half;
    if (isnan(width))
        return;
    /* Where the base may be zero or of either sign, growth may be anything. */
    struct sst_box open = {-INFINITY, INFINITY};
    scale(&now, &before);
    *range = range_of(&now, &before, width > 0.0 ? open : *range);
}

/* The first period of a year, or the second that stands for both, is the year to date. */
static void
keep(const struct figure *now, double *value, struct sst_box *range)
{
    *value = now->growth;
    range->low = outward(sst_two_sum(now->growth, -now->growth_half), 0.0, -INFINITY);
    range->high = outward(sst_two_sum(now->growth, now->growth_half), 0.0, INFINITY);
}

static struct figure
figure_at(const struct sst_ytd_growth *run, ptrdiff_t at)
{
    ptrdiff_t table = run->panel->rows * run->columns;
    const double *figures = run->figures + at;
    return (struct figure){figures[SST_YTD_LEVEL * table], figures[SST_YTD_GROWTH * table],
                           figures[SST_YTD_LEVEL_HALF * table],
                           figures[SST_YTD_GROWTH_HALF * table]};
}

/* One row; `before` is the row before it in its year, or -1. */
static void
grow_row(const struct sst_ytd_growth *run, ptrdiff_t row, ptrdiff_t before,
         const struct sst_ytd_share *share)
{
    ptrdiff_t table = run->panel->rows * run->columns;
    int64_t period = run->period[row], period_before = before < 0 ? 0 : run->period[before];
    for (ptrdiff_t c = share->first; c < share->last; c++) {
        double value = NAN;
        struct sst_box range = {NAN, NAN};
        struct figure now = figure_at(run, row * run->columns + c), then = {.level = NAN};
        if (before >= 0)
            then = figure_at(run, before * run->columns + c);
        if (period == 1 || (period == 2 && isnan(then.level)))
            keep(&now, &value, &range);
        else if (sst_ytd_follows(period, period_before))
            grow(now, then, &value, &range);
        double *out = run->out + row * run->columns + c;
        out[SST_YTD_VALUE * table] = value;
        out[SST_YTD_LOW * table] = range.low;
        out[SST_YTD_HIGH * table] = range.high;
    }
}

static void
run_part(void *work, int part, int parts)
{
    const struct sst_ytd_growth *run = work;
    const struct sst_panel *panel = run->panel;
    struct sst_ytd_share share = sst_ytd_share(run->columns, panel->units, part, parts);
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t year = share.from; year < share.to; year++)
        for (ptrdiff_t p = panel->starts[year]; p < panel->starts[year + 1]; p++) {
            ptrdiff_t before = p > panel->starts[year] ? sst_row_at(panel, p - 1) : -1;
            grow_row(run, sst_row_at(panel, p), before, &share);
        }
    sst_fpenv_leave(&saved);
}

void
sst_ytd_growth(const struct sst_ytd_growth *growth, int threads)
{
    struct sst_ytd_growth run = *growth;
    sst_parallel(run_part, &run, threads);
}
