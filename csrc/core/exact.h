/* SPDX-License-Identifier: MIT
 *
 * Exact sums. A double is an integer of 53 bits at some exponent, so on a fixed grid of
 * limbs, limb j counting multiples of 2^(38j - 1074), every double is two or three
 * integers, and adding integers has no rounding and no order. The total is rounded once,
 * when it is asked for. The idea of one wide fixed-point number is U. Kulisch's; sums by
 * limbs with late carries are in R. M. Neal, "Fast exact summation using small and large
 * superaccumulators" (arXiv:1505.05571, 2015).
 *
 * A *digit* is what a limb holds. Up to SST_EXACT_BUDGET cut values can be added to one
 * limb before a carry brings it back to a signed digit of 38 bits. Totals that are
 * merged, kept or rounded are carried.
 */
#ifndef SST_EXACT_H
#define SST_EXACT_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

enum {
    SST_LIMB_BITS = 38,
    SST_LIMB_ORIGIN = -1074, /* the exponent of limb 0: the smallest double */
    SST_GRID_LOW = -57,      /* the product of three smallest doubles is 2^-3222 */
    SST_GRID_LIMBS = 169,    /* up to 2^63 products of three below 2^3072 */
    SST_HEADROOM = 2,        /* limbs above a window that hold 2^63 of its values */
    SST_WINDOW_MOST = 8,     /* limbs of a window while rows are added */
    SST_STATE_MOST = 24      /* limbs of a state; clusters that need others spill */
};

/* Additions to a limb before a carry: 2^24 digits of 2^38 stay below 2^63. */
#ifndef SST_EXACT_BUDGET
#define SST_EXACT_BUDGET (1 << 24)
#endif

/* What a sum has met that no limb can hold. */
enum sst_seen { SST_SEEN_PLUS = 1, SST_SEEN_MINUS = 2, SST_SEEN_NAN = 4 };

/* (high * 2^64 + low) * 2^exponent with a sign: a finite value or product, exactly. */
struct sst_bits {
    uint64_t low;
    uint64_t high;
    int exponent;
    int negative;
};

/* One exact total: carried digits of limbs lo .. lo + limbs - 1, and what was seen. */
struct sst_sum {
    const int64_t *digits;
    int lo;
    int limbs;
    unsigned seen;
};

/* The exact sums of `groups` clusters, in arrays the caller owns.
 *
 * All clusters share one window. A cluster with digits outside it has a row of
 * SST_GRID_LIMBS digits from SST_GRID_LOW in the spill, which is added to what the window
 * holds; spill_code ascends. All digits are carried. */
struct sst_exact {
    ptrdiff_t groups;
    int lo;
    int limbs;
    int64_t *digits; /* groups x limbs */
    int64_t *count;  /* rows that were added */
    uint8_t *seen;
    ptrdiff_t spilled;
    int64_t *spill_code;
    int64_t *spill_digits; /* spilled x SST_GRID_LIMBS */
};

/* --- digits ------------------------------------------------------------------------ */

/* Carries to digits in [-2^37, 2^37), all but the last, which takes what is left. */
void sst_digits_carry(int64_t *digits, int limbs);

/* Adds carried digits onto those from `to_lo`; every nonzero one must have its limb. */
void sst_digits_add(int64_t *to, int to_lo, const int64_t *from, int from_lo, int limbs);

/* Adds a value; every limb that it needs must be there. */
void sst_digits_add_bits(int64_t *to, int to_lo, struct sst_bits value);

/* A finite double, or an integer, as bits. */
struct sst_bits sst_bits_real(double x);
struct sst_bits sst_bits_integer(uint64_t size, int negative);

/* The exact product of two values whose `high` is zero. */
struct sst_bits sst_bits_product(struct sst_bits a, struct sst_bits b);

/* --- rounding once ----------------------------------------------------------------- */

/* The total rounded half to even to a double, or straight to a float (`single`); an exact
 * zero is +0, infinities of both signs are NaN, a total out of range is infinite. */
double sst_round_sum(const struct sst_sum *sum, int single);

/* total / count, rounded once; count > 0. */
double sst_round_mean(const struct sst_sum *sum, int64_t count, int single);

/* a / b, rounded once; a total b of zero gives NaN. */
double sst_round_quotient(const struct sst_sum *a, const struct sst_sum *b, int single);

/* The totals of a variance: of the values and of their squares, both times the weights if
 * there are any; `weights` is NULL where each of `count` rows counts once. */
struct sst_moments {
    const struct sst_sum *weights;
    int64_t count;
    struct sst_sum sum;
    struct sst_sum squares;
};

/* (w squares - sum^2) / (w (w - ddof)) with the total of the weights w, rounded once; NaN
 * unless w > ddof, and where a value was not finite. */
double sst_round_variance(const struct sst_moments *moments, int64_t ddof, int single);

/* The same of two variables x and y: of each, and of their products. */
struct sst_comoments {
    const struct sst_sum *weights;
    int64_t count;
    const struct sst_sum *x;
    const struct sst_sum *y;
    const struct sst_sum *xy;
    const struct sst_sum *yy; /* what a slope divides by */
};

/* (w sum(x y) - sum(x) sum(y)) / (w (w - ddof)), rounded once; NaN as a variance is. */
double sst_round_covariance(const struct sst_comoments *moments, int64_t ddof, int single);

/* Of the line of x on y by least squares, rounded once,
 *     (w sum(x y) - sum(x) sum(y)) / (w sum(y^2) - sum(y)^2);
 * NaN where all y are equal, and where one was not finite. */
double sst_round_slope(const struct sst_comoments *moments, int single);

/* A total of integers as int64, or as uint64 in the same bits: SST_INT_OVERFLOW if it does
 * not fit, SST_BAD_ARGUMENT if it is no integer. */
SST_CHECKED enum sst_status sst_round_integer(const struct sst_sum *sum, int is_unsigned,
                                              int64_t *out);

/* --- states ------------------------------------------------------------------------ */

/* The total of one cluster, in `room` (SST_GRID_LIMBS) where it has a spill; `spill` is
 * where to look for it and moves on, so that clusters are asked for in ascending order. */
struct sst_sum sst_exact_get(const struct sst_exact *state, ptrdiff_t group, ptrdiff_t *spill,
                             int64_t *room);

/* The shape of a + b: its window and the number of spilled clusters. */
void sst_exact_plan_merge(const struct sst_exact *a, const struct sst_exact *b,
                          struct sst_exact *sum);

/* a + b into arrays of the planned shape, apart from those of a and b. */
void sst_exact_merge(const struct sst_exact *a, const struct sst_exact *b, struct sst_exact *sum);

/* Whether arrays from elsewhere are a state: window on the grid, digits carried, codes
 * in range and ascending, counts not negative. */
int sst_exact_valid(const struct sst_exact *state);

#endif
