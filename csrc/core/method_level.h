/* SPDX-License-Identifier: MIT
 *
 * Methods that compare levels, on lines: judges for the table of method_table.c.
 */
#ifndef SST_METHOD_LEVEL_H
#define SST_METHOD_LEVEL_H

#include "method.h"

void sst_judge_escap(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_escap_anticipated(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_germany(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_sdsn(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_sdsn_trend(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_oecd(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_rag(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_schedule(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_efficacy(const struct sst_case *c, struct sst_verdict *v);
void sst_judge_sigma(const struct sst_case *c, struct sst_verdict *v);

/* Their classes. */
extern const struct sst_classes sst_escap_status, sst_escap_outlook;
extern const struct sst_classes sst_germany_target, sst_germany_trend;
extern const struct sst_classes sst_sdsn_colors, sst_sdsn_arrows;
extern const struct sst_classes sst_rag_lights, sst_schedule_words;

#endif
