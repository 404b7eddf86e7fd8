/* SPDX-License-Identifier: MIT
 *
 * Whole numbers of a small range index a table. Others, and the hashes of texts, go through
 * a hash table with linear probing, at most half full, multiplied by the golden ratio
 * (D. E. Knuth, The Art of Computer Programming 3, 6.4). Rows go in blocks: room for a block
 * of new labels is made before it, and its slots are fetched ahead when the table is large.
 * Distinct texts are copied, so that those to compare with lie together.
 */
#include "label_number.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { BLOCK = 64, FIRST_BITS = 12, CACHED_BITS = 12, FIRST_ROOM = 1024 };

/* Labels that codes can number, less a block that may be on its way. */
#define MOST_LABELS ((ptrdiff_t)INT32_MAX - BLOCK)

struct sst_label_slot {
    uint64_t key;
    int32_t code; /* + 1; 0: empty */
};

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

SST_INLINE void
prefetch(const void *at)
{
#if defined(__GNUC__)
    __builtin_prefetch(at, 1);
#else
    (void)at;
#endif
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

SST_INLINE size_t
home(uint64_t key, int bits)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

static enum sst_status
widen(struct sst_numbering *numbering, int bits)
{
    if (bits >= (int)(8 * sizeof(size_t)) - 5)
        return SST_NO_MEMORY;
    struct sst_label_slot *old = numbering->slots, *slots;
    slots = sst_table_new((ptrdiff_t)1 << bits, sizeof *slots);
    if (slots == NULL)
        return SST_NO_MEMORY;
    size_t mask = ((size_t)1 << bits) - 1, had = old == NULL ? 0 : (size_t)1 << numbering->bits;
    for (size_t k = 0; k < had; k++) {
        if (old[k].code == 0)
            continue;
        size_t slot = home(old[k].key, bits);
        while (slots[slot].code != 0)
            slot = (slot + 1) & mask;
        slots[slot] = old[k];
    }
    sst_table_free(old);
    numbering->slots = slots;
    numbering->bits = bits;
    return SST_OK;
}

static enum sst_status
lengthen(struct sst_numbering *numbering)
{
    ptrdiff_t room = numbering->room == 0 ? FIRST_ROOM : numbering->room;
    if ((size_t)room > SIZE_MAX / 4 / sizeof *numbering->first)
        return SST_NO_MEMORY;
    room = numbering->room == 0 ? FIRST_ROOM : 2 * room;
    ptrdiff_t *first = realloc(numbering->first, (size_t)room * sizeof *first);
    if (first == NULL)
        return SST_NO_MEMORY;
    numbering->first = first;
    if (sst_label_is_text(numbering->source)) {
        size_t width = numbering->source->width;
        char *texts = sst_table_new(room, width > 0 ? width : 1);
        if (texts == NULL)
            return SST_NO_MEMORY;
        if (numbering->count > 0)
            memcpy(texts, numbering->texts, (size_t)numbering->count * width);
        sst_table_free(numbering->texts);
        numbering->texts = texts;
    }
    numbering->room = room;
    return SST_OK;
}

/* Room for a block of labels more than there are. */
static enum sst_status
reserve(struct sst_numbering *numbering)
{
    ptrdiff_t want = numbering->count + BLOCK;
    if (want > MOST_LABELS)
        return SST_NO_MEMORY;
    if (want > numbering->room) {
        enum sst_status status = lengthen(numbering);
        if (status != SST_OK)
            return status;
    }
    if (numbering->table != NULL || want <= (ptrdiff_t)1 << (numbering->bits - 1))
        return SST_OK;
    return widen(numbering, numbering->bits + 1);
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
                prefetch(table + (block->keys[i] - low));
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
        int32_t code = slots[home(block->keys[i], numbering->bits)].code;
        if (code == 0)
            continue;
        const char *text = text_of(numbering, code - 1);
        prefetch(text);
        prefetch(text + width - (width > 0));
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
            prefetch(slots + home(block->keys[i], bits));
    if (text && bits > CACHED_BITS)
        fetch_texts(numbering, block);
    for (int i = 0; i < block->n; i++) {
        uint64_t key = block->keys[i];
        if (missing != NULL && key == (uint64_t)*missing) {
            codes[i] = -1;
            continue;
        }
        ptrdiff_t row = row_of(block, i);
        size_t slot = home(key, bits);
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
        status = reserve(numbering);
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
sst_numbering_start(struct sst_numbering *numbering, const struct sst_label_source *source,
                    uint64_t low, ptrdiff_t range)
{
    *numbering = (struct sst_numbering){.source = source, .low = low, .range = range};
    if (range == 0)
        return widen(numbering, FIRST_BITS);
    numbering->table = sst_table_new(range, sizeof *numbering->table);
    return numbering->table == NULL ? SST_NO_MEMORY : SST_OK;
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

void
sst_numbering_free(struct sst_numbering *numbering)
{
    free(numbering->first);
    sst_table_free(numbering->texts);
    sst_table_free(numbering->table);
    sst_table_free(numbering->slots);
    *numbering = (struct sst_numbering){.source = numbering->source};
}
