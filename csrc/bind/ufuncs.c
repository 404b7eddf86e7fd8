/* SPDX-License-Identifier: MIT
 *
 * Element-wise measures as ufuncs: a row of the table is a name, the core's functions
 * with their types, and a line of documentation. One loop serves them all.
 */
#include <fenv.h>

#include "annualize.h"
#include "bind.h"
#include "calendar.h"
#include "contribution.h"
#include "destination.h"
#include "growth.h"
#include "met.h"
#include "projection.h"
#include "rounding.h"
#include "target.h"

_Static_assert(sizeof(npy_intp) == sizeof(ptrdiff_t), "NumPy's sizes are the core's");

enum { MAX_LOOPS = 10 };

/* What a loop needs to know; its address travels as the ufunc's data, since ISO C has no
 * conversion between function and object pointers. */
struct kernel {
    sst_map_function function;
    int inputs;
};

struct measure {
    const char *name;
    int inputs;
    int loops;
    const char *types; /* inputs then output of each loop, in the order they are tried */
    void *data[MAX_LOOPS];
    const char *doc;
};

static void
map_loop(char **arrays, npy_intp const *dimensions, npy_intp const *steps, void *data)
{
    const struct kernel *kernel = data;
    struct sst_map map = {.n = dimensions[0]};
    for (int k = 0; k < kernel->inputs; k++) {
        map.in[k] = arrays[k];
        map.step[k] = steps[k];
    }
    map.out = arrays[kernel->inputs];
    map.out_step = steps[kernel->inputs];
    kernel->function(&map);
    /* A zero base is answered in the result and named by a reason, not by a warning. */
    feclearexcept(FE_ALL_EXCEPT);
}

static PyUFuncGenericFunction loops[MAX_LOOPS] = {map_loop, map_loop, map_loop, map_loop, map_loop,
                                                  map_loop, map_loop, map_loop, map_loop, map_loop};

#define KERNEL(function, inputs)                                                                   \
    (void *)&(const struct kernel)                                                                 \
    {                                                                                              \
        function, inputs                                                                           \
    }
#define REALS(function, inputs) {KERNEL(function##_f32, inputs), KERNEL(function##_f64, inputs)}
/* Two whole figures and a number, and three whole figures: of 64-bit integers, signed or
 * not, in any mixture. */
#define WHOLES2(function, inputs)                                                                  \
    {KERNEL(function##_f32, inputs),     KERNEL(function##_i64_i64, inputs),                       \
     KERNEL(function##_i64_u64, inputs), KERNEL(function##_u64_i64, inputs),                       \
     KERNEL(function##_u64_u64, inputs), KERNEL(function##_f64, inputs)}
#define WHOLES3(function, inputs)                                                                  \
    {KERNEL(function##_f32, inputs),         KERNEL(function##_i64_i64_i64, inputs),               \
     KERNEL(function##_i64_i64_u64, inputs), KERNEL(function##_i64_u64_i64, inputs),               \
     KERNEL(function##_i64_u64_u64, inputs), KERNEL(function##_u64_i64_i64, inputs),               \
     KERNEL(function##_u64_i64_u64, inputs), KERNEL(function##_u64_u64_i64, inputs),               \
     KERNEL(function##_u64_u64_u64, inputs), KERNEL(function##_f64, inputs)}

/* Two figures, 64-bit integers first. */
#define PAIRS(function)                                                                            \
    {KERNEL(function##_i64_i64, 2), KERNEL(function##_i64_u64, 2), KERNEL(function##_u64_i64, 2),  \
     KERNEL(function##_u64_u64, 2), KERNEL(function##_f32, 2),     KERNEL(function##_f64, 2)}

enum {
    F32 = NPY_FLOAT,
    F64 = NPY_DOUBLE,
    I64 = NPY_INT64,
    U64 = NPY_UINT64,
    I8 = NPY_INT8,
    BIT = NPY_BOOL
};

static const char reals1[] = {F32, F32, F64, F64};
static const char reals2[] = {F32, F32, F32, F64, F64, F64};
static const char reals3[] = {F32, F32, F32, F32, F64, F64, F64, F64};
static const char doubles2[] = {F64, F64, F64};
static const char doubles3[] = {F64, F64, F64, F64};
static const char doubles4[] = {F64, F64, F64, F64, F64};
static const char wholes2[] = {F32, F32, F32, F32, I64, I64, F64, F64, I64, U64, F64, F64,
                               U64, I64, F64, F64, U64, U64, F64, F64, F64, F64, F64, F64};
static const char wholes3[] = {F32, F32, F32, F32, I64, I64, I64, F64, I64, I64, U64, F64, I64, U64,
                               I64, F64, I64, U64, U64, F64, U64, I64, I64, F64, U64, I64, U64, F64,
                               U64, U64, I64, F64, U64, U64, U64, F64, F64, F64, F64, F64};
/* Three figures and a number, or a side. */
static const char wholes3_real[] = {F32, F32, F32, F32, F32, I64, I64, I64, F64, F64, I64, I64, U64,
                                    F64, F64, I64, U64, I64, F64, F64, I64, U64, U64, F64, F64, U64,
                                    I64, I64, F64, F64, U64, I64, U64, F64, F64, U64, U64, I64, F64,
                                    F64, U64, U64, U64, F64, F64, F64, F64, F64, F64, F64};
static const char wholes3_side[] = {F32, F32, F32, I8,  F32, I64, I64, I64, I8,  F64, I64, I64, U64,
                                    I8,  F64, I64, U64, I64, I8,  F64, I64, U64, U64, I8,  F64, U64,
                                    I64, I64, I8,  F64, U64, I64, U64, I8,  F64, U64, U64, I64, I8,
                                    F64, U64, U64, U64, I8,  F64, F64, F64, F64, I8,  F64};
/* Three figures, a tolerance and a side, to a truth value. */
static const char wholes3_met[] = {
    F32, F32, F32, F32, I8,  BIT, I64, I64, I64, F64, I8,  BIT, I64, I64, U64,
    F64, I8,  BIT, I64, U64, I64, F64, I8,  BIT, I64, U64, U64, F64, I8,  BIT,
    U64, I64, I64, F64, I8,  BIT, U64, I64, U64, F64, I8,  BIT, U64, U64, I64,
    F64, I8,  BIT, U64, U64, U64, F64, I8,  BIT, F64, F64, F64, F64, I8,  BIT,
};
/* Three figures of one type to one of it. */
static const char same3[] = {F32, F32, F32, F32, I64, I64, I64, I64,
                             U64, U64, U64, U64, F64, F64, F64, F64};
static const char days_years[] = {I64, I64, F64};
static const char days_after[] = {I64, F64, I64};
/* Two figures of one type and a number. */
static const char alike2[] = {I64, I64, F64, F64, U64, U64, F64, F64, F64, F64, F64, F64};
/* 64-bit integers first: other integers fit them, and differences are taken exactly. */
static const char pairs[] = {
    I64, I64, F64, I64, U64, F64, U64, I64, F64, U64, U64, F64, F32, F32, F32, F64, F64, F64,
};
static const char pair_codes[] = {
    I64, I64, I8, I64, U64, I8, U64, I64, I8, U64, U64, I8, F32, F32, I8, F64, F64, I8,
};

static const struct measure measures[] = {
    {"acceleration_geometric", 4, 10, wholes3_real, WHOLES3(sst_acceleration_geometric, 4),
     "required over observed growth"},
    {"acceleration_linear", 4, 10, wholes3_real, WHOLES3(sst_acceleration_linear, 4),
     "required over observed change per period"},
    {"annualize_compound", 2, 2, reals2, REALS(sst_annualize_compound, 2),
     "(1 + rate)^factor - 1, NaN for a rate below -1"},
    {"annualize_linear", 2, 2, reals2, REALS(sst_annualize_linear, 2), "rate * factor"},
    {"attainment_inverse", 2, 2, reals2, REALS(sst_attainment_inverse, 2), "target over actual"},
    {"attainment_ratio", 2, 2, reals2, REALS(sst_attainment_ratio, 2), "actual over target"},
    {"attainment_reflected", 4, 10, wholes3_side, WHOLES3(sst_attainment_reflected, 4),
     "1 less the relative gap"},
    {"cagr", 3, 6, wholes2, WHOLES2(sst_cagr, 3), "compound rate per period between two figures"},
    {"calendar_after",
     2,
     1,
     days_after,
     {KERNEL(sst_calendar_after, 2)},
     "the day that lies years after a day"},
    {"calendar_years", 2, 1, days_years, {KERNEL(sst_calendar_years, 2)}, "years between days"},
    {"contribution",
     3,
     3,
     alike2,
     {KERNEL(sst_contribution_i64, 3), KERNEL(sst_contribution_u64, 3),
      KERNEL(sst_contribution_f64, 3)},
     "change over the base of the total"},
    {"contribution_annual_base",
     4,
     1,
     doubles4,
     {KERNEL(sst_contribution_annual_base_f64, 4)},
     "what changes are divided by for contributions at annual rates"},
    {"contribution_share_base",
     3,
     1,
     doubles3,
     {KERNEL(sst_contribution_share_base_f64, 3)},
     "change of the total, NaN where its growth is too small"},
    {"doubling_time", 1, 2, reals1, REALS(sst_doubling_time, 1),
     "ln 2 / ln(1 + rate), infinity for a rate from -1 to 0"},
    {"doublings", 2, 6, pairs, PAIRS(sst_doublings),
     "log2(end / start), NaN unless both are positive"},
    {"earned_geometric", 3, 10, wholes3, WHOLES3(sst_earned_geometric, 3),
     "share of the time by which a path of constant growth comes to a figure"},
    {"expected_geometric", 3, 6, wholes2, WHOLES2(sst_expected_geometric, 3),
     "value on a path of constant growth"},
    {"expected_share", 3, 6, wholes2, WHOLES2(sst_expected_share, 3),
     "value after a share of the way"},
    {"gap", 4, 10, wholes3_side, WHOLES3(sst_gap, 4), "what is missing to the target"},
    {"growth_difference", 2, 6, pairs, PAIRS(sst_difference), "y - x"},
    {"growth_log", 2, 6, pairs, PAIRS(sst_log), "ln(y / x), NaN unless both are positive"},
    {"growth_midpoint", 2, 6, pairs, PAIRS(sst_midpoint), "2 (y - x) / (|x| + |y|)"},
    {"growth_midpoint_nan", 2, 6, pairs, PAIRS(sst_midpoint_nan),
     "2 (y - x) / (|x| + |y|), NaN unless x > 0"},
    {"growth_ratio", 2, 6, pairs, PAIRS(sst_ratio), "y / x"},
    {"growth_ratio_abs", 2, 6, pairs, PAIRS(sst_ratio_abs), "y / |x|"},
    {"growth_ratio_nan", 2, 6, pairs, PAIRS(sst_ratio_nan), "y / x, NaN unless x > 0"},
    {"growth_refused", 2, 6, pair_codes, PAIRS(sst_refused),
     "1 where a base that counts is not positive"},
    {"growth_simple", 2, 6, pairs, PAIRS(sst_simple), "(y - x) / x"},
    {"growth_simple_abs", 2, 6, pairs, PAIRS(sst_simple_abs), "(y - x) / |x|"},
    {"growth_simple_nan", 2, 6, pairs, PAIRS(sst_simple_nan), "(y - x) / x, NaN unless x > 0"},
    {"implied_base", 2, 2, reals2, REALS(sst_implied_base, 2), "level / (1 + growth)"},
    {"interval_add", 2, 1, doubles2, {KERNEL(sst_interval_add_f64, 2)}, "sum, rounded down"},
    {"interval_divide",
     4,
     1,
     doubles4,
     {KERNEL(sst_interval_divide_f64, 4)},
     "low end of a quotient of intervals"},
    {"interval_multiply",
     4,
     1,
     doubles4,
     {KERNEL(sst_interval_multiply_f64, 4)},
     "low end of a product of intervals"},
    {"met", 5, 10, wholes3_met, WHOLES3(sst_met, 5), "whether a target is met"},
    {"nearer_end",
     3,
     4,
     same3,
     {KERNEL(sst_nearer_end_f32, 3), KERNEL(sst_nearer_end_i64, 3), KERNEL(sst_nearer_end_u64, 3),
      KERNEL(sst_nearer_end_f64, 3)},
     "the place in a range that is nearest"},
    {"pace", 4, 10, wholes3_real, WHOLES3(sst_pace, 4), "progress over planned progress"},
    {"planned_geometric", 3, 6, wholes2, WHOLES2(sst_planned_geometric, 3),
     "share of the way due on a path of constant growth"},
    {"planned_given", 2, 2, reals2, REALS(sst_planned_given, 2), "a given share of the way"},
    {"planned_linear", 1, 2, reals1, REALS(sst_planned_linear, 1),
     "share of the way due on a straight path"},
    {"progress", 3, 10, wholes3, WHOLES3(sst_progress, 3),
     "share of the way from baseline to target"},
    {"projected_geometric", 3, 6, wholes2, WHOLES2(sst_projected_geometric, 3),
     "value at the deadline at the growth so far"},
    {"projected_share", 3, 6, wholes2, WHOLES2(sst_projected_share, 3),
     "value at the deadline at the pace so far"},
    {"relative_gap", 4, 10, wholes3_side, WHOLES3(sst_relative_gap, 4),
     "what is missing over the size of the target"},
    {"required_change", 3, 6, wholes2, WHOLES2(sst_required_change, 3),
     "change per period that reaches the target"},
    {"required_growth", 3, 6, wholes2, WHOLES2(sst_required_growth, 3),
     "compound rate per period that reaches the target"},
    {"schedule_lead", 4, 10, wholes3_real, WHOLES3(sst_schedule_lead, 4),
     "progress minus planned progress"},
    {"span_geometric", 4, 10, wholes3_real, WHOLES3(sst_span_geometric, 4),
     "time to the target at the growth so far"},
    {"span_linear", 4, 10, wholes3_real, WHOLES3(sst_span_linear, 4),
     "time to the target at the pace so far"},
    {"to_complete_geometric", 4, 10, wholes3_real, WHOLES3(sst_to_complete_geometric, 4),
     "required over planned growth"},
    {"to_complete_linear", 4, 10, wholes3_real, WHOLES3(sst_to_complete_linear, 4),
     "required over planned change per period"},
    {"to_complete_share", 2, 2, reals2, REALS(sst_to_complete_share, 2),
     "time left to earn over time left"},
    {"within_limits", 3, 2, reals3, REALS(sst_within_limits, 3), "a value within its limits"},
};

int
sst_add_ufuncs(PyObject *module)
{
    for (size_t k = 0; k < sizeof measures / sizeof *measures; k++) {
        const struct measure *m = &measures[k];
        PyObject *ufunc = PyUFunc_FromFuncAndData(loops, m->data, m->types, m->loops, m->inputs, 1,
                                                  PyUFunc_None, m->name, m->doc, 0);
        if (ufunc == NULL)
            return -1;
        int failed = PyModule_AddObjectRef(module, m->name, ufunc);
        Py_DECREF(ufunc);
        if (failed)
            return -1;
    }
    return 0;
}
