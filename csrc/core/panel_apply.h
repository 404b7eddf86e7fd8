/* SPDX-License-Identifier: MIT
 *
 * What the two ways to apply a pairing share.
 */
#ifndef SST_PANEL_APPLY_H
#define SST_PANEL_APPLY_H

#include <string.h>

#include "panel.h"

/* Lags that are taken together in one pass. */
enum { SST_LAGS_AT_ONCE = 8 };

struct sst_apply {
    const struct sst_panel *panel;
    const struct sst_columns *columns;
    const struct sst_pairing *pairing;
    ptrdiff_t count; /* of columns */
    ptrdiff_t width; /* values side by side in a row of a column */
    int flat;
};

struct sst_column {
    const char *in;
    char *out;
};

/* Rows first..last-1 of a column with the lags lag..last_lag-1: in a plan whose rows are
 * lined up and, unless all lags are -1, 0 or 1, consecutive; */
void sst_apply_shift(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t first,
                     ptrdiff_t last, ptrdiff_t lag, ptrdiff_t last_lag);

/* in any plan, where they are positions. */
void sst_apply_walk(const struct sst_apply *a, const struct sst_column *column, ptrdiff_t first,
                    ptrdiff_t last, ptrdiff_t lag, ptrdiff_t last_lag);

SST_INLINE void
sst_fill_run(const struct sst_apply *a, char *out, ptrdiff_t step, ptrdiff_t n)
{
    size_t size = (size_t)a->columns->out_size;
    for (ptrdiff_t i = 0; i < n; i++)
        memcpy(out + i * step, a->pairing->fill, size);
}

SST_INLINE void
sst_pair_run(const struct sst_apply *a, ptrdiff_t lag, struct sst_map *map)
{
    map->in[2] = (const char *)(a->pairing->exponents + 2 * lag);
    map->step[2] = 0;
    a->pairing->pair(map);
}

/* Copies one element of a size that the compiler knows in each branch. */
SST_INLINE void
sst_copy_element(void *to, const void *from, int size)
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 4)
        memcpy(to, from, 4);
    else
        memcpy(to, from, 1);
}

#endif
