/* SPDX-License-Identifier: MIT */
#include "lanes.h"

#include <stdint.h>
#include <stdlib.h>

#include "fpenv.h"
#include "parallel.h"

/* Lanes side by side: as many doubles as a cache line holds. */
enum { AT_ONCE = 8 };

struct run {
    const struct sst_lanes *lanes;
    ptrdiff_t count; /* of lanes */
    ptrdiff_t room;  /* doubles of one thread */
    double *memory;
};

/* Whether kernels can use the array as it lies. */
static int
is_plain(const struct sst_lane_layout *layout)
{
    return layout->kind == SST_FLOAT64 &&
           (layout->along == (ptrdiff_t)sizeof(double) || layout->length <= 1);
}

/* The byte offset of a lane. */
static ptrdiff_t
offset_of(const struct sst_lanes *lanes, const struct sst_lane_layout *layout, ptrdiff_t lane)
{
    ptrdiff_t offset = 0;
    for (int d = lanes->dimensions - 1; d >= 0; d--) {
        offset += lane % lanes->shape[d] * layout->step[d];
        lane /= lanes->shape[d];
    }
    return offset;
}

SST_INLINE double
value_at(const char *at, enum sst_kind kind)
{
    const void *address = at;
    switch (kind) {
    case SST_FLOAT32:
        return (double)*(const float *)address;
    case SST_INT64:
        return (double)*(const int64_t *)address;
    case SST_UINT64:
        return (double)*(const uint64_t *)address;
    default:
        return *(const double *)address;
    }
}

/* n lanes row by row into arrays that follow each other; `kind` is a constant where this is
 * inlined. */
SST_INLINE void
gather(const char *const *from, const struct sst_lane_layout *layout, enum sst_kind kind,
       ptrdiff_t n, double *to)
{
    for (ptrdiff_t i = 0; i < layout->length; i++)
        for (ptrdiff_t k = 0; k < n; k++)
            to[k * layout->length + i] = value_at(from[k] + i * layout->along, kind);
}

static void
gather_lanes(const char *const *from, const struct sst_lane_layout *layout, ptrdiff_t n, double *to)
{
    if (layout->kind == SST_FLOAT64)
        gather(from, layout, SST_FLOAT64, n, to);
    else if (layout->kind == SST_FLOAT32)
        gather(from, layout, SST_FLOAT32, n, to);
    else if (layout->kind == SST_INT64)
        gather(from, layout, SST_INT64, n, to);
    else
        gather(from, layout, SST_UINT64, n, to);
}

static void
scatter_lanes(const double *from, const struct sst_lane_layout *layout, ptrdiff_t n,
              char *const *to)
{
    for (ptrdiff_t i = 0; i < layout->length; i++)
        for (ptrdiff_t k = 0; k < n; k++) {
            double value = from[k * layout->length + i];
            void *address = to[k] + i * layout->along;
            if (layout->kind == SST_FLOAT32)
                *(float *)address = (float)value;
            else
                *(double *)address = value;
        }
}

/* Lanes first..first+n-1 of an input: their addresses, copied to `room` if they must be.
 * Returns the room that is left. */
static double *
bring_input(const struct sst_lanes *lanes, int input, ptrdiff_t first, ptrdiff_t n, double *room,
            const double **at)
{
    const struct sst_lane_layout *layout = &lanes->in_layout[input];
    const char *from[AT_ONCE];
    for (ptrdiff_t k = 0; k < n; k++)
        from[k] = lanes->in[input] + offset_of(lanes, layout, first + k);
    int plain = is_plain(layout);
    for (ptrdiff_t k = 0; k < n; k++)
        at[k] = plain ? (const double *)(const void *)from[k] : room + k * layout->length;
    if (plain)
        return room;
    gather_lanes(from, layout, n, room);
    return room + AT_ONCE * layout->length;
}

static void
run_block(const struct sst_lanes *lanes, ptrdiff_t first, ptrdiff_t n, double *room)
{
    double *own = room;
    room = room != NULL ? room + lanes->rooms * lanes->in_layout[0].length : NULL;
    const double *in[SST_LANE_INPUTS][AT_ONCE];
    char *out[AT_ONCE];
    for (int k = 0; k < lanes->inputs; k++)
        room = bring_input(lanes, k, first, n, room, in[k]);
    const struct sst_lane_layout *layout = &lanes->out_layout;
    int plain = is_plain(layout);
    for (ptrdiff_t k = 0; k < n; k++) {
        out[k] = lanes->out + offset_of(lanes, layout, first + k);
        struct sst_lane lane = {.options = lanes->options, .outs = layout->length, .room = own};
        lane.out = plain ? (double *)(void *)out[k] : room + k * layout->length;
        for (int input = 0; input < lanes->inputs; input++) {
            lane.in[input] = in[input][k];
            lane.length[input] = lanes->in_layout[input].length;
        }
        lanes->function(&lane);
    }
    if (!plain)
        scatter_lanes(room, layout, n, out);
}

static void
run_part(void *work, int part, int parts)
{
    const struct run *run = work;
    double *room = run->memory != NULL ? run->memory + part * run->room : NULL;
    sst_fpenv saved;
    sst_fpenv_enter(&saved);
    ptrdiff_t last = sst_part_start(run->count, part + 1, parts);
    for (ptrdiff_t at = sst_part_start(run->count, part, parts); at < last; at += AT_ONCE)
        run_block(run->lanes, at, last - at < AT_ONCE ? last - at : AT_ONCE, room);
    sst_fpenv_leave(&saved);
}

/* The doubles of a thread: the measure's own, and those it copies lanes to; 0 with a status where
 * they cannot be counted. */
static enum sst_status
room_of(const struct sst_lanes *lanes, int parts, ptrdiff_t *room)
{
    const ptrdiff_t most = PTRDIFF_MAX / (ptrdiff_t)sizeof(double) / AT_ONCE / parts;
    ptrdiff_t total = 0;
    for (int k = 0; k <= lanes->inputs; k++) {
        const struct sst_lane_layout *layout =
            k < lanes->inputs ? &lanes->in_layout[k] : &lanes->out_layout;
        if (is_plain(layout))
            continue;
        if (layout->length > most - total)
            return SST_NO_MEMORY;
        total += layout->length;
    }
    const ptrdiff_t length = lanes->in_layout[0].length;
    if (lanes->rooms > 0 && length > (most - total) / lanes->rooms)
        return SST_NO_MEMORY;
    *room = total * AT_ONCE + lanes->rooms * length;
    return SST_OK;
}

enum sst_status
sst_lanes_run(const struct sst_lanes *lanes, int threads)
{
    struct run run = {.lanes = lanes, .count = 1};
    for (int d = 0; d < lanes->dimensions; d++)
        run.count *= lanes->shape[d];
    if (run.count == 0)
        return SST_OK;
    int parts = run.count < threads ? (int)run.count : threads;
    enum sst_status status = room_of(lanes, parts, &run.room);
    if (status != SST_OK)
        return status;
    if (run.room > 0) {
        run.memory = malloc((size_t)(run.room * parts) * sizeof(double));
        if (run.memory == NULL)
            return SST_NO_MEMORY;
    }
    sst_parallel(run_part, &run, parts);
    free(run.memory);
    return SST_OK;
}
