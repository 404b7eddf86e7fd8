/* SPDX-License-Identifier: MIT
 *
 * Rolling verdicts up: the figures of several series, targets or countries to one of their
 * indicator, goal or region. As with the methods, each office's rule is a row of one table:
 * what it rolls up, how many members must have a verdict, the limits of its classes, its
 * words, where it is written down, and the function that judges one cluster.
 *
 * Means are exact and rounded once, and everything else is a count, a least one or a share,
 * so the order of the members changes no bit.
 */
#ifndef SST_ROLLUP_H
#define SST_ROLLUP_H

#include "method.h"

/* What a call gives for each member. */
enum sst_member_operand {
    SST_MEMBER_SCORE = 0, /* NaN: none */
    SST_MEMBER_LEFT,      /* the time left to its deadline; NaN: none */
    SST_MEMBER_STATUS,    /* int8; 0: none */
    SST_MEMBER_LEVEL,     /* int8: the status from which the member counts as there */
    SST_MEMBER_OPERANDS
};

#define SST_GIVES(operand) (1u << (operand))

/* One cluster, as far as the rules look at it. */
struct sst_members {
    int64_t members;
    int64_t available; /* those with a score, or with a status where the rule goes by it */
    int64_t reached;   /* those of them whose status is at their level or above */
    double mean;       /* of the scores, rounded once */
    double least[2];   /* the two least scores, ascending; NaN where there are fewer */
    int status;        /* the worst */
    double left;       /* the time left to the next deadline; NaN: none ahead */
    double next_score; /* and what was said of it, the worst where several share it */
    int next_status;
};

enum { SST_MOST_SUITS = 4 };

struct sst_rollup {
    const char *name;
    void (*judge)(const struct sst_rollup *rule, const struct sst_members *m,
                  struct sst_verdict *verdict);
    int by_status;                     /* whether a member counts by its status */
    unsigned takes;                    /* what else the rule looks at, as bits SST_GIVES */
    int fills;                         /* whether missing members are filled in from elsewhere */
    double min_coverage;               /* the share of members that must be available */
    const struct sst_classes *classes; /* NULL: none */
    int keeps_status;                  /* the result is one of the members' own classes */
    const char *suits[SST_MOST_SUITS]; /* methods and rules whose verdicts it takes; none: any */
    const char *office, *statistic, *source, *certainty;
};

extern const struct sst_rollup sst_rollups[];
extern const ptrdiff_t sst_rollup_count;

/* Members are rows, with `columns` figures each; operands lie at byte strides, which may be
 * 0, and are NULL where not given. Results are dense, clusters by columns. */
struct sst_roll_up {
    const struct sst_rollup *rule;
    double min_coverage; /* in place of the rule's own */
    ptrdiff_t rows, columns, clusters;
    const void *codes; /* dense; NULL: all rows are in cluster 0; negative: in none */
    int wide_codes;    /* int64, else int32 */
    const char *in[SST_MEMBER_OPERANDS];
    ptrdiff_t row_step[SST_MEMBER_OPERANDS], column_step[SST_MEMBER_OPERANDS];
    double *value, *score;
    int8_t *status;
    int64_t *members, *available;
};

/* SST_CODE_RANGE: a code is `clusters` or more. */
SST_CHECKED enum sst_status sst_roll_up(const struct sst_roll_up *call);

#endif
