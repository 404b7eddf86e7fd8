/* SPDX-License-Identifier: MIT
 *
 * Methods that compare growth rates: judges for the table of method_table.c.
 */
#ifndef SST_METHOD_GROWTH_H
#define SST_METHOD_GROWTH_H

#include "map.h"
#include "method.h"

/* What Statistics Canada computes with in place of zero. */
#define SST_CANADA_SURROGATE 0.001

/* (end/start)^(1/span) - 1 as offices round it: quotient, exponent, power, difference. */
SST_INLINE double
sst_growth_as_rounded(double start, double end, double span)
{
    return pow(end / start, 1.0 / span) - 1.0;
}

/* The growth since the baseline, for the methods whose sources say nothing about what has no
 * rate: NaN from zero or a negative figure, to a negative one, and where no time has passed. */
SST_INLINE double
sst_observed_growth(const struct sst_case *c)
{
    double baseline = c->of[SST_BASELINE], actual = c->of[SST_ACTUAL];
    double span = c->of[SST_NOW] - c->of[SST_START];
    if (!(span > 0.0 && baseline > 0.0 && actual >= 0.0))
        return NAN;
    return sst_growth_as_rounded(baseline, actual, span);
}

/* The growth it takes from the baseline to the target, in size; 0 where they are too near each
 * other for a rate, NaN towards zero, which no rate reaches. */
SST_INLINE double
sst_required_growth_size(const struct sst_case *c)
{
    double baseline = c->of[SST_BASELINE], target = c->of[SST_TARGET];
    if (!(target > 0.0))
        return NAN;
    return fabs(sst_growth_as_rounded(baseline, target, c->of[SST_DEADLINE] - c->of[SST_START]));
}

/* A score within its ends; NaN stays. Without branches, like all that follows a power here:
 * a wrongly guessed one would wait for it. */
SST_INLINE double
sst_clipped(double score, double least, double most)
{
    double low = least > score ? least : score;
    return most < low ? most : low;
}

void sst_judge_canada(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_eurostat(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_eurostat_five(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_istat(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_un2022(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_un2023(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_un2026(const struct sst_case *c, struct sst_verdict *v);

/* Their classes. */
extern const struct sst_classes sst_canada_target, sst_canada_trend;
extern const struct sst_classes sst_eurostat_target, sst_eurostat_trend, sst_eurostat_five;
extern const struct sst_classes sst_istat_trend;
extern const struct sst_classes sst_un2022_target, sst_un2022_trend;
extern const struct sst_classes sst_un2023_target, sst_un2023_trend;
extern const struct sst_classes sst_un2026_target, sst_un2026_trend;

#endif
