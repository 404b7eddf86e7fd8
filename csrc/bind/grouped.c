/* SPDX-License-Identifier: MIT */
#include "grouped.h"

#include "parallel.h"

Py_ssize_t
sst_whole(PyObject *object, Py_ssize_t least, Py_ssize_t most, const char *name)
{
    Py_ssize_t value = PyLong_AsSsize_t(object);
    if (value == -1 && PyErr_Occurred())
        return -1;
    if (value >= least && value <= most)
        return value;
    PyErr_Format(PyExc_ValueError, "%s: expected %zd to %zd, got %zd", name, least, most, value);
    return -1;
}

static PyArrayObject *
plain_array(PyObject *object, const char *name)
{
    if (!PyArray_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s: expected an array", name);
        return NULL;
    }
    PyArrayObject *array = (PyArrayObject *)object;
    if (PyArray_ISALIGNED(array) && PyArray_ISNOTSWAPPED(array))
        return array;
    PyErr_Format(PyExc_TypeError, "%s: wrong layout", name);
    return NULL;
}

static int
parse_values(struct sst_grouped *g, PyObject *object)
{
    PyArrayObject *values = plain_array(object, "values");
    if (values == NULL)
        return 0;
    int kind = sst_kind_of(values), dimensions = PyArray_NDIM(values);
    if (kind < 0 || dimensions < 1 || dimensions > 2) {
        PyErr_SetString(PyExc_TypeError, "values: wrong type or number of dimensions");
        return 0;
    }
    g->rows.rows = PyArray_DIM(values, 0);
    g->rows.values = PyArray_BYTES(values);
    g->rows.step = PyArray_STRIDE(values, 0);
    g->rows.kind = (enum sst_kind)kind;
    g->two_dimensional = dimensions == 2;
    g->columns = dimensions == 2 ? PyArray_DIM(values, 1) : 1;
    g->column_step = dimensions == 2 ? PyArray_STRIDE(values, 1) : 0;
    return 1;
}

static int
parse_weights(struct sst_grouped *g, PyObject *object)
{
    if (object == Py_None)
        return 1;
    PyArrayObject *weights = sst_array(object, NPY_DOUBLE, 1 + g->two_dimensional, "weights");
    if (weights == NULL)
        return 0;
    if (PyArray_DIM(weights, 0) != g->rows.rows ||
        (g->two_dimensional && PyArray_DIM(weights, 1) != g->columns)) {
        PyErr_SetString(PyExc_ValueError, "weights: another shape than the values");
        return 0;
    }
    g->rows.weights = PyArray_BYTES(weights);
    g->rows.weight_step = PyArray_STRIDE(weights, 0);
    g->weight_column_step = g->two_dimensional ? PyArray_STRIDE(weights, 1) : 0;
    return 1;
}

static int
parse_codes(struct sst_grouped *g, PyObject *object)
{
    if (object == Py_None) {
        if (g->groups == 1)
            return 1;
        PyErr_SetString(PyExc_ValueError, "groups: without codes there is one");
        return 0;
    }
    PyArrayObject *codes = plain_array(object, "codes");
    if (codes == NULL)
        return 0;
    npy_intp size = PyArray_ITEMSIZE(codes);
    if (PyArray_DESCR(codes)->kind != 'i' || (size != 4 && size != 8) || PyArray_NDIM(codes) != 1 ||
        !PyArray_IS_C_CONTIGUOUS(codes)) {
        PyErr_SetString(PyExc_TypeError, "codes: expected contiguous int32 or int64");
        return 0;
    }
    if (PyArray_DIM(codes, 0) != g->rows.rows) {
        PyErr_SetString(PyExc_ValueError, "codes: another length than the values");
        return 0;
    }
    g->rows.codes = PyArray_DATA(codes);
    g->rows.wide_codes = size == 8;
    return 1;
}

int
sst_parse_grouped(struct sst_grouped *grouped, PyObject *const *arguments, PyObject *skip_missing,
                  PyObject *threads)
{
    *grouped = (struct sst_grouped){.two_dimensional = 0};
    grouped->groups = sst_whole(arguments[3], 0, PY_SSIZE_T_MAX / 64, "groups");
    if (grouped->groups < 0)
        return 0;
    int skip = PyObject_IsTrue(skip_missing);
    grouped->threads = (int)sst_whole(threads, 1, SST_MAX_THREADS, "threads");
    if (skip < 0 || grouped->threads < 0)
        return 0;
    grouped->rows.skip_missing = skip;
    return parse_values(grouped, arguments[0]) && parse_weights(grouped, arguments[1]) &&
           parse_codes(grouped, arguments[2]);
}

void
sst_next_column(struct sst_grouped *grouped)
{
    grouped->rows.values += grouped->column_step;
    if (grouped->rows.weights != NULL)
        grouped->rows.weights += grouped->weight_column_step;
}

PyArrayObject *
sst_new_result(const struct sst_grouped *grouped, int kind)
{
    static const int type_of_kind[] = {NPY_FLOAT, NPY_DOUBLE, NPY_INT64, NPY_UINT64};
    npy_intp shape[2] = {grouped->groups, grouped->columns};
    return (PyArrayObject *)PyArray_SimpleNew(1 + grouped->two_dimensional, shape,
                                              type_of_kind[kind]);
}

npy_intp
sst_result_step(const struct sst_grouped *grouped, PyArrayObject *result)
{
    return grouped->two_dimensional ? PyArray_STRIDE(result, 1) : 0;
}
