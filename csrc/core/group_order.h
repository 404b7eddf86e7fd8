/* SPDX-License-Identifier: MIT
 *
 * What depends on the order of a cluster's values: quantiles, the weighted median, the number
 * of different values. A counting sort brings the values of each cluster together, as integers
 * that sort as they do; then each thread takes clusters with much the same number of values.
 *
 * Results depend neither on the order of rows nor on the threads.
 */
#ifndef SST_GROUP_ORDER_H
#define SST_GROUP_ORDER_H

#include "group.h"

/* Where results go: float32 for float32 values, else float64. NaN for a cluster of fewer values
 * than min_count or none, and for one with a NaN that was not to be skipped. */
struct sst_order_output {
    char *data;
    ptrdiff_t step;   /* bytes from cluster to cluster */
    ptrdiff_t q_step; /* bytes from one q to the next */
};

/* The quantiles q[0 .. count - 1], each in [0, 1]: with n values x[0] <= x[1] <= ..., h = q (n - 1)
 * as a double, x[k] + (x[k + 1] - x[k]) (h - k) with k = floor(h), rounded once. Of weights
 * it matters only whether they are missing. */
SST_CHECKED enum sst_status sst_group_quantiles(const struct sst_rows *rows, ptrdiff_t groups,
                                                int parts, const double *q, ptrdiff_t count,
                                                int64_t min_count,
                                                const struct sst_order_output *out);

/* The least value whose weights, with those of all lesser values, reach half of the total, or
 * half-way from it to the next value with a weight where they are just half. NaN where the
 * weights come to nothing or one is infinite. */
SST_CHECKED enum sst_status sst_group_weighted_median(const struct sst_rows *rows, ptrdiff_t groups,
                                                      int parts, int64_t min_count,
                                                      const struct sst_order_output *out);

/* Different values of each cluster, as int64 `step` bytes apart; NaN is none, -0 is 0. */
SST_CHECKED enum sst_status sst_group_distinct(const struct sst_rows *rows, ptrdiff_t groups,
                                               int parts, char *out, ptrdiff_t step);

#endif
