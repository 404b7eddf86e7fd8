/* SPDX-License-Identifier: MIT */
#include "group.h"

#include <stdlib.h>
#include <string.h>

#include "group_part.h"
#include "group_pass.h"
#include "parallel.h"

enum sst_status
sst_tally_new(struct sst_tally **out, ptrdiff_t groups, int parts)
{
    *out = NULL;
    if (groups < 0 || parts < 1 || parts > SST_MAX_THREADS)
        return SST_BAD_ARGUMENT;
    if (groups > SST_GROUPS_MOST)
        return SST_NO_MEMORY;
    struct sst_tally *tally = calloc(1, sizeof *tally);
    if (tally == NULL)
        return SST_NO_MEMORY;
    tally->part = calloc((size_t)parts, sizeof *tally->part);
    if (tally->part == NULL) {
        free(tally);
        return SST_NO_MEMORY;
    }
    tally->groups = groups;
    tally->parts = parts;
    tally->copies = groups <= SST_FEW ? SST_COPIES : 1;
    *out = tally;
    return SST_OK;
}

void
sst_tally_free(struct sst_tally *tally)
{
    if (tally == NULL)
        return;
    for (int p = 0; p < tally->parts; p++) {
        sst_table_free(tally->part[p].table);
        sst_table_free(tally->part[p].carried);
        sst_spill_free(&tally->part[p].spill);
    }
    free(tally->part);
    free(tally);
}

enum sst_status
sst_tally_prepare(struct sst_tally *tally, int parts)
{
    tally->used_parts = parts;
    int stride = tally->stride;
    ptrdiff_t rows = sst_rows_for(tally->groups) * tally->copies;
    for (int p = 0; p < tally->parts; p++) {
        struct sst_part *part = &tally->part[p];
        sst_table_free(part->carried);
        sst_spill_free(&part->spill);
        part->spill.totals = tally->totals;
        part->carried = NULL;
        part->additions = 0;
        if (p >= parts) {
            sst_table_free(part->table);
            part->table = NULL;
        } else if (part->table != NULL && stride == part->stride)
            memset(part->table, 0, (size_t)(rows * stride) * sizeof *part->table);
        else {
            sst_table_free(part->table);
            part->table = sst_table_new(rows, (size_t)stride * sizeof *part->table);
            if (part->table == NULL)
                return SST_NO_MEMORY;
            part->stride = stride;
        }
    }
    return SST_OK;
}

/* Moves the digits of a total of one cluster from all copies onto carried ones. */
static void
carry_total(struct sst_part *part, const struct sst_tally *tally, ptrdiff_t group, int which)
{
    int digits = tally->window[which].digits, limbs = digits + SST_HEADROOM;
    ptrdiff_t apart = sst_rows_for(tally->groups) * tally->stride;
    int64_t total[SST_WINDOW_MOST + SST_HEADROOM] = {0};
    int64_t *row = part->table + group * tally->stride + tally->digit[which];
    int64_t *carried =
        part->carried + group * sst_carried_words(tally) + sst_carried_digit(tally, which);
    for (int c = 0; c < tally->copies; c++, row += apart)
        for (int d = 0; d < digits; d++) {
            total[d] += row[d];
            row[d] = 0;
        }
    sst_digits_carry(total, limbs);
    for (int d = 0; d < limbs; d++)
        carried[d] += total[d];
    sst_digits_carry(carried, limbs);
}

/* Moves what the tables hold into carried totals with headroom. */
static enum sst_status
carry_out(struct sst_part *part, const struct sst_tally *tally)
{
    size_t words = (size_t)sst_carried_words(tally);
    if (part->carried == NULL) {
        part->carried = sst_table_new(tally->groups, words * sizeof *part->carried);
        if (part->carried == NULL)
            return SST_NO_MEMORY;
    }
    for (ptrdiff_t g = 0; g < tally->groups; g++)
        for (int k = 0; k < tally->totals; k++)
            carry_total(part, tally, g, k);
    part->additions = 0;
    return SST_OK;
}

int
sst_additions_of(enum sst_addend addend)
{
    if (addend == SST_ADD_WEIGHTED_SQUARES || addend == SST_ADD_WEIGHTED_CROSS)
        return 4;
    return addend == SST_ADD_VALUES || addend == SST_ADD_WEIGHTS ? 1 : 2;
}

enum sst_status
sst_tally_add(struct sst_tally *tally, int p, struct sst_block *block, const struct sst_rows *rows,
              enum sst_addend addend)
{
    struct sst_part *part = &tally->part[p];
    int64_t additions = block->rows * sst_additions_of(addend);
    if (part->additions + additions > SST_EXACT_BUDGET) {
        enum sst_status status = carry_out(part, tally);
        if (status != SST_OK)
            return status;
    }
    part->additions += additions;
    sst_block_cut(block, tally, rows, addend);
    sst_block_scatter(block, part->table, tally->groups, tally->stride, tally->copies);
    if (block->kept == block->rows)
        return SST_OK;
    return sst_part_add_rest(part, tally, block, rows, addend);
}

/* Whether all tables may be added up as they are: one budget covers them together. */
static int
within_budget(const struct sst_tally *tally)
{
    int64_t additions = 0;
    for (int p = 0; p < tally->used_parts; p++) {
        additions += tally->part[p].additions;
        if (tally->part[p].carried != NULL)
            return 0;
    }
    return additions <= SST_EXACT_BUDGET;
}

static int
has_spilled(const struct sst_tally *tally)
{
    for (int p = 0; p < tally->used_parts; p++)
        if (tally->part[p].spill.row != NULL || tally->part[p].spill.seen != NULL)
            return 1;
    return 0;
}

void
sst_tally_settle(struct sst_tally *tally, enum sst_status status)
{
    if (status != SST_OK)
        tally->used_parts = 0;
    tally->raw = within_budget(tally);
    tally->spills = has_spilled(tally);
}

enum sst_status
sst_tally_run(struct sst_tally *tally, const struct sst_rows *rows, enum sst_addend addend)
{
    struct sst_pass pass = {.rows = rows, .groups = tally->groups, .parts = tally->parts};
    if (addend == SST_ADD_WEIGHTS)
        pass.weights = tally;
    else
        pass.sums = tally;
    pass.addend = addend;
    return sst_pass_run(&pass);
}
