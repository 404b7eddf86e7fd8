/* SPDX-License-Identifier: MIT
 *
 * Indices of concentration and inequality against tests/vectors/indices.txt; totals and sorting
 * that they rest on, against other ways to the same.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "concentration.h"
#include "inequality.h"
#include "order.h"
#include "total.h"

enum { MOST = 64 };

static int
is(const struct vector *v, const char *option, const char *literal)
{
    const char *text = vector_option(v, option);
    return text != NULL && strcmp(text, literal) == 0;
}

static double
number(const struct vector *v, const char *option, double otherwise)
{
    const char *text = vector_option(v, option);
    return text == NULL ? otherwise : strtod(text, NULL);
}

struct measure {
    const char *name;
    sst_lane_function function;
    double second, third;
};

static const struct measure measures[] = {
    {"entropy", sst_entropy, 0.0, 0.0},     {"equivalent_number", sst_hhi, SST_HHI_EQUIVALENT, 1.0},
    {"gini", sst_gini, 0.0, 0.0},           {"hhi", sst_hhi, SST_HHI_INDEX, 1.0},
    {"hoover", sst_hoover, 0.0, 0.0},       {"mean_log_deviation", sst_theil, SST_THEIL_L, 0.0},
    {"theil", sst_theil, SST_THEIL_T, 0.0},
};

static void
run_ratio(const struct vector *v, struct sst_lane *lane)
{
    lane->outs = (ptrdiff_t)number(v, "k", 1.0);
    sst_concentration_ratio(lane);
    vector_check(v, "value", &lane->out[lane->outs - 1], 1);
}

static void
run_groups(const struct vector *v, struct sst_lane *lane, double *options)
{
    ptrdiff_t groups = vector_expected(v, "groups");
    lane->in[2] = vector_input(v, "groups", &lane->length[2]);
    lane->outs = 3 + 2 * groups;
    options[1] = is(v, "measure", "\"L\"") ? SST_THEIL_L : SST_THEIL_T;
    sst_theil_groups(lane);
    vector_check(v, "total", &lane->out[0], 1);
    vector_check(v, "between", &lane->out[1], 1);
    vector_check(v, "within", &lane->out[2], 1);
    vector_check(v, "groups", &lane->out[3], groups);
    vector_check(v, "shares", &lane->out[3 + groups], groups);
}

static int
run(const struct vector *v)
{
    double out[MOST], room[SST_GINI_ROOM * MOST];
    double options[3] = {is(v, "skipna", "False") ? 0.0 : 1.0, 0.0, 0.0};
    struct sst_lane lane = {.out = out, .outs = 1, .options = options, .room = room};
    lane.in[0] = vector_input(v, "values", &lane.length[0]);
    lane.in[1] = vector_input(v, "weights", &lane.length[1]);
    if (lane.in[1] == NULL)
        lane.in[1] = vector_input(v, "reference", &lane.length[1]);
    if (lane.in[0] == NULL || lane.length[0] > MOST)
        return 0;
    if (strcmp(v->name, "concentration_ratio") == 0) {
        run_ratio(v, &lane);
        return 1;
    }
    if (strcmp(v->name, "theil_decomposition") == 0) {
        run_groups(v, &lane, options);
        return 1;
    }
    for (size_t k = 0; k < sizeof measures / sizeof *measures; k++) {
        if (strcmp(v->name, measures[k].name) != 0)
            continue;
        options[1] = measures[k].second;
        options[2] = number(v, "scale", measures[k].third);
        if (is(v, "normalized", "True"))
            options[1] = 1.0; /* SST_HHI_NORMALIZED, and yes of sst_gini */
        if (measures[k].function == sst_entropy)
            options[1] = number(v, "base", 0.0);
        if (is(v, "evenness", "True"))
            options[2] = 1.0;
        measures[k].function(&lane);
        vector_check(v, "value", out, 1);
        return 1;
    }
    return 0;
}

/* A sequence of numbers without pattern. */
static uint64_t
next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 11;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Against qsort, with what is carried along. */
static void
check_order(void)
{
    enum { N = 1000 };
    static double keys[N], beside[N], sorted[N], room[2 * N];
    uint64_t state = 1;
    for (ptrdiff_t n = 0; n <= N; n = n < 40 ? n + 1 : n * 5) {
        for (ptrdiff_t i = 0; i < n; i++) {
            keys[i] = ldexp((double)(next(&state) % 64), (int)(next(&state) % 2000) - 1070);
            beside[i] = keys[i];
            sorted[i] = keys[i];
        }
        qsort(sorted, (size_t)n, sizeof *sorted, compare);
        sst_order(keys, beside, n, room);
        CHECK(n == 0 || memcmp(keys, sorted, (size_t)n * sizeof *keys) == 0);
        CHECK(n == 0 || memcmp(beside, sorted, (size_t)n * sizeof *keys) == 0);
        for (ptrdiff_t i = 0; i < n; i++)
            keys[i] = (double)(next(&state) % 5);
        memcpy(sorted, keys, sizeof sorted);
        qsort(sorted, (size_t)n, sizeof *sorted, compare);
        sst_order(keys, NULL, n, room);
        CHECK(n == 0 || memcmp(keys, sorted, (size_t)n * sizeof *keys) == 0);
    }
}

/* Keys that tie keep their order. */
static void
check_stable(void)
{
    double keys[100], beside[100], room[200];
    for (int i = 0; i < 100; i++) {
        keys[i] = i % 3;
        beside[i] = i;
    }
    sst_order(keys, beside, 100, room);
    for (int i = 1; i < 100; i++)
        CHECK(keys[i] > keys[i - 1] || (keys[i] == keys[i - 1] && beside[i] > beside[i - 1]));
}

static struct sst_twofold
total_of(const double *values, ptrdiff_t n)
{
    struct sst_total total;
    sst_total_clear(&total);
    for (ptrdiff_t i = 0; i < n; i++)
        sst_total_add(&total, values[i]);
    return sst_total_get(&total);
}

/* In the window, beside it and across; each sum by hand. */
static void
check_totals(void)
{
    const double cancels[] = {0x1p900, 1.0, 0x1p-1074, -0x1p900, -1.0};
    const double small[] = {0x1p-160, 0x1p-162, -0x1p-161};
    const double half[] = {1.0, 0x1p-53, 0x1p-150};
    const double ends[] = {0x1.fffffffffffffp27, 0x1p-135, 0x1p28, -0x1p28};
    struct sst_twofold sum = total_of(cancels, 5);
    CHECK(sum.high == 0x1p-1074 && sum.low == 0.0);
    sum = total_of(small, 3);
    CHECK(sum.high == 0x1.8p-161 && sum.low == 0.0);
    sum = total_of(half, 3);
    CHECK(sum.high == 1.0 + 0x1p-52 && sum.low == -0x1p-53 + 0x1p-150);
    sum = total_of(ends, 4);
    CHECK(sum.high == 0x1.fffffffffffffp27 && sum.low == 0x1p-135);
    sum = total_of(NULL, 0);
    CHECK(sum.high == 0.0 && !signbit(sum.high) && sum.low == 0.0);
    struct sst_total many;
    sst_total_clear(&many);
    for (int i = 0; i < 1000; i++) {
        sst_total_add(&many, 0x1p27);
        sst_total_add(&many, i % 2 == 0 ? 0x1p-400 : -0x1p27);
    }
    sum = sst_total_get(&many);
    CHECK(sum.high == 500.0 * 0x1p27 && sum.low == 500.0 * 0x1p-400);
}

/* What has no index, and figures near the ends of the range. */
static void
check_ends(void)
{
    const double wrong[][3] = {{1.0, -1.0, 2.0}, {1.0, INFINITY, 2.0}, {0.0, 0.0, 0.0}};
    const double large[] = {0x1p1023, 0x1p1023, 0x1p1022}, tiny[] = {0x1p-1074, 0x1p-1073};
    double out[9], room[12], options[3] = {1.0, 0.0, 1.0};
    struct sst_lane lane = {.length = {3}, .out = out, .options = options, .room = room};
    sst_lane_function all[] = {sst_hhi,   sst_concentration_ratio, sst_entropy, sst_gini,
                               sst_theil, sst_theil_groups};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        for (int i = 0; i < 3; i++) {
            lane.in[0] = wrong[i];
            lane.in[2] = wrong[2];
            lane.length[2] = 3;
            lane.outs = 5;
            all[k](&lane);
            CHECK(isnan(out[0]) && isnan(out[1]) && isnan(out[2]));
            lane.length[0] = lane.length[2] = 0;
            all[k](&lane);
            CHECK(isnan(out[0]) && isnan(out[1]) && isnan(out[2]));
            lane.length[0] = 3;
        }
    lane.outs = 1;
    lane.in[0] = large;
    sst_hhi(&lane);
    CHECK(out[0] == 0.36); /* (4 + 4 + 1) / 25 */
    sst_gini(&lane);
    CHECK(out[0] == 2.0 / 15.0); /* 2 (1 + 2 * 2 + 3 * 2) / (3 * 5) - 4/3 */
    lane.in[0] = tiny;
    lane.length[0] = 2;
    sst_hhi(&lane);
    CHECK(out[0] == 5.0 / 9.0);
    const double apart[] = {0x1p1023, 0x1p-1074};
    lane.in[0] = apart;
    options[1] = SST_THEIL_L;
    sst_theil(&lane);
    CHECK(fabs(out[0] - (-log(2.0) + 0.5 * 2097.0 * log(2.0))) < 1e-12);
}

int
main(int argc, char **argv)
{
    check_order();
    check_stable();
    check_totals();
    check_ends();
    if (argc > 1)
        vectors_run(argv[1], "indices.txt", run);
    return check_summary();
}
