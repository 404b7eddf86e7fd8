/* SPDX-License-Identifier: MIT
 *
 * The Gini coefficient. With figures y in ascending order, F the weight before each and W the
 * total weight, the area between the Lorenz curve and the diagonal gives
 *
 *     G = sum w (y - c) (2F + w - W) / (W sum w y)      for any c,
 *
 * and with c the median no term is negative: nothing cancels among figures nearly equal.
 */
#include "inequality.h"

#include "order.h"
#include "shares.h"
#include "total.h"

static const struct sst_twofold one = {1.0, 0.0};

/* Figures that count, scaled, in ascending order, those that tie by weight; how many. */
static ptrdiff_t
ascending(const struct sst_shares *s, double *values, double *weights, double *room)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (sst_shares_at(s, i, &values[n], &weights[n])) {
            values[n] += 0.0; /* -0 is no key */
            n++;
        }
    if (s->weight == NULL) {
        sst_order(values, NULL, n, room);
    } else {
        sst_order(weights, values, n, room);
        sst_order(values, weights, n, room);
    }
    return n;
}

/* 2F + w - W, and F moves on. */
static struct sst_twofold
standing(struct sst_twofold *before, double weight, struct sst_twofold all)
{
    struct sst_twofold here = sst_twofold_add(*before, (struct sst_twofold){weight, 0.0});
    struct sst_twofold both = sst_twofold_add(*before, here);
    *before = here;
    return sst_twofold_subtract(both, all);
}

void
sst_gini(const struct sst_lane *lane)
{
    struct sst_shares s;
    struct sst_total terms;
    if (!sst_shares_of_lane(&s, lane, 1)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    double *values = lane->room, *weights = values + s.n, *room = weights + s.n;
    ptrdiff_t n = ascending(&s, values, weights, room), middle = 0;
    struct sst_twofold before = {0.0, 0.0};
    while (middle < n - 1 && standing(&before, weights[middle], s.weights).high < 0.0)
        middle++;
    sst_total_clear(&terms);
    before = (struct sst_twofold){0.0, 0.0};
    for (ptrdiff_t i = 0; i < n; i++) {
        struct sst_twofold place = standing(&before, weights[i], s.weights);
        struct sst_twofold away = sst_two_sum(values[i], -values[middle]);
        away = sst_twofold_multiply(away, (struct sst_twofold){weights[i], 0.0});
        sst_total_add_twofold(&terms, sst_twofold_multiply(away, place));
    }
    struct sst_twofold most = sst_twofold_multiply(s.weights, s.total);
    struct sst_twofold gini = sst_twofold_divide(sst_total_get(&terms), most);
    if (lane->options[1] != 0.0) {
        struct sst_twofold units = sst_shares_units(&s), others = sst_twofold_subtract(units, one);
        if (!(others.high > 0.0)) {
            sst_fill_nan(lane->out, lane->outs);
            return;
        }
        gini = sst_twofold_multiply(gini, sst_twofold_divide(units, others));
    }
    sst_shares_give(lane, gini.high + gini.low);
}
