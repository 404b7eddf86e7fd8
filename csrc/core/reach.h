/* SPDX-License-Identifier: MIT
 *
 * Which classes of a method a printed case can be in: baseline, actual and target stand for
 * closed intervals, and a status is reachable if the method gives it at some point of their
 * box.
 */
#ifndef SST_REACH_H
#define SST_REACH_H

#include <stdint.h>

#include "method.h"

enum { SST_ROUNDED = 3 }; /* the operands with a half-width: SST_BASELINE to SST_TARGET */

/* One bit per status code. The half-widths are at least 0; an exact figure has 0. None where
 * the half-width of a given figure is NaN: then nothing can be told. */
uint16_t sst_reachable(const struct sst_method *method, const struct sst_case *c,
                       const double half_width[SST_ROUNDED]);

#endif
