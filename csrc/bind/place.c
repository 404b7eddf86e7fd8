/* SPDX-License-Identifier: MIT
 *
 * Rows that stand for their cluster, and whether any or all values are true. Columns go one after
 * another.
 *
 * group_end(values, weights, codes, groups, last, skipna, min_count, threads) -> (results, counts)
 * group_end_row(values, weights, codes, groups, last, skipna, threads) -> rows
 * group_position(values, weights, codes, groups, greatest, skipna, min_count, threads) -> rows
 * group_truth(values, weights, codes, groups, all, skipna, min_count, threads)
 *     -> (booleans, which of them are unknown; None where none can be)
 */
#include "grouped.h"

#include "group_place.h"
#include "group_truth.h"

/* Where the results of a column go; what is NULL is not asked for. */
struct wanted {
    enum sst_place which;
    int64_t min_count;
    PyArrayObject *values;
    PyArrayObject *rows;
    PyArrayObject *counts;
};

static char *
column_of(const struct sst_grouped *g, PyArrayObject *result, npy_intp column)
{
    return PyArray_BYTES(result) + column * sst_result_step(g, result);
}

static enum sst_status
place_columns(struct sst_grouped *g, const struct wanted *w)
{
    struct sst_places *places;
    enum sst_status status = sst_places_new(&places, g->groups, g->threads);
    for (npy_intp c = 0; c < g->columns && status == SST_OK; c++) {
        status = sst_places_run(places, &g->rows, w->which);
        if (status != SST_OK)
            break;
        if (w->values != NULL)
            sst_places_values(places, &g->rows, w->min_count, column_of(g, w->values, c),
                              PyArray_STRIDE(w->values, 0));
        if (w->rows != NULL)
            sst_places_rows(places, w->min_count, column_of(g, w->rows, c),
                            PyArray_STRIDE(w->rows, 0));
        if (w->counts != NULL)
            sst_places_counts(places, column_of(g, w->counts, c), PyArray_STRIDE(w->counts, 0));
        sst_next_column(g);
    }
    sst_places_free(places);
    return status;
}

/* Runs without the GIL; 0 with an exception set. */
static int
place(struct sst_grouped *g, const struct wanted *w)
{
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = place_columns(g, w);
    Py_END_ALLOW_THREADS if (status == SST_OK) return 1;
    sst_raise(status);
    return 0;
}

/* The choice of two and the least number of values: 0 with an exception set. */
static int
parse_wanted(struct wanted *w, PyObject *second, enum sst_place one, enum sst_place other,
             PyObject *min_count)
{
    int chosen = PyObject_IsTrue(second);
    Py_ssize_t least = sst_whole(min_count, 0, PY_SSIZE_T_MAX, "min_count");
    *w = (struct wanted){.which = chosen > 0 ? other : one, .min_count = least};
    return chosen >= 0 && least >= 0;
}

static PyObject *
group_end(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    struct wanted w;
    (void)module;
    if (!sst_arity("group_end", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]) ||
        !parse_wanted(&w, arguments[4], SST_PLACE_FIRST, SST_PLACE_LAST, arguments[6]))
        return NULL;
    w.values = sst_new_result(&g, (int)g.rows.kind);
    w.counts = sst_new_result(&g, SST_INT64);
    PyObject *result = NULL;
    if (w.values != NULL && w.counts != NULL && place(&g, &w))
        result = PyTuple_Pack(2, w.values, w.counts);
    Py_XDECREF((PyObject *)w.values);
    Py_XDECREF((PyObject *)w.counts);
    return result;
}

/* Rows alone: an array of them, or NULL with an exception set. */
static PyObject *
rows_of(struct sst_grouped *g, struct wanted *w)
{
    w->rows = sst_new_result(g, SST_INT64);
    if (w->rows != NULL && !place(g, w))
        Py_CLEAR(w->rows);
    return (PyObject *)w->rows;
}

static PyObject *
group_end_row(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    struct wanted w;
    (void)module;
    if (!sst_arity("group_end_row", count, 7) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[6]))
        return NULL;
    int last = PyObject_IsTrue(arguments[4]);
    if (last < 0)
        return NULL;
    w = (struct wanted){.which = last ? SST_PLACE_LAST : SST_PLACE_FIRST};
    return rows_of(&g, &w);
}

static PyObject *
group_position(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    struct wanted w;
    (void)module;
    if (!sst_arity("group_position", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]) ||
        !parse_wanted(&w, arguments[4], SST_PLACE_LEAST, SST_PLACE_GREATEST, arguments[6]))
        return NULL;
    return rows_of(&g, &w);
}

static enum sst_status
truth_columns(struct sst_grouped *g, int all, int64_t min_count, PyArrayObject *result,
              PyArrayObject *unknown)
{
    enum sst_status status = SST_OK;
    for (npy_intp c = 0; c < g->columns && status == SST_OK; c++) {
        char *lost = unknown != NULL ? column_of(g, unknown, c) : NULL;
        status = sst_group_truth(&g->rows, g->groups, g->threads, all, min_count,
                                 column_of(g, result, c), lost, PyArray_STRIDE(result, 0));
        sst_next_column(g);
    }
    return status;
}

static PyArrayObject *
new_truths(const struct sst_grouped *g)
{
    npy_intp shape[2] = {g->groups, g->columns};
    return (PyArrayObject *)PyArray_SimpleNew(1 + g->two_dimensional, shape, NPY_BOOL);
}

static PyObject *
group_truth(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("group_truth", count, 8) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[7]))
        return NULL;
    int all = PyObject_IsTrue(arguments[4]);
    Py_ssize_t min_count = sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    if (all < 0 || min_count < 0)
        return NULL;
    int sure = g.rows.skip_missing && min_count == 0;
    PyArrayObject *truths = new_truths(&g), *unknown = sure ? NULL : new_truths(&g);
    PyObject *result = NULL;
    if (truths != NULL && (sure || unknown != NULL)) {
        enum sst_status status;
        Py_BEGIN_ALLOW_THREADS status = truth_columns(&g, all, min_count, truths, unknown);
        Py_END_ALLOW_THREADS result =
            status == SST_OK ? PyTuple_Pack(2, truths, sure ? Py_None : (PyObject *)unknown)
                             : sst_raise(status);
    }
    Py_XDECREF((PyObject *)truths);
    Py_XDECREF((PyObject *)unknown);
    return result;
}

static PyMethodDef methods[] = {
    {"group_end", SST_METHOD(group_end), METH_FASTCALL, NULL},
    {"group_end_row", SST_METHOD(group_end_row), METH_FASTCALL, NULL},
    {"group_position", SST_METHOD(group_position), METH_FASTCALL, NULL},
    {"group_truth", SST_METHOD(group_truth), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_places(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
