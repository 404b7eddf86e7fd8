/* SPDX-License-Identifier: MIT */
#include "avx2.h"

#if SST_AVX2

#include <immintrin.h>
#include <string.h>

#include "exact_cut.h"

/* Four columns of four to four rows. */
SST_WIDE static inline void
store_rows(const __m256i *digit, int64_t *rows)
{
    __m256i a = _mm256_unpacklo_epi64(digit[0], digit[1]);
    __m256i b = _mm256_unpackhi_epi64(digit[0], digit[1]);
    __m256i c = _mm256_unpacklo_epi64(digit[2], digit[3]);
    __m256i d = _mm256_unpackhi_epi64(digit[2], digit[3]);
    __m256i *to = (__m256i *)rows;
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(a, c, 0x20));
    _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(b, d, 0x20));
    _mm256_storeu_si256(to + 2, _mm256_permute2x128_si256(a, c, 0x31));
    _mm256_storeu_si256(to + 3, _mm256_permute2x128_si256(b, d, 0x31));
}

SST_WIDE ptrdiff_t
sst_avx2_cut(const struct sst_window *w, const double *values, ptrdiff_t n, int64_t *rows)
{
    const __m256d sign = _mm256_set1_pd(-0.0), limit = _mm256_set1_pd(w->limit);
    const __m256d magic[3] = {_mm256_set1_pd(w->magic[0]), _mm256_set1_pd(w->magic[1]),
                              _mm256_set1_pd(w->magic[2])};
    const __m256i none = _mm256_setzero_si256();
    __m256i kept = none;
    for (ptrdiff_t i = 0; i < n; i += 4) {
        __m256i digit[4];
        __m256d x = _mm256_loadu_pd(values + i), size = _mm256_andnot_pd(sign, x);
        for (int d = 2; d >= 0; d--) {
            __m256d t = _mm256_add_pd(x, magic[d]);
            digit[d] = _mm256_sub_epi64(_mm256_castpd_si256(t), _mm256_castpd_si256(magic[d]));
            x = _mm256_sub_pd(x, _mm256_sub_pd(t, magic[d]));
        }
        __m256i keep =
            _mm256_castpd_si256(_mm256_and_pd(_mm256_cmp_pd(size, limit, _CMP_LT_OQ),
                                              _mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_EQ_OQ)));
        for (int d = 0; d < 3; d++)
            digit[d] = _mm256_and_si256(digit[d], keep);
        digit[3] = _mm256_sub_epi64(none, keep);
        kept = _mm256_sub_epi64(kept, keep);
        store_rows(digit, rows + 4 * i);
    }
    int64_t lanes[4];
    memcpy(lanes, &kept, sizeof lanes);
    return (ptrdiff_t)(lanes[0] + lanes[1] + lanes[2] + lanes[3]);
}

SST_WIDE static inline void
add_row(int64_t *to, const int64_t *from)
{
    __m256i sum = _mm256_add_epi64(_mm256_loadu_si256((const __m256i *)to),
                                   _mm256_loadu_si256((const __m256i *)from));
    _mm256_storeu_si256((__m256i *)to, sum);
}

SST_WIDE void
sst_avx2_scatter(const int64_t *rows, const int32_t *slot, ptrdiff_t n, int64_t *table,
                 ptrdiff_t apart, int copies, int ahead)
{
    if (ahead > 0) {
        for (ptrdiff_t i = 0; i < n; i++) {
            __builtin_prefetch(table + (ptrdiff_t)slot[i + ahead] * 4, 1);
            add_row(table + (ptrdiff_t)slot[i] * 4, rows + 4 * i);
        }
        return;
    }
    for (ptrdiff_t i = 0; i < n; i++)
        add_row(table + (i & (copies - 1)) * apart + (ptrdiff_t)slot[i] * 4, rows + 4 * i);
}

#else

/* ISO C wants something in every file. */
typedef int sst_no_avx2;

#endif
