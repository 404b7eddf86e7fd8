/* SPDX-License-Identifier: MIT */
#include "group_top.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "between.h"
#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

struct sst_tops {
    ptrdiff_t groups;
    ptrdiff_t most;
    int parts;
    enum sst_kind kind;
    int64_t *heap;  /* parts x groups x most keys, the least of them first */
    int64_t *count; /* parts x groups */
    uint8_t *lost;  /* parts x groups: whether a missing value is not skipped */
};

struct run {
    struct sst_tops *tops;
    const struct sst_rows *rows;
    enum sst_status status[SST_MAX_THREADS];
};

/* Puts a key at the top of a heap's n, where its place may be further down. */
static void
sift_down(int64_t *heap, ptrdiff_t n, int64_t key)
{
    ptrdiff_t at = 0;
    while (at < n / 2) { /* it has a child */
        ptrdiff_t child = 2 * at + 1;
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= key)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = key;
}

static void
sift_up(int64_t *heap, ptrdiff_t at, int64_t key)
{
    while (at > 0 && heap[(at - 1) / 2] > key) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = key;
}

/* One more key after `count` others. */
SST_INLINE void
offer(int64_t *heap, ptrdiff_t most, int64_t count, int64_t key)
{
    if (count < most)
        sift_up(heap, (ptrdiff_t)count, key);
    else if (key > heap[0])
        sift_down(heap, most, key);
}

/* From least first to greatest first throughout. */
static void
sort_heap(int64_t *heap, ptrdiff_t n)
{
    for (ptrdiff_t last = n - 1; last > 0; last--) {
        int64_t key = heap[last];
        heap[last] = heap[0];
        sift_down(heap, last, key);
    }
}

static int64_t
key_of(const struct sst_rows *rows, const struct sst_block *block, ptrdiff_t i)
{
    if (!sst_is_real(rows->kind))
        return sst_key_of_whole(rows->kind, block->whole[i]);
    return sst_sortable((int64_t)sst_bits_of(block->real[i])); /* -0 below 0 */
}

/* Loads a block that is placed: rows without a weight are nobody's, and clusters of missing values
 * that are not skipped are lost. */
static void
load_block(const struct sst_tops *tops, int p, const struct sst_rows *rows, struct sst_block *block,
           ptrdiff_t start)
{
    uint8_t *lost = tops->lost + p * tops->groups;
    sst_block_load(block, rows, start, rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
    sst_block_drop_unweighted(block, rows, tops->groups);
    if (!sst_is_real(rows->kind) || rows->skip_missing)
        return;
    for (ptrdiff_t i = 0; i < block->rows; i++)
        if (isnan(block->real[i]) && block->slot[i] < tops->groups)
            lost[block->slot[i]] = 1;
}

static void
offer_block(const struct sst_tops *tops, const struct sst_rows *rows, const struct sst_block *block,
            int64_t *heap, int64_t *count)
{
    int real = sst_is_real(rows->kind);
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        ptrdiff_t g = block->slot[i];
        if (g >= tops->groups || (real && isnan(block->real[i])))
            continue;
        offer(heap + g * tops->most, tops->most, count[g], key_of(rows, block, i));
        count[g]++;
    }
}

static void
run_part(void *work, int p, int parts)
{
    struct run *run = work;
    const struct sst_tops *tops = run->tops;
    int64_t *heap = tops->heap + p * tops->groups * tops->most;
    int64_t *count = tops->count + p * tops->groups;
    ptrdiff_t start = sst_part_start(run->rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(run->rows->rows, p + 1, parts);
    struct sst_block block;
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a float that is subnormal must not be flushed as a double */
    run->status[p] = SST_OK;
    memset(count, 0, (size_t)tops->groups * sizeof *count);
    memset(tops->lost + p * tops->groups, 0, (size_t)tops->groups * sizeof *tops->lost);
    for (; start < end; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        run->status[p] = sst_block_place(&block, run->rows, start, end, tops->groups);
        if (run->status[p] != SST_OK)
            break;
        load_block(tops, p, run->rows, &block, start);
        offer_block(tops, run->rows, &block, heap, count);
    }
    sst_fpenv_leave(&saved);
}

static ptrdiff_t
held(const struct sst_tops *tops, int64_t count)
{
    return count < tops->most ? (ptrdiff_t)count : tops->most;
}

/* One cluster's keys of all parts into the first, sorted. */
static void
merge(const struct sst_tops *tops, ptrdiff_t group, int parts, int64_t min_count)
{
    int64_t *heap = tops->heap + group * tops->most, *count = tops->count + group;
    int lost = tops->lost[group];
    for (int p = 1; p < parts; p++) {
        const int64_t *other = heap + p * tops->groups * tops->most;
        int64_t more = tops->count[p * tops->groups + group];
        ptrdiff_t n = held(tops, more);
        for (ptrdiff_t i = 0; i < n; i++)
            offer(heap, tops->most, *count + i, other[i]);
        *count += more;
        lost |= tops->lost[p * tops->groups + group];
    }
    if (lost || *count < min_count)
        *count = 0;
    sort_heap(heap, held(tops, *count));
}

enum sst_status
sst_tops_new(struct sst_tops **tops, ptrdiff_t groups, ptrdiff_t most, int parts)
{
    *tops = NULL;
    if (groups < 0 || most < 1 || parts < 1 || parts > SST_MAX_THREADS)
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST || (groups > 0 && most > PTRDIFF_MAX / parts / groups))
        return SST_NO_MEMORY;
    struct sst_tops *made = malloc(sizeof *made);
    if (made == NULL)
        return SST_NO_MEMORY;
    *made = (struct sst_tops){.groups = groups, .most = most, .parts = parts};
    made->heap = sst_table_new(groups * most * parts, sizeof *made->heap);
    made->count = sst_table_new(groups * parts, sizeof *made->count);
    made->lost = sst_table_new(groups * parts, sizeof *made->lost);
    if (made->heap == NULL || made->count == NULL || made->lost == NULL) {
        sst_tops_free(made);
        return SST_NO_MEMORY;
    }
    *tops = made;
    return SST_OK;
}

void
sst_tops_free(struct sst_tops *tops)
{
    if (tops == NULL)
        return;
    sst_table_free(tops->heap);
    sst_table_free(tops->count);
    sst_table_free(tops->lost);
    free(tops);
}

enum sst_status
sst_tops_run(struct sst_tops *tops, const struct sst_rows *rows, int64_t min_count)
{
    if (rows->rows < 0 || (rows->codes == NULL && tops->groups != 1))
        return SST_BAD_ARGUMENT;
    int parts = sst_parts_for(rows->rows, tops->parts);
    struct run run = {.tops = tops, .rows = rows};
    tops->kind = rows->kind;
    sst_parallel(run_part, &run, parts);
    for (int p = 0; p < parts; p++)
        if (run.status[p] != SST_OK)
            return run.status[p];
    for (ptrdiff_t g = 0; g < tops->groups; g++)
        merge(tops, g, parts, min_count);
    return SST_OK;
}

static void
store(enum sst_kind kind, char *out, int64_t key, int missing)
{
    double x = sst_from_bits((uint64_t)sst_sortable(key));
    if (kind == SST_FLOAT32)
        *(float *)(void *)out = missing ? (float)NAN : (float)x;
    else if (kind == SST_FLOAT64)
        *(double *)(void *)out = missing ? (double)NAN : x;
    else
        *(int64_t *)(void *)out = missing ? 0 : sst_key_of_whole(kind, key);
}

void
sst_tops_values(const struct sst_tops *tops, ptrdiff_t places, char *out, ptrdiff_t step)
{
    ptrdiff_t size = tops->kind == SST_FLOAT32 ? 4 : 8;
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = 0; g < tops->groups; g++) {
        const int64_t *key = tops->heap + g * tops->most;
        ptrdiff_t n = held(tops, tops->count[g]);
        for (ptrdiff_t i = 0; i < places; i++)
            store(tops->kind, out + g * step + i * size, i < n ? key[i] : 0, i >= n);
    }
    sst_fpenv_leave(&saved);
}

void
sst_tops_counts(const struct sst_tops *tops, char *out, ptrdiff_t step)
{
    for (ptrdiff_t g = 0; g < tops->groups; g++)
        *(int64_t *)(void *)(out + g * step) = tops->count[g];
}
