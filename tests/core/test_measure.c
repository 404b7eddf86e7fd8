/* SPDX-License-Identifier: MIT
 *
 * Concentration and inequality by cluster: the vectors, and the measures of single lanes.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "concentration.h"
#include "group_measure.h"
#include "inequality.h"

enum { ROWS = 3000, GROUPS = 11, MOST = 64 };

struct named {
    const char *name;
    sst_lane_function function;
    int rooms;
    int weighted;
};

static const struct named measures[] = {
    {"Clusters.concentration_ratio", sst_concentration_ratio, 0, 0},
    {"Clusters.gini", sst_gini, SST_GINI_ROOM, 1},
    {"Clusters.hhi", sst_hhi, 0, 0},
    {"Clusters.theil", sst_theil, 0, 1},
};

enum { MEASURES = sizeof measures / sizeof *measures };

static void
set_options(const struct vector *v, double *options)
{
    const char *normalized = vector_option(v, "normalized"), *scale = vector_option(v, "scale");
    options[0] = 1.0;
    options[1] = normalized != NULL && strcmp(normalized, "True") == 0 ? 1.0 : 0.0;
    options[2] = scale != NULL ? strtod(scale, NULL) : 1.0;
}

static int
run_vector(const struct vector *v)
{
    ptrdiff_t n = 0, codes_n = 0, weights_n = 0, groups = 0;
    const double *values = vector_input(v, "values", &n),
                 *code = vector_input(v, "codes", &codes_n);
    const double *weights = vector_input(v, "weights", &weights_n);
    const char *k = vector_option(v, "k");
    int32_t codes[MOST];
    double out[MOST], options[3];
    size_t m = 0;
    while (m < MEASURES && strcmp(v->name, measures[m].name) != 0)
        m++;
    if (m == MEASURES || values == NULL || code == NULL || n > MOST || n != codes_n)
        return 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        codes[i] = (int32_t)code[i];
        groups = codes[i] >= groups ? codes[i] + 1 : groups;
    }
    set_options(v, options);
    const struct sst_rows rows = {.rows = n,
                                  .values = (const char *)values,
                                  .step = sizeof *values,
                                  .kind = SST_FLOAT64,
                                  .weights = (const char *)weights,
                                  .weight_step = sizeof *weights,
                                  .codes = codes,
                                  .skip_missing = 1};
    const struct sst_group_measure measure = {.function = measures[m].function,
                                              .options = options,
                                              .rooms = measures[m].rooms,
                                              .weighted = measures[m].weighted,
                                              .most = k != NULL ? strtol(k, NULL, 10) : 1};
    const struct sst_output to = {(char *)out, sizeof *out, SST_FLOAT64};
    CHECK(sst_group_measure(&rows, groups, 1, &measure, &to) == SST_OK);
    vector_check(v, "value", out, groups);
    return 1;
}

/* The measure of the figures of one cluster, in a lane of their own. */
static double
of_lane(const struct named *measure, const double *options, const int64_t *values,
        const int32_t *codes, int32_t group)
{
    static double figures[ROWS], room[SST_GINI_ROOM * ROWS];
    double out;
    struct sst_lane lane = {
        .in = {figures}, .out = &out, .outs = 1, .options = options, .room = room};
    for (ptrdiff_t i = 0; i < ROWS; i++)
        if (codes[i] == group)
            figures[lane.length[0]++] = (double)values[i];
    measure->function(&lane);
    return out;
}

static void
test_lanes(int threads)
{
    static int64_t values[ROWS];
    static int32_t codes[ROWS];
    const double options[3] = {1.0, 0.0, 1.0};
    double out[GROUPS + 1];
    uint64_t state = 3;
    for (ptrdiff_t i = 0; i < ROWS; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407); /* Knuth */
        values[i] = (int64_t)(state >> 34);
        codes[i] = (int32_t)((state >> 20) % GROUPS);
    }
    const struct sst_rows rows = {.rows = ROWS,
                                  .values = (const char *)values,
                                  .step = sizeof *values,
                                  .kind = SST_INT64,
                                  .codes = codes,
                                  .skip_missing = 1};
    const struct sst_output to = {(char *)out, sizeof *out, SST_FLOAT64};
    for (size_t m = 0; m < MEASURES; m++) {
        const struct sst_group_measure measure = {.function = measures[m].function,
                                                  .options = options,
                                                  .rooms = measures[m].rooms,
                                                  .weighted = measures[m].weighted,
                                                  .most = 1};
        CHECK(sst_group_measure(&rows, GROUPS + 1, threads, &measure, &to) == SST_OK);
        for (int32_t g = 0; g < GROUPS; g++)
            CHECK(out[g] == of_lane(&measures[m], options, values, codes, g));
        CHECK(isnan(out[GROUPS]));
    }
}

static void
test_refused(void)
{
    const double values[] = {1.0, 2.0}, options[3] = {1.0, 0.0, 1.0};
    const int32_t codes[] = {0, 3};
    double out[4];
    const struct sst_rows rows = {.rows = 2,
                                  .values = (const char *)values,
                                  .step = sizeof *values,
                                  .kind = SST_FLOAT64,
                                  .codes = codes};
    const struct sst_output to = {(char *)out, sizeof *out, SST_FLOAT64},
                            whole = {(char *)out, sizeof *out, SST_INT64};
    struct sst_group_measure measure = {.function = sst_hhi, .options = options, .most = 1};
    CHECK(sst_group_measure(&rows, 3, 1, &measure, &to) == SST_CODE_RANGE);
    CHECK(sst_group_measure(&rows, 4, 1, &measure, &whole) == SST_BAD_ARGUMENT);
    measure.rooms = INT32_MAX - 1;
    measure.most = PTRDIFF_MAX;
    measure.min_count = 2;
    CHECK(sst_group_measure(&rows, 4, 0, &measure, &to) == SST_BAD_ARGUMENT);
    measure.most = 0;
    CHECK(sst_group_measure(&rows, 4, 1, &measure, &to) == SST_BAD_ARGUMENT);
}

int
main(int argc, char **argv)
{
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "structures.txt", run_vector);
    for (int threads = 1; threads <= 4; threads++)
        test_lanes(threads);
    test_refused();
    return check_summary();
}
