/* SPDX-License-Identifier: MIT
 *
 * Counting into units, then each unit's rows by the bytes of their steps, least
 * significant first; bytes above the span of the unit are left out.
 */
#include "panel_radix.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { BYTE = 256, FEW = 48 };

/* The rows of a unit, all with their steps from the unit's earliest. */
struct unit_rows {
    const int64_t *steps;
    int32_t *rows, *spare;
    ptrdiff_t count;
    uint64_t low, span;
};

SST_INLINE uint64_t
key(const struct unit_rows *u, int32_t row)
{
    return (uint64_t)u->steps[row] - u->low;
}

static void
measure(struct unit_rows *u)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (ptrdiff_t k = 0; k < u->count; k++) {
        int64_t step = u->steps[u->rows[k]];
        low = step < low ? step : low;
        high = step > high ? step : high;
    }
    u->low = (uint64_t)low;
    u->span = (uint64_t)high - (uint64_t)low;
}

/* Stable: a row passes only later ones. */
static void
sort_few(const struct unit_rows *u)
{
    for (ptrdiff_t k = 1; k < u->count; k++) {
        int32_t row = u->rows[k];
        ptrdiff_t at = k;
        for (; at > 0 && key(u, u->rows[at - 1]) > key(u, row); at--)
            u->rows[at] = u->rows[at - 1];
        u->rows[at] = row;
    }
}

static void
sort_byte(const struct unit_rows *u, int shift, const int32_t *from, int32_t *to)
{
    ptrdiff_t next[BYTE + 1] = {0};
    for (ptrdiff_t k = 0; k < u->count; k++)
        next[(key(u, from[k]) >> shift & (BYTE - 1)) + 1]++;
    for (int digit = 1; digit < BYTE; digit++)
        next[digit] += next[digit - 1];
    for (ptrdiff_t k = 0; k < u->count; k++)
        to[next[key(u, from[k]) >> shift & (BYTE - 1)]++] = from[k];
}

static void
sort_unit(struct unit_rows *u)
{
    measure(u);
    if (u->count <= FEW) {
        sort_few(u);
        return;
    }
    int32_t *from = u->rows, *to = u->spare;
    for (int shift = 0; shift < 64 && u->span >> shift != 0; shift += 8) {
        sort_byte(u, shift, from, to);
        int32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != u->rows)
        memcpy(u->rows, from, (size_t)u->count * sizeof *from);
}

/* Rows by unit, in their own order inside; starts keeps its room for empty units. */
static void
count_rows(const int32_t *codes, ptrdiff_t units, ptrdiff_t rows, struct sst_panel *panel)
{
    int64_t *next = panel->starts;
    memset(next, 0, ((size_t)units + 2) * sizeof *next);
    for (ptrdiff_t i = 0; i < rows; i++)
        next[(codes == NULL ? 0 : codes[i]) + 2]++;
    for (ptrdiff_t u = 1; u < units + 2; u++)
        next[u] += next[u - 1];
    for (ptrdiff_t i = 0; i < rows; i++)
        panel->order[next[(codes == NULL ? 0 : codes[i]) + 1]++] = (int32_t)i;
}

/* Drops units without rows. */
static void
drop_empty(struct sst_panel *panel, ptrdiff_t units)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t u = 0; u < units; u++)
        if (panel->starts[u] < panel->starts[u + 1])
            panel->starts[kept++] = panel->starts[u];
    panel->starts[kept] = panel->rows;
    panel->units = kept;
}

static ptrdiff_t
largest_unit(const struct sst_panel *panel)
{
    ptrdiff_t most = 0;
    for (ptrdiff_t u = 0; u < panel->units; u++) {
        ptrdiff_t count = (ptrdiff_t)(panel->starts[u + 1] - panel->starts[u]);
        most = count > most ? count : most;
    }
    return most;
}

/* Sorts every unit; sets the largest span. */
static enum sst_status
sort_units(struct sst_panel *panel, const int64_t *steps, uint64_t *span)
{
    ptrdiff_t most = largest_unit(panel);
    int32_t *spare = malloc((size_t)(most > FEW ? most : 1) * sizeof *spare);
    if (spare == NULL)
        return SST_NO_MEMORY;
    *span = 0;
    for (ptrdiff_t u = 0; u < panel->units; u++) {
        struct unit_rows unit = {.steps = steps, .spare = spare};
        unit.rows = panel->order + panel->starts[u];
        unit.count = (ptrdiff_t)(panel->starts[u + 1] - panel->starts[u]);
        sort_unit(&unit);
        *span = unit.span > *span ? unit.span : *span;
    }
    free(spare);
    return SST_OK;
}

/* The earliest row that repeats the unit and step of the one before it in the order. */
static enum sst_status
find_repeated(const struct sst_panel *panel, const int64_t *steps, ptrdiff_t repeated[2])
{
    repeated[1] = -1;
    for (ptrdiff_t u = 0; u < panel->units; u++)
        for (int64_t p = panel->starts[u] + 1; p < panel->starts[u + 1]; p++) {
            int32_t before = panel->order[p - 1], row = panel->order[p];
            if (steps[before] != steps[row] || (repeated[1] >= 0 && row > repeated[1]))
                continue;
            repeated[0] = before;
            repeated[1] = row;
        }
    return repeated[1] < 0 ? SST_OK : SST_REPEATED_ROW;
}

/* The steps by position: 32 bits from the unit's first where every span fits. */
static enum sst_status
note_steps(struct sst_panel *panel, const int64_t *steps, uint64_t span)
{
    size_t rows = (size_t)panel->rows;
    int wide = span > INT32_MAX;
    panel->step32 = wide ? NULL : malloc((rows + 1) * sizeof *panel->step32);
    panel->step64 = wide ? malloc((rows + 1) * sizeof *panel->step64) : NULL;
    if (panel->step32 == NULL && panel->step64 == NULL)
        return SST_NO_MEMORY;
    panel->steps = panel->step64;
    for (ptrdiff_t u = 0; u < panel->units; u++) {
        int64_t first = steps[panel->order[panel->starts[u]]];
        for (int64_t p = panel->starts[u]; p < panel->starts[u + 1]; p++) {
            int64_t step = steps[panel->order[p]];
            if (wide)
                panel->step64[p] = step;
            else
                panel->step32[p] = (int32_t)(step - first);
        }
    }
    return SST_OK;
}

enum sst_status
sst_panel_radix(const int32_t *codes, ptrdiff_t units, const int64_t *steps, ptrdiff_t rows,
                struct sst_panel *panel, ptrdiff_t repeated[2])
{
    panel->rows = rows;
    panel->order = sst_table_new(rows + 1, sizeof *panel->order);
    if (panel->order == NULL)
        return SST_NO_MEMORY;
    count_rows(codes, units, rows, panel);
    drop_empty(panel, units);
    if (steps == NULL)
        return SST_OK;
    uint64_t span;
    enum sst_status status = sort_units(panel, steps, &span);
    if (status == SST_OK)
        status = find_repeated(panel, steps, repeated);
    return status == SST_OK ? note_steps(panel, steps, span) : status;
}
