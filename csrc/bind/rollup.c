/* SPDX-License-Identifier: MIT
 *
 * roll_up(rule, min_coverage, codes | None, clusters, operands, out)
 *     operands: (score, time left: float64, status, level: int8), each (rows, columns) at any
 *     strides or None; out: (value, score: float64, status: int8, members, available: int64),
 *     dense (clusters, columns), which say how many columns there are
 * rollup_table() -> a tuple for each rule: name, whether it goes by statuses, takes (bits), whether
 * it fills, least coverage, classes, whether it keeps statuses, whose verdicts it takes, office,
 * statistic, source, certainty
 */
#include "bind.h"
#include "rollup.h"

static const int operand_types[SST_MEMBER_OPERANDS] = {NPY_DOUBLE, NPY_DOUBLE, NPY_INT8, NPY_INT8};

static int
set_codes(PyObject *object, struct sst_roll_up *call)
{
    if (object == Py_None)
        return 1;
    int wide = PyArray_Check(object) && PyArray_ITEMSIZE((PyArrayObject *)object) == 8;
    PyArrayObject *codes = sst_array(object, wide ? NPY_INT64 : NPY_INT32, 1, "codes");
    if (codes == NULL)
        return 0;
    if (PyArray_DIM(codes, 0) != call->rows || !PyArray_IS_C_CONTIGUOUS(codes)) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    call->codes = PyArray_DATA(codes);
    call->wide_codes = wide;
    return 1;
}

/* The operands; the first that is there says how many rows there are. */
static int
set_operands(PyObject *tuple, struct sst_roll_up *call)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != SST_MEMBER_OPERANDS) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    call->rows = -1;
    for (int k = 0; k < SST_MEMBER_OPERANDS; k++) {
        PyObject *object = PyTuple_GetItem(tuple, k);
        if (object == Py_None)
            continue;
        PyArrayObject *array = sst_array(object, operand_types[k], 2, "operands");
        if (array == NULL)
            return 0;
        if (PyArray_DIM(array, 1) != call->columns ||
            (call->rows >= 0 && PyArray_DIM(array, 0) != call->rows)) {
            sst_raise(SST_BAD_ARGUMENT);
            return 0;
        }
        call->rows = PyArray_DIM(array, 0);
        call->in[k] = PyArray_BYTES(array);
        call->row_step[k] = PyArray_STRIDE(array, 0);
        call->column_step[k] = PyArray_STRIDE(array, 1);
    }
    call->rows = call->rows < 0 ? 0 : call->rows;
    return 1;
}

/* A dense result of clusters by columns, or of any number of columns if negative. */
static void *
result_of(PyObject *tuple, Py_ssize_t k, int typenum, struct sst_roll_up *call)
{
    PyArrayObject *array = sst_result(PyTuple_GetItem(tuple, k), typenum, 2, "out");
    if (array == NULL)
        return NULL;
    if (call->columns < 0)
        call->columns = PyArray_DIM(array, 1);
    if (PyArray_DIM(array, 0) == call->clusters && PyArray_DIM(array, 1) == call->columns &&
        PyArray_IS_C_CONTIGUOUS(array))
        return PyArray_DATA(array);
    sst_raise(SST_BAD_ARGUMENT);
    return NULL;
}

static int
set_out(PyObject *tuple, struct sst_roll_up *call)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != 5) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    call->columns = -1;
    return (call->value = result_of(tuple, 0, NPY_DOUBLE, call)) != NULL &&
           (call->score = result_of(tuple, 1, NPY_DOUBLE, call)) != NULL &&
           (call->status = result_of(tuple, 2, NPY_INT8, call)) != NULL &&
           (call->members = result_of(tuple, 3, NPY_INT64, call)) != NULL &&
           (call->available = result_of(tuple, 4, NPY_INT64, call)) != NULL;
}

static PyObject *
roll_up(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    struct sst_roll_up call = {.rule = NULL};
    if (!sst_arity("roll_up", count, 6) ||
        (call.rule = sst_find_row(arguments[0], sst_rollups, (size_t)sst_rollup_count,
                                  sizeof *sst_rollups, "rule")) == NULL)
        return NULL;
    call.min_coverage = PyFloat_AsDouble(arguments[1]);
    call.clusters = PyLong_AsSsize_t(arguments[3]);
    if (PyErr_Occurred())
        return NULL;
    if (call.clusters < 0 || (arguments[2] == Py_None && call.clusters != 1))
        return sst_raise(SST_BAD_ARGUMENT);
    if (!set_out(arguments[5], &call) || !set_operands(arguments[4], &call) ||
        !set_codes(arguments[2], &call))
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_roll_up(&call);
    Py_END_ALLOW_THREADS return status == SST_OK ? Py_NewRef(Py_None) : sst_raise(status);
}

static PyObject *
suits_of(const struct sst_rollup *rule)
{
    PyObject *names = PyList_New(0), *tuple;
    for (int k = 0; names != NULL && k < SST_MOST_SUITS && rule->suits[k] != NULL; k++) {
        PyObject *name = PyUnicode_FromString(rule->suits[k]);
        if (name == NULL || PyList_Append(names, name) != 0)
            Py_CLEAR(names);
        Py_XDECREF(name);
    }
    tuple = names != NULL ? PyList_AsTuple(names) : NULL;
    Py_XDECREF(names);
    return tuple;
}

static PyObject *
rollup_table(PyObject *module, PyObject *nothing)
{
    (void)module;
    (void)nothing;
    PyObject *rows = PyTuple_New(sst_rollup_count);
    for (ptrdiff_t k = 0; rows != NULL && k < sst_rollup_count; k++) {
        const struct sst_rollup *r = &sst_rollups[k];
        PyObject *row =
            Py_BuildValue("(siIidNiNssss)", r->name, r->by_status, r->takes, r->fills,
                          r->min_coverage, sst_classes_as_tuple(r->classes), r->keeps_status,
                          suits_of(r), r->office, r->statistic, r->source, r->certainty);
        if (row == NULL || PyTuple_SetItem(rows, k, row) != 0)
            Py_CLEAR(rows);
    }
    return rows;
}

static PyMethodDef functions[] = {
    {"roll_up", SST_METHOD(roll_up), METH_FASTCALL, NULL},
    {"rollup_table", rollup_table, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_rollups(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
