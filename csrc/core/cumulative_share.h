/* SPDX-License-Identifier: MIT
 *
 * Calendars of a plan: which share of it is due after each of its periods.
 */
#ifndef SST_CUMULATIVE_SHARE_H
#define SST_CUMULATIVE_SHARE_H

#include "lanes.h"

/* Input: n weights, not negative and finite, of which one is not zero. Results: the n + 1 shares
 * that are due before the first period and after each, from 0 to exactly 1; NaN for weights that
 * are none. */
void sst_cumulative_share(const struct sst_lane *lane);

#endif
