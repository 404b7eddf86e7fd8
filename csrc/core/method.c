/* SPDX-License-Identifier: MIT
 *
 * One case after another: its figures are gathered from wherever they lie, judged by the
 * method's row, and given their reason. Cases are independent, so threads share them out.
 */
#include "method.h"

#include "map.h"
#include "parallel.h"
#include "reach.h"
#include "target_reason.h"

static const double not_given = NAN, exact = 0.0;

/* A copy of the call in which what is not given is NaN at no stride. */
static struct sst_assessment
completed(const struct sst_assessment *a)
{
    struct sst_assessment all = *a;
    for (int k = 0; k < SST_OPERANDS; k++)
        if (all.in[k] == NULL) {
            all.in[k] = (const char *)&not_given;
            all.step[k] = 0;
        }
    for (int k = 0; k < SST_ROUNDED; k++)
        if (all.half_width[k] == NULL) {
            all.half_width[k] = (const char *)&exact;
            all.half_step[k] = 0;
        }
    return all;
}

/* The operands to load for each element: those that differ, and all where a series gives some
 * of them; the others are loaded once. */
static int
moving_operands(const struct sst_assessment *a, int moving[SST_OPERANDS])
{
    int count = 0;
    for (int k = 0; k < SST_OPERANDS; k++)
        if (a->step[k] != 0 || a->points > 0)
            moving[count++] = k;
    return count;
}

SST_INLINE double
operand_at(const struct sst_assessment *a, int k, ptrdiff_t i)
{
    return *(const double *)(const void *)(a->in[k] + i * a->step[k]);
}

static int
is_given(const struct sst_assessment *all, enum sst_operand operand)
{
    return all->in[operand] != (const char *)&not_given;
}

/* Drops what is after `now`, and missing values at both ends. */
static void
trim(struct sst_case *c)
{
    while (c->points > 0 &&
           (c->times[c->points - 1] > c->of[SST_NOW] || isnan(c->series[c->points - 1])))
        c->points--;
    for (; c->points > 0 && isnan(*c->series); c->points--) {
        c->series++;
        c->times++;
    }
}

/* A figure and its time from the series: at that time if it has one, else the point `end`. */
static void
take(struct sst_case *c, ptrdiff_t end, enum sst_operand figure, enum sst_operand time)
{
    ptrdiff_t at = end;
    if (isnan(c->of[time]))
        c->of[time] = c->times[end];
    else
        for (at = 0; at < c->points && c->times[at] < c->of[time]; at++)
            ;
    if (at < c->points && c->times[at] == c->of[time])
        c->of[figure] = c->series[at];
}

static void
fill_from_series(struct sst_case *c, const struct sst_assessment *all)
{
    trim(c);
    if (c->points == 0)
        return;
    if (!is_given(all, SST_BASELINE))
        take(c, 0, SST_BASELINE, SST_START);
    if (!is_given(all, SST_ACTUAL))
        take(c, c->points - 1, SST_ACTUAL, SST_NOW);
}

static uint16_t
reachable_at(const struct sst_assessment *a, const struct sst_case *c, ptrdiff_t i)
{
    double half_width[SST_ROUNDED];
    for (int k = 0; k < SST_ROUNDED; k++)
        half_width[k] = *(const double *)(const void *)(a->half_width[k] + i * a->half_step[k]);
    return sst_reachable(a->method, c, half_width);
}

static void
assess_part(void *work, int part, int parts)
{
    const struct sst_assessment *a = work;
    struct sst_case c = {.thresholds = a->thresholds};
    c.baseless = a->method != NULL && !(a->method->needs & SST_NEED(SST_BASELINE)) &&
                 !is_given(a, SST_BASELINE) && a->points == 0;
    int moving[SST_OPERANDS], count = moving_operands(a, moving);
    for (int k = 0; k < SST_OPERANDS; k++)
        c.of[k] = operand_at(a, k, 0);
    ptrdiff_t end = sst_part_start(a->n, part + 1, parts);
    for (ptrdiff_t i = sst_part_start(a->n, part, parts); i < end; i++) {
        for (int k = 0; k < count; k++)
            c.of[moving[k]] = operand_at(a, moving[k], i);
        c.side = a->side[i * a->side_step];
        c.strict = a->strict[i * a->strict_step];
        c.points = a->points;
        if (a->points > 0) {
            c.series = a->series + i * a->series_step;
            c.times = a->times + i * a->times_step;
            fill_from_series(&c, a);
        }
        a->reason[i] = (int8_t)sst_target_reason(&c, a->geometric);
        if (a->method == NULL)
            continue;
        struct sst_verdict verdict = sst_verdict_of(a->method, &c);
        a->value[i] = verdict.value + 0.0;
        a->score[i] = verdict.score + 0.0;
        a->status[i] = (int8_t)verdict.status;
        a->slipping[i] = (uint8_t)sst_is_slipping(&c);
        if (a->reachable != NULL)
            a->reachable[i] = reachable_at(a, &c, i);
    }
}

enum sst_status
sst_assess(const struct sst_assessment *a, int threads)
{
    if (a->n <= 0)
        return SST_OK;
    struct sst_assessment all = completed(a);
    sst_parallel(assess_part, &all, all.n < threads ? (int)all.n : threads);
    return SST_OK;
}
