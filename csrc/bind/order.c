/* SPDX-License-Identifier: MIT
 *
 * What depends on the order of a cluster's values. Columns go one after another.
 *
 * group_quantile(values, weights, codes, groups, q, skipna, min_count, threads)
 *     -> results, those of one q after another
 * group_weighted_median(values, weights, codes, groups, skipna, min_count, threads) -> results
 * group_distinct(values, weights, codes, groups, skipna, threads) -> counts
 */
#include "grouped.h"

#include "group_order.h"

static int
result_kind(const struct sst_grouped *g)
{
    return g->rows.kind == SST_FLOAT32 ? SST_FLOAT32 : SST_FLOAT64;
}

static PyArrayObject *
new_quantiles(const struct sst_grouped *g, npy_intp count)
{
    npy_intp shape[3] = {count, g->groups, g->columns};
    return (PyArrayObject *)PyArray_SimpleNew(
        2 + g->two_dimensional, shape, result_kind(g) == SST_FLOAT32 ? NPY_FLOAT : NPY_DOUBLE);
}

static enum sst_status
quantile_columns(struct sst_grouped *g, const double *q, npy_intp count, int64_t min_count,
                 PyArrayObject *result)
{
    struct sst_order_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 1),
                                   PyArray_STRIDE(result, 0)};
    enum sst_status status = SST_OK;
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_group_quantiles(&g->rows, g->groups, g->threads, q, count, min_count, &out);
        sst_next_column(g);
        out.data += g->two_dimensional ? PyArray_STRIDE(result, 2) : 0;
    }
    return status;
}

static PyObject *
group_quantile(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_quantile", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]))
        return NULL;
    PyArrayObject *q = sst_array(arguments[4], NPY_DOUBLE, 1, "q");
    Py_ssize_t min_count = sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    if (q == NULL || min_count < 0)
        return NULL;
    if (!PyArray_IS_C_CONTIGUOUS(q)) {
        PyErr_SetString(PyExc_TypeError, "q: expected a contiguous array");
        return NULL;
    }
    PyArrayObject *result = new_quantiles(&g, PyArray_SIZE(q));
    if (result == NULL)
        return NULL;
    const double *first = (const double *)PyArray_DATA(q);
    npy_intp n = PyArray_SIZE(q);
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = quantile_columns(&g, first, n, min_count, result);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static enum sst_status
median_columns(struct sst_grouped *g, int64_t min_count, PyArrayObject *result)
{
    struct sst_order_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0), 0};
    enum sst_status status = SST_OK;
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_group_weighted_median(&g->rows, g->groups, g->threads, min_count, &out);
        sst_next_column(g);
        out.data += sst_result_step(g, result);
    }
    return status;
}

static PyObject *
group_weighted_median(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_weighted_median", count, 7) ||
        !sst_parse_grouped(&g, arguments, arguments[4], arguments[6]))
        return NULL;
    Py_ssize_t min_count = sst_whole(arguments[5], 0, PY_SSIZE_T_MAX, "min_count");
    PyArrayObject *result = min_count < 0 ? NULL : sst_new_result(&g, result_kind(&g));
    if (result == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = median_columns(&g, min_count, result);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static enum sst_status
distinct_columns(struct sst_grouped *g, PyArrayObject *result)
{
    enum sst_status status = SST_OK;
    char *out = PyArray_BYTES(result);
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status =
            sst_group_distinct(&g->rows, g->groups, g->threads, out, PyArray_STRIDE(result, 0));
        sst_next_column(g);
        out += sst_result_step(g, result);
    }
    return status;
}

static PyObject *
group_distinct(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_distinct", count, 6) ||
        !sst_parse_grouped(&g, arguments, arguments[4], arguments[5]))
        return NULL;
    PyArrayObject *result = sst_new_result(&g, SST_INT64);
    if (result == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = distinct_columns(&g, result);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static PyMethodDef methods[] = {
    {"group_distinct", SST_METHOD(group_distinct), METH_FASTCALL, NULL},
    {"group_quantile", SST_METHOD(group_quantile), METH_FASTCALL, NULL},
    {"group_weighted_median", SST_METHOD(group_weighted_median), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_order(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
