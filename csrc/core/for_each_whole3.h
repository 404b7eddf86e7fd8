/* SPDX-License-Identifier: MIT
 *
 * The triples of 64-bit integer types, as for_each_whole2.h has the pairs: A, B and C the
 * types, A_OF, B_OF and C_OF their conversions, NAME(x) the name x with the suffix.
 */
#ifndef SST_SOURCE
#error "define SST_SOURCE before including for_each_whole3.h"
#endif

#define A int64_t
#define A_OF sst_whole_i64
#define B int64_t
#define B_OF sst_whole_i64
#define C int64_t
#define C_OF sst_whole_i64
#define NAME(x) x##_i64_i64_i64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A int64_t
#define A_OF sst_whole_i64
#define B int64_t
#define B_OF sst_whole_i64
#define C uint64_t
#define C_OF sst_whole_u64
#define NAME(x) x##_i64_i64_u64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A int64_t
#define A_OF sst_whole_i64
#define B uint64_t
#define B_OF sst_whole_u64
#define C int64_t
#define C_OF sst_whole_i64
#define NAME(x) x##_i64_u64_i64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A int64_t
#define A_OF sst_whole_i64
#define B uint64_t
#define B_OF sst_whole_u64
#define C uint64_t
#define C_OF sst_whole_u64
#define NAME(x) x##_i64_u64_u64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A uint64_t
#define A_OF sst_whole_u64
#define B int64_t
#define B_OF sst_whole_i64
#define C int64_t
#define C_OF sst_whole_i64
#define NAME(x) x##_u64_i64_i64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A uint64_t
#define A_OF sst_whole_u64
#define B int64_t
#define B_OF sst_whole_i64
#define C uint64_t
#define C_OF sst_whole_u64
#define NAME(x) x##_u64_i64_u64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A uint64_t
#define A_OF sst_whole_u64
#define B uint64_t
#define B_OF sst_whole_u64
#define C int64_t
#define C_OF sst_whole_i64
#define NAME(x) x##_u64_u64_i64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#define A uint64_t
#define A_OF sst_whole_u64
#define B uint64_t
#define B_OF sst_whole_u64
#define C uint64_t
#define C_OF sst_whole_u64
#define NAME(x) x##_u64_u64_u64
#include SST_SOURCE
#undef NAME
#undef A
#undef A_OF
#undef B
#undef B_OF
#undef C
#undef C_OF

#undef SST_SOURCE
