/* SPDX-License-Identifier: MIT
 *
 * Logarithmic and compound growth: ln(y/x), and (y/x)^p - 1 by whole powers of the growth
 * where p is a small whole number, else as exp(p ln(y/x)) - 1. All start from y - x, so a
 * small growth keeps its digits: between 3 and 3(1 + 1e-9) the naive annual rate, and a
 * difference of logarithms, keep nine (N. J. Higham, Accuracy and Stability of Numerical
 * Algorithms, 1.14.1, on log1p and expm1).
 *
 * Ordinary figures go through the batches of batch.h; what those leave, each figure out of
 * their range and every sign, zero, infinity and missing value, through log_ratio.h.
 */
#include "batch.h"
#include "growth.h"
#include "log_ratio.h"
#include "whole.h"

/* Which factors the batches are given: none, one for all, or one for each pair. */
enum factors { NONE, ONE, EACH };

struct task {
    sst_batch_function batch;
    /* A pair that the batch has left. The factor is the span where each has its own. */
    double (*careful)(struct sst_twofold x, struct sst_twofold y, struct sst_twofold factor);
    struct sst_twofold factor;
    enum factors factors;
    int power;
};

/* The third input holds two doubles for all: periods and the lag that they are over. */
static struct sst_twofold
factor_of(const struct sst_map *map)
{
    const double *by = (const double *)(const void *)map->in[2];
    const struct sst_twofold periods = {by[0], 0.0}, lag = {by[1], 0.0};
    return sst_twofold_divide(periods, lag);
}

static struct task
compound_task(const struct sst_map *map,
              double (*careful)(struct sst_twofold, struct sst_twofold, struct sst_twofold))
{
    struct task task = {.batch = sst_batches()->compound,
                        .careful = careful,
                        .factor = factor_of(map),
                        .factors = ONE};
    double p = task.factor.high;
    if (p >= 1 && p <= SST_POWER_MOST && p == (int)p && task.factor.low == 0) {
        task.batch = sst_batches()->power;
        task.factors = NONE;
        task.power = (int)p;
    }
    return task;
}

static double
compound_nan(struct sst_twofold x, struct sst_twofold y, struct sst_twofold factor)
{
    return x.high > 0 ? sst_compound(x, y, factor) : (double)NAN;
}

/* Over a negative base growth is (y - x) / |x|, as from |x| to y + 2|x|. */
static double
compound_abs(struct sst_twofold x, struct sst_twofold y, struct sst_twofold factor)
{
    if (!(x.high < 0))
        return sst_compound(x, y, factor);
    double scale = fabs(x.high) > 0x1p1000 || fabs(y.high) > 0x1p1000 ? 0x1p-4 : 1.0;
    struct sst_twofold size = {-scale * x.high, -scale * x.low};
    struct sst_twofold level =
        sst_twofold_add((struct sst_twofold){scale * y.high, scale * y.low},
                        (struct sst_twofold){2.0 * size.high, 2.0 * size.low});
    return sst_compound(size, level, factor);
}

static double
log_times(struct sst_twofold x, struct sst_twofold y, struct sst_twofold factor)
{
    if (!(x.high > 0 && y.high > 0))
        return NAN;
    struct sst_twofold z = sst_log_times(sst_log_ratio(x, y), factor);
    return z.high + z.low;
}

static double
per_period(struct sst_twofold x, struct sst_twofold y, struct sst_twofold span)
{
    if (!(x.high > 0 && y.high >= 0) || span.high == 0)
        return NAN;
    return sst_compound_over(x, y, span);
}

#define SST_SOURCE "compound_real_source.h"
#include "for_each_real.h"

#define SST_SOURCE "compound_whole_source.h"
#include "for_each_whole2.h"
