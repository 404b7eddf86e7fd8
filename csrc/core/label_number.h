/* SPDX-License-Identifier: MIT
 *
 * A numbering of labels by first appearance that rows are added to.
 */
#ifndef SST_LABEL_NUMBER_H
#define SST_LABEL_NUMBER_H

#include "bits.h"
#include "label.h"

/* Rows that are numbered together. */
enum { SST_LABEL_BLOCK = 64 };

struct sst_label_slot {
    uint64_t key;
    int32_t code; /* + 1; 0: empty */
};

struct sst_numbering {
    const struct sst_label_source *source;
    ptrdiff_t *first; /* the row where each label is first */
    char *texts;      /* of bytes and texts a copy of each */
    ptrdiff_t count;
    ptrdiff_t room;
    int32_t *table; /* code + 1 of each whole number from `low`, 0 for none yet; or NULL */
    uint64_t low;
    ptrdiff_t range;
    struct sst_label_slot *slots; /* without a table */
    int bits;
};

/* A label as 64 bits: a number itself, reals so that equal ones are equal in bits; of bytes
 * and texts their hash. */
SST_INLINE uint64_t
sst_label_number(const struct sst_label_source *source, ptrdiff_t row)
{
    uint64_t bits;
    memcpy(&bits, (const char *)source->rows + (size_t)row * 8, sizeof bits);
    if (source->kind != SST_LABEL_REAL)
        return bits;
    uint64_t size = bits & (UINT64_MAX >> 1), infinity = UINT64_C(0x7FF) << 52;
    return size == 0 ? 0 : size > infinity ? infinity + 1 : bits;
}

SST_INLINE int
sst_label_is_text(const struct sst_label_source *source)
{
    return source->kind == SST_LABEL_BYTES || source->kind == SST_LABEL_TEXT;
}

/* Where a key belongs in a table of so many bits. */
SST_INLINE size_t
sst_label_home(uint64_t key, int bits)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

/* Begins one, with a table for whole numbers from `low` if range > 0, which all rows to come
 * must be in. To be freed whatever the status. */
SST_CHECKED enum sst_status sst_numbering_start(struct sst_numbering *numbering,
                                                const struct sst_label_source *source, uint64_t low,
                                                ptrdiff_t range);

/* Room for a block of labels more than there are. */
SST_CHECKED enum sst_status sst_numbering_reserve(struct sst_numbering *numbering);

/* Numbers rows `begin` to `end`, or those listed. */
SST_CHECKED enum sst_status sst_numbering_rows(struct sst_numbering *numbering, ptrdiff_t begin,
                                               ptrdiff_t end, int32_t *codes);
SST_CHECKED enum sst_status sst_numbering_list(struct sst_numbering *numbering,
                                               const ptrdiff_t *rows, ptrdiff_t n, int32_t *codes);

void sst_numbering_free(struct sst_numbering *numbering);

/* Puts labels->first into the order of the labels and says the new place of each code;
 * *same: they were in order. `texts` has those of bytes and texts, by code. */
SST_CHECKED enum sst_status sst_rank_labels(const struct sst_label_source *source,
                                            const char *texts, struct sst_labels *labels,
                                            int32_t *rank, int *same);

#endif
