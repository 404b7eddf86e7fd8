/* SPDX-License-Identifier: MIT
 *
 * Whole powers of 1 + e as growth: (1 + e)^2 - 1 = e (2 + e), (1 + a)(1 + b) - 1 = a + b + ab.
 * The level 1 + e, which would lose the digits of a small e, is never formed. Growth is in
 * two parts, of which the sums keep what they lose; what the small products lose stays
 * within 2 + 2 p |ln(1 + e)| ulp for powers p up to 16: at its worst, a little above a doubling,
 * it is six tenths of that.
 */
#ifndef SST_POWER_KERNEL_H
#define SST_POWER_KERNEL_H

#include "lost.h"

/* y / x - 1 */
SST_INLINE struct sst_twofold
sst_growth_twofold(double x, double y)
{
    double d = y - x, inverse = 1.0 / x, rate = d * inverse;
    return (struct sst_twofold){rate, sst_remainder(d, rate, x) * inverse};
}

SST_INLINE struct sst_twofold
sst_growth_squared(struct sst_twofold e)
{
    struct sst_twofold sum = sst_fast_sum(e.high + e.high, e.high * e.high);
    sum.low += (e.low + e.low) * (1.0 + e.high);
    return sum;
}

SST_INLINE struct sst_twofold
sst_growth_times(struct sst_twofold a, struct sst_twofold b)
{
    struct sst_twofold plain = sst_fast_sum(a.high, b.high);
    struct sst_twofold sum = sst_fast_sum(plain.high, a.high * b.high);
    sum.low += plain.low + (a.low * (1.0 + b.high) + b.low * (1.0 + a.high));
    return sum;
}

#endif
