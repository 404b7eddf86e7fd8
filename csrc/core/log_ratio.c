/* SPDX-License-Identifier: MIT */
#include "log_ratio.h"

#include <float.h>
#include <math.h>

#include "exp_kernel.h"
#include "log_kernel.h"

static int
has_logarithm(double a)
{
    return a != 0 && fabs(a) <= DBL_MAX;
}

/* a without its sign, times a power of two that brings it near 1, added to the exponent. */
static struct sst_twofold
ordinary(struct sst_twofold a, double *exponent)
{
    double size = fabs(a.high), sign = a.high < 0 ? -1.0 : 1.0;
    if (size < 0x1p-400) {
        sign *= 0x1p700;
        *exponent = -700.0;
    } else if (size > 0x1p400) {
        sign *= 0x1p-700;
        *exponent = 700.0;
    }
    return (struct sst_twofold){sign * a.high, sign * a.low};
}

struct sst_twofold
sst_log_ratio(struct sst_twofold x, struct sst_twofold y)
{
    if (!has_logarithm(x.high) || !has_logarithm(y.high)) {
        double ratio = y.high / x.high;
        double log = ratio == 0 ? -(double)INFINITY : ratio > 0 ? ratio : (double)NAN;
        return (struct sst_twofold){log, 0.0};
    }
    if ((x.high < 0) != (y.high < 0))
        return (struct sst_twofold){NAN, 0.0};
    double from = 0.0, to = 0.0;
    struct sst_twofold a = ordinary(x, &from), b = ordinary(y, &to);
    struct sst_log_near near = sst_log_nearest(a.high, b.high);
    b = (struct sst_twofold){near.y, near.y / b.high * b.low};
    struct sst_twofold difference = sst_twofold_add(b, (struct sst_twofold){-a.high, -a.low});
    return sst_log_end(sst_log_divide(difference, sst_twofold_add(b, a), near.k + (to - from)));
}

double
sst_log_growth(double change, double x, double y)
{
    struct sst_twofold from = {x, 0.0}, to = {y, 0.0}, difference = {change, 0.0};
    if (!(fabs(change) <= 0.3 * x && x >= 0x1p-400 && x <= 0x1p400))
        return sst_log_ratio(from, to).high;
    return sst_log_end(sst_log_divide(difference, sst_fast_sum(x + x, change), 0.0)).high;
}

struct sst_twofold
sst_log_times(struct sst_twofold log, struct sst_twofold factor)
{
    struct sst_twofold z = {.high = factor.high * log.high};
    z.low = sst_product_lost(factor.high, log.high, z.high) +
            (factor.high * log.low + factor.low * log.high);
    if (!(fabs(z.high) <= DBL_MAX) || !(fabs(z.low) <= fabs(z.high)))
        z.low = 0.0;
    return z;
}

/* Beyond 600 by the number whose logarithm is 512 ln 2 less; one more or less is nothing to it. */
static double
expm1_of(struct sst_twofold z)
{
    if (z.high < -600.0)
        return -1.0;
    if (z.high > 1000.0)
        return INFINITY;
    if (!(z.high > 600.0))
        return isnan(z.high) ? z.high : sst_expm1_end(sst_exp_start(z));
    struct sst_twofold near =
        sst_fast_sum(z.high - 512.0 * SST_LN2_HIGH, z.low - 512.0 * SST_LN2_LOW);
    return ldexp(sst_expm1_end(sst_exp_start(near)), 512);
}

double
sst_compound(struct sst_twofold x, struct sst_twofold y, struct sst_twofold factor)
{
    return expm1_of(sst_log_times(sst_log_ratio(x, y), factor));
}

double
sst_compound_over(struct sst_twofold x, struct sst_twofold y, struct sst_twofold span)
{
    return expm1_of(sst_twofold_divide(sst_log_ratio(x, y), span));
}
