/* SPDX-License-Identifier: MIT
 *
 * The claim L = B (1 + g), or part = whole * share: product = base * factor, with each
 * figure in an interval. Every quantity occurs once, so the set of products is an interval
 * whose ends are at corners, the claim holds for some numbers if and only if that interval
 * meets the one of L, and one division narrows each figure to exactly what the others
 * allow (R. E. Moore, Interval Analysis, 1966).
 *
 * The widening factor is the least common factor on the half-widths that makes the claim
 * consistent. The intervals grow with it, so it is found by bisection of the same test.
 */
#include "audit.h"

#include <math.h>

#include "product.h"
#include "widening.h"

struct claim {
    struct sst_figure product, factor, base; /* the factor with its offset */
};

static int
holds(const void *claim, double widening)
{
    const struct claim *c = claim;
    struct sst_box product = sst_figure_box(&c->product, widening, 1);
    struct sst_box factor = sst_figure_box(&c->factor, widening, 0);
    struct sst_box base = sst_figure_box(&c->base, widening, 1);
    return sst_box_meets(product, sst_box_product(base, factor));
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
    narrowed[0] = sst_box_common(product, sst_box_product(base, factor));
    narrowed[1] = sst_box_common(
        printed, sst_box_without(sst_box_quotient_in(factor, product, base), c->factor.offset));
    narrowed[2] = sst_box_quotient_in(base, product, factor);
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
    double half_widths = c->product.half_width + c->factor.half_width + c->base.half_width;
    struct sst_box narrowed[SST_PRODUCT_FIGURES];
    double values[SST_PRODUCT_FIGURES];
    narrow(c, narrowed);
    point_values(c, values);
    out[SST_OUT_CONSISTENT * n] = !consistent ? SST_INCONSISTENT
                                  : told      ? SST_CONSISTENT
                                              : SST_CANNOT_TELL;
    out[SST_OUT_WIDENING * n] = told ? sst_least_widening(c, holds, consistent, half_widths) : NAN;
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
