/* SPDX-License-Identifier: MIT
 *
 * The panel plan: for every row, the row that holds the same unit some periods earlier.
 *
 * A plan lines the rows up by unit and, inside a unit, by time: a place in that line is a
 * position. Three arrays say everything, and each is left out where it says nothing:
 * which row stands at a position (none: rows are lined up already), where each unit
 * starts, and which step of time each position has (none: a unit's steps follow each
 * other, so that a lag in periods is a lag in positions). Lags, columns and measures come
 * later and share the plan.
 */
#ifndef SST_PANEL_H
#define SST_PANEL_H

#include <stddef.h>
#include <stdint.h>

#include "kind.h"
#include "map.h"
#include "status.h"

struct sst_panel {
    ptrdiff_t rows;
    ptrdiff_t units;      /* that have rows */
    int64_t *starts;      /* units + 1 positions, the last is `rows` */
    int32_t *order;       /* row at each position, or NULL */
    int32_t *step32;      /* step of each position, counted from any origin of its unit, */
    int64_t *step64;      /* owned here in one of two widths, */
    const int64_t *steps; /* and read here when 64 bits wide, owned or the caller's */
};

/* Sets all to nothing, so that sst_panel_free may follow. */
void sst_panel_clear(struct sst_panel *panel);
void sst_panel_free(struct sst_panel *panel);

/* Tries the rows as they stand: units in one run each with ascending labels, time
 * ascending inside. labels and steps may be NULL (one unit; consecutive steps), not
 * both. Sets *sorted; the panel is filled only if it is 1. `steps` is borrowed by the panel unless
 * `keep`. */
SST_CHECKED enum sst_status sst_panel_scan_i32(const int32_t *labels, const int64_t *steps,
                                               ptrdiff_t rows, int keep, int threads,
                                               struct sst_panel *panel, int *sorted);
SST_CHECKED enum sst_status sst_panel_scan_i64(const int64_t *labels, const int64_t *steps,
                                               ptrdiff_t rows, int keep, int threads,
                                               struct sst_panel *panel, int *sorted);

/* Any order of rows, with codes 0..units-1 (NULL: one unit) and steps (NULL: rows of a
 * unit are in order). SST_REPEATED_ROW: repeated[0] and repeated[1] are the earliest row
 * whose unit and step an earlier one has, earlier one first. SST_BAD_ARGUMENT: more rows
 * than 2^31 - 1. */
SST_CHECKED enum sst_status sst_panel_sort(const int32_t *codes, ptrdiff_t units,
                                           const int64_t *steps, ptrdiff_t rows, int threads,
                                           struct sst_panel *panel, ptrdiff_t repeated[2]);

/* Absent periods inside each unit's first-to-last range, at most UINT64_MAX. */
uint64_t sst_panel_gaps(const struct sst_panel *panel);

/* Whether no unit has a gap, so that a lag in periods is a lag in positions. */
SST_INLINE int
sst_panel_consecutive(const struct sst_panel *panel)
{
    return panel->step32 == NULL && panel->steps == NULL;
}

/* Steps from position `from` to the later position `to` of one unit. */
SST_INLINE uint64_t
sst_panel_distance(const struct sst_panel *panel, ptrdiff_t from, ptrdiff_t to)
{
    if (panel->step32 != NULL)
        return (uint64_t)((int64_t)panel->step32[to] - panel->step32[from]);
    return (uint64_t)panel->steps[to] - (uint64_t)panel->steps[from];
}

/* Lags beyond this either way could not be told from each other by 64-bit steps. */
#define SST_FARTHEST_LAG ((int64_t)1 << 62)

/* For each row the row that holds its unit `lag` periods earlier, or -1. */
void sst_panel_rows(const struct sst_panel *panel, int64_t lag, int64_t *rows);

/* A walk along positions with one lag. */
struct sst_walk {
    int64_t lag;
    ptrdiff_t unit;
    ptrdiff_t base; /* first position not yet known to be too early */
};

void sst_walk_start(const struct sst_panel *panel, int64_t lag, ptrdiff_t position,
                    struct sst_walk *walk);

/* The base positions, or -1, of positions first..last-1; calls follow each other. */
void sst_walk_next(const struct sst_panel *panel, struct sst_walk *walk, ptrdiff_t first,
                   ptrdiff_t last, int64_t *bases);

/* Columns of values along the rows of a panel: byte strides of a row, of a result's lag,
 * and of each further dimension over which columns repeat. */
struct sst_columns {
    const char *in;
    char *out;
    ptrdiff_t in_row, out_row, out_lag;
    int in_size, out_size; /* of an element, in bytes: 4 or 8; 1, 4 or 8 */
    int dimensions;
    ptrdiff_t shape[SST_DIMENSIONS];
    ptrdiff_t in_step[SST_DIMENSIONS], out_step[SST_DIMENSIONS];
};

/* What to do with a figure and its base: in[0] is the base, in[1] the current figure,
 * in[2] the two doubles of the lag's exponent. */
struct sst_pairing {
    sst_map_function pair;
    ptrdiff_t lags;
    const int64_t *lag;
    const double *exponents; /* two for each lag: their quotient is the exponent */
    unsigned char fill[8];   /* an element of the result, for an absent period */
};

/* Every row of every column with every lag; `out` does not overlap `in`. */
void sst_panel_apply(const struct sst_panel *panel, const struct sst_columns *columns,
                     const struct sst_pairing *pairing, int threads);

#endif
