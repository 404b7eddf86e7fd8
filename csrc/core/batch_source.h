/* SPDX-License-Identifier: MIT
 *
 * The functions of batch.h, compiled by batch.c and batch_avx2.c with BATCH before each
 * and their table named BATCHES.
 */
#include "batch.h"
#include "bits.h"
#include "exp_kernel.h"
#include "log_kernel.h"
#include "power_kernel.h"

/* What a pass hands on to the next: short loops keep more pairs under way than long ones.
 * The columns are a line more than a power of two apart, lest they share their sets. */
enum { COLUMN = SST_BATCH + 8 };
struct scratch {
    double a[COLUMN], b[COLUMN], c[COLUMN];
};

SST_INLINE uint64_t
odd(double a)
{
    return sst_outside(a, 0x1p-400, 0x1p400);
}

/* The top bit is set in what sst_is_left. */
SST_INLINE uint64_t
left_over(double result)
{
    return sst_bits_of(SST_RESULT_MOST) - sst_bits_of(fabs(result));
}

/* Parts of the logarithms; those of pairs out of the ordinary are NaN. */
BATCH void
log_start(const struct sst_batch *batch, struct scratch *t)
{
    const double *restrict x = batch->x, *restrict y = batch->y;
    const ptrdiff_t n = batch->n;
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_log_parts parts = sst_log_start(x[i], y[i]);
        t->a[i] = sst_nan_where(odd(x[i]) | odd(y[i]), parts.s);
        t->b[i] = parts.low;
        t->c[i] = parts.k;
    }
}

BATCH int
log_batch(const struct sst_batch *batch)
{
    struct scratch t;
    double *restrict out = batch->out;
    const ptrdiff_t n = batch->n;
    uint64_t left = 0;
    log_start(batch, &t);
    for (ptrdiff_t i = 0; i < n; i++) {
        double log = sst_log_end((struct sst_log_parts){t.a[i], t.b[i], t.c[i]}).high;
        out[i] = log;
        left |= left_over(log);
    }
    return (int)(left >> 63);
}

/* Logarithms times factors, in two parts. */
BATCH void
multiply_logs(const struct sst_batch *batch, struct scratch *t)
{
    const double *restrict high = batch->high, *restrict low = batch->low;
    const ptrdiff_t n = batch->n;
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_twofold log = sst_log_end((struct sst_log_parts){t->a[i], t->b[i], t->c[i]});
        double z = high[i] * log.high, lost = sst_product_lost(high[i], log.high, z);
        t->a[i] = sst_nan_where(odd(fabs(high[i])), z);
        t->b[i] = lost + (high[i] * log.low + low[i] * log.high);
    }
}

/* Logarithms over spans, in two parts. */
BATCH void
divide_logs(const struct sst_batch *batch, struct scratch *t)
{
    const double *restrict span = batch->high;
    const ptrdiff_t n = batch->n;
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_twofold log = sst_log_end((struct sst_log_parts){t->a[i], t->b[i], t->c[i]});
        double inverse = 1.0 / span[i], z = log.high * inverse;
        t->a[i] = sst_nan_where(odd(fabs(span[i])), z);
        t->b[i] = (sst_remainder(log.high, z, span[i]) + log.low) * inverse;
    }
}

/* exp(a + b) - 1 */
BATCH int
exponentials(const struct sst_batch *batch, struct scratch *t)
{
    double *restrict out = batch->out;
    const ptrdiff_t n = batch->n;
    uint64_t left = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_exp_parts parts = sst_exp_start((struct sst_twofold){t->a[i], t->b[i]});
        t->a[i] = sst_nan_where(sst_beyond(t->a[i], 600.0), parts.g);
        t->b[i] = parts.low;
        t->c[i] = parts.power;
    }
    for (ptrdiff_t i = 0; i < n; i++) {
        double rate = sst_expm1_end((struct sst_exp_parts){t->a[i], t->b[i], t->c[i]});
        out[i] = rate;
        left |= left_over(rate);
    }
    return (int)(left >> 63);
}

BATCH int
log_times_batch(const struct sst_batch *batch)
{
    struct scratch t;
    double *restrict out = batch->out;
    const ptrdiff_t n = batch->n;
    uint64_t left = 0;
    log_start(batch, &t);
    multiply_logs(batch, &t);
    for (ptrdiff_t i = 0; i < n; i++) {
        double log = t.a[i] + t.b[i];
        out[i] = log;
        left |= left_over(log);
    }
    return (int)(left >> 63);
}

BATCH int
compound_batch(const struct sst_batch *batch)
{
    struct scratch t;
    log_start(batch, &t);
    multiply_logs(batch, &t);
    return exponentials(batch, &t);
}

BATCH int
per_period_batch(const struct sst_batch *batch)
{
    struct scratch t;
    log_start(batch, &t);
    divide_logs(batch, &t);
    return exponentials(batch, &t);
}

/* The growth of each pair, in two arrays. */
BATCH void
start(const struct sst_batch *batch, double *restrict high, double *restrict low)
{
    const double *restrict x = batch->x, *restrict y = batch->y;
    const ptrdiff_t n = batch->n;
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_twofold e = sst_growth_twofold(x[i], y[i]);
        high[i] = sst_nan_where(odd(x[i]) | odd(y[i]), e.high);
        low[i] = e.low;
    }
}

BATCH void
square(ptrdiff_t n, double *restrict high, double *restrict low)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_twofold e = sst_growth_squared((struct sst_twofold){high[i], low[i]});
        high[i] = e.high;
        low[i] = e.low;
    }
}

BATCH void
multiply(ptrdiff_t n, double *restrict high, double *restrict low, const double *restrict by_high,
         const double *restrict by_low)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_twofold by = {by_high[i], by_low[i]};
        struct sst_twofold e = sst_growth_times((struct sst_twofold){high[i], low[i]}, by);
        high[i] = e.high;
        low[i] = e.low;
    }
}

/* The last pass: one part out of two. */
BATCH int
round_off(ptrdiff_t n, double *restrict high, const double *restrict low)
{
    uint64_t left = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        high[i] = high[i] + low[i];
        left |= left_over(high[i]);
    }
    return (int)(left >> 63);
}

/* The same with a square before it. */
BATCH int
square_and_round_off(ptrdiff_t n, double *restrict high, const double *restrict low)
{
    uint64_t left = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        double e = high[i], rest = e * e + (low[i] + low[i]) * (1.0 + e);
        high[i] = (e + e) + rest;
        left |= left_over(high[i]);
    }
    return (int)(left >> 63);
}

/* By the binary digits of the power from the top: a pass for each keeps the loops plain. */
BATCH int
power_batch(const struct sst_batch *batch)
{
    double low[SST_BATCH], by_high[SST_BATCH], by_low[SST_BATCH], *restrict high = batch->out;
    const ptrdiff_t n = batch->n;
    int digit = SST_POWER_MOST;
    start(batch, high, low);
    if ((batch->power & (batch->power - 1)) != 0)
        start(batch, by_high, by_low);
    while ((batch->power & digit) == 0)
        digit /= 2;
    while ((digit /= 2) > 1) {
        square(n, high, low);
        if (batch->power & digit)
            multiply(n, high, low, by_high, by_low);
    }
    if (batch->power % 2 == 0)
        return square_and_round_off(n, high, low);
    if (batch->power > 1) {
        square(n, high, low);
        multiply(n, high, low, by_high, by_low);
    }
    return round_off(n, high, low);
}

const struct sst_batches BATCHES = {log_batch, log_times_batch, compound_batch, per_period_batch,
                                    power_batch};
