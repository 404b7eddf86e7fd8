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
    double wide = 134217729.0 * a; /* 2^27 + 1 */
    double upper = wide - (wide - a);
    return isfinite(upper) ? upper : a;
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

SST_INLINE struct sst_twofold
sst_twofold_divide(struct sst_twofold a, struct sst_twofold b)
{
    double first = a.high / b.high;
    struct sst_twofold back = sst_twofold_multiply((struct sst_twofold){first, 0.0}, b);
    double rest = sst_twofold_subtract(a, back).high / b.high;
    return sst_twofold(first, isfinite(rest) ? rest : 0.0);
}

#endif
