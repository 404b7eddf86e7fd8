/* SPDX-License-Identifier: MIT
 *
 * Labels to codes: equal 64-bit keys get the same number 0..count-1, a missing key -1.
 */
#ifndef SST_LABEL_H
#define SST_LABEL_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

struct sst_labels {
    int64_t *keys; /* the distinct keys, by code */
    ptrdiff_t count;
};

/* Numbers n keys by first appearance, or ascending when `ascending`; a key equal to
 * *missing (if not NULL) gets code -1. Fills codes[n], and labels, which the caller frees.
 * SST_NO_MEMORY also when there are more than 2^31 - 1 distinct keys. */
SST_CHECKED enum sst_status sst_label(const int64_t *keys, ptrdiff_t n, const int64_t *missing,
                                      int ascending, int32_t *codes, struct sst_labels *labels);

void sst_labels_free(struct sst_labels *labels);

#endif
