/* SPDX-License-Identifier: MIT
 *
 * Target gaps: how far a figure is from where it was promised to be.
 * Every function maps element by element over struct sst_map; NaN in, NaN out. The
 * operands are in target_names*.h. Forms for 64-bit integers end in their types
 * (sst_gap_i64_u64_i64); shares, periods and results of those are double.
 */
#ifndef SST_TARGET_H
#define SST_TARGET_H

#include <stdint.h>

#include "map.h"

#define SST_SOURCE "target_names_real.h"
#include "for_each_real.h"

#define SST_SOURCE "target_names2.h"
#include "for_each_whole2.h"

#define SST_SOURCE "target_names3.h"
#include "for_each_whole3.h"

#endif
