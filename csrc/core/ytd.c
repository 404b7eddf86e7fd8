/* SPDX-License-Identifier: MIT
 *
 * The year to date less the year to date of the period before is the single period. The first
 * two periods of a year are special: Chinese releases give January and February as one figure,
 * because the Spring Festival moves between them, so a second period without a first stands
 * for both (National Bureau of Statistics of China, notes to the monthly releases).
 *
 * Halves of integers, like doubles, subtract without an error that is not rounded away once,
 * so nothing above 2^53 is lost.
 */
#include "ytd.h"

#include "fpenv.h"
#include "ytd_year.h"

ptrdiff_t
sst_ytd_years(const int64_t *period, ptrdiff_t rows, int newest_first, int64_t *year)
{
    int64_t count = 0;
    int backward = 0; /* steps of one in the wrong direction, on end */
    for (ptrdiff_t i = 0; i < rows; i++) {
        if (i > 0) {
            int64_t earlier = period[newest_first ? i : i - 1];
            int64_t later = period[newest_first ? i - 1 : i];
            backward = sst_ytd_follows(earlier, later) ? backward + 1 : 0;
            if (backward == 2 || earlier == later)
                return i;
            count += earlier > later;
        }
        year[i] = count;
    }
    return -1;
}

/* The difference of two floats has the same nearest float as its nearest double has, which has
 * more than twice the bits. */
SST_INLINE double
difference(struct sst_twofold a, struct sst_twofold b, enum sst_kind kind)
{
    double high = a.high - b.high;
    return kind == SST_INT64 || kind == SST_UINT64 ? high + (a.low - b.low) : high;
}

SST_INLINE void
single_periods(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t first,
               ptrdiff_t last, enum sst_kind kind)
{
    struct sst_twofold before = {0.0, 0.0}; /* nothing has come about before the first period */
    int64_t period_before = 0;
    ptrdiff_t row_before = -1;
    for (ptrdiff_t p = first; p < last; p++) {
        ptrdiff_t row = sst_row_at(ytd->panel, p);
        int64_t period = ytd->period[row];
        struct sst_twofold now = sst_ytd_figure(ytd, column, row, kind);
        double result = NAN;
        if (period == 2 && (row_before < 0 || isnan(before.high))) {
            double both = now.high + now.low;
            if (ytd->measure == SST_YTD_COMBINED)
                result = both;
            else if (ytd->measure == SST_YTD_SPLIT)
                result = both / 2;
            if (ytd->measure == SST_YTD_SPLIT && row_before >= 0)
                sst_ytd_put(ytd, column, row_before, result);
        } else if (sst_ytd_follows(period, period_before)) {
            result = difference(now, before, kind);
        }
        sst_ytd_put(ytd, column, row, result);
        before = now;
        period_before = period;
        row_before = row;
    }
}

static void
singles(const struct sst_ytd *ytd, const struct sst_ytd_column *column, ptrdiff_t first,
        ptrdiff_t last)
{
    if (ytd->kind == SST_FLOAT32)
        single_periods(ytd, column, first, last, SST_FLOAT32);
    else if (ytd->kind == SST_FLOAT64)
        single_periods(ytd, column, first, last, SST_FLOAT64);
    else if (ytd->kind == SST_INT64)
        single_periods(ytd, column, first, last, SST_INT64);
    else
        single_periods(ytd, column, first, last, SST_UINT64);
}

/* --- all years of all columns ------------------------------------------------------ */

/* Columns side by side, so that a year of a table is read once though columns run across its
 * rows. */
enum { AT_ONCE = 64 };

struct run {
    const struct sst_ytd *ytd;
    ptrdiff_t columns;
};

static struct sst_ytd_column
column_at(const struct sst_ytd *ytd, ptrdiff_t index)
{
    const struct sst_columns *c = ytd->columns;
    struct sst_ytd_column column = {c->in, ytd->missing, c->out};
    for (int d = c->dimensions - 1; d >= 0; d--) {
        ptrdiff_t at = index % c->shape[d];
        index /= c->shape[d];
        column.in += at * c->in_step[d];
        column.out += at * c->out_step[d];
        if (column.missing != NULL)
            column.missing += at * ytd->missing_step[d];
    }
    return column;
}

static void
run_part(void *work, int part, int parts)
{
    const struct run *run = work;
    const struct sst_ytd *ytd = run->ytd;
    const int64_t *starts = ytd->panel->starts;
    const sst_ytd_kernel kernel = ytd->measure == SST_YTD_SUM ? sst_ytd_sums : singles;
    struct sst_ytd_share share = sst_ytd_share(run->columns, ytd->panel->units, part, parts);
    struct sst_ytd_column columns[AT_ONCE];
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t c = share.first; c < share.last; c += AT_ONCE) {
        ptrdiff_t n = share.last - c < AT_ONCE ? share.last - c : AT_ONCE;
        for (ptrdiff_t k = 0; k < n; k++)
            columns[k] = column_at(ytd, c + k);
        for (ptrdiff_t year = share.from; year < share.to; year++)
            for (ptrdiff_t k = 0; k < n; k++)
                kernel(ytd, &columns[k], starts[year], starts[year + 1]);
    }
    sst_fpenv_leave(&saved);
}

void
sst_ytd(const struct sst_ytd *ytd, int threads)
{
    struct run run = {ytd, 1};
    for (int d = 0; d < ytd->columns->dimensions; d++)
        run.columns *= ytd->columns->shape[d];
    if (run.columns > 0)
        sst_parallel(run_part, &run, threads);
}
