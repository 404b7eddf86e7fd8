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
    int64_t min_count;
    uint8_t *decided; /* parts x sst_rows_for(groups), as the others */
    uint8_t *missing; /* or NULL: none matters */
    int64_t *count;   /* or NULL: none is asked for */
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
mark_missing(uint8_t *missing, const struct sst_block *block, int32_t nobody)
{
    for (ptrdiff_t i = 0; i < block->rows; i++)
        mark(missing, block->slot[i], nobody, isnan(block->real[i]) != 0);
}

static void
count_rows(const struct sst_rows *rows, const struct sst_block *block, int64_t *count)
{
    int skips = sst_is_real(rows->kind) && rows->skip_missing;
    for (ptrdiff_t i = 0; i < block->rows; i++)
        count[block->slot[i]] += !(skips && isnan(block->real[i]));
}

static void
mark_block(const struct truth *t, const struct sst_block *block, uint8_t *decided)
{
    const int32_t nobody = (int32_t)t->groups;
    const int64_t *x = block->whole;
    const ptrdiff_t n = block->rows;
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
    ptrdiff_t own = p * sst_rows_for(t->groups);
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
        sst_block_drop_unweighted(&block, t->rows, t->groups);
        mark_block(t, &block, t->decided + own);
        if (t->missing != NULL)
            mark_missing(t->missing + own, &block, (int32_t)t->groups);
        if (t->count != NULL)
            count_rows(t->rows, &block, t->count + own);
    }
    sst_fpenv_leave(&saved);
}

/* Room for what the parts find, zeroed. */
static enum sst_status
truth_tables(struct truth *t, int parts)
{
    ptrdiff_t bytes = sst_rows_for(t->groups) * parts;
    int unsure = sst_is_real(t->rows->kind) && !t->rows->skip_missing;
    t->decided = sst_table_new(unsure ? 2 * bytes : bytes, sizeof *t->decided);
    t->missing = unsure && t->decided != NULL ? t->decided + bytes : NULL;
    if (t->min_count > 0)
        t->count = sst_table_new(bytes, sizeof *t->count);
    return t->decided == NULL || (t->min_count > 0 && t->count == NULL) ? SST_NO_MEMORY : SST_OK;
}

/* One cluster over all parts: its truth, and whether it is unknown. */
static int
truth_of(const struct truth *t, ptrdiff_t group, int parts, int *unknown)
{
    ptrdiff_t apart = sst_rows_for(t->groups);
    int decided = 0, missing = 0;
    int64_t count = 0;
    for (int p = 0; p < parts; p++) {
        decided |= t->decided[p * apart + group];
        missing |= t->missing != NULL ? t->missing[p * apart + group] : 0;
        count += t->count != NULL ? t->count[p * apart + group] : 0;
    }
    *unknown = (missing && !decided) || count < t->min_count;
    return (decided ^ t->every) & !*unknown;
}

enum sst_status
sst_group_truth(const struct sst_rows *rows, ptrdiff_t groups, int parts, int every,
                int64_t min_count, char *out, char *unknown, ptrdiff_t step)
{
    if (groups < 0 || rows->rows < 0 || parts < 1 || parts > SST_MAX_THREADS || min_count < 0 ||
        (rows->codes == NULL && groups != 1) ||
        (unknown == NULL && (min_count > 0 || !rows->skip_missing)))
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    struct truth t = {.rows = rows, .groups = groups, .every = every != 0, .min_count = min_count};
    parts = sst_parts_for(rows->rows, parts);
    enum sst_status status = truth_tables(&t, parts);
    if (status == SST_OK)
        sst_parallel(truth_part, &t, parts);
    for (int p = 0; p < parts && status == SST_OK; p++)
        status = t.status[p];
    for (ptrdiff_t g = 0; g < groups && status == SST_OK; g++) {
        int lost;
        out[g * step] = (char)truth_of(&t, g, parts, &lost);
        if (unknown != NULL)
            unknown[g * step] = (char)lost;
    }
    sst_table_free(t.decided);
    sst_table_free(t.count);
    return status;
}
