/* SPDX-License-Identifier: MIT
 *
 * Measures of the way from baseline to target, once the including source says how its figures
 * and its number are read and where a result goes: figures_at, number_at, put.
 */

/* Operands: baseline, actual, target, number. */
SST_INLINE void
NAME(map_way)(const struct sst_map *m, struct way (*path)(const struct figures *),
              double (*kernel)(struct way, double))
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        struct figures f = NAME(figures_at)(m, i);
        NAME(put)(m, i, kernel(path(&f), NAME(number_at)(m, i)));
    }
}

void
NAME(sst_span_linear)(const struct sst_map *map)
{
    NAME(map_way)(map, way_linear, span);
}

void
NAME(sst_span_geometric)(const struct sst_map *map)
{
    NAME(map_way)(map, way_geometric, span);
}

void
NAME(sst_to_complete_linear)(const struct sst_map *map)
{
    NAME(map_way)(map, way_linear, to_complete);
}

void
NAME(sst_to_complete_geometric)(const struct sst_map *map)
{
    NAME(map_way)(map, way_geometric, to_complete);
}

void
NAME(sst_acceleration_linear)(const struct sst_map *map)
{
    NAME(map_way)(map, way_linear, acceleration);
}

void
NAME(sst_acceleration_geometric)(const struct sst_map *map)
{
    NAME(map_way)(map, way_geometric, acceleration);
}

void
NAME(sst_earned_geometric)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++) {
        struct figures f = NAME(figures_at)(map, i);
        NAME(put)(map, i, earned(way_geometric(&f)));
    }
}
