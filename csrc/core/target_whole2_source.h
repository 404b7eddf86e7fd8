/* SPDX-License-Identifier: MIT
 *
 * Target measures of two whole figures and a number: the difference of the figures is
 * taken between integers (whole.h), everything after it is the double kernel.
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
