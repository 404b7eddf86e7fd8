/* SPDX-License-Identifier: MIT */
#include "group_pass.h"

#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"
#include "select_table.h"

struct run {
    const struct sst_pass *pass;
    enum sst_status status[SST_MAX_THREADS];
};

/* The addend that needs all of a row that any member of the pass does. */
static enum sst_addend
loaded_for(const struct sst_pass *pass)
{
    if (pass->rows->weights != NULL)
        return SST_ADD_PRODUCTS;
    return pass->sums != NULL && pass->addend == SST_ADD_CROSS ? SST_ADD_CROSS : SST_ADD_VALUES;
}

static enum sst_status
add_block(const struct sst_pass *pass, int p, struct sst_block *block, ptrdiff_t start,
          ptrdiff_t end)
{
    const struct sst_rows *rows = pass->rows;
    enum sst_status status = sst_block_place(block, rows, start, end, pass->groups);
    if (status != SST_OK)
        return status;
    sst_block_load(block, rows, start, loaded_for(pass));
    sst_block_drop_single(block, rows, pass->groups);
    if (pass->sums != NULL)
        status = sst_tally_add(pass->sums, p, block, rows, pass->addend);
    if (pass->selection != NULL)
        sst_selection_add(pass->selection, p, block, rows);
    if (pass->weights == NULL || status != SST_OK)
        return status;
    sst_block_turn_to_weights(block, rows);
    return sst_tally_add(pass->weights, p, block, rows, SST_ADD_WEIGHTS);
}

static void
run_part(void *work, int p, int parts)
{
    struct run *run = work;
    const struct sst_pass *pass = run->pass;
    ptrdiff_t start = sst_part_start(pass->rows->rows, p, parts);
    ptrdiff_t end = sst_part_start(pass->rows->rows, p + 1, parts);
    struct sst_block block;
    enum sst_status status = SST_OK;
    sst_fpenv saved;
    sst_fpenv_enter(&saved); /* a float that is subnormal must not be flushed as a double */
    if (pass->selection != NULL)
        sst_selection_clear(pass->selection, p);
    for (; start < end && status == SST_OK; start += block.rows) {
        block.rows = end - start < SST_BLOCK ? end - start : SST_BLOCK;
        status = add_block(pass, p, &block, start, end);
    }
    if (pass->sums != NULL)
        sst_spill_carry(&pass->sums->part[p].spill);
    if (pass->weights != NULL)
        sst_spill_carry(&pass->weights->part[p].spill);
    run->status[p] = status;
    sst_fpenv_leave(&saved);
}

/* Words that a thread has for each cluster: of a tally also those that its budget will make room
 * for, when there are more rows than that. */
static ptrdiff_t
words_of(const struct sst_tally *tally, ptrdiff_t rows, enum sst_addend addend)
{
    if (tally == NULL)
        return 0;
    int carries = rows > SST_EXACT_BUDGET / sst_additions_of(addend);
    return (ptrdiff_t)tally->stride * tally->copies + (carries ? sst_carried_words(tally) : 0);
}

/* As many threads as there are rows and room for: fewer have more rows each, so it is asked of one
 * thread's share at a time. */
static int
plan_parts(const struct sst_pass *pass)
{
    ptrdiff_t rows = pass->rows->rows;
    int parts = sst_parts_for(rows, pass->parts);
    for (; parts > 1; parts--) {
        ptrdiff_t words = words_of(pass->sums, rows / parts, pass->addend) +
                          words_of(pass->weights, rows / parts, SST_ADD_WEIGHTS) +
                          (pass->selection != NULL ? sst_selection_words(pass->selection) : 0);
        ptrdiff_t bytes = (words > 0 ? words : 1) * (ptrdiff_t)sizeof(int64_t) * parts;
        if (pass->groups <= SST_TABLES_MOST / bytes)
            break;
    }
    return parts;
}

static enum sst_status
prepare(const struct sst_pass *pass, int *parts)
{
    enum sst_status status = SST_OK;
    if (pass->sums != NULL)
        sst_tally_layout(pass->sums, pass->rows, pass->addend);
    if (pass->weights != NULL)
        sst_tally_layout(pass->weights, pass->rows, SST_ADD_WEIGHTS);
    *parts = plan_parts(pass);
    if (pass->sums != NULL)
        status = sst_tally_prepare(pass->sums, *parts);
    if (pass->weights != NULL && status == SST_OK)
        status = sst_tally_prepare(pass->weights, *parts);
    if (pass->selection != NULL && status == SST_OK)
        status = sst_selection_prepare(pass->selection, *parts);
    return status;
}

static int
is_valid(const struct sst_pass *pass)
{
    const struct sst_rows *rows = pass->rows;
    int weighted = pass->weights != NULL || (pass->sums != NULL && sst_is_weighted(pass->addend));
    int plain = pass->sums != NULL && !sst_is_weighted(pass->addend);
    int crosses = pass->sums != NULL &&
                  (pass->addend == SST_ADD_CROSS || pass->addend == SST_ADD_WEIGHTED_CROSS);
    return rows->rows >= 0 && (rows->weights != NULL ? !plain : !weighted) &&
           (rows->others != NULL || !crosses) && (rows->codes != NULL || pass->groups == 1);
}

enum sst_status
sst_pass_run(const struct sst_pass *pass)
{
    struct run run = {.pass = pass};
    int parts = 0;
    enum sst_status status = is_valid(pass) ? prepare(pass, &parts) : SST_BAD_ARGUMENT;
    if (status == SST_OK)
        sst_parallel(run_part, &run, parts);
    for (int p = 0; p < parts && status == SST_OK; p++)
        status = run.status[p];
    if (pass->sums != NULL)
        sst_tally_settle(pass->sums, status);
    if (pass->weights != NULL)
        sst_tally_settle(pass->weights, status);
    if (pass->selection != NULL && status != SST_OK)
        pass->selection->used_parts = 0;
    return status;
}
