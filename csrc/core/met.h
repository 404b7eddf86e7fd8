/* SPDX-License-Identifier: MIT
 *
 * Whether a target is met. Every function maps element by element over struct sst_map.
 */
#ifndef SST_MET_H
#define SST_MET_H

#include <stdint.h>

#include "map.h"

enum { SST_MET_STRICT = 4 };

#define SST_SOURCE "met_names.h"
#include "for_each_real.h"

#define SST_SOURCE "met_names.h"
#include "for_each_whole3.h"

#endif
