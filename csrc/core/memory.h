/* SPDX-License-Identifier: MIT
 *
 * Zeroed tables for set-up code. Large ones lie on huge pages where the system has them:
 * a table hit at random otherwise misses the address cache with every row.
 */
#ifndef SST_MEMORY_H
#define SST_MEMORY_H

#include <stddef.h>

#include "map.h"

/* `count` items of `size` bytes, zeroed, on a cache line at least; NULL if there is no
 * room or the product does not fit. */
void *sst_table_new(ptrdiff_t count, size_t size);
void sst_table_free(void *table);

/* Asks for what will soon be written there. */
SST_INLINE void
sst_prefetch(const void *at)
{
#if defined(__GNUC__)
    __builtin_prefetch(at, 1);
#else
    (void)at;
#endif
}

#endif
