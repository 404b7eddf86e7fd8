/* SPDX-License-Identifier: MIT
 *
 * The keys of a block: values as integers that sort as they do.
 */
#include <math.h>

#include "avx2.h"
#include "bits.h"
#include "select_table.h"

/* All ones where x is NaN. */
SST_INLINE uint64_t
nan_mask(double x)
{
    return sst_beyond(x, (double)INFINITY);
}

/* sst_sortable without a shift of signs, which SSE2 has not for 64 bits. */
SST_INLINE uint64_t
key_of_real(double x)
{
    uint64_t bits = sst_bits_of(x);
    return bits ^ ((0 - (bits >> 63)) >> 1);
}

/* The keys of reals, and where they count. */
SST_INLINE void
real_keys(const struct sst_selection *s, const double *restrict value, ptrdiff_t n, int skip,
          struct sst_keys *restrict keys)
{
    uint64_t missing = (uint64_t)(skip ? SST_NO_KEY : SST_POISON_KEY);
    int64_t leaves_out = skip != 0;
    for (int k = 0; k < s->keys; k++) {
        uint64_t turn = (uint64_t)s->turn[k];
        for (ptrdiff_t i = 0; i < n; i++) {
            uint64_t gone = nan_mask(value[i]);
            keys->key[k][i] =
                (int64_t)(((key_of_real(value[i]) ^ turn) & ~gone) | (missing & gone));
        }
    }
    for (ptrdiff_t i = 0; s->counted && i < n; i++)
        keys->present[i] = 1 - ((int64_t)(nan_mask(value[i]) & 1) & leaves_out);
}

#if SST_AVX2

SST_WIDE static void
real_keys_by_fours(const struct sst_selection *s, const double *value, ptrdiff_t n, int skip,
                   struct sst_keys *keys)
{
    real_keys(s, value, n, skip, keys);
}

#endif

static void
integer_keys(const struct sst_selection *s, const struct sst_block *block, int64_t flip,
             struct sst_keys *keys)
{
    for (int k = 0; k < s->keys; k++)
        for (ptrdiff_t i = 0; i < block->rows; i++)
            keys->key[k][i] = block->whole[i] ^ flip ^ s->turn[k];
    for (ptrdiff_t i = 0; i < block->rows; i++)
        keys->present[i] = 1;
}

static void
leave_out_without_weight(const struct sst_selection *s, const struct sst_block *block,
                         struct sst_keys *keys)
{
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        uint64_t gone = nan_mask(block->weight[i]);
        if (s->counted)
            keys->present[i] &= (int64_t)~gone;
        for (int k = 0; k < s->keys; k++)
            keys->key[k][i] =
                (int64_t)(((uint64_t)keys->key[k][i] & ~gone) | ((uint64_t)SST_NO_KEY & gone));
    }
}

void
sst_selection_keys(const struct sst_selection *s, const struct sst_block *block,
                   const struct sst_rows *rows, struct sst_keys *keys)
{
    if (sst_is_integer(rows->kind))
        integer_keys(s, block, rows->kind == SST_UINT64 ? INT64_MIN : 0, keys);
#if SST_AVX2
    else if (sst_has_avx2())
        real_keys_by_fours(s, block->real, block->rows, rows->skip_missing, keys);
#endif
    else
        real_keys(s, block->real, block->rows, rows->skip_missing, keys);
    if (rows->weights != NULL)
        leave_out_without_weight(s, block, keys);
}
