/* SPDX-License-Identifier: MIT
 *
 * Target measures of two whole figures and a number: the difference of the figures is
 * taken between integers (whole.h), everything after it is the double kernel.
 */

#include "whole_pair_source.h"

void
NAME(sst_required_growth)(const struct sst_map *map)
{
    NAME(map_pair)(map, required_growth);
}

void
NAME(sst_required_change)(const struct sst_map *map)
{
    NAME(map_pair)(map, required_change_of);
}

void
NAME(sst_planned_geometric)(const struct sst_map *map)
{
    NAME(map_pair)(map, planned_geometric);
}

void
NAME(sst_expected_share)(const struct sst_map *map)
{
    NAME(map_pair)(map, expected_share);
}

void
NAME(sst_expected_geometric)(const struct sst_map *map)
{
    NAME(map_pair)(map, expected_geometric);
}
