/* SPDX-License-Identifier: MIT
 *
 * Values and the rows they are of, brought together by a counting sort and sorted within each
 * cluster by merging, which keeps values that tie in the order of rows.
 */
#include "group_rank.h"

#include <math.h>
#include <string.h>

#include "group_sorted.h"
#include "map.h"
#include "memory.h"
#include "parallel.h"

/* Runs that are sorted by insertion. */
enum { RUN = 16 };

struct items {
    int64_t *key;
    ptrdiff_t *row;
};

struct ranking {
    struct sst_sorted sorted;
    struct items room;
    ptrdiff_t rows;
    enum sst_rank_ties ties;
    int descending;
    char *out;
    ptrdiff_t step;
};

SST_INLINE struct items
from(struct items items, ptrdiff_t at)
{
    return (struct items){items.key + at, items.row + at};
}

static void
insert(struct items items, ptrdiff_t n)
{
    for (ptrdiff_t i = 1; i < n; i++) {
        int64_t key = items.key[i];
        ptrdiff_t row = items.row[i], at = i;
        for (; at > 0 && items.key[at - 1] > key; at--) {
            items.key[at] = items.key[at - 1];
            items.row[at] = items.row[at - 1];
        }
        items.key[at] = key;
        items.row[at] = row;
    }
}

/* Two sorted runs that follow each other, the second from `middle`. */
static void
merge(struct items items, ptrdiff_t middle, ptrdiff_t n, struct items to)
{
    ptrdiff_t a = 0, b = middle;
    for (ptrdiff_t k = 0; k < n; k++) {
        int second = b < n && (a >= middle || items.key[b] < items.key[a]);
        ptrdiff_t next = second ? b : a;
        a += !second;
        b += second;
        to.key[k] = items.key[next];
        to.row[k] = items.row[next];
    }
}

/* Sorts stably; the sorted items are in one of both. */
static struct items
sort(struct items items, ptrdiff_t n, struct items room)
{
    for (ptrdiff_t at = 0; at < n; at += RUN)
        insert(from(items, at), n - at < RUN ? n - at : RUN);
    for (ptrdiff_t width = RUN; width < n; width *= 2) {
        for (ptrdiff_t at = 0, span; at < n; at += span) {
            span = n - at < 2 * width ? n - at : 2 * width;
            merge(from(items, at), width < span ? width : span, span, from(room, at));
        }
        struct items sorted = room;
        room = items;
        items = sorted;
    }
    return items;
}

/* The rank of the item at `at` among those that tie, first to end - 1. */
static double
rank_of(enum sst_rank_ties ties, ptrdiff_t at, ptrdiff_t first, ptrdiff_t end, ptrdiff_t different)
{
    switch (ties) {
    case SST_RANK_MAX:
        return (double)end;
    case SST_RANK_AVERAGE:
        return ((double)first + 1.0 + (double)end) * 0.5;
    case SST_RANK_DENSE:
        return (double)different;
    case SST_RANK_ORDINAL:
        return (double)at + 1.0;
    default:
        return (double)first + 1.0;
    }
}

static void
give(const struct ranking *r, struct items items, ptrdiff_t n)
{
    ptrdiff_t different = 0;
    for (ptrdiff_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && items.key[end] == items.key[first]; end++)
            continue;
        different++;
        for (ptrdiff_t at = first; at < end; at++)
            *(double *)(void *)(r->out + items.row[at] * r->step) =
                rank_of(r->ties, at, first, end, different);
    }
}

static void
rank_part(void *work, int p, int parts)
{
    const struct ranking *r = work;
    const struct sst_sorted *s = &r->sorted;
    ptrdiff_t end = sst_sorted_first(s, p + 1, parts);
    for (ptrdiff_t g = sst_sorted_first(s, p, parts); g < end; g++) {
        ptrdiff_t first = s->start[g], n = s->start[g + 1] - first;
        struct items items = from((struct items){s->key, s->row}, first);
        for (ptrdiff_t i = 0; r->descending && i < n; i++)
            items.key[i] = ~items.key[i]; /* turns the order round, no value is lost */
        give(r, sort(items, n, from(r->room, first)), n);
    }
}

static void
clear_part(void *work, int p, int parts)
{
    const struct ranking *r = work;
    ptrdiff_t end = sst_part_start(r->rows, p + 1, parts);
    for (ptrdiff_t i = sst_part_start(r->rows, p, parts); i < end; i++)
        *(double *)(void *)(r->out + i * r->step) = (double)NAN;
}

enum sst_status
sst_group_rank(const struct sst_rows *rows, ptrdiff_t groups, int parts, enum sst_rank_ties ties,
               int descending, char *out, ptrdiff_t step)
{
    struct ranking r = {
        .rows = rows->rows, .ties = ties, .descending = descending, .out = out, .step = step};
    enum sst_status status = sst_sorted_new(&r.sorted, rows, groups, parts, SST_KEEP_ROWS);
    if (status == SST_OK) {
        r.room.key = sst_table_new(r.sorted.kept, sizeof *r.room.key);
        r.room.row = sst_table_new(r.sorted.kept, sizeof *r.room.row);
        status = r.room.key != NULL && r.room.row != NULL ? SST_OK : SST_NO_MEMORY;
    }
    if (status == SST_OK) {
        sst_parallel(clear_part, &r, r.sorted.parts);
        sst_parallel(rank_part, &r, r.sorted.parts);
    }
    sst_table_free(r.room.key);
    sst_table_free(r.room.row);
    sst_sorted_free(&r.sorted);
    return status;
}
