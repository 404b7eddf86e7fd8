/* SPDX-License-Identifier: MIT
 *
 * growth(plan | None, measure, values (n, ...), out (lags, n, ...), lags, periods, fill,
 * threads): pairs every row with the row `lag` periods earlier, into `out`, which must
 * not overlap `values`. Periods per year may be None. None means that rows are consecutive periods
 * of one unit.
 */
#include <string.h>

#include "bind.h"
#include "growth.h"
#include "panel.h"

enum { TYPES = 4 };

static const int types[TYPES] = {NPY_FLOAT, NPY_DOUBLE, NPY_INT64, NPY_UINT64};

/* A measure: its kernel for each of the types; code is 1 where its results are int8. */
struct axis_measure {
    const char *name;
    int code;
    sst_map_function kernels[TYPES];
};

#define KERNELS(name) {name##_f32, name##_f64, name##_i64_i64, name##_u64_u64}

static const struct axis_measure measures[] = {
    {"annual", 0, KERNELS(sst_annual)},
    {"annual_abs", 0, KERNELS(sst_annual_abs)},
    {"annual_nan", 0, KERNELS(sst_annual_nan)},
    {"difference", 0, KERNELS(sst_difference)},
    {"log", 0, KERNELS(sst_log)},
    {"log_annual", 0, KERNELS(sst_log_annual)},
    {"midpoint", 0, KERNELS(sst_midpoint)},
    {"midpoint_nan", 0, KERNELS(sst_midpoint_nan)},
    {"ratio", 0, KERNELS(sst_ratio)},
    {"ratio_abs", 0, KERNELS(sst_ratio_abs)},
    {"ratio_nan", 0, KERNELS(sst_ratio_nan)},
    {"reason", 1, KERNELS(sst_reason)},
    {"refused", 1, KERNELS(sst_refused)},
    {"simple", 0, KERNELS(sst_simple)},
    {"simple_abs", 0, KERNELS(sst_simple_abs)},
    {"simple_nan", 0, KERNELS(sst_simple_nan)},
};

static int
type_index(PyObject *values)
{
    for (int k = 0; PyArray_Check(values) && k < TYPES; k++)
        if (PyArray_TYPE((PyArrayObject *)values) == types[k])
            return k;
    PyErr_SetString(PyExc_TypeError, "values: wrong type");
    return -1;
}

/* out is (lags, *shape of values); strides go into the columns. */
static int
set_columns(PyArrayObject *values, PyArrayObject *out, ptrdiff_t lags, struct sst_columns *c)
{
    int ndim = PyArray_NDIM(values);
    int fits = ndim >= 1 && PyArray_NDIM(out) == ndim + 1 && PyArray_DIM(out, 0) == lags;
    for (int d = 0; fits && d < ndim; d++)
        fits = PyArray_DIM(out, d + 1) == PyArray_DIM(values, d);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "out: wrong shape");
        return 0;
    }
    c->in = PyArray_BYTES(values);
    c->out = PyArray_BYTES(out);
    c->in_row = PyArray_STRIDE(values, 0);
    c->out_row = PyArray_STRIDE(out, 1);
    c->out_lag = PyArray_STRIDE(out, 0);
    c->in_size = (int)PyArray_ITEMSIZE(values);
    c->out_size = (int)PyArray_ITEMSIZE(out);
    c->dimensions = ndim - 1;
    for (int d = 1; d < ndim; d++) {
        c->shape[d - 1] = PyArray_DIM(values, d);
        c->in_step[d - 1] = PyArray_STRIDE(values, d);
        c->out_step[d - 1] = PyArray_STRIDE(out, d + 1);
    }
    return 1;
}

/* Lags as a C array in memory that the caller frees; with periods, the exponents of a
 * year's growth too, periods over lag. */
static int
set_lags(PyObject *lags, PyObject *periods, struct sst_pairing *pairing, void **memory)
{
    size_t n = (size_t)pairing->lags;
    double per_year = periods == Py_None ? 0.0 : PyFloat_AsDouble(periods);
    int64_t *lag = *memory = PyMem_Calloc(n + 1, sizeof(int64_t) + 2 * sizeof(double));
    if (lag == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    double *exponents = (double *)(void *)(lag + n);
    int near = 1;
    for (size_t k = 0; k < n; k++) {
        lag[k] = PyLong_AsLongLong(PyTuple_GetItem(lags, (Py_ssize_t)k));
        near &= lag[k] <= SST_FARTHEST_LAG && lag[k] >= -SST_FARTHEST_LAG;
        exponents[2 * k] = per_year;
        exponents[2 * k + 1] = (double)lag[k];
    }
    pairing->lag = lag;
    pairing->exponents = exponents;
    if (!near)
        sst_raise(SST_BAD_ARGUMENT);
    return !PyErr_Occurred();
}

/* One element of the result's type. */
static int
set_fill(PyObject *object, int typenum, struct sst_pairing *pairing)
{
    double value = PyFloat_AsDouble(object);
    if (value == -1.0 && PyErr_Occurred())
        return 0;
    float narrow = (float)value;
    if (typenum == NPY_DOUBLE)
        memcpy(pairing->fill, &value, sizeof value);
    else if (typenum == NPY_FLOAT)
        memcpy(pairing->fill, &narrow, sizeof narrow);
    else
        pairing->fill[0] = (unsigned char)value;
    return 1;
}

static void
apply(const struct sst_panel *panel, const struct sst_columns *columns,
      const struct sst_pairing *pairing, npy_intp rows, int threads)
{
    int64_t starts[2] = {0, rows};
    struct sst_panel plain = {.rows = rows, .units = 1, .starts = starts};
    Py_BEGIN_ALLOW_THREADS sst_panel_apply(panel != NULL ? panel : &plain, columns, pairing,
                                           threads);
    Py_END_ALLOW_THREADS
}

static PyObject *
growth(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("growth", count, 8))
        return NULL;
    const struct sst_panel *panel = arguments[0] == Py_None ? NULL : sst_plan(arguments[0]);
    const struct axis_measure *measure =
        PyErr_Occurred() ? NULL
                         : sst_find_row(arguments[1], measures, sizeof measures / sizeof *measures,
                                        sizeof *measures, "measure");
    int type = measure == NULL ? -1 : type_index(arguments[2]);
    if (type < 0)
        return NULL;
    int result = measure->code ? NPY_INT8 : types[type] == NPY_FLOAT ? NPY_FLOAT : NPY_DOUBLE;
    PyArrayObject *values = sst_array(arguments[2], types[type], -1, "values");
    PyArrayObject *out = values == NULL ? NULL : sst_result(arguments[3], result, -1, "out");
    int threads = out == NULL ? 0 : sst_threads(arguments[7]);
    if (threads == 0)
        return NULL;
    if (!PyTuple_Check(arguments[4]))
        return sst_raise(SST_BAD_ARGUMENT);
    struct sst_pairing pairing = {.pair = measure->kernels[type],
                                  .lags = PyTuple_Size(arguments[4])};
    struct sst_columns columns;
    void *memory = NULL;
    int ready = set_columns(values, out, pairing.lags, &columns) &&
                set_fill(arguments[6], result, &pairing) &&
                set_lags(arguments[4], arguments[5], &pairing, &memory);
    if (ready && panel != NULL && panel->rows != PyArray_DIM(values, 0)) {
        PyErr_SetString(PyExc_ValueError, "values: wrong number of rows");
        ready = 0;
    }
    if (ready)
        apply(panel, &columns, &pairing, PyArray_DIM(values, 0), threads);
    PyMem_Free(memory);
    return ready ? Py_NewRef(Py_None) : NULL;
}

static PyMethodDef methods[] = {
    {"growth", SST_METHOD(growth), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_axis(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
