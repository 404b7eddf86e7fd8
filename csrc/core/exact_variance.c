/* SPDX-License-Identifier: MIT
 *
 * Variances, covariances and slopes from exact totals, rounded once. With w rows, or the total w
 * of the weights, a variance is
 *
 *     (sum(x^2) - (sum x)^2 / w) / (w - ddof) = (w sum(x^2) - (sum x)^2) / (w (w - ddof)),
 *
 * whose upper part cancels for figures far from zero: T. F. Chan, G. H. Golub and R. J.
 * LeVeque, "Algorithms for computing the sample variance" (American Statistician 37, 1983)
 * show what that does to rounded sums. Of exact ones nothing is lost. In double-double for
 * figures whose spread is a fair part of their size; else the upper part is taken as a big
 * integer first; and where the quotient then lies on a rounding border, all of it.
 *
 * A covariance has two variables in the upper part, which is called their product moment here;
 * a slope is the quotient of two such moments.
 */
#include "exact_big.h"
#include "exact_near.h"

/* The totals of a product moment: of one variable, or of two. */
struct totals {
    const struct sst_sum *weights;
    int64_t count;
    const struct sst_sum *a;
    const struct sst_sum *b;
    const struct sst_sum *ab;
};

/* The weights' total as a big integer. */
static void
big_weight(struct sst_big *big, const struct totals *t)
{
    if (t->weights != NULL)
        sst_big_from_sum(big, t->weights);
    else
        sst_big_from_integer(big, (uint64_t)t->count);
}

/* w sum(a b) - sum(a) sum(b). */
static void
big_moment(struct sst_big *moment, const struct totals *t)
{
    struct sst_big a, b;
    big_weight(&a, t);
    sst_big_from_sum(&b, t->ab);
    sst_big_multiply(moment, &a, &b);
    sst_big_from_sum(&a, t->a);
    if (t->b == t->a) {
        sst_big_multiply(&b, &a, &a);
        sst_big_subtract(moment, &b);
        return;
    }
    struct sst_big product;
    sst_big_from_sum(&b, t->b);
    sst_big_multiply(&product, &a, &b);
    sst_big_subtract(moment, &product);
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
    if (big->negative) {
        near.high = -near.high;
        near.low = -near.low;
    }
    return near;
}

/* The weights' total; a count that is no double is not known. */
static struct sst_near
near_weight(const struct totals *t)
{
    if (t->weights != NULL)
        return sst_near_total(t->weights);
    struct sst_near weight = {.high = (double)t->count};
    if (t->count > INT64_C(1) << 53)
        weight.bound = (double)INFINITY;
    return weight;
}

static struct sst_near
near_moment(const struct totals *t, struct sst_near weight)
{
    struct sst_near a = sst_near_total(t->a), b = a, ab = sst_near_total(t->ab);
    if (t->b != t->a)
        b = sst_near_total(t->b);
    return sst_near_difference(sst_near_product(weight, ab), sst_near_product(a, b));
}

/* With the upper part exact, over a lower one that is good enough or exact as well. */
static double
round_with_big(const struct totals *t, int64_t ddof, struct sst_near lower, int single)
{
    struct sst_big upper, weight, free, under;
    double value;
    big_weight(&weight, t);
    big_weight(&free, t);
    sst_big_from_integer(&under, (uint64_t)ddof);
    sst_big_subtract(&free, &under);
    if (sst_big_length(&free) == 0 || free.negative)
        return (double)NAN;
    big_moment(&upper, t);
    if (sst_big_length(&upper) == 0)
        return 0.0;
    if (sst_near_decide(sst_near_quotient(near_big(&upper), lower), single, &value))
        return value;
    sst_big_multiply(&under, &weight, &free);
    return sst_big_round_quotient(&upper, &under, single);
}

/* The product moment over w (w - ddof). */
static double
round_moment(const struct totals *t, int64_t ddof, int single)
{
    double value;
    unsigned seen = t->a->seen | t->b->seen | t->ab->seen;
    if (t->weights != NULL)
        seen |= t->weights->seen;
    if (seen != 0 || (t->weights == NULL && t->count <= ddof))
        return (double)NAN;
    struct sst_near weight = near_weight(t), less = {.high = (double)ddof};
    if (ddof > INT64_C(1) << 53)
        weight.bound = (double)INFINITY;
    struct sst_near free = sst_near_difference(weight, less);
    struct sst_near lower = sst_near_product(weight, free), upper = near_moment(t, weight);
    int known = free.high > 2.0 * free.bound && lower.high > 0.0;
    if (known && upper.high == 0.0 && upper.bound == 0.0)
        return 0.0;
    if (known && sst_near_decide(sst_near_quotient(upper, lower), single, &value))
        return value;
    return round_with_big(t, ddof, lower, single);
}

double
sst_round_variance(const struct sst_moments *m, int64_t ddof, int single)
{
    struct totals totals = {m->weights, m->count, &m->sum, &m->sum, &m->squares};
    return round_moment(&totals, ddof, single);
}

double
sst_round_covariance(const struct sst_comoments *m, int64_t ddof, int single)
{
    struct totals totals = {m->weights, m->count, m->x, m->y, m->xy};
    return round_moment(&totals, ddof, single);
}

double
sst_round_slope(const struct sst_comoments *m, int single)
{
    const struct totals over = {m->weights, m->count, m->x, m->y, m->xy};
    const struct totals under = {m->weights, m->count, m->y, m->y, m->yy};
    unsigned seen = m->x->seen | m->y->seen | m->xy->seen | m->yy->seen;
    double value;
    if (seen != 0 || (m->weights != NULL && m->weights->seen != 0))
        return (double)NAN;
    struct sst_near weight = near_weight(&over);
    struct sst_near upper = near_moment(&over, weight), lower = near_moment(&under, weight);
    int known = lower.high > 2.0 * lower.bound;
    if (known && upper.high == 0.0 && upper.bound == 0.0)
        return 0.0;
    if (known && sst_near_decide(sst_near_quotient(upper, lower), single, &value))
        return value;
    struct sst_big big_upper, big_lower;
    big_moment(&big_upper, &over);
    big_moment(&big_lower, &under);
    if (sst_big_length(&big_lower) == 0)
        return (double)NAN;
    if (sst_big_length(&big_upper) == 0)
        return 0.0;
    upper = near_big(&big_upper);
    if (sst_near_decide(sst_near_quotient(upper, near_big(&big_lower)), single, &value))
        return value;
    return sst_big_round_quotient(&big_upper, &big_lower, single);
}
