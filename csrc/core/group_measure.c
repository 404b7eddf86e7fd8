/* SPDX-License-Identifier: MIT
 *
 * The counting sort brings the figures of a cluster together; its keys are turned back into
 * doubles where they lie, which then are a lane.
 */
#include "group_measure.h"

#include <math.h>
#include <string.h>

#include "between.h"
#include "fpenv.h"
#include "group_sorted.h"
#include "memory.h"
#include "parallel.h"

struct measuring {
    struct sst_sorted sorted;
    const struct sst_group_measure *measure;
    enum sst_kind kind;
    const struct sst_output *out;
    double *room; /* parts x apart */
    ptrdiff_t apart;
    ptrdiff_t places; /* of them for results */
};

static double
real_of_key(int64_t key, enum sst_kind kind)
{
    if (kind == SST_INT64)
        return (double)key;
    if (kind == SST_UINT64)
        return (double)((uint64_t)key ^ (UINT64_C(1) << 63));
    return sst_from_bits((uint64_t)sst_sortable(key));
}

/* The figures in the place of their keys: an item of both has eight bytes. */
static const double *
figures(const struct measuring *m, ptrdiff_t first, ptrdiff_t n)
{
    const struct sst_sorted *s = &m->sorted;
    int multiplies = s->weight != NULL && !m->measure->weighted;
    char *at = (char *)(s->key + first);
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t key;
        memcpy(&key, at + (size_t)i * sizeof key, sizeof key);
        double x = real_of_key(key, m->kind) * (multiplies ? s->weight[first + i] : 1.0);
        memcpy(at + (size_t)i * sizeof x, &x, sizeof x);
    }
    return (const double *)(const void *)at;
}

static double
measured(const struct measuring *m, ptrdiff_t g, double *room)
{
    const struct sst_sorted *s = &m->sorted;
    const struct sst_group_measure *measure = m->measure;
    ptrdiff_t first = s->start[g], n = s->start[g + 1] - first;
    if (s->poisoned[g] || n == 0 || n < measure->min_count)
        return (double)NAN;
    struct sst_lane lane = {.in = {figures(m, first, n)},
                            .length = {n},
                            .out = room,
                            .outs = measure->most < n ? measure->most : n,
                            .options = measure->options,
                            .room = room + m->places};
    if (measure->weighted && s->weight != NULL) {
        lane.in[1] = s->weight + first;
        lane.length[1] = n;
    }
    measure->function(&lane);
    return lane.out[lane.outs - 1];
}

static void
measure_part(void *work, int p, int parts)
{
    const struct measuring *m = work;
    ptrdiff_t end = sst_sorted_first(&m->sorted, p + 1, parts);
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    for (ptrdiff_t g = sst_sorted_first(&m->sorted, p, parts); g < end; g++) {
        double value = measured(m, g, m->room + p * m->apart);
        char *to = m->out->data + g * m->out->step;
        if (m->out->kind == SST_FLOAT32)
            *(float *)(void *)to = (float)value;
        else
            *(double *)(void *)to = value;
    }
    sst_fpenv_leave(&saved);
}

/* Room for the largest cluster, for each part. */
static enum sst_status
make_room(struct measuring *m, int parts)
{
    const struct sst_sorted *s = &m->sorted;
    ptrdiff_t largest = 0;
    for (ptrdiff_t g = 0; g < s->groups; g++) {
        ptrdiff_t n = s->start[g + 1] - s->start[g];
        largest = n > largest ? n : largest;
    }
    m->places = m->measure->most < largest ? m->measure->most : largest;
    if (largest > PTRDIFF_MAX / (ptrdiff_t)sizeof(double) / (m->measure->rooms + 1) / parts - 1)
        return SST_NO_MEMORY;
    m->apart = m->places + m->measure->rooms * largest;
    m->room = sst_table_new((m->apart + 1) * parts, sizeof *m->room);
    return m->room != NULL ? SST_OK : SST_NO_MEMORY;
}

enum sst_status
sst_group_measure(const struct sst_rows *rows, ptrdiff_t groups, int parts,
                  const struct sst_group_measure *measure, const struct sst_output *out)
{
    struct measuring m = {.measure = measure, .kind = rows->kind, .out = out};
    if (measure->most < 1 || measure->rooms < 0 ||
        (out->kind != SST_FLOAT32 && out->kind != SST_FLOAT64))
        return SST_BAD_ARGUMENT;
    int keep = rows->weights != NULL ? SST_KEEP_WEIGHTS : 0;
    enum sst_status status = sst_sorted_new(&m.sorted, rows, groups, parts, keep);
    if (status == SST_OK)
        status = make_room(&m, m.sorted.parts);
    if (status == SST_OK)
        sst_parallel(measure_part, &m, m.sorted.parts);
    sst_table_free(m.room);
    sst_sorted_free(&m.sorted);
    return status;
}
