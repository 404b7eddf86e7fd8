/* SPDX-License-Identifier: MIT
 *
 * The indexes of the United Nations' regional commissions, as UNICEF's MENARO program has them:
 * ten times the share of the way from the baseline to the target that is behind us (current
 * status), or will be at the deadline (anticipated progress, with the value of the
 * time-weighted regression in place of the figure of now). Targets that are a point or a range
 * are measured by the distance from them. The program takes its intercept from the unweighted
 * fit, which it calls a line of its own; here slope and intercept belong to one fit.
 *
 * From a baseline at the target no share can be taken: whoever does not meet it has regressed.
 */
#include "method_level.h"
#include "trend.h"

const struct sst_classes sst_escap_status = {
    2, {0.0, 9.0}, {1, 1}, 3, {"regression", "slow progress", "on track"},
};

const struct sst_classes sst_escap_outlook = {
    2, {0.0, 9.0}, {1, 1}, 3, {"reverse", "accelerate", "maintain"},
};

static double
index_of(const struct sst_case *c, double figure)
{
    double baseline = c->of[SST_BASELINE], target = c->of[SST_TARGET];
    if (c->side == 0)
        return 10.0 - 10.0 * sst_outside(c, figure) / sst_outside(c, baseline);
    return 10.0 * (c->side < 0 ? baseline - figure : figure - baseline) / fabs(target - baseline);
}

static void
judge_index(const struct sst_case *c, double figure, const struct sst_classes *classes,
            struct sst_verdict *v)
{
    int met = sst_meets(c, figure);
    if (!met && sst_outside(c, c->of[SST_BASELINE]) == 0.0) {
        v->status = isnan(figure) ? 0 : 1;
        return;
    }
    v->value = met ? 10.0 : index_of(c, figure);
    v->score = v->value;
    v->status = sst_class_of(v->value, classes);
}

/* A single observation is judged only where it meets the target. */
void
sst_judge_escap(const struct sst_case *c, struct sst_verdict *v)
{
    double actual = c->of[SST_ACTUAL];
    if (c->of[SST_NOW] <= c->of[SST_START] && !sst_meets(c, actual))
        return;
    judge_index(c, actual, &sst_escap_status, v);
}

void
sst_judge_escap_anticipated(const struct sst_case *c, struct sst_verdict *v)
{
    double limit = c->of[SST_LIMIT];
    struct sst_trend trend = {.method = SST_TREND_WEIGHTED,
                              .path = isnan(limit) ? SST_TREND_LINEAR : SST_TREND_LOGISTIC,
                              .scale = limit,
                              .floor = NAN,
                              .ceiling = NAN};
    enum sst_reason reason;
    double figure = NAN;
    if (c->points > 1)
        figure =
            sst_trend_project(&trend, c->series, c->times, c->points, c->of[SST_DEADLINE], &reason);
    else if (c->points == 1 && sst_meets(c, *c->series))
        figure = *c->series;
    judge_index(c, figure, &sst_escap_outlook, v);
}
