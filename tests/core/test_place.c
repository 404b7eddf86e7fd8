/* SPDX-License-Identifier: MIT
 *
 * One row of each cluster: against a walk over the rows, and the vectors. `make core-test` builds
 * it a second time with blocks of few rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_place.h"

enum { ROWS = 20000, GROUPS = 150, MOST = 16 };

struct data {
    double values[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
};

static uint64_t
random_bits(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64, S. Vigna */
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Few different values, so that there are ties in all parts, and zeros of both signs. */
static struct data *
make_data(void)
{
    uint64_t state = 3;
    struct data *d = malloc(sizeof *d);
    if (d == NULL)
        abort();
    for (int i = 0; i < ROWS; i++) {
        d->values[i] = (double)((int)(random_bits(&state) % 7) - 3);
        if (i % 3 == 0)
            d->values[i] *= -1.0;
        if (random_bits(&state) % 11 == 0)
            d->values[i] = (double)NAN;
        d->weights[i] = random_bits(&state) % 5 == 0 ? (double)NAN : 2.0;
        d->codes[i] = (int32_t)(random_bits(&state) % (GROUPS + 1)) - 1;
        if (d->codes[i] == 3)
            d->codes[i] = 4; /* one cluster stays empty */
    }
    return d;
}

static struct sst_rows
rows_of(const struct data *d, int weighted, int skip)
{
    return (struct sst_rows){.rows = ROWS,
                             .values = (const char *)d->values,
                             .step = sizeof(double),
                             .kind = SST_FLOAT64,
                             .weights = weighted ? (const char *)d->weights : NULL,
                             .weight_step = sizeof(double),
                             .codes = d->codes,
                             .skip_missing = skip};
}

/* Whether a row takes the place of another one before it. */
static int
replaces(enum sst_place which, double x, double best)
{
    switch (which) {
    case SST_PLACE_FIRST:
        return 0;
    case SST_PLACE_LAST:
        return 1;
    case SST_PLACE_LEAST:
        return !isnan(best) && (isnan(x) || x < best);
    case SST_PLACE_GREATEST:
        return !isnan(best) && (isnan(x) || x > best);
    default:
        return 0;
    }
}

static void
oracle(const struct data *d, enum sst_place which, int weighted, int skip, int64_t *row,
       int64_t *count)
{
    for (int g = 0; g < GROUPS; g++) {
        row[g] = -1;
        count[g] = 0;
    }
    for (int i = 0; i < ROWS; i++) {
        int32_t g = d->codes[i];
        if (g < 0 || (skip && isnan(d->values[i])) || (weighted && isnan(d->weights[i])))
            continue;
        count[g]++;
        if (row[g] < 0 || replaces(which, d->values[i], d->values[row[g]]))
            row[g] = i;
    }
}

static void
test_places(void)
{
    struct data *d = make_data();
    int64_t want[GROUPS], counted[GROUPS], row[GROUPS], count[GROUPS];
    double value[GROUPS];
    for (int k = 0; k < 4 * 4 * 4; k++) {
        int which = k % 4, weighted = k / 4 % 2, skip = k / 8 % 2, threads = k / 16 + 1;
        struct sst_rows rows = rows_of(d, weighted, skip);
        struct sst_places *places;
        oracle(d, (enum sst_place)which, weighted, skip, want, counted);
        CHECK(sst_places_new(&places, GROUPS, threads) == SST_OK);
        /* Whatever it was used for before. */
        CHECK(sst_places_run(places, &rows, SST_PLACE_TRUE) == SST_OK);
        CHECK(sst_places_run(places, &rows, (enum sst_place)which) == SST_OK);
        sst_places_rows(places, 0, (char *)row, sizeof *row);
        sst_places_counts(places, (char *)count, sizeof *count);
        CHECK(memcmp(row, want, sizeof row) == 0);
        CHECK(memcmp(count, counted, sizeof count) == 0);
        sst_places_values(places, &rows, 120, (char *)value, sizeof *value);
        for (int g = 0; g < GROUPS; g++) {
            double one = counted[g] < 120 ? (double)NAN : d->values[want[g]];
            CHECK((isnan(one) && isnan(value[g])) || memcmp(&one, &value[g], sizeof one) == 0);
        }
        sst_places_free(places);
    }
    free(d);
}

/* The ends of the integer types: their keys are those of nothing and of the start. */
static void
test_integers(void)
{
    const int64_t values[] = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN, -1, 0};
    const int32_t codes[] = {0, 0, 1, 1, 2, 2};
    int64_t row[3], value[3];
    char truth[3];
    struct sst_rows rows = {.rows = 6,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_INT64,
                            .codes = codes};
    struct sst_places *places;
    CHECK(sst_places_new(&places, 3, 1) == SST_OK);
    for (int which = SST_PLACE_LEAST; which <= SST_PLACE_GREATEST; which++) {
        CHECK(sst_places_run(places, &rows, (enum sst_place)which) == SST_OK);
        sst_places_rows(places, 0, (char *)row, sizeof *row);
        CHECK(row[0] == 0 && row[1] == 2 && row[2] == (which == SST_PLACE_LEAST ? 4 : 5));
    }
    rows.kind = SST_UINT64; /* -1 is the greatest */
    CHECK(sst_places_run(places, &rows, SST_PLACE_GREATEST) == SST_OK);
    sst_places_rows(places, 0, (char *)row, sizeof *row);
    sst_places_values(places, &rows, 3, (char *)value, sizeof *value);
    CHECK(row[2] == 4 && value[0] == 0 && value[2] == 0);
    CHECK(sst_places_run(places, &rows, SST_PLACE_FALSE) == SST_OK);
    sst_places_truth(places, truth, 1);
    CHECK(truth[0] == 1 && truth[1] == 1 && truth[2] == 0);
    sst_places_free(places);
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
    struct sst_places *places;
    CHECK(sst_places_new(&places, -1, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_places_new(&places, 3, 0) == SST_BAD_ARGUMENT);
    CHECK(sst_places_new(&places, PTRDIFF_MAX, 1) == SST_NO_MEMORY);
    CHECK(sst_places_new(&places, 3, 2) == SST_OK);
    CHECK(sst_places_run(places, &rows, SST_PLACE_FIRST) == SST_CODE_RANGE);
    rows.codes = NULL;
    CHECK(sst_places_run(places, &rows, SST_PLACE_FIRST) == SST_BAD_ARGUMENT);
    sst_places_free(places);
}

static const struct {
    const char *name;
    enum sst_place which;
} names[] = {
    {"Clusters.first", SST_PLACE_FIRST},  {"Clusters.last", SST_PLACE_LAST},
    {"Clusters.argmin", SST_PLACE_LEAST}, {"Clusters.argmax", SST_PLACE_GREATEST},
    {"Clusters.any", SST_PLACE_TRUE},     {"Clusters.all", SST_PLACE_FALSE},
};

static void
run_places(const struct vector *v, enum sst_place which, const struct sst_rows *rows,
           ptrdiff_t groups)
{
    const char *min_count = vector_option(v, "min_count");
    int64_t least = min_count != NULL ? strtol(min_count, NULL, 10) : 0, row[MOST];
    char truth[MOST];
    double got[MOST];
    struct sst_places *places;
    CHECK(sst_places_new(&places, groups, 1) == SST_OK);
    CHECK(sst_places_run(places, rows, which) == SST_OK);
    sst_places_values(places, rows, least, (char *)got, sizeof *got);
    sst_places_rows(places, least, (char *)row, sizeof *row);
    sst_places_truth(places, truth, 1);
    for (ptrdiff_t g = 0; g < groups; g++) {
        if (which == SST_PLACE_LEAST || which == SST_PLACE_GREATEST)
            got[g] = (double)row[g];
        if (which == SST_PLACE_TRUE || which == SST_PLACE_FALSE)
            got[g] = truth[g];
    }
    sst_places_free(places);
    vector_check(v, "value", got, groups);
}

static int
run_vector(const struct vector *v)
{
    ptrdiff_t n, n_weights, n_codes, groups = vector_expected(v, "value");
    const char *skipna = vector_option(v, "skipna");
    const double *values = vector_input(v, "values", &n);
    const double *weights = vector_input(v, "weights", &n_weights);
    int64_t codes[MOST];
    vector_input(v, "codes", &n_codes);
    CHECK(n == n_codes && n <= MOST && groups <= MOST && (weights == NULL || n == n_weights));
    for (ptrdiff_t i = 0; i < n_codes && i < MOST; i++)
        codes[i] = (int64_t)vector_at(v, "codes", i);
    struct sst_rows rows = {.rows = n,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)weights,
                            .weight_step = sizeof *weights,
                            .codes = codes,
                            .wide_codes = 1,
                            .skip_missing = skipna == NULL || strcmp(skipna, "False") != 0};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strcmp(v->name, names[k].name) == 0) {
            run_places(v, names[k].which, &rows, groups);
            return 1;
        }
    return 0;
}

int
main(int argc, char **argv)
{
    test_places();
    test_integers();
    test_wrong_input();
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "places.txt", run_vector);
    return check_summary();
}
