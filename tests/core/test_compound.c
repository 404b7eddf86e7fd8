/* SPDX-License-Identifier: MIT
 *
 * Logarithms and compound rates: the same bits from every path, place and layout. What
 * their values should be is in tests/vectors/growth.txt (test_growth.c).
 */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "avx2.h"
#include "batch.h"
#include "check.h"
#include "growth.h"

enum { PAIRS = 3 * SST_BATCH + 5, SPECIALS = 18 };

static const double specials[SPECIALS] = {
    0.0,     -0.0,      1.0,     -1.0,     0x1p-1074, -0x1p-1074, 0x1p-1022, 0x1p-400, 0x1.8p-401,
    0x1p400, 0x1.8p400, DBL_MAX, -DBL_MAX, 0x1p600,   0x1p-600,   INFINITY,  NAN,      -INFINITY};

static const double factors[][2] = {{1, 1},      {4, 1},      {12, 1},   {13, 1},  {16, 1},
                                    {17, 1},     {1, 4},      {2, 3},    {365, 4}, {1e300, 7},
                                    {1e-300, 7}, {1000, 0.5}, {1, 1e200}};
enum { FACTORS = sizeof factors / sizeof *factors };

/* A linear congruential generator (D. E. Knuth, TAOCP 2, 3.3.4), so that runs are alike. */
static uint64_t
draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 11;
}

static double
uniform(uint64_t *state)
{
    return (double)draw(state) * 0x1p-53;
}

/* Neighbors, ordinary figures, far ones and special ones. */
static void
fill(double *x, double *y, ptrdiff_t n, uint64_t seed)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        int kind = (int)(draw(&seed) % 8);
        int scale = (int)(draw(&seed) % (kind == 0 ? 1900 : 20)) - (kind == 0 ? 950 : 10);
        x[i] = ldexp(1.0 + uniform(&seed), scale);
        y[i] = x[i] * (kind < 4 ? 0.25 + 3.0 * uniform(&seed) : 1.0 + (uniform(&seed) - 0.5) / 64);
        if (kind == 7)
            x[i] = specials[draw(&seed) % SPECIALS];
        if (kind == 7 || kind == 6)
            y[i] = kind == 6 ? nextafter(x[i], y[i]) : specials[draw(&seed) % SPECIALS];
    }
}

static int
same(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static int
all_same(const double *a, const double *b, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++)
        if (!same(a[i], b[i]))
            return 0;
    return 1;
}

/* Batches of n pairs from two tables, the second one pair at a time. */
static void
check_function(sst_batch_function one, sst_batch_function other, struct sst_batch batch)
{
    double whole[SST_BATCH], alone[SST_BATCH];
    const struct sst_batch all = batch;
    int left = 0, left_alone = 0;
    batch.out = whole;
    left = one(&batch);
    for (ptrdiff_t i = 0; i < all.n; i++) {
        batch = all;
        batch.n = 1;
        batch.x += i;
        batch.y += i;
        batch.high += i;
        batch.low += i;
        batch.out = alone + i;
        left_alone |= other(&batch);
    }
    CHECK(all_same(whole, alone, all.n));
    CHECK(left == left_alone);
}

static void
check_batches(const struct sst_batches *one, const struct sst_batches *other)
{
    double x[SST_BATCH], y[SST_BATCH], high[SST_BATCH], low[SST_BATCH];
    for (int k = 0; k < FACTORS; k++)
        for (ptrdiff_t n = 1; n <= SST_BATCH; n += n < 12 ? 1 : 61) {
            fill(x, y, n, (uint64_t)(1000 * k + n));
            for (ptrdiff_t i = 0; i < n; i++) {
                high[i] = factors[k][0] / factors[k][1];
                low[i] = 0x1p-54 * high[i];
            }
            struct sst_batch batch = {n, x, y, NULL, high, low, k + 1};
            check_function(one->log, other->log, batch);
            check_function(one->log_times, other->log_times, batch);
            check_function(one->compound, other->compound, batch);
            check_function(one->per_period, other->per_period, batch);
            check_function(one->power, other->power, batch);
        }
}

static const sst_map_function measures[] = {sst_log_f64,        sst_log_annual_f64, sst_annual_f64,
                                            sst_annual_nan_f64, sst_annual_abs_f64, sst_cagr_f64};
static const sst_map_function integers[] = {sst_log_i64_i64,        sst_log_annual_i64_i64,
                                            sst_annual_i64_i64,     sst_annual_nan_i64_i64,
                                            sst_annual_abs_i64_i64, sst_cagr_i64_i64};
static const sst_map_function narrow[] = {sst_log_f32,        sst_log_annual_f32, sst_annual_f32,
                                          sst_annual_nan_f32, sst_annual_abs_f32, sst_cagr_f32};
enum { MEASURES = sizeof measures / sizeof *measures, CAGR = MEASURES - 1 };

/* Dense, backwards and spread out, into the base itself, and from one pair at a time. */
static void
check_layouts(sst_map_function measure, const double *by)
{
    static double x[PAIRS], y[PAIRS], want[PAIRS], got[3 * PAIRS], spread[2 * PAIRS], copy[PAIRS];
    const ptrdiff_t size = sizeof(double);
    fill(x, y, PAIRS, 7);
    for (ptrdiff_t i = 0; i < PAIRS; i++)
        spread[2 * (PAIRS - 1 - i)] = x[i];
    memcpy(copy, x, sizeof copy);
    const char *third = (const char *)by;
    struct sst_map map = {
        PAIRS, {(char *)x, (char *)y, third}, {size, size, 0}, (char *)want, size};
    measure(&map);
    struct sst_map apart = {PAIRS,
                            {(char *)(spread + 2 * (PAIRS - 1)), (char *)y, third},
                            {-2 * size, size, 0},
                            (char *)got,
                            3 * size};
    measure(&apart);
    struct sst_map itself = {
        PAIRS, {(char *)copy, (char *)y, third}, {size, size, 0}, (char *)copy, size};
    measure(&itself);
    CHECK(all_same(want, copy, PAIRS));
    int alike = 1;
    for (ptrdiff_t i = 0; i < PAIRS; i++) {
        double one;
        struct sst_map single = {
            1, {(char *)(x + i), (char *)(y + i), third}, {0}, (char *)&one, 0};
        measure(&single);
        alike &= same(got[3 * i], want[i]) & same(one, want[i]);
    }
    CHECK(alike);
}

/* Integers that doubles hold give what those give; floats the same, rounded. */
static void
check_types(int k, const double *by)
{
    static double x[PAIRS], y[PAIRS], want[PAIRS], got[PAIRS];
    static float x32[PAIRS], y32[PAIRS], got32[PAIRS];
    static int64_t i64[2][PAIRS];
    const float span = (float)by[0];
    const double wide[2] = {k == CAGR ? (double)span : by[0], by[1]};
    uint64_t seed = 11;
    for (ptrdiff_t i = 0; i < PAIRS; i++) {
        x[i] = (double)(draw(&seed) % 5000) - 1000.0;
        y[i] = (double)(draw(&seed) % 5000) - 1000.0;
        x32[i] = (float)x[i];
        y32[i] = (float)y[i];
        i64[0][i] = (int64_t)x[i];
        i64[1][i] = (int64_t)y[i];
    }
    const char *third = (const char *)wide, *third32 = k == CAGR ? (const char *)&span : third;
    struct sst_map map = {PAIRS, {(char *)x, (char *)y, third}, {8, 8, 0}, (char *)want, 8};
    struct sst_map whole = {
        PAIRS, {(char *)i64[0], (char *)i64[1], third}, {8, 8, 0}, (char *)got, 8};
    struct sst_map half = {PAIRS, {(char *)x32, (char *)y32, third32}, {4, 4, 0}, (char *)got32, 4};
    measures[k](&map);
    integers[k](&whole);
    narrow[k](&half);
    CHECK(all_same(want, got, PAIRS));
    int alike = 1;
    for (ptrdiff_t i = 0; i < PAIRS; i++)
        alike &= same((double)got32[i], (double)(float)want[i]);
    CHECK(alike);
}

int
main(void)
{
    check_batches(&sst_portable_batches, &sst_portable_batches);
    check_batches(sst_batches(), &sst_portable_batches);
    for (int m = 0; m < MEASURES; m++)
        for (int k = 0; k < FACTORS; k++) {
            check_layouts(measures[m], factors[k]);
            check_types(m, factors[k]);
        }
    return check_summary();
}
