/* SPDX-License-Identifier: MIT */
#include "total.h"

#include <string.h>

void
sst_total_clear(struct sst_total *total)
{
    memset(total, 0, sizeof *total);
}

void
sst_total_add_bits(struct sst_total *total, double value)
{
    sst_digits_add_bits(total->digits, 0, sst_bits_real(value));
    total->wide = 1;
}

/* The limbs that may have digits. */
static int
extent(const struct sst_total *total, int *low)
{
    *low = total->wide ? 0 : SST_TOTAL_LOW;
    return total->wide ? SST_TOTAL_LIMBS : SST_TOTAL_WINDOW;
}

void
sst_total_settle(struct sst_total *total)
{
    int low, limbs = extent(total, &low);
    sst_digits_carry(total->digits + low, limbs);
    total->added = 0;
}

struct sst_twofold
sst_total_get(struct sst_total *total)
{
    /* The double nearest to a small total has bits that are zero below the window. */
    enum { BELOW = 2 };
    int64_t rest[BELOW + SST_TOTAL_LIMBS] = {0};
    int low, limbs = extent(total, &low);
    struct sst_sum sum = {.digits = rest, .lo = low - BELOW, .limbs = limbs + BELOW};
    sst_total_settle(total);
    memcpy(rest + BELOW, total->digits + low, (size_t)limbs * sizeof *rest);
    double high = sst_round_sum(&sum, 0);
    if (!isfinite(high) || high == 0.0)
        return (struct sst_twofold){high, 0.0};
    sst_digits_add_bits(rest, sum.lo, sst_bits_real(-high));
    sst_digits_carry(rest, sum.limbs);
    return (struct sst_twofold){high, sst_round_sum(&sum, 0)};
}
