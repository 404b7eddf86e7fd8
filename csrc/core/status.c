/* SPDX-License-Identifier: MIT */
#include "status.h"

static const char *const texts[SST_STATUS_COUNT] = {
    [SST_OK] = "ok",
    [SST_NO_MEMORY] = "out of memory: there is no room for the tables of this call",
    [SST_BAD_ARGUMENT] = "bad argument",
    [SST_CODE_RANGE] = "a group code is out of range",
    [SST_REPEATED_ROW] = "a unit has two rows of the same period",
    [SST_BASE_REFUSED] = "a base is zero or negative",
    [SST_INT_OVERFLOW] = "an exact integer result does not fit its type",
};

const char *
sst_status_text(enum sst_status status)
{
    return (unsigned)status < SST_STATUS_COUNT ? texts[status] : "unknown status";
}
