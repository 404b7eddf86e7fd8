/* SPDX-License-Identifier: MIT
 *
 * The order of distinct labels. Numbers by a radix sort of those bytes in which they differ,
 * least first (D. E. Knuth, The Art of Computer Programming 3, 5.2.5), and so texts that are
 * short, word by word from the last; long ones by merging (5.2.4).
 */
#include "label_number.h"

#include <stdlib.h>
#include <string.h>

enum { SHORT_WIDTH = 128 };

struct ranked {
    uint64_t key; /* what is sorted by now */
    int32_t code;
};

struct ranking {
    const struct sst_label_source *source;
    const char *texts; /* by code */
    struct ranked *items, *spare;
    size_t n;
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

/* Up to eight bytes, or two code points, of a text from byte `at`, the first one highest. */
static uint64_t
word_of(const struct ranking *ranking, int32_t code, size_t at)
{
    const struct sst_label_source *source = ranking->source;
    size_t width = source->width, left = width - at < 8 ? width - at : 8;
    const char *text = ranking->texts + (size_t)code * width + at;
    if (source->kind == SST_LABEL_TEXT) {
        uint32_t points[2] = {0, 0};
        memcpy(points, text, left);
        return (uint64_t)points[0] << 32 | points[1];
    }
    uint64_t word = 0;
    for (size_t k = 0; k < 8; k++)
        word = word << 8 | (k < left ? (unsigned char)text[k] : 0);
    return word;
}

static int
precedes(const struct ranking *ranking, const struct ranked *a, const struct ranked *b)
{
    if (!sst_label_is_text(ranking->source))
        return a->key < b->key;
    uint64_t x = 0, y = 0;
    for (size_t at = 0; at < ranking->source->width && x == y; at += 8) {
        x = word_of(ranking, a->code, at);
        y = word_of(ranking, b->code, at);
    }
    return x < y;
}

static void
swap(struct ranking *ranking)
{
    struct ranked *items = ranking->items;
    ranking->items = ranking->spare;
    ranking->spare = items;
}

/* One pass over a byte of the keys; equal ones keep their order. */
static void
scatter(struct ranking *ranking, int shift)
{
    const struct ranked *from = ranking->items;
    size_t next[256] = {0}, sum = 0;
    for (size_t i = 0; i < ranking->n; i++)
        next[from[i].key >> shift & 255]++;
    for (int digit = 0; digit < 256; digit++) {
        size_t count = next[digit];
        next[digit] = sum;
        sum += count;
    }
    for (size_t i = 0; i < ranking->n; i++)
        ranking->spare[next[from[i].key >> shift & 255]++] = from[i];
    swap(ranking);
}

static void
sort_by_key(struct ranking *ranking)
{
    uint64_t differ = 0;
    for (size_t i = 1; i < ranking->n; i++)
        differ |= ranking->items[i].key ^ ranking->items[0].key;
    for (int shift = 0; shift < 64; shift += 8)
        if ((differ >> shift & 255) != 0)
            scatter(ranking, shift);
}

static void
sort_by_words(struct ranking *ranking)
{
    for (size_t word = (ranking->source->width + 7) / 8; word-- > 0;) {
        for (size_t i = 0; i < ranking->n; i++)
            ranking->items[i].key = word_of(ranking, ranking->items[i].code, 8 * word);
        sort_by_key(ranking);
    }
}

static void
sort_by_merging(struct ranking *ranking)
{
    size_t n = ranking->n;
    for (size_t run = 1; run < n; run *= 2) {
        const struct ranked *from = ranking->items;
        for (size_t begin = 0; begin < n; begin += 2 * run) {
            size_t middle = n - begin < run ? n : begin + run;
            size_t end = n - begin < 2 * run ? n : begin + 2 * run;
            size_t left = begin, right = middle;
            for (size_t at = begin; at < end; at++) {
                int take = right == end ||
                           (left < middle && !precedes(ranking, from + right, from + left));
                ranking->spare[at] = from[take ? left++ : right++];
            }
        }
        swap(ranking);
    }
}

static int
is_sorted(const struct ranking *ranking)
{
    size_t i = 1;
    while (i < ranking->n && precedes(ranking, ranking->items + i - 1, ranking->items + i))
        i++;
    return i >= ranking->n;
}

/* Sorts, and writes the results; 0 without the memory for it. */
static int
place(struct ranking *ranking, struct sst_labels *labels, int32_t *rank)
{
    ptrdiff_t *first = malloc(ranking->n * sizeof *first);
    if (first == NULL)
        return 0;
    if (!sst_label_is_text(ranking->source))
        sort_by_key(ranking);
    else if (ranking->source->width <= SHORT_WIDTH)
        sort_by_words(ranking);
    else
        sort_by_merging(ranking);
    for (size_t k = 0; k < ranking->n; k++) {
        rank[ranking->items[k].code] = (int32_t)k;
        first[k] = labels->first[ranking->items[k].code];
    }
    memcpy(labels->first, first, ranking->n * sizeof *first);
    free(first);
    return 1;
}

enum sst_status
sst_rank_labels(const struct sst_label_source *source, const char *texts, struct sst_labels *labels,
                int32_t *rank, int *same)
{
    size_t n = (size_t)labels->count;
    *same = 1;
    if (n < 2)
        return SST_OK;
    struct ranked *items = n > SIZE_MAX / 2 / sizeof *items ? NULL : malloc(2 * n * sizeof *items);
    if (items == NULL)
        return SST_NO_MEMORY;
    struct ranking ranking = {source, texts, items, items + n, n};
    int text = sst_label_is_text(source);
    for (size_t k = 0; k < n; k++)
        items[k] = (struct ranked){text ? 0 : ordered(source, labels->first[k]), (int32_t)k};
    *same = is_sorted(&ranking);
    int placed = *same || place(&ranking, labels, rank);
    free(items);
    return placed ? SST_OK : SST_NO_MEMORY;
}
