/* SPDX-License-Identifier: MIT
 *
 * Audits of printed figures: claims in columns, so that one call does them all.
 */
#include "audit.h"
#include "bind.h"

/* A dense row-major matrix of `rows` rows (any number if negative), else NULL and an exception. */
static PyArrayObject *
matrix(PyObject *object, int typenum, npy_intp rows, npy_intp columns, const char *name)
{
    PyArrayObject *array = sst_array(object, typenum, 2, name);
    if (array == NULL)
        return NULL;
    const npy_intp *shape = PyArray_DIMS(array);
    if (!PyArray_IS_C_CONTIGUOUS(array) || (rows >= 0 && shape[0] != rows) ||
        (columns >= 0 && shape[1] != columns)) {
        PyErr_Format(PyExc_ValueError, "%s: wrong shape or layout", name);
        return NULL;
    }
    return array;
}

static PyArrayObject *
new_result(npy_intp rows, npy_intp columns)
{
    npy_intp shape[2] = {rows, columns};
    return (PyArrayObject *)PyArray_SimpleNew(2, shape, NPY_DOUBLE);
}

static PyObject *
finished(PyArrayObject *result, enum sst_status status)
{
    if (status == SST_OK)
        return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

/* audit_product(figures, bounds, offset) -> array */
static PyObject *
audit_product(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    (void)self;
    if (!sst_arity("audit_product", count, 3))
        return NULL;
    PyArrayObject *figures = matrix(args[0], NPY_DOUBLE, SST_PRODUCT_ROWS, -1, "figures");
    if (figures == NULL)
        return NULL;
    npy_intp n = PyArray_DIMS(figures)[1];
    PyArrayObject *bounds = matrix(args[1], NPY_INT8, SST_PRODUCT_FIGURES, n, "bounds");
    double offset = PyFloat_AsDouble(args[2]);
    if (bounds == NULL || PyErr_Occurred())
        return NULL;
    PyArrayObject *result = new_result(SST_PRODUCT_OUT, n);
    if (result == NULL)
        return NULL;
    const double *in = PyArray_DATA(figures);
    const int8_t *codes = PyArray_DATA(bounds);
    double *out = PyArray_DATA(result);
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_audit_product(n, in, codes, offset, out);
    Py_END_ALLOW_THREADS return finished(result, status);
}

/* audit_sum(figures, bounds) -> array; bounds has a row for each part and the total */
static PyObject *
audit_sum(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    (void)self;
    if (!sst_arity("audit_sum", count, 2))
        return NULL;
    PyArrayObject *bounds = matrix(args[1], NPY_INT8, -1, -1, "bounds");
    if (bounds == NULL)
        return NULL;
    npy_intp rows = PyArray_DIMS(bounds)[0], n = PyArray_DIMS(bounds)[1];
    if (rows < 1 || rows > NPY_MAX_INTP / 4) {
        PyErr_SetString(PyExc_ValueError, "bounds: expected a row for each part and the total");
        return NULL;
    }
    PyArrayObject *figures = matrix(args[0], NPY_DOUBLE, 2 * rows, n, "figures");
    if (figures == NULL)
        return NULL;
    PyArrayObject *result = new_result(2 + 3 * rows, n);
    if (result == NULL)
        return NULL;
    const double *in = PyArray_DATA(figures);
    const int8_t *codes = PyArray_DATA(bounds);
    double *out = PyArray_DATA(result);
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_audit_sum(n, rows - 1, in, codes, out);
    Py_END_ALLOW_THREADS return finished(result, status);
}

/* audit_completion(figures, bounds) -> array */
static PyObject *
audit_completion(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    (void)self;
    if (!sst_arity("audit_completion", count, 2))
        return NULL;
    PyArrayObject *figures = matrix(args[0], NPY_DOUBLE, SST_COMPLETION_ROWS, -1, "figures");
    if (figures == NULL)
        return NULL;
    npy_intp n = PyArray_DIMS(figures)[1];
    PyArrayObject *bounds = matrix(args[1], NPY_INT8, SST_COMPLETION_FIGURES, n, "bounds");
    if (bounds == NULL)
        return NULL;
    PyArrayObject *result = new_result(SST_COMPLETION_OUT, n);
    if (result == NULL)
        return NULL;
    const double *in = PyArray_DATA(figures);
    const int8_t *codes = PyArray_DATA(bounds);
    double *out = PyArray_DATA(result);
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_audit_completion(n, in, codes, out);
    Py_END_ALLOW_THREADS return finished(result, status);
}

static PyMethodDef functions[] = {
    {"audit_completion", (PyCFunction)(void (*)(void))audit_completion, METH_FASTCALL,
     "(figures, bounds) -> consistency, widening, ends and values in rows"},
    {"audit_product", (PyCFunction)(void (*)(void))audit_product, METH_FASTCALL,
     "(figures, bounds, offset) -> consistency, widening, ends and values in rows"},
    {"audit_sum", (PyCFunction)(void (*)(void))audit_sum, METH_FASTCALL,
     "(figures, bounds) -> consistency, widening, ends and values in rows"},
    {NULL, NULL, 0, NULL},
};

int
sst_add_audits(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
