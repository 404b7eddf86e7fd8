/* SPDX-License-Identifier: MIT
 *
 * Memory for the states of exact totals.
 */
#ifndef SST_TEST_STATE_H
#define SST_TEST_STATE_H

#include <stdlib.h>

#include "exact.h"

/* Arrays for a planned state, all of a size that holds it. */
static inline void
new_state(struct sst_exact *s)
{
    size_t n = (size_t)s->groups, m = (size_t)s->spilled;
    s->digits = malloc((n * (size_t)s->limbs + 1) * sizeof *s->digits);
    s->count = malloc((n + 1) * sizeof *s->count);
    s->seen = malloc(n + 1);
    s->spill_code = malloc((m + 1) * sizeof *s->spill_code);
    s->spill_digits = malloc((m * SST_GRID_LIMBS + 1) * sizeof *s->spill_digits);
    if (!s->digits || !s->count || !s->seen || !s->spill_code || !s->spill_digits)
        abort();
}

static inline void
free_state(struct sst_exact *s)
{
    free(s->digits);
    free(s->count);
    free(s->seen);
    free(s->spill_code);
    free(s->spill_digits);
}

#endif
