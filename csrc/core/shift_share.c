/* SPDX-License-Identifier: MIT
 *
 * Shift-share: the change of each industry in each region, taken apart. With e and f a cell at the
 * start and the end, and g the growth of all, gi of the industry and gr of the region:
 *
 *     national   e g              what the growth of the whole would have given
 *     mix        e (gi - g)       what comes of the industry
 *     regional   f - e - e gi     what is left: e (own growth - gi)
 *
 * (E. S. Dunn, Papers in Regional Science 6, 1960). J. M. Esteban-Marquillas (Regional and Urban
 * Economics 2, 1972) puts in the place of e the activity h that the region would have with the
 * structure of the reference; F. J. Arcelus (Growth and Change 15, 1984) splits each term so, and
 * the regional one into the growth of the region and the rest.
 */
#include "region.h"

typedef struct sst_twofold twofold;

/* What the terms of a cell are made of. */
struct cell {
    twofold start, change;
    twofold growth, of_industry, of_region; /* of the whole; gi; gr */
    twofold expected;                       /* h */
};

/* (b - a) / a */
static twofold
growth(twofold a, twofold b)
{
    return sst_twofold_divide(sst_twofold_subtract(b, a), a);
}

static struct cell
cell_of(const struct sst_region_table *t, ptrdiff_t r, ptrdiff_t i)
{
    const struct sst_margins *a = &t->margins[0], *b = &t->margins[1];
    double start = sst_region_cell(t, 0, r, i), end = sst_region_cell(t, 1, r, i);
    struct cell c = {.start = {start, 0.0}, .change = sst_two_sum(end, -start)};
    c.growth = growth(a->total, b->total);
    c.of_industry = growth(a->industry[i], b->industry[i]);
    c.of_region = growth(a->region[r], b->region[r]);
    c.expected = sst_twofold_multiply(a->region[r], sst_twofold_divide(a->industry[i], a->total));
    return c;
}

static void
put(const struct sst_region_table *t, int term, ptrdiff_t r, ptrdiff_t i, twofold value)
{
    double whole = value.high + value.low;
    t->out[(term * t->regions + r) * t->industries + i] = whole / t->power;
}

/* The change that neither the whole nor the industry explains. */
static twofold
regional(const struct cell *c)
{
    return sst_twofold_apart(c->change, sst_twofold_multiply(c->start, c->of_industry));
}

static void
put_national_and_mix(const struct sst_region_table *t, ptrdiff_t r, ptrdiff_t i,
                     const struct cell *c)
{
    twofold mix = sst_twofold_apart(c->of_industry, c->growth);
    put(t, 0, r, i, sst_twofold_multiply(c->start, c->growth));
    put(t, 1, r, i, sst_twofold_multiply(c->start, mix));
}

void
sst_shift_classic(const struct sst_region_table *t)
{
    for (ptrdiff_t r = 0; r < t->regions; r++)
        for (ptrdiff_t i = 0; i < t->industries; i++) {
            struct cell c = cell_of(t, r, i);
            put_national_and_mix(t, r, i, &c);
            put(t, 2, r, i, regional(&c));
        }
}

void
sst_shift_esteban_marquillas(const struct sst_region_table *t)
{
    for (ptrdiff_t r = 0; r < t->regions; r++)
        for (ptrdiff_t i = 0; i < t->industries; i++) {
            struct cell c = cell_of(t, r, i);
            twofold shift = regional(&c), rate = sst_twofold_divide(shift, c.start);
            twofold homothetic = sst_twofold_multiply(c.expected, rate);
            put_national_and_mix(t, r, i, &c);
            put(t, 2, r, i, homothetic);
            put(t, 3, r, i, sst_twofold_subtract(shift, homothetic));
        }
}

void
sst_shift_arcelus(const struct sst_region_table *t)
{
    for (ptrdiff_t r = 0; r < t->regions; r++)
        for (ptrdiff_t i = 0; i < t->industries; i++) {
            struct cell c = cell_of(t, r, i);
            twofold differs = sst_twofold_apart(c.start, c.expected);
            twofold apart = sst_twofold_apart(c.of_region, c.growth);
            twofold rate = sst_twofold_divide(regional(&c), c.start);
            const twofold rates[4] = {c.growth, sst_twofold_apart(c.of_industry, c.growth), apart,
                                      sst_twofold_apart(rate, apart)};
            for (int k = 0; k < 4; k++) {
                put(t, 2 * k, r, i, sst_twofold_multiply(c.expected, rates[k]));
                put(t, 2 * k + 1, r, i, sst_twofold_multiply(differs, rates[k]));
            }
        }
}
