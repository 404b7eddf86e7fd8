/* SPDX-License-Identifier: MIT
 *
 * Reasons rank from what leaves nothing to say to what only needs saying: missing figures, no
 * time to have changed in, forms that are not defined, a deadline that is over, then how
 * baseline, actual figure and target lie to each other, and last a projection beyond its
 * natural limits. No change is not moving away.
 */
#include "target_reason.h"

/* On a range the way leads to the nearer end: from inside there is none. */
static int
base_is_target(const struct sst_case *c)
{
    double base = c->of[SST_BASELINE], low = c->of[SST_TARGET];
    return base == low || (c->side == 0 && base >= low && base <= c->of[SST_TARGET_HIGH]);
}

/* Whether the trend since the baseline, carried to the deadline, leaves floor and ceiling. */
static int
is_clipped(const struct sst_case *c, int geometric)
{
    const double *of = c->of;
    if (isnan(of[SST_FLOOR]) && isnan(of[SST_CEILING]))
        return 0;
    double elapsed = (of[SST_NOW] - of[SST_START]) / (of[SST_DEADLINE] - of[SST_START]);
    double change = of[SST_ACTUAL] - of[SST_BASELINE], share = elapsed < 1.0 ? elapsed : 1.0;
    double end = geometric ? of[SST_BASELINE] * pow(of[SST_ACTUAL] / of[SST_BASELINE], 1.0 / share)
                           : of[SST_BASELINE] + change / share;
    return end < of[SST_FLOOR] || end > of[SST_CEILING];
}

static enum sst_reason
reason_of_position(const struct sst_case *c)
{
    double base = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    if (base_is_target(c))
        return SST_BASE_IS_TARGET;
    if (sst_meets(c, actual))
        return SST_ALREADY_MET;
    if (sst_meets(c, base))
        return SST_LOST_TARGET;
    return sst_outside(c, actual) > sst_outside(c, base) ? SST_MOVING_AWAY : SST_REASON_OK;
}

enum sst_reason
sst_target_reason(const struct sst_case *c, int geometric)
{
    const double *of = c->of;
    int with_target = sst_has_target(c);
    if (isnan(of[SST_BASELINE]) && !c->baseless)
        return SST_MISSING_BASE;
    if (isnan(of[SST_ACTUAL]))
        return SST_MISSING_CURRENT;
    if (of[SST_NOW] <= of[SST_START])
        return SST_NO_INTERVAL;
    if (geometric && of[SST_BASELINE] == 0.0)
        return SST_ZERO_BASE;
    if (geometric && (of[SST_BASELINE] < 0.0 || of[SST_ACTUAL] < 0.0 || of[SST_TARGET] <= 0.0))
        return SST_GEOMETRIC_UNDEFINED;
    if (of[SST_NOW] > of[SST_DEADLINE])
        return SST_DEADLINE_PASSED;
    enum sst_reason reason = with_target ? reason_of_position(c) : SST_REASON_OK;
    if (reason == SST_REASON_OK && is_clipped(c, geometric))
        return SST_CLIPPED;
    return reason;
}

/* How far outside a range a figure is; negative inside, the more the deeper. */
static double
beyond_range(const struct sst_case *c, double figure)
{
    double below = c->of[SST_TARGET] - figure, above = figure - c->of[SST_TARGET_HIGH];
    return below > above ? below : above;
}

int
sst_is_slipping(const struct sst_case *c)
{
    double base = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    if (!sst_meets(c, actual))
        return 0;
    if (c->side == 0)
        return beyond_range(c, actual) > beyond_range(c, base);
    return c->side > 0 ? actual < base : actual > base;
}
