/* SPDX-License-Identifier: MIT
 *
 * Shift-and-subtract division, 64 steps over as many words as the longer number has: taken
 * only where a quotient lies within 2^-48 or so of a rounding border.
 */
#include "exact_big.h"

#include <math.h>
#include <string.h>

static int
word_length(uint64_t word)
{
    int length = 0;
    for (; word != 0; word >>= 1)
        length++;
    return length;
}

void
sst_big_from_integer(struct sst_big *big, uint64_t integer)
{
    memset(big, 0, sizeof *big);
    big->word[0] = (uint32_t)integer;
    big->word[1] = (uint32_t)(integer >> 32);
}

void
sst_big_from_sum(struct sst_big *big, const struct sst_sum *sum)
{
    memset(big, 0, sizeof *big);
    big->exponent = SST_LIMB_ORIGIN + SST_LIMB_BITS * sum->lo;
    int top = sum->limbs - 1; /* its highest digit gives a carried total its sign */
    while (top > 0 && sum->digits[top] == 0)
        top--;
    big->negative = sum->limbs > 0 && sum->digits[top] < 0;
    int64_t borrow = 0; /* digits of the absolute value, made non-negative from below */
    for (int j = 0; j < sum->limbs; j++) {
        int64_t digit = (big->negative ? -sum->digits[j] : sum->digits[j]) + borrow;
        borrow = digit >> SST_LIMB_BITS;
        uint64_t part = (uint64_t)digit & ((UINT64_C(1) << SST_LIMB_BITS) - 1);
        if (j + 1 == sum->limbs) /* the last one takes all that is left */
            part = (uint64_t)digit;
        int place = j * SST_LIMB_BITS, shift = place % 32;
        uint32_t *word = big->word + place / 32;
        word[0] |= (uint32_t)(part << shift);
        word[1] |= (uint32_t)(part >> (32 - shift));
        word[2] |= (uint32_t)(part >> 32 >> (32 - shift));
    }
}

int
sst_big_length(const struct sst_big *big)
{
    for (int k = SST_BIG_WORDS - 1; k >= 0; k--)
        if (big->word[k] != 0)
            return 32 * k + word_length(big->word[k]);
    return 0;
}

static void
shift_left(struct sst_big *big, int by, int words)
{
    int whole = by / 32, bits = by % 32;
    for (int k = words - 1; k >= 0; k--) {
        uint64_t high = k - whole >= 0 ? big->word[k - whole] : 0;
        uint64_t low = k - whole - 1 >= 0 ? big->word[k - whole - 1] : 0;
        big->word[k] = (uint32_t)((high << 32 | low) << bits >> 32);
    }
}

/* a -= b and 1 if a >= b, else 0 and a as it was. */
static int
subtract_if_less(struct sst_big *a, const struct sst_big *b, int words)
{
    int k = words - 1;
    while (k > 0 && a->word[k] == b->word[k])
        k--;
    if (a->word[k] < b->word[k])
        return 0;
    uint64_t borrow = 0;
    for (k = 0; k < words; k++) {
        uint64_t difference = (uint64_t)a->word[k] - b->word[k] - borrow;
        a->word[k] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    return 1;
}

struct sst_leading
sst_big_leading(const struct sst_big *big)
{
    int length = sst_big_length(big), drop = length > 64 ? length - 64 : 0;
    struct sst_leading leading = {.exponent = big->exponent + drop};
    for (int bit = length - 1; bit >= drop; bit--)
        leading.bits = leading.bits << 1 | (big->word[bit / 32] >> bit % 32 & 1);
    for (int bit = 0; bit < drop && !leading.more; bit++)
        leading.more = big->word[bit / 32] >> bit % 32 & 1;
    return leading;
}

struct sst_leading
sst_big_quotient(struct sst_big *a, struct sst_big *b)
{
    struct sst_leading leading = {0};
    int a_length = sst_big_length(a), b_length = sst_big_length(b), apart = a_length - b_length;
    int words = (apart > 0 ? a_length : b_length) / 32 + 1; /* with room for one more bit */
    shift_left(apart < 0 ? a : b, apart < 0 ? -apart : apart, words);
    /* Now 1/2 < a/b < 2; its first bit is the first of the 64. */
    if (!subtract_if_less(a, b, words)) {
        shift_left(a, 1, words);
        apart--;
        (void)subtract_if_less(a, b, words); /* it does go: a was above b/2 */
    }
    leading.bits = 1;
    for (int step = 1; step < 64; step++) {
        shift_left(a, 1, words);
        leading.bits = leading.bits << 1 | (uint64_t)subtract_if_less(a, b, words);
    }
    leading.more = sst_big_length(a) > 0;
    leading.exponent = a->exponent - b->exponent + apart - 63;
    return leading;
}

double
sst_leading_round(struct sst_leading leading, int negative, int single)
{
    int precision = single ? 24 : 53, least = single ? -149 : -1074;
    int drop = word_length(leading.bits) - precision;
    if (drop < least - leading.exponent)
        drop = least - leading.exponent;
    uint64_t kept = leading.bits;
    if (drop > 64)
        kept = 0;
    else if (drop > 0) {
        kept = drop == 64 ? 0 : leading.bits >> drop;
        uint64_t half = UINT64_C(1) << (drop - 1), rest = leading.bits & (half | (half - 1));
        kept += rest > half || (rest == half && (leading.more || (kept & 1)));
    } else
        drop = 0;
    double size = ldexp((double)kept, leading.exponent + drop);
    if (single)
        size = (double)(float)size; /* of 24 bits already: only an overflow is left */
    return negative ? -size : size;
}
