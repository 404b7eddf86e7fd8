/* SPDX-License-Identifier: MIT
 *
 * Rules against tests/vectors/rollups.txt, the table itself, and what a call must refuse.
 */
#include <math.h>
#include <string.h>

#include "check.h"
#include "rollup.h"

enum { MOST = 64 };

struct room {
    double score[MOST], left[MOST], value[MOST], rolled[MOST], numbers[MOST];
    int8_t status[MOST], level[MOST], found[MOST];
    int64_t codes[MOST], members[MOST], available[MOST];
};

static const struct sst_rollup *
find_rule(const char *literal)
{
    for (ptrdiff_t k = 0; literal != NULL && k < sst_rollup_count; k++) {
        size_t length = strlen(sst_rollups[k].name);
        if (strlen(literal) == length + 2 && strncmp(literal + 1, sst_rollups[k].name, length) == 0)
            return &sst_rollups[k];
    }
    return NULL;
}

/* The i-th of a list of bools; one alone stands for all. */
static int
flag_at(const char *literal, ptrdiff_t i)
{
    const char *at = literal;
    for (; i > 0 && strchr(at, ',') != NULL; i--)
        at = strchr(at, ',') + 1;
    return strspn(at, "[ ") < strlen(at) && at[strspn(at, "[ ")] == 'T';
}

static void
give(struct sst_roll_up *call, int operand, const void *data, size_t step)
{
    call->in[operand] = data;
    call->row_step[operand] = (ptrdiff_t)step;
}

/* Labels of vectors are 1, 2, ... */
static void
load_codes(const struct vector *v, struct room *room, struct sst_roll_up *call)
{
    ptrdiff_t count = 0;
    call->clusters = 1;
    if (vector_input(v, "by", &count) == NULL)
        return;
    for (ptrdiff_t i = 0; i < call->rows; i++) {
        room->codes[i] = (int64_t)vector_at(v, "by", i) - 1;
        call->clusters =
            room->codes[i] + 1 > call->clusters ? (ptrdiff_t)room->codes[i] + 1 : call->clusters;
    }
    call->codes = room->codes;
    call->wide_codes = 1;
}

static void
load(const struct vector *v, struct room *room, struct sst_roll_up *call)
{
    const char *achieved = vector_option(v, "achieved"), *least = vector_option(v, "at_least");
    ptrdiff_t count = 0;
    int fills = vector_input(v, "fill", &count) != NULL;
    int dated = vector_input(v, "deadline", &count) != NULL;
    for (ptrdiff_t i = 0; i < call->rows; i++) {
        double x = vector_at(v, "verdicts", i);
        room->score[i] = fills && isnan(x) ? vector_at(v, "fill", i) : x;
        room->status[i] =
            call->rule->by_status ? (int8_t)x : (int8_t)(achieved && flag_at(achieved, i));
        room->level[i] = (int8_t)(least != NULL ? least[0] - '0' : 1);
        room->left[i] = dated ? vector_at(v, "deadline", i) - 2025.0 : NAN;
    }
    if (!call->rule->by_status)
        give(call, SST_MEMBER_SCORE, room->score, sizeof(double));
    give(call, SST_MEMBER_LEFT, room->left, sizeof(double));
    give(call, SST_MEMBER_STATUS, room->status, 1);
    give(call, SST_MEMBER_LEVEL, room->level, 1);
    load_codes(v, room, call);
}

static void
check_numbers(const struct vector *v, const char *name, struct room *room, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++)
        room->numbers[i] = strcmp(name, "status") == 0    ? room->found[i]
                           : strcmp(name, "members") == 0 ? (double)room->members[i]
                                                          : (double)room->available[i];
    if (vector_expected(v, name) > 0)
        vector_check(v, name, room->numbers, n);
}

static int
run_roll_up(const struct vector *v)
{
    struct room room;
    const char *coverage = vector_option(v, "min_coverage"), *now = vector_option(v, "now");
    struct sst_roll_up call = {.rule = find_rule(vector_option(v, "method")),
                               .columns = 1,
                               .value = room.value,
                               .score = room.rolled,
                               .status = room.found,
                               .members = room.members,
                               .available = room.available};
    if (call.rule == NULL || vector_input(v, "verdicts", &call.rows) == NULL || call.rows > MOST ||
        (coverage != NULL && strcmp(coverage, "0.8") != 0) ||
        (now != NULL && strcmp(now, "2025") != 0))
        return 0;
    call.min_coverage = coverage != NULL ? 0.8 : call.rule->min_coverage;
    load(v, &room, &call);
    CHECK(sst_roll_up(&call) == SST_OK);
    if (vector_expected(v, "value") > 0)
        vector_check(v, "value", room.value, call.clusters);
    if (vector_expected(v, "score") > 0)
        vector_check(v, "score", room.rolled, call.clusters);
    check_numbers(v, "status", &room, call.clusters);
    check_numbers(v, "members", &room, call.clusters);
    check_numbers(v, "available", &room, call.clusters);
    return 1;
}

static int
run(const struct vector *v)
{
    return strcmp(v->name, "roll_up") == 0 && run_roll_up(v);
}

static void
test_table(void)
{
    for (ptrdiff_t k = 0; k < sst_rollup_count; k++) {
        const struct sst_rollup *r = &sst_rollups[k];
        CHECK(r->judge && r->office && r->statistic && r->source && r->certainty);
        CHECK(r->min_coverage >= 0.0 && r->min_coverage <= 1.0);
        CHECK(!r->keeps_status || (r->by_status && r->classes == NULL));
        if (r->classes == NULL)
            continue;
        for (int c = 0; c < r->classes->limits; c++) {
            CHECK(c == 0 || r->classes->limit[c] > r->classes->limit[c - 1]);
            CHECK(sst_class_of(r->classes->limit[c], r->classes) == c + 2 - r->classes->beyond[c]);
        }
        for (int c = 0; c < r->classes->count; c++)
            CHECK(r->classes->words[c] != NULL);
    }
}

/* Bounds on the wrong side of what they follow give no verdict. */
static void
test_upside_down(void)
{
    struct sst_case c = {.of = {[SST_ACTUAL] = 10,
                                [SST_WORST] = 40,
                                [SST_BEST] = 30,
                                [SST_RED] = 80,
                                [SST_GREEN] = 98},
                         .side = 1};
    for (ptrdiff_t k = 0; k < sst_method_count; k++) {
        struct sst_verdict verdict = {NAN, NAN, 0, NAN};
        if (strcmp(sst_methods[k].name, "sdsn_dashboard") == 0)
            sst_methods[k].judge(&c, &verdict);
        CHECK(verdict.status == 0 && isnan(verdict.value));
    }
}

/* Two columns at a stride, 32-bit codes, a row in no cluster, an empty cluster, a code too far. */
static void
test_layout(void)
{
    const double score[] = {1, 10, 2, 20, 9, 90, 4, NAN};
    int32_t codes[] = {2, 0, -1, 2};
    double value[6], rolled[6];
    int8_t status[6];
    int64_t members[6], available[6];
    struct sst_roll_up call = {.rule = find_rule("\"mean\""),
                               .rows = 4,
                               .columns = 2,
                               .clusters = 3,
                               .codes = codes,
                               .value = value,
                               .score = rolled,
                               .status = status,
                               .members = members,
                               .available = available};
    give(&call, SST_MEMBER_SCORE, score, 2 * sizeof(double));
    call.column_step[SST_MEMBER_SCORE] = sizeof(double);
    CHECK(sst_roll_up(&call) == SST_OK);
    CHECK(value[0] == 2 && value[1] == 20 && value[4] == 2.5 && value[5] == 10);
    CHECK(isnan(value[2]) && isnan(value[3]) && members[2] == 0 && members[5] == 2);
    CHECK(available[4] == 2 && available[5] == 1);
    codes[1] = 3;
    CHECK(sst_roll_up(&call) == SST_CODE_RANGE);
    call.clusters = 0;
    CHECK(sst_roll_up(&call) == SST_OK);
    call.clusters = 3;
    call.rows = 0;
    CHECK(sst_roll_up(&call) == SST_OK);
    CHECK(isnan(value[0]) && members[0] == 0);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "rollups.txt", run);
    test_table();
    test_upside_down();
    test_layout();
    return check_summary();
}
