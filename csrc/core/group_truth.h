/* SPDX-License-Identifier: MIT
 *
 * Whether any or all values of each cluster are true. A value that decides it sets a byte of its
 * cluster, and no other value reads or writes one: neither the order of rows nor how many rows a
 * cluster has in a stretch makes a row wait for another.
 */
#ifndef SST_GROUP_TRUTH_H
#define SST_GROUP_TRUTH_H

#include "group.h"

/* Whether any value, or `every` one, is not zero: 0 or 1 in a byte, `step` bytes apart. Of no
 * values every one is and none. Missing ones are left out, whatever skip_missing says. */
SST_CHECKED enum sst_status sst_group_truth(const struct sst_rows *rows, ptrdiff_t groups,
                                            int parts, int every, char *out, ptrdiff_t step);

#endif
