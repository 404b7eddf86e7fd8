/* SPDX-License-Identifier: MIT
 *
 * Contributions to growth: changes of parts in points of the growth of their total.
 */
#ifndef SST_CONTRIBUTION_H
#define SST_CONTRIBUTION_H

#include "lanes.h"
#include "map.h"

/* Element by element: earlier, later, base (double) -> (later - earlier) / base, with the
 * difference exact and one rounding. */
void sst_contribution_f64(const struct sst_map *map);
void sst_contribution_i64(const struct sst_map *map);
void sst_contribution_u64(const struct sst_map *map);

/* base, current and change of the total, periods per year over the lag -> what changes are
 * divided by to be contributions at annual rates. */
void sst_contribution_annual_base_f64(const struct sst_map *map);

/* growth, change, least -> the change; NaN where the growth is smaller in size than the least,
 * where nothing changed, and where the change of a finite growth is beyond the largest double. */
void sst_contribution_share_base_f64(const struct sst_map *map);

/* Lanes along the parts. Inputs: quantities later and earlier, prices earlier (Fisher: and
 * later). Option: periods per year over the lag, or 0 for rates that are not annual. Results:
 * a contribution for each part, and the growth of the total. */
void sst_contribution_laspeyres(const struct sst_lane *lane);
void sst_contribution_fisher(const struct sst_lane *lane);

/* Lanes along time. Inputs: an item's index, its weight in each period's year, the total's
 * index, and the periods, numbered upward so that multiples of `link` are the link periods.
 * Options: lag, link, and as above. Results: a contribution for each period. */
void sst_contribution_ribe(const struct sst_lane *lane);

#endif
