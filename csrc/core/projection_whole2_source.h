/* SPDX-License-Identifier: MIT
 *
 * Projections of two whole figures: their difference is taken between integers (whole.h).
 */

SST_INLINE void
NAME(map_pair)(const struct sst_map *m, double (*kernel)(double, double, double, double))
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        struct sst_whole from = A_OF(*(const A *)(const void *)(m->in[0] + i * m->step[0]));
        struct sst_whole to = B_OF(*(const B *)(const void *)(m->in[1] + i * m->step[1]));
        double difference = sst_whole_difference(to, from);
        *sst_out_f64(m, i) =
            kernel(difference, sst_whole_real(from), sst_whole_real(to), sst_at_f64(m, 2, i));
    }
}

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
