/* SPDX-License-Identifier: MIT
 *
 * Variances by cluster: tallies and states against totals by the integer path row by row, and
 * the arithmetic of big integers. `make core-test` builds it a second time with a budget of 8
 * additions. The rounding itself is checked by the vectors (test_exact.c).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "exact_big.h"
#include "group.h"
#include "random.h"
#include "state.h"

enum { ROWS = 20000, GROUPS = 150 };

struct data {
    double values[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
};

/* Values over 2^`spread`, some missing, a few huge or subnormal; some rows in no cluster. */
static struct data *
make_data(int spread, int groups)
{
    uint64_t state = (uint64_t)spread + 11;
    struct data *d = malloc(sizeof *d);
    if (d == NULL)
        abort();
    for (int i = 0; i < ROWS; i++) {
        int shift = (int)(random_bits(&state) % (unsigned)(spread + 1)) - 60;
        d->values[i] = ldexp((double)((int64_t)random_bits(&state) >> 12), shift);
        d->weights[i] = ldexp((double)(random_bits(&state) >> 11), -50);
        if (i % 97 == 3)
            d->values[i] = (double)NAN;
        if (i % 89 == 3)
            d->weights[i] = (double)NAN;
        if (i % 1009 == 1)
            d->values[i] = i % 2 ? 0x1.8p1000 : -0x1.8p-1060;
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
                             .skip_missing = 1};
}

/* x * x * w in two parts of a word of the square each. */
static void
add_square(int64_t *digits, double x, double w)
{
    struct sst_bits square = sst_bits_product(sst_bits_real(x), sst_bits_real(x)), upper = square;
    upper.low = square.high;
    upper.exponent += 64;
    square.high = upper.high = 0;
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(square, sst_bits_real(w)));
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(upper, sst_bits_real(w)));
}

/* Variances by the integer path alone. */
static void
oracle(const struct data *d, int groups, int weighted, int64_t ddof, double *out)
{
    for (int g = 0; g < groups; g++) {
        int64_t total[3][SST_GRID_LIMBS] = {{0}};
        int64_t count = 0;
        for (int i = 0; i < ROWS; i++) {
            double x = d->values[i], w = weighted ? d->weights[i] : 1.0;
            if (d->codes[i] != g || isnan(x) || isnan(w))
                continue;
            count++;
            sst_digits_add_bits(total[0], SST_GRID_LOW, sst_bits_real(w));
            sst_digits_add_bits(total[1], SST_GRID_LOW,
                                sst_bits_product(sst_bits_real(x), sst_bits_real(w)));
            add_square(total[2], x, w);
        }
        struct sst_sum sum[3];
        for (int k = 0; k < 3; k++) {
            sst_digits_carry(total[k], SST_GRID_LIMBS);
            sum[k] = (struct sst_sum){total[k], SST_GRID_LOW, SST_GRID_LIMBS, 0};
        }
        struct sst_moments moments = {weighted ? &sum[0] : NULL, count, sum[1], sum[2]};
        out[g] = sst_round_variance(&moments, ddof, 0);
    }
}

static void
test_tally(int spread, int groups)
{
    struct data *d = make_data(spread, groups);
    double want[GROUPS], got[GROUPS];
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    for (int weighted = 0; weighted < 2; weighted++) {
        enum sst_addend addend = weighted ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES;
        oracle(d, groups, weighted, 1, want);
        for (int threads = 1; threads <= 4; threads++) {
            struct sst_tally *tally;
            struct sst_rows rows = rows_of(d, 0, ROWS, weighted);
            CHECK(sst_tally_new(&tally, groups, threads) == SST_OK);
            /* Whatever it was used for before. */
            CHECK(sst_tally_run(tally, &rows, weighted ? SST_ADD_PRODUCTS : SST_ADD_VALUES) ==
                  SST_OK);
            CHECK(sst_tally_finish_variance(tally, 1, 0, 0, &out) == SST_BAD_ARGUMENT);
            for (int root = 0; root < 2; root++) {
                CHECK(sst_tally_run(tally, &rows, addend) == SST_OK);
                CHECK(sst_tally_finish_variance(tally, 1, root, 0, &out) == SST_OK);
                for (int g = 0; g < groups; g++) {
                    double one = root ? sqrt(want[g]) : want[g];
                    CHECK(memcmp(&got[g], &one, sizeof one) == 0);
                }
            }
            sst_tally_free(tally);
        }
    }
    free(d);
}

static void
states_of(const struct data *d, ptrdiff_t start, ptrdiff_t end, int weighted, struct sst_exact *to)
{
    struct sst_tally *tally;
    struct sst_rows rows = rows_of(d, start, end, weighted);
    enum sst_addend addend = weighted ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES;
    CHECK(sst_tally_new(&tally, GROUPS, 2) == SST_OK);
    CHECK(sst_tally_run(tally, &rows, addend) == SST_OK);
    for (int k = 0; k < sst_totals_of(addend); k++) {
        sst_tally_plan_state(tally, k, &to[k]);
        new_state(&to[k]);
        sst_tally_state(tally, k, &to[k]);
        CHECK(sst_exact_valid(&to[k]));
    }
    sst_tally_free(tally);
}

/* Chunks of growing size, merged one after another, give what one pass gives. */
static void
test_states(int spread, int weighted)
{
    struct data *d = make_data(spread, GROUPS);
    double want[GROUPS], got[GROUPS];
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    struct sst_exact all[3], next[3], sum;
    int totals = 2 + weighted;
    oracle(d, GROUPS, weighted, 2, want);
    states_of(d, 0, 0, weighted, all);
    for (ptrdiff_t start = 0, end = 1; start < ROWS; start = end, end = 3 * end + 1) {
        states_of(d, start, end < ROWS ? end : ROWS, weighted, next);
        for (int k = 0; k < totals; k++) {
            sst_exact_plan_merge(&all[k], &next[k], &sum);
            new_state(&sum);
            sst_exact_merge(&all[k], &next[k], &sum);
            CHECK(sst_exact_valid(&sum));
            free_state(&all[k]);
            free_state(&next[k]);
            all[k] = sum;
        }
    }
    CHECK(sst_exact_finish_variance(all, totals, 2, 0, 0, &out) == SST_OK);
    CHECK(memcmp(got, want, sizeof got) == 0);
    CHECK(sst_exact_finish_variance(all, 1, 2, 0, 0, &out) == SST_BAD_ARGUMENT);
    CHECK(sst_exact_finish_variance(all, totals, -1, 0, 0, &out) == SST_BAD_ARGUMENT);
    for (int k = 0; k < totals; k++)
        free_state(&all[k]);
    free(d);
}

/* The ends of the integer types, whose squares have 128 bits: by hand. */
static void
test_integers(void)
{
    const int64_t values[] = {INT64_MIN, INT64_MAX, INT64_MIN, INT64_MIN + 2, -1, 1, 0};
    const int32_t codes[] = {0, 0, 1, 1, 2, 2, 2};
    double got[3];
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    struct sst_rows rows = {.rows = 7,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_INT64,
                            .codes = codes};
    struct sst_tally *tally;
    CHECK(sst_tally_new(&tally, 3, 1) == SST_OK);
    CHECK(sst_tally_run(tally, &rows, SST_ADD_SQUARES) == SST_OK);
    CHECK(sst_tally_finish_variance(tally, 1, 0, 0, &out) == SST_OK);
    CHECK(got[0] == 0x1p127 && got[1] == 2.0 && got[2] == 1.0); /* (2^64 - 1)^2 / 2 */
    rows.kind = SST_UINT64;
    CHECK(sst_tally_run(tally, &rows, SST_ADD_SQUARES) == SST_OK);
    CHECK(sst_tally_finish_variance(tally, 1, 1, 0, &out) == SST_OK);
    CHECK(got[0] == sqrt(0.5) && got[1] == sqrt(2.0)); /* 2^63 and 2^63 - 1; 2 apart */
    out.kind = SST_INT64;
    CHECK(sst_tally_finish_variance(tally, 1, 0, 0, &out) == SST_BAD_ARGUMENT);
    sst_tally_free(tally);
}

/* More rows of the largest digits than one budget has: the limbs carry in time. */
static void
test_many_rows(void)
{
    const ptrdiff_t n = (ptrdiff_t)SST_EXACT_BUDGET + 3;
    const double value = 0x1.fffffffffffffp27, weight = 3.0;
    double got = -1.0;
    struct sst_output out = {(char *)&got, sizeof got, SST_FLOAT64};
    for (int weighted = 0; weighted < 2; weighted++) {
        struct sst_tally *tally;
        struct sst_rows rows = {.rows = n,
                                .values = (const char *)&value,
                                .kind = SST_FLOAT64,
                                .weights = weighted ? (const char *)&weight : NULL};
        CHECK(sst_tally_new(&tally, 1, 2) == SST_OK);
        CHECK(sst_tally_run(tally, &rows, weighted ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES) ==
              SST_OK);
        CHECK(sst_tally_finish_variance(tally, 1, 0, 0, &out) == SST_OK);
        CHECK(got == 0.0);
        sst_tally_free(tally);
    }
}

/* (a + b)(a - b) - a a + b b is zero, and (a b) / b is a, of numbers of any sizes and signs. */
static void
test_big_integers(void)
{
    uint64_t state = 5;
    for (int k = 0; k < 5000; k++) {
        struct sst_big a, b, sum, difference, product, square;
        int64_t digits[2][3];
        for (int j = 0; j < 6; j++)
            digits[j / 3][j % 3] = (int64_t)random_bits(&state) >> (27 + random_bits(&state) % 37);
        struct sst_sum x = {digits[0], (int)(random_bits(&state) % 9), 3, 0};
        struct sst_sum y = {digits[1], (int)(random_bits(&state) % 9), 3, 0};
        sst_digits_carry(digits[0], 3);
        sst_digits_carry(digits[1], 3);
        sst_big_from_sum(&difference, &x);
        sst_big_from_sum(&b, &y);
        sst_big_subtract(&difference, &b);
        sst_big_from_sum(&sum, &x);
        sst_big_from_sum(&b, &y);
        b.negative = !b.negative;
        sst_big_subtract(&sum, &b);
        sst_big_multiply(&product, &sum, &difference);
        sst_big_from_sum(&a, &x);
        sst_big_multiply(&square, &a, &a);
        sst_big_subtract(&product, &square);
        sst_big_from_sum(&b, &y);
        sst_big_multiply(&square, &b, &b);
        square.negative = 1;
        sst_big_subtract(&product, &square);
        CHECK(sst_big_length(&product) == 0);
        sst_big_multiply(&product, &a, &b);
        if (sst_big_length(&b) != 0)
            CHECK(sst_big_round_quotient(&product, &b, 0) == sst_round_sum(&x, 0));
    }
}

int
main(void)
{
    test_tally(4, 1);
    test_tally(10, 5);
    test_tally(60, GROUPS);
    test_tally(150, GROUPS);
    test_tally(800, 7);
    for (int weighted = 0; weighted < 2; weighted++) {
        test_states(8, weighted);
        test_states(100, weighted);
        test_states(800, weighted);
    }
    test_integers();
    test_many_rows();
    test_big_integers();
    return check_summary();
}
