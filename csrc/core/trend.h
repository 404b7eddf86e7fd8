/* SPDX-License-Identifier: MIT
 *
 * The value that a series reaches at another time if its trend holds. One series at a time:
 * values, NaN where there is none, and their times, finite and ascending.
 */
#ifndef SST_TREND_H
#define SST_TREND_H

#include "lanes.h"
#include "reason.h"

enum sst_trend_method {
    SST_TREND_ENDS,             /* the line through the first and the last point */
    SST_TREND_LEAST_SQUARES,    /* every point alike */
    SST_TREND_WEIGHTED,         /* points weighted by 1 / |at - t| */
    SST_TREND_WEIGHTED_CHANGES, /* from the last point, by the mean change in those weights */
    SST_TREND_METHODS
};

/* What is a straight line in time. */
enum sst_trend_path {
    SST_TREND_LINEAR,    /* x */
    SST_TREND_GEOMETRIC, /* ln x, for x > 0 */
    SST_TREND_LOGISTIC,  /* ln(x / (scale - x)), for 0 < x < scale */
    SST_TREND_PATHS
};

struct sst_trend {
    enum sst_trend_method method;
    enum sst_trend_path path;
    double scale;          /* of a logistic path */
    double floor, ceiling; /* what values cannot leave; NaN: none */
    ptrdiff_t last;        /* so many of the last points count; 0: all */
    ptrdiff_t least;       /* points that there must be; two in any case */
};

/* The value at time `at`, NaN where the reason says that there is none. The points used are
 * the last `last` values that are there. At a time that has a value the weighted line goes
 * through it; the weighted changes lead on only from the last point. Reasons: SST_NO_PERIOD
 * (no finite `at`), SST_MISSING_CURRENT (no value, or an infinite one), SST_NO_INTERVAL (too
 * few points or times), SST_GEOMETRIC_UNDEFINED (a point that counts is not on such a path),
 * SST_CLIPPED (floor or ceiling instead). */
double sst_trend_project(const struct sst_trend *trend, const double *values, const double *times,
                         ptrdiff_t n, double at, enum sst_reason *reason);

/* The same on a linear path, through all points, without bounds. */
double sst_project_ends(const double *values, const double *times, ptrdiff_t n, double at);
double sst_project_least_squares(const double *values, const double *times, ptrdiff_t n, double at);
double sst_project_weighted(const double *values, const double *times, ptrdiff_t n, double at);

/* Inputs: values, times, `at` alone, then floor, ceiling and scale. Options: method, path,
 * last, least. Results: the value and the number of its reason. */
void sst_trend_projection(const struct sst_lane *lane);

#endif
