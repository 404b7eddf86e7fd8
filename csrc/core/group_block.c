/* SPDX-License-Identifier: MIT
 *
 * A block of rows: scatter.
 */
#include "group_part.h"

#include "avx2.h"
#include "map.h"
#include "pairs.h"

/* Rows have an even number of words. */
SST_INLINE void
add_row(int64_t *restrict to, const int64_t *restrict from, int stride)
{
#if SST_SSE2
    for (int k = 0; k < stride; k += 2) {
        __m128i sum = _mm_add_epi64(_mm_loadu_si128((const __m128i *)(to + k)),
                                    _mm_loadu_si128((const __m128i *)(from + k)));
        _mm_storeu_si128((__m128i *)(to + k), sum);
    }
#else
    for (int k = 0; k < stride; k++)
        to[k] += from[k];
#endif
}

/* A row at a time, into a table that does not fit the cache. */
SST_INLINE void
scatter_far(const struct sst_block *block, int64_t *table, int stride)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        sst_prefetch(table + (ptrdiff_t)block->slot[i + SST_AHEAD] * stride);
        add_row(table + (ptrdiff_t)block->slot[i] * stride, block->cut + i * stride, stride);
    }
}

/* A row at a time, into `copies` tables in turn. */
SST_INLINE void
scatter_near(const struct sst_block *block, int64_t *table, ptrdiff_t apart, int stride, int copies)
{
    for (ptrdiff_t i = 0; i < block->rows; i++)
        add_row(table + (i & (copies - 1)) * apart + (ptrdiff_t)block->slot[i] * stride,
                block->cut + i * stride, stride);
}

/* Runs of one cluster are added up apart from the table. */
SST_INLINE void
scatter_runs(const struct sst_block *block, int64_t *table, int stride)
{
    for (ptrdiff_t i = 0; i < block->rows;) {
        int64_t total[SST_STRIDE_MOST] = {0};
        ptrdiff_t slot = block->slot[i];
        for (; i < block->rows && block->slot[i] == slot; i++)
            add_row(total, block->cut + i * stride, stride);
        add_row(table + slot * stride, total, stride);
    }
}

static ptrdiff_t
count_changes(const struct sst_block *block)
{
    int32_t changes = 0;
    for (ptrdiff_t i = 1; i < block->rows; i++)
        changes += block->slot[i] != block->slot[i - 1];
    return changes;
}

SST_INLINE void
scatter(const struct sst_block *block, int64_t *table, ptrdiff_t groups, int stride, int copies)
{
    ptrdiff_t apart = sst_rows_for(groups) * stride;
    if (count_changes(block) <= block->rows / 8)
        scatter_runs(block, table, stride);
    else if (copies > 1)
        scatter_near(block, table, apart, stride, SST_COPIES);
    else if (apart < SST_CACHED_WORDS)
        scatter_near(block, table, apart, stride, 1);
    else
        scatter_far(block, table, stride);
}

#if SST_AVX2

static void
scatter_by_fours(const struct sst_block *block, int64_t *table, ptrdiff_t groups, int stride,
                 int copies)
{
    ptrdiff_t apart = sst_rows_for(groups) * stride;
    int ahead = apart < SST_CACHED_WORDS ? 0 : SST_AHEAD;
    if (stride == 4)
        sst_avx2_scatter(block->cut, block->slot, block->rows, table, apart, copies, ahead);
    else
        sst_avx2_scatter_wide(block->cut, block->slot, block->rows, table, apart, copies, ahead);
}

#endif

void
sst_block_scatter(const struct sst_block *block, int64_t *table, ptrdiff_t groups, int stride,
                  int copies)
{
#if SST_AVX2
    if ((stride == 4 || stride == 8) && sst_has_avx2() &&
        sst_avx2_changes(block->slot, block->rows) > block->rows / 8) {
        scatter_by_fours(block, table, groups, stride, copies);
        return;
    }
#endif
    switch (stride) {
    case 4:
        scatter(block, table, groups, 4, copies);
        break;
    case 6:
        scatter(block, table, groups, 6, copies);
        break;
    case 8:
        scatter(block, table, groups, 8, copies);
        break;
    case 14:
        scatter(block, table, groups, 14, copies);
        break;
    case 16:
        scatter(block, table, groups, 16, copies);
        break;
    default:
        scatter(block, table, groups, SST_STRIDE_MOST, copies);
    }
}
