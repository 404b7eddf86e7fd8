/* SPDX-License-Identifier: MIT
 *
 * Two periods by cluster: the vectors, and totals at the ends of the range.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "exact_change.h"
#include "group_pair.h"
#include "state.h"

enum { MOST = 64 };

/* A state of totals, in memory of its own. */
static void
add_up(const struct sst_rows *rows, ptrdiff_t groups, struct sst_exact *state)
{
    struct sst_tally *tally;
    CHECK(sst_tally_new(&tally, groups, 1) == SST_OK);
    CHECK(sst_tally_run(tally, rows, rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES) ==
          SST_OK);
    sst_tally_plan_state(tally, 0, state);
    new_state(state);
    sst_tally_state(tally, 0, state);
    sst_tally_free(tally);
}

static void
change_of(const struct sst_two_periods *pairs, ptrdiff_t groups, enum sst_change_form form,
          enum sst_change_base base, int64_t min_count, double *out)
{
    int32_t codes[MOST];
    struct sst_exact state[4];
    for (int all = 0; all < 2; all++) {
        struct sst_rows rows = pairs->start;
        CHECK(sst_pair_codes(pairs, groups, all, codes) == SST_OK);
        rows.codes = codes;
        rows.wide_codes = 0;
        add_up(&rows, all ? 1 : groups, &state[2 * all]);
        rows.values = pairs->end;
        rows.step = pairs->end_step;
        add_up(&rows, all ? 1 : groups, &state[2 * all + 1]);
    }
    const struct sst_change_states states = {&state[0], &state[1], &state[2], &state[3]};
    CHECK(sst_exact_finish_change(&states, form, base, min_count, 0, out) == SST_OK);
    for (int k = 0; k < 4; k++)
        free_state(&state[k]);
}

static int64_t
least_of(const struct vector *v)
{
    const char *least = vector_option(v, "min_count");
    return least != NULL ? strtol(least, NULL, 10) : 0;
}

static int
growing_vector(const struct vector *v, const struct sst_two_periods *pairs, ptrdiff_t groups)
{
    int32_t codes[MOST];
    int64_t present[MOST], growing[MOST];
    double share[MOST], got[MOST];
    CHECK(sst_pair_codes(pairs, groups, 0, codes) == SST_OK);
    CHECK(sst_pair_growing(pairs, groups, codes, least_of(v), present, growing, share) == SST_OK);
    for (ptrdiff_t g = 0; g < groups; g++)
        got[g] = (double)present[g];
    vector_check(v, "present", got, groups);
    for (ptrdiff_t g = 0; g < groups; g++)
        got[g] = (double)growing[g];
    vector_check(v, "growing", got, groups);
    vector_check(v, "share", share, groups);
    return 1;
}

static int
run_vector(const struct vector *v)
{
    static const char *const names[] = {"Clusters.growth", "Clusters.contribution",
                                        "Clusters.contribution_share"};
    static const char *const bases[] = {"'ieee'", "'nan'", "'abs'"};
    ptrdiff_t n = 0, end_n = 0, codes_n = 0, weights_n = 0, groups = 0;
    const double *start = vector_input(v, "start", &n), *end = vector_input(v, "end", &end_n);
    const double *code = vector_input(v, "codes", &codes_n);
    const double *weights = vector_input(v, "weights", &weights_n);
    int64_t codes[MOST];
    double out[MOST];
    if (start == NULL || end == NULL || code == NULL || n > MOST || n != codes_n || n != end_n)
        return 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        codes[i] = (int64_t)code[i];
        groups = codes[i] >= groups ? (ptrdiff_t)codes[i] + 1 : groups;
    }
    struct sst_two_periods pairs = {.start = {.rows = n,
                                              .values = (const char *)start,
                                              .step = sizeof *start,
                                              .kind = SST_FLOAT64,
                                              .weights = (const char *)weights,
                                              .weight_step = sizeof *weights,
                                              .codes = codes,
                                              .wide_codes = 1,
                                              .skip_missing = 1},
                                    .end = (const char *)end,
                                    .end_step = sizeof *end};
    if (strcmp(v->name, "Clusters.growing") == 0)
        return growing_vector(v, &pairs, groups);
    int form = 0, base = 0;
    const char *policy = vector_option(v, "base");
    while (form < SST_CHANGE_FORMS && strcmp(v->name, names[form]) != 0)
        form++;
    while (policy != NULL && base < SST_CHANGE_BASES && strcmp(policy, bases[base]) != 0)
        base++;
    if (form == SST_CHANGE_FORMS || base == SST_CHANGE_BASES)
        return 0;
    change_of(&pairs, groups, (enum sst_change_form)form, (enum sst_change_base)base, least_of(v),
              out);
    vector_check(v, "value", out, groups);
    return 1;
}

/* (end - start) / start of two figures, by the way of the states. */
static double
growth(double start, double end)
{
    const int32_t code = 0;
    struct sst_two_periods pairs = {.start = {.rows = 1,
                                              .values = (const char *)&start,
                                              .step = sizeof start,
                                              .kind = SST_FLOAT64,
                                              .codes = &code},
                                    .end = (const char *)&end,
                                    .end_step = sizeof end};
    double out;
    change_of(&pairs, 1, SST_CHANGE_GROWTH, SST_CHANGE_IEEE, 0, &out);
    return out;
}

static void
test_range(void)
{
    CHECK(growth(0x1p-1074, 0x1p-1073) == 1.0);
    CHECK(growth(0x1p-1074, 0x1p1023) == (double)INFINITY);
    CHECK(growth(0x1p1023, 0x1p-1074) == -1.0); /* 1 - 2^-2097 */
    CHECK(growth(-0x1p1023, 0x1p1023) == -2.0);
    CHECK(growth(1.0, 1.0 + 0x1p-52) == 0x1p-52);
    CHECK(growth(0x1p500, 0x1p-500) == -1.0);
    CHECK(growth(3.0, 3.0) == 0.0 && !signbit(growth(3.0, 3.0)) && !signbit(growth(-3.0, -3.0)));
    CHECK(growth(0.0, -1.0) == -(double)INFINITY);
    CHECK(isnan(growth(0.0, 0.0)) && isnan(growth((double)INFINITY, 1.0)));
    CHECK(growth(1.0, (double)INFINITY) == (double)INFINITY);
}

/* Of 2^-1074 times a weight of 2^-1074 a double has nothing left. */
static void
test_signs(void)
{
    const double values[] = {0x1p-1074, -0x1p-1074, 0.0, 1.0, -1.0, (double)INFINITY, 0x1p1000},
                 weights[] = {0x1p-1074, 0x1p-1074, 1.0, 1.0, 1.0, 1.0, 1.0};
    const int32_t codes[] = {0, 1, 2, 2, 2, 3, 4};
    const int8_t want[] = {1, -1, 0, 1, 1, 0};
    int8_t got[6];
    struct sst_rows rows = {.rows = 7,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)weights,
                            .weight_step = sizeof *weights,
                            .codes = codes,
                            .skip_missing = 1};
    struct sst_exact state;
    add_up(&rows, 6, &state);
    sst_exact_signs(&state, got);
    CHECK(memcmp(got, want, sizeof want) == 0);
    free_state(&state);
}

static void
test_kinds(void)
{
    const int32_t codes[] = {0, 0, 1};
    const int64_t start[] = {INT64_MAX - 1, -5, 7}, end[] = {INT64_MAX, -6, 7};
    const uint64_t wide_start[] = {UINT64_MAX - 1, 1, 2}, wide_end[] = {UINT64_MAX, 0, 3};
    const float single_start[] = {1.0F, (float)NAN, 1.0F}, single_end[] = {2.0F, 3.0F, 0.5F};
    int32_t got[3];
    int64_t present[2], growing[2];
    double share[2];
    struct sst_two_periods pairs = {.start = {.rows = 3,
                                              .values = (const char *)start,
                                              .step = sizeof *start,
                                              .kind = SST_INT64,
                                              .codes = codes},
                                    .end = (const char *)end,
                                    .end_step = sizeof *end};
    CHECK(sst_pair_codes(&pairs, 2, 0, got) == SST_OK);
    CHECK(sst_pair_growing(&pairs, 2, got, 0, present, growing, share) == SST_OK);
    CHECK(present[0] == 2 && growing[0] == 1 && share[0] == 0.5 && growing[1] == 0);
    pairs.start.values = (const char *)wide_start;
    pairs.start.kind = SST_UINT64;
    pairs.end = (const char *)wide_end;
    CHECK(sst_pair_growing(&pairs, 2, got, 0, present, growing, share) == SST_OK);
    CHECK(growing[0] == 1 && growing[1] == 1);
    pairs.start.values = (const char *)single_start;
    pairs.start.step = pairs.end_step = sizeof *single_start;
    pairs.start.kind = SST_FLOAT32;
    pairs.end = (const char *)single_end;
    CHECK(sst_pair_codes(&pairs, 2, 0, got) == SST_OK);
    CHECK(got[0] == 0 && got[1] == -1 && got[2] == 1);
    CHECK(sst_pair_growing(&pairs, 2, got, 0, present, growing, share) == SST_OK);
    CHECK(present[0] == 1 && growing[0] == 1 && present[1] == 1 && growing[1] == 0);
    CHECK(sst_pair_codes(&pairs, 1, 0, got) == SST_CODE_RANGE);
    CHECK(sst_pair_growing(&pairs, 1, codes, 0, present, growing, share) == SST_CODE_RANGE);
    CHECK(sst_pair_codes(&pairs, -1, 0, got) == SST_BAD_ARGUMENT);
    CHECK(sst_pair_growing(&pairs, -1, codes, 0, present, growing, share) == SST_BAD_ARGUMENT);
}

static void
test_refused(void)
{
    struct sst_exact one = {.groups = 1}, two = {.groups = 2};
    const struct sst_change_states states = {&one, &two, NULL, NULL},
                                   wide = {&two, &two, &two, &one};
    double out[2];
    CHECK(sst_exact_finish_change(&states, SST_CHANGE_GROWTH, SST_CHANGE_IEEE, 0, 0, out) ==
          SST_BAD_ARGUMENT);
    CHECK(sst_exact_finish_change(&wide, SST_CHANGE_SHARE, SST_CHANGE_IEEE, 0, 0, out) ==
          SST_BAD_ARGUMENT);
}

int
main(int argc, char **argv)
{
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "changes.txt", run_vector);
    test_range();
    test_signs();
    test_kinds();
    test_refused();
    return check_summary();
}
