/* SPDX-License-Identifier: MIT
 *
 * Every measure, for float and double.
 */
#include "projection_names2.h"
#include "projection_names3.h"

/* share earned, elapsed share e -> (1 - earned) / (1 - e), NaN unless 0 <= e < 1. */
void NAME(sst_to_complete_share)(const struct sst_map *map);

/* value, floor, ceiling -> the value within its limits; a limit that is NaN is none. */
void NAME(sst_within_limits)(const struct sst_map *map);
