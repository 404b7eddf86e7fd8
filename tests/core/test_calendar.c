/* SPDX-License-Identifier: MIT
 *
 * Spans between days. Numbers of days are from Python's datetime.date.toordinal.
 */
#include "calendar.h"

#include <math.h>

#include "check.h"

static double
years(int64_t first, int64_t last)
{
    double out = 7.0;
    struct sst_map map = {
        .n = 1, .in = {(char *)&first, (char *)&last}, .out = (char *)&out, .out_step = sizeof out};
    sst_calendar_years(&map);
    return out;
}

static int64_t
after(int64_t day, double span)
{
    int64_t out = 7;
    struct sst_map map = {
        .n = 1, .in = {(char *)&day, (char *)&span}, .out = (char *)&out, .out_step = sizeof out};
    sst_calendar_after(&map);
    return out;
}

/* 2015-01-01 16436, 2020-02-29 18321, 2021-02-28 18686, 2024-01-01 19723, 2024-02-29 19782,
 * 2030-01-01 21915, 1600-02-29 -135081. */
static void
test_spans(void)
{
    CHECK(years(16436, 21915) == 15.0);
    CHECK(years(21915, 16436) == -15.0);
    CHECK(years(18321, 18686) == 1.0);
    CHECK(years(18321, 18685) == 364.0 / 365.0);
    CHECK(years(18321, 19782) == 4.0);
    CHECK(years(18321, 19781) == 3.0 + 365.0 / 366.0);
    CHECK(years(19723, 19723 + 183) == 0.5);
    CHECK(years(-135081, 18321) == 420.0);
    CHECK(years(0, 0) == 0.0);
    CHECK(isnan(years(INT64_MIN, 0)) && isnan(years(0, INT64_MIN)) && isnan(years(INT64_MAX, 0)));
}

static void
test_days(void)
{
    CHECK(after(16436, 15.0) == 21915);
    CHECK(after(18321, 1.0) == 18686);
    CHECK(after(18321, 4.0) == 19782);
    CHECK(after(19723, 0.5) == 19723 + 183);
    CHECK(after(21915, -15.0) == 16436);
    CHECK(after(18321, -420.0) == -135081);
    CHECK(after(0, NAN) == INT64_MIN && after(0, INFINITY) == INT64_MIN);
    CHECK(after(0, -1e15) == INT64_MIN && after(INT64_MIN, 1.0) == INT64_MIN);
    CHECK(after(INT64_MAX, 1.0) == INT64_MIN);
    /* 4e14 years are 1e12 eras of 400 years. */
    CHECK(after(0, 4e14) == INT64_C(146097000000000000));
    CHECK(years(0, INT64_C(146097000000000000)) == 4e14);
}

int
main(void)
{
    test_spans();
    test_days();
    return check_summary();
}
