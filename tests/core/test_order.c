/* SPDX-License-Identifier: MIT
 *
 * Selection, different values, quantiles and weighted medians by cluster: the vectors, and large
 * inputs in difficult orders against qsort.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_order.h"
#include "group_sorted.h"
#include "grouped.h"
#include "parallel.h"
#include "random.h"
#include "rank.h"

enum { KEYS = 30000, GROUPS = 40, Q = 5 };

static void *
room(size_t bytes)
{
    void *made = malloc(bytes);
    if (made == NULL)
        abort();
    return made;
}

static int64_t
key_in_order(int order, ptrdiff_t i, ptrdiff_t n, uint64_t *state)
{
    uint64_t bits = random_bits(state);
    switch (order) {
    case 0:
        return (int64_t)bits;
    case 1:
        return i;
    case 2:
        return INT64_MAX - i;
    case 3:
        return i < n / 2 ? i : n - i;
    case 4:
        return (int64_t)(bits % 3);
    case 5:
        return (int64_t)(UINT64_C(1) << (bits % 64)); /* both ends of the range among them */
    default:
        return 7;
    }
}

static int
compare_keys(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void
test_ranks(int order, ptrdiff_t n)
{
    uint64_t state = (uint64_t)(order + 1);
    size_t bytes = (size_t)n * sizeof(int64_t);
    int64_t *keys = room(bytes), *sorted = room(bytes), *spare = room(bytes);
    ptrdiff_t distinct = 0, places[] = {0, 1, n / 3, n / 2, n - 2, n - 1};
    for (ptrdiff_t i = 0; i < n; i++)
        keys[i] = sorted[i] = key_in_order(order, i, n, &state);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_keys);
    for (ptrdiff_t i = 0; i < n; i++)
        distinct += i == 0 || sorted[i] != sorted[i - 1];
    for (size_t j = 0; j < sizeof places / sizeof *places; j++) {
        ptrdiff_t k = places[j] < 0 ? 0 : places[j] < n ? places[j] : n - 1;
        memcpy(spare, keys, bytes);
        CHECK(sst_rank_select(spare, n, k) == sorted[k]);
        CHECK(spare[k] == sorted[k]);
        CHECK(k + 1 == n || sst_rank_least(spare, k + 1, n) == sorted[k + 1]);
    }
    memcpy(spare, keys, bytes);
    CHECK(sst_rank_distinct(spare, n) == distinct);
    free(keys);
    free(sorted);
    free(spare);
}

static int
compare_reals(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Values that are whole, so that quarters of a difference are exact. */
static void
check_cluster(double *inside, ptrdiff_t n, const double *q, const double *got, int64_t distinct,
              double weighted)
{
    qsort(inside, (size_t)n, sizeof *inside, compare_reals);
    ptrdiff_t different = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        different += i == 0 || inside[i] < inside[i - 1] || inside[i] > inside[i - 1];
    CHECK(distinct == different);
    for (int j = 0; j < Q; j++) {
        double place = q[j] * (double)(n - 1);
        ptrdiff_t k = (ptrdiff_t)place, above = k + 1 < n ? k + 1 : k;
        double want = inside[k] + (inside[above] - inside[k]) * (place - (double)k);
        CHECK(got[(ptrdiff_t)j * GROUPS] == want);
    }
    CHECK(weighted == got[2 * GROUPS]);
}

static void
test_groups(int threads)
{
    static double values[KEYS], weights[KEYS], inside[KEYS], got[Q * GROUPS], weighted[GROUPS];
    static int32_t codes[KEYS];
    static int64_t distinct[GROUPS];
    const double q[Q] = {0.25, 0.75, 0.5, 0.0, 1.0};
    uint64_t state = 5;
    for (int i = 0; i < KEYS; i++) {
        values[i] = i % 101 == 3 ? (double)NAN : (double)(random_bits(&state) % 5000) - 2500;
        weights[i] = i % 103 == 3 ? (double)NAN : 0.1; /* sums of it round */
        codes[i] = (int32_t)(random_bits(&state) % (GROUPS + 1)) - 1;
    }
    struct sst_rows rows = {.rows = KEYS,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)weights,
                            .weight_step = sizeof *weights,
                            .codes = codes,
                            .skip_missing = 1};
    struct sst_order_output out = {(char *)got, sizeof *got, GROUPS * sizeof *got};
    struct sst_order_output other = {(char *)weighted, sizeof *weighted, 0};
    CHECK(sst_group_quantiles(&rows, GROUPS, threads, q, Q, 0, &out) == SST_OK);
    CHECK(sst_group_weighted_median(&rows, GROUPS, threads, 0, &other) == SST_OK);
    CHECK(sst_group_distinct(&rows, GROUPS, threads, (char *)distinct, sizeof *distinct) == SST_OK);
    for (int g = 0; g < GROUPS; g++) {
        ptrdiff_t n = 0;
        for (int i = 0; i < KEYS; i++)
            if (codes[i] == g && !isnan(values[i]) && !isnan(weights[i]))
                inside[n++] = values[i];
        check_cluster(inside, n, q, got + g, distinct[g], weighted[g]);
    }
}

/* Columns of few rows start no threads: there may be very many of them. */
static void
test_threads(void)
{
    double x[3] = {1.0, 2.0, 4.0};
    struct sst_rows rows = {
        .rows = 3, .values = (const char *)x, .step = sizeof *x, .kind = SST_FLOAT64};
    struct sst_sorted sorted;
    CHECK(sst_sorted_new(&sorted, &rows, 1, 8, 0) == SST_OK);
    CHECK(sorted.parts == 1 && sorted.kept == 3);
    sst_sorted_free(&sorted);
    CHECK(sst_parts_for(0, 8) == 1 && sst_parts_for(PTRDIFF_MAX, SST_MAX_THREADS) == 256);
}

static void
test_refused(void)
{
    double x[2] = {1.0, 2.0}, q = 1.5, got[2];
    int32_t codes[2] = {0, 2};
    struct sst_rows rows = {.rows = 2,
                            .values = (const char *)x,
                            .step = sizeof *x,
                            .kind = SST_FLOAT64,
                            .codes = codes};
    struct sst_order_output out = {(char *)got, sizeof *got, 0};
    CHECK(sst_group_quantiles(&rows, 3, 1, &q, 1, 0, &out) == SST_BAD_ARGUMENT);
    q = 0.5;
    CHECK(sst_group_quantiles(&rows, 2, 1, &q, 1, 0, &out) == SST_CODE_RANGE);
    CHECK(sst_group_quantiles(&rows, 3, 0, &q, 1, 0, &out) == SST_BAD_ARGUMENT);
    CHECK(sst_group_weighted_median(&rows, 3, 1, 0, &out) == SST_BAD_ARGUMENT);
    CHECK(sst_group_distinct(&rows, PTRDIFF_MAX, 1, (char *)got, sizeof *got) == SST_NO_MEMORY);
}

static int
run_vector(const struct vector *v)
{
    struct grouped g;
    ptrdiff_t places = 1;
    const double half = 0.5, *q = vector_input(v, "q", &places);
    double got[MOST];
    int64_t distinct[MOST];
    int median = strcmp(v->name, "Clusters.median") == 0;
    if (!load_grouped(v, &g))
        return 0;
    struct sst_order_output out = {(char *)got, sizeof *got, g.groups * (ptrdiff_t)sizeof *got};
    if (strcmp(v->name, "Clusters.nunique") == 0) {
        CHECK(sst_group_distinct(&g.rows, g.groups, 1, (char *)distinct, sizeof *distinct) ==
              SST_OK);
        for (ptrdiff_t k = 0; k < g.groups; k++)
            got[k] = (double)distinct[k];
        vector_check(v, "value", got, g.groups);
        return 1;
    }
    if (!median && (q == NULL || g.groups * places > MOST))
        return 0;
    ptrdiff_t count = median ? 1 : places;
    if (g.rows.weights != NULL)
        CHECK(sst_group_weighted_median(&g.rows, g.groups, 1, 0, &out) == SST_OK);
    else
        CHECK(sst_group_quantiles(&g.rows, g.groups, 1, median ? &half : q, count, 0, &out) ==
              SST_OK);
    vector_check(v, "value", got, g.groups * count);
    return 1;
}

int
main(int argc, char **argv)
{
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "orders.txt", run_vector);
    static const ptrdiff_t sizes[] = {1, 2, 16, 17, 100, 1001, KEYS};
    for (int order = 0; order < 7; order++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
            test_ranks(order, sizes[k]);
    for (int threads = 1; threads <= 4; threads++)
        test_groups(threads);
    test_threads();
    test_refused();
    return check_summary();
}
