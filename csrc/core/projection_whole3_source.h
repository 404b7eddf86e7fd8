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

SST_INLINE double
NAME(number_at)(const struct sst_map *m, ptrdiff_t i)
{
    return sst_at_f64(m, 3, i);
}

SST_INLINE void
NAME(put)(const struct sst_map *m, ptrdiff_t i, double value)
{
    *sst_out_f64(m, i) = value;
}

#include "projection_way_source.h"
