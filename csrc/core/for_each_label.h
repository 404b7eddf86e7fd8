/* SPDX-License-Identifier: MIT
 *
 * The widths that labels and codes of units have. Define SST_SOURCE and include this.
 */
#ifndef SST_SOURCE
#error "define SST_SOURCE before including for_each_label.h"
#endif

#define LABEL int32_t
#define NAME(x) x##_i32
#include SST_SOURCE
#undef NAME
#undef LABEL

#define LABEL int64_t
#define NAME(x) x##_i64
#include SST_SOURCE
#undef NAME
#undef LABEL

#undef SST_SOURCE
