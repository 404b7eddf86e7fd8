/* SPDX-License-Identifier: MIT
 *
 * The rules and their upper protection levels as in A. Hundepool et al., Handbook on Statistical
 * Disclosure Control (2nd edition, 2025), 4.2 and 4.4. With waivers a rule protects s, the largest
 * contribution whose contributor has not waived, and takes it together with the largest others;
 * where nobody is to be protected no rule holds.
 *
 * All inequalities are strict and decided on exact totals: a tie is safe.
 */
#include "disclosure.h"

#include <math.h>

#include "disclosure_cells.h"
#include "fpenv.h"
#include "group_part.h"
#include "parallel.h"

struct judging {
    const struct sst_cells *cells;
    const struct sst_disclosure_rules *rules;
    const struct sst_disclosure_output *out;
};

/* The sum of so many of the largest contributions, the target among them. */
static void
gather_together(const struct sst_cells *cells, const struct sst_cell *cell, int together,
                int negative, struct sst_gathered *gathered)
{
    int64_t room[SST_GRID_LIMBS];
    int waiting = 1;
    for (int k = 0; k < together && k < cell->held; k++) {
        ptrdiff_t number = cell->largest[k];
        if (k == together - 1 && waiting)
            number = cell->target;
        waiting = waiting && number != cell->target;
        struct sst_sum contribution = sst_cells_contribution(cells, number, room);
        sst_gather(gathered, &contribution, negative);
    }
}

/* Whether a rule holds for a cluster with a target, and the protection level it asks for. */
static int
holds(const struct sst_cells *cells, const struct sst_cell *cell,
      const struct sst_concentration_rule *rule, const struct sst_sum *total, double *level)
{
    struct sst_gathered gathered;
    int64_t room[SST_GRID_LIMBS];
    sst_gather_clear(&gathered);
    if (rule->flag == SST_DOMINANCE) {
        gather_together(cells, cell, rule->together, 0, &gathered);
        struct sst_sum together = sst_gathered_sum(&gathered);
        return sst_exceeds(&together, rule->ratio, total, level);
    }
    sst_gather(&gathered, total, 0);
    gather_together(cells, cell, rule->together, 1, &gathered);
    struct sst_sum others = sst_gathered_sum(&gathered);
    struct sst_sum target = sst_cells_contribution(cells, cell->target, room);
    return sst_exceeds(&target, rule->ratio, &others, level);
}

static void
judge(const struct judging *j, ptrdiff_t group)
{
    const struct sst_disclosure_rules *rules = j->rules;
    struct sst_cell cell;
    int64_t room[SST_GRID_LIMBS], rows;
    int flags = 0;
    double level, most = 0.0;
    sst_cells_read(j->cells, group, j->out, &cell);
    int someone = cell.target != SST_NO_CONTRIBUTION;
    if (cell.contributors < rules->min_count &&
        (someone || (cell.contributors == 0 && rules->empty)))
        flags = SST_FREQUENCY;
    struct sst_sum total = sst_tally_total(j->cells->total, 0, group, room, &rows);
    for (ptrdiff_t k = 0; k < rules->rules && someone; k++) {
        if (!holds(j->cells, &cell, &rules->rule[k], &total, &level))
            continue;
        flags |= (int)rules->rule[k].flag;
        most = level > most ? level : most;
    }
    j->out->flags[group] = (int8_t)flags;
    j->out->protection[group] = most;
    for (ptrdiff_t k = 0; k < j->out->places; k++) {
        double *place = &j->out->largest[group * j->out->places + k];
        *place = (double)NAN;
        if (k < cell.held) {
            struct sst_sum one = sst_cells_contribution(j->cells, cell.largest[k], room);
            *place = sst_round_sum(&one, 0);
        }
    }
}

static void
judge_part(void *work, int part, int parts)
{
    const struct judging *j = work;
    ptrdiff_t end = sst_part_start(j->cells->groups, part + 1, parts);
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_part_start(j->cells->groups, part, parts); g < end; g++)
        judge(j, g);
    sst_fpenv_leave(&saved);
}

static int
are_rules(const struct sst_disclosure_rules *rules, ptrdiff_t places)
{
    int are = places >= 1 && places <= SST_TOGETHER_MOST;
    for (ptrdiff_t k = 0; k < rules->rules; k++) {
        const struct sst_concentration_rule *rule = &rules->rule[k];
        are &= rule->together >= 1 && rule->together <= places;
        are &= rule->ratio.over - 1 < INT64_MAX && rule->ratio.under - 1 < INT64_MAX;
        are &= rule->flag == SST_DOMINANCE || rule->flag == SST_P_PERCENT ||
               rule->flag == SST_PRIOR_POSTERIOR;
    }
    return are;
}

enum sst_status
sst_disclosure(const struct sst_rows *rows, ptrdiff_t groups,
               const struct sst_contributors *contributors,
               const struct sst_disclosure_rules *rules, int parts,
               const struct sst_disclosure_output *out)
{
    struct sst_cells cells;
    if (!are_rules(rules, out->places) || (contributors == NULL && rows->weights != NULL))
        return SST_BAD_ARGUMENT;
    enum sst_status status = sst_cells_new(&cells, rows, groups, contributors, parts, out);
    if (status == SST_OK)
        status = sst_tally_finish(cells.total, NULL, SST_RESULT_SUM, 0, &out->total);
    if (status == SST_OK) {
        struct judging j = {&cells, rules, out};
        sst_parallel(judge_part, &j, groups < SST_MANY_GROUPS ? 1 : parts);
    }
    sst_cells_free(&cells);
    return status;
}
