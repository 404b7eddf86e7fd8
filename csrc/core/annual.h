/* SPDX-License-Identifier: MIT
 *
 * Growth of annual averages, from the months or quarters of two years.
 */
#ifndef SST_ANNUAL_H
#define SST_ANNUAL_H

#include "lanes.h"

/* Input: the periods of a year, then `known` of the next. Options: periods per year, known.
 * One result: the growth of the annual average if the rest of the year stays at the last known
 * level (the level at the end of the first year where none is known). */
void sst_carry_over(const struct sst_lane *lane);

/* Input: the periods of two years. Option: periods per year. */
enum { SST_ANNUAL, SST_ANNUAL_CARRY_OVER, SST_ANNUAL_DURING, SST_ANNUAL_END, SST_ANNUAL_RESULTS };
void sst_annual_growth(const struct sst_lane *lane);

#endif
