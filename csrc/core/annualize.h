/* SPDX-License-Identifier: MIT
 *
 * Rates over another span, and how often a figure doubles; element by element over struct
 * sst_map. NaN in, NaN out.
 */
#ifndef SST_ANNUALIZE_H
#define SST_ANNUALIZE_H

#include <stdint.h>

#include "map.h"

#define SST_SOURCE "annualize_names.h"
#include "for_each_real.h"

#define SST_SOURCE "doublings_names.h"
#include "for_each_real.h"

#define SST_SOURCE "doublings_names.h"
#include "for_each_whole2.h"

#endif
