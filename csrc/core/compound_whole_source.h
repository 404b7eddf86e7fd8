/* SPDX-License-Identifier: MIT
 *
 * Compound growth of 64-bit integers: those that a double does not hold are left to be
 * computed one by one, from all their digits.
 */

SST_INLINE struct sst_whole
NAME(base_at)(const struct sst_map *m, ptrdiff_t i)
{
    return A_OF(*(const A *)(const void *)(m->in[0] + i * m->step[0]));
}

SST_INLINE struct sst_whole
NAME(current_at)(const struct sst_map *m, ptrdiff_t i)
{
    return B_OF(*(const B *)(const void *)(m->in[1] + i * m->step[1]));
}

SST_INLINE const double *
NAME(bases)(const struct sst_map *m, ptrdiff_t first, ptrdiff_t n, double *values)
{
    for (ptrdiff_t i = 0; i < n; i++)
        values[i] = sst_whole_plain(NAME(base_at)(m, first + i));
    return values;
}

SST_INLINE const double *
NAME(currents)(const struct sst_map *m, ptrdiff_t first, ptrdiff_t n, double *values)
{
    for (ptrdiff_t i = 0; i < n; i++)
        values[i] = sst_whole_plain(NAME(current_at)(m, first + i));
    return values;
}

SST_INLINE struct sst_twofold
NAME(exact_base)(const struct sst_map *m, ptrdiff_t i)
{
    return sst_whole_two(NAME(base_at)(m, i));
}

SST_INLINE struct sst_twofold
NAME(exact_current)(const struct sst_map *m, ptrdiff_t i)
{
    return sst_whole_two(NAME(current_at)(m, i));
}

#define RESULT double
#include "compound_source.h"
#undef RESULT
