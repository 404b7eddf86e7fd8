/* SPDX-License-Identifier: MIT
 *
 * A target is met when no more is missing than the tolerance, in a strict one less. The difference
 * is kept in two parts, the second what rounding took from the first, so the decision is that of
 * the figures as given: of integers beyond 2^53, too, and of figures that nearly meet.
 */
#include "met.h"

#include "twofold.h"
#include "whole.h"

/* Whether `missing` is within the tolerance. Rounding keeps order, so the high part alone decides
 * unless it is the tolerance itself. */
SST_INLINE int
within(struct sst_twofold missing, double tolerance, int strict)
{
    if (missing.high != tolerance)
        return missing.high < tolerance;
    return strict ? missing.low < 0.0 : missing.low <= 0.0;
}

/* `code` is a side and whether it is strict; `below` is missing to the target, `above` beyond
 * the high end. */
SST_INLINE unsigned char
met(struct sst_twofold below, struct sst_twofold above, double tolerance, int code)
{
    int strict = code > 1, side = strict ? code - SST_MET_STRICT : code;
    struct sst_twofold negated = {-below.high, -below.low};
    if (side < 0)
        return (unsigned char)within(negated, tolerance, strict);
    int low = within(below, tolerance, strict);
    return (unsigned char)(side > 0 ? low : low && within(above, tolerance, strict));
}

/* Figures that are the same have no difference, infinite ones either. */
SST_INLINE struct sst_twofold
real_difference(double a, double b)
{
    return a == b ? (struct sst_twofold){0.0, 0.0} : sst_two_sum(a, -b);
}

/* Exact: 65 bits fit two doubles. */
SST_INLINE struct sst_twofold
whole_difference(struct sst_whole a, struct sst_whole b)
{
    struct sst_twofold x = sst_whole_two(a), y = sst_whole_two(b);
    return sst_twofold_subtract(x, y);
}

#define SST_SOURCE "met_source.h"
#include "for_each_real.h"

#define SST_SOURCE "met_whole3_source.h"
#include "for_each_whole3.h"
