/* SPDX-License-Identifier: MIT
 *
 * Values as integers that sort as they do, -0 as +0, and what lies between two of them.
 */
#ifndef SST_BETWEEN_H
#define SST_BETWEEN_H

#include <stdint.h>

#include "bits.h"
#include "kind.h"

/* Its own inverse: a double's bits in the order of integers (IEEE 754-2019, 5.10). */
SST_INLINE int64_t
sst_sortable(int64_t bits)
{
    return bits < 0 ? bits ^ INT64_MAX : bits;
}

SST_INLINE int64_t
sst_key_of_real(double x)
{
    return sst_sortable((int64_t)sst_bits_of(x + 0.0));
}

/* Its own inverse: an integer's bits in the order of signed ones. */
SST_INLINE int64_t
sst_key_of_whole(enum sst_kind kind, int64_t bits)
{
    return kind == SST_UINT64 ? bits ^ INT64_MIN : bits;
}

/* a + (b - a) t of two keys' values, 0 <= t < 1, rounded once to a double, or to a float
 * where the values are floats. Infinite where one of them is and t is not 0; NaN
 * between infinities of both signs. */
double sst_between(enum sst_kind kind, int64_t a, int64_t b, double t);

#endif
