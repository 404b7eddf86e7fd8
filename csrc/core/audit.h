/* SPDX-License-Identifier: MIT
 *
 * Do printed figures agree within rounding? Each figure is a closed interval; a claim is
 * consistent if some numbers in the intervals satisfy it. A figure whose value or
 * half-width is not finite is unknown: it is solved for. Half-widths are not negative.
 * Arrays are row-major and dense, one claim to a column.
 */
#ifndef SST_AUDIT_H
#define SST_AUDIT_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

/* The figure is the printed one, at least it, more than it, at most it, less than it. */
enum sst_bound { SST_EQ = 0, SST_GE, SST_GT, SST_LE, SST_LT, SST_BOUND_COUNT };

enum sst_consistency { SST_CANNOT_TELL = -1, SST_INCONSISTENT = 0, SST_CONSISTENT = 1 };

/* Rows of the figures of a product claim, product = base * (offset + factor): a value and
 * its half-width each. Bounds have one row each, in the same order. */
enum { SST_PRODUCT_FIGURES = 3, SST_PRODUCT_ROWS = 6 };

/* Rows of the result of sst_audit_product. The intervals are the given ones narrowed by
 * the claim, NaN where it is inconsistent or nothing bounds the figure; the values are the
 * given ones, or solved for. */
enum {
    SST_OUT_CONSISTENT = 0,
    SST_OUT_WIDENING,
    SST_OUT_ENDS,                                            /* low, high of each */
    SST_OUT_VALUES = SST_OUT_ENDS + 2 * SST_PRODUCT_FIGURES, /* of each */
    SST_PRODUCT_OUT = SST_OUT_VALUES + SST_PRODUCT_FIGURES
};

/* figures: SST_PRODUCT_ROWS x n; bounds: SST_PRODUCT_FIGURES x n; out: SST_PRODUCT_OUT x n.
 * Order: product, factor, base. */
SST_CHECKED enum sst_status sst_audit_product(ptrdiff_t n, const double *figures,
                                              const int8_t *bounds, double offset, double *out);

/* Parts add up to a total. figures: 2 (parts + 1) x n, values before half-widths, the total
 * last in each; bounds: (parts + 1) x n; out: (2 + 3 (parts + 1)) x n, as above: consistent,
 * widening, then low, high and value of each part and of the total. */
SST_CHECKED enum sst_status sst_audit_sum(ptrdiff_t n, ptrdiff_t parts, const double *figures,
                                          const int8_t *bounds, double *out);

/* Rows of the figures of a completion claim, actual = target * completion and completion =
 * elapsed + lead: a value and its half-width each, then the elapsed share, which is exact.
 * Where that is not finite only the first claim is made. */
enum { SST_COMPLETION_FIGURES = 4, SST_COMPLETION_ROWS = 2 * SST_COMPLETION_FIGURES + 1 };

/* Rows of the result: consistent, widening, low and high of each figure, value of each. */
enum {
    SST_COMPLETION_ENDS = 2,
    SST_COMPLETION_VALUES = SST_COMPLETION_ENDS + 2 * SST_COMPLETION_FIGURES,
    SST_COMPLETION_OUT = SST_COMPLETION_VALUES + SST_COMPLETION_FIGURES
};

/* figures: SST_COMPLETION_ROWS x n; bounds: SST_COMPLETION_FIGURES x n; out:
 * SST_COMPLETION_OUT x n. Order: actual, target, completion, lead. A claim is told as soon as
 * the figures known are more than enough to solve for the others. */
SST_CHECKED enum sst_status sst_audit_completion(ptrdiff_t n, const double *figures,
                                                 const int8_t *bounds, double *out);

#endif
