/* SPDX-License-Identifier: MIT
 *
 * Where rows contribute one by one, the largest values of each cluster are all that the rules ask
 * for (group_top.h). Else the rows of each pair of cluster and contributor are added up, and the
 * pairs are ranked by their exact sums.
 */
#include "disclosure_cells.h"

#include <math.h>
#include <string.h>

#include "group_part.h"
#include "group_top.h"
#include "memory.h"

static enum sst_status
add_up(struct sst_tally **tally, const struct sst_rows *rows, ptrdiff_t groups, int parts)
{
    enum sst_status status = sst_tally_new(tally, groups, parts);
    if (status != SST_OK)
        return status;
    return sst_tally_run(*tally, rows, rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
}

static ptrdiff_t
size_of(const struct sst_cells *cells)
{
    return cells->kind == SST_FLOAT32 ? sizeof(float) : sizeof(double);
}

static enum sst_status
largest_rows(struct sst_cells *cells, const struct sst_rows *rows, int parts,
             const struct sst_disclosure_output *out)
{
    ptrdiff_t step = cells->places * size_of(cells);
    struct sst_tops *tops;
    cells->top = sst_table_new(cells->groups, (size_t)step);
    enum sst_status status = sst_tops_new(&tops, cells->groups, cells->places, parts);
    if (status == SST_OK)
        status = cells->top != NULL ? sst_tops_run(tops, rows, 0) : SST_NO_MEMORY;
    if (status == SST_OK) {
        sst_tops_values(tops, cells->places, cells->top, step);
        sst_tops_counts(tops, (char *)out->contributors, sizeof *out->contributors);
    }
    sst_tops_free(tops);
    return status;
}

static enum sst_status
add_up_pairs(struct sst_cells *cells, const struct sst_rows *rows,
             const struct sst_contributors *contributors, int parts)
{
    struct sst_paired *paired = &cells->paired;
    enum sst_status status = sst_paired_new(paired, rows, cells->groups, contributors);
    if (status == SST_OK)
        status = add_up(&cells->pair, &paired->rows, paired->pairs, parts);
    if (status != SST_OK)
        return status;
    cells->rounded = sst_table_new(paired->pairs, sizeof *cells->rounded);
    if (cells->rounded == NULL)
        return SST_NO_MEMORY;
    struct sst_output out = {(char *)cells->rounded, sizeof *cells->rounded, SST_FLOAT64};
    return sst_tally_finish(cells->pair, NULL, SST_RESULT_SUM, 1, &out);
}

enum sst_status
sst_cells_new(struct sst_cells *cells, const struct sst_rows *rows, ptrdiff_t groups,
              const struct sst_contributors *contributors, int parts,
              const struct sst_disclosure_output *out)
{
    *cells = (struct sst_cells){.groups = groups, .places = out->places, .kind = rows->kind};
    enum sst_status status = add_up(&cells->total, rows, groups, parts);
    if (status != SST_OK)
        return status;
    if (contributors == NULL)
        return largest_rows(cells, rows, parts, out);
    return add_up_pairs(cells, rows, contributors, parts);
}

void
sst_cells_free(struct sst_cells *cells)
{
    sst_tally_free(cells->total);
    sst_tally_free(cells->pair);
    sst_table_free(cells->top);
    sst_table_free(cells->rounded);
    sst_paired_free(&cells->paired);
}

static struct sst_bits
bits_of(enum sst_kind kind, const void *value)
{
    if (kind == SST_INT64 || kind == SST_UINT64)
        return sst_bits_integer(*(const uint64_t *)value, 0);
    return sst_bits_real(kind == SST_FLOAT32 ? (double)*(const float *)value
                                             : *(const double *)value);
}

/* A value of a row, in limbs of its own. */
static struct sst_sum
value_as_sum(const struct sst_cells *cells, ptrdiff_t number, int64_t *room)
{
    enum { LIMBS = 4 }; /* 64 bits at any place in a limb, and what a carry needs */
    struct sst_bits bits = bits_of(cells->kind, cells->top + number * size_of(cells));
    int lo = (bits.exponent - SST_LIMB_ORIGIN) / SST_LIMB_BITS;
    memset(room, 0, LIMBS * sizeof *room);
    sst_digits_add_bits(room, lo, bits);
    sst_digits_carry(room, LIMBS);
    return (struct sst_sum){.digits = room, .lo = lo, .limbs = LIMBS};
}

struct sst_sum
sst_cells_contribution(const struct sst_cells *cells, ptrdiff_t number, int64_t *room)
{
    int64_t rows;
    if (cells->pair != NULL)
        return sst_tally_total(cells->pair, 0, number, room, &rows);
    return value_as_sum(cells, number, room);
}

/* Whether pair a contributes more than b, exactly; doubles that differ are in the order of what
 * they were rounded from. */
static int
is_larger(const struct sst_cells *cells, ptrdiff_t a, ptrdiff_t b)
{
    const struct sst_ratio one = {1, 1};
    int64_t room_a[SST_GRID_LIMBS], room_b[SST_GRID_LIMBS];
    double excess;
    if (cells->rounded[a] != cells->rounded[b])
        return cells->rounded[a] > cells->rounded[b];
    struct sst_sum sum_a = sst_cells_contribution(cells, a, room_a);
    struct sst_sum sum_b = sst_cells_contribution(cells, b, room_b);
    return sst_exceeds(&sum_a, one, &sum_b, &excess);
}

/* Puts a pair in its place among the largest, if it has one. */
static void
rank(const struct sst_cells *cells, struct sst_cell *cell, ptrdiff_t pair)
{
    int at = cell->held;
    while (at > 0 && is_larger(cells, pair, cell->largest[at - 1]))
        at--;
    if (at == cells->places)
        return;
    if (cell->held < cells->places)
        cell->held++;
    for (int k = cell->held - 1; k > at; k--)
        cell->largest[k] = cell->largest[k - 1];
    cell->largest[at] = pair;
}

void
sst_cells_read(const struct sst_cells *cells, ptrdiff_t group,
               const struct sst_disclosure_output *out, struct sst_cell *cell)
{
    cell->held = 0;
    cell->target = SST_NO_CONTRIBUTION;
    if (cells->pair == NULL) {
        cell->contributors = out->contributors[group];
        for (; cell->held < cells->places && cell->held < cell->contributors; cell->held++)
            cell->largest[cell->held] = group * cells->places + cell->held;
        if (cell->held > 0)
            cell->target = cell->largest[0];
        return;
    }
    const struct sst_paired *paired = &cells->paired;
    cell->contributors = 0;
    for (ptrdiff_t pair = paired->start[group]; pair < paired->start[group + 1]; pair++) {
        if (isnan(cells->rounded[pair]))
            continue;
        cell->contributors++;
        rank(cells, cell, pair);
        if (paired->protected_pairs[pair] &&
            (cell->target == SST_NO_CONTRIBUTION || is_larger(cells, pair, cell->target)))
            cell->target = pair;
    }
    out->contributors[group] = cell->contributors;
}
