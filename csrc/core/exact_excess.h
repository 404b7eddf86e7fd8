/* SPDX-License-Identifier: MIT
 *
 * Inequalities between exact totals, decided without rounding: a rule that says "more than" must
 * not tip over a tie.
 */
#ifndef SST_EXACT_EXCESS_H
#define SST_EXACT_EXCESS_H

#include "exact.h"

/* A total that further ones are added to; limbs low .. high - 1 of the grid are in use. */
struct sst_gathered {
    int64_t digits[SST_GRID_LIMBS + SST_HEADROOM];
    int low;
    int high;
};

void sst_gather_clear(struct sst_gathered *gathered);

/* Adds a carried, finite total, or takes it off; 2^24 of them at most. */
void sst_gather(struct sst_gathered *gathered, const struct sst_sum *sum, int negative);

/* What was gathered, carried; valid until more is added. */
struct sst_sum sst_gathered_sum(struct sst_gathered *gathered);

/* over / under, both from 1 and below 2^63. */
struct sst_ratio {
    uint64_t over;
    uint64_t under;
};

/* Whether a > ratio * b; then *excess is a / ratio - b, rounded once. The totals are carried,
 * finite and not negative. */
int sst_exceeds(const struct sst_sum *a, struct sst_ratio ratio, const struct sst_sum *b,
                double *excess);

#endif
