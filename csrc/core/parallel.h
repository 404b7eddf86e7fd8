/* SPDX-License-Identifier: MIT
 *
 * Threads made for one call and joined before it returns: no pool, so nothing can be
 * left over for a forked child. A part that cannot get a thread is done by the caller.
 */
#ifndef SST_PARALLEL_H
#define SST_PARALLEL_H

#include <stddef.h>

enum { SST_MAX_THREADS = 256 };

/* Does part `part` of `parts`; must not depend on which parts run at once. */
typedef void (*sst_part_function)(void *work, int part, int parts);

/* Runs parts 0..parts-1 and returns when all are done. 1 <= parts <= SST_MAX_THREADS. */
void sst_parallel(sst_part_function function, void *work, int parts);

/* Parts that n rows are worth, 1 to `most`: of fewer rows in each, a thread takes longer to start
 * than they do, and a table of few rows may have very many columns. */
int sst_parts_for(ptrdiff_t n, int most);

/* Where part `part` of n rows starts; part == parts gives n. Parts differ by one row at most. */
ptrdiff_t sst_part_start(ptrdiff_t n, int part, int parts);

#endif
