/* SPDX-License-Identifier: MIT
 *
 * region(measure, start, end, start_reference, end_reference, skip, options, out): runs a measure
 * of tables of float64 (regions, industries), contiguous; `end` and references (industries,) may
 * be None. `out` is (terms, regions, industries) or (regions,), as the measure has it.
 */
#include "bind.h"
#include "region.h"

enum { OPTIONS = 2 };

struct region_measure {
    const char *name;
    sst_region_function function;
    int tables;
    int terms; /* 0: a value for each region */
};

static const struct region_measure measures[] = {
    {"arcelus", sst_shift_arcelus, 2, SST_ARCELUS_TERMS},
    {"classic", sst_shift_classic, 2, SST_CLASSIC_TERMS},
    {"esteban_marquillas", sst_shift_esteban_marquillas, 2, SST_HOMOTHETIC_TERMS},
    {"hachman", sst_hachman, 1, 0},
    {"krugman", sst_krugman, 1, 0},
    {"location_quotient", sst_location_quotient, 1, 1},
};

/* Contiguous float64 of this shape; `lead` is left out where it is negative. */
static double *
data_of(PyArrayObject *array, npy_intp lead, npy_intp regions, npy_intp industries)
{
    const npy_intp want[3] = {lead, regions, industries};
    int dimensions = 0, fits = array != NULL && PyArray_IS_C_CONTIGUOUS(array);
    for (int k = 0; fits && k < 3; k++)
        if (want[k] >= 0) {
            fits = dimensions < PyArray_NDIM(array) && PyArray_DIM(array, dimensions) == want[k];
            dimensions++;
        }
    if (fits && dimensions == PyArray_NDIM(array))
        return PyArray_DATA(array);
    if (array != NULL)
        PyErr_SetString(PyExc_ValueError, "region: arrays do not fit together");
    return NULL;
}

/* Reads a table, or a reference (`regions` negative); None stays NULL. 0 with an exception. */
static int
read_table(PyObject *object, npy_intp regions, npy_intp industries, const double **data)
{
    if (object == Py_None)
        return 1;
    *data = data_of(sst_array(object, NPY_DOUBLE, -1, "table"), -1, regions, industries);
    return *data != NULL;
}

static int
read_options(PyObject *tuple, double *options)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != OPTIONS) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (int k = 0; k < OPTIONS; k++) {
        options[k] = PyFloat_AsDouble(PyTuple_GetItem(tuple, k));
        if (options[k] == -1.0 && PyErr_Occurred())
            return 0;
    }
    return 1;
}

static PyObject *
region_run(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_region_table t = {.regions = 0};
    double options[OPTIONS];
    (void)module;
    if (!sst_arity("region", count, 8))
        return NULL;
    const struct region_measure *measure = sst_find_row(
        arguments[0], measures, sizeof measures / sizeof *measures, sizeof *measures, "measure");
    PyArrayObject *start = measure != NULL ? sst_array(arguments[1], NPY_DOUBLE, 2, "table") : NULL;
    if (start == NULL)
        return NULL;
    t.regions = PyArray_DIM(start, 0);
    t.industries = PyArray_DIM(start, 1);
    for (int k = 0; k < 2; k++)
        if (!read_table(arguments[1 + k], t.regions, t.industries, &t.cells[k]) ||
            !read_table(arguments[3 + k], -1, t.industries, &t.reference[k]))
            return NULL;
    PyArrayObject *out = sst_result(arguments[7], NPY_DOUBLE, -1, "out");
    t.out = data_of(out, measure->terms > 0 ? measure->terms : -1, t.regions,
                    measure->terms > 0 ? t.industries : -1);
    t.skip = PyObject_IsTrue(arguments[5]);
    if (t.out == NULL || t.skip < 0 || !read_options(arguments[6], options))
        return NULL;
    int pair = measure->tables == 2;
    if (pair != (t.cells[1] != NULL) ||
        (t.reference[1] != NULL) != (pair && t.reference[0] != NULL))
        return sst_raise(SST_BAD_ARGUMENT);
    t.options = options;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_region_run(&t, measure->function);
    Py_END_ALLOW_THREADS return status == SST_OK ? Py_NewRef(Py_None) : sst_raise(status);
}

static PyMethodDef methods[] = {
    {"region", SST_METHOD(region_run), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_regions(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
