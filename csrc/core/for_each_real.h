/* SPDX-License-Identifier: MIT
 *
 * The one list of real types. Define SST_SOURCE as the name of a source file and
 * include this: the file is compiled once per type, with T the type and NAME(x) the
 * name x with the type's suffix. Such a file is ordinary C: it greps, formats and steps.
 */
#ifndef SST_SOURCE
#error "define SST_SOURCE before including for_each_real.h"
#endif

#define T float
#define NAME(x) x##_f32
#include SST_SOURCE
#undef NAME
#undef T

#define T double
#define NAME(x) x##_f64
#include SST_SOURCE
#undef NAME
#undef T

#undef SST_SOURCE
