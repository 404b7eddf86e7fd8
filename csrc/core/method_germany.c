/* SPDX-License-Identifier: MIT
 *
 * The weather symbols of Germany's sustainable development strategy (Destatis, status page of
 * the indicators; Vanuatu's office words the sides of the borders). The mean of the last five
 * yearly changes is carried on in a straight line to the deadline, and what will then be missing
 * is compared with what is missing now. Six points make five changes, and four points in
 * consecutive years are the least there must be: here the years without a gap before the last.
 *
 * Targets that are met already, and those without a deadline, which hold every year, are judged
 * by level and trend together. Of a range the end nearer to the figure counts; inside one a
 * figure slips if the trend leads out of it by the deadline, or within a year where there is
 * none. No yearly change is no movement in the right direction. At the deadline itself, and
 * after it, the whole gap is missed.
 */
#include "method_level.h"

enum { CHANGES = 5, LEAST_CHANGES = 3, STORM = 1, CLOUD, SUN_WITH_CLOUD, SUN };

const struct sst_classes sst_germany_target = {
    3, {1.0, 0.20, 0.05}, {1, 0, 1}, 4, {"thunderstorm", "cloud", "sun with cloud", "sun"},
};

const struct sst_classes sst_germany_trend = {
    0, {0.0}, {0}, 4, {"thunderstorm", "cloud", "sun with cloud", "sun"},
};

/* Whether two points lie a year apart, as numbers or, to a day or two, as dates. */
static int
are_consecutive(double before, double after)
{
    return fabs(after - before - 1.0) <= 0.01;
}

/* The mean of the last yearly changes; NaN where there are too few. */
static double
mean_change(const struct sst_case *c)
{
    ptrdiff_t last = c->points - 1, first = last;
    while (first > 0 && last - first < CHANGES && !isnan(c->series[first - 1]) &&
           are_consecutive(c->times[first - 1], c->times[first]))
        first--;
    if (last - first < LEAST_CHANGES)
        return NAN;
    return (c->series[last] - c->series[first]) / (double)(last - first);
}

/* A yearly change as seen from the figure: positive towards the target. */
static double
towards(const struct sst_case *c, double figure, double change)
{
    int up = c->side > 0 || (c->side == 0 && figure < c->of[SST_TARGET]);
    return up ? change : -change;
}

static int
is_slipping(const struct sst_case *c, double figure, double change, double years)
{
    if (c->side != 0)
        return towards(c, figure, change) < 0.0;
    return !sst_meets(c, figure + change * years);
}

static void
judge_target(const struct sst_case *c, double change, struct sst_verdict *v)
{
    double figure = c->of[SST_ACTUAL], gap = sst_outside(c, figure);
    double left = c->of[SST_DEADLINE] - c->of[SST_NOW];
    int holds = isnan(c->of[SST_DEADLINE]), better = towards(c, figure, change) > 0.0;
    if (sst_meets(c, figure)) {
        int slipping = is_slipping(c, figure, change, holds ? 1.0 : fmax(left, 0.0));
        v->status = slipping ? SUN_WITH_CLOUD : SUN;
        return;
    }
    if (holds) {
        v->status = better ? CLOUD : STORM;
        return;
    }
    double end = figure + change * fmax(left, 0.0);
    v->value = sst_meets(c, end) ? 0.0 : gap > 0.0 ? sst_outside(c, end) / gap : INFINITY;
    v->status = sst_class_of(v->value, &sst_germany_target);
    if (v->status == STORM && better)
        v->status = CLOUD;
}

/* Without a target only the directions of the mean and of the last change count. */
static void
judge_direction(const struct sst_case *c, double change, struct sst_verdict *v)
{
    double last = c->series[c->points - 1] - c->series[c->points - 2];
    if (c->side == 0)
        return;
    v->value = c->side * change;
    int mean_right = v->value > 0.0, last_right = c->side * last > 0.0;
    v->status = mean_right ? (last_right ? SUN : SUN_WITH_CLOUD) : last_right ? CLOUD : STORM;
}

void
sst_judge_germany(const struct sst_case *c, struct sst_verdict *v)
{
    double change = mean_change(c);
    if (!isfinite(change) || isnan(c->of[SST_ACTUAL]) || isnan(c->of[SST_NOW]))
        return;
    if (sst_has_target(c))
        judge_target(c, change, v);
    else
        judge_direction(c, change, v);
}
