/* SPDX-License-Identifier: MIT
 *
 * Rows brought together by cluster, and within it by contributor: two counting sorts, so no table
 * of clusters by contributors and no hashing, and what is added up later lies side by side. A row
 * takes along all that it holds, so that only the first sort goes through memory at random.
 */
#ifndef SST_DISCLOSURE_PAIRS_H
#define SST_DISCLOSURE_PAIRS_H

#include "disclosure.h"

struct sst_paired {
    struct sst_rows rows; /* sorted copies; the code of each is its pair */
    ptrdiff_t pairs;
    ptrdiff_t *start;         /* groups + 1: where the pairs of each cluster start */
    uint8_t *protected_pairs; /* some row with a value has not waived */
    void *room[4];            /* what the rows lie in */
};

/* Rows in no cluster, or of nobody, are left out. Free it after a failure too. */
SST_CHECKED enum sst_status sst_paired_new(struct sst_paired *paired, const struct sst_rows *rows,
                                           ptrdiff_t groups,
                                           const struct sst_contributors *contributors);
void sst_paired_free(struct sst_paired *paired);

#endif
