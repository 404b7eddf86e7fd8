/* SPDX-License-Identifier: MIT
 *
 * Methods of plans and indicators in business and administration. Lights by the share of the way
 * from baseline to target (ServiceNow); the lead over the share of time that is gone (the
 * schedule of Chinese plan reports, 序时进度), exactly on schedule being not behind; a distance in
 * standard deviations, after the idea of the OECD's study; the efficacy coefficient of Chinese
 * practice (功效系数法); and the implementation rates of SIGMA.
 *
 * From a baseline that meets its target no share of a way can be taken; there the level alone
 * decides, best while the target is met and worst once it is not.
 */
#include "method_level.h"

const struct sst_classes sst_rag_lights = {
    2, {0.75, 0.90}, {0}, 3, {"red", "yellow", "green"},
};

const struct sst_classes sst_schedule_words = {
    1, {0.0}, {0}, 2, {"落后", "超"},
};

static int
has_no_way(const struct sst_case *c)
{
    return sst_meets(c, c->of[SST_BASELINE]) || sst_outside(c, c->of[SST_BASELINE]) == 0.0;
}

/* The share of the way that is behind us; in a range by the distance from it. */
static double
share_of_way(const struct sst_case *c)
{
    double baseline = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    if (c->side == 0)
        return 1.0 - sst_outside(c, actual) / sst_outside(c, baseline);
    return (actual - baseline) / (c->of[SST_TARGET] - baseline);
}

static void
judge_level(const struct sst_case *c, const struct sst_classes *classes, struct sst_verdict *v)
{
    if (!isnan(c->of[SST_ACTUAL]))
        v->status = sst_meets(c, c->of[SST_ACTUAL]) ? classes->count : 1;
}

void
sst_judge_rag(const struct sst_case *c, struct sst_verdict *v)
{
    if (has_no_way(c)) {
        judge_level(c, &sst_rag_lights, v);
        return;
    }
    struct sst_classes lights = sst_rag_lights;
    for (int k = 0; k < lights.limits; k++)
        lights.limit[k] = c->thresholds[k];
    v->value = share_of_way(c);
    v->score = v->value;
    v->status = sst_class_of(v->value, &lights);
}

void
sst_judge_schedule(const struct sst_case *c, struct sst_verdict *v)
{
    const double *of = c->of;
    double elapsed = (of[SST_NOW] - of[SST_START]) / (of[SST_DEADLINE] - of[SST_START]);
    if (!(elapsed >= 0.0))
        return;
    if (has_no_way(c)) {
        judge_level(c, &sst_schedule_words, v);
        return;
    }
    v->value = share_of_way(c) - (elapsed < 1.0 ? elapsed : 1.0);
    v->score = v->value;
    v->status = sst_class_of(v->value, &sst_schedule_words);
}

void
sst_judge_oecd(const struct sst_case *c, struct sst_verdict *v)
{
    double distance = sst_outside(c, c->of[SST_ACTUAL]) / c->of[SST_SPREAD];
    v->value = distance < 0.0 ? 0.0 : distance;
    v->score = v->value;
}

void
sst_judge_efficacy(const struct sst_case *c, struct sst_verdict *v)
{
    double worst = c->of[SST_WORST], best = c->of[SST_BEST];
    v->value = (c->of[SST_ACTUAL] - worst) / (best - worst) * 40.0 + 60.0;
    v->score = v->value;
}

/* Rates of what is to be counted up: no points below 25 %, all from 90 %, linear between. */
void
sst_judge_sigma(const struct sst_case *c, struct sst_verdict *v)
{
    if (!(c->of[SST_TARGET] > 0.0))
        return;
    v->value = c->of[SST_ACTUAL] / c->of[SST_TARGET];
    double points = (v->value - 0.25) / (0.90 - 0.25);
    v->score = v->value >= 0.90 ? 1.0 : points < 0.0 ? 0.0 : points;
}
