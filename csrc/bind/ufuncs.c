/* SPDX-License-Identifier: MIT
 *
 * Element-wise measures as ufuncs: a row of the table is a name, the core's functions
 * with their types, and a line of documentation. One loop serves them all.
 */
#include <fenv.h>

#include "bind.h"
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

static const char reals3[] = {NPY_FLOAT,  NPY_FLOAT,  NPY_FLOAT,  NPY_FLOAT,
                              NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE};

static const struct measure measures[] = {
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
