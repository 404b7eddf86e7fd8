/* SPDX-License-Identifier: MIT
 *
 * Aggregates by cluster. Columns go one after another through one tally.
 *
 * code_bounds(codes) -> (least, most)
 * group_sum(values, weights, codes, groups, mean, skipna, min_count, threads) -> results
 * group_extreme(values, weights, codes, groups, greatest, skipna, min_count, threads)
 *     -> (results, counts)
 * group_count(values, weights, codes, groups, skipna, threads) -> counts
 */
#include "grouped.h"
#include "select.h"

/* One tally of the values or products and, for a weighted mean, one of the weights. */
struct sums {
    struct sst_tally *values;
    struct sst_tally *weights;
    enum sst_result result;
    int64_t min_count;
};

static enum sst_status
sum_column(const struct sums *sums, const struct sst_rows *rows, const struct sst_output *out)
{
    enum sst_addend addend = rows->weights != NULL ? SST_ADD_PRODUCTS : SST_ADD_VALUES;
    enum sst_status status = sst_tally_run(sums->values, rows, addend);
    if (status == SST_OK && sums->weights != NULL)
        status = sst_tally_run(sums->weights, rows, SST_ADD_WEIGHTS);
    if (status != SST_OK)
        return status;
    return sst_tally_finish(sums->values, sums->weights, sums->result, sums->min_count, out);
}

static enum sst_status
sum_columns(struct sst_grouped *g, enum sst_result result, int64_t min_count, struct sst_output out,
            npy_intp out_column_step)
{
    struct sums sums = {.result = result, .min_count = min_count};
    enum sst_status status = sst_tally_new(&sums.values, g->groups, g->threads);
    if (status == SST_OK && result == SST_RESULT_MEAN && g->rows.weights != NULL)
        status = sst_tally_new(&sums.weights, g->groups, g->threads);
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sum_column(&sums, &g->rows, &out);
        sst_next_column(g);
        out.data += out_column_step;
    }
    sst_tally_free(sums.values);
    sst_tally_free(sums.weights);
    return status;
}

static PyObject *
group_sum(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_sum", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]))
        return NULL;
    int mean = PyObject_IsTrue(arguments[4]);
    Py_ssize_t min_count = sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    if (mean < 0 || min_count < 0)
        return NULL;
    int integers = sst_is_integer(g.rows.kind);
    int kind = integers && (mean || g.rows.weights != NULL) ? SST_FLOAT64 : (int)g.rows.kind;
    PyArrayObject *result = sst_new_result(&g, kind);
    if (result == NULL)
        return NULL;
    struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0), (enum sst_kind)kind};
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sum_columns(&g, mean ? SST_RESULT_MEAN : SST_RESULT_SUM,
                                                min_count, out, sst_result_step(&g, result));
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static enum sst_status
select_columns(struct sst_grouped *g, enum sst_extreme extreme, int64_t min_count,
               PyArrayObject *best, PyArrayObject *counts)
{
    enum sst_status status = SST_OK;
    char *out = best != NULL ? PyArray_BYTES(best) : NULL, *count = PyArray_BYTES(counts);
    npy_intp step = best != NULL ? PyArray_STRIDE(best, 0) : 0;
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_select(&g->rows, g->groups, g->threads, extreme, min_count, out, step, count,
                            PyArray_STRIDE(counts, 0));
        sst_next_column(g);
        out = out != NULL ? out + sst_result_step(g, best) : NULL;
        count += sst_result_step(g, counts);
    }
    return status;
}

static PyObject *
group_extreme(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_extreme", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]))
        return NULL;
    int greatest = PyObject_IsTrue(arguments[4]);
    Py_ssize_t min_count = sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    if (greatest < 0 || min_count < 0)
        return NULL;
    PyArrayObject *best = sst_new_result(&g, (int)g.rows.kind),
                  *counts = sst_new_result(&g, SST_INT64);
    PyObject *result = NULL;
    if (best != NULL && counts != NULL) {
        enum sst_status status;
        Py_BEGIN_ALLOW_THREADS status =
            select_columns(&g, greatest ? SST_GREATEST : SST_LEAST, min_count, best, counts);
        Py_END_ALLOW_THREADS result =
            status == SST_OK ? PyTuple_Pack(2, best, counts) : sst_raise(status);
    }
    Py_XDECREF((PyObject *)best);
    Py_XDECREF((PyObject *)counts);
    return result;
}

static PyObject *
group_count(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_count", count, 6) ||
        !sst_parse_grouped(&g, arguments, arguments[4], arguments[5]))
        return NULL;
    PyArrayObject *counts = sst_new_result(&g, SST_INT64);
    if (counts == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = select_columns(&g, SST_LEAST, 0, NULL, counts);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)counts;
    Py_DECREF(counts);
    return sst_raise(status);
}

static PyObject *
code_bounds(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    int64_t least, most;
    (void)module;
    if (!sst_arity("code_bounds", count, 1))
        return NULL;
    if (!PyArray_Check(arguments[0]) || !PyArray_ISCARRAY_RO((PyArrayObject *)arguments[0])) {
        PyErr_SetString(PyExc_TypeError, "codes: expected a contiguous array");
        return NULL;
    }
    PyArrayObject *codes = (PyArrayObject *)arguments[0];
    npy_intp size = PyArray_ITEMSIZE(codes);
    if (PyArray_DESCR(codes)->kind != 'i' || (size != 4 && size != 8)) {
        PyErr_SetString(PyExc_TypeError, "codes: expected int32 or int64");
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS sst_code_bounds(PyArray_DATA(codes), size == 8, PyArray_SIZE(codes),
                                           &least, &most);
    Py_END_ALLOW_THREADS return Py_BuildValue("LL", (long long)least, (long long)most);
}

static PyMethodDef methods[] = {
    {"code_bounds", SST_METHOD(code_bounds), METH_FASTCALL, NULL},
    {"group_count", SST_METHOD(group_count), METH_FASTCALL, NULL},
    {"group_extreme", SST_METHOD(group_extreme), METH_FASTCALL, NULL},
    {"group_sum", SST_METHOD(group_sum), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_group(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
