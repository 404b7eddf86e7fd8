/* SPDX-License-Identifier: MIT
 *
 * The United Nations' assessments of progress towards the SDGs, in three generations. The
 * Progress Chart of 2022 compares observed with required growth (constants as UNDP's and one
 * other program have them); from 2023 on the growth is carried to the deadline, and what
 * counts is the share of the gap that will then be closed (the technical notes of 2023 and
 * 2026, as EUSTAT and the undata client reproduce them).
 *
 * From a baseline at the target, or beyond it, no share can be taken: then the case is on track
 * while the target is met and regressing once it is not. The note of 2026 says so for the
 * target itself; undata extends it, and the method of 2023 is given the same rule. UNDP's program
 * has it for 2022, in the words of that method.
 */
#include "method_growth.h"

const struct sst_classes sst_un2022_target = {
    3,
    {-0.1, 0.5, 0.95},
    {0},
    5,
    {"deterioration", "limited or no progress", "fair progress but acceleration needed", "on track",
     "target achieved"},
};

const struct sst_classes sst_un2022_trend = {
    3,
    {-0.01, 0.005, 0.01},
    {0, 1, 1},
    4,
    {"deterioration", "limited or no progress", "fair progress but acceleration needed",
     "on track"},
};

const struct sst_classes sst_un2023_target = {
    2,
    {0.10, 0.95},
    {0},
    3,
    {"stagnation or regression", "fair progress, but acceleration needed",
     "on track or target met"},
};

const struct sst_classes sst_un2023_trend = {
    2,
    {0.005, 0.02},
    {0},
    3,
    {"stagnation or regression", "fair progress, but acceleration needed",
     "on track or target met"},
};

const struct sst_classes sst_un2026_target = {
    4,
    {0.0, 0.10, 0.50, 0.95},
    {0},
    5,
    {"regression", "stagnation", "marginal progress, and significant acceleration needed",
     "moderate progress, but acceleration needed", "on track or target met"},
};

const struct sst_classes sst_un2026_trend = {
    4,
    {0.0, 0.005, 0.0125, 0.02},
    {0},
    5,
    {"regression", "stagnation", "marginal progress, and significant acceleration needed",
     "moderate progress, but acceleration needed", "on track or target met"},
};

/* UNDP's scores of the classes of 2022, worst first. */
static const double undp_score[] = {-2.0, -1.0, 0.0, 1.0, 1.0};

static double
directed_growth(const struct sst_case *c)
{
    double pace = sst_observed_growth(c);
    return c->side < 0 ? -pace : pace;
}

/* Whether the baseline leaves no gap to close. */
static int
has_no_gap(const struct sst_case *c)
{
    double baseline = c->of[SST_BASELINE];
    return sst_meets(c, baseline) || baseline == c->of[SST_TARGET];
}

/* UNDP counts what comes near enough to a positive target as achieved. */
static int
is_achieved(const struct sst_case *c)
{
    double actual = c->of[SST_ACTUAL], target = c->of[SST_TARGET];
    if (!(actual > 0.0 && target > 0.0))
        return sst_meets(c, actual);
    return (c->side < 0 ? target / actual : actual / target) > c->thresholds[0];
}

/* From growth in the value to its ratio. */
static void
judge_ratio(const struct sst_case *c, struct sst_verdict *v)
{
    double required = sst_required_growth_size(c);
    v->value = required == 0.0 ? NAN : v->value / required;
    v->status = sst_class_of(v->value, &sst_un2022_target);
    if (required == 0.0 || has_no_gap(c))
        v->status = 1;
    if (is_achieved(c))
        v->status = sst_un2022_target.count;
}

void
sst_judge_un2022(const struct sst_case *c, struct sst_verdict *v)
{
    if (isnan(c->of[SST_BASELINE]) || isnan(c->of[SST_ACTUAL]))
        return;
    v->value = directed_growth(c);
    if (sst_has_target(c))
        judge_ratio(c, v);
    else
        v->status = sst_class_of(v->value, &sst_un2022_trend);
    if (v->status > 0)
        v->score = undp_score[v->status - 1];
}

/* The share of the gap closed at the deadline if growth goes on. */
static double
projected_share(const struct sst_case *c)
{
    double baseline = c->of[SST_BASELINE], target = c->of[SST_TARGET];
    double left = c->of[SST_DEADLINE] - c->of[SST_NOW];
    double end = c->of[SST_ACTUAL] * pow(1.0 + sst_observed_growth(c), left);
    return (end - baseline) / (target - baseline);
}

/* Value and class; 1 where the baseline leaves no gap to close. */
static int
judge_share(const struct sst_case *c, const struct sst_classes *target,
            const struct sst_classes *trend, struct sst_verdict *v)
{
    if (!sst_has_target(c)) {
        v->value = directed_growth(c);
        v->status = sst_class_of(v->value, trend);
        return 0;
    }
    double baseline = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    if (isnan(baseline) || isnan(actual))
        return 0;
    int met = sst_meets(c, actual);
    if (has_no_gap(c)) {
        v->status = met ? target->count : 1;
        return 1;
    }
    v->value = projected_share(c);
    v->status = met ? target->count : sst_class_of(v->value, target);
    return 0;
}

void
sst_judge_un2023(const struct sst_case *c, struct sst_verdict *v)
{
    judge_share(c, &sst_un2023_target, &sst_un2023_trend, v);
    if (v->status > 0)
        v->score = v->status;
}

/* Linear inside each class between its limits, the outer ends `least` and `most`. */
static double
score_between(double value, const struct sst_classes *classes, double least, double most)
{
    double edge[SST_MOST_CLASSES + 2] = {least}, clipped = sst_clipped(value, least, most);
    for (int k = 0; k < classes->limits; k++)
        edge[k + 1] = classes->limit[k];
    edge[classes->limits + 1] = most;
    int k = sst_class_of(clipped, classes) - 1;
    return k + (clipped - edge[k]) / (edge[k + 1] - edge[k]);
}

/* undata gives no verdict on a single year. */
void
sst_judge_un2026(const struct sst_case *c, struct sst_verdict *v)
{
    if (!(c->of[SST_NOW] > c->of[SST_START]))
        return;
    int no_gap = judge_share(c, &sst_un2026_target, &sst_un2026_trend, v);
    if (no_gap)
        v->score = v->status == 1 ? 0.0 : 5.0;
    else if (isnan(v->value))
        v->score = NAN;
    else if (sst_has_target(c))
        v->score = score_between(v->value, &sst_un2026_target, -0.5, 1.5);
    else
        v->score = score_between(v->value, &sst_un2026_trend, -0.05, 0.05);
}
