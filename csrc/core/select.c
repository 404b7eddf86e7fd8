/* SPDX-License-Identifier: MIT */
#include "select.h"

#include <math.h>
#include <string.h>

#include "between.h"
#include "fpenv.h"
#include "group_part.h"
#include "map.h"
#include "parallel.h"

/* A cluster in a part's table. A poisoned one met a NaN that was not to be skipped. */
struct best {
    int64_t key;
    int64_t count;
};

struct select {
    const struct sst_rows *rows;
    ptrdiff_t groups;
    enum sst_extreme extreme;
    int parts;
    struct best *table; /* parts x sst_rows_for(groups) */
    uint8_t *poisoned;  /* parts x sst_rows_for(groups) */
    enum sst_status status[SST_MAX_THREADS];
};

static int64_t
key_of_real(double x)
{
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return sst_sortable(bits);
}

/* The greatest is the least of the keys turned over. */
static int64_t
turned(const struct select *s, int64_t key)
{
    return s->extreme == SST_GREATEST ? ~key : key;
}

/* Keys of the block in `keys`; rows that are not there lose their slot. */
static void
make_keys(const struct select *s, struct sst_block *block, uint8_t *poisoned, int64_t *keys)
{
    const struct sst_rows *rows = s->rows;
    int reals = rows->kind == SST_FLOAT32 || rows->kind == SST_FLOAT64;
    if (rows->weights != NULL)
        for (ptrdiff_t i = 0; i < block->rows; i++)
            if (isnan(block->weight[i]))
                block->slot[i] = (int32_t)s->groups;
    if (!reals) {
        int64_t flip = rows->kind == SST_UINT64 ? INT64_MIN : 0;
        for (ptrdiff_t i = 0; i < block->rows; i++)
            keys[i] = turned(s, block->whole[i] ^ flip);
        return;
    }
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        keys[i] = turned(s, key_of_real(block->real[i]));
        if (!isnan(block->real[i]))
            continue;
        if (rows->skip_missing)
            block->slot[i] = (int32_t)s->groups;
        else
            poisoned[block->slot[i]] = 1;
    }
}

SST_INLINE void
prefetch(const struct best *best)
{
#if defined(__GNUC__)
    __builtin_prefetch(best, 1);
#else
    (void)best;
#endif
}

static void
keep_best(const struct sst_block *block, const int64_t *keys, struct best *table)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        struct best *best = table + block->slot[i];
        prefetch(table + block->slot[i + SST_AHEAD]);
        best->key = keys[i] < best->key ? keys[i] : best->key;
        best->count++;
    }
}

static void
select_part(void *work, int p, int parts)
{
    struct select *s = work;
    struct best *table = s->table + p * sst_rows_for(s->groups);
    uint8_t *poisoned = s->poisoned + p * sst_rows_for(s->groups);
    ptrdiff_t start = sst_part_start(s->rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(s->rows->rows, p + 1, parts);
    struct sst_block block;
    int64_t keys[SST_BLOCK];
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a float that is subnormal must not be flushed as a double */
    s->status[p] = SST_OK;
    for (ptrdiff_t g = 0; g < sst_rows_for(s->groups); g++)
        table[g].key = INT64_MAX;
    for (; start < end && s->status[p] == SST_OK; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        s->status[p] = sst_block_place(&block, s->rows, start, end, s->groups);
        if (s->status[p] != SST_OK)
            break;
        sst_block_load(&block, s->rows, start,
                       s->rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
        make_keys(s, &block, poisoned, keys);
        keep_best(&block, keys, table);
    }
    sst_fpenv_leave(&saved);
}

static void
store(const struct select *s, char *out, struct best best, int missing)
{
    int64_t key = turned(s, best.key), bits = sst_sortable(key);
    double x;
    memcpy(&x, &bits, sizeof x);
    switch (s->rows->kind) {
    case SST_FLOAT32:
        *(float *)(void *)out = missing ? (float)NAN : (float)x;
        break;
    case SST_FLOAT64:
        *(double *)(void *)out = missing ? (double)NAN : x;
        break;
    case SST_UINT64:
        key ^= INT64_MIN;
        /* fall through */
    default:
        *(int64_t *)(void *)out = missing ? 0 : key;
    }
}

static enum sst_status
run(struct select *s)
{
    ptrdiff_t rows = sst_rows_for(s->groups) * s->parts;
    s->table = sst_table_new(rows, sizeof *s->table);
    s->poisoned = sst_table_new(rows, 1);
    if (s->table == NULL || s->poisoned == NULL)
        return SST_NO_MEMORY;
    sst_parallel(select_part, s, s->parts);
    for (int p = 0; p < s->parts; p++)
        if (s->status[p] != SST_OK)
            return s->status[p];
    return SST_OK;
}

enum sst_status
sst_select(const struct sst_rows *rows, ptrdiff_t groups, int parts, enum sst_extreme extreme,
           int64_t min_count, char *best, ptrdiff_t best_step, char *count, ptrdiff_t count_step)
{
    if (groups < 0 || rows->rows < 0 || parts < 1 || parts > SST_MAX_THREADS)
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    struct select s = {.rows = rows, .groups = groups, .extreme = extreme, .parts = parts};
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    enum sst_status status = run(&s);
    for (ptrdiff_t g = 0; g < groups && status == SST_OK; g++) {
        struct best total = {.key = INT64_MAX};
        int poisoned = 0;
        for (int p = 0; p < parts; p++) {
            struct best own = s.table[p * sst_rows_for(groups) + g];
            total.key = own.key < total.key ? own.key : total.key;
            total.count += own.count;
            poisoned |= s.poisoned[p * sst_rows_for(groups) + g];
        }
        if (best != NULL)
            store(&s, best + g * best_step, total,
                  poisoned || total.count == 0 || total.count < min_count);
        if (count != NULL)
            *(int64_t *)(void *)(count + g * count_step) = total.count;
    }
    sst_fpenv_leave(&saved);
    sst_table_free(s.table);
    sst_table_free(s.poisoned);
    return status;
}
