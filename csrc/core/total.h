/* SPDX-License-Identifier: MIT
 *
 * One exact total of doubles, in memory of the caller: what is added may come in any order, and
 * the total is the same. It is read in two parts (twofold.h), so that quotients of totals are
 * rounded once as well. For many totals at once there is group.h.
 *
 * What is below 2^28 in size and has no bits below 2^-162, as shares and their products mostly
 * are, is cut into the digits of a window as in exact_cut.h; the rest goes by its bits.
 */
#ifndef SST_TOTAL_H
#define SST_TOTAL_H

#include <stdint.h>

#include "bits.h"
#include "exact.h"
#include "twofold.h"

enum {
    SST_TOTAL_LIMBS = 58, /* of 38 bits, from 2^-1074 up: sums of 2^63 doubles */
    SST_TOTAL_LOW = 24,   /* the window: limbs that count multiples of 2^-162, ... */
    SST_TOTAL_CUTS = 5,   /* ... five that are cut ... */
    SST_TOTAL_WINDOW = 9  /* ... and what sums of 2^63 values need above them */
};

struct sst_total {
    int64_t digits[SST_TOTAL_LIMBS];
    int64_t added; /* since the last carry */
    int wide;      /* there may be digits outside the window */
};

void sst_total_clear(struct sst_total *total);

/* Adds a finite value of any size. */
void sst_total_add_bits(struct sst_total *total, double value);

/* Carries when it is time. */
void sst_total_settle(struct sst_total *total);

/* The multiple of the limb's unit that is nearest to *value goes to the limb. */
SST_INLINE void
sst_total_cut(struct sst_total *total, int limb, double magic, double *value)
{
    double shifted = *value + magic;
    total->digits[limb] += (int64_t)(sst_bits_of(shifted) - sst_bits_of(magic));
    *value -= shifted - magic;
}

/* Adds a finite value. */
SST_INLINE void
sst_total_add(struct sst_total *total, double value)
{
    const int top = SST_TOTAL_LOW + SST_TOTAL_CUTS - 1;
    if (fabs(value) < 0x1p28) {
        sst_total_cut(total, top, 0x1.8p42, &value);
        sst_total_cut(total, top - 1, 0x1.8p4, &value);
        sst_total_cut(total, top - 2, 0x1.8p-34, &value);
        if (value != 0.0) {
            sst_total_cut(total, top - 3, 0x1.8p-72, &value);
            sst_total_cut(total, top - 4, 0x1.8p-110, &value);
        }
    }
    if (value != 0.0)
        sst_total_add_bits(total, value);
    if (++total->added >= SST_EXACT_BUDGET / 2) /* two digits of one value may meet in a limb */
        sst_total_settle(total);
}

SST_INLINE void
sst_total_add_twofold(struct sst_total *total, struct sst_twofold value)
{
    sst_total_add(total, value.high);
    if (value.low != 0.0)
        sst_total_add(total, value.low);
}

/* The total to some 106 bits; its first part is the total rounded. */
struct sst_twofold sst_total_get(struct sst_total *total);

#endif
