/* SPDX-License-Identifier: MIT */

void
NAME(sst_met)(const struct sst_map *m)
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        struct sst_whole actual = A_OF(*(const A *)(const void *)(m->in[0] + i * m->step[0]));
        struct sst_whole target = B_OF(*(const B *)(const void *)(m->in[1] + i * m->step[1]));
        struct sst_whole high = C_OF(*(const C *)(const void *)(m->in[2] + i * m->step[2]));
        double tolerance = sst_at_f64(m, 3, i);
        int code = *(const int8_t *)(m->in[4] + i * m->step[4]);
        unsigned char *out = (unsigned char *)(m->out + i * m->out_step);
        *out =
            met(whole_difference(target, actual), whole_difference(actual, high), tolerance, code);
    }
}
