/* SPDX-License-Identifier: MIT
 *
 * Levels from growth rates, and growth of what is chained.
 */
#ifndef SST_CHAIN_H
#define SST_CHAIN_H

#include "lanes.h"

/* What a rate says of the level y and the level x some periods before. */
enum sst_chain_method {
    SST_CHAIN_SIMPLE,     /* (y - x) / x */
    SST_CHAIN_LOG,        /* ln(y / x) */
    SST_CHAIN_MIDPOINT,   /* 2 (y - x) / (|x| + |y|) */
    SST_CHAIN_DIFFERENCE, /* y - x */
    SST_CHAIN_RATIO,      /* y / x */
    SST_CHAIN_METHODS
};

/* Rates and the first (or last) levels, one for each period of the lag as far as there are
 * periods. Options: the lag, at most the number of periods; the share of the unit of the rates
 * that a lag is, as exponent of a simple rate or factor of a log; the method; whether the levels
 * given are the last ones. */
void sst_chain(const struct sst_lane *lane);

/* Values and the one base of the lane. Option: what the base becomes. */
void sst_rebase(const struct sst_lane *lane);

/* Old and new values of the same periods, and the periods they may be linked on (not 0). */
void sst_link_series(const struct sst_lane *lane);

/* Rates. Options: the periods to compound; whether to give the mean of a period. */
void sst_compound_growth(const struct sst_lane *lane);

/* Flows and stocks of the same periods. */
void sst_flow_growth(const struct sst_lane *lane);

#endif
