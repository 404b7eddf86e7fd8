/* SPDX-License-Identifier: MIT */
#include "map_source.h"

SST_INLINE T
NAME(nearer_end)(T from, T low, T high)
{
    if (!(low <= high))
        return low;
    T under = from > high ? high : from;
    return under < low ? low : under;
}

void
NAME(sst_nearer_end)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(nearer_end));
}
