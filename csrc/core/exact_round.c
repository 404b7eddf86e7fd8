/* SPDX-License-Identifier: MIT
 *
 * Rounding an exact total once: the leading digits in double-double (exact_near.h) decide
 * nearly always; where they do not, and near the ends of the range, big integers do.
 */
#include "exact.h"
#include "exact_big.h"
#include "exact_near.h"
#include "fpenv.h"

#include <math.h>

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

double
sst_round_sum(const struct sst_sum *sum, int single)
{
    double value;
    if (decided_by_seen(sum->seen, &value))
        return value;
    struct sst_near near = sst_near_total(sum);
    if (near.high == 0.0) /* its highest digit is zero: so are all */
        return 0.0;
    return sst_near_decide(near, single, &value) ? value : round_big(sum, single);
}

double
sst_round_mean(const struct sst_sum *sum, int64_t count, int single)
{
    double value;
    if (decided_by_seen(sum->seen, &value))
        return value;
    struct sst_near total = sst_near_total(sum), divisor = {.high = (double)count};
    if (total.high != 0.0 && count < INT64_C(1) << 53 &&
        sst_near_decide(sst_near_quotient(total, divisor), single, &value))
        return value;
    struct sst_big a, b;
    sst_big_from_sum(&a, sum);
    sst_big_from_integer(&b, (uint64_t)count);
    return sst_big_round_quotient(&a, &b, single);
}

double
sst_round_quotient(const struct sst_sum *a, const struct sst_sum *b, int single)
{
    double value;
    if (b->seen != 0)
        return (double)NAN;
    struct sst_near over = sst_near_total(a), under = sst_near_total(b);
    if (under.high == 0.0)
        return (double)NAN;
    if (decided_by_seen(a->seen, &value))
        return under.high < 0 ? -value : value;
    if (over.high != 0.0 && sst_near_decide(sst_near_quotient(over, under), single, &value))
        return value;
    struct sst_big big_a, big_b;
    sst_big_from_sum(&big_a, a);
    sst_big_from_sum(&big_b, b);
    return sst_big_round_quotient(&big_a, &big_b, single);
}

/* A bit of the number; what lies below its words is zero. */
static uint64_t
bit_of(const struct sst_big *big, int bit)
{
    return bit >= 0 && bit < 32 * big->words ? big->word[bit / 32] >> bit % 32 & 1 : 0;
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
    if (end > 0 && (end - point > 64 || (is_unsigned && big.negative)))
        return SST_INT_OVERFLOW;
    uint64_t size = 0;
    for (int bit = end - 1; end > 0 && bit >= point; bit--)
        size = size << 1 | bit_of(&big, bit);
    uint64_t most = is_unsigned ? UINT64_MAX : (uint64_t)INT64_MAX + (unsigned)big.negative;
    if (size > most)
        return SST_INT_OVERFLOW;
    *out = (int64_t)(big.negative ? UINT64_C(0) - size : size);
    return SST_OK;
}
