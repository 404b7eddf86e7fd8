/* SPDX-License-Identifier: MIT
 *
 * What anyone would write: the loop that promises nothing, as the yardstick.
 */
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
