/* SPDX-License-Identifier: MIT
 *
 * Chains and indexes against tests/vectors/chains.txt, one lane at a time.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "check.h"

enum { MOST = 64 };

static const char *const methods[] = {"\"simple\"", "\"log\"", "\"midpoint\"", "\"difference\"",
                                      "\"ratio\""};

static double
number_or(const struct vector *v, const char *name, double otherwise)
{
    const char *text = vector_option(v, name);
    return text == NULL ? otherwise : strtod(text, NULL);
}

static int
is_true(const struct vector *v, const char *name)
{
    const char *text = vector_option(v, name);
    return text != NULL && strcmp(text, "True") == 0;
}

static void
run_lane(const struct vector *v, sst_lane_function function, struct sst_lane *lane)
{
    double out[MOST];
    lane->out = out;
    lane->outs = lane->length[0];
    function(lane);
    vector_check(v, "value", out, lane->outs);
}

static int
run_chain(const struct vector *v)
{
    struct sst_lane lane = {0};
    double seeds[MOST], options[4] = {number_or(v, "lag", 1.0), 1.0, -1.0};
    const char *method = vector_option(v, "method");
    ptrdiff_t given;
    lane.in[0] = vector_input(v, "rates", &lane.length[0]);
    const double *start = vector_input(v, "start", &given);
    lane.length[1] = (ptrdiff_t)options[0];
    for (ptrdiff_t k = 0; k < lane.length[1]; k++)
        seeds[k] = start == NULL ? 100.0 : start[given == 1 ? 0 : k];
    lane.in[1] = seeds;
    for (int k = 0; k < SST_CHAIN_METHODS; k++)
        if (strcmp(method == NULL ? methods[0] : method, methods[k]) == 0)
            options[2] = k;
    if (vector_option(v, "periods_per_year") != NULL)
        options[1] = options[0] / number_or(v, "periods_per_year", 1.0);
    options[3] = is_true(v, "backward");
    lane.options = options;
    if (options[2] < 0.0 || lane.length[0] > MOST)
        return 0;
    run_lane(v, sst_chain, &lane);
    return 1;
}

/* One entry of 0 or 1 for each period, from a position or a list of True and False. */
static void
read_periods(const struct vector *v, double *chosen, ptrdiff_t n)
{
    const char *text = vector_option(v, "at");
    int all = text == NULL, list = !all && *text == '[';
    ptrdiff_t position = all || list ? n : strtol(text, NULL, 10);
    for (ptrdiff_t t = 0; t < n; t++) {
        text = list ? text + strcspn(text, "TF") : NULL;
        chosen[t] = all || t == position || t == position + n || (list && *text++ == 'T');
    }
}

static int
run_rebase(const struct vector *v)
{
    struct sst_lane lane = {0};
    double base = 0.0, count = 0.0, chosen[MOST], to = number_or(v, "to", 100.0);
    lane.in[0] = vector_input(v, "values", &lane.length[0]);
    if (lane.length[0] > MOST)
        return 0;
    read_periods(v, chosen, lane.length[0]);
    for (ptrdiff_t t = 0; t < lane.length[0]; t++) {
        base += chosen[t] != 0.0 ? lane.in[0][t] : 0.0; /* whole numbers */
        count += chosen[t];
    }
    base /= count;
    lane.in[1] = &base;
    lane.length[1] = 1;
    lane.options = &to;
    run_lane(v, sst_rebase, &lane);
    return 1;
}

static int
run_link(const struct vector *v)
{
    struct sst_lane lane = {0};
    double chosen[MOST];
    lane.in[0] = vector_input(v, "old", &lane.length[0]);
    lane.in[1] = vector_input(v, "new", &lane.length[1]);
    lane.in[2] = chosen;
    lane.length[2] = lane.length[0];
    if (lane.length[0] > MOST)
        return 0;
    read_periods(v, chosen, lane.length[0]);
    run_lane(v, sst_link_series, &lane);
    return 1;
}

static int
run_compound(const struct vector *v)
{
    struct sst_lane lane = {0};
    double options[2] = {number_or(v, "periods", 0.0), is_true(v, "average")};
    lane.in[0] = vector_input(v, "rates", &lane.length[0]);
    lane.options = options;
    if (lane.length[0] > MOST)
        return 0;
    run_lane(v, sst_compound_growth, &lane);
    return 1;
}

static int
run_flow(const struct vector *v)
{
    struct sst_lane lane = {0};
    lane.in[0] = vector_input(v, "flows", &lane.length[0]);
    lane.in[1] = vector_input(v, "stocks", &lane.length[1]);
    if (lane.length[0] > MOST)
        return 0;
    run_lane(v, sst_flow_growth, &lane);
    return 1;
}

static int
run(const struct vector *v)
{
    if (strcmp(v->name, "chain") == 0)
        return run_chain(v);
    if (strcmp(v->name, "rebase") == 0)
        return run_rebase(v);
    if (strcmp(v->name, "link_series") == 0)
        return run_link(v);
    if (strcmp(v->name, "compound_growth") == 0)
        return run_compound(v);
    if (strcmp(v->name, "flow_growth") == 0)
        return run_flow(v);
    return 0;
}

static int
is_all_nan(const double *values, ptrdiff_t n)
{
    while (n > 0 && isnan(values[n - 1]))
        n--;
    return n == 0;
}

/* Options out of range and lengths that do not fit are answered with NaN, never read past. */
static void
check_contract(void)
{
    const double rates[3] = {NAN, 0.5, 0.5}, seed = 1.0;
    const double bad[][4] = {{0, 1, 0, 0},  {4, 1, 0, 0}, {NAN, 1, 0, 0}, {1, 1, 5, 0},
                             {1, 1, -1, 0}, {2, 1, 0, 0}, {1, 1, NAN, 0}};
    double out[3];
    struct sst_lane lane = {.in = {rates, &seed}, .length = {3, 1}, .out = out, .outs = 3};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        memset(out, 0, sizeof out);
        lane.options = bad[k];
        sst_chain(&lane);
        CHECK(is_all_nan(out, 3));
    }
    const sst_lane_function others[] = {sst_rebase, sst_link_series, sst_flow_growth,
                                        sst_compound_growth};
    const double option[2] = {4, 0};
    lane.options = option;
    lane.length[1] = 2;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        memset(out, 0, sizeof out);
        others[k](&lane);
        CHECK(is_all_nan(out, 3));
    }
}

/* A window over everything, and lags and lanes without periods. */
static void
check_ends(void)
{
    const double rates[3] = {1.0, 1.0, -0.5}, option[4] = {3, 0}, lag[4] = {1, 1, 0, 0};
    double out[3] = {0};
    struct sst_lane lane = {.in = {rates}, .length = {3}, .out = out, .outs = 3};
    lane.options = option;
    sst_compound_growth(&lane);
    CHECK(is_all_nan(out, 2) && out[2] == 1.0);
    struct sst_lane none = {.out = out, .options = lag};
    out[0] = 7.0;
    sst_chain(&none);
    sst_compound_growth(&none);
    CHECK(out[0] == 7.0);
}

int
main(int argc, char **argv)
{
    check_contract();
    check_ends();
    if (argc > 1)
        vectors_run(argv[1], "chains.txt", run);
    return check_summary();
}
