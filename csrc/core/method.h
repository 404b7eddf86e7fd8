/* SPDX-License-Identifier: MIT
 *
 * Official methods of assessing progress: a figure of now against its baseline and, where
 * there is one, its target. Each method is a row of one table: what it needs, the limits of
 * its classes with the side each border belongs to, its own words for them, where it is
 * written down, and the function that judges one case in the order of operations of its
 * office, so that what the office published comes out bit for bit.
 *
 * Status codes are 0 for no verdict, 1 for the worst class, and upward from there.
 */
#ifndef SST_METHOD_H
#define SST_METHOD_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "status.h"

/* The figures of a case, in the order in which a call names them. NaN: not given. */
enum sst_operand {
    SST_BASELINE = 0,
    SST_ACTUAL,
    SST_TARGET,
    SST_TARGET_HIGH, /* the high end where the side is 0 */
    SST_START,
    SST_NOW,
    SST_DEADLINE,
    SST_LIMIT, /* a natural ceiling or floor */
    SST_WORST, /* the bounds of a normalization */
    SST_BEST,
    SST_RED, /* thresholds of an indicator's colors */
    SST_GREEN,
    SST_SPREAD, /* the standard deviation over those compared */
    SST_FLOOR,  /* natural limits of a projection */
    SST_CEILING,
    SST_OPERANDS,
    SST_SERIES = SST_OPERANDS /* what else a method may need, with its times */
};

#define SST_NEED(operand) (1u << (operand))

enum { SST_MOST_CLASSES = 6, SST_MOST_THRESHOLDS = 4 };

struct sst_case {
    double of[SST_OPERANDS];
    int side;   /* 1: at least the target, -1: at most, 0: from target to the high end */
    int strict; /* more than, less than, inside */
    const double *thresholds;
    /* `points` values each, in order of time and not after `now`; the first and the last are
     * there. */
    const double *series, *times;
    ptrdiff_t points;
    int baseless; /* nothing is asked about a baseline */
};

struct sst_verdict {
    double value; /* the method's statistic */
    double score; /* NaN where the method has none */
    int status;
    double position; /* what the limits of the classes are held against; NaN: the value */
};

/* Classes by their limits, the worst class first; so where less is better the limits fall. A
 * value passes a limit from it upward (downward where they fall), or only beyond it where that
 * limit is `beyond`. No limits: the judge classes by more than one figure. */
struct sst_classes {
    int limits;
    double limit[SST_MOST_CLASSES];
    uint8_t beyond[SST_MOST_CLASSES];
    int count;                           /* of statuses, and of words */
    const char *words[SST_MOST_CLASSES]; /* worst first */
};

struct sst_method {
    const char *name;
    void (*judge)(const struct sst_case *c, struct sst_verdict *verdict);
    unsigned needs;             /* in any case, as bits SST_NEED */
    unsigned needs_with_target; /* and where the element has a target */
    unsigned takes;             /* what else it makes use of */
    int geometric;              /* whether its growth is a constant rate */
    const struct sst_classes *with_target, *without_target; /* NULL: never, or no classes */
    const char *office, *statistic, *source, *certainty;
    /* Limits that the source leaves open or to the user: their names and customary values. */
    int thresholds;
    double customary[SST_MOST_THRESHOLDS];
    const char *threshold[SST_MOST_THRESHOLDS];
    /* Where its rules change beside zero, the target and a natural limit (reach.h). */
    double surrogate; /* what stands for zero; 0: nothing does */
    int met_share;    /* whether a target is met from the first threshold's share of it */
};

extern const struct sst_method sst_methods[];
extern const ptrdiff_t sst_method_count;

static inline int
sst_is_falling(const struct sst_classes *classes)
{
    return classes->limits > 1 && classes->limit[1] < classes->limit[0];
}

/* What a method says of a case. */
static inline struct sst_verdict
sst_verdict_of(const struct sst_method *method, const struct sst_case *c)
{
    struct sst_verdict verdict = {NAN, NAN, 0, NAN};
    method->judge(c, &verdict);
    return verdict;
}

/* The class of a value: 0 for NaN, else 1 more than the limits it passes. */
static inline int
sst_class_of(double value, const struct sst_classes *classes)
{
    double sign = sst_is_falling(classes) ? -1.0 : 1.0;
    int passed = 0;
    for (int k = 0; k < classes->limits; k++) {
        double over = sign * value, limit = sign * classes->limit[k];
        passed += (over > limit) | ((over == limit) & !classes->beyond[k]);
    }
    return isnan(value) ? 0 : 1 + passed;
}

static inline int
sst_has_target(const struct sst_case *c)
{
    return !isnan(c->of[SST_TARGET]);
}

/* Whether `figure` meets a target from `low` to `high`, of which one counts by the side. */
static inline int
sst_meets_at(const struct sst_case *c, double figure, double low, double high)
{
    if (c->strict)
        return (c->side < 0 || figure > low) && (c->side > 0 || figure < high);
    return (c->side < 0 || figure >= low) && (c->side > 0 || figure <= high);
}

/* Whether it meets the case's own; not where there is none. */
static inline int
sst_meets(const struct sst_case *c, double figure)
{
    double low = c->of[SST_TARGET];
    return sst_meets_at(c, figure, low, c->side == 0 ? c->of[SST_TARGET_HIGH] : low);
}

/* How far a figure is from the target, negative beyond it; 0 inside a range. */
static inline double
sst_outside(const struct sst_case *c, double figure)
{
    double low = c->of[SST_TARGET], high = c->of[SST_TARGET_HIGH];
    if (c->side > 0)
        return low - figure;
    if (c->side < 0)
        return figure - low;
    return figure < low ? low - figure : figure > high ? figure - high : 0.0;
}

/* One call over n elements. Operands are doubles at byte strides, which may be 0; those not
 * given are NULL. A case's series and times are `points` doubles without gaps, in order of
 * time; the next case's lie `series_step` and `times_step` doubles further. With a series,
 * baseline and start not given are its value at `start`, or its first; actual and now its value
 * at `now`, or its last. */
struct sst_assessment {
    const struct sst_method *method; /* NULL: only reasons are asked for */
    int geometric;                   /* the path of the reasons */
    ptrdiff_t n;
    const char *in[SST_OPERANDS];
    ptrdiff_t step[SST_OPERANDS];
    const int8_t *side;
    ptrdiff_t side_step;
    const int8_t *strict;
    ptrdiff_t strict_step;
    const double *thresholds;
    const double *series, *times;
    ptrdiff_t points, series_step, times_step;
    double *value, *score; /* dense results; with a method */
    int8_t *status;
    int8_t *reason; /* of enum sst_reason */
    uint8_t
        *slipping; /* with a method: 1 where the target is met, but worse than at the baseline */
    /* Half-widths of baseline, actual and target like operands, and the statuses within them
     * (reach.h), which are left out where the result is NULL. */
    const char *half_width[SST_TARGET + 1];
    ptrdiff_t half_step[SST_TARGET + 1];
    uint16_t *reachable;
};

SST_CHECKED enum sst_status sst_assess(const struct sst_assessment *a, int threads);

#endif
