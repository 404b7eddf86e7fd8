/* SPDX-License-Identifier: MIT
 *
 * Doubles as bits, and choices made with bits: masks of all ones or zero. A choice between
 * values lets a compiler move the computation of one into a branch, and then it vectorizes
 * nothing. Doubles that are not negative are in the order of their bits, NaN last.
 */
#ifndef SST_BITS_H
#define SST_BITS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "map.h"

SST_INLINE uint64_t
sst_bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

SST_INLINE double
sst_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Where |a| > limit or a is NaN. */
SST_INLINE uint64_t
sst_beyond(double a, double limit)
{
    return 0 - ((sst_bits_of(limit) - sst_bits_of(fabs(a))) >> 63);
}

/* Where a < least, a > most or a is NaN, with 0 < least <= most. */
SST_INLINE uint64_t
sst_outside(double a, double least, double most)
{
    return 0 -
           (((sst_bits_of(a) - sst_bits_of(least)) | (sst_bits_of(most) - sst_bits_of(a))) >> 63);
}

/* Unless a > 0; NaN with its sign off counts as positive. */
SST_INLINE uint64_t
sst_not_positive(double a)
{
    return 0 - ((sst_bits_of(a) - 1) >> 63 | sst_bits_of(a) >> 63);
}

/* NaN where the mask is set. */
SST_INLINE double
sst_nan_where(uint64_t mask, double x)
{
    return sst_from_bits(sst_bits_of(x) | mask);
}

SST_INLINE double
sst_choose(uint64_t mask, double a, double b)
{
    return sst_from_bits((sst_bits_of(a) & mask) | (sst_bits_of(b) & ~mask));
}

#endif
