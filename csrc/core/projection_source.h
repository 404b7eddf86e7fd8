/* SPDX-License-Identifier: MIT */
#include "map_source.h"

/* Halves are exact where a difference of finite figures is beyond the largest. */
SST_INLINE struct figures
NAME(figures_at)(const struct sst_map *m, ptrdiff_t i)
{
    double b = (double)NAME(sst_at)(m, 0, i), x = (double)NAME(sst_at)(m, 1, i);
    double t = (double)NAME(sst_at)(m, 2, i);
    struct figures f = {b, x, t, x - b, t - x, t - b};
    if (isinf(f.gone) || isinf(f.left) || isinf(f.whole)) {
        b /= 2.0;
        x /= 2.0;
        t /= 2.0;
        f = (struct figures){b, x, t, x - b, t - x, t - b};
    }
    return f;
}

SST_INLINE double
NAME(number_at)(const struct sst_map *m, ptrdiff_t i)
{
    return (double)NAME(sst_at)(m, 3, i);
}

SST_INLINE void
NAME(put)(const struct sst_map *m, ptrdiff_t i, double value)
{
    *NAME(sst_out)(m, i) = (T)value;
}

#include "projection_way_source.h"

SST_INLINE T
NAME(projected_share)(T baseline, T actual, T share)
{
    double difference = (double)actual - (double)baseline;
    return (T)projected_share(difference, (double)baseline, (double)actual, (double)share);
}

SST_INLINE T
NAME(projected_geometric)(T baseline, T actual, T elapsed)
{
    double difference = (double)actual - (double)baseline;
    return (T)projected_geometric(difference, (double)baseline, (double)actual, (double)elapsed);
}

SST_INLINE T
NAME(to_complete_share)(T earned_share, T elapsed)
{
    return (T)to_complete((struct way){0.0, 1.0 - (double)earned_share, 1.0}, (double)elapsed);
}

SST_INLINE T
NAME(within_limits)(T value, T floor, T ceiling)
{
    T raised = value < floor ? floor : value;
    return raised > ceiling ? ceiling : raised;
}

void
NAME(sst_projected_share)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(projected_share));
}

void
NAME(sst_projected_geometric)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(projected_geometric));
}

void
NAME(sst_to_complete_share)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(to_complete_share));
}

void
NAME(sst_within_limits)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(within_limits));
}
