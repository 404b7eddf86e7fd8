/* SPDX-License-Identifier: MIT
 *
 * A block of rows: load. Columns that are not doubles side by side are copied to the block.
 */
#include <math.h>

#include "group_part.h"

static const double *
load_reals(const char *from, ptrdiff_t step, enum sst_kind kind, ptrdiff_t n, double *room)
{
    if (kind == SST_FLOAT64 && step == (ptrdiff_t)sizeof(double))
        return (const double *)(const void *)from;
    for (ptrdiff_t i = 0; i < n; i++, from += step)
        room[i] = kind == SST_FLOAT64 ? *(const double *)(const void *)from
                                      : (double)*(const float *)(const void *)from;
    return room;
}

static const int64_t *
load_integers(const char *from, ptrdiff_t step, ptrdiff_t n, int64_t *room)
{
    if (step == (ptrdiff_t)sizeof(int64_t))
        return (const int64_t *)(const void *)from;
    for (ptrdiff_t i = 0; i < n; i++, from += step)
        room[i] = *(const int64_t *)(const void *)from;
    return room;
}

/* Integers that a double does not hold are given as NaN here: they go the integer path. */
static const double *
integers_as_reals(const int64_t *whole, enum sst_kind kind, ptrdiff_t n, double *room)
{
    const uint64_t most = UINT64_C(1) << 53;
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t x = whole[i];
        uint64_t size = kind == SST_INT64 && x < 0 ? UINT64_C(0) - (uint64_t)x : (uint64_t)x;
        room[i] = size <= most ? (double)x : (double)NAN;
    }
    return room;
}

static void
load_weights(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t start)
{
    const char *from = rows->weights + start * rows->weight_step;
    block->weight = block->weight_room;
    for (ptrdiff_t i = 0; i < block->rows; i++, from += rows->weight_step)
        block->weight_room[i] = *(const double *)(const void *)from;
}

static void
load_others(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t start)
{
    const char *from = rows->others + start * rows->other_step;
    enum sst_kind kind = rows->other_kind;
    ptrdiff_t n = block->rows;
    if (!sst_is_integer(kind)) {
        block->other = load_reals(from, rows->other_step, kind, n, block->other_room);
        return;
    }
    block->other_whole = load_integers(from, rows->other_step, n, block->other_whole_room);
    block->other = integers_as_reals(block->other_whole, kind, n, block->other_room);
}

void
sst_block_load(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t start,
               enum sst_addend addend)
{
    const char *from = rows->values + start * rows->step;
    int integers = sst_is_integer(rows->kind);
    ptrdiff_t n = block->rows;
    if (integers)
        block->whole = load_integers(from, rows->step, n, block->whole_room);
    else
        block->real = load_reals(from, rows->step, rows->kind, n, block->real_room);
    if (rows->others != NULL)
        load_others(block, rows, start);
    if (addend == SST_ADD_VALUES || addend == SST_ADD_SQUARES)
        return;
    if (addend != SST_ADD_CROSS)
        load_weights(block, rows, start);
    if (addend == SST_ADD_WEIGHTS)
        sst_block_turn_to_weights(block, rows);
    else if (integers)
        block->real = integers_as_reals(block->whole, rows->kind, n, block->real_room);
}

void
sst_block_turn_to_weights(struct sst_block *block, const struct sst_rows *rows)
{
    int skips = !sst_is_integer(rows->kind) && rows->skip_missing;
    for (ptrdiff_t i = 0; skips && i < block->rows; i++)
        if (isnan(block->real[i]))
            block->weight_room[i] = (double)NAN;
    block->real = block->weight;
}

void
sst_block_drop_unweighted(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t groups)
{
    for (ptrdiff_t i = 0; rows->weights != NULL && i < block->rows; i++)
        block->slot[i] = isnan(block->weight[i]) ? (int32_t)groups : block->slot[i];
}

void
sst_block_drop_single(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t groups)
{
    if (rows->others == NULL || !rows->skip_missing || sst_is_integer(rows->other_kind))
        return;
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        int32_t none = -(int32_t)(isnan(block->other[i]) != 0);
        int32_t nobody = (int32_t)(groups + i % SST_NOBODY);
        block->slot[i] = (block->slot[i] & ~none) | (nobody & none);
    }
}
