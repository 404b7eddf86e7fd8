/* SPDX-License-Identifier: MIT
 *
 * What a row of the tables looks like for what is added up, and the cut that makes such rows.
 */
#include "group_part.h"

/* Rows that are looked at to choose the windows. */
enum { SAMPLE = 1024 };

/* Digits of each total in a row; the count makes the words of all of them even. */
struct layout {
    int totals;
    int digits[SST_TOTALS_MOST];
};

static const struct layout layouts[] = {
    {1, {3}}, {1, {5}}, {1, {7}}, {2, {3, 4}}, {2, {5, 8}}, {3, {3, 5, 7}}, {3, {5, 8, 8}},
};

enum { LAYOUTS = sizeof layouts / sizeof *layouts };

int
sst_totals_of(enum sst_addend addend)
{
    return addend == SST_ADD_WEIGHTED_SQUARES ? 3 : addend == SST_ADD_SQUARES ? 2 : 1;
}

/* Values, and what else is a factor, of rows spread over the column; how many. */
static ptrdiff_t
sample(const struct sst_rows *rows, enum sst_addend addend, double *values, double *weights,
       double *others)
{
    struct sst_block block;
    block.rows = 1;
    int weighted = sst_is_weighted(addend) && addend != SST_ADD_WEIGHTS;
    ptrdiff_t n = rows->rows < SAMPLE ? rows->rows : SAMPLE;
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t row = rows->rows <= SAMPLE ? k : rows->rows / SAMPLE * k;
        sst_block_load(&block, rows, row, addend);
        values[k] = block.real[0];
        if (weighted)
            weights[k] = block.weight[0];
        if (rows->others != NULL)
            others[k] = block.other[0];
    }
    return n;
}

/* The limbs that each total needs. */
static void
needed_limbs(const struct sst_rows *rows, enum sst_addend addend, struct sst_limbs *limbs)
{
    double values[SAMPLE], weights[SAMPLE], others[SAMPLE];
    const double *const factor[] = {values, values, weights}, *const cross[] = {values, others,
                                                                                weights};
    if (sst_is_integer(rows->kind) && (addend == SST_ADD_VALUES || addend == SST_ADD_SQUARES)) {
        limbs[0] = (struct sst_limbs){SST_UNIT_LIMB, SST_UNIT_LIMB + 2};
        limbs[1] = (struct sst_limbs){SST_UNIT_LIMB, SST_UNIT_LIMB + 3};
        return;
    }
    ptrdiff_t n = sample(rows, addend, values, weights, others);
    if (addend == SST_ADD_WEIGHTED_SQUARES) {
        limbs[0] = sst_limbs_of(factor + 2, 1, n);
        limbs[1] = sst_limbs_of(factor + 1, 2, n);
        limbs[2] = sst_limbs_of(factor, 3, n);
        return;
    }
    if (addend == SST_ADD_CROSS || addend == SST_ADD_WEIGHTED_CROSS) {
        limbs[0] = sst_limbs_of(cross, addend == SST_ADD_CROSS ? 2 : 3, n);
        return;
    }
    limbs[0] =
        addend == SST_ADD_PRODUCTS ? sst_limbs_of(factor + 1, 2, n) : sst_limbs_of(factor, 1, n);
    if (addend == SST_ADD_SQUARES)
        limbs[1] = sst_limbs_of(factor, 2, n);
}

static int
holds(const struct layout *layout, const struct sst_limbs *limbs)
{
    int fits = 1;
    for (int k = 0; k < layout->totals; k++)
        fits &= limbs[k].top - limbs[k].bottom < layout->digits[k];
    return fits;
}

void
sst_tally_layout(struct sst_tally *tally, const struct sst_rows *rows, enum sst_addend addend)
{
    struct sst_limbs limbs[SST_TOTALS_MOST];
    const struct layout *layout = layouts;
    needed_limbs(rows, addend, limbs);
    while (layout->totals != sst_totals_of(addend))
        layout++;
    while (layout + 1 < layouts + LAYOUTS && layout[1].totals == layout->totals &&
           !holds(layout, limbs))
        layout++;
    tally->totals = layout->totals;
    tally->stride = 1;
    for (int k = 0; k < layout->totals; k++) {
        sst_window_set(&tally->window[k], layout->digits[k], limbs[k]);
        tally->digit[k] = tally->stride - 1;
        tally->stride += layout->digits[k];
    }
}

void
sst_block_cut(struct sst_block *block, const struct sst_tally *tally, const struct sst_rows *rows,
              enum sst_addend addend)
{
    const struct sst_window *w = tally->window;
    int integers = sst_is_integer(rows->kind), is_unsigned = rows->kind == SST_UINT64;
    ptrdiff_t n = block->rows;
    if (addend == SST_ADD_WEIGHTED_SQUARES)
        block->kept = sst_cut_weighted_squares(w, block->real, block->weight, n, block->cut);
    else if (addend == SST_ADD_SQUARES && integers)
        block->kept = sst_cut_integer_squares(block->whole, n, is_unsigned, block->cut);
    else if (addend == SST_ADD_SQUARES)
        block->kept = sst_cut_squares(w, block->real, n, block->cut);
    else if (addend == SST_ADD_PRODUCTS)
        block->kept = sst_cut_products(w, block->real, block->weight, n, block->cut);
    else if (addend == SST_ADD_CROSS)
        block->kept = sst_cut_products(w, block->real, block->other, n, block->cut);
    else if (addend == SST_ADD_WEIGHTED_CROSS)
        block->kept = sst_cut_crosses(w, block->real, block->other, block->weight, n, block->cut);
    else if (addend == SST_ADD_VALUES && integers)
        block->kept = sst_cut_integers(block->whole, n, is_unsigned, block->cut);
    else
        block->kept = sst_cut_reals(w, block->real, n, block->cut);
}
