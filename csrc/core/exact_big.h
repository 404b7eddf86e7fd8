/* SPDX-License-Identifier: MIT
 *
 * Big integers for the totals that a fast test cannot round: what is needed to take the
 * leading bits of a number, or of a quotient of two, and no more.
 */
#ifndef SST_EXACT_BIG_H
#define SST_EXACT_BIG_H

#include "exact.h"

/* A carried total of the grid has 116 * 38 bits; a quotient aligns two of them. */
enum { SST_BIG_WORDS = SST_GRID_LIMBS * SST_LIMB_BITS / 32 + 4 };

/* (-1)^negative * (words as one number, least first) * 2^exponent */
struct sst_big {
    uint32_t word[SST_BIG_WORDS];
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

/* How many bits the number has; 0 for zero. */
int sst_big_length(const struct sst_big *big);

/* Its highest 64 bits. */
struct sst_leading sst_big_leading(const struct sst_big *big);

/* The highest bits of |a / b|, neither zero; a and b are used up. */
struct sst_leading sst_big_quotient(struct sst_big *a, struct sst_big *b);

/* Rounded half to even to a double or, straight, to a float: subnormals, overflow. */
double sst_leading_round(struct sst_leading leading, int negative, int single);

#endif
