/* SPDX-License-Identifier: MIT
 *
 * The inside of a tally: what one thread holds, and the steps that a block of rows takes.
 */
#ifndef SST_GROUP_PART_H
#define SST_GROUP_PART_H

#include "exact_cut.h"
#include "group.h"
#include "memory.h"

/* Rows that are cut at once: their digits stay in the first-level cache. */
enum { SST_BLOCK = (SST_EXACT_BUDGET / 4) < 128 ? (SST_EXACT_BUDGET / 4) : 128 };

/* Words of a table's row: digits of up to three totals and the count. */
enum { SST_STRIDE_MOST = 22 };

/* Rows ahead of which a table row is fetched from memory. */
enum { SST_AHEAD = 32 };

/* Words of a table that stay in the second-level cache: nothing is fetched ahead. */
enum { SST_CACHED_WORDS = 1 << 15 };

/* Clusters up to which a thread keeps several tables, used in turn: else neighboring rows
 * of one cluster wait for each other's addition. */
enum { SST_FEW = 128, SST_COPIES = 4 };

/* Clusters below which one thread rounds them all. */
enum { SST_MANY_GROUPS = 1 << 14 };

/* Rows behind those of the clusters, for values of no cluster: taken in turn, since one row
 * would have them wait for each other. */
enum { SST_NOBODY = 8 };

/* Whether an addend has weights in it. */
static inline int
sst_is_weighted(enum sst_addend addend)
{
    return addend != SST_ADD_VALUES && addend != SST_ADD_SQUARES && addend != SST_ADD_CROSS;
}

/* Rows of a table of so many clusters. */
static inline ptrdiff_t
sst_rows_for(ptrdiff_t groups)
{
    return groups + SST_NOBODY;
}

/* Totals on the whole grid, of the clusters that need it: SST_GRID_LIMBS for each total. */
struct sst_spill {
    int32_t *row;  /* of each cluster, counted from 1; NULL until one is needed */
    uint8_t *seen; /* of each cluster's totals */
    int64_t *digits;
    int totals;
    int32_t used;
    int32_t room;
    int64_t additions; /* since the last carry */
};

struct sst_part {
    int64_t *table;   /* copies x sst_rows_for(groups) x stride: digits and count */
    int64_t *carried; /* groups x carried words, or NULL: what the budget made room for */
    int stride;       /* words of the table's rows */
    int64_t additions;
    struct sst_spill spill;
};

struct sst_tally {
    ptrdiff_t groups;
    int parts;
    int copies;
    int used_parts; /* of the last run */
    int stride;
    int raw;    /* tables may be added up without a carry */
    int spills; /* some part has what no table holds */
    int totals;
    int digit[SST_TOTALS_MOST]; /* where each total's digits begin in a row */
    struct sst_window window[SST_TOTALS_MOST];
    struct sst_part *part;
};

/* Words of a carried row: the digits of all totals with headroom. */
static inline int
sst_carried_words(const struct sst_tally *tally)
{
    return tally->stride - 1 + SST_HEADROOM * tally->totals;
}

/* Where a total's digits begin in it. */
static inline int
sst_carried_digit(const struct sst_tally *tally, int total)
{
    return tally->digit[total] + SST_HEADROOM * total;
}

/* One block on its way. */
struct sst_block {
    ptrdiff_t rows;
    const double *real;
    const double *weight;
    const int64_t *whole;
    const double *other;
    const int64_t *other_whole;
    ptrdiff_t kept; /* rows of `cut` that hold their value */
    int64_t cut[SST_BLOCK * SST_STRIDE_MOST];
    int32_t slot[SST_BLOCK + SST_AHEAD]; /* copied: the caller's codes may change under us */
    double real_room[SST_BLOCK];
    double weight_room[SST_BLOCK];
    int64_t whole_room[SST_BLOCK];
    double other_room[SST_BLOCK];
    int64_t other_whole_room[SST_BLOCK];
};

/* Values (and weights, and others) of rows start .. start + block->rows as doubles or integers. */
void sst_block_load(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t start,
                    enum sst_addend addend);

/* Rows of a loaded and placed block that have weights and lack theirs are in no cluster. */
void sst_block_drop_unweighted(struct sst_block *block, const struct sst_rows *rows,
                               ptrdiff_t groups);

/* Rows of a loaded and placed block that lack their other are in no cluster. */
void sst_block_drop_single(struct sst_block *block, const struct sst_rows *rows, ptrdiff_t groups);

/* Of a block loaded with its weights makes them its values, missing where a value is missing that
 * is to be skipped. */
void sst_block_turn_to_weights(struct sst_block *block, const struct sst_rows *rows);

/* Codes to rows of the table, `groups` or above where there is none, and some codes ahead of the
 * block as far as `end`; SST_CODE_RANGE if one is not below groups. */
SST_CHECKED enum sst_status sst_block_place(struct sst_block *block, const struct sst_rows *rows,
                                            ptrdiff_t start, ptrdiff_t end, ptrdiff_t groups);

/* Chooses the windows and the layout of a row from rows spread over the whole column. */
void sst_tally_layout(struct sst_tally *tally, const struct sst_rows *rows, enum sst_addend addend);

/* Digits that a row adds to one limb: those of a value and of what its products lost. */
int sst_additions_of(enum sst_addend addend);

/* The steps of a tally in a pass: empty tables of the layout for the parts that will run, a loaded
 * block for one of them, and what there is to do when all are done. */
SST_CHECKED enum sst_status sst_tally_prepare(struct sst_tally *tally, int parts);
SST_CHECKED enum sst_status sst_tally_add(struct sst_tally *tally, int part,
                                          struct sst_block *block, const struct sst_rows *rows,
                                          enum sst_addend addend);
void sst_tally_settle(struct sst_tally *tally, enum sst_status status);

/* Cuts the block's rows for the tally's layout. */
void sst_block_cut(struct sst_block *block, const struct sst_tally *tally,
                   const struct sst_rows *rows, enum sst_addend addend);

/* Adds the block's cut rows to the table. */
void sst_block_scatter(const struct sst_block *block, int64_t *table, ptrdiff_t groups, int stride,
                       int copies);

/* Adds the block's rows that were not cut, one by one. */
SST_CHECKED enum sst_status sst_part_add_rest(struct sst_part *part, const struct sst_tally *tally,
                                              const struct sst_block *block,
                                              const struct sst_rows *rows, enum sst_addend addend);

void sst_spill_free(struct sst_spill *spill);

/* The digits of a cluster's spilled total, or NULL. */
static inline int64_t *
sst_spill_get(const struct sst_spill *spill, ptrdiff_t group, int total)
{
    if (spill->row == NULL || spill->row[group] == 0)
        return NULL;
    size_t at = (size_t)(spill->row[group] - 1) * (size_t)spill->totals + (size_t)total;
    return spill->digits + at * SST_GRID_LIMBS;
}

/* The carried total of a cluster over all parts, in `room` of SST_GRID_LIMBS, and its count. */
struct sst_sum sst_tally_total(const struct sst_tally *tally, int total, ptrdiff_t group,
                               int64_t *room, int64_t *count);

/* The rows of a cluster that were added, over all parts. */
int64_t sst_tally_count(const struct sst_tally *tally, ptrdiff_t group);

/* Carries every spilled total. */
void sst_spill_carry(struct sst_spill *spill);

#endif
