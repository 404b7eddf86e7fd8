/* SPDX-License-Identifier: MIT */
#if defined(__linux__)
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#endif

#include "memory.h"

#include <stdint.h>
#include <stdlib.h>

enum { LINE = 64, HUGE_PAGE = 1 << 21 };

/* Lies just before the table, so that the block it is in can be freed. */
struct header {
    void *block;
};

void *
sst_table_new(ptrdiff_t count, size_t size)
{
    if (count < 0 || (size_t)count > (SIZE_MAX / 2 - HUGE_PAGE) / size)
        return NULL;
    size_t bytes = (size_t)count * size;
    size_t align = bytes >= HUGE_PAGE ? HUGE_PAGE : LINE;
    void *block = calloc(1, bytes + align + sizeof(struct header));
    if (block == NULL)
        return NULL;
    char *first = (char *)block + sizeof(struct header);
    void *table = first + (align - (uintptr_t)first % align) % align;
    struct header *header = (struct header *)table - 1;
    header->block = block;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (align == HUGE_PAGE)
        (void)madvise(table, bytes, MADV_HUGEPAGE);
#endif
    return table;
}

void
sst_table_free(void *table)
{
    if (table != NULL)
        free(((struct header *)table - 1)->block);
}
