/* SPDX-License-Identifier: MIT
 *
 * The greatest values by cluster: against sorted values, and the vectors. `make core-test` builds
 * it a second time with blocks of few rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_top.h"
#include "grouped.h"
#include "random.h"

enum { ROWS = 20000, GROUPS = 60, PLACES_MOST = 700 };

struct data {
    double values[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
};

/* Values with ties, some missing, in rising order at the end, and an empty cluster. */
static struct data *
make_data(void)
{
    uint64_t state = 8;
    struct data *d = malloc(sizeof *d);
    if (d == NULL)
        abort();
    for (int i = 0; i < ROWS; i++) {
        d->values[i] = (double)((int64_t)(random_bits(&state) % 400) - 200) + 0.5;
        if (i > ROWS / 2)
            d->values[i] += i;
        if (random_bits(&state) % 11 == 0)
            d->values[i] = (double)NAN;
        d->weights[i] = random_bits(&state) % 5 == 0 ? (double)NAN : 2.0;
        d->codes[i] = (int32_t)(random_bits(&state) % (GROUPS + 1)) - 1;
        if (d->codes[i] == 3)
            d->codes[i] = 4;
        if (d->codes[i] % 4 == 1 && isnan(d->values[i]))
            d->values[i] = 0.5; /* some clusters have no missing value */
    }
    return d;
}

static int
descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* The values of a cluster that are there, sorted; how many it is to give. */
static int
oracle(const struct data *d, int group, int weighted, int skip, int least, double *sorted)
{
    int n = 0, missing = 0;
    for (int i = 0; i < ROWS; i++) {
        if (d->codes[i] != group || (weighted && isnan(d->weights[i])))
            continue;
        if (isnan(d->values[i]))
            missing++;
        else
            sorted[n++] = d->values[i];
    }
    qsort(sorted, (size_t)n, sizeof *sorted, descending);
    return (missing > 0 && !skip) || n < least ? 0 : n;
}

static void
test_tops(int most, int places, int weighted, int skip, int least)
{
    struct data *d = make_data();
    double *got = malloc((size_t)GROUPS * PLACES_MOST * sizeof *got),
           *want = malloc(sizeof d->values);
    int64_t count[GROUPS];
    if (got == NULL || want == NULL)
        abort();
    struct sst_rows rows = {.rows = ROWS,
                            .values = (const char *)d->values,
                            .step = sizeof(double),
                            .kind = SST_FLOAT64,
                            .weights = weighted ? (const char *)d->weights : NULL,
                            .weight_step = sizeof(double),
                            .codes = d->codes,
                            .skip_missing = skip};
    for (int threads = 1; threads <= 4; threads++) {
        struct sst_tops *tops;
        CHECK(sst_tops_new(&tops, GROUPS, most, threads) == SST_OK);
        for (int again = 0; again < 2; again++) {
            rows.skip_missing = again && skip; /* whatever it was used for before */
            CHECK(sst_tops_run(tops, &rows, again ? least : ROWS) == SST_OK);
        }
        sst_tops_values(tops, places, (char *)got, places * (ptrdiff_t)sizeof *got);
        sst_tops_counts(tops, (char *)count, sizeof *count);
        for (int g = 0; g < GROUPS; g++) {
            int n = oracle(d, g, weighted, skip, least, want), wrong = 0;
            CHECK(count[g] == n);
            for (int i = 0; i < places; i++) {
                double x = got[g * places + i];
                wrong += i < n && i < most ? x != want[i] : !isnan(x);
            }
            CHECK(wrong == 0);
        }
        sst_tops_free(tops);
    }
    free(got);
    free(want);
    free(d);
}

/* The ends of the integer types, signed and not. */
static void
test_integers(void)
{
    const int64_t values[] = {INT64_MIN, INT64_MAX, 0, -1};
    int64_t got[4], count;
    struct sst_rows rows = {
        .rows = 4, .values = (const char *)values, .step = sizeof *values, .kind = SST_INT64};
    struct sst_tops *tops;
    CHECK(sst_tops_new(&tops, 1, 4, 1) == SST_OK);
    CHECK(sst_tops_run(tops, &rows, 0) == SST_OK);
    sst_tops_values(tops, 4, (char *)got, sizeof got);
    CHECK(got[0] == INT64_MAX && got[1] == 0 && got[2] == -1 && got[3] == INT64_MIN);
    rows.kind = SST_UINT64;
    rows.rows = 3;
    CHECK(sst_tops_run(tops, &rows, 0) == SST_OK);
    sst_tops_values(tops, 4, (char *)got, sizeof got);
    sst_tops_counts(tops, (char *)&count, sizeof count);
    CHECK(got[0] == INT64_MIN && got[1] == INT64_MAX && got[2] == 0 && got[3] == 0 && count == 3);
    sst_tops_free(tops);
}

static void
test_wrong_input(void)
{
    const double values[] = {1.0, 2.0};
    int32_t codes[] = {0, 3};
    struct sst_rows rows = {.rows = 2,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes};
    struct sst_tops *tops;
    CHECK(sst_tops_new(&tops, 3, 0, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_tops_new(&tops, -1, 1, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_tops_new(&tops, 3, PTRDIFF_MAX, 1) == SST_NO_MEMORY);
    CHECK(sst_tops_new(&tops, 3, PTRDIFF_MAX / 4, 1) == SST_NO_MEMORY);
    CHECK(sst_tops_new(&tops, PTRDIFF_MAX, 1, 1) == SST_NO_MEMORY);
    CHECK(sst_tops_new(&tops, 3, 2, 2) == SST_OK);
    CHECK(sst_tops_run(tops, &rows, 0) == SST_CODE_RANGE);
    rows.codes = NULL;
    CHECK(sst_tops_run(tops, &rows, 0) == SST_BAD_ARGUMENT);
    sst_tops_free(tops);
}

static int
run_vector(const struct vector *v)
{
    struct grouped g;
    const char *option = vector_option(v, "k");
    const char *min_count = vector_option(v, "min_count");
    ptrdiff_t k = option != NULL ? strtol(option, NULL, 10) : 0;
    int64_t least = min_count != NULL ? strtol(min_count, NULL, 10) : 0;
    double got[MOST];
    struct sst_tops *tops;
    if (strcmp(v->name, "Clusters.top") != 0 || k < 1 || !load_grouped(v, &g) ||
        k * g.groups > MOST)
        return 0;
    CHECK(sst_tops_new(&tops, g.groups, k, 1) == SST_OK);
    CHECK(sst_tops_run(tops, &g.rows, least) == SST_OK);
    sst_tops_values(tops, k, (char *)got, k * (ptrdiff_t)sizeof *got);
    sst_tops_free(tops);
    vector_check(v, "value", got, k * g.groups);
    return 1;
}

int
main(int argc, char **argv)
{
    test_tops(1, 1, 0, 1, 0);
    test_tops(2, 3, 0, 0, 0);
    test_tops(10, 10, 1, 1, 260);
    test_tops(10, 10, 1, 0, 260);
    test_tops(PLACES_MOST, PLACES_MOST, 0, 1, 0);
    test_integers();
    test_wrong_input();
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "tops.txt", run_vector);
    return check_summary();
}
