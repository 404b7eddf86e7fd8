/* SPDX-License-Identifier: MIT
 *
 * Tables of activity, a row for each region and a column for each industry: what regions are
 * specialised in, and what their growth is made of.
 */
#ifndef SST_REGION_H
#define SST_REGION_H

#include <stddef.h>

#include "status.h"
#include "twofold.h"

/* Sums of a table, exact, in two parts. */
struct sst_margins {
    struct sst_twofold *region;
    struct sst_twofold *industry;
    struct sst_twofold total;
};

/* One or two tables, row by row, and their sums. A reference holds the figures of each industry
 * in the economy that the regions are compared with; NULL: the sums of the columns. */
struct sst_region_table {
    ptrdiff_t regions, industries;
    const double *cells[2]; /* the second NULL: there is one table */
    const double *reference[2];
    int skip; /* cells missing (in either table) are left out, else they make their sums NaN */
    const double *options;
    double *out;
    double power; /* of two: cells are multiplied by it */
    struct sst_margins margins[2];
};

typedef void (*sst_region_function)(const struct sst_region_table *table);

/* Sums the table up and runs the function. */
SST_CHECKED enum sst_status sst_region_run(struct sst_region_table *table,
                                           sst_region_function function);

/* A cell of one of the tables, scaled as its margins are; NaN where it is missing in either. */
double sst_region_cell(const struct sst_region_table *table, int which, ptrdiff_t region,
                       ptrdiff_t industry);

/* Results: a value for each cell. Options: form. A share of an industry that the reference does
 * not have is infinite, or NaN where the region has none of it either. */
enum sst_quotient_form {
    SST_QUOTIENT_RATIO,     /* s / t, s the share in the region, t the share in the reference */
    SST_QUOTIENT_SYMMETRIC, /* (s - t) / (s + t) */
    SST_QUOTIENT_ADDITIVE,  /* the region's share of the industry less its share of all */
    SST_QUOTIENT_STRUCTURE  /* s - t */
};
void sst_location_quotient(const struct sst_region_table *table);

/* Results: a value for each region. Options: factor, whether the region itself is in the
 * reference. */
void sst_krugman(const struct sst_region_table *table);

/* Results: a value for each region. */
void sst_hachman(const struct sst_region_table *table);

/* Results: a table of regions and industries for each term. */
enum { SST_CLASSIC_TERMS = 3, SST_HOMOTHETIC_TERMS = 4, SST_ARCELUS_TERMS = 8 };
void sst_shift_classic(const struct sst_region_table *table);
void sst_shift_esteban_marquillas(const struct sst_region_table *table);
void sst_shift_arcelus(const struct sst_region_table *table);

#endif
