/* SPDX-License-Identifier: MIT
 *
 * One row of each cluster, any and all: against a walk over the rows, and the vectors. `make
 * core-test` builds it a second time with blocks of few rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_place.h"
#include "group_truth.h"
#include "grouped.h"
#include "random.h"

enum { ROWS = 20000, GROUPS = 150 };

struct data {
    double values[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
};

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
        CHECK(sst_places_run(places, &rows, SST_PLACE_GREATEST) == SST_OK);
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

/* What the rows of each cluster that count are. */
struct met {
    int zeros[GROUPS];
    int others[GROUPS];
    int missing[GROUPS];
    int count[GROUPS];
};

/* Of the values as they are, or of the same bits as integers, of which -0 is not zero. */
static void
meet(const struct data *d, int weighted, int skip, int whole, struct met *met)
{
    *met = (struct met){.zeros = {0}};
    for (int i = 0; i < ROWS; i++) {
        double x = d->values[i];
        int32_t g = d->codes[i];
        int zero = x == 0.0 && (!whole || !signbit(x)), gone = !whole && isnan(x);
        if (g < 0 || (gone && skip) || (weighted && isnan(d->weights[i])))
            continue;
        met->count[g]++;
        met->missing[g] |= gone;
        met->zeros[g] |= zero;
        met->others[g] |= !gone && !zero;
    }
}

static void
test_truth(void)
{
    struct data *d = make_data();
    struct met met;
    char truth[GROUPS], unknown[GROUPS] = {0};
    for (int k = 0; k < 2 * 2 * 2 * 2 * 2 * 4; k++) {
        int every = k % 2, weighted = k / 2 % 2, whole = k / 4 % 2, skip = k / 8 % 2;
        int least = k / 16 % 2 ? 110 : 0, threads = k / 32 + 1, wrong = 0;
        int sure = skip && least == 0;
        struct sst_rows rows = rows_of(d, weighted, skip);
        rows.kind = whole ? SST_INT64 : SST_FLOAT64;
        meet(d, weighted, skip, whole, &met);
        CHECK(sst_group_truth(&rows, GROUPS, threads, every, least, truth, sure ? NULL : unknown,
                              1) == SST_OK);
        for (int g = 0; g < GROUPS; g++) {
            int decided = every ? met.zeros[g] : met.others[g];
            int lost = met.count[g] < least || (met.missing[g] && !decided);
            wrong += truth[g] != (!lost && (decided ? !every : every));
            wrong += !sure && unknown[g] != lost;
        }
        CHECK(wrong == 0);
    }
    free(d);
}

/* Each kind of rows that decides or does not, and none: a zero, another, a missing one. */
static void
test_unknown(void)
{
    const double gone = (double)NAN;
    const double values[] = {gone, 0.0, gone, 2.0, 0.0, gone, 0.0, 2.0};
    const int32_t codes[] = {0, 1, 1, 2, 3, 3, 4, 2};
    const char any[] = {0, 0, 1, 0, 0, 0}, any_lost[] = {1, 1, 0, 1, 0, 0};
    const char all[] = {0, 0, 1, 0, 0, 1}, all_lost[] = {1, 0, 0, 0, 0, 0};
    char truth[6], unknown[6];
    struct sst_rows rows = {.rows = 8,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes};
    CHECK(sst_group_truth(&rows, 6, 1, 0, 0, truth, unknown, 1) == SST_OK);
    CHECK(memcmp(truth, any, 6) == 0 && memcmp(unknown, any_lost, 6) == 0);
    CHECK(sst_group_truth(&rows, 6, 1, 1, 0, truth, unknown, 1) == SST_OK);
    CHECK(memcmp(truth, all, 6) == 0 && memcmp(unknown, all_lost, 6) == 0);
}

/* The ends of the integer types: their keys are those of nothing and of the start. */
static void
test_integers(void)
{
    const int64_t values[] = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN, -1, 0};
    const int32_t codes[] = {0, 0, 1, 1, 2, 2};
    int64_t row[3], value[3];
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
    char truth[3];
    rows.codes = codes;
    CHECK(sst_group_truth(&rows, 3, 1, 1, 0, truth, NULL, 1) == SST_BAD_ARGUMENT);
    rows.skip_missing = 1;
    CHECK(sst_group_truth(&rows, 3, 1, 1, 1, truth, NULL, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_group_truth(&rows, 3, 1, 1, -1, truth, truth, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_group_truth(&rows, 3, 1, 1, 0, truth, NULL, 1) == SST_CODE_RANGE);
    rows.codes = NULL;
    CHECK(sst_group_truth(&rows, 3, 1, 1, 0, truth, NULL, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_group_truth(&rows, 1, 0, 1, 0, truth, NULL, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_group_truth(&rows, PTRDIFF_MAX, 1, 1, 0, truth, NULL, 1) == SST_BAD_ARGUMENT);
    rows.codes = codes;
    CHECK(sst_group_truth(&rows, PTRDIFF_MAX, 1, 1, 0, truth, NULL, 1) == SST_NO_MEMORY);
}

static const struct {
    const char *name;
    enum sst_place which;
} names[] = {
    {"Clusters.first", SST_PLACE_FIRST},
    {"Clusters.last", SST_PLACE_LAST},
    {"Clusters.argmin", SST_PLACE_LEAST},
    {"Clusters.argmax", SST_PLACE_GREATEST},
};

static int64_t
least_of(const struct vector *v)
{
    const char *min_count = vector_option(v, "min_count");
    return min_count != NULL ? strtol(min_count, NULL, 10) : 0;
}

static void
run_places(const struct vector *v, enum sst_place which, const struct grouped *g)
{
    int64_t least = least_of(v), row[MOST];
    double got[MOST];
    struct sst_places *places;
    CHECK(sst_places_new(&places, g->groups, 1) == SST_OK);
    CHECK(sst_places_run(places, &g->rows, which) == SST_OK);
    sst_places_values(places, &g->rows, least, (char *)got, sizeof *got);
    sst_places_rows(places, least, (char *)row, sizeof *row);
    for (ptrdiff_t k = 0; k < g->groups; k++)
        if (which == SST_PLACE_LEAST || which == SST_PLACE_GREATEST)
            got[k] = (double)row[k];
    sst_places_free(places);
    vector_check(v, "value", got, g->groups);
}

static void
run_truth(const struct vector *v, int every, const struct grouped *g)
{
    char truth[MOST], unknown[MOST];
    double got[MOST];
    CHECK(sst_group_truth(&g->rows, g->groups, 1, every, least_of(v), truth, unknown, 1) == SST_OK);
    for (ptrdiff_t k = 0; k < g->groups; k++)
        got[k] = unknown[k] ? (double)NAN : truth[k];
    vector_check(v, "value", got, g->groups);
}

static int
run_vector(const struct vector *v)
{
    struct grouped g;
    int every = strcmp(v->name, "Clusters.all") == 0;
    if (!load_grouped(v, &g))
        return 0;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strcmp(v->name, names[k].name) == 0) {
            run_places(v, names[k].which, &g);
            return 1;
        }
    if (!every && strcmp(v->name, "Clusters.any") != 0)
        return 0;
    run_truth(v, every, &g);
    return 1;
}

int
main(int argc, char **argv)
{
    test_places();
    test_truth();
    test_unknown();
    test_integers();
    test_wrong_input();
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "places.txt", run_vector);
    return check_summary();
}
