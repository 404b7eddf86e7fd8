/* SPDX-License-Identifier: MIT
 *
 * How unequal figures are, from the figures of a lane (lanes.h) and their weights, an input of
 * length 0 where all count once. The first option of each is whether missing figures are
 * skipped; otherwise they make the result NaN. NaN also where the total is zero, no figure is
 * there, or one is negative or infinite.
 */
#ifndef SST_INEQUALITY_H
#define SST_INEQUALITY_H

#include "lanes.h"

enum sst_theil_kind { SST_THEIL_T, SST_THEIL_L };

/* Options: skip, whether normalised by n / (n - 1). */
void sst_gini(const struct sst_lane *lane);
enum { SST_GINI_ROOM = 4 }; /* doubles of room for each figure */

/* Options: skip, kind. */
void sst_theil(const struct sst_lane *lane);

/* The third input are groups, 0, 1, ..., in ascending order. Results: total, between, within,
 * then the index of each group, then the share it has in `within`. Options: skip, kind. */
void sst_theil_groups(const struct sst_lane *lane);

#endif
