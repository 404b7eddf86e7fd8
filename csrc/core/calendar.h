/* SPDX-License-Identifier: MIT
 *
 * Spans between days in years, and the day that lies a span after another. A day is its number
 * from 1970-01-01; the least int64 is none, as NumPy has it.
 */
#ifndef SST_CALENDAR_H
#define SST_CALENDAR_H

#include <stdint.h>

#include "map.h"

/* day, day (int64) -> years from the first to the second (double). */
void sst_calendar_years(const struct sst_map *map);

/* day (int64), years (double) -> the day (int64) whose span from it is nearest to `years`; none
 * for years that are no number or beyond 1e15. */
void sst_calendar_after(const struct sst_map *map);

#endif
