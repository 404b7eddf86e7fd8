/* SPDX-License-Identifier: MIT
 *
 * What the kernels of single periods and of sums share: one column of one year.
 */
#ifndef SST_YTD_YEAR_H
#define SST_YTD_YEAR_H

#include <math.h>

#include "parallel.h"
#include "twofold.h"
#include "ytd.h"

struct sst_ytd_column {
    const char *in;
    const unsigned char *missing;
    char *out;
};

/* Positions first..last-1 of the panel are one year. */
typedef void (*sst_ytd_kernel)(const struct sst_ytd *ytd, const struct sst_ytd_column *column,
                               ptrdiff_t first, ptrdiff_t last);

void sst_ytd_sums(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t first,
                  ptrdiff_t last);

/* The columns first..last-1 and the years from..to-1 of one thread: many columns are shared out
 * whole, few by years. */
struct sst_ytd_share {
    ptrdiff_t first, last, from, to;
};

SST_INLINE struct sst_ytd_share
sst_ytd_share(ptrdiff_t columns, ptrdiff_t years, int part, int parts)
{
    if (columns / 4 >= parts)
        return (struct sst_ytd_share){sst_part_start(columns, part, parts),
                                      sst_part_start(columns, part + 1, parts), 0, years};
    return (struct sst_ytd_share){0, columns, sst_part_start(years, part, parts),
                                  sst_part_start(years, part + 1, parts)};
}

SST_INLINE ptrdiff_t
sst_row_at(const struct sst_panel *panel, ptrdiff_t position)
{
    return panel->order == NULL ? position : panel->order[position];
}

SST_INLINE int
sst_ytd_follows(int64_t period, int64_t before)
{
    return (uint64_t)period - (uint64_t)before == 1;
}

/* A figure exactly, as the sum of two doubles: an integer of 64 bits as its halves. NaN if it
 * is missing. `kind` is a constant where this is inlined. */
SST_INLINE struct sst_twofold
sst_ytd_figure(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t row,
               enum sst_kind kind)
{
    const void *at = column->in + row * ytd->columns->in_row;
    const int64_t half = INT64_C(1) << 32;
    if (column->missing != NULL && column->missing[row * ytd->missing_row])
        return (struct sst_twofold){NAN, 0.0};
    if (kind == SST_INT64) {
        int64_t value = *(const int64_t *)at;
        return (struct sst_twofold){(double)(value / half) * 0x1p32, (double)(value % half)};
    }
    if (kind == SST_UINT64) {
        uint64_t value = *(const uint64_t *)at;
        return (struct sst_twofold){(double)(value >> 32) * 0x1p32, (double)(uint32_t)value};
    }
    double value = kind == SST_FLOAT32 ? (double)*(const float *)at : *(const double *)at;
    return (struct sst_twofold){value, 0.0};
}

SST_INLINE int
sst_ytd_single(const struct sst_ytd *ytd)
{
    return ytd->columns->out_size == (int)sizeof(float);
}

SST_INLINE void
sst_ytd_put(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t row,
            double value)
{
    void *at = column->out + row * ytd->columns->out_row;
    if (sst_ytd_single(ytd))
        *(float *)at = (float)value;
    else
        *(double *)at = value;
}

#endif
