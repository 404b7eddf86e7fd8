/* SPDX-License-Identifier: MIT
 *
 * Totals as double-doubles with a bound on what is missing: where h + (l - bound) and
 * h + (l + bound) round alike, so does the total between them (A. Ziv, "Fast evaluation of
 * elementary mathematical functions with correctly rounded last bit", ACM TOMS 17, 1991).
 * TwoSum is O. Møller's and D. E. Knuth's, the product's error T. J. Dekker's (1971).
 */
#ifndef SST_EXACT_NEAR_H
#define SST_EXACT_NEAR_H

#include "bits.h"
#include "exact.h"
#include "lost.h"

/* (high + low +- bound) * 2^exponent, low below the rounding of high. Zero has no bound;
 * what is not known has an infinite one. */
struct sst_near {
    double high;
    double low;
    double bound;
    int exponent;
};

/* a + b, rounded, and what the rounding lost. */
SST_INLINE double
sst_near_sum(double a, double b, double *lost)
{
    double sum = a + b, back = sum - a;
    *lost = (a - (sum - back)) + (b - back);
    return sum;
}

/* The same where b is no larger than a. */
SST_INLINE double
sst_near_renew(double a, double b, double *lost)
{
    struct sst_twofold sum = sst_fast_sum(a, b);
    *lost = sum.low;
    return sum.high;
}

/* The highest digits, each exact as a double; high is 2^36 to 2^76 in size unless the total
 * is zero. Sums of a few values often end just below the last bit of the result, on a tie:
 * then nothing is lost, the bound is zero and one addition rounds them right. */
SST_INLINE struct sst_near
sst_near_total(const struct sst_sum *sum)
{
    const int64_t *digits = sum->digits;
    int top = sum->limbs - 1;
    while (top > 0 && digits[top] == 0)
        top--;
    struct sst_near near = {.exponent = SST_LIMB_ORIGIN + SST_LIMB_BITS * (sum->lo + top - 1)};
    double rest[4] = {0.0}, error, lost;
    for (int k = 0; k < 4 && k <= top; k++)
        rest[k] = (double)digits[top - k];
    near.high = sst_near_renew(rest[0] * 0x1p38, rest[1], &error);
    near.low = sst_near_sum(error, rest[2] * 0x1p-38, &lost);
    near.high = sst_near_renew(near.high, near.low, &near.low);
    lost += rest[3] * 0x1p-76;
    if (lost != 0.0 || top > 3) /* enough to move the low part's last bit */
        near.bound = fabs(near.low) * 0x1p-51 + fabs(lost) * 2.0 + 0x1p-76;
    return near;
}

/* a * b for sizes far from the ends of the range. */
SST_INLINE struct sst_near
sst_near_product(struct sst_near a, struct sst_near b)
{
    struct sst_near near = {.exponent = a.exponent + b.exponent};
    double product = a.high * b.high, error = sst_product_lost(a.high, b.high, product);
    near.high = sst_near_renew(product, error + (a.high * b.low + a.low * b.high), &near.low);
    near.bound = 2.0 * (fabs(a.high) * b.bound + fabs(b.high) * a.bound + a.bound * b.bound);
    if (a.low != 0.0 || b.low != 0.0) /* the product of both is left out as well */
        near.bound += fabs(product) * 0x1p-102;
    return near;
}

/* a - b; where one is not to be seen beside the other, nothing is known. */
SST_INLINE struct sst_near
sst_near_difference(struct sst_near a, struct sst_near b)
{
    double lost, more, error;
    int apart = b.exponent - a.exponent;
    if (b.high == 0.0 && b.bound == 0.0)
        return a;
    if (a.high == 0.0 && a.bound == 0.0)
        return (struct sst_near){-b.high, -b.low, b.bound, b.exponent};
    if (apart < -300 || apart > 300)
        return (struct sst_near){.bound = (double)INFINITY};
    double scale = sst_from_bits((uint64_t)(apart + 1023) << 52);
    double high = sst_near_sum(a.high, -b.high * scale, &error);
    double low = sst_near_sum(a.low, -b.low * scale, &lost);
    low = sst_near_sum(error, low, &more);
    struct sst_near near = {.exponent = a.exponent};
    near.high = sst_near_sum(high, low, &near.low);
    near.bound = 2.0 * (a.bound + b.bound * scale + fabs(lost) + fabs(more));
    return near;
}

/* a / b: one step of long division in double-double. Means of a few values often lie half-way
 * as well: a quotient that comes out exactly has no bound. */
SST_INLINE struct sst_near
sst_near_quotient(struct sst_near a, struct sst_near b)
{
    double lost, q = a.high / b.high, product = q * b.high;
    double error = sst_product_lost(q, b.high, product);
    double left = (a.high - product) - error, low = q * b.low; /* left is exact */
    double rest = sst_near_sum(left, a.low, &lost);
    struct sst_near near = {.high = q, .low = (rest - low) / b.high};
    near.exponent = a.exponent - b.exponent;
    double given = a.bound + fabs(q) * b.bound; /* what a and b leave open */
    double back = near.low * b.high;
    if (given == 0.0 && b.low == 0.0 && lost == 0.0 && back == rest &&
        sst_product_lost(near.low, b.high, back) == 0.0)
        return near;
    if (!(b.bound <= fabs(b.high) * 0x1p-20))
        return (struct sst_near){.bound = (double)INFINITY};
    double inexact = (fabs(left) + fabs(a.low) + fabs(low)) * 0x1p-48 + 2.0 * given;
    /* The square of b.low / b.high is left out. */
    near.bound = inexact / fabs(b.high) + (b.low != 0.0 ? fabs(q) * 0x1p-98 : 0.0);
    return near;
}

/* Rounds to *out and returns 1 if the bounds allow only one result. */
SST_INLINE int
sst_near_decide(struct sst_near near, int single, double *out)
{
    double up = near.high + (near.low + near.bound), down = near.high + (near.low - near.bound);
    if (up != down || near.high == 0.0)
        return 0;
    int exponent = (int)(sst_bits_of(up) >> 52 & 0x7ff) - 1023 + near.exponent;
    if (exponent < -1000 || exponent > 1000)
        return 0;
    double value = sst_from_bits(sst_bits_of(up) + ((uint64_t)(int64_t)near.exponent << 52));
    if (single) {
        double size = fabs(value);
        /* A double half-way between floats may have been rounded to be so. */
        if ((sst_bits_of(value) & 0x1fffffff) == 0x10000000 || size < 0x1p-126 || size >= 0x1p127)
            return 0;
        value = (double)(float)value;
    }
    *out = value;
    return 1;
}

#endif
