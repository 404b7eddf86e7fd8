/* SPDX-License-Identifier: MIT
 *
 * Target measures of three whole figures: differences between integers (whole.h), then
 * the double kernels.
 */

struct NAME(figures) {
    struct sst_whole a, b, c;
};

SST_INLINE struct NAME(figures) NAME(figures_at)(const struct sst_map *m, ptrdiff_t i)
{
    return (struct NAME(figures)){
        A_OF(*(const A *)(const void *)(m->in[0] + i * m->step[0])),
        B_OF(*(const B *)(const void *)(m->in[1] + i * m->step[1])),
        C_OF(*(const C *)(const void *)(m->in[2] + i * m->step[2])),
    };
}

/* Operands: actual, target, high, and the side as int8. */
SST_INLINE void
NAME(map_sided)(const struct sst_map *m, double (*kernel)(double, double))
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        struct NAME(figures) f = NAME(figures_at)(m, i);
        int side = *(const int8_t *)(m->in[3] + i * m->step[3]);
        double below = sst_whole_difference(f.b, f.a), above = sst_whole_difference(f.a, f.c), end;
        double missing =
            missing_f64(below, above, sst_whole_real(f.b), sst_whole_real(f.c), side, &end);
        *sst_out_f64(m, i) = kernel(missing, end);
    }
}

/* Operands: baseline, actual, target. */
SST_INLINE double
NAME(share_at)(const struct sst_map *m, ptrdiff_t i)
{
    struct NAME(figures) f = NAME(figures_at)(m, i);
    return share_f64(sst_whole_difference(f.b, f.a), sst_whole_difference(f.c, f.a));
}

void
NAME(sst_gap)(const struct sst_map *map)
{
    NAME(map_sided)(map, gap_f64);
}

void
NAME(sst_relative_gap)(const struct sst_map *map)
{
    NAME(map_sided)(map, relative_gap_f64);
}

void
NAME(sst_attainment_reflected)(const struct sst_map *map)
{
    NAME(map_sided)(map, reflected_f64);
}

void
NAME(sst_progress)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++)
        *sst_out_f64(map, i) = NAME(share_at)(map, i);
}

void
NAME(sst_pace)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++)
        *sst_out_f64(map, i) = NAME(share_at)(map, i) / sst_at_f64(map, 3, i);
}

void
NAME(sst_schedule_lead)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++)
        *sst_out_f64(map, i) = NAME(share_at)(map, i) - sst_at_f64(map, 3, i);
}
