/* SPDX-License-Identifier: MIT */
#include "map_source.h"

void
NAME(sst_met)(const struct sst_map *m)
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        double actual = (double)NAME(sst_at)(m, 0, i), target = (double)NAME(sst_at)(m, 1, i);
        double high = (double)NAME(sst_at)(m, 2, i), tolerance = (double)NAME(sst_at)(m, 3, i);
        int code = *(const int8_t *)(m->in[4] + i * m->step[4]);
        unsigned char *out = (unsigned char *)(m->out + i * m->out_step);
        *out = met(real_difference(target, actual), real_difference(actual, high), tolerance, code);
    }
}
