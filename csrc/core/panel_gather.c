/* SPDX-License-Identifier: MIT
 *
 * Bases that must be looked up: a block of base positions is walked, the values are
 * gathered into two short arrays, and the pairing runs over those.
 */
#include "panel_apply.h"

enum { GATHER = 512, NEAR = 24 };

SST_INLINE ptrdiff_t
row_at(const struct sst_apply *a, ptrdiff_t position)
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

SST_INLINE void
prefetch_row(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t position,
             ptrdiff_t lag)
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

/* The rows of positions first.. */
static void
find_rows(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t first,
          ptrdiff_t lag, struct stretch *s)
{
    const int32_t *order = a->panel->order;
    const ptrdiff_t ahead = a->panel->rows - first - NEAR;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        s->rows[i] = order == NULL ? first + i : order[first + i];
        if (order != NULL && i < ahead)
            prefetch_row(a, column, first + i + NEAR, lag);
    }
}

/* Values of n rows; `size` is a constant where this is inlined. */
SST_INLINE void
gather(const struct sst_apply *a, const struct sst_column *column, const ptrdiff_t *rows,
       ptrdiff_t n, int size, unsigned char *to)
{
    const char *in = column->in;
    const ptrdiff_t step = a->columns->in_row;
    for (ptrdiff_t i = 0; i < n; i++)
        sst_copy_element(to + i * size, in + rows[i] * step, size);
}

static void
gather_rows(const struct sst_apply *a, const struct sst_column *column, const ptrdiff_t *rows,
            ptrdiff_t n, unsigned char *to)
{
    if (a->columns->in_size == 8)
        gather(a, column, rows, n, 8, to);
    else
        gather(a, column, rows, n, 4, to);
}

/* Values of the bases; where there is none the current one, whose result is not kept. */
static void
gather_base(const struct sst_apply *a, const struct sst_column *column, struct stretch *s)
{
    const int32_t *order = a->panel->order;
    ptrdiff_t rows[GATHER];
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ptrdiff_t base = (ptrdiff_t)s->bases[i];
        rows[i] = base < 0 ? s->rows[i] : order == NULL ? base : order[base];
    }
    gather_rows(a, column, rows, s->n, s->base);
}

/* Results to their rows; `size` is a constant where this is inlined. */
SST_INLINE void
scatter(const struct sst_apply *a, const struct stretch *s, char *out, int size)
{
    const ptrdiff_t step = a->columns->out_row;
    for (ptrdiff_t i = 0; i < s->n; i++)
        sst_copy_element(out + s->rows[i] * step,
                         s->bases[i] < 0 ? a->pairing->fill : s->out + i * size, size);
}

static void
scatter_rows(const struct sst_apply *a, const struct stretch *s, char *out)
{
    if (a->columns->out_size == 8)
        scatter(a, s, out, 8);
    else if (a->columns->out_size == 4)
        scatter(a, s, out, 4);
    else
        scatter(a, s, out, 1);
}

static void
pair_stretch(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t lag,
             struct stretch *s)
{
    const struct sst_columns *c = a->columns;
    gather_base(a, column, s);
    struct sst_map map = {.n = s->n,
                          .in = {(const char *)s->base, (const char *)s->current},
                          .step = {c->in_size, c->in_size},
                          .out = (char *)s->out,
                          .out_step = c->out_size};
    sst_pair_run(a, lag, &map);
    scatter_rows(a, s, column->out + lag * c->out_lag);
}

/* The same where a row holds several values side by side: a pairing per row. */
static void
pair_wide(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t lag,
          const struct stretch *s)
{
    const struct sst_columns *c = a->columns;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        char *out = column->out + lag * c->out_lag + s->rows[i] * c->out_row;
        if (s->bases[i] < 0) {
            sst_fill_run(a, out, c->out_size, a->width);
            continue;
        }
        ptrdiff_t base = row_at(a, (ptrdiff_t)s->bases[i]);
        struct sst_map map = {
            .n = a->width,
            .in = {column->in + base * c->in_row, column->in + s->rows[i] * c->in_row},
            .step = {c->in_size, c->in_size},
            .out = out,
            .out_step = c->out_size};
        sst_pair_run(a, lag, &map);
    }
}

void
sst_apply_walk(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t first,
               ptrdiff_t end, ptrdiff_t lag, ptrdiff_t last_lag)
{
    struct sst_walk walks[SST_LAGS_AT_ONCE];
    struct stretch stretch;
    for (ptrdiff_t k = lag; k < last_lag; k++)
        sst_walk_start(a->panel, a->pairing->lag[k], first, &walks[k - lag]);
    for (; first < end; first += GATHER) {
        stretch.n = end - first < GATHER ? end - first : GATHER;
        find_rows(a, column, first, lag, &stretch);
        if (a->width == 1)
            gather_rows(a, column, stretch.rows, stretch.n, stretch.current);
        for (ptrdiff_t k = lag; k < last_lag; k++) {
            sst_walk_next(a->panel, &walks[k - lag], first, first + stretch.n, stretch.bases);
            if (a->width == 1)
                pair_stretch(a, column, k, &stretch);
            else
                pair_wide(a, column, k, &stretch);
        }
    }
}
