/* SPDX-License-Identifier: MIT
 *
 * G. Ellison and E. L. Glaeser, "Geographic concentration in U.S. manufacturing industries: a
 * dartboard approach", Journal of Political Economy 105 (1997) 889-927. With c the regions'
 * shares of the industry, x their shares of all activity and z the plants' shares of the
 * industry,
 *
 *     G = sum (c - x)^2,  H = sum z^2,  gamma = (G - (1 - X2) H) / ((1 - X2) (1 - H))
 *
 * and, were plants thrown like darts, G has the mean (1 - X2) H and the variance
 *
 *     2 (H^2 (X2 - 2 X3 + X2^2) - sum z^4 (X2 - 4 X3 + 3 X2^2)),   Xk = sum x^k.
 */
#include "plants.h"

#include "shares.h"
#include "total.h"

typedef struct sst_twofold twofold;

static const twofold one = {1.0, 0.0}, zero = {0.0, 0.0};

static twofold
times(double factor, twofold a)
{
    return sst_twofold_multiply((twofold){factor, 0.0}, a);
}

/* Sums of the second to fourth powers of shares, and of squared differences. */
struct sums {
    twofold second, third, fourth;
};

/* Sums of the powers of the shares. */
static struct sums
powers_of(const struct sst_shares *s)
{
    struct sst_total sum[3];
    double x, w;
    for (int k = 0; k < 3; k++)
        sst_total_clear(&sum[k]);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        if (!sst_shares_at(s, i, &x, &w))
            continue;
        twofold share = sst_twofold_divide((twofold){x, 0.0}, s->total), power = share;
        for (int k = 0; k < 3; k++) {
            power = sst_twofold_multiply(power, share);
            sst_total_add_twofold(&sum[k], power);
        }
    }
    return (struct sums){sst_total_get(&sum[0]), sst_total_get(&sum[1]), sst_total_get(&sum[2])};
}

/* Sum of (c - x)^2 over the regions. */
static twofold
distance(const struct sst_shares *plants, const double *region, const struct sst_shares *regions)
{
    struct sst_total squares, sum;
    ptrdiff_t at = 0;
    double x, w;
    sst_total_clear(&squares);
    for (ptrdiff_t r = 0; r < regions->n; r++) {
        sst_total_clear(&sum);
        for (; at < plants->n && region[at] == (double)r; at++)
            if (sst_shares_at(plants, at, &x, &w))
                sst_total_add(&sum, x);
        twofold c = sst_twofold_divide(sst_total_get(&sum), plants->total);
        twofold all = {regions->value[r] * regions->power, 0.0};
        twofold away = sst_twofold_apart(c, sst_twofold_divide(all, regions->total));
        sst_total_add_twofold(&squares, sst_twofold_multiply(away, away));
    }
    return sst_total_get(&squares);
}

static twofold
variance(const struct sums *x, const struct sums *z)
{
    twofold square = sst_twofold_multiply(x->second, x->second);
    twofold first = sst_twofold_add(sst_twofold_subtract(x->second, times(2.0, x->third)), square);
    twofold second =
        sst_twofold_add(sst_twofold_subtract(x->second, times(4.0, x->third)), times(3.0, square));
    twofold h2 = sst_twofold_multiply(z->second, z->second);
    return times(2.0, sst_twofold_apart(sst_twofold_multiply(h2, first),
                                        sst_twofold_multiply(z->fourth, second)));
}

void
sst_ellison_glaeser(const struct sst_lane *lane)
{
    struct sst_shares plants = {.value = lane->in[0], .n = lane->length[0]};
    struct sst_shares regions = {.value = lane->in[2], .n = lane->length[2]};
    sst_fill_nan(lane->out, lane->outs);
    if (lane->outs != SST_ELLISON_GLAESER_OUTS || lane->length[1] != plants.n ||
        !sst_shares_survey(&plants, lane->options[0] != 0.0) || !sst_shares_survey(&regions, 0))
        return;
    struct sums x = powers_of(&regions), z = powers_of(&plants);
    twofold g = distance(&plants, lane->in[1], &regions), spread = variance(&x, &z);
    twofold apart = sst_twofold_subtract(one, x.second), rest = sst_twofold_subtract(one, z.second);
    twofold over = sst_twofold_subtract(g, sst_twofold_multiply(apart, z.second));
    twofold scale = sst_twofold_multiply(apart, rest);
    lane->out[1] = g.high + g.low;
    lane->out[2] = z.second.high + z.second.low;
    lane->out[3] = spread.high < 0.0 ? 0.0 : spread.high + spread.low;
    if (scale.high > zero.high) {
        twofold gamma = sst_twofold_divide(over, scale);
        lane->out[0] = gamma.high + gamma.low;
    }
    if (lane->out[3] > 0.0)
        lane->out[4] = (over.high + over.low) / sqrt(lane->out[3]);
}
