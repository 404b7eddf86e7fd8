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
    big->word[0] = (uint32_t)integer;
    big->word[1] = (uint32_t)(integer >> 32);
    big->words = 2;
    big->exponent = 0;
    big->negative = 0;
}

void
sst_big_from_sum(struct sst_big *big, const struct sst_sum *sum)
{
    int top = sum->limbs - 1; /* its highest digit gives a carried total its sign */
    while (top > 0 && sum->digits[top] == 0)
        top--;
    int bottom = 0;
    while (bottom < top && sum->digits[bottom] == 0)
        bottom++;
    big->exponent = SST_LIMB_ORIGIN + SST_LIMB_BITS * (sum->lo + bottom);
    big->negative = sum->limbs > 0 && sum->digits[top] < 0;
    big->words = (top - bottom) * SST_LIMB_BITS / 32 + 3;
    memset(big->word, 0, (size_t)big->words * sizeof *big->word);
    int64_t borrow = 0; /* digits of the absolute value, made non-negative from below */
    for (int j = bottom; j <= top; j++) {
        int64_t digit = (big->negative ? -sum->digits[j] : sum->digits[j]) + borrow;
        borrow = digit >> SST_LIMB_BITS;
        uint64_t part = (uint64_t)digit & ((UINT64_C(1) << SST_LIMB_BITS) - 1);
        if (j == top) /* the last one takes all that is left */
            part = (uint64_t)digit;
        int place = (j - bottom) * SST_LIMB_BITS, shift = place % 32;
        uint32_t *word = big->word + place / 32;
        word[0] |= (uint32_t)(part << shift);
        word[1] |= (uint32_t)(part >> (32 - shift));
        word[2] |= (uint32_t)(part >> 32 >> (32 - shift));
    }
}

int
sst_big_length(const struct sst_big *big)
{
    for (int k = big->words - 1; k >= 0; k--)
        if (big->word[k] != 0)
            return 32 * k + word_length(big->word[k]);
    return 0;
}

static void
extend(struct sst_big *big, int words)
{
    for (; big->words < words; big->words++)
        big->word[big->words] = 0;
}

static void
shift_left(struct sst_big *big, int by, int words)
{
    extend(big, words);
    int whole = by / 32, bits = by % 32;
    for (int k = words - 1; k >= 0; k--) {
        uint64_t high = k - whole >= 0 ? big->word[k - whole] : 0;
        uint64_t low = k - whole - 1 >= 0 ? big->word[k - whole - 1] : 0;
        big->word[k] = (uint32_t)((high << 32 | low) << bits >> 32);
    }
}

/* Whether |a| < |b|, in words of one exponent. */
static int
is_less(const uint32_t *a, const uint32_t *b, int words)
{
    int k = words - 1;
    while (k > 0 && a[k] == b[k])
        k--;
    return a[k] < b[k];
}

/* to = a - b, a not less than b. */
static void
subtract_words(uint32_t *to, const uint32_t *a, const uint32_t *b, int words)
{
    uint64_t borrow = 0;
    for (int k = 0; k < words; k++) {
        uint64_t difference = (uint64_t)a[k] - b[k] - borrow;
        to[k] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

/* a -= b and 1 if a >= b, else 0 and a as it was. */
static int
subtract_if_less(struct sst_big *a, const struct sst_big *b, int words)
{
    if (is_less(a->word, b->word, words))
        return 0;
    subtract_words(a->word, a->word, b->word, words);
    return 1;
}

/* Words without zeros at the top: what the others have to work on. */
static int
used_words(const struct sst_big *big)
{
    int words = big->words;
    while (words > 0 && big->word[words - 1] == 0)
        words--;
    return words;
}

void
sst_big_multiply(struct sst_big *product, const struct sst_big *a, const struct sst_big *b)
{
    int m = used_words(a), n = used_words(b);
    product->words = m + n;
    product->exponent = a->exponent + b->exponent;
    product->negative = a->negative ^ b->negative;
    memset(product->word, 0, (size_t)product->words * sizeof *product->word);
    for (int i = 0; i < m; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < n; j++) {
            carry += (uint64_t)a->word[i] * b->word[j] + product->word[i + j];
            product->word[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        product->word[i + n] = (uint32_t)carry;
    }
}

/* Shifts to a lower exponent; zero takes any. */
static void
lower(struct sst_big *big, int exponent)
{
    int by = big->exponent - exponent, length = sst_big_length(big);
    if (length > 0)
        shift_left(big, by, (length + by) / 32 + 1);
    else
        big->words = 0;
    big->exponent = exponent;
}

void
sst_big_subtract(struct sst_big *a, struct sst_big *b)
{
    int zero_a = used_words(a) == 0, zero_b = used_words(b) == 0;
    if (zero_b)
        return;
    if (zero_a || a->exponent > b->exponent)
        lower(a, b->exponent);
    else
        lower(b, a->exponent);
    int words = (a->words > b->words ? a->words : b->words) + 1;
    extend(a, words);
    extend(b, words);
    if (a->negative != b->negative) {
        uint64_t carry = 0;
        for (int k = 0; k < words; k++) {
            carry += (uint64_t)a->word[k] + b->word[k];
            a->word[k] = (uint32_t)carry;
            carry >>= 32;
        }
    } else if (is_less(a->word, b->word, words)) {
        subtract_words(a->word, b->word, a->word, words);
        a->negative = !a->negative;
    } else
        subtract_words(a->word, a->word, b->word, words);
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
    extend(a, words);
    extend(b, words);
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
    leading.more = used_words(a) > 0;
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

double
sst_big_round_quotient(struct sst_big *a, struct sst_big *b, int single)
{
    int negative = a->negative ^ b->negative;
    if (sst_big_length(b) == 0)
        return (double)NAN;
    if (sst_big_length(a) == 0)
        return 0.0;
    return sst_leading_round(sst_big_quotient(a, b), negative, single);
}
