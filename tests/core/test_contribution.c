/* SPDX-License-Identifier: MIT
 *
 * Contributions to growth against tests/vectors/contributions.txt, and differences of 64 bits.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "contribution.h"

enum { MOST = 64 };

/* A block: `rows` periods (2 without a total) of `parts` parts, and the total or their plain sum.
 */
struct table {
    ptrdiff_t rows, parts, lag;
    const double *cells, *prices;
    double total[MOST], rate;
};

static double
number_of(const struct vector *v, const char *name, double otherwise)
{
    const char *text = vector_option(v, name);
    return text == NULL ? otherwise : strtod(text, NULL);
}

static int
read_table(const struct vector *v, struct table *t)
{
    ptrdiff_t cells, totals, prices;
    t->cells = vector_input(v, "parts", &cells);
    const double *total = vector_input(v, "total", &totals);
    t->prices = vector_input(v, "prices", &prices);
    t->rows = total != NULL ? totals : 2;
    t->parts = cells / t->rows;
    t->lag = (ptrdiff_t)number_of(v, "lag", 1.0);
    t->rate = number_of(v, "periods_per_year", 0.0) / (double)t->lag;
    if (t->cells == NULL || cells > MOST || (t->prices != NULL && prices != cells))
        return 0;
    for (ptrdiff_t i = 0; i < t->rows; i++) {
        t->total[i] = total != NULL ? total[i] : 0.0;
        for (ptrdiff_t k = 0; total == NULL && k < t->parts; k++)
            t->total[i] += t->cells[i * t->parts + k];
    }
    return 1;
}

/* An element-wise measure of single values, the last of which may be one too many. */
static double
map_one(sst_map_function function, double a, double b, double c, double d)
{
    double out;
    struct sst_map map = {.n = 1, .out = (char *)&out, .out_step = sizeof out};
    map.in[0] = (const char *)&a;
    map.in[1] = (const char *)&b;
    map.in[2] = (const char *)&c;
    map.in[3] = (const char *)&d;
    function(&map);
    return out;
}

static double
base_of(const struct table *t, ptrdiff_t row, int share, double least)
{
    double base = t->total[row - t->lag], current = t->total[row], change = current - base;
    if (share) {
        double growth = map_one(sst_contribution_f64, base, current, base, 0.0);
        return map_one(sst_contribution_share_base_f64, growth, change, least, 0.0);
    }
    return t->rate == 0.0
               ? base
               : map_one(sst_contribution_annual_base_f64, base, current, change, t->rate);
}

static int
run_additive(const struct vector *v, int share)
{
    struct table t;
    double out[MOST], least = number_of(v, "min_growth", 0.0005);
    if (!read_table(v, &t))
        return 0;
    for (ptrdiff_t i = 0; i < t.rows * t.parts; i++) {
        ptrdiff_t row = i / t.parts;
        out[i] = row < t.lag ? (double)NAN
                             : map_one(sst_contribution_f64, t.cells[i - t.lag * t.parts],
                                       t.cells[i], base_of(&t, row, share, least), 0.0);
    }
    vector_check(v, "value", out, t.rows * t.parts);
    return 1;
}

static int
run_weighted(const struct vector *v, sst_lane_function function)
{
    struct table t;
    double out[MOST];
    if (!read_table(v, &t) || t.prices == NULL || t.rows != 2)
        return 0;
    struct sst_lane lane = {.options = &t.rate, .out = out + t.parts, .outs = t.parts + 1};
    lane.in[0] = t.cells + t.parts;
    lane.in[1] = t.cells;
    lane.in[2] = t.prices;
    lane.in[3] = function == sst_contribution_fisher ? t.prices + t.parts : NULL;
    for (int k = 0; k < 4; k++)
        lane.length[k] = lane.in[k] != NULL ? t.parts : 0;
    function(&lane);
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < t.parts; k++) {
        out[k] = NAN;
        sum += out[t.parts + k];
    }
    CHECK(fabs(sum - out[2 * t.parts]) <= 0x1p-54);
    vector_check(v, "value", out, 2 * t.parts);
    return 1;
}

/* The lane of each part, with the months counted on through the years. */
static int
run_chained(const struct vector *v)
{
    struct table t;
    ptrdiff_t periods, cells;
    const double *period = vector_input(v, "period", &periods);
    const double *weights = vector_input(v, "weights", &cells);
    double number[MOST], lanes[2][MOST], found[MOST] = {0.0}, out[MOST],
                                         link = number_of(v, "link", 12.0);
    if (!read_table(v, &t) || periods != t.rows || cells != t.rows * t.parts)
        return 0;
    for (ptrdiff_t i = 0, year = 0; i < t.rows; i++) {
        year += i > 0 && period[i] <= period[i - 1];
        number[i] = (double)year * link + period[i];
    }
    double options[3] = {(double)t.lag, link, t.rate};
    struct sst_lane lane = {.in = {lanes[0], lanes[1], t.total, number},
                            .length = {t.rows, t.rows, t.rows, t.rows},
                            .out = found,
                            .outs = t.rows,
                            .options = options};
    for (ptrdiff_t k = 0; k < t.parts; k++) {
        for (ptrdiff_t i = 0; i < t.rows; i++) {
            lanes[0][i] = t.cells[i * t.parts + k];
            lanes[1][i] = weights[i * t.parts + k];
        }
        sst_contribution_ribe(&lane);
        for (ptrdiff_t i = 0; i < t.rows; i++)
            out[i * t.parts + k] = found[i];
    }
    vector_check(v, "value", out, t.rows * t.parts);
    return 1;
}

static int
run(const struct vector *v)
{
    const char *method = vector_option(v, "method");
    if (strcmp(v->name, "contribution_share") == 0)
        return run_additive(v, 1);
    if (strcmp(v->name, "contribution") != 0)
        return 0;
    if (method == NULL)
        return run_additive(v, 0);
    if (strcmp(method, "\"laspeyres\"") == 0)
        return run_weighted(v, sst_contribution_laspeyres);
    if (strcmp(method, "\"fisher\"") == 0)
        return run_weighted(v, sst_contribution_fisher);
    return strcmp(method, "\"ribe\"") == 0 && run_chained(v);
}

static double
of_integers(sst_map_function function, const void *x, const void *y, double base)
{
    double out;
    struct sst_map map = {.n = 1, .in = {x, y, (const char *)&base}, .out = (char *)&out};
    function(&map);
    return out;
}

/* Differences of up to 65 bits over a base, each by hand. */
static void
check_integers(void)
{
    int64_t a = INT64_C(9007199254740993), b = INT64_C(9007199254740992), low = INT64_MIN,
            high = INT64_MAX, minus = -3, five = 5;
    uint64_t most = UINT64_MAX, near = UINT64_MAX - 1, zero = 0;
    CHECK(of_integers(sst_contribution_i64, &b, &a, 4.0) == 0.25);
    CHECK(of_integers(sst_contribution_i64, &a, &b, 4.0) == -0.25);
    CHECK(of_integers(sst_contribution_i64, &minus, &five, 2.0) == 4.0);
    CHECK(of_integers(sst_contribution_i64, &five, &minus, 2.0) == -4.0);
    CHECK(of_integers(sst_contribution_i64, &low, &high, 2.0) == 0x1p63);
    CHECK(of_integers(sst_contribution_i64, &high, &low, 1.0) == -0x1p64);
    CHECK(of_integers(sst_contribution_u64, &near, &most, 1.0) == 1.0);
    CHECK(of_integers(sst_contribution_u64, &most, &zero, 0x1p64) == -1.0);
    /* 2^64 - 1 over itself as a double, 2^64, is 1 - 2^-64. */
    CHECK(of_integers(sst_contribution_u64, &zero, &most, 0x1p64) == 1.0);
}

/* A difference beyond the largest double, over a base that brings it back. */
static void
check_far(void)
{
    CHECK(map_one(sst_contribution_f64, -1e308, 1e308, 1e308, 0.0) == 2.0);
    CHECK(map_one(sst_contribution_f64, 1.0, INFINITY, 2.0, 0.0) == INFINITY);
    CHECK(isnan(map_one(sst_contribution_f64, INFINITY, INFINITY, 2.0, 0.0)));
    CHECK(isnan(map_one(sst_contribution_share_base_f64, -2.0, -INFINITY, 0.0, 0.0)));
    CHECK(map_one(sst_contribution_share_base_f64, INFINITY, INFINITY, 0.0, 0.0) == INFINITY);
}

/* Lanes that do not fit, and options and periods that mean nothing, end in NaN. */
static void
check_options(void)
{
    const double x[3] = {1.0, 2.0, 3.0};
    const double wrong[][3] = {{0, 1, 0}, {-1, 1, 0},  {1, 0, 0},   {1, -1, 0},
                               {9, 1, 0}, {NAN, 1, 0}, {1, NAN, 0}, {1e300, 1e-300, 0}};
    double out[4];
    struct sst_lane lane = {.in = {x, x, x, x}, .length = {3, 3, 3, 3}, .out = out};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        lane.options = wrong[k];
        lane.outs = 3;
        sst_contribution_ribe(&lane);
        CHECK(isnan(out[0]) && isnan(out[1]) && isnan(out[2]));
    }
    lane.options = wrong[0];
    lane.outs = 3;
    sst_contribution_fisher(&lane);
    CHECK(isnan(out[0]) && isnan(out[2]));
    lane.length[1] = lane.length[2] = 2;
    sst_contribution_laspeyres(&lane);
    CHECK(isnan(out[0]) && isnan(out[2]));
    lane.outs = 0;
    sst_contribution_laspeyres(&lane);
}

/* Numbers that are not in order, or not there, end the search. */
static void
check_numbers(void)
{
    const double x[4] = {1.0, 1.0, 1.0, 1.0}, options[3] = {1.0, 1.0, 0.0};
    const double numbers[][4] = {{4, 3, 2, 1}, {1, NAN, 2, 3}, {1, 1, 1, 1}, {INFINITY, 0, NAN, 1}};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        double out[4] = {7.0, 7.0, 7.0, 7.0};
        struct sst_lane lane = {.in = {x, x, x, numbers[k]}, .length = {4, 4, 4, 4}, .out = out};
        lane.outs = 4;
        lane.options = options;
        sst_contribution_ribe(&lane);
        for (int i = 0; i < 4; i++)
            CHECK(isnan(out[i]) || out[i] == 0.0);
    }
}

int
main(int argc, char **argv)
{
    check_integers();
    check_far();
    check_options();
    check_numbers();
    if (argc > 1)
        vectors_run(argv[1], "contributions.txt", run);
    return check_summary();
}
