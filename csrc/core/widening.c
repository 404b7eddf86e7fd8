/* SPDX-License-Identifier: MIT
 *
 * Intervals grow with the factor on their half-widths, so a claim that holds for one holds
 * for every larger one: doubling finds a factor that works, bisection the least.
 */
#include "widening.h"

#include <math.h>

double
sst_least_widening(const void *claim, sst_holds holds, int consistent, double half_widths)
{
    if (consistent && holds(claim, 0.0))
        return 0.0;
    if (half_widths == 0.0)
        return INFINITY;
    double fails = 0.0, works = 1.0;
    while (!consistent) {
        fails = works;
        works *= 2.0;
        if (isinf(works))
            return INFINITY;
        consistent = holds(claim, works);
    }
    /* Less than the last digits of a half-width: the bare figures agree but for theirs. */
    while (works >= 0x1p-50 && works - fails > works * 0x1p-50) {
        double middle = fails + (works - fails) / 2;
        if (middle <= fails || middle >= works) /* neighbors, among the subnormal numbers */
            break;
        if (holds(claim, middle))
            works = middle;
        else
            fails = middle;
    }
    return works >= 0x1p-50 ? works : 0.0;
}
