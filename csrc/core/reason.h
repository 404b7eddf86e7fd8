/* SPDX-License-Identifier: MIT
 *
 * What a reader must know about a figure: why there is none, or why the one there is
 * is not an ordinary rate. Numbered as the public enumeration Reason is.
 */
#ifndef SST_REASON_H
#define SST_REASON_H

enum sst_reason {
    SST_REASON_OK = 0,
    SST_MISSING_CURRENT,
    SST_MISSING_BASE,
    SST_NO_PERIOD,
    SST_ZERO_BASE,
    SST_NEGATIVE_BASE,
    SST_LOSS_TO_PROFIT,
    SST_PROFIT_TO_LOSS,
    SST_LOSS_NARROWED,
    SST_LOSS_WIDENED,
    SST_BASE_IS_TARGET,
    SST_ALREADY_MET,
    SST_LOST_TARGET,
    SST_MOVING_AWAY,
    SST_GEOMETRIC_UNDEFINED,
    SST_NO_INTERVAL,
    SST_DEADLINE_PASSED,
    SST_CLIPPED,
    SST_REASON_COUNT
};

#endif
