/* SPDX-License-Identifier: MIT
 *
 * Differences over a panel against the definition: for each row, search all rows for the
 * one of its unit that many steps earlier. Rows in order, with and without gaps, and
 * shuffled; several lags and columns at once; blocks and threads cut anywhere.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "growth.h"
#include "panel.h"

enum { UNITS = 3, LONGEST = 700, ROWS = UNITS * LONGEST, LAGS = 7, WIDTH = 2 };

struct table {
    ptrdiff_t rows;
    int32_t codes[ROWS];
    int64_t steps[ROWS];
    double values[ROWS * WIDTH];
};

static uint32_t
next_random(uint32_t *state)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
    return *state >> 8;
}

/* Units of consecutive steps; one row in `every` is left out (0: none). */
static void
fill_table(struct table *t, uint32_t every, uint32_t seed)
{
    t->rows = 0;
    for (int32_t unit = 0; unit < UNITS; unit++)
        for (int64_t step = 0; step < LONGEST - 100 * unit; step++) {
            if (every != 0 && next_random(&seed) % every == 0)
                continue;
            t->codes[t->rows] = unit;
            t->steps[t->rows] = step;
            for (int c = 0; c < WIDTH; c++)
                t->values[WIDTH * t->rows + c] = next_random(&seed) % 1000;
            t->rows++;
        }
}

static void
shuffle(struct table *t, uint32_t seed)
{
    for (ptrdiff_t i = t->rows - 1; i > 0; i--) {
        ptrdiff_t k = (ptrdiff_t)(next_random(&seed) % (uint32_t)(i + 1));
        int32_t code = t->codes[i];
        int64_t step = t->steps[i];
        double value[WIDTH];
        memcpy(value, t->values + WIDTH * i, sizeof value);
        t->codes[i] = t->codes[k];
        t->steps[i] = t->steps[k];
        memcpy(t->values + WIDTH * i, t->values + WIDTH * k, sizeof value);
        t->codes[k] = code;
        t->steps[k] = step;
        memcpy(t->values + WIDTH * k, value, sizeof value);
    }
}

static double
by_search(const struct table *t, ptrdiff_t row, int column, int64_t lag)
{
    for (ptrdiff_t i = 0; i < t->rows; i++)
        if (t->codes[i] == t->codes[row] && t->steps[row] - t->steps[i] == lag)
            return t->values[WIDTH * row + column] - t->values[WIDTH * i + column];
    return -12345.0; /* the fill */
}

/* Every cell of both columns and all lags. */
static void
check_apply(const struct table *t, const struct sst_panel *panel, const int64_t *lag,
            ptrdiff_t lags, int threads)
{
    static double out[LAGS * ROWS * WIDTH];
    const double fill = -12345.0, exponents[2 * LAGS] = {0};
    struct sst_columns columns = {.in = (const char *)t->values,
                                  .out = (char *)out,
                                  .in_row = WIDTH * sizeof(double),
                                  .out_row = WIDTH * sizeof(double),
                                  .out_lag = (ptrdiff_t)sizeof(double) * WIDTH * t->rows,
                                  .in_size = sizeof(double),
                                  .out_size = sizeof(double),
                                  .dimensions = 1,
                                  .shape = {WIDTH},
                                  .in_step = {sizeof(double)},
                                  .out_step = {sizeof(double)}};
    struct sst_pairing pairing = {
        .pair = sst_difference_f64, .lags = lags, .lag = lag, .exponents = exponents};
    memcpy(pairing.fill, &fill, sizeof fill);
    memset(out, 0, sizeof out);
    sst_panel_apply(panel, &columns, &pairing, threads);
    for (ptrdiff_t k = 0; k < lags; k++)
        for (ptrdiff_t row = 0; row < t->rows; row++)
            for (int c = 0; c < WIDTH; c++)
                CHECK(out[(k * t->rows + row) * WIDTH + c] == by_search(t, row, c, lag[k]));
}

static void
check_table(const struct table *t, int in_order)
{
    static const int64_t lags[LAGS] = {0, 1, 2, 12, -1, -3, 5000};
    static const int64_t neighbors[] = {1, -1, 0};
    struct sst_panel panel;
    sst_panel_clear(&panel);
    int sorted = 0;
    ptrdiff_t repeated[2];
    if (in_order)
        CHECK(sst_panel_scan_i32(t->codes, t->steps, t->rows, 0, 1, &panel, &sorted) == SST_OK);
    else
        CHECK(sst_panel_sort(t->codes, UNITS, t->steps, t->rows, 1, &panel, repeated) == SST_OK);
    CHECK(sorted == in_order);
    for (int threads = 1; threads <= 3; threads++) {
        check_apply(t, &panel, lags, LAGS, threads);
        check_apply(t, &panel, neighbors, 3, threads);
    }
    sst_panel_free(&panel);
}

int
main(void)
{
    static struct table t;
    for (uint32_t every = 0; every <= 10; every += 5) {
        fill_table(&t, every, every + 1);
        check_table(&t, 1);
        shuffle(&t, every + 2);
        check_table(&t, 0);
    }
    return check_summary();
}
