/* SPDX-License-Identifier: MIT
 *
 * Rows that are lined up already need no index: one scan proves it and notes where units
 * start. Each thread writes the starts of its rows where its rows are in an array as
 * long as all rows; pages that are never touched cost nothing, and the array is cut to
 * size afterwards.
 */
#include "panel.h"

#include <stdlib.h>
#include <string.h>

#include "parallel.h"

struct scan {
    const void *labels;
    const int64_t *steps;
    ptrdiff_t rows;
    int64_t *starts; /* rows + 1 */
    ptrdiff_t found[SST_MAX_THREADS];
    unsigned char unsorted[SST_MAX_THREADS];
    unsigned char gaps[SST_MAX_THREADS];
};

/* Moves the starts that the parts found together, and closes them with `rows`. */
static void
join_starts(struct scan *scan, int parts, struct sst_panel *panel)
{
    ptrdiff_t units = scan->found[0];
    for (int part = 1; part < parts; part++) {
        ptrdiff_t from = sst_part_start(scan->rows, part, parts);
        memmove(scan->starts + units, scan->starts + from,
                (size_t)scan->found[part] * sizeof *scan->starts);
        units += scan->found[part];
    }
    scan->starts[units] = scan->rows;
    int64_t *cut = realloc(scan->starts, (size_t)(units + 1) * sizeof *cut);
    panel->starts = cut != NULL ? cut : scan->starts;
    panel->units = units;
    panel->rows = scan->rows;
}

/* Whether every unit's span of steps fits 32 bits. */
static int
spans_are_short(const struct sst_panel *panel, const int64_t *steps)
{
    for (ptrdiff_t u = 0; u < panel->units; u++) {
        uint64_t first = (uint64_t)steps[panel->starts[u]];
        if ((uint64_t)steps[panel->starts[u + 1] - 1] - first > INT32_MAX)
            return 0;
    }
    return 1;
}

/* A copy of the steps, in 32 bits from each unit's first where they fit. */
static enum sst_status
keep_steps(struct sst_panel *panel, const int64_t *steps)
{
    size_t rows = (size_t)panel->rows;
    if (!spans_are_short(panel, steps)) {
        panel->step64 = malloc(rows * sizeof *panel->step64);
        if (panel->step64 == NULL)
            return SST_NO_MEMORY;
        memcpy(panel->step64, steps, rows * sizeof *steps);
        panel->steps = panel->step64;
        return SST_OK;
    }
    panel->step32 = malloc(rows * sizeof *panel->step32);
    if (panel->step32 == NULL)
        return SST_NO_MEMORY;
    for (ptrdiff_t u = 0; u < panel->units; u++)
        for (int64_t p = panel->starts[u]; p < panel->starts[u + 1]; p++)
            panel->step32[p] = (int32_t)(steps[p] - steps[panel->starts[u]]);
    return SST_OK;
}

static enum sst_status
scan_rows(const void *labels, const int64_t *steps, ptrdiff_t rows, int keep, int parts,
          sst_part_function part_function, struct sst_panel *panel, int *sorted)
{
    sst_panel_clear(panel);
    *sorted = 0;
    if ((size_t)rows >= SIZE_MAX / sizeof(int64_t) - 1)
        return SST_NO_MEMORY;
    struct scan scan = {.labels = labels, .steps = steps, .rows = rows};
    scan.starts = malloc(((size_t)rows + 1) * sizeof *scan.starts);
    if (scan.starts == NULL)
        return SST_NO_MEMORY;
    sst_parallel(part_function, &scan, parts);
    int unsorted = 0, gaps = 0;
    for (int part = 0; part < parts; part++) {
        unsorted |= scan.unsorted[part];
        gaps |= scan.gaps[part];
    }
    if (unsorted) {
        free(scan.starts);
        return SST_OK;
    }
    *sorted = 1;
    join_starts(&scan, parts, panel);
    if (!gaps)
        return SST_OK;
    panel->steps = keep ? NULL : steps;
    return keep ? keep_steps(panel, steps) : SST_OK;
}

#define SST_SOURCE "panel_scan_source.h"
#include "for_each_label.h"
