/* SPDX-License-Identifier: MIT
 *
 * Differences are taken before anything is divided: between values within a factor of
 * two of each other a difference is exact, so what is left is one rounding of the ratio.
 * A compound rate is expm1(log1p(d) / n) of d = (T - x) / x for the same reason; where d
 * is large the quotient T/x has lost nothing and d near -1 would have lost the target.
 *
 * One rule covers the sides: with what is missing `below` the target and `above` the high
 * end, the gap is the one, the other, or in a range the larger of the two.
 */
#include "target.h"

#include <math.h>

#include "log_ratio.h"
#include "whole.h"

/* The ordinary C names, so that the templates can say which type they mean. */
SST_INLINE float
fabs_f32(float x)
{
    return fabsf(x);
}

SST_INLINE double
fabs_f64(double x)
{
    return fabs(x);
}

SST_INLINE double
required_growth(double difference, double actual, double target, double periods)
{
    if (!(actual > 0.0 && target > 0.0 && periods > 0.0))
        return NAN;
    if (periods == 1.0)
        return difference / actual + 0.0;
    return expm1(sst_log_growth(difference, actual, target) / periods) + 0.0;
}

SST_INLINE double
required_change(double difference, double periods)
{
    return periods > 0.0 ? difference / periods + 0.0 : NAN;
}

SST_INLINE double
required_change_of(double difference, double actual, double target, double periods)
{
    (void)actual;
    (void)target;
    return required_change(difference, periods);
}

/* Before the start there is no plan; after the deadline all of it was due. */
SST_INLINE double
planned_linear(double elapsed)
{
    if (!(elapsed >= 0.0))
        return NAN;
    return elapsed < 1.0 ? elapsed : 1.0;
}

/* The share of the way that b (T/b)^e has gone: expm1(e ln(T/b)) / (T/b - 1). With a T/b in which
 * the 1 is lost, (T/b)^(e - 1) (1 - (T/b)^-e), of which nothing overflows. */
SST_INLINE double
planned_geometric(double difference, double baseline, double target, double elapsed)
{
    double e = planned_linear(elapsed);
    if (!(baseline > 0.0 && target > 0.0))
        return NAN;
    if (difference == 0.0 || e == 1.0)
        return e;
    double d = difference / baseline, way = sst_log_growth(difference, baseline, target);
    return d < 0x1p53 ? expm1(e * way) / d : exp((e - 1.0) * way) * -expm1(-e * way);
}

/* From the nearer end, so that share 0 is the baseline and share 1 the target, exactly. */
SST_INLINE double
expected_share(double difference, double baseline, double target, double share)
{
    if (isinf(difference) && share >= 0.0 && share <= 1.0)
        return (1.0 - share) * baseline + share * target;
    return share <= 0.5 ? baseline + share * difference : target - (1.0 - share) * difference;
}

SST_INLINE double
expected_geometric(double difference, double baseline, double target, double elapsed)
{
    double e = planned_linear(elapsed);
    if (!(baseline > 0.0 && target > 0.0))
        return NAN;
    double way = sst_log_growth(difference, baseline, target);
    double near = e <= 0.5 ? baseline : target, power = e <= 0.5 ? e * way : (e - 1.0) * way;
    if (fabs(power) < 700.0)
        return near * exp(power);
    return near * exp(power / 2.0) * exp(power / 2.0); /* the whole power is out of range */
}

#define SST_SOURCE "target_source.h"
#include "for_each_real.h"

#define SST_SOURCE "target_whole2_source.h"
#include "for_each_whole2.h"

#define SST_SOURCE "target_whole3_source.h"
#include "for_each_whole3.h"
