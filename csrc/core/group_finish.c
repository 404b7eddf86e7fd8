/* SPDX-License-Identifier: MIT
 *
 * The totals of a tally: added up over the tables of all parts, then rounded or kept.
 */
#include <math.h>
#include <string.h>

#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

/* Clusters below which one thread rounds them all. */
enum { MANY = 1 << 14 };

/* Adds the tables of one part to `total`, carried unless all fit into one budget. */
static void
add_part(const struct sst_tally *tally, const struct sst_part *part, ptrdiff_t group,
         int64_t *total, int64_t *count)
{
    int digits = tally->window.digits, stride = tally->stride, limbs = digits + SST_HEADROOM;
    const int64_t *row = part->table + group * stride;
    int64_t own[SST_WINDOW_MOST + SST_HEADROOM] = {0}, *sum = tally->raw ? total : own;
    for (int c = 0; c < tally->copies; c++, row += sst_rows_for(tally->groups) * stride) {
        for (int d = 0; d < digits; d++)
            sum[d] += row[d];
        *count += row[digits];
    }
    if (tally->raw)
        return;
    sst_digits_carry(own, limbs);
    for (int d = 0; d < limbs; d++)
        total[d] += own[d] + (part->carried != NULL ? part->carried[group * limbs + d] : 0);
}

/* The carried total of a cluster over all parts, in `room` of SST_GRID_LIMBS, and its count. */
static struct sst_sum
tally_total(const struct sst_tally *tally, ptrdiff_t group, int64_t *room, int64_t *count)
{
    int limbs = tally->window.digits + SST_HEADROOM, spilled = 0;
    struct sst_sum sum = {.digits = room, .lo = tally->window.lo, .limbs = limbs};
    memset(room, 0, (size_t)limbs * sizeof *room);
    *count = 0;
    for (int p = 0; p < tally->used_parts; p++) {
        const struct sst_spill *spill = &tally->part[p].spill;
        add_part(tally, &tally->part[p], group, room, count);
        if (spill->row != NULL) {
            sum.seen |= spill->seen[group];
            spilled |= spill->row[group] != 0;
        }
    }
    sst_digits_carry(room, limbs);
    if (!spilled)
        return sum;
    int64_t wide[SST_GRID_LIMBS] = {0};
    sst_digits_add(wide, SST_GRID_LOW, room, sum.lo, limbs);
    for (int p = 0; p < tally->used_parts; p++) {
        const struct sst_spill *spill = &tally->part[p].spill;
        if (spill->row != NULL && spill->row[group] != 0)
            sst_digits_add(wide, SST_GRID_LOW,
                           spill->digits + (size_t)(spill->row[group] - 1) * SST_GRID_LIMBS,
                           SST_GRID_LOW, SST_GRID_LIMBS);
    }
    sst_digits_carry(wide, SST_GRID_LIMBS);
    memcpy(room, wide, sizeof wide);
    return (struct sst_sum){room, SST_GRID_LOW, SST_GRID_LIMBS, sum.seen};
}

/* Where totals come from: a tally of this call, or a state. */
struct source {
    const struct sst_tally *tally;
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
        return tally_total(source->tally, group, room, count);
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
    parts = f->groups < MANY ? 1 : parts;
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
    struct finish f = {.values.tally = tally,
                       .weights.tally = weights,
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

static int
is_spilled(const struct sst_tally *tally, ptrdiff_t group)
{
    for (int p = 0; p < tally->used_parts; p++)
        if (tally->part[p].spill.row != NULL && tally->part[p].spill.row[group] != 0)
            return 1;
    return 0;
}

void
sst_tally_plan_state(const struct sst_tally *tally, struct sst_exact *state)
{
    *state = (struct sst_exact){.groups = tally->groups,
                                .lo = tally->window.lo,
                                .limbs = tally->window.digits + SST_HEADROOM};
    for (ptrdiff_t g = 0; g < tally->groups; g++)
        state->spilled += is_spilled(tally, g);
}

void
sst_tally_state(const struct sst_tally *tally, struct sst_exact *state)
{
    int64_t room[SST_GRID_LIMBS];
    ptrdiff_t spill = 0;
    for (ptrdiff_t g = 0; g < tally->groups; g++) {
        struct sst_sum sum = tally_total(tally, g, room, &state->count[g]);
        int64_t *digits = state->digits + g * state->limbs;
        state->seen[g] = (uint8_t)sum.seen;
        memset(digits, 0, (size_t)state->limbs * sizeof *digits);
        if (sum.limbs == state->limbs)
            memcpy(digits, room, (size_t)state->limbs * sizeof *digits);
        else {
            state->spill_code[spill] = g;
            memcpy(state->spill_digits + spill++ * SST_GRID_LIMBS, room, sizeof room);
        }
    }
}
