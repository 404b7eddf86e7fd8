/* SPDX-License-Identifier: MIT
 *
 * The least common factor on the half-widths that makes a claim consistent.
 */
#ifndef SST_WIDENING_H
#define SST_WIDENING_H

/* Whether the claim holds with its half-widths times a factor; once it does, it does for
 * every larger one. */
typedef int (*sst_holds)(const void *claim, double widening);

/* By bisection; infinite if no factor is enough. `consistent` is what `holds` says of 1. */
double sst_least_widening(const void *claim, sst_holds holds, int consistent, double half_widths);

#endif
