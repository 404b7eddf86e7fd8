/* SPDX-License-Identifier: MIT
 *
 * The measures of compound.c for figures that the including file reads, with results of
 * type RESULT.
 */

SST_INLINE double
NAME(span_at)(const struct sst_map *m, ptrdiff_t i)
{
    return (double)*(const RESULT *)(const void *)(m->in[2] + i * m->step[2]);
}

/* Whether results may go straight to their place: they are doubles without gaps, and no
 * input, which may have to be read again. */
SST_INLINE int
NAME(straight)(const struct sst_map *m)
{
    return sizeof(RESULT) == sizeof(double) && m->out_step == (ptrdiff_t)sizeof(double) &&
           m->out != m->in[0] && m->out != m->in[1] && m->out != m->in[2];
}

SST_INLINE void
NAME(put)(const struct sst_map *m, ptrdiff_t first, ptrdiff_t n, const double *values)
{
    for (ptrdiff_t i = 0; i < n; i++)
        *(RESULT *)(void *)(m->out + (first + i) * m->out_step) = (RESULT)values[i];
}

/* What the batch has left. */
static void
NAME(finish)(const struct sst_map *m, const struct task *task, ptrdiff_t first, ptrdiff_t n,
             double *out)
{
    struct sst_twofold factor = task->factor;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (!sst_is_left(out[i]))
            continue;
        struct sst_twofold x = NAME(exact_base)(m, first + i),
                           y = NAME(exact_current)(m, first + i);
        if (isnan(x.high) || isnan(y.high))
            continue; /* NaN already */
        if (task->factors == EACH)
            factor = (struct sst_twofold){NAME(span_at)(m, first + i), 0.0};
        out[i] = task->careful(x, y, factor);
    }
}

static void
NAME(by_batches)(const struct sst_map *m, const struct task *task)
{
    double x[SST_BATCH], y[SST_BATCH], out[SST_BATCH], high[SST_BATCH], low[SST_BATCH];
    struct sst_batch batch = {.high = high, .low = low, .power = task->power};
    int straight = NAME(straight)(m);
    for (ptrdiff_t i = 0; i < SST_BATCH && i < m->n && task->factors == ONE; i++) {
        high[i] = task->factor.high;
        low[i] = task->factor.low;
    }
    for (ptrdiff_t first = 0; first < m->n; first += SST_BATCH) {
        ptrdiff_t n = m->n - first < SST_BATCH ? m->n - first : SST_BATCH;
        batch.n = n;
        batch.x = NAME(bases)(m, first, n, x);
        batch.y = NAME(currents)(m, first, n, y);
        batch.out = straight ? (double *)(void *)(m->out + first * m->out_step) : out;
        for (ptrdiff_t i = 0; i < n && task->factors == EACH; i++)
            high[i] = NAME(span_at)(m, first + i);
        if (task->batch(&batch))
            NAME(finish)(m, task, first, n, batch.out);
        if (!straight)
            NAME(put)(m, first, n, out);
    }
}

void
NAME(sst_annual)(const struct sst_map *map)
{
    struct task task = compound_task(map, sst_compound);
    NAME(by_batches)(map, &task);
}

void
NAME(sst_annual_nan)(const struct sst_map *map)
{
    struct task task = compound_task(map, compound_nan);
    NAME(by_batches)(map, &task);
}

void
NAME(sst_annual_abs)(const struct sst_map *map)
{
    struct task task = compound_task(map, compound_abs);
    NAME(by_batches)(map, &task);
}

void
NAME(sst_log)(const struct sst_map *map)
{
    struct task task = {.batch = sst_batches()->log, .careful = log_times, .factor = {1.0, 0.0}};
    NAME(by_batches)(map, &task);
}

void
NAME(sst_log_annual)(const struct sst_map *map)
{
    struct task task = {.batch = sst_batches()->log_times,
                        .careful = log_times,
                        .factor = factor_of(map),
                        .factors = ONE};
    NAME(by_batches)(map, &task);
}

void
NAME(sst_cagr)(const struct sst_map *map)
{
    struct task task = {.batch = sst_batches()->per_period, .careful = per_period, .factors = EACH};
    NAME(by_batches)(map, &task);
}
