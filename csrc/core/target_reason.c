/* SPDX-License-Identifier: MIT
 *
 * Reasons rank from what leaves nothing to say to what only needs saying: missing figures, no
 * time to have changed in, forms that are not defined, a deadline that is over, then how
 * baseline, actual figure and target lie to each other, and last a projection beyond its
 * natural limits. No change is not moving away. Official methods have growth rates down to zero
 * and verdicts at the deadline, measures that look ahead from there have none: so these two are
 * said where nothing else is.
 */
#include "target_reason.h"

#include "projection.h"

/* Where the way from the baseline leads: of a range to the nearer end, from inside nowhere. */
static double
destination(const struct sst_case *c)
{
    double base = c->of[SST_BASELINE], low = c->of[SST_TARGET], high = c->of[SST_TARGET_HIGH];
    if (c->side != 0 || base <= low)
        return low;
    return base < high ? base : high;
}

/* Whether a figure that is not inside the range has gone through it; a strict one ends before its
 * end. */
static int
has_passed(const struct sst_case *c)
{
    double base = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    double low = c->of[SST_TARGET], high = c->of[SST_TARGET_HIGH];
    return c->side == 0 && ((base < low && actual >= high) || (base > high && actual <= low));
}

/* Whether the trend since the baseline, carried to the deadline, leaves floor and ceiling. */
static int
is_clipped(const struct sst_case *c, int geometric)
{
    const double *of = c->of;
    if (isnan(of[SST_FLOOR]) && isnan(of[SST_CEILING]))
        return 0;
    double elapsed = (of[SST_NOW] - of[SST_START]) / (of[SST_DEADLINE] - of[SST_START]);
    double end = sst_projected(of[SST_BASELINE], of[SST_ACTUAL], elapsed, geometric);
    return end < of[SST_FLOOR] || end > of[SST_CEILING];
}

/* What measures that look ahead lack although nothing else is to say. */
static enum sst_reason
reason_ahead(const struct sst_case *c, int geometric)
{
    if (geometric && c->of[SST_ACTUAL] == 0.0)
        return SST_GEOMETRIC_UNDEFINED;
    if (c->of[SST_NOW] == c->of[SST_DEADLINE])
        return SST_DEADLINE_PASSED;
    return is_clipped(c, geometric) ? SST_CLIPPED : SST_REASON_OK;
}

static enum sst_reason
reason_of_position(const struct sst_case *c)
{
    double base = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    if (base == destination(c))
        return SST_BASE_IS_TARGET;
    if (sst_meets(c, actual))
        return SST_ALREADY_MET;
    if (sst_meets(c, base) || has_passed(c))
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
    if (geometric && (of[SST_BASELINE] < 0.0 || of[SST_ACTUAL] < 0.0 || destination(c) <= 0.0))
        return SST_GEOMETRIC_UNDEFINED;
    if (of[SST_NOW] > of[SST_DEADLINE])
        return SST_DEADLINE_PASSED;
    enum sst_reason reason = with_target ? reason_of_position(c) : SST_REASON_OK;
    return reason == SST_REASON_OK ? reason_ahead(c, geometric) : reason;
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
