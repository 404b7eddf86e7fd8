/* SPDX-License-Identifier: MIT
 *
 * The claim parts = total, each in an interval. The sum of intervals is the interval of
 * the sums of their ends, so the claim is consistent if and only if that meets the total,
 * and each figure is narrowed to what the others leave. Ends are added in double-double
 * (D. E. Knuth, The Art of Computer Programming 2, 4.2.2), so what remains uncertain is
 * what the binary form of the printed decimals leaves: half an ulp of each end. Whole
 * numbers leave nothing, and their sums are exact.
 *
 * Discrepancy and half-widths are linear in the widening factor, which is their quotient; the
 * half-width of an end that a bound leaves open does not count.
 */
#include "audit.h"

#include <math.h>

#include "figure.h"

/* A sum of ends, with the size of what went in and the number that are infinite. */
struct tally {
    double sum, rest, size;
    ptrdiff_t infinite;
    int whole;
};

static void
tally_add(struct tally *t, double end)
{
    if (isinf(end)) {
        t->infinite++;
        return;
    }
    double sum = t->sum + end, part = sum - t->sum;
    t->rest += (t->sum - (sum - part)) + (end - part);
    t->sum = sum;
    t->size += fabs(end);
    t->whole &= end == nearbyint(end);
}

/* What the total can be as far as the sum can tell: the end, moved outward (side -1 or 1)
 * by what is not known of it; `without` is an end taken out again, `beside` the size of
 * what it will be compared with. */
static double
tally_end(const struct tally *t, double without, double beside, int side)
{
    ptrdiff_t infinite = t->infinite - (isinf(without) ? 1 : 0);
    if (infinite > 0)
        return side < 0 ? -INFINITY : INFINITY;
    struct tally left = *t;
    if (without != 0.0 && !isinf(without))
        tally_add(&left, -without);
    if (!isfinite(left.sum)) /* beyond the largest double */
        return left.sum;
    int exact = left.whole && beside == nearbyint(beside) && left.size < 0x1p53;
    double slack = exact ? 0.0 : (left.size + beside) * 0x1p-52;
    return left.sum + left.rest + side * slack;
}

struct sum_claim {
    ptrdiff_t n, parts;
    const double *values, *half_widths;
    const int8_t *bounds;
};

static struct sst_figure
figure_at(const struct sum_claim *c, ptrdiff_t k)
{
    return sst_figure_of(c->values[k * c->n], c->half_widths[k * c->n], 0.0, c->bounds[k * c->n]);
}

static struct sst_box
box_at(const struct sum_claim *c, ptrdiff_t k, double factor)
{
    struct sst_figure f = figure_at(c, k);
    return sst_figure_box(&f, factor, 1);
}

static double
size_of(struct sst_box box)
{
    double low = isinf(box.low) ? 0.0 : fabs(box.low),
           high = isinf(box.high) ? 0.0 : fabs(box.high);
    return low > high ? low : high;
}

/* Lows and highs of the parts, and whether all figures are known. */
static int
tally_parts(const struct sum_claim *c, double factor, struct tally *lows, struct tally *highs)
{
    int told = figure_at(c, c->parts).known;
    *lows = *highs = (struct tally){.whole = 1};
    for (ptrdiff_t k = 0; k < c->parts; k++) {
        struct sst_box box = box_at(c, k, factor);
        told &= figure_at(c, k).known;
        tally_add(lows, box.low);
        tally_add(highs, box.high);
    }
    return told;
}

static struct sst_box
parts_box(const struct tally *lows, const struct tally *highs, double beside)
{
    return (struct sst_box){tally_end(lows, 0.0, beside, -1), tally_end(highs, 0.0, beside, 1)};
}

/* What the half-widths move the parts and the total towards each other, the parts by their low
 * ends (side -1) or their high ends. */
static double
reach(const struct sum_claim *c, int side)
{
    struct tally sum = {.whole = 1};
    for (ptrdiff_t k = 0; k <= c->parts; k++)
        if (sst_bound_has_end((enum sst_bound)c->bounds[k * c->n], k < c->parts ? side : -side))
            tally_add(&sum, c->half_widths[k * c->n]);
    return sum.sum + sum.rest;
}

/* By how much the bare parts exceed (side -1: their low ends) or fall short of (side 1) the bare
 * total: the factor on the half-widths that closes it, 0 if they meet but for their last digits. */
static double
stretch(const struct sum_claim *c, const struct tally *bare, double total, int side)
{
    if (isinf(total) || bare->infinite > 0)
        return 0.0;
    struct tally apart = *bare;
    tally_add(&apart, -total);
    if (!(side * tally_end(&apart, 0.0, 0.0, side) < 0.0))
        return 0.0;
    double half_widths = reach(c, side);
    return half_widths > 0.0 ? -side * (apart.sum + apart.rest) / half_widths : INFINITY;
}

static double
least_widening(const struct sum_claim *c, int consistent)
{
    struct tally lows, highs;
    tally_parts(c, 0.0, &lows, &highs);
    struct sst_box total = box_at(c, c->parts, 0.0);
    double factor = fmax(stretch(c, &lows, total.high, -1), stretch(c, &highs, total.low, 1));
    return consistent ? fmin(factor, 1.0) : fmax(factor, nextafter(1.0, 2.0));
}

static void
put(double *out, ptrdiff_t n, ptrdiff_t k, struct sst_box box, double value)
{
    box = sst_box_told(box);
    out[(2 + 3 * k) * n] = box.low;
    out[(3 + 3 * k) * n] = box.high;
    out[(4 + 3 * k) * n] = value;
}

/* The value of figure `skip` that the others give, NaN if one of them is unknown. */
static double
solved(const struct sum_claim *c, ptrdiff_t skip)
{
    struct tally t = {.whole = 1};
    for (ptrdiff_t k = 0; k <= c->parts; k++) {
        struct sst_figure f = figure_at(c, k);
        if (k == skip)
            continue;
        if (!f.known)
            return NAN;
        tally_add(&t, k == c->parts ? -f.value : f.value);
    }
    double sum = t.sum + t.rest;
    return skip == c->parts ? sum + 0.0 : 0.0 - sum;
}

static void
audit_one(const struct sum_claim *c, double *out)
{
    struct tally lows, highs;
    int told = tally_parts(c, 1.0, &lows, &highs);
    struct sst_box total = box_at(c, c->parts, 1.0);
    struct sst_box sum = parts_box(&lows, &highs, size_of(total));
    int consistent = sst_box_meets(total, sum);
    out[0] = !consistent ? SST_INCONSISTENT : told ? SST_CONSISTENT : SST_CANNOT_TELL;
    out[c->n] = told ? least_widening(c, consistent) : NAN;
    for (ptrdiff_t k = 0; k <= c->parts; k++) {
        struct sst_figure f = figure_at(c, k);
        struct sst_box box = k == c->parts ? total : box_at(c, k, 1.0), rest = sum;
        if (k < c->parts) {
            struct tally up = highs, down = lows;
            tally_add(&up, -total.low);
            tally_add(&down, -total.high);
            rest.low = -tally_end(&up, box.high, 0.0, 1);
            rest.high = -tally_end(&down, box.low, 0.0, -1);
        }
        box = consistent ? sst_box_common(box, rest) : (struct sst_box){NAN, NAN};
        put(out, c->n, k, box, f.known ? f.value : solved(c, k));
    }
}

enum sst_status
sst_audit_sum(ptrdiff_t n, ptrdiff_t parts, const double *figures, const int8_t *bounds,
              double *out)
{
    for (ptrdiff_t i = 0; i < (parts + 1) * n; i++)
        if (bounds[i] < 0 || bounds[i] >= SST_BOUND_COUNT)
            return SST_BAD_ARGUMENT;
    for (ptrdiff_t i = 0; i < n; i++) {
        const struct sum_claim c = {n, parts, figures + i, figures + (parts + 1) * n + i,
                                    bounds + i};
        audit_one(&c, out + i);
    }
    return SST_OK;
}
