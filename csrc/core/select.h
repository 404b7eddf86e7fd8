/* SPDX-License-Identifier: MIT
 *
 * The least and the greatest value of each cluster, and how many values it has.
 *
 * Values become integers that sort as they do (a double's bits, with the lower 63 turned
 * over where it is negative, which is the totalOrder of IEEE 754-2019, 5.10), so that one kernel
 * serves all types, integers stay what they are, and -0 comes before +0 whatever the order of rows.
 * Whether there was a value is counted, never read off a result.
 */
#ifndef SST_SELECT_H
#define SST_SELECT_H

#include "group.h"

enum sst_extreme { SST_LEAST, SST_GREATEST };

/* Results: `best` of the values' own kind, NaN (integers: zero) where there are fewer than
 * min_count values or none; `count` the number of values. Either may be NULL. */
SST_CHECKED enum sst_status sst_select(const struct sst_rows *rows, ptrdiff_t groups, int parts,
                                       enum sst_extreme extreme, int64_t min_count, char *best,
                                       ptrdiff_t best_step, char *count, ptrdiff_t count_step);

#endif
