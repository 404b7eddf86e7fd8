/* SPDX-License-Identifier: MIT
 *
 * Bases by walking. Along the positions of one unit steps only rise, so the base of a
 * position is found by moving one index forward, never back: two pointers, one pass, no
 * table as long as the range of time. Differences of steps are taken unsigned, where
 * none can overflow.
 */
#include "panel.h"

#include <stdlib.h>

#include "memory.h"

void
sst_panel_clear(struct sst_panel *panel)
{
    *panel = (struct sst_panel){0};
}

void
sst_panel_free(struct sst_panel *panel)
{
    free(panel->starts);
    sst_table_free(panel->order);
    free(panel->step32);
    free(panel->step64);
    sst_panel_clear(panel);
}

uint64_t
sst_panel_gaps(const struct sst_panel *panel)
{
    uint64_t gaps = 0;
    for (ptrdiff_t u = 0; u < panel->units && !sst_panel_consecutive(panel); u++) {
        ptrdiff_t first = panel->starts[u], last = panel->starts[u + 1] - 1;
        uint64_t absent = sst_panel_distance(panel, first, last) - (uint64_t)(last - first);
        gaps = gaps > UINT64_MAX - absent ? UINT64_MAX : gaps + absent;
    }
    return gaps;
}

/* Whether position `at` is still too early to be the base of `position`. */
SST_INLINE int
too_early(const struct sst_panel *panel, int64_t lag, ptrdiff_t at, ptrdiff_t position)
{
    if (lag >= 0)
        return at < position && sst_panel_distance(panel, at, position) > (uint64_t)lag;
    return at < position || sst_panel_distance(panel, position, at) < (uint64_t)-lag;
}

/* The unit that holds a position. */
static ptrdiff_t
unit_of(const struct sst_panel *panel, ptrdiff_t position)
{
    ptrdiff_t low = 0, high = panel->units;
    while (high - low > 1) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (panel->starts[middle] <= position)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void
sst_walk_start(const struct sst_panel *panel, int64_t lag, ptrdiff_t position,
               struct sst_walk *walk)
{
    *walk = (struct sst_walk){.lag = lag};
    if (position >= panel->rows)
        return;
    walk->unit = unit_of(panel, position);
    ptrdiff_t low = panel->starts[walk->unit], high = panel->starts[walk->unit + 1];
    while (low < high && !sst_panel_consecutive(panel)) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (too_early(panel, lag, middle, position))
            low = middle + 1;
        else
            high = middle;
    }
    walk->base = low;
}

/* Inside a unit of consecutive steps, the positions start..end-1. */
static void
walk_consecutive(int64_t lag, ptrdiff_t start, ptrdiff_t end, ptrdiff_t first, ptrdiff_t last,
                 int64_t *bases)
{
    for (ptrdiff_t p = first; p < last; p++) {
        int64_t base = p - lag;
        bases[p - first] = base >= start && base < end ? base : -1;
    }
}

#define SST_SOURCE "panel_walk_source.h"
#include "for_each_label.h"

/* Inside a unit that ends before `end`; returns the index it came to. */
static ptrdiff_t
walk_steps(const struct sst_panel *panel, const struct sst_walk *walk, ptrdiff_t end,
           ptrdiff_t first, ptrdiff_t last, int64_t *bases)
{
    if (panel->step32 != NULL)
        return walk_i32(panel->step32, walk, end, first, last, bases);
    return walk_i64(panel->steps, walk, end, first, last, bases);
}

void
sst_walk_next(const struct sst_panel *panel, struct sst_walk *walk, ptrdiff_t first, ptrdiff_t last,
              int64_t *bases)
{
    while (first < last) {
        ptrdiff_t start = panel->starts[walk->unit], end = panel->starts[walk->unit + 1];
        if (first >= end) {
            walk->base = end;
            walk->unit++;
            continue;
        }
        ptrdiff_t stop = end < last ? end : last;
        if (sst_panel_consecutive(panel))
            walk_consecutive(walk->lag, start, end, first, stop, bases);
        else
            walk->base = walk_steps(panel, walk, end, first, stop, bases);
        bases += stop - first;
        first = stop;
    }
}

void
sst_panel_rows(const struct sst_panel *panel, int64_t lag, int64_t *rows)
{
    enum { BLOCK = 512 };
    int64_t bases[BLOCK];
    struct sst_walk walk;
    sst_walk_start(panel, lag, 0, &walk);
    for (ptrdiff_t p = 0; p < panel->rows; p += BLOCK) {
        ptrdiff_t last = p + BLOCK < panel->rows ? p + BLOCK : panel->rows;
        sst_walk_next(panel, &walk, p, last, bases);
        for (ptrdiff_t i = p; i < last; i++) {
            int64_t base = bases[i - p];
            if (panel->order == NULL)
                rows[i] = base;
            else
                rows[panel->order[i]] = base < 0 ? -1 : panel->order[base];
        }
    }
}
