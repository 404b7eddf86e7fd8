/* SPDX-License-Identifier: MIT */
#include "between.h"

#include "exact.h"
#include "twofold.h"

static double
real_of(int64_t key)
{
    return sst_from_bits((uint64_t)sst_sortable(key));
}

static struct sst_bits
bits_of(enum sst_kind kind, int64_t key)
{
    if (sst_is_real(kind))
        return sst_bits_real(real_of(key));
    if (kind == SST_UINT64)
        return sst_bits_integer((uint64_t)sst_key_of_whole(kind, key), 0);
    return sst_bits_integer(key < 0 ? UINT64_C(0) - (uint64_t)key : (uint64_t)key, key < 0);
}

/* a - a t + b t, digit by digit. */
static double
exactly(enum sst_kind kind, int64_t a, int64_t b, double t)
{
    int64_t digits[SST_GRID_LIMBS] = {0};
    struct sst_bits first = bits_of(kind, a), part = sst_bits_real(t), off;
    sst_digits_add_bits(digits, SST_GRID_LOW, first);
    off = sst_bits_product(first, part);
    off.negative = !off.negative;
    sst_digits_add_bits(digits, SST_GRID_LOW, off);
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(bits_of(kind, b), part));
    sst_digits_carry(digits, SST_GRID_LIMBS);
    struct sst_sum sum = {digits, SST_GRID_LOW, SST_GRID_LIMBS, 0};
    return sst_round_sum(&sum, kind == SST_FLOAT32);
}

/* Whether x + (y - x) t is certain as a double-double; then it is in *out (A. Ziv, ACM TOMS 17,
 * 1991). A double is certain as a float unless its neighbours round otherwise. */
static int
nearly(double x, double y, double t, int single, double *out)
{
    struct sst_twofold way = sst_two_sum(y, -x), part = sst_two_product(way.high, t);
    struct sst_twofold sum = sst_two_sum(x, part.high);
    double low = sum.low + (part.low + way.low * t);
    double bound = 0x1p-50 * (fabs(sum.low) + fabs(part.low) + fabs(way.low)) + 1e-300;
    double least = sum.high + (low - bound), most = sum.high + (low + bound);
    int in_range = fabs(x) < 1e290 && fabs(y) < 1e290 && fabs(sum.high) > 1e-250;
    *out = least;
    if (!in_range || least != most)
        return 0;
    if (!single)
        return 1;
    float under = (float)nextafter(least, -HUGE_VAL), over = (float)nextafter(least, HUGE_VAL);
    *out = (double)under;
    return under >= over && under <= over;
}

static double
between_reals(enum sst_kind kind, int64_t a, int64_t b, double t)
{
    double x = real_of(a), y = real_of(b), sum = x + y, found;
    if (!isfinite(x) || !isfinite(y))
        return sum; /* a < b: the infinite one, or NaN */
    /* A sum below the normal doubles is exact, so halving it is the only rounding; and the sum of
     * two floats, as a double, rounds to a float as the exact one does. */
    if (t == 0.5 && isfinite(sum))
        return kind == SST_FLOAT32 ? (double)(float)(sum * 0.5) : sum * 0.5;
    if (nearly(x, y, t, kind == SST_FLOAT32, &found))
        return found;
    return exactly(kind, a, b, t);
}

double
sst_between(enum sst_kind kind, int64_t a, int64_t b, double t)
{
    const int64_t most = INT64_C(1) << 53;
    if (sst_is_real(kind))
        return t > 0.0 && a < b ? between_reals(kind, a, b, t) : real_of(a);
    if (kind == SST_UINT64 && (t <= 0.0 || a == b))
        return (double)(uint64_t)sst_key_of_whole(kind, a);
    if (t <= 0.0 || a == b)
        return (double)a;
    if (kind == SST_INT64 && a >= -most && b <= most)
        return between_reals(SST_FLOAT64, sst_key_of_real((double)a), sst_key_of_real((double)b),
                             t);
    return exactly(kind, a, b, t);
}
