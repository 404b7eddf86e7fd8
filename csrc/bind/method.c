/* SPDX-License-Identifier: MIT
 *
 * assess(method | None, geometric, operands, side, strict, thresholds, series, times, out, threads,
 *     rounding)
 *     operands: a float64 array (n,) or None for each name of the table; side, strict: int8 (n,);
 *     thresholds: a tuple of numbers; series, times: float64 (n | 1, points) without gaps, or None;
 *     out: (value, score, status, reason, slipping), dense and of n elements; without a method only
 *     reason is written.
 *     rounding: None, or (half-widths of baseline, actual and target like operands, uint16 result)
 * method_table() -> a tuple for each method: name, geometric, needs, needs with target, takes
 * (bits), classes with and without target (None, or limits, whether only beyond them, words,
 * whether less is better),
 * office, statistic, source, certainty
 */
#include "bind.h"
#include "method.h"
#include "reach.h"

/* A float64 column of n elements (any number if negative), or NULL with an exception. */
static PyArrayObject *
column(PyObject *object, int typenum, npy_intp n, const char *name)
{
    PyArrayObject *array = sst_array(object, typenum, 1, name);
    if (array == NULL || PyArray_DIM(array, 0) == n)
        return array;
    PyErr_Format(PyExc_ValueError, "%s: wrong length", name);
    return NULL;
}

/* A dense result of n elements. */
static void *
result_of(PyObject *object, int typenum, npy_intp n, const char *name)
{
    PyArrayObject *array = sst_result(object, typenum, 1, name);
    if (array == NULL)
        return NULL;
    if (PyArray_DIM(array, 0) == n && PyArray_IS_C_CONTIGUOUS(array))
        return PyArray_DATA(array);
    PyErr_Format(PyExc_ValueError, "%s: wrong length or layout", name);
    return NULL;
}

static int
set_operands(PyObject *tuple, struct sst_assessment *a)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != SST_OPERANDS) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (int k = 0; k < SST_OPERANDS; k++) {
        PyObject *object = PyTuple_GetItem(tuple, k);
        if (object == Py_None)
            continue;
        PyArrayObject *array = column(object, NPY_DOUBLE, a->n, "operands");
        if (array == NULL)
            return 0;
        a->in[k] = PyArray_BYTES(array);
        a->step[k] = PyArray_STRIDE(array, 0);
    }
    return 1;
}

static int
set_codes(PyObject *object, npy_intp n, const int8_t **codes, ptrdiff_t *step)
{
    PyArrayObject *array = column(object, NPY_INT8, n, "codes");
    if (array == NULL)
        return 0;
    *codes = PyArray_DATA(array);
    *step = PyArray_STRIDE(array, 0);
    return 1;
}

static int
set_thresholds(PyObject *tuple, double *thresholds)
{
    Py_ssize_t count = PyTuple_Check(tuple) ? PyTuple_Size(tuple) : -1;
    if (count < 0 || count > SST_MOST_THRESHOLDS) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (Py_ssize_t k = 0; k < count; k++)
        thresholds[k] = PyFloat_AsDouble(PyTuple_GetItem(tuple, k));
    return !PyErr_Occurred();
}

/* One of series and times: a row for each element, or one for all. */
static int
set_series(PyObject *object, npy_intp n, const double **data, ptrdiff_t *step, ptrdiff_t *points)
{
    PyArrayObject *array = sst_array(object, NPY_DOUBLE, 2, "series");
    if (array == NULL)
        return 0;
    npy_intp rows = PyArray_DIM(array, 0), length = PyArray_DIM(array, 1);
    if ((rows != n && rows != 1) || !PyArray_IS_C_CONTIGUOUS(array) ||
        (*points >= 0 && length != *points)) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    *points = length;
    *data = PyArray_DATA(array);
    *step = rows == 1 ? 0 : length;
    return 1;
}

static int
set_both_series(PyObject *series, PyObject *times, struct sst_assessment *a)
{
    if (series == Py_None)
        return 1;
    a->points = -1;
    return set_series(series, a->n, &a->series, &a->series_step, &a->points) &&
           set_series(times, a->n, &a->times, &a->times_step, &a->points);
}

/* The results; the reasons say how many elements there are. */
static int
set_out(PyObject *tuple, struct sst_assessment *a)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != 5) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    PyArrayObject *reason = sst_result(PyTuple_GetItem(tuple, 3), NPY_INT8, 1, "out");
    if (reason == NULL)
        return 0;
    a->n = PyArray_DIM(reason, 0);
    a->reason = result_of((PyObject *)reason, NPY_INT8, a->n, "out");
    if (a->method == NULL || a->reason == NULL)
        return a->reason != NULL;
    a->value = result_of(PyTuple_GetItem(tuple, 0), NPY_DOUBLE, a->n, "out");
    a->score = a->value ? result_of(PyTuple_GetItem(tuple, 1), NPY_DOUBLE, a->n, "out") : NULL;
    a->status = a->score ? result_of(PyTuple_GetItem(tuple, 2), NPY_INT8, a->n, "out") : NULL;
    a->slipping = a->status ? result_of(PyTuple_GetItem(tuple, 4), NPY_BOOL, a->n, "out") : NULL;
    return a->slipping != NULL;
}

static int
set_rounding(PyObject *tuple, struct sst_assessment *a)
{
    if (tuple == Py_None)
        return 1;
    if (a->method == NULL || !PyTuple_Check(tuple) || PyTuple_Size(tuple) != SST_ROUNDED + 1) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (int k = 0; k < SST_ROUNDED; k++) {
        PyObject *object = PyTuple_GetItem(tuple, k);
        if (object == Py_None)
            continue;
        PyArrayObject *array = column(object, NPY_DOUBLE, a->n, "half-widths");
        if (array == NULL)
            return 0;
        a->half_width[k] = PyArray_BYTES(array);
        a->half_step[k] = PyArray_STRIDE(array, 0);
    }
    a->reachable = result_of(PyTuple_GetItem(tuple, SST_ROUNDED), NPY_UINT16, a->n, "out");
    return a->reachable != NULL;
}

static PyObject *
assess(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    double thresholds[SST_MOST_THRESHOLDS] = {0.0};
    struct sst_assessment a = {.thresholds = thresholds};
    if (!sst_arity("assess", count, 11))
        return NULL;
    if (arguments[0] != Py_None &&
        (a.method = sst_find_row(arguments[0], sst_methods, (size_t)sst_method_count,
                                 sizeof *sst_methods, "method")) == NULL)
        return NULL;
    a.geometric = PyObject_IsTrue(arguments[1]);
    int threads = sst_threads(arguments[9]);
    if (a.geometric < 0 || threads == 0 || !set_out(arguments[8], &a) ||
        !set_operands(arguments[2], &a) || !set_codes(arguments[3], a.n, &a.side, &a.side_step) ||
        !set_codes(arguments[4], a.n, &a.strict, &a.strict_step) ||
        !set_thresholds(arguments[5], thresholds) ||
        !set_both_series(arguments[6], arguments[7], &a) || !set_rounding(arguments[10], &a))
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_assess(&a, threads);
    Py_END_ALLOW_THREADS return status == SST_OK ? Py_NewRef(Py_None) : sst_raise(status);
}

/* (limits, whether only beyond them, words, whether less is better), or None. */
static PyObject *
classes_of(const struct sst_classes *classes)
{
    if (classes == NULL)
        return Py_NewRef(Py_None);
    PyObject *limits = PyTuple_New(classes->limits), *beyond = PyTuple_New(classes->limits);
    PyObject *words = PyTuple_New(classes->count);
    int failed = limits == NULL || beyond == NULL || words == NULL;
    for (int k = 0; !failed && k < classes->limits; k++)
        failed = PyTuple_SetItem(limits, k, PyFloat_FromDouble(classes->limit[k])) != 0 ||
                 PyTuple_SetItem(beyond, k, PyBool_FromLong(classes->beyond[k])) != 0;
    for (int k = 0; !failed && k < classes->count; k++)
        failed = PyTuple_SetItem(words, k, PyUnicode_FromString(classes->words[k])) != 0;
    PyObject *all = failed ? NULL
                           : PyTuple_Pack(4, limits, beyond, words,
                                          sst_is_falling(classes) ? Py_True : Py_False);
    Py_XDECREF(limits);
    Py_XDECREF(beyond);
    Py_XDECREF(words);
    return all;
}

PyObject *
sst_classes_as_tuple(const struct sst_classes *classes)
{
    return classes_of(classes);
}

/* (customary values, names). */
static PyObject *
thresholds_of(const struct sst_method *m)
{
    PyObject *values = PyTuple_New(m->thresholds), *names = PyTuple_New(m->thresholds);
    int failed = values == NULL || names == NULL;
    for (int k = 0; !failed && k < m->thresholds; k++)
        failed = PyTuple_SetItem(values, k, PyFloat_FromDouble(m->customary[k])) != 0 ||
                 PyTuple_SetItem(names, k, PyUnicode_FromString(m->threshold[k])) != 0;
    PyObject *both = failed ? NULL : PyTuple_Pack(2, values, names);
    Py_XDECREF(values);
    Py_XDECREF(names);
    return both;
}

static PyObject *
method_table(PyObject *module, PyObject *nothing)
{
    (void)module;
    (void)nothing;
    PyObject *rows = PyTuple_New(sst_method_count);
    for (ptrdiff_t k = 0; rows != NULL && k < sst_method_count; k++) {
        const struct sst_method *m = &sst_methods[k];
        PyObject *row =
            Py_BuildValue("(siIIINNssssN)", m->name, m->geometric, m->needs, m->needs_with_target,
                          m->takes, classes_of(m->with_target), classes_of(m->without_target),
                          m->office, m->statistic, m->source, m->certainty, thresholds_of(m));
        if (row == NULL || PyTuple_SetItem(rows, k, row) != 0)
            Py_CLEAR(rows);
    }
    return rows;
}

static PyMethodDef functions[] = {
    {"assess", SST_METHOD(assess), METH_FASTCALL, NULL},
    {"method_table", method_table, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_methods(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
