/* SPDX-License-Identifier: MIT
 *
 * Projections against tests/vectors/projections.txt, and plans of any length.
 */
#include "projection.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "operands.h"
#include "target.h"

static int
is_geometric(const struct vector *v)
{
    const char *path = vector_option(v, "path");
    return path != NULL && strcmp(path, "\"geometric\"") == 0;
}

/* The value within its limits, where there are any. */
static void
limit(const struct vector *v, double *out, ptrdiff_t n)
{
    double floors[MOST], ceilings[MOST];
    ptrdiff_t given;
    int low = vector_input(v, "floor", &given) != NULL;
    int high = vector_input(v, "ceiling", &given) != NULL;
    for (ptrdiff_t i = 0; i < n; i++) {
        floors[i] = low ? vector_at(v, "floor", i) : (double)NAN;
        ceilings[i] = high ? vector_at(v, "ceiling", i) : (double)NAN;
    }
    struct sst_map map = {.n = n, .out = (char *)out, .out_step = sizeof *out};
    set_operand(&map, 0, out);
    set_operand(&map, 1, floors);
    set_operand(&map, 2, ceilings);
    sst_within_limits_f64(&map);
}

static int
run_projected(const struct vector *v)
{
    static const char *const names[] = {"baseline", "actual", "elapsed"};
    double values[MOST_INPUTS][MOST], planned[MOST], out[MOST];
    ptrdiff_t given;
    struct sst_map map;
    if (!load(v, names, 3, values, &map, out))
        return 0;
    if (is_geometric(v)) {
        sst_projected_geometric_f64(&map);
    } else {
        struct sst_map plan = {.n = map.n, .out = (char *)planned, .out_step = sizeof *planned};
        set_operand(&plan, 0, values[2]);
        sst_planned_linear_f64(&plan);
        if (vector_input(v, "path", &given) != NULL)
            for (ptrdiff_t i = 0; i < map.n; i++)
                planned[i] = vector_at(v, "path", i);
        set_operand(&map, 2, planned);
        sst_projected_share_f64(&map);
    }
    limit(v, out, map.n);
    vector_check(v, "value", out, map.n);
    return 1;
}

static int
run_time(const struct vector *v)
{
    static const char *const names[] = {"baseline", "actual", "target", "now"};
    double values[MOST_INPUTS][MOST], out[MOST];
    struct sst_map map;
    if (!load(v, names, 4, values, &map, out))
        return 0;
    for (ptrdiff_t i = 0; i < map.n; i++)
        values[3][i] -= vector_at(v, "start", i);
    (is_geometric(v) ? sst_span_geometric_f64 : sst_span_linear_f64)(&map);
    for (ptrdiff_t i = 0; i < map.n; i++)
        out[i] += vector_at(v, "start", i);
    vector_check(v, "value", out, map.n);
    return 1;
}

/* The share of the planned time, by the vector's path or plan. */
static int
earned(const struct vector *v, double *out, ptrdiff_t *n)
{
    static const char *const names[] = {"baseline", "actual", "target"};
    double values[MOST_INPUTS][MOST], done[MOST];
    ptrdiff_t periods = 0;
    struct sst_map map;
    if (!load(v, names, 3, values, &map, done))
        return 0;
    *n = map.n;
    (is_geometric(v) ? sst_earned_geometric_f64 : sst_progress_f64)(&map);
    const double *plan = vector_input(v, "plan", &periods);
    for (ptrdiff_t i = 0; i < map.n; i++) {
        struct sst_lane lane = {.in = {plan, &done[i]}, .length = {periods, 1}, .outs = 1};
        lane.out = &out[i];
        out[i] = done[i];
        if (plan != NULL)
            sst_earned_plan(&lane);
    }
    return 1;
}

static int
run_earned(const struct vector *v)
{
    double out[MOST];
    ptrdiff_t n, given;
    if (!earned(v, out, &n))
        return 0;
    int timed = vector_input(v, "duration", &given) != NULL;
    for (ptrdiff_t i = 0; i < n; i++)
        out[i] *= timed ? vector_at(v, "duration", i) : 1.0;
    vector_check(v, "value", out, n);
    return 1;
}

static int
run_rate(const struct vector *v, sst_map_function linear, sst_map_function geometric)
{
    static const char *const names[] = {"baseline", "actual", "target", "elapsed"};
    double values[MOST_INPUTS][MOST], share[MOST], out[MOST];
    ptrdiff_t n, given;
    struct sst_map map;
    if (!load(v, names, 4, values, &map, out))
        return 0;
    if (vector_input(v, "plan", &given) != NULL) {
        if (!earned(v, share, &n))
            return 0;
        set_operand(&map, 0, share);
        set_operand(&map, 1, values[3]);
        sst_to_complete_share_f64(&map);
    } else {
        (is_geometric(v) ? geometric : linear)(&map);
    }
    vector_check(v, "value", out, map.n);
    return 1;
}

static int
run(const struct vector *v)
{
    if (strcmp(v->name, "projected_value") == 0)
        return run_projected(v);
    if (strcmp(v->name, "attainment_time") == 0)
        return run_time(v);
    if (strcmp(v->name, "earned_time") == 0)
        return run_earned(v);
    if (strcmp(v->name, "to_complete") == 0)
        return run_rate(v, sst_to_complete_linear_f64, sst_to_complete_geometric_f64);
    if (strcmp(v->name, "required_acceleration") == 0)
        return run_rate(v, sst_acceleration_linear_f64, sst_acceleration_geometric_f64);
    return 0;
}

static double
earned_of(const double *plan, ptrdiff_t periods, double done)
{
    double out = 7.0;
    struct sst_lane lane = {.in = {plan, &done}, .length = {periods, 1}, .out = &out, .outs = 1};
    sst_earned_plan(&lane);
    return out;
}

/* By the definition: plans that stand still, start with nothing, have a gap, or no period. */
static void
test_plans(void)
{
    const double still[] = {0.0, 0.5, 0.5, 1.0}, gap[] = {0.5, NAN};
    CHECK(earned_of(still, 4, 0.0) == 0.25);
    CHECK(earned_of(still, 4, 0.25) == 0.375);
    CHECK(earned_of(still, 4, 0.5) == 0.75);
    CHECK(earned_of(still, 4, 0.75) == 0.875);
    CHECK(isnan(earned_of(still, 4, -0.25)));
    CHECK(isnan(earned_of(still, 4, NAN)));
    CHECK(earned_of(still, 4, INFINITY) == 1.0);
    CHECK(isnan(earned_of(gap, 2, 0.25)));
    CHECK(isnan(earned_of(still, 0, 0.5)));
}

/* Integers that doubles cannot tell apart are subtracted as integers. */
static void
test_whole_forms(void)
{
    int64_t baseline[] = {INT64_C(9007199254740993)}, target[] = {INT64_C(9007199254740997)};
    uint64_t actual[] = {UINT64_C(9007199254740994)};
    double number[] = {0.5}, out[1];
    struct sst_map map = {.n = 1,
                          .in = {(char *)baseline, (char *)actual, (char *)target, (char *)number},
                          .step = {8, 8, 8, 8},
                          .out = (char *)out,
                          .out_step = 8};
    sst_to_complete_linear_i64_u64_i64(&map);
    CHECK(out[0] == 1.5);
    sst_acceleration_linear_i64_u64_i64(&map);
    CHECK(out[0] == 3.0);
    sst_span_linear_i64_u64_i64(&map);
    CHECK(out[0] == 2.0);
    map.in[2] = (char *)number;
    sst_projected_share_i64_u64(&map);
    CHECK(out[0] == 9007199254740996.0); /* 2^53 + 3 is half-way between doubles */
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "projections.txt", run);
    test_plans();
    test_whole_forms();
    return check_summary();
}
