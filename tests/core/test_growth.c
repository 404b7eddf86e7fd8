/* SPDX-License-Identifier: MIT
 *
 * Growth measures against tests/vectors/growth.txt, along rows, panels and pairs.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "growth.h"
#include "panel.h"
#include "reason.h"

enum { MOST = 64, LAGS = 4 };

struct kernel {
    const char *method; /* literal of the option, and of base */
    const char *base;
    sst_map_function plain, annual;
};

static const struct kernel kernels[] = {
    {"\"simple\"", "\"ieee\"", sst_simple_f64, sst_annual_f64},
    {"\"simple\"", "\"nan\"", sst_simple_nan_f64, sst_annual_nan_f64},
    {"\"simple\"", "\"abs\"", sst_simple_abs_f64, sst_annual_abs_f64},
    {"\"log\"", "\"ieee\"", sst_log_f64, sst_log_annual_f64},
    {"\"midpoint\"", "\"ieee\"", sst_midpoint_f64, NULL},
    {"\"difference\"", "\"ieee\"", sst_difference_f64, NULL},
    {"\"ratio\"", "\"ieee\"", sst_ratio_f64, NULL},
    {"\"ratio\"", "\"abs\"", sst_ratio_abs_f64, NULL},
};

static const char *
option_or(const struct vector *v, const char *name, const char *otherwise)
{
    const char *text = vector_option(v, name);
    return text == NULL ? otherwise : text;
}

static sst_map_function
find_kernel(const struct vector *v)
{
    const char *method = option_or(v, "method", "\"simple\"");
    const char *base = option_or(v, "base", "\"ieee\"");
    int annual = vector_option(v, "periods_per_year") != NULL;
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++)
        if (strcmp(kernels[k].method, method) == 0 && strcmp(kernels[k].base, base) == 0)
            return annual ? kernels[k].annual : kernels[k].plain;
    return NULL;
}

static ptrdiff_t
read_lags(const struct vector *v, int64_t *lags)
{
    const char *text = option_or(v, "lag", "1");
    ptrdiff_t count = 0;
    while (*text != '\0' && count < LAGS) {
        text += strspn(text, "[], ");
        char *end;
        lags[count] = strtoll(text, &end, 10);
        count += end != text;
        text = end + strspn(end, "], ");
    }
    return count;
}

/* The plan of the vector's groups and time; rows in order without them. */
static int
make_panel(const struct vector *v, ptrdiff_t n, struct sst_panel *panel)
{
    ptrdiff_t units, times, repeated[2];
    const double *groups = vector_input(v, "groups", &units);
    const double *time = vector_input(v, "time", &times);
    int32_t codes[MOST];
    int64_t steps[MOST];
    for (ptrdiff_t i = 0; i < n; i++) {
        codes[i] = groups == NULL ? 0 : (int32_t)groups[i];
        steps[i] = time == NULL ? i : (int64_t)time[i];
    }
    enum sst_status status = sst_panel_sort(
        codes, MOST, time == NULL && groups != NULL ? NULL : steps, n, 2, panel, repeated);
    return status == SST_OK;
}

static int
run_axis(const struct vector *v, sst_map_function pair, int code)
{
    ptrdiff_t n;
    const double *values = vector_input(v, "values", &n);
    int64_t lags[LAGS];
    double exponents[2 * LAGS], out[MOST];
    int8_t codes[MOST];
    double fill = strtod(option_or(v, "fill", "nan"), NULL);
    double per_year = strtod(option_or(v, "periods_per_year", "0"), NULL);
    struct sst_pairing pairing = {.pair = pair, .lag = lags, .exponents = exponents};
    pairing.lags = read_lags(v, lags);
    if (pair == NULL || n * pairing.lags > MOST)
        return 0;
    for (ptrdiff_t k = 0; k < pairing.lags; k++) {
        exponents[2 * k] = per_year;
        exponents[2 * k + 1] = (double)lags[k];
    }
    if (code)
        pairing.fill[0] = SST_NO_PERIOD;
    else
        memcpy(pairing.fill, &fill, sizeof fill);
    struct sst_panel panel;
    if (!make_panel(v, n, &panel))
        return 0;
    int size = code ? 1 : (int)sizeof(double);
    struct sst_columns columns = {.in = (const char *)values,
                                  .out = code ? (char *)codes : (char *)out,
                                  .in_row = sizeof(double),
                                  .out_row = size,
                                  .out_lag = n * size,
                                  .in_size = sizeof(double),
                                  .out_size = size};
    sst_panel_apply(&panel, &columns, &pairing, 2);
    for (ptrdiff_t i = 0; code && i < n * pairing.lags; i++)
        out[i] = codes[i];
    vector_check(v, "value", out, n * pairing.lags);
    sst_panel_free(&panel);
    return 1;
}

/* An element-wise measure of named inputs. */
static int
run_map(const struct vector *v, sst_map_function function, const char *const *names, int inputs)
{
    double values[3][MOST], out[MOST];
    ptrdiff_t n = vector_expected(v, "value");
    if (n > MOST || function == NULL)
        return 0;
    struct sst_map map = {.n = n, .out = (char *)out, .out_step = sizeof *out};
    for (int k = 0; k < inputs; k++) {
        for (ptrdiff_t i = 0; i < n; i++)
            values[k][i] = vector_at(v, names[k], i);
        map.in[k] = (const char *)values[k];
        map.step[k] = sizeof(double);
    }
    function(&map);
    vector_check(v, "value", out, n);
    return 1;
}

static int
run(const struct vector *v)
{
    static const char *const between[] = {"start", "end"};
    static const char *const span[] = {"start", "end", "periods"};
    static const char *const implied[] = {"level", "growth"};
    if (strcmp(v->name, "growth_rate") == 0)
        return run_axis(v, find_kernel(v), 0);
    if (strcmp(v->name, "growth_reason") == 0)
        return run_axis(v, sst_reason_f64, 1);
    if (strcmp(v->name, "growth_between") == 0)
        return run_map(v, find_kernel(v), between, 2);
    if (strcmp(v->name, "cagr") == 0)
        return run_map(v, sst_cagr_f64, span, 3);
    if (strcmp(v->name, "implied_base") == 0)
        return run_map(v, sst_implied_base_f64, implied, 2);
    return 0;
}

static double
difference(sst_map_function function, const void *x, const void *y)
{
    double out;
    struct sst_map map = {.n = 1, .in = {x, y}, .out = (char *)&out, .out_step = sizeof out};
    function(&map);
    return out;
}

/* Exact powers of two beyond 2^53, where a difference of doubles is wrong. */
static void
check_integers(void)
{
    int64_t a = INT64_C(9007199254740993), b = INT64_C(9007199254740992), low = INT64_MIN,
            high = INT64_MAX;
    uint64_t most = UINT64_MAX, near = UINT64_MAX - 1, zero = 0;
    CHECK(difference(sst_difference_i64_i64, &b, &a) == 1.0);
    CHECK(difference(sst_difference_i64_i64, &a, &b) == -1.0);
    CHECK(difference(sst_difference_i64_i64, &low, &high) == 0x1p64);
    CHECK(difference(sst_difference_i64_i64, &high, &low) == -0x1p64);
    CHECK(difference(sst_difference_u64_u64, &near, &most) == 1.0);
    CHECK(difference(sst_difference_u64_u64, &most, &zero) == -0x1p64);
    /* 2^63 + 2^64 - 1 has 65 bits. */
    CHECK(difference(sst_difference_i64_u64, &low, &most) == 0x1.8p64);
    CHECK(difference(sst_difference_u64_i64, &most, &low) == -0x1.8p64);
    CHECK(difference(sst_difference_i64_u64, &high, &most) == 0x1p63);
}

int
main(int argc, char **argv)
{
    check_integers();
    if (argc > 1)
        vectors_run(argv[1], "growth.txt", run);
    return check_summary();
}
