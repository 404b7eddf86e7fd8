/* SPDX-License-Identifier: MIT
 *
 * Whether any or all values of each cluster are true. A value that decides it sets a byte of its
 * cluster, and no other value reads or writes one: neither the order of rows nor how many rows a
 * cluster has in a stretch makes a row wait for another.
 *
 * Missing values that are not skipped may be true or false: where no other value decides, the truth
 * is unknown. That is the three-valued logic of SQL:1999 (ISO/IEC 9075-2, boolean value expression)
 * and of S. C. Kleene, Introduction to Metamathematics (1952), section 64.
 */
#ifndef SST_GROUP_TRUTH_H
#define SST_GROUP_TRUTH_H

#include "group.h"

/* Whether any value, or `every` one, is not zero: 0 or 1 in a byte, `step` bytes apart. Of no
 * values every one is and none. Where it is unknown, or a cluster has fewer than min_count rows
 * that are not left out, `out` is 0 and `unknown`, its bytes as far apart, 1; it may be NULL if
 * values are skipped and min_count is 0. */
SST_CHECKED enum sst_status sst_group_truth(const struct sst_rows *rows, ptrdiff_t groups,
                                            int parts, int every, int64_t min_count, char *out,
                                            char *unknown, ptrdiff_t step);

#endif
