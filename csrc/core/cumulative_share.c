/* SPDX-License-Identifier: MIT
 *
 * The planned value of earned value management: what is planned up to the end of a period over
 * what is planned in all. Sums have two parts, so that each share is the exact one rounded, or
 * beside it.
 */
#include "cumulative_share.h"

#include "twofold.h"

void
sst_cumulative_share(const struct sst_lane *lane)
{
    const double *weight = lane->in[0];
    ptrdiff_t n = lane->length[0];
    double power = sst_summable(weight, n);
    struct sst_twofold total = {0.0, 0.0}, sum = {0.0, 0.0};
    int sound = lane->outs == n + 1;
    for (ptrdiff_t i = 0; sound && i < n; i++) {
        sound = weight[i] >= 0.0 && isfinite(weight[i]);
        total = sst_twofold_add(total, (struct sst_twofold){weight[i] * power, 0.0});
    }
    if (!sound || !(total.high > 0.0)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    lane->out[0] = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) {
        sum = sst_twofold_add(sum, (struct sst_twofold){weight[i] * power, 0.0});
        struct sst_twofold share = sst_twofold_divide(sum, total);
        lane->out[i + 1] = share.high + share.low;
    }
}
