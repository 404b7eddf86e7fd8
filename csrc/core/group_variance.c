/* SPDX-License-Identifier: MIT
 *
 * Variances of a tally or of states: two or three exact totals a cluster, rounded once.
 */
#include <math.h>

#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

struct finish {
    const struct sst_tally *tally; /* or NULL, and a state of each total */
    const struct sst_exact *state;
    int totals;
    ptrdiff_t groups;
    int64_t ddof;
    int root;
    int64_t min_count;
    const struct sst_output *out;
};

/* Room for the digits of a cluster's totals, and how far into the spills of states one is. */
struct place {
    int64_t room[SST_TOTALS_MOST][SST_GRID_LIMBS];
    ptrdiff_t spill[SST_TOTALS_MOST];
};

static double
variance_of(const struct finish *f, ptrdiff_t group, struct place *place)
{
    struct sst_sum total[SST_TOTALS_MOST] = {{.lo = 0}};
    int64_t count = 0;
    int single = f->out->kind == SST_FLOAT32;
    for (int k = 0; k < f->totals; k++) {
        if (f->tally != NULL)
            total[k] = sst_tally_total(f->tally, k, group, place->room[k], &count);
        else {
            total[k] = sst_exact_get(&f->state[k], group, &place->spill[k], place->room[k]);
            count = f->state[k].count[group];
        }
    }
    struct sst_moments moments = {.weights = f->totals == 3 ? &total[0] : NULL,
                                  .count = count,
                                  .sum = total[f->totals - 2],
                                  .squares = total[f->totals - 1]};
    if (count < f->min_count)
        return (double)NAN;
    double variance = sst_round_variance(&moments, f->ddof, single);
    if (!f->root)
        return variance;
    return single ? (double)sqrtf((float)variance) : sqrt(variance);
}

static void
finish_part(void *work, int part, int parts)
{
    const struct finish *f = work;
    ptrdiff_t end = sst_part_start(f->groups, part + 1, parts);
    struct place place = {.spill = {0, 0, 0}};
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_part_start(f->groups, part, parts); g < end; g++) {
        void *out = f->out->data + g * f->out->step;
        if (f->out->kind == SST_FLOAT64)
            *(double *)out = variance_of(f, g, &place);
        else
            *(float *)out = (float)variance_of(f, g, &place);
    }
    sst_fpenv_leave(&saved);
}

static enum sst_status
finish(struct finish *f, int parts)
{
    if ((f->out->kind != SST_FLOAT64 && f->out->kind != SST_FLOAT32) || f->ddof < 0 ||
        f->totals < 2 || f->totals > SST_TOTALS_MOST)
        return SST_BAD_ARGUMENT;
    sst_parallel(finish_part, f, f->groups < SST_MANY_GROUPS ? 1 : parts);
    return SST_OK;
}

enum sst_status
sst_tally_finish_variance(const struct sst_tally *tally, int64_t ddof, int root, int64_t min_count,
                          const struct sst_output *out)
{
    struct finish f = {.tally = tally,
                       .totals = tally->totals,
                       .groups = tally->groups,
                       .ddof = ddof,
                       .root = root,
                       .min_count = min_count,
                       .out = out};
    return finish(&f, tally->parts);
}

enum sst_status
sst_exact_finish_variance(const struct sst_exact *state, int totals, int64_t ddof, int root,
                          int64_t min_count, const struct sst_output *out)
{
    struct finish f = {.state = state,
                       .totals = totals,
                       .groups = state->groups,
                       .ddof = ddof,
                       .root = root,
                       .min_count = min_count,
                       .out = out};
    return finish(&f, 1);
}
