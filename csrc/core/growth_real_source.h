/* SPDX-License-Identifier: MIT
 *
 * Growth of reals: differences are taken in double, whatever the type.
 */

SST_INLINE double
NAME(difference)(T base, T current)
{
    return (double)current - (double)base;
}

#define A T
#define B T
#define RESULT T
#include "growth_source.h"
#undef RESULT
#undef B
#undef A
