/* SPDX-License-Identifier: MIT
 *
 * factorize(labels (n,), missing int64 | None, ascending, threads)
 *     -> codes int32 (n,), first intp (m,): the row where each distinct label is first
 */
#include <string.h>

#include "bind.h"
#include "label.h"

/* The kind of an array's labels, or -1. Objects are equal if they are the same object. */
static int
kind_of(PyArrayObject *array)
{
    switch (PyArray_TYPE(array)) {
    case NPY_FLOAT64:
        return SST_LABEL_REAL;
    case NPY_STRING:
        return SST_LABEL_BYTES;
    case NPY_UNICODE:
        return SST_LABEL_TEXT;
    case NPY_OBJECT:
        return sizeof(PyObject *) == 8 ? SST_LABEL_UNSIGNED : -1;
    default:
        if (PyArray_ITEMSIZE(array) != 8)
            return -1;
        return PyArray_ISUNSIGNED(array) ? SST_LABEL_UNSIGNED
               : PyArray_ISSIGNED(array) ? SST_LABEL_SIGNED
                                         : -1;
    }
}

static int
take_labels(PyObject *object, struct sst_label_source *source)
{
    if (!PyArray_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "labels: expected an array");
        return 0;
    }
    PyArrayObject *array = (PyArrayObject *)object;
    int kind = kind_of(array);
    if (kind < 0 || !PyArray_ISNOTSWAPPED(array)) {
        PyErr_SetString(PyExc_TypeError, "labels: wrong type or layout");
        return 0;
    }
    if (PyArray_NDIM(array) != 1 || !PyArray_IS_C_CONTIGUOUS(array) || !PyArray_ISALIGNED(array)) {
        PyErr_SetString(PyExc_ValueError, "labels: expected a contiguous array of one dimension");
        return 0;
    }
    *source = (struct sst_label_source){
        .rows = PyArray_DATA(array),
        .n = PyArray_DIM(array, 0),
        .kind = (enum sst_label_kind)kind,
        .width = (size_t)PyArray_ITEMSIZE(array),
    };
    return 1;
}

static PyObject *
first_rows(const struct sst_labels *labels)
{
    npy_intp count = labels->count;
    PyObject *array = PyArray_SimpleNew(1, &count, NPY_INTP);
    if (array != NULL && count > 0)
        memcpy(PyArray_DATA((PyArrayObject *)array), labels->first,
               (size_t)count * sizeof *labels->first);
    return array;
}

static PyObject *
factorize(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    struct sst_label_source source;
    if (!sst_arity("factorize", count, 4) || !take_labels(arguments[0], &source))
        return NULL;
    int64_t missing = 0;
    if (arguments[1] != Py_None) {
        missing = PyLong_AsLongLong(arguments[1]);
        if (missing == -1 && PyErr_Occurred())
            return NULL;
        source.missing = &missing;
    }
    int ascending = PyObject_IsTrue(arguments[2]), threads = sst_threads(arguments[3]);
    if (ascending < 0 || threads == 0)
        return NULL;
    npy_intp n = source.n;
    PyObject *codes = PyArray_SimpleNew(1, &n, NPY_INT32);
    if (codes == NULL)
        return NULL;
    struct sst_labels labels;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status =
        sst_label(&source, ascending, threads, PyArray_DATA((PyArrayObject *)codes), &labels);
    Py_END_ALLOW_THREADS PyObject *first =
        status == SST_OK ? first_rows(&labels) : sst_raise(status);
    sst_labels_free(&labels);
    PyObject *result = first == NULL ? NULL : PyTuple_Pack(2, codes, first);
    Py_XDECREF(first);
    Py_DECREF(codes);
    return result;
}

static PyMethodDef methods[] = {
    {"factorize", SST_METHOD(factorize), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_label(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
