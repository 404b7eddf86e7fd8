/* SPDX-License-Identifier: MIT
 *
 * Labels to codes: the table, the hash, both orders, missing keys, extreme keys.
 */
#include <stdlib.h>

#include "check.h"
#include "label.h"

enum { ROWS = 20000 };

/* Codes are right when equal keys, and only those, share one, and order is kept. */
static void
check_codes(const int64_t *keys, ptrdiff_t n, const int64_t *missing, int ascending)
{
    int32_t *codes = malloc((size_t)n * sizeof *codes);
    struct sst_labels labels;
    CHECK(codes != NULL && sst_label(keys, n, missing, ascending, codes, &labels) == SST_OK);
    ptrdiff_t seen = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (missing != NULL && keys[i] == *missing) {
            CHECK(codes[i] == -1);
            continue;
        }
        CHECK(codes[i] >= 0 && codes[i] < labels.count && labels.keys[codes[i]] == keys[i]);
        if (!ascending) {
            CHECK(codes[i] <= seen);
            seen += codes[i] == seen;
        }
    }
    for (ptrdiff_t k = 1; ascending && k < labels.count; k++)
        CHECK(labels.keys[k - 1] < labels.keys[k]);
    CHECK(ascending || seen == labels.count);
    sst_labels_free(&labels);
    free(codes);
}

int
main(void)
{
    static int64_t dense[ROWS], sparse[ROWS];
    uint64_t state = 1;
    for (ptrdiff_t i = 0; i < ROWS; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        dense[i] = (int64_t)(state >> 54) - 500;
        sparse[i] = (int64_t)(state >> 51) * INT64_C(1000000007) - INT64_C(4000000000000);
    }
    const int64_t extreme[] = {INT64_MIN, INT64_MAX, 0, -1, INT64_MIN, INT64_MAX, 1};
    int64_t none = dense[3], least = INT64_MIN;
    for (int ascending = 0; ascending < 2; ascending++) {
        check_codes(dense, ROWS, NULL, ascending);
        check_codes(dense, ROWS, &none, ascending);
        check_codes(sparse, ROWS, NULL, ascending);
        check_codes(sparse, ROWS, &sparse[5], ascending);
        check_codes(extreme, 7, NULL, ascending);
        check_codes(extreme, 7, &least, ascending);
        check_codes(extreme, 1, &least, ascending);
    }
    return check_summary();
}
