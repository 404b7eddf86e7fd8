/* SPDX-License-Identifier: MIT */
#include "avx2.h"

#if SST_AVX2

#include <immintrin.h>
#include <string.h>

#include "exact_cut.h"

/* Four columns of four to four rows, `stride` words from each other. */
SST_WIDE static inline void
store_rows(const __m256i *digit, int64_t *rows, int stride)
{
    __m256i a = _mm256_unpacklo_epi64(digit[0], digit[1]);
    __m256i b = _mm256_unpackhi_epi64(digit[0], digit[1]);
    __m256i c = _mm256_unpacklo_epi64(digit[2], digit[3]);
    __m256i d = _mm256_unpackhi_epi64(digit[2], digit[3]);
    _mm256_storeu_si256((__m256i *)rows, _mm256_permute2x128_si256(a, c, 0x20));
    _mm256_storeu_si256((__m256i *)(rows + stride), _mm256_permute2x128_si256(b, d, 0x20));
    _mm256_storeu_si256((__m256i *)(rows + 2 * stride), _mm256_permute2x128_si256(a, c, 0x31));
    _mm256_storeu_si256((__m256i *)(rows + 3 * stride), _mm256_permute2x128_si256(b, d, 0x31));
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
        store_rows(digit, rows + 4 * i, 4);
    }
    int64_t lanes[4];
    memcpy(lanes, &kept, sizeof lanes);
    return (ptrdiff_t)(lanes[0] + lanes[1] + lanes[2] + lanes[3]);
}

/* Cuts off a digit whose bits, on those of the magic number, go to *bits; gives what is left. */
SST_WIDE_FMA static inline __m256d
cut_digit(const struct sst_window *w, int d, __m256d x, __m256i *bits)
{
    __m256d magic = _mm256_set1_pd(w->magic[d]), t = _mm256_add_pd(x, magic);
    *bits = _mm256_castpd_si256(t);
    return _mm256_sub_pd(x, _mm256_sub_pd(t, magic));
}

SST_WIDE_FMA static inline __m256i
magic_bits(const struct sst_window *w, int d)
{
    return _mm256_castpd_si256(_mm256_set1_pd(w->magic[d]));
}

/* As cut_pair in exact_squares.c. */
SST_WIDE_FMA static inline __m256i
cut_four(const struct sst_window *w, __m256d x, __m256i *digit)
{
    const __m256d sign = _mm256_set1_pd(-0.0), zero = _mm256_setzero_pd();
    __m256d square = _mm256_mul_pd(x, x), lost = _mm256_fmsub_pd(x, x, square), left = x;
    __m256d size = _mm256_andnot_pd(sign, x), least = _mm256_set1_pd(SST_PRODUCT_LEAST);
    __m256d keep =
        _mm256_or_pd(_mm256_cmp_pd(square, least, _CMP_GE_OQ), _mm256_cmp_pd(x, zero, _CMP_EQ_OQ));
    __m256d inside = _mm256_and_pd(_mm256_cmp_pd(size, _mm256_set1_pd(w[0].limit), _CMP_LT_OQ),
                                   _mm256_cmp_pd(square, _mm256_set1_pd(w[1].limit), _CMP_LT_OQ));
    __m256i high, low;
    for (int d = 2; d >= 0; d--) {
        left = cut_digit(&w[0], d, left, &high);
        digit[d] = _mm256_sub_epi64(high, magic_bits(&w[0], d));
    }
    square = cut_digit(&w[1], 3, square, &high);
    digit[6] = _mm256_sub_epi64(high, magic_bits(&w[1], 3));
    for (int d = 2; d >= 0; d--) {
        __m256i twice = _mm256_slli_epi64(magic_bits(&w[1], d), 1);
        square = cut_digit(&w[1], d, square, &high);
        lost = cut_digit(&w[1], d, lost, &low);
        digit[3 + d] = _mm256_sub_epi64(_mm256_add_epi64(high, low), twice);
    }
    left = _mm256_andnot_pd(sign, _mm256_or_pd(_mm256_or_pd(left, square), lost));
    keep = _mm256_and_pd(_mm256_and_pd(keep, inside), _mm256_cmp_pd(left, zero, _CMP_EQ_OQ));
    return _mm256_castpd_si256(keep);
}

SST_WIDE_FMA ptrdiff_t
sst_avx2_cut_squares(const struct sst_window *window, const double *values, ptrdiff_t n,
                     int64_t *rows)
{
    const struct sst_window w[2] = {window[0], window[1]};
    const __m256i none = _mm256_setzero_si256();
    __m256i kept = none;
    for (ptrdiff_t i = 0; i < n; i += 4) {
        __m256i digit[8], keep = cut_four(w, _mm256_loadu_pd(values + i), digit);
        if (_mm256_movemask_pd(_mm256_castsi256_pd(keep)) != 15)
            for (int d = 0; d < 7; d++)
                digit[d] = _mm256_and_si256(digit[d], keep);
        digit[7] = _mm256_sub_epi64(none, keep);
        kept = _mm256_sub_epi64(kept, keep);
        store_rows(digit, rows + 8 * i, 8);
        store_rows(digit + 4, rows + 8 * i + 4, 8);
    }
    int64_t lanes[4];
    memcpy(lanes, &kept, sizeof lanes);
    return (ptrdiff_t)(lanes[0] + lanes[1] + lanes[2] + lanes[3]);
}

/* A value's key beside the same turned over, for four values; where it is NaN `missing` twice. */
SST_WIDE static inline void
pairs_of(__m256d x, __m256i missing, __m128i *pair)
{
    const __m256i ones = _mm256_set1_epi64x(-1);
    __m256i bits = _mm256_castpd_si256(x);
    __m256i negative = _mm256_cmpgt_epi64(_mm256_setzero_si256(), bits);
    __m256i key = _mm256_xor_si256(bits, _mm256_srli_epi64(negative, 1));
    __m256i turned = _mm256_xor_si256(key, ones);
    __m256i gone = _mm256_castpd_si256(_mm256_cmp_pd(x, x, _CMP_UNORD_Q));
    key = _mm256_blendv_epi8(key, missing, gone);
    turned = _mm256_blendv_epi8(turned, missing, gone);
    __m256i even = _mm256_unpacklo_epi64(key, turned), odd = _mm256_unpackhi_epi64(key, turned);
    pair[0] = _mm256_castsi256_si128(even);
    pair[1] = _mm256_castsi256_si128(odd);
    pair[2] = _mm256_extracti128_si256(even, 1);
    pair[3] = _mm256_extracti128_si256(odd, 1);
}

SST_WIDE static inline void
keep_pair(int64_t *row, __m128i pair)
{
    __m128i had = _mm_loadu_si128((const __m128i *)row);
    __m128i least = _mm_blendv_epi8(had, pair, _mm_cmpgt_epi64(had, pair));
    _mm_storeu_si128((__m128i *)row, least);
}

SST_WIDE void
sst_avx2_keep_pairs(const double *values, const int32_t *slot, ptrdiff_t n, int64_t missing,
                    int64_t *table, ptrdiff_t apart, int copies, int ahead)
{
    const __m256i gone = _mm256_set1_epi64x(missing);
    __m128i pair[4];
    for (ptrdiff_t i = 0; i < n; i += 4) {
        pairs_of(_mm256_loadu_pd(values + i), gone, pair);
        for (int k = 0; k < 4; k++) {
            if (ahead > 0)
                __builtin_prefetch(table + (ptrdiff_t)slot[i + k + ahead] * 2, 1);
            keep_pair(table + (k & (copies - 1)) * apart + (ptrdiff_t)slot[i + k] * 2, pair[k]);
        }
    }
}

#else

/* ISO C wants something in every file. */
typedef int sst_no_avx2;

#endif
