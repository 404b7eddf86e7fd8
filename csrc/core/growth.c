/* SPDX-License-Identifier: MIT
 *
 * The difference is taken first, exactly where the values are integers or lie within a
 * factor of two of each other, and everything else follows from it in double precision:
 * (y-x)/x loses nothing where y/x - 1 cancels; the logarithm is log1p of it, a compound
 * rate expm1 of that. Between 3 and 3(1 + 1e-9) the naive annual rate, and a difference of
 * logarithms, keep nine digits (N. J. Higham, Accuracy and Stability of Numerical
 * Algorithms, 1.14.1, on log1p and expm1).
 *
 * Midpoint rates: S. J. Davis, J. C. Haltiwanger and S. Schuh, Job Creation and
 * Destruction, 1996.
 */
#include "growth.h"

#include <float.h>
#include <math.h>

#include "log_ratio.h"
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

/* A number in two parts, the second below the rounding of the first. */
struct two {
    double high, low;
};

SST_INLINE struct two
quotient(double a, double b)
{
    double high = a / b;
    return (struct two){high, fma(-high, b, a) / b};
}

/* What rounding took from 1 + q with q = d/size, relative to it; a tiny size is scaled, so
 * that the remainder is not lost below the smallest numbers. */
SST_INLINE double
lost_of_change(double q, double d, double size)
{
    double scale = fabs(size) < 1e-100 ? 0x1p400 : 1.0;
    return fma(-q, scale * size, scale * d) / (scale * size * (1.0 + q));
}

/* The same for the quotient y/x. */
SST_INLINE double
lost_of_ratio(double x, double y)
{
    double scale = fabs(x) < 1e-100 ? 0x1p400 : 1.0, ratio = y / x;
    if (!(ratio >= 1e-300 && ratio <= 1e300))
        return 0.0;
    return fma(-ratio, scale * x, scale * y) / (scale * y);
}

/* A logarithm, whose argument has lost a share to rounding, times a factor: what the
 * argument and the product lose is kept. */
SST_INLINE struct two
log_times(double log, double lost, struct two factor)
{
    struct two z = {.high = factor.high * log};
    z.low = fma(factor.high, log, -z.high) + factor.high * lost + factor.low * log;
    if (!(fabs(z.high) <= DBL_MAX) || !(fabs(z.low) <= fabs(z.high)))
        z.low = 0.0;
    return z;
}

/* ln(y / x) times a factor, from the relative difference q = d/x. */
SST_INLINE struct two
log_ratio_times(double q, double d, double x, double y, struct two factor)
{
    double lost = fabs(q) <= 0.5 ? lost_of_change(q, d, x) : lost_of_ratio(x, y);
    return log_times(sst_log_ratio(q, x, y), lost, factor);
}

SST_INLINE double
compound(struct two z)
{
    double rate = expm1(z.high);
    return fabs(rate) <= DBL_MAX ? rate + z.low * (1.0 + rate) : rate;
}

SST_INLINE double
annual(double d, double x, double y, struct two factor)
{
    double q = relative(d, x, y, x);
    return compound(log_ratio_times(q, d, x, y, factor));
}

SST_INLINE double
annual_nan(double d, double x, double y, struct two factor)
{
    return x > 0 ? annual(d, x, y, factor) : (double)NAN;
}

/* Below zero 1 + (y - x)/|x| is no longer y/x. */
SST_INLINE double
annual_abs(double d, double x, double y, struct two factor)
{
    if (!(x < 0))
        return annual(d, x, y, factor);
    double q = relative(d, x, y, fabs(x));
    double lost = fabs(q) <= 0.5 ? lost_of_change(q, d, fabs(x)) : 0.0;
    return compound(log_times(log1p(q), lost, factor));
}

SST_INLINE double
log_annual(double d, double x, double y, struct two factor)
{
    if (!(x > 0 && y > 0))
        return (double)NAN;
    struct two z = log_ratio_times(d / x, d, x, y, factor);
    return z.high + z.low;
}

SST_INLINE double
log_growth(double d, double x, double y)
{
    return x > 0 && y > 0 ? sst_log_ratio(d / x, x, y) : (double)NAN;
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

SST_INLINE double
cagr(double d, double x, double y, double span)
{
    if (!(x > 0 && y >= 0) || span == 0)
        return (double)NAN;
    return expm1(sst_log_ratio(d / x, x, y) / span);
}

#define SST_SOURCE "growth_real_source.h"
#include "for_each_real.h"

#define SST_SOURCE "growth_whole_source.h"
#include "for_each_whole2.h"

#define SST_SOURCE "implied_base_source.h"
#include "for_each_real.h"
