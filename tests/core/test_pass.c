/* SPDX-License-Identifier: MIT
 *
 * One pass for totals, extremes and counts: against the integer path and plain loops, and against
 * each of them alone.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_pass.h"
#include "random.h"

enum { ROWS = 12001, GROUPS_MOST = 700 };

struct data {
    double values[ROWS];
    float singles[ROWS];
    int64_t wholes[ROWS];
    double weights[ROWS];
    int32_t codes[ROWS];
    int64_t wide[ROWS];
};

/* All results of one column; bytes are compared, since a NaN differs from itself. */
struct results {
    double sum[GROUPS_MOST];
    double mean[GROUPS_MOST];
    double variance[GROUPS_MOST];
    int64_t least[GROUPS_MOST];
    int64_t greatest[GROUPS_MOST];
    int64_t count[GROUPS_MOST];
};

/* Values over 2^`spread`, some missing, zeros of both signs, infinities; the last cluster is empty.
 */
static struct data *
make_data(int spread, int groups)
{
    uint64_t state = (uint64_t)spread + 11;
    struct data *d = malloc(sizeof *d);
    if (d == NULL)
        abort();
    for (int i = 0; i < ROWS; i++) {
        uint64_t pick = random_bits(&state);
        int64_t whole = (int64_t)random_bits(&state);
        d->wholes[i] = whole >> 12;
        d->values[i] = ldexp((double)whole, (int)(pick % (unsigned)(spread + 1)) - 60);
        if (i % 97 == 3)
            d->values[i] = (double)NAN;
        if (i % 501 == 7)
            d->values[i] = i % 2 ? 0.0 : -0.0;
        if (i % 3001 == 5)
            d->values[i] = i % 2 ? (double)INFINITY : -(double)INFINITY;
        d->singles[i] = (float)ldexp((double)(whole >> 40), -20);
        if (i % 97 == 3)
            d->singles[i] = NAN;
        d->weights[i] = i % 89 == 3 ? (double)NAN : ldexp((double)(pick >> 12), -50);
        d->codes[i] = (int32_t)(random_bits(&state) % (unsigned)groups) - 1;
        d->wide[i] = d->codes[i];
    }
    return d;
}

static struct sst_rows
rows_of(const struct data *d, enum sst_kind kind, int weighted, int skip)
{
    struct sst_rows rows = {.rows = ROWS,
                            .values = (const char *)d->values,
                            .step = sizeof(double),
                            .kind = kind,
                            .weights = weighted ? (const char *)d->weights : NULL,
                            .weight_step = sizeof(double),
                            .codes = d->codes,
                            .skip_missing = skip};
    if (kind == SST_FLOAT32) {
        rows.values = (const char *)d->singles;
        rows.step = sizeof(float);
    } else if (kind != SST_FLOAT64)
        rows.values = (const char *)d->wholes;
    return rows;
}

static struct sst_output
to(void *data, enum sst_kind kind)
{
    return (struct sst_output){data, sizeof(double), kind};
}

/* Real results are doubles here whatever the values are; extremes are of the values' kind. */
static void
finish(const struct sst_pass *pass, int squares, struct results *r)
{
    struct sst_output sum = to(r->sum, SST_FLOAT64), mean = to(r->mean, SST_FLOAT64);
    struct sst_output variance = to(r->variance, SST_FLOAT64);
    struct sst_output least = to(r->least, pass->rows->kind);
    struct sst_output greatest = to(r->greatest, pass->rows->kind);
    memset(r, 0, sizeof *r);
    CHECK(sst_tally_finish(pass->sums, NULL, SST_RESULT_SUM, 2, &sum) == SST_OK);
    CHECK(sst_tally_finish(pass->sums, pass->weights, SST_RESULT_MEAN, 2, &mean) == SST_OK);
    if (squares)
        CHECK(sst_tally_finish_variance(pass->sums, 1, 0, 2, &variance) == SST_OK);
    sst_selection_finish(pass->selection, pass->sums, SST_LEAST, 2, &least);
    sst_selection_finish(pass->selection, pass->sums, SST_GREATEST, 2, &greatest);
    sst_tally_counts(pass->sums, (char *)r->count, sizeof *r->count);
}

/* The same results, each from a run of its own. */
static void
finish_alone(const struct sst_rows *rows, int groups, int squares, struct results *r)
{
    struct sst_output sum = to(r->sum, SST_FLOAT64), mean = to(r->mean, SST_FLOAT64);
    struct sst_output variance = to(r->variance, SST_FLOAT64);
    struct sst_tally *tally, *weights = NULL;
    int weighted = rows->weights != NULL;
    memset(r, 0, sizeof *r);
    CHECK(sst_tally_new(&tally, groups, 1) == SST_OK);
    CHECK(sst_tally_run(tally, rows, weighted ? SST_ADD_PRODUCTS : SST_ADD_VALUES) == SST_OK);
    if (weighted) {
        CHECK(sst_tally_new(&weights, groups, 1) == SST_OK);
        CHECK(sst_tally_run(weights, rows, SST_ADD_WEIGHTS) == SST_OK);
    }
    CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 2, &sum) == SST_OK);
    CHECK(sst_tally_finish(tally, weights, SST_RESULT_MEAN, 2, &mean) == SST_OK);
    if (squares) {
        CHECK(sst_tally_run(tally, rows, weighted ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES) ==
              SST_OK);
        CHECK(sst_tally_finish_variance(tally, 1, 0, 2, &variance) == SST_OK);
    }
    CHECK(sst_select(rows, groups, 1, SST_LEAST, 2, (char *)r->least, sizeof(double),
                     (char *)r->count, sizeof(int64_t)) == SST_OK);
    CHECK(sst_select(rows, groups, 1, SST_GREATEST, 2, (char *)r->greatest, sizeof(double), NULL,
                     0) == SST_OK);
    sst_tally_free(tally);
    sst_tally_free(weights);
}

static struct sst_pass
new_pass(const struct sst_rows *rows, int groups, int parts, int squares)
{
    int weighted = rows->weights != NULL;
    struct sst_pass pass = {.rows = rows, .groups = groups, .parts = parts};
    pass.addend = squares ? (weighted ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES)
                          : (weighted ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
    CHECK(sst_tally_new(&pass.sums, groups, parts) == SST_OK);
    if (weighted && !squares)
        CHECK(sst_tally_new(&pass.weights, groups, parts) == SST_OK);
    CHECK(sst_selection_new(&pass.selection, groups, parts, SST_LEAST | SST_GREATEST, 0) == SST_OK);
    return pass;
}

static void
free_pass(struct sst_pass *pass)
{
    sst_tally_free(pass->sums);
    sst_tally_free(pass->weights);
    sst_selection_free(pass->selection);
}

static void
test_kind(const struct data *d, enum sst_kind kind, int groups, int options)
{
    static struct results together, alone;
    int weighted = options & 1, skip = options >> 1 & 1, squares = options >> 2 & 1;
    struct sst_rows rows = rows_of(d, kind, weighted, skip);
    finish_alone(&rows, groups, squares, &alone);
    for (int parts = 1; parts <= 3; parts++) {
        struct sst_pass pass = new_pass(&rows, groups, parts, squares);
        for (int twice = 0; twice < 2; twice++) {
            rows.codes = twice ? (const void *)d->wide : (const void *)d->codes;
            rows.wide_codes = twice;
            CHECK(sst_pass_run(&pass) == SST_OK);
            finish(&pass, squares, &together);
            CHECK(memcmp(&together, &alone, sizeof alone) == 0);
        }
        free_pass(&pass);
    }
}

static void
test_together_as_alone(int spread, int groups)
{
    struct data *d = make_data(spread, groups);
    const enum sst_kind kinds[] = {SST_FLOAT64, SST_FLOAT32, SST_INT64};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int options = 0; options < 8; options++)
            test_kind(d, kinds[k], groups, options);
    free(d);
}

/* Against the integer path row by row, and loops with fmin and fmax. */
static void
test_against_loops(int spread, int groups)
{
    static struct results got;
    struct data *d = make_data(spread, groups);
    struct sst_rows rows = rows_of(d, SST_FLOAT64, 0, 1);
    for (int i = 0; i < ROWS; i++)
        if (isinf(d->values[i]) || d->values[i] == 0.0)
            d->values[i] = 1.5;
    struct sst_pass pass = new_pass(&rows, groups, 2, 1);
    CHECK(sst_pass_run(&pass) == SST_OK);
    finish(&pass, 1, &got);
    for (int g = 0; g < groups; g++) {
        int64_t digits[SST_GRID_LIMBS] = {0}, count = 0;
        double least = (double)NAN, greatest = (double)NAN, low, high;
        for (int i = 0; i < ROWS; i++) {
            if (d->codes[i] != g || isnan(d->values[i]))
                continue;
            sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_real(d->values[i]));
            least = fmin(least, d->values[i]);
            greatest = fmax(greatest, d->values[i]);
            count++;
        }
        sst_digits_carry(digits, SST_GRID_LIMBS);
        struct sst_sum sum = {digits, SST_GRID_LOW, SST_GRID_LIMBS, 0};
        CHECK(got.count[g] == count);
        memcpy(&low, &got.least[g], sizeof low);
        memcpy(&high, &got.greatest[g], sizeof high);
        if (count < 2) {
            CHECK(isnan(got.sum[g]) && isnan(got.mean[g]) && isnan(low) && isnan(high));
            continue;
        }
        CHECK(got.sum[g] == sst_round_sum(&sum, 0));
        CHECK(got.mean[g] == sst_round_mean(&sum, count, 0));
        CHECK(low == least && high == greatest);
    }
    free_pass(&pass);
    free(d);
}

/* Columns of other windows go through the same memory; a code out of range leaves nothing. */
static void
test_columns_and_failures(void)
{
    static struct results together, alone;
    struct data *d = make_data(30, 40), *wild = make_data(700, 40);
    struct sst_rows rows = rows_of(d, SST_FLOAT64, 0, 1);
    struct sst_pass pass = new_pass(&rows, 40, 2, 1);
    for (int k = 0; k < 4; k++) {
        rows.values = (const char *)(k % 2 ? wild : d)->values;
        CHECK(sst_pass_run(&pass) == SST_OK);
        finish(&pass, 1, &together);
        finish_alone(&rows, 40, 1, &alone);
        CHECK(memcmp(&together, &alone, sizeof alone) == 0);
        d->codes[ROWS - 1] = 40;
        CHECK(sst_pass_run(&pass) == SST_CODE_RANGE);
        finish(&pass, 1, &together);
        for (int g = 0; g < 40; g++)
            CHECK(together.count[g] == 0 && isnan(together.sum[g]) && isnan(together.mean[g]));
        d->codes[ROWS - 1] = 0;
    }
    free_pass(&pass);
    free(d);
    free(wild);
}

/* Sums of what one addend adds up, sums of the weights, extremes and counts. */
struct parts {
    double sum[GROUPS_MOST];
    double weight[GROUPS_MOST];
    int64_t least[GROUPS_MOST];
    int64_t count[GROUPS_MOST];
};

static void
finish_sums(const struct sst_tally *tally, double *result)
{
    struct sst_output out = to(result, SST_FLOAT64);
    CHECK(sst_tally_finish(tally, NULL, SST_RESULT_SUM, 0, &out) == SST_OK);
}

static void
run_together(const struct sst_rows *rows, int groups, enum sst_addend addend, struct parts *r)
{
    struct sst_pass pass = {.rows = rows, .groups = groups, .parts = 2, .addend = addend};
    struct sst_output least = to(r->least, rows->kind);
    memset(r, 0, sizeof *r);
    CHECK(sst_tally_new(&pass.sums, groups, 2) == SST_OK);
    CHECK(sst_selection_new(&pass.selection, groups, 2, SST_LEAST, 1) == SST_OK);
    if (rows->weights != NULL)
        CHECK(sst_tally_new(&pass.weights, groups, 2) == SST_OK);
    CHECK(sst_pass_run(&pass) == SST_OK);
    finish_sums(pass.sums, r->sum);
    if (pass.weights != NULL)
        finish_sums(pass.weights, r->weight);
    sst_selection_finish(pass.selection, NULL, SST_LEAST, 0, &least);
    sst_selection_counts(pass.selection, (char *)r->count, sizeof *r->count);
    free_pass(&pass);
}

/* Each from rows that were left out beforehand, so that nothing but a product has a second
 * variable. */
static void
run_apart(const struct sst_rows *rows, int groups, enum sst_addend addend, struct parts *r)
{
    struct sst_rows single = *rows;
    struct sst_tally *tally;
    int crosses = addend == SST_ADD_CROSS || addend == SST_ADD_WEIGHTED_CROSS;
    single.others = NULL;
    memset(r, 0, sizeof *r);
    CHECK(sst_tally_new(&tally, groups, 1) == SST_OK);
    CHECK(sst_tally_run(tally, crosses ? rows : &single, addend) == SST_OK);
    finish_sums(tally, r->sum);
    if (rows->weights != NULL) {
        CHECK(sst_tally_run(tally, &single, SST_ADD_WEIGHTS) == SST_OK);
        finish_sums(tally, r->weight);
    }
    CHECK(sst_select(&single, groups, 1, SST_LEAST, 0, (char *)r->least, sizeof(int64_t),
                     (char *)r->count, sizeof(int64_t)) == SST_OK);
    sst_tally_free(tally);
}

static int
lacks(const struct sst_rows *other, int i)
{
    if (other->kind == SST_FLOAT32)
        return isnan(((const float *)(const void *)other->values)[i]) != 0;
    return other->kind == SST_FLOAT64 &&
           isnan(((const double *)(const void *)other->values)[i]) != 0;
}

/* A row without its second variable is left out by every member of a pass, if missing values are.
 */
static void
test_second_variable(enum sst_kind kind, enum sst_kind other_kind, int weighted, int skip)
{
    static struct parts together, apart;
    static int32_t left[ROWS];
    const enum sst_addend addends[] = {
        SST_ADD_VALUES,   SST_ADD_SQUARES,          SST_ADD_CROSS,
        SST_ADD_PRODUCTS, SST_ADD_WEIGHTED_SQUARES, SST_ADD_WEIGHTED_CROSS};
    struct data *d = make_data(40, 40), *e = make_data(41, 40);
    struct sst_rows rows = rows_of(d, kind, weighted, skip), other = rows_of(e, other_kind, 0, 1);
    rows.rows = 1201;
    memmove(e->values, e->values + 1, (ROWS - 1) * sizeof *e->values); /* missing in other rows */
    memmove(e->singles, e->singles + 1, (ROWS - 1) * sizeof *e->singles);
    rows.others = other.values;
    rows.other_step = other.step;
    rows.other_kind = other_kind;
    for (int i = 0; i < ROWS; i++)
        left[i] = skip && lacks(&other, i) ? -1 : d->codes[i];
    for (int k = 0; k < 3; k++) {
        struct sst_rows without = rows;
        without.codes = left;
        run_together(&rows, 40, addends[k + 3 * weighted], &together);
        run_apart(&without, 40, addends[k + 3 * weighted], &apart);
        CHECK(memcmp(&together, &apart, sizeof apart) == 0);
    }
    free(d);
    free(e);
}

static void
test_second_variables(void)
{
    const enum sst_kind kinds[] = {SST_FLOAT64, SST_FLOAT32, SST_INT64};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int options = 0; options < 4; options++)
                test_second_variable(kinds[i], kinds[j], options & 1, options >> 1);
}

/* A selection that counts by itself, of none, one or both extremes. */
static void
test_selection_alone(void)
{
    struct data *d = make_data(20, 60);
    struct sst_rows rows = rows_of(d, SST_FLOAT64, 1, 1);
    int64_t want[60], got[60];
    double least[60], other[60];
    CHECK(sst_select(&rows, 60, 1, SST_LEAST, 0, (char *)least, sizeof *least, (char *)want,
                     sizeof *want) == SST_OK);
    for (int extremes = 0; extremes <= (SST_LEAST | SST_GREATEST); extremes++) {
        struct sst_pass pass = {.rows = &rows, .groups = 60, .parts = 3};
        CHECK(sst_selection_new(&pass.selection, 60, 3, extremes, 1) == SST_OK);
        CHECK(sst_pass_run(&pass) == SST_OK);
        sst_selection_counts(pass.selection, (char *)got, sizeof *got);
        CHECK(memcmp(got, want, sizeof got) == 0);
        if (extremes & SST_LEAST) {
            struct sst_output out = to(other, SST_FLOAT64);
            sst_selection_finish(pass.selection, NULL, SST_LEAST, 0, &out);
            CHECK(memcmp(other, least, sizeof other) == 0);
        }
        sst_selection_free(pass.selection);
    }
    free(d);
}

static void
test_bad_arguments(void)
{
    struct data *d = make_data(20, 3);
    struct sst_rows rows = rows_of(d, SST_FLOAT64, 0, 1);
    struct sst_pass pass = {.rows = &rows, .groups = 3, .parts = 1};
    CHECK(sst_selection_new(&pass.selection, 3, 1, 0, 0) == SST_BAD_ARGUMENT);
    CHECK(sst_selection_new(&pass.selection, -1, 1, SST_LEAST, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_selection_new(&pass.selection, 3, 0, SST_LEAST, 1) == SST_BAD_ARGUMENT);
    CHECK(sst_selection_new(&pass.selection, PTRDIFF_MAX, 1, SST_LEAST, 1) == SST_NO_MEMORY);
    CHECK(pass.selection == NULL);
    CHECK(sst_tally_new(&pass.weights, 3, 1) == SST_OK);
    CHECK(sst_pass_run(&pass) == SST_BAD_ARGUMENT);
    rows.weights = (const char *)d->weights;
    CHECK(sst_tally_run(pass.weights, &rows, SST_ADD_VALUES) == SST_BAD_ARGUMENT);
    rows.codes = NULL;
    CHECK(sst_pass_run(&pass) == SST_BAD_ARGUMENT);
    rows.codes = d->codes;
    rows.rows = -1;
    CHECK(sst_pass_run(&pass) == SST_BAD_ARGUMENT);
    rows.rows = 0;
    CHECK(sst_pass_run(&pass) == SST_OK);
    sst_tally_free(pass.weights);
    free(d);
}

/* What an earlier run left is gone after one that was refused. */
static void
test_refused_holds_nothing(void)
{
    struct data *d = make_data(20, 3);
    struct sst_rows rows = rows_of(d, SST_FLOAT64, 0, 1);
    struct sst_pass pass = new_pass(&rows, 3, 2, 0);
    static struct results left;
    CHECK(sst_pass_run(&pass) == SST_OK);
    rows.weights = (const char *)d->weights;
    CHECK(sst_pass_run(&pass) == SST_BAD_ARGUMENT);
    finish(&pass, 0, &left);
    for (int g = 0; g < 3; g++)
        CHECK(left.count[g] == 0 && isnan(left.sum[g]));
    free_pass(&pass);
    free(d);
}

int
main(void)
{
    test_together_as_alone(20, 5);
    test_together_as_alone(40, 700);
    test_together_as_alone(600, 130);
    test_against_loops(30, 50);
    test_against_loops(500, 300);
    test_columns_and_failures();
    test_second_variables();
    test_selection_alone();
    test_bad_arguments();
    test_refused_holds_nothing();
    return check_summary();
}
