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
