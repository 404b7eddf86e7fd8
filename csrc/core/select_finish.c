/* SPDX-License-Identifier: MIT
 *
 * The results of a selection: the least key of all parts of a cluster, turned back into a value.
 */
#include <math.h>

#include "between.h"
#include "fpenv.h"
#include "group_pass.h"
#include "parallel.h"
#include "select_table.h"

struct finish {
    const struct sst_selection *selection;
    const struct sst_tally *counts; /* or NULL: the selection counts */
    int which;                      /* key */
    int64_t min_count;
    const struct sst_output *out;
};

static int64_t
count_of(const struct sst_selection *s, const struct sst_tally *counts, ptrdiff_t group)
{
    if (counts != NULL)
        return sst_tally_count(counts, group);
    ptrdiff_t words = s->keys + s->counted;
    const int64_t *row = s->table + (group + 1) * words - 1;
    int64_t count = 0;
    for (int c = s->used_parts * s->copies; c > 0; c--, row += sst_selection_apart(s))
        count += *row;
    return count;
}

static int64_t
least_key(const struct sst_selection *s, int which, ptrdiff_t group)
{
    const int64_t *row = s->table + group * (s->keys + s->counted) + which;
    int64_t least = SST_NO_KEY;
    for (int c = s->used_parts * s->copies; c > 0; c--, row += sst_selection_apart(s))
        least = *row < least ? *row : least;
    return least;
}

static void
store(const struct finish *f, ptrdiff_t group)
{
    int64_t count = count_of(f->selection, f->counts, group);
    int64_t least = least_key(f->selection, f->which, group);
    int64_t key = least ^ f->selection->turn[f->which];
    int absent = count == 0 || count < f->min_count;
    double x = least == SST_POISON_KEY || absent ? (double)NAN
                                                 : sst_from_bits((uint64_t)sst_sortable(key));
    char *out = f->out->data + group * f->out->step;
    if (f->out->kind == SST_FLOAT64)
        *(double *)(void *)out = x;
    else if (f->out->kind == SST_FLOAT32)
        *(float *)(void *)out = (float)x;
    else
        *(int64_t *)(void *)out = absent ? 0 : f->out->kind == SST_UINT64 ? key ^ INT64_MIN : key;
}

static void
finish_part(void *work, int part, int parts)
{
    const struct finish *f = work;
    ptrdiff_t groups = f->selection->groups, end = sst_part_start(groups, part + 1, parts);
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a double that is a subnormal float must not be flushed */
    for (ptrdiff_t g = sst_part_start(groups, part, parts); g < end; g++)
        store(f, g);
    sst_fpenv_leave(&saved);
}

void
sst_selection_finish(const struct sst_selection *selection, const struct sst_tally *counts,
                     enum sst_extreme extreme, int64_t min_count, const struct sst_output *out)
{
    struct finish f = {.selection = selection,
                       .counts = counts,
                       .which = extreme == SST_GREATEST ? selection->keys - 1 : 0,
                       .min_count = min_count,
                       .out = out};
    sst_parallel(finish_part, &f, selection->groups < SST_MANY_GROUPS ? 1 : selection->parts);
}

void
sst_selection_counts(const struct sst_selection *selection, char *out, ptrdiff_t step)
{
    for (ptrdiff_t g = 0; g < selection->groups; g++)
        *(int64_t *)(void *)(out + g * step) = count_of(selection, NULL, g);
}

enum sst_status
sst_select(const struct sst_rows *rows, ptrdiff_t groups, int parts, enum sst_extreme extreme,
           int64_t min_count, char *best, ptrdiff_t best_step, char *count, ptrdiff_t count_step)
{
    struct sst_selection *selection;
    enum sst_status status =
        sst_selection_new(&selection, groups, parts, best != NULL ? (int)extreme : 0, 1);
    struct sst_pass pass = {.rows = rows, .groups = groups, .parts = parts, .selection = selection};
    struct sst_output out = {best, best_step, rows->kind};
    if (status == SST_OK)
        status = sst_pass_run(&pass);
    if (status == SST_OK && best != NULL)
        sst_selection_finish(selection, NULL, extreme, min_count, &out);
    if (status == SST_OK && count != NULL)
        sst_selection_counts(selection, count, count_step);
    sst_selection_free(selection);
    return status;
}
