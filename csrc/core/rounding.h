/* SPDX-License-Identifier: MIT
 *
 * Printed figures as closed intervals, and arithmetic on intervals.
 */
#ifndef SST_ROUNDING_H
#define SST_ROUNDING_H

#include "map.h"

struct sst_box {
    double low, high;
};

/* The end of offset + value +- half_width (side -1 or 1). Where the figures are decimals
 * of at most 15 places it is that decimal, rounded to nearest once; else it is outward. */
double sst_end_point(double value, double half_width, double offset, int side);

/* The same in binary, outward by what the rounding of all three can amount to. */
double sst_end_near(double value, double half_width, double offset, int side);

/* Low ends of interval results, rounded down. High ends follow by symmetry: the high end
 * of a*b is minus the low end of (-a)*b. NaN where an end is NaN. */
void sst_interval_add_f64(const struct sst_map *map);      /* a.low, b.low */
void sst_interval_multiply_f64(const struct sst_map *map); /* a.low, a.high, b.low, b.high */
void sst_interval_divide_f64(const struct sst_map *map);   /* the same; NaN for b = [0, 0] */

#endif
