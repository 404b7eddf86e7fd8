/* SPDX-License-Identifier: MIT
 *
 * One pass over the members counts and keeps what any rule may look at; the exact mean comes
 * from the sums by cluster (group.h); then each cluster is judged by the rule's row.
 */
#include "rollup.h"

#include "group.h"
#include "memory.h"

/* Where column `column` of an operand has the figure of row `row`. */
static const void *
figure_at(const struct sst_roll_up *call, int operand, ptrdiff_t row, ptrdiff_t column)
{
    return call->in[operand] + row * call->row_step[operand] + column * call->column_step[operand];
}

static double
real_of(const struct sst_roll_up *call, int operand, ptrdiff_t row, ptrdiff_t column)
{
    return call->in[operand] != NULL ? *(const double *)figure_at(call, operand, row, column) : NAN;
}

static int
code_of(const struct sst_roll_up *call, int operand, ptrdiff_t row, ptrdiff_t column)
{
    return call->in[operand] != NULL ? *(const int8_t *)figure_at(call, operand, row, column) : 0;
}

static int64_t
cluster_of(const struct sst_roll_up *call, ptrdiff_t row)
{
    if (call->codes == NULL)
        return 0;
    return call->wide_codes ? ((const int64_t *)call->codes)[row]
                            : ((const int32_t *)call->codes)[row];
}

static void
keep_least(struct sst_members *m, double score)
{
    if (isnan(score) || score >= m->least[1])
        return;
    m->least[1] = score < m->least[0] || isnan(m->least[0]) ? m->least[0] : score;
    m->least[0] = fmin(score, m->least[0]);
}

/* A deadline that is over no longer counts; of several verdicts at the next one the worst does. */
static void
keep_next(struct sst_members *m, double left, int status, double score)
{
    if (!(left >= 0.0) || left > m->left)
        return;
    int earlier = !(left == m->left);
    if (earlier || m->next_status == 0 || (status > 0 && status < m->next_status)) {
        m->left = left;
        m->next_status = status;
        m->next_score = status > 0 ? score : NAN;
    } else if (status == m->next_status) {
        m->next_score = fmin(score, m->next_score);
    }
}

static void
add_member(struct sst_members *m, const struct sst_roll_up *call, ptrdiff_t row, ptrdiff_t column)
{
    double score = real_of(call, SST_MEMBER_SCORE, row, column);
    int status = code_of(call, SST_MEMBER_STATUS, row, column);
    int available = call->rule->by_status ? status > 0 : !isnan(score);
    m->members++;
    keep_next(m, real_of(call, SST_MEMBER_LEFT, row, column), status, score);
    if (!available)
        return;
    m->available++;
    int level = code_of(call, SST_MEMBER_LEVEL, row, column);
    m->reached += level > 0 && status >= level;
    m->status = status > 0 && (m->status == 0 || status < m->status) ? status : m->status;
    keep_least(m, score);
}

static enum sst_status
gather(struct sst_members *table, const struct sst_roll_up *call, ptrdiff_t column)
{
    for (ptrdiff_t k = 0; k < call->clusters; k++)
        table[k] =
            (struct sst_members){.mean = NAN, .least = {NAN, NAN}, .left = NAN, .next_score = NAN};
    for (ptrdiff_t row = 0; row < call->rows; row++) {
        int64_t cluster = cluster_of(call, row);
        if (cluster >= call->clusters)
            return SST_CODE_RANGE;
        if (cluster >= 0)
            add_member(&table[cluster], call, row, column);
    }
    return SST_OK;
}

/* The means of one column's scores into the table. */
static enum sst_status
add_means(struct sst_members *table, struct sst_tally *tally, const struct sst_roll_up *call,
          ptrdiff_t column)
{
    if (call->in[SST_MEMBER_SCORE] == NULL || call->rows == 0)
        return SST_OK;
    struct sst_rows rows = {.rows = call->rows,
                            .values = figure_at(call, SST_MEMBER_SCORE, 0, column),
                            .step = call->row_step[SST_MEMBER_SCORE],
                            .kind = SST_FLOAT64,
                            .codes = call->codes,
                            .wide_codes = call->wide_codes,
                            .skip_missing = 1};
    struct sst_output out = {(char *)&table[0].mean, sizeof *table, SST_FLOAT64};
    enum sst_status status = sst_tally_run(tally, &rows, SST_ADD_VALUES);
    return status == SST_OK ? sst_tally_finish(tally, NULL, SST_RESULT_MEAN, 1, &out) : status;
}

static void
judge_all(const struct sst_members *table, const struct sst_roll_up *call, ptrdiff_t column)
{
    for (ptrdiff_t k = 0; k < call->clusters; k++) {
        const struct sst_members *m = &table[k];
        struct sst_verdict verdict = {NAN, NAN, 0, NAN};
        double coverage = m->available > 0 ? (double)m->available / (double)m->members : -1.0;
        if (coverage >= call->min_coverage)
            call->rule->judge(call->rule, m, &verdict);
        ptrdiff_t at = k * call->columns + column;
        call->value[at] = verdict.value + 0.0;
        call->score[at] = verdict.score + 0.0;
        call->status[at] = (int8_t)verdict.status;
        call->members[at] = m->members;
        call->available[at] = m->available;
    }
}

enum sst_status
sst_roll_up(const struct sst_roll_up *call)
{
    if (call->clusters <= 0 || call->columns <= 0)
        return SST_OK;
    struct sst_tally *tally = NULL;
    struct sst_members *table = sst_table_new(call->clusters, sizeof *table);
    enum sst_status status = table != NULL ? SST_OK : SST_NO_MEMORY;
    if (status == SST_OK)
        status = sst_tally_new(&tally, call->clusters, 1);
    for (ptrdiff_t column = 0; column < call->columns && status == SST_OK; column++) {
        status = gather(table, call, column);
        if (status == SST_OK)
            status = add_means(table, tally, call, column);
        if (status == SST_OK)
            judge_all(table, call, column);
    }
    sst_tally_free(tally);
    sst_table_free(table);
    return status;
}
