/* SPDX-License-Identifier: MIT */
#include "group_pair.h"

#include <math.h>
#include <string.h>

#include "map.h"

SST_INLINE int64_t
code_at(const struct sst_rows *rows, ptrdiff_t i)
{
    return rows->wide_codes ? ((const int64_t *)rows->codes)[i] : ((const int32_t *)rows->codes)[i];
}

static double
real_at(const char *at, enum sst_kind kind)
{
    return kind == SST_FLOAT32 ? (double)*(const float *)(const void *)at
                               : *(const double *)(const void *)at;
}

static int
is_there(const struct sst_two_periods *pairs, ptrdiff_t i)
{
    const struct sst_rows *rows = &pairs->start;
    int there = 1;
    if (rows->weights != NULL)
        there = !isnan(real_at(rows->weights + i * rows->weight_step, SST_FLOAT64));
    if (rows->kind == SST_FLOAT32 || rows->kind == SST_FLOAT64)
        there = there && !isnan(real_at(rows->values + i * rows->step, rows->kind)) &&
                !isnan(real_at(pairs->end + i * pairs->end_step, rows->kind));
    return there;
}

enum sst_status
sst_pair_codes(const struct sst_two_periods *pairs, ptrdiff_t groups, int all, int32_t *codes)
{
    if (pairs->start.rows < 0 || pairs->start.codes == NULL || groups < 0 ||
        groups > SST_GROUPS_MOST)
        return SST_BAD_ARGUMENT;
    for (ptrdiff_t i = 0; i < pairs->start.rows; i++) {
        int64_t code = code_at(&pairs->start, i);
        if (code >= groups)
            return SST_CODE_RANGE;
        codes[i] = code < 0 || !is_there(pairs, i) ? -1 : all ? 0 : (int32_t)code;
    }
    return SST_OK;
}

static int
grows(const struct sst_two_periods *pairs, ptrdiff_t i)
{
    const char *start = pairs->start.values + i * pairs->start.step;
    const char *end = pairs->end + i * pairs->end_step;
    if (pairs->start.kind == SST_INT64)
        return *(const int64_t *)(const void *)end > *(const int64_t *)(const void *)start;
    if (pairs->start.kind == SST_UINT64)
        return *(const uint64_t *)(const void *)end > *(const uint64_t *)(const void *)start;
    return real_at(end, pairs->start.kind) > real_at(start, pairs->start.kind);
}

enum sst_status
sst_pair_growing(const struct sst_two_periods *pairs, ptrdiff_t groups, const int32_t *codes,
                 int64_t min_count, int64_t *present, int64_t *growing, double *share)
{
    if (groups < 0)
        return SST_BAD_ARGUMENT;
    memset(present, 0, (size_t)groups * sizeof *present);
    memset(growing, 0, (size_t)groups * sizeof *growing);
    for (ptrdiff_t i = 0; i < pairs->start.rows; i++) {
        int32_t code = codes[i]; /* copied: the caller's codes may change under us */
        if (code < 0)
            continue;
        if (code >= groups)
            return SST_CODE_RANGE;
        present[code]++;
        growing[code] += grows(pairs, i);
    }
    for (ptrdiff_t g = 0; g < groups; g++) {
        int enough = present[g] > 0 && present[g] >= min_count;
        share[g] = enough ? (double)growing[g] / (double)present[g] : (double)NAN;
    }
    return SST_OK;
}
