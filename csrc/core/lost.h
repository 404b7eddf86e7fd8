/* SPDX-License-Identifier: MIT
 *
 * What single operations lose, for figures of ordinary size and without a branch: twofold.h
 * is for any. Sums are T. J. Dekker's (A floating-point technique for extending the available
 * precision, Numerische Mathematik 18, 1971), as are products where no fused multiply-add is
 * at hand; with one the results are the same, bit for bit.
 *
 * A file compiled for more than its target's least processor sets SST_FMA before.
 */
#ifndef SST_LOST_H
#define SST_LOST_H

#include <math.h>

#include "twofold.h"

#ifndef SST_FMA
#if defined(FP_FAST_FMA) || defined(__FMA__) || defined(__aarch64__)
#define SST_FMA 1
#else
#define SST_FMA 0
#endif
#endif

/* a + b, exactly where b is no larger than a or a is zero. */
SST_INLINE struct sst_twofold
sst_fast_sum(double a, double b)
{
    double sum = a + b;
    return (struct sst_twofold){sum, b - (sum - a)};
}

/* a * b == product + the result, barring underflow and factors beyond 2^995. */
SST_INLINE double
sst_product_lost(double a, double b, double product)
{
#if SST_FMA
    return fma(a, b, -product);
#else
    const double split = 0x1p27 + 1.0;
    double t = split * a, a1 = t - (t - a), a2 = a - a1;
    t = split * b;
    double b1 = t - (t - b), b2 = b - b1;
    return ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
#endif
}

/* a - q b, rounded once, for a quotient q of a and b within a few ulp. */
SST_INLINE double
sst_remainder(double a, double q, double b)
{
#if SST_FMA
    return fma(-q, b, a);
#else
    double product = q * b;
    return (a - product) - sst_product_lost(q, b, product);
#endif
}

#endif
