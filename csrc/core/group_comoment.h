/* SPDX-License-Identifier: MIT
 *
 * Covariances and slopes of two variables by cluster, from exact totals over the rows that have
 * both (and a weight, if there are any).
 */
#ifndef SST_GROUP_COMOMENT_H
#define SST_GROUP_COMOMENT_H

#include "group.h"

/* Totals, in this order: of the weights if there are any, of the others, of their squares, of the
 * values, of the products of both. */
enum { SST_COMOMENT_TOTALS = 5 };

enum sst_comoment { SST_COVARIANCE, SST_SLOPE };

/* What is wanted of them. */
struct sst_comoment_result {
    enum sst_comoment which;
    int64_t ddof; /* of covariances */
    int64_t min_count;
};

struct sst_pairs;

/* Working memory for `groups` clusters and up to `parts` threads. */
SST_CHECKED enum sst_status sst_pairs_new(struct sst_pairs **pairs, ptrdiff_t groups, int parts);
void sst_pairs_free(struct sst_pairs *pairs);

/* Forgets what there was and adds up rows with others, for results of one kind; what slopes need
 * is enough for both, and for states. On failure there are no totals. */
SST_CHECKED enum sst_status sst_pairs_run(struct sst_pairs *pairs, const struct sst_rows *rows,
                                          enum sst_comoment which);

/* Results of the last run (real kinds): NaN of fewer than min_count pairs. */
SST_CHECKED enum sst_status sst_pairs_finish(const struct sst_pairs *pairs,
                                             const struct sst_comoment_result *result,
                                             const struct sst_output *out);

/* The same of states, four or five of the same clusters. */
SST_CHECKED enum sst_status sst_exact_finish_comoment(const struct sst_exact *state, int totals,
                                                      const struct sst_comoment_result *result,
                                                      const struct sst_output *out);

/* How many pairs each cluster has, `step` bytes apart. */
void sst_pairs_counts(const struct sst_pairs *pairs, char *out, ptrdiff_t step);

/* The totals of the last run, for slopes, as states: how many, the shape of each, its contents. */
int sst_pairs_totals(const struct sst_pairs *pairs);
void sst_pairs_plan_state(const struct sst_pairs *pairs, int total, struct sst_exact *state);
void sst_pairs_state(const struct sst_pairs *pairs, int total, struct sst_exact *state);

#endif
