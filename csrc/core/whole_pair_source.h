/* SPDX-License-Identifier: MIT
 *
 * The loop over two whole figures and a number: the kernel gets their difference, taken between
 * integers (whole.h), both figures and the number.
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
