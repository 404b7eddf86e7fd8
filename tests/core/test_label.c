/* SPDX-License-Identifier: MIT
 *
 * Labels to codes: tables and hashes, both orders, missing and extreme ones, any number of
 * parts, against a search through the labels.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "label.h"
#include "label_number.h"

enum { ROWS = 200000, FEW = 20000 };

/* -1, 0 or 1: the order of two labels by their own definition. */
static int
order(const struct sst_label_source *source, ptrdiff_t a, ptrdiff_t b)
{
    const char *x = (const char *)source->rows + (size_t)a * source->width;
    const char *y = (const char *)source->rows + (size_t)b * source->width;
    if (source->kind == SST_LABEL_BYTES) {
        int sign = memcmp(x, y, source->width);
        return (sign > 0) - (sign < 0);
    }
    if (source->kind == SST_LABEL_TEXT) {
        for (size_t k = 0; k < source->width / 4; k++) {
            uint32_t p = ((const uint32_t *)source->rows)[(size_t)a * (source->width / 4) + k];
            uint32_t q = ((const uint32_t *)source->rows)[(size_t)b * (source->width / 4) + k];
            if (p != q)
                return p < q ? -1 : 1;
        }
        return 0;
    }
    if (source->kind == SST_LABEL_REAL) {
        double p = ((const double *)source->rows)[a], q = ((const double *)source->rows)[b];
        return (p > q) - (p < q);
    }
    if (source->kind == SST_LABEL_UNSIGNED) {
        uint64_t p = ((const uint64_t *)source->rows)[a], q = ((const uint64_t *)source->rows)[b];
        return (p > q) - (p < q);
    }
    int64_t p = ((const int64_t *)source->rows)[a], q = ((const int64_t *)source->rows)[b];
    return (p > q) - (p < q);
}

static int
is_missing(const struct sst_label_source *source, ptrdiff_t row)
{
    if (source->kind == SST_LABEL_REAL)
        return isnan(((const double *)source->rows)[row]);
    return source->missing != NULL && ((const int64_t *)source->rows)[row] == *source->missing;
}

/* Codes are right when rows equal the first row of their label, first rows come in the order
 * asked for without repetition, and each is the first of its code. */
static void
check_codes(const struct sst_label_source *source, int ascending, int threads)
{
    int32_t *codes = malloc((size_t)(source->n + 1) * sizeof *codes);
    struct sst_labels labels;
    CHECK(codes != NULL && sst_label(source, ascending, threads, codes, &labels) == SST_OK);
    ptrdiff_t seen = 0;
    int right = 1;
    for (ptrdiff_t i = 0; i < source->n; i++) {
        if (is_missing(source, i)) {
            right &= codes[i] == -1;
            continue;
        }
        right &= codes[i] >= 0 && codes[i] < labels.count;
        if (!right)
            break;
        right &= labels.first[codes[i]] <= i && order(source, labels.first[codes[i]], i) == 0;
        seen += labels.first[codes[i]] == i;
    }
    CHECK(right);
    CHECK(seen == labels.count);
    for (ptrdiff_t k = 1; k < labels.count; k++)
        right &= ascending ? order(source, labels.first[k - 1], labels.first[k]) < 0
                           : labels.first[k - 1] < labels.first[k];
    CHECK(right);
    sst_labels_free(&labels);
    free(codes);
}

static void
check_all(const void *rows, ptrdiff_t n, enum sst_label_kind kind, size_t width,
          const int64_t *missing)
{
    struct sst_label_source source = {rows, n, kind, width, missing};
    for (int ascending = 0; ascending < 2; ascending++)
        for (int threads = 1; threads < 5; threads += 3)
            check_codes(&source, ascending, threads);
}

static uint64_t
draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void
check_numbers(void)
{
    static int64_t dense[ROWS], wide[ROWS], sparse[ROWS];
    static double reals[ROWS];
    uint64_t state = 1;
    for (ptrdiff_t i = 0; i < ROWS; i++) {
        dense[i] = (int64_t)(draw(&state) >> 21) - 500;
        wide[i] = INT64_MAX - 200000 + (int64_t)(draw(&state) % 150000);
        sparse[i] = (int64_t)(draw(&state) >> 13) * INT64_C(1000000007) - INT64_C(90000000000000);
        reals[i] = ((double)(draw(&state) >> 21) - 500.0) / 8.0;
        reals[i] = i % 97 == 0 ? -NAN : i % 89 == 0 ? -0.0 : i % 83 == 0 ? -INFINITY : reals[i];
    }
    int64_t none = dense[3], least = INT64_MIN;
    for (int kind = SST_LABEL_SIGNED; kind <= SST_LABEL_UNSIGNED; kind++) {
        check_all(dense, ROWS, (enum sst_label_kind)kind, 8, NULL);
        check_all(dense, ROWS, (enum sst_label_kind)kind, 8, &none);
        check_all(wide, ROWS, (enum sst_label_kind)kind, 8, &wide[7]);
        check_all(sparse, ROWS, (enum sst_label_kind)kind, 8, NULL);
        check_all(sparse, ROWS, (enum sst_label_kind)kind, 8, &sparse[5]);
    }
    check_all(reals, ROWS, SST_LABEL_REAL, 8, NULL);
    const int64_t extreme[] = {INT64_MIN, INT64_MAX, 0, -1, INT64_MIN, INT64_MAX, 1};
    check_all(extreme, 7, SST_LABEL_SIGNED, 8, NULL);
    check_all(extreme, 7, SST_LABEL_SIGNED, 8, &least);
    check_all(extreme, 1, SST_LABEL_SIGNED, 8, &least);
    check_all(extreme, 0, SST_LABEL_SIGNED, 8, NULL);
}

/* Widths that are and are not a multiple of a word; letters beyond a byte's or a sign's range. */
static void
check_texts(void)
{
    static char bytes[FEW * 21];
    static uint32_t texts[FEW * 7];
    uint64_t state = 2;
    for (size_t width = 1; width <= 21; width += 5) {
        for (size_t i = 0; i < FEW * width; i++)
            bytes[i] = (char)(i % width > 3 ? 'x' : draw(&state) % 7 * 40);
        check_all(bytes, FEW, SST_LABEL_BYTES, width, NULL);
    }
    for (size_t width = 1; width <= 7; width += 2) {
        for (size_t i = 0; i < FEW * width; i++)
            texts[i] = (uint32_t)(i % width > 3 ? 0x4E00 : draw(&state) % 5 * 0x40FF);
        check_all(texts, FEW, SST_LABEL_TEXT, 4 * width, NULL);
    }
    check_all(texts, FEW, SST_LABEL_TEXT, 0, NULL);
    enum { LONG = 200 };
    for (size_t i = 0; i < FEW * 21; i++)
        bytes[i] = (char)(i % LONG < 190 ? 'x' : draw(&state) % 3 * 90);
    check_all(bytes, FEW * 21 / LONG, SST_LABEL_BYTES, LONG, NULL);
}

/* Other labels of the same hash: all that a word is turned into zero by, word by word. */
static void
check_collisions(void)
{
    enum { PAIRS = 300, WORDS = 2 };
    static uint64_t words[PAIRS * WORDS];
    for (uint64_t i = 0; i < PAIRS; i++) {
        uint64_t hash = i * UINT64_C(0x517CC1B727220A95);
        words[i * WORDS] = i;
        words[i * WORDS + 1] = hash << 5 | hash >> 59; /* the second word cancels the first */
    }
    check_all(words, PAIRS, SST_LABEL_BYTES, sizeof *words * WORDS, NULL);
}

int
main(void)
{
    check_numbers();
    check_texts();
    check_collisions();
    return check_summary();
}
