/* SPDX-License-Identifier: MIT
 *
 * Rows that have a figure in both of two periods.
 */
#ifndef SST_GROUP_PAIR_H
#define SST_GROUP_PAIR_H

#include "group.h"

/* The rows at the start, and their figures of the same kind at the end. */
struct sst_two_periods {
    struct sst_rows start;
    const char *end;
    ptrdiff_t end_step;
};

/* The code of each row, or 0 of all that have one (`all`), where both figures and the weight, if
 * there are weights, are there; else -1. */
SST_CHECKED enum sst_status sst_pair_codes(const struct sst_two_periods *pairs, ptrdiff_t groups,
                                           int all, int32_t *codes);

/* Of the rows with such a code: how many there are in each cluster, of how many the end is greater
 * than the start, and their share, NaN of none or of fewer than min_count. */
SST_CHECKED enum sst_status sst_pair_growing(const struct sst_two_periods *pairs, ptrdiff_t groups,
                                             const int32_t *codes, int64_t min_count,
                                             int64_t *present, int64_t *growing, double *share);

#endif
