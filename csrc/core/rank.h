/* SPDX-License-Identifier: MIT
 *
 * Selection and counting among integers, in place. A pivot comes from a sample, chosen beside
 * the wanted rank so that the rank falls on the smaller side, as in R. W. Floyd and R. L. Rivest,
 * "Algorithm 489: SELECT" (CACM 18, 1975); where pivots serve badly, the middle of the
 * range of values takes over, which halves at each round: some 64 rounds more, whatever the order.
 */
#ifndef SST_RANK_H
#define SST_RANK_H

#include <stddef.h>
#include <stdint.h>

/* The key of rank k, 0 <= k < n; then none before keys[k] is greater and none behind it less. */
int64_t sst_rank_select(int64_t *keys, ptrdiff_t n, ptrdiff_t k);

/* The least of keys[from .. n - 1], from < n. */
int64_t sst_rank_least(const int64_t *keys, ptrdiff_t from, ptrdiff_t n);

/* How many different keys there are. */
ptrdiff_t sst_rank_distinct(int64_t *keys, ptrdiff_t n);

#endif
