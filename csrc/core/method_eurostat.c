/* SPDX-License-Identifier: MIT
 *
 * Eurostat's assessment of indicator trends (Sustainable development in the European Union,
 * 2021 edition, introduction): observed over required compound growth, or compound growth
 * against limits that lie on both sides of zero, each border in the outer class. The form of
 * five classes with a neutral band, and the scores, are those of EUSTAT's program, which
 * gives Eurostat as their origin. ISTAT's and ASTAT's classes of the same growth are here too.
 *
 * The ratio is side * g / |G|, so that improving is positive also from a baseline that is
 * already beyond the target. Eurostat says nothing of a baseline at the target, from which no ratio
 * can be taken: there the level decides, the best class while the target is met, else the worst.
 */
#include "method_growth.h"

const struct sst_classes sst_eurostat_target = {
    3,
    {0.0, 0.60, 0.95},
    {0},
    4,
    {"movement away from the EU target", "insufficient progress towards the EU target",
     "moderate progress towards the EU target", "significant progress towards the EU target"},
};

const struct sst_classes sst_eurostat_trend = {
    3,
    {-0.01, 0.0, 0.01},
    {1, 0, 0},
    4,
    {"significant movement away from SD objectives", "moderate movement away from SD objectives",
     "moderate progress towards SD objectives", "significant progress towards SD objectives"},
};

const struct sst_classes sst_eurostat_five = {
    4,
    {-0.01, -0.001, 0.001, 0.01},
    {0},
    5,
    {"significant deterioration", "moderate deterioration", "neutral", "moderate progress",
     "significant progress"},
};

const struct sst_classes sst_istat_trend = {
    4,
    {-0.05, -0.01, 0.01, 0.05},
    {1, 1, 1, 1},
    5,
    {"clear worsening", "slight worsening", "stable", "slight improvement", "clear improvement"},
};

static double
directed_growth(const struct sst_case *c)
{
    double pace = sst_observed_growth(c);
    return c->side < 0 ? -pace : pace;
}

static double
score_with_target(double ratio)
{
    static const double slope[2] = {5.0 / 1.2, 5.0 / 0.7}, from[2] = {-0.6, 0.6};
    static const double less[2] = {5.0, 0.0};
    int fair = ratio >= 0.6;
    return sst_clipped(slope[fair] * (ratio - from[fair]) - less[fair], -5.0, 5.0);
}

static void
judge_trend(const struct sst_case *c, const struct sst_classes *classes, struct sst_verdict *v)
{
    v->value = directed_growth(c);
    v->status = sst_class_of(v->value, classes);
    v->score = sst_clipped(250.0 * v->value, -5.0, 5.0);
}

void
sst_judge_eurostat_five(const struct sst_case *c, struct sst_verdict *v)
{
    judge_trend(c, &sst_eurostat_five, v);
}

void
sst_judge_istat(const struct sst_case *c, struct sst_verdict *v)
{
    v->value = directed_growth(c);
    v->status = sst_class_of(v->value, &sst_istat_trend);
}

void
sst_judge_eurostat(const struct sst_case *c, struct sst_verdict *v)
{
    if (!sst_has_target(c)) {
        judge_trend(c, &sst_eurostat_trend, v);
        return;
    }
    double actual = c->of[SST_ACTUAL], required = sst_required_growth_size(c);
    int met = sst_meets(c, actual);
    if (required == 0.0 && !isnan(actual)) {
        v->status = met ? sst_eurostat_target.count : 1;
        v->score = met ? 5.0 : -5.0;
        return;
    }
    v->value = directed_growth(c) / required;
    v->status = sst_class_of(v->value, &sst_eurostat_target);
    double score = score_with_target(v->value);
    v->score = v->status > 0 && met ? 5.0 : score;
}
