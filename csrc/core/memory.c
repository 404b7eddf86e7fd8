/* SPDX-License-Identifier: MIT */
#if defined(__linux__)
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#endif

#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 64, HUGE_PAGE = 1 << 21 };

/* The start of the block lies just before the table, so that it can be freed. */
void *
sst_table_new(ptrdiff_t count, size_t size)
{
    if (count < 0 || (size_t)count > (SIZE_MAX / 2 - HUGE_PAGE) / size)
        return NULL;
    size_t bytes = (size_t)count * size;
    size_t align = bytes >= HUGE_PAGE ? HUGE_PAGE : LINE;
    char *block = calloc(1, bytes + align + sizeof block);
    if (block == NULL)
        return NULL;
    uintptr_t start = (uintptr_t)(block + sizeof block);
    char *table = block + sizeof block + (align - start % align) % align;
    memcpy(table - sizeof block, &block, sizeof block);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (align == HUGE_PAGE)
        (void)madvise(table, bytes, MADV_HUGEPAGE);
#endif
    return table;
}

void
sst_table_free(void *table)
{
    char *block;
    if (table == NULL)
        return;
    memcpy(&block, (char *)table - sizeof block, sizeof block);
    free(block);
}
