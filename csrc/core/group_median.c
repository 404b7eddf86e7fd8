/* SPDX-License-Identifier: MIT
 *
 * Weighted medians by cluster (group_order.h): a search by pivots, as for ranks, where what is
 * compared with half of the total are exact sums of weights. So neither the order of the
 * rows nor rounding decides on which side of the half a value lies.
 */
#include <math.h>

#include "between.h"
#include "exact.h"
#include "fpenv.h"
#include "group_order.h"
#include "group_sorted.h"
#include "parallel.h"
#include "rank.h"

/* Twice 2^63 weights below 2^1024, from 2^-1074 on. */
enum { LIMBS = 60, FEW = 16, PATIENCE = 48 };

struct balance {
    int64_t digit[LIMBS];
};

struct pairs {
    int64_t *key;
    double *weight;
    ptrdiff_t n;
};

struct medians {
    struct sst_sorted sorted;
    enum sst_kind kind;
    int64_t min_count;
    struct sst_order_output out;
};

static struct pairs
pairs_from(const struct pairs *p, ptrdiff_t from, ptrdiff_t n)
{
    return (struct pairs){p->key + from, p->weight + from, n};
}

/* Adds the weights, times 2^scale, and carries. */
static void
add_weights(struct balance *to, const struct pairs *p, int scale, int negative)
{
    for (ptrdiff_t i = 0; i < p->n; i++) {
        struct sst_bits bits = sst_bits_real(p->weight[i]);
        bits.exponent += scale;
        bits.negative ^= negative;
        sst_digits_add_bits(to->digit, 0, bits);
        if (i % SST_EXACT_BUDGET == SST_EXACT_BUDGET - 1)
            sst_digits_carry(to->digit, LIMBS);
    }
    sst_digits_carry(to->digit, LIMBS);
}

static int
sign_of(const struct balance *b)
{
    int top = LIMBS - 1;
    while (top > 0 && b->digit[top] == 0)
        top--;
    return (b->digit[top] > 0) - (b->digit[top] < 0);
}

/* Moves the pairs whose key is below the limit to the front, without branches. */
static ptrdiff_t
split_below(const struct pairs *p, int64_t limit)
{
    ptrdiff_t below = 0;
    for (ptrdiff_t i = 0; i < p->n; i++) {
        int64_t key = p->key[i];
        double weight = p->weight[i];
        p->key[i] = p->key[below];
        p->weight[i] = p->weight[below];
        p->key[below] = key;
        p->weight[below] = weight;
        below += key < limit;
    }
    return below;
}

/* The median of a sample, or with `halve` the middle of the range of keys. */
static int64_t
pivot_of(const struct pairs *p, int halve)
{
    int64_t sample[2 * FEW - 1];
    if (!halve) {
        for (int k = 0; k < 2 * FEW - 1; k++)
            sample[k] = p->key[p->n / (2 * FEW) * k];
        return sst_rank_select(sample, 2 * FEW - 1, FEW - 1);
    }
    int64_t least = sst_rank_least(p->key, 0, p->n), most = least;
    for (ptrdiff_t i = 0; i < p->n; i++)
        most = p->key[i] > most ? p->key[i] : most;
    return most - (int64_t)(((uint64_t)most - (uint64_t)least) / 2);
}

/* The least key above this one that has a weight; this one if there is none. */
static int64_t
key_above(const struct pairs *p, int64_t key)
{
    int64_t least = INT64_MAX;
    int found = 0;
    for (ptrdiff_t i = 0; i < p->n; i++)
        if (p->weight[i] > 0.0 && p->key[i] > key) {
            least = p->key[i] < least ? p->key[i] : least;
            found = 1;
        }
    return found ? least : key;
}

/* A least key whose weights, with those before, bring the balance to zero or above; *sign says
 * which. The balance is twice the weights before these pairs less the total. */
static int64_t
search(struct pairs p, struct balance *before, int *sign)
{
    int64_t pivot = 0;
    for (int round = 0; p.n > 0; round++) {
        pivot = p.n > 2 * FEW ? pivot_of(&p, round >= PATIENCE) : p.key[p.n / 2];
        struct balance balance = *before;
        ptrdiff_t below = split_below(&p, pivot);
        struct pairs part = pairs_from(&p, 0, below);
        add_weights(&balance, &part, 1, 0);
        if (below > 0 && sign_of(&balance) >= 0) {
            p.n = below;
            continue;
        }
        p = pairs_from(&p, below, p.n - below);
        ptrdiff_t equal = pivot < INT64_MAX ? split_below(&p, pivot + 1) : p.n;
        part = pairs_from(&p, 0, equal);
        add_weights(&balance, &part, 1, 0);
        *sign = sign_of(&balance);
        if (*sign >= 0)
            return pivot;
        *before = balance;
        p = pairs_from(&p, equal, p.n - equal);
    }
    return pivot;
}

static void
sort_few(const struct pairs *p)
{
    for (ptrdiff_t i = 1; i < p->n; i++) {
        int64_t key = p->key[i];
        double weight = p->weight[i];
        ptrdiff_t at = i;
        for (; at > 0 && p->key[at - 1] > key; at--) {
            p->key[at] = p->key[at - 1];
            p->weight[at] = p->weight[at - 1];
        }
        p->key[at] = key;
        p->weight[at] = weight;
    }
}

/* The same of few pairs by plain sums, if none of them rounds: else 0. A difference from the total
 * that rounds is not equal to the half, or the total would have rounded. */
static int
search_few(const struct pairs *p, int64_t *key, int *sign)
{
    double total = 0.0, half = 0.0;
    sort_few(p);
    for (ptrdiff_t i = 0; i < p->n; i++) {
        double sum = total + p->weight[i];
        if (sum - total != p->weight[i] || sum - p->weight[i] != total || isinf(sum))
            return 0;
        total = sum;
    }
    for (ptrdiff_t i = 0; i < p->n; i++) {
        half += p->weight[i];
        int last = i + 1 == p->n || p->key[i + 1] != p->key[i];
        *key = p->key[i];
        *sign = (half > total - half) - (half < total - half);
        if (last && *sign >= 0)
            break;
    }
    return 1;
}

static double
median(const struct medians *m, const struct pairs *p)
{
    int weighty = 0, endless = 0, sign = 1;
    for (ptrdiff_t i = 0; i < p->n; i++) {
        weighty |= p->weight[i] > 0.0;
        endless |= isinf(p->weight[i]) != 0;
    }
    if (!weighty || endless)
        return (double)NAN;
    int64_t key = 0;
    if (p->n > FEW || !search_few(p, &key, &sign)) {
        struct balance balance = {{0}};
        add_weights(&balance, p, 0, 1);
        key = search(*p, &balance, &sign);
    }
    return sst_between(m->kind, key, sign == 0 ? key_above(p, key) : key, sign == 0 ? 0.5 : 0.0);
}

static void
medians_part(void *work, int part, int parts)
{
    const struct medians *m = work;
    const struct sst_sorted *s = &m->sorted;
    ptrdiff_t end = sst_sorted_first(s, part + 1, parts);
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_sorted_first(s, part, parts); g < end; g++) {
        struct pairs p = {s->key + s->start[g], s->weight + s->start[g],
                          s->start[g + 1] - s->start[g]};
        int missing = s->poisoned[g] || p.n == 0 || p.n < m->min_count;
        double x = missing ? (double)NAN : median(m, &p);
        char *to = m->out.data + g * m->out.step;
        if (m->kind == SST_FLOAT32)
            *(float *)(void *)to = (float)x;
        else
            *(double *)(void *)to = x;
    }
    sst_fpenv_leave(&saved);
}

enum sst_status
sst_group_weighted_median(const struct sst_rows *rows, ptrdiff_t groups, int parts,
                          int64_t min_count, const struct sst_order_output *out)
{
    struct medians m = {.kind = rows->kind, .min_count = min_count, .out = *out};
    enum sst_status status = sst_sorted_new(&m.sorted, rows, groups, parts, SST_KEEP_WEIGHTS);
    if (status == SST_OK)
        sst_parallel(medians_part, &m, m.sorted.parts);
    sst_sorted_free(&m.sorted);
    return status;
}
