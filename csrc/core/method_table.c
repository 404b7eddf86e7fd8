/* SPDX-License-Identifier: MIT
 *
 * The table of methods. Certainty says where a row was read: in the office's own text, in
 * programs that implement it, or reproduced from what the office published.
 */
#include "method.h"
#include "method_growth.h"

#define BASE SST_NEED(SST_BASELINE)
#define TIMES (SST_NEED(SST_START) | SST_NEED(SST_NOW))
#define TARGET SST_NEED(SST_TARGET)
#define DEADLINE SST_NEED(SST_DEADLINE)

const struct sst_method sst_methods[] = {
    {
        .name = "canada",
        .judge = sst_judge_canada,
        .needs = BASE | TIMES,
        .needs_with_target = DEADLINE,
        .takes = TARGET | SST_NEED(SST_LIMIT),
        .geometric = 1,
        .with_target = &sst_canada_target,
        .without_target = &sst_canada_trend,
        .office = "Statistics Canada",
        .statistic = "observed over required compound growth; without target: compound growth",
        .source = "Open SDG, Progress measure methodology (Statistics Canada)",
        .certainty = "read in the source; reproduced from published figures",
        .surrogate = SST_CANADA_SURROGATE,
    },
    {
        .name = "eurostat",
        .judge = sst_judge_eurostat,
        .needs = BASE | TIMES,
        .needs_with_target = DEADLINE,
        .takes = TARGET,
        .geometric = 1,
        .with_target = &sst_eurostat_target,
        .without_target = &sst_eurostat_trend,
        .office = "Eurostat",
        .statistic = "observed over required compound growth; without target: compound growth",
        .source = "Eurostat, Sustainable development in the European Union, 2021 edition",
        .certainty = "classes read in the source; scores from EUSTAT's program",
    },
    {
        .name = "eurostat_five",
        .judge = sst_judge_eurostat_five,
        .needs = BASE | TIMES,
        .geometric = 1,
        .without_target = &sst_eurostat_five,
        .office = "EUSTAT, after Eurostat",
        .statistic = "compound growth, with a neutral band",
        .source = "EUSTAT, SDG monitoring program 2025-26",
        .certainty = "from a program",
    },
    {
        .name = "istat",
        .judge = sst_judge_istat,
        .needs = BASE | TIMES,
        .geometric = 1,
        .without_target = &sst_istat_trend,
        .office = "ISTAT and ASTAT",
        .statistic = "compound growth",
        .source = "ASTAT, SDG page, after ISTAT, Rapporto SDGs 2019, pp. 37-38",
        .certainty = "read in the source",
    },
    {
        .name = "un2022",
        .judge = sst_judge_un2022,
        .needs = BASE | TIMES,
        .needs_with_target = DEADLINE,
        .takes = TARGET,
        .geometric = 1,
        .with_target = &sst_un2022_target,
        .without_target = &sst_un2022_trend,
        .office = "United Nations Statistics Division",
        .statistic = "observed over required compound growth; without target: compound growth",
        .source =
            "SDG Progress Chart 2022; UNDP, Integrated SDG Insights, Methodological Note v1.4",
        .certainty = "constants from two programs; labels read in the source",
        .thresholds = 1,
        .customary = {0.9995},
        .threshold = {"achieved beyond this share of the target"},
        .met_share = 1,
    },
    {
        .name = "un2023",
        .judge = sst_judge_un2023,
        .needs = BASE | TIMES,
        .needs_with_target = DEADLINE,
        .takes = TARGET,
        .geometric = 1,
        .with_target = &sst_un2023_target,
        .without_target = &sst_un2023_trend,
        .office = "United Nations Statistics Division",
        .statistic = "share of the gap closed at the deadline; without target: compound growth",
        .source = "Technical note on progress assessment, 2023, as reproduced by EUSTAT",
        .certainty = "from an office that reproduces the note",
    },
    {
        .name = "un2026",
        .judge = sst_judge_un2026,
        .needs = BASE | TIMES,
        .needs_with_target = DEADLINE,
        .takes = TARGET,
        .geometric = 1,
        .with_target = &sst_un2026_target,
        .without_target = &sst_un2026_trend,
        .office = "United Nations Statistics Division",
        .statistic = "share of the gap closed at the deadline; without target: compound growth",
        .source = "Technical Note for Progress Assessment, 2026, as implemented in undata 0.4.3",
        .certainty = "from a program",
    },
};

const ptrdiff_t sst_method_count = (ptrdiff_t)(sizeof sst_methods / sizeof *sst_methods);
