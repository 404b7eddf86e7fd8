/* SPDX-License-Identifier: MIT
 *
 * Rows in any order. Where the periods of all units together are hardly more than the
 * rows, each has a slot in a table (unit, step) -> row, which is then squeezed in place
 * into the order of rows; the slots that rows will hit are prefetched, because hitting a
 * large table at random is all that this costs. Otherwise rows are counted into their
 * units and each unit is sorted by bytes of its steps (least significant first, D. E.
 * Knuth, The Art of Computer Programming 3, 5.2.5), so memory never grows with time.
 */
#include "panel.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "parallel.h"
#include "panel_radix.h"

enum { AHEAD = 32 };

struct sorting {
    const int32_t *codes;
    const int64_t *steps;
    ptrdiff_t rows, units;
    int64_t low;       /* earliest step of all units */
    ptrdiff_t periods; /* slots of a unit */
    int32_t *table;
};

SST_INLINE ptrdiff_t
slot_of(const struct sorting *s, ptrdiff_t row)
{
    ptrdiff_t unit = s->codes == NULL ? 0 : s->codes[row];
    return unit * s->periods + (ptrdiff_t)((uint64_t)s->steps[row] - (uint64_t)s->low);
}

/* Two rows of one slot may race for it; any of them may win, since one is then missing
 * and the call fails. */
SST_INLINE void
put(int32_t *slot, int32_t row)
{
#if defined(__GNUC__)
    __atomic_store_n(slot, row, __ATOMIC_RELAXED);
#else
    *(volatile int32_t *)slot = row;
#endif
}

static void
fill_part(void *work, int part, int parts)
{
    const struct sorting *s = work;
    ptrdiff_t first = sst_part_start(s->rows, part, parts);
    ptrdiff_t last = sst_part_start(s->rows, part + 1, parts);
    ptrdiff_t near = last - first > AHEAD ? last - AHEAD : first;
    for (ptrdiff_t i = first; i < near; i++) {
        sst_prefetch(&s->table[slot_of(s, i + AHEAD)]);
        put(&s->table[slot_of(s, i)], (int32_t)i);
    }
    for (ptrdiff_t i = near; i < last; i++)
        put(&s->table[slot_of(s, i)], (int32_t)i);
}

/* The first row whose slot an earlier one has taken. */
static void
find_repeated(const struct sorting *s, ptrdiff_t repeated[2])
{
    memset(s->table, 0xff, (size_t)(s->units * s->periods) * sizeof *s->table);
    for (ptrdiff_t i = 0; i < s->rows; i++) {
        int32_t *slot = &s->table[slot_of(s, i)];
        if (*slot >= 0) {
            repeated[0] = *slot;
            repeated[1] = i;
            return;
        }
        *slot = (int32_t)i;
    }
}

/* Rows in the slots of one unit; sets the slots of its first and last row. */
static ptrdiff_t
count_unit(const struct sorting *s, ptrdiff_t unit, ptrdiff_t *first, ptrdiff_t *last)
{
    const int32_t *slots = s->table + unit * s->periods;
    ptrdiff_t count = 0;
    *first = s->periods;
    *last = -1;
    for (ptrdiff_t k = 0; k < s->periods; k++) {
        int taken = slots[k] >= 0;
        count += taken;
        *first = taken && k < *first ? k : *first;
        *last = taken ? k : *last;
    }
    return count;
}

/* Where units start, and whether any has a gap. Rows that got lost were repeated. */
static enum sst_status
count_units(const struct sorting *s, struct sst_panel *panel, int *gaps)
{
    ptrdiff_t total = 0, units = 0;
    for (ptrdiff_t u = 0; u < s->units; u++) {
        ptrdiff_t first, last, count = count_unit(s, u, &first, &last);
        if (count > 0)
            panel->starts[units++] = total;
        *gaps |= count > 0 && last - first + 1 != count;
        total += count;
    }
    panel->starts[units] = total;
    panel->units = units;
    panel->rows = s->rows;
    return total == s->rows ? SST_OK : SST_REPEATED_ROW;
}

/* Squeezes the table into the order, and notes the steps where units have gaps. */
static void
squeeze(struct sorting *s, struct sst_panel *panel)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t u = 0; u < s->units; u++)
        for (ptrdiff_t k = 0; k < s->periods; k++) {
            int32_t row = s->table[u * s->periods + k];
            if (row < 0)
                continue;
            if (panel->step32 != NULL)
                panel->step32[count] = (int32_t)k;
            s->table[count++] = row;
        }
    panel->order = s->table;
    s->table = NULL;
}

static enum sst_status
sort_dense(struct sorting *s, int threads, struct sst_panel *panel, ptrdiff_t repeated[2])
{
    size_t slots = (size_t)s->units * (size_t)s->periods;
    s->table = sst_table_new((ptrdiff_t)slots, sizeof *s->table);
    if (s->table == NULL)
        return SST_NO_MEMORY;
    memset(s->table, 0xff, slots * sizeof *s->table);
    sst_parallel(fill_part, s, threads);
    int gaps = 0;
    enum sst_status status = count_units(s, panel, &gaps);
    if (status == SST_REPEATED_ROW)
        find_repeated(s, repeated);
    if (status == SST_OK && gaps) {
        panel->step32 = malloc((size_t)s->rows * sizeof *panel->step32);
        status = panel->step32 == NULL ? SST_NO_MEMORY : SST_OK;
    }
    if (status == SST_OK)
        squeeze(s, panel);
    sst_table_free(s->table);
    return status;
}

/* Whether the slots of all units are at most one and a half times the rows; sets low and
 * periods. */
static int
is_dense(struct sorting *s)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (ptrdiff_t i = 0; i < s->rows; i++) {
        low = s->steps[i] < low ? s->steps[i] : low;
        high = s->steps[i] > high ? s->steps[i] : high;
    }
    uint64_t most = (uint64_t)s->rows + (uint64_t)s->rows / 2;
    uint64_t span = (uint64_t)high - (uint64_t)low;
    if (s->rows == 0 || span >= most || (span + 1) > most / (uint64_t)s->units)
        return 0;
    s->low = low;
    s->periods = (ptrdiff_t)span + 1;
    return 1;
}

static int
codes_fit(const int32_t *codes, ptrdiff_t rows, ptrdiff_t units)
{
    int fit = 1;
    for (ptrdiff_t i = 0; i < rows && codes != NULL; i++)
        fit &= codes[i] >= 0 && codes[i] < units;
    return fit;
}

enum sst_status
sst_panel_sort(const int32_t *codes, ptrdiff_t units, const int64_t *steps, ptrdiff_t rows,
               int threads, struct sst_panel *panel, ptrdiff_t repeated[2])
{
    sst_panel_clear(panel);
    if (rows > INT32_MAX)
        return SST_BAD_ARGUMENT;
    if (!codes_fit(codes, rows, units))
        return SST_CODE_RANGE;
    if ((size_t)units > SIZE_MAX / sizeof *panel->starts - 2)
        return SST_NO_MEMORY;
    struct sorting s = {.codes = codes, .steps = steps, .rows = rows, .units = units};
    panel->starts = malloc(((size_t)units + 2) * sizeof *panel->starts);
    if (panel->starts == NULL)
        return SST_NO_MEMORY;
    enum sst_status status = steps != NULL && is_dense(&s)
                                 ? sort_dense(&s, threads, panel, repeated)
                                 : sst_panel_radix(codes, units, steps, rows, panel, repeated);
    if (status != SST_OK)
        sst_panel_free(panel);
    return status;
}
