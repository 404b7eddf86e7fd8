/* SPDX-License-Identifier: MIT
 *
 * Trend projections and calendars against tests/vectors/trends.txt.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cumulative_share.h"
#include "check.h"
#include "target.h"
#include "trend.h"

enum { MOST = 32 };

/* The number of an option's literal in a list; 0 without the option, -1 for another one. */
static double
choice(const struct vector *v, const char *option, const char *const *literals, int count)
{
    const char *text = vector_option(v, option);
    for (int k = 0; text != NULL && k < count; k++)
        if (strcmp(text, literals[k]) == 0)
            return k;
    return text == NULL ? 0.0 : -1.0;
}

static double
number(const struct vector *v, const char *option, double otherwise)
{
    const char *text = vector_option(v, option);
    return text == NULL ? otherwise : strtod(text, NULL);
}

static int
run_projection(const struct vector *v, int result)
{
    static const char *const methods[] = {"\"ends\"", "\"least_squares\"", "\"weighted\"",
                                          "\"weighted_changes\""};
    static const char *const paths[] = {"\"linear\"", "\"geometric\"", "\"logistic\""};
    double options[] = {choice(v, "method", methods, SST_TREND_METHODS),
                        choice(v, "path", paths, SST_TREND_PATHS), number(v, "last", 0.0),
                        number(v, "min_points", 2.0)};
    double bounds[] = {number(v, "floor", NAN), number(v, "ceiling", NAN), number(v, "scale", 1.0)};
    double time[MOST], out[2];
    struct sst_lane lane = {.outs = 2, .out = out, .options = options};
    for (int k = 0; k < 3; k++)
        lane.in[k] = vector_input(v, k == 0 ? "values" : k == 1 ? "time" : "at", &lane.length[k]);
    if (options[0] < 0.0 || options[1] < 0.0 || lane.length[0] > MOST)
        return 0;
    for (ptrdiff_t i = 0; i < lane.length[0]; i++)
        time[i] = lane.length[1] > 0 ? lane.in[1][i] : (double)i;
    lane.in[1] = time;
    lane.length[1] = lane.length[0];
    lane.in[3] = bounds;
    lane.length[3] = 3;
    sst_trend_projection(&lane);
    vector_check(v, "value", &out[result], 1);
    return 1;
}

/* The share of equal periods: the way gone from the start, within 0 and 1. */
static double
share_of_periods(double start, double now, double deadline)
{
    double gone = NAN, share = NAN;
    struct sst_map map = {
        .n = 1, .in = {(char *)&start, (char *)&now, (char *)&deadline}, .out = (char *)&gone};
    sst_progress_f64(&map);
    struct sst_map due = {.n = 1, .in = {(char *)&gone}, .out = (char *)&share};
    sst_planned_linear_f64(&due);
    return share;
}

static int
run_elapsed(const struct vector *v)
{
    double out[MOST], shares[MOST] = {0.0};
    double start = number(v, "start", number(v, "first", NAN) - 1.0);
    double deadline = number(v, "deadline", NAN);
    struct sst_lane lane = {.out = shares};
    lane.in[0] = vector_input(v, "weights", &lane.length[0]);
    lane.outs = lane.length[0] + 1;
    ptrdiff_t n = vector_expected(v, "value");
    if (n > MOST || lane.outs > MOST)
        return 0;
    if (lane.length[0] > 0)
        sst_cumulative_share(&lane);
    for (ptrdiff_t i = 0; i < n; i++) {
        double now = vector_at(v, "now", i);
        out[i] = share_of_periods(start, now, deadline);
        if (lane.length[0] > 0 && !isnan(out[i]))
            out[i] = shares[now < deadline ? (ptrdiff_t)(now - start) : lane.length[0]];
    }
    vector_check(v, "value", out, n);
    return 1;
}

static int
run(const struct vector *v)
{
    if (strcmp(v->name, "projection") == 0)
        return run_projection(v, 0);
    if (strcmp(v->name, "projection_reason") == 0)
        return run_projection(v, 1);
    return strcmp(v->name, "elapsed_share") == 0 && run_elapsed(v);
}

/* One series at a time, as official methods call it. */
static void
check_plain_series(void)
{
    const double values[] = {1, NAN, 3, 4}, times[] = {0, 1, 2, 4};
    const double same[] = {2, 2, 2, 2}, at_once[] = {5, 5, 5, 5};
    CHECK(sst_project_ends(values, times, 4, 8.0) == 7.0);
    CHECK(sst_project_least_squares(values, times, 4, 8.0) == 43.0 / 6.0);
    CHECK(sst_project_weighted(same, times, 4, 8.0) == 2.0);
    CHECK(sst_project_weighted(values, times, 4, 2.0) == 3.0);
    CHECK(isnan(sst_project_ends(values, times, 1, 8.0)));
    CHECK(isnan(sst_project_ends(values, times, 0, 8.0)));
    CHECK(isnan(sst_project_ends(values, at_once, 4, 8.0)));
    CHECK(isnan(sst_project_ends(values, times, 4, INFINITY)));
}

static void
check_reasons(void)
{
    const double values[] = {1, 2, INFINITY, 4}, times[] = {0, 1, 2, 3};
    struct sst_trend trend = {
        .path = SST_TREND_LINEAR, .floor = 0.0, .ceiling = 10.0, .scale = 1.0};
    enum sst_reason reason;
    CHECK(isnan(sst_trend_project(&trend, values, times, 4, 5.0, &reason)));
    CHECK(reason == SST_MISSING_CURRENT);
    CHECK(sst_trend_project(&trend, values, times, 2, 8.0, &reason) == 9.0);
    CHECK(reason == SST_REASON_OK);
    CHECK(sst_trend_project(&trend, values, times, 2, 10.0, &reason) == 10.0);
    CHECK(reason == SST_CLIPPED);
    CHECK(sst_trend_project(&trend, values, times, 2, -5.0, &reason) == 0.0);
    CHECK(reason == SST_CLIPPED);
    trend.least = 3;
    CHECK(isnan(sst_trend_project(&trend, values, times, 2, 5.0, &reason)));
    CHECK(reason == SST_NO_INTERVAL);
}

/* Kernels fill all their results, and give NaN for options and lengths that do not fit. */
static void
check_lanes(void)
{
    const double values[] = {1, 2, 4}, at = 3.0, bounds[] = {NAN, NAN, 1.0};
    double options[] = {0, 0, 0, 2}, out[3];
    struct sst_lane lane = {.in = {values, values, &at, bounds},
                            .length = {3, 3, 1, 3},
                            .out = out,
                            .outs = 3,
                            .options = options};
    sst_trend_projection(&lane);
    CHECK(out[0] == 3.0 && out[1] == 0.0 && isnan(out[2]));
    const double wrong[] = {NAN, -1.0, 99.0, INFINITY};
    for (int k = 0; k < 8; k++) {
        double right = options[k % 2];
        options[k % 2] = wrong[k / 2];
        sst_trend_projection(&lane);
        CHECK(isnan(out[0]) && isnan(out[1]) && isnan(out[2]));
        options[k % 2] = right;
    }
    lane.length[1] = 2;
    sst_trend_projection(&lane);
    CHECK(isnan(out[0]));
    struct sst_lane shares = {.in = {values}, .length = {3}, .out = out, .outs = 3};
    sst_cumulative_share(&shares);
    CHECK(isnan(out[0]) && isnan(out[1]) && isnan(out[2]));
    shares.length[0] = 2;
    sst_cumulative_share(&shares);
    CHECK(out[0] == 0.0 && out[1] == 1.0 / 3.0 && out[2] == 1.0);
    const double none[] = {0.0, 0.0}, negative[] = {2.0, -1.0};
    shares.in[0] = none;
    sst_cumulative_share(&shares);
    CHECK(isnan(out[0]) && isnan(out[2]));
    shares.in[0] = negative;
    sst_cumulative_share(&shares);
    CHECK(isnan(out[0]) && isnan(out[2]));
}

int
main(int argc, char **argv)
{
    check_plain_series();
    check_reasons();
    check_lanes();
    if (argc > 1)
        vectors_run(argv[1], "trends.txt", run);
    return check_summary();
}
