/* SPDX-License-Identifier: MIT
 *
 * Growth of a figure on its base, element by element over struct sst_map: inputs are the
 * base and the current figure, in this order. A kernel is named for its method and for
 * what it makes of a base that is zero or negative: nothing (IEEE arithmetic), `_nan`
 * (NaN), `_abs` (divides by its size). NaN in, NaN out.
 */
#ifndef SST_GROWTH_H
#define SST_GROWTH_H

#include "map.h"

#include <stdint.h>

#define SST_SOURCE "growth_declare.h"
#include "for_each_real.h"

#define SST_SOURCE "growth_declare.h"
#include "for_each_whole2.h"

/* level, growth -> level / (1 + growth); NaN where growth is -1. */
void sst_implied_base_f32(const struct sst_map *map);
void sst_implied_base_f64(const struct sst_map *map);

#endif
