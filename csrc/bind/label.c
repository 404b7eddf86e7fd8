/* SPDX-License-Identifier: MIT
 *
 * factorize(keys int64 (n,), missing int64 | None, ascending) -> codes int32 (n,), keys int64 (m,)
 */
#include <string.h>

#include "bind.h"
#include "label.h"

static PyObject *
labels_to_array(const struct sst_labels *labels)
{
    npy_intp count = labels->count;
    PyObject *array = PyArray_SimpleNew(1, &count, NPY_INT64);
    if (array != NULL && count > 0)
        memcpy(PyArray_DATA((PyArrayObject *)array), labels->keys,
               (size_t)count * sizeof *labels->keys);
    return array;
}

static PyObject *
factorize(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("factorize", count, 3))
        return NULL;
    PyArrayObject *keys = sst_array(arguments[0], NPY_INT64, 1, "keys");
    if (keys == NULL)
        return NULL;
    if (!PyArray_IS_C_CONTIGUOUS(keys)) {
        PyErr_SetString(PyExc_ValueError, "keys: expected a contiguous array");
        return NULL;
    }
    int64_t missing = 0;
    int has_missing = arguments[1] != Py_None;
    if (has_missing) {
        missing = PyLong_AsLongLong(arguments[1]);
        if (missing == -1 && PyErr_Occurred())
            return NULL;
    }
    int ascending = PyObject_IsTrue(arguments[2]);
    if (ascending < 0)
        return NULL;
    npy_intp n = PyArray_DIM(keys, 0);
    PyObject *codes = PyArray_SimpleNew(1, &n, NPY_INT32);
    if (codes == NULL)
        return NULL;
    struct sst_labels labels;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status =
        sst_label(PyArray_DATA(keys), n, has_missing ? &missing : NULL, ascending,
                  PyArray_DATA((PyArrayObject *)codes), &labels);
    Py_END_ALLOW_THREADS PyObject *distinct =
        status == SST_OK ? labels_to_array(&labels) : sst_raise(status);
    sst_labels_free(&labels);
    PyObject *result = distinct == NULL ? NULL : PyTuple_Pack(2, codes, distinct);
    Py_XDECREF(distinct);
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
