/* SPDX-License-Identifier: MIT
 *
 * Logarithms in two parts, right to 65 bits also near 1, for what is divided, added up
 * or made a power afterwards: the logarithm of a ratio that is known to a double would lose
 * the last digits of the rate that comes of it. With y and x brought within a factor of the
 * root of two of each other,
 *
 *     ln(y/x) = 2 artanh s = 2 s (1 + s^2/3 + s^4/5 + ...),    s = (y - x) / (y + x),
 *
 * where y - x is exact, so that nothing is lost of a small difference; |s| < 0.1716.
 */
#ifndef SST_TWOFOLD_LOG_H
#define SST_TWOFOLD_LOG_H

#include "twofold.h"

/* 2^exponent a; a second part of zero, the common one, needs no call. */
SST_INLINE struct sst_twofold
sst_twofold_ldexp(struct sst_twofold a, int exponent)
{
    double low = a.low == 0.0 ? 0.0 : ldexp(a.low, exponent);
    return (struct sst_twofold){ldexp(a.high, exponent), low};
}

/* 2 artanh(a / b) for |a/b| < 0.1716; from s^4/5 on the terms need no second part. */
SST_INLINE struct sst_twofold
sst_twofold_two_artanh(struct sst_twofold a, struct sst_twofold b)
{
    const struct sst_twofold third = {0x1.5555555555555p-2, 0x1.5555555555555p-56};
    struct sst_twofold s = sst_twofold_divide(a, b), square = sst_twofold_multiply(s, s);
    double z = square.high, rest = 0.0;
    for (int k = 25; k >= 5; k -= 2)
        rest = rest * z + 1.0 / k;
    struct sst_twofold factor = sst_twofold_add(third, sst_two_product(z, rest));
    struct sst_twofold more = sst_twofold_multiply(sst_twofold_multiply(square, factor), s);
    struct sst_twofold half = sst_twofold_add(s, more);
    return (struct sst_twofold){2.0 * half.high, 2.0 * half.low};
}

/* ln(2^exponent y/x), for finite positive y and x, subnormal ones too. */
SST_INLINE struct sst_twofold
sst_twofold_log_ratio(struct sst_twofold y, struct sst_twofold x, int exponent)
{
    const struct sst_twofold ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
    const double root2 = 0x1.6a09e667f3bcdp+0;
    int above, below;
    double upper = frexp(y.high, &above), lower = frexp(x.high, &below);
    above += upper > root2 * lower ? 1 : upper * root2 < lower ? -1 : 0;
    y = sst_twofold_ldexp(y, -above);
    x = sst_twofold_ldexp(x, -below);
    int twos = exponent + above - below;
    struct sst_twofold log =
        sst_twofold_two_artanh(sst_twofold_subtract(y, x), sst_twofold_add(y, x));
    return twos == 0
               ? log
               : sst_twofold_add(sst_twofold_multiply((struct sst_twofold){twos, 0.0}, ln2), log);
}

/* ln(1 + q) for q above -1. */
SST_INLINE struct sst_twofold
sst_twofold_log1p(struct sst_twofold q)
{
    const struct sst_twofold one = {1.0, 0.0}, two = {2.0, 0.0};
    if (fabs(q.high) < 0.25)
        return sst_twofold_two_artanh(q, sst_twofold_add(two, q));
    return sst_twofold_log_ratio(sst_twofold_add(one, q), one, 0);
}

/* e^z - 1. */
SST_INLINE double
sst_twofold_expm1(struct sst_twofold z)
{
    double power = expm1(z.high);
    return isfinite(power) ? power + z.low * (1.0 + power) : power;
}

#endif
