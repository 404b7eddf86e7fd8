/* SPDX-License-Identifier: MIT
 *
 * Quantiles and numbers of different values by cluster (group_order.h).
 */
#include "group_order.h"

#include <math.h>

#include "between.h"
#include "fpenv.h"
#include "group_sorted.h"
#include "parallel.h"
#include "rank.h"

struct order {
    struct sst_sorted sorted;
    enum sst_kind kind;
    const double *q;
    ptrdiff_t count;
    int64_t min_count;
    struct sst_order_output out;
};

/* Keys before `from` are known to be no greater than those behind. */
static double
quantile(const struct order *o, int64_t *keys, ptrdiff_t n, double q, ptrdiff_t *from)
{
    double place = q * (double)(n - 1);
    ptrdiff_t k = (ptrdiff_t)place;
    k = k < n - 1 ? k : n - 1;
    double part = k < n - 1 ? place - (double)k : 0.0;
    if (k < *from)
        *from = 0;
    int64_t key = sst_rank_select(keys + *from, n - *from, k - *from), above = key;
    if (part > 0.0)
        above = sst_rank_least(keys, k + 1, n);
    *from = k;
    return sst_between(o->kind, key, above, part);
}

static void
quantiles_part(void *work, int p, int parts)
{
    const struct order *o = work;
    const struct sst_sorted *s = &o->sorted;
    ptrdiff_t end = sst_sorted_first(s, p + 1, parts);
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_sorted_first(s, p, parts); g < end; g++) {
        ptrdiff_t n = s->start[g + 1] - s->start[g], from = 0;
        int missing = s->poisoned[g] || n == 0 || n < o->min_count;
        for (ptrdiff_t j = 0; j < o->count; j++) {
            double x = missing ? (double)NAN : quantile(o, s->key + s->start[g], n, o->q[j], &from);
            char *to = o->out.data + g * o->out.step + j * o->out.q_step;
            if (o->kind == SST_FLOAT32)
                *(float *)(void *)to = (float)x;
            else
                *(double *)(void *)to = x;
        }
    }
    sst_fpenv_leave(&saved);
}

static void
distinct_part(void *work, int p, int parts)
{
    const struct order *o = work;
    const struct sst_sorted *s = &o->sorted;
    ptrdiff_t end = sst_sorted_first(s, p + 1, parts);
    for (ptrdiff_t g = sst_sorted_first(s, p, parts); g < end; g++)
        *(int64_t *)(void *)(o->out.data + g * o->out.step) =
            sst_rank_distinct(s->key + s->start[g], s->start[g + 1] - s->start[g]);
}

enum sst_status
sst_group_quantiles(const struct sst_rows *rows, ptrdiff_t groups, int parts, const double *q,
                    ptrdiff_t count, int64_t min_count, const struct sst_order_output *out)
{
    struct order o = {
        .kind = rows->kind, .q = q, .count = count, .min_count = min_count, .out = *out};
    for (ptrdiff_t j = 0; j < count; j++)
        if (!(q[j] >= 0.0 && q[j] <= 1.0))
            return SST_BAD_ARGUMENT;
    enum sst_status status = sst_sorted_new(&o.sorted, rows, groups, parts, 0);
    if (status == SST_OK)
        sst_parallel(quantiles_part, &o, o.sorted.parts);
    sst_sorted_free(&o.sorted);
    return status;
}

enum sst_status
sst_group_distinct(const struct sst_rows *rows, ptrdiff_t groups, int parts, char *out,
                   ptrdiff_t step)
{
    struct order o = {.kind = rows->kind, .out = {out, step, 0}};
    enum sst_status status = sst_sorted_new(&o.sorted, rows, groups, parts, 0);
    if (status == SST_OK)
        sst_parallel(distinct_part, &o, o.sorted.parts);
    sst_sorted_free(&o.sorted);
    return status;
}
