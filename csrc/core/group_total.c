/* SPDX-License-Identifier: MIT
 *
 * The totals of a tally, added up over the tables of all parts: to be rounded, or as a state.
 */
#include <string.h>

#include "group_part.h"
#include "map.h"

/* Adds up the tables of all parts, which one budget covers together, and carries. `digits` is a
 * constant where this is inlined. */
SST_INLINE void
add_raw(const struct sst_tally *tally, int which, int digits, ptrdiff_t group, int64_t *total,
        int64_t *count)
{
    int64_t sum[SST_WINDOW_MOST] = {0}, rows = 0;
    ptrdiff_t stride = tally->stride, apart = sst_rows_for(tally->groups) * stride;
    for (int p = 0; p < tally->used_parts; p++) {
        const int64_t *row = tally->part[p].table + group * stride;
        for (int c = 0; c < tally->copies; c++, row += apart) {
            for (int d = 0; d < digits; d++)
                sum[d] += row[tally->digit[which] + d];
            rows += row[stride - 1];
        }
    }
    for (int d = 0; d < digits + SST_HEADROOM; d++)
        total[d] = d < digits ? sum[d] : 0;
    sst_digits_carry(total, digits + SST_HEADROOM);
    *count = rows;
}

/* Adds the tables of one part and what was carried to `total`, carried. */
static void
add_part(const struct sst_tally *tally, int which, const struct sst_part *part, ptrdiff_t group,
         int64_t *total, int64_t *count)
{
    int digits = tally->window[which].digits, stride = tally->stride, limbs = digits + SST_HEADROOM;
    int first = tally->digit[which];
    const int64_t *row = part->table + group * stride;
    int64_t own[SST_WINDOW_MOST + SST_HEADROOM] = {0};
    for (int c = 0; c < tally->copies; c++, row += sst_rows_for(tally->groups) * stride) {
        for (int d = 0; d < digits; d++)
            own[d] += row[first + d];
        *count += row[stride - 1];
    }
    sst_digits_carry(own, limbs);
    const int64_t *carried = part->carried;
    if (carried != NULL)
        carried += group * sst_carried_words(tally) + sst_carried_digit(tally, which);
    for (int d = 0; d < limbs; d++)
        total[d] += own[d] + (carried != NULL ? carried[d] : 0);
}

/* What the parts have spilled of a total, added to its digits; 1 if there was any. */
static int
add_spilled(const struct sst_tally *tally, int which, ptrdiff_t group, const struct sst_sum *sum,
            int64_t *room)
{
    int64_t wide[SST_GRID_LIMBS];
    int spilled = 0;
    for (int p = 0; p < tally->used_parts; p++) {
        const int64_t *digits = sst_spill_get(&tally->part[p].spill, group, which);
        if (digits == NULL)
            continue;
        if (!spilled)
            memset(wide, 0, sizeof wide);
        spilled = 1;
        sst_digits_add(wide, SST_GRID_LOW, digits, SST_GRID_LOW, SST_GRID_LIMBS);
    }
    if (!spilled)
        return 0;
    sst_digits_add(wide, SST_GRID_LOW, sum->digits, sum->lo, sum->limbs);
    sst_digits_carry(wide, SST_GRID_LIMBS);
    memcpy(room, wide, sizeof wide);
    return 1;
}

/* The total in the window, without what has spilled. */
static void
add_tables(const struct sst_tally *tally, int which, ptrdiff_t group, int64_t *total,
           int64_t *count)
{
    int digits = tally->window[which].digits;
    if (tally->raw && digits == 3) {
        add_raw(tally, which, 3, group, total, count);
        return;
    }
    if (tally->raw && digits == 4) {
        add_raw(tally, which, 4, group, total, count);
        return;
    }
    memset(total, 0, (size_t)(digits + SST_HEADROOM) * sizeof *total);
    *count = 0;
    for (int p = 0; p < tally->used_parts; p++)
        add_part(tally, which, &tally->part[p], group, total, count);
    sst_digits_carry(total, digits + SST_HEADROOM);
}

struct sst_sum
sst_tally_total(const struct sst_tally *tally, int which, ptrdiff_t group, int64_t *room,
                int64_t *count)
{
    int limbs = tally->window[which].digits + SST_HEADROOM;
    struct sst_sum sum = {.digits = room, .lo = tally->window[which].lo, .limbs = limbs};
    add_tables(tally, which, group, room, count);
    if (!tally->spills)
        return sum;
    for (int p = 0; p < tally->used_parts; p++) {
        const struct sst_spill *spill = &tally->part[p].spill;
        if (spill->seen != NULL)
            sum.seen |= spill->seen[group * spill->totals + which];
    }
    if (!add_spilled(tally, which, group, &sum, room))
        return sum;
    return (struct sst_sum){room, SST_GRID_LOW, SST_GRID_LIMBS, sum.seen};
}

int64_t
sst_tally_count(const struct sst_tally *tally, ptrdiff_t group)
{
    ptrdiff_t apart = sst_rows_for(tally->groups) * tally->stride;
    int64_t count = 0;
    for (int p = 0; p < tally->used_parts; p++) {
        const int64_t *row = tally->part[p].table + (group + 1) * tally->stride - 1;
        for (int c = 0; c < tally->copies; c++)
            count += row[c * apart];
    }
    return count;
}

void
sst_tally_counts(const struct sst_tally *tally, char *out, ptrdiff_t step)
{
    for (ptrdiff_t g = 0; g < tally->groups; g++)
        *(int64_t *)(void *)(out + g * step) = sst_tally_count(tally, g);
}

static int
is_spilled(const struct sst_tally *tally, ptrdiff_t group)
{
    for (int p = 0; p < tally->used_parts; p++)
        if (tally->part[p].spill.row != NULL && tally->part[p].spill.row[group] != 0)
            return 1;
    return 0;
}

void
sst_tally_plan_state(const struct sst_tally *tally, int total, struct sst_exact *state)
{
    *state = (struct sst_exact){.groups = tally->groups,
                                .lo = tally->window[total].lo,
                                .limbs = tally->window[total].digits + SST_HEADROOM};
    for (ptrdiff_t g = 0; g < tally->groups; g++)
        state->spilled += is_spilled(tally, g);
}

void
sst_tally_state(const struct sst_tally *tally, int total, struct sst_exact *state)
{
    int64_t room[SST_GRID_LIMBS];
    ptrdiff_t spill = 0;
    for (ptrdiff_t g = 0; g < tally->groups; g++) {
        struct sst_sum sum = sst_tally_total(tally, total, g, room, &state->count[g]);
        int64_t *digits = state->digits + g * state->limbs;
        state->seen[g] = (uint8_t)sum.seen;
        memset(digits, 0, (size_t)state->limbs * sizeof *digits);
        if (sum.limbs == state->limbs)
            memcpy(digits, room, (size_t)state->limbs * sizeof *digits);
        else {
            state->spill_code[spill] = g;
            memcpy(state->spill_digits + spill++ * SST_GRID_LIMBS, room, sizeof room);
        }
    }
}
