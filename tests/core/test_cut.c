/* SPDX-License-Identifier: MIT
 *
 * The cuts of products against the integer path, row by row and exactly: rounded totals would not
 * show what is lost below them. `make core-test` builds it a second time without AVX2.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "exact_cut.h"
#include "random.h"

enum { ROWS = 67, TOTALS = 3, ROUNDS = 4000 };

struct data {
    double x[ROWS];
    double y[ROWS];
    double w[ROWS];
};

/* Of up to 53 bits, over 2^`spread` around 2^`center`; now and then what no window holds. */
static double
random_figure(uint64_t *state, int center, int spread)
{
    static const double odd[] = {0.0,     -0.0,        (double)NAN, (double)INFINITY, 0x1.8p1000,
                                 0x1p500, 0x1.8p-1060, 0x1p-1074,   -0x1p-500,        -0x1p1023};
    uint64_t bits = random_bits(state);
    if (bits % 23 == 0)
        return odd[bits / 23 % (sizeof odd / sizeof *odd)];
    int64_t mantissa = (int64_t)random_bits(state) >> (11 + bits / 23 % 50);
    int shift = center + (int)(random_bits(state) % (unsigned)(spread + 1)) - spread / 2;
    return ldexp((double)mantissa, shift);
}

/* x y w on the grid; of factors that are no figures nothing. */
static void
exact_product(int64_t *digits, double x, double y, double w)
{
    memset(digits, 0, SST_GRID_LIMBS * sizeof *digits);
    if (!isfinite(x) || !isfinite(y) || !isfinite(w))
        return;
    struct sst_bits product = sst_bits_product(sst_bits_real(x), sst_bits_real(y)), upper = product;
    upper.low = product.high;
    upper.exponent += 64;
    product.high = upper.high = 0;
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(product, sst_bits_real(w)));
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_product(upper, sst_bits_real(w)));
    sst_digits_carry(digits, SST_GRID_LIMBS);
}

/* A row that is kept holds x y w in its digits of the window, none above four times 38 bits. */
static void
check_digits(const struct sst_window *w, const int64_t *digits, int kept, double x, double y,
             double factor)
{
    int64_t cut[SST_GRID_LIMBS] = {0}, want[SST_GRID_LIMBS];
    for (int d = 0; d < w->digits; d++) {
        CHECK(digits[d] <= INT64_C(4) << SST_LIMB_BITS && -digits[d] <= INT64_C(4)
                                                                            << SST_LIMB_BITS);
        CHECK(kept || digits[d] == 0);
    }
    if (!kept)
        return;
    CHECK(isfinite(x) && isfinite(y) && isfinite(factor));
    sst_digits_add(cut, SST_GRID_LOW, digits, w->lo, w->digits);
    sst_digits_carry(cut, SST_GRID_LIMBS);
    exact_product(want, x, y, factor);
    CHECK(memcmp(cut, want, sizeof cut) == 0);
}

static void
check_products(const struct data *d, const struct sst_window *w, int crosses, int ordinary)
{
    int64_t rows[ROWS * (SST_WINDOW_MOST + 1)], counted = 0;
    for (int n = ROWS - 4; n <= ROWS; n++) {
        ptrdiff_t kept = crosses ? sst_cut_crosses(w, d->x, d->y, d->w, n, rows)
                                 : sst_cut_products(w, d->x, d->y, n, rows);
        counted = 0;
        for (int i = 0; i < n; i++) {
            const int64_t *row = rows + i * (w->digits + 1);
            int in = row[w->digits] == 1;
            CHECK(in || row[w->digits] == 0);
            counted += in;
            check_digits(w, row, in, d->x[i], d->y[i], crosses ? d->w[i] : 1.0);
        }
        CHECK(counted == kept);
    }
    CHECK(!ordinary || counted == ROWS);
}

/* Values and squares, with or without weights: two or three windows. */
static void
check_squares(const struct data *d, const struct sst_window *w, int weighted, int ordinary)
{
    int64_t rows[ROWS * (TOTALS * SST_WINDOW_MOST + 1)], counted = 0;
    int digits = w[0].digits + w[1].digits + (weighted ? w[2].digits : 0);
    ptrdiff_t kept = weighted ? sst_cut_weighted_squares(w, d->x, d->w, ROWS, rows)
                              : sst_cut_squares(w, d->x, ROWS, rows);
    for (int i = 0; i < ROWS; i++) {
        const int64_t *row = rows + i * (digits + 1), *second = row + w[0].digits;
        double x = d->x[i], y = weighted ? d->w[i] : 1.0;
        int in = row[digits] == 1;
        CHECK(in || row[digits] == 0);
        counted += in;
        check_digits(&w[0], row, in, weighted ? 1.0 : x, 1.0, y);
        check_digits(&w[1], second, in, x, weighted ? 1.0 : x, y);
        if (weighted)
            check_digits(&w[2], second + w[1].digits, in, x, x, y);
    }
    CHECK(counted == kept);
    CHECK(!ordinary || counted == ROWS);
}

/* A window for such products, or one that is up to two limbs too low for the largest. */
static struct sst_window
random_window(uint64_t *state, int digits, const double *const *factor, int factors)
{
    struct sst_window w;
    struct sst_limbs limbs = sst_limbs_of(factor, factors, ROWS);
    limbs.top -= (int)(random_bits(state) % 4) / 2 * (int)(random_bits(state) % 3);
    sst_window_set(&w, digits, limbs);
    return w;
}

static void
test_random_rows(void)
{
    static const int digits[] = {3, 5, 7};
    uint64_t state = 4;
    for (int round = 0; round < ROUNDS; round++) {
        struct data d;
        int spread = round % 150, center = (int)(random_bits(&state) % 900) - 600;
        int wide = (int)(random_bits(&state) % 2);
        for (int i = 0; i < ROWS; i++) {
            d.x[i] = random_figure(&state, center, spread);
            d.y[i] = random_figure(&state, 10, spread / 2);
            d.w[i] = random_figure(&state, -30, spread / 3);
        }
        const double *const crosses[] = {d.x, d.y, d.w}, *const squares[] = {d.x, d.x, d.w};
        struct sst_window product = random_window(&state, digits[round % 3], crosses, 2);
        struct sst_window cross = random_window(&state, digits[round % 3], crosses, 3);
        struct sst_window plain[] = {random_window(&state, wide ? 5 : 3, squares, 1),
                                     random_window(&state, wide ? 8 : 4, squares, 2)};
        struct sst_window weighted[] = {random_window(&state, wide ? 5 : 3, squares + 2, 1),
                                        random_window(&state, wide ? 8 : 5, squares + 1, 2),
                                        random_window(&state, wide ? 8 : 7, squares, 3)};
        check_products(&d, &product, 0, 0);
        check_products(&d, &cross, 1, 0);
        check_squares(&d, plain, 0, 0);
        check_squares(&d, weighted, 1, 0);
    }
}

/* Of figures in quarters nothing is left out. */
static void
test_ordinary_rows(void)
{
    uint64_t state = 5;
    struct data d;
    struct sst_window w[TOTALS];
    for (int i = 0; i < ROWS; i++) {
        d.x[i] = (double)(random_bits(&state) % 100000) / 4.0;
        d.y[i] = (double)(random_bits(&state) % 100000) / -4.0;
        d.w[i] = (double)(random_bits(&state) % 9);
    }
    const struct sst_limbs limbs = {SST_UNIT_LIMB - 6, SST_UNIT_LIMB + 1};
    sst_window_set(&w[0], 7, limbs);
    check_products(&d, w, 0, 1);
    check_products(&d, w, 1, 1);
    sst_window_set(&w[0], 3, limbs);
    sst_window_set(&w[1], 4, limbs);
    check_squares(&d, w, 0, 1);
    sst_window_set(&w[1], 5, limbs);
    sst_window_set(&w[2], 7, limbs);
    check_squares(&d, w, 1, 1);
}

int
main(void)
{
    test_random_rows();
    test_ordinary_rows();
    return check_summary();
}
