/* SPDX-License-Identifier: MIT
 *
 * What rows get back from their cluster. Columns go one after another.
 *
 * group_spread(table, codes, threads) -> the item (row) of a table for each code; NaN, or 0 of
 *     what has no NaN, for negative ones
 * group_share(values, None, codes, groups, skipna, min_count, threads) -> values over totals
 * group_rank(values, None, codes, groups, ties, descending, threads) -> ranks, float64
 */
#include "grouped.h"

#include "group_rank.h"
#include "group_spread.h"

static int
parse_spread(PyObject *const *arguments, PyArrayObject **table, struct sst_rows *rows)
{
    PyArrayObject *codes = PyArray_Check(arguments[1]) ? (PyArrayObject *)arguments[1] : NULL;
    *table = PyArray_Check(arguments[0]) ? (PyArrayObject *)arguments[0] : NULL;
    if (codes == NULL || *table == NULL || !PyArray_ISCARRAY_RO(codes) ||
        PyArray_DESCR(codes)->kind != 'i' || PyArray_NDIM(codes) != 1 ||
        !PyArray_ISALIGNED(*table) || !PyArray_ISNOTSWAPPED(*table) || PyArray_NDIM(*table) < 1 ||
        PyArray_NDIM(*table) > 2 || (sst_kind_of(*table) < 0 && PyArray_TYPE(*table) != NPY_BOOL)) {
        PyErr_SetString(PyExc_TypeError, "group_spread: wrong type or layout");
        return 0;
    }
    npy_intp size = PyArray_ITEMSIZE(codes);
    if (size != 4 && size != 8) {
        PyErr_SetString(PyExc_TypeError, "codes: expected int32 or int64");
        return 0;
    }
    *rows = (struct sst_rows){
        .rows = PyArray_DIM(codes, 0), .codes = PyArray_DATA(codes), .wide_codes = size == 8};
    return 1;
}

static enum sst_status
spread_columns(const struct sst_rows *rows, PyArrayObject *table, int threads,
               PyArrayObject *result)
{
    static const double nan_double = Py_NAN;
    static const float nan_float = (float)Py_NAN;
    static const npy_int64 zero = 0;
    struct sst_spread spread = {PyArray_BYTES(table), PyArray_STRIDE(table, 0),
                                (size_t)PyArray_ITEMSIZE(table), &zero};
    if (PyArray_TYPE(table) == NPY_DOUBLE)
        spread.missing = &nan_double;
    if (PyArray_TYPE(table) == NPY_FLOAT)
        spread.missing = &nan_float;
    int two = PyArray_NDIM(table) == 2;
    npy_intp columns = two ? PyArray_DIM(table, 1) : 1;
    char *out = PyArray_BYTES(result);
    enum sst_status status = SST_OK;
    for (npy_intp column = 0; column < columns && status == SST_OK; column++) {
        status = sst_group_spread(rows, PyArray_DIM(table, 0), threads, &spread, out,
                                  PyArray_STRIDE(result, 0));
        spread.table += two ? PyArray_STRIDE(table, 1) : 0;
        out += two ? PyArray_STRIDE(result, 1) : 0;
    }
    return status;
}

static PyObject *
group_spread(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    PyArrayObject *table;
    struct sst_rows rows;
    (void)module;
    if (!sst_arity("group_spread", count, 3) || !parse_spread(arguments, &table, &rows))
        return NULL;
    int threads = sst_threads(arguments[2]), dimensions = PyArray_NDIM(table);
    npy_intp shape[2] = {rows.rows, dimensions == 2 ? PyArray_DIM(table, 1) : 1};
    PyArrayObject *result =
        threads > 0 ? (PyArrayObject *)PyArray_SimpleNew(dimensions, shape, PyArray_TYPE(table))
                    : NULL;
    if (result == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = spread_columns(&rows, table, threads, result);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

/* A new array of results by row (and column), and the bytes from one column to the next. */
static PyArrayObject *
new_by_row(const struct sst_grouped *g, int type)
{
    npy_intp shape[2] = {g->rows.rows, g->columns};
    return (PyArrayObject *)PyArray_SimpleNew(1 + g->two_dimensional, shape, type);
}

static enum sst_status
share_columns(struct sst_grouped *g, int64_t min_count, struct sst_output out, npy_intp step)
{
    enum sst_status status = SST_OK;
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_group_share(&g->rows, g->groups, g->threads, min_count, &out);
        sst_next_column(g);
        out.data += step;
    }
    return status;
}

static PyObject *
group_share(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_share", count, 7) ||
        !sst_parse_grouped(&g, arguments, arguments[4], arguments[6]))
        return NULL;
    Py_ssize_t min_count = sst_whole(arguments[5], 0, PY_SSIZE_T_MAX, "min_count");
    int single = g.rows.kind == SST_FLOAT32;
    PyArrayObject *result = min_count < 0 ? NULL : new_by_row(&g, single ? NPY_FLOAT : NPY_DOUBLE);
    if (result == NULL)
        return NULL;
    struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0),
                             single ? SST_FLOAT32 : SST_FLOAT64};
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = share_columns(&g, min_count, out, sst_result_step(&g, result));
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static enum sst_status
rank_columns(struct sst_grouped *g, enum sst_rank_ties ties, int descending, PyArrayObject *result)
{
    enum sst_status status = SST_OK;
    char *out = PyArray_BYTES(result);
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_group_rank(&g->rows, g->groups, g->threads, ties, descending, out,
                                PyArray_STRIDE(result, 0));
        sst_next_column(g);
        out += sst_result_step(g, result);
    }
    return status;
}

static PyObject *
group_rank(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_rank", count, 7) ||
        !sst_parse_grouped(&g, arguments, Py_True, arguments[6]))
        return NULL;
    Py_ssize_t ties = sst_whole(arguments[4], 0, SST_RANK_TIES - 1, "ties");
    int descending = PyObject_IsTrue(arguments[5]);
    PyArrayObject *result = ties < 0 || descending < 0 ? NULL : new_by_row(&g, NPY_DOUBLE);
    if (result == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = rank_columns(&g, (enum sst_rank_ties)ties, descending, result);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static PyMethodDef methods[] = {
    {"group_rank", SST_METHOD(group_rank), METH_FASTCALL, NULL},
    {"group_share", SST_METHOD(group_share), METH_FASTCALL, NULL},
    {"group_spread", SST_METHOD(group_spread), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_onrows(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
