/* SPDX-License-Identifier: MIT
 *
 * The time a plan had for what is done: W. Lipke and K. Henderson, Earned Schedule Training, 2006,
 * sheet 24. ES = C + I, with C the last period whose planned share is no more than what is done
 * and I = (p - P_C) / (P_{C+1} - P_C) of the next; over the number of periods it is a share.
 */
#include "projection.h"

void
sst_earned_plan(const struct sst_lane *lane)
{
    const double *plan = lane->in[0];
    ptrdiff_t n = lane->length[0], complete = 0;
    if (n == 0 || lane->length[1] != 1 || lane->outs != 1) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    double done = lane->in[1][0];
    int known = done >= 0.0;
    for (ptrdiff_t t = 0; t < n; t++) {
        known &= !isnan(plan[t]);
        complete = plan[t] <= done ? t + 1 : complete;
    }
    double earned = (double)complete;
    if (complete < n) {
        double from = complete > 0 ? plan[complete - 1] : 0.0;
        earned += (done - from) / (plan[complete] - from);
    }
    lane->out[0] = known ? earned / (double)n : (double)NAN;
}
