/* SPDX-License-Identifier: MIT
 *
 * The loops of batch_source.h four pairs at a time.
 */
#include "avx2.h"

#if SST_AVX2

#define SST_FMA 1
#define BATCH SST_WIDE_FMA static
#define BATCHES sst_avx2_batches
#include "batch_source.h"

#else

/* ISO C wants something in every file. */
typedef int sst_no_avx2_batches;

#endif
