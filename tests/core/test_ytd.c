/* SPDX-License-Identifier: MIT
 *
 * Year to date and single periods: the vectors, and integers and floats whose results are
 * known from whole-number arithmetic.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "ytd.h"

enum { MOST = 64 };

struct calendar {
    ptrdiff_t rows;
    int64_t period[MOST], year[MOST];
    struct sst_panel panel;
};

/* Lines up rows whose period and year are set. */
static int
line_up(struct calendar *c)
{
    int32_t codes[MOST];
    ptrdiff_t repeated[2];
    for (ptrdiff_t i = 0; i < c->rows; i++)
        codes[i] = (int32_t)(c->year[i] % MOST);
    return sst_panel_sort(codes, MOST, c->period, c->rows, 1, &c->panel, repeated) == SST_OK;
}

static int
read_calendar(const struct vector *v, struct calendar *c)
{
    ptrdiff_t years;
    const double *period = vector_input(v, "period", &c->rows);
    const double *year = vector_input(v, "year", &years);
    const char *newest = vector_option(v, "newest_first");
    if (period == NULL || c->rows > MOST || (year != NULL && years != c->rows))
        return 0;
    for (ptrdiff_t i = 0; i < c->rows; i++) {
        c->period[i] = (int64_t)period[i];
        c->year[i] = year == NULL ? 0 : (int64_t)year[i];
    }
    int newest_first = newest != NULL && strcmp(newest, "True") == 0;
    if (year == NULL && sst_ytd_years(c->period, c->rows, newest_first, c->year) >= 0)
        return 0;
    return line_up(c);
}

static int
find_measure(const struct vector *v)
{
    const char *first = vector_option(v, "first");
    if (strcmp(v->name, "period_to_ytd") == 0)
        return SST_YTD_SUM;
    if (first == NULL)
        return SST_YTD_COMBINED;
    return strcmp(first, "\"split\"") == 0 ? SST_YTD_SPLIT : SST_YTD_NAN;
}

/* A column of `size`-byte figures to doubles, or to floats from floats. */
static void
convert(const struct calendar *c, enum sst_ytd_measure measure, enum sst_kind kind,
        const void *values, const unsigned char *missing, void *out)
{
    int size = kind == SST_FLOAT32 ? 4 : 8;
    struct sst_columns columns = {.in = values,
                                  .out = out,
                                  .in_row = size,
                                  .out_row = size,
                                  .in_size = size,
                                  .out_size = size};
    struct sst_ytd ytd = {.panel = &c->panel,
                          .period = c->period,
                          .measure = measure,
                          .kind = kind,
                          .columns = &columns,
                          .missing = missing,
                          .missing_row = 1};
    sst_ytd(&ytd, 2);
}

static int
run_conversion(const struct vector *v)
{
    struct calendar c;
    ptrdiff_t n;
    double out[MOST];
    const double *values = vector_input(v, "values", &n);
    if (!read_calendar(v, &c) || n != c.rows)
        return 0;
    convert(&c, (enum sst_ytd_measure)find_measure(v), SST_FLOAT64, values, NULL, out);
    vector_check(v, "value", out, n);
    sst_panel_free(&c.panel);
    return 1;
}

static int
run_growth(const struct vector *v)
{
    static const char *const names[SST_YTD_FIGURES] = {"ytd", "ytd_growth", "half_width",
                                                       "growth_half_width"};
    struct calendar c;
    double figures[SST_YTD_FIGURES * MOST], out[SST_YTD_RESULTS * MOST];
    if (!read_calendar(v, &c))
        return 0;
    for (int k = 0; k < SST_YTD_FIGURES; k++) {
        ptrdiff_t given;
        const double *input = vector_input(v, names[k], &given);
        for (ptrdiff_t i = 0; i < c.rows; i++)
            figures[k * c.rows + i] = input == NULL ? 0.0 : vector_at(v, names[k], i);
    }
    struct sst_ytd_growth growth = {
        .panel = &c.panel, .period = c.period, .columns = 1, .figures = figures, .out = out};
    sst_ytd_growth(&growth, 2);
    vector_check(v, "value", out, c.rows);
    if (vector_expected(v, "low") > 0) {
        vector_check(v, "low", out + SST_YTD_LOW * c.rows, c.rows);
        vector_check(v, "high", out + SST_YTD_HIGH * c.rows, c.rows);
    }
    sst_panel_free(&c.panel);
    return 1;
}

static int
run(const struct vector *v)
{
    if (strcmp(v->name, "period_growth_from_ytd") == 0)
        return run_growth(v);
    if (strcmp(v->name, "ytd_to_period") == 0 || strcmp(v->name, "period_to_ytd") == 0)
        return run_conversion(v);
    return 0;
}

static void
check_years(void)
{
    int64_t year[4];
    CHECK(sst_ytd_years((const int64_t[]){11, 12, 2, 3}, 4, 0, year) == -1);
    CHECK(year[0] == 0 && year[1] == 0 && year[2] == 1 && year[3] == 1);
    CHECK(sst_ytd_years((const int64_t[]){2, 1, 12, 3}, 4, 1, year) == -1);
    CHECK(year[1] == 0 && year[2] == 1 && year[3] == 1);
    CHECK(sst_ytd_years((const int64_t[]){1, 3, 3, 4}, 4, 0, year) == 2);
    CHECK(sst_ytd_years((const int64_t[]){12, 11, 10, 9}, 4, 0, year) == 2);
    CHECK(sst_ytd_years((const int64_t[]){2, 1, 2, 1}, 4, 0, year) == -1);
    CHECK(sst_ytd_years((const int64_t[]){9, 10, 11, 12}, 4, 1, year) == 2);
    CHECK(sst_ytd_years(NULL, 0, 0, NULL) == -1);
}

/* Whole numbers beyond 2^53: the differences are small, the sums have 65 bits. */
static void
check_integers(void)
{
    struct calendar c = {.rows = 4, .period = {1, 2, 3, 4}};
    const int64_t signed_values[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 2};
    const uint64_t unsigned_values[] = {UINT64_MAX, UINT64_MAX - 1, UINT64_MAX, 1};
    double out[4];
    CHECK(line_up(&c));
    convert(&c, SST_YTD_COMBINED, SST_INT64, signed_values, NULL, out);
    CHECK(out[0] == -0x1p63 && out[1] == 1.0 && out[2] == 0x1p64 && out[3] == -2.0);
    convert(&c, SST_YTD_COMBINED, SST_UINT64, unsigned_values, NULL, out);
    CHECK(out[0] == 0x1p64 && out[1] == -1.0 && out[2] == 1.0 && out[3] == 2.0 - 0x1p64);
    convert(&c, SST_YTD_SUM, SST_INT64, signed_values, NULL, out);
    CHECK(out[1] == -0x1p64 && out[2] == -0x1p63 && out[3] == -3.0);
    convert(&c, SST_YTD_SUM, SST_UINT64, unsigned_values, NULL, out);
    /* 3 * 2^64 - 4 and 3 * 2^64 - 3 round to 3 * 2^64. */
    CHECK(out[2] == 0x1.8p65 && out[3] == 0x1.8p65);
    sst_panel_free(&c.panel);
}

static void
check_missing(void)
{
    struct calendar c = {.rows = 4, .period = {1, 2, 3, 4}};
    const int64_t values[] = {7, 30, 50, 75};
    const unsigned char january[] = {1, 0, 0, 0}, march[] = {0, 0, 1, 0};
    double out[4];
    CHECK(line_up(&c));
    convert(&c, SST_YTD_SPLIT, SST_INT64, values, january, out);
    CHECK(out[0] == 15.0 && out[1] == 15.0 && out[2] == 20.0 && out[3] == 25.0);
    convert(&c, SST_YTD_COMBINED, SST_INT64, values, march, out);
    CHECK(out[0] == 7.0 && out[1] == 23.0 && isnan(out[2]) && isnan(out[3]));
    convert(&c, SST_YTD_SUM, SST_INT64, values, january, out);
    CHECK(isnan(out[0]) && out[1] == 30.0 && out[2] == 80.0 && out[3] == 155.0);
    sst_panel_free(&c.panel);
}

/* Half-way between two floats but for what a double cannot hold. */
static void
check_floats(void)
{
    struct calendar c = {.rows = 3, .period = {1, 2, 3}};
    const float up[] = {1.0F, 0x1p-24F, 0x1p-80F}, down[] = {1.0F, 0x1.8p-23F, -0x1p-80F};
    const float wide[] = {0x1p100F, 0x1p76F, 0x1p-149F};
    float out[3];
    CHECK(line_up(&c));
    convert(&c, SST_YTD_SUM, SST_FLOAT32, up, NULL, out);
    CHECK(out[1] == 1.0F && out[2] == 1.0F + 0x1p-23F);
    convert(&c, SST_YTD_SUM, SST_FLOAT32, down, NULL, out);
    CHECK(out[1] == 1.0F + 0x1p-22F && out[2] == 1.0F + 0x1p-23F);
    convert(&c, SST_YTD_SUM, SST_FLOAT32, wide, NULL, out);
    CHECK(out[1] == 0x1p100F && out[2] == 0x1.000002p100F);
    sst_panel_free(&c.panel);
}

/* Columns across rows, and along them: the same figures whatever the strides. */
static void
check_columns(void)
{
    enum { COLUMNS = 70 };
    struct calendar c = {.rows = 3, .period = {2, 1, 3}};
    double across[3 * COLUMNS], along[3 * COLUMNS];
    double one[3 * COLUMNS] = {0.0}, other[3 * COLUMNS] = {0.0};
    CHECK(line_up(&c));
    for (int k = 0; k < COLUMNS; k++)
        for (int row = 0; row < 3; row++)
            across[row * COLUMNS + k] = along[k * 3 + row] = (double)(c.period[row] * (k + 1));
    struct sst_columns columns = {.in = (const char *)across,
                                  .out = (char *)one,
                                  .in_row = COLUMNS * 8,
                                  .out_row = COLUMNS * 8,
                                  .in_size = 8,
                                  .out_size = 8,
                                  .dimensions = 1,
                                  .shape = {COLUMNS},
                                  .in_step = {8},
                                  .out_step = {8}};
    struct sst_ytd ytd = {.panel = &c.panel, .period = c.period, .kind = SST_FLOAT64};
    ytd.columns = &columns;
    sst_ytd(&ytd, 3);
    columns.in = (const char *)along;
    columns.out = (char *)other;
    columns.in_row = columns.out_row = 8;
    columns.in_step[0] = columns.out_step[0] = 24;
    sst_ytd(&ytd, 1);
    int same = 1;
    for (int k = 0; k < COLUMNS; k++)
        for (int row = 0; row < 3; row++)
            same &= one[row * COLUMNS + k] == k + 1 && other[k * 3 + row] == k + 1;
    CHECK(same);
    sst_panel_free(&c.panel);
}

int
main(int argc, char **argv)
{
    check_years();
    check_integers();
    check_missing();
    check_floats();
    check_columns();
    if (argc > 1)
        vectors_run(argv[1], "ytd.txt", run);
    return check_summary();
}
