/* SPDX-License-Identifier: MIT
 *
 * The kernels of growth.c over arrays of a base of type A and a current figure of type B,
 * with NAME(difference) between them and results of type RESULT. The loops are inlined with
 * their kernel a constant; where the data lie without gaps the compiler sees plain arrays.
 */

SST_INLINE A
NAME(base_at)(const struct sst_map *m, ptrdiff_t i)
{
    return *(const A *)(const void *)(m->in[0] + i * m->step[0]);
}

SST_INLINE B
NAME(current_at)(const struct sst_map *m, ptrdiff_t i)
{
    return *(const B *)(const void *)(m->in[1] + i * m->step[1]);
}

SST_INLINE void
NAME(pairs)(const struct sst_map *m, double (*rate)(double, double, double))
{
    if (m->step[0] == (ptrdiff_t)sizeof(A) && m->step[1] == (ptrdiff_t)sizeof(B) &&
        m->out_step == (ptrdiff_t)sizeof(RESULT)) {
        const A *x = (const A *)(const void *)m->in[0];
        const B *y = (const B *)(const void *)m->in[1];
        RESULT *out = (RESULT *)(void *)m->out;
        for (ptrdiff_t i = 0; i < m->n; i++)
            out[i] = (RESULT)rate(NAME(difference)(x[i], y[i]), (double)x[i], (double)y[i]);
        return;
    }
    for (ptrdiff_t i = 0; i < m->n; i++) {
        A x = NAME(base_at)(m, i);
        B y = NAME(current_at)(m, i);
        *(RESULT *)(void *)(m->out + i * m->out_step) =
            (RESULT)rate(NAME(difference)(x, y), (double)x, (double)y);
    }
}

SST_WIDE static void
NAME(wide_simple)(const struct sst_map *map)
{
    NAME(pairs)(map, simple);
}

SST_WIDE static void
NAME(wide_simple_nan)(const struct sst_map *map)
{
    NAME(pairs)(map, simple_nan);
}

SST_WIDE static void
NAME(wide_simple_abs)(const struct sst_map *map)
{
    NAME(pairs)(map, simple_abs);
}

void
NAME(sst_simple)(const struct sst_map *map)
{
    if (sst_has_avx2())
        NAME(wide_simple)(map);
    else
        NAME(pairs)(map, simple);
}

void
NAME(sst_simple_nan)(const struct sst_map *map)
{
    if (sst_has_avx2())
        NAME(wide_simple_nan)(map);
    else
        NAME(pairs)(map, simple_nan);
}

void
NAME(sst_simple_abs)(const struct sst_map *map)
{
    if (sst_has_avx2())
        NAME(wide_simple_abs)(map);
    else
        NAME(pairs)(map, simple_abs);
}

void
NAME(sst_midpoint)(const struct sst_map *map)
{
    NAME(pairs)(map, midpoint);
}

void
NAME(sst_midpoint_nan)(const struct sst_map *map)
{
    NAME(pairs)(map, midpoint_nan);
}

void
NAME(sst_difference)(const struct sst_map *map)
{
    NAME(pairs)(map, difference);
}

void
NAME(sst_ratio)(const struct sst_map *map)
{
    NAME(pairs)(map, ratio);
}

void
NAME(sst_ratio_nan)(const struct sst_map *map)
{
    NAME(pairs)(map, ratio_nan);
}

void
NAME(sst_ratio_abs)(const struct sst_map *map)
{
    NAME(pairs)(map, ratio_abs);
}

/* Missing input ranks first, then what is wrong with the base. Differences are compared
 * by their sign alone, which is exact. */
SST_INLINE enum sst_reason
NAME(reason_of)(A x, B y)
{
    if (isnan((double)x))
        return SST_MISSING_BASE;
    if (isnan((double)y))
        return SST_MISSING_CURRENT;
    if (x == 0)
        return SST_ZERO_BASE;
    double base = (double)x, current = (double)y;
    if (base > 0)
        return current < 0 ? SST_PROFIT_TO_LOSS : SST_REASON_OK;
    if (current > 0)
        return SST_LOSS_TO_PROFIT;
    double change = NAME(difference)(x, y);
    if (y == 0 || change == 0 || isnan(change))
        return SST_NEGATIVE_BASE;
    return change > 0 ? SST_LOSS_NARROWED : SST_LOSS_WIDENED;
}

void
NAME(sst_reason)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++)
        *(int8_t *)(map->out + i * map->out_step) =
            (int8_t)NAME(reason_of)(NAME(base_at)(map, i), NAME(current_at)(map, i));
}

void
NAME(sst_refused)(const struct sst_map *map)
{
    for (ptrdiff_t i = 0; i < map->n; i++) {
        double x = (double)NAME(base_at)(map, i), y = (double)NAME(current_at)(map, i);
        *(int8_t *)(map->out + i * map->out_step) = x <= 0 && !isnan(y);
    }
}
