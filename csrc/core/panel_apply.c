/* SPDX-License-Identifier: MIT
 *
 * A pairing over a panel. Where rows are lined up and steps consecutive, a lag is a shift
 * by a fixed distance; so it is for neighbors in a panel with gaps, whose base is the row
 * before or none. Otherwise bases are looked up. Both run the same pairing, so a measure
 * is written once, and a way to find bases once.
 */
#include "panel_apply.h"

#include "parallel.h"

static struct sst_column
column_at(const struct sst_apply *a, ptrdiff_t index)
{
    const struct sst_columns *c = a->columns;
    struct sst_column column = {c->in, c->out};
    for (int d = c->dimensions - 1; d >= 0; d--) {
        ptrdiff_t at = index % c->shape[d];
        index /= c->shape[d];
        column.in += at * c->in_step[d];
        column.out += at * c->out_step[d];
    }
    return column;
}

/* Many columns are shared out whole, few by rows. */
static void
apply_part(void *work, int part, int parts)
{
    const struct sst_apply *a = work;
    int whole = a->count / 4 >= parts;
    ptrdiff_t first = whole ? sst_part_start(a->count, part, parts) : 0;
    ptrdiff_t last = whole ? sst_part_start(a->count, part + 1, parts) : a->count;
    ptrdiff_t from = whole ? 0 : sst_part_start(a->panel->rows, part, parts);
    ptrdiff_t to = whole ? a->panel->rows : sst_part_start(a->panel->rows, part + 1, parts);
    for (ptrdiff_t c = first; c < last; c++) {
        struct sst_column column = column_at(a, c);
        for (ptrdiff_t lag = 0; lag < a->pairing->lags; lag += SST_LAGS_AT_ONCE) {
            ptrdiff_t rest = a->pairing->lags - lag;
            ptrdiff_t last_lag = lag + (rest < SST_LAGS_AT_ONCE ? rest : SST_LAGS_AT_ONCE);
            if (a->flat)
                sst_apply_shift(a, &column, from, to, lag, last_lag);
            else
                sst_apply_walk(a, &column, from, to, lag, last_lag);
        }
    }
}

/* Takes trailing dimensions without gaps, in and out, together as the width of a row. */
static void
fold(struct sst_apply *a, struct sst_columns *c)
{
    ptrdiff_t width = 1;
    int dimensions = c->dimensions;
    while (dimensions > 0 && c->in_step[dimensions - 1] == width * c->in_size &&
           c->out_step[dimensions - 1] == width * c->out_size)
        width *= c->shape[--dimensions];
    if (a->flat && (c->in_row != width * c->in_size || c->out_row != width * c->out_size))
        return;
    c->dimensions = dimensions;
    a->width = width;
}

static int
only_neighbors(const struct sst_pairing *pairing)
{
    int only = 1;
    for (ptrdiff_t k = 0; k < pairing->lags; k++)
        only &= pairing->lag[k] >= -1 && pairing->lag[k] <= 1;
    return only;
}

void
sst_panel_apply(const struct sst_panel *panel, const struct sst_columns *columns,
                const struct sst_pairing *pairing, int threads)
{
    struct sst_columns folded = *columns;
    struct sst_apply a = {.panel = panel, .columns = &folded, .pairing = pairing, .width = 1};
    a.flat = panel->order == NULL && (sst_panel_consecutive(panel) || only_neighbors(pairing));
    fold(&a, &folded);
    a.count = 1;
    for (int d = 0; d < folded.dimensions; d++)
        a.count *= folded.shape[d];
    if (a.count > 0 && a.width > 0 && panel->rows > 0)
        sst_parallel(apply_part, &a, threads);
}
