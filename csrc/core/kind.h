/* SPDX-License-Identifier: MIT
 *
 * What the arrays of values hold.
 */
#ifndef SST_KIND_H
#define SST_KIND_H

enum sst_kind { SST_FLOAT32, SST_FLOAT64, SST_INT64, SST_UINT64 };

static inline int
sst_is_real(enum sst_kind kind)
{
    return kind == SST_FLOAT32 || kind == SST_FLOAT64;
}

static inline int
sst_is_integer(enum sst_kind kind)
{
    return kind == SST_INT64 || kind == SST_UINT64;
}

/* The most dimensions of an array. */
enum { SST_DIMENSIONS = 64 };

#endif
