/* SPDX-License-Identifier: MIT
 *
 * Rounding an exact total once. The leading digits go into a double-double h + l whose
 * distance from the total has a bound; where h + (l - bound) and h + (l + bound) round
 * alike, so does the total between them (A. Ziv, "Fast evaluation of elementary
 * mathematical functions with correctly rounded last bit", ACM TOMS 17, 1991). Where they
 * do not, and near the ends of the range, big integers decide.
 * TwoSum is O. Møller's and D. E. Knuth's, the product's error T. J. Dekker's (1971).
 */
#include "exact.h"
#include "exact_big.h"
#include "fpenv.h"

#include <math.h>
#include <string.h>

/* (high + low +- bound) * 2^exponent; undecidable parts have high == 0. */
struct near {
    double high;
    double low;
    double bound;
    int exponent;
};

static inline double
power_of_two(int exponent)
{
    uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* a + b, rounded, and what the rounding lost. */
static inline double
two_sum(double a, double b, double *lost)
{
    double sum = a + b, back = sum - a;
    *lost = (a - (sum - back)) + (b - back);
    return sum;
}

/* The highest digits, each exact as a double; high is 2^36 to 2^76 in size unless the total
 * is zero. Sums of a few values often end just below the last bit of the result, on a tie:
 * then nothing is lost, the bound is zero and one addition rounds them right. */
static inline struct near
near_total(const struct sst_sum *sum)
{
    const int64_t *digits = sum->digits;
    int top = sum->limbs - 1;
    while (top > 0 && digits[top] == 0)
        top--;
    struct near near = {.exponent = SST_LIMB_ORIGIN + SST_LIMB_BITS * (sum->lo + top - 1)};
    double rest[4] = {0.0}, error, lost;
    for (int k = 0; k < 4 && k <= top; k++)
        rest[k] = (double)digits[top - k];
    near.high = two_sum(rest[0] * 0x1p38, rest[1], &error);
    near.low = two_sum(error, rest[2] * 0x1p-38, &lost);
    near.high = two_sum(near.high, near.low, &near.low);
    lost += rest[3] * 0x1p-76;
    if (lost != 0.0 || top > 3) /* enough to move the low part's last bit */
        near.bound = fabs(near.low) * 0x1p-51 + fabs(lost) * 2.0 + 0x1p-76;
    return near;
}

/* a * b == product + *error, for sizes far from the ends of the range. */
static inline double
two_product(double a, double b, double *error)
{
    static const double split = 0x1p27 + 1.0;
    double product = a * b;
    double t = split * a, a1 = t - (t - a), a2 = a - a1;
    t = split * b;
    double b1 = t - (t - b), b2 = b - b1;
    *error = ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
    return product;
}

/* a / b for normal sizes: one step of long division in double-double. Means of a few values
 * often lie half-way as well: a quotient that comes out exactly has no bound. */
static inline struct near
near_quotient(struct near a, struct near b)
{
    double error, lost, wrong, q = a.high / b.high, product = two_product(q, b.high, &error);
    double left = (a.high - product) - error, low = q * b.low; /* left is exact */
    double rest = two_sum(left, a.low, &lost);
    struct near near = {.high = q, .low = (rest - low) / b.high};
    near.exponent = a.exponent - b.exponent;
    double given = a.bound + fabs(q) * b.bound; /* what a and b leave open */
    if (given == 0.0 && b.low == 0.0 && lost == 0.0 &&
        two_product(near.low, b.high, &wrong) == rest && wrong == 0.0)
        return near;
    double inexact = (fabs(left) + fabs(a.low) + fabs(low)) * 0x1p-48 + 2.0 * given;
    /* The square of b.low / b.high is left out. */
    near.bound = inexact / fabs(b.high) + (b.low != 0.0 ? fabs(q) * 0x1p-98 : 0.0);
    return near;
}

/* Rounds to *out and returns 1 if the bounds allow only one result. */
static inline int
decide(struct near near, int single, double *out)
{
    double up = near.high + (near.low + near.bound), down = near.high + (near.low - near.bound);
    /* 2^-40 to 2^77 times this power is normal, and below 2^1023. */
    if (up != down || near.exponent < -900 || near.exponent > 900 || near.high == 0.0)
        return 0;
    double value = up * power_of_two(near.exponent);
    if (single) {
        uint64_t bits;
        memcpy(&bits, &value, sizeof bits);
        double size = fabs(value);
        /* A double half-way between floats may have been rounded to be so. */
        if ((bits & 0x1fffffff) == 0x10000000 || size < 0x1p-126 || size >= 0x1p127)
            return 0;
        value = (double)(float)value;
    }
    *out = value;
    return 1;
}

/* The result that infinities and NaNs leave: 1 if they decide it. */
static inline int
decided_by_seen(unsigned seen, double *out)
{
    if (seen == 0)
        return 0;
    if (seen == SST_SEEN_PLUS)
        *out = (double)INFINITY;
    else if (seen == SST_SEEN_MINUS)
        *out = -(double)INFINITY;
    else
        *out = (double)NAN;
    return 1;
}

static double
round_big(const struct sst_sum *sum, int single)
{
    struct sst_big big;
    sst_big_from_sum(&big, sum);
    return sst_leading_round(sst_big_leading(&big), big.negative, single);
}

static double
round_big_quotient(struct sst_big *a, struct sst_big *b, int single)
{
    int negative = a->negative ^ b->negative;
    if (sst_big_length(b) == 0)
        return (double)NAN;
    if (sst_big_length(a) == 0)
        return 0.0;
    return sst_leading_round(sst_big_quotient(a, b), negative, single);
}

double
sst_round_sum(const struct sst_sum *sum, int single)
{
    double value;
    if (decided_by_seen(sum->seen, &value) || decide(near_total(sum), single, &value))
        return value;
    return round_big(sum, single);
}

double
sst_round_mean(const struct sst_sum *sum, int64_t count, int single)
{
    double value;
    if (decided_by_seen(sum->seen, &value))
        return value;
    struct near total = near_total(sum), divisor = {.high = (double)count};
    if (total.high != 0.0 && count < INT64_C(1) << 53 &&
        decide(near_quotient(total, divisor), single, &value))
        return value;
    struct sst_big a, b;
    sst_big_from_sum(&a, sum);
    sst_big_from_integer(&b, (uint64_t)count);
    return round_big_quotient(&a, &b, single);
}

double
sst_round_quotient(const struct sst_sum *a, const struct sst_sum *b, int single)
{
    double value;
    if (b->seen != 0)
        return (double)NAN;
    struct near over = near_total(a), under = near_total(b);
    if (under.high == 0.0)
        return (double)NAN;
    if (decided_by_seen(a->seen, &value))
        return under.high < 0 ? -value : value;
    if (over.high != 0.0 && decide(near_quotient(over, under), single, &value))
        return value;
    struct sst_big big_a, big_b;
    sst_big_from_sum(&big_a, a);
    sst_big_from_sum(&big_b, b);
    return round_big_quotient(&big_a, &big_b, single);
}

/* A bit of the number; what lies below its words is zero. */
static uint64_t
bit_of(const struct sst_big *big, int bit)
{
    return bit >= 0 && bit < 32 * SST_BIG_WORDS ? big->word[bit / 32] >> bit % 32 & 1 : 0;
}

enum sst_status
sst_round_integer(const struct sst_sum *sum, int is_unsigned, int64_t *out)
{
    struct sst_big big;
    sst_big_from_sum(&big, sum);
    int point = -big.exponent, end = sst_big_length(&big);
    for (int bit = 0; bit < point && bit < end; bit++)
        if (bit_of(&big, bit) != 0)
            return SST_BAD_ARGUMENT;
    if (sum->seen != 0)
        return SST_BAD_ARGUMENT;
    if (end - point > 64 || (is_unsigned && big.negative))
        return SST_INT_OVERFLOW;
    uint64_t size = 0;
    for (int bit = end - 1; bit >= point; bit--)
        size = size << 1 | bit_of(&big, bit);
    uint64_t most = is_unsigned ? UINT64_MAX : (uint64_t)INT64_MAX + (unsigned)big.negative;
    if (size > most)
        return SST_INT_OVERFLOW;
    *out = (int64_t)(big.negative ? UINT64_C(0) - size : size);
    return SST_OK;
}
