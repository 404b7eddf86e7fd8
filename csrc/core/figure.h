/* SPDX-License-Identifier: MIT
 *
 * One printed figure as the audits see it, and boxes as sets.
 */
#ifndef SST_FIGURE_H
#define SST_FIGURE_H

#include <math.h>

#include "audit.h"
#include "map.h"
#include "rounding.h"

/* offset + value, printed with a half-width. `bare` are its ends without one. */
struct sst_figure {
    double value, half_width, offset;
    struct sst_box bare;
    enum sst_bound bound;
    int known;
};

SST_INLINE struct sst_figure
sst_figure_of(double value, double half_width, double offset, int8_t bound)
{
    struct sst_figure f = {value, half_width, offset, {-INFINITY, INFINITY}, SST_EQ, 0};
    f.bound = (enum sst_bound)bound;
    f.known = isfinite(value) && isfinite(half_width);
    if (f.known)
        f.bare = (struct sst_box){sst_end_point(value, 0.0, offset, -1),
                                  sst_end_point(value, 0.0, offset, 1)};
    return f;
}

/* One end, the half-width times `factor`; stretched half-widths are no decimals any more. */
SST_INLINE double
sst_figure_end(const struct sst_figure *f, double factor, int side)
{
    double bare = side < 0 ? f->bare.low : f->bare.high;
    if (factor == 0.0 || f->half_width == 0.0)
        return bare;
    if (factor == 1.0)
        return sst_end_point(f->value, f->half_width, f->offset, side);
    return sst_end_near(bare, f->half_width * factor, 0.0, side);
}

/* Whether a figure with this bound says where its low end (side -1) or its high end lies. */
SST_INLINE int
sst_bound_has_end(enum sst_bound bound, int side)
{
    return bound == SST_EQ || (bound == SST_GE || bound == SST_GT) == (side < 0);
}

/* The interval of the figure, its half-width times `factor`. An open low end of an `amount` is
 * zero, save for one that is printed as negative. */
static inline struct sst_box
sst_figure_box(const struct sst_figure *f, double factor, int amount)
{
    struct sst_box box = {-INFINITY, INFINITY};
    if (!f->known)
        return box;
    if (sst_bound_has_end(f->bound, -1))
        box.low = sst_figure_end(f, factor, -1);
    if (sst_bound_has_end(f->bound, 1))
        box.high = sst_figure_end(f, factor, 1);
    if (amount && box.low == -INFINITY && f->bare.high >= 0.0)
        box.low = 0.0;
    return box;
}

SST_INLINE int
sst_box_meets(struct sst_box a, struct sst_box b)
{
    return a.low <= b.high && b.low <= a.high;
}

/* The part of `box` in `other`, which it is known to meet: where the last digits of `other`
 * say otherwise, the end of `box` that it touches. */
SST_INLINE struct sst_box
sst_box_common(struct sst_box box, struct sst_box other)
{
    if (other.low > box.high)
        return (struct sst_box){box.high, box.high};
    if (other.high < box.low)
        return (struct sst_box){box.low, box.low};
    return (struct sst_box){other.low > box.low ? other.low : box.low,
                            other.high < box.high ? other.high : box.high};
}

/* What is stored: nothing is known of a figure that may be any number. */
SST_INLINE struct sst_box
sst_box_told(struct sst_box box)
{
    int any = box.low == -INFINITY && box.high == INFINITY;
    return any ? (struct sst_box){NAN, NAN} : box;
}

#endif
