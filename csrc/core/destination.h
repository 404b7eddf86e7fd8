/* SPDX-License-Identifier: MIT
 *
 * Where a range is as a target.
 */
#ifndef SST_DESTINATION_H
#define SST_DESTINATION_H

#include "map.h"

/* from, low, high -> of what lies from low to high the nearest to `from`; low where high is no
 * number. Three figures of one type give one of that type. */
void sst_nearer_end_f32(const struct sst_map *map);
void sst_nearer_end_f64(const struct sst_map *map);
void sst_nearer_end_i64(const struct sst_map *map);
void sst_nearer_end_u64(const struct sst_map *map);

#endif
