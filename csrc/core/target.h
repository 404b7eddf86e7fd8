/* SPDX-License-Identifier: MIT
 *
 * Target gaps: how far a figure is from where it was promised to be.
 * Every function maps element by element over struct sst_map; NaN in, NaN out.
 */
#ifndef SST_TARGET_H
#define SST_TARGET_H

#include "map.h"

/* baseline, actual, target -> (actual - baseline) / (target - baseline): the share of
 * the way gone. 0/0 where the baseline is the target. */
void sst_progress_f32(const struct sst_map *map);
void sst_progress_f64(const struct sst_map *map);

#endif
