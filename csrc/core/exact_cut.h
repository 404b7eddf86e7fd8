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

#include "exact.h"

struct sst_window {
    int lo;       /* the lowest limb */
    int digits;   /* 3, 5 or 7 limbs */
    double limit; /* what the top limb reaches: below it, a digit has 38 bits */
    double magic[SST_WINDOW_MOST];
};

/* Words of a row: the digits and the count. */
static inline int
sst_window_stride(const struct sst_window *window)
{
    return window->digits + 1;
}

/* Where the cut works: 1.5 * 2^(52+q) is a normal, finite double. */
enum { SST_CUT_LOWEST = 0, SST_CUT_TOP = 53 };

/* A window for most of a sample of values or, with weights, of products. */
void sst_window_choose(struct sst_window *window, const double *values, const double *weights,
                       ptrdiff_t n);

/* A window that holds every int64 and uint64. */
void sst_window_integers(struct sst_window *window);

/* Each gives how many of the n values are in the window; integers always are in theirs. */
ptrdiff_t sst_cut_reals(const struct sst_window *window, const double *values, ptrdiff_t n,
                        int64_t *rows);
ptrdiff_t sst_cut_products(const struct sst_window *window, const double *values,
                           const double *weights, ptrdiff_t n, int64_t *rows);
ptrdiff_t sst_cut_integers(const int64_t *values, ptrdiff_t n, int is_unsigned, int64_t *rows);

#endif
