/* SPDX-License-Identifier: MIT */
#include "shares.h"

#include "total.h"

int
sst_unit_exponent(double value)
{
    int exponent = 0;
    (void)frexp(value, &exponent);
    return exponent > -1000 ? exponent : -1000; /* 2^1000 is a double, 2^1074 is not */
}

/* Products of scaled figures and weights have lost bits below it. */
static const double LEAST = 0x1p-900;

/* Largest figure and weight, and how many count; 0 where one of them is out of place. */
static int
look(struct sst_shares *s, int skip, double *most, double *heaviest)
{
    for (ptrdiff_t i = 0; i < s->n; i++) {
        double x = s->value[i], w = s->weight == NULL ? 1.0 : s->weight[i];
        if (isnan(w) || (isnan(x) && skip))
            continue;
        if (!(x >= 0.0 && isfinite(x) && w >= 0.0 && isfinite(w)))
            return 0;
        if (w == 0.0)
            continue;
        s->present++;
        *most = x > *most ? x : *most;
        *heaviest = w > *heaviest ? w : *heaviest;
    }
    return 1;
}

int
sst_shares_survey(struct sst_shares *s, int skip)
{
    struct sst_total total, weights;
    double most = 0.0, heaviest = 0.0, value, weight;
    s->present = 0;
    if (!look(s, skip, &most, &heaviest) || s->present == 0)
        return 0;
    s->exponent = sst_unit_exponent(most);
    s->weight_exponent = sst_unit_exponent(heaviest);
    s->power = ldexp(1.0, -s->exponent);
    s->weight_power = ldexp(1.0, -s->weight_exponent);
    sst_total_clear(&total);
    sst_total_clear(&weights);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        if (!sst_shares_at(s, i, &value, &weight))
            continue;
        if (s->weight == NULL) {
            sst_total_add(&total, value);
        } else {
            sst_total_add_twofold(&total, sst_two_product(value, weight));
            sst_total_add(&weights, weight);
        }
    }
    s->total = sst_total_get(&total);
    s->weights =
        s->weight != NULL ? sst_total_get(&weights) : (struct sst_twofold){(double)s->present, 0.0};
    return s->total.high > (s->weight != NULL ? LEAST : 0.0);
}

int
sst_shares_of_lane(struct sst_shares *s, const struct sst_lane *lane, int weighted)
{
    *s = (struct sst_shares){.value = lane->in[0], .n = lane->length[0]};
    if (weighted && lane->length[1] > 0) {
        s->weight = lane->in[1];
        if (lane->length[1] != s->n)
            return 0;
    }
    return sst_shares_survey(s, lane->options[0] != 0.0);
}
