/* SPDX-License-Identifier: MIT
 *
 * The codes of rows: their bounds, and the rows of a table that a block of them stands for.
 */
#include <string.h>

#include "avx2.h"
#include "group_part.h"
#include "map.h"

static void
wide_bounds(const int64_t *code, ptrdiff_t n, int64_t *least, int64_t *most)
{
    ptrdiff_t done = 0;
    *least = INT64_MAX;
    *most = INT64_MIN;
#if SST_AVX2
    if (n >= 4 && sst_has_avx2()) {
        done = n & ~(ptrdiff_t)3;
        sst_avx2_code_bounds(code, done, least, most);
    }
#endif
    for (ptrdiff_t i = done; i < n; i++) {
        *least = code[i] < *least ? code[i] : *least;
        *most = code[i] > *most ? code[i] : *most;
    }
}

static void
narrow_bounds(const int32_t *code, ptrdiff_t n, int64_t *least, int64_t *most)
{
    int32_t low = INT32_MAX, high = INT32_MIN;
    for (ptrdiff_t i = 0; i < n; i++) {
        low = code[i] < low ? code[i] : low;
        high = code[i] > high ? code[i] : high;
    }
    *least = low;
    *most = high;
}

void
sst_code_bounds(const void *codes, int wide, ptrdiff_t n, int64_t *least, int64_t *most)
{
    *least = 0;
    *most = -1;
    if (n > 0 && wide)
        wide_bounds(codes, n, least, most);
    else if (n > 0)
        narrow_bounds(codes, n, least, most);
}

SST_INLINE int64_t
place_narrow(int32_t *restrict slot, const int32_t *restrict code, ptrdiff_t n, int32_t nobody)
{
    int32_t most = -1;
    for (ptrdiff_t i = 0; i < n; i++) {
        int32_t c = code[i];
        most = c > most ? c : most;
        slot[i] = c < 0 ? nobody + (int32_t)(i % SST_NOBODY) : c;
    }
    return most;
}

/* Codes below zero come at random: by masks, because compilers make this a branch. */
SST_INLINE int64_t
place_wide(int32_t *restrict slot, const int64_t *restrict code, ptrdiff_t n, int32_t nobody)
{
    int64_t most = -1;
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t c = code[i];
        most = c > most ? c : most;
        int64_t none = -(int64_t)(c < 0), row = nobody + i % SST_NOBODY;
        slot[i] = (int32_t)(uint32_t)(uint64_t)((c & ~none) | (row & none));
    }
    return most;
}

static int64_t
place_codes(int32_t *slot, const struct sst_rows *rows, ptrdiff_t start, ptrdiff_t n,
            int32_t nobody)
{
    const int64_t *wide = rows->wide_codes ? (const int64_t *)rows->codes + start : NULL;
    const int32_t *narrow = rows->wide_codes ? NULL : (const int32_t *)rows->codes + start;
    int64_t most = -1, rest;
    ptrdiff_t done = 0;
#if SST_AVX2
    if (sst_has_avx2()) {
        done = n / SST_NOBODY * SST_NOBODY;
        most = wide != NULL ? sst_avx2_place_wide(slot, wide, done, nobody)
                            : sst_avx2_place_narrow(slot, narrow, done, nobody);
    }
#endif
    if (wide != NULL)
        rest = place_wide(slot + done, wide + done, n - done, nobody);
    else
        rest = place_narrow(slot + done, narrow + done, n - done, nobody);
    return rest > most ? rest : most;
}

enum sst_status
sst_block_place(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t start,
                ptrdiff_t end, ptrdiff_t groups)
{
    ptrdiff_t want = block->rows + SST_AHEAD, n = want < end - start ? want : end - start;
    int32_t nobody = (int32_t)groups;
    if (rows->codes == NULL) {
        memset(block->slot, 0, (size_t)want * sizeof *block->slot);
        return SST_OK;
    }
    int64_t most = place_codes(block->slot, rows, start, n, nobody);
    for (ptrdiff_t i = n; i < want; i++)
        block->slot[i] = nobody;
    return most < groups ? SST_OK : SST_CODE_RANGE;
}
