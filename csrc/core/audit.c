/* SPDX-License-Identifier: MIT
 *
 * The claim L = B (1 + g), or part = whole * share: product = base * factor, with each
 * figure in an interval. Every quantity occurs once, so the set of products is an interval
 * whose ends are at corners, the claim holds for some numbers if and only if that interval
 * meets the one of L, and one division narrows each figure to exactly what the others
 * allow (R. E. Moore, Interval Analysis, 1966).
 *
 * Printed ends are decimals known to half an ulp; each end computed from them is widened
 * by what that can amount to, so a tie never falls on the wrong side.
 *
 * The widening factor is the least common factor on the half-widths that makes the claim
 * consistent. The intervals grow with it, so it is found by bisection of the same test.
 */
#include "audit.h"

#include <math.h>

#include "figure.h"

/* Two operands and one result, half an ulp (2^-53) each, the other side likewise, and the
 * rounding of the widening itself. */
static const double slack = 5 * 0x1p-53;

static struct sst_box
outward(struct sst_box box)
{
    if (isfinite(box.low))
        box.low -= fabs(box.low) * slack;
    if (isfinite(box.high))
        box.high += fabs(box.high) * slack;
    return box;
}

static double
times(double a, double b)
{
    return a == 0.0 || b == 0.0 ? 0.0 : a * b;
}

static double
over(double a, double b)
{
    return a == 0.0 || isinf(b) ? 0.0 : a / b;
}

static struct sst_box
hull4(double a, double b, double c, double d)
{
    return (struct sst_box){fmin(fmin(a, b), fmin(c, d)), fmax(fmax(a, b), fmax(c, d))};
}

static struct sst_box
product_of(struct sst_box a, struct sst_box b)
{
    return outward(hull4(times(a.low, b.low), times(a.low, b.high), times(a.high, b.low),
                         times(a.high, b.high)));
}

/* The x in `box` for which x*d = p has a solution in the boxes of d and p, which exists.
 * Where d may be zero, x lies on up to two rays, and the hull of what they leave is given. */
static struct sst_box
quotient_in(struct sst_box box, struct sst_box p, struct sst_box d)
{
    if (d.low > 0.0 || d.high < 0.0) {
        struct sst_box all = hull4(over(p.low, d.low), over(p.low, d.high), over(p.high, d.low),
                                   over(p.high, d.high));
        return sst_box_common(box, outward(all));
    }
    if (p.low <= 0.0 && p.high >= 0.0)
        return box;
    double nearest = p.low > 0.0 ? p.low : p.high;
    double up = p.low > 0.0 ? d.high : d.low, down = p.low > 0.0 ? d.low : d.high;
    struct sst_box above = outward((struct sst_box){over(nearest, up), INFINITY});
    struct sst_box below = outward((struct sst_box){-INFINITY, over(nearest, down)});
    int in_above = up != 0.0 && sst_box_meets(box, above);
    int in_below = down != 0.0 && sst_box_meets(box, below);
    if (in_above && in_below)
        return box;
    return sst_box_common(box, in_above || down == 0.0 ? above : below);
}

struct claim {
    struct sst_figure product, factor, base; /* the factor with its offset */
};

static int
holds(const struct claim *c, double widening)
{
    struct sst_box product = sst_figure_box(&c->product, widening, 1);
    struct sst_box factor = sst_figure_box(&c->factor, widening, 0);
    struct sst_box base = sst_figure_box(&c->base, widening, 1);
    return sst_box_meets(product, product_of(base, factor));
}

static double
least_widening(const struct claim *c, int consistent)
{
    if (consistent && holds(c, 0.0))
        return 0.0;
    if (c->product.half_width + c->factor.half_width + c->base.half_width == 0.0)
        return INFINITY;
    double fails = 0.0, works = 1.0;
    while (!consistent) {
        fails = works;
        works *= 2.0;
        if (isinf(works))
            return INFINITY;
        consistent = holds(c, works);
    }
    /* Less than the last digits of a half-width: the bare figures agree but for theirs. */
    while (works >= 0x1p-50 && works - fails > works * 0x1p-50) {
        double middle = fails + (works - fails) / 2;
        if (middle <= fails || middle >= works) /* neighbors, among the subnormal numbers */
            break;
        if (holds(c, middle))
            works = middle;
        else
            fails = middle;
    }
    return works >= 0x1p-50 ? works : 0.0;
}

/* The interval of offset + x as one of x. */
static struct sst_box
without_offset(struct sst_box box, double offset)
{
    if (offset == 0.0)
        return box;
    double low = box.low - offset, high = box.high - offset;
    return (struct sst_box){low - (isfinite(low) ? fabs(low) * 0x1p-53 : 0.0),
                            high + (isfinite(high) ? fabs(high) * 0x1p-53 : 0.0)};
}

static void
narrow(const struct claim *c, struct sst_box narrowed[SST_PRODUCT_FIGURES])
{
    struct sst_box product = sst_figure_box(&c->product, 1.0, 1);
    struct sst_box factor = sst_figure_box(&c->factor, 1.0, 0);
    struct sst_box base = sst_figure_box(&c->base, 1.0, 1);
    struct sst_figure print = c->factor;
    print = sst_figure_of(print.value, print.half_width, 0.0, (int8_t)print.bound);
    struct sst_box printed = sst_figure_box(&print, 1.0, 0);
    narrowed[0] = sst_box_common(product, product_of(base, factor));
    narrowed[1] = sst_box_common(
        printed, without_offset(quotient_in(factor, product, base), c->factor.offset));
    narrowed[2] = quotient_in(base, product, factor);
}

/* The values as given; one that is unknown from the other two. */
static void
point_values(const struct claim *c, double values[SST_PRODUCT_FIGURES])
{
    const struct sst_figure *f = &c->factor;
    double factor = f->bare.low == f->bare.high ? f->bare.low : f->offset + f->value;
    values[0] = c->product.known ? c->product.value : c->base.value * factor;
    values[2] = c->base.known ? c->base.value : c->product.value / factor;
    double over_base = (c->product.value - c->factor.offset * c->base.value) / c->base.value;
    values[1] = c->factor.known ? c->factor.value : over_base;
}

static void
audit_one(const struct claim *c, double *out, ptrdiff_t n)
{
    int told = c->product.known && c->factor.known && c->base.known;
    int consistent = holds(c, 1.0);
    struct sst_box narrowed[SST_PRODUCT_FIGURES];
    double values[SST_PRODUCT_FIGURES];
    narrow(c, narrowed);
    point_values(c, values);
    out[SST_OUT_CONSISTENT * n] = !consistent ? SST_INCONSISTENT
                                  : told      ? SST_CONSISTENT
                                              : SST_CANNOT_TELL;
    out[SST_OUT_WIDENING * n] = told ? least_widening(c, consistent) : NAN;
    for (int k = 0; k < SST_PRODUCT_FIGURES; k++) {
        struct sst_box box = consistent ? sst_box_told(narrowed[k]) : (struct sst_box){NAN, NAN};
        out[(SST_OUT_ENDS + 2 * k) * n] = box.low;
        out[(SST_OUT_ENDS + 2 * k + 1) * n] = box.high;
        out[(SST_OUT_VALUES + k) * n] = values[k];
    }
}

static struct sst_figure
figure_at(const double *figures, const int8_t *bounds, ptrdiff_t n, int k, double offset)
{
    return sst_figure_of(figures[2 * k * n], figures[(2 * k + 1) * n], offset, bounds[k * n]);
}

enum sst_status
sst_audit_product(ptrdiff_t n, const double *figures, const int8_t *bounds, double offset,
                  double *out)
{
    for (ptrdiff_t i = 0; i < SST_PRODUCT_FIGURES * n; i++)
        if (bounds[i] < 0 || bounds[i] >= SST_BOUND_COUNT)
            return SST_BAD_ARGUMENT;
    for (ptrdiff_t i = 0; i < n; i++) {
        const struct claim c = {
            .product = figure_at(figures + i, bounds + i, n, 0, 0.0),
            .factor = figure_at(figures + i, bounds + i, n, 1, offset),
            .base = figure_at(figures + i, bounds + i, n, 2, 0.0),
        };
        audit_one(&c, out + i, n);
    }
    return SST_OK;
}
