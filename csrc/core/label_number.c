/* SPDX-License-Identifier: MIT
 *
 * Whole numbers of a small range index a table. Others, and the hashes of texts, go through
 * a hash table with linear probing, at most half full, multiplied by the golden ratio
 * (D. E. Knuth, The Art of Computer Programming 3, 6.4). Rows go in blocks: room for a block
 * of new labels is made before it, and its slots are fetched ahead when the table is large.
 * Distinct texts are copied, so that those to compare with lie together.
 */
#include "label_number.h"

#include <string.h>

#include "memory.h"

/* Tables of no more bits are in the cache. */
enum { BLOCK = SST_LABEL_BLOCK, CACHED_BITS = 12 };

/* Some rows on their way: their keys, and what they are. */
struct block {
    const uint64_t *keys;
    const ptrdiff_t *rows; /* or NULL for rows from `begin` on */
    ptrdiff_t begin;
    int n;
};

SST_INLINE ptrdiff_t
row_of(const struct block *block, int i)
{
    return block->rows != NULL ? block->rows[i] : block->begin + i;
}

/* Eight bytes at a time, multiplied and turned, as in Firefox and rustc. */
static uint64_t
hash_of(const char *bytes, size_t width)
{
    uint64_t hash = 0, word;
    size_t at = 0;
    for (; at + 8 <= width; at += 8) {
        memcpy(&word, bytes + at, 8);
        hash = ((hash << 5 | hash >> 59) ^ word) * UINT64_C(0x517CC1B727220A95);
    }
    for (word = 0; at < width; at++)
        word = word << 8 | (unsigned char)bytes[at];
    hash = ((hash << 5 | hash >> 59) ^ word) * UINT64_C(0x517CC1B727220A95);
    return hash ^ hash >> 32;
}

static const char *
text_at(const struct sst_label_source *source, ptrdiff_t row)
{
    return (const char *)source->rows + (size_t)row * source->width;
}

SST_INLINE char *
text_of(const struct sst_numbering *numbering, ptrdiff_t code)
{
    return numbering->texts + (size_t)code * numbering->source->width;
}

static void
by_table(struct sst_numbering *numbering, const struct block *block, int32_t *codes)
{
    int32_t *table = numbering->table;
    uint64_t low = numbering->low;
    const int64_t *missing = numbering->source->missing;
    if (numbering->range > (ptrdiff_t)4 << CACHED_BITS)
        for (int i = 0; i < block->n; i++)
            if (block->keys[i] - low < (uint64_t)numbering->range)
                sst_prefetch(table + (block->keys[i] - low));
    for (int i = 0; i < block->n; i++) {
        if (missing != NULL && block->keys[i] == (uint64_t)*missing) {
            codes[i] = -1;
            continue;
        }
        int32_t *slot = table + (block->keys[i] - low);
        if (*slot == 0) {
            numbering->first[numbering->count++] = row_of(block, i);
            *slot = (int32_t)numbering->count;
        }
        codes[i] = *slot - 1;
    }
}

/* The texts that those of a block will be compared with. */
static void
fetch_texts(const struct sst_numbering *numbering, const struct block *block)
{
    const struct sst_label_slot *slots = numbering->slots;
    size_t width = numbering->source->width < 128 ? numbering->source->width : 128;
    for (int i = 0; i < block->n; i++) {
        int32_t code = slots[sst_label_home(block->keys[i], numbering->bits)].code;
        if (code == 0)
            continue;
        const char *text = text_of(numbering, code - 1);
        sst_prefetch(text);
        sst_prefetch(text + width - (width > 0));
    }
}

/* `text`: keys are hashes, and the labels themselves are compared. */
SST_INLINE void
by_hash(struct sst_numbering *numbering, const struct block *block, int32_t *codes, int text,
        const int64_t *missing)
{
    const struct sst_label_source *source = numbering->source;
    struct sst_label_slot *slots = numbering->slots;
    int bits = numbering->bits;
    size_t mask = ((size_t)1 << bits) - 1;
    if (bits > CACHED_BITS)
        for (int i = 0; i < block->n; i++)
            sst_prefetch(slots + sst_label_home(block->keys[i], bits));
    if (text && bits > CACHED_BITS)
        fetch_texts(numbering, block);
    for (int i = 0; i < block->n; i++) {
        uint64_t key = block->keys[i];
        if (missing != NULL && key == (uint64_t)*missing) {
            codes[i] = -1;
            continue;
        }
        ptrdiff_t row = row_of(block, i);
        size_t slot = sst_label_home(key, bits);
        while (
            slots[slot].code != 0 &&
            (slots[slot].key != key || (text && memcmp(text_of(numbering, slots[slot].code - 1),
                                                       text_at(source, row), source->width) != 0)))
            slot = (slot + 1) & mask;
        if (slots[slot].code == 0) {
            if (text)
                memcpy(text_of(numbering, numbering->count), text_at(source, row), source->width);
            numbering->first[numbering->count++] = row;
            slots[slot].key = key;
            slots[slot].code = (int32_t)numbering->count;
        }
        codes[i] = slots[slot].code - 1;
    }
}

/* The keys of a block, where they lie or brought into `room`. */
static const uint64_t *
keys_of(const struct sst_label_source *source, const struct block *block, uint64_t *room)
{
    if (sst_label_is_text(source)) {
        for (int i = 0; i < block->n; i++)
            room[i] = hash_of(text_at(source, row_of(block, i)), source->width);
        return room;
    }
    if (block->rows == NULL && source->kind != SST_LABEL_REAL)
        return (const uint64_t *)source->rows + block->begin;
    for (int i = 0; i < block->n; i++)
        room[i] = sst_label_number(source, row_of(block, i));
    return room;
}

static enum sst_status
number(struct sst_numbering *numbering, const ptrdiff_t *rows, ptrdiff_t begin, ptrdiff_t n,
       int32_t *codes)
{
    const int64_t nan = (INT64_C(0x7FF) << 52) + 1, *missing = numbering->source->missing;
    missing = numbering->source->kind == SST_LABEL_REAL ? &nan : missing;
    uint64_t room[BLOCK];
    enum sst_status status = SST_OK;
    for (ptrdiff_t at = 0; status == SST_OK && at < n; at += BLOCK) {
        struct block block = {NULL, rows == NULL ? NULL : rows + at, begin + at, BLOCK};
        block.n = n - at < BLOCK ? (int)(n - at) : BLOCK;
        block.keys = keys_of(numbering->source, &block, room);
        status = sst_numbering_reserve(numbering);
        if (status != SST_OK)
            break;
        if (numbering->table != NULL)
            by_table(numbering, &block, codes + at);
        else if (sst_label_is_text(numbering->source))
            by_hash(numbering, &block, codes + at, 1, NULL);
        else
            by_hash(numbering, &block, codes + at, 0, missing);
    }
    return status;
}

enum sst_status
sst_numbering_rows(struct sst_numbering *numbering, ptrdiff_t begin, ptrdiff_t end, int32_t *codes)
{
    return number(numbering, NULL, begin, end - begin, codes + begin);
}

enum sst_status
sst_numbering_list(struct sst_numbering *numbering, const ptrdiff_t *rows, ptrdiff_t n,
                   int32_t *codes)
{
    return number(numbering, rows, 0, n, codes);
}
