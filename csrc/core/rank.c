/* SPDX-License-Identifier: MIT */
#include "rank.h"

#include "map.h"

/* Keys up to which insertion is fastest; rounds after which pivots halve the range of values. */
enum { FEW = 16, PATIENCE = 24, SAMPLE_MOST = 255 };

static void
insertion_sort(int64_t *keys, ptrdiff_t n)
{
    for (ptrdiff_t i = 1; i < n; i++) {
        int64_t key = keys[i];
        ptrdiff_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

/* Moves the keys below the pivot to the front and gives their number. Every key is written
 * back whichever side it is on: a branch would be guessed wrong half of the time. */
static ptrdiff_t
split_below(int64_t *keys, ptrdiff_t n, int64_t pivot)
{
    ptrdiff_t below = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t key = keys[i];
        keys[i] = keys[below];
        keys[below] = key;
        below += key < pivot;
    }
    return below;
}

/* The same of the keys equal to the pivot, which is the least of them. */
static ptrdiff_t
split_equal(int64_t *keys, ptrdiff_t n, int64_t pivot)
{
    ptrdiff_t equal = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t key = keys[i];
        keys[i] = keys[equal];
        keys[equal] = key;
        equal += key == pivot;
    }
    return equal;
}

/* Above the least key, so that both sides are smaller, unless all keys are equal. */
static int64_t
middle_of_range(const int64_t *keys, ptrdiff_t n)
{
    int64_t least = keys[0], most = keys[0];
    for (ptrdiff_t i = 1; i < n; i++) {
        least = keys[i] < least ? keys[i] : least;
        most = keys[i] > most ? keys[i] : most;
    }
    uint64_t half = ((uint64_t)most - (uint64_t)least) / 2;
    return most - (int64_t)half;
}

static ptrdiff_t
sample_size(ptrdiff_t n)
{
    if (n > 20000)
        return SAMPLE_MOST;
    return n > 1000 ? 63 : 15;
}

/* Keys at equal distances; the wanted rank among them, moved by some deviations to the side
 * where more keys lie. */
static int64_t
pivot_beside(const int64_t *keys, ptrdiff_t n, ptrdiff_t k)
{
    int64_t sample[SAMPLE_MOST];
    ptrdiff_t size = sample_size(n), step = n / size, spread = size > 63 ? 15 : size > 15 ? 5 : 1;
    for (ptrdiff_t i = 0; i < size; i++)
        sample[i] = keys[i * step];
    ptrdiff_t rank = (ptrdiff_t)((double)k / (double)n * (double)size);
    rank += k < n / 2 ? spread : -spread;
    rank = rank < 0 ? 0 : rank < size ? rank : size - 1;
    return sst_rank_select(sample, size, rank);
}

int64_t
sst_rank_select(int64_t *keys, ptrdiff_t n, ptrdiff_t k)
{
    for (int round = 0; n > FEW; round++) {
        int64_t pivot = round < PATIENCE ? pivot_beside(keys, n, k) : middle_of_range(keys, n);
        ptrdiff_t below = split_below(keys, n, pivot);
        if (k < below) {
            n = below;
            continue;
        }
        keys += below;
        k -= below;
        n -= below;
        ptrdiff_t equal = split_equal(keys, n, pivot);
        if (k < equal)
            return pivot;
        keys += equal;
        k -= equal;
        n -= equal;
    }
    insertion_sort(keys, n);
    return keys[k];
}

int64_t
sst_rank_least(const int64_t *keys, ptrdiff_t from, ptrdiff_t n)
{
    int64_t least = keys[from];
    for (ptrdiff_t i = from + 1; i < n; i++)
        least = keys[i] < least ? keys[i] : least;
    return least;
}

static ptrdiff_t
distinct_of_few(int64_t *keys, ptrdiff_t n)
{
    insertion_sort(keys, n);
    ptrdiff_t distinct = n > 0;
    for (ptrdiff_t i = 1; i < n; i++)
        distinct += keys[i] != keys[i - 1];
    return distinct;
}

/* As quicksort goes, but nothing of what lies beside a pivot is kept: few different keys take
 * few passes. The smaller side goes onto the stack of calls, which stays below 64 deep. */
static ptrdiff_t
count_distinct(int64_t *keys, ptrdiff_t n, int round)
{
    ptrdiff_t distinct = 0;
    for (; n > FEW; round++) {
        int64_t pivot =
            round < 2 * PATIENCE ? pivot_beside(keys, n, n / 2) : middle_of_range(keys, n);
        ptrdiff_t below = split_below(keys, n, pivot);
        ptrdiff_t equal = split_equal(keys + below, n - below, pivot);
        int64_t *above = keys + below + equal;
        ptrdiff_t rest = n - below - equal;
        distinct += equal > 0;
        if (below < rest) {
            distinct += count_distinct(keys, below, round + 1);
            keys = above;
            n = rest;
        } else {
            distinct += count_distinct(above, rest, round + 1);
            n = below;
        }
    }
    return distinct + distinct_of_few(keys, n);
}

ptrdiff_t
sst_rank_distinct(int64_t *keys, ptrdiff_t n)
{
    return count_distinct(keys, n, 0);
}
