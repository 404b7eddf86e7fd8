/* SPDX-License-Identifier: MIT
 *
 * Whether there are vectors of two doubles: every x86-64 has SSE2.
 */
#ifndef SST_PAIRS_H
#define SST_PAIRS_H

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define SST_SSE2 1
#else
#define SST_SSE2 0
#endif

#endif
