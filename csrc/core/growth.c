/* SPDX-License-Identifier: MIT
 *
 * The difference is taken first, exactly where the values are integers or lie within a
 * factor of two of each other: (y-x)/x loses nothing where y/x - 1 cancels. Logarithms
 * and compound rates are in compound.c.
 *
 * Midpoint rates: S. J. Davis, J. C. Haltiwanger and S. Schuh, Job Creation and
 * Destruction, 1996.
 */
#include "growth.h"

#include <float.h>
#include <math.h>

#include "avx2.h"
#include "bits.h"
#include "reason.h"
#include "whole.h"

/* (y - x) / size, also where the difference of finite values overflows: then from halves. */
SST_INLINE double
relative(double d, double x, double y, double size)
{
    uint64_t over = sst_beyond(d, DBL_MAX);
    double change = sst_choose(over, 0.5 * y - 0.5 * x, d);
    double twice = sst_from_bits(sst_bits_of(1.0) + (over & UINT64_C(1) << 52)); /* 2 if over */
    return change / size * twice;
}

SST_INLINE double
simple(double d, double x, double y)
{
    return relative(d, x, y, x);
}

SST_INLINE double
simple_nan(double d, double x, double y)
{
    return sst_nan_where(sst_not_positive(x), relative(d, x, y, x));
}

SST_INLINE double
simple_abs(double d, double x, double y)
{
    return relative(d, x, y, fabs(x));
}

SST_INLINE double
midpoint(double d, double x, double y)
{
    double sum = fabs(x) + fabs(y);
    uint64_t over = sst_beyond(sum, DBL_MAX);
    double change = sst_choose(over, 0.25 * y - 0.25 * x, d);
    return 2.0 * (change / sst_choose(over, 0.25 * fabs(x) + 0.25 * fabs(y), sum));
}

SST_INLINE double
midpoint_nan(double d, double x, double y)
{
    return sst_nan_where(sst_not_positive(x), midpoint(d, x, y));
}

SST_INLINE double
difference(double d, double x, double y)
{
    (void)x;
    (void)y;
    return d;
}

SST_INLINE double
ratio(double d, double x, double y)
{
    (void)d;
    return y / x;
}

SST_INLINE double
ratio_nan(double d, double x, double y)
{
    return sst_nan_where(sst_not_positive(x), ratio(d, x, y));
}

SST_INLINE double
ratio_abs(double d, double x, double y)
{
    return ratio(d, fabs(x), y);
}

#define SST_SOURCE "growth_real_source.h"
#include "for_each_real.h"

#define SST_SOURCE "growth_whole_source.h"
#include "for_each_whole2.h"

#define SST_SOURCE "implied_base_source.h"
#include "for_each_real.h"
