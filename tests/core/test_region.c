/* SPDX-License-Identifier: MIT
 *
 * Regions and industries against tests/vectors/regions.txt.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "plants.h"
#include "region.h"

enum { MOST = 64, INDUSTRIES = 4 };

static int
is(const struct vector *v, const char *option, const char *literal)
{
    const char *text = vector_option(v, option);
    return text != NULL && strcmp(text, literal) == 0;
}

/* Square tables of one year. */
static int
run_structure(const struct vector *v, sst_region_function function, int by_cell)
{
    static const char *const forms[] = {"\"ratio\"", "\"symmetric\"", "\"additive\"",
                                        "\"structure\""};
    double out[MOST], options[2] = {is(v, "halved", "True") ? 0.5 : 1.0, 1.0};
    ptrdiff_t count, side = 1;
    struct sst_region_table t = {.skip = 1, .options = options, .out = out};
    t.cells[0] = vector_input(v, "table", &count);
    while (side * side < count)
        side++;
    if (t.cells[0] == NULL || count > MOST || side * side != count)
        return 0;
    if (is(v, "include_self", "False"))
        options[1] = 0.0;
    for (int k = 0; k < 4 && by_cell; k++)
        if (is(v, "method", forms[k]) || (k == 0 && vector_option(v, "method") == NULL))
            options[0] = k;
    t.regions = t.industries = side;
    CHECK(sst_region_run(&t, function) == SST_OK);
    vector_check(v, "value", out, by_cell ? count : side);
    return 1;
}

static const char *const classic[] = {"national", "mix", "regional", "allocation"};
static const char *const arcelus[] = {"national_expected",     "national_differential",
                                      "mix_expected",          "mix_differential",
                                      "regional_expected",     "regional_differential",
                                      "regional_mix_expected", "regional_mix_differential"};

/* Years of tables with four industries, of which the terms are summed. */
static int
run_shift(const struct vector *v)
{
    sst_region_function function = sst_shift_classic;
    const char *const *names = classic;
    int terms = SST_CLASSIC_TERMS, years = is(v, "method", "\"dynamic\"") ? 2 : 1;
    double out[SST_ARCELUS_TERMS * MOST], sums[SST_ARCELUS_TERMS * MOST] = {0.0};
    ptrdiff_t count, other;
    const double *start = vector_input(v, "start", &count), *end = vector_input(v, "end", &other);
    if (is(v, "method", "\"esteban_marquillas\"")) {
        function = sst_shift_esteban_marquillas;
        terms = SST_HOMOTHETIC_TERMS;
    } else if (is(v, "method", "\"arcelus\"")) {
        function = sst_shift_arcelus;
        terms = SST_ARCELUS_TERMS;
        names = arcelus;
    } else if (vector_option(v, "method") != NULL && years == 1) {
        return 0;
    }
    if (start == NULL || end == NULL || count != other || count > MOST)
        return 0;
    count /= years;
    struct sst_region_table t = {.industries = INDUSTRIES, .skip = 1, .out = out};
    t.regions = count / INDUSTRIES;
    for (int y = 0; y < years; y++) {
        t.cells[0] = start + y * count;
        t.cells[1] = end + y * count;
        CHECK(sst_region_run(&t, function) == SST_OK);
        for (ptrdiff_t i = 0; i < terms * count; i++)
            sums[i] += out[i];
    }
    for (int k = 0; k < terms; k++)
        vector_check(v, names[k], sums + k * count, count);
    return 1;
}

static int
run_plants(const struct vector *v)
{
    static const char *const names[] = {"gamma", "G", "H", "variance", "z"};
    double out[SST_ELLISON_GLAESER_OUTS], options[] = {1.0};
    struct sst_lane lane = {.out = out, .outs = SST_ELLISON_GLAESER_OUTS, .options = options};
    lane.in[0] = vector_input(v, "values", &lane.length[0]);
    lane.in[1] = vector_input(v, "regions", &lane.length[1]);
    lane.in[2] = vector_input(v, "reference", &lane.length[2]);
    sst_ellison_glaeser(&lane);
    for (int k = 0; k < SST_ELLISON_GLAESER_OUTS; k++)
        vector_check(v, names[k], &out[k], 1);
    double plants = (double)lane.length[0];
    vector_check(v, "plants", &plants, 1);
    return 1;
}

static int
run(const struct vector *v)
{
    if (strcmp(v->name, "location_quotient") == 0)
        return run_structure(v, sst_location_quotient, 1);
    if (strcmp(v->name, "krugman") == 0)
        return run_structure(v, sst_krugman, 0);
    if (strcmp(v->name, "hachman") == 0)
        return run_structure(v, sst_hachman, 0);
    if (strcmp(v->name, "shift_share") == 0)
        return run_shift(v);
    return strcmp(v->name, "ellison_glaeser") == 0 && run_plants(v);
}

/* A reference in the place of the sums, cells missing in one table, and no cells at all. */
static void
check_tables(void)
{
    const double start[] = {1.0, 3.0, 2.0, NAN}, end[] = {2.0, 3.0, 3.0, 9.0};
    const double before[] = {10.0, 30.0}, after[] = {20.0, 30.0}, options[] = {0.0, 0.0};
    double out[12];
    struct sst_region_table t = {.regions = 2, .industries = 2, .skip = 1, .out = out};
    t.options = options;
    t.cells[0] = start;
    t.reference[0] = before;
    CHECK(sst_region_run(&t, sst_location_quotient) == SST_OK);
    CHECK(out[0] == 1.0 && out[1] == 1.0 && out[2] == 4.0 && isnan(out[3]));
    t.cells[1] = end;
    t.reference[1] = after;
    CHECK(sst_region_run(&t, sst_shift_classic) == SST_OK);
    CHECK(out[0] == 0.25 && out[4] == 0.75 && out[8] == 0.0);
    CHECK(out[2] == 0.5 && out[6] == 1.5 && out[10] == -1.0 && isnan(out[11]));
    t.reference[0] = t.reference[1] = NULL;
    CHECK(sst_region_run(&t, sst_shift_classic) == SST_OK);
    CHECK(out[0] == 1.0 / 3.0 && isnan(out[3])); /* 6 became 8; the missing one is in neither */
    t.skip = 0;
    CHECK(sst_region_run(&t, sst_shift_classic) == SST_OK);
    CHECK(isnan(out[0]) && isnan(out[1]));
    t.regions = 0;
    CHECK(sst_region_run(&t, sst_shift_arcelus) == SST_OK);
}

/* Sums of the largest doubles. */
static void
check_large(void)
{
    const double cells[] = {0x1p1023, 0x1p1023, 0x1p1023, 0x1p1023}, options[] = {0.0, 0.0};
    double out[4];
    struct sst_region_table t = {.regions = 2, .industries = 2, .out = out, .options = options};
    t.cells[0] = cells;
    CHECK(sst_region_run(&t, sst_location_quotient) == SST_OK);
    CHECK(out[0] == 1.0 && out[3] == 1.0);
}

/* Plants in one region, of one firm, or outside the regions. */
static void
check_plants(void)
{
    const double sizes[] = {1.0, 2.0}, here[] = {0.0, 0.0}, all[] = {3.0, 3.0}, one[] = {3.0};
    double out[SST_ELLISON_GLAESER_OUTS], options[] = {1.0};
    struct sst_lane lane = {.in = {sizes, here, all},
                            .length = {2, 2, 2},
                            .out = out,
                            .outs = SST_ELLISON_GLAESER_OUTS,
                            .options = options};
    sst_ellison_glaeser(&lane);
    CHECK(out[0] == 1.0 && out[1] == 0.5 && out[2] == 5.0 / 9.0);
    lane.length[0] = lane.length[1] = 1;
    sst_ellison_glaeser(&lane);
    CHECK(isnan(out[0]) && out[2] == 1.0);
    lane.in[2] = one;
    lane.length[2] = 1;
    sst_ellison_glaeser(&lane);
    CHECK(isnan(out[0]) && out[1] == 0.0 && isnan(out[4]));
    lane.length[1] = 2;
    sst_ellison_glaeser(&lane);
    CHECK(isnan(out[0]) && isnan(out[1]));
}

int
main(int argc, char **argv)
{
    check_tables();
    check_large();
    check_plants();
    if (argc > 1)
        vectors_run(argv[1], "regions.txt", run);
    return check_summary();
}
