/* SPDX-License-Identifier: MIT
 *
 * Rows that are not in the window: missing ones, infinities, and the values that go by
 * mantissa and exponent into the sparse totals on the whole grid.
 */
#include "group_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row outside the window: what it adds. */
enum addition { ADDS_SEEN, ADDS_BITS };

struct rest {
    enum addition what;
    unsigned seen;
    struct sst_bits bits;
};

static struct rest
rest_of(double x)
{
    if (isnan(x))
        return (struct rest){.what = ADDS_SEEN, .seen = SST_SEEN_NAN};
    if (isinf(x))
        return (struct rest){.what = ADDS_SEEN, .seen = x > 0 ? SST_SEEN_PLUS : SST_SEEN_MINUS};
    return (struct rest){.what = ADDS_BITS, .bits = sst_bits_real(x)};
}

static struct rest
rest_of_product(const struct sst_block *block, const struct sst_rows *rows, ptrdiff_t i)
{
    double weight = block->weight[i], x = block->real[i];
    struct sst_bits bits;
    if (rows->kind == SST_INT64 || rows->kind == SST_UINT64) {
        int64_t whole = block->whole[i];
        int negative = rows->kind == SST_INT64 && whole < 0;
        uint64_t size = negative ? UINT64_C(0) - (uint64_t)whole : (uint64_t)whole;
        bits = sst_bits_integer(size, negative);
        x = negative ? -(double)size : (double)size;
    } else
        bits = sst_bits_real(x);
    if (!isfinite(x) || !isfinite(weight))
        return rest_of(x * weight);
    return (struct rest){.what = ADDS_BITS, .bits = sst_bits_product(bits, sst_bits_real(weight))};
}

/* What a row that list_left found adds. */
static struct rest
rest_of_row(const struct sst_block *block, const struct sst_rows *rows, enum sst_addend addend,
            ptrdiff_t i)
{
    if (addend != SST_ADD_PRODUCTS)
        return rest_of(block->real[i]);
    return rest_of_product(block, rows, i);
}

/* The rows that were not cut and are in a cluster, present and, unless NaN counts, a number.
 * Missing rows come at random, so nothing here branches on one. Of integers the values say
 * nothing: NaN stands for those that a double does not hold. */
static ptrdiff_t
list_left(const struct sst_tally *tally, const struct sst_block *block, const struct sst_rows *rows,
          enum sst_addend addend, int32_t *left)
{
    int stride = tally->stride;
    int weighted = addend != SST_ADD_VALUES;
    int reals = rows->kind == SST_FLOAT32 || rows->kind == SST_FLOAT64;
    int skips = rows->skip_missing && (reals || addend == SST_ADD_WEIGHTS);
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
        spill->seen = sst_table_new(groups, 1);
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
    size_t bytes = SST_GRID_LIMBS * sizeof *spill->digits;
    if ((size_t)room > SIZE_MAX / bytes)
        return SST_NO_MEMORY;
    int64_t *digits = realloc(spill->digits, (size_t)room * bytes);
    if (digits == NULL)
        return SST_NO_MEMORY;
    spill->digits = digits;
    spill->room = room;
    return SST_OK;
}

/* The spilled total of a cluster; make_room has seen to it that there is one. */
static int64_t *
spilled(struct sst_spill *spill, ptrdiff_t group)
{
    size_t limbs = SST_GRID_LIMBS;
    if (spill->row[group] == 0) {
        memset(spill->digits + (size_t)spill->used * limbs, 0, limbs * sizeof *spill->digits);
        spill->row[group] = ++spill->used;
    }
    return spill->digits + (size_t)(spill->row[group] - 1) * limbs;
}

void
sst_spill_carry(struct sst_spill *spill)
{
    for (int32_t row = 0; row < spill->used; row++)
        sst_digits_carry(spill->digits + (size_t)row * SST_GRID_LIMBS, SST_GRID_LIMBS);
    spill->additions = 0;
}

void
sst_spill_free(struct sst_spill *spill)
{
    sst_table_free(spill->row);
    sst_table_free(spill->seen);
    free(spill->digits);
    *spill = (struct sst_spill){0};
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
    if (spill->additions + block->rows > SST_EXACT_BUDGET)
        sst_spill_carry(spill);
    spill->additions += block->rows;
    for (ptrdiff_t k = 0; k < wanted; k++) {
        struct rest rest = rest_of_row(block, rows, addend, left[k]);
        ptrdiff_t group = block->slot[left[k]];
        part->table[group * tally->stride + tally->stride - 1]++;
        if (rest.what == ADDS_SEEN)
            spill->seen[group] = (uint8_t)(spill->seen[group] | rest.seen);
        else
            sst_digits_add_bits(spilled(spill, group), SST_GRID_LOW, rest.bits);
    }
    return SST_OK;
}
