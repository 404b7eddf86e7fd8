/* SPDX-License-Identifier: MIT
 *
 * The exact accumulator: vectors, digits, rounding, the cut, the floating-point
 * environment. `make core-test` builds it a second time with a budget of 8 additions.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "exact_big.h"
#include "exact_cut.h"
#include "fpenv.h"
#include "group.h"
#include "random.h"
#include "select.h"

#if defined(__SSE2__)
#include <xmmintrin.h>
#define SST_TEST_SSE 1
#else
#define SST_TEST_SSE 0
#endif

/* A result of all rows as one cluster. */
static double
total(const double *values, const double *weights, ptrdiff_t n, enum sst_result result, int skip)
{
    struct sst_tally *tally, *weight_tally;
    struct sst_rows rows = {.rows = n,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)weights,
                            .weight_step = sizeof *values,
                            .skip_missing = skip};
    double value = 0;
    struct sst_output out = {(char *)&value, sizeof value, SST_FLOAT64};
    CHECK(sst_tally_new(&tally, 1, 1) == SST_OK);
    CHECK(sst_tally_new(&weight_tally, 1, 1) == SST_OK);
    CHECK(sst_tally_run(tally, &rows, weights ? SST_ADD_PRODUCTS : SST_ADD_VALUES) == SST_OK);
    if (weights)
        CHECK(sst_tally_run(weight_tally, &rows, SST_ADD_WEIGHTS) == SST_OK);
    CHECK(sst_tally_finish(tally, weights ? weight_tally : NULL, result, 0, &out) == SST_OK);
    sst_tally_free(tally);
    sst_tally_free(weight_tally);
    return value;
}

/* The variance of all rows as one cluster, or its root. */
static double
spread(const double *values, const double *weights, ptrdiff_t n, int64_t ddof, int root, int skip)
{
    double value = 0;
    struct sst_tally *tally;
    struct sst_output out = {(char *)&value, sizeof value, SST_FLOAT64};
    enum sst_addend addend = weights ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES;
    struct sst_rows rows = {.rows = n,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)weights,
                            .weight_step = sizeof *values,
                            .skip_missing = skip};
    CHECK(sst_tally_new(&tally, 1, 1) == SST_OK);
    CHECK(sst_tally_run(tally, &rows, addend) == SST_OK);
    CHECK(sst_tally_finish_variance(tally, ddof, root, 0, &out) == SST_OK);
    sst_tally_free(tally);
    return value;
}

static int
run(const struct vector *v)
{
    ptrdiff_t n, weights_n;
    const double *values = vector_input(v, "values", &n);
    const double *weights = vector_input(v, "weights", &weights_n);
    const char *skip = vector_option(v, "skipna");
    const char *ddof = vector_option(v, "ddof");
    int is_sum = strcmp(v->name, "exact_sum") == 0, root = strcmp(v->name, "exact_std") == 0;
    int skips = skip == NULL || strcmp(skip, "True") == 0;
    if (root || strcmp(v->name, "exact_var") == 0) {
        double spread_of =
            spread(values, weights, n, ddof ? strtol(ddof, NULL, 10) : 1, root, skips);
        vector_check(v, "value", &spread_of, 1);
        return 1;
    }
    if (!is_sum && strcmp(v->name, "exact_mean") != 0)
        return 0;
    double got = total(values, weights, n, is_sum ? SST_RESULT_SUM : SST_RESULT_MEAN, skips);
    vector_check(v, "value", &got, 1);
    return 1;
}

static double
random_finite(uint64_t *state)
{
    double x;
    do {
        uint64_t bits = random_bits(state);
        memcpy(&x, &bits, sizeof x);
    } while (!isfinite(x));
    return x;
}

/* One value on the grid comes back as itself, and its negative takes it away. */
static void
test_values_come_back(void)
{
    uint64_t state = 1;
    for (int k = 0; k < 20000; k++) {
        int64_t digits[SST_GRID_LIMBS] = {0};
        double x = random_finite(&state), y = random_finite(&state);
        struct sst_sum sum = {digits, SST_GRID_LOW, SST_GRID_LIMBS, 0};
        sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_real(x));
        sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_real(y));
        sst_digits_carry(digits, SST_GRID_LIMBS);
        if (fabs(x + y) <= 0x1.fffffffffffffp1023)
            CHECK(sst_round_sum(&sum, 0) == x + y); /* IEEE: two values, one rounding */
        sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_real(-y));
        sst_digits_carry(digits, SST_GRID_LIMBS);
        CHECK(sst_round_sum(&sum, 0) == x);
        CHECK(sst_round_sum(&sum, 1) == (double)(float)x);
        CHECK(sst_round_mean(&sum, 3, 0) == x / 3.0);
        sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_real(-x));
        sst_digits_carry(digits, SST_GRID_LIMBS);
        CHECK(sst_round_sum(&sum, 0) == 0.0 && !signbit(sst_round_sum(&sum, 0)));
    }
}

/* A product of two values, rounded once, is what the processor gives; so is a quotient. */
static void
test_products_and_quotients(void)
{
    uint64_t state = 2;
    for (int k = 0; k < 20000; k++) {
        int64_t a[SST_GRID_LIMBS] = {0}, b[SST_GRID_LIMBS] = {0};
        double x = random_finite(&state), y = random_finite(&state);
        struct sst_sum sum = {a, SST_GRID_LOW, SST_GRID_LIMBS, 0};
        struct sst_sum under = {b, SST_GRID_LOW, SST_GRID_LIMBS, 0};
        sst_digits_add_bits(a, SST_GRID_LOW, sst_bits_product(sst_bits_real(x), sst_bits_real(y)));
        sst_digits_carry(a, SST_GRID_LIMBS);
        CHECK(sst_round_sum(&sum, 0) == x * y);
        memset(a, 0, sizeof a);
        sst_digits_add_bits(a, SST_GRID_LOW, sst_bits_real(x));
        sst_digits_add_bits(b, SST_GRID_LOW, sst_bits_real(y));
        sst_digits_carry(a, SST_GRID_LIMBS);
        sst_digits_carry(b, SST_GRID_LIMBS);
        CHECK(sst_round_quotient(&sum, &under, 0) == x / y);
    }
}

/* Random rows, cut or not, against the integer path one by one. */
static void
test_cut_agrees_with_integer_path(void)
{
    enum { N = 64 };
    uint64_t state = 3;
    for (int round = 0; round < 2000; round++) {
        double values[N], weights[N];
        int64_t rows[N * (SST_WINDOW_MOST + 1)];
        int spread = round % 120;
        struct sst_window w;
        for (int i = 0; i < N; i++) {
            values[i] = ldexp((double)(int64_t)random_bits(&state),
                              (int)(random_bits(&state) % (unsigned)(spread + 1)) - 60);
            weights[i] = ldexp((double)(random_bits(&state) >> 11), -53);
        }
        int product = round & 1;
        sst_window_choose(&w, values, product ? weights : NULL, N);
        ptrdiff_t kept = product ? sst_cut_products(&w, values, weights, N, rows)
                                 : sst_cut_reals(&w, values, N, rows);
        ptrdiff_t counted = 0;
        for (int i = 0; i < N; i++) {
            const int64_t *row = rows + i * (w.digits + 1);
            int64_t cut[SST_GRID_LIMBS] = {0}, slow[SST_GRID_LIMBS] = {0};
            struct sst_bits bits = sst_bits_real(values[i]);
            if (product)
                bits = sst_bits_product(bits, sst_bits_real(weights[i]));
            counted += row[w.digits];
            sst_digits_add(cut, SST_GRID_LOW, row, w.lo, w.digits);
            sst_digits_add_bits(slow, SST_GRID_LOW, bits);
            sst_digits_carry(cut, SST_GRID_LIMBS);
            sst_digits_carry(slow, SST_GRID_LIMBS);
            CHECK(row[w.digits] == 0 || memcmp(cut, slow, sizeof cut) == 0);
        }
        CHECK(counted == kept);
        CHECK(kept == N || spread > 30);
    }
}

/* Rounding directions and flush-to-zero of the caller change nothing and are put back. */
static void
test_environment(void)
{
    const double values[] = {1.0, 0x1p-53, 0x1p-60, 0x1p-1074}, small[] = {0x1p-1074, 0x1p-1073};
    fenv_t saved;
    fegetenv(&saved);
    const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    for (int k = 0; k < 4; k++) {
        fesetround(modes[k]);
#if SST_TEST_SSE
        _mm_setcsr(_mm_getcsr() | 0x8040);       /* flush to zero, denormals are zero */
        unsigned before = _mm_getcsr() & 0x8040; /* an emulator may not know these bits */
#endif
        double sum = total(values, NULL, 4, SST_RESULT_SUM, 1);
        double tiny = total(small, NULL, 2, SST_RESULT_SUM, 1);
        int mode = fegetround();
#if SST_TEST_SSE
        int kept = (_mm_getcsr() & 0x8040) == before;
#else
        int kept = 1;
#endif
        fesetenv(&saved);
        CHECK(sum == 1.0 + 0x1p-52); /* above the half-way point by 2^-60 and more */
        CHECK(tiny == 3 * 0x1p-1074);
        CHECK(mode == modes[k] && kept);
    }
}

/* A float that is subnormal is the same extreme whether the caller flushes it or not. */
static void
test_extreme_of_subnormals(void)
{
    const float values[] = {0x1p-140f, 0x1p-149f, 0.0f};
    float got = -1.0f;
    sst_fpenv saved;
    struct sst_rows rows = {.rows = 2,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT32,
                            .skip_missing = 1};
    sst_fpenv_enter(&saved);
#if SST_TEST_SSE
    _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
    enum sst_status status =
        sst_select(&rows, 1, 1, SST_LEAST, 0, (char *)&got, sizeof got, NULL, 0);
    sst_fpenv_leave(&saved);
    CHECK(status == SST_OK);
    CHECK(memcmp(&got, &values[1], sizeof got) == 0);
}

static void
test_integers(void)
{
    int64_t digits[SST_GRID_LIMBS] = {0}, out = 0;
    struct sst_sum sum = {digits, SST_GRID_LOW, SST_GRID_LIMBS, 0};
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_integer(UINT64_C(1) << 63, 1));
    sst_digits_carry(digits, SST_GRID_LIMBS);
    CHECK(sst_round_integer(&sum, 0, &out) == SST_OK && out == INT64_MIN);
    CHECK(sst_round_integer(&sum, 1, &out) == SST_INT_OVERFLOW);
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_integer(1, 1));
    sst_digits_carry(digits, SST_GRID_LIMBS);
    CHECK(sst_round_integer(&sum, 0, &out) == SST_INT_OVERFLOW);
    for (int k = 0; k < 3; k++)
        sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_integer(UINT64_C(1) << 63, 0));
    sst_digits_carry(digits, SST_GRID_LIMBS);
    CHECK(sst_round_integer(&sum, 1, &out) == SST_OK && (uint64_t)out == UINT64_MAX);
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_integer(1, 0));
    sst_digits_carry(digits, SST_GRID_LIMBS);
    CHECK(sst_round_integer(&sum, 1, &out) == SST_INT_OVERFLOW);
    sst_digits_add_bits(digits, SST_GRID_LOW, sst_bits_real(0.5));
    sst_digits_carry(digits, SST_GRID_LIMBS);
    CHECK(sst_round_integer(&sum, 1, &out) == SST_BAD_ARGUMENT);
    int64_t high[1] = {1}; /* a window far above the units */
    struct sst_sum large = {high, 60, 1, 0};
    CHECK(sst_round_integer(&large, 0, &out) == SST_INT_OVERFLOW);
    high[0] = 0;
    CHECK(sst_round_integer(&large, 0, &out) == SST_OK && out == 0);
    large.seen = SST_SEEN_PLUS;
    CHECK(sst_round_integer(&large, 0, &out) == SST_BAD_ARGUMENT);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "clusters.txt", run);
    test_values_come_back();
    test_products_and_quotients();
    test_cut_agrees_with_integer_path();
    test_environment();
    test_extreme_of_subnormals();
    test_integers();
    return check_summary();
}
