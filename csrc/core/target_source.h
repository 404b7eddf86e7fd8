/* SPDX-License-Identifier: MIT */
#include "map_source.h"

SST_INLINE T
NAME(progress)(T baseline, T actual, T target)
{
    return (actual - baseline) / (target - baseline);
}

void
NAME(sst_progress)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(progress));
}
