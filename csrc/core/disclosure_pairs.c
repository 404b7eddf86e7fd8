/* SPDX-License-Identifier: MIT */
#include "disclosure_pairs.h"

#include <math.h>
#include <string.h>

#include "group_part.h"
#include "memory.h"

/* What a row takes along: a value of any kind, its cluster, and its contributor, ~who if the row
 * protects nobody. */
struct entry {
    int64_t value;
    int32_t cluster;
    int32_t who;
};

struct sorting {
    const struct sst_rows *rows;
    const struct sst_contributors *contributors;
    ptrdiff_t groups;
    size_t size; /* bytes of a value */
    ptrdiff_t kept;
    ptrdiff_t *who;     /* of each contributor and cluster: a count, ... */
    ptrdiff_t *cluster; /* ... then where its next row goes, at last where it ends */
    struct entry *by_who, *by_cluster;
    double *weight_by_who, *weight_by_cluster;
};

static int64_t
cluster_of(const struct sst_rows *rows, ptrdiff_t i)
{
    return rows->wide_codes ? ((const int64_t *)rows->codes)[i] : ((const int32_t *)rows->codes)[i];
}

/* The contributor of a row; without numbers all are one, in the order of rows. */
static int32_t
who_of(const struct sst_contributors *c, ptrdiff_t i)
{
    return c->ids != NULL ? c->ids[i] : 0;
}

/* Where the counter of a row lies, if it has one. */
static ptrdiff_t *
counter_of(const struct sorting *s, ptrdiff_t i)
{
    if (i >= s->rows->rows)
        return NULL;
    int32_t who = who_of(s->contributors, i);
    return who >= 0 && who < s->contributors->count ? s->who + who : NULL;
}

/* Fetches what rows ahead of row i will need: a counter, then where it leads. */
SST_INLINE void
fetch_ahead(const struct sorting *s, ptrdiff_t i)
{
    const ptrdiff_t *later = counter_of(s, i + SST_AHEAD),
                    *sooner = counter_of(s, i + SST_AHEAD / 2);
    if (later != NULL)
        sst_prefetch(later);
    if (sooner != NULL && s->by_who != NULL && *sooner < s->kept)
        sst_prefetch(s->by_who + *sooner);
}

static enum sst_status
count(struct sorting *s)
{
    for (ptrdiff_t i = 0; i < s->rows->rows; i++) {
        fetch_ahead(s, i);
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
        ptrdiff_t counted = table[k];
        table[k] = place;
        place += counted;
    }
}

/* Whether the contributor of a row does not agree to be disclosed; a missing value says nothing. */
static int
protects(const struct sorting *s, ptrdiff_t i)
{
    const uint8_t *waived = s->contributors->waived;
    const void *value = s->rows->values + i * s->rows->step;
    if (waived == NULL || waived[i])
        return waived == NULL;
    if (s->rows->kind == SST_FLOAT32)
        return !isnan(*(const float *)value);
    return s->rows->kind != SST_FLOAT64 || !isnan(*(const double *)value);
}

/* The caller's arrays may change between the passes: no row goes outside. */
static void
sort_by_who(struct sorting *s)
{
    const struct sst_rows *rows = s->rows;
    for (ptrdiff_t i = 0; i < rows->rows; i++) {
        fetch_ahead(s, i);
        int64_t g = cluster_of(rows, i);
        int32_t who = who_of(s->contributors, i);
        if (g < 0 || g >= s->groups || who < 0 || who >= s->contributors->count ||
            s->who[who] >= s->kept)
            continue;
        ptrdiff_t at = s->who[who]++;
        struct entry *entry = &s->by_who[at];
        memcpy(&entry->value, rows->values + i * rows->step, s->size);
        entry->cluster = (int32_t)g;
        entry->who = protects(s, i) ? who : ~who;
        if (s->weight_by_who != NULL)
            memcpy(&s->weight_by_who[at], rows->weights + i * rows->weight_step, sizeof(double));
    }
}

static void
sort_by_cluster(struct sorting *s)
{
    for (ptrdiff_t k = 0; k < s->kept; k++) {
        ptrdiff_t *next = &s->cluster[s->by_who[k].cluster];
        if (*next >= s->kept)
            continue;
        s->by_cluster[*next] = s->by_who[k];
        if (s->weight_by_who != NULL)
            s->weight_by_cluster[*next] = s->weight_by_who[k];
        ++*next;
    }
}

/* Numbers the pairs; each row's number goes to `pair`. */
static void
number_pairs(const struct sorting *s, struct sst_paired *p, int64_t *pair)
{
    int all_differ = s->contributors->ids == NULL;
    ptrdiff_t at = 0;
    for (ptrdiff_t g = 0; g < s->groups; g++) {
        int32_t last = -1;
        p->start[g] = p->pairs;
        for (; at < s->cluster[g]; at++) {
            int32_t who = s->by_cluster[at].who, unprotected = who < 0;
            who = unprotected ? ~who : who;
            if (all_differ || who != last)
                p->pairs++;
            last = who;
            pair[at] = p->pairs - 1;
            p->protected_pairs[pair[at]] |= (uint8_t)!unprotected;
        }
    }
    p->start[s->groups] = p->pairs;
}

static enum sst_status
make_room(struct sorting *s, struct sst_paired *p)
{
    int weighted = s->rows->weights != NULL;
    p->start = sst_table_new(s->groups + 1, sizeof *p->start);
    p->protected_pairs = sst_table_new(s->kept, 1);
    p->room[0] = s->by_who = sst_table_new(s->kept, sizeof *s->by_who);
    p->room[1] = s->by_cluster = sst_table_new(s->kept, sizeof *s->by_cluster);
    int there = p->start && p->protected_pairs && s->by_who && s->by_cluster;
    if (weighted) {
        p->room[2] = s->weight_by_who = sst_table_new(s->kept, sizeof(double));
        p->room[3] = s->weight_by_cluster = sst_table_new(s->kept, sizeof(double));
        there = there && s->weight_by_who && s->weight_by_cluster;
    }
    return there ? SST_OK : SST_NO_MEMORY;
}

static enum sst_status
sort_rows(struct sorting *s, struct sst_paired *p)
{
    s->who = sst_table_new(s->contributors->count, sizeof *s->who);
    s->cluster = sst_table_new(s->groups, sizeof *s->cluster);
    if (s->who == NULL || s->cluster == NULL)
        return SST_NO_MEMORY;
    enum sst_status status = count(s);
    if (status == SST_OK)
        status = make_room(s, p);
    if (status != SST_OK)
        return status;
    counts_to_places(s->who, s->contributors->count);
    counts_to_places(s->cluster, s->groups);
    sort_by_who(s);
    sort_by_cluster(s);
    int64_t *pair = p->room[0]; /* the first order is not needed any more */
    number_pairs(s, p, pair);
    p->rows = (struct sst_rows){.rows = s->kept,
                                .values = (const char *)&s->by_cluster->value,
                                .step = sizeof *s->by_cluster,
                                .kind = s->rows->kind,
                                .weights = (const char *)s->weight_by_cluster,
                                .weight_step = sizeof(double),
                                .codes = pair,
                                .wide_codes = 1,
                                .skip_missing = s->rows->skip_missing};
    return SST_OK;
}

enum sst_status
sst_paired_new(struct sst_paired *paired, const struct sst_rows *rows, ptrdiff_t groups,
               const struct sst_contributors *contributors)
{
    struct sorting s = {.rows = rows, .contributors = contributors, .groups = groups};
    s.size = rows->kind == SST_FLOAT32 ? sizeof(float) : sizeof(double);
    *paired = (struct sst_paired){.pairs = 0};
    if (groups < 0 || groups > SST_GROUPS_MOST || rows->rows < 0 || rows->codes == NULL ||
        contributors->count < 1)
        return SST_BAD_ARGUMENT;
    enum sst_status status = sort_rows(&s, paired);
    sst_table_free(s.who);
    sst_table_free(s.cluster);
    return status;
}

void
sst_paired_free(struct sst_paired *paired)
{
    sst_table_free(paired->start);
    sst_table_free(paired->protected_pairs);
    for (int k = 0; k < 4; k++)
        sst_table_free(paired->room[k]);
}
