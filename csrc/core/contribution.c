/* SPDX-License-Identifier: MIT
 *
 * A part's contribution is its change over what makes the total grow, so that the parts add up
 * to the growth of the total:
 *
 * additive    (x1 - x0) / X0: INSEE, definition of contributions; NBS of China (拉动).
 * Laspeyres   p0 (q1 - q0) / sum of p0 q0: ABS 5206.0, June 2012, feature article.
 * Fisher      w (q1 - q0) / sum of w q0 with w = p1/P + p0 and P the Fisher price relative of the
 *             total: J. van IJzeren; B. M. Balk, Price and Quantity Index Numbers, 2008, 4.2.2;
 *             Y. Dikhanov and C. Ehemann as Statistics Canada applies them (13-604, no. 42, 2003).
 *             Here both sides are multiplied by P.
 * Ribe        for an index chained in one period of each year: in each year's link period the
 *             item's change at that year's weight, carried to the base by the total's index
 *             (HICP Methodological Manual, 2024, 8.6).
 *
 * Sums, products and quotients are in two parts and rounded once, at the end.
 */
#include "contribution.h"

#include <math.h>
#include <stdint.h>

#include "log_ratio.h"
#include "twofold.h"

#define T double
#define NAME(x) x##_f64
#include "map_source.h"
#undef NAME
#undef T

SST_INLINE struct sst_twofold
plain(double value)
{
    return (struct sst_twofold){value, 0.0};
}

SST_INLINE double
over(struct sst_twofold change, struct sst_twofold base)
{
    struct sst_twofold quotient = sst_twofold_divide(change, base);
    return quotient.high + quotient.low;
}

SST_INLINE struct sst_twofold
read_f64(const char *at)
{
    return plain(*(const double *)(const void *)at);
}

/* All 64 bits: the upper half and the lower, each exact as a double. */
SST_INLINE struct sst_twofold
read_i64(const char *at)
{
    int64_t value = *(const int64_t *)(const void *)at, low = (uint32_t)value;
    return (struct sst_twofold){(double)(value - low), (double)low};
}

SST_INLINE struct sst_twofold
read_u64(const char *at)
{
    uint64_t value = *(const uint64_t *)(const void *)at, low = (uint32_t)value;
    return (struct sst_twofold){(double)(value - low), (double)low};
}

/* Most changes are exact as they are; a difference of finite figures may be beyond the largest. */
SST_INLINE double
change_over(struct sst_twofold x, struct sst_twofold y, double base)
{
    struct sst_twofold change = sst_twofold_subtract(y, x);
    if (!isfinite(change.high))
        return y.high / base - x.high / base;
    return change.low == 0.0 ? change.high / base : over(change, plain(base));
}

SST_INLINE void
map_changes(const struct sst_map *m, struct sst_twofold (*read)(const char *))
{
    for (ptrdiff_t i = 0; i < m->n; i++)
        *sst_out_f64(m, i) = change_over(read(m->in[0] + i * m->step[0]),
                                         read(m->in[1] + i * m->step[1]), sst_at_f64(m, 2, i));
}

void
sst_contribution_f64(const struct sst_map *map)
{
    map_changes(map, read_f64);
}

void
sst_contribution_i64(const struct sst_map *map)
{
    map_changes(map, read_i64);
}

void
sst_contribution_u64(const struct sst_map *map)
{
    map_changes(map, read_u64);
}

/* All parts are scaled alike, by annual growth over growth; as both vanish, by `periods`. */
static double
annual_base(double base, double current, double change, double periods)
{
    double annual = expm1(periods * sst_log_growth(change, base, current));
    return annual != 0.0 ? change / annual : base / periods;
}

void
sst_contribution_annual_base_f64(const struct sst_map *map)
{
    sst_map4_f64(map, annual_base);
}

/* A change beyond the largest double says nothing of shares in it, unless the growth is infinite
 * too. */
static double
share_base(double growth, double change, double least)
{
    int known = isfinite(change) || !isfinite(growth);
    return fabs(growth) >= least && change != 0.0 && known ? change : (double)NAN;
}

void
sst_contribution_share_base_f64(const struct sst_map *map)
{
    sst_map3_f64(map, share_base);
}

enum { LATER, EARLIER, PRICES, LATER_PRICES };

/* A total at certain prices: its value at the earlier quantities, and what the later add. */
struct total {
    struct sst_twofold base, change;
};

static struct sst_twofold
change_of(const struct sst_lane *lane, ptrdiff_t part)
{
    return sst_two_sum(lane->in[LATER][part], -lane->in[EARLIER][part]);
}

static struct total
total_at(const struct sst_lane *lane, const double *prices)
{
    struct total total = {{0.0, 0.0}, {0.0, 0.0}};
    for (ptrdiff_t i = 0; i < lane->outs - 1; i++) {
        struct sst_twofold value = sst_two_product(prices[i], lane->in[EARLIER][i]);
        struct sst_twofold added = sst_twofold_multiply(change_of(lane, i), plain(prices[i]));
        total.base = sst_twofold_add(total.base, value);
        total.change = sst_twofold_add(total.change, added);
    }
    return total;
}

/* What changes of the total and of its parts are divided by. */
static struct sst_twofold
divisor(struct total total, double periods)
{
    if (periods == 0.0)
        return total.base;
    double current = sst_twofold_add(total.base, total.change).high;
    return plain(annual_base(total.base.high, current, total.change.high, periods));
}

/* Contributions of the parts at their prices, `mix` times the earlier and once the later (if
 * there are later ones), and the growth of the total. */
static void
contribute(const struct sst_lane *lane, struct sst_twofold mix, struct total total)
{
    struct sst_twofold base = divisor(total, lane->options[0]);
    for (ptrdiff_t i = 0; i < lane->outs - 1; i++) {
        struct sst_twofold price = sst_twofold_multiply(mix, plain(lane->in[PRICES][i]));
        if (lane->in[LATER_PRICES] != NULL)
            price = sst_twofold_add(price, plain(lane->in[LATER_PRICES][i]));
        lane->out[i] = over(sst_twofold_multiply(price, change_of(lane, i)), base);
    }
    lane->out[lane->outs - 1] = over(total.change, base);
}

/* Whether there are as many figures as the results are of; if not, there are no results. */
static int
fits(const struct sst_lane *lane, int inputs, ptrdiff_t length)
{
    int fit = length >= 0;
    for (int k = 0; k < inputs; k++)
        fit &= lane->length[k] == length;
    for (ptrdiff_t i = 0; !fit && i < lane->outs; i++)
        lane->out[i] = NAN;
    return fit;
}

void
sst_contribution_laspeyres(const struct sst_lane *lane)
{
    if (fits(lane, LATER_PRICES, lane->outs - 1))
        contribute(lane, plain(1.0), total_at(lane, lane->in[PRICES]));
}

static struct sst_twofold
root(struct sst_twofold a)
{
    double first = sqrt(a.high);
    double rest = sst_twofold_subtract(a, sst_two_product(first, first)).high / (2.0 * first);
    return sst_twofold(first, isfinite(rest) ? rest : 0.0);
}

void
sst_contribution_fisher(const struct sst_lane *lane)
{
    if (!fits(lane, LATER_PRICES + 1, lane->outs - 1))
        return;
    struct total old = total_at(lane, lane->in[PRICES]);
    struct total new = total_at(lane, lane->in[LATER_PRICES]);
    struct sst_twofold laspeyres = sst_twofold_divide(new.base, old.base);
    struct sst_twofold paasche = sst_twofold_divide(sst_twofold_add(new.base, new.change),
                                                    sst_twofold_add(old.base, old.change));
    struct sst_twofold relative = root(sst_twofold_multiply(laspeyres, paasche));
    struct total mixed = {
        sst_twofold_add(new.base, sst_twofold_multiply(relative, old.base)),
        sst_twofold_add(new.change, sst_twofold_multiply(relative, old.change)),
    };
    contribute(lane, relative, mixed);
}

enum { INDEX, WEIGHT, TOTAL, NUMBER };

/* The first row from `from` to `last` whose number is not below `number`: where none is absent, as
 * many rows on as numbers. */
static ptrdiff_t
seek(const double *numbers, ptrdiff_t from, ptrdiff_t last, double number)
{
    double ahead = from <= last ? number - numbers[from] : -1.0;
    if (ahead >= 0.0 && ahead <= (double)(last - from) &&
        numbers[from + (ptrdiff_t)ahead] == number)
        return from + (ptrdiff_t)ahead;
    while (from <= last && numbers[from] < number)
        from++;
    return from;
}

/* A year's share in the contribution times the base: from row `start` to row `end` at the
 * weight of `end`, by the indices of its link row. */
static struct sst_twofold
segment(const struct sst_lane *lane, ptrdiff_t link, ptrdiff_t start, ptrdiff_t end)
{
    const double *index = lane->in[INDEX];
    struct sst_twofold change = sst_two_sum(index[end], -index[start]);
    struct sst_twofold carried = sst_two_product(lane->in[WEIGHT][end], lane->in[TOTAL][link]);
    return sst_twofold_divide(sst_twofold_multiply(change, carried), plain(index[link]));
}

/* From row `base` to row `now` over every link between them; `link` is the row of the last link
 * that is not after the base. NaN where a link is not there. */
static double
chained(const struct sst_lane *lane, ptrdiff_t link, ptrdiff_t base, ptrdiff_t now)
{
    const double *number = lane->in[NUMBER], *total = lane->in[TOTAL];
    double last = number[link], every = lane->options[1], periods = lane->options[2];
    struct sst_twofold sum = {0.0, 0.0};
    for (ptrdiff_t start = base; start < now;) {
        double next = fmin(last + every, number[now]);
        ptrdiff_t end = seek(number, start, now, next);
        if (end <= start || number[end] != next)
            return NAN;
        sum = sst_twofold_add(sum, segment(lane, link, start, end));
        link = start = end;
        last += every;
    }
    double from = total[base], to = total[now];
    return over(sum, plain(periods == 0.0 ? from : annual_base(from, to, to - from, periods)));
}

void
sst_contribution_ribe(const struct sst_lane *lane)
{
    const double *number = lane->in[NUMBER], lag = lane->options[0], every = lane->options[1];
    if (!fits(lane, NUMBER + 1, lane->outs))
        return;
    ptrdiff_t base = 0, link = 0;
    for (ptrdiff_t now = 0; now < lane->outs; now++) {
        double from = number[now] - lag, last = every * floor(from / every);
        base = seek(number, base, now, from);
        link = seek(number, link, now, last);
        int there = base < now && link <= base && number[base] == from && number[link] == last;
        lane->out[now] = there ? chained(lane, link, base, now) : (double)NAN;
    }
}
