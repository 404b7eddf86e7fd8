/* SPDX-License-Identifier: MIT */
#include "total.h"

#include <string.h>

#include "exact.h"

void
sst_total_clear(struct sst_total *total)
{
    memset(total, 0, sizeof *total);
}

void
sst_total_add(struct sst_total *total, double value)
{
    sst_digits_add_bits(total->digits, 0, sst_bits_real(value));
    if (++total->added < SST_EXACT_BUDGET)
        return;
    sst_digits_carry(total->digits, SST_TOTAL_LIMBS);
    total->added = 0;
}

void
sst_total_add_twofold(struct sst_total *total, struct sst_twofold value)
{
    sst_total_add(total, value.high);
    if (value.low != 0.0)
        sst_total_add(total, value.low);
}

struct sst_twofold
sst_total_get(struct sst_total *total)
{
    int64_t rest[SST_TOTAL_LIMBS];
    struct sst_sum sum = {.digits = rest, .limbs = SST_TOTAL_LIMBS};
    sst_digits_carry(total->digits, SST_TOTAL_LIMBS);
    total->added = 0;
    memcpy(rest, total->digits, sizeof rest);
    double high = sst_round_sum(&sum, 0);
    if (!isfinite(high))
        return (struct sst_twofold){high, 0.0};
    sst_digits_add_bits(rest, 0, sst_bits_real(-high));
    sst_digits_carry(rest, SST_TOTAL_LIMBS);
    return (struct sst_twofold){high, sst_round_sum(&sum, 0)};
}
