/* SPDX-License-Identifier: MIT
 *
 * Exact arithmetic needs IEEE 754 as written: round to nearest, nothing flushed to zero.
 * Every call and every thread sets that and puts back what it found.
 */
#ifndef SST_FPENV_H
#define SST_FPENV_H

#include <fenv.h>
#include <float.h>

#include "pairs.h"

#if FLT_EVAL_METHOD != 0
#error "exact sums need each operation rounded to its own type (FLT_EVAL_METHOD == 0)"
#endif

#if SST_SSE2

/* The control and status word of SSE, which does all arithmetic of floats and doubles here;
 * a tenth of the time that the whole environment takes. */
typedef unsigned sst_fpenv;

static inline void
sst_fpenv_enter(sst_fpenv *saved)
{
    *saved = _mm_getcsr();
    _mm_setcsr(0x1f80); /* as a process starts: to nearest, nothing flushed, nothing trapped */
}

static inline void
sst_fpenv_leave(const sst_fpenv *saved)
{
    _mm_setcsr(*saved);
}

#else

typedef fenv_t sst_fpenv;

static inline void
sst_fpenv_enter(sst_fpenv *saved)
{
    fegetenv(saved);
    fesetenv(FE_DFL_ENV);
}

static inline void
sst_fpenv_leave(const sst_fpenv *saved)
{
    fesetenv(saved);
}

#endif

#endif
