/* SPDX-License-Identifier: MIT
 *
 * ytd_years(period int64 (n,), newest_first, year int64 (n,)) -> None or the row out of order
 * ytd(plan, period int64 (n,), measure, values (n, ...), missing bool (n, ...) | None,
 *     out (n, ...), threads)
 * ytd_growth(plan, period int64 (n,), figures (4, n, m), threads) -> results (3, n, m)
 *
 * The plan's units are years and its time is `period`. `out` is float32 or float64 and does not
 * overlap the values.
 */

#include "bind.h"
#include "ytd.h"

static const char *const measures[] = {
    [SST_YTD_COMBINED] = "combined",
    [SST_YTD_SPLIT] = "split",
    [SST_YTD_NAN] = "nan",
    [SST_YTD_SUM] = "sum",
};

/* The number of a measure, or -1 and an exception. */
static int
find_measure(PyObject *name)
{
    const char *const *row = sst_find_row(name, measures, sizeof measures / sizeof *measures,
                                          sizeof *measures, "measure");
    return row == NULL ? -1 : (int)(row - measures);
}

/* A column of int64 without gaps, of `rows` rows (any number if negative), or NULL. */
static PyArrayObject *
whole_column(PyArrayObject *array, npy_intp rows)
{
    if (array == NULL)
        return NULL;
    if (PyArray_IS_C_CONTIGUOUS(array) && (rows < 0 || PyArray_DIM(array, 0) == rows))
        return array;
    PyErr_SetString(PyExc_ValueError, "ytd: wrong length or layout");
    return NULL;
}

/* The rows' periods, as many as the plan has rows; NULL with an exception. */
static const int64_t *
periods_of(PyObject *object, const struct sst_panel *panel)
{
    if (panel == NULL)
        return NULL;
    PyArrayObject *array = whole_column(sst_array(object, NPY_INT64, 1, "period"), panel->rows);
    return array == NULL ? NULL : PyArray_DATA(array);
}

static int
same_shape(PyArrayObject *a, PyArrayObject *b)
{
    int same = PyArray_NDIM(a) == PyArray_NDIM(b);
    for (int d = 0; same && d < PyArray_NDIM(a); d++)
        same = PyArray_DIM(a, d) == PyArray_DIM(b, d);
    return same;
}

static PyObject *
ytd_years(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("ytd_years", count, 3))
        return NULL;
    int newest_first = PyObject_IsTrue(arguments[1]);
    PyArrayObject *period = whole_column(sst_array(arguments[0], NPY_INT64, 1, "period"), -1);
    if (newest_first < 0 || period == NULL)
        return NULL;
    npy_intp rows = PyArray_DIM(period, 0);
    PyArrayObject *year = whole_column(sst_result(arguments[2], NPY_INT64, 1, "year"), rows);
    if (year == NULL)
        return NULL;
    const int64_t *in = PyArray_DATA(period);
    int64_t *out = PyArray_DATA(year);
    ptrdiff_t wrong;
    Py_BEGIN_ALLOW_THREADS wrong = sst_ytd_years(in, rows, newest_first, out);
    Py_END_ALLOW_THREADS return wrong < 0 ? Py_NewRef(Py_None) : PyLong_FromSsize_t(wrong);
}

/* How figures, results and the mask lie; 0 with an exception where they do not fit. */
static int
set_layout(PyArrayObject *values, PyArrayObject *missing, PyArrayObject *out,
           struct sst_columns *columns, struct sst_ytd *ytd)
{
    int kind = sst_kind_of(values), ndim = PyArray_NDIM(values);
    if (kind < 0 || ndim < 1 || PyArray_DIM(values, 0) != ytd->panel->rows ||
        !same_shape(values, out) || (missing != NULL && !same_shape(values, missing))) {
        PyErr_SetString(PyExc_ValueError, "ytd: arrays do not fit together");
        return 0;
    }
    ytd->kind = (enum sst_kind)kind;
    ytd->missing = missing == NULL ? NULL : PyArray_DATA(missing);
    ytd->missing_row = missing == NULL ? 0 : PyArray_STRIDE(missing, 0);
    columns->in = PyArray_BYTES(values);
    columns->out = PyArray_BYTES(out);
    columns->in_row = PyArray_STRIDE(values, 0);
    columns->out_row = PyArray_STRIDE(out, 0);
    columns->in_size = (int)PyArray_ITEMSIZE(values);
    columns->out_size = (int)PyArray_ITEMSIZE(out);
    columns->dimensions = ndim - 1;
    for (int d = 1; d < ndim; d++) {
        columns->shape[d - 1] = PyArray_DIM(values, d);
        columns->in_step[d - 1] = PyArray_STRIDE(values, d);
        columns->out_step[d - 1] = PyArray_STRIDE(out, d);
        ytd->missing_step[d - 1] = missing == NULL ? 0 : PyArray_STRIDE(missing, d);
    }
    return 1;
}

/* The type of an array, to ask for it as it is. */
static int
type_of(PyObject *object, int otherwise)
{
    return PyArray_Check(object) ? PyArray_TYPE((PyArrayObject *)object) : otherwise;
}

static PyObject *
ytd(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("ytd", count, 7))
        return NULL;
    struct sst_columns columns;
    struct sst_ytd run = {.panel = sst_plan(arguments[0]), .columns = &columns};
    run.period = periods_of(arguments[1], run.panel);
    int measure = run.period == NULL ? -1 : find_measure(arguments[2]);
    int threads = measure < 0 ? 0 : sst_threads(arguments[6]);
    if (threads == 0)
        return NULL;
    run.measure = (enum sst_ytd_measure)measure;
    int single = type_of(arguments[5], NPY_DOUBLE) == NPY_FLOAT;
    PyArrayObject *values =
        sst_array(arguments[3], type_of(arguments[3], NPY_DOUBLE), -1, "values");
    PyArrayObject *out = sst_result(arguments[5], single ? NPY_FLOAT : NPY_DOUBLE, -1, "out");
    PyArrayObject *missing = NULL;
    if (values == NULL || out == NULL)
        return NULL;
    if (arguments[4] != Py_None) {
        missing = sst_array(arguments[4], NPY_BOOL, -1, "missing");
        if (missing == NULL)
            return NULL;
    }
    if (!set_layout(values, missing, out, &columns, &run))
        return NULL;
    Py_BEGIN_ALLOW_THREADS sst_ytd(&run, threads);
    Py_END_ALLOW_THREADS return Py_NewRef(Py_None);
}

static PyObject *
ytd_growth(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("ytd_growth", count, 4))
        return NULL;
    struct sst_ytd_growth run = {.panel = sst_plan(arguments[0])};
    run.period = periods_of(arguments[1], run.panel);
    int threads = run.period == NULL ? 0 : sst_threads(arguments[3]);
    PyArrayObject *figures =
        threads == 0 ? NULL : sst_array(arguments[2], NPY_DOUBLE, 3, "figures");
    if (figures == NULL)
        return NULL;
    if (!PyArray_IS_C_CONTIGUOUS(figures) || PyArray_DIM(figures, 0) != SST_YTD_FIGURES ||
        PyArray_DIM(figures, 1) != run.panel->rows) {
        PyErr_SetString(PyExc_ValueError, "figures: wrong shape or layout");
        return NULL;
    }
    npy_intp shape[3] = {SST_YTD_RESULTS, run.panel->rows, PyArray_DIM(figures, 2)};
    PyArrayObject *result = (PyArrayObject *)PyArray_SimpleNew(3, shape, NPY_DOUBLE);
    if (result == NULL)
        return NULL;
    run.columns = shape[2];
    run.figures = PyArray_DATA(figures);
    run.out = PyArray_DATA(result);
    Py_BEGIN_ALLOW_THREADS sst_ytd_growth(&run, threads);
    Py_END_ALLOW_THREADS return (PyObject *)result;
}

static PyMethodDef methods[] = {
    {"ytd", SST_METHOD(ytd), METH_FASTCALL, NULL},
    {"ytd_growth", SST_METHOD(ytd_growth), METH_FASTCALL, NULL},
    {"ytd_years", SST_METHOD(ytd_years), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_ytd(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
