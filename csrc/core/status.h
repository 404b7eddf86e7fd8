/* SPDX-License-Identifier: MIT
 *
 * What a core function reports when the call as a whole cannot be done. A single
 * figure that cannot be computed is NaN in the result and never a status.
 */
#ifndef SST_STATUS_H
#define SST_STATUS_H

enum sst_status {
    SST_OK = 0,
    SST_NO_MEMORY,    /* an allocation failed, or a size does not fit */
    SST_BAD_ARGUMENT, /* a caller broke the contract of a header */
    SST_CODE_RANGE,   /* a group code is n or more */
    SST_REPEATED_ROW, /* one unit has two rows of the same period */
    SST_BASE_REFUSED, /* base policy "raise": a base is zero or negative */
    SST_INT_OVERFLOW, /* an exact integer result does not fit its type */
    SST_STATUS_COUNT
};

#if defined(__GNUC__)
#define SST_CHECKED __attribute__((warn_unused_result))
#else
#define SST_CHECKED
#endif

/* A short text without a full stop; "unknown status" outside the range. */
const char *sst_status_text(enum sst_status status);

#endif
