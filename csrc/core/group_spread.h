/* SPDX-License-Identifier: MIT
 *
 * Results of clusters back on their rows.
 */
#ifndef SST_GROUP_SPREAD_H
#define SST_GROUP_SPREAD_H

#include "group.h"

/* One item for each cluster, of 1, 4 or 8 bytes, `step` bytes apart; `missing` is one too. */
struct sst_spread {
    const char *table;
    ptrdiff_t step;
    size_t size;
    const void *missing;
};

/* The item of each row's cluster, or the missing one; of `rows` only the codes are looked at. */
SST_CHECKED enum sst_status sst_group_spread(const struct sst_rows *rows, ptrdiff_t groups,
                                             int parts, const struct sst_spread *spread, char *out,
                                             ptrdiff_t out_step);

/* Each value over the total of its cluster (of real kinds): the exact one rounded once, then one
 * division as IEEE has it. NaN in no cluster, and in those of fewer than min_count values. */
SST_CHECKED enum sst_status sst_group_share(const struct sst_rows *rows, ptrdiff_t groups,
                                            int parts, int64_t min_count,
                                            const struct sst_output *out);

#endif
