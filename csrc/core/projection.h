/* SPDX-License-Identifier: MIT
 *
 * Where the pace since the baseline leads, when it arrives, and the pace that is needed instead.
 * Every function maps element by element over struct sst_map; NaN in, NaN out. Forms for 64-bit
 * integers end in their types, as in target.h; shares, spans and results of those are double.
 */
#ifndef SST_PROJECTION_H
#define SST_PROJECTION_H

#include <stdint.h>

#include "lanes.h"
#include "map.h"

#define SST_SOURCE "projection_names_real.h"
#include "for_each_real.h"

#define SST_SOURCE "projection_names2.h"
#include "for_each_whole2.h"

#define SST_SOURCE "projection_names3.h"
#include "for_each_whole3.h"

/* Inputs: the shares of the way planned by the end of each period, which do not fall, and one
 * share gone. One result: the share of the planned time by which the plan had come that far. */
void sst_earned_plan(const struct sst_lane *lane);

/* The value at the deadline of one figure, at constant change or constant growth, when `elapsed` of
 * the time has passed: what projected_value gives. */
double sst_projected(double baseline, double actual, double elapsed, int geometric);

#endif
