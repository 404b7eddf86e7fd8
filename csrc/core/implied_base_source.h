/* SPDX-License-Identifier: MIT */
#include "map_source.h"

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
