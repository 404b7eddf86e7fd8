/* SPDX-License-Identifier: MIT
 *
 * The method that places a figure on a scale of several points: a judge for the table of
 * method_table.c.
 */
#ifndef SST_METHOD_SCALE_H
#define SST_METHOD_SCALE_H

#include "method.h"

void sst_judge_dashboard(const struct sst_case *c, struct sst_verdict *v);

extern const struct sst_classes sst_dashboard_classes;

#endif
