/* SPDX-License-Identifier: MIT
 *
 * Codes with AVX2: their bounds, the rows of a table they stand for, and the additions to those.
 */
#include "avx2.h"

#if SST_AVX2

#include <immintrin.h>
#include <string.h>

#include "map.h"

enum { FOUR = 4 };

SST_WIDE ptrdiff_t
sst_avx2_changes(const int32_t *slot, ptrdiff_t n)
{
    int32_t changes = 0;
    for (ptrdiff_t i = 1; i < n; i++)
        changes += slot[i] != slot[i - 1];
    return changes;
}

/* Pair by pair the one that is greater. */
SST_WIDE static inline __m256i
greater(__m256i a, __m256i b)
{
    return _mm256_blendv_epi8(a, b, _mm256_cmpgt_epi64(b, a));
}

SST_WIDE static inline int64_t
greatest_of(__m256i four)
{
    int64_t lane[FOUR], greatest = INT64_MIN;
    memcpy(lane, &four, sizeof lane);
    for (int k = 0; k < FOUR; k++)
        greatest = lane[k] > greatest ? lane[k] : greatest;
    return greatest;
}

SST_WIDE void
sst_avx2_code_bounds(const int64_t *code, ptrdiff_t n, int64_t *least, int64_t *most)
{
    /* Turned over, a code is the greater the less it was. */
    const __m256i ones = _mm256_set1_epi64x(-1);
    __m256i high = _mm256_set1_epi64x(INT64_MIN), low = high;
    for (ptrdiff_t i = 0; i < n; i += FOUR) {
        __m256i four = _mm256_loadu_si256((const __m256i *)(code + i));
        high = greater(high, four);
        low = greater(low, _mm256_xor_si256(four, ones));
    }
    *most = greatest_of(high);
    *least = ~greatest_of(low);
}

/* A code with its sign bit set is replaced. */
SST_WIDE static inline __m256
placed_wide(__m256i code, __m256i nobody)
{
    __m256d row = _mm256_castsi256_pd(code);
    return _mm256_castpd_ps(_mm256_blendv_pd(row, _mm256_castsi256_pd(nobody), row));
}

SST_WIDE int64_t
sst_avx2_place_wide(int32_t *slot, const int64_t *code, ptrdiff_t n, int32_t nobody)
{
    const __m256i first = _mm256_setr_epi64x(nobody, nobody + 1, nobody + 2, nobody + 3);
    const __m256i second = _mm256_add_epi64(first, _mm256_set1_epi64x(FOUR));
    __m256i most = _mm256_set1_epi64x(-1);
    for (ptrdiff_t i = 0; i < n; i += 2 * FOUR) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(code + i));
        __m256i b = _mm256_loadu_si256((const __m256i *)(code + i + FOUR));
        most = greater(greater(most, a), b);
        /* The low halves, in the order 0 1 4 5 2 3 6 7. */
        __m256 low = _mm256_shuffle_ps(placed_wide(a, first), placed_wide(b, second), 0x88);
        __m256i row = _mm256_permute4x64_epi64(_mm256_castps_si256(low), 0xD8);
        _mm256_storeu_si256((__m256i *)(slot + i), row);
    }
    return greatest_of(most);
}

SST_WIDE int32_t
sst_avx2_place_narrow(int32_t *slot, const int32_t *code, ptrdiff_t n, int32_t nobody)
{
    const __m256i step = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256 none = _mm256_castsi256_ps(_mm256_add_epi32(_mm256_set1_epi32(nobody), step));
    __m256i most = _mm256_set1_epi32(-1);
    for (ptrdiff_t i = 0; i < n; i += 2 * FOUR) {
        __m256i eight = _mm256_loadu_si256((const __m256i *)(code + i));
        __m256 row = _mm256_castsi256_ps(eight);
        most = _mm256_max_epi32(most, eight);
        row = _mm256_blendv_ps(row, none, row);
        _mm256_storeu_si256((__m256i *)(slot + i), _mm256_castps_si256(row));
    }
    int32_t lane[2 * FOUR], greatest = -1;
    memcpy(lane, &most, sizeof lane);
    for (int k = 0; k < 2 * FOUR; k++)
        greatest = lane[k] > greatest ? lane[k] : greatest;
    return greatest;
}

SST_WIDE SST_INLINE void
add_row(int64_t *to, const int64_t *from, int stride)
{
    for (int k = 0; k < stride; k += FOUR) {
        __m256i sum = _mm256_add_epi64(_mm256_loadu_si256((const __m256i *)(to + k)),
                                       _mm256_loadu_si256((const __m256i *)(from + k)));
        _mm256_storeu_si256((__m256i *)(to + k), sum);
    }
}

/* `stride` is a constant where this is inlined; a slot is not negative. */
SST_WIDE SST_INLINE void
scatter(const int64_t *rows, const int32_t *slot, ptrdiff_t n, int64_t *table, ptrdiff_t apart,
        int copies, int ahead, int stride)
{
    int64_t *copy[FOUR];
    ptrdiff_t i = 0;
    for (int k = 0; k < FOUR; k++)
        copy[k] = table + (k & (copies - 1)) * apart;
    for (; i + FOUR <= n; i += FOUR)
        for (int k = 0; k < FOUR; k++) {
            if (ahead > 0)
                __builtin_prefetch(table + (size_t)(uint32_t)slot[i + k + ahead] * (size_t)stride,
                                   1);
            add_row(copy[k] + (size_t)(uint32_t)slot[i + k] * (size_t)stride,
                    rows + (i + k) * stride, stride);
        }
    for (; i < n; i++)
        add_row(copy[i % FOUR] + (size_t)(uint32_t)slot[i] * (size_t)stride, rows + i * stride,
                stride);
}

SST_WIDE void
sst_avx2_scatter(const int64_t *rows, const int32_t *slot, ptrdiff_t n, int64_t *table,
                 ptrdiff_t apart, int copies, int ahead)
{
    if (ahead > 0)
        scatter(rows, slot, n, table, apart, copies, ahead, 4);
    else
        scatter(rows, slot, n, table, apart, copies, 0, 4);
}

SST_WIDE void
sst_avx2_scatter_wide(const int64_t *rows, const int32_t *slot, ptrdiff_t n, int64_t *table,
                      ptrdiff_t apart, int copies, int ahead)
{
    if (ahead > 0)
        scatter(rows, slot, n, table, apart, copies, ahead, 8);
    else
        scatter(rows, slot, n, table, apart, copies, 0, 8);
}

#else

/* ISO C wants something in every file. */
typedef int sst_no_avx2_codes;

#endif
