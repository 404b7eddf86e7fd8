/* SPDX-License-Identifier: MIT
 *
 * Products and quotients of boxes, as the audits of product claims need them. Printed ends
 * are decimals known to half an ulp; each end computed from them is widened by what that can
 * amount to, so a tie never falls on the wrong side.
 */
#ifndef SST_PRODUCT_H
#define SST_PRODUCT_H

#include "figure.h"

SST_INLINE struct sst_box
sst_box_outward(struct sst_box box)
{
    /* Two operands and one result, half an ulp (2^-53) each, the other side likewise, and the
     * rounding of the widening itself. */
    const double slack = 5 * 0x1p-53;
    if (isfinite(box.low))
        box.low -= fabs(box.low) * slack;
    if (isfinite(box.high))
        box.high += fabs(box.high) * slack;
    return box;
}

SST_INLINE double
sst_end_times(double a, double b)
{
    return a == 0.0 || b == 0.0 ? 0.0 : a * b;
}

SST_INLINE double
sst_end_over(double a, double b)
{
    return a == 0.0 || isinf(b) ? 0.0 : a / b;
}

SST_INLINE struct sst_box
sst_box_hull4(double a, double b, double c, double d)
{
    return (struct sst_box){fmin(fmin(a, b), fmin(c, d)), fmax(fmax(a, b), fmax(c, d))};
}

SST_INLINE struct sst_box
sst_box_product(struct sst_box a, struct sst_box b)
{
    return sst_box_outward(sst_box_hull4(sst_end_times(a.low, b.low), sst_end_times(a.low, b.high),
                                         sst_end_times(a.high, b.low),
                                         sst_end_times(a.high, b.high)));
}

/* The x in `box` for which x*d = p has a solution in the boxes of d and p, which exists.
 * Where d may be zero and p may not, x lies on up to two rays, and the hull of what they leave
 * is given; zero, where a ray begins if d is without limit, is no such x. */
static inline struct sst_box
sst_box_quotient_in(struct sst_box box, struct sst_box p, struct sst_box d)
{
    if (d.low > 0.0 || d.high < 0.0) {
        struct sst_box all =
            sst_box_hull4(sst_end_over(p.low, d.low), sst_end_over(p.low, d.high),
                          sst_end_over(p.high, d.low), sst_end_over(p.high, d.high));
        return sst_box_common(box, sst_box_outward(all));
    }
    if (p.low <= 0.0 && p.high >= 0.0)
        return box;
    double nearest = p.low > 0.0 ? p.low : p.high;
    double up = p.low > 0.0 ? d.high : d.low, down = p.low > 0.0 ? d.low : d.high;
    struct sst_box above = sst_box_outward((struct sst_box){sst_end_over(nearest, up), INFINITY});
    struct sst_box below =
        sst_box_outward((struct sst_box){-INFINITY, sst_end_over(nearest, down)});
    int in_above = up != 0.0 && box.high > 0.0 && sst_box_meets(box, above);
    int in_below = down != 0.0 && box.low < 0.0 && sst_box_meets(box, below);
    if (in_above && in_below)
        return box;
    return sst_box_common(box, in_above || down == 0.0 ? above : below);
}

/* The interval of offset + x as one of x: outward by half an ulp for each end of the box, and for
 * each difference. */
static inline struct sst_box
sst_box_without(struct sst_box box, double offset)
{
    if (offset == 0.0)
        return box;
    double low = box.low - offset, high = box.high - offset;
    if (isfinite(low))
        low -= fabs(box.low) * 0x1p-53 + fabs(low) * 0x1p-53;
    if (isfinite(high))
        high += fabs(box.high) * 0x1p-53 + fabs(high) * 0x1p-53;
    return (struct sst_box){low, high};
}

#endif
