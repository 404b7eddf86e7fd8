/* SPDX-License-Identifier: MIT
 *
 * H. Theil's two indices (Economics and Information Theory, 1967). With r = y / mean,
 * T = sum w (r ln r - r + 1) / W and L = sum w (r - 1 - ln r) / W: the same as the textbooks'
 * forms, as sum w (r - 1) = 0, and without a negative term.
 */
#include "inequality.h"

#include "shares.h"
#include "total.h"
#include "twofold_log.h"

/* What a figure adds: r ln r - r + 1 or r - 1 - ln r. `value` is scaled, `unscaled` 2^exponent
 * times as much, which is still there where the scaled one is below the smallest double. */
static struct sst_twofold
term_of(struct sst_twofold value, struct sst_twofold unscaled, int exponent,
        struct sst_twofold mean, double kind)
{
    struct sst_twofold d = sst_twofold_divide(sst_twofold_subtract(value, mean), mean);
    double size = fabs(d.high);
    if (size < 0x1p-100) /* the mean is not known better */
        return (struct sst_twofold){0.0, 0.0};
    if (size < 0x1p-6) {
        /* d^2 (1/2 - d/6 + d^2/12 ...) or d^2 (1/2 - d/3 + d^2/4 ...) */
        double rest = 0.0;
        for (int k = 14; k >= 3; k--)
            rest =
                (k % 2 == 0 ? 1.0 : -1.0) / (kind == SST_THEIL_L ? k : k * (k - 1)) + rest * d.high;
        struct sst_twofold half = sst_twofold_scale(sst_twofold_multiply(d, d), 0.5);
        return sst_twofold_add(half, (struct sst_twofold){d.high * d.high * (d.high * rest), 0.0});
    }
    if (unscaled.high == 0.0)
        return (struct sst_twofold){kind == SST_THEIL_L ? (double)INFINITY : 1.0, 0.0};
    struct sst_twofold log = sst_twofold_log_ratio(mean, unscaled, exponent); /* -ln r */
    if (kind == SST_THEIL_L)
        return sst_twofold_add(d, log);
    struct sst_twofold r = sst_twofold_divide(value, mean);
    return sst_twofold_scale(sst_twofold_add(sst_twofold_multiply(r, log), d), -1.0);
}

/* Adds the weighted terms of figures first..end-1 about a mean; 0 where one is infinite. */
static int
add_terms(const struct sst_shares *s, ptrdiff_t first, ptrdiff_t end, struct sst_twofold mean,
          double kind, struct sst_total *terms)
{
    double x, w;
    for (ptrdiff_t i = first; i < end; i++) {
        if (!sst_shares_at(s, i, &x, &w))
            continue;
        struct sst_twofold value = {x, 0.0}, unscaled = {s->value[i], 0.0};
        struct sst_twofold term = term_of(value, unscaled, s->exponent, mean, kind);
        if (!isfinite(term.high))
            return 0;
        sst_total_add_twofold(terms, sst_twofold_multiply(term, (struct sst_twofold){w, 0.0}));
    }
    return 1;
}

/* The index of figures first..end-1 whose mean and weight are known, in two parts. */
static struct sst_twofold
index_of(const struct sst_shares *s, ptrdiff_t first, ptrdiff_t end, struct sst_twofold mean,
         struct sst_twofold weights, double kind)
{
    struct sst_total terms;
    sst_total_clear(&terms);
    if (!add_terms(s, first, end, mean, kind, &terms))
        return (struct sst_twofold){INFINITY, 0.0};
    return sst_twofold_divide(sst_total_get(&terms), weights);
}

void
sst_theil(const struct sst_lane *lane)
{
    struct sst_shares s;
    if (!sst_shares_of_lane(&s, lane, 1)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    struct sst_twofold mean = sst_twofold_divide(s.total, s.weights);
    struct sst_twofold index = index_of(&s, 0, s.n, mean, s.weights, lane->options[1]);
    sst_shares_give(lane, index.high + index.low);
}

/* A group, scaled for itself: its figures may be far below the largest of all. */
struct group {
    struct sst_shares shares;
    struct sst_twofold mean;   /* in its own scale ... */
    struct sst_twofold center; /* ... and in that of all */
    struct sst_twofold weight; /* its weights among all */
    struct sst_twofold share;  /* in the index within groups */
    struct sst_twofold own;    /* the index of the group; NaN without a total */
};

/* Figures first..end-1 of all as a group. */
static struct group
group_of(const struct sst_shares *all, ptrdiff_t first, ptrdiff_t end, double kind)
{
    struct group g = {.shares = {.value = all->value + first, .n = end - first}};
    struct sst_shares *s = &g.shares;
    s->weight = all->weight != NULL ? all->weight + first : NULL;
    int has_total = sst_shares_survey(s, 1);
    int up = s->exponent - all->exponent, weight_up = s->weight_exponent - all->weight_exponent;
    g.mean = sst_twofold_divide(s->total, s->weights);
    g.center = sst_twofold_ldexp(g.mean, up);
    g.weight = sst_twofold_ldexp(s->weights, weight_up);
    g.weight = sst_twofold_divide(g.weight, all->weights);
    g.share = g.weight;
    if (kind != SST_THEIL_L)
        g.share = sst_twofold_divide(sst_twofold_ldexp(s->total, up + weight_up), all->total);
    g.own = (struct sst_twofold){NAN, 0.0};
    if (has_total)
        g.own = index_of(s, 0, s->n, g.mean, s->weights, kind);
    return g;
}

/* A sum that may be infinite. */
struct part {
    struct sst_total sum;
    int infinite;
};

static void
add_part(struct part *part, struct sst_twofold value, struct sst_twofold share)
{
    if (isfinite(value.high))
        sst_total_add_twofold(&part->sum, sst_twofold_multiply(value, share));
    else
        part->infinite = 1;
}

static double
sum_of(struct part *part)
{
    struct sst_twofold sum = sst_total_get(&part->sum);
    return part->infinite ? (double)INFINITY : sum.high + sum.low;
}

void
sst_theil_groups(const struct sst_lane *lane)
{
    struct sst_shares s;
    struct part between = {.infinite = 0}, within = {.infinite = 0};
    double kind = lane->options[1];
    ptrdiff_t groups = (lane->outs - 3) / 2;
    sst_fill_nan(lane->out, lane->outs);
    if (lane->outs < 3 || lane->length[2] != lane->length[0] || !sst_shares_of_lane(&s, lane, 1))
        return;
    sst_total_clear(&between.sum);
    sst_total_clear(&within.sum);
    struct sst_twofold mean = sst_twofold_divide(s.total, s.weights);
    for (ptrdiff_t k = 0, first = 0, end = 0; k < groups; k++, first = end) {
        while (end < s.n && lane->in[2][end] == (double)k)
            end++;
        struct group g = group_of(&s, first, end, kind);
        lane->out[3 + k] = g.own.high + g.own.low;
        lane->out[3 + groups + k] = g.share.high + g.share.low;
        if (g.shares.present == 0)
            continue;
        int apart = s.exponent - g.shares.exponent;
        add_part(&between, term_of(g.center, g.mean, apart, mean, kind), g.weight);
        if (!isnan(g.own.high))
            add_part(&within, g.own, g.share);
    }
    struct sst_twofold all = index_of(&s, 0, s.n, mean, s.weights, kind);
    lane->out[0] = all.high + all.low;
    lane->out[1] = sum_of(&between);
    lane->out[2] = sum_of(&within);
}
