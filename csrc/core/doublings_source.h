/* SPDX-License-Identifier: MIT
 *
 * Doublings between 64-bit integers, whose difference is taken exactly (whole.h).
 */

void
NAME(sst_doublings)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++) {
        struct sst_whole start = A_OF(*(const A *)(const void *)(map->in[0] + i * map->step[0]));
        struct sst_whole end = B_OF(*(const B *)(const void *)(map->in[1] + i * map->step[1]));
        *sst_out_f64(map, i) =
            doublings(sst_whole_difference(end, start), sst_whole_real(start), sst_whole_real(end));
    }
}
