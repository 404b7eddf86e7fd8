/* SPDX-License-Identifier: MIT
 *
 * Vectors of statistics by cluster as rows.
 */
#ifndef SST_TEST_GROUPED_H
#define SST_TEST_GROUPED_H

#include <string.h>

#include "check.h"
#include "group.h"

enum { MOST = 64 };

/* `rows` points into it: it stays where it was loaded. */
struct grouped {
    struct sst_rows rows;
    ptrdiff_t groups; /* one more than the greatest code */
    int64_t codes[MOST];
};

/* The values, weights and codes of a vector, and what it says of missing ones; 0 if they do not
 * fit. */
static inline int
load_grouped(const struct vector *v, struct grouped *g)
{
    ptrdiff_t n, coded, weighted;
    const double *values = vector_input(v, "values", &n), *codes = vector_input(v, "codes", &coded);
    const double *weights = vector_input(v, "weights", &weighted);
    const char *skipna = vector_option(v, "skipna");
    if (values == NULL || codes == NULL || n != coded || n > MOST ||
        (weights != NULL && n != weighted))
        return 0;
    g->groups = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        g->codes[i] = (int64_t)codes[i];
        g->groups = g->codes[i] >= g->groups ? (ptrdiff_t)g->codes[i] + 1 : g->groups;
    }
    g->rows = (struct sst_rows){.rows = n,
                                .values = (const char *)values,
                                .step = sizeof *values,
                                .kind = SST_FLOAT64,
                                .weights = (const char *)weights,
                                .weight_step = sizeof *weights,
                                .codes = g->codes,
                                .wide_codes = 1,
                                .skip_missing = skipna == NULL || strcmp(skipna, "False") != 0};
    return g->groups <= MOST;
}

#endif
