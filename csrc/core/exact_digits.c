/* SPDX-License-Identifier: MIT
 *
 * Digits and the integer path: values taken apart by mantissa and exponent, for all that
 * the cut of exact_cut.c does not reach. Slower, and just as exact.
 */
#include <string.h>

#include "exact.h"

#define ONE INT64_C(1)

void
sst_digits_carry(int64_t *digits, int limbs)
{
    int64_t out = 0; /* kept apart: it would go through memory from limb to limb */
    for (int j = 0; j + 1 < limbs; j++) {
        int64_t digit = digits[j] + out;
        out = (digit + (ONE << (SST_LIMB_BITS - 1))) >> SST_LIMB_BITS;
        digits[j] = digit - out * (ONE << SST_LIMB_BITS);
    }
    if (limbs > 0)
        digits[limbs - 1] += out;
}

void
sst_digits_add(int64_t *to, int to_lo, const int64_t *from, int from_lo, int limbs)
{
    for (int j = 0; j < limbs; j++)
        if (from[j] != 0)
            to[from_lo + j - to_lo] += from[j];
}

void
sst_digits_add_bits(int64_t *to, int to_lo, struct sst_bits value)
{
    int place = value.exponent - SST_LIMB_ORIGIN - SST_LIMB_BITS * to_lo;
    if ((value.low | value.high) == 0)
        return;
    int64_t *digit = to + place / SST_LIMB_BITS;
    int shift = place % SST_LIMB_BITS;
    while ((value.low | value.high) != 0) {
        int take = SST_LIMB_BITS - shift;
        int64_t part = (int64_t)((value.low & ((UINT64_C(1) << take) - 1)) << shift);
        *digit++ += value.negative ? -part : part;
        value.low = value.low >> take | value.high << (64 - take);
        value.high >>= take;
        shift = 0;
    }
}

struct sst_bits
sst_bits_real(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    if (exponent != 0)
        fraction |= UINT64_C(1) << 52;
    return (struct sst_bits){.low = fraction,
                             .exponent = (exponent != 0 ? exponent - 1 : 0) + SST_LIMB_ORIGIN,
                             .negative = (int)(bits >> 63)};
}

struct sst_bits
sst_bits_integer(uint64_t size, int negative)
{
    return (struct sst_bits){.low = size, .negative = negative};
}

struct sst_bits
sst_bits_product(struct sst_bits a, struct sst_bits b)
{
    uint64_t a0 = (uint32_t)a.low, a1 = a.low >> 32, b0 = (uint32_t)b.low, b1 = b.low >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32);
    uint64_t other = a0 * b1 + (uint32_t)middle;
    return (struct sst_bits){.low = other << 32 | (uint32_t)low,
                             .high = a1 * b1 + (middle >> 32) + (other >> 32),
                             .exponent = a.exponent + b.exponent,
                             .negative = a.negative ^ b.negative};
}
