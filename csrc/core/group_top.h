/* SPDX-License-Identifier: MIT
 *
 * The greatest values of each cluster, in descending order. Which values they are does not depend
 * on the order of rows; -0 counts as less than +0.
 */
#ifndef SST_GROUP_TOP_H
#define SST_GROUP_TOP_H

#include "group.h"

struct sst_tops;

/* Working memory for the `most` greatest of `groups` clusters and up to `parts` threads. */
SST_CHECKED enum sst_status sst_tops_new(struct sst_tops **tops, ptrdiff_t groups, ptrdiff_t most,
                                         int parts);
void sst_tops_free(struct sst_tops *tops);

/* Forgets what there was and finds the values. A row without a weight is left out; a cluster of
 * fewer than min_count values, or with a missing one that is not skipped, has none. On failure the
 * tops hold nothing to be read. */
SST_CHECKED enum sst_status sst_tops_run(struct sst_tops *tops, const struct sst_rows *rows,
                                         int64_t min_count);

/* `places` values of each cluster, at least `most`, `step` bytes from one cluster to the next and
 * next to each other within it, of the kind of the rows that were run. Beyond those that there
 * are it is NaN (integers: zero). */
void sst_tops_values(const struct sst_tops *tops, ptrdiff_t places, char *out, ptrdiff_t step);

/* How many values a cluster has, as int64; 0 where it has none to give. */
void sst_tops_counts(const struct sst_tops *tops, char *out, ptrdiff_t step);

#endif
