/* SPDX-License-Identifier: MIT
 *
 * One growth rate for a whole series. Inputs: the levels, then the time of each in periods,
 * ascending; only its differences count. NaN is a missing level; one result, NaN where there is
 * none.
 */
#ifndef SST_AVERAGE_H
#define SST_AVERAGE_H

#include "lanes.h"

/* (x_T/x_0)^(1/(t_T - t_0)) - 1; NaN unless x_0 > 0 and x_T >= 0. */
void sst_average_geometric(const struct sst_lane *lane);

/* ln(x_T/x_0) / (t_T - t_0); NaN unless both are positive. */
void sst_average_exponential(const struct sst_lane *lane);

/* The mean of the rates between levels one period apart. Option: the least share of levels
 * that are there. NaN where a level of zero or below is the base of a rate. */
void sst_average_arithmetic(const struct sst_lane *lane);

/* g with sum (1+g)^i = sum(x_i) / x_0 over i = 1..n; NaN unless all are there, one period
 * apart, x_0 and the sum positive. */
void sst_average_cumulative(const struct sst_lane *lane);

/* exp(b) - 1 with b the slope of ln x on time. A third input of weights may be empty; a level
 * without a weight is left out. Option: as of the arithmetic mean. NaN where a level that
 * counts is not positive and finite, or where fewer than two of them have a weight above zero. */
void sst_average_least_squares(const struct sst_lane *lane);

#endif
