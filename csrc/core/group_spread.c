/* SPDX-License-Identifier: MIT
 *
 * A copy of the results with room for those in no cluster is read at random by the rows, each of
 * them fetched ahead; a share is divided where it is read, so that no total lies beside its row.
 */
#include "group_spread.h"

#include <math.h>
#include <string.h>

#include "fpenv.h"
#include "group_part.h"
#include "map.h"
#include "parallel.h"

struct spreading {
    const struct sst_rows *rows;
    ptrdiff_t groups;
    const char *table; /* sst_rows_for(groups) items */
    size_t size;
    char *out;
    ptrdiff_t step;
    enum sst_kind kind;
    enum sst_status status[SST_MAX_THREADS];
};

SST_INLINE void
prefetch(const void *at)
{
#if defined(__GNUC__)
    __builtin_prefetch(at);
#else
    (void)at;
#endif
}

/* `size` is a constant where this is inlined. */
SST_INLINE void
copy_items(const struct spreading *s, const struct sst_block *block, ptrdiff_t start, size_t size)
{
    char *out = s->out + start * s->step;
    for (ptrdiff_t i = 0; i < block->rows; i++, out += s->step) {
        prefetch(s->table + (size_t)block->slot[i + SST_AHEAD] * size);
        memcpy(out, s->table + (size_t)block->slot[i] * size, size);
    }
}

static void
copy_block(const struct spreading *s, struct sst_block *block, ptrdiff_t start)
{
    if (s->size == 8)
        copy_items(s, block, start, 8);
    else if (s->size == 4)
        copy_items(s, block, start, 4);
    else
        copy_items(s, block, start, 1);
}

/* The block's values as doubles. */
static const double *
reals_of(struct sst_block *block, enum sst_kind kind)
{
    if (sst_is_real(kind))
        return block->real;
    for (ptrdiff_t i = 0; i < block->rows; i++)
        block->real_room[i] =
            kind == SST_INT64 ? (double)block->whole[i] : (double)(uint64_t)block->whole[i];
    return block->real_room;
}

/* Totals are gathered for a block and then divided by, two at a time where the machine can: a
 * division takes longer than what else is done for a row. */
static void
divide_block(const struct spreading *s, struct sst_block *block, ptrdiff_t start)
{
    const double *table = (const double *)(const void *)s->table;
    char *out = s->out + start * s->step;
    double total[SST_BLOCK];
    sst_block_load(block, s->rows, start, SST_ADD_VALUES);
    const double *value = reals_of(block, s->rows->kind);
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        prefetch(table + block->slot[i + SST_AHEAD]);
        total[i] = table[block->slot[i]];
    }
    if (s->kind == SST_FLOAT64 && s->step == (ptrdiff_t)sizeof(double)) {
        double *shares = (double *)(void *)out;
        for (ptrdiff_t i = 0; i < block->rows; i++)
            shares[i] = value[i] / total[i];
        return;
    }
    for (ptrdiff_t i = 0; i < block->rows; i++, out += s->step) {
        if (s->kind == SST_FLOAT32)
            *(float *)(void *)out = (float)(value[i] / total[i]);
        else
            *(double *)(void *)out = value[i] / total[i];
    }
}

/* Block by block; nothing is written of a block with a code that is out of range. */
static void
spread_part(struct spreading *s, int p, int parts,
            void (*step)(const struct spreading *, struct sst_block *, ptrdiff_t))
{
    ptrdiff_t start = sst_part_start(s->rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(s->rows->rows, p + 1, parts);
    struct sst_block block;
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    s->status[p] = SST_OK;
    for (; start < end; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        s->status[p] = sst_block_place(&block, s->rows, start, end, s->groups);
        if (s->status[p] != SST_OK)
            break;
        step(s, &block, start);
    }
    sst_fpenv_leave(&saved);
}

static void
copy_part(void *work, int p, int parts)
{
    spread_part(work, p, parts, copy_block);
}

static void
divide_part(void *work, int p, int parts)
{
    spread_part(work, p, parts, divide_block);
}

static enum sst_status
run(struct spreading *s, sst_part_function function, int parts)
{
    parts = sst_parts_for(s->rows->rows, parts);
    sst_parallel(function, s, parts);
    for (int p = 0; p < parts; p++)
        if (s->status[p] != SST_OK)
            return s->status[p];
    return SST_OK;
}

static int
fits(const struct sst_rows *rows, ptrdiff_t groups, int parts)
{
    return rows->rows >= 0 && groups >= 0 && groups <= SST_GROUPS_MOST && parts >= 1 &&
           parts <= SST_MAX_THREADS;
}

enum sst_status
sst_group_spread(const struct sst_rows *rows, ptrdiff_t groups, int parts,
                 const struct sst_spread *spread, char *out, ptrdiff_t out_step)
{
    size_t size = spread->size;
    if (!fits(rows, groups, parts) || rows->codes == NULL || (size != 1 && size != 4 && size != 8))
        return SST_BAD_ARGUMENT;
    char *table = sst_table_new(sst_rows_for(groups), size);
    if (table == NULL)
        return SST_NO_MEMORY;
    for (ptrdiff_t g = 0; g < groups; g++)
        memcpy(table + (size_t)g * size, spread->table + g * spread->step, size);
    for (ptrdiff_t g = groups; g < sst_rows_for(groups); g++)
        memcpy(table + (size_t)g * size, spread->missing, size);
    struct spreading s = {
        .rows = rows, .groups = groups, .table = table, .size = size, .out = out, .step = out_step};
    enum sst_status status = run(&s, copy_part, parts);
    sst_table_free(table);
    return status;
}

enum sst_status
sst_group_share(const struct sst_rows *rows, ptrdiff_t groups, int parts, int64_t min_count,
                const struct sst_output *out)
{
    enum sst_kind kind = rows->kind == SST_FLOAT32 ? SST_FLOAT32 : SST_FLOAT64;
    if (!fits(rows, groups, parts) || out->kind != kind || rows->weights != NULL)
        return SST_BAD_ARGUMENT;
    double *table = sst_table_new(sst_rows_for(groups), sizeof *table);
    struct sst_tally *tally = NULL;
    enum sst_status status = table != NULL ? sst_tally_new(&tally, groups, parts) : SST_NO_MEMORY;
    if (status == SST_OK)
        status = sst_tally_run(tally, rows, SST_ADD_VALUES);
    if (status == SST_OK) {
        struct sst_output totals = {(char *)table, sizeof *table, SST_FLOAT64};
        status = sst_tally_finish(tally, NULL, SST_RESULT_SUM, min_count, &totals);
    }
    sst_tally_free(tally);
    if (status == SST_OK) {
        for (ptrdiff_t g = groups; g < sst_rows_for(groups); g++)
            table[g] = (double)NAN;
        struct spreading s = {.rows = rows,
                              .groups = groups,
                              .table = (const char *)table,
                              .out = out->data,
                              .step = out->step,
                              .kind = kind};
        status = run(&s, divide_part, parts);
    }
    sst_table_free(table);
    return status;
}
