/* SPDX-License-Identifier: MIT
 *
 * Agglomeration of an industry's plants over regions, beyond what their sizes alone would give.
 */
#ifndef SST_PLANTS_H
#define SST_PLANTS_H

#include "lanes.h"

/* Inputs: plants, the region of each (0, 1, ..., ascending), the activity of each region. Results:
 * gamma, G, H, the variance of G, z. Options: whether missing plants are skipped, else they make
 * all NaN, as does a region without a figure. */
enum { SST_ELLISON_GLAESER_OUTS = 5 };
void sst_ellison_glaeser(const struct sst_lane *lane);

#endif
