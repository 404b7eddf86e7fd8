/* SPDX-License-Identifier: MIT
 *
 * Growth of annual averages against tests/vectors/annual.txt.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annual.h"
#include "check.h"

/* The last `n` values, as the public functions take them. */
static const double *
last_of(const struct vector *v, ptrdiff_t n)
{
    ptrdiff_t count;
    const double *values = vector_input(v, "values", &count);
    return values == NULL || n > count ? NULL : values + (count - n);
}

static ptrdiff_t
option_of(const struct vector *v, const char *name)
{
    const char *text = vector_option(v, name);
    return text == NULL ? 0 : strtol(text, NULL, 10);
}

static int
run(const struct vector *v)
{
    static const char *const names[SST_ANNUAL_RESULTS] = {"annual", "carry_over", "during", "end"};
    ptrdiff_t year = option_of(v, "periods_per_year"), known = option_of(v, "known");
    double options[2] = {(double)year, (double)known}, out[SST_ANNUAL_RESULTS];
    struct sst_lane lane = {.options = options, .out = out};
    if (strcmp(v->name, "carry_over") == 0) {
        lane.outs = 1;
        lane.length[0] = year + known;
        lane.in[0] = last_of(v, year + known);
        if (lane.in[0] == NULL)
            return 0;
        sst_carry_over(&lane);
        vector_check(v, "value", out, 1);
        return 1;
    }
    lane.outs = SST_ANNUAL_RESULTS;
    lane.length[0] = 2 * year;
    lane.in[0] = last_of(v, 2 * year);
    if (strcmp(v->name, "annual_growth") != 0 || lane.in[0] == NULL)
        return 0;
    sst_annual_growth(&lane);
    for (int k = 0; k < SST_ANNUAL_RESULTS; k++)
        vector_check(v, names[k], out + k, 1);
    return 1;
}

/* Options that do not fit the lane are answered without reading past it. */
static void
check_options(void)
{
    const double values[3] = {1.0, 2.0, 3.0};
    const double wrong[][2] = {{0, 0}, {-1, 0},    {4, 0},   {2, 2},        {3, -1},
                               {2, 0}, {1e300, 0}, {NAN, 0}, {2, INFINITY}, {2, NAN}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        double out[SST_ANNUAL_RESULTS] = {0.0};
        struct sst_lane lane = {.in = {values}, .length = {3}, .out = out, .outs = 1};
        lane.options = wrong[k];
        sst_carry_over(&lane);
        CHECK(isnan(out[0]));
        lane.outs = SST_ANNUAL_RESULTS;
        sst_annual_growth(&lane);
        CHECK(isnan(out[0]) && isnan(out[SST_ANNUAL_END]));
    }
    /* Nor is there written past another number of results. */
    for (ptrdiff_t outs = 0; outs < SST_ANNUAL_RESULTS; outs++) {
        double out[SST_ANNUAL_RESULTS] = {0.0};
        struct sst_lane lane = {.in = {values}, .length = {2}, .out = out, .outs = outs};
        lane.options = (const double[]){1.0, 1.0};
        sst_annual_growth(&lane);
        CHECK(out[outs] == 0.0 && (outs == 0 || isnan(out[outs - 1])));
        lane.outs = outs == 1 ? 0 : outs;
        sst_carry_over(&lane);
        CHECK(out[outs] == 0.0 && (outs == 0 || isnan(out[outs - 1])));
    }
}

int
main(int argc, char **argv)
{
    check_options();
    if (argc > 1)
        vectors_run(argv[1], "annual.txt", run);
    return check_summary();
}
