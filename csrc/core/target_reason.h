/* SPDX-License-Identifier: MIT
 *
 * What a reader must know about a figure beside its target.
 */
#ifndef SST_TARGET_REASON_H
#define SST_TARGET_REASON_H

#include "method.h"
#include "reason.h"

/* The first that applies, as listed in the source. `geometric`: whether the measure asked
 * about follows a constant rate, which zero and negative figures do not have. */
enum sst_reason sst_target_reason(const struct sst_case *c, int geometric);

/* Whether the target is met, but by a figure worse than its baseline: on a range, nearer to one of
 * the ends from inside. 0 where a figure is missing. */
int sst_is_slipping(const struct sst_case *c);

#endif
