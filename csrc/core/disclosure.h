/* SPDX-License-Identifier: MIT
 *
 * Which cluster totals would disclose a contributor: minimum frequency, (n, k) dominance, p% and
 * prior-posterior rules, of the largest contributions x1 >= x2 >= ... to a total X.
 */
#ifndef SST_DISCLOSURE_H
#define SST_DISCLOSURE_H

#include "exact_excess.h"
#include "group.h"

enum sst_disclosure_flag {
    SST_FREQUENCY = 1,
    SST_DOMINANCE = 2,
    SST_P_PERCENT = 4,
    SST_PRIOR_POSTERIOR = 8
};

/* Contributions that a rule takes together. */
enum { SST_TOGETHER_MOST = 64 };

/* With S the sum of the `together` largest contributions: dominance is S > ratio * X, the
 * others are x1 > ratio * (X - S). */
struct sst_concentration_rule {
    enum sst_disclosure_flag flag;
    int together;
    struct sst_ratio ratio;
};

struct sst_disclosure_rules {
    int64_t min_count; /* contributors below which a cluster is too small */
    int empty;         /* a cluster of none is too small as well */
    const struct sst_concentration_rule *rule;
    ptrdiff_t rules;
};

/* Who contributes: a number below `count` for each row, negative for nobody; its rows in a cluster
 * are added up first. Without numbers each row is a contributor of its own, and `count` is 1. */
struct sst_contributors {
    const int32_t *ids;
    ptrdiff_t count;
    const uint8_t *waived; /* of each row: its contributor agrees to be disclosed; or NULL */
};

/* By cluster. A rule holds where its flag is set. */
struct sst_disclosure_output {
    int8_t *flags;
    double *protection;    /* the upper protection level: the largest of the rules that hold */
    int64_t *contributors; /* with a value, zeros among them */
    double *largest;       /* places of them, NaN where there are fewer */
    ptrdiff_t places;      /* at least 1 and what any rule takes together */
    struct sst_output total;
};

/* Judges every cluster. Values and their weights (shares in a cluster) are finite and not
 * negative, missing ones are left out. `contributors` may be NULL where each row is one of its
 * own, nobody has waived, and there are no weights. A contributor has waived its protection in a
 * cluster where all its rows with a value say so. */
SST_CHECKED enum sst_status sst_disclosure(const struct sst_rows *rows, ptrdiff_t groups,
                                           const struct sst_contributors *contributors,
                                           const struct sst_disclosure_rules *rules, int parts,
                                           const struct sst_disclosure_output *out);

#endif
