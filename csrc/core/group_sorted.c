/* SPDX-License-Identifier: MIT */
#include "group_sorted.h"

#include "between.h"
#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

struct sorting {
    struct sst_sorted *sorted;
    const struct sst_rows *rows;
    ptrdiff_t *next;   /* parts x sst_rows_for(groups): counts, then where the next value goes */
    uint8_t *poisoned; /* parts x sst_rows_for(groups) */
    int placing;
    enum sst_status status[SST_MAX_THREADS];
};

/* Rows that are not there lose their slot. */
static void
drop_missing(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t groups,
             uint8_t *poisoned)
{
    int32_t nobody = (int32_t)groups;
    if (rows->weights != NULL)
        for (ptrdiff_t i = 0; i < block->rows; i++)
            block->slot[i] = isnan(block->weight[i]) ? nobody : block->slot[i];
    if (!sst_is_real(rows->kind))
        return;
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        if (!isnan(block->real[i]))
            continue;
        if (!rows->skip_missing)
            poisoned[block->slot[i]] = 1;
        block->slot[i] = nobody;
    }
}

SST_INLINE int64_t
key_of(const struct sst_block *block, enum sst_kind kind, ptrdiff_t i)
{
    return sst_is_real(kind) ? sst_key_of_real(block->real[i])
                             : sst_key_of_whole(kind, block->whole[i]);
}

static void
count(const struct sst_block *block, ptrdiff_t *next)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        sst_prefetch(next + block->slot[i + SST_AHEAD]);
        next[block->slot[i]]++;
    }
}

/* The caller's arrays may change between the two passes: no value goes outside. Where a value
 * goes is fetched in two steps, since it is read from where its cluster stands. */
SST_INLINE void
place_kind(const struct sst_sorted *sorted, const struct sst_block *block, ptrdiff_t start,
           ptrdiff_t *next, enum sst_kind kind)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        sst_prefetch(next + block->slot[i + SST_AHEAD]);
        sst_prefetch(sorted->key + next[block->slot[i + SST_AHEAD / 2]]);
        if (block->slot[i] >= sorted->groups)
            continue;
        ptrdiff_t at = next[block->slot[i]]++;
        if (at >= sorted->kept)
            continue;
        sorted->key[at] = key_of(block, kind, i);
        if (sorted->weight != NULL)
            sorted->weight[at] = block->weight[i];
        if (sorted->row != NULL)
            sorted->row[at] = start + i;
    }
}

static void
place(const struct sorting *s, const struct sst_block *block, ptrdiff_t start, ptrdiff_t *next)
{
    if (sst_is_real(s->rows->kind))
        place_kind(s->sorted, block, start, next, SST_FLOAT64);
    else if (s->rows->kind == SST_INT64)
        place_kind(s->sorted, block, start, next, SST_INT64);
    else
        place_kind(s->sorted, block, start, next, SST_UINT64);
}

static void
sort_part(void *work, int p, int parts)
{
    struct sorting *s = work;
    ptrdiff_t groups = s->sorted->groups, *next = s->next + p * sst_rows_for(groups);
    ptrdiff_t start = sst_part_start(s->rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(s->rows->rows, p + 1, parts);
    struct sst_block block;
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a float that is subnormal must not be flushed as a double */
    s->status[p] = SST_OK;
    for (; start < end && s->status[p] == SST_OK; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        s->status[p] = sst_block_place(&block, s->rows, start, end, groups);
        if (s->status[p] != SST_OK)
            break;
        sst_block_load(&block, s->rows, start,
                       s->rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
        drop_missing(&block, s->rows, groups, s->poisoned + p * sst_rows_for(groups));
        if (s->placing)
            place(s, &block, start, next);
        else
            count(&block, next);
    }
    sst_fpenv_leave(&saved);
}

static enum sst_status
pass(struct sorting *s)
{
    int parts = s->sorted->parts;
    sst_parallel(sort_part, s, parts);
    for (int p = 0; p < parts; p++)
        if (s->status[p] != SST_OK)
            return s->status[p];
    return SST_OK;
}

/* Counts become places: within a cluster, those of the first part come first. */
static void
counts_to_places(struct sorting *s)
{
    struct sst_sorted *sorted = s->sorted;
    ptrdiff_t apart = sst_rows_for(sorted->groups);
    for (ptrdiff_t g = 0; g < sorted->groups; g++) {
        sorted->start[g] = sorted->kept;
        for (int p = 0; p < sorted->parts; p++) {
            ptrdiff_t count = s->next[p * apart + g];
            s->next[p * apart + g] = sorted->kept;
            sorted->kept += count;
            sorted->poisoned[g] |= s->poisoned[p * apart + g];
        }
    }
    sorted->start[sorted->groups] = sorted->kept;
    for (int p = 0; p < sorted->parts; p++) /* what is in no cluster goes nowhere */
        memset(s->next + p * apart + sorted->groups, 0, SST_NOBODY * sizeof *s->next);
}

static enum sst_status
run(struct sorting *s, int keep)
{
    struct sst_sorted *sorted = s->sorted;
    s->next = sst_table_new(sst_rows_for(sorted->groups) * sorted->parts, sizeof *s->next);
    s->poisoned = sst_table_new(sst_rows_for(sorted->groups) * sorted->parts, 1);
    sorted->start = sst_table_new(sorted->groups + 1, sizeof *sorted->start);
    sorted->poisoned = sst_table_new(sorted->groups + 1, 1);
    if (!s->next || !s->poisoned || !sorted->start || !sorted->poisoned)
        return SST_NO_MEMORY;
    enum sst_status status = pass(s);
    if (status != SST_OK)
        return status;
    counts_to_places(s);
    sorted->key = sst_table_new(sorted->kept, sizeof *sorted->key);
    if (keep & SST_KEEP_WEIGHTS)
        sorted->weight = sst_table_new(sorted->kept, sizeof *sorted->weight);
    if (keep & SST_KEEP_ROWS)
        sorted->row = sst_table_new(sorted->kept, sizeof *sorted->row);
    if (sorted->key == NULL || ((keep & SST_KEEP_WEIGHTS) && sorted->weight == NULL) ||
        ((keep & SST_KEEP_ROWS) && sorted->row == NULL))
        return SST_NO_MEMORY;
    s->placing = 1;
    return pass(s);
}

enum sst_status
sst_sorted_new(struct sst_sorted *sorted, const struct sst_rows *rows, ptrdiff_t groups, int parts,
               int keep)
{
    *sorted = (struct sst_sorted){.groups = groups};
    if (groups < 0 || rows->rows < 0 || parts < 1 || parts > SST_MAX_THREADS ||
        ((keep & SST_KEEP_WEIGHTS) && rows->weights == NULL))
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    sorted->parts = sst_parts_for(rows->rows, parts);
    struct sorting s = {.sorted = sorted, .rows = rows};
    enum sst_status status = run(&s, keep);
    sst_table_free(s.next);
    sst_table_free(s.poisoned);
    return status;
}

void
sst_sorted_free(struct sst_sorted *sorted)
{
    sst_table_free(sorted->start);
    sst_table_free(sorted->key);
    sst_table_free(sorted->weight);
    sst_table_free(sorted->row);
    sst_table_free(sorted->poisoned);
    *sorted = (struct sst_sorted){.groups = 0};
}

ptrdiff_t
sst_sorted_first(const struct sst_sorted *sorted, int part, int parts)
{
    ptrdiff_t want = sst_part_start(sorted->kept, part, parts), low = 0, high = sorted->groups;
    if (part == 0 || part == parts)
        return part == 0 ? 0 : sorted->groups;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (sorted->start[middle] < want)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
