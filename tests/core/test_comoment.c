/* SPDX-License-Identifier: MIT
 *
 * Covariances and slopes by cluster: the vectors, and tallies and states against totals by the
 * integer path row by row. `make core-test` builds it a second time with a budget of 8 additions.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_comoment.h"
#include "random.h"
#include "state.h"

enum { ROWS = 12000, GROUPS = 150, MOST = 64 };

struct data {
    double values[ROWS];
    double others[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
};

static double
random_figure(uint64_t *state, int spread)
{
    int shift = (int)(random_bits(state) % (unsigned)(spread + 1)) - 60;
    return ldexp((double)((int64_t)random_bits(state) >> 12), shift);
}

/* Figures over 2^`spread`, some missing, a few huge or subnormal; some rows in no cluster. */
static struct data *
make_data(int spread, int groups)
{
    uint64_t state = (uint64_t)spread + 17;
    struct data *d = malloc(sizeof *d);
    if (d == NULL)
        abort();
    for (int i = 0; i < ROWS; i++) {
        d->values[i] = random_figure(&state, spread);
        d->others[i] = random_figure(&state, spread / 2);
        d->weights[i] = ldexp((double)(random_bits(&state) >> 11), -50);
        if (i % 97 == 3)
            d->values[i] = (double)NAN;
        if (i % 83 == 3)
            d->others[i] = (double)NAN;
        if (i % 89 == 3)
            d->weights[i] = (double)NAN;
        if (i % 1009 == 1)
            d->values[i] = i % 2 ? 0x1.8p1000 : -0x1.8p-1060;
        if (i % 1501 == 1)
            d->others[i] = i % 2 ? -0x1.8p900 : 0x1.8p-1070;
        d->codes[i] = (int32_t)(random_bits(&state) % (unsigned)(groups + 1)) - 1;
    }
    return d;
}

static struct sst_rows
rows_of(const struct data *d, ptrdiff_t start, ptrdiff_t end, int weighted)
{
    return (struct sst_rows){.rows = end - start,
                             .values = (const char *)(d->values + start),
                             .step = sizeof(double),
                             .kind = SST_FLOAT64,
                             .weights = weighted ? (const char *)(d->weights + start) : NULL,
                             .weight_step = sizeof(double),
                             .codes = d->codes + start,
                             .skip_missing = 1,
                             .others = (const char *)(d->others + start),
                             .other_step = sizeof(double),
                             .other_kind = SST_FLOAT64};
}

/* x * y * w in two parts of a word of x * y each. */
static void
add_product(int64_t *digits, double x, double y, double w)
{
    struct sst_bits product = sst_bits_product(sst_bits_real(x), sst_bits_real(y));
    struct sst_bits upper = product;
    upper.low = product.high;
    upper.exponent += 64;
    product.high = upper.high = 0;
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(product, sst_bits_real(w)));
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(upper, sst_bits_real(w)));
}

/* Covariances and slopes by the integer path alone. */
static void
oracle(const struct data *d, int groups, int weighted, int64_t ddof, double *const out[2])
{
    enum { W, X, Y, XY, YY, TOTALS };
    for (int g = 0; g < groups; g++) {
        int64_t total[TOTALS][SST_GRID_LIMBS] = {{0}}, count = 0;
        struct sst_sum sum[TOTALS];
        for (int i = 0; i < ROWS; i++) {
            double x = d->values[i], y = d->others[i], w = weighted ? d->weights[i] : 1.0;
            if (d->codes[i] != g || isnan(x) || isnan(y) || isnan(w))
                continue;
            count++;
            add_product(total[W], 1.0, 1.0, w);
            add_product(total[X], x, 1.0, w);
            add_product(total[Y], 1.0, y, w);
            add_product(total[XY], x, y, w);
            add_product(total[YY], y, y, w);
        }
        for (int k = 0; k < TOTALS; k++) {
            sst_digits_carry(total[k], SST_GRID_LIMBS);
            sum[k] = (struct sst_sum){total[k], SST_GRID_LOW, SST_GRID_LIMBS, 0};
        }
        struct sst_comoments moments = {
            weighted ? &sum[W] : NULL, count, &sum[X], &sum[Y], &sum[XY], &sum[YY]};
        out[SST_COVARIANCE][g] = sst_round_covariance(&moments, ddof, 0);
        out[SST_SLOPE][g] = sst_round_slope(&moments, 0);
    }
}

static void
test_tally(int spread, int groups)
{
    struct data *d = make_data(spread, groups);
    double covariances[GROUPS], slopes[GROUPS], got[GROUPS];
    double *const want[2] = {covariances, slopes};
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    for (int weighted = 0; weighted < 2; weighted++) {
        oracle(d, groups, weighted, 1, want);
        for (int threads = 1; threads <= 3; threads++) {
            struct sst_pairs *pairs;
            struct sst_rows rows = rows_of(d, 0, ROWS, weighted);
            CHECK(sst_pairs_new(&pairs, groups, threads) == SST_OK);
            struct sst_comoment_result covariance = {SST_COVARIANCE, 1, 0},
                                       slope = {SST_SLOPE, 1, 0};
            CHECK(sst_pairs_run(pairs, &rows, SST_COVARIANCE) == SST_OK);
            CHECK(sst_pairs_finish(pairs, &slope, &out) == SST_BAD_ARGUMENT);
            CHECK(sst_pairs_finish(pairs, &covariance, &out) == SST_OK);
            CHECK(memcmp(got, want[SST_COVARIANCE], (size_t)groups * sizeof *got) == 0);
            CHECK(sst_pairs_run(pairs, &rows, SST_SLOPE) == SST_OK);
            CHECK(sst_pairs_finish(pairs, &covariance, &out) == SST_OK);
            CHECK(memcmp(got, want[SST_COVARIANCE], (size_t)groups * sizeof *got) == 0);
            CHECK(sst_pairs_finish(pairs, &slope, &out) == SST_OK);
            CHECK(memcmp(got, want[SST_SLOPE], (size_t)groups * sizeof *got) == 0);
            sst_pairs_free(pairs);
        }
    }
    free(d);
}

static void
states_of(const struct data *d, ptrdiff_t start, ptrdiff_t end, int weighted, struct sst_exact *to)
{
    struct sst_pairs *pairs;
    struct sst_rows rows = rows_of(d, start, end, weighted);
    CHECK(sst_pairs_new(&pairs, GROUPS, 2) == SST_OK);
    CHECK(sst_pairs_run(pairs, &rows, SST_SLOPE) == SST_OK);
    CHECK(sst_pairs_totals(pairs) == 4 + weighted);
    for (int k = 0; k < sst_pairs_totals(pairs); k++) {
        sst_pairs_plan_state(pairs, k, &to[k]);
        new_state(&to[k]);
        sst_pairs_state(pairs, k, &to[k]);
        CHECK(sst_exact_valid(&to[k]));
    }
    sst_pairs_free(pairs);
}

/* Chunks of growing size, merged one after another, give what one pass gives. */
static void
test_states(int spread, int weighted)
{
    struct data *d = make_data(spread, GROUPS);
    double covariances[GROUPS], slopes[GROUPS], got[GROUPS];
    double *const want[2] = {covariances, slopes};
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    struct sst_exact all[SST_COMOMENT_TOTALS], next[SST_COMOMENT_TOTALS], sum;
    int totals = 4 + weighted;
    oracle(d, GROUPS, weighted, 2, want);
    states_of(d, 0, 0, weighted, all);
    for (ptrdiff_t start = 0, end = 1; start < ROWS; start = end, end = 4 * end + 1) {
        states_of(d, start, end < ROWS ? end : ROWS, weighted, next);
        for (int k = 0; k < totals; k++) {
            sst_exact_plan_merge(&all[k], &next[k], &sum);
            new_state(&sum);
            sst_exact_merge(&all[k], &next[k], &sum);
            free_state(&all[k]);
            free_state(&next[k]);
            all[k] = sum;
        }
    }
    for (int which = 0; which < 2; which++) {
        struct sst_comoment_result result = {(enum sst_comoment)which, 2, 0};
        CHECK(sst_exact_finish_comoment(all, totals, &result, &out) == SST_OK);
        CHECK(memcmp(got, want[which], sizeof got) == 0);
        CHECK(sst_exact_finish_comoment(all, 3, &result, &out) == SST_BAD_ARGUMENT);
        result.ddof = -1;
        CHECK(sst_exact_finish_comoment(all, totals, &result, &out) == SST_BAD_ARGUMENT);
    }
    for (int k = 0; k < totals; k++)
        free_state(&all[k]);
    free(d);
}

/* The ends of the integer types, whose products have 128 bits: by hand. */
static void
test_integers(void)
{
    const int64_t values[] = {INT64_MIN, INT64_MAX, 0, 3}, others[] = {0, -1, 2, 5};
    const int32_t codes[] = {0, 0, 1, 1};
    double got[2];
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    struct sst_comoment_result covariance = {SST_COVARIANCE, 1, 0}, slope = {SST_SLOPE, 0, 0};
    struct sst_rows rows = {.rows = 4,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_INT64,
                            .codes = codes,
                            .others = (const char *)others,
                            .other_step = sizeof *others,
                            .other_kind = SST_UINT64};
    struct sst_pairs *pairs;
    CHECK(sst_pairs_new(&pairs, 2, 1) == SST_OK);
    CHECK(sst_pairs_run(pairs, &rows, SST_SLOPE) == SST_OK);
    CHECK(sst_pairs_finish(pairs, &covariance, &out) == SST_OK);
    CHECK(got[0] == 0x1p127 && got[1] == 4.5); /* (2^64 - 1)^2 / 2; 3 * 3 / 2 */
    CHECK(sst_pairs_finish(pairs, &slope, &out) == SST_OK);
    CHECK(got[0] == 1.0 && got[1] == 1.0);
    rows.other_kind = SST_INT64;
    CHECK(sst_pairs_run(pairs, &rows, SST_SLOPE) == SST_OK);
    CHECK(sst_pairs_finish(pairs, &slope, &out) == SST_OK);
    CHECK(got[0] == -0x1p64 && got[1] == 1.0); /* 2^64 - 1 over -1 */
    out.kind = SST_INT64;
    CHECK(sst_pairs_finish(pairs, &slope, &out) == SST_BAD_ARGUMENT);
    rows.others = NULL;
    CHECK(sst_pairs_run(pairs, &rows, SST_SLOPE) == SST_BAD_ARGUMENT);
    sst_pairs_free(pairs);
}

/* What an earlier run left is gone after one that failed, in whichever pass. */
static void
test_failures(void)
{
    const double values[] = {1.0, 2.0, 4.0}, others[] = {3.0, 7.0, 5.0};
    int32_t codes[] = {0, 0, 0};
    int64_t count;
    struct sst_rows rows = {.rows = 3,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes,
                            .others = (const char *)others,
                            .other_step = sizeof *others,
                            .other_kind = SST_FLOAT64};
    struct sst_pairs *pairs;
    CHECK(sst_pairs_new(&pairs, 1, 1) == SST_OK);
    for (int k = 0; k < 2; k++) {
        codes[2] = 0;
        rows.others = (const char *)others;
        CHECK(sst_pairs_run(pairs, &rows, SST_COVARIANCE) == SST_OK);
        sst_pairs_counts(pairs, (char *)&count, sizeof count);
        CHECK(count == 3);
        codes[2] = k;
        rows.others = k ? rows.others : NULL;
        CHECK(sst_pairs_run(pairs, &rows, SST_COVARIANCE) ==
              (k ? SST_CODE_RANGE : SST_BAD_ARGUMENT));
        sst_pairs_counts(pairs, (char *)&count, sizeof count);
        CHECK(count == 0);
    }
    sst_pairs_free(pairs);
}

/* More rows of the largest digits than one budget has: the limbs carry in time. */
static void
test_many_rows(void)
{
    const ptrdiff_t n = (ptrdiff_t)SST_EXACT_BUDGET + 3;
    const double value = 0x1.fffffffffffffp27, weight = 3.0;
    double got = -1.0;
    struct sst_output out = {(char *)&got, sizeof got, SST_FLOAT64};
    struct sst_comoment_result covariance = {SST_COVARIANCE, 1, 0};
    for (int weighted = 0; weighted < 2; weighted++) {
        struct sst_pairs *pairs;
        struct sst_rows rows = {.rows = n,
                                .values = (const char *)&value,
                                .kind = SST_FLOAT64,
                                .weights = weighted ? (const char *)&weight : NULL,
                                .others = (const char *)&value,
                                .other_kind = SST_FLOAT64};
        CHECK(sst_pairs_new(&pairs, 1, 2) == SST_OK);
        CHECK(sst_pairs_run(pairs, &rows, SST_COVARIANCE) == SST_OK);
        CHECK(sst_pairs_finish(pairs, &covariance, &out) == SST_OK);
        CHECK(got == 0.0);
        sst_pairs_free(pairs);
    }
}

static int
run(const struct vector *v)
{
    int is_slope = strcmp(v->name, "Clusters.slope") == 0;
    if (!is_slope && strcmp(v->name, "Clusters.covariance") != 0)
        return 0;
    ptrdiff_t n, many, groups = vector_expected(v, "value");
    const double *codes = vector_input(v, "codes", &many), *values = vector_input(v, "values", &n);
    const double *others = vector_input(v, "other", &many);
    const double *weights = vector_input(v, "weights", &many);
    const char *ddof = vector_option(v, "ddof");
    double got[MOST];
    int32_t narrow[MOST];
    if (n > MOST || groups > MOST)
        return 0;
    for (ptrdiff_t i = 0; i < n; i++)
        narrow[i] = (int32_t)codes[i];
    struct sst_rows rows = {.rows = n,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)weights,
                            .weight_step = sizeof *values,
                            .codes = narrow,
                            .skip_missing = 1,
                            .others = (const char *)others,
                            .other_step = sizeof *values,
                            .other_kind = SST_FLOAT64};
    struct sst_comoment_result result = {is_slope ? SST_SLOPE : SST_COVARIANCE,
                                         ddof ? strtol(ddof, NULL, 10) : 1, 0};
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    struct sst_pairs *pairs;
    CHECK(sst_pairs_new(&pairs, groups, 1) == SST_OK);
    CHECK(sst_pairs_run(pairs, &rows, result.which) == SST_OK);
    CHECK(sst_pairs_finish(pairs, &result, &out) == SST_OK);
    vector_check(v, "value", got, groups);
    sst_pairs_free(pairs);
    return 1;
}

int
main(int argc, char **argv)
{
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "comoments.txt", run);
    test_tally(4, 1);
    test_tally(10, 5);
    test_tally(60, GROUPS);
    test_tally(150, GROUPS);
    test_tally(700, 7);
    for (int weighted = 0; weighted < 2; weighted++) {
        test_states(8, weighted);
        test_states(100, weighted);
        test_states(700, weighted);
    }
    test_integers();
    test_failures();
    test_many_rows();
    return check_summary();
}
