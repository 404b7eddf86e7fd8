/* SPDX-License-Identifier: MIT
 *
 * What a search for reachable statuses (reach.c) knows: its box, the places where tracks run,
 * and the extremes of each cell that it has visited.
 */
#ifndef SST_REACH_CELLS_H
#define SST_REACH_CELLS_H

#include <math.h>

#include "reach.h"
#include "rounding.h"

/* Cuts parallel to the planes of the box; the ends of a box and each cut, with what is beside them;
 * and cells: the most that a method has is 197 (canada, whose target, figure and baseline may
 * each lie on five sides of zero and the surrogate, and of each other). */
enum { SST_REACH_CUTS = 6, SST_REACH_FIXED = 4 + 3 * SST_REACH_CUTS, SST_REACH_CELLS = 256 };

struct sst_reach_point {
    double of[SST_ROUNDED];
    double position; /* what the classes look at */
    int status;
};

struct sst_reach_cell {
    uint64_t key;
    struct sst_reach_point low, high;
};

struct sst_reach_search {
    const struct sst_method *method;
    struct sst_case c;
    struct sst_box box[SST_ROUNDED];
    unsigned reached, classes; /* bits: so far, and all classes there are */
    double zero;               /* how far figures keep from 0 beside it */
    int shares;                /* the target is met at these shares of it */
    double share[2];
    double limit; /* the size of a natural limit; NaN: none, or not looked at */
    int cuts;     /* where rules change for any of the figures */
    double cut[SST_REACH_CUTS];
    int actuals, targets; /* places that do not depend on the baseline */
    double actual[SST_REACH_FIXED], target[SST_REACH_FIXED];
    int cells;
    struct sst_reach_cell cell[SST_REACH_CELLS];
};

/* v, or a point next to it below (-1) or above (1), `zero` away where it is 0. Growth still
 * tells it from v. */
static inline double
sst_reach_beside(double v, int where, double zero)
{
    return v == 0.0 ? where * zero : v + where * fabs(v) * 0x1p-34;
}

static inline int
sst_reach_inside(double v, struct sst_box box)
{
    return v >= box.low && v <= box.high;
}

/* Judges a point: its status counts as reached. */
void sst_reach_judge(struct sst_reach_search *s, struct sst_reach_point *p);

/* Judges a point and lets it widen what is known of its cell. */
void sst_reach_visit(struct sst_reach_search *s, struct sst_reach_point *p);

/* The classes that a cell passes between its extremes, by bisection for each limit. */
void sst_reach_fill(struct sst_reach_search *s, const struct sst_reach_cell *cell);

#endif
