/* SPDX-License-Identifier: MIT
 *
 * Big integers for the totals that a fast test cannot round: products and differences, and
 * what is needed to take the leading bits of a number, or of a quotient of two.
 */
#ifndef SST_EXACT_BIG_H
#define SST_EXACT_BIG_H

#include "exact.h"

/* A product of two carried totals of the grid; a quotient or difference aligns two of them. */
enum { SST_BIG_WORDS = 2 * (SST_GRID_LIMBS * SST_LIMB_BITS / 32 + 4) };

/* (-1)^negative * (words as one number, least first) * 2^exponent; of the array only the
 * first `words` are set. */
struct sst_big {
    uint32_t word[SST_BIG_WORDS];
    int words;
    int exponent;
    int negative;
};

/* The leading bits of a positive number: bits * 2^exponent, and `more` if there is a rest
 * below. `bits` has its highest bit set unless the number is zero or there is no rest. */
struct sst_leading {
    uint64_t bits;
    int exponent;
    int more;
};

void sst_big_from_sum(struct sst_big *big, const struct sst_sum *sum);
void sst_big_from_integer(struct sst_big *big, uint64_t integer);

/* a * b, and a -= b. */
void sst_big_multiply(struct sst_big *product, const struct sst_big *a, const struct sst_big *b);
void sst_big_subtract(struct sst_big *a, struct sst_big *b);

/* How many bits the number has; 0 for zero. */
int sst_big_length(const struct sst_big *big);

/* Its highest 64 bits; less of a number that has no more. */
struct sst_leading sst_big_leading(const struct sst_big *big);

/* The highest bits of |a / b|, neither zero; a and b are used up, as b is by a difference. */
struct sst_leading sst_big_quotient(struct sst_big *a, struct sst_big *b);

/* Rounded half to even to a double or, straight, to a float: subnormals, overflow. */
double sst_leading_round(struct sst_leading leading, int negative, int single);

/* a / b, rounded once: NaN over zero, +0 for zero; both are used up. */
double sst_big_round_quotient(struct sst_big *a, struct sst_big *b, int single);

#endif
