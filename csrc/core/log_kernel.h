/* SPDX-License-Identifier: MIT
 *
 * The logarithm of a ratio, without a branch and without a table. With y scaled by a power
 * of two until it lies within [2/3, 3/2] of x,
 *
 *     ln(y / x) = k ln 2 + 2 artanh(s),   s = (y - x) / (y + x),   |s| <= 1/5.
 *
 * The difference is exact (P. H. Sterbenz, Floating-Point Computation, 1974), so nothing
 * cancels near 1; what the sum and the quotient lose is kept. The result in two parts is
 * good to 2^-57; once rounded it is within 0.6 ulp.
 */
#ifndef SST_LOG_KERNEL_H
#define SST_LOG_KERNEL_H

#include "bits.h"
#include "lost.h"

/* ln 2 in two parts; the first has 36 bits, so that products with k are exact. */
#define SST_LN2_HIGH 0x1.62e42fefap-1
#define SST_LN2_LOW 0x1.cf79abc9e3b3ap-40

/* (2 artanh(s)/s - 2) / s^2 as a polynomial in z = s^2 of degree 7: interpolated at
 * Chebyshev's nodes on [0, 1/25] and rounded (tools/polynomials.py), within 2^-54.5. */
SST_INLINE double
sst_artanh_tail(double z)
{
    double z2 = z * z;
    double a = 0x1.5555555555555p-1 + 0x1.9999999999f17p-2 * z;
    double b = 0x1.24924923de6edp-2 + 0x1.c71c72df580fcp-3 * z;
    double c = 0x1.745cac43cc003p-3 + 0x1.3b29d0452d426p-3 * z;
    double d = 0x1.0e8c55b42945fp-3 + 0x1.169c38cc826bep-3 * z;
    return (a + b * z2) + (c + d * z2) * (z2 * z2);
}

/* k ln 2 + 2 artanh(s) in the making; `low` is what k ln 2 and 2 s lack. */
struct sst_log_parts {
    double s, low, k;
};

/* With s = difference / sum. */
SST_INLINE struct sst_log_parts
sst_log_divide(struct sst_twofold difference, struct sst_twofold sum, double k)
{
    double inverse = 1.0 / sum.high, s = difference.high * inverse;
    double rest = sst_remainder(difference.high, s, sum.high) - (s * sum.low - difference.low);
    return (struct sst_log_parts){s, rest * (inverse + inverse) + k * SST_LN2_LOW, k};
}

/* y 2^-k, within [2/3, 3/2] of x. */
struct sst_log_near {
    double y, k;
};

/* For x and y from 2^-400 to 2^400. The bits of a positive double, as an integer, are
 * linear in its logarithm between powers of two: their difference gives k. */
SST_INLINE struct sst_log_near
sst_log_nearest(double x, double y)
{
    const uint64_t exponents = UINT64_C(0xFFF) << 52, half = UINT64_C(1) << 51;
    uint64_t apart = sst_bits_of(y) - sst_bits_of(x) + half;
    uint64_t count = (apart + (UINT64_C(1024) << 52)) >> 52;
    return (struct sst_log_near){sst_from_bits(sst_bits_of(y) - (apart & exponents)),
                                 sst_from_bits(sst_bits_of(0x1p52) | count) - (0x1p52 + 1024.0)};
}

SST_INLINE struct sst_log_parts
sst_log_start(double x, double y)
{
    struct sst_log_near near = sst_log_nearest(x, y);
    struct sst_twofold difference = {near.y - x, 0.0};
    return sst_log_divide(difference, sst_fast_sum(x + x, difference.high), near.k);
}

SST_INLINE struct sst_twofold
sst_log_end(struct sst_log_parts parts)
{
    double s = parts.s, z = s * s;
    struct sst_twofold log = sst_fast_sum(parts.k * SST_LN2_HIGH, s + s);
    return sst_fast_sum(log.high, log.low + (parts.low + (s * z) * sst_artanh_tail(z)));
}

#endif
