/* SPDX-License-Identifier: MIT
 *
 * The claims actual = target * completion and completion = elapsed + lead, with the elapsed
 * share exact. The completion stands in both; the second is a shift, so what it leaves of
 * the completion is the printed interval cut with elapsed + lead, and every other quantity
 * occurs once. The claims hold for some numbers if and only if that cut is not empty and its
 * product with the target meets the actual figure, and one pass narrows each figure to what
 * the others allow (R. E. Moore, Interval Analysis, 1966).
 */
#include <math.h>

#include "audit.h"
#include "product.h"
#include "widening.h"

struct claim {
    struct sst_figure actual, target, completion, planned; /* planned: elapsed + lead */
    struct sst_figure lead, ahead;                         /* ahead: completion - elapsed */
    double elapsed;
};

struct boxes {
    struct sst_box actual, target, completion;
    int possible; /* the two intervals of the completion meet */
};

static struct boxes
boxes_of(const struct claim *c, double widening)
{
    struct sst_box completion = sst_figure_box(&c->completion, widening, 0);
    struct sst_box planned = sst_figure_box(&c->planned, widening, 0);
    return (struct boxes){sst_figure_box(&c->actual, widening, 1),
                          sst_figure_box(&c->target, widening, 1),
                          sst_box_common(completion, planned), sst_box_meets(completion, planned)};
}

static int
holds(const void *claim, double widening)
{
    struct boxes b = boxes_of(claim, widening);
    return b.possible && sst_box_meets(b.actual, sst_box_product(b.target, b.completion));
}

static void
narrow(const struct claim *c, struct sst_box narrowed[SST_COMPLETION_FIGURES])
{
    struct boxes b = boxes_of(c, 1.0);
    struct sst_box completion = sst_box_quotient_in(b.completion, b.actual, b.target);
    struct sst_box lead = sst_figure_box(&c->lead, 1.0, 0);
    narrowed[0] = sst_box_common(b.actual, sst_box_product(b.target, b.completion));
    narrowed[1] = sst_box_quotient_in(b.target, b.actual, b.completion);
    narrowed[2] = completion;
    narrowed[3] = lead;
    if (!isfinite(c->elapsed))
        return;
    lead = sst_box_common(lead, sst_figure_box(&c->ahead, 1.0, 0)); /* by digits, as printed */
    narrowed[3] = sst_box_common(lead, sst_box_without(completion, c->elapsed));
}

/* The values as given; those that are unknown from the others. */
static void
point_values(const struct claim *c, double values[SST_COMPLETION_FIGURES])
{
    double completion = c->completion.value;
    if (!c->completion.known && c->planned.known)
        completion = c->planned.bare.low == c->planned.bare.high ? c->planned.bare.low
                                                                 : c->elapsed + c->lead.value;
    else if (!c->completion.known)
        completion = c->actual.known && c->target.known ? c->actual.value / c->target.value : NAN;
    values[0] = c->actual.known ? c->actual.value : c->target.value * completion;
    values[1] = c->target.known ? c->target.value : c->actual.value / completion;
    values[2] = completion;
    values[3] = c->lead.value;
    if (!c->lead.known)
        values[3] = sst_end_point(completion, 0.0, -c->elapsed, 0);
}

static double
half_widths_of(const struct claim *c)
{
    const struct sst_figure *all[] = {&c->actual, &c->target, &c->completion, &c->planned};
    double sum = 0.0;
    for (int k = 0; k < SST_COMPLETION_FIGURES; k++)
        sum += all[k]->known ? all[k]->half_width : 0.0;
    return sum;
}

static void
audit_one(const struct claim *c, double *out, ptrdiff_t n)
{
    int shift = c->completion.known && c->planned.known;
    int share = c->actual.known && c->target.known && (c->completion.known || c->planned.known);
    int consistent = holds(c, 1.0), told = shift || share;
    struct sst_box narrowed[SST_COMPLETION_FIGURES];
    double values[SST_COMPLETION_FIGURES];
    narrow(c, narrowed);
    point_values(c, values);
    out[0] = !consistent ? SST_INCONSISTENT : told ? SST_CONSISTENT : SST_CANNOT_TELL;
    out[n] = told ? sst_least_widening(c, holds, consistent, half_widths_of(c)) : NAN;
    for (int k = 0; k < SST_COMPLETION_FIGURES; k++) {
        struct sst_box box = consistent ? sst_box_told(narrowed[k]) : (struct sst_box){NAN, NAN};
        out[(SST_COMPLETION_ENDS + 2 * k) * n] = box.low;
        out[(SST_COMPLETION_ENDS + 2 * k + 1) * n] = box.high;
        out[(SST_COMPLETION_VALUES + k) * n] = values[k];
    }
}

static struct sst_figure
figure_at(const double *figures, const int8_t *bounds, ptrdiff_t n, int k, double offset)
{
    double value = isfinite(offset) ? figures[2 * k * n] : NAN;
    return sst_figure_of(value, figures[(2 * k + 1) * n], offset, bounds[k * n]);
}

enum sst_status
sst_audit_completion(ptrdiff_t n, const double *figures, const int8_t *bounds, double *out)
{
    for (ptrdiff_t i = 0; i < SST_COMPLETION_FIGURES * n; i++)
        if (bounds[i] < 0 || bounds[i] >= SST_BOUND_COUNT)
            return SST_BAD_ARGUMENT;
    for (ptrdiff_t i = 0; i < n; i++) {
        double elapsed = figures[2 * SST_COMPLETION_FIGURES * n + i];
        const struct claim c = {
            .actual = figure_at(figures + i, bounds + i, n, 0, 0.0),
            .target = figure_at(figures + i, bounds + i, n, 1, 0.0),
            .completion = figure_at(figures + i, bounds + i, n, 2, 0.0),
            .planned = figure_at(figures + i, bounds + i, n, 3, elapsed),
            .lead = figure_at(figures + i, bounds + i, n, 3, 0.0),
            .ahead = figure_at(figures + i, bounds + i, n, 2, -elapsed),
            .elapsed = elapsed,
        };
        audit_one(&c, out + i, n);
    }
    return SST_OK;
}
