/* SPDX-License-Identifier: MIT
 *
 * Location quotients (P. S. Florence; B. Balassa's revealed comparative advantage of exports), in
 * three further forms, P. Krugman's index of specialisation (Geography and Trade, 1991) and
 * F. Hachman's index of diversification. With s the share of an industry in the region and t its
 * share in the reference: s / t, sum |s - t|, and 1 / sum (s^2 / t). Shares have two parts, and
 * sums over industries are exact, so the order of rows and columns does not matter.
 */
#include "region.h"

#include <stdint.h>
#include <stdlib.h>

#include "fpenv.h"
#include "lanes.h"
#include "total.h"

typedef struct sst_twofold twofold;

enum { MOST = 1020 }; /* places of a sum, below the 1024 of the largest double */

double
sst_region_cell(const struct sst_region_table *t, int which, ptrdiff_t region, ptrdiff_t industry)
{
    ptrdiff_t at = region * t->industries + industry;
    if (t->cells[1] != NULL && isnan(t->cells[1 - which][at]))
        return NAN;
    return t->cells[which][at] * t->power;
}

static double
reference_cell(const struct sst_region_table *t, int which, ptrdiff_t industry)
{
    if (t->cells[1] != NULL && isnan(t->reference[1 - which][industry]))
        return NAN;
    return t->reference[which][industry] * t->power;
}

/* --- sums -------------------------------------------------------------------------- */

/* A sum that a missing figure is left out of, or makes NaN. */
struct sum {
    struct sst_total total;
    int missing;
};

static void
add(struct sum *sum, double value, int skip)
{
    if (isfinite(value))
        sst_total_add(&sum->total, value);
    else if (!(isnan(value) && skip))
        sum->missing = 1;
}

static twofold
get(struct sum *sum)
{
    return sum->missing ? (twofold){NAN, 0.0} : sst_total_get(&sum->total);
}

static void
clear(struct sum *sum)
{
    sst_total_clear(&sum->total);
    sum->missing = 0;
}

static void
sum_up(const struct sst_region_table *t, int which, struct sst_margins *margins)
{
    struct sum sum, all;
    clear(&all);
    for (ptrdiff_t r = 0; r < t->regions; r++) {
        clear(&sum);
        for (ptrdiff_t i = 0; i < t->industries; i++) {
            double cell = sst_region_cell(t, which, r, i);
            add(&sum, cell, t->skip);
            if (t->reference[which] == NULL)
                add(&all, cell, t->skip);
        }
        margins->region[r] = get(&sum);
    }
    for (ptrdiff_t i = 0; i < t->industries; i++) {
        clear(&sum);
        if (t->reference[which] != NULL) {
            double cell = reference_cell(t, which, i);
            add(&sum, cell, 0);
            add(&all, cell, t->skip);
        }
        for (ptrdiff_t r = 0; t->reference[which] == NULL && r < t->regions; r++)
            add(&sum, sst_region_cell(t, which, r, i), t->skip);
        margins->industry[i] = get(&sum);
    }
    margins->total = get(&all);
}

static double
largest(const double *values, ptrdiff_t n, double most)
{
    for (ptrdiff_t i = 0; values != NULL && i < n; i++)
        most = values[i] > most && isfinite(values[i]) ? values[i] : most;
    return most;
}

/* A power of two by which all may be multiplied so that no sum overflows; no smaller than that
 * takes, since the least cells may lose bits by it. */
static double
power_of(const struct sst_region_table *t)
{
    double cells = (double)t->regions * (double)t->industries, most = 0.0;
    int places = 0, more = 0;
    for (int k = 0; k < 2; k++) {
        most = largest(t->cells[k], t->regions * t->industries, most);
        most = largest(t->reference[k], t->industries, most);
    }
    (void)frexp(most, &places);
    (void)frexp(cells, &more);
    return ldexp(1.0, places + more > MOST ? MOST - places - more : 0);
}

enum sst_status
sst_region_run(struct sst_region_table *t, sst_region_function function)
{
    const ptrdiff_t most = PTRDIFF_MAX / 2 / (ptrdiff_t)sizeof(twofold);
    sst_fpenv saved;
    if (t->regions >= most - t->industries)
        return SST_NO_MEMORY;
    ptrdiff_t each = t->regions + t->industries;
    twofold *memory = malloc((size_t)(2 * each + 1) * sizeof *memory);
    if (memory == NULL)
        return SST_NO_MEMORY;
    sst_fpenv_enter(&saved);
    t->power = power_of(t);
    for (int k = 0; k < 2; k++) {
        t->margins[k].region = memory + k * each;
        t->margins[k].industry = t->margins[k].region + t->regions;
        if (t->cells[k] != NULL)
            sum_up(t, k, &t->margins[k]);
    }
    function(t);
    sst_fpenv_leave(&saved);
    free(memory);
    return SST_OK;
}

/* --- structure --------------------------------------------------------------------- */

/* The shares of a cell in its region, and of its industry in the reference. */
struct shares {
    twofold own, other;
};

static struct shares
shares_of(const struct sst_region_table *t, ptrdiff_t r, ptrdiff_t i)
{
    const struct sst_margins *m = &t->margins[0];
    twofold cell = {sst_region_cell(t, 0, r, i), 0.0};
    return (struct shares){sst_twofold_divide(cell, m->region[r]),
                           sst_twofold_divide(m->industry[i], m->total)};
}

static void
add_product(struct sst_total *total, twofold a, twofold b)
{
    const double x[2] = {a.high, a.low}, y[2] = {b.high, b.low};
    for (int k = 0; k < 4; k++)
        sst_total_add_twofold(total, sst_two_product(x[k / 2], y[k % 2]));
}

/* a / b - c / d from the exact a d - c b, for b and d that are normal and quotients that are. */
static twofold
apart_exactly(twofold a, twofold b, twofold c, twofold d)
{
    struct sst_total total;
    double own = ldexp(1.0, -ilogb(b.high)), other = ldexp(1.0, -ilogb(d.high));
    b = sst_twofold_scale(b, own);
    d = sst_twofold_scale(d, other);
    sst_total_clear(&total);
    add_product(&total, sst_twofold_scale(a, own), d);
    add_product(&total, sst_twofold_scale(c, -other), b);
    return sst_twofold_divide(sst_twofold_divide(sst_total_get(&total), b), d);
}

/* a / b - c / d. Quotients have some 104 bits, too few for the difference of such as nearly cancel;
 * those that agree to 100 count as equal. */
static twofold
apart(twofold a, twofold b, twofold c, twofold d)
{
    twofold one = sst_twofold_divide(a, b), two = sst_twofold_divide(c, d);
    twofold rest = sst_twofold_apart(one, two);
    int ranges = b.high > 0x1p-900 && b.high < 0x1p900 && d.high > 0x1p-900 && d.high < 0x1p900;
    if (rest.high == 0.0 || !(fabs(rest.high) < 0x1p-40 * one.high) || !ranges ||
        one.high < 0x1p-800)
        return rest;
    return apart_exactly(a, b, c, d);
}

/* The difference of the shares of a cell in its region and of its industry in the reference. */
static twofold
shares_apart(const struct sst_region_table *t, ptrdiff_t r, ptrdiff_t i)
{
    const struct sst_margins *m = &t->margins[0];
    twofold cell = {sst_region_cell(t, 0, r, i), 0.0};
    return apart(cell, m->region[r], m->industry[i], m->total);
}

static double
quotient(const struct sst_region_table *t, ptrdiff_t r, ptrdiff_t i)
{
    const struct sst_margins *m = &t->margins[0];
    struct shares s = shares_of(t, r, i);
    twofold q, cell = {sst_region_cell(t, 0, r, i), 0.0};
    if (t->options[0] == SST_QUOTIENT_RATIO)
        q = sst_twofold_divide(s.own, s.other);
    else if (t->options[0] == SST_QUOTIENT_SYMMETRIC)
        q = sst_twofold_divide(shares_apart(t, r, i), sst_twofold_add(s.own, s.other));
    else if (t->options[0] == SST_QUOTIENT_ADDITIVE)
        q = apart(cell, m->industry[i], m->region[r], m->total);
    else
        q = shares_apart(t, r, i);
    return q.high + q.low;
}

void
sst_location_quotient(const struct sst_region_table *t)
{
    for (ptrdiff_t r = 0; r < t->regions; r++)
        for (ptrdiff_t i = 0; i < t->industries; i++)
            t->out[r * t->industries + i] = quotient(t, r, i);
}

/* The same with a reference without the region itself, c / R - (n - c) / (N - R), which is
 * (c / R - n / N) N / (N - R); NaN where the reference has not even that. */
static twofold
apart_from_others(const struct sst_region_table *t, ptrdiff_t r, ptrdiff_t i)
{
    const struct sst_margins *m = &t->margins[0];
    twofold cell = {sst_region_cell(t, 0, r, i), 0.0};
    if (sst_twofold_subtract(m->industry[i], cell).high < 0.0)
        return (twofold){NAN, 0.0};
    twofold others = sst_twofold_subtract(m->total, m->region[r]);
    return sst_twofold_multiply(shares_apart(t, r, i), sst_twofold_divide(m->total, others));
}

void
sst_krugman(const struct sst_region_table *t)
{
    struct sum sum;
    for (ptrdiff_t r = 0; r < t->regions; r++) {
        clear(&sum);
        sum.missing = !(t->margins[0].region[r].high > 0.0);
        for (ptrdiff_t i = 0; i < t->industries; i++) {
            if (isnan(sst_region_cell(t, 0, r, i)) && t->skip)
                continue;
            twofold away =
                t->options[1] == 0.0 ? apart_from_others(t, r, i) : shares_apart(t, r, i);
            away = sst_twofold_scale(away, away.high < 0.0 ? -1.0 : 1.0);
            add(&sum, away.high, 0);
            add(&sum, away.low, 0);
        }
        twofold k = sst_twofold_multiply(get(&sum), (twofold){t->options[0], 0.0});
        t->out[r] = k.high + k.low;
    }
}

/* s^2 / t; what nobody has adds nothing. */
static twofold
spread_of(struct shares s)
{
    if (s.other.high == 0.0 && !isnan(s.own.high))
        return (twofold){s.own.high > 0.0 ? (double)INFINITY : 0.0, 0.0};
    return sst_twofold_multiply(s.own, sst_twofold_divide(s.own, s.other));
}

void
sst_hachman(const struct sst_region_table *t)
{
    struct sum sum;
    for (ptrdiff_t r = 0; r < t->regions; r++) {
        int infinite = 0;
        clear(&sum);
        sum.missing = !(t->margins[0].region[r].high > 0.0);
        for (ptrdiff_t i = 0; i < t->industries; i++) {
            if (isnan(sst_region_cell(t, 0, r, i)) && t->skip)
                continue;
            twofold spread = spread_of(shares_of(t, r, i));
            infinite = infinite || isinf(spread.high);
            add(&sum, isinf(spread.high) ? 0.0 : spread.high, 0);
            add(&sum, spread.low, 0);
        }
        twofold h = sst_twofold_divide((twofold){1.0, 0.0}, get(&sum));
        t->out[r] = infinite && !isnan(h.high) ? 0.0 : h.high + h.low;
    }
}
