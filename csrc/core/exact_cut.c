/* SPDX-License-Identifier: MIT */
#include "exact_cut.h"

#include <math.h>
#include <string.h>

#include "avx2.h"
#include "bits.h"
#include "map.h"
#include "pairs.h"

SST_INLINE ptrdiff_t
cut_one_by_one(const struct sst_window *window, int digits, const double *restrict values,
               ptrdiff_t start, ptrdiff_t n, int64_t *restrict rows)
{
    const struct sst_window w = *window;
    int64_t kept = 0;
    for (ptrdiff_t i = start; i < n; i++) {
        uint64_t digit[SST_WINDOW_MOST];
        double left = sst_cut_one(&w, digits, values[i], digit);
        int64_t keep = -(int64_t)((fabs(values[i]) < w.limit) & (left == 0.0));
        for (int d = 0; d < digits; d++)
            rows[i * (digits + 1) + d] = (int64_t)digit[d] & keep;
        rows[i * (digits + 1) + digits] = -keep;
        kept -= keep;
    }
    return (ptrdiff_t)kept;
}

#if SST_SSE2

/* The same for two values at a time. (Left to themselves, compilers take the comparisons
 * apart: there are none of 64-bit integers in SSE2.) */
SST_INLINE ptrdiff_t
cut_reals(const struct sst_window *w, int digits, const double *restrict values, ptrdiff_t n,
          int64_t *restrict rows)
{
    const __m128d sign = _mm_set1_pd(-0.0), limit = _mm_set1_pd(w->limit), zero = _mm_setzero_pd();
    const __m128i none = _mm_setzero_si128();
    __m128i kept = none;
    ptrdiff_t i = 0;
    for (; i + 2 <= n; i += 2) {
        __m128i digit[SST_WINDOW_MOST + 1], keep;
        __m128d x = _mm_loadu_pd(values + i), size = _mm_andnot_pd(sign, x);
        for (int d = digits - 1; d >= 0; d--) {
            __m128d magic = _mm_set1_pd(w->magic[d]), t = _mm_add_pd(x, magic);
            digit[d] = _mm_sub_epi64(_mm_castpd_si128(t), _mm_castpd_si128(magic));
            x = _mm_sub_pd(x, _mm_sub_pd(t, magic));
        }
        keep = _mm_castpd_si128(_mm_and_pd(_mm_cmplt_pd(size, limit), _mm_cmpeq_pd(x, zero)));
        for (int d = 0; d < digits; d++)
            digit[d] = _mm_and_si128(digit[d], keep);
        digit[digits] = _mm_sub_epi64(none, keep);
        kept = _mm_sub_epi64(kept, keep);
        for (int d = 0; d <= digits; d += 2) {
            __m128i *first = (__m128i *)(rows + i * (digits + 1) + d);
            __m128i *second = (__m128i *)(rows + (i + 1) * (digits + 1) + d);
            _mm_storeu_si128(first, _mm_unpacklo_epi64(digit[d], digit[d + 1]));
            _mm_storeu_si128(second, _mm_unpackhi_epi64(digit[d], digit[d + 1]));
        }
    }
    int64_t pair[2];
    memcpy(pair, &kept, sizeof pair);
    return (ptrdiff_t)(pair[0] + pair[1]) + cut_one_by_one(w, digits, values, i, n, rows);
}

#else

SST_INLINE ptrdiff_t
cut_reals(const struct sst_window *w, int digits, const double *values, ptrdiff_t n, int64_t *rows)
{
    return cut_one_by_one(w, digits, values, 0, n, rows);
}

#endif

SST_INLINE ptrdiff_t
cut_products(const struct sst_window *window, int digits, const double *restrict values,
             const double *restrict weights, ptrdiff_t start, ptrdiff_t n, int64_t *restrict rows)
{
    const struct sst_window w = *window;
    int64_t kept = 0;
    for (ptrdiff_t i = start; i < n; i++) {
        uint64_t digit[SST_WINDOW_MOST] = {0};
        int64_t keep = -(int64_t)sst_cut_product(&w, digits, values[i], weights[i], digit);
        for (int d = 0; d < digits; d++)
            rows[i * (digits + 1) + d] = (int64_t)digit[d] & keep;
        rows[i * (digits + 1) + digits] = -keep;
        kept -= keep;
    }
    return (ptrdiff_t)kept;
}

/* A product of three is that of two and of what its rounding lost, each times the third. */
SST_INLINE ptrdiff_t
cut_crosses(const struct sst_window *window, int digits, const double *restrict values,
            const double *restrict others, const double *restrict weights, ptrdiff_t start,
            ptrdiff_t n, int64_t *restrict rows)
{
    const struct sst_window w = *window;
    int64_t kept = 0;
    for (ptrdiff_t i = start; i < n; i++) {
        uint64_t digit[SST_WINDOW_MOST] = {0};
        double x = values[i], y = others[i], product = x * y;
        int whole = sst_splits(product, x, y) &
                    sst_cut_product(&w, digits, product, weights[i], digit) &
                    sst_cut_product(&w, digits, sst_product_lost(x, y, product), weights[i], digit);
        int64_t keep = -(int64_t)whole;
        for (int d = 0; d < digits; d++)
            rows[i * (digits + 1) + d] = (int64_t)digit[d] & keep;
        rows[i * (digits + 1) + digits] = -keep;
        kept -= keep;
    }
    return (ptrdiff_t)kept;
}

#if SST_AVX2

static ptrdiff_t
cut_by_fours(const struct sst_window *w, const double *values, ptrdiff_t n, int64_t *rows)
{
    ptrdiff_t whole = n & ~(ptrdiff_t)3;
    return sst_avx2_cut(w, values, whole, rows) + cut_one_by_one(w, 3, values, whole, n, rows);
}

#endif

ptrdiff_t
sst_cut_reals(const struct sst_window *window, const double *values, ptrdiff_t n, int64_t *rows)
{
#if SST_AVX2
    if (window->digits == 3 && sst_has_avx2())
        return cut_by_fours(window, values, n, rows);
#endif
    switch (window->digits) {
    case 3:
        return cut_reals(window, 3, values, n, rows);
    case 5:
        return cut_reals(window, 5, values, n, rows);
    default:
        return cut_reals(window, 7, values, n, rows);
    }
}

ptrdiff_t
sst_cut_products(const struct sst_window *window, const double *values, const double *weights,
                 ptrdiff_t n, int64_t *rows)
{
    ptrdiff_t start = 0, kept = 0;
#if SST_AVX2
    if (sst_has_fma()) {
        start = n & ~(ptrdiff_t)3;
        kept = sst_avx2_cut_products(window, values, weights, start, rows);
    }
#endif
    switch (window->digits) {
    case 3:
        return kept + cut_products(window, 3, values, weights, start, n, rows);
    case 5:
        return kept + cut_products(window, 5, values, weights, start, n, rows);
    default:
        return kept + cut_products(window, 7, values, weights, start, n, rows);
    }
}

ptrdiff_t
sst_cut_crosses(const struct sst_window *window, const double *values, const double *others,
                const double *weights, ptrdiff_t n, int64_t *rows)
{
    ptrdiff_t start = 0, kept = 0;
#if SST_AVX2
    if (sst_has_fma()) {
        start = n & ~(ptrdiff_t)3;
        kept = sst_avx2_cut_crosses(window, values, others, weights, start, rows);
    }
#endif
    switch (window->digits) {
    case 3:
        return kept + cut_crosses(window, 3, values, others, weights, start, n, rows);
    case 5:
        return kept + cut_crosses(window, 5, values, others, weights, start, n, rows);
    default:
        return kept + cut_crosses(window, 7, values, others, weights, start, n, rows);
    }
}

ptrdiff_t
sst_cut_integers(const int64_t *values, ptrdiff_t n, int is_unsigned, int64_t *rows)
{
    const int low_bits = SST_LIMB_BITS - SST_UNIT_SHIFT;
    const int64_t mask = (INT64_C(1) << low_bits) - 1;
    /* Of the sign bits that the shift brings in, an unsigned value keeps none. */
    const int64_t high_mask = is_unsigned ? (INT64_C(1) << (64 - low_bits)) - 1 : -1;
    for (ptrdiff_t i = 0; i < n; i++) {
        rows[4 * i] = (values[i] & mask) * (INT64_C(1) << SST_UNIT_SHIFT);
        rows[4 * i + 1] = (values[i] >> low_bits) & high_mask;
        rows[4 * i + 2] = 0;
        rows[4 * i + 3] = 1;
    }
    return n;
}
