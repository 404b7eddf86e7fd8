/* SPDX-License-Identifier: MIT
 *
 * Official methods and reasons against tests/vectors/assessments.txt, the table itself, and
 * that threads change nothing.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "method.h"
#include "target_reason.h"

enum { MOST = 64 };

static const char *const names[SST_OPERANDS] = {
    "baseline", "actual", "target", "target_high", "start",  "now",   "deadline", "limit",
    "worst",    "best",   "red",    "green",       "spread", "floor", "ceiling",
};

static const char *const half_widths[SST_TARGET + 1] = {
    "baseline_half_width",
    "actual_half_width",
    "target_half_width",
};

/* Operands, results and codes of one call. */
struct room {
    double operands[SST_OPERANDS][MOST], thresholds[SST_MOST_THRESHOLDS];
    double value[MOST], score[MOST];
    int8_t status[MOST], reason[MOST], side, strict;
    uint8_t slipping[MOST];
    double half_width[SST_TARGET + 1][MOST];
    uint16_t reachable[MOST];
};

static const struct sst_method *
find_method(const char *literal)
{
    for (ptrdiff_t k = 0; literal != NULL && k < sst_method_count; k++) {
        size_t length = strlen(sst_methods[k].name);
        if (strlen(literal) == length + 2 && strncmp(literal + 1, sst_methods[k].name, length) == 0)
            return &sst_methods[k];
    }
    return NULL;
}

/* How many elements there are: as many as the longest input has. */
static ptrdiff_t
size_of(const struct vector *v)
{
    ptrdiff_t n = 1;
    for (int k = 0; k < SST_OPERANDS; k++) {
        ptrdiff_t count = 0;
        if (vector_input(v, names[k], &count) != NULL && count > n)
            n = count;
    }
    return n;
}

static int
load(const struct vector *v, struct room *room, struct sst_assessment *a)
{
    const char *better = vector_option(v, "better"), *strict = vector_option(v, "strict");
    ptrdiff_t count;
    if (better == NULL || a->n > MOST)
        return 0;
    for (int k = 0; k < SST_OPERANDS; k++) {
        if (vector_input(v, names[k], &count) == NULL)
            continue;
        for (ptrdiff_t i = 0; i < a->n; i++)
            room->operands[k][i] = vector_at(v, names[k], i);
        a->in[k] = (const char *)room->operands[k];
        a->step[k] = sizeof(double);
    }
    room->side = strcmp(better, "\"higher\"") == 0 ? 1 : strcmp(better, "\"lower\"") == 0 ? -1 : 0;
    room->strict = strict != NULL && strcmp(strict, "True") == 0;
    a->side = &room->side;
    a->strict = &room->strict;
    for (int k = 0; k <= SST_TARGET; k++) {
        if (vector_input(v, half_widths[k], &count) == NULL)
            continue;
        for (ptrdiff_t i = 0; i < a->n; i++)
            room->half_width[k][i] = vector_at(v, half_widths[k], i);
        a->half_width[k] = (const char *)room->half_width[k];
        a->half_step[k] = sizeof(double);
        a->reachable = room->reachable;
    }
    a->value = room->value;
    a->score = room->score;
    a->status = room->status;
    a->reason = room->reason;
    a->slipping = room->slipping;
    a->series = vector_input(v, "series", &a->points);
    a->times = vector_input(v, "series_time", &count);
    if (a->series == NULL)
        a->points = 0;
    return 1;
}

static void
check_codes(const struct vector *v, const char *name, const int8_t *codes, ptrdiff_t n)
{
    double numbers[MOST];
    for (ptrdiff_t i = 0; i < n; i++)
        numbers[i] = codes[i];
    if (vector_expected(v, name) > 0)
        vector_check(v, name, numbers, n);
}

static int
run_assess(const struct vector *v)
{
    struct room room;
    struct sst_assessment a = {.method = find_method(vector_option(v, "method")), .n = size_of(v)};
    if (a.method == NULL || vector_option(v, "thresholds") != NULL || !load(v, &room, &a))
        return 0;
    a.thresholds = a.method->customary;
    a.geometric = a.method->geometric;
    CHECK(sst_assess(&a, 1) == SST_OK);
    if (vector_expected(v, "value") > 0)
        vector_check(v, "value", room.value, a.n);
    if (vector_expected(v, "score") > 0)
        vector_check(v, "score", room.score, a.n);
    check_codes(v, "status", room.status, a.n);
    check_codes(v, "reason", room.reason, a.n);
    if (vector_expected(v, "slipping") > 0) {
        double flags[MOST];
        for (ptrdiff_t i = 0; i < a.n; i++)
            flags[i] = room.slipping[i];
        vector_check(v, "slipping", flags, a.n);
    }
    if (vector_expected(v, "reachable") > 0) {
        double numbers[MOST];
        for (ptrdiff_t i = 0; i < a.n; i++)
            numbers[i] = room.reachable[i];
        vector_check(v, "reachable", numbers, a.n);
    }
    return 1;
}

static int
run(const struct vector *v)
{
    struct room room;
    if (strcmp(v->name, "assess") == 0)
        return run_assess(v);
    if (strcmp(v->name, "target_reason") != 0)
        return 0;
    const char *path = vector_option(v, "path");
    struct sst_assessment a = {.n = size_of(v),
                               .geometric = path != NULL && strcmp(path, "\"geometric\"") == 0};
    if (!load(v, &room, &a))
        return 0;
    CHECK(sst_assess(&a, 1) == SST_OK);
    check_codes(v, "value", room.reason, a.n);
    return 1;
}

static void
check_classes(const struct sst_classes *c)
{
    double better = sst_is_falling(c) ? -INFINITY : INFINITY;
    CHECK(c->limits == 0 || c->count == c->limits + 1 || c->count == c->limits + 2); /* met */
    CHECK(c->count <= SST_MOST_CLASSES && sst_class_of(NAN, c) == 0);
    for (int k = 0; k < c->count; k++)
        CHECK(c->words[k] != NULL);
    for (int k = 0; k < c->limits; k++) {
        CHECK(k == 0 || (c->limit[k] > c->limit[k - 1]) == !sst_is_falling(c));
        CHECK(sst_class_of(nextafter(c->limit[k], better), c) == k + 2);
        CHECK(sst_class_of(nextafter(c->limit[k], -better), c) == k + 1);
        CHECK(sst_class_of(c->limit[k], c) == k + 2 - c->beyond[k]);
    }
}

static void
test_table(void)
{
    for (ptrdiff_t k = 0; k < sst_method_count; k++) {
        const struct sst_method *m = &sst_methods[k];
        CHECK(m->office && m->statistic && m->source && m->certainty);
        if (m->with_target != NULL)
            check_classes(m->with_target);
        if (m->without_target != NULL)
            check_classes(m->without_target);
        for (int t = 0; t < m->thresholds; t++)
            CHECK(m->threshold[t] != NULL);
    }
}

static void
test_threads(void)
{
    static double actual[1000], value[2][1000], score[1000];
    static int8_t status[1000], reason[1000];
    static uint8_t slipping[1000];
    const double baseline = 14.5, target = 7.25, start = 2015, now = 2023, deadline = 2030;
    const int8_t side = -1, strict = 0;
    for (int i = 0; i < 1000; i++)
        actual[i] = 5.0 + i / 100.0;
    struct sst_assessment a = {
        .method = find_method("\"canada\""),
        .geometric = 1,
        .n = 1000,
        .in = {[SST_BASELINE] = (const char *)&baseline,
               [SST_ACTUAL] = (const char *)actual,
               [SST_TARGET] = (const char *)&target,
               [SST_START] = (const char *)&start,
               [SST_NOW] = (const char *)&now,
               [SST_DEADLINE] = (const char *)&deadline},
        .step = {[SST_ACTUAL] = sizeof(double)},
        .side = &side,
        .strict = &strict,
        .score = score,
        .status = status,
        .reason = reason,
        .slipping = slipping,
    };
    for (int k = 0; k < 2; k++) {
        a.value = value[k];
        CHECK(sst_assess(&a, 1 + 3 * k) == SST_OK);
    }
    CHECK(memcmp(value[0], value[1], sizeof value[0]) == 0);
    a.n = 0;
    CHECK(sst_assess(&a, 2) == SST_OK);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "assessments.txt", run);
    test_table();
    test_threads();
    return check_summary();
}
