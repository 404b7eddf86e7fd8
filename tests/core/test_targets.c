/* SPDX-License-Identifier: MIT
 *
 * Target measures against tests/vectors/targets.txt, and differences of 64-bit integers.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "destination.h"
#include "met.h"
#include "operands.h"
#include "target.h"
#include "whole.h"

static int
run_plain(const struct vector *v, sst_map_function function, const char *const *names, int inputs)
{
    double values[MOST_INPUTS][MOST], out[MOST];
    struct sst_map map;
    if (!load(v, names, inputs, values, &map, out))
        return 0;
    function(&map);
    vector_check(v, "value", out, map.n);
    return 1;
}

/* A measure that takes sides. */
static int
run_sided(const struct vector *v, sst_map_function function)
{
    static const char *const names[] = {"actual", "target", "target_high"};
    const char *better = vector_option(v, "better");
    double values[MOST_INPUTS][MOST], out[MOST];
    struct sst_map map;
    if (better == NULL || !load(v, names, 3, values, &map, out))
        return 0;
    int8_t side = strcmp(better, "\"higher\"") == 0 ? 1 : strcmp(better, "\"lower\"") == 0 ? -1 : 0;
    map.in[3] = (const char *)&side;
    map.step[3] = 0;
    function(&map);
    vector_check(v, "value", out, map.n);
    return 1;
}

/* Whether a target is met; a truth value is a byte. */
static int
run_met(const struct vector *v)
{
    static const char *const names[] = {"actual", "target", "target_high", "tolerance"};
    const char *better = vector_option(v, "better"), *strict = vector_option(v, "strict");
    ptrdiff_t given;
    double values[MOST_INPUTS][MOST] = {{0}}, out[MOST];
    unsigned char bits[MOST];
    struct sst_map map;
    if (better == NULL || !load(v, names, 3, values, &map, out))
        return 0;
    if (vector_input(v, "tolerance", &given) != NULL && !load(v, names, 4, values, &map, out))
        return 0;
    set_operand(&map, 3, values[3]);
    int side = strcmp(better, "\"higher\"") == 0 ? 1 : strcmp(better, "\"lower\"") == 0 ? -1 : 0;
    int8_t code = (int8_t)(side + (strict != NULL ? SST_MET_STRICT : 0));
    map.in[4] = (const char *)&code;
    map.step[4] = 0;
    map.out = (char *)bits;
    map.out_step = 1;
    sst_met_f64(&map);
    for (ptrdiff_t i = 0; i < map.n; i++)
        out[i] = bits[i];
    vector_check(v, "value", out, map.n);
    return 1;
}

static int
run_attainment(const struct vector *v)
{
    static const char *const names[] = {"actual", "target"};
    const char *method = vector_option(v, "method");
    if (method == NULL)
        return run_plain(v, sst_attainment_ratio_f64, names, 2);
    if (strcmp(method, "\"inverse\"") == 0)
        return run_plain(v, sst_attainment_inverse_f64, names, 2);
    return strcmp(method, "\"reflected\"") == 0 && run_sided(v, sst_attainment_reflected_f64);
}

/* The planned share by the vector's path, then the measure. */
static int
run_paced(const struct vector *v, sst_map_function function)
{
    static const char *const names[] = {"baseline", "actual", "target", "elapsed"};
    const char *path = vector_option(v, "path");
    double values[MOST_INPUTS][MOST], planned[MOST], out[MOST], given[MOST];
    ptrdiff_t paths;
    struct sst_map map, plan = {.out = (char *)planned, .out_step = sizeof *planned};
    if (!load(v, names, 4, values, &map, out))
        return 0;
    plan.n = map.n;
    if (path != NULL) {
        set_operand(&plan, 0, values[0]);
        set_operand(&plan, 1, values[2]);
        set_operand(&plan, 2, values[3]);
        sst_planned_geometric_f64(&plan);
    } else if (vector_input(v, "path", &paths) != NULL) {
        for (ptrdiff_t i = 0; i < map.n; i++)
            given[i] = vector_at(v, "path", i);
        set_operand(&plan, 0, given);
        set_operand(&plan, 1, values[3]);
        sst_planned_given_f64(&plan);
    } else {
        set_operand(&plan, 0, values[3]);
        sst_planned_linear_f64(&plan);
    }
    set_operand(&map, 3, planned);
    function(&map);
    vector_check(v, "value", out, map.n);
    return 1;
}

static int
run_expected(const struct vector *v)
{
    static const char *const on_time[] = {"baseline", "target", "elapsed"};
    static const char *const on_path[] = {"baseline", "target", "path"};
    const char *path = vector_option(v, "path");
    double values[MOST_INPUTS][MOST], planned[MOST], out[MOST];
    ptrdiff_t paths;
    struct sst_map map;
    if (path != NULL)
        return strcmp(path, "\"geometric\"") == 0 &&
               run_plain(v, sst_expected_geometric_f64, on_time, 3);
    if (vector_input(v, "path", &paths) != NULL)
        return run_plain(v, sst_expected_share_f64, on_path, 3);
    if (!load(v, on_time, 3, values, &map, out))
        return 0;
    struct sst_map plan = {.n = map.n, .out = (char *)planned, .out_step = sizeof *planned};
    set_operand(&plan, 0, values[2]);
    sst_planned_linear_f64(&plan);
    set_operand(&map, 2, planned);
    sst_expected_share_f64(&map);
    vector_check(v, "value", out, map.n);
    return 1;
}

static int
run(const struct vector *v)
{
    static const char *const figures[] = {"baseline", "actual", "target"};
    static const char *const periods[] = {"actual", "target", "periods"};
    if (strcmp(v->name, "progress") == 0)
        return run_plain(v, sst_progress_f64, figures, 3);
    if (strcmp(v->name, "gap") == 0)
        return run_sided(v, sst_gap_f64);
    if (strcmp(v->name, "relative_gap") == 0)
        return run_sided(v, sst_relative_gap_f64);
    if (strcmp(v->name, "met") == 0)
        return run_met(v);
    if (strcmp(v->name, "attainment") == 0)
        return run_attainment(v);
    if (strcmp(v->name, "required_growth") == 0)
        return run_plain(v, sst_required_growth_f64, periods, 3);
    if (strcmp(v->name, "required_change") == 0)
        return run_plain(v, sst_required_change_f64, periods, 3);
    if (strcmp(v->name, "expected_value") == 0)
        return run_expected(v);
    if (strcmp(v->name, "pace") == 0)
        return run_paced(v, sst_pace_f64);
    if (strcmp(v->name, "schedule_lead") == 0)
        return run_paced(v, sst_schedule_lead_f64);
    return 0;
}

/* 2^64 - 1, 2^63 and the like, whose differences need up to 65 bits. */
static void
test_whole_differences(void)
{
    struct sst_whole least = sst_whole_i64(INT64_MIN), most = sst_whole_u64(UINT64_MAX);
    struct sst_whole top = sst_whole_i64(INT64_MAX), zero = sst_whole_u64(0);
    CHECK(sst_whole_difference(least, zero) == -0x1p63);
    CHECK(sst_whole_difference(zero, least) == 0x1p63);
    CHECK(sst_whole_difference(most, least) == 0x1.8p64);
    CHECK(sst_whole_difference(least, most) == -0x1.8p64);
    CHECK(sst_whole_difference(top, least) == 0x1p64);
    CHECK(sst_whole_difference(most, sst_whole_u64(UINT64_MAX - 1)) == 1.0);
    CHECK(sst_whole_difference(sst_whole_i64(-5), sst_whole_i64(-3)) == -2.0);
    CHECK(!signbit(sst_whole_difference(least, least)));
    /* 2^64 + 2^12 + 1 lies just above the middle of two doubles: the sticky bit decides. */
    struct sst_whole odd = sst_whole_u64(UINT64_MAX - 2);
    CHECK(sst_whole_difference(odd, sst_whole_i64(-2052)) == 0x1.0000000000001p64);
    CHECK(sst_whole_difference(odd, sst_whole_i64(-2051)) == 0x1p64);
}

/* The forms for integers agree with the doubles where those are exact, and beyond. */
static void
test_whole_forms(void)
{
    int64_t baseline[] = {10, INT64_C(9007199254740993)};
    uint64_t actual[] = {15, UINT64_C(9007199254740994)};
    int64_t target[] = {30, INT64_C(9007199254740997)};
    double out[2];
    struct sst_map map = {.n = 2,
                          .in = {(char *)baseline, (char *)actual, (char *)target},
                          .step = {8, 8, 8},
                          .out = (char *)out,
                          .out_step = 8};
    sst_progress_i64_u64_i64(&map);
    CHECK(out[0] == 0.25 && out[1] == 0.25);
    int8_t side = -1;
    map.in[3] = (char *)&side;
    sst_gap_i64_u64_i64(&map);
    CHECK(out[0] == -5.0 && out[1] == -1.0);
}

/* 2^53 + 1 against a target and a tolerance that doubles cannot tell from it. */
static void
test_whole_verdicts(void)
{
    int64_t actual[] = {INT64_C(9007199254740992), 0, INT64_MIN};
    uint64_t target[] = {UINT64_C(9007199254740993), UINT64_C(9007199254740993), UINT64_MAX};
    double tolerance[] = {0.0, 0x1p53, 0x1.8p64};
    const int8_t codes[] = {1, 1, 1};
    unsigned char out[3];
    struct sst_map map = {
        .n = 3,
        .in = {(char *)actual, (char *)target, (char *)target, (char *)tolerance, (char *)codes},
        .step = {8, 8, 8, 8, 1},
        .out = (char *)out,
        .out_step = 1};
    sst_met_i64_u64_u64(&map);
    CHECK(out[0] == 0 && out[1] == 0 && out[2] == 1);
    tolerance[0] = 1.0;
    tolerance[1] = 0x1.0000000000001p53;
    tolerance[2] = 0x1.7ffffffffffffp64;
    sst_met_i64_u64_u64(&map);
    CHECK(out[0] == 1 && out[1] == 1 && out[2] == 0);
}

/* The nearest place of a range keeps all digits of integers. */
static void
test_nearer_ends(void)
{
    int64_t from[] = {1, INT64_MAX, 7}, low[] = {5, 5, 5};
    int64_t high[] = {INT64_MAX - 1, INT64_MAX - 1, INT64_MAX - 1}, whole[3] = {0};
    struct sst_map map = {.n = 3,
                          .in = {(char *)from, (char *)low, (char *)high},
                          .step = {8, 8, 8},
                          .out = (char *)whole,
                          .out_step = 8};
    sst_nearer_end_i64(&map);
    CHECK(whole[0] == 5 && whole[1] == INT64_MAX - 1 && whole[2] == 7);
    double real[] = {1.0, 9.0, NAN}, ends[] = {2.0, 2.0, 2.0}, tops[] = {3.0, NAN, 3.0}, out[3];
    set_operand(&map, 0, real);
    set_operand(&map, 1, ends);
    set_operand(&map, 2, tops);
    map.out = (char *)out;
    sst_nearer_end_f64(&map);
    CHECK(out[0] == 2.0 && out[1] == 2.0 && isnan(out[2]));
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "targets.txt", run);
    test_whole_differences();
    test_whole_forms();
    test_whole_verdicts();
    test_nearer_ends();
    return check_summary();
}
