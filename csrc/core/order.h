/* SPDX-License-Identifier: MIT
 *
 * Doubles that are not negative in ascending order, by their bits, which are in the order of the
 * numbers: a byte at a time from the lowest (LSD radix sort), leaving out the bytes in which all
 * agree.
 */
#ifndef SST_ORDER_H
#define SST_ORDER_H

#include <stddef.h>

/* Sorts the keys, stably, and carries `beside` (NULL: nothing) along; `room` holds n doubles, or
 * 2n with something beside. -0 is no key. */
void sst_order(double *keys, double *beside, ptrdiff_t n, double *room);

#endif
