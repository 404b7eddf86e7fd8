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

#endif
