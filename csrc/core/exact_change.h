/* SPDX-License-Identifier: MIT
 *
 * Growth between exact totals, and what a part of them adds to it, each rounded once.
 */
#ifndef SST_EXACT_CHANGE_H
#define SST_EXACT_CHANGE_H

#include "exact.h"

/* (end - start) / (over - less); `less` may be NULL. */
struct sst_change {
    const struct sst_sum *end;
    const struct sst_sum *start;
    const struct sst_sum *over;
    const struct sst_sum *less;
};

/* Rounded half to even to a double or a float; over zero what IEEE's division gives, as it does
 * where a total is not finite. */
double sst_round_change(const struct sst_change *change, int single);

/* The sign of each cluster's total, -1, 0 or 1; 0 for NaN. */
void sst_exact_signs(const struct sst_exact *state, int8_t *out);

enum sst_change_form {
    SST_CHANGE_GROWTH,       /* over the cluster's start */
    SST_CHANGE_CONTRIBUTION, /* over the start of all */
    SST_CHANGE_SHARE,        /* over the change of all */
    SST_CHANGE_FORMS
};

/* A base of zero or below: as IEEE's division has it, NaN, or over its size. */
enum sst_change_base { SST_CHANGE_IEEE, SST_CHANGE_NAN, SST_CHANGE_ABS, SST_CHANGE_BASES };

/* Totals of the same rows in both periods, and those of all as states of one cluster (not looked
 * at by SST_CHANGE_GROWTH). */
struct sst_change_states {
    const struct sst_exact *start;
    const struct sst_exact *end;
    const struct sst_exact *all_start;
    const struct sst_exact *all_end;
};

/* One result for each cluster; NaN where no row was added, or fewer than min_count. The base
 * policy is that of growth. */
SST_CHECKED enum sst_status sst_exact_finish_change(const struct sst_change_states *states,
                                                    enum sst_change_form form,
                                                    enum sst_change_base base, int64_t min_count,
                                                    int single, double *out);

#endif
