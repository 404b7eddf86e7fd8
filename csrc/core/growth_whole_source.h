/* SPDX-License-Identifier: MIT
 *
 * Growth of 64-bit integers: differences are taken between integers (whole.h).
 */

SST_INLINE double
NAME(difference)(A base, B current)
{
    return sst_whole_difference(B_OF(current), A_OF(base));
}

#define RESULT double
#include "growth_source.h"
#undef RESULT
