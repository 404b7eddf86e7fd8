/* SPDX-License-Identifier: MIT
 *
 * Measures of a lane of figures (lanes.h), such as those of concentration and inequality, of the
 * figures of each cluster.
 */
#ifndef SST_GROUP_MEASURE_H
#define SST_GROUP_MEASURE_H

#include "group.h"
#include "lanes.h"

struct sst_group_measure {
    sst_lane_function function;
    const double *options; /* the first of them: missing figures are skipped */
    int rooms;
    int weighted;   /* weights are the second input; else the figures are multiplied by them */
    ptrdiff_t most; /* results of a lane, of which the last is taken */
    int64_t min_count;
};

/* One result (of real kinds) for each cluster, the bits those of the measure of its figures alone,
 * for measures that depend on no order; NaN of fewer than min_count figures, and of none. */
SST_CHECKED enum sst_status sst_group_measure(const struct sst_rows *rows, ptrdiff_t groups,
                                              int parts, const struct sst_group_measure *measure,
                                              const struct sst_output *out);

#endif
