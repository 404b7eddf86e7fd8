/* SPDX-License-Identifier: MIT
 *
 * Ranks of values within their cluster.
 */
#ifndef SST_GROUP_RANK_H
#define SST_GROUP_RANK_H

#include "group.h"

/* What values that tie get: the least of their places, the greatest, the mean; the number of
 * different values up to theirs; or each its own place, in the order of rows. */
enum sst_rank_ties {
    SST_RANK_MIN,
    SST_RANK_MAX,
    SST_RANK_AVERAGE,
    SST_RANK_DENSE,
    SST_RANK_ORDINAL,
    SST_RANK_TIES
};

/* The rank of each row, 1 for the least or (`descending`) the greatest value of its cluster; NaN
 * where there is no value, no weight of those there are, or no cluster. */
SST_CHECKED enum sst_status sst_group_rank(const struct sst_rows *rows, ptrdiff_t groups, int parts,
                                           enum sst_rank_ties ties, int descending, char *out,
                                           ptrdiff_t step);

#endif
