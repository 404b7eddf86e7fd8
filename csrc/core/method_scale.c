/* SPDX-License-Identifier: MIT
 *
 * SDSN's dashboard: the worst bound is 0, the red threshold 1, the green one 2 and the best
 * bound 3, with straight lines between (Detailed Methodological Paper 2018, 1.5.2). Each border
 * belongs to the better color, that of orange and yellow in the middle between the thresholds.
 */
#include "method_scale.h"

const struct sst_classes sst_dashboard_classes = {
    3, {1.0, 1.5, 2.0}, {0}, 4, {"red", "orange", "yellow", "green"},
};

/* Where x lies from `from` at 0 to `to` at 1; the side is that of better figures. */
static double
share_of_way(double x, double from, double to)
{
    return (x - from) / (to - from);
}

void
sst_judge_dashboard(const struct sst_case *c, struct sst_verdict *v)
{
    double side = c->side < 0 ? -1.0 : 1.0, x = side * c->of[SST_ACTUAL];
    double worst = side * c->of[SST_WORST], best = side * c->of[SST_BEST];
    double red = side * c->of[SST_RED], green = side * c->of[SST_GREEN];
    double middle = 0.5 * red + 0.5 * green;
    if (isnan(x) || !(worst <= red && red <= green && green <= best && worst < best))
        return;
    if (x >= best)
        v->value = 3.0;
    else if (x >= green)
        v->value = 2.0 + share_of_way(x, green, best);
    else if (x >= middle)
        v->value = 1.5 + 0.5 * share_of_way(x, middle, green);
    else if (x >= red)
        v->value = 1.0 + 0.5 * share_of_way(x, red, middle);
    else
        v->value = x <= worst ? 0.0 : share_of_way(x, worst, red);
    v->score = v->value;
    v->status = 1 + (x >= red) + (x >= middle) + (x >= green);
}
