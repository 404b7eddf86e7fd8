/* SPDX-License-Identifier: MIT
 *
 * Trend projections of many series, and of one on a linear path.
 */
#include "trend.h"

#include <stdint.h>

static int
is_one_of(double option, int count)
{
    return option >= 0.0 && option < (double)count;
}

void
sst_trend_projection(const struct sst_lane *lane)
{
    const double *options = lane->options, *bounds = lane->in[3];
    ptrdiff_t n = lane->length[0];
    struct sst_trend trend = {.last = sst_lane_periods(options[2], 0, PTRDIFF_MAX / 2),
                              .least = sst_lane_periods(options[3], 2, PTRDIFF_MAX / 2)};
    int fits = is_one_of(options[0], SST_TREND_METHODS) && is_one_of(options[1], SST_TREND_PATHS);
    sst_fill_nan(lane->out, lane->outs);
    if (!fits || trend.last < 0 || trend.least < 0 || lane->length[1] != n ||
        lane->length[2] != 1 || lane->length[3] != 3 || lane->outs < 1)
        return;
    trend.method = (enum sst_trend_method)(int)options[0];
    trend.path = (enum sst_trend_path)(int)options[1];
    trend.floor = bounds[0];
    trend.ceiling = bounds[1];
    trend.scale = bounds[2];
    enum sst_reason reason;
    lane->out[0] = sst_trend_project(&trend, lane->in[0], lane->in[1], n, lane->in[2][0], &reason);
    if (lane->outs > 1)
        lane->out[1] = (double)reason;
}

static double
project_line(enum sst_trend_method method, const double *values, const double *times, ptrdiff_t n,
             double at)
{
    const struct sst_trend trend = {
        .method = method, .path = SST_TREND_LINEAR, .scale = 1.0, .floor = NAN, .ceiling = NAN};
    enum sst_reason reason;
    return sst_trend_project(&trend, values, times, n, at, &reason);
}

double
sst_project_ends(const double *values, const double *times, ptrdiff_t n, double at)
{
    return project_line(SST_TREND_ENDS, values, times, n, at);
}

double
sst_project_least_squares(const double *values, const double *times, ptrdiff_t n, double at)
{
    return project_line(SST_TREND_LEAST_SQUARES, values, times, n, at);
}

double
sst_project_weighted(const double *values, const double *times, ptrdiff_t n, double at)
{
    return project_line(SST_TREND_WEIGHTED, values, times, n, at);
}
