/* SPDX-License-Identifier: MIT
 *
 * The pairs of 64-bit integer types. Define SST_SOURCE and include this: the file is
 * compiled once per pair, with A and B the types, A_OF and B_OF their conversions to
 * struct sst_whole, and NAME(x) the name x with the pair's suffix.
 */
#ifndef SST_SOURCE
#error "define SST_SOURCE before including for_each_whole2.h"
#endif

#define A int64_t
#define A_OF sst_whole_i64
#define B int64_t
#define B_OF sst_whole_i64
#define NAME(x) x##_i64_i64
#include SST_SOURCE
#undef NAME
#undef B
#undef B_OF

#define B uint64_t
#define B_OF sst_whole_u64
#define NAME(x) x##_i64_u64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF

#define A uint64_t
#define A_OF sst_whole_u64
#define NAME(x) x##_u64_u64
#include SST_SOURCE
#undef NAME
#undef B
#undef B_OF

#define B int64_t
#define B_OF sst_whole_i64
#define NAME(x) x##_u64_i64
#include SST_SOURCE
#undef NAME
#undef B
#undef B_OF
#undef A
#undef A_OF

#undef SST_SOURCE
