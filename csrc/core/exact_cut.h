/* SPDX-License-Identifier: MIT
 *
 * The cut: a block of values into digits of a window, without a conversion instruction.
 *
 * With M = 1.5 * 2^(52+q), t = x + M rounds x to a multiple of 2^q, and the bits of t
 * less the bits of M, as an integer, are that multiple (|x| <= 2^(51+q)); x - (t - M) is
 * exact and goes on to the next limb. A value is in the window when it is below the top
 * limb's reach and nothing is left below the lowest. Adding such an M is the old way to
 * round without a rounding instruction; here the rounded part is kept as an integer.
 *
 * Row i of the result is `digits` digits and then 1, or all zeros where the value is not
 * in the window: adding a row to a cluster's row adds the value and counts it.
 */
#ifndef SST_EXACT_CUT_H
#define SST_EXACT_CUT_H

#include "bits.h"
#include "exact.h"
#include "lost.h"

struct sst_window {
    int lo;       /* the lowest limb */
    int digits;   /* 3 to SST_WINDOW_MOST limbs */
    double limit; /* what the top limb reaches: below it, a digit has 38 bits */
    double magic[SST_WINDOW_MOST];
};

/* Where the cut works: 1.5 * 2^(52+q) is a normal, finite double. */
enum { SST_CUT_LOWEST = 0, SST_CUT_TOP = 53 };

/* |p| from here on has its rounding error as a double: its last bit is 2^-1066 or more. */
#define SST_PRODUCT_LEAST 0x1p-960
#define SST_FACTOR_MOST 0x1p500

/* The limb that 2^0 is in, and its place there: limb 28 counts multiples of 2^-10. */
enum {
    SST_UNIT_LIMB = -SST_LIMB_ORIGIN / SST_LIMB_BITS,
    SST_UNIT_SHIFT = -SST_LIMB_ORIGIN % SST_LIMB_BITS
};

/* The limbs that values need. */
struct sst_limbs {
    int bottom;
    int top;
};

/* What most of a sample needs, of n products of `factors` values each; those of integers where
 * none is a finite value other than zero. */
struct sst_limbs sst_limbs_of(const double *const *factor, int factors, ptrdiff_t n);

/* A window of that many digits whose top limb is theirs. */
void sst_window_set(struct sst_window *window, int digits, struct sst_limbs limbs);

/* A window of 3, 5 or 7 digits for most of a sample of values or, with weights, of products. */
void sst_window_choose(struct sst_window *window, const double *values, const double *weights,
                       ptrdiff_t n);

/* Cuts x from the top limb down and gives what is left. Digits of what does not fit are
 * nonsense that is masked out, so they are taken without a sign: those wrap around. */
SST_INLINE double
sst_cut_one(const struct sst_window *w, int digits, double x, uint64_t *digit)
{
    for (int d = digits - 1; d >= 0; d--) {
        double t = x + w->magic[d];
        digit[d] = sst_bits_of(t) - sst_bits_of(w->magic[d]);
        x -= t - w->magic[d];
    }
    return x;
}

/* Whether the error of a product p of x and y is a double. */
SST_INLINE int
sst_splits(double p, double x, double y)
{
    int whole = (fabs(p) >= SST_PRODUCT_LEAST) | (x == 0.0) | (y == 0.0);
    return whole & (fabs(x) < SST_FACTOR_MOST) & (fabs(y) < SST_FACTOR_MOST);
}

/* Adds the cut of x * y to digits; whether nothing is left. What the rounding of the product
 * lost is below 2^-53 of it, so it has nothing in the top limb. */
SST_INLINE int
sst_cut_product(const struct sst_window *w, int digits, double x, double y, uint64_t *digit)
{
    uint64_t high[SST_WINDOW_MOST], low[SST_WINDOW_MOST];
    double product = x * y, error = sst_product_lost(x, y, product);
    double left = sst_cut_one(w, digits, product, high);
    double rest = sst_cut_one(w, digits - 1, error, low);
    low[digits - 1] = 0;
    for (int d = 0; d < digits; d++)
        digit[d] += high[d] + low[d];
    return sst_splits(product, x, y) & (fabs(product) < w->limit) & (left == 0.0) & (rest == 0.0);
}

/* Each gives how many of the n values are in the window; integers always are in theirs, of three
 * digits from SST_UNIT_LIMB. */
ptrdiff_t sst_cut_reals(const struct sst_window *window, const double *values, ptrdiff_t n,
                        int64_t *rows);
ptrdiff_t sst_cut_products(const struct sst_window *window, const double *values,
                           const double *weights, ptrdiff_t n, int64_t *rows);
ptrdiff_t sst_cut_crosses(const struct sst_window *window, const double *values,
                          const double *others, const double *weights, ptrdiff_t n, int64_t *rows);
ptrdiff_t sst_cut_integers(const int64_t *values, ptrdiff_t n, int is_unsigned, int64_t *rows);

/* Rows of values beside their squares: the digits of one window, those of the other and 1, or
 * all zeros where one of the two is not in its window. Integers have four digits for the square. */
ptrdiff_t sst_cut_squares(const struct sst_window *window, const double *values, ptrdiff_t n,
                          int64_t *rows);
ptrdiff_t sst_cut_integer_squares(const int64_t *values, ptrdiff_t n, int is_unsigned,
                                  int64_t *rows);

/* The same of weights, weighted values and weighted squares, in three windows. */
ptrdiff_t sst_cut_weighted_squares(const struct sst_window *window, const double *values,
                                   const double *weights, ptrdiff_t n, int64_t *rows);

#endif
