/* SPDX-License-Identifier: MIT
 *
 * The contributions of each cluster as the rules of disclosure.h need them: how many, the largest
 * of them, the total, all exact.
 */
#ifndef SST_DISCLOSURE_CELLS_H
#define SST_DISCLOSURE_CELLS_H

#include "disclosure.h"
#include "disclosure_pairs.h"

struct sst_tally;

/* Contributions by number: those of rows, `places` for each cluster, the largest first; or those
 * of pairs. */
struct sst_cells {
    ptrdiff_t groups;
    ptrdiff_t places;
    enum sst_kind kind;
    struct sst_tally *total;
    char *top;                /* of rows: groups x places values of the kind */
    struct sst_paired paired; /* of pairs: their rows, ... */
    struct sst_tally *pair;   /* ... their exact sums, ... */
    double *rounded;          /* ... and those rounded, NaN where no row has a value */
};

enum { SST_NO_CONTRIBUTION = -1 };

/* One cluster. `target` is the largest contribution whose contributor is to be protected,
 * SST_NO_CONTRIBUTION where there is none. */
struct sst_cell {
    int64_t contributors;
    int held;
    ptrdiff_t largest[SST_TOGETHER_MOST];
    ptrdiff_t target;
};

/* Adds the rows up; counts of contributors of rows go to `out` at once, others with their cell.
 * Free it after a failure too. */
SST_CHECKED enum sst_status sst_cells_new(struct sst_cells *cells, const struct sst_rows *rows,
                                          ptrdiff_t groups,
                                          const struct sst_contributors *contributors, int parts,
                                          const struct sst_disclosure_output *out);
void sst_cells_free(struct sst_cells *cells);

/* Reads a cluster, with as many of its largest as there are places. */
void sst_cells_read(const struct sst_cells *cells, ptrdiff_t group,
                    const struct sst_disclosure_output *out, struct sst_cell *cell);

/* A contribution, exactly, in `room` of SST_GRID_LIMBS. */
struct sst_sum sst_cells_contribution(const struct sst_cells *cells, ptrdiff_t number,
                                      int64_t *room);

#endif
