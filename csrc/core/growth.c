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

#include "reason.h"
#include "whole.h"

/* (y - x) / size, also where the difference of finite values overflows. */
SST_INLINE double
relative(double d, double x, double y, double size)
{
    int over = fabs(d) > DBL_MAX;
    double half = 0.5 * y - 0.5 * x;
    double rate = (over ? half : d) / size;
    return over ? rate + rate : rate;
}

SST_INLINE double
simple(double d, double x, double y)
{
    return relative(d, x, y, x);
}

SST_INLINE double
simple_nan(double d, double x, double y)
{
    double rate = relative(d, x, y, x);
    return x > 0 ? rate : (double)NAN;
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
    int over = sum > DBL_MAX;
    double upper = 0.25 * y - 0.25 * x, lower = 0.25 * fabs(x) + 0.25 * fabs(y);
    return 2.0 * ((over ? upper : d) / (over ? lower : sum));
}

SST_INLINE double
midpoint_nan(double d, double x, double y)
{
    double rate = midpoint(d, x, y);
    return x > 0 ? rate : (double)NAN;
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
    double rate = ratio(d, x, y);
    return x > 0 ? rate : (double)NAN;
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
