/* SPDX-License-Identifier: MIT
 *
 * Which limbs a window has: those that nearly all of a sample needs.
 */
#include <float.h>
#include <math.h>

#include "exact_cut.h"

void
sst_window_set(struct sst_window *window, int digits, struct sst_limbs limbs)
{
    int top = limbs.top < SST_CUT_TOP ? limbs.top : SST_CUT_TOP;
    int lo = top - digits + 1 > SST_CUT_LOWEST ? top - digits + 1 : SST_CUT_LOWEST;
    window->lo = lo;
    window->digits = digits;
    for (int d = 0; d < digits; d++)
        window->magic[d] = ldexp(1.5, 52 + SST_LIMB_ORIGIN + SST_LIMB_BITS * (lo + d));
    window->limit = ldexp(1.0, SST_LIMB_ORIGIN + SST_LIMB_BITS * (lo + digits));
}

static int
exponent_of(double x)
{
    return (int)(sst_bits_of(x) >> 52 & 0x7ff) - 1023;
}

/* Adds the lowest and the highest bit of a finite value other than zero, from limb 0. */
static void
add_ends(double x, int *bottom, int *top)
{
    struct sst_bits bits = sst_bits_real(x);
    int origin = bits.exponent - SST_LIMB_ORIGIN;
    *bottom += origin + exponent_of((double)(bits.low & (UINT64_C(0) - bits.low)));
    *top += origin + exponent_of((double)bits.low);
}

/* The ends of a product, from limb SST_GRID_LOW: 0 if it is zero or not finite. */
static int
ends_of(const double *const *factor, int factors, ptrdiff_t i, int *bottom, int *top)
{
    *bottom = *top = (factors - 1) * SST_LIMB_ORIGIN - SST_LIMB_BITS * SST_GRID_LOW;
    *top += factors - 1;
    for (int k = 0; k < factors; k++) {
        double x = factor[k][i];
        if (!(fabs(x) <= DBL_MAX) || x == 0.0)
            return 0;
        add_ends(x, bottom, top);
    }
    return 1;
}

struct sst_limbs
sst_limbs_of(const double *const *factor, int factors, ptrdiff_t n)
{
    ptrdiff_t below[SST_GRID_LIMBS] = {0}, above[SST_GRID_LIMBS] = {0}, seen = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        int bottom, top;
        if (!ends_of(factor, factors, i, &bottom, &top))
            continue;
        below[bottom / SST_LIMB_BITS]++;
        above[top / SST_LIMB_BITS]++;
        seen++;
    }
    /* One in 512 may go the integer path: a few wild figures do not widen every cluster. */
    ptrdiff_t spare = seen / 512, left = spare;
    struct sst_limbs limbs = {0, SST_GRID_LIMBS - 1};
    while (limbs.bottom < SST_GRID_LIMBS - 1 && (left -= below[limbs.bottom]) >= 0)
        limbs.bottom++;
    left = spare;
    while (limbs.top > 0 && (left -= above[limbs.top]) >= 0)
        limbs.top--;
    if (seen == 0)
        return (struct sst_limbs){SST_UNIT_LIMB, SST_UNIT_LIMB + 2};
    return (struct sst_limbs){limbs.bottom + SST_GRID_LOW, limbs.top + SST_GRID_LOW};
}

void
sst_window_choose(struct sst_window *window, const double *values, const double *weights,
                  ptrdiff_t n)
{
    const double *const factor[2] = {values, weights};
    struct sst_limbs limbs = sst_limbs_of(factor, weights != NULL ? 2 : 1, n);
    int needed = limbs.top - limbs.bottom + 1;
    sst_window_set(window, needed <= 3 ? 3 : needed <= 5 ? 5 : 7, limbs);
}
