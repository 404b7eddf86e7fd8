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

SST_INLINE void
real_keys(const double *restrict value, ptrdiff_t n, int64_t turn, int64_t missing,
          int64_t *restrict key)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        uint64_t gone = nan_mask(value[i]);
        key[i] = (int64_t)(((key_of_real(value[i]) ^ (uint64_t)turn) & ~gone) |
                           ((uint64_t)missing & gone));
    }
}

static void
make_keys(const struct sst_selection *s, const struct sst_block *block, const struct sst_rows *rows,
          struct keys *keys)
{
    int reals = rows->kind == SST_FLOAT32 || rows->kind == SST_FLOAT64;
    int64_t flip = rows->kind == SST_UINT64 ? INT64_MIN : 0;
    for (int k = 0; k < s->keys; k++) {
        if (reals)
            real_keys(block->real, block->rows, s->turn[k],
                      rows->skip_missing ? SST_NO_KEY : SST_POISON_KEY, keys->key[k]);
        for (ptrdiff_t i = 0; !reals && i < block->rows; i++)
            keys->key[k][i] = block->whole[i] ^ flip ^ s->turn[k];
    }
    for (ptrdiff_t i = 0; i < block->rows; i++)
        keys->present[i] =
            1 - (int64_t)((reals & rows->skip_missing) != 0 ? nan_mask(block->real[i]) & 1 : 0);
    for (ptrdiff_t i = 0; rows->weights != NULL && i < block->rows; i++) {
        uint64_t gone = nan_mask(block->weight[i]);
        keys->present[i] &= (int64_t)~gone;
        for (int k = 0; k < s->keys; k++)
            keys->key[k][i] =
                (int64_t)(((uint64_t)keys->key[k][i] & ~gone) | ((uint64_t)SST_NO_KEY & gone));
    }
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
     int64_t *table, int count_of_keys, int counted)
{
    ptrdiff_t apart = sst_selection_apart(s), words = count_of_keys + counted;
    int far = is_far(s);
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        int64_t *row = table + (i & (s->copies - 1)) * apart + block->slot[i] * words;
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
    switch (2 * s->keys + s->counted) {
    case 1:
        keep(s, block, &keys, table, 0, 1);
        break;
    case 2:
        keep(s, block, &keys, table, 1, 0);
        break;
    case 3:
        keep(s, block, &keys, table, 1, 1);
        break;
    case 4:
        keep(s, block, &keys, table, 2, 0);
        break;
    default:
        keep(s, block, &keys, table, 2, 1);
    }
}
