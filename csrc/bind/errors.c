/* SPDX-License-Identifier: MIT
 *
 * The one place where a status becomes an exception, and the checks every plain
 * function shares. Messages that name a user's argument are made in Python.
 */
#include <string.h>

#include "bind.h"
#include "kind.h"

PyObject *
sst_raise(enum sst_status status)
{
    if (PyErr_Occurred())
        return NULL;
    switch (status) {
    case SST_NO_MEMORY:
        PyErr_SetString(PyExc_MemoryError, sst_status_text(status));
        return NULL;
    case SST_INT_OVERFLOW:
        PyErr_SetString(PyExc_OverflowError, sst_status_text(status));
        return NULL;
    default:
        PyErr_SetString(PyExc_ValueError, sst_status_text(status));
        return NULL;
    }
}

PyArrayObject *
sst_array(PyObject *object, int typenum, int ndim, const char *name)
{
    if (!PyArray_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s: expected an array", name);
        return NULL;
    }
    PyArrayObject *array = (PyArrayObject *)object;
    if (PyArray_TYPE(array) != typenum || !PyArray_ISALIGNED(array) ||
        !PyArray_ISNOTSWAPPED(array)) {
        PyErr_Format(PyExc_TypeError, "%s: wrong type or layout", name);
        return NULL;
    }
    if (ndim >= 0 && PyArray_NDIM(array) != ndim) {
        PyErr_Format(PyExc_ValueError, "%s: expected %d dimensions, got %d", name, ndim,
                     PyArray_NDIM(array));
        return NULL;
    }
    return array;
}

PyArrayObject *
sst_result(PyObject *object, int typenum, int ndim, const char *name)
{
    PyArrayObject *array = sst_array(object, typenum, ndim, name);
    if (array != NULL && PyArray_FailUnlessWriteable(array, name) < 0)
        return NULL;
    return array;
}

int
sst_arity(const char *function, Py_ssize_t have, Py_ssize_t want)
{
    if (have == want)
        return 1;
    PyErr_Format(PyExc_TypeError, "%s takes %zd arguments, got %zd", function, want, have);
    return 0;
}

int
sst_kind_of(PyArrayObject *array)
{
    char kind = PyArray_DESCR(array)->kind;
    npy_intp size = PyArray_ITEMSIZE(array);
    if (kind == 'f' && size == 4)
        return SST_FLOAT32;
    if (kind == 'f' && size == 8)
        return SST_FLOAT64;
    if (kind == 'i' && size == 8)
        return SST_INT64;
    if (kind == 'u' && size == 8)
        return SST_UINT64;
    return -1;
}

const void *
sst_find_row(PyObject *name, const void *table, size_t rows, size_t size, const char *what)
{
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
    for (size_t k = 0; text != NULL && k < rows; k++) {
        const void *row = (const char *)table + k * size;
        if (strcmp(*(const char *const *)row, text) == 0)
            return row;
    }
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "unknown %s %R", what, name);
    return NULL;
}
