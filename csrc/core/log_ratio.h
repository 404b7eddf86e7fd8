/* SPDX-License-Identifier: MIT
 *
 * The logarithm of a ratio, within an ulp or two: from the relative difference near 1,
 * where y/x has lost what matters; from the logarithms apart, where y/x leaves the range.
 */
#ifndef SST_LOG_RATIO_H
#define SST_LOG_RATIO_H

#include <math.h>

#include "map.h"

/* ln(y / x) for values of one sign, from their relative difference q; NaN for other signs. */
SST_INLINE double
sst_log_ratio(double q, double x, double y)
{
    if (fabs(q) <= 0.5)
        return log1p(q);
    double ratio = y / x;
    if (ratio < 1e-300 || ratio > 1e300)
        return ratio < 0 ? (double)NAN : log(fabs(y)) - log(fabs(x));
    return log(ratio);
}

#endif
