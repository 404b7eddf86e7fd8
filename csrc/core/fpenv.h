/* SPDX-License-Identifier: MIT
 *
 * Exact arithmetic needs IEEE 754 as written: round to nearest, nothing flushed to zero.
 * Every call and every thread sets that and puts back what it found.
 */
#ifndef SST_FPENV_H
#define SST_FPENV_H

#include <fenv.h>
#include <float.h>

#if FLT_EVAL_METHOD != 0
#error "exact sums need each operation rounded to its own type (FLT_EVAL_METHOD == 0)"
#endif

/* The default environment rounds to nearest; on x86 it also ends flush-to-zero. */
static inline void
sst_fpenv_enter(fenv_t *saved)
{
    fegetenv(saved);
    fesetenv(FE_DFL_ENV);
}

static inline void
sst_fpenv_leave(const fenv_t *saved)
{
    fesetenv(saved);
}

#endif
