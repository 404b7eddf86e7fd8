/* SPDX-License-Identifier: MIT
 *
 * Projections of two whole figures: their difference is taken between integers (whole.h).
 */

#include "whole_pair_source.h"

void
NAME(sst_projected_share)(const struct sst_map *map)
{
    NAME(map_pair)(map, projected_share);
}

void
NAME(sst_projected_geometric)(const struct sst_map *map)
{
    NAME(map_pair)(map, projected_geometric);
}
