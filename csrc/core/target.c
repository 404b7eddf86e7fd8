/* SPDX-License-Identifier: MIT
 *
 * Differences are taken before anything is divided: between values within a factor of
 * two of each other a difference is exact, so what is left is one rounding of the ratio.
 */
#include "target.h"

#define SST_SOURCE "target_source.h"
#include "for_each_real.h"
