/* SPDX-License-Identifier: MIT
 *
 * Element-wise measures as ufuncs: a row of the table is a name, the core's functions
 * with their types, and a line of documentation. One loop serves them all.
 */
#include <fenv.h>

#include "bind.h"
#include "growth.h"
#include "target.h"

_Static_assert(sizeof(npy_intp) == sizeof(ptrdiff_t), "NumPy's sizes are the core's");

enum { MAX_LOOPS = 8 };

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

static PyUFuncGenericFunction loops[MAX_LOOPS] = {map_loop, map_loop, map_loop, map_loop,
                                                  map_loop, map_loop, map_loop, map_loop};

#define KERNEL(function, inputs)                                                                   \
    (void *)&(const struct kernel)                                                                 \
    {                                                                                              \
        function, inputs                                                                           \
    }
#define REALS(function, inputs) {KERNEL(function##_f32, inputs), KERNEL(function##_f64, inputs)}

#define PAIRS(function)                                                                            \
    {KERNEL(function##_i64, 2),    KERNEL(function##_u64, 2), KERNEL(function##_i64u64, 2),        \
     KERNEL(function##_u64i64, 2), KERNEL(function##_f32, 2), KERNEL(function##_f64, 2)}

static const char reals2[] = {NPY_FLOAT, NPY_FLOAT, NPY_FLOAT, NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE};
/* 64-bit integers first: other integers fit them, and differences are taken exactly. */
static const char pairs[] = {
    NPY_INT64, NPY_INT64,  NPY_DOUBLE, NPY_UINT64, NPY_UINT64, NPY_DOUBLE,
    NPY_INT64, NPY_UINT64, NPY_DOUBLE, NPY_UINT64, NPY_INT64,  NPY_DOUBLE,
    NPY_FLOAT, NPY_FLOAT,  NPY_FLOAT,  NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE,
};
static const char pair_codes[] = {
    NPY_INT64, NPY_INT64,  NPY_INT8, NPY_UINT64, NPY_UINT64, NPY_INT8,
    NPY_INT64, NPY_UINT64, NPY_INT8, NPY_UINT64, NPY_INT64,  NPY_INT8,
    NPY_FLOAT, NPY_FLOAT,  NPY_INT8, NPY_DOUBLE, NPY_DOUBLE, NPY_INT8,
};
static const char reals3[] = {NPY_FLOAT,  NPY_FLOAT,  NPY_FLOAT,  NPY_FLOAT,
                              NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE};

static const struct measure measures[] = {
    {"cagr", 3, 2, reals3, REALS(sst_cagr, 3), "compound rate per period between two figures"},
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
    {"progress", 3, 2, reals3, REALS(sst_progress, 3), "share of the way from baseline to target"},
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
