/* SPDX-License-Identifier: MIT
 *
 * One pass over the rows of a column for all that is asked of it. A block of rows has its codes
 * placed and its values loaded once; then exact totals, extremes and counts take what they need.
 */
#ifndef SST_GROUP_PASS_H
#define SST_GROUP_PASS_H

#include "group.h"
#include "select.h"

/* Bytes of tables up to which all threads have their own; above, fewer threads run. */
#define SST_TABLES_MOST ((ptrdiff_t)320 << 20)

/* What is NULL is not asked for. */
struct sst_pass {
    const struct sst_rows *rows;
    ptrdiff_t groups;
    int parts;              /* threads at most, not more than those of its members */
    struct sst_tally *sums; /* of the addend, which is not SST_ADD_WEIGHTS */
    enum sst_addend addend;
    struct sst_tally *weights; /* of SST_ADD_WEIGHTS */
    struct sst_selection *selection;
};

/* Forgets what its members held and goes over the rows. On failure they hold nothing. */
SST_CHECKED enum sst_status sst_pass_run(const struct sst_pass *pass);

#endif
