/* SPDX-License-Identifier: MIT
 *
 * Measures along one axis. A lane is the line of values along that axis at one place of
 * the others. A kernel sees plain arrays of doubles, whatever the type, the strides and the
 * number of dimensions: lanes are copied together a few at a time, so that a row of a table is
 * read once though lanes run across rows. Lanes that are plain already are not copied. Kernels
 * run in the default floating-point environment.
 */
#ifndef SST_LANES_H
#define SST_LANES_H

#include <math.h>
#include <stddef.h>

#include "kind.h"
#include "map.h"
#include "status.h"

enum { SST_LANE_INPUTS = 4 };

/* One lane of every input (NULL, of length 0: not given) and of the result. */
struct sst_lane {
    const double *in[SST_LANE_INPUTS];
    ptrdiff_t length[SST_LANE_INPUTS];
    double *out;
    ptrdiff_t outs;
    const double *options; /* numbers that are the same for all lanes */
    double *room;          /* as many doubles as the measure asked for, undefined */
};

/* Writes all `outs` results and reads no further than the lengths, whatever the options. */
typedef void (*sst_lane_function)(const struct sst_lane *lane);

/* A number of periods among the options, at least `least`; -1 for anything else. */
SST_INLINE ptrdiff_t
sst_lane_periods(double option, ptrdiff_t least, ptrdiff_t most)
{
    return option >= (double)least && option <= (double)most ? (ptrdiff_t)option : -1;
}

/* The results of a lane that its options do not fit. */
SST_INLINE void
sst_fill_nan(double *out, ptrdiff_t n)
{
    for (ptrdiff_t t = 0; t < n; t++)
        out[t] = NAN;
}

/* How an array lies: its length along the axis, and byte strides of the axis and of the other
 * axes (0 where it repeats). */
struct sst_lane_layout {
    enum sst_kind kind;
    ptrdiff_t length;
    ptrdiff_t along;
    ptrdiff_t step[SST_DIMENSIONS];
};

struct sst_lanes {
    sst_lane_function function;
    const double *options;
    int rooms; /* doubles of room for each value of the first input */
    int inputs;
    const char *in[SST_LANE_INPUTS];
    char *out; /* float32 or float64, apart from the inputs */
    struct sst_lane_layout in_layout[SST_LANE_INPUTS];
    struct sst_lane_layout out_layout;
    int dimensions; /* of the other axes */
    ptrdiff_t shape[SST_DIMENSIONS];
};

/* Runs the function over every lane. */
SST_CHECKED enum sst_status sst_lanes_run(const struct sst_lanes *lanes, int threads);

#endif
