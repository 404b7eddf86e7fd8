/* SPDX-License-Identifier: MIT
 *
 * One exact total of doubles, in memory of the caller: what is added may come in any order, and
 * the total is the same. It is read in two parts (twofold.h), so that quotients of totals are
 * rounded once as well. For many totals at once there is group.h.
 */
#ifndef SST_TOTAL_H
#define SST_TOTAL_H

#include <stdint.h>

#include "twofold.h"

/* Limbs of 38 bits from 2^-1074 up: sums of 2^63 doubles. */
enum { SST_TOTAL_LIMBS = 58 };

struct sst_total {
    int64_t digits[SST_TOTAL_LIMBS];
    int64_t added; /* since the last carry */
};

void sst_total_clear(struct sst_total *total);

/* Adds a finite value. */
void sst_total_add(struct sst_total *total, double value);
void sst_total_add_twofold(struct sst_total *total, struct sst_twofold value);

/* The total to some 106 bits; its first part is the total rounded. */
struct sst_twofold sst_total_get(struct sst_total *total);

#endif
