/* SPDX-License-Identifier: MIT
 *
 * What is computed four values at a time where the processor has AVX2: found out at each
 * call, since one build serves all x86-64. The results have the same bits.
 * -DSST_NO_AVX2 leaves it out.
 */
#ifndef SST_AVX2_H
#define SST_AVX2_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) && defined(__x86_64__) && !defined(SST_NO_AVX2)
#define SST_AVX2 1
/* Before a function that is to be called with AVX2 alone, and one with FMA as well. */
#define SST_WIDE __attribute__((target("avx2")))
#define SST_WIDE_FMA __attribute__((target("avx2,fma")))

struct sst_batches;
struct sst_window;

static inline int
sst_has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

static inline int
sst_has_fma(void)
{
    return sst_has_avx2() && __builtin_cpu_supports("fma");
}

/* As sst_portable_batches. */
extern const struct sst_batches sst_avx2_batches;

/* As sst_cut_reals for three digits, n a multiple of four. */
ptrdiff_t sst_avx2_cut(const struct sst_window *window, const double *values, ptrdiff_t n,
                       int64_t *rows);

/* As sst_cut_squares for three and four digits, n a multiple of four. Needs FMA. */
ptrdiff_t sst_avx2_cut_squares(const struct sst_window *window, const double *values, ptrdiff_t n,
                               int64_t *rows);

/* As sst_cut_products and sst_cut_crosses, n a multiple of four. Need FMA. */
ptrdiff_t sst_avx2_cut_products(const struct sst_window *window, const double *values,
                                const double *weights, ptrdiff_t n, int64_t *rows);
ptrdiff_t sst_avx2_cut_crosses(const struct sst_window *window, const double *values,
                               const double *others, const double *weights, ptrdiff_t n,
                               int64_t *rows);

/* As sst_cut_weighted_squares for three, five and seven digits, n a multiple of four. Needs FMA. */
ptrdiff_t sst_avx2_cut_weighted_squares(const struct sst_window *window, const double *values,
                                        const double *weights, ptrdiff_t n, int64_t *rows);

/* How often a slot differs from the one before it. */
ptrdiff_t sst_avx2_changes(const int32_t *slot, ptrdiff_t n);

/* As sst_code_bounds of codes of 64 bits, n a multiple of four and not zero. */
void sst_avx2_code_bounds(const int64_t *code, ptrdiff_t n, int64_t *least, int64_t *most);

/* As sst_block_place of codes of 64 and 32 bits, n a multiple of eight; gives the greatest, or -1.
 */
int64_t sst_avx2_place_wide(int32_t *slot, const int64_t *code, ptrdiff_t n, int32_t nobody);
int32_t sst_avx2_place_narrow(int32_t *slot, const int32_t *code, ptrdiff_t n, int32_t nobody);

/* Adds n rows of four words to table rows slot[i]; row i to the copy i mod `copies` (a power
 * of two), `apart` words from each other. With `ahead`, fetches slot[i + ahead]. */
void sst_avx2_scatter(const int64_t *rows, const int32_t *slot, ptrdiff_t n, int64_t *table,
                      ptrdiff_t apart, int copies, int ahead);

/* The same of rows of eight words. */
void sst_avx2_scatter_wide(const int64_t *rows, const int32_t *slot, ptrdiff_t n, int64_t *table,
                           ptrdiff_t apart, int copies, int ahead);

/* Keeps in each table row of two words the least of what is there and of a value's key, and of that
 * key turned over (select.h); NaN has the key `missing` in both. n is a multiple of four; copies
 * and `ahead` as above. */
void sst_avx2_keep_pairs(const double *values, const int32_t *slot, ptrdiff_t n, int64_t missing,
                         int64_t *table, ptrdiff_t apart, int copies, int ahead);

#else
#define SST_AVX2 0
#define SST_WIDE

static inline int
sst_has_avx2(void)
{
    return 0;
}

#endif

#endif
