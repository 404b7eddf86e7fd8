/* SPDX-License-Identifier: MIT
 *
 * Year-to-date figures and the single periods between them.
 *
 * A calendar is a panel whose units are years and whose time is the period inside the year,
 * with the period of each row beside it. Periods count from 1 and ascend inside a year.
 */
#ifndef SST_YTD_H
#define SST_YTD_H

#include <stddef.h>
#include <stdint.h>

#include "kind.h"
#include "panel.h"

/* Numbers the years 0, 1, ... of rows in the order of time: a new one starts where `period`
 * falls, or rises when the newest row comes first. Returns -1, or the first row that no such
 * order has: it repeats the period before it, or is the third that goes the wrong way by one. */
ptrdiff_t sst_ytd_years(const int64_t *period, ptrdiff_t rows, int newest_first, int64_t *year);

/* Single periods from figures to date, or their sums. The first three say what becomes of a
 * second period whose first has no figure: it stands for both, each gets half, or neither is
 * told. */
enum sst_ytd_measure { SST_YTD_COMBINED, SST_YTD_SPLIT, SST_YTD_NAN, SST_YTD_SUM };

struct sst_ytd {
    const struct sst_panel *panel;
    const int64_t *period; /* of each row */
    enum sst_ytd_measure measure;
    enum sst_kind kind;                /* of the figures */
    const struct sst_columns *columns; /* float32 or float64 results, apart from the figures */
    const unsigned char *missing;      /* not 0: the figure is missing; or NULL */
    ptrdiff_t missing_row;             /* byte strides like those of the columns */
    ptrdiff_t missing_step[SST_DIMENSIONS];
};

/* Differences and sums are the exact ones, rounded once to the type of the result. */
void sst_ytd(const struct sst_ytd *ytd, int threads);

/* Tables of figures and results, rows x columns each. */
enum { SST_YTD_LEVEL, SST_YTD_GROWTH, SST_YTD_LEVEL_HALF, SST_YTD_GROWTH_HALF, SST_YTD_FIGURES };
enum { SST_YTD_VALUE, SST_YTD_LOW, SST_YTD_HIGH, SST_YTD_RESULTS };

struct sst_ytd_growth {
    const struct sst_panel *panel;
    const int64_t *period;
    ptrdiff_t columns;
    const double *figures; /* SST_YTD_FIGURES tables; half-widths are not negative */
    double *out;           /* SST_YTD_RESULTS tables */
};

/* Growth of each single period on its comparable base: from the bare figures, and the ends of
 * its range over all figures inside their half-widths, rounded outward. */
void sst_ytd_growth(const struct sst_ytd_growth *growth, int threads);

#endif
