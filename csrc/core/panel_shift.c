/* SPDX-License-Identifier: MIT
 *
 * Bases at a fixed distance: whole blocks are paired regardless of units, and the few
 * results at the edge of a unit are then overwritten by `fill` while they are in the cache.
 */
#include "panel_apply.h"

enum { BLOCK = 1024 };

/* One lag of the flat form, in elements: rows times width. */
struct shift {
    ptrdiff_t lag;  /* in elements, at most the whole column */
    ptrdiff_t edge; /* the next start of a unit that may matter */
};

static ptrdiff_t
element_of(const struct sst_apply *a, ptrdiff_t start)
{
    return (ptrdiff_t)a->panel->starts[start] * a->width;
}

/* The first start whose edge ends after element `from`. */
static void
shift_start(const struct sst_apply *a, int64_t lag, ptrdiff_t from, struct shift *shift)
{
    ptrdiff_t rows = a->panel->rows;
    ptrdiff_t clipped = lag > rows ? rows : lag < -rows ? -rows : (ptrdiff_t)lag;
    shift->lag = clipped * a->width;
    ptrdiff_t reach = shift->lag > 0 ? shift->lag : 0, low = 0, high = a->panel->units + 1;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (element_of(a, middle) + reach <= from)
            low = middle + 1;
        else
            high = middle;
    }
    shift->edge = low;
}

/* Overwrites the results of elements first..last-1 that have no base in their unit. */
static void
fill_edges(const struct sst_apply *a, struct shift *shift, char *out, ptrdiff_t step,
           ptrdiff_t first, ptrdiff_t last)
{
    ptrdiff_t before = shift->lag < 0 ? shift->lag : 0, after = shift->lag > 0 ? shift->lag : 0;
    ptrdiff_t done = first;
    for (; shift->edge <= a->panel->units; shift->edge++) {
        ptrdiff_t start = element_of(a, shift->edge);
        ptrdiff_t from = start + before > done ? start + before : done;
        ptrdiff_t to = start + after < last ? start + after : last;
        if (from >= last)
            return;
        if (from < to) {
            sst_fill_run(a, out + from * step, step, to - from);
            done = to;
        }
        if (start + after > last)
            return;
    }
}

/* Overwrites the results of elements first..last-1 whose neighbor is not one step away. */
static void
fill_gaps(const struct sst_apply *a, const struct shift *shift, char *out, ptrdiff_t step,
          ptrdiff_t first, ptrdiff_t last)
{
    const int size = a->columns->out_size;
    ptrdiff_t back = shift->lag > 0 ? 1 : 0;
    for (ptrdiff_t e = first; e < last && a->width == 1; e++)
        if (sst_panel_distance(a->panel, e - back, e - back + 1) != 1)
            sst_copy_element(out + e * step, a->pairing->fill, size);
    for (ptrdiff_t e = first; e < last && a->width > 1; e++) {
        ptrdiff_t row = e / a->width;
        if (sst_panel_distance(a->panel, row - back, row - back + 1) != 1)
            sst_copy_element(out + e * step, a->pairing->fill, size);
    }
}

/* Elements first..last-1 with one lag. */
static void
shift_block(const struct sst_apply *a, struct shift *shift, ptrdiff_t lag,
            const struct sst_column *column, ptrdiff_t first, ptrdiff_t last)
{
    const struct sst_columns *c = a->columns;
    ptrdiff_t in_step = a->width > 1 ? c->in_size : c->in_row;
    ptrdiff_t out_step = a->width > 1 ? c->out_size : c->out_row;
    ptrdiff_t total = a->panel->rows * a->width;
    ptrdiff_t from = shift->lag > first ? shift->lag : first;
    ptrdiff_t to = total + shift->lag < last ? total + shift->lag : last;
    char *out = column->out + lag * c->out_lag;
    if (from < to) {
        struct sst_map map = {
            .n = to - from,
            .in = {column->in + (from - shift->lag) * in_step, column->in + from * in_step},
            .step = {in_step, in_step},
            .out = out + from * out_step,
            .out_step = out_step};
        sst_pair_run(a, lag, &map);
        if (shift->lag != 0 && !sst_panel_consecutive(a->panel))
            fill_gaps(a, shift, out, out_step, from, to);
    }
    if (shift->lag != 0)
        fill_edges(a, shift, out, out_step, first, last);
}

void
sst_apply_shift(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t first_row,
                ptrdiff_t last_row, ptrdiff_t lag, ptrdiff_t last_lag)
{
    struct shift shifts[SST_LAGS_AT_ONCE];
    ptrdiff_t first = first_row * a->width, end = last_row * a->width;
    for (ptrdiff_t k = lag; k < last_lag; k++)
        shift_start(a, a->pairing->lag[k], first, &shifts[k - lag]);
    for (; first < end; first += BLOCK) {
        ptrdiff_t last = first + BLOCK < end ? first + BLOCK : end;
        for (ptrdiff_t k = lag; k < last_lag; k++)
            shift_block(a, &shifts[k - lag], k, column, first, last);
    }
}
