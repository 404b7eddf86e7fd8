/* SPDX-License-Identifier: MIT
 *
 * Three passes over the rows, each with a tally of its own: of the others and, for slopes, their
 * squares, of the values, of the products. In each a row counts only if it has both variables, so
 * the totals are of the same rows.
 */
#include "group_comoment.h"

#include <math.h>
#include <stdlib.h>

#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

enum { OTHERS, VALUES, PRODUCTS, PASSES };

struct sst_pairs {
    struct sst_tally *tally[PASSES];
    ptrdiff_t groups;
    int parts;
    int weighted; /* of the last run */
    int squared;
};

/* Which total of which pass. */
struct source {
    const struct sst_tally *tally;
    int total;
};

struct finish {
    const struct sst_pairs *pairs; /* or NULL, and a state of each total */
    const struct sst_exact *state;
    int totals;
    ptrdiff_t groups;
    const struct sst_comoment_result *result;
    const struct sst_output *out;
};

/* Room for the digits of a cluster's totals, and how far into the spills of states one is. */
struct place {
    int64_t room[SST_COMOMENT_TOTALS][SST_GRID_LIMBS];
    ptrdiff_t spill[SST_COMOMENT_TOTALS];
};

enum sst_status
sst_pairs_new(struct sst_pairs **out, ptrdiff_t groups, int parts)
{
    struct sst_pairs *pairs = calloc(1, sizeof *pairs);
    enum sst_status status = pairs != NULL ? SST_OK : SST_NO_MEMORY;
    *out = pairs;
    for (int k = 0; k < PASSES && status == SST_OK; k++)
        status = sst_tally_new(&pairs->tally[k], groups, parts);
    if (status == SST_OK) {
        pairs->groups = groups;
        pairs->parts = parts;
        return SST_OK;
    }
    sst_pairs_free(pairs);
    *out = NULL;
    return status;
}

void
sst_pairs_free(struct sst_pairs *pairs)
{
    if (pairs == NULL)
        return;
    for (int k = 0; k < PASSES; k++)
        sst_tally_free(pairs->tally[k]);
    free(pairs);
}

enum sst_status
sst_pairs_run(struct sst_pairs *pairs, const struct sst_rows *rows, enum sst_comoment which)
{
    int weighted = rows->weights != NULL;
    enum sst_addend addend = which == SST_SLOPE ? SST_ADD_SQUARES : SST_ADD_VALUES;
    enum sst_status status = rows->others != NULL ? SST_OK : SST_BAD_ARGUMENT;
    struct sst_rows swapped = *rows;
    swapped.values = rows->others;
    swapped.step = rows->other_step;
    swapped.kind = rows->other_kind;
    swapped.others = rows->values;
    swapped.other_step = rows->step;
    swapped.other_kind = rows->kind;
    pairs->weighted = weighted;
    pairs->squared = which == SST_SLOPE;
    if (status == SST_OK)
        status = sst_tally_run(pairs->tally[OTHERS], &swapped,
                               weighted ? SST_ADD_WEIGHTED_SQUARES : addend);
    if (status == SST_OK)
        status =
            sst_tally_run(pairs->tally[VALUES], rows, weighted ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
    if (status == SST_OK)
        status = sst_tally_run(pairs->tally[PRODUCTS], rows,
                               weighted ? SST_ADD_WEIGHTED_CROSS : SST_ADD_CROSS);
    for (int k = 0; k < PASSES && status != SST_OK; k++)
        sst_tally_settle(pairs->tally[k], status);
    return status;
}

int
sst_pairs_totals(const struct sst_pairs *pairs)
{
    return SST_COMOMENT_TOTALS - 1 + pairs->weighted;
}

static struct source
source_of(const struct sst_pairs *pairs, int total)
{
    int others = sst_pairs_totals(pairs) - 2;
    if (total < others)
        return (struct source){pairs->tally[OTHERS], total};
    return (struct source){pairs->tally[total == others ? VALUES : PRODUCTS], 0};
}

void
sst_pairs_plan_state(const struct sst_pairs *pairs, int total, struct sst_exact *state)
{
    struct source source = source_of(pairs, total);
    sst_tally_plan_state(source.tally, source.total, state);
}

void
sst_pairs_state(const struct sst_pairs *pairs, int total, struct sst_exact *state)
{
    struct source source = source_of(pairs, total);
    sst_tally_state(source.tally, source.total, state);
}

void
sst_pairs_counts(const struct sst_pairs *pairs, char *out, ptrdiff_t step)
{
    sst_tally_counts(pairs->tally[PRODUCTS], out, step);
}

static double
measure(const struct finish *f, ptrdiff_t group, struct place *place)
{
    struct sst_sum total[SST_COMOMENT_TOTALS] = {{.lo = 0}};
    int64_t count = 0;
    int single = f->out->kind == SST_FLOAT32, first = f->totals - (SST_COMOMENT_TOTALS - 1);
    for (int k = 0; k < f->totals; k++) {
        if (k == first + 1 && f->result->which == SST_COVARIANCE)
            continue; /* squares, which there may be none of */
        if (f->pairs != NULL) {
            struct source source = source_of(f->pairs, k);
            total[k] = sst_tally_total(source.tally, source.total, group, place->room[k], &count);
        } else {
            total[k] = sst_exact_get(&f->state[k], group, &place->spill[k], place->room[k]);
            count = f->state[k].count[group];
        }
    }
    struct sst_comoments moments = {.weights = first > 0 ? &total[0] : NULL,
                                    .count = count,
                                    .y = &total[first],
                                    .yy = &total[first + 1],
                                    .x = &total[first + 2],
                                    .xy = &total[first + 3]};
    if (count < f->result->min_count)
        return (double)NAN;
    if (f->result->which == SST_SLOPE)
        return sst_round_slope(&moments, single);
    return sst_round_covariance(&moments, f->result->ddof, single);
}

static void
finish_part(void *work, int part, int parts)
{
    const struct finish *f = work;
    ptrdiff_t end = sst_part_start(f->groups, part + 1, parts);
    struct place place = {.spill = {0}};
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_part_start(f->groups, part, parts); g < end; g++) {
        void *out = f->out->data + g * f->out->step;
        if (f->out->kind == SST_FLOAT64)
            *(double *)out = measure(f, g, &place);
        else
            *(float *)out = (float)measure(f, g, &place);
    }
    sst_fpenv_leave(&saved);
}

static enum sst_status
finish(struct finish *f, int parts)
{
    if ((f->out->kind != SST_FLOAT64 && f->out->kind != SST_FLOAT32) || f->result->ddof < 0 ||
        f->totals < SST_COMOMENT_TOTALS - 1 || f->totals > SST_COMOMENT_TOTALS)
        return SST_BAD_ARGUMENT;
    sst_parallel(finish_part, f, f->groups < SST_MANY_GROUPS ? 1 : parts);
    return SST_OK;
}

enum sst_status
sst_pairs_finish(const struct sst_pairs *pairs, const struct sst_comoment_result *result,
                 const struct sst_output *out)
{
    if (result->which == SST_SLOPE && !pairs->squared)
        return SST_BAD_ARGUMENT;
    struct finish f = {.pairs = pairs,
                       .totals = sst_pairs_totals(pairs),
                       .groups = pairs->groups,
                       .result = result,
                       .out = out};
    return finish(&f, pairs->parts);
}

enum sst_status
sst_exact_finish_comoment(const struct sst_exact *state, int totals,
                          const struct sst_comoment_result *result, const struct sst_output *out)
{
    struct finish f = {
        .state = state, .totals = totals, .groups = state->groups, .result = result, .out = out};
    return finish(&f, 1);
}
