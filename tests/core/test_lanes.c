/* SPDX-License-Identifier: MIT
 *
 * Lanes of any type, stride and number of dimensions: every lane is seen once, as it is.
 */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "lanes.h"

enum { PERIODS = 5, ROWS = 3, COLUMNS = 7, CELLS = PERIODS * ROWS * COLUMNS };

/* result[0] = sum of in[0] by place, with the place as weight; result[1] = in[1]'s last. */
static void
weigh(const struct sst_lane *lane)
{
    double sum = lane->options[0];
    for (ptrdiff_t i = 0; i < lane->length[0]; i++)
        sum += (double)(i + 1) * lane->in[0][i];
    lane->out[0] = sum;
    lane->out[1] = lane->length[1] > 0 ? lane->in[1][lane->length[1] - 1] : -1.0;
}

union cells {
    float f32[CELLS];
    double f64[CELLS];
    int64_t i64[CELLS];
    uint64_t u64[CELLS];
};

static ptrdiff_t
store(union cells *cells, enum sst_kind kind, ptrdiff_t at, int value)
{
    switch (kind) {
    case SST_FLOAT32:
        cells->f32[at] = (float)value;
        return sizeof(float);
    case SST_INT64:
        cells->i64[at] = value;
        return sizeof(int64_t);
    case SST_UINT64:
        cells->u64[at] = (uint64_t)value;
        return sizeof(uint64_t);
    default:
        cells->f64[at] = value;
        return sizeof(double);
    }
}

/* The place of a cell in memory: `along` last (plain lanes), first, or first and reversed. */
static ptrdiff_t
place(int layout, int i, int r, int c)
{
    if (layout == 0)
        return (r * COLUMNS + c) * PERIODS + i;
    int period = layout == 1 ? i : PERIODS - 1 - i;
    return (period * ROWS + r) * COLUMNS + c;
}

static void
check_layout(enum sst_kind kind, enum sst_kind result, int layout, int threads)
{
    union cells cells;
    const double repeated[2] = {3.0, 4.0}, option = 0.5;
    float narrow[2][ROWS][COLUMNS];
    double wide[2][ROWS][COLUMNS];
    ptrdiff_t size = 0, out_size = result == SST_FLOAT32 ? sizeof(float) : sizeof(double);
    for (int i = 0; i < PERIODS; i++)
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++)
                size = store(&cells, kind, place(layout, i, r, c), i + 10 * r + 100 * c);
    struct sst_lanes lanes = {.function = weigh, .options = &option, .inputs = 2, .dimensions = 2};
    lanes.shape[0] = ROWS;
    lanes.shape[1] = COLUMNS;
    lanes.in[0] = (const char *)&cells + place(layout, 0, 0, 0) * size;
    lanes.in_layout[0] =
        (struct sst_lane_layout){kind,
                                 PERIODS,
                                 (place(layout, 1, 0, 0) - place(layout, 0, 0, 0)) * size,
                                 {(place(layout, 0, 1, 0) - place(layout, 0, 0, 0)) * size,
                                  (place(layout, 0, 0, 1) - place(layout, 0, 0, 0)) * size}};
    lanes.in[1] = (const char *)repeated;
    lanes.in_layout[1] = (struct sst_lane_layout){SST_FLOAT64, 2, sizeof(double), {0, 0}};
    lanes.out = result == SST_FLOAT32 ? (char *)narrow : (char *)wide;
    lanes.out_layout = (struct sst_lane_layout){
        result, 2, ROWS * COLUMNS * out_size, {COLUMNS * out_size, out_size}};
    CHECK(sst_lanes_run(&lanes, threads) == SST_OK);
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) {
            double want = 0.5;
            for (int i = 0; i < PERIODS; i++)
                want += (i + 1) * (i + 10 * r + 100 * c);
            CHECK((result == SST_FLOAT32 ? (double)narrow[0][r][c] : wide[0][r][c]) == want);
            CHECK((result == SST_FLOAT32 ? (double)narrow[1][r][c] : wide[1][r][c]) == 4.0);
        }
}

/* No lanes, lanes without periods, and lanes too long to copy. */
static void
check_edges(void)
{
    const double option = 2.0;
    double out[2] = {0.0, 0.0};
    struct sst_lanes lanes = {.function = weigh, .options = &option, .inputs = 1};
    lanes.in[0] = (const char *)out;
    lanes.out = (char *)out;
    lanes.in_layout[0] = (struct sst_lane_layout){SST_FLOAT64, 0, sizeof(double), {0}};
    lanes.out_layout = (struct sst_lane_layout){SST_FLOAT64, 2, sizeof(double), {0}};
    CHECK(sst_lanes_run(&lanes, 3) == SST_OK && out[0] == 2.0 && out[1] == -1.0);
    lanes.in_layout[0] = (struct sst_lane_layout){SST_FLOAT32, PTRDIFF_MAX / 16, 4, {0}};
    CHECK(sst_lanes_run(&lanes, 1) == SST_NO_MEMORY);
    out[0] = 7.0;
    lanes.dimensions = 1;
    CHECK(sst_lanes_run(&lanes, 1) == SST_OK && out[0] == 7.0);
}

int
main(void)
{
    const enum sst_kind kinds[] = {SST_FLOAT32, SST_FLOAT64, SST_INT64, SST_UINT64};
    for (int k = 0; k < 4; k++)
        for (int layout = 0; layout < 3; layout++)
            for (int threads = 1; threads <= 4; threads++) {
                check_layout(kinds[k], SST_FLOAT64, layout, threads);
                check_layout(kinds[k], SST_FLOAT32, layout, threads);
            }
    check_edges();
    return check_summary();
}
