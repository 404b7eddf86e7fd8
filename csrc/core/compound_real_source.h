/* SPDX-License-Identifier: MIT
 *
 * Compound growth of reals.
 */

/* As doubles, where they lie if they are that already. */
SST_INLINE const double *
NAME(reals)(const char *from, ptrdiff_t step, ptrdiff_t n, double *values)
{
    if (sizeof(T) == sizeof(double) && step == (ptrdiff_t)sizeof(double))
        return (const double *)(const void *)from;
    for (ptrdiff_t i = 0; i < n; i++)
        values[i] = (double)*(const T *)(const void *)(from + i * step);
    return values;
}

SST_INLINE const double *
NAME(bases)(const struct sst_map *m, ptrdiff_t first, ptrdiff_t n, double *values)
{
    return NAME(reals)(m->in[0] + first * m->step[0], m->step[0], n, values);
}

SST_INLINE const double *
NAME(currents)(const struct sst_map *m, ptrdiff_t first, ptrdiff_t n, double *values)
{
    return NAME(reals)(m->in[1] + first * m->step[1], m->step[1], n, values);
}

SST_INLINE struct sst_twofold
NAME(exact_base)(const struct sst_map *m, ptrdiff_t i)
{
    return (struct sst_twofold){(double)*(const T *)(const void *)(m->in[0] + i * m->step[0]), 0.0};
}

SST_INLINE struct sst_twofold
NAME(exact_current)(const struct sst_map *m, ptrdiff_t i)
{
    return (struct sst_twofold){(double)*(const T *)(const void *)(m->in[1] + i * m->step[1]), 0.0};
}

#define RESULT T
#include "compound_source.h"
#undef RESULT
