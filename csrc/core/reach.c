/* SPDX-License-Identifier: MIT
 *
 * Every bit is the verdict of the method at a point of the box, so none is claimed that no
 * point takes. That none is missed rests on the shape of the statistics:
 *
 * - The planes b = 0, x = 0, T = 0, x = T and b = T, those at the other places where a method's
 *   rules change (set_cuts), and |b| at the natural limit or twice it, cut the box into convex
 *   cells, the planes and their crossings being cells of their own. In a cell the statistic is
 *   continuous and no other rule sets in, so its classes are those from the lowest to the highest
 *   value; what lies between is found on the segment that joins the two.
 * - For a given baseline the statistic is monotone in x and in T, and on x = T in both together,
 *   hence extreme at a corner of the slice of a cell: both are ends of the box or on a cut. As the
 *   baseline moves, a corner moves along a track.
 * - Along a track the statistic takes a value at most twice: with u = ln b, a growth ratio
 *   equals c where g(u) - c |G(u)| = 0, a sum of two exponentials and a constant, whose
 *   derivative has one zero at most; likewise x^(1+a) b^-a - b - c (T - b) for the projected
 *   share, and growth less the limits that shrink towards a ceiling; shares of the way are
 *   monotone. So it has one extreme inside at most, and has one only where it leaves the two ends
 *   in opposite directions. For limits that shrink towards a floor, between it and its double,
 *   no such argument is known: there dense grids show no second extreme.
 */
#include "reach.h"

#include <float.h>

#include "reach_cells.h"

enum { B = SST_BASELINE, X = SST_ACTUAL, T = SST_TARGET };
enum { MOST_BREAKS = 32, NARROWINGS = 45 };

static const double least = 0x1p-200; /* a baseline: ratios to it and their powers stay finite */
static const double golden = 0x1.3c6ef372fe95p-1, small = 0x1p-34;

/* A track by number: where T and x are, for a baseline. 0 if that is not in the box.
 * T is fixed, beside the baseline, or beside where x meets it; x is fixed or beside where it
 * meets T. */
static int
place(const struct sst_reach_search *s, int target, int actual, double baseline,
      struct sst_reach_point *p)
{
    int after = target - s->targets, past = actual - s->actuals;
    if (after >= 3 && past >= 0)
        return 0;
    p->of[B] = baseline;
    p->of[T] = after < 0 ? s->target[target] : sst_reach_beside(baseline, after % 3 - 1, s->zero);
    p->of[X] = past < 0 ? s->actual[actual]
                        : sst_reach_beside(p->of[T] * s->share[past / 3], past % 3 - 1, s->zero);
    if (after >= 3)
        p->of[T] = sst_reach_beside(p->of[X] / s->share[after / 3 - 1], after % 3 - 1, s->zero);
    return sst_reach_inside(p->of[X], s->box[X]) &&
           (!sst_has_target(&s->c) || sst_reach_inside(p->of[T], s->box[T]));
}

struct track {
    int target, actual;
    double low, high; /* of the baseline; of one sign */
    int geometric;
};

/* Visits the track at a share of its way; its position. */
static double
at(struct sst_reach_search *s, const struct track *track, double way)
{
    double low = track->low, high = track->high, baseline = low + way * (high - low);
    struct sst_reach_point p;
    if (track->geometric)
        baseline = copysign(pow(fabs(low), 1.0 - way) * pow(fabs(high), way), low);
    baseline = way == 1.0 ? high : fmin(fmax(baseline, low), high);
    if (!place(s, track->target, track->actual, baseline, &p))
        return NAN;
    sst_reach_visit(s, &p);
    return p.position;
}

/* Golden section for the highest (sign 1) or lowest (-1) position. */
static void
narrow(struct sst_reach_search *s, const struct track *track, double sign)
{
    double low = 0.0, high = 1.0, a = 1.0 - golden, b = golden;
    double at_a = sign * at(s, track, a), at_b = sign * at(s, track, b);
    for (int k = 0; k < NARROWINGS; k++) {
        if (at_a > at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - golden * (high - low);
            at_a = sign * at(s, track, a);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + golden * (high - low);
            at_b = sign * at(s, track, b);
        }
    }
}

static void
follow(struct sst_reach_search *s, const struct track *track)
{
    const double little = 0x1p-20;
    double up = at(s, track, little) - at(s, track, 0.0);
    double down = at(s, track, 1.0 - little) - at(s, track, 1.0);
    if ((s->reached & s->classes) == s->classes)
        return;
    if (up > 0.0 && down > 0.0)
        narrow(s, track, 1.0);
    if (up < 0.0 && down < 0.0)
        narrow(s, track, -1.0);
}

/* Whether logarithms of the baseline are the better measure of the way. */
static int
is_wide(double low, double high)
{
    return low > 0.0 ? high > 2.0 * low : low < 2.0 * high;
}

/* All tracks over baselines from low to high between cuts. */
static void
sweep(struct sst_reach_search *s, double low, double high)
{
    int beside_baseline = sst_has_target(&s->c) ? 3 : 0, meeting = s->shares * beside_baseline;
    for (int target = 0; target < s->targets + beside_baseline + meeting; target++)
        for (int actual = 0; actual < s->actuals + meeting; actual++) {
            struct track track = {target, actual, low, high, is_wide(low, high)};
            struct sst_reach_point p;
            if (s->reached == (s->classes | 1u))
                return;
            if (low < high)
                follow(s, &track);
            else if (place(s, target, actual, low, &p))
                sst_reach_visit(s, &p);
        }
}

static void
add(double *values, int *count, int most, double value, struct sst_box box)
{
    int k = *count;
    if (k == most || !sst_reach_inside(value, box))
        return;
    for (int j = 0; j < k; j++)
        if (values[j] == value)
            return;
    for (; k > 0 && values[k - 1] > value; k--)
        values[k] = values[k - 1];
    values[k] = value;
    ++*count;
}

/* The ends of a box, what is small beside them where it holds zero (for growth over many years
 * loses a figure that is not), and where rules change inside it: at the cut and beside it. */
static void
add_fixed(const struct sst_reach_search *s, double *values, int *count, struct sst_box box)
{
    add(values, count, SST_REACH_FIXED, box.low, box);
    add(values, count, SST_REACH_FIXED, box.high, box);
    add(values, count, SST_REACH_FIXED, box.low * small, box);
    add(values, count, SST_REACH_FIXED, box.high * small, box);
    for (int k = 0; k < 3 * s->cuts; k++)
        add(values, count, SST_REACH_FIXED, sst_reach_beside(s->cut[k / 3], k % 3 - 1, s->zero),
            box);
}

/* Where rules change: at zero, its surrogate, and ends of ranges, scales and colors. */
static void
set_cuts(struct sst_reach_search *s)
{
    const struct sst_box all = {-DBL_MAX, DBL_MAX};
    const double values[SST_REACH_CUTS] = {0.0,
                                           s->method->surrogate,
                                           s->c.of[SST_TARGET_HIGH],
                                           s->c.of[SST_WORST],
                                           s->c.of[SST_BEST],
                                           s->c.of[SST_GREEN]};
    for (int k = 0; k < SST_REACH_CUTS; k++)
        add(s->cut, &s->cuts, SST_REACH_CUTS, values[k], all);
}

/* Baselines at which tracks begin, end or cross a cut. */
static int
breaks_of(const struct sst_reach_search *s, double *breaks)
{
    int count = 0;
    const double values[] = {s->limit,      -s->limit,      2.0 * s->limit, -2.0 * s->limit,
                             s->box[T].low, s->box[T].high, s->box[B].low,  s->box[B].high};
    for (int k = 0; k < s->cuts; k++)
        add(breaks, &count, MOST_BREAKS, s->cut[k], s->box[B]);
    for (size_t k = 0; k < sizeof values / sizeof *values; k++)
        add(breaks, &count, MOST_BREAKS, values[k], s->box[B]);
    for (int k = 0; k < s->shares; k++) {
        add(breaks, &count, MOST_BREAKS, s->box[X].low / s->share[k], s->box[B]);
        add(breaks, &count, MOST_BREAKS, s->box[X].high / s->share[k], s->box[B]);
    }
    return count;
}

/* Where growth comes near to -1 and can still be told from it: one added to it is 2^-40. */
static double
least_figure(const struct sst_reach_search *s)
{
    double most = 0.0, span = s->c.of[SST_NOW] - s->c.of[SST_START];
    for (int k = 0; k < SST_ROUNDED; k++)
        most = fmax(most, fmax(fabs(s->box[k].low), fabs(s->box[k].high)));
    return fmax(most * pow(2.0, isnan(span) ? -40.0 : -40.0 * span), least);
}

/* 1 if there is a box to search. */
static int
set_box(struct sst_reach_search *s, const double *half_width)
{
    int rounded = 0;
    for (int k = 0; k < SST_ROUNDED; k++) {
        double v = s->c.of[k], h = half_width[k];
        s->box[k] = (struct sst_box){v, v};
        if (!isfinite(v) || h == 0.0)
            continue;
        s->box[k].low = fmax(sst_end_point(v, h, 0.0, -1), -DBL_MAX);
        s->box[k].high = fmin(sst_end_point(v, h, 0.0, 1), DBL_MAX);
        rounded = 1;
    }
    return rounded;
}

uint16_t
sst_reachable(const struct sst_method *method, const struct sst_case *c,
              const double half_width[SST_ROUNDED])
{
    struct sst_reach_search s;
    s.method = method;
    s.c = *c;
    s.reached = 0;
    s.cells = s.cuts = s.actuals = s.targets = 0;
    s.limit = sst_has_target(c) ? NAN : fabs(c->of[SST_LIMIT]);
    const struct sst_classes *classes =
        sst_has_target(c) ? method->with_target : method->without_target;
    s.classes = classes != NULL ? (2u << classes->count) - 2u : 0u;
    for (int k = 0; k < SST_ROUNDED; k++)
        if (isnan(half_width[k]) && !isnan(c->of[k]))
            return 0;
    struct sst_reach_point printed = {{c->of[B], c->of[X], c->of[T]}, NAN, 0};
    if (!set_box(&s, half_width) || classes == NULL || isnan(c->of[X])) {
        sst_reach_judge(&s, &printed);
        return (uint16_t)s.reached;
    }
    s.zero = least_figure(&s);
    s.shares = method->met_share ? 2 : 1;
    s.share[0] = 1.0;
    if (method->met_share)
        s.share[1] = c->side < 0 ? 1.0 / c->thresholds[0] : c->thresholds[0];
    set_cuts(&s);
    add_fixed(&s, s.actual, &s.actuals, s.box[X]);
    if (sst_has_target(c))
        add_fixed(&s, s.target, &s.targets, s.box[T]);
    else
        s.target[s.targets++] = NAN;
    sst_reach_visit(&s, &printed);
    double breaks[MOST_BREAKS];
    int count = breaks_of(&s, breaks);
    if (isnan(c->of[B]))
        sweep(&s, NAN, NAN);
    for (int k = 0; k < count; k++) {
        sweep(&s, breaks[k], breaks[k]);
        if (k + 1 < count &&
            sst_reach_beside(breaks[k], 1, least) < sst_reach_beside(breaks[k + 1], -1, least))
            sweep(&s, sst_reach_beside(breaks[k], 1, least),
                  sst_reach_beside(breaks[k + 1], -1, least));
    }
    for (int k = 0; k < s.cells; k++)
        sst_reach_fill(&s, &s.cell[k]);
    return (uint16_t)s.reached;
}
