/* SPDX-License-Identifier: MIT
 *
 * exp(z) - 1 without a branch. With j the whole number nearest to z / ln 2,
 *
 *     exp(z) - 1 = (2^j - 1) + 2^j (exp(g) - 1),   g = z - j ln 2,   |g| <= ln 2 / 2,
 *
 * where what the first sum loses is added last. z comes in two parts, and with it exact the
 * result is within 1.2 + |z| / 13 ulp: the second part is multiplied by 1 + g, not by exp(g).
 */
#ifndef SST_EXP_KERNEL_H
#define SST_EXP_KERNEL_H

#include "log_kernel.h"

/* (exp(g) - 1 - g) / g^2 of degree 10: interpolated at Chebyshev's nodes on
 * [-ln 2 / 2, ln 2 / 2] and rounded (tools/polynomials.py), within 2^-58. */
SST_INLINE double
sst_exp_tail(double g)
{
    double g2 = g * g, g4 = g2 * g2;
    double a = 0x1.0000000000000p-1 + 0x1.5555555555557p-3 * g;
    double b = 0x1.5555555555556p-5 + 0x1.11111111100dfp-7 * g;
    double c = 0x1.6c16c16c162d6p-10 + 0x1.a01a01abe62ddp-13 * g;
    double d = 0x1.a01a01a6d7808p-16 + 0x1.71de0237564bep-19 * g;
    double e = 0x1.27e4db67b429fp-22 + 0x1.af4ddd849ed1cp-26 * g;
    return (a + b * g2) + ((c + d * g2) + (e + 0x1.1f72fc73183dep-29 * g2) * g4) * g4;
}

/* 2^j exp(g + low) - 1 in the making. */
struct sst_exp_parts {
    double g, low, power;
};

/* For |z| <= 700. Adding 1.5 * 2^52 rounds to a whole number, which then stands in the low
 * bits. */
SST_INLINE struct sst_exp_parts
sst_exp_start(struct sst_twofold z)
{
    double shifted = z.high * 0x1.71547652b82fep+0 + 0x1.8p52, j = shifted - 0x1.8p52;
    double first = z.high - j * SST_LN2_HIGH, second = j * SST_LN2_LOW, g = first - second;
    double low = ((first - g) - second) + z.low;
    double power = sst_from_bits((sst_bits_of(shifted) + 1023) << 52);
    return (struct sst_exp_parts){g, low + low * g, power};
}

SST_INLINE double
sst_expm1_end(struct sst_exp_parts parts)
{
    double g = parts.g, power = parts.power;
    struct sst_twofold sum = sst_fast_sum(power - 1.0, power * g);
    return sum.high + (sum.low + power * (g * g * sst_exp_tail(g) + parts.low));
}

#endif
