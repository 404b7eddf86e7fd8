/* SPDX-License-Identifier: MIT
 *
 * The greatest values by cluster. Columns go one after another through the same memory.
 *
 * group_top(values, weights, codes, groups, k, skipna, min_count, threads)
 *     -> (results with k at the end, counts)
 */
#include "grouped.h"

#include "group_top.h"

static enum sst_status
top_columns(struct sst_grouped *g, npy_intp k, int64_t min_count, PyArrayObject *values,
            PyArrayObject *counts)
{
    struct sst_tops *tops;
    npy_intp rows = g->rows.rows > 1 ? g->rows.rows : 1;
    enum sst_status status = sst_tops_new(&tops, g->groups, k < rows ? k : rows, g->threads);
    char *out = PyArray_BYTES(values), *count = PyArray_BYTES(counts);
    for (npy_intp c = 0; c < g->columns && status == SST_OK; c++) {
        status = sst_tops_run(tops, &g->rows, min_count);
        if (status != SST_OK)
            break;
        sst_tops_values(tops, k, out, PyArray_STRIDE(values, 0));
        sst_tops_counts(tops, count, PyArray_STRIDE(counts, 0));
        sst_next_column(g);
        out += g->two_dimensional ? PyArray_STRIDE(values, 1) : 0;
        count += sst_result_step(g, counts);
    }
    sst_tops_free(tops);
    return status;
}

/* By cluster, column and place; NULL with an exception set if so many have no room. */
static PyArrayObject *
new_places(const struct sst_grouped *g, npy_intp k)
{
    static const int type_of_kind[] = {NPY_FLOAT, NPY_DOUBLE, NPY_INT64, NPY_UINT64};
    npy_intp shape[3] = {g->groups, k, k}, most = PY_SSIZE_T_MAX / (npy_intp)sizeof(double);
    if (g->two_dimensional)
        shape[1] = g->columns;
    if ((g->columns > 0 && k > most / g->columns) ||
        (g->groups > 0 && k * g->columns > most / g->groups)) {
        sst_raise(SST_NO_MEMORY);
        return NULL;
    }
    return (PyArrayObject *)PyArray_SimpleNew(2 + g->two_dimensional, shape,
                                              type_of_kind[g->rows.kind]);
}

static PyObject *
group_top(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_top", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]))
        return NULL;
    Py_ssize_t k = sst_whole(arguments[4], 1, PY_SSIZE_T_MAX, "k");
    Py_ssize_t min_count = k < 0 ? -1 : sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    if (min_count < 0)
        return NULL;
    PyArrayObject *values = new_places(&g, k);
    PyArrayObject *counts = values != NULL ? sst_new_result(&g, SST_INT64) : NULL;
    PyObject *result = NULL;
    if (counts != NULL) {
        enum sst_status status;
        Py_BEGIN_ALLOW_THREADS status = top_columns(&g, k, min_count, values, counts);
        Py_END_ALLOW_THREADS result =
            status == SST_OK ? PyTuple_Pack(2, values, counts) : sst_raise(status);
    }
    Py_XDECREF((PyObject *)values);
    Py_XDECREF((PyObject *)counts);
    return result;
}

static PyMethodDef methods[] = {
    {"group_top", SST_METHOD(group_top), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_tops(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
