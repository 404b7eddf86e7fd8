/* SPDX-License-Identifier: MIT
 *
 * Exact sums by cluster. Rows are split over threads; each cuts its rows block by block
 * into digits (exact_cut.h) and adds them to the rows of its own table, so any split, any
 * order and any number of threads give the same totals.
 *
 * A tally is the working memory of that: made once, run over one column after another.
 */
#ifndef SST_GROUP_H
#define SST_GROUP_H

#include "exact.h"
#include "kind.h"

/* Clusters of one call, with rows for nobody in 31 bits; a table of more would take some 64 GB. */
#define SST_GROUPS_MOST (INT32_MAX - 8)

/* One column. `step` and `weight_step` are in bytes; addresses are aligned. */
struct sst_rows {
    ptrdiff_t rows;
    const char *values;
    ptrdiff_t step;
    enum sst_kind kind;
    const char *weights; /* float64, or NULL: every row counts once */
    ptrdiff_t weight_step;
    const void *codes;  /* dense, rows of them; NULL: all rows are in cluster 0 */
    int wide_codes;     /* int64, else int32; negative is in no cluster */
    int skip_missing;   /* NaN values are left out, else they make the total NaN */
    const char *others; /* a second variable of the rows, or NULL; a row that lacks it is left
                         * out where missing values are */
    ptrdiff_t other_step;
    enum sst_kind other_kind;
};

/* What is added up. Rows with weights are added with them: a row without one is left out. */
enum sst_addend {
    SST_ADD_VALUES,
    SST_ADD_PRODUCTS,         /* value times weight */
    SST_ADD_WEIGHTS,          /* the weights of the rows whose value is there */
    SST_ADD_SQUARES,          /* values and their squares: two totals */
    SST_ADD_WEIGHTED_SQUARES, /* weights, products and weighted squares: three totals */
    SST_ADD_CROSS,            /* value times other */
    SST_ADD_WEIGHTED_CROSS    /* value times other times weight */
};

enum { SST_TOTALS_MOST = 3 };

struct sst_tally;

/* Working memory for `groups` clusters and up to `parts` threads. */
SST_CHECKED enum sst_status sst_tally_new(struct sst_tally **tally, ptrdiff_t groups, int parts);
void sst_tally_free(struct sst_tally *tally);

/* Forgets what there was and adds the rows up. On failure the tally holds nothing. */
SST_CHECKED enum sst_status sst_tally_run(struct sst_tally *tally, const struct sst_rows *rows,
                                          enum sst_addend addend);

enum sst_result { SST_RESULT_SUM, SST_RESULT_MEAN };

/* Where the results go: one for each cluster, `step` bytes apart. */
struct sst_output {
    char *data;
    ptrdiff_t step;
    enum sst_kind kind;
};

/* Results of the last run: the sum (of the integer kinds: exact, or SST_INT_OVERFLOW),
 * or the mean (real kinds; over `weights`, a tally of them, if not NULL, or over those of
 * SST_ADD_WEIGHTED_SQUARES). A real result of fewer than min_count rows is NaN, a mean of none
 * as well. */
SST_CHECKED enum sst_status sst_tally_finish(const struct sst_tally *tally,
                                             const struct sst_tally *weights,
                                             enum sst_result result, int64_t min_count,
                                             const struct sst_output *out);

/* Variances of the last run, of SST_ADD_SQUARES or SST_ADD_WEIGHTED_SQUARES (real kinds), or
 * the `root` of each; NaN of fewer than min_count rows, and unless the rows, or the total of
 * their weights, are more than ddof. */
SST_CHECKED enum sst_status sst_tally_finish_variance(const struct sst_tally *tally, int64_t ddof,
                                                      int root, int64_t min_count,
                                                      const struct sst_output *out);

/* The number of rows of each cluster in the last run, as int64. */
void sst_tally_counts(const struct sst_tally *tally, char *out, ptrdiff_t step);

/* Sums and means of states. */
SST_CHECKED enum sst_status sst_exact_finish(const struct sst_exact *state,
                                             const struct sst_exact *weights,
                                             enum sst_result result, int64_t min_count,
                                             const struct sst_output *out);

/* Of the states of a run's totals, two or three as the addend has, of the same clusters. */
SST_CHECKED enum sst_status sst_exact_finish_variance(const struct sst_exact *state, int totals,
                                                      int64_t ddof, int root, int64_t min_count,
                                                      const struct sst_output *out);

/* How many totals an addend has. */
int sst_totals_of(enum sst_addend addend);

/* A total of the last run as a state: its shape, then its contents into arrays of that shape. */
void sst_tally_plan_state(const struct sst_tally *tally, int total, struct sst_exact *state);
void sst_tally_state(const struct sst_tally *tally, int total, struct sst_exact *state);

/* The least and the greatest code; 0 and -1 without rows. */
void sst_code_bounds(const void *codes, int wide, ptrdiff_t n, int64_t *least, int64_t *most);

#endif
