/* SPDX-License-Identifier: MIT */
#include "order.h"

#include <string.h>

#include "bits.h"

enum { BYTES = 8, DIGITS = 256, FEW = 32 };

/* By insertion, where counting would take longer than the few keys do. */
static void
order_few(double *keys, double *beside, ptrdiff_t n)
{
    for (ptrdiff_t i = 1; i < n; i++) {
        double key = keys[i], with = beside != NULL ? beside[i] : 0.0;
        ptrdiff_t k = i;
        for (; k > 0 && keys[k - 1] > key; k--) {
            keys[k] = keys[k - 1];
            if (beside != NULL)
                beside[k] = beside[k - 1];
        }
        keys[k] = key;
        if (beside != NULL)
            beside[k] = with;
    }
}

static int
digit_of(double key, int byte)
{
    return (int)(sst_bits_of(key) >> 8 * byte & (DIGITS - 1));
}

/* Counts to the place where each digit's keys begin. */
static void
count_to_start(ptrdiff_t *count)
{
    ptrdiff_t before = 0;
    for (int d = 0; d < DIGITS; d++) {
        ptrdiff_t here = count[d];
        count[d] = before;
        before += here;
    }
}

void
sst_order(double *keys, double *beside, ptrdiff_t n, double *room)
{
    if (n < FEW) {
        order_few(keys, beside, n);
        return;
    }
    ptrdiff_t count[BYTES][DIGITS] = {{0}};
    for (ptrdiff_t i = 0; i < n; i++)
        for (int b = 0; b < BYTES; b++)
            count[b][digit_of(keys[i], b)]++;
    double *from = keys, *to = room, *from_beside = beside, *to_beside = room + n;
    for (int b = 0; b < BYTES; b++) {
        if (count[b][digit_of(keys[0], b)] == n)
            continue;
        count_to_start(count[b]);
        for (ptrdiff_t i = 0; i < n; i++) {
            ptrdiff_t place = count[b][digit_of(from[i], b)]++;
            to[place] = from[i];
            if (beside != NULL)
                to_beside[place] = from_beside[i];
        }
        double *swap = from;
        from = to;
        to = swap;
        swap = from_beside;
        from_beside = to_beside;
        to_beside = swap;
    }
    if (from == keys)
        return;
    memcpy(keys, from, (size_t)n * sizeof *keys);
    if (beside != NULL)
        memcpy(beside, from_beside, (size_t)n * sizeof *beside);
}
