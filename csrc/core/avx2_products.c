/* SPDX-License-Identifier: MIT
 *
 * The cuts of products, four at a time: as those of exact_cut.c and exact_squares.c, with what
 * a product lost from a fused multiply-add.
 */
#include "avx2.h"

#if SST_AVX2

#include <immintrin.h>
#include <string.h>

#include "exact_cut.h"
#include "map.h"

/* Cuts off a digit, adds it to *digit and gives what is left. */
SST_WIDE_FMA SST_INLINE __m256d
cut_digit(const struct sst_window *w, int d, __m256d x, __m256i *digit)
{
    __m256d magic = _mm256_set1_pd(w->magic[d]), t = _mm256_add_pd(x, magic);
    __m256i own = _mm256_sub_epi64(_mm256_castpd_si256(t), _mm256_castpd_si256(magic));
    *digit = _mm256_add_epi64(*digit, own);
    return _mm256_sub_pd(x, _mm256_sub_pd(t, magic));
}

SST_WIDE_FMA SST_INLINE __m256d
size_of(__m256d x)
{
    return _mm256_andnot_pd(_mm256_set1_pd(-0.0), x);
}

SST_WIDE_FMA SST_INLINE __m256d
is_below(__m256d x, double limit)
{
    return _mm256_cmp_pd(size_of(x), _mm256_set1_pd(limit), _CMP_LT_OQ);
}

SST_WIDE_FMA SST_INLINE __m256d
is_zero(__m256d x)
{
    return _mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_EQ_OQ);
}

/* As sst_splits. */
SST_WIDE_FMA SST_INLINE __m256d
splits(__m256d product, __m256d x, __m256d y)
{
    __m256d least = _mm256_set1_pd(SST_PRODUCT_LEAST);
    __m256d whole = _mm256_cmp_pd(size_of(product), least, _CMP_GE_OQ);
    whole = _mm256_or_pd(whole, _mm256_or_pd(is_zero(x), is_zero(y)));
    __m256d small = _mm256_and_pd(is_below(x, SST_FACTOR_MOST), is_below(y, SST_FACTOR_MOST));
    return _mm256_and_pd(whole, small);
}

/* As sst_cut_product. */
SST_WIDE_FMA SST_INLINE __m256d
cut_product(const struct sst_window *w, int digits, __m256d x, __m256d y, __m256i *digit)
{
    __m256d left = _mm256_mul_pd(x, y), lost = _mm256_fmsub_pd(x, y, left);
    __m256d keep = _mm256_and_pd(splits(left, x, y), is_below(left, w->limit));
    left = cut_digit(w, digits - 1, left, &digit[digits - 1]);
    for (int d = digits - 2; d >= 0; d--) {
        left = cut_digit(w, d, left, &digit[d]);
        lost = cut_digit(w, d, lost, &digit[d]);
    }
    return _mm256_and_pd(keep, _mm256_and_pd(is_zero(left), is_zero(lost)));
}

/* Four rows of digits and of what is counted, an even number of words, or zeros where they are
 * not kept; and 1 more for each that is in *kept. */
SST_WIDE_FMA SST_INLINE void
store_kept(__m256i *digit, int digits, __m256d keep, int64_t *rows, __m256i *kept)
{
    int stride = digits + 1;
    __m256i mask = _mm256_castpd_si256(keep);
    for (int d = 0; d < digits; d++)
        digit[d] = _mm256_and_si256(digit[d], mask);
    digit[digits] = _mm256_sub_epi64(_mm256_setzero_si256(), mask);
    *kept = _mm256_sub_epi64(*kept, mask);
    for (int d = 0; d < stride; d += 2, rows += 2) {
        __m256i even = _mm256_unpacklo_epi64(digit[d], digit[d + 1]);
        __m256i odd = _mm256_unpackhi_epi64(digit[d], digit[d + 1]);
        _mm_storeu_si128((__m128i *)rows, _mm256_castsi256_si128(even));
        _mm_storeu_si128((__m128i *)(rows + stride), _mm256_castsi256_si128(odd));
        _mm_storeu_si128((__m128i *)(rows + 2 * stride), _mm256_extracti128_si256(even, 1));
        _mm_storeu_si128((__m128i *)(rows + 3 * stride), _mm256_extracti128_si256(odd, 1));
    }
}

SST_WIDE_FMA static ptrdiff_t
sum_of(__m256i kept)
{
    int64_t lanes[4];
    memcpy(lanes, &kept, sizeof lanes);
    return (ptrdiff_t)(lanes[0] + lanes[1] + lanes[2] + lanes[3]);
}

/* Products of values and, unless `others` is NULL, of them, all times the weights. */
SST_WIDE_FMA SST_INLINE ptrdiff_t
cut_products(const struct sst_window *window, int digits, const double *values,
             const double *others, const double *weights, ptrdiff_t n, int64_t *rows)
{
    const struct sst_window w = *window;
    __m256i kept = _mm256_setzero_si256();
    for (ptrdiff_t i = 0; i < n; i += 4) {
        __m256i digit[SST_WINDOW_MOST];
        __m256d x = _mm256_loadu_pd(values + i), y = _mm256_loadu_pd(weights + i), keep;
        for (int d = 0; d < digits; d++)
            digit[d] = _mm256_setzero_si256();
        if (others == NULL)
            keep = cut_product(&w, digits, x, y, digit);
        else {
            __m256d other = _mm256_loadu_pd(others + i), product = _mm256_mul_pd(x, other);
            __m256d lost = _mm256_fmsub_pd(x, other, product);
            keep = _mm256_and_pd(splits(product, x, other),
                                 cut_product(&w, digits, product, y, digit));
            keep = _mm256_and_pd(keep, cut_product(&w, digits, lost, y, digit));
        }
        store_kept(digit, digits, keep, rows + i * (digits + 1), &kept);
    }
    return sum_of(kept);
}

SST_WIDE_FMA ptrdiff_t
sst_avx2_cut_products(const struct sst_window *window, const double *values, const double *weights,
                      ptrdiff_t n, int64_t *rows)
{
    switch (window->digits) {
    case 3:
        return cut_products(window, 3, values, NULL, weights, n, rows);
    case 5:
        return cut_products(window, 5, values, NULL, weights, n, rows);
    default:
        return cut_products(window, 7, values, NULL, weights, n, rows);
    }
}

SST_WIDE_FMA ptrdiff_t
sst_avx2_cut_crosses(const struct sst_window *window, const double *values, const double *others,
                     const double *weights, ptrdiff_t n, int64_t *rows)
{
    switch (window->digits) {
    case 3:
        return cut_products(window, 3, values, others, weights, n, rows);
    case 5:
        return cut_products(window, 5, values, others, weights, n, rows);
    default:
        return cut_products(window, 7, values, others, weights, n, rows);
    }
}

SST_WIDE_FMA ptrdiff_t
sst_avx2_cut_weighted_squares(const struct sst_window *window, const double *values,
                              const double *weights, ptrdiff_t n, int64_t *rows)
{
    enum { WEIGHTS = 3, PRODUCTS = 5, SQUARES = 7, DIGITS = WEIGHTS + PRODUCTS + SQUARES };
    const struct sst_window w[3] = {window[0], window[1], window[2]};
    __m256i kept = _mm256_setzero_si256();
    for (ptrdiff_t i = 0; i < n; i += 4) {
        __m256i digit[DIGITS + 1];
        __m256d x = _mm256_loadu_pd(values + i), y = _mm256_loadu_pd(weights + i), left = y;
        __m256d square = _mm256_mul_pd(x, x), lost = _mm256_fmsub_pd(x, x, square);
        __m256d keep = _mm256_and_pd(splits(square, x, x), is_below(y, w[0].limit));
        for (int d = 0; d < DIGITS; d++)
            digit[d] = _mm256_setzero_si256();
        for (int d = WEIGHTS - 1; d >= 0; d--)
            left = cut_digit(&w[0], d, left, &digit[d]);
        keep = _mm256_and_pd(keep, is_zero(left));
        keep = _mm256_and_pd(keep, cut_product(&w[1], PRODUCTS, x, y, digit + WEIGHTS));
        __m256i *squares = digit + WEIGHTS + PRODUCTS;
        keep = _mm256_and_pd(keep, cut_product(&w[2], SQUARES, square, y, squares));
        keep = _mm256_and_pd(keep, cut_product(&w[2], SQUARES, lost, y, squares));
        store_kept(digit, DIGITS, keep, rows + i * (DIGITS + 1), &kept);
    }
    return sum_of(kept);
}

#else

/* ISO C wants something in every file. */
typedef int sst_no_avx2_products;

#endif
