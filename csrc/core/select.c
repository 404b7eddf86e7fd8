/* SPDX-License-Identifier: MIT */
#include "select.h"

#include <math.h>
#include <stdlib.h>

#include "avx2.h"
#include "bits.h"
#include "group_part.h"
#include "parallel.h"
#include "select_table.h"

/* A block's keys, and 1 where a row counts. */
struct keys {
    int64_t key[SST_KEYS_MOST][SST_BLOCK];
    int64_t present[SST_BLOCK];
};

enum sst_status
sst_selection_new(struct sst_selection **out, ptrdiff_t groups, int parts, int extremes,
                  int counted)
{
    *out = NULL;
    if (groups < 0 || parts < 1 || parts > SST_MAX_THREADS || (extremes == 0 && !counted))
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    struct sst_selection *s = calloc(1, sizeof *s);
    if (s == NULL)
        return SST_NO_MEMORY;
    s->groups = groups;
    s->parts = parts;
    s->copies = groups <= SST_FEW ? SST_COPIES : 1;
    s->counted = counted != 0;
    if (extremes & SST_LEAST)
        s->turn[s->keys++] = 0;
    if (extremes & SST_GREATEST)
        s->turn[s->keys++] = -1;
    *out = s;
    return SST_OK;
}

void
sst_selection_free(struct sst_selection *selection)
{
    if (selection == NULL)
        return;
    sst_table_free(selection->table);
    free(selection);
}

ptrdiff_t
sst_selection_words(const struct sst_selection *s)
{
    return (ptrdiff_t)s->copies * (s->keys + s->counted);
}

enum sst_status
sst_selection_prepare(struct sst_selection *s, int parts)
{
    if (parts > s->room) {
        sst_table_free(s->table);
        s->table = sst_table_new(sst_selection_of_part(s) * parts, sizeof *s->table);
        s->room = s->table != NULL ? parts : 0;
    }
    s->used_parts = s->table != NULL ? parts : 0;
    return s->table != NULL ? SST_OK : SST_NO_MEMORY;
}

void
sst_selection_clear(struct sst_selection *s, int part)
{
    int64_t *row = s->table + part * sst_selection_of_part(s);
    for (ptrdiff_t r = sst_rows_for(s->groups) * s->copies; r > 0; r--) {
        for (int k = 0; k < s->keys; k++)
            *row++ = SST_NO_KEY;
        if (s->counted)
            *row++ = 0;
    }
}

/* All ones where x is NaN. */
SST_INLINE uint64_t
nan_mask(double x)
{
    return sst_beyond(x, (double)INFINITY);
}

/* sst_sortable without a shift of signs, which SSE2 has not for 64 bits. */
SST_INLINE uint64_t
key_of_real(double x)
{
    uint64_t bits = sst_bits_of(x);
    return bits ^ ((0 - (bits >> 63)) >> 1);
}

/* The keys of reals, and where they count. */
SST_INLINE void
real_keys(const struct sst_selection *s, const double *restrict value, ptrdiff_t n, int skip,
          struct keys *restrict keys)
{
    uint64_t missing = (uint64_t)(skip ? SST_NO_KEY : SST_POISON_KEY);
    int64_t leaves_out = skip != 0;
    for (int k = 0; k < s->keys; k++) {
        uint64_t turn = (uint64_t)s->turn[k];
        for (ptrdiff_t i = 0; i < n; i++) {
            uint64_t gone = nan_mask(value[i]);
            keys->key[k][i] =
                (int64_t)(((key_of_real(value[i]) ^ turn) & ~gone) | (missing & gone));
        }
    }
    for (ptrdiff_t i = 0; s->counted && i < n; i++)
        keys->present[i] = 1 - ((int64_t)(nan_mask(value[i]) & 1) & leaves_out);
}

#if SST_AVX2

SST_WIDE static void
real_keys_by_fours(const struct sst_selection *s, const double *value, ptrdiff_t n, int skip,
                   struct keys *keys)
{
    real_keys(s, value, n, skip, keys);
}

#endif

static void
integer_keys(const struct sst_selection *s, const struct sst_block *block, int64_t flip,
             struct keys *keys)
{
    for (int k = 0; k < s->keys; k++)
        for (ptrdiff_t i = 0; i < block->rows; i++)
            keys->key[k][i] = block->whole[i] ^ flip ^ s->turn[k];
    for (ptrdiff_t i = 0; i < block->rows; i++)
        keys->present[i] = 1;
}

static void
leave_out_without_weight(const struct sst_selection *s, const struct sst_block *block,
                         struct keys *keys)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        uint64_t gone = nan_mask(block->weight[i]);
        if (s->counted)
            keys->present[i] &= (int64_t)~gone;
        for (int k = 0; k < s->keys; k++)
            keys->key[k][i] =
                (int64_t)(((uint64_t)keys->key[k][i] & ~gone) | ((uint64_t)SST_NO_KEY & gone));
    }
}

static void
make_keys(const struct sst_selection *s, const struct sst_block *block, const struct sst_rows *rows,
          struct keys *keys)
{
    if (rows->kind != SST_FLOAT32 && rows->kind != SST_FLOAT64)
        integer_keys(s, block, rows->kind == SST_UINT64 ? INT64_MIN : 0, keys);
#if SST_AVX2
    else if (sst_has_avx2())
        real_keys_by_fours(s, block->real, block->rows, rows->skip_missing, keys);
#endif
    else
        real_keys(s, block->real, block->rows, rows->skip_missing, keys);
    if (rows->weights != NULL)
        leave_out_without_weight(s, block, keys);
}

SST_INLINE void
prefetch(const int64_t *row)
{
#if defined(__GNUC__)
    __builtin_prefetch(row, 1);
#else
    (void)row;
#endif
}

/* Whether the tables do not stay in the cache. */
static int
is_far(const struct sst_selection *s)
{
    return sst_selection_apart(s) >= SST_CACHED_WORDS;
}

SST_INLINE void
keep(const struct sst_selection *s, const struct sst_block *block, const struct keys *keys,
     int64_t *table, int copies, int count_of_keys, int counted)
{
    ptrdiff_t apart = sst_selection_apart(s), words = count_of_keys + counted;
    int far = is_far(s);
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        int64_t *row = table + (i & (copies - 1)) * apart + block->slot[i] * words;
        if (far)
            prefetch(table + block->slot[i + SST_AHEAD] * words);
        for (int k = 0; k < count_of_keys; k++) {
            int64_t key = keys->key[k][i];
            row[k] = key < row[k] ? key : row[k];
        }
        if (counted)
            row[count_of_keys] += keys->present[i];
    }
}

SST_INLINE void
keep_all(const struct sst_selection *s, const struct sst_block *block, const struct keys *keys,
         int64_t *table, int copies)
{
    switch (2 * s->keys + s->counted) {
    case 1:
        keep(s, block, keys, table, copies, 0, 1);
        break;
    case 2:
        keep(s, block, keys, table, copies, 1, 0);
        break;
    case 3:
        keep(s, block, keys, table, copies, 1, 1);
        break;
    case 4:
        keep(s, block, keys, table, copies, 2, 0);
        break;
    default:
        keep(s, block, keys, table, copies, 2, 1);
    }
}

#if SST_AVX2

/* Both extremes of reals without weights, counted elsewhere: whether it was done. */
static int
keep_pairs(const struct sst_selection *s, const struct sst_block *block,
           const struct sst_rows *rows, int64_t *table)
{
    int reals = rows->kind == SST_FLOAT32 || rows->kind == SST_FLOAT64;
    if (s->keys != 2 || s->counted || !reals || rows->weights != NULL || block->rows % 4 != 0 ||
        !sst_has_avx2())
        return 0;
    sst_avx2_keep_pairs(block->real, block->slot, block->rows,
                        rows->skip_missing ? SST_NO_KEY : SST_POISON_KEY, table,
                        sst_selection_apart(s), s->copies, is_far(s) ? SST_AHEAD : 0);
    return 1;
}

#endif

void
sst_selection_add(struct sst_selection *s, int part, const struct sst_block *block,
                  const struct sst_rows *rows)
{
    int64_t *table = s->table + part * sst_selection_of_part(s);
    struct keys keys;
#if SST_AVX2
    if (keep_pairs(s, block, rows, table))
        return;
#endif
    make_keys(s, block, rows, &keys);
    if (s->copies > 1)
        keep_all(s, block, &keys, table, SST_COPIES);
    else
        keep_all(s, block, &keys, table, 1);
}
