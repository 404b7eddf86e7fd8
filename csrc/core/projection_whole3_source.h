/* SPDX-License-Identifier: MIT
 *
 * The way of three whole figures: differences between integers (whole.h), then the double kernels.
 */

SST_INLINE struct figures
NAME(figures_at)(const struct sst_map *m, ptrdiff_t i)
{
    struct sst_whole b = A_OF(*(const A *)(const void *)(m->in[0] + i * m->step[0]));
    struct sst_whole x = B_OF(*(const B *)(const void *)(m->in[1] + i * m->step[1]));
    struct sst_whole t = C_OF(*(const C *)(const void *)(m->in[2] + i * m->step[2]));
    return (struct figures){sst_whole_real(b),          sst_whole_real(x),
                            sst_whole_real(t),          sst_whole_difference(x, b),
                            sst_whole_difference(t, x), sst_whole_difference(t, b)};
}

/* Operands: baseline, actual, target, number. */
SST_INLINE void
NAME(map_way)(const struct sst_map *m, struct way (*path)(const struct figures *),
              double (*kernel)(struct way, double))
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        struct figures f = NAME(figures_at)(m, i);
        *sst_out_f64(m, i) = kernel(path(&f), sst_at_f64(m, 3, i));
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
        *sst_out_f64(map, i) = earned(way_geometric(&f));
    }
}
