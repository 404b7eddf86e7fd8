/* SPDX-License-Identifier: MIT */
#include "group_place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "between.h"
#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

/* The best row of a cluster so far. */
struct found {
    int64_t key;
    int64_t row; /* -1: none yet */
    int64_t count;
};

struct sst_places {
    ptrdiff_t groups;
    int parts;
    struct found *table; /* parts x sst_rows_for(groups); merged into the first */
};

struct run {
    const struct sst_places *places;
    enum sst_place which;
    const struct sst_rows *rows;
    enum sst_status status[SST_MAX_THREADS];
};

/* Rows that do not count lose their slot. */
static void
leave_out(const struct sst_rows *rows, struct sst_block *block, int32_t nobody)
{
    sst_block_drop_unweighted(block, rows, nobody);
    if (!sst_is_real(rows->kind) || !rows->skip_missing)
        return;
    for (ptrdiff_t i = 0; i < block->rows; i++)
        if (isnan(block->real[i]))
            block->slot[i] = nobody;
}

/* Of values: the least integer is no number's key, since infinities come before it. */
static void
keys_by_value(const struct sst_rows *rows, const struct sst_block *block, int greatest,
              int64_t *keys)
{
    int64_t turn = greatest ? -1 : 0;
    if (!sst_is_real(rows->kind)) {
        for (ptrdiff_t i = 0; i < block->rows; i++)
            keys[i] = sst_key_of_whole(rows->kind, block->whole[i]) ^ turn;
        return;
    }
    for (ptrdiff_t i = 0; i < block->rows; i++)
        keys[i] = isnan(block->real[i]) ? INT64_MIN : sst_key_of_real(block->real[i]) ^ turn;
}

static void
make_keys(const struct sst_rows *rows, const struct sst_block *block, enum sst_place which,
          ptrdiff_t start, int64_t *keys)
{
    int64_t turn = which == SST_PLACE_LAST ? -1 : 0;
    if (which == SST_PLACE_LEAST || which == SST_PLACE_GREATEST)
        keys_by_value(rows, block, which == SST_PLACE_GREATEST, keys);
    else
        for (ptrdiff_t i = 0; i < block->rows; i++)
            keys[i] = (int64_t)(start + i) ^ turn;
}

static void
keep_best(const struct sst_block *block, const int64_t *keys, ptrdiff_t start, struct found *table)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        struct found *found = table + block->slot[i];
        sst_prefetch(table + block->slot[i + SST_AHEAD]);
        int better = (keys[i] < found->key) | (found->row < 0);
        found->key = better ? keys[i] : found->key;
        found->row = better ? (int64_t)(start + i) : found->row;
        found->count++;
    }
}

static void
run_part(void *work, int p, int parts)
{
    struct run *run = work;
    const struct sst_places *places = run->places;
    const struct sst_rows *rows = run->rows;
    struct found *table = places->table + p * sst_rows_for(places->groups);
    ptrdiff_t start = sst_part_start(rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(rows->rows, p + 1, parts);
    struct sst_block block;
    int64_t keys[SST_BLOCK];
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a float that is subnormal must not be flushed as a double */
    run->status[p] = SST_OK;
    for (ptrdiff_t g = 0; g < sst_rows_for(places->groups); g++)
        table[g] = (struct found){.key = INT64_MAX, .row = -1};
    for (; start < end; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        run->status[p] = sst_block_place(&block, rows, start, end, places->groups);
        if (run->status[p] != SST_OK)
            break;
        sst_block_load(&block, rows, start,
                       rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
        leave_out(rows, &block, (int32_t)places->groups);
        make_keys(rows, &block, run->which, start, keys);
        keep_best(&block, keys, start, table);
    }
    sst_fpenv_leave(&saved);
}

/* Onto the first part; the rows of a later one come after those of all before it. */
static void
merge(struct found *to, const struct found *from, ptrdiff_t groups)
{
    for (ptrdiff_t g = 0; g < groups; g++) {
        int better = from[g].row >= 0 && (to[g].row < 0 || from[g].key < to[g].key);
        int64_t count = to[g].count + from[g].count;
        to[g] = better ? from[g] : to[g];
        to[g].count = count;
    }
}

enum sst_status
sst_places_new(struct sst_places **places, ptrdiff_t groups, int parts)
{
    *places = NULL;
    if (groups < 0 || parts < 1 || parts > SST_MAX_THREADS)
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    struct sst_places *made = malloc(sizeof *made);
    if (made == NULL)
        return SST_NO_MEMORY;
    *made = (struct sst_places){.groups = groups, .parts = parts};
    made->table = sst_table_new(sst_rows_for(groups) * parts, sizeof *made->table);
    if (made->table == NULL) {
        free(made);
        return SST_NO_MEMORY;
    }
    *places = made;
    return SST_OK;
}

void
sst_places_free(struct sst_places *places)
{
    if (places == NULL)
        return;
    sst_table_free(places->table);
    free(places);
}

enum sst_status
sst_places_run(struct sst_places *places, const struct sst_rows *rows, enum sst_place which)
{
    if (rows->rows < 0 || (rows->codes == NULL && places->groups != 1))
        return SST_BAD_ARGUMENT;
    int parts = sst_parts_for(rows->rows, places->parts);
    struct run run = {.places = places, .which = which, .rows = rows};
    sst_parallel(run_part, &run, parts);
    for (int p = 0; p < parts; p++)
        if (run.status[p] != SST_OK)
            return run.status[p];
    for (int p = 1; p < parts; p++)
        merge(places->table, places->table + p * sst_rows_for(places->groups), places->groups);
    return SST_OK;
}

/* The row of a cluster of enough values, or -1. */
static int64_t
row_of(const struct sst_places *places, ptrdiff_t group, int64_t min_count)
{
    const struct found *found = places->table + group;
    return found->count < min_count ? -1 : found->row;
}

void
sst_places_rows(const struct sst_places *places, int64_t min_count, char *out, ptrdiff_t step)
{
    for (ptrdiff_t g = 0; g < places->groups; g++)
        *(int64_t *)(void *)(out + g * step) = row_of(places, g, min_count);
}

void
sst_places_values(const struct sst_places *places, const struct sst_rows *rows, int64_t min_count,
                  char *out, ptrdiff_t step)
{
    const double missing = (double)NAN;
    const float single = (float)NAN;
    const int64_t none = 0;
    size_t size = rows->kind == SST_FLOAT32 ? sizeof single : sizeof missing;
    const void *empty = rows->kind == SST_FLOAT32   ? (const void *)&single
                        : rows->kind == SST_FLOAT64 ? (const void *)&missing
                                                    : (const void *)&none;
    for (ptrdiff_t g = 0; g < places->groups; g++) {
        int64_t row = row_of(places, g, min_count);
        memcpy(out + g * step, row < 0 ? empty : rows->values + row * rows->step, size);
    }
}

void
sst_places_counts(const struct sst_places *places, char *out, ptrdiff_t step)
{
    for (ptrdiff_t g = 0; g < places->groups; g++)
        *(int64_t *)(void *)(out + g * step) = places->table[g].count;
}
