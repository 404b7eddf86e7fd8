/* SPDX-License-Identifier: MIT
 *
 * States of exact sums: to look at, to add up, to check. A sum of two states has a window
 * that holds both, moved exactly, as long as that is not too wide; a cluster whose digits
 * then lie outside goes to the spill.
 */
#include "exact.h"

#include <string.h>

/* The spilled row of a cluster, or NULL; *spill moves up to where the next may be. */
static const int64_t *
spilled_digits(const struct sst_exact *state, ptrdiff_t group, ptrdiff_t *spill)
{
    while (*spill < state->spilled && state->spill_code[*spill] < group)
        ++*spill;
    if (*spill == state->spilled || state->spill_code[*spill] != group)
        return NULL;
    return state->spill_digits + *spill * SST_GRID_LIMBS;
}

struct sst_sum
sst_exact_get(const struct sst_exact *state, ptrdiff_t group, ptrdiff_t *spill, int64_t *room)
{
    const int64_t *digits = state->digits + group * state->limbs;
    const int64_t *wide = spilled_digits(state, group, spill);
    if (wide == NULL)
        return (struct sst_sum){digits, state->lo, state->limbs, state->seen[group]};
    memcpy(room, wide, SST_GRID_LIMBS * sizeof *room);
    sst_digits_add(room, SST_GRID_LOW, digits, state->lo, state->limbs);
    sst_digits_carry(room, SST_GRID_LIMBS);
    return (struct sst_sum){room, SST_GRID_LOW, SST_GRID_LIMBS, state->seen[group]};
}

/* The total of a cluster in two states, on the whole grid. */
static void
add_on_grid(const struct sst_exact *a, const struct sst_exact *b, ptrdiff_t group,
            ptrdiff_t spill[2], int64_t *grid)
{
    const struct sst_exact *states[2] = {a, b};
    memset(grid, 0, SST_GRID_LIMBS * sizeof *grid);
    for (int k = 0; k < 2; k++) {
        const struct sst_exact *s = states[k];
        const int64_t *wide = spilled_digits(s, group, &spill[k]);
        sst_digits_add(grid, SST_GRID_LOW, s->digits + group * s->limbs, s->lo, s->limbs);
        if (wide != NULL)
            sst_digits_add(grid, SST_GRID_LOW, wide, SST_GRID_LOW, SST_GRID_LIMBS);
    }
    sst_digits_carry(grid, SST_GRID_LIMBS);
}

/* Whether all digits but zeros are in limbs lo .. lo + limbs - 1. */
static int
fits(const int64_t *grid, int lo, int limbs)
{
    int64_t outside = 0;
    for (int j = 0; j < SST_GRID_LIMBS; j++)
        if (j < lo - SST_GRID_LOW || j >= lo - SST_GRID_LOW + limbs)
            outside |= grid[j];
    return outside == 0;
}

/* The total of a cluster in two states: 1 and its digits in the window of `sum`, or 0 and all
 * of the grid if they do not fit. Nearly all do, and are never on the grid. */
static int
add_cluster(const struct sst_exact *a, const struct sst_exact *b, const struct sst_exact *sum,
            ptrdiff_t group, ptrdiff_t spill[2], int64_t *room)
{
    int lo = sum->lo, limbs = sum->limbs, end = lo + limbs;
    int holds = lo <= a->lo && lo <= b->lo && a->lo + a->limbs <= end && b->lo + b->limbs <= end;
    if (holds && spilled_digits(a, group, &spill[0]) == NULL &&
        spilled_digits(b, group, &spill[1]) == NULL) {
        memset(room, 0, ((size_t)limbs + 1) * sizeof *room);
        sst_digits_add(room, lo, a->digits + group * a->limbs, a->lo, a->limbs);
        sst_digits_add(room, lo, b->digits + group * b->limbs, b->lo, b->limbs);
        sst_digits_carry(room, limbs + 1);
        if (room[limbs] == 0)
            return 1;
    }
    add_on_grid(a, b, group, spill, room);
    if (!fits(room, lo, limbs))
        return 0;
    memmove(room, room + lo - SST_GRID_LOW, (size_t)limbs * sizeof *room);
    return 1;
}

void
sst_exact_plan_merge(const struct sst_exact *a, const struct sst_exact *b, struct sst_exact *sum)
{
    int64_t room[SST_GRID_LIMBS + 1];
    ptrdiff_t spill[2] = {0, 0};
    int lo = a->lo < b->lo ? a->lo : b->lo;
    int a_end = a->lo + a->limbs, b_end = b->lo + b->limbs, end = a_end > b_end ? a_end : b_end;
    if (end - lo > SST_STATE_MOST) {
        lo = a->lo;
        end = a_end;
    }
    *sum = (struct sst_exact){.groups = a->groups, .lo = lo, .limbs = end - lo};
    for (ptrdiff_t g = 0; g < a->groups; g++)
        sum->spilled += !add_cluster(a, b, sum, g, spill, room);
}

void
sst_exact_merge(const struct sst_exact *a, const struct sst_exact *b, struct sst_exact *sum)
{
    int64_t room[SST_GRID_LIMBS + 1];
    ptrdiff_t spill[2] = {0, 0}, used = 0;
    for (ptrdiff_t g = 0; g < sum->groups; g++) {
        int64_t *digits = sum->digits + g * sum->limbs;
        size_t bytes = (size_t)sum->limbs * sizeof *digits;
        int inside = add_cluster(a, b, sum, g, spill, room);
        sum->count[g] = a->count[g] + b->count[g];
        sum->seen[g] = (uint8_t)(a->seen[g] | b->seen[g]);
        if (inside)
            memcpy(digits, room, bytes);
        else
            memset(digits, 0, bytes);
        /* No room is left only if the states have changed since they were planned. */
        if (inside || used == sum->spilled)
            continue;
        sum->spill_code[used] = g;
        memcpy(sum->spill_digits + used++ * SST_GRID_LIMBS, room, SST_GRID_LIMBS * sizeof *room);
    }
}

static int
carried(const int64_t *digits, ptrdiff_t n)
{
    const int64_t half = INT64_C(1) << (SST_LIMB_BITS - 1);
    int holds = 1;
    for (ptrdiff_t k = 0; k < n; k++)
        holds &= (digits[k] >= -half) & (digits[k] <= half);
    return holds;
}

int
sst_exact_valid(const struct sst_exact *state)
{
    if (state->groups < 0 || state->limbs < 1 || state->limbs > SST_GRID_LIMBS ||
        state->lo < SST_GRID_LOW || state->lo > SST_GRID_LOW + SST_GRID_LIMBS - state->limbs ||
        state->spilled < 0 || state->spilled > state->groups)
        return 0;
    for (ptrdiff_t g = 0; g < state->groups; g++)
        if (state->count[g] < 0 || state->count[g] > INT64_MAX / 2 || state->seen[g] > 7)
            return 0;
    for (ptrdiff_t k = 0; k < state->spilled; k++)
        if (state->spill_code[k] < 0 || state->spill_code[k] >= state->groups ||
            (k > 0 && state->spill_code[k] <= state->spill_code[k - 1]))
            return 0;
    return carried(state->digits, state->groups * state->limbs) &&
           carried(state->spill_digits, state->spilled * SST_GRID_LIMBS);
}
