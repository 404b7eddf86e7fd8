/* SPDX-License-Identifier: MIT */
#ifndef SST_PANEL_RADIX_H
#define SST_PANEL_RADIX_H

#include "panel.h"

/* sst_panel_sort where units have far more periods than rows, or steps is NULL: counts
 * rows into units and sorts each by its steps. panel->starts has room for units + 2; the
 * caller frees the panel when this fails. */
SST_CHECKED enum sst_status sst_panel_radix(const int32_t *codes, ptrdiff_t units,
                                            const int64_t *steps, ptrdiff_t rows,
                                            struct sst_panel *panel, ptrdiff_t repeated[2]);

#endif
