/* SPDX-License-Identifier: MIT
 *
 * The least and the greatest value of each cluster, and how many values it has.
 *
 * Values become integers that sort as they do (a double's bits, with the lower 63 turned
 * over where it is negative, which is the totalOrder of IEEE 754-2019, 5.10), so that one kernel
 * serves all types, integers stay what they are, and -0 comes before +0 whatever the order of rows.
 * The greatest is the least of the keys turned over. Whether there was a value is counted, never
 * read off a result.
 */
#ifndef SST_SELECT_H
#define SST_SELECT_H

#include "group.h"

enum sst_extreme { SST_LEAST = 1, SST_GREATEST = 2 };

struct sst_block;
struct sst_selection;

/* Working memory for `extremes` (none, one or both) of `groups` clusters and up to `parts`
 * threads; with `counted` it counts by itself, else a tally of the same pass does. */
SST_CHECKED enum sst_status sst_selection_new(struct sst_selection **selection, ptrdiff_t groups,
                                              int parts, int extremes, int counted);
void sst_selection_free(struct sst_selection *selection);

/* The least or greatest of the last pass, of the values' own kind; NaN (integers: zero) where
 * there are fewer than min_count values or none. `counts`: the tally that counts, or NULL. */
void sst_selection_finish(const struct sst_selection *selection, const struct sst_tally *counts,
                          enum sst_extreme extreme, int64_t min_count,
                          const struct sst_output *out);

/* The number of values of each cluster as int64, of a selection that counts. */
void sst_selection_counts(const struct sst_selection *selection, char *out, ptrdiff_t step);

/* The steps of a selection in a pass (group_pass.h): words of a thread for each cluster; tables for
 * the parts that will run; an empty table; a loaded block. */
ptrdiff_t sst_selection_words(const struct sst_selection *selection);
SST_CHECKED enum sst_status sst_selection_prepare(struct sst_selection *selection, int parts);
void sst_selection_clear(struct sst_selection *selection, int part);
void sst_selection_add(struct sst_selection *selection, int part, const struct sst_block *block,
                       const struct sst_rows *rows);

/* One extreme of one column: `best` as of sst_selection_finish, `count` the number of values.
 * Either may be NULL. */
SST_CHECKED enum sst_status sst_select(const struct sst_rows *rows, ptrdiff_t groups, int parts,
                                       enum sst_extreme extreme, int64_t min_count, char *best,
                                       ptrdiff_t best_step, char *count, ptrdiff_t count_step);

#endif
