/* SPDX-License-Identifier: MIT
 *
 * One case after another: its figures are gathered from wherever they lie, judged by the
 * method's row, and given their reason. Cases are independent, so threads share them out.
 */
#include "method.h"

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
    struct sst_case c = {.thresholds = a->thresholds, .points = a->points};
    ptrdiff_t end = sst_part_start(a->n, part + 1, parts);
    for (ptrdiff_t i = sst_part_start(a->n, part, parts); i < end; i++) {
        for (int k = 0; k < SST_OPERANDS; k++)
            c.of[k] = *(const double *)(const void *)(a->in[k] + i * a->step[k]);
        c.side = a->side[i * a->side_step];
        c.strict = a->strict[i * a->strict_step];
        c.series = a->points > 0 ? a->series + i * a->series_step : NULL;
        c.times = a->points > 0 ? a->times + i * a->times_step : NULL;
        a->reason[i] = (int8_t)sst_target_reason(&c, a->geometric);
        if (a->method == NULL)
            continue;
        struct sst_verdict verdict = sst_verdict_of(a->method, &c);
        a->value[i] = verdict.value + 0.0;
        a->score[i] = verdict.score + 0.0;
        a->status[i] = (int8_t)verdict.status;
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
