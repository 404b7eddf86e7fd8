/* SPDX-License-Identifier: MIT
 *
 * Element-wise kernels: one result from one to five values, mostly of one type.
 *
 * A kernel is a static inline function of values. `map2` and its like run it over
 * strided arrays; they are inlined with the kernel a constant, so each public function
 * becomes a loop of its own, vectorized where the data lie without gaps.
 * Strides are in bytes and may be zero or negative; operands are aligned. A result may
 * be the same array as an operand, or apart from it, but not shifted against it.
 */
#ifndef SST_MAP_H
#define SST_MAP_H

#include <stddef.h>

enum { SST_MAP_OPERANDS = 6 };

/* What a map gets: n elements; the inputs' addresses and byte strides, the result last. */
struct sst_map {
    ptrdiff_t n;
    const char *in[SST_MAP_OPERANDS - 1];
    ptrdiff_t step[SST_MAP_OPERANDS - 1];
    char *out;
    ptrdiff_t out_step;
};

typedef void (*sst_map_function)(const struct sst_map *map);

#if defined(__GNUC__)
#define SST_INLINE static inline __attribute__((always_inline, unused))
#else
#define SST_INLINE static inline
#endif

#endif
