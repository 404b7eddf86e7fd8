/* SPDX-License-Identifier: MIT
 *
 * Statistics Canada's assessment of progress, as its SDG site computes it (Open SDG,
 * progress measure methodology): observed over required compound growth where there is a
 * target, compound growth against fixed limits where there is none, the limits shrinking as
 * the baseline comes near a natural limit.
 *
 * The published figures come out bit for bit only with the office's order of operations:
 * quotient, exponent and power rounded one after the other by the C library's scalar pow, its
 * rounded constants, and its surrogate 0.001 for zero. The forms that lose less (growth.h) are
 * for our own measures.
 */
#include "method_growth.h"

static const double surrogate = SST_CANADA_SURROGATE;

const struct sst_classes sst_canada_target = {
    3,
    {0.0, 0.60, 0.95},
    {0},
    5,
    {"deterioration", "limited_progress", "moderate_progress", "substantial_progress",
     "target_achieved"},
};

/* The positive limits are multiplied by the limit factor. */
const struct sst_classes sst_canada_trend = {
    3,
    {0.0, 0.005, 0.015},
    {0},
    4,
    {"deterioration", "limited_progress", "moderate_progress", "substantial_progress"},
};

/* How much room is left to the natural limit: 1 where there is none. */
static double
limit_factor(double baseline, double limit)
{
    if (isnan(limit))
        return 1.0;
    double b = fabs(baseline), most = fabs(limit);
    if (b >= 2.0 * most)
        return 1.0;
    return b <= most ? 1.0 - pow(b / most, 4.44) : 1.0 - pow((2.0 * most - b) / most, 4.44);
}

static double
score_with_target(double ratio)
{
    static const double slope[2] = {4.1667, 7.1429}, less[2] = {2.5, 4.2857};
    int fair = ratio >= 0.6;
    return sst_clipped(slope[fair] * ratio - less[fair], -5.0, 5.0);
}

static double
score_of_trend(double value, double factor)
{
    if (value < 0.0)
        return sst_clipped(125.0 * value - 2.5, -5.0, 5.0);
    if (factor == 0.0)
        return 5.0;
    if (value >= 0.015 * factor)
        return sst_clipped(500.0 * value / factor - 5.0, -5.0, 5.0);
    if (value >= 0.005 * factor)
        return 250.0 * value / factor - 1.25;
    return 500.0 * value / factor - 2.5;
}

static void
judge_trend(double value, double factor, struct sst_verdict *v)
{
    if (isnan(value))
        return;
    v->value = value;
    v->score = score_of_trend(value, factor);
    v->position = factor == 0.0 ? NAN : value / factor;
    v->status = value >= 0.015 * factor ? 4 : value >= 0.005 * factor ? 3 : value >= 0.0 ? 2 : 1;
}

static void
judge_target(double ratio, int met, struct sst_verdict *v)
{
    v->value = ratio;
    v->score = score_with_target(ratio);
    v->status = sst_class_of(ratio, &sst_canada_target);
    if (met) {
        v->score = 5.0;
        v->status = sst_canada_target.count;
    }
}

void
sst_judge_canada(const struct sst_case *c, struct sst_verdict *v)
{
    double baseline = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    double span = c->of[SST_NOW] - c->of[SST_START];
    double sign = baseline < 0.0 ? -1.0 : 1.0, side = c->side < 0 ? -1.0 : 1.0;
    double from = baseline == 0.0 ? surrogate : baseline;
    int opposite = (baseline < 0.0 && actual > 0.0) || (baseline > 0.0 && actual < 0.0);
    double pace = span >= 1.0 && !opposite ? sst_growth_as_rounded(from, actual, span) : NAN;
    if (isnan(baseline) || isnan(actual))
        return;
    if (!sst_has_target(c)) {
        judge_trend(sign * side * pace, limit_factor(baseline, c->of[SST_LIMIT]), v);
        return;
    }
    double target = c->of[SST_TARGET] == 0.0 ? surrogate : c->of[SST_TARGET];
    double required = sst_growth_as_rounded(from, target, c->of[SST_DEADLINE] - c->of[SST_START]);
    double ratio = from == target ? NAN : sign * side * pace / fabs(required);
    judge_target(ratio, sst_meets_at(c, actual, target, target), v);
}
