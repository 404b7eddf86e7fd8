/* SPDX-License-Identifier: MIT
 *
 * Each thread numbers its part of the rows by first appearance. The parts' labels, in the
 * order of the parts, are numbered once more, which is the order of first appearance among
 * all rows; a last pass puts the common numbers, or the ranks of the labels, in place of the
 * parts' own. So the codes do not depend on the number of parts.
 */
#include "label.h"

#include <stdlib.h>
#include <string.h>

#include "label_number.h"
#include "parallel.h"

enum { TABLE_AT_LEAST = 4096, PART_ROWS = 1 << 16, STRETCH = 4096 };

struct part {
    uint64_t low, high; /* of its whole numbers, in their order as unsigned */
    struct sst_numbering numbering;
    int32_t *map; /* its codes to the common ones, after a -1 for -1; NULL: the same */
    enum sst_status status;
};

struct run {
    const struct sst_label_source *source;
    int32_t *codes;
    uint64_t low, most; /* least number and greatest difference that a table is made for */
    ptrdiff_t range;    /* of the table; 0 for none */
    struct part *parts;
};

/* What to turn in a number for unsigned comparisons. */
static uint64_t
sign_of(const struct sst_label_source *source)
{
    return source->kind == SST_LABEL_SIGNED ? UINT64_C(1) << 63 : 0;
}

/* The bits in which numbers differ, which takes less than comparing them; and a range that
 * holds all that share the others. 0 if it is too large. */
static int
range_by_bits(const struct run *run, ptrdiff_t begin, ptrdiff_t end, struct part *part)
{
    const uint64_t *keys = run->source->rows;
    uint64_t differ = 0, base = keys[begin];
    for (ptrdiff_t stop; begin < end && differ < run->most; begin = stop) {
        stop = end - begin < STRETCH ? end : begin + STRETCH;
        for (ptrdiff_t i = begin; i < stop; i++)
            differ |= keys[i] ^ base;
    }
    for (int shift = 1; shift < 64; shift *= 2)
        differ |= differ >> shift;
    part->low = (base & ~differ) ^ sign_of(run->source);
    part->high = part->low | differ;
    return begin == end && differ < run->most;
}

/* Stops where the numbers are too far apart for a table. */
static void
range_part(void *work, int part, int parts)
{
    const struct run *run = work;
    const struct sst_label_source *source = run->source;
    const uint64_t *keys = source->rows, sign = sign_of(source);
    ptrdiff_t begin = sst_part_start(source->n, part, parts);
    ptrdiff_t end = sst_part_start(source->n, part + 1, parts);
    if (begin < end && range_by_bits(run, begin, end, run->parts + part))
        return;
    uint64_t low = UINT64_MAX, high = 0;
    while (begin < end && (low > high || high - low < run->most)) {
        ptrdiff_t stop = end - begin < STRETCH ? end : begin + STRETCH;
        for (; begin < stop; begin++) {
            if (source->missing != NULL && keys[begin] == (uint64_t)*source->missing)
                continue;
            uint64_t key = keys[begin] ^ sign;
            low = key < low ? key : low;
            high = key > high ? key : high;
        }
    }
    run->parts[part].low = low;
    run->parts[part].high = high;
}

static void
number_part(void *work, int part, int parts)
{
    const struct run *run = work;
    struct part *own = run->parts + part;
    own->status = sst_numbering_start(&own->numbering, run->source, run->low, run->range);
    if (own->status == SST_OK)
        own->status =
            sst_numbering_rows(&own->numbering, sst_part_start(run->source->n, part, parts),
                               sst_part_start(run->source->n, part + 1, parts), run->codes);
}

static void
map_part(void *work, int part, int parts)
{
    const struct run *run = work;
    if (run->parts[part].map == NULL)
        return;
    const int32_t *map = run->parts[part].map + 1;
    ptrdiff_t end = sst_part_start(run->source->n, part + 1, parts);
    for (ptrdiff_t i = sst_part_start(run->source->n, part, parts); i < end; i++)
        run->codes[i] = map[run->codes[i]];
}

/* A table where the range is small for the number of rows; returns the parts to use. */
static int
choose_table(struct run *run, int parts)
{
    const struct sst_label_source *source = run->source;
    if (source->kind != SST_LABEL_SIGNED && source->kind != SST_LABEL_UNSIGNED)
        return parts;
    run->most = source->n > TABLE_AT_LEAST ? (uint64_t)source->n : TABLE_AT_LEAST;
    sst_parallel(range_part, run, parts);
    uint64_t low = UINT64_MAX, high = 0;
    for (int p = 0; p < parts; p++) {
        low = run->parts[p].low < low ? run->parts[p].low : low;
        high = run->parts[p].high > high ? run->parts[p].high : high;
    }
    if (low > high)
        low = high = 0;
    if (high - low >= run->most)
        return parts;
    run->low = low ^ sign_of(source);
    run->range = (ptrdiff_t)(high - low) + 1;
    // Tables of all parts take no more than 8 bytes a row.
    ptrdiff_t fit = 2 * (source->n / run->range);
    return fit < 1 ? 1 : fit < parts ? (int)fit : parts;
}

static int32_t *
new_map(ptrdiff_t count)
{
    if ((size_t)count >= SIZE_MAX / sizeof(int32_t) - 1)
        return NULL;
    int32_t *map = malloc(((size_t)count + 1) * sizeof *map);
    if (map != NULL)
        map[0] = -1;
    return map;
}

/* The labels of later parts into the numbering of the first. */
static enum sst_status
merge(const struct run *run, int parts)
{
    enum sst_status status = run->parts[0].status;
    for (int p = 1; status == SST_OK && p < parts; p++) {
        struct part *own = run->parts + p;
        status = own->status;
        if (status == SST_OK && (own->map = new_map(own->numbering.count)) == NULL)
            status = SST_NO_MEMORY;
        if (status == SST_OK)
            status = sst_numbering_list(&run->parts[0].numbering, own->numbering.first,
                                        own->numbering.count, own->map + 1);
    }
    return status;
}

/* Ranks in place of the common codes. */
static enum sst_status
rank(const struct run *run, int parts, struct sst_labels *labels)
{
    int32_t *map = new_map(labels->count);
    int same = 1;
    if (map == NULL)
        return SST_NO_MEMORY;
    enum sst_status status =
        sst_rank_labels(run->source, run->parts[0].numbering.texts, labels, map + 1, &same);
    if (status != SST_OK || same) {
        free(map);
        return status;
    }
    for (int p = 1; p < parts; p++)
        for (ptrdiff_t k = 1; k <= run->parts[p].numbering.count; k++)
            run->parts[p].map[k] = map[run->parts[p].map[k] + 1];
    run->parts[0].map = map;
    return SST_OK;
}

enum sst_status
sst_label(const struct sst_label_source *source, int ascending, int threads, int32_t *codes,
          struct sst_labels *labels)
{
    *labels = (struct sst_labels){NULL, 0};
    ptrdiff_t most = source->n / PART_ROWS + 1;
    int parts = most < threads ? (int)most : threads;
    struct run run = {.source = source, .codes = codes};
    run.parts = calloc((size_t)parts, sizeof *run.parts);
    if (run.parts == NULL)
        return SST_NO_MEMORY;
    parts = choose_table(&run, parts);
    sst_parallel(number_part, &run, parts);
    enum sst_status status = merge(&run, parts);
    if (status == SST_OK) {
        *labels = (struct sst_labels){run.parts[0].numbering.first, run.parts[0].numbering.count};
        run.parts[0].numbering.first = NULL;
        if (ascending)
            status = rank(&run, parts, labels);
    }
    if (status == SST_OK)
        sst_parallel(map_part, &run, parts);
    else
        sst_labels_free(labels);
    for (int p = 0; p < parts; p++) {
        sst_numbering_free(&run.parts[p].numbering);
        free(run.parts[p].map);
    }
    free(run.parts);
    return status;
}

void
sst_labels_free(struct sst_labels *labels)
{
    free(labels->first);
    *labels = (struct sst_labels){NULL, 0};
}
