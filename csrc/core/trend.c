/* SPDX-License-Identifier: MIT
 *
 * Trend projections: a straight line through values, their logarithms or their logits, read off
 * at another time. The time-weighted line is the one of the United Nations' regional commissions:
 * weights are inverse to the distance from the time that is asked for, (t* - t_1) / (t* - t_i),
 * so that the oldest weighs 1 (ESCAP, working paper SD/WP/04, 2017; UNECE, technical notes 2022
 * and 2023), here up to a factor, which does not count. Slope and intercept both belong to the
 * weighted fit.
 *
 * Values are taken as differences from one point, the anchor, and times likewise; it is the point
 * nearest to the time that is asked for, hence the heaviest. Seen from there the sums of a line
 * lose at most the bits of n, and they have two parts.
 */
#include "trend.h"

#include <math.h>

#include "twofold_log.h"

/* The points that count lie in from..to; those at both ends are there. */
struct points {
    const struct sst_trend *trend;
    const double *value, *time;
    double at;
    ptrdiff_t from, to, count;
    ptrdiff_t anchor;
    int value_exponent, time_exponent; /* of scales near the largest value and the whole span */
};

static struct sst_twofold
alone(double a)
{
    return (struct sst_twofold){a, 0.0};
}

/* The next point that the method looks at. */
static ptrdiff_t
after(const struct points *p, ptrdiff_t i)
{
    if (p->trend->method == SST_TREND_ENDS)
        return i == p->from ? p->to : p->to + 1;
    do
        i++;
    while (i <= p->to && isnan(p->value[i]));
    return i;
}

/* Finds the points that count; the reason why there is no line through them. */
static enum sst_reason
survey(struct points *p, ptrdiff_t n)
{
    double most = 0.0;
    for (ptrdiff_t i = n - 1; i >= 0 && (p->trend->last == 0 || p->count < p->trend->last); i--) {
        if (isnan(p->value[i]))
            continue;
        if (p->count++ == 0)
            p->to = i;
        p->from = i;
        most = fmax(most, fabs(p->value[i]));
    }
    if (p->count == 0 || isinf(most))
        return SST_MISSING_CURRENT;
    double span = p->time[p->to] - p->time[p->from];
    if (p->count < 2 || p->count < p->trend->least || !(span > 0.0 && isfinite(span)))
        return SST_NO_INTERVAL;
    (void)frexp(most, &p->value_exponent);
    (void)frexp(span, &p->time_exponent);
    p->anchor = p->from;
    for (ptrdiff_t i = p->from; i <= p->to; i = after(p, i))
        if (fabs(p->at - p->time[i]) <= fabs(p->at - p->time[p->anchor]))
            p->anchor = i;
    return SST_REASON_OK;
}

/* Whether all points that the method looks at lie on paths of this kind. */
static int
is_on_path(const struct points *p)
{
    if (p->trend->path == SST_TREND_LINEAR)
        return 1;
    double limit = p->trend->path == SST_TREND_LOGISTIC ? p->trend->scale : INFINITY;
    int on = 1;
    for (ptrdiff_t i = p->from; on && i <= p->to; i = after(p, i))
        on = p->value[i] > 0.0 && p->value[i] < limit;
    return on;
}

/* How far the path rises from one point to another. */
static struct sst_twofold
rise(const struct points *p, ptrdiff_t from, ptrdiff_t to)
{
    double x = p->value[from], y = p->value[to], scale = p->trend->scale;
    if (p->trend->path == SST_TREND_LINEAR)
        return sst_two_sum(ldexp(y, -p->value_exponent), -ldexp(x, -p->value_exponent));
    struct sst_twofold up = sst_twofold_log_ratio(alone(y), alone(x), 0);
    if (p->trend->path == SST_TREND_GEOMETRIC)
        return up;
    struct sst_twofold rest = sst_two_sum(scale, -y), before = sst_two_sum(scale, -x);
    return sst_twofold_subtract(up, sst_twofold_log_ratio(rest, before, 0));
}

/* A time less that of a point, in units near the whole span. */
static struct sst_twofold
since(const struct points *p, double time, ptrdiff_t point)
{
    return sst_twofold_ldexp(sst_two_sum(time, -p->time[point]), -p->time_exponent);
}

/* The weight of a point, that of the anchor being 1; `at` is not the time of a point. */
static struct sst_twofold
weight_of(const struct points *p, ptrdiff_t i)
{
    if (p->trend->method == SST_TREND_LEAST_SQUARES)
        return alone(1.0);
    struct sst_twofold near = sst_two_sum(p->at, -p->time[p->anchor]);
    struct sst_twofold far = sst_two_sum(p->at, -p->time[i]);
    struct sst_twofold weight = sst_twofold_divide(near, far);
    return weight.high < 0.0 ? sst_twofold_scale(weight, -1.0) : weight;
}

/* The rise from the anchor to the line of least squares at `at`. */
static struct sst_twofold
rise_of_line(const struct points *p)
{
    struct sst_twofold w = {0.0, 0.0}, t = w, y = w, tt = w, ty = w;
    for (ptrdiff_t i = p->from; i <= p->to; i = after(p, i)) {
        struct sst_twofold weight = weight_of(p, i), up = rise(p, p->anchor, i);
        struct sst_twofold away = since(p, p->time[i], p->anchor);
        struct sst_twofold pull = sst_twofold_multiply(weight, away);
        w = sst_twofold_add(w, weight);
        t = sst_twofold_add(t, pull);
        y = sst_twofold_add(y, sst_twofold_multiply(weight, up));
        tt = sst_twofold_add(tt, sst_twofold_multiply(pull, away));
        ty = sst_twofold_add(ty, sst_twofold_multiply(pull, up));
    }
    struct sst_twofold mean = sst_twofold_divide(t, w);
    struct sst_twofold both = sst_twofold_subtract(ty, sst_twofold_multiply(mean, y));
    struct sst_twofold across = sst_twofold_subtract(tt, sst_twofold_multiply(mean, t));
    struct sst_twofold ahead = sst_twofold_subtract(since(p, p->at, p->anchor), mean);
    struct sst_twofold more = sst_twofold_multiply(sst_twofold_divide(both, across), ahead);
    return sst_twofold_add(sst_twofold_divide(y, w), more);
}

/* The rise from the last point, by the mean of the changes per time before it. */
static struct sst_twofold
rise_by_changes(const struct points *p)
{
    struct sst_twofold weights = {0.0, 0.0}, changes = {0.0, 0.0};
    ptrdiff_t before = p->from;
    for (ptrdiff_t i = after(p, before); i <= p->to; i = after(p, i)) {
        struct sst_twofold weight = weight_of(p, i);
        struct sst_twofold change =
            sst_twofold_divide(rise(p, before, i), since(p, p->time[i], before));
        weights = sst_twofold_add(weights, weight);
        changes = sst_twofold_add(changes, sst_twofold_multiply(weight, change));
        before = i;
    }
    struct sst_twofold mean = sst_twofold_divide(changes, weights);
    return sst_twofold_multiply(mean, since(p, p->at, p->to));
}

/* The rise from the anchor along the line through both ends. */
static struct sst_twofold
rise_by_ends(const struct points *p)
{
    ptrdiff_t other = p->anchor == p->to ? p->from : p->to;
    struct sst_twofold slope =
        sst_twofold_divide(rise(p, p->anchor, other), since(p, p->time[other], p->anchor));
    return sst_twofold_multiply(slope, since(p, p->at, p->anchor));
}

static struct sst_twofold
rise_to(const struct points *p)
{
    if (p->trend->method == SST_TREND_ENDS)
        return rise_by_ends(p);
    if (p->trend->method == SST_TREND_LEAST_SQUARES)
        return rise_of_line(p);
    if (p->at == p->time[p->anchor])
        return alone(0.0);
    return p->trend->method == SST_TREND_WEIGHTED ? rise_of_line(p) : rise_by_changes(p);
}

/* x e^z; powers of two are taken out of e^z, which may leave the range where the product does
 * not. */
static double
grown(double x, struct sst_twofold z)
{
    const struct sst_twofold ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
    if (!(fabs(z.high) < 3000.0))
        return isnan(z.high) ? z.high : z.high < 0.0 ? 0.0 : INFINITY;
    int twos = (int)rint(z.high / ln2.high), exponent;
    z = sst_twofold_subtract(z, sst_twofold_multiply(alone(twos), ln2));
    double power = exp(z.high), part = frexp(x, &exponent);
    return ldexp(part * (power + power * z.low), exponent + twos);
}

/* The share of the scale whose odds are e^z times those of x, times the scale. */
static double
shifted(double x, double scale, struct sst_twofold z)
{
    double rest = scale - x;
    if (z.high > 0.0) {
        double left = grown(rest, sst_twofold_scale(z, -1.0));
        return scale * (x / (x + left));
    }
    double reached = grown(x, z);
    return scale * (reached / (rest + reached));
}

/* The value that lies so far above the anchor. */
static double
value_above(const struct points *p, struct sst_twofold up)
{
    double x = p->value[p->anchor];
    if (p->trend->path == SST_TREND_GEOMETRIC)
        return grown(x, up);
    if (p->trend->path == SST_TREND_LOGISTIC)
        return shifted(x, p->trend->scale, up);
    struct sst_twofold sum = sst_twofold_add(alone(ldexp(x, -p->value_exponent)), up);
    return ldexp(sum.high + sum.low, p->value_exponent) + 0.0;
}

double
sst_trend_project(const struct sst_trend *trend, const double *values, const double *times,
                  ptrdiff_t n, double at, enum sst_reason *reason)
{
    struct points p = {.trend = trend, .value = values, .time = times, .at = at};
    *reason = isfinite(at) ? survey(&p, n) : SST_NO_PERIOD;
    if (*reason == SST_REASON_OK && !is_on_path(&p))
        *reason = SST_GEOMETRIC_UNDEFINED;
    int backwards = *reason == SST_REASON_OK && at < times[p.to];
    if (backwards && trend->method == SST_TREND_WEIGHTED_CHANGES)
        *reason = SST_NO_INTERVAL;
    if (*reason != SST_REASON_OK)
        return NAN;
    double value = value_above(&p, rise_to(&p));
    if (isnan(value))
        *reason = SST_NO_INTERVAL;
    double inside = value < trend->floor ? trend->floor : value;
    inside = inside > trend->ceiling ? trend->ceiling : inside;
    if (inside < value || inside > value)
        *reason = SST_CLIPPED;
    return inside;
}
