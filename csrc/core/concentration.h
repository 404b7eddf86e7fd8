/* SPDX-License-Identifier: MIT
 *
 * How far a total is in few hands, from the figures of a lane (lanes.h). The first option of
 * each is whether missing figures are skipped; otherwise they make the result NaN. NaN also
 * where the total is zero, no figure is there, or one is negative or infinite.
 */
#ifndef SST_CONCENTRATION_H
#define SST_CONCENTRATION_H

#include "lanes.h"

enum sst_hhi_form { SST_HHI_INDEX, SST_HHI_NORMALIZED, SST_HHI_EQUIVALENT, SST_HHI_FORMS };

/* Options: skip, form, scale. */
void sst_hhi(const struct sst_lane *lane);

/* Results: the shares of the largest one, two, ... Options: skip. */
void sst_concentration_ratio(const struct sst_lane *lane);

/* Options: skip, base of the logarithm (0: natural), whether to divide by the most possible. */
void sst_entropy(const struct sst_lane *lane);

/* Half the sum of the differences between the shares of two inputs. Options: skip. */
void sst_hoover(const struct sst_lane *lane);

#endif
