/* SPDX-License-Identifier: MIT
 *
 * Labels to codes: equal labels get the same number 0..count-1, a missing one -1.
 */
#ifndef SST_LABEL_H
#define SST_LABEL_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

/* What a label is. Reals are equal as numbers are, and a NaN is missing; bytes and texts
 * (code points of 32 bits) have a fixed width and are filled up with zeros. */
enum sst_label_kind {
    SST_LABEL_SIGNED,
    SST_LABEL_UNSIGNED,
    SST_LABEL_REAL,
    SST_LABEL_BYTES,
    SST_LABEL_TEXT
};

struct sst_label_source {
    const void *rows;
    ptrdiff_t n;
    enum sst_label_kind kind;
    size_t width;           /* bytes of a label: 8 for numbers, a multiple of 4 for texts */
    const int64_t *missing; /* the bits of a whole number that stands for none, or NULL */
};

struct sst_labels {
    ptrdiff_t *first; /* the row where each label is first, by code */
    ptrdiff_t count;
};

/* Numbers the rows of `source` by first appearance, or in the order of the labels when
 * `ascending`, on at most `threads` threads. Fills codes[n], and labels, which the caller
 * frees. SST_NO_MEMORY also when there are more labels than codes can number. */
SST_CHECKED enum sst_status sst_label(const struct sst_label_source *source, int ascending,
                                      int threads, int32_t *codes, struct sst_labels *labels);

void sst_labels_free(struct sst_labels *labels);

#endif
