/* SPDX-License-Identifier: MIT
 *
 * The variance from exact totals, rounded once. With w rows, or the total w of the weights,
 *
 *     (sum(x^2) - (sum x)^2 / w) / (w - ddof) = (w sum(x^2) - (sum x)^2) / (w (w - ddof)),
 *
 * whose upper part cancels for figures far from zero: T. F. Chan, G. H. Golub and R. J.
 * LeVeque, "Algorithms for computing the sample variance" (American Statistician 37, 1983)
 * show what that does to rounded sums. Of exact ones nothing is lost. In double-double for
 * figures whose spread is a fair part of their size; else the upper part is taken as a big
 * integer first; and where the quotient then lies on a rounding border, all of it.
 */
#include "exact_big.h"
#include "exact_near.h"

/* The weights' total as a big integer. */
static void
big_weight(struct sst_big *big, const struct sst_moments *m)
{
    if (m->weights != NULL)
        sst_big_from_sum(big, m->weights);
    else
        sst_big_from_integer(big, (uint64_t)m->count);
}

/* w squares - sum^2, which is never negative. */
static void
big_upper(struct sst_big *upper, const struct sst_moments *m)
{
    struct sst_big a, b;
    big_weight(&a, m);
    sst_big_from_sum(&b, &m->squares);
    sst_big_multiply(upper, &a, &b);
    sst_big_from_sum(&a, &m->sum);
    sst_big_multiply(&b, &a, &a);
    sst_big_subtract(upper, &b);
}

/* The words from the highest one down: two times 32 bits and some of the next are left of the
 * rounding of the first two parts. */
static struct sst_near
near_big(const struct sst_big *big)
{
    int top = (sst_big_length(big) + 31) / 32 - 1;
    struct sst_near near = {.exponent = big->exponent + 32 * (top - 1)};
    double word[4] = {0.0}, error, lost;
    for (int k = 0; k < 4 && k <= top; k++)
        word[k] = (double)big->word[top - k];
    near.high = sst_near_sum(word[0] * 0x1p32, word[1], &error);
    near.low = sst_near_sum(word[2] * 0x1p-32, word[3] * 0x1p-64, &lost);
    near.low = sst_near_sum(error, near.low, &error);
    near.high = sst_near_sum(near.high, near.low, &near.low);
    if (top > 3 || lost != 0.0 || error != 0.0)
        near.bound = 2.0 * (fabs(lost) + fabs(error)) + 0x1p-63;
    return near;
}

/* With the upper part exact, over a lower one that is good enough or exact as well. */
static double
round_with_big(const struct sst_moments *m, int64_t ddof, struct sst_near lower, int single)
{
    struct sst_big upper, weight, free, under;
    double value;
    big_weight(&weight, m);
    big_weight(&free, m);
    sst_big_from_integer(&under, (uint64_t)ddof);
    sst_big_subtract(&free, &under);
    if (sst_big_length(&free) == 0 || free.negative)
        return (double)NAN;
    big_upper(&upper, m);
    if (sst_big_length(&upper) == 0)
        return 0.0;
    if (sst_near_decide(sst_near_quotient(near_big(&upper), lower), single, &value))
        return value;
    sst_big_multiply(&under, &weight, &free);
    return sst_big_round_quotient(&upper, &under, single);
}

double
sst_round_variance(const struct sst_moments *m, int64_t ddof, int single)
{
    const int64_t exact = INT64_C(1) << 53; /* counts up to it are doubles */
    unsigned seen = m->sum.seen | m->squares.seen | (m->weights != NULL ? m->weights->seen : 0);
    double value;
    if (seen != 0 || (m->weights == NULL && m->count <= ddof))
        return (double)NAN;
    struct sst_near weight = {.high = (double)m->count}, less = {.high = (double)ddof};
    if (m->weights != NULL)
        weight = sst_near_total(m->weights);
    if ((m->weights == NULL && m->count > exact) || ddof > exact)
        weight.bound = (double)INFINITY;
    struct sst_near sum = sst_near_total(&m->sum), squares = sst_near_total(&m->squares);
    struct sst_near free = sst_near_difference(weight, less);
    struct sst_near lower = sst_near_product(weight, free);
    struct sst_near upper =
        sst_near_difference(sst_near_product(weight, squares), sst_near_product(sum, sum));
    int known = free.high > 2.0 * free.bound && lower.high > 0.0;
    if (known && upper.high == 0.0 && upper.bound == 0.0)
        return 0.0;
    if (known && sst_near_decide(sst_near_quotient(upper, lower), single, &value))
        return value;
    return round_with_big(m, ddof, lower, single);
}
