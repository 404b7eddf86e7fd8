/* SPDX-License-Identifier: MIT
 *
 * The inside of a selection.
 */
#ifndef SST_SELECT_TABLE_H
#define SST_SELECT_TABLE_H

#include "group_part.h"
#include "select.h"

enum { SST_KEYS_MOST = 2 };

/* Of no value yet, and of a NaN that is not to be skipped: no number has either key, since the
 * bits would be those of a NaN. */
#define SST_NO_KEY INT64_MAX
#define SST_POISON_KEY INT64_MIN

/* A row of the table is its keys and, if it counts, the number of its values. */
struct sst_selection {
    ptrdiff_t groups;
    int parts;
    int copies;
    int used_parts; /* of the last pass */
    int room;       /* parts that the table is for */
    int keys;
    int counted;
    int64_t turn[SST_KEYS_MOST]; /* -1 turns a key over */
    int64_t *table;              /* parts x copies x sst_rows_for(groups) x (keys + counted) */
};

/* Words of one copy of a part's table, and of all copies. */
static inline ptrdiff_t
sst_selection_apart(const struct sst_selection *s)
{
    return sst_rows_for(s->groups) * (s->keys + s->counted);
}

static inline ptrdiff_t
sst_selection_of_part(const struct sst_selection *s)
{
    return sst_selection_apart(s) * s->copies;
}

/* A block's keys, and 1 where a row counts. */
struct sst_keys {
    int64_t key[SST_KEYS_MOST][SST_BLOCK];
    int64_t present[SST_BLOCK];
};

void sst_selection_keys(const struct sst_selection *selection, const struct sst_block *block,
                        const struct sst_rows *rows, struct sst_keys *keys);

#endif
