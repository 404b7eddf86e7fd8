/* SPDX-License-Identifier: MIT
 *
 * A figure x between baseline b and target T, a share e of the planned time after b. On a line it
 * has gone p = (x - b)/(T - b) of the way, and the plan comes to x at the share p of the time: the
 * earned schedule of W. Lipke and K. Henderson (Earned Schedule Training, 2006, sheet 24), whose
 * SPI(t) is then p/e and whose to-complete index is (1 - p)/(1 - e). At constant growth the
 * same holds of logarithms, so one kernel serves both paths: it sees what is gone, what is left
 * and the whole of the way, in figures or in their logarithms.
 *
 * Differences are taken before anything is divided, and what is left is the difference of target
 * and figure, not 1 less a rounded share.
 */
#include "projection.h"

#include "log_ratio.h"
#include "whole.h"

/* Three figures and their differences, each rounded once. */
struct figures {
    double baseline, actual, target;
    double gone, left, whole;
};

/* The way as a path counts it. */
struct way {
    double gone, left, whole;
};

SST_INLINE struct way
way_linear(const struct figures *f)
{
    return (struct way){f->gone, f->left, f->whole};
}

SST_INLINE struct way
way_geometric(const struct figures *f)
{
    if (!(f->baseline > 0.0 && f->actual > 0.0 && f->target > 0.0))
        return (struct way){NAN, NAN, NAN};
    return (struct way){sst_log_growth(f->gone, f->baseline, f->actual),
                        sst_log_growth(f->left, f->actual, f->target),
                        sst_log_growth(f->whole, f->baseline, f->target)};
}

/* Never a time in the past: a pace that leads away does not arrive. */
SST_INLINE double
span(struct way way, double time)
{
    double share = way.gone / way.whole;
    if (!(time > 0.0) || way.whole == 0.0 || isnan(share))
        return NAN;
    return share > 0.0 ? time / share : INFINITY;
}

SST_INLINE double
to_complete(struct way way, double elapsed)
{
    if (!(elapsed >= 0.0 && elapsed < 1.0) || way.whole == 0.0)
        return NAN;
    return way.left / way.whole / (1.0 - elapsed) + 0.0;
}

/* Where nothing has changed no multiple of the pace is enough, but nothing may be left to do. */
SST_INLINE double
acceleration(struct way way, double elapsed)
{
    if (!(elapsed > 0.0 && elapsed < 1.0) || isnan(way.left))
        return NAN;
    if (way.gone == 0.0)
        return way.left == 0.0 ? (double)NAN : (double)INFINITY;
    return way.left / way.gone * (elapsed / (1.0 - elapsed)) + 0.0;
}

SST_INLINE double
earned(struct way way)
{
    return way.whole == 0.0 ? (double)NAN : way.gone / way.whole + 0.0;
}

/* From the nearer of the figures, so that share 1 is the actual one exactly. */
SST_INLINE double
projected_share(double difference, double baseline, double actual, double share)
{
    if (!(share > 0.0))
        return NAN;
    if (isinf(difference))
        return (1.0 - 1.0 / share) * baseline + actual / share;
    if (share >= 0.5 && share <= 2.0)
        return actual + difference * ((1.0 - share) / share);
    return baseline + difference / share;
}

SST_INLINE double
projected_geometric(double difference, double baseline, double actual, double elapsed)
{
    if (!(baseline > 0.0 && actual > 0.0 && elapsed > 0.0))
        return NAN;
    double e = elapsed < 1.0 ? elapsed : 1.0;
    double way = sst_log_growth(difference, baseline, actual);
    double near = e <= 0.5 ? baseline : actual, power = (e <= 0.5 ? way : (1.0 - e) * way) / e;
    if (fabs(power) < 700.0)
        return near * exp(power);
    return near * exp(power / 2.0) * exp(power / 2.0); /* the whole power is out of range */
}

double
sst_projected(double baseline, double actual, double elapsed, int geometric)
{
    double difference = actual - baseline;
    if (geometric)
        return projected_geometric(difference, baseline, actual, elapsed);
    return projected_share(difference, baseline, actual, elapsed > 1.0 ? 1.0 : elapsed);
}

#define SST_SOURCE "projection_source.h"
#include "for_each_real.h"

#define SST_SOURCE "projection_whole2_source.h"
#include "for_each_whole2.h"

#define SST_SOURCE "projection_whole3_source.h"
#include "for_each_whole3.h"
