/* SPDX-License-Identifier: MIT
 *
 * Plans against the definition: for each row, search all rows for its unit and step.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "panel.h"

enum { MOST = 400, UNITS = 5 };

struct rows {
    ptrdiff_t n;
    int32_t codes[MOST];
    int64_t labels[MOST];
    int64_t steps[MOST];
};

static uint32_t
next_random(uint32_t *state)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
    return *state >> 8;
}

/* n different (code, step) pairs with steps origin + stride * (0..range-1). */
static void
draw(struct rows *r, ptrdiff_t n, int64_t origin, int64_t stride, uint32_t range, uint32_t seed)
{
    r->n = 0;
    while (r->n < n) {
        int32_t code = (int32_t)(next_random(&seed) % UNITS);
        int64_t step = origin + stride * (int64_t)(next_random(&seed) % range);
        int taken = 0;
        for (ptrdiff_t i = 0; i < r->n; i++)
            taken |= r->codes[i] == code && r->steps[i] == step;
        if (taken)
            continue;
        r->codes[r->n] = code;
        r->steps[r->n++] = step;
    }
}

static int
before(const struct rows *r, ptrdiff_t a, ptrdiff_t b)
{
    return r->codes[a] != r->codes[b] ? r->codes[a] < r->codes[b] : r->steps[a] < r->steps[b];
}

static void
sort_rows(struct rows *r)
{
    for (ptrdiff_t i = 1; i < r->n; i++)
        for (ptrdiff_t k = i; k > 0 && before(r, k, k - 1); k--) {
            int32_t code = r->codes[k];
            int64_t step = r->steps[k];
            r->codes[k] = r->codes[k - 1];
            r->steps[k] = r->steps[k - 1];
            r->codes[k - 1] = code;
            r->steps[k - 1] = step;
        }
}

static int64_t
base_by_search(const struct rows *r, ptrdiff_t row, int64_t lag)
{
    for (ptrdiff_t i = 0; i < r->n; i++)
        if (r->codes[i] == r->codes[row] &&
            (uint64_t)r->steps[row] - (uint64_t)r->steps[i] == (uint64_t)lag &&
            (lag >= 0) == (r->steps[row] >= r->steps[i]))
            return i;
    return -1;
}

static void
check_lags(const struct rows *r, const struct sst_panel *panel, int64_t stride)
{
    static const int64_t lags[] = {0, 1, 2, 12, -1, -3, 1000, INT64_C(1) << 62};
    int64_t bases[MOST];
    for (size_t k = 0; k < sizeof lags / sizeof *lags; k++) {
        int64_t lag = k < 7 ? lags[k] * stride : lags[k];
        sst_panel_rows(panel, lag, bases);
        int same = 1;
        for (ptrdiff_t i = 0; i < r->n; i++)
            same &= bases[i] == base_by_search(r, i, lag);
        CHECK(same);
    }
}

/* A walk may start anywhere: each row alone must agree with all rows in one go. */
static void
check_walks(const struct sst_panel *panel, int64_t lag)
{
    for (ptrdiff_t p = 0; p < panel->rows; p += 7) {
        struct sst_walk whole, part;
        int64_t all[MOST], one;
        sst_walk_start(panel, lag, 0, &whole);
        sst_walk_next(panel, &whole, 0, panel->rows, all);
        sst_walk_start(panel, lag, p, &part);
        sst_walk_next(panel, &part, p, p + 1, &one);
        CHECK(one == all[p]);
    }
}

static void
check_draw(ptrdiff_t n, int64_t origin, int64_t stride, uint32_t range)
{
    struct rows r;
    struct sst_panel panel;
    ptrdiff_t repeated[2];
    draw(&r, n, origin, stride, range, (uint32_t)n + range);
    for (int threads = 1; threads <= 4; threads++) {
        CHECK(sst_panel_sort(r.codes, UNITS, r.steps, r.n, threads, &panel, repeated) == SST_OK);
        check_lags(&r, &panel, stride);
        check_walks(&panel, 2 * stride);
        check_walks(&panel, -stride);
        sst_panel_free(&panel);
    }
    sort_rows(&r);
    for (int threads = 1; threads <= 4; threads++)
        for (int keep = 0; keep < 2; keep++) {
            int sorted = 0;
            CHECK(sst_panel_scan_i32(r.codes, r.steps, r.n, keep, threads, &panel, &sorted) ==
                  SST_OK);
            CHECK(sorted);
            check_lags(&r, &panel, stride);
            check_walks(&panel, 2 * stride);
            sst_panel_free(&panel);
        }
}

/* A repeated row is named, whichever way the rows are sorted. */
static void
check_repeated(int64_t stride)
{
    struct rows r;
    struct sst_panel panel;
    ptrdiff_t repeated[2] = {-1, -1};
    draw(&r, 200, -7, stride, 50, 3);
    r.codes[150] = r.codes[20];
    r.steps[150] = r.steps[20];
    r.codes[170] = r.codes[3];
    r.steps[170] = r.steps[3];
    CHECK(sst_panel_sort(r.codes, UNITS, r.steps, r.n, 2, &panel, repeated) == SST_REPEATED_ROW);
    CHECK(repeated[0] == 20 && repeated[1] == 150);
}

static void
check_refusals(void)
{
    int32_t codes[] = {0, 7, 1};
    int64_t steps[] = {1, 2, 3};
    struct sst_panel panel;
    ptrdiff_t repeated[2];
    CHECK(sst_panel_sort(codes, 2, steps, 3, 1, &panel, repeated) == SST_CODE_RANGE);
    codes[1] = -1;
    CHECK(sst_panel_sort(codes, 2, steps, 3, 1, &panel, repeated) == SST_CODE_RANGE);
    int sorted = 1;
    CHECK(sst_panel_scan_i32(codes, steps, 3, 0, 1, &panel, &sorted) == SST_OK && !sorted);
    CHECK(sst_panel_scan_i64(NULL, steps, 0, 0, 1, &panel, &sorted) == SST_OK && sorted);
    CHECK(panel.units == 0 && panel.rows == 0);
    sst_panel_free(&panel);
}

static void
check_gaps(void)
{
    int64_t labels[] = {3, 3, 9, 9, 9}, steps[] = {1, 4, INT64_MIN, 0, INT64_MAX};
    struct sst_panel panel;
    int sorted = 0;
    CHECK(sst_panel_scan_i64(labels, steps, 5, 1, 1, &panel, &sorted) == SST_OK && sorted);
    CHECK(panel.units == 2 && panel.step64 != NULL);
    CHECK(sst_panel_gaps(&panel) == 2 + (UINT64_MAX - 2));
    sst_panel_free(&panel);
}

int
main(void)
{
    check_draw(1, 0, 1, 3);
    check_draw(60, 1990, 1, 12);                        /* all periods */
    check_draw(200, 2000, 1, 50);                       /* gaps, a table of slots */
    check_draw(300, -40, 1, 70);                        /* times below zero */
    check_draw(100, 0, 1, 5000);                        /* sparse, sorted by bytes */
    check_draw(MOST, 7, INT64_C(86400000000000), 1000); /* spans beyond 32 bits */
    check_repeated(1);
    check_repeated(INT64_C(1) << 40);
    check_refusals();
    check_gaps();
    return check_summary();
}
