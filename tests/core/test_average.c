/* SPDX-License-Identifier: MIT
 *
 * Average growth and its companions against tests/vectors/averages.txt.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annualize.h"
#include "average.h"
#include "check.h"
#include "twofold_log.h"

enum { MOST = 32 };

struct method {
    const char *name; /* literal of the option */
    sst_lane_function function;
};

static const struct method methods[] = {
    {"\"geometric\"", sst_average_geometric},         {"\"exponential\"", sst_average_exponential},
    {"\"arithmetic\"", sst_average_arithmetic},       {"\"cumulative\"", sst_average_cumulative},
    {"\"least_squares\"", sst_average_least_squares},
};

static sst_lane_function
find_method(const struct vector *v)
{
    const char *name = vector_option(v, "method");
    if (name == NULL)
        return sst_average_geometric;
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(methods[k].name, name) == 0)
            return methods[k].function;
    return NULL;
}

static int
run_average(const struct vector *v)
{
    struct sst_lane lane = {.outs = 1};
    for (int k = 0; k < 3; k++)
        lane.in[k] = vector_input(v,
                                  k == 0   ? "values"
                                  : k == 1 ? "time"
                                           : "weights",
                                  &lane.length[k]);
    double time[MOST], out;
    sst_lane_function function = find_method(v);
    if (function == NULL || lane.length[0] > MOST)
        return 0;
    for (ptrdiff_t i = 0; i < lane.length[0]; i++)
        time[i] = lane.length[1] > 0 ? lane.in[1][i] - lane.in[1][0] : (double)i;
    lane.in[1] = time;
    lane.length[1] = lane.length[0];
    const char *text = vector_option(v, "min_coverage");
    double coverage = text == NULL ? 0.5 : strtod(text, NULL);
    lane.options = &coverage;
    lane.out = &out;
    function(&lane);
    vector_check(v, "value", &out, 1);
    return 1;
}

static int
run_map(const struct vector *v, sst_map_function function, const char *const *names, int inputs)
{
    double values[2][MOST], out[MOST];
    struct sst_map map = {.out = (char *)out, .out_step = sizeof *out};
    map.n = vector_expected(v, "value");
    if (map.n > MOST)
        return 0;
    for (int k = 0; k < inputs; k++) {
        for (ptrdiff_t i = 0; i < map.n; i++)
            values[k][i] = vector_at(v, names[k], i);
        map.in[k] = (const char *)values[k];
        map.step[k] = sizeof(double);
    }
    function(&map);
    vector_check(v, "value", out, map.n);
    return 1;
}

static int
run(const struct vector *v)
{
    static const char *const rates[] = {"rate", "factor"};
    static const char *const figures[] = {"start", "end"};
    const char *method = vector_option(v, "method");
    if (strcmp(v->name, "average_growth") == 0)
        return run_average(v);
    if (strcmp(v->name, "annualize") == 0 && method == NULL)
        return run_map(v, sst_annualize_compound_f64, rates, 2);
    if (strcmp(v->name, "annualize") == 0 && strcmp(method, "\"linear\"") == 0)
        return run_map(v, sst_annualize_linear_f64, rates, 2);
    if (strcmp(v->name, "doubling_time") == 0)
        return run_map(v, sst_doubling_time_f64, rates, 1);
    if (strcmp(v->name, "doublings") == 0)
        return run_map(v, sst_doublings_f64, figures, 2);
    return 0;
}

/* Kernels fill all their results, and give NaN where inputs differ in length. */
static void
check_lanes(void)
{
    const double values[] = {1, 2, 4}, time[] = {0, 1, 2}, half = 0.5;
    double out[2];
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
        struct sst_lane lane = {.in = {values, time, values},
                                .length = {3, 3, 0},
                                .out = out,
                                .outs = 2,
                                .options = &half};
        out[0] = out[1] = -9.0;
        methods[k].function(&lane);
        CHECK(out[0] == out[1] && fabs(out[0] - (k == 1 ? log(2.0) : 1.0)) < 1e-15);
        lane.length[1] = 2;
        methods[k].function(&lane);
        CHECK(isnan(out[0]) && isnan(out[1]));
        lane.length[1] = 3;
        lane.length[2] = 2;
        methods[k].function(&lane);
        CHECK(isnan(out[0]) == (k == 4));
        lane.length[0] = lane.length[1] = lane.length[2] = 0;
        methods[k].function(&lane);
        CHECK(isnan(out[0]) && isnan(out[1]));
    }
}

static int
near(struct sst_twofold got, double high, double low)
{
    double away = (got.high - high) + (got.low - low);
    return fabs(away) <= fabs(high) * 0x1p-63;
}

/* ln 3, ln 10, ln(1 + 1e-9) and ln(2^-1073) as sums of two doubles, from 60 decimal digits. */
static void
check_logarithms(void)
{
    const struct sst_twofold one = {1.0, 0.0}, three = {3.0, 0.0}, ten = {10.0, 0.0};
    CHECK(near(sst_twofold_log_ratio(three, one, 0), 0x1.193ea7aad030bp+0, -0x1.a256f99caabebp-54));
    CHECK(near(sst_twofold_log_ratio(ten, one, 0), 0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53));
    CHECK(near(sst_twofold_log_ratio(one, ten, 0), -0x1.26bb1bbb55516p+1, 0x1.f48ad494ea3e9p-53));
    CHECK(near(sst_twofold_log1p((struct sst_twofold){1e-9, 0.0}), 0x1.12e0be801f1d9p-30,
               0x1.73146f77b063ap-84));
    struct sst_twofold least = {0x1p-1074, 0.0}, two = {2.0, 0.0};
    CHECK(near(sst_twofold_log_ratio(least, two, 2), -0x1.73df9b3adb335p+9, 0x1.837b664e1febcp-47));
    struct sst_twofold same = sst_twofold_log_ratio(ten, ten, 0);
    CHECK(same.high == 0.0 && same.low == 0.0);
}

/* Whole figures that are no doubles: log2(1 + 2^-60) is 2^-60 / ln 2 to 18 digits. */
static void
check_integers(void)
{
    int64_t start = INT64_C(1) << 60, end = start + 1;
    uint64_t far = UINT64_C(1) << 63;
    double out;
    struct sst_map map = {
        .n = 1, .in = {(char *)&start, (char *)&end}, .out = (char *)&out, .out_step = sizeof out};
    sst_doublings_i64_i64(&map);
    CHECK(fabs(out / 0x1.71547652b82fep-60 - 1.0) < 1e-15);
    map.in[1] = (char *)&far;
    sst_doublings_i64_u64(&map);
    CHECK(out == 3.0);
}

/* float32 computes in double and rounds once. */
static void
check_floats(void)
{
    float rate = 0.05F, factor = 4.0F, out;
    struct sst_map map = {.n = 1,
                          .in = {(char *)&rate, (char *)&factor},
                          .out = (char *)&out,
                          .out_step = sizeof out};
    sst_annualize_compound_f32(&map);
    CHECK(out == (float)expm1(4.0 * log1p((double)rate)));
    sst_annualize_linear_f32(&map);
    CHECK(out == 4.0F * rate);
    sst_doubling_time_f32(&map);
    CHECK(out == (float)(log(2.0) / log1p((double)rate)));
    sst_doublings_f32(&map);
    CHECK(out == (float)log2(4.0 / (double)rate));
}

int
main(int argc, char **argv)
{
    check_lanes();
    check_logarithms();
    check_integers();
    check_floats();
    if (argc > 1)
        vectors_run(argv[1], "averages.txt", run);
    return check_summary();
}
