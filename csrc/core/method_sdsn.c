/* SPDX-License-Identifier: MIT
 *
 * The SDG Index of the Sustainable Development Solutions Network: scores between two bounds,
 * colors by two thresholds and the middle between them, each border in the better color
 * (Detailed Methodological Paper 2018, 1.5 and 2.5; sides as in the workbook of 2019), and the
 * arrows of its trends (1.5.3). A trend is the yearly change of the score against the change
 * needed from the baseline to the green threshold at the deadline. Which years it looks at is
 * for the caller to say. The paper gives exactly half of the needed change to neither class:
 * here, like every border of the index, it is in the better one.
 */
#include "method_level.h"

const struct sst_classes sst_sdsn_colors = {
    0, {0.0}, {0}, 4, {"red", "orange", "yellow", "green"},
};

const struct sst_classes sst_sdsn_arrows = {
    3,
    {0.0, 0.5, 1.0},
    {0},
    4,
    {"decreasing", "stagnating", "moderately increasing", "on track or maintaining achievement"},
};

/* The score of a figure, not clipped. */
static double
score_of(const struct sst_case *c, double figure)
{
    double worst = c->of[SST_WORST], best = c->of[SST_BEST];
    return 100.0 * (figure - worst) / (best - worst);
}

static double
clipped(double score)
{
    return score < 0.0 ? 0.0 : score > 100.0 ? 100.0 : score;
}

static int
is_as_good_as(const struct sst_case *c, double figure, double limit)
{
    return c->side < 0 ? figure <= limit : figure >= limit;
}

void
sst_judge_sdsn(const struct sst_case *c, struct sst_verdict *v)
{
    double figure = c->of[SST_ACTUAL], red = c->of[SST_RED], green = c->of[SST_GREEN];
    v->value = clipped(score_of(c, figure));
    v->score = v->value;
    v->position = c->side < 0 ? -figure : figure; /* the colors go by it, also beyond the bounds */
    if (isnan(figure) || isnan(red) || isnan(green))
        return;
    v->status = 1 + is_as_good_as(c, figure, red) + is_as_good_as(c, figure, (red + green) / 2.0) +
                is_as_good_as(c, figure, green);
}

/* A figure on the scale of its trend: a score where there are bounds, else as it is. */
static double
scaled(const struct sst_case *c, double figure)
{
    int bounded = !isnan(c->of[SST_WORST]) && !isnan(c->of[SST_BEST]);
    return bounded ? clipped(score_of(c, figure)) : c->side * figure;
}

void
sst_judge_sdsn_trend(const struct sst_case *c, struct sst_verdict *v)
{
    const double *of = c->of;
    double span = of[SST_NOW] - of[SST_START], whole = of[SST_DEADLINE] - of[SST_START];
    double from = scaled(c, of[SST_BASELINE]), green = of[SST_GREEN];
    double observed = (scaled(c, of[SST_ACTUAL]) - from) / span;
    double needed = (scaled(c, green) - from) / whole;
    if (isnan(observed) || isnan(needed) || !(span > 0.0) || !(whole > 0.0))
        return;
    struct sst_classes arrows = sst_sdsn_arrows;
    arrows.limit[1] = c->thresholds[0];
    if (needed != 0.0)
        v->value = observed / fabs(needed);
    v->status = needed != 0.0 ? sst_class_of(v->value, &arrows) : observed < 0.0 ? 1 : 2;
    if (is_as_good_as(c, of[SST_ACTUAL], green))
        v->status = arrows.count;
}
