/* SPDX-License-Identifier: MIT
 *
 * With a the share of each figure in the total: the index of O. C. Herfindahl and A. O. Hirschman,
 * sum a^2, M. A. Adelman's equivalent number 1/H (Review of Economics and Statistics 51, 1969),
 * the ratio of the k largest, C. E. Shannon's entropy, -sum a ln a, and E. M. Hoover's index,
 * half the sum of |a - b|. Entropy is the sum of a ln(1/a), whose terms are not negative, each
 * logarithm taken of the quotient of total and figure, so that the little there is of it under
 * a near-monopoly is right to the last bits.
 */
#include "concentration.h"

#include "shares.h"
#include "total.h"
#include "twofold_log.h"

static const struct sst_twofold one = {1.0, 0.0};

/* The sum of (x - center)^2 over the scaled figures. */
static struct sst_twofold
squares_about(const struct sst_shares *s, struct sst_twofold center)
{
    struct sst_total squares;
    double x, w;
    sst_total_clear(&squares);
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (sst_shares_at(s, i, &x, &w)) {
            struct sst_twofold away = sst_twofold_subtract((struct sst_twofold){x, 0.0}, center);
            sst_total_add_twofold(&squares, sst_twofold_multiply(away, away));
        }
    return sst_total_get(&squares);
}

/* (H - 1/n) / (1 - 1/n) from the squares about the mean, which do not cancel. */
static struct sst_twofold
normalized_hhi(const struct sst_shares *s, struct sst_twofold of_total)
{
    struct sst_twofold n = {(double)s->present, 0.0}, others = {(double)(s->present - 1), 0.0};
    struct sst_twofold squares = squares_about(s, sst_twofold_divide(s->total, n));
    return sst_twofold_divide(sst_twofold_multiply(squares, n),
                              sst_twofold_multiply(of_total, others));
}

void
sst_hhi(const struct sst_lane *lane)
{
    struct sst_shares s;
    double form = lane->options[1];
    if (!sst_shares_of_lane(&s, lane, 0)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    struct sst_twofold of_total = sst_twofold_multiply(s.total, s.total), h;
    if (form == SST_HHI_NORMALIZED)
        h = normalized_hhi(&s, of_total);
    else
        h = sst_twofold_divide(squares_about(&s, (struct sst_twofold){0.0, 0.0}), of_total);
    if (form == SST_HHI_EQUIVALENT)
        h = sst_twofold_divide(one, h);
    h = sst_twofold_multiply(h, (struct sst_twofold){lane->options[2], 0.0});
    sst_shares_give(lane,
                    s.present == 1 && form == SST_HHI_NORMALIZED ? (double)NAN : h.high + h.low);
}

/* Lets the root of a heap, the least of its values, sink to its place. */
static void
sink(double *heap, ptrdiff_t n)
{
    ptrdiff_t at = 0;
    double value = heap[0];
    for (ptrdiff_t child = 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= value)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = value;
}

/* Lets the last value of a heap rise to its place. */
static void
rise(double *heap, ptrdiff_t n)
{
    ptrdiff_t at = n - 1;
    double value = heap[at];
    while (at > 0 && heap[(at - 1) / 2] > value) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = value;
}

/* The largest figures, scaled and in descending order; how many there are. */
static ptrdiff_t
largest(const struct sst_shares *s, double *heap, ptrdiff_t most)
{
    ptrdiff_t held = 0;
    double x, w;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        if (!sst_shares_at(s, i, &x, &w))
            continue;
        if (held < most) {
            heap[held++] = x;
            rise(heap, held);
        } else if (held > 0 && x > heap[0]) {
            heap[0] = x;
            sink(heap, held);
        }
    }
    for (ptrdiff_t left = held - 1; left > 0; left--) {
        double least = heap[0];
        heap[0] = heap[left];
        heap[left] = least;
        sink(heap, left);
    }
    return held;
}

void
sst_concentration_ratio(const struct sst_lane *lane)
{
    struct sst_shares s;
    if (!sst_shares_of_lane(&s, lane, 0)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    ptrdiff_t held = largest(&s, lane->out, lane->outs);
    struct sst_twofold sum = {0.0, 0.0};
    for (ptrdiff_t k = 0; k < lane->outs; k++) {
        if (k < held)
            sum = sst_twofold_add(sum, (struct sst_twofold){lane->out[k], 0.0});
        struct sst_twofold share = sst_twofold_divide(sum, s.total);
        lane->out[k] = k + 1 < s.present ? share.high + share.low : 1.0;
    }
}

void
sst_entropy(const struct sst_lane *lane)
{
    struct sst_shares s;
    struct sst_total terms;
    double x, w, base = lane->options[1];
    int even = lane->options[2] != 0.0;
    if (!sst_shares_of_lane(&s, lane, 0) || (even && s.present == 1)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    sst_total_clear(&terms);
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (!sst_shares_at(&s, i, &x, &w) || x == 0.0)
            continue;
        struct sst_twofold value = {s.value[i], 0.0}, scaled = {x, 0.0};
        struct sst_twofold log = sst_twofold_log_ratio(s.total, value, s.exponent);
        sst_total_add_twofold(&terms, sst_twofold_multiply(scaled, log));
    }
    struct sst_twofold entropy = sst_twofold_divide(sst_total_get(&terms), s.total);
    struct sst_twofold of = {even ? (double)s.present : base, 0.0};
    if (even || base > 0.0)
        entropy = sst_twofold_divide(entropy, sst_twofold_log_ratio(of, one, 0));
    sst_shares_give(lane, entropy.high + entropy.low);
}

/* Two lanes, pair by pair, and the powers of two that scale them. */
struct sides {
    const double *a, *b;
    ptrdiff_t n;
    double power[2];
};

static int
is_pair(const struct sides *s, ptrdiff_t i)
{
    return !isnan(s->a[i]) && !isnan(s->b[i]);
}

/* 0 where a pair is out of place, or one side has nothing. */
static int
look_at_pairs(struct sides *s, int skip)
{
    double most[2] = {0.0, 0.0};
    for (ptrdiff_t i = 0; i < s->n; i++) {
        double a = s->a[i], b = s->b[i];
        if (!is_pair(s, i) && skip)
            continue;
        if (!(a >= 0.0 && b >= 0.0 && isfinite(a) && isfinite(b)))
            return 0;
        most[0] = a > most[0] ? a : most[0];
        most[1] = b > most[1] ? b : most[1];
    }
    for (int k = 0; k < 2; k++)
        s->power[k] = ldexp(1.0, -sst_unit_exponent(most[k]));
    return most[0] > 0.0 && most[1] > 0.0;
}

void
sst_hoover(const struct sst_lane *lane)
{
    struct sides s = {.a = lane->in[0], .b = lane->in[1], .n = lane->length[0]};
    struct sst_total sum[3];
    if (lane->length[1] != s.n || !look_at_pairs(&s, lane->options[0] != 0.0)) {
        sst_fill_nan(lane->out, lane->outs);
        return;
    }
    for (int k = 0; k < 3; k++)
        sst_total_clear(&sum[k]);
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (is_pair(&s, i)) {
            sst_total_add(&sum[0], s.a[i] * s.power[0]);
            sst_total_add(&sum[1], s.b[i] * s.power[1]);
        }
    struct sst_twofold all[2] = {sst_total_get(&sum[0]), sst_total_get(&sum[1])};
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (!is_pair(&s, i))
            continue;
        struct sst_twofold x = {s.a[i] * s.power[0], 0.0}, y = {s.b[i] * s.power[1], 0.0};
        struct sst_twofold away =
            sst_twofold_apart(sst_twofold_divide(x, all[0]), sst_twofold_divide(y, all[1]));
        sst_total_add_twofold(&sum[2], sst_twofold_scale(away, away.high < 0.0 ? -0.5 : 0.5));
    }
    struct sst_twofold half = sst_total_get(&sum[2]);
    sst_shares_give(lane, half.high + half.low);
}
