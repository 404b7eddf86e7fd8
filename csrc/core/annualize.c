/* SPDX-License-Identifier: MIT
 *
 * A compound rate over f periods is expm1(f log1p(r)): forming 1 + r would round the rate
 * itself (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1). So it is
 * with the time in which a figure doubles, and with doublings of a figure that has grown
 * little, which follow from the difference.
 */
#include "annualize.h"

#include <math.h>

#include "whole.h"

static const double LN2 = 0x1.62e42fefa39efp-1;

SST_INLINE double
compound(double rate, double factor)
{
    return rate >= -1.0 ? expm1(factor * log1p(rate)) : (double)NAN;
}

SST_INLINE double
doubling_time(double rate)
{
    if (rate > 0.0)
        return LN2 / log1p(rate);
    return rate >= -1.0 ? (double)INFINITY : (double)NAN;
}

/* log2(y / x) from d = y - x; far from 1 the quotient has lost nothing, and powers of two
 * give whole numbers. */
SST_INLINE double
doublings(double d, double x, double y)
{
    if (!(x > 0.0 && y > 0.0))
        return (double)NAN;
    double q = d / x, ratio = y / x;
    if (fabs(q) < 0.5)
        return log1p(q) / LN2;
    return ratio > 1e-300 && ratio < 1e300 ? log2(ratio) : log2(y) - log2(x);
}

#define SST_SOURCE "annualize_source.h"
#include "for_each_real.h"

#define SST_SOURCE "doublings_source.h"
#include "for_each_whole2.h"
