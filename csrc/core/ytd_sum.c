/* SPDX-License-Identifier: MIT
 *
 * Running sums inside a year, each the exact sum rounded once. Two doubles hold the sum of a
 * dozen figures of one size exactly, which two_sum proves as it goes; where they do not, the
 * sum moves to the digits of exact.h, which hold any.
 */
#include <string.h>

#include "exact.h"
#include "ytd_year.h"

enum { LIMBS = 58 }; /* 2^63 doubles of any size */

/* A sum in digits, once `used`; and the infinities it has met. */
struct wide {
    int used;
    unsigned seen;
    int64_t digits[LIMBS];
};

static void
add_wide(struct wide *wide, double x)
{
    if (!wide->used)
        memset(wide->digits, 0, sizeof wide->digits);
    wide->used = 1;
    if (isinf(x))
        wide->seen |= x > 0.0 ? SST_SEEN_PLUS : SST_SEEN_MINUS;
    else
        sst_digits_add_bits(wide->digits, 0, sst_bits_real(x));
    sst_digits_carry(wide->digits, LIMBS);
}

/* Adds x to high + low if that is exact. Sums below 2^1020 keep two_sum away from overflow
 * inside. */
SST_INLINE int
add_exactly(struct sst_twofold *sum, double x)
{
    struct sst_twofold high = sst_two_sum(sum->high, x);
    struct sst_twofold low = sst_two_sum(sum->low, high.low);
    if (!(fabs(high.high) < 0x1p1020) || low.low != 0.0)
        return 0;
    *sum = (struct sst_twofold){high.high, low.high};
    return 1;
}

SST_INLINE void
add(struct sst_twofold *sum, struct wide *wide, double x)
{
    if (!wide->used) {
        if (add_exactly(sum, x))
            return;
        add_wide(wide, sum->high);
        add_wide(wide, sum->low);
    }
    add_wide(wide, x);
}

/* The double next to the sum whose last bit is one, unless the sum is a double: it rounds to
 * a float as the sum does, since a double has more than twice a float's bits (S. Boldo and
 * G. Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding
 * to odd", IEEE Transactions on Computers 57, 2008). */
static double
rounded_to_odd(struct sst_twofold sum)
{
    uint64_t bits;
    memcpy(&bits, &sum.high, sizeof bits);
    if (sum.low == 0.0 || (bits & 1) != 0)
        return sum.high;
    return nextafter(sum.high, sum.low > 0.0 ? INFINITY : -INFINITY);
}

SST_INLINE double
rounded(struct sst_twofold sum, const struct wide *wide, int single)
{
    if (wide->used) {
        struct sst_sum digits = {wide->digits, 0, LIMBS, wide->seen};
        return sst_round_sum(&digits, single);
    }
    sum = sst_two_sum(sum.high, sum.low);
    return single ? rounded_to_odd(sum) : sum.high;
}

SST_INLINE void
sums(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t first,
     ptrdiff_t last, enum sst_kind kind)
{
    struct sst_twofold sum = {0.0, 0.0};
    struct wide wide;
    wide.used = 0;
    wide.seen = 0;
    int single = sst_ytd_single(ytd);
    int known = 1; /* every period so far is there and has a figure */
    int64_t period_before = 0;
    for (ptrdiff_t p = first; p < last; p++) {
        ptrdiff_t row = sst_row_at(ytd->panel, p);
        int64_t period = ytd->period[row];
        struct sst_twofold now = sst_ytd_figure(ytd, column, row, kind);
        if (period == 2 && (period_before == 0 || !known))
            known = 1; /* it stands for both, and nothing has been added yet */
        else
            known &= sst_ytd_follows(period, period_before);
        known &= !isnan(now.high);
        if (known) {
            add(&sum, &wide, now.high);
            if (now.low != 0.0)
                add(&sum, &wide, now.low);
        }
        sst_ytd_put(ytd, column, row, known ? rounded(sum, &wide, single) : NAN);
        period_before = period;
    }
}

void
sst_ytd_sums(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t first,
             ptrdiff_t last)
{
    if (ytd->kind == SST_FLOAT32)
        sums(ytd, column, first, last, SST_FLOAT32);
    else if (ytd->kind == SST_FLOAT64)
        sums(ytd, column, first, last, SST_FLOAT64);
    else if (ytd->kind == SST_INT64)
        sums(ytd, column, first, last, SST_INT64);
    else
        sums(ytd, column, first, last, SST_UINT64);
}
