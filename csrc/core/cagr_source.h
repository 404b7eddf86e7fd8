/* SPDX-License-Identifier: MIT */
#include "map_source.h"

SST_INLINE T
NAME(cagr)(T start, T end, T periods)
{
    double x = (double)start, y = (double)end, span = (double)periods;
    if (!(x > 0 && y >= 0) || span == 0)
        return (T)NAN;
    return (T)expm1(log_ratio((y - x) / x, x, y) / span);
}

void
NAME(sst_cagr)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(cagr));
}

SST_INLINE T
NAME(implied_base)(T level, T growth)
{
    double factor = 1.0 + (double)growth;
    return (T)(factor == 0 ? (double)NAN : (double)level / factor);
}

void
NAME(sst_implied_base)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(implied_base));
}
