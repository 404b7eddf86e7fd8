/* SPDX-License-Identifier: MIT
 *
 * The memory of a numbering, which doubles as labels come.
 */
#include "label_number.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { FIRST_BITS = 12, FIRST_ROOM = 1024 };

/* Labels that codes can number, less a block that may be on its way. */
#define MOST_LABELS ((ptrdiff_t)INT32_MAX - SST_LABEL_BLOCK)

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
        size_t slot = sst_label_home(old[k].key, bits);
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
        ptrdiff_t most = numbering->source->n < room ? numbering->source->n : room;
        char *texts = sst_table_new(most, width > 0 ? width : 1);
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

enum sst_status
sst_numbering_reserve(struct sst_numbering *numbering)
{
    ptrdiff_t want = numbering->count + SST_LABEL_BLOCK;
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

void
sst_numbering_free(struct sst_numbering *numbering)
{
    free(numbering->first);
    sst_table_free(numbering->texts);
    sst_table_free(numbering->table);
    sst_table_free(numbering->slots);
    *numbering = (struct sst_numbering){.source = numbering->source};
}
