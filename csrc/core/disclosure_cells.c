/* SPDX-License-Identifier: MIT
 *
 * Where rows contribute one by one, the largest values of each cluster are all that the rules ask
 * for (group_top.h). Else the rows of each pair of cluster and contributor are added up, and the
 * pairs ranked by their exact sums.
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
        status = cells->top != NULL ? sst_tops_run(tops, rows) : SST_NO_MEMORY;
    if (status == SST_OK) {
        sst_tops_values(tops, cells->places, cells->top, step);
        sst_tops_counts(tops, (char *)out->contributors, sizeof *out->contributors);
    }
    sst_tops_free(tops);
    return status;
}

static int
is_listed(const struct sst_cells *cells, const struct sst_contributors *c, ptrdiff_t pair)
{
    return c->cluster[pair] >= 0 && !isnan(cells->rounded[pair]);
}

/* The pairs of each cluster next to each other: counts, then ends, then starts. */
static enum sst_status
list_pairs(struct sst_cells *cells, const struct sst_contributors *c)
{
    ptrdiff_t *start = cells->start;
    for (ptrdiff_t k = 0; k < c->pairs; k++) {
        if (c->cluster[k] >= cells->groups)
            return SST_CODE_RANGE;
        if (is_listed(cells, c, k))
            start[c->cluster[k]]++;
    }
    for (ptrdiff_t g = 0; g < cells->groups; g++)
        start[g + 1] += start[g];
    for (ptrdiff_t k = c->pairs - 1; k >= 0; k--)
        if (is_listed(cells, c, k))
            cells->order[--start[c->cluster[k]]] = k;
    return SST_OK;
}

static int64_t
pair_of(const struct sst_contributors *c, ptrdiff_t row)
{
    return c->wide_codes ? ((const int64_t *)c->codes)[row] : ((const int32_t *)c->codes)[row];
}

static void
mark_protected(struct sst_cells *cells, const struct sst_contributors *c, ptrdiff_t rows)
{
    for (ptrdiff_t i = 0; i < rows; i++) {
        int64_t pair = pair_of(c, i);
        if (pair >= 0 && pair < c->pairs && (c->waived == NULL || !c->waived[i]))
            cells->protected_pairs[pair] = 1;
    }
}

static enum sst_status
add_up_pairs(struct sst_cells *cells, const struct sst_rows *rows, const struct sst_contributors *c,
             int parts)
{
    struct sst_rows by_pair = *rows;
    by_pair.codes = c->codes;
    by_pair.wide_codes = c->wide_codes;
    cells->rounded = sst_table_new(c->pairs, sizeof *cells->rounded);
    cells->protected_pairs = sst_table_new(c->pairs, 1);
    cells->start = sst_table_new(cells->groups + 1, sizeof *cells->start);
    cells->order = sst_table_new(c->pairs, sizeof *cells->order);
    if (!cells->rounded || !cells->protected_pairs || !cells->start || !cells->order)
        return SST_NO_MEMORY;
    enum sst_status status = add_up(&cells->pair, &by_pair, c->pairs, parts);
    if (status != SST_OK)
        return status;
    struct sst_output out = {(char *)cells->rounded, sizeof *cells->rounded, SST_FLOAT64};
    status = sst_tally_finish(cells->pair, NULL, SST_RESULT_SUM, 1, &out);
    if (status != SST_OK)
        return status;
    mark_protected(cells, c, rows->rows);
    return list_pairs(cells, c);
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
    sst_table_free(cells->protected_pairs);
    sst_table_free(cells->start);
    sst_table_free(cells->order);
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
    cell->contributors = cells->start[group + 1] - cells->start[group];
    out->contributors[group] = cell->contributors;
    for (ptrdiff_t k = cells->start[group]; k < cells->start[group + 1]; k++) {
        ptrdiff_t pair = cells->order[k];
        rank(cells, cell, pair);
        if (cells->protected_pairs[pair] &&
            (cell->target == SST_NO_CONTRIBUTION || is_larger(cells, pair, cell->target)))
            cell->target = pair;
    }
}
