/* SPDX-License-Identifier: MIT */
#include "group_truth.h"

#include <math.h>

#include "fpenv.h"
#include "group_part.h"
#include "map.h"
#include "parallel.h"

struct truth {
    const struct sst_rows *rows;
    ptrdiff_t groups;
    int every;
    uint8_t *decided; /* parts x sst_rows_for(groups) */
    enum sst_status status[SST_MAX_THREADS];
};

/* Marks the cluster of a row that decides, else nobody's: by a mask, because compilers make a
 * choice a branch, which is guessed wrong as values come. */
SST_INLINE void
mark(uint8_t *decided, int32_t slot, int32_t nobody, int decides)
{
    int32_t mask = -(int32_t)decides;
    decided[(slot & mask) | (nobody & ~mask)] = 1;
}

/* What is not there lies neither above zero nor at it. */
SST_INLINE void
mark_reals(uint8_t *decided, const struct sst_block *block, int32_t nobody, int every)
{
    const double *x = block->real;
    const ptrdiff_t n = block->rows;
    for (ptrdiff_t i = 0; i < n; i++)
        mark(decided, block->slot[i], nobody, every ? x[i] == 0.0 : fabs(x[i]) > 0.0);
}

static void
mark_block(const struct truth *t, struct sst_block *block, uint8_t *decided)
{
    const int32_t nobody = (int32_t)t->groups;
    const int64_t *x = block->whole;
    const ptrdiff_t n = block->rows;
    for (ptrdiff_t i = 0; t->rows->weights != NULL && i < n; i++)
        block->slot[i] = isnan(block->weight[i]) ? nobody : block->slot[i];
    if (!sst_is_real(t->rows->kind))
        for (ptrdiff_t i = 0; i < n; i++)
            mark(decided, block->slot[i], nobody, (x[i] == 0) == t->every);
    else if (t->every)
        mark_reals(decided, block, nobody, 1);
    else
        mark_reals(decided, block, nobody, 0);
}

static void
truth_part(void *work, int p, int parts)
{
    struct truth *t = work;
    uint8_t *decided = t->decided + p * sst_rows_for(t->groups);
    ptrdiff_t start = sst_part_start(t->rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(t->rows->rows, p + 1, parts);
    struct sst_block block;
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a subnormal must not count as zero */
    t->status[p] = SST_OK;
    for (; start < end; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        t->status[p] = sst_block_place(&block, t->rows, start, end, t->groups);
        if (t->status[p] != SST_OK)
            break;
        sst_block_load(&block, t->rows, start,
                       t->rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
        mark_block(t, &block, decided);
    }
    sst_fpenv_leave(&saved);
}

enum sst_status
sst_group_truth(const struct sst_rows *rows, ptrdiff_t groups, int parts, int every, char *out,
                ptrdiff_t step)
{
    if (groups < 0 || rows->rows < 0 || parts < 1 || parts > SST_MAX_THREADS ||
        (rows->codes == NULL && groups != 1))
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    struct truth t = {.rows = rows, .groups = groups, .every = every != 0};
    enum sst_status status = SST_OK;
    parts = sst_parts_for(rows->rows, parts);
    t.decided = sst_table_new(sst_rows_for(groups) * parts, sizeof *t.decided);
    if (t.decided == NULL)
        return SST_NO_MEMORY;
    sst_parallel(truth_part, &t, parts);
    for (int p = 0; p < parts && status == SST_OK; p++)
        status = t.status[p];
    for (ptrdiff_t g = 0; g < groups && status == SST_OK; g++) {
        int decided = 0;
        for (int p = 0; p < parts; p++)
            decided |= t.decided[p * sst_rows_for(groups) + g];
        out[g * step] = (char)(decided ^ t.every);
    }
    sst_table_free(t.decided);
    return status;
}
