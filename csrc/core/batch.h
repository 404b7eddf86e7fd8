/* SPDX-License-Identifier: MIT
 *
 * Logarithms and powers of ratios, a batch at a time, in plain loops that compilers turn
 * into vectors. A pair out of the ordinary is not computed here: its result is NaN or too
 * large, and the function returns 1. Ordinary figures, and sizes of factors and spans, lie from
 * 2^-400 to 2^400. What an ordinary pair gives depends on nothing but its figures: neither
 * on its neighbors and its place nor on the processor.
 */
#ifndef SST_BATCH_H
#define SST_BATCH_H

#include <math.h>
#include <stddef.h>

#define SST_RESULT_MOST 0x1p900

enum { SST_BATCH = 256, SST_POWER_MOST = 16 };

struct sst_batch {
    ptrdiff_t n; /* at most SST_BATCH */
    const double *x, *y;
    double *out;              /* apart from all else */
    const double *high, *low; /* a factor for each pair, in two parts; or `high` a span */
    int power;                /* 1 to SST_POWER_MOST */
};

/* Whether a result stands for a pair that is not computed. */
static inline int
sst_is_left(double result)
{
    return !(fabs(result) <= SST_RESULT_MOST);
}

typedef int (*sst_batch_function)(const struct sst_batch *batch);

struct sst_batches {
    sst_batch_function log;        /* ln(y / x) */
    sst_batch_function log_times;  /* the same times the factor */
    sst_batch_function compound;   /* (y / x)^factor - 1 */
    sst_batch_function per_period; /* (y / x)^(1 / span) - 1 */
    sst_batch_function power;      /* (y / x)^power - 1 */
};

/* For the processor that runs this. */
const struct sst_batches *sst_batches(void);

extern const struct sst_batches sst_portable_batches;

#endif
