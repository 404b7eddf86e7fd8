/* SPDX-License-Identifier: MIT
 *
 * Rows that are not in the window: missing ones, infinities, and the values that go by
 * mantissa and exponent into the sparse totals on the whole grid.
 */
#include "group_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number by its bits, or what there is instead of one. */
struct rest {
    unsigned seen;
    struct sst_bits bits;
};

static struct rest
rest_of(double x)
{
    if (isnan(x))
        return (struct rest){.seen = SST_SEEN_NAN};
    if (isinf(x))
        return (struct rest){.seen = x > 0 ? SST_SEEN_PLUS : SST_SEEN_MINUS};
    return (struct rest){.bits = sst_bits_real(x)};
}

/* A number of a row; of integers the double would be rounded. */
static struct rest
number_of(enum sst_kind kind, const double *real, const int64_t *integers, ptrdiff_t i)
{
    if (!sst_is_integer(kind))
        return rest_of(real[i]);
    int64_t whole = integers[i];
    int negative = kind == SST_INT64 && whole < 0;
    uint64_t size = negative ? UINT64_C(0) - (uint64_t)whole : (uint64_t)whole;
    return (struct rest){.bits = sst_bits_integer(size, negative)};
}

/* The product of what is finite is exact; else it is what IEEE's product would be. */
static struct rest
times(struct rest a, struct rest b)
{
    if ((a.seen | b.seen) == 0)
        return (struct rest){.bits = sst_bits_product(a.bits, b.bits)};
    int zero = (a.seen == 0 && (a.bits.low | a.bits.high) == 0) ||
               (b.seen == 0 && (b.bits.low | b.bits.high) == 0);
    if (zero || ((a.seen | b.seen) & SST_SEEN_NAN))
        return (struct rest){.seen = SST_SEEN_NAN};
    int negative = (a.seen != 0 ? a.seen == SST_SEEN_MINUS : a.bits.negative) ^
                   (b.seen != 0 ? b.seen == SST_SEEN_MINUS : b.bits.negative);
    return (struct rest){.seen = negative ? SST_SEEN_MINUS : SST_SEEN_PLUS};
}

/* The rows that were not cut and are in a cluster, present and, unless NaN counts, a number.
 * Missing rows come at random, so nothing here branches on one. Of integers the values say
 * nothing: NaN stands for those that a double does not hold. */
static ptrdiff_t
list_left(const struct sst_tally *tally, const struct sst_block *block, const struct sst_rows *rows,
          enum sst_addend addend, int32_t *left)
{
    int stride = tally->stride;
    int weighted = sst_is_weighted(addend);
    int skips = rows->skip_missing && (!sst_is_integer(rows->kind) || addend == SST_ADD_WEIGHTS);
    const double *weight = weighted ? block->weight : block->real;
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < block->rows; i++) {
        int absent = (weighted & (isnan(weight[i]) != 0)) | (skips & (isnan(block->real[i]) != 0));
        left[n] = (int32_t)i;
        n +=
            (block->cut[i * stride + stride - 1] == 0) & (block->slot[i] < tally->groups) & !absent;
    }
    return n;
}

/* Room for `more` further totals, and the map to them. */
static enum sst_status
make_room(struct sst_spill *spill, ptrdiff_t groups, ptrdiff_t more)
{
    if (spill->row == NULL) {
        spill->row = sst_table_new(groups, sizeof *spill->row);
        spill->seen = sst_table_new(groups, (size_t)spill->totals);
        if (spill->row == NULL || spill->seen == NULL)
            return SST_NO_MEMORY;
    }
    if (more > INT32_MAX / 2 - spill->used)
        return SST_NO_MEMORY;
    if (spill->used + more <= spill->room)
        return SST_OK;
    int32_t room = (int32_t)(spill->used + more);
    if (room < INT32_MAX / 2 && room < 2 * spill->room)
        room = 2 * spill->room;
    size_t bytes = (size_t)spill->totals * SST_GRID_LIMBS * sizeof *spill->digits;
    if ((size_t)room > SIZE_MAX / bytes)
        return SST_NO_MEMORY;
    int64_t *digits = realloc(spill->digits, (size_t)room * bytes);
    if (digits == NULL)
        return SST_NO_MEMORY;
    spill->digits = digits;
    spill->room = room;
    return SST_OK;
}

/* Adds to a spilled total of a cluster; make_room has seen to it that there is one. */
static void
add_bits(struct sst_spill *spill, ptrdiff_t group, int total, struct sst_bits bits)
{
    size_t words = (size_t)spill->totals * SST_GRID_LIMBS;
    if (spill->row[group] == 0) {
        memset(spill->digits + (size_t)spill->used * words, 0, words * sizeof *spill->digits);
        spill->row[group] = ++spill->used;
    }
    sst_digits_add_bits(sst_spill_get(spill, group, total), SST_GRID_LOW, bits);
}

static void
add_rest(struct sst_spill *spill, ptrdiff_t group, int total, struct rest rest)
{
    uint8_t *seen = spill->seen + group * spill->totals + total;
    if (rest.seen != 0)
        *seen = (uint8_t)(*seen | rest.seen);
    else
        add_bits(spill, group, total, rest.bits);
}

/* Adds x times y times w; all together are more bits than two words have. */
static void
add_weighted_product(struct sst_spill *spill, ptrdiff_t group, int total, struct rest x,
                     struct rest y, struct rest w)
{
    struct rest product = times(x, y);
    if (product.seen != 0 || w.seen != 0) {
        add_rest(spill, group, total, times(product, w));
        return;
    }
    struct sst_bits low = product.bits, high = product.bits;
    high.low = product.bits.high;
    high.exponent += 64;
    low.high = high.high = 0;
    add_bits(spill, group, total, sst_bits_product(low, w.bits));
    add_bits(spill, group, total, sst_bits_product(high, w.bits));
}

/* What a row that list_left found adds to each total. */
static void
add_row(struct sst_spill *spill, const struct sst_block *block, const struct sst_rows *rows,
        enum sst_addend addend, ptrdiff_t i)
{
    ptrdiff_t group = block->slot[i];
    if (addend == SST_ADD_VALUES || addend == SST_ADD_WEIGHTS) {
        add_rest(spill, group, 0, rest_of(block->real[i]));
        return;
    }
    struct rest x = number_of(rows->kind, block->real, block->whole, i);
    if (addend == SST_ADD_SQUARES) {
        add_rest(spill, group, 0, x);
        add_rest(spill, group, 1, times(x, x));
        return;
    }
    if (addend == SST_ADD_CROSS || addend == SST_ADD_WEIGHTED_CROSS) {
        struct rest y = number_of(rows->other_kind, block->other, block->other_whole, i);
        if (addend == SST_ADD_CROSS)
            add_rest(spill, group, 0, times(x, y));
        else
            add_weighted_product(spill, group, 0, x, y, rest_of(block->weight[i]));
        return;
    }
    struct rest w = rest_of(block->weight[i]);
    int which = addend == SST_ADD_WEIGHTED_SQUARES;
    if (which)
        add_rest(spill, group, 0, w);
    add_rest(spill, group, which, times(x, w));
    if (which)
        add_weighted_product(spill, group, 2, x, x, w);
}

void
sst_spill_carry(struct sst_spill *spill)
{
    size_t sums = (size_t)spill->used * (size_t)spill->totals;
    for (size_t k = 0; k < sums; k++)
        sst_digits_carry(spill->digits + k * SST_GRID_LIMBS, SST_GRID_LIMBS);
    spill->additions = 0;
}

void
sst_spill_free(struct sst_spill *spill)
{
    sst_table_free(spill->row);
    sst_table_free(spill->seen);
    free(spill->digits);
    *spill = (struct sst_spill){.totals = spill->totals};
}

enum sst_status
sst_part_add_rest(struct sst_part *part, const struct sst_tally *tally,
                  const struct sst_block *block, const struct sst_rows *rows,
                  enum sst_addend addend)
{
    struct sst_spill *spill = &part->spill;
    int32_t left[SST_BLOCK];
    ptrdiff_t wanted = list_left(tally, block, rows, addend, left);
    if (wanted == 0)
        return SST_OK;
    enum sst_status status = make_room(spill, tally->groups, wanted);
    if (status != SST_OK)
        return status;
    if (spill->additions + 2 * block->rows > SST_EXACT_BUDGET)
        sst_spill_carry(spill);
    spill->additions += 2 * block->rows;
    for (ptrdiff_t k = 0; k < wanted; k++) {
        ptrdiff_t group = block->slot[left[k]];
        part->table[group * tally->stride + tally->stride - 1]++;
        add_row(spill, block, rows, addend, left[k]);
    }
    return SST_OK;
}
