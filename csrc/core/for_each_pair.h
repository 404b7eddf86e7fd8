/* SPDX-License-Identifier: MIT
 *
 * The one list of types that a figure and its base can have: BASE and CURRENT are read,
 * RESULT is written, NAME(x) is x with the suffix. Whoever adds a line here adds
 * difference_<suffix> to growth.c. Define SST_SOURCE and include this.
 */
#ifndef SST_SOURCE
#error "define SST_SOURCE before including for_each_pair.h"
#endif

#define BASE float
#define CURRENT float
#define RESULT float
#define NAME(x) x##_f32
#include SST_SOURCE
#undef RESULT
#undef NAME
#undef BASE
#undef CURRENT

#define RESULT double

#define BASE double
#define CURRENT double
#define NAME(x) x##_f64
#include SST_SOURCE
#undef NAME
#undef BASE
#undef CURRENT

#define BASE int64_t
#define CURRENT int64_t
#define NAME(x) x##_i64
#include SST_SOURCE
#undef NAME
#undef BASE
#undef CURRENT

#define BASE uint64_t
#define CURRENT uint64_t
#define NAME(x) x##_u64
#include SST_SOURCE
#undef NAME
#undef BASE
#undef CURRENT

#define BASE int64_t
#define CURRENT uint64_t
#define NAME(x) x##_i64u64
#include SST_SOURCE
#undef NAME
#undef BASE
#undef CURRENT

#define BASE uint64_t
#define CURRENT int64_t
#define NAME(x) x##_u64i64
#include SST_SOURCE
#undef NAME
#undef BASE
#undef CURRENT

#undef RESULT
#undef SST_SOURCE
