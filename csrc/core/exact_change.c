/* SPDX-License-Identifier: MIT
 *
 * Changes of exact totals over a total or over another change, rounded once: the difference is
 * taken before anything is rounded, so that a small growth of large figures has all its digits.
 */
#include "exact_change.h"

#include "exact_big.h"
#include "exact_near.h"
#include "fpenv.h"

#include <math.h>

/* What infinities and NaNs leave, as IEEE's arithmetic has it. */
static double
of_rounded(const struct sst_change *c)
{
    double change = sst_round_sum(c->end, 0) - sst_round_sum(c->start, 0);
    double over = sst_round_sum(c->over, 0);
    return change / (c->less != NULL ? over - sst_round_sum(c->less, 0) : over);
}

static double
of_big(const struct sst_change *c, int single)
{
    struct sst_big change, over, less;
    sst_big_from_sum(&change, c->end);
    sst_big_from_sum(&less, c->start);
    sst_big_subtract(&change, &less);
    sst_big_from_sum(&over, c->over);
    if (c->less != NULL) {
        sst_big_from_sum(&less, c->less);
        sst_big_subtract(&over, &less);
    }
    if (sst_big_length(&over) > 0 || sst_big_length(&change) == 0)
        return sst_big_round_quotient(&change, &over, single);
    return change.negative ? -(double)INFINITY : (double)INFINITY;
}

double
sst_round_change(const struct sst_change *c, int single)
{
    double value;
    if ((c->end->seen | c->start->seen | c->over->seen | (c->less != NULL ? c->less->seen : 0)) !=
        0)
        return of_rounded(c);
    struct sst_near change = sst_near_difference(sst_near_total(c->end), sst_near_total(c->start));
    struct sst_near over = sst_near_total(c->over);
    if (c->less != NULL)
        over = sst_near_difference(over, sst_near_total(c->less));
    if (change.high != 0.0 && fabs(over.high) > 0.0 &&
        sst_near_decide(sst_near_quotient(change, over), single, &value))
        return value;
    return of_big(c, single);
}

/* -1, 0 or 1, of a total too small for a double as well; 0 for NaN. */
static int
sign_of(const struct sst_sum *sum)
{
    if (sum->seen != 0)
        return (sum->seen == SST_SEEN_PLUS) - (sum->seen == SST_SEEN_MINUS);
    int top = sum->limbs - 1; /* the highest digit gives a carried total its sign */
    while (top > 0 && sum->digits[top] == 0)
        top--;
    return top < 0 ? 0 : (sum->digits[top] > 0) - (sum->digits[top] < 0);
}

void
sst_exact_signs(const struct sst_exact *state, int8_t *out)
{
    int64_t room[SST_GRID_LIMBS];
    ptrdiff_t spill = 0;
    for (ptrdiff_t g = 0; g < state->groups; g++) {
        struct sst_sum sum = sst_exact_get(state, g, &spill, room);
        out[g] = (int8_t)sign_of(&sum);
    }
}

/* What a base of zero or below does to growth. */
static double
by_base(double growth, int sign, enum sst_change_base base)
{
    if (base == SST_CHANGE_NAN && sign <= 0)
        return (double)NAN;
    return base == SST_CHANGE_ABS && sign < 0 ? -growth : growth;
}

enum sst_status
sst_exact_finish_change(const struct sst_change_states *s, enum sst_change_form form,
                        enum sst_change_base base, int64_t min_count, int single, double *out)
{
    int64_t room[4][SST_GRID_LIMBS];
    ptrdiff_t spill[4] = {0};
    struct sst_sum total[2] = {{0}, {0}};
    int whole = form != SST_CHANGE_GROWTH;
    if (s->start->groups != s->end->groups ||
        (whole && (s->all_start->groups != 1 || s->all_end->groups != 1)))
        return SST_BAD_ARGUMENT;
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    if (whole) {
        total[0] = sst_exact_get(s->all_start, 0, &spill[2], room[2]);
        total[1] = sst_exact_get(s->all_end, 0, &spill[3], room[3]);
    }
    for (ptrdiff_t g = 0; g < s->start->groups; g++) {
        struct sst_sum start = sst_exact_get(s->start, g, &spill[0], room[0]);
        struct sst_sum end = sst_exact_get(s->end, g, &spill[1], room[1]);
        struct sst_change change = {&end, &start, &start, NULL};
        if (form == SST_CHANGE_CONTRIBUTION)
            change.over = &total[0];
        if (form == SST_CHANGE_SHARE) {
            change.over = &total[1];
            change.less = &total[0];
        }
        int enough = s->start->count[g] > 0 && s->start->count[g] >= min_count;
        out[g] = enough ? sst_round_change(&change, single) : (double)NAN;
        if (!whole)
            out[g] = by_base(out[g], sign_of(&start), base);
    }
    sst_fpenv_leave(&saved);
    return SST_OK;
}
