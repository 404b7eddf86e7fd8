/* SPDX-License-Identifier: MIT */
#include "select.h"

#include <stdlib.h>
#include <string.h>

#include "avx2.h"
#include "group_part.h"
#include "parallel.h"
#include "select_table.h"

/* Rows that are cleared at once. */
enum { CLEARED = 512 };

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
    int64_t *table = s->table + part * sst_selection_of_part(s);
    ptrdiff_t words = s->keys + s->counted, all = sst_selection_of_part(s);
    for (int k = 0; k < words; k++)
        table[k] = k < s->keys ? SST_NO_KEY : 0;
    /* From a stretch that stays in the cache. */
    for (ptrdiff_t done = words, next; done < all; done += next) {
        next = done < CLEARED * words ? done : CLEARED * words;
        next = next < all - done ? next : all - done;
        memcpy(table + done, table, (size_t)next * sizeof *table);
    }
}

/* Whether the tables do not stay in the cache. */
static int
is_far(const struct sst_selection *s)
{
    return sst_selection_apart(s) >= SST_CACHED_WORDS;
}

SST_INLINE void
keep(const struct sst_selection *s, const struct sst_block *block, const struct sst_keys *keys,
     int64_t *table, int copies, int count_of_keys, int counted)
{
    ptrdiff_t apart = sst_selection_apart(s), words = count_of_keys + counted;
    int far = is_far(s);
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        int64_t *row = table + (i & (copies - 1)) * apart + block->slot[i] * words;
        if (far)
            sst_prefetch(table + block->slot[i + SST_AHEAD] * words);
        for (int k = 0; k < count_of_keys; k++) {
            int64_t key = keys->key[k][i];
            row[k] = key < row[k] ? key : row[k];
        }
        if (counted)
            row[count_of_keys] += keys->present[i];
    }
}

SST_INLINE void
keep_all(const struct sst_selection *s, const struct sst_block *block, const struct sst_keys *keys,
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
    if (s->keys != 2 || s->counted || sst_is_integer(rows->kind) || rows->weights != NULL ||
        block->rows % 4 != 0 || !sst_has_avx2())
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
    struct sst_keys keys;
#if SST_AVX2
    if (keep_pairs(s, block, rows, table))
        return;
#endif
    sst_selection_keys(s, block, rows, &keys);
    if (s->copies > 1)
        keep_all(s, block, &keys, table, SST_COPIES);
    else
        keep_all(s, block, &keys, table, 1);
}
