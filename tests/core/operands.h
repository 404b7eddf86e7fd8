/* SPDX-License-Identifier: MIT
 *
 * Vectors as operands of an element-wise measure.
 */
#ifndef SST_TEST_OPERANDS_H
#define SST_TEST_OPERANDS_H

#include "check.h"
#include "map.h"

enum { MOST = 64, MOST_INPUTS = 4 };

static inline void
set_operand(struct sst_map *map, int k, const double *values)
{
    map->in[k] = (const char *)values;
    map->step[k] = sizeof *values;
}

/* A map over the vector's values of the named inputs; the result goes to `out`. */
static inline int
load(const struct vector *v, const char *const *names, int inputs, double values[][MOST],
     struct sst_map *map, double *out)
{
    *map = (struct sst_map){
        .n = vector_expected(v, "value"), .out = (char *)out, .out_step = sizeof *out};
    if (map->n > MOST)
        return 0;
    for (int k = 0; k < inputs; k++) {
        for (ptrdiff_t i = 0; i < map->n; i++)
            values[k][i] = vector_at(v, names[k], i);
        set_operand(map, k, values[k]);
    }
    return 1;
}

#endif
