/* SPDX-License-Identifier: MIT
 *
 * The order of distinct labels. Numbers by a radix sort of those bytes in which they differ,
 * least first (D. E. Knuth, The Art of Computer Programming 3, 5.2.5); bytes and texts by
 * merging (5.2.4), with comparisons of the labels where they lie.
 */
#include "label_number.h"

#include <stdlib.h>
#include <string.h>

struct ranked {
    uint64_t
        key; /* of a number, such that keys are in the order of their numbers; of a text, its row */
    int32_t code;
};

/* Bits whose unsigned order is that of the numbers. */
static uint64_t
ordered(const struct sst_label_source *source, ptrdiff_t row)
{
    uint64_t key = sst_label_number(source, row), sign = UINT64_C(1) << 63;
    if (source->kind == SST_LABEL_UNSIGNED)
        return key;
    return source->kind == SST_LABEL_REAL && key >= sign ? ~key : key ^ sign;
}

/* Below, equal or above 0 as a is below, equal or above b. NumPy too compares code points. */
static int
compare(const struct sst_label_source *source, uint64_t a, uint64_t b)
{
    const char *x = (const char *)source->rows + (size_t)a * source->width;
    const char *y = (const char *)source->rows + (size_t)b * source->width;
    if (source->kind == SST_LABEL_BYTES)
        return memcmp(x, y, source->width);
    for (size_t at = 0; at < source->width; at += 4) {
        uint32_t p, q;
        memcpy(&p, x + at, 4);
        memcpy(&q, y + at, 4);
        if (p != q)
            return p < q ? -1 : 1;
    }
    return 0;
}

static int
precedes(const struct sst_label_source *source, const struct ranked *a, const struct ranked *b)
{
    return sst_label_is_text(source) ? compare(source, a->key, b->key) < 0 : a->key < b->key;
}

/* One pass over a byte of the keys, stable. */
static void
scatter(const struct ranked *from, struct ranked *to, size_t n, int shift)
{
    size_t next[256] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++)
        next[from[i].key >> shift & 255]++;
    for (int digit = 0; digit < 256; digit++) {
        size_t count = next[digit];
        next[digit] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[next[from[i].key >> shift & 255]++] = from[i];
}

/* Each sorts n items with as many spare ones and returns where the sorted ones lie. */
static struct ranked *
sort_numbers(struct ranked *items, struct ranked *spare, size_t n)
{
    uint64_t differ = 0;
    for (size_t i = 1; i < n; i++)
        differ |= items[i].key ^ items[0].key;
    for (int shift = 0; shift < 64; shift += 8) {
        if ((differ >> shift & 255) == 0)
            continue;
        scatter(items, spare, n, shift);
        struct ranked *other = items;
        items = spare;
        spare = other;
    }
    return items;
}

static struct ranked *
sort_texts(const struct sst_label_source *source, struct ranked *items, struct ranked *spare,
           size_t n)
{
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t begin = 0; begin < n; begin += 2 * run) {
            size_t middle = n - begin < run ? n : begin + run;
            size_t end = n - begin < 2 * run ? n : begin + 2 * run;
            size_t left = begin, right = middle;
            for (size_t at = begin; at < end; at++) {
                int take = right == end ||
                           (left < middle && !precedes(source, items + right, items + left));
                spare[at] = items[take ? left++ : right++];
            }
        }
        struct ranked *other = items;
        items = spare;
        spare = other;
    }
    return items;
}

static int
is_sorted(const struct sst_label_source *source, const struct ranked *items, size_t n)
{
    size_t i = 1;
    while (i < n && precedes(source, items + i - 1, items + i))
        i++;
    return i >= n;
}

enum sst_status
sst_rank_labels(const struct sst_label_source *source, struct sst_labels *labels, int32_t *rank,
                int *same)
{
    size_t n = (size_t)labels->count;
    *same = 1;
    if (n < 2)
        return SST_OK;
    struct ranked *items = malloc(2 * n * sizeof *items);
    if (items == NULL)
        return SST_NO_MEMORY;
    int text = sst_label_is_text(source);
    for (size_t k = 0; k < n; k++) {
        ptrdiff_t row = labels->first[k];
        items[k] = (struct ranked){text ? (uint64_t)row : ordered(source, row), (int32_t)k};
    }
    *same = is_sorted(source, items, n);
    ptrdiff_t *first = *same ? NULL : malloc(n * sizeof *first);
    if (first != NULL) {
        struct ranked *sorted =
            text ? sort_texts(source, items, items + n, n) : sort_numbers(items, items + n, n);
        for (size_t k = 0; k < n; k++) {
            rank[sorted[k].code] = (int32_t)k;
            first[k] = labels->first[sorted[k].code];
        }
        memcpy(labels->first, first, n * sizeof *first);
    }
    enum sst_status status = *same || first != NULL ? SST_OK : SST_NO_MEMORY;
    free(first);
    free(items);
    return status;
}
