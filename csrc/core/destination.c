/* SPDX-License-Identifier: MIT
 *
 * A range is a target at the end that one comes from or, from within, at the place where one is.
 */
#include "destination.h"

#include <stdint.h>

#define SST_SOURCE "destination_source.h"
#include "for_each_real.h"

#define T int64_t
#define NAME(x) x##_i64
#include "destination_source.h"
#undef NAME
#undef T

#define T uint64_t
#define NAME(x) x##_u64
#include "destination_source.h"
#undef NAME
#undef T
