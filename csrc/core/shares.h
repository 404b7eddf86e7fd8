/* SPDX-License-Identifier: MIT
 *
 * The figures of a lane as shares of their total, for indices that are functions of shares.
 * Figures and weights are multiplied by powers of two that bring the largest below 1 (nothing is
 * lost by that, and squares and products stay in range), and added up exactly. What is then
 * computed of one figure and the total depends on no other figure: added up exactly again, it
 * gives an index whose bits are the same for any order.
 */
#ifndef SST_SHARES_H
#define SST_SHARES_H

#include "lanes.h"
#include "twofold.h"

struct sst_shares {
    const double *value;
    const double *weight; /* NULL: every figure counts once */
    ptrdiff_t n;
    ptrdiff_t present; /* figures that are there, with a weight above zero */
    int exponent;      /* a figure is its scaled one times 2^exponent */
    int weight_exponent;
    double power, weight_power;
    struct sst_twofold total;   /* of the scaled figures times weights */
    struct sst_twofold weights; /* of the scaled weights */
};

/* The power of two that brings a value, not negative, into [1/2, 1), as far as there is one. */
int sst_unit_exponent(double value);

/* Surveys figures and adds them up. 0 where they have no shares: none is there, their total is
 * zero (or below 2^-900 of what the largest figure and the largest weight would give together),
 * one is negative or infinite, or (unless `skip`) missing. A figure without a weight, or
 * with a weight of zero, is left out. */
int sst_shares_survey(struct sst_shares *shares, int skip);

/* Surveys the first input of a lane, weighted (`weighted`) by the second, which is of length 0
 * where all count once; the first option is whether missing figures are skipped. */
int sst_shares_of_lane(struct sst_shares *shares, const struct sst_lane *lane, int weighted);

/* The same result in all places of a lane. */
SST_INLINE void
sst_shares_give(const struct sst_lane *lane, double value)
{
    for (ptrdiff_t k = 0; k < lane->outs; k++)
        lane->out[k] = value;
}

/* Whether figure i counts; then its scaled value and weight. */
SST_INLINE int
sst_shares_at(const struct sst_shares *s, ptrdiff_t i, double *value, double *weight)
{
    double w = s->weight == NULL ? 1.0 : s->weight[i];
    if (isnan(s->value[i]) || !(w > 0.0))
        return 0;
    *value = s->value[i] * s->power;
    *weight = s->weight == NULL ? 1.0 : w * s->weight_power;
    return 1;
}

/* The sum of the weights as it was before scaling; without weights the number of figures. */
SST_INLINE struct sst_twofold
sst_shares_units(const struct sst_shares *s)
{
    double power = ldexp(1.0, s->weight == NULL ? 0 : s->weight_exponent);
    return sst_twofold_scale(s->weights, power);
}

#endif
