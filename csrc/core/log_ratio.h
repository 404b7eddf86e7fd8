/* SPDX-License-Identifier: MIT
 *
 * Logarithms of ratios and compound rates of any two figures, one at a time: what the
 * batches of batch.h leave, by the same formulas, with its scale taken from each figure.
 */
#ifndef SST_LOG_RATIO_H
#define SST_LOG_RATIO_H

#include "twofold.h"

/* ln(y / x) of figures of one sign: -inf where y/x is zero, inf where it is infinite, NaN
 * where it is negative or no number. */
struct sst_twofold sst_log_ratio(struct sst_twofold x, struct sst_twofold y);

/* The same rounded, of doubles whose change is known better than they are: exactly, or that
 * of integers, rounded once. */
double sst_log_growth(double change, double x, double y);

/* A logarithm times a factor. */
struct sst_twofold sst_log_times(struct sst_twofold log, struct sst_twofold factor);

/* (y / x)^factor - 1 */
double sst_compound(struct sst_twofold x, struct sst_twofold y, struct sst_twofold factor);

/* (y / x)^(1 / span) - 1, also where 1 / span overflows. */
double sst_compound_over(struct sst_twofold x, struct sst_twofold y, struct sst_twofold span);

#endif
