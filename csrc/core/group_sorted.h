/* SPDX-License-Identifier: MIT
 *
 * The values of each cluster brought together by a counting sort.
 */
#ifndef SST_GROUP_SORTED_H
#define SST_GROUP_SORTED_H

#include "group.h"

struct sst_sorted {
    ptrdiff_t groups;
    int parts; /* threads that the rows are worth */
    ptrdiff_t kept;
    ptrdiff_t *start;  /* groups + 1 */
    int64_t *key;      /* kept; those of cluster g are start[g] .. start[g + 1] - 1 */
    double *weight;    /* beside them, or NULL */
    ptrdiff_t *row;    /* where they come from, ascending within a cluster, or NULL */
    uint8_t *poisoned; /* of each cluster: met a NaN that was not to be skipped */
};

/* What is kept beside the keys. */
enum { SST_KEEP_WEIGHTS = 1, SST_KEEP_ROWS = 2 };

/* Rows in no cluster, and those without a value or a weight, are left out. Free it after a
 * failure too. */
SST_CHECKED enum sst_status sst_sorted_new(struct sst_sorted *sorted, const struct sst_rows *rows,
                                           ptrdiff_t groups, int parts, int keep);
void sst_sorted_free(struct sst_sorted *sorted);

/* The first cluster of a part: parts have much the same number of values. */
ptrdiff_t sst_sorted_first(const struct sst_sorted *sorted, int part, int parts);

#endif
