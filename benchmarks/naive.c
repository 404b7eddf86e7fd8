/* SPDX-License-Identifier: MIT
 *
 * What anyone would write: the loop that promises nothing, as the yardstick.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

void
naive_sum(const double *values, const int32_t *codes, ptrdiff_t n, double *sums)
{
    for (ptrdiff_t i = 0; i < n; i++)
        sums[codes[i]] += values[i];
}

void
naive_mean(const double *values, const int32_t *codes, ptrdiff_t n, ptrdiff_t groups, double *means,
           int64_t *counts)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        means[codes[i]] += values[i];
        counts[codes[i]]++;
    }
    for (ptrdiff_t g = 0; g < groups; g++)
        means[g] /= (double)counts[g];
}

/* Observed over required growth: the two powers that every such verdict costs. */
void
naive_ratio(const double *baseline, const double *actual, const double *target, ptrdiff_t n,
            double span, double whole_span, double *ratio)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        double pace = pow(actual[i] / baseline[i], 1.0 / span) - 1.0;
        ratio[i] = pace / fabs(pow(target[i] / baseline[i], 1.0 / whole_span) - 1.0);
    }
}
