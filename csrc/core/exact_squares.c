/* SPDX-License-Identifier: MIT
 *
 * The cut of values together with their squares. A square is its rounded value and what the
 * rounding lost (T. J. Dekker, 1971), both doubles; the second is below 2^-53 of the first and
 * cut from the next limb down.
 */
#include <math.h>
#include <string.h>

#include "avx2.h"
#include "bits.h"
#include "exact_cut.h"
#include "lost.h"
#include "pairs.h"

SST_INLINE ptrdiff_t
cut_one_by_one(const struct sst_window *window, int digits, int squares,
               const double *restrict values, ptrdiff_t start, ptrdiff_t n, int64_t *restrict rows)
{
    const struct sst_window w = window[0], v = window[1];
    int stride = digits + squares + 1;
    int64_t kept = 0;
    for (ptrdiff_t i = start; i < n; i++) {
        uint64_t digit[SST_WINDOW_MOST], square[SST_WINDOW_MOST] = {0};
        double left = sst_cut_one(&w, digits, values[i], digit);
        int whole = sst_cut_product(&v, squares, values[i], values[i], square);
        int64_t keep = -(int64_t)(whole & (fabs(values[i]) < w.limit) & (left == 0.0));
        for (int d = 0; d < digits; d++)
            rows[i * stride + d] = (int64_t)digit[d] & keep;
        for (int d = 0; d < squares; d++)
            rows[i * stride + digits + d] = (int64_t)square[d] & keep;
        rows[i * stride + stride - 1] = -keep;
        kept -= keep;
    }
    return (ptrdiff_t)kept;
}

#if SST_SSE2

/* What the square p of x lost. */
SST_INLINE __m128d
square_lost(__m128d x, __m128d p)
{
    __m128d t = _mm_mul_pd(_mm_set1_pd(0x1p27 + 1.0), x);
    __m128d a = _mm_sub_pd(t, _mm_sub_pd(t, x)), b = _mm_sub_pd(x, a);
    __m128d sum = _mm_sub_pd(_mm_mul_pd(a, a), p);
    sum = _mm_add_pd(sum, _mm_mul_pd(_mm_add_pd(a, a), b));
    return _mm_add_pd(sum, _mm_mul_pd(b, b));
}

/* Cuts off a digit, adds it to *digit and gives what is left. */
SST_INLINE __m128d
cut_digit(const struct sst_window *w, int d, __m128d x, __m128i *digit)
{
    __m128d magic = _mm_set1_pd(w->magic[d]), t = _mm_add_pd(x, magic);
    __m128i own = _mm_sub_epi64(_mm_castpd_si128(t), _mm_castpd_si128(magic));
    *digit = _mm_add_epi64(*digit, own);
    return _mm_sub_pd(x, _mm_sub_pd(t, magic));
}

/* Three digits, four of the square and the count: a cache line for each value. */
SST_INLINE __m128d
cut_pair(const struct sst_window *w, __m128d x, __m128i *digit)
{
    const __m128d sign = _mm_set1_pd(-0.0), zero = _mm_setzero_pd();
    __m128d square = _mm_mul_pd(x, x), lost = square_lost(x, square), left = x;
    __m128d keep =
        _mm_or_pd(_mm_cmpge_pd(square, _mm_set1_pd(SST_PRODUCT_LEAST)), _mm_cmpeq_pd(x, zero));
    keep = _mm_and_pd(keep, _mm_cmplt_pd(_mm_andnot_pd(sign, x), _mm_set1_pd(w[0].limit)));
    keep = _mm_and_pd(keep, _mm_cmplt_pd(square, _mm_set1_pd(w[1].limit)));
    for (int d = 2; d >= 0; d--)
        left = cut_digit(&w[0], d, left, &digit[d]);
    for (int d = 3; d >= 0; d--) {
        square = cut_digit(&w[1], d, square, &digit[3 + d]);
        if (d < 3)
            lost = cut_digit(&w[1], d, lost, &digit[3 + d]);
    }
    left = _mm_or_pd(_mm_or_pd(left, square), lost);
    return _mm_and_pd(keep, _mm_cmpeq_pd(_mm_andnot_pd(sign, left), zero));
}

SST_INLINE ptrdiff_t
cut_narrow(const struct sst_window *window, const double *restrict values, ptrdiff_t n,
           int64_t *restrict rows)
{
    const struct sst_window w[2] = {window[0], window[1]};
    const __m128i none = _mm_setzero_si128();
    __m128i kept = none;
    ptrdiff_t i = 0;
    for (; i + 2 <= n; i += 2) {
        __m128i digit[8] = {none, none, none, none, none, none, none, none};
        __m128i keep = _mm_castpd_si128(cut_pair(w, _mm_loadu_pd(values + i), digit));
        for (int d = 0; d < 7; d++)
            digit[d] = _mm_and_si128(digit[d], keep);
        digit[7] = _mm_sub_epi64(none, keep);
        kept = _mm_sub_epi64(kept, keep);
        for (int d = 0; d < 8; d += 2) {
            _mm_storeu_si128((__m128i *)(rows + i * 8 + d),
                             _mm_unpacklo_epi64(digit[d], digit[d + 1]));
            _mm_storeu_si128((__m128i *)(rows + i * 8 + 8 + d),
                             _mm_unpackhi_epi64(digit[d], digit[d + 1]));
        }
    }
    int64_t pair[2];
    memcpy(pair, &kept, sizeof pair);
    return (ptrdiff_t)(pair[0] + pair[1]) + cut_one_by_one(w, 3, 4, values, i, n, rows);
}

#else

SST_INLINE ptrdiff_t
cut_narrow(const struct sst_window *window, const double *values, ptrdiff_t n, int64_t *rows)
{
    return cut_one_by_one(window, 3, 4, values, 0, n, rows);
}

#endif

ptrdiff_t
sst_cut_squares(const struct sst_window *window, const double *values, ptrdiff_t n, int64_t *rows)
{
#if SST_AVX2
    if (window->digits == 3 && sst_has_fma()) {
        ptrdiff_t whole = n & ~(ptrdiff_t)3;
        return sst_avx2_cut_squares(window, values, whole, rows) +
               cut_one_by_one(window, 3, 4, values, whole, n, rows);
    }
#endif
    if (window->digits == 3)
        return cut_narrow(window, values, n, rows);
    return cut_one_by_one(window, 5, 8, values, 0, n, rows);
}

ptrdiff_t
sst_cut_integer_squares(const int64_t *values, ptrdiff_t n, int is_unsigned, int64_t *rows)
{
    const int low = SST_LIMB_BITS - SST_UNIT_SHIFT; /* bits in the lowest limb */
    const uint64_t mask = (UINT64_C(1) << SST_LIMB_BITS) - 1;
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t *row = rows + 8 * i;
        int negative = !is_unsigned && values[i] < 0;
        uint64_t size = negative ? UINT64_C(0) - (uint64_t)values[i] : (uint64_t)values[i];
        struct sst_bits x = sst_bits_integer(size, 0), square = sst_bits_product(x, x);
        int64_t sign = negative ? -1 : 1;
        row[0] = (int64_t)(size << SST_UNIT_SHIFT & mask) * sign;
        row[1] = (int64_t)(size >> low) * sign;
        row[2] = 0;
        row[3] = (int64_t)(square.low << SST_UNIT_SHIFT & mask);
        row[4] = (int64_t)((square.low >> low | square.high << (64 - low)) & mask);
        row[5] = (int64_t)(square.high >> (low + SST_LIMB_BITS - 64) & mask);
        row[6] = (int64_t)(square.high >> (low + 2 * SST_LIMB_BITS - 64));
        row[7] = 1;
    }
    return n;
}

SST_INLINE ptrdiff_t
cut_weighted(const struct sst_window *w, int weights, int products, int squares,
             const double *restrict values, const double *restrict factors, ptrdiff_t start,
             ptrdiff_t n, int64_t *restrict rows)
{
    int stride = weights + products + squares + 1;
    int64_t kept = 0;
    for (ptrdiff_t i = start; i < n; i++) {
        uint64_t digit[3 * SST_WINDOW_MOST] = {0};
        double x = values[i], y = factors[i], square = x * x;
        double lost = sst_product_lost(x, x, square);
        uint64_t *at = digit + weights;
        int whole = (sst_cut_one(&w[0], weights, y, digit) == 0.0) & (fabs(y) < w[0].limit);
        whole &= sst_cut_product(&w[1], products, x, y, at) & sst_splits(square, x, x);
        at += products;
        whole &= sst_cut_product(&w[2], squares, square, y, at) &
                 sst_cut_product(&w[2], squares, lost, y, at);
        int64_t keep = -(int64_t)whole;
        for (int d = 0; d < stride - 1; d++)
            rows[i * stride + d] = (int64_t)digit[d] & keep;
        rows[i * stride + stride - 1] = -keep;
        kept -= keep;
    }
    return (ptrdiff_t)kept;
}

ptrdiff_t
sst_cut_weighted_squares(const struct sst_window *window, const double *values,
                         const double *weights, ptrdiff_t n, int64_t *rows)
{
    ptrdiff_t start = 0, kept = 0;
#if SST_AVX2
    if (window->digits == 3 && sst_has_fma()) {
        start = n & ~(ptrdiff_t)3;
        kept = sst_avx2_cut_weighted_squares(window, values, weights, start, rows);
    }
#endif
    if (window->digits == 3)
        return kept + cut_weighted(window, 3, 5, 7, values, weights, start, n, rows);
    return cut_weighted(window, 5, 8, 8, values, weights, 0, n, rows);
}
