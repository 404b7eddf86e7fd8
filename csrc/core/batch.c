/* SPDX-License-Identifier: MIT */
#include "batch.h"

#include "avx2.h"

#define BATCH static
#define BATCHES sst_portable_batches
#include "batch_source.h"

const struct sst_batches *
sst_batches(void)
{
#if SST_AVX2
    if (sst_has_fma())
        return &sst_avx2_batches;
#endif
    return &sst_portable_batches;
}
