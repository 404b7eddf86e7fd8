/* SPDX-License-Identifier: MIT
 *
 * Audits against tests/vectors/audits.txt, printed ends, and interval arithmetic.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "audit.h"
#include "check.h"
#include "rounding.h"

enum { MOST = 16 };

/* The i-th value of an input, `otherwise` where there is none. */
static double
given(const struct vector *v, const char *name, const char *suffix, ptrdiff_t i, double otherwise)
{
    char key[VECTOR_TEXT];
    ptrdiff_t count;
    if (strlen(name) + strlen(suffix) >= sizeof key)
        return NAN;
    strcpy(key, name);
    strcat(key, suffix);
    return vector_input(v, key, &count) == NULL ? otherwise : vector_at(v, key, i);
}

static int8_t
bound_of(const struct vector *v, const char *name)
{
    static const char *const words[SST_BOUND_COUNT] = {"\"eq\"", "\"ge\"", "\"gt\"", "\"le\"",
                                                       "\"lt\""};
    char key[VECTOR_TEXT];
    strcpy(key, name);
    strcat(key, "_bound");
    const char *word = vector_option(v, key);
    for (int8_t code = 0; word != NULL && code < SST_BOUND_COUNT; code++)
        if (strcmp(word, words[code]) == 0)
            return code;
    return SST_EQ;
}

/* Compares one row of a result with `expect NAME`, where there is one. */
static void
check_row(const struct vector *v, const char *name, const char *suffix, const double *row,
          ptrdiff_t n)
{
    char key[VECTOR_TEXT];
    strcpy(key, name);
    strcat(key, suffix);
    if (vector_expected(v, key) > 0)
        vector_check(v, key, row, n);
}

static ptrdiff_t
claims_in(const struct vector *v)
{
    ptrdiff_t most = 1;
    for (int k = 0; k < v->fields; k++)
        if (strcmp(v->field[k].key, "expect") == 0 && v->field[k].count > most)
            most = v->field[k].count;
    return most;
}

static int
run_product(const struct vector *v, const char *const names[SST_PRODUCT_FIGURES], double offset)
{
    double figures[SST_PRODUCT_ROWS * MOST], out[SST_PRODUCT_OUT * MOST];
    int8_t bounds[SST_PRODUCT_FIGURES * MOST];
    ptrdiff_t n = claims_in(v);
    if (n > MOST)
        return 0;
    for (int k = 0; k < SST_PRODUCT_FIGURES; k++)
        for (ptrdiff_t i = 0; i < n; i++) {
            figures[2 * k * n + i] = given(v, names[k], "", i, NAN);
            figures[(2 * k + 1) * n + i] = given(v, names[k], "_half_width", i, 0.0);
            bounds[k * n + i] = bound_of(v, names[k]);
        }
    CHECK(sst_audit_product(n, figures, bounds, offset, out) == SST_OK);
    check_row(v, "consistent", "", out + SST_OUT_CONSISTENT * n, n);
    check_row(v, "widening", "", out + SST_OUT_WIDENING * n, n);
    for (int k = 0; k < SST_PRODUCT_FIGURES; k++) {
        check_row(v, names[k], ".low", out + (SST_OUT_ENDS + 2 * k) * n, n);
        check_row(v, names[k], ".high", out + (SST_OUT_ENDS + 2 * k + 1) * n, n);
        check_row(v, names[k], ".value", out + (SST_OUT_VALUES + k) * n, n);
    }
    return 1;
}

static int
run_sum(const struct vector *v)
{
    double figures[2 * (MOST + 1)], out[2 + 3 * (MOST + 1)], ends[3][MOST];
    int8_t bounds[MOST + 1];
    ptrdiff_t parts;
    vector_input(v, "parts", &parts);
    if (parts < 1 || parts > MOST)
        return 0;
    for (ptrdiff_t k = 0; k < parts; k++) {
        figures[k] = vector_at(v, "parts", k);
        figures[parts + 1 + k] = given(v, "parts", "_half_width", k, 0.0);
        bounds[k] = bound_of(v, "parts");
    }
    bounds[parts] = bound_of(v, "total");
    figures[parts] = given(v, "total", "", 0, NAN);
    figures[2 * parts + 1] = given(v, "total", "_half_width", 0, 0.0);
    CHECK(sst_audit_sum(1, parts, figures, bounds, out) == SST_OK);
    for (ptrdiff_t k = 0; k < parts; k++)
        for (int part = 0; part < 3; part++)
            ends[part][k] = out[2 + 3 * k + part];
    check_row(v, "consistent", "", out, 1);
    check_row(v, "widening", "", out + 1, 1);
    check_row(v, "parts", ".low", ends[0], parts);
    check_row(v, "parts", ".high", ends[1], parts);
    check_row(v, "parts", ".value", ends[2], parts);
    check_row(v, "total", ".low", out + 2 + 3 * parts, 1);
    check_row(v, "total", ".high", out + 3 + 3 * parts, 1);
    return 1;
}

static int
run_completion(const struct vector *v)
{
    static const char *const names[SST_COMPLETION_FIGURES] = {"actual", "target", "completion",
                                                              "lead"};
    double figures[SST_COMPLETION_ROWS * MOST], out[SST_COMPLETION_OUT * MOST];
    int8_t bounds[SST_COMPLETION_FIGURES * MOST];
    ptrdiff_t n = claims_in(v);
    if (n > MOST)
        return 0;
    for (int k = 0; k < SST_COMPLETION_FIGURES; k++)
        for (ptrdiff_t i = 0; i < n; i++) {
            figures[2 * k * n + i] = given(v, names[k], "", i, NAN);
            figures[(2 * k + 1) * n + i] = given(v, names[k], "_half_width", i, 0.0);
            bounds[k * n + i] = bound_of(v, names[k]);
        }
    for (ptrdiff_t i = 0; i < n; i++)
        figures[2 * SST_COMPLETION_FIGURES * n + i] = given(v, "elapsed", "", i, NAN);
    CHECK(sst_audit_completion(n, figures, bounds, out) == SST_OK);
    check_row(v, "consistent", "", out, n);
    check_row(v, "widening", "", out + n, n);
    for (int k = 0; k < SST_COMPLETION_FIGURES; k++) {
        check_row(v, names[k], ".low", out + (SST_COMPLETION_ENDS + 2 * k) * n, n);
        check_row(v, names[k], ".high", out + (SST_COMPLETION_ENDS + 2 * k + 1) * n, n);
        check_row(v, names[k], ".value", out + (SST_COMPLETION_VALUES + k) * n, n);
    }
    return 1;
}

static int
run(const struct vector *v)
{
    static const char *const growth[] = {"level", "growth", "base"};
    static const char *const share[] = {"part", "share", "whole"};
    if (strcmp(v->name, "audit") == 0)
        return run_product(v, growth, 1.0);
    if (strcmp(v->name, "audit_share") == 0)
        return run_product(v, share, 0.0);
    if (strcmp(v->name, "audit_sum") == 0)
        return run_sum(v);
    if (strcmp(v->name, "audit_completion") == 0)
        return run_completion(v);
    return 0;
}

/* Ends are the decimals a reader would write down, not their binary neighbors. */
static void
test_end_points(void)
{
    CHECK(sst_end_point(0.3, 0.005, 0.0, -1) == 0.295);
    CHECK(sst_end_point(0.3, 0.005, 1.0, 1) == 1.305);
    CHECK(sst_end_point(0.859, 0.0005, 0.0, -1) == 0.8585);
    CHECK(sst_end_point(85.8, 0.05, 0.0, 1) == 85.85);
    CHECK(sst_end_point(12600.0, 50.0, 0.0, -1) == 12550.0);
    CHECK(sst_end_point(-0.1, 0.1, 0.0, 1) == 0.0);
    CHECK(sst_end_point(1.766e11, 5e7, 0.0, 1) == 1.7665e11);
    CHECK(sst_end_point(-0.022, 0.0005, 0.5, 1) == 0.4785); /* decimal offsets too */
    CHECK(sst_end_point(0.1, 0.005, 0.2, -1) == 0.295);
    CHECK(sst_end_point(0.1, 0.0, 1.0 / 3.0, 1) > 0.1 + 1.0 / 3.0);
    double third = 1.0 / 3.0; /* no short decimal: outward */
    CHECK(sst_end_point(third, 0.1, 0.0, -1) < third - 0.1);
    CHECK(sst_end_point(third, 0.1, 0.0, 1) > third + 0.1);
}

static void
test_bad_bound(void)
{
    double figures[SST_COMPLETION_ROWS] = {1.0}, out[SST_COMPLETION_OUT];
    int8_t bounds[SST_COMPLETION_FIGURES] = {0, SST_BOUND_COUNT, 0, 0};
    CHECK(sst_audit_product(1, figures, bounds, 1.0, out) == SST_BAD_ARGUMENT);
    CHECK(sst_audit_sum(1, 2, figures, bounds, out) == SST_BAD_ARGUMENT);
    CHECK(sst_audit_completion(1, figures, bounds, out) == SST_BAD_ARGUMENT);
    bounds[1] = -1;
    CHECK(sst_audit_completion(1, figures, bounds, out) == SST_BAD_ARGUMENT);
    CHECK(sst_audit_sum(1, 2, figures, bounds, out) == SST_BAD_ARGUMENT);
    CHECK(sst_audit_product(0, figures, bounds, 1.0, out) == SST_OK);
    CHECK(sst_audit_completion(0, figures, bounds, out) == SST_OK);
}

static double
interval(sst_map_function function, double a, double b, double c, double d)
{
    double in[4] = {a, b, c, d}, out;
    struct sst_map map = {.n = 1, .out = (char *)&out, .out_step = 8};
    for (int k = 0; k < 4; k++) {
        map.in[k] = (char *)&in[k];
        map.step[k] = 8;
    }
    function(&map);
    return out;
}

static void
test_intervals(void)
{
    CHECK(interval(sst_interval_add_f64, 1.0, 2.0, 0, 0) == 3.0);
    CHECK(interval(sst_interval_add_f64, 1.0, 0x1p-60, 0, 0) == 1.0);
    CHECK(interval(sst_interval_add_f64, 1.0, -0x1p-60, 0, 0) == nextafter(1.0, 0.0));
    CHECK(interval(sst_interval_add_f64, DBL_MAX, DBL_MAX, 0, 0) == DBL_MAX);
    CHECK(interval(sst_interval_multiply_f64, -1, 2, 3, 4) == -4.0);
    CHECK(interval(sst_interval_multiply_f64, 0, 1, 0, INFINITY) == 0.0);
    CHECK(interval(sst_interval_multiply_f64, 0x1p-600, 1, -0x1p-600, 1) < 0.0);
    /* The double 0.1 lies above 1/10, the double of 1/3 below it. */
    CHECK(interval(sst_interval_divide_f64, 1, 1, 10, 10) == nextafter(0.1, 0.0));
    CHECK(interval(sst_interval_divide_f64, 1, 1, 3, 3) == 1.0 / 3.0);
    CHECK(interval(sst_interval_divide_f64, 1, 2, 0, 4) == 0.25);
    CHECK(interval(sst_interval_divide_f64, -2, -1, -4, 0) == 0.25);
    CHECK(interval(sst_interval_divide_f64, -1, 1, -1, 1) == -INFINITY);
    CHECK(isnan(interval(sst_interval_divide_f64, 1, 1, 0, 0)));
    CHECK(isnan(interval(sst_interval_multiply_f64, NAN, 1, 0, 0)));
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "audits.txt", run);
    test_end_points();
    test_bad_bound();
    test_intervals();
    return check_summary();
}
