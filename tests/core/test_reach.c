/* SPDX-License-Identifier: MIT
 *
 * Statuses within rounding: every status of a grid over the box is found, and where the
 * figures are exact, missing or of unknown rounding.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "reach.h"

enum { GRID = 9 };

static const struct sst_method *
find_method(const char *name)
{
    for (ptrdiff_t k = 0; k < sst_method_count; k++)
        if (strcmp(sst_methods[k].name, name) == 0)
            return &sst_methods[k];
    return NULL;
}

static struct sst_case
case_of(const struct sst_method *m, double baseline, double actual, double target, int side)
{
    struct sst_case c = {.side = side, .thresholds = m->customary};
    for (int k = 0; k < SST_OPERANDS; k++)
        c.of[k] = NAN;
    c.of[SST_BASELINE] = baseline;
    c.of[SST_ACTUAL] = actual;
    c.of[SST_TARGET] = target;
    c.of[SST_START] = 2015.0;
    c.of[SST_NOW] = 2023.0;
    c.of[SST_DEADLINE] = 2030.0;
    return c;
}

/* The statuses at the points of a grid over the box; quarters are exact in binary. */
static unsigned
on_grid(const struct sst_method *m, const struct sst_case *c, const double *half_width)
{
    unsigned found = 0;
    struct sst_case at = *c;
    for (int i = 0; i < GRID * GRID * GRID; i++) {
        const int step[SST_ROUNDED] = {i % GRID, i / GRID % GRID, i / GRID / GRID};
        for (int k = 0; k < SST_ROUNDED; k++)
            at.of[k] = c->of[k] + half_width[k] * (step[k] - GRID / 2) / (GRID / 2);
        found |= 1u << sst_verdict_of(m, &at).status;
    }
    return found;
}

static void
test_grids(void)
{
    for (ptrdiff_t k = 0; k < sst_method_count; k++) {
        const struct sst_method *m = &sst_methods[k];
        if (!(m->needs & SST_NEED(SST_BASELINE)) || (m->needs & SST_NEED(SST_SERIES)))
            continue;
        for (int i = 0; i < 7 * 7 * 7; i++) {
            /* Figures from -1 to 5 about the same places, so that boxes overlap. */
            double b = i % 7 - 1, x = i / 7 % 7 - 1, t = i / 49 - 1;
            double target = m->takes & SST_NEED(SST_TARGET) ? t : NAN;
            struct sst_case c = case_of(m, b, x, target, i % 2 ? 1 : -1);
            const double half_width[] = {0.5, i % 3 * 0.5, i % 4 * 0.25}, none[] = {0.0, 0.0, 0.0};
            unsigned found = sst_reachable(m, &c, half_width);
            CHECK((on_grid(m, &c, half_width) & ~found) == 0);
            CHECK(sst_reachable(m, &c, none) == 1u << sst_verdict_of(m, &c).status);
            CHECK((sst_reachable(m, &c, none) & ~found) == 0);
        }
    }
}

/* Statistics Canada's series for SDG 1-2-1: R is from 0.935 to 0.970 about the limit 0.95. */
static void
test_flagship(void)
{
    const struct sst_method *m = find_method("canada");
    struct sst_case c = case_of(m, 14.5, 10.2, 7.25, -1);
    const double half_width[] = {0.05, 0.05, 0.0}, less[] = {0.005, 0.005, 0.0};
    CHECK(sst_reachable(m, &c, half_width) == (1u << 3 | 1u << 4));
    CHECK(sst_reachable(m, &c, less) == 1u << 4);
}

/* Ties count: 9.5 within 0.5 of 9 meets a target of 9 at its end, and the strict one does not. */
static void
test_ties(void)
{
    const struct sst_method *m = find_method("canada");
    struct sst_case c = case_of(m, 20.0, 9.5, 9.0, -1);
    const double half_width[] = {0.0, 0.5, 0.0};
    CHECK(sst_reachable(m, &c, half_width) >> 5 & 1);
    c.strict = 1;
    CHECK(!(sst_reachable(m, &c, half_width) >> 5 & 1));
    /* The decimal end of 2.3 +- 0.05 is 2.35; the binary sum is below it. */
    struct sst_case end = case_of(m, 1.0, 2.3, 2.35, 1);
    CHECK(2.3 + 0.05 < 2.35);
    const double tenth[] = {0.0, 0.05, 0.0};
    CHECK(sst_reachable(m, &end, tenth) >> 5 & 1);
}

static void
test_unknown(void)
{
    const struct sst_method *m = find_method("canada");
    const double unknown[] = {0.05, NAN, 0.0}, no_target[] = {0.0, 0.0, NAN};
    struct sst_case c = case_of(m, 14.5, 10.2, 7.25, -1);
    CHECK(sst_reachable(m, &c, unknown) == 0);
    c.of[SST_ACTUAL] = NAN;
    CHECK(sst_reachable(m, &c, unknown) == 1);
    c = case_of(m, 100.0, 100.0, NAN, 1);
    CHECK(sst_reachable(m, &c, no_target) == 1u << 2);
    c = case_of(m, 14.5, INFINITY, 7.25, -1);
    CHECK(sst_reachable(m, &c, (const double[]){0.05, 0.05, 0.05}) == 1u << 1);
}

int
main(void)
{
    test_grids();
    test_flagship();
    test_ties();
    test_unknown();
    return check_summary();
}
