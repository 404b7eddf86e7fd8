/* SPDX-License-Identifier: MIT
 *
 * Cells of a box between cuts, each known by the side of every cut that it is on.
 */
#include "reach_cells.h"

enum { B = SST_BASELINE, X = SST_ACTUAL, T = SST_TARGET };

void
sst_reach_judge(struct sst_reach_search *s, struct sst_reach_point *p)
{
    for (int k = 0; k < SST_ROUNDED; k++)
        s->c.of[k] = p->of[k];
    struct sst_verdict verdict = sst_verdict_of(s->method, &s->c);
    p->position = isnan(verdict.position) ? verdict.value : verdict.position;
    p->status = verdict.status;
    s->reached |= 1u << verdict.status;
}

static unsigned
side_of(double v, double cut)
{
    return v < cut ? 0u : v > cut ? 2u : 1u;
}

/* Which side of each cut a point is on. */
static uint64_t
key_of(const struct sst_reach_search *s, const double *of)
{
    uint64_t key = 0;
    for (int k = 0; k < SST_ROUNDED; k++)
        for (int j = 0; j < s->cuts; j++)
            key = key * 3 + side_of(of[k], s->cut[j]);
    for (int k = 0; k < s->shares; k++)
        key = key * 3 + side_of(of[X], s->share[k] * of[T]);
    key = key * 3 + side_of(of[B], of[T]);
    return key * 9 + side_of(fabs(of[B]), s->limit) * 3 + side_of(fabs(of[B]), 2.0 * s->limit);
}

void
sst_reach_visit(struct sst_reach_search *s, struct sst_reach_point *p)
{
    sst_reach_judge(s, p);
    if (isnan(p->position))
        return;
    uint64_t key = key_of(s, p->of);
    struct sst_reach_cell *cell = s->cell, *end = s->cell + s->cells;
    while (cell < end && cell->key != key)
        cell++;
    if (cell == end) {
        if (s->cells < SST_REACH_CELLS) {
            *cell = (struct sst_reach_cell){key, *p, *p};
            s->cells++;
        }
    } else if (p->position < cell->low.position)
        cell->low = *p;
    else if (p->position > cell->high.position)
        cell->high = *p;
}

/* The middle of two points; 0 where no number lies between theirs. */
static int
halve(const struct sst_reach_point *below, const struct sst_reach_point *above,
      struct sst_reach_point *p)
{
    int between = 0;
    for (int k = 0; k < SST_ROUNDED; k++) {
        double low = below->of[k], high = above->of[k];
        p->of[k] = low + 0.5 * (high - low);
        between |= fabs(p->of[k] - low) > 0.0 && fabs(high - p->of[k]) > 0.0;
    }
    return between;
}

void
sst_reach_fill(struct sst_reach_search *s, const struct sst_reach_cell *cell)
{
    const struct sst_reach_point *worst = &cell->low, *best = &cell->high;
    if (worst->status > best->status) {
        worst = &cell->high;
        best = &cell->low;
    }
    for (int status = worst->status + 1; status < best->status; status++) {
        struct sst_reach_point below = *worst, above = *best, p;
        while (!(s->reached >> status & 1) && halve(&below, &above, &p)) {
            sst_reach_judge(s, &p);
            *(p.status < status ? &below : &above) = p;
        }
    }
}
