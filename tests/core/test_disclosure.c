/* SPDX-License-Identifier: MIT
 *
 * Disclosure rules against tests/vectors/disclosure.txt, on waivers, overlapping clusters, and at
 * the ends of the range; differences of exact totals against whole numbers.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "disclosure.h"

enum { MOST = 64, PLACES = 4, RULES = 4 };

struct found {
    int8_t flags[MOST];
    double protection[MOST];
    int64_t contributors[MOST];
    double total[MOST];
    double largest[MOST * PLACES];
};

static enum sst_status
judge(const struct sst_rows *rows, ptrdiff_t groups, const struct sst_contributors *contributors,
      const struct sst_disclosure_rules *rules, int threads, struct found *f)
{
    struct sst_disclosure_output out = {.flags = f->flags,
                                        .protection = f->protection,
                                        .contributors = f->contributors,
                                        .largest = f->largest,
                                        .places = PLACES};
    out.total = (struct sst_output){(char *)f->total, sizeof *f->total, SST_FLOAT64};
    return sst_disclosure(rows, groups, contributors, rules, threads, &out);
}

/* A decimal as a fraction of 100. */
static struct sst_ratio
percent(const char *text, char **end)
{
    struct sst_ratio ratio = {0, 100};
    int after = 0;
    for (; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        if (*text == '.') {
            after = 1;
            continue;
        }
        ratio.over = 10 * ratio.over + (uint64_t)(*text - '0');
        ratio.under *= after ? 10 : 1;
    }
    if (end != NULL)
        *end = (char *)(uintptr_t)text;
    return ratio;
}

static struct sst_ratio
inverse(struct sst_ratio ratio)
{
    return (struct sst_ratio){ratio.under, ratio.over};
}

/* The rules of a vector's options; how many. */
static ptrdiff_t
read_rules(const struct vector *v, struct sst_concentration_rule *rule)
{
    ptrdiff_t n = 0;
    const char *text = vector_option(v, "coalition");
    int together = text != NULL ? 1 + (int)strtol(text, NULL, 10) : 2;
    for (text = vector_option(v, "dominance"); text != NULL; text = strchr(text, '(')) {
        char *end;
        text += strspn(text, "[(");
        int largest = (int)strtol(text, &end, 10);
        rule[n++] = (struct sst_concentration_rule){SST_DOMINANCE, largest,
                                                    percent(end + strspn(end, ", "), NULL)};
    }
    text = vector_option(v, "p");
    if (text != NULL)
        rule[n++] =
            (struct sst_concentration_rule){SST_P_PERCENT, together, inverse(percent(text, NULL))};
    text = vector_option(v, "pq");
    if (text != NULL) {
        char *end;
        struct sst_ratio p = percent(text + 1, &end), q = percent(end + strspn(end, ", "), NULL);
        struct sst_ratio ratio = {q.over * p.under, p.over * q.under};
        rule[n++] = (struct sst_concentration_rule){SST_PRIOR_POSTERIOR, together, ratio};
    }
    return n;
}

static void
check_numbers(const struct vector *v, const char *name, const double *numbers, ptrdiff_t n)
{
    if (vector_expected(v, name) > 0)
        vector_check(v, name, numbers, n);
}

static int
run_vector(const struct vector *v)
{
    ptrdiff_t n, groups = 0, length;
    int64_t codes[MOST];
    int32_t ids[MOST];
    struct sst_concentration_rule rule[RULES];
    struct found f = {.total = {0.0}};
    const char *least = vector_option(v, "min_count");
    const double *values = vector_input(v, "values", &n);
    int given = vector_input(v, "contributor", &length) != NULL;
    if (strcmp(v->name, "Clusters.disclosure") != 0 || n > MOST)
        return 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        codes[i] = (int64_t)vector_at(v, "codes", i);
        ids[i] = given ? (int32_t)vector_at(v, "contributor", i) : 0;
        groups = codes[i] >= groups ? (ptrdiff_t)codes[i] + 1 : groups;
    }
    struct sst_disclosure_rules rules = {.min_count = least ? strtol(least, NULL, 10) : 3,
                                         .rule = rule,
                                         .rules = read_rules(v, rule)};
    struct sst_rows rows = {.rows = n,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes,
                            .wide_codes = 1,
                            .skip_missing = 1};
    struct sst_contributors who = {.ids = ids, .count = MOST};
    CHECK(judge(&rows, groups, given ? &who : NULL, &rules, 2, &f) == SST_OK);
    double flags[MOST], unsafe[MOST], counts[MOST];
    for (ptrdiff_t g = 0; g < groups; g++) {
        flags[g] = f.flags[g];
        unsafe[g] = f.flags[g] != 0;
        counts[g] = (double)f.contributors[g];
    }
    check_numbers(v, "rule", flags, groups);
    check_numbers(v, "unsafe", unsafe, groups);
    check_numbers(v, "contributors", counts, groups);
    check_numbers(v, "protection", f.protection, groups);
    check_numbers(v, "total", f.total, groups);
    return 1;
}

/* Handbook 4.2, waivers: s is the largest that has not waived, r the largest of the others. */
static void
test_waivers(void)
{
    const double values[] = {60.0, 30.0, 8.0, 2.0};
    const int32_t codes[] = {0, 0, 0, 0};
    uint8_t waived[] = {0, 0, 0, 0};
    const struct sst_concentration_rule rule[] = {{SST_P_PERCENT, 2, {100, 40}},
                                                  {SST_DOMINANCE, 1, {50, 100}}};
    struct sst_disclosure_rules rules = {.min_count = 5, .rule = rule, .rules = 2};
    struct sst_rows rows = {.rows = 4,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes,
                            .skip_missing = 1};
    struct sst_contributors who = {.count = 1, .waived = waived};
    struct found f = {.total = {0.0}};
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == 7 && f.protection[0] == 20.0); /* 24 - 10; 120 - 100 */
    waived[0] = 1;
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == (SST_FREQUENCY | SST_P_PERCENT) && f.protection[0] == 2.0); /* 12 - 10 */
    waived[1] = 1;
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == SST_FREQUENCY && f.protection[0] == 0.0); /* 32 of others */
    CHECK(f.largest[0] == 60.0 && f.largest[3] == 2.0);
    waived[2] = waived[3] = 1;
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == 0 && f.contributors[0] == 4);
}

/* A row without a value does not take back what its contributor has waived. */
static void
test_waivers_of_missing_values(void)
{
    const double values[] = {8.0, (double)NAN, 1.0, 0.5};
    const float singles[] = {8.0F, NAN, 1.0F, 0.5F};
    const int32_t codes[] = {0, 0, 0, 0}, ids[] = {0, 0, 1, 2};
    const uint8_t waived[] = {1, 0, 0, 0};
    const struct sst_concentration_rule rule = {SST_P_PERCENT, 2, {10, 1}};
    struct sst_disclosure_rules rules = {.rule = &rule, .rules = 1};
    struct sst_rows rows = {.rows = 4,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes,
                            .skip_missing = 1};
    struct sst_contributors who = {.ids = ids, .count = 3, .waived = waived};
    struct found f = {.total = {0.0}};
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == 0 && f.contributors[0] == 3); /* s = 1: 0.5 against 0.1 */
    rows.values = (const char *)singles;
    rows.step = sizeof *singles;
    rows.kind = SST_FLOAT32;
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == 0 && f.contributors[0] == 3);
}

/* A product that a double would round to a tie; integers above 2^53; floats. */
static void
test_exact(void)
{
    const double values[] = {0x1.fffffffffffffp0, 0x1.fffffffffffffp1 - 0x1p-51};
    const double shares[] = {0x1.fffffffffffffp0, 1.0}; /* (2 - 2^-52)^2 and 4 - 2^-50 */
    const int32_t codes[] = {0, 0};
    const uint64_t whole[] = {(UINT64_C(1) << 62) + 1, UINT64_C(1) << 62};
    const float single[] = {0x1p-149F, 0x1p-149F};
    const struct sst_concentration_rule half = {SST_DOMINANCE, 1, {1, 2}};
    struct sst_disclosure_rules rules = {.rule = &half, .rules = 1};
    struct sst_rows rows = {.rows = 2,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .weights = (const char *)shares,
                            .weight_step = sizeof *shares,
                            .codes = codes,
                            .skip_missing = 1};
    struct sst_contributors who = {.count = 1};
    struct found f = {.total = {0.0}};
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == SST_DOMINANCE && f.protection[0] == 0x1p-104);
    CHECK(judge(&rows, 1, NULL, &rules, 1, &f) == SST_BAD_ARGUMENT);
    rows.weights = NULL;
    rows.values = (const char *)whole;
    rows.kind = SST_UINT64;
    CHECK(judge(&rows, 1, NULL, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == SST_DOMINANCE && f.protection[0] == 1.0);
    rows.values = (const char *)single;
    rows.step = sizeof *single;
    rows.kind = SST_FLOAT32;
    CHECK(judge(&rows, 1, NULL, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == 0 && f.largest[0] == 0x1p-149 && isnan(f.largest[2]));
}

static void
test_wrong_input(void)
{
    const double values[] = {1.0, 2.0};
    const int32_t codes[] = {0, 1};
    int32_t ids[] = {0, 9};
    struct sst_concentration_rule rule = {SST_DOMINANCE, PLACES + 1, {1, 2}};
    struct sst_disclosure_rules rules = {.min_count = 3, .rule = &rule, .rules = 1};
    struct sst_rows rows = {.rows = 2,
                            .values = (const char *)values,
                            .step = sizeof *values,
                            .kind = SST_FLOAT64,
                            .codes = codes,
                            .skip_missing = 1};
    struct sst_contributors who = {.ids = ids, .count = 9};
    struct found f = {.total = {0.0}};
    CHECK(judge(&rows, 2, NULL, &rules, 1, &f) == SST_BAD_ARGUMENT);
    rule = (struct sst_concentration_rule){SST_DOMINANCE, 1, {0, 2}};
    CHECK(judge(&rows, 2, NULL, &rules, 1, &f) == SST_BAD_ARGUMENT);
    rule = (struct sst_concentration_rule){SST_FREQUENCY, 1, {1, 2}};
    CHECK(judge(&rows, 2, NULL, &rules, 1, &f) == SST_BAD_ARGUMENT);
    rules.rules = 0;
    CHECK(judge(&rows, 1, NULL, &rules, 1, &f) == SST_CODE_RANGE);
    CHECK(judge(&rows, 2, &who, &rules, 1, &f) == SST_CODE_RANGE);
    ids[1] = -1; /* nobody */
    CHECK(judge(&rows, 2, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[0] == SST_FREQUENCY && f.flags[1] == 0 && f.contributors[1] == 0);
    rules.empty = 1;
    CHECK(judge(&rows, 2, &who, &rules, 1, &f) == SST_OK);
    CHECK(f.flags[1] == SST_FREQUENCY);
    who.count = 0;
    CHECK(judge(&rows, 2, &who, &rules, 1, &f) == SST_BAD_ARGUMENT);
    ids[1] = 8;
    who.count = 9;
    CHECK(judge(&rows, 1, &who, &rules, 1, &f) == SST_CODE_RANGE);
}

/* A total of one double. */
static struct sst_sum
sum_of(struct sst_gathered *g, int64_t *room, double x)
{
    struct sst_bits bits = sst_bits_real(x);
    int lo = (bits.exponent - SST_LIMB_ORIGIN) / SST_LIMB_BITS;
    memset(room, 0, 4 * sizeof *room);
    sst_digits_add_bits(room, lo, bits);
    sst_digits_carry(room, 4);
    struct sst_sum sum = {.digits = room, .lo = lo, .limbs = 4};
    sst_gather_clear(g);
    sst_gather(g, &sum, 0);
    return sst_gathered_sum(g);
}

/* Ties and next to them, far apart, at the ends of the range. */
static void
test_exceeds(void)
{
    const struct sst_ratio third = {1, 3}, one = {1, 1}, large = {INT64_MAX, INT64_MAX - 1};
    struct sst_gathered g, h;
    int64_t a[4], b[4];
    double excess = -1.0;
    struct sst_sum x = sum_of(&g, a, 1.0), y = sum_of(&h, b, 3.0);
    CHECK(!sst_exceeds(&x, third, &y, &excess) && !sst_exceeds(&x, one, &y, &excess));
    CHECK(sst_exceeds(&y, one, &x, &excess) && excess == 2.0);
    x = sum_of(&g, a, nextafter(1.0, 2.0));
    CHECK(sst_exceeds(&x, third, &y, &excess) && excess == 3.0 * 0x1p-52);
    x = sum_of(&g, a, 0x1.fffffffffffffp1023);
    y = sum_of(&h, b, 0x1p-1074);
    CHECK(sst_exceeds(&x, one, &y, &excess) && excess == 0x1.fffffffffffffp1023);
    CHECK(!sst_exceeds(&y, one, &x, &excess));
    CHECK(sst_exceeds(&x, third, &y, &excess) && isinf(excess));
    x = sum_of(&g, a, 0.0);
    CHECK(!sst_exceeds(&x, one, &x, &excess) && !sst_exceeds(&x, one, &y, &excess));
    CHECK(sst_exceeds(&y, one, &x, &excess) && excess == 0x1p-1074);
    x = sum_of(&g, a, 0x1p63);
    y = sum_of(&h, b, 0x1p63);
    CHECK(!sst_exceeds(&x, large, &y, &excess));
    CHECK(sst_exceeds(&x, (struct sst_ratio){INT64_MAX - 1, INT64_MAX}, &y, &excess));
    CHECK(excess == 1.0); /* 2^63 / (2^63 - 2), rounded */
}

int
main(int argc, char **argv)
{
    test_waivers();
    test_waivers_of_missing_values();
    test_exact();
    test_wrong_input();
    test_exceeds();
    vectors_run(argc > 1 ? argv[1] : "tests/vectors", "disclosure.txt", run_vector);
    return check_summary();
}
