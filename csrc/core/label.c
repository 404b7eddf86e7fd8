/* SPDX-License-Identifier: MIT
 *
 * Keys whose range is small for their number index a table directly. Others go through
 * a hash table with linear probing, at most half full, multiplied by the golden ratio
 * (D. E. Knuth, The Art of Computer Programming 3, 6.4). The hash finds codes by
 * appearance; ascending codes are those, renumbered by the rank of their key.
 */
#include "label.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_AT_LEAST = 1 << 16, FIRST_BITS = 12 };

/* A key counts as missing when it equals *missing. */
static inline int
is_missing(const int64_t *missing, int64_t key)
{
    return missing != NULL && key == *missing;
}

/* The least and greatest of the keys that are not missing; 0 when there is none. */
static int
key_range(const int64_t *keys, ptrdiff_t n, const int64_t *missing, int64_t *low, int64_t *high)
{
    int any = 0;
    *low = INT64_MAX;
    *high = INT64_MIN;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (is_missing(missing, keys[i]))
            continue;
        any = 1;
        *low = keys[i] < *low ? keys[i] : *low;
        *high = keys[i] > *high ? keys[i] : *high;
    }
    return any;
}

/* Enough room for one key more than there are; doubles. */
static int
reserve(struct sst_labels *labels, ptrdiff_t *room)
{
    if (labels->count == INT32_MAX)
        return 0;
    if (labels->count < *room)
        return 1;
    if ((size_t)*room > SIZE_MAX / 2 / sizeof *labels->keys)
        return 0;
    int64_t *keys = realloc(labels->keys, 2 * (size_t)*room * sizeof *keys);
    if (keys == NULL)
        return 0;
    labels->keys = keys;
    *room *= 2;
    return 1;
}

static enum sst_status
start_labels(struct sst_labels *labels, ptrdiff_t room)
{
    labels->count = 0;
    labels->keys = malloc((size_t)room * sizeof *labels->keys);
    return labels->keys == NULL ? SST_NO_MEMORY : SST_OK;
}

/* Direct table, ascending: mark what occurs, number the marks. */
static enum sst_status
table_ascending(const int64_t *keys, ptrdiff_t n, const int64_t *missing, int64_t low, size_t range,
                int32_t *table, int32_t *codes, struct sst_labels *labels)
{
    ptrdiff_t room = 1024;
    enum sst_status status = start_labels(labels, room);
    if (status != SST_OK)
        return status;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!is_missing(missing, keys[i]))
            table[(uint64_t)keys[i] - (uint64_t)low] = 1;
    for (size_t slot = 0; slot < range; slot++) {
        if (table[slot] == 0)
            continue;
        if (!reserve(labels, &room))
            return SST_NO_MEMORY;
        table[slot] = (int32_t)labels->count;
        labels->keys[labels->count++] = (int64_t)((uint64_t)low + slot);
    }
    for (ptrdiff_t i = 0; i < n; i++)
        codes[i] = is_missing(missing, keys[i]) ? -1 : table[(uint64_t)keys[i] - (uint64_t)low];
    return SST_OK;
}

/* Direct table, by appearance; a slot holds its code + 1. */
static enum sst_status
table_by_appearance(const int64_t *keys, ptrdiff_t n, const int64_t *missing, int64_t low,
                    int32_t *table, int32_t *codes, struct sst_labels *labels)
{
    ptrdiff_t room = 1024;
    enum sst_status status = start_labels(labels, room);
    for (ptrdiff_t i = 0; status == SST_OK && i < n; i++) {
        if (is_missing(missing, keys[i])) {
            codes[i] = -1;
            continue;
        }
        int32_t *slot = &table[(uint64_t)keys[i] - (uint64_t)low];
        if (*slot == 0) {
            if (!reserve(labels, &room))
                return SST_NO_MEMORY;
            labels->keys[labels->count++] = keys[i];
            *slot = (int32_t)labels->count;
        }
        codes[i] = *slot - 1;
    }
    return status;
}

struct hash {
    int32_t *slots; /* code + 1, or 0 for an empty slot */
    int bits;
};

static inline size_t
home(const struct hash *hash, int64_t key)
{
    return (size_t)((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - hash->bits));
}

/* The slot that holds `key`, or the empty one where it belongs. */
static inline size_t
find(const struct hash *hash, const int64_t *keys, int64_t key)
{
    size_t mask = ((size_t)1 << hash->bits) - 1, slot = home(hash, key);
    while (hash->slots[slot] != 0 && keys[hash->slots[slot] - 1] != key)
        slot = (slot + 1) & mask;
    return slot;
}

static enum sst_status
double_hash(struct hash *hash, const struct sst_labels *labels)
{
    struct hash wider = {NULL, hash->bits + 1};
    if (wider.bits >= (int)(8 * sizeof(size_t)) - 3)
        return SST_NO_MEMORY;
    wider.slots = calloc((size_t)1 << wider.bits, sizeof *wider.slots);
    if (wider.slots == NULL)
        return SST_NO_MEMORY;
    for (ptrdiff_t code = 0; code < labels->count; code++)
        wider.slots[find(&wider, labels->keys, labels->keys[code])] = (int32_t)code + 1;
    free(hash->slots);
    *hash = wider;
    return SST_OK;
}

static enum sst_status
hash_all(const int64_t *keys, ptrdiff_t n, const int64_t *missing, struct hash *hash,
         int32_t *codes, struct sst_labels *labels)
{
    ptrdiff_t room = 1024;
    enum sst_status status = start_labels(labels, room);
    for (ptrdiff_t i = 0; status == SST_OK && i < n; i++) {
        if (is_missing(missing, keys[i])) {
            codes[i] = -1;
            continue;
        }
        size_t slot = find(hash, labels->keys, keys[i]);
        if (hash->slots[slot] == 0) {
            if (!reserve(labels, &room))
                return SST_NO_MEMORY;
            labels->keys[labels->count++] = keys[i];
            hash->slots[slot] = (int32_t)labels->count;
            codes[i] = (int32_t)labels->count - 1;
            if ((size_t)labels->count > (size_t)1 << (hash->bits - 1))
                status = double_hash(hash, labels);
        } else {
            codes[i] = hash->slots[slot] - 1;
        }
    }
    return status;
}

struct ranked {
    int64_t key;
    int32_t code;
};

static int
by_key(const void *a, const void *b)
{
    int64_t x = ((const struct ranked *)a)->key, y = ((const struct ranked *)b)->key;
    return (x > y) - (x < y);
}

/* Renumbers codes by appearance into ascending order of the keys. */
static enum sst_status
renumber(ptrdiff_t n, int32_t *codes, struct sst_labels *labels)
{
    size_t count = (size_t)labels->count;
    if (count == 0)
        return SST_OK;
    struct ranked *order = malloc(count * sizeof *order);
    int32_t *rank = malloc(count * sizeof *rank);
    if (order != NULL && rank != NULL) {
        for (size_t k = 0; k < count; k++)
            order[k] = (struct ranked){labels->keys[k], (int32_t)k};
        qsort(order, count, sizeof *order, by_key);
        for (size_t k = 0; k < count; k++) {
            rank[order[k].code] = (int32_t)k;
            labels->keys[k] = order[k].key;
        }
        for (ptrdiff_t i = 0; i < n; i++)
            codes[i] = codes[i] < 0 ? -1 : rank[codes[i]];
    }
    enum sst_status status = order != NULL && rank != NULL ? SST_OK : SST_NO_MEMORY;
    free(order);
    free(rank);
    return status;
}

static enum sst_status
label_by_hash(const int64_t *keys, ptrdiff_t n, const int64_t *missing, int ascending,
              int32_t *codes, struct sst_labels *labels)
{
    struct hash hash = {calloc((size_t)1 << FIRST_BITS, sizeof *hash.slots), FIRST_BITS};
    if (hash.slots == NULL)
        return SST_NO_MEMORY;
    enum sst_status status = hash_all(keys, n, missing, &hash, codes, labels);
    free(hash.slots);
    if (status == SST_OK && ascending)
        status = renumber(n, codes, labels);
    return status;
}

enum sst_status
sst_label(const int64_t *keys, ptrdiff_t n, const int64_t *missing, int ascending, int32_t *codes,
          struct sst_labels *labels)
{
    *labels = (struct sst_labels){NULL, 0};
    int64_t low, high;
    enum sst_status status;
    if (!key_range(keys, n, missing, &low, &high))
        low = high = 0;
    uint64_t span = (uint64_t)high - (uint64_t)low;
    if (span < TABLE_AT_LEAST || span < 2 * (uint64_t)n) {
        int32_t *table = calloc((size_t)span + 1, sizeof *table);
        if (table == NULL)
            return SST_NO_MEMORY;
        status = ascending ? table_ascending(keys, n, missing, low, (size_t)span + 1, table, codes,
                                             labels)
                           : table_by_appearance(keys, n, missing, low, table, codes, labels);
        free(table);
    } else {
        status = label_by_hash(keys, n, missing, ascending, codes, labels);
    }
    if (status != SST_OK)
        sst_labels_free(labels);
    return status;
}

void
sst_labels_free(struct sst_labels *labels)
{
    free(labels->keys);
    *labels = (struct sst_labels){NULL, 0};
}
