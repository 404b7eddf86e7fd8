/* SPDX-License-Identifier: MIT
 *
 * Differences of 64-bit integers, signed, unsigned or mixed, as the nearest double.
 * Counts above 2^53 lose their last digits when they become doubles; their difference,
 * taken first, does not. A difference that needs 65 bits keeps what falls off as a sticky
 * bit, so that it is rounded once and never wraps.
 */
#ifndef SST_WHOLE_H
#define SST_WHOLE_H

#include <stdint.h>

#include "twofold.h"

struct sst_whole {
    uint64_t size;
    int negative;
};

SST_INLINE struct sst_whole
sst_whole_i64(int64_t value)
{
    uint64_t bits = (uint64_t)value;
    return (struct sst_whole){value < 0 ? 0 - bits : bits, value < 0};
}

SST_INLINE struct sst_whole
sst_whole_u64(uint64_t value)
{
    return (struct sst_whole){value, 0};
}

SST_INLINE double
sst_whole_real(struct sst_whole a)
{
    return a.negative ? -(double)a.size : (double)a.size;
}

/* NaN where a double does not hold it. */
SST_INLINE double
sst_whole_plain(struct sst_whole a)
{
    return a.size < UINT64_C(1) << 53 ? sst_whole_real(a) : (double)NAN;
}

/* All of its digits. */
SST_INLINE struct sst_twofold
sst_whole_two(struct sst_whole a)
{
    double sign = a.negative ? -1.0 : 1.0;
    double upper = (double)(a.size & ~(uint64_t)UINT32_MAX), rest = (double)(a.size & UINT32_MAX);
    return sst_two_sum(sign * upper, sign * rest);
}

/* a - b, rounded to nearest once. */
SST_INLINE double
sst_whole_difference(struct sst_whole a, struct sst_whole b)
{
    if (a.negative == b.negative) {
        double size = a.size >= b.size ? (double)(a.size - b.size) : -(double)(b.size - a.size);
        return a.negative ? 0.0 - size : size;
    }
    uint64_t sum = a.size + b.size;
    double size =
        sum >= a.size ? (double)sum : 2.0 * (double)(((uint64_t)1 << 63) | (sum >> 1) | (sum & 1));
    return a.negative ? -size : size;
}

#endif
