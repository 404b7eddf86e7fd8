/* SPDX-License-Identifier: MIT
 *
 * Every measure, for float and double.
 */
#include "target_names2.h"
#include "target_names3.h"

/* actual, target -> actual / target, NaN for a negative target. */
void NAME(sst_attainment_ratio)(const struct sst_map *map);

/* actual, target -> target / actual, NaN where either is negative. */
void NAME(sst_attainment_inverse)(const struct sst_map *map);

/* elapsed share -> the planned share: NaN before the start, at most 1. */
void NAME(sst_planned_linear)(const struct sst_map *map);

/* planned share, elapsed share -> the planned share, NaN where the elapsed is. */
void NAME(sst_planned_given)(const struct sst_map *map);
