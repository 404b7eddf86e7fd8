/* SPDX-License-Identifier: MIT
 *
 * Tallies, states and extremes by cluster, against the integer path row by row.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group.h"
#include "random.h"
#include "select.h"
#include "state.h"

enum { ROWS = 20000, GROUPS = 300 };

struct data {
    double values[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
    int64_t wide[ROWS];
};

/* Values over 2^`spread`, some missing, a few huge or subnormal; some rows in no cluster. */
static struct data *
make_data(int spread, int groups)
{
    uint64_t state = (uint64_t)spread + 7;
    struct data *d = malloc(sizeof *d);
    if (d == NULL)
        abort();
    for (int i = 0; i < ROWS; i++) {
        uint64_t pick = random_bits(&state);
        d->values[i] =
            ldexp((double)(int64_t)random_bits(&state), (int)(pick % (unsigned)(spread + 1)) - 60);
        d->weights[i] = ldexp((double)(random_bits(&state) >> 11), -50);
        if (pick >> 40 == 5 || i % 97 == 3)
            d->values[i] = (double)NAN;
        if (i % 89 == 3)
            d->weights[i] = (double)NAN;
        if (i % 1009 == 1)
            d->values[i] = i % 2 ? 0x1.8p1000 : -0x1.8p-1060;
        d->codes[i] = (int32_t)(random_bits(&state) % (unsigned)(groups + 1)) - 1;
        d->wide[i] = d->codes[i];
    }
    return d;
}

static struct sst_rows
rows_of(const struct data *d, ptrdiff_t start, ptrdiff_t end, int weighted, int wide)
{
    const void *codes = wide ? (const void *)(d->wide + start) : (const void *)(d->codes + start);
    return (struct sst_rows){.rows = end - start,
                             .values = (const char *)(d->values + start),
                             .step = sizeof(double),
                             .kind = SST_FLOAT64,
                             .weights = weighted ? (const char *)(d->weights + start) : NULL,
                             .weight_step = sizeof(double),
                             .codes = codes,
                             .wide_codes = wide,
                             .skip_missing = 1};
}

/* Sums by the integer path alone. */
static void
oracle(const struct data *d, int groups, enum sst_addend addend, double *out)
{
    for (int g = 0; g < groups; g++) {
        int64_t digits[SST_GRID_LIMBS] = {0};
        for (int i = 0; i < ROWS; i++) {
            struct sst_bits bits = sst_bits_real(d->values[i]);
            if (d->codes[i] != g || isnan(d->values[i]))
                continue;
            if (addend != SST_ADD_VALUES && isnan(d->weights[i]))
                continue;
            if (addend == SST_ADD_PRODUCTS)
                bits = sst_bits_product(bits, sst_bits_real(d->weights[i]));
            if (addend == SST_ADD_WEIGHTS)
                bits = sst_bits_real(d->weights[i]);
            sst_digits_add_bits(digits, SST_GRID_LOW, bits);
        }
        sst_digits_carry(digits, SST_GRID_LIMBS);
        struct sst_sum sum = {digits, SST_GRID_LOW, SST_GRID_LIMBS, 0};
        out[g] = sst_round_sum(&sum, 0);
    }
}

static void
test_tally(int spread, int groups)
{
    struct data *d = make_data(spread, groups);
    double want[GROUPS], got[GROUPS];
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    for (int addend = SST_ADD_VALUES; addend <= SST_ADD_WEIGHTS; addend++) {
        oracle(d, groups, (enum sst_addend)addend, want);
        for (int threads = 1; threads <= 4; threads++) {
            struct sst_tally *tally;
            struct sst_rows rows = rows_of(d, 0, ROWS, addend != SST_ADD_VALUES, threads % 2);
            CHECK(sst_tally_new(&tally, groups, threads) == SST_OK);
            for (int twice = 0; twice < 2; twice++) {
                CHECK(sst_tally_run(tally, &rows, (enum sst_addend)addend) == SST_OK);
                CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 0, &out) == SST_OK);
                CHECK(memcmp(got, want, (size_t)groups * sizeof *got) == 0);
            }
            sst_tally_free(tally);
        }
    }
    free(d);
}

static struct sst_exact
state_of(const struct data *d, ptrdiff_t start, ptrdiff_t end, int groups)
{
    struct sst_tally *tally;
    struct sst_exact state;
    struct sst_rows rows = rows_of(d, start, end, 0, 0);
    CHECK(sst_tally_new(&tally, groups, 2) == SST_OK);
    CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
    sst_tally_plan_state(tally, 0, &state);
    new_state(&state);
    sst_tally_state(tally, 0, &state);
    CHECK(sst_exact_valid(&state));
    sst_tally_free(tally);
    return state;
}

/* Chunks of growing size, merged from either end, give what one pass gives. */
static void
test_states(int spread)
{
    struct data *d = make_data(spread, GROUPS);
    double want[GROUPS], got[GROUPS];
    struct sst_output out = {(char *)got, sizeof *got, SST_FLOAT64};
    oracle(d, GROUPS, SST_ADD_VALUES, want);
    for (int left = 0; left < 2; left++) {
        struct sst_exact all = state_of(d, 0, 0, GROUPS), sum;
        int64_t rows = 0;
        for (ptrdiff_t start = 0, end = 1; start < ROWS; start = end, end = 3 * end + 1) {
            struct sst_exact next = state_of(d, start, end < ROWS ? end : ROWS, GROUPS);
            const struct sst_exact *a = left ? &all : &next, *b = left ? &next : &all;
            sst_exact_plan_merge(a, b, &sum);
            new_state(&sum);
            sst_exact_merge(a, b, &sum);
            CHECK(sst_exact_valid(&sum));
            free_state(&all);
            free_state(&next);
            all = sum;
        }
        CHECK(sst_exact_finish(&all, NULL, SST_RESULT_SUM, 0, &out) == SST_OK);
        CHECK(memcmp(got, want, sizeof got) == 0);
        for (int g = 0; g < GROUPS; g++)
            rows += all.count[g];
        for (int i = 0; i < ROWS; i++)
            rows -= d->codes[i] >= 0 && !isnan(d->values[i]);
        CHECK(rows == 0);
        all.count[0] = -1;
        CHECK(!sst_exact_valid(&all));
        free_state(&all);
    }
    free(d);
}

/* More than 2^25 rows of the largest digits: the limbs carry in time. */
static void
test_many_rows(void)
{
    const ptrdiff_t n = ((ptrdiff_t)1 << 25) + 3;
    const double value = 0x1.fffffffffffffp27;
    double got = 0;
    struct sst_output out = {(char *)&got, sizeof got, SST_FLOAT64};
    for (int threads = 1; threads <= 2; threads++) {
        struct sst_tally *tally;
        struct sst_rows rows = {
            .rows = n, .values = (const char *)&value, .kind = SST_FLOAT64, .skip_missing = 1};
        CHECK(sst_tally_new(&tally, 1, threads) == SST_OK);
        CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
        CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 0, &out) == SST_OK);
        CHECK(got == value * (double)n); /* one rounding of the exact product */
        CHECK(sst_tally_finish(tally, NULL, SST_RESULT_MEAN, 0, &out) == SST_OK);
        CHECK(got == value);
        sst_tally_free(tally);
    }
}

/* A code that is not below the number of clusters is a status, at any place. */
static void
test_codes_are_checked(void)
{
    const int32_t bad[] = {3, 4, INT32_MAX};
    const int64_t bad_wide[] = {3, (int64_t)1 << 32, INT64_MAX};
    double values[1000] = {0.0};
    int32_t codes[1000] = {0};
    int64_t wide[1000] = {0};
    const int64_t counted[3] = {999, 0, 0};
    int64_t count[3];
    double best[3];
    for (int k = 0; k < 3; k++)
        for (int at = 0; at < 1000; at += 37) {
            struct sst_tally *tally;
            struct sst_rows rows = {.rows = 1000,
                                    .values = (const char *)values,
                                    .step = sizeof *values,
                                    .kind = SST_FLOAT64,
                                    .codes = codes};
            CHECK(sst_tally_new(&tally, 3, 2) == SST_OK);
            codes[at] = bad[k];
            CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_CODE_RANGE);
            CHECK(sst_select(&rows, 3, 2, SST_LEAST, 0, (char *)best, sizeof(double), (char *)count,
                             sizeof(int64_t)) == SST_CODE_RANGE);
            codes[at] = INT32_MIN;
            CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
            sst_tally_counts(tally, (char *)count, sizeof(int64_t));
            CHECK(memcmp(count, counted, sizeof counted) == 0);
            codes[at] = 0;
            wide[at] = bad_wide[k];
            rows.codes = wide;
            rows.wide_codes = 1;
            CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_CODE_RANGE);
            wide[at] = INT64_MIN;
            CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
            sst_tally_counts(tally, (char *)count, sizeof(int64_t));
            CHECK(memcmp(count, counted, sizeof counted) == 0);
            wide[at] = 0;
            sst_tally_free(tally);
        }
}

/* The least and the greatest code, wherever they are. */
static void
test_bounds(void)
{
    enum { CODES = 45 };
    int64_t wide[CODES], least, most;
    int32_t narrow[CODES];
    for (int n = 0; n <= CODES; n++) {
        for (int at = 0; at < n; at++) {
            for (int i = 0; i < n; i++) {
                wide[i] = i == at ? INT64_MIN : i == (at + 1) % n ? INT64_MAX : 5;
                narrow[i] = i == at ? INT32_MIN : i == (at + 1) % n ? INT32_MAX : 5;
            }
            sst_code_bounds(wide, 1, n, &least, &most);
            CHECK(least == INT64_MIN && most == (n > 1 ? INT64_MAX : INT64_MIN));
            sst_code_bounds(narrow, 0, n, &least, &most);
            CHECK(least == INT32_MIN && most == (n > 1 ? INT32_MAX : INT32_MIN));
        }
        for (int i = 0; i < n; i++)
            wide[i] = narrow[i] = 7;
        sst_code_bounds(wide, 1, n, &least, &most);
        CHECK(least == (n > 0 ? 7 : 0) && most == (n > 0 ? 7 : -1));
        sst_code_bounds(narrow, 0, n, &least, &most);
        CHECK(least == (n > 0 ? 7 : 0) && most == (n > 0 ? 7 : -1));
    }
}

static void
test_extremes(void)
{
    struct data *d = make_data(40, GROUPS);
    double got[GROUPS], want[GROUPS];
    int64_t count[GROUPS], counted[GROUPS] = {0};
    for (int extreme = SST_LEAST; extreme <= SST_GREATEST; extreme++) {
        for (int g = 0; g < GROUPS; g++) {
            want[g] = (double)NAN;
            counted[g] = 0;
        }
        for (int i = 0; i < ROWS; i++) {
            int32_t g = d->codes[i];
            if (g < 0 || isnan(d->values[i]))
                continue;
            counted[g]++;
            want[g] =
                extreme == SST_LEAST ? fmin(want[g], d->values[i]) : fmax(want[g], d->values[i]);
        }
        for (int threads = 1; threads <= 3; threads++) {
            struct sst_rows rows = rows_of(d, 0, ROWS, 0, threads % 2);
            CHECK(sst_select(&rows, GROUPS, threads, (enum sst_extreme)extreme, 0, (char *)got,
                             sizeof *got, (char *)count, sizeof *count) == SST_OK);
            CHECK(memcmp(got, want, sizeof got) == 0);
            CHECK(memcmp(count, counted, sizeof count) == 0);
        }
    }
    free(d);
}

static void
test_integers(void)
{
    const int64_t values[] = {INT64_MAX, 1, -1, INT64_MIN, 5, -7};
    const int32_t codes[] = {0, 0, 0, 1, 1, 2};
    int64_t sums[3];
    struct sst_output out = {(char *)sums, sizeof *sums, SST_INT64};
    struct sst_rows rows = {.rows = 6,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_INT64,
                            .codes = codes};
    struct sst_tally *tally;
    CHECK(sst_tally_new(&tally, 3, 1) == SST_OK);
    CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
    CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 0, &out) == SST_OK);
    CHECK(sums[0] == INT64_MAX && sums[1] == INT64_MIN + 5 && sums[2] == -7);
    rows.rows = 2;
    CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
    CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 0, &out) == SST_INT_OVERFLOW);
    rows.kind = SST_UINT64;
    out.kind = SST_UINT64;
    CHECK(sst_tally_run(tally, &rows, SST_ADD_VALUES) == SST_OK);
    CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 0, &out) == SST_OK);
    CHECK((uint64_t)sums[0] == UINT64_C(1) << 63);
    sst_tally_free(tally);
}

int
main(void)
{
    test_tally(10, 1);
    test_tally(30, 5);
    test_tally(60, GROUPS);
    test_tally(150, GROUPS);
    test_tally(800, 7);
    test_states(20);
    test_states(200);
    test_states(900);
    test_many_rows();
    test_codes_are_checked();
    test_bounds();
    test_extremes();
    test_integers();
    return check_summary();
}
