/* SPDX-License-Identifier: MIT */
#include "map_source.h"

SST_INLINE T
NAME(compound)(T rate, T factor)
{
    return (T)compound((double)rate, (double)factor);
}

SST_INLINE T
NAME(linear)(T rate, T factor)
{
    return rate * factor;
}

SST_INLINE T
NAME(doubling_time)(T rate)
{
    return (T)doubling_time((double)rate);
}

SST_INLINE T
NAME(doublings)(T start, T end)
{
    return (T)doublings((double)end - (double)start, (double)start, (double)end);
}

void
NAME(sst_annualize_compound)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(compound));
}

void
NAME(sst_annualize_linear)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(linear));
}

void
NAME(sst_doubling_time)(const struct sst_map *map)
{
    NAME(sst_map1)(map, NAME(doubling_time));
}

void
NAME(sst_doublings)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(doublings));
}
