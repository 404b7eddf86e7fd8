/* SPDX-License-Identifier: MIT
 *
 * Average growth by the ends, by the rates between them, and by all levels at once.
 *
 * The geometric rate is the constant one that leads from the first level to the last (the
 * level method of Chinese yearbooks), the exponential one its logarithm. The least-squares
 * rate belongs to the straight line through the logarithms (World Bank, World Development
 * Indicators; UNCTAD, Handbook of Statistics). Logarithms are taken of ratios, in two parts,
 * sums likewise; the line is laid from the heaviest level, so that one weight far above the
 * others does not bury them.
 */
#include "average.h"

#include <math.h>

#include "twofold_log.h"

static void
give(const struct sst_lane *lane, double value)
{
    for (ptrdiff_t k = 0; k < lane->outs; k++)
        lane->out[k] = value;
}

/* Whether each level has a time. */
static int
is_timed(const struct sst_lane *lane)
{
    return lane->length[0] == lane->length[1];
}

/* ln(last/first) per period. */
static struct sst_twofold
log_of_ends(const struct sst_lane *lane)
{
    const struct sst_twofold none = {NAN, 0.0};
    ptrdiff_t n = lane->length[0];
    if (n < 2 || !is_timed(lane))
        return none;
    struct sst_twofold first = {lane->in[0][0], 0.0}, last = {lane->in[0][n - 1], 0.0};
    struct sst_twofold span = sst_two_sum(lane->in[1][n - 1], -lane->in[1][0]), growth;
    if (!(first.high > 0.0 && last.high >= 0.0 && span.high > 0.0))
        return none;
    if (last.high == 0.0 || !isfinite(first.high) || !isfinite(last.high))
        growth = (struct sst_twofold){log(last.high) - log(first.high), 0.0};
    else
        growth = sst_twofold_log_ratio(last, first, 0);
    return sst_twofold_divide(growth, span);
}

void
sst_average_geometric(const struct sst_lane *lane)
{
    give(lane, sst_twofold_expm1(log_of_ends(lane)));
}

void
sst_average_exponential(const struct sst_lane *lane)
{
    struct sst_twofold rate = log_of_ends(lane);
    ptrdiff_t n = lane->length[0];
    give(lane, n > 0 && lane->in[0][n - 1] > 0.0 ? rate.high + rate.low : NAN);
}

/* Rates are added up in units of 2^64: a mean of up to 2^63 of them may be in the range where
 * one of them, or their sum, is not. Nothing is lost, as none but zero is below 2^-53. */
enum { RATE_EXPONENT = 64 };

/* (y - x) / x for positive x, in that unit. */
static struct sst_twofold
rate_between(double x, double y)
{
    if (!isfinite(x) || !isfinite(y))
        return (struct sst_twofold){(y - x) / x, 0.0};
    int exponent;
    double base = frexp(x, &exponent);
    struct sst_twofold change =
        sst_two_sum(ldexp(y, -exponent - RATE_EXPONENT), -ldexp(base, -RATE_EXPONENT));
    return sst_twofold_divide(change, (struct sst_twofold){base, 0.0});
}

void
sst_average_arithmetic(const struct sst_lane *lane)
{
    const double *x = lane->in[0], *time = lane->in[1];
    ptrdiff_t n = lane->length[0], present = 0, rates = 0;
    struct sst_twofold sum = {0.0, 0.0};
    int sound = is_timed(lane);
    for (ptrdiff_t i = 0; sound && i < n; i++) {
        if (isnan(x[i]))
            continue;
        present++;
        if (i == 0 || isnan(x[i - 1]) || time[i] - time[i - 1] != 1.0)
            continue;
        sound = x[i - 1] > 0.0;
        sum = sst_twofold_add(sum, rate_between(x[i - 1], x[i]));
        rates++;
    }
    sum = sst_twofold_divide(sum, (struct sst_twofold){(double)rates, 0.0});
    sound = sound && rates > 0 && (double)present / (double)n >= lane->options[0];
    give(lane, sound ? ldexp(sum.high + sum.low, RATE_EXPONENT) : NAN);
}

/* The levels that a line is laid through. */
struct points {
    const double *level, *time, *weight; /* no weights: NULL */
    ptrdiff_t n;
    ptrdiff_t present;
    ptrdiff_t heaviest; /* one of those with the largest weight */
    int weight_exponent, time_exponent;
};

/* The weight of a level, at most 1; 0 for one that is left out. */
static double
weight_of(const struct points *p, ptrdiff_t i)
{
    if (isnan(p->level[i]) || (p->weight != NULL && isnan(p->weight[i])))
        return 0.0;
    return p->weight == NULL ? 1.0 : ldexp(p->weight[i], -p->weight_exponent);
}

/* Counts the levels and finds the scale of weights and times; 0 where there is no line. */
static int
survey(struct points *p)
{
    double most = 0.0;
    for (ptrdiff_t i = 0; i < p->n; i++) {
        double weight = p->weight == NULL ? 1.0 : p->weight[i];
        if (isnan(p->level[i]) || isnan(weight))
            continue;
        p->present++;
        if (!(p->level[i] > 0.0 && isfinite(p->level[i]) && weight >= 0.0 && isfinite(weight)))
            return 0;
        if (weight > most) {
            most = weight;
            p->heaviest = i;
        }
    }
    (void)frexp(most, &p->weight_exponent);
    ptrdiff_t first = 0, last = p->n - 1;
    while (first < last && weight_of(p, first) == 0.0)
        first++;
    while (last > first && weight_of(p, last) == 0.0)
        last--;
    double span = first < last ? p->time[last] - p->time[first] : 0.0;
    (void)frexp(span, &p->time_exponent);
    return span > 0.0;
}

/* The time of a level since that of the heaviest one, in units near the whole span. */
static struct sst_twofold
time_of(const struct points *p, ptrdiff_t i)
{
    return sst_twofold_ldexp(sst_two_sum(p->time[i], -p->time[p->heaviest]), -p->time_exponent);
}

static struct sst_twofold
mean_time(const struct points *p)
{
    struct sst_twofold weights = {0.0, 0.0}, times = {0.0, 0.0};
    for (ptrdiff_t i = 0; i < p->n; i++) {
        struct sst_twofold weight = {weight_of(p, i), 0.0};
        if (!(weight.high > 0.0)) /* its time may be out of scale */
            continue;
        weights = sst_twofold_add(weights, weight);
        times = sst_twofold_add(times, sst_twofold_multiply(weight, time_of(p, i)));
    }
    return sst_twofold_divide(times, weights);
}

/* The slope of ln(level) on time, from sum w (t - mean) ln(x / heaviest). */
static struct sst_twofold
slope(const struct points *p)
{
    struct sst_twofold mean = mean_time(p), up = {0.0, 0.0}, across = {0.0, 0.0};
    struct sst_twofold heaviest = {p->level[p->heaviest], 0.0};
    for (ptrdiff_t i = 0; i < p->n; i++) {
        struct sst_twofold weight = {weight_of(p, i), 0.0}, level = {p->level[i], 0.0};
        if (!(weight.high > 0.0))
            continue;
        struct sst_twofold away = sst_twofold_subtract(time_of(p, i), mean);
        struct sst_twofold pull = sst_twofold_multiply(weight, away);
        struct sst_twofold above = sst_twofold_log_ratio(level, heaviest, 0);
        up = sst_twofold_add(up, sst_twofold_multiply(pull, above));
        across = sst_twofold_add(across, sst_twofold_multiply(pull, away));
    }
    return sst_twofold_ldexp(sst_twofold_divide(up, across), -p->time_exponent);
}

void
sst_average_least_squares(const struct sst_lane *lane)
{
    ptrdiff_t n = lane->length[0], weights = lane->length[2];
    struct points points = {.level = lane->in[0], .time = lane->in[1], .n = n};
    points.weight = weights > 0 ? lane->in[2] : NULL;
    int sound = is_timed(lane) && (weights == 0 || weights == n) && survey(&points);
    sound = sound && (double)points.present / (double)n >= lane->options[0];
    give(lane, sound ? sst_twofold_expm1(slope(&points)) : NAN);
}
