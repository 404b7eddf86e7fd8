/* SPDX-License-Identifier: MIT */
#include "disclosure_pairs.h"

#include <string.h>

#include "memory.h"

struct sorting {
    const struct sst_rows *rows;
    const struct sst_contributors *contributors;
    ptrdiff_t groups;
    ptrdiff_t *by_who;     /* row numbers in the order of contributors */
    ptrdiff_t *by_cluster; /* and in that of clusters */
    ptrdiff_t *who;        /* of each contributor and cluster: a count, ... */
    ptrdiff_t *cluster;    /* ... then where its next row goes, at last where it ends */
    ptrdiff_t kept;
};

static int64_t
cluster_of(const struct sst_rows *rows, ptrdiff_t i)
{
    return rows->wide_codes ? ((const int64_t *)rows->codes)[i] : ((const int32_t *)rows->codes)[i];
}

/* The contributor of a row; without numbers all are one, in the order of rows. */
static int64_t
who_of(const struct sst_contributors *c, ptrdiff_t i)
{
    return c->ids != NULL ? c->ids[i] : 0;
}

static enum sst_status
count(struct sorting *s)
{
    for (ptrdiff_t i = 0; i < s->rows->rows; i++) {
        int64_t g = cluster_of(s->rows, i), who = who_of(s->contributors, i);
        if (g >= s->groups || who >= s->contributors->count)
            return SST_CODE_RANGE;
        if (g < 0 || who < 0)
            continue;
        s->who[who]++;
        s->cluster[g]++;
        s->kept++;
    }
    return SST_OK;
}

static void
counts_to_places(ptrdiff_t *table, ptrdiff_t n)
{
    ptrdiff_t place = 0;
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t count = table[k];
        table[k] = place;
        place += count;
    }
}

/* The caller's codes may change between the passes: no row goes outside. */
static void
sort_rows(struct sorting *s)
{
    counts_to_places(s->who, s->contributors->count);
    counts_to_places(s->cluster, s->groups);
    for (ptrdiff_t i = 0; i < s->rows->rows; i++) {
        int64_t who = who_of(s->contributors, i);
        if (cluster_of(s->rows, i) >= 0 && who >= 0 && who < s->contributors->count &&
            s->who[who] < s->kept)
            s->by_who[s->who[who]++] = i;
    }
    for (ptrdiff_t k = 0; k < s->kept; k++) {
        int64_t g = cluster_of(s->rows, s->by_who[k]);
        if (g >= 0 && g < s->groups && s->cluster[g] < s->kept)
            s->by_cluster[s->cluster[g]++] = s->by_who[k];
    }
}

static enum sst_status
sort_by_pair(struct sorting *s)
{
    s->who = sst_table_new(s->contributors->count, sizeof *s->who);
    s->cluster = sst_table_new(s->groups, sizeof *s->cluster);
    if (s->who == NULL || s->cluster == NULL)
        return SST_NO_MEMORY;
    enum sst_status status = count(s);
    if (status != SST_OK)
        return status;
    s->by_who = sst_table_new(s->kept, sizeof *s->by_who);
    s->by_cluster = sst_table_new(s->kept, sizeof *s->by_cluster);
    if (s->by_who == NULL || s->by_cluster == NULL)
        return SST_NO_MEMORY;
    sort_rows(s);
    return SST_OK;
}

/* Numbers the pairs, and copies what their rows hold. */
static void
copy_rows(const struct sorting *s, struct sst_paired *p)
{
    const struct sst_rows *rows = s->rows;
    const struct sst_contributors *c = s->contributors;
    size_t size = (size_t)p->rows.step;
    ptrdiff_t at = 0;
    for (ptrdiff_t g = 0; g < s->groups; g++) {
        int64_t last = -1;
        p->start[g] = p->pairs;
        for (; at < s->cluster[g] && at < s->kept; at++) {
            ptrdiff_t row = s->by_cluster[at];
            int64_t who = c->ids != NULL ? c->ids[row] : at;
            if (who != last)
                p->pairs++;
            last = who;
            p->pair[at] = p->pairs - 1;
            memcpy(p->values + at * p->rows.step, rows->values + row * rows->step, size);
            if (p->weights != NULL)
                p->weights[at] =
                    *(const double *)(const void *)(rows->weights + row * rows->weight_step);
            if (c->waived == NULL || !c->waived[row])
                p->protected_pairs[p->pair[at]] = 1;
        }
    }
    p->start[s->groups] = p->pairs;
}

static enum sst_status
make_pairs(const struct sorting *s, struct sst_paired *p)
{
    const struct sst_rows *rows = s->rows;
    ptrdiff_t size = rows->kind == SST_FLOAT32 ? sizeof(float) : sizeof(double);
    p->start = sst_table_new(s->groups + 1, sizeof *p->start);
    p->protected_pairs = sst_table_new(s->kept + 1, 1);
    p->values = sst_table_new(s->kept, (size_t)size);
    p->pair = sst_table_new(s->kept, sizeof *p->pair);
    p->weights = rows->weights != NULL ? sst_table_new(s->kept, sizeof *p->weights) : NULL;
    if (!p->start || !p->protected_pairs || !p->values || !p->pair ||
        (rows->weights != NULL && p->weights == NULL))
        return SST_NO_MEMORY;
    p->rows = (struct sst_rows){.rows = s->kept,
                                .values = p->values,
                                .step = size,
                                .kind = rows->kind,
                                .weights = (const char *)p->weights,
                                .weight_step = sizeof *p->weights,
                                .codes = p->pair,
                                .wide_codes = 1,
                                .skip_missing = rows->skip_missing};
    copy_rows(s, p);
    return SST_OK;
}

enum sst_status
sst_paired_new(struct sst_paired *paired, const struct sst_rows *rows, ptrdiff_t groups,
               const struct sst_contributors *contributors)
{
    struct sorting s = {.rows = rows, .contributors = contributors, .groups = groups};
    *paired = (struct sst_paired){.pairs = 0};
    if (groups < 0 || rows->rows < 0 || rows->codes == NULL || contributors->count < 1)
        return SST_BAD_ARGUMENT;
    enum sst_status status = sort_by_pair(&s);
    if (status == SST_OK)
        status = make_pairs(&s, paired);
    sst_table_free(s.by_who);
    sst_table_free(s.by_cluster);
    sst_table_free(s.who);
    sst_table_free(s.cluster);
    return status;
}

void
sst_paired_free(struct sst_paired *paired)
{
    sst_table_free(paired->start);
    sst_table_free(paired->protected_pairs);
    sst_table_free(paired->values);
    sst_table_free(paired->weights);
    sst_table_free(paired->pair);
}
