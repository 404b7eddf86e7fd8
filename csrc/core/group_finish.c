/* SPDX-License-Identifier: MIT
 *
 * Sums and means of a tally or of a state: totals, rounded.
 */
#include <math.h>

#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

/* Where totals come from: a tally of this call, or a state. */
struct source {
    const struct sst_tally *tally;
    int total; /* of the tally */
    const struct sst_exact *state;
};

struct finish {
    struct source values;
    struct source weights;
    ptrdiff_t groups;
    enum sst_result result;
    int64_t min_count;
    const struct sst_output *out;
    enum sst_status status[SST_MAX_THREADS];
};

static struct sst_sum
total_of(const struct source *source, ptrdiff_t group, ptrdiff_t *spill, int64_t *room,
         int64_t *count)
{
    if (source->tally != NULL)
        return sst_tally_total(source->tally, source->total, group, room, count);
    *count = source->state->count[group];
    return sst_exact_get(source->state, group, spill, room);
}

static double
finish_real(const struct finish *f, ptrdiff_t group, ptrdiff_t *spill, const struct sst_sum *sum,
            int64_t count)
{
    int64_t room[SST_GRID_LIMBS], ignored;
    int single = f->out->kind == SST_FLOAT32;
    if (count < f->min_count)
        return (double)NAN;
    if (f->result == SST_RESULT_SUM)
        return sst_round_sum(sum, single);
    if (count == 0)
        return (double)NAN;
    if (f->weights.tally == NULL && f->weights.state == NULL)
        return sst_round_mean(sum, count, single);
    struct sst_sum weight = total_of(&f->weights, group, spill, room, &ignored);
    return sst_round_quotient(sum, &weight, single);
}

static void
finish_part(void *work, int part, int parts)
{
    struct finish *f = work;
    int64_t room[SST_GRID_LIMBS], count;
    ptrdiff_t end = sst_part_start(f->groups, part + 1, parts), spill = 0, weight_spill = 0;
    enum sst_status status = SST_OK;
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_part_start(f->groups, part, parts); g < end; g++) {
        void *out = f->out->data + g * f->out->step;
        struct sst_sum sum = total_of(&f->values, g, &spill, room, &count);
        if (f->out->kind == SST_FLOAT64)
            *(double *)out = finish_real(f, g, &weight_spill, &sum, count);
        else if (f->out->kind == SST_FLOAT32)
            *(float *)out = (float)finish_real(f, g, &weight_spill, &sum, count);
        else if (status == SST_OK)
            status = sst_round_integer(&sum, f->out->kind == SST_UINT64, out);
    }
    sst_fpenv_leave(&saved);
    f->status[part] = status;
}

static enum sst_status
finish(struct finish *f, int parts)
{
    if (f->result == SST_RESULT_MEAN && f->out->kind != SST_FLOAT64 && f->out->kind != SST_FLOAT32)
        return SST_BAD_ARGUMENT;
    parts = f->groups < SST_MANY_GROUPS ? 1 : parts;
    sst_parallel(finish_part, f, parts);
    for (int p = 0; p < parts; p++)
        if (f->status[p] != SST_OK)
            return f->status[p];
    return SST_OK;
}

enum sst_status
sst_tally_finish(const struct sst_tally *tally, const struct sst_tally *weights,
                 enum sst_result result, int64_t min_count, const struct sst_output *out)
{
    int weighted = tally->totals == SST_TOTALS_MOST;
    struct finish f = {.values = {.tally = tally, .total = weighted},
                       .weights.tally = weights == NULL && weighted ? tally : weights,
                       .groups = tally->groups,
                       .result = result,
                       .min_count = min_count,
                       .out = out};
    return finish(&f, tally->parts);
}

enum sst_status
sst_exact_finish(const struct sst_exact *state, const struct sst_exact *weights,
                 enum sst_result result, int64_t min_count, const struct sst_output *out)
{
    struct finish f = {.values.state = state,
                       .weights.state = weights,
                       .groups = state->groups,
                       .result = result,
                       .min_count = min_count,
                       .out = out};
    return finish(&f, 1);
}
