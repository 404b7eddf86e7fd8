/* SPDX-License-Identifier: MIT
 *
 * Levels from growth rates: x[t] = x[t-k] (1 + g[t]) forward from the first k levels, and
 * x[t-k] = x[t] / (1 + g[t]) backward from the last k, as the OECD carries series back over a
 * break. Each level comes from the one before, so rounding would add up along the series: the
 * level is carried in two parts, and what is left is what the rates themselves have lost.
 * The second part gathers what each product lost, apart from the first, which need not wait for it
 * (S. Graillat, Accurate floating-point product and exponentiation, IEEE Transactions on
 * Computers 58, 2009).
 *
 * Growth over a window of w periods is such a product less 1; 1 + g is exact in two parts, so
 * small rates keep their digits. A window is the end of one block of w periods and the beginning
 * of the next: three products a period do for any w, and what is outside a window cannot touch
 * it (M. van Herk, A fast algorithm for local minimum and maximum filters, Pattern Recognition
 * Letters 13, 1992).
 */
#include "chain.h"

#include <math.h>

#include "twofold.h"

struct chain {
    ptrdiff_t lag;
    double span; /* of the lag, in the unit of the rates */
    enum sst_chain_method method;
    int backward;
};

SST_INLINE struct sst_twofold
alone(double value)
{
    return (struct sst_twofold){value, 0.0};
}

SST_INLINE double
rounded(struct sst_twofold a)
{
    return isfinite(a.high) ? a.high + a.low : a.high;
}

/* a * b, as IEEE 754 has it where a part is not finite. `high` is not the rounding of the whole:
 * after n products `low` is up to n of its last places. */
SST_INLINE struct sst_twofold
multiply(struct sst_twofold a, struct sst_twofold b)
{
    if (!isfinite(a.high) || !isfinite(b.high))
        return alone(a.high * b.high);
    struct sst_twofold product = sst_two_product(a.high, b.high);
    product.low += a.high * b.low + a.low * b.high;
    return product;
}

/* a / b, but NaN over zero: no level is behind it. */
SST_INLINE struct sst_twofold
divide(struct sst_twofold a, struct sst_twofold b)
{
    int finite = isfinite(a.high) && isfinite(b.high);
    if (b.high == 0.0)
        return alone(NAN);
    return finite ? sst_twofold_divide(a, b) : alone(a.high / b.high);
}

/* --- chaining ---------------------------------------------------------------------- */

/* e^rate: near 1 the difference from it has more digits, near 0 there would be none left. */
SST_INLINE struct sst_twofold
exponential(double rate)
{
    return fabs(rate) <= 0.5 ? sst_two_sum(1.0, expm1(rate)) : alone(exp(rate));
}

/* What a rate multiplies the level by, or adds to it. */
SST_INLINE struct sst_twofold
step_of(double rate, const struct chain *chain)
{
    switch (chain->method) {
    case SST_CHAIN_SIMPLE:
        if (chain->span != 1.0)
            return exponential(chain->span * log1p(rate));
        return sst_two_sum(1.0, rate);
    case SST_CHAIN_LOG:
        return exponential(chain->span * rate);
    case SST_CHAIN_MIDPOINT:
        return divide(sst_two_sum(2.0, rate), sst_two_sum(2.0, -rate));
    default:
        return alone(rate);
    }
}

/* The level that a rate leads to, or comes from. Going back by a log, a midpoint rate or a
 * difference is going on by its negative; by others it is a division. */
SST_INLINE struct sst_twofold
next_level(struct sst_twofold level, double rate, const struct chain *chain)
{
    int divides = chain->method == SST_CHAIN_SIMPLE || chain->method == SST_CHAIN_RATIO;
    if (chain->backward && !divides)
        rate = -rate;
    /* A rate over sizes goes up where it is positive, on either side of zero. */
    int below = level.high < 0.0 || (level.high == 0.0 && rate < 0.0);
    if (chain->method == SST_CHAIN_MIDPOINT && below)
        rate = -rate;
    struct sst_twofold step = step_of(rate, chain);
    if (chain->method == SST_CHAIN_DIFFERENCE)
        return sst_twofold_add(level, step);
    return chain->backward && divides ? divide(level, step) : multiply(level, step);
}

static int
read_options(const struct sst_lane *lane, struct chain *chain)
{
    ptrdiff_t n = lane->length[0];
    double method = lane->options[2];
    chain->lag = sst_lane_periods(lane->options[0], 1, n > 1 ? n : 1);
    chain->span = lane->options[1];
    if (chain->lag < 0 || !(method >= 0.0 && method < SST_CHAIN_METHODS))
        return 0;
    chain->method = (enum sst_chain_method)method;
    chain->backward = lane->options[3] != 0.0;
    return lane->outs == n && lane->length[1] == (chain->lag < n ? chain->lag : n);
}

void
sst_chain(const struct sst_lane *lane)
{
    const double *rates = lane->in[0];
    struct chain chain;
    if (!read_options(lane, &chain)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    ptrdiff_t n = lane->length[0], seeds = lane->length[1], lag = chain.lag;
    ptrdiff_t first = chain.backward ? n - seeds : 0, move = chain.backward ? -lag : lag;
    for (ptrdiff_t k = 0; k < seeds; k++) {
        struct sst_twofold level = alone(lane->in[1][k]);
        lane->out[first + k] = level.high;
        for (ptrdiff_t to = first + k + move; to >= 0 && to < n; to += move) {
            level = next_level(level, rates[chain.backward ? to + lag : to], &chain);
            lane->out[to] = rounded(level);
        }
    }
}

/* --- indexes ----------------------------------------------------------------------- */

/* Whether products with it are exact in two parts, those of usual values at least. */
static int
is_usual(double factor)
{
    return fabs(factor) > 0x1p-800 && fabs(factor) < 0x1p960;
}

void
sst_rebase(const struct sst_lane *lane)
{
    if (lane->length[0] != lane->outs || lane->length[1] != 1) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    struct sst_twofold base = alone(lane->in[1][0]), to = alone(lane->options[0]);
    struct sst_twofold factor = divide(to, base);
    /* Near the ends of the range products are not exact: the quotient first is 1 in the base. */
    int usual = is_usual(base.high) && is_usual(to.high) && is_usual(factor.high);
    for (ptrdiff_t t = 0; t < lane->outs; t++) {
        struct sst_twofold value = alone(lane->in[0][t]);
        value = usual ? multiply(value, factor) : multiply(divide(value, base), to);
        lane->out[t] = rounded(value);
    }
}

void
sst_link_series(const struct sst_lane *lane)
{
    const double *old = lane->in[0], *new = lane->in[1], *chosen = lane->in[2];
    ptrdiff_t n = lane->outs;
    if (lane->length[0] != n || lane->length[1] != n || lane->length[2] != n) {
        sst_fill_nan(lane->out, n);
        return;
    }
    struct sst_twofold before = alone(0.0), after = alone(0.0);
    double scale = fmin(sst_summable(old, n), sst_summable(new, n));
    for (ptrdiff_t t = 0; t < n; t++)
        if (chosen[t] != 0.0 && !isnan(old[t]) && !isnan(new[t])) {
            before = sst_twofold_add(before, alone(old[t] * scale));
            after = sst_twofold_add(after, alone(new[t] * scale));
        }
    /* Means over the same periods have the ratio of the sums; without any it is 0/0. */
    struct sst_twofold factor = divide(after, before);
    for (ptrdiff_t t = 0; t < n; t++)
        lane->out[t] = isnan(new[t]) ? rounded(multiply(alone(old[t]), factor)) : new[t];
}

/* --- compounding ------------------------------------------------------------------- */

/* A level in two parts less 1. */
SST_INLINE double
growth_to(struct sst_twofold level)
{
    struct sst_twofold growth = sst_two_sum(level.high, -1.0);
    return isfinite(level.high) ? growth.high + (growth.low + level.low) : growth.high;
}

/* A product that may leave the range of a double on its way: part * 2^exponent. */
struct product {
    struct sst_twofold part;
    double exponent; /* whole; 0 unless the range was left */
};

/* Products of a size outside 2^-400..2^400 are kept apart from their exponent. */
static const double limit = 400.0, largest = 0x1p400, smallest = 0x1p-400;

SST_INLINE struct product
scaled(struct sst_twofold part, double exponent)
{
    double size = fabs(part.high);
    if (size >= smallest && size <= largest)
        return (struct product){part, exponent};
    if (size == 0.0 || !isfinite(size))
        return (struct product){part, 0.0};
    int twos;
    frexp(part.high, &twos);
    part = (struct sst_twofold){ldexp(part.high, -twos), ldexp(part.low, -twos)};
    return (struct product){part, exponent + twos};
}

SST_INLINE struct product
times(struct product a, struct product b)
{
    return scaled(multiply(a.part, b.part), a.exponent + b.exponent);
}

/* 1 + g, exactly. */
SST_INLINE struct product
factor_of(double rate)
{
    return scaled(sst_two_sum(1.0, rate), 0.0);
}

/* The product as a number, 0 or infinite beyond the range. */
static struct sst_twofold
level_of(struct product a)
{
    if (a.exponent == 0.0)
        return a.part;
    int twos = (int)fmax(fmin(a.exponent, 3000.0), -3000.0);
    return (struct sst_twofold){ldexp(a.part.high, twos), ldexp(a.part.low, twos)};
}

/* The growth of one of `periods` periods that together lead to `whole` from 1. */
static double
mean_growth(struct product whole, ptrdiff_t periods)
{
    struct sst_twofold level = level_of(whole);
    double growth = growth_to(level);
    if (periods == 1)
        return growth;
    double log_level = fabs(growth) <= 0.5 ? log1p(growth) : log(rounded(level));
    double size = fabs(level.high), ln2 = 0x1.62e42fefa39efp-1;
    if (whole.exponent != 0.0 && !(size > 1e-300 && size < 1e300))
        log_level = log(rounded(whole.part)) + whole.exponent * ln2;
    return expm1(log_level / (double)periods);
}

/* Keeps a product in two numbers: its parts, or its fraction in 1/2..1 and its exponent, which
 * is larger than a second part beside such a fraction can be. */
static void
store(struct product a, double *first, double *second)
{
    *first = a.part.high;
    *second = a.part.low;
    if (a.exponent == 0.0)
        return;
    int twos;
    *first = frexp(rounded(a.part), &twos);
    *second = a.exponent + twos;
    if (fabs(*second) <= limit) {
        struct sst_twofold level = level_of(a);
        *first = level.high;
        *second = level.low;
    }
}

static struct product
load(double first, double second)
{
    if (fabs(first) < 1.0 && fabs(second) > limit)
        return (struct product){alone(first), second};
    return (struct product){{first, second}, 0.0};
}

/* The product of 1 + g from each period of the block before to its end, for as many windows as
 * the `length` periods from `start` end: the first number where the result will be, the second
 * where no window ends, in the first places of `out`. */
static void
keep_ends(const double *rates, ptrdiff_t start, ptrdiff_t length, ptrdiff_t window, double *out)
{
    struct product level = {alone(1.0), 0.0};
    for (ptrdiff_t k = window - 2; k >= 0; k--) {
        level = times(factor_of(rates[start - window + 1 + k]), level);
        if (k < length)
            store(level, &out[start + k], &out[k]);
    }
}

void
sst_compound_growth(const struct sst_lane *lane)
{
    const double *rates = lane->in[0];
    double *out = lane->out;
    ptrdiff_t n = lane->length[0], window = sst_lane_periods(lane->options[0], 1, n);
    int mean = lane->options[1] != 0.0;
    if (window < 0 || lane->outs != n) {
        sst_fill_nan(out, lane->outs);
        return;
    }
    for (ptrdiff_t start = 0; start < n; start += window) {
        ptrdiff_t length = n - start < window ? n - start : window;
        struct product level = {alone(1.0), 0.0};
        if (start > 0)
            keep_ends(rates, start, length, window, out);
        for (ptrdiff_t k = 0; k < length; k++) {
            level = times(level, factor_of(rates[start + k]));
            struct product whole = level;
            if (start == 0 && k < window - 1)
                continue;
            if (k < window - 1)
                whole = times(load(out[start + k], out[k]), level);
            out[start + k] = mean ? mean_growth(whole, window) : growth_to(level_of(whole));
        }
    }
    sst_fill_nan(out, window - 1);
}

void
sst_flow_growth(const struct sst_lane *lane)
{
    const double *flows = lane->in[0], *stocks = lane->in[1];
    if (lane->length[0] != lane->outs || lane->length[1] != lane->outs) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    for (ptrdiff_t t = 0; t < lane->outs; t++)
        lane->out[t] = t == 0 ? (double)NAN : flows[t] / stocks[t - 1];
}
