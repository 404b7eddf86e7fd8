/* SPDX-License-Identifier: MIT
 *
 * The table of rules that roll verdicts up. Where a source leaves the side of a border or the
 * share of members open, the row's certainty says so.
 */
#include "method_scale.h"
#include "rollup.h"

/* Statistics Canada: the classes of the mean; the best one only where all are achieved. */
static const struct sst_classes canada = {
    3,
    {-2.5, 0.0, 2.5},
    {0},
    5,
    {"deterioration", "limited_progress", "moderate_progress", "substantial_progress",
     "target_achieved"},
};

static const struct sst_classes eustat = {
    4,
    {-2.5, -0.25, 0.25, 2.5},
    {0, 0, 1, 1},
    5,
    {"significant deterioration", "moderate deterioration", "neutral", "moderate progress",
     "significant progress"},
};

static const struct sst_classes undp = {
    2, {-0.5, 0.5}, {0, 1}, 3, {"off track", "for review", "on track"},
};

/* What UNDP's classes count one level up, worst first. */
static const double undp_score[] = {-1.0, 0.0, 1.0};

static const struct sst_classes sdsn_trend = {
    3,
    {1.0, 2.0, 3.0},
    {0},
    4,
    {"decreasing", "stagnating", "moderately increasing",
     "on track or maintaining SDG achievement"},
};

static void
judge_mean(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    v->value = v->score = m->mean;
    if (rule->classes != NULL)
        v->status = sst_class_of(m->mean, rule->classes);
}

static void
judge_canada(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    judge_mean(rule, m, v);
    if (m->reached == m->available)
        v->status = rule->classes->count;
}

static void
judge_undp(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    judge_mean(rule, m, v);
    v->score = v->status > 0 ? undp_score[v->status - 1] : NAN;
}

/* Green and red look at both of the two worst, yellow and orange at their mean. */
static void
judge_dashboard(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    double least = m->least[0], next = isnan(m->least[1]) ? least : m->least[1];
    v->value = v->score = 0.5 * least + 0.5 * next;
    int status = sst_class_of(v->value, rule->classes);
    int yellow = sst_class_of(1.5, rule->classes);
    if (least >= 2.0)
        v->status = rule->classes->count;
    else if (next < 1.0)
        v->status = 1;
    else
        v->status = status >= yellow ? yellow : yellow - 1;
}

static void
judge_worst(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    (void)rule;
    v->status = m->status;
    v->value = m->status;
    v->score = m->least[0];
}

static void
judge_share(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    (void)rule;
    v->value = v->score = (double)m->reached / (double)m->available;
}

static void
judge_next(const struct sst_rollup *rule, const struct sst_members *m, struct sst_verdict *v)
{
    (void)rule;
    v->status = m->next_status;
    v->value = m->left;
    v->score = m->next_score;
}

const struct sst_rollup sst_rollups[] = {
    {
        .name = "mean",
        .judge = judge_mean,
        .office = "any",
        .statistic = "mean of the scores that are there",
        .source = "UN ESCAP and Eurostat: plain means of what is assessed",
        .certainty = "read in the sources",
    },
    {
        .name = "worst",
        .judge = judge_worst,
        .by_status = 1,
        .keeps_status = 1,
        .office = "Destatis; ServiceNow",
        .statistic = "status of the worst verdict that is there",
        .source = "Destatis, status of the indicators of the German strategy: of several targets "
                  "at once, and of both ends of an interval, the worst counts",
        .certainty = "read in the source",
    },
    {
        .name = "on_track",
        .judge = judge_share,
        .by_status = 1,
        .takes = SST_GIVES(SST_MEMBER_LEVEL),
        .office = "any",
        .statistic = "share of the verdicts that are there at the class at_least or above",
        .source = "a count; no office's rule",
        .certainty = "by definition",
    },
    {
        .name = "next_deadline",
        .judge = judge_next,
        .by_status = 1,
        .keeps_status = 1,
        .takes = SST_GIVES(SST_MEMBER_LEFT),
        .office = "Destatis",
        .statistic = "time left to the next deadline that is not over; the verdict is of that one",
        .source = "Destatis, status of the indicators of the German strategy: of several "
                  "deadlines the next one counts",
        .certainty = "read in the source; that a deadline counts to its last day is our reading",
    },
    {
        .name = "canada",
        .judge = judge_canada,
        .takes = SST_GIVES(SST_MEMBER_LEVEL),
        .classes = &canada,
        .suits = {"canada"},
        .office = "Statistics Canada",
        .statistic = "mean of the scores; achieved only where all are that have a score",
        .source = "Open SDG, Progress measure methodology (Statistics Canada)",
        .certainty = "read in the source",
    },
    {
        .name = "eurostat",
        .judge = judge_mean,
        .min_coverage = 0.75,
        .suits = {"eurostat"},
        .office = "Eurostat",
        .statistic = "mean of the scores, from three quarters of a goal's indicators up",
        .source = "Eurostat, Sustainable development in the European Union, 2021 edition",
        .certainty = "read in the source",
    },
    {
        .name = "eustat",
        .judge = judge_mean,
        .classes = &eustat,
        .suits = {"eurostat", "eurostat_five"},
        .office = "EUSTAT, after Eurostat",
        .statistic = "mean of the scores",
        .source = "EUSTAT, SDG monitoring program 2025-26",
        .certainty = "from a program",
    },
    {
        .name = "undp",
        .judge = judge_undp,
        .classes = &undp,
        .suits = {"un2022", "undp"},
        .office = "UNDP",
        .statistic = "mean of the scores of classes",
        .source = "UNDP, Integrated SDG Insights, Methodological Note v1.4",
        .certainty = "read in the source",
    },
    {
        .name = "escap",
        .judge = judge_mean,
        .suits = {"escap", "escap_anticipated"},
        .office = "UN ESCAP",
        .statistic = "mean of the indices",
        .source = "ESCAP, Asia and the Pacific SDG Progress Report: means from sub-indicator to "
                  "goal, and over countries",
        .certainty = "read in the source",
    },
    {
        .name = "sdsn",
        .judge = judge_mean,
        .suits = {"sdsn"},
        .office = "SDSN",
        .statistic = "mean of the scores that are there: a goal's score",
        .source = "SDSN, SDG Index and Dashboards, Detailed Methodological Paper 2018, 2.5.4",
        .certainty = "read in the source; reproduced from published figures",
    },
    {
        .name = "sdsn_index",
        .judge = judge_mean,
        .fills = 1,
        .min_coverage = 1.0,
        .suits = {"sdsn"},
        .office = "SDSN",
        .statistic = "mean of the goals, one that is missing filled with its region's mean",
        .source = "SDSN, SDG Index and Dashboards, Detailed Methodological Paper 2018, 2.5.4",
        .certainty = "read in the source; reproduced from published figures",
    },
    {
        .name = "sdsn_dashboard",
        .judge = judge_dashboard,
        .min_coverage = 0.5,
        .classes = &sst_dashboard_classes,
        .suits = {"sdsn_dashboard"},
        .office = "SDSN",
        .statistic = "mean of the two worst on the scale of 0 to 3",
        .source = "SDSN, SDG Index and Dashboards, Detailed Methodological Paper 2018, 1.5.2",
        .certainty = "idea read in the source; sides reproduced from published colors",
    },
    {
        .name = "sdsn_trend",
        .judge = judge_mean,
        .min_coverage = 0.75,
        .classes = &sdsn_trend,
        .suits = {"sdsn_trend"},
        .office = "SDSN",
        .statistic = "mean of the trends on the scale of 0 to 4",
        .source = "SDSN, SDG Index and Dashboards, Detailed Methodological Paper 2018, 1.5.3",
        .certainty = "read in the source; the side of a border is settled for 3 alone",
    },
};

const ptrdiff_t sst_rollup_count = (ptrdiff_t)(sizeof sst_rollups / sizeof *sst_rollups);
