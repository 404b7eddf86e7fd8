/* SPDX-License-Identifier: MIT
 *
 * The difference is taken in double-double with a bound on what is missing (exact_near.h): that
 * decides nearly always. A tie of short figures has no bound and is decided as well; the rest
 * goes to big integers.
 */
#include "exact_excess.h"

#include <math.h>

#include "exact_big.h"
#include "exact_near.h"

void
sst_gather_clear(struct sst_gathered *gathered)
{
    gathered->low = gathered->high = 0;
}

/* Brings limbs low .. high - 1 into use. */
static void
widen(struct sst_gathered *gathered, int low, int high)
{
    int64_t *digits = gathered->digits;
    if (gathered->low == gathered->high)
        gathered->low = gathered->high = low;
    while (gathered->low > low)
        digits[--gathered->low] = 0;
    while (gathered->high < high)
        digits[gathered->high++] = 0;
}

void
sst_gather(struct sst_gathered *gathered, const struct sst_sum *sum, int negative)
{
    int low = sum->lo - SST_GRID_LOW;
    widen(gathered, low, low + sum->limbs);
    int64_t *digits = gathered->digits + low;
    for (int j = 0; j < sum->limbs; j++)
        digits[j] += negative ? -sum->digits[j] : sum->digits[j];
}

struct sst_sum
sst_gathered_sum(struct sst_gathered *gathered)
{
    const int most = SST_GRID_LIMBS + SST_HEADROOM;
    int high = gathered->high + SST_HEADROOM;
    widen(gathered, gathered->low, high < most ? high : most);
    int64_t *digits = gathered->digits + gathered->low;
    int limbs = gathered->high - gathered->low;
    sst_digits_carry(digits, limbs);
    return (struct sst_sum){.digits = digits, .lo = gathered->low + SST_GRID_LOW, .limbs = limbs};
}

/* A whole number below 2^63, exactly. */
static struct sst_near
near_integer(uint64_t integer)
{
    double high = (double)integer;
    return (struct sst_near){.high = high, .low = (double)(int64_t)(integer - (uint64_t)high)};
}

/* The sign of a near difference in *sign, and 1 if its bound allows only one. */
static int
near_sign(struct sst_near near, int *sign)
{
    double up = near.high + (near.low + near.bound), down = near.high + (near.low - near.bound);
    *sign = (up > 0.0) - (down < 0.0);
    return (up > 0.0 && down > 0.0) || (up < 0.0 && down < 0.0) || (up == 0.0 && down == 0.0);
}

/* The same by big integers. */
static int
big_exceeds(const struct sst_sum *a, struct sst_ratio ratio, const struct sst_sum *b,
            double *excess)
{
    struct sst_big total, factor, first, second;
    sst_big_from_sum(&total, a);
    sst_big_from_integer(&factor, ratio.under);
    sst_big_multiply(&first, &total, &factor);
    sst_big_from_sum(&total, b);
    sst_big_from_integer(&factor, ratio.over);
    sst_big_multiply(&second, &total, &factor);
    sst_big_subtract(&first, &second);
    if (first.negative || sst_big_length(&first) == 0)
        return 0;
    *excess = sst_big_round_quotient(&first, &factor, 0);
    return 1;
}

int
sst_exceeds(const struct sst_sum *a, struct sst_ratio ratio, const struct sst_sum *b,
            double *excess)
{
    struct sst_near over = near_integer(ratio.over), under = near_integer(ratio.under);
    struct sst_near first = sst_near_product(sst_near_total(a), under);
    struct sst_near second = sst_near_product(sst_near_total(b), over);
    struct sst_near apart = sst_near_difference(first, second);
    int sign;
    if (!near_sign(apart, &sign))
        return big_exceeds(a, ratio, b, excess);
    if (sign <= 0)
        return 0;
    if (!sst_near_decide(sst_near_quotient(apart, over), 0, excess))
        return big_exceeds(a, ratio, b, excess);
    return 1;
}
