/* SPDX-License-Identifier: MIT
 *
 * Shares, ranks and spread results: the vectors, and large inputs against loops.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "group_rank.h"
#include "group_spread.h"

enum { ROWS = 70000, GROUPS = 300, MOST = 64 };

static struct sst_rows
rows_of(const double *values, const int32_t *codes, ptrdiff_t n)
{
    return (struct sst_rows){.rows = n,
                             .values = (const char *)values,
                             .step = sizeof *values,
                             .kind = SST_FLOAT64,
                             .codes = codes,
                             .skip_missing = 1};
}

/* Whole values, so that sums in double are exact. */
static void
fill(double *values, int32_t *codes, ptrdiff_t n)
{
    uint64_t state = 7;
    for (ptrdiff_t i = 0; i < n; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407); /* Knuth */
        values[i] = state >> 60 == 3 ? (double)NAN : (double)(state >> 40 & 1023) + 1.0;
        codes[i] = (int32_t)((state >> 20) % (GROUPS + 1)) - 1;
    }
}

static void
test_large(int threads)
{
    static double values[ROWS], out[ROWS], totals[GROUPS];
    static int32_t codes[ROWS];
    int wrong = 0;
    fill(values, codes, ROWS);
    memset(totals, 0, sizeof totals);
    for (ptrdiff_t i = 0; i < ROWS; i++)
        if (codes[i] >= 0 && !isnan(values[i]))
            totals[codes[i]] += values[i];
    struct sst_rows rows = rows_of(values, codes, ROWS);
    struct sst_output to = {(char *)out, sizeof *out, SST_FLOAT64};
    CHECK(sst_group_share(&rows, GROUPS, threads, 0, &to) == SST_OK);
    for (ptrdiff_t i = 0; i < ROWS; i++)
        wrong += codes[i] < 0 || isnan(values[i]) ? !isnan(out[i])
                                                  : !(out[i] == values[i] / totals[codes[i]]);
    CHECK(wrong == 0);
    const double missing = -1.0;
    struct sst_spread spread = {(const char *)totals, sizeof *totals, sizeof *totals, &missing};
    CHECK(sst_group_spread(&rows, GROUPS, threads, &spread, (char *)out, sizeof *out) == SST_OK);
    for (ptrdiff_t i = 0; i < ROWS; i++)
        wrong += !(out[i] == (codes[i] < 0 ? -1.0 : totals[codes[i]]));
    CHECK(wrong == 0);
}

/* Against counting, quadratic, of one cluster that is longer than a run of the sort. */
static void
test_ranks(int threads, ptrdiff_t n)
{
    static double values[ROWS], out[ROWS];
    static int32_t codes[ROWS];
    int wrong = 0;
    fill(values, codes, n);
    for (ptrdiff_t i = 0; i < n; i++)
        codes[i] = codes[i] % 2;
    struct sst_rows rows = rows_of(values, codes, n);
    for (int ties = 0; ties < SST_RANK_TIES; ties++) {
        CHECK(sst_group_rank(&rows, 2, threads, (enum sst_rank_ties)ties, 1, (char *)out,
                             sizeof *out) == SST_OK);
        for (ptrdiff_t i = 0; i < n; i++) {
            ptrdiff_t above = 0, equal = 0, before = 0;
            for (ptrdiff_t j = 0; j < n; j++)
                if (codes[j] == codes[i]) {
                    above += values[j] > values[i];
                    equal += values[j] == values[i];
                    before += j <= i && values[j] == values[i];
                }
            double want = (double)above + 1.0;
            if (ties == SST_RANK_MAX)
                want = (double)(above + equal);
            if (ties == SST_RANK_AVERAGE)
                want = (double)above + ((double)equal + 1.0) / 2.0;
            if (ties == SST_RANK_ORDINAL)
                want = (double)(above + before);
            if (codes[i] < 0 || isnan(values[i]))
                wrong += !isnan(out[i]);
            else if (ties == SST_RANK_DENSE)
                wrong += !(out[i] <= want && out[i] >= 1.0);
            else
                wrong += !(out[i] == want);
        }
    }
    CHECK(wrong == 0);
}

static void
test_sizes(void)
{
    const int32_t codes[] = {1, -1, 0};
    const struct sst_rows rows = {.rows = 3, .codes = codes};
    const uint8_t bytes[] = {1, 7}, no_byte = 9;
    const float floats[] = {1.5F, 2.5F}, no_float = -1.0F;
    uint8_t byte[3];
    float single[3];
    struct sst_spread of_bytes = {(const char *)bytes, 1, 1, &no_byte};
    CHECK(sst_group_spread(&rows, 2, 1, &of_bytes, (char *)byte, 1) == SST_OK);
    CHECK(byte[0] == 7 && byte[1] == 9 && byte[2] == 1);
    struct sst_spread of_floats = {(const char *)floats, sizeof *floats, sizeof *floats, &no_float};
    CHECK(sst_group_spread(&rows, 2, 2, &of_floats, (char *)single, sizeof *single) == SST_OK);
    CHECK(single[0] == 2.5F && single[1] == -1.0F && single[2] == 1.5F);
    of_floats.size = 3;
    CHECK(sst_group_spread(&rows, 2, 1, &of_floats, (char *)single, 4) == SST_BAD_ARGUMENT);
}

static void
test_refused(void)
{
    const double values[] = {1.0, 2.0};
    const int32_t codes[] = {0, 3};
    double out[2], totals[3] = {0.0};
    struct sst_rows rows = rows_of(values, codes, 2);
    struct sst_output to = {(char *)out, sizeof *out, SST_FLOAT64};
    struct sst_spread spread = {(const char *)totals, sizeof *totals, sizeof *totals, totals};
    CHECK(sst_group_share(&rows, 3, 1, 0, &to) == SST_CODE_RANGE);
    CHECK(sst_group_spread(&rows, 3, 1, &spread, (char *)out, sizeof *out) == SST_CODE_RANGE);
    CHECK(sst_group_rank(&rows, 3, 1, SST_RANK_MIN, 0, (char *)out, sizeof *out) == SST_CODE_RANGE);
    CHECK(sst_group_share(&rows, -1, 1, 0, &to) == SST_BAD_ARGUMENT);
    CHECK(sst_group_share(&rows, 4, 0, 0, &to) == SST_BAD_ARGUMENT);
    to.kind = SST_FLOAT32;
    CHECK(sst_group_share(&rows, 4, 1, 0, &to) == SST_BAD_ARGUMENT);
}

static int
rank_vector(const struct vector *v, const struct sst_rows *rows, ptrdiff_t groups, double *out)
{
    static const char *const names[] = {"'min'", "'max'", "'average'", "'dense'", "'ordinal'"};
    const char *method = vector_option(v, "method"), *ascending = vector_option(v, "ascending");
    int ties = 0;
    while (method != NULL && ties < SST_RANK_TIES && strcmp(method, names[ties]) != 0)
        ties++;
    if (ties == SST_RANK_TIES)
        return 0;
    int descending = ascending == NULL || strcmp(ascending, "False") == 0;
    CHECK(sst_group_rank(rows, groups, 1, (enum sst_rank_ties)ties, descending, (char *)out,
                         sizeof *out) == SST_OK);
    return 1;
}

static int
transform_vector(const struct vector *v, const struct sst_rows *rows, ptrdiff_t groups, double *out)
{
    const char *stat = vector_option(v, "stat");
    const double missing = (double)NAN;
    double table[MOST];
    struct sst_tally *tally;
    struct sst_output to = {(char *)table, sizeof *table, SST_FLOAT64};
    if (stat == NULL || (strcmp(stat, "'sum'") != 0 && strcmp(stat, "'mean'") != 0))
        return 0;
    enum sst_result result = strcmp(stat, "'sum'") == 0 ? SST_RESULT_SUM : SST_RESULT_MEAN;
    CHECK(sst_tally_new(&tally, groups, 1) == SST_OK);
    CHECK(sst_tally_run(tally, rows, SST_ADD_VALUES) == SST_OK);
    CHECK(sst_tally_finish(tally, NULL, result, 0, &to) == SST_OK);
    sst_tally_free(tally);
    struct sst_spread spread = {(const char *)table, sizeof *table, sizeof *table, &missing};
    CHECK(sst_group_spread(rows, groups, 1, &spread, (char *)out, sizeof *out) == SST_OK);
    return 1;
}

static int
run_vector(const struct vector *v)
{
    ptrdiff_t n = 0, codes_n = 0, groups = 0;
    const double *values = vector_input(v, "values", &n),
                 *code = vector_input(v, "codes", &codes_n);
    const char *skip = vector_option(v, "skipna"), *least = vector_option(v, "min_count");
    int32_t codes[MOST];
    double out[MOST];
    int known = 1;
    if (values == NULL || code == NULL || n > MOST || n != codes_n)
        return 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        codes[i] = (int32_t)code[i];
        groups = codes[i] >= groups ? codes[i] + 1 : groups;
    }
    struct sst_rows rows = rows_of(values, codes, n);
    rows.skip_missing = skip == NULL || strcmp(skip, "True") == 0;
    struct sst_output to = {(char *)out, sizeof *out, SST_FLOAT64};
    if (strcmp(v->name, "Clusters.share") == 0)
        CHECK(sst_group_share(&rows, groups, 1, least ? strtol(least, NULL, 10) : 0, &to) ==
              SST_OK);
    else if (strcmp(v->name, "Clusters.rank") == 0)
        known = rank_vector(v, &rows, groups, out);
    else
        known =
            strcmp(v->name, "Clusters.transform") == 0 && transform_vector(v, &rows, groups, out);
    if (known)
        vector_check(v, "value", out, n);
    return known;
}

int
main(int argc, char **argv)
{
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "onrows.txt", run_vector);
    for (int threads = 1; threads <= 4; threads++) {
        test_large(threads);
        test_ranks(threads, 700);
    }
    test_ranks(1, 17);
    test_sizes();
    test_refused();
    return check_summary();
}
