/* SPDX-License-Identifier: MIT
 *
 * Numbers in two parts, the second below the rounding of the first: some 106 bits, for sums and
 * products whose errors would otherwise add up along a series. TwoSum is O. Møller's and
 * D. E. Knuth's, the exact product T. J. Dekker's (1971); sums of two parts after K. Briggs and
 * D. H. Bailey. Nothing is kept of what overflows: parts that are not finite have no second.
 */
#ifndef SST_TWOFOLD_H
#define SST_TWOFOLD_H

#include <math.h>
#include <stddef.h>

#include "map.h"

struct sst_twofold {
    double high, low;
};

/* high + low with |low| below the rounding of high; infinities and NaN alone. */
SST_INLINE struct sst_twofold
sst_twofold(double high, double low)
{
    double sum = high + low, rest = low - (sum - high);
    return (struct sst_twofold){sum, isfinite(rest) ? rest : 0.0};
}

/* a + b exactly. */
SST_INLINE struct sst_twofold
sst_two_sum(double a, double b)
{
    double sum = a + b, back = sum - a;
    double rest = (a - (sum - back)) + (b - back);
    return (struct sst_twofold){sum, isfinite(rest) ? rest : 0.0};
}

/* The upper half of a number's bits. */
SST_INLINE double
sst_upper_half(double a)
{
    const double splitter = 134217729.0; /* 2^27 + 1 */
    double wide = splitter * a;
    if (isfinite(wide))
        return wide - (wide - a);
    double smaller = a * 0x1p-30;
    wide = splitter * smaller;
    return (wide - (wide - smaller)) * 0x1p30;
}

/* a * b, exactly where neither it nor what is lost of it leaves the range. */
SST_INLINE struct sst_twofold
sst_two_product(double a, double b)
{
    double product = a * b, x = sst_upper_half(a), y = sst_upper_half(b);
    double u = a - x, v = b - y;
    double rest = u * v - (((product - x * y) - u * y) - x * v);
    return (struct sst_twofold){product, isfinite(rest) ? rest : 0.0};
}

SST_INLINE struct sst_twofold
sst_twofold_add(struct sst_twofold a, struct sst_twofold b)
{
    struct sst_twofold sum = sst_two_sum(a.high, b.high);
    return sst_twofold(sum.high, sum.low + (a.low + b.low));
}

SST_INLINE struct sst_twofold
sst_twofold_subtract(struct sst_twofold a, struct sst_twofold b)
{
    return sst_twofold_add(a, (struct sst_twofold){-b.high, -b.low});
}

SST_INLINE struct sst_twofold
sst_twofold_multiply(struct sst_twofold a, struct sst_twofold b)
{
    struct sst_twofold product = sst_two_product(a.high, b.high);
    return sst_twofold(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/* How far two quotients are apart, which are right to some 104 bits: nothing where they agree to
 * 100, as those of figures in the same proportions do. */
SST_INLINE struct sst_twofold
sst_twofold_apart(struct sst_twofold a, struct sst_twofold b)
{
    struct sst_twofold rest = sst_twofold_subtract(a, b);
    return fabs(rest.high) < 0x1p-100 * fabs(a.high) ? (struct sst_twofold){0.0, 0.0} : rest;
}

/* a times a power of two. */
SST_INLINE struct sst_twofold
sst_twofold_scale(struct sst_twofold a, double power)
{
    return (struct sst_twofold){a.high * power, a.low * power};
}

/* a / b. Near the ends of the range both are scaled, or what is left of a would be outside it. */
SST_INLINE struct sst_twofold
sst_twofold_divide(struct sst_twofold a, struct sst_twofold b)
{
    double size = fabs(a.high), power = 1.0;
    if (size < 0x1p-900 && fabs(b.high) < 1.0)
        power = 0x1p128;
    if (size > 0x1p900 && fabs(b.high) > 1.0)
        power = 0x1p-128;
    if (power != 1.0) {
        a = sst_twofold_scale(a, power);
        b = sst_twofold_scale(b, power);
    }
    double first = a.high / b.high;
    struct sst_twofold back = sst_twofold_multiply((struct sst_twofold){first, 0.0}, b);
    double rest = sst_twofold_subtract(a, back).high / b.high;
    return sst_twofold(first, isfinite(rest) ? rest : 0.0);
}

/* A power of two by which values may be multiplied so that their sums do not overflow: 1 but for
 * the largest. */
SST_INLINE double
sst_summable(const double *values, ptrdiff_t n)
{
    double most = 0.0;
    for (ptrdiff_t i = 0; i < n; i++)
        most = fabs(values[i]) > most ? fabs(values[i]) : most;
    return most > 0x1p900 ? 0x1p-64 : 1.0;
}

#endif
