/* SPDX-License-Identifier: MIT
 *
 * A pairing over a panel. Where rows are lined up and steps consecutive, a lag is a shift
 * by a fixed distance: whole blocks are paired regardless of units, and the few results
 * at the edge of a unit are then overwritten by `fill` while they are in the cache.
 * Otherwise a block of base positions is walked, the values are gathered into two short
 * arrays, and the same pairing runs over those. So a measure is written once, and a way
 * to find bases once.
 */
#include "panel.h"

#include <string.h>

#include "parallel.h"

enum { BLOCK = 1024, GATHER = 512, AT_ONCE = 8, NEAR = 24 };

struct apply {
    const struct sst_panel *panel;
    const struct sst_columns *columns;
    const struct sst_pairing *pairing;
    ptrdiff_t count; /* of columns */
    ptrdiff_t width; /* values side by side in a row of a column */
    int flat;
};

struct column {
    const char *in;
    char *out;
};

static struct column
column_at(const struct apply *a, ptrdiff_t index)
{
    const struct sst_columns *c = a->columns;
    struct column column = {c->in, c->out};
    for (int d = c->dimensions - 1; d >= 0; d--) {
        ptrdiff_t at = index % c->shape[d];
        index /= c->shape[d];
        column.in += at * c->in_step[d];
        column.out += at * c->out_step[d];
    }
    return column;
}

static void
fill_run(const struct apply *a, char *out, ptrdiff_t step, ptrdiff_t n)
{
    size_t size = (size_t)a->columns->out_size;
    for (ptrdiff_t i = 0; i < n; i++)
        memcpy(out + i * step, a->pairing->fill, size);
}

static void
pair_run(const struct apply *a, ptrdiff_t lag, struct sst_map *map)
{
    map->in[2] = (const char *)(a->pairing->exponent + lag);
    map->step[2] = 0;
    a->pairing->pair(map);
}

/* One lag of the flat form, in elements: rows times width. */
struct shift {
    ptrdiff_t lag;  /* in elements, at most the whole column */
    ptrdiff_t edge; /* the next start of a unit that may matter */
};

static ptrdiff_t
element_of(const struct apply *a, ptrdiff_t start)
{
    return (ptrdiff_t)a->panel->starts[start] * a->width;
}

/* The first start whose edge ends after element `from`. */
static void
shift_start(const struct apply *a, int64_t lag, ptrdiff_t from, struct shift *shift)
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
fill_edges(const struct apply *a, struct shift *shift, char *out, ptrdiff_t step, ptrdiff_t first,
           ptrdiff_t last)
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
            fill_run(a, out + from * step, step, to - from);
            done = to;
        }
        if (start + after > last)
            return;
    }
}

/* Elements first..last-1 with one lag. */
static void
shift_block(const struct apply *a, struct shift *shift, ptrdiff_t lag, const struct column *column,
            ptrdiff_t first, ptrdiff_t last)
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
        pair_run(a, lag, &map);
    }
    if (shift->lag != 0)
        fill_edges(a, shift, out, out_step, first, last);
}

static void
apply_flat(const struct apply *a, const struct column *column, ptrdiff_t first_row,
           ptrdiff_t last_row, ptrdiff_t lag, ptrdiff_t last_lag)
{
    struct shift shifts[AT_ONCE];
    ptrdiff_t first = first_row * a->width, end = last_row * a->width;
    for (ptrdiff_t k = lag; k < last_lag; k++)
        shift_start(a, a->pairing->lag[k], first, &shifts[k - lag]);
    for (; first < end; first += BLOCK) {
        ptrdiff_t last = first + BLOCK < end ? first + BLOCK : end;
        for (ptrdiff_t k = lag; k < last_lag; k++)
            shift_block(a, &shifts[k - lag], k, column, first, last);
    }
}

SST_INLINE ptrdiff_t
row_at(const struct apply *a, ptrdiff_t position)
{
    return a->panel->order == NULL ? position : a->panel->order[position];
}

/* A short stretch of positions: the rows that stand there, and their values. */
struct stretch {
    ptrdiff_t n;
    ptrdiff_t rows[GATHER];
    int64_t bases[GATHER];
    unsigned char current[GATHER * 8];
    unsigned char base[GATHER * 8];
    unsigned char out[GATHER * 8];
};

/* Copies one element of a size that the compiler knows in each branch. */
SST_INLINE void
copy_element(void *to, const void *from, int size)
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 4)
        memcpy(to, from, 4);
    else
        memcpy(to, from, 1);
}

SST_INLINE void
prefetch_row(const struct apply *a, const struct column *column, ptrdiff_t position, ptrdiff_t lag)
{
#if defined(__GNUC__)
    ptrdiff_t row = a->panel->order[position];
    __builtin_prefetch(column->in + row * a->columns->in_row);
    __builtin_prefetch(column->out + lag * a->columns->out_lag + row * a->columns->out_row, 1);
#else
    (void)a;
    (void)column;
    (void)position;
    (void)lag;
#endif
}

/* The rows of positions first.., and their values. */
static void
gather_current(const struct apply *a, const struct column *column, ptrdiff_t first, ptrdiff_t lag,
               struct stretch *s)
{
    const int size = a->columns->in_size;
    const ptrdiff_t end = a->panel->rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        if (a->panel->order != NULL && first + i + NEAR < end)
            prefetch_row(a, column, first + i + NEAR, lag);
        s->rows[i] = row_at(a, first + i);
        if (a->width == 1)
            copy_element(s->current + i * size, column->in + s->rows[i] * a->columns->in_row, size);
    }
}

/* Values of the bases; where there is none the current one, whose result is not kept. */
static void
gather_base(const struct apply *a, const struct column *column, struct stretch *s)
{
    const int size = a->columns->in_size;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ptrdiff_t row = s->bases[i] < 0 ? s->rows[i] : row_at(a, (ptrdiff_t)s->bases[i]);
        copy_element(s->base + i * size, column->in + row * a->columns->in_row, size);
    }
}

static void
pair_stretch(const struct apply *a, const struct column *column, ptrdiff_t lag, struct stretch *s)
{
    const struct sst_columns *c = a->columns;
    gather_base(a, column, s);
    struct sst_map map = {.n = s->n,
                          .in = {(const char *)s->base, (const char *)s->current},
                          .step = {c->in_size, c->in_size},
                          .out = (char *)s->out,
                          .out_step = c->out_size};
    pair_run(a, lag, &map);
    char *out = column->out + lag * c->out_lag;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const void *value = s->bases[i] < 0 ? a->pairing->fill : s->out + i * c->out_size;
        copy_element(out + s->rows[i] * c->out_row, value, c->out_size);
    }
}

/* The same where a row holds several values side by side: a pairing per row. */
static void
pair_wide(const struct apply *a, const struct column *column, ptrdiff_t lag,
          const struct stretch *s)
{
    const struct sst_columns *c = a->columns;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        char *out = column->out + lag * c->out_lag + s->rows[i] * c->out_row;
        if (s->bases[i] < 0) {
            fill_run(a, out, c->out_size, a->width);
            continue;
        }
        ptrdiff_t base = row_at(a, (ptrdiff_t)s->bases[i]);
        struct sst_map map = {
            .n = a->width,
            .in = {column->in + base * c->in_row, column->in + s->rows[i] * c->in_row},
            .step = {c->in_size, c->in_size},
            .out = out,
            .out_step = c->out_size};
        pair_run(a, lag, &map);
    }
}

static void
apply_walk(const struct apply *a, const struct column *column, ptrdiff_t first, ptrdiff_t end,
           ptrdiff_t lag, ptrdiff_t last_lag)
{
    struct sst_walk walks[AT_ONCE];
    struct stretch stretch;
    for (ptrdiff_t k = lag; k < last_lag; k++)
        sst_walk_start(a->panel, a->pairing->lag[k], first, &walks[k - lag]);
    for (; first < end; first += GATHER) {
        stretch.n = end - first < GATHER ? end - first : GATHER;
        gather_current(a, column, first, lag, &stretch);
        for (ptrdiff_t k = lag; k < last_lag; k++) {
            sst_walk_next(a->panel, &walks[k - lag], first, first + stretch.n, stretch.bases);
            if (a->width == 1)
                pair_stretch(a, column, k, &stretch);
            else
                pair_wide(a, column, k, &stretch);
        }
    }
}

/* Many columns are shared out whole, few by rows. */
static void
apply_part(void *work, int part, int parts)
{
    const struct apply *a = work;
    int whole = a->count / 4 >= parts;
    ptrdiff_t first = whole ? sst_part_start(a->count, part, parts) : 0;
    ptrdiff_t last = whole ? sst_part_start(a->count, part + 1, parts) : a->count;
    ptrdiff_t from = whole ? 0 : sst_part_start(a->panel->rows, part, parts);
    ptrdiff_t to = whole ? a->panel->rows : sst_part_start(a->panel->rows, part + 1, parts);
    for (ptrdiff_t c = first; c < last; c++) {
        struct column column = column_at(a, c);
        for (ptrdiff_t lag = 0; lag < a->pairing->lags; lag += AT_ONCE) {
            ptrdiff_t rest = a->pairing->lags - lag;
            ptrdiff_t last_lag = lag + (rest < AT_ONCE ? rest : AT_ONCE);
            if (a->flat)
                apply_flat(a, &column, from, to, lag, last_lag);
            else
                apply_walk(a, &column, from, to, lag, last_lag);
        }
    }
}

/* Takes trailing dimensions without gaps, in and out, together as the width of a row. */
static void
fold(struct apply *a, struct sst_columns *c)
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

void
sst_panel_apply(const struct sst_panel *panel, const struct sst_columns *columns,
                const struct sst_pairing *pairing, int threads)
{
    struct sst_columns folded = *columns;
    struct apply a = {.panel = panel, .columns = &folded, .pairing = pairing, .width = 1};
    a.flat = panel->order == NULL && panel->step32 == NULL && panel->steps == NULL;
    fold(&a, &folded);
    a.count = 1;
    for (int d = 0; d < folded.dimensions; d++)
        a.count *= folded.shape[d];
    if (a.count > 0 && a.width > 0 && panel->rows > 0)
        sst_parallel(apply_part, &a, threads);
}
