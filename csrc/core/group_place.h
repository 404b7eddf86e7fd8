/* SPDX-License-Identifier: MIT
 *
 * One row of each cluster: the first, the last, that of the least or the greatest value.
 *
 * Each is the least of some key of a row, and of equal keys the first row. Threads take rows in
 * stretches that are merged in order, so how many there are does not matter.
 */
#ifndef SST_GROUP_PLACE_H
#define SST_GROUP_PLACE_H

#include "group.h"

/* Which row. Of zeros of both signs neither is less; a NaN that is not skipped is both the least
 * and the greatest, as in NumPy's argmin and argmax. */
enum sst_place { SST_PLACE_FIRST, SST_PLACE_LAST, SST_PLACE_LEAST, SST_PLACE_GREATEST };

struct sst_places;

/* Working memory for `groups` clusters and up to `parts` threads. */
SST_CHECKED enum sst_status sst_places_new(struct sst_places **places, ptrdiff_t groups, int parts);
void sst_places_free(struct sst_places *places);

/* Forgets what there was and finds the rows. On failure the places hold nothing to be read. */
SST_CHECKED enum sst_status sst_places_run(struct sst_places *places, const struct sst_rows *rows,
                                           enum sst_place which);

/* Row numbers of the last run as int64, -1 for clusters of fewer than min_count values or none. */
void sst_places_rows(const struct sst_places *places, int64_t min_count, char *out, ptrdiff_t step);

/* The values of these rows, of their own kind; NaN (integers: zero) where there is no row. */
void sst_places_values(const struct sst_places *places, const struct sst_rows *rows,
                       int64_t min_count, char *out, ptrdiff_t step);

/* How many values a cluster has, as int64. */
void sst_places_counts(const struct sst_places *places, char *out, ptrdiff_t step);

#endif
