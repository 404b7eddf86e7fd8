/* SPDX-License-Identifier: MIT
 *
 * The loops of map.h for one type T; included by topic sources before their kernels.
 */

SST_INLINE T
NAME(sst_at)(const struct sst_map *m, int operand, ptrdiff_t i)
{
    return *(const T *)(const void *)(m->in[operand] + i * m->step[operand]);
}

SST_INLINE T *
NAME(sst_out)(const struct sst_map *m, ptrdiff_t i)
{
    return (T *)(void *)(m->out + i * m->out_step);
}

/* Every operand without gaps: the compiler then sees plain arrays. */
SST_INLINE int
NAME(sst_dense)(const struct sst_map *m, int operands)
{
    int dense = m->out_step == (ptrdiff_t)sizeof(T);
    for (int k = 0; k < operands; k++)
        dense &= m->step[k] == (ptrdiff_t)sizeof(T);
    return dense;
}

SST_INLINE void
NAME(sst_map1)(const struct sst_map *m, T (*kernel)(T))
{
    for (ptrdiff_t i = 0; i < m->n; i++)
        *NAME(sst_out)(m, i) = kernel(NAME(sst_at)(m, 0, i));
}

SST_INLINE void
NAME(sst_map2)(const struct sst_map *m, T (*kernel)(T, T))
{
    if (NAME(sst_dense)(m, 2)) {
        const T *a = (const T *)(const void *)m->in[0];
        const T *b = (const T *)(const void *)m->in[1];
        T *out = (T *)(void *)m->out;
        for (ptrdiff_t i = 0; i < m->n; i++)
            out[i] = kernel(a[i], b[i]);
        return;
    }
    for (ptrdiff_t i = 0; i < m->n; i++)
        *NAME(sst_out)(m, i) = kernel(NAME(sst_at)(m, 0, i), NAME(sst_at)(m, 1, i));
}

SST_INLINE void
NAME(sst_map3)(const struct sst_map *m, T (*kernel)(T, T, T))
{
    for (ptrdiff_t i = 0; i < m->n; i++)
        *NAME(sst_out)(m, i) =
            kernel(NAME(sst_at)(m, 0, i), NAME(sst_at)(m, 1, i), NAME(sst_at)(m, 2, i));
}

SST_INLINE void
NAME(sst_map4)(const struct sst_map *m, T (*kernel)(T, T, T, T))
{
    for (ptrdiff_t i = 0; i < m->n; i++)
        *NAME(sst_out)(m, i) = kernel(NAME(sst_at)(m, 0, i), NAME(sst_at)(m, 1, i),
                                      NAME(sst_at)(m, 2, i), NAME(sst_at)(m, 3, i));
}
