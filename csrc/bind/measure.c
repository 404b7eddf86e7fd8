/* SPDX-License-Identifier: MIT
 *
 * group_measure(measure, values, weights, codes, groups, options, most, skipna, min_count, threads)
 *     -> results: a measure of lanes.c of each cluster's values, the last of at most `most`
 * results. Options are a tuple of numbers, those after the first of the measure.
 */
#include "concentration.h"
#include "group_measure.h"
#include "grouped.h"
#include "inequality.h"

enum { OPTIONS = 3 };

struct cluster_measure {
    const char *name;
    sst_lane_function function;
    int options;
    int rooms;
    int weighted;
};

static const struct cluster_measure measures[] = {
    {"concentration_ratio", sst_concentration_ratio, 0, 0, 0},
    {"gini", sst_gini, 1, SST_GINI_ROOM, 1},
    {"hhi", sst_hhi, 2, 0, 0},
    {"theil", sst_theil, 1, 0, 1},
};

/* The first option of all of them is that missing figures are skipped. */
static int
read_options(PyObject *tuple, int count, double *options)
{
    options[0] = 1.0;
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != count) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (int k = 0; k < count; k++) {
        options[k + 1] = PyFloat_AsDouble(PyTuple_GetItem(tuple, k));
        if (options[k + 1] == -1.0 && PyErr_Occurred())
            return 0;
    }
    return 1;
}

static enum sst_status
measure_columns(struct sst_grouped *g, const struct sst_group_measure *measure,
                PyArrayObject *result)
{
    struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0),
                             (enum sst_kind)sst_kind_of(result)};
    enum sst_status status = SST_OK;
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_group_measure(&g->rows, g->groups, g->threads, measure, &out);
        sst_next_column(g);
        out.data += sst_result_step(g, result);
    }
    return status;
}

static PyObject *
group_measure(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    double options[OPTIONS] = {0.0};
    (void)module;
    if (!sst_arity("group_measure", count, 10))
        return NULL;
    const struct cluster_measure *row = sst_find_row(
        arguments[0], measures, sizeof measures / sizeof *measures, sizeof *measures, "measure");
    if (row == NULL || !sst_parse_grouped(&g, arguments + 1, arguments[7], arguments[9]) ||
        !read_options(arguments[5], row->options, options))
        return NULL;
    Py_ssize_t most = sst_whole(arguments[6], 1, PY_SSIZE_T_MAX, "most");
    Py_ssize_t min_count = sst_whole(arguments[8], 0, PY_SSIZE_T_MAX, "min_count");
    if (most < 0 || min_count < 0)
        return NULL;
    const struct sst_group_measure measure = {.function = row->function,
                                              .options = options,
                                              .rooms = row->rooms,
                                              .weighted = row->weighted,
                                              .most = most,
                                              .min_count = min_count};
    PyArrayObject *result =
        sst_new_result(&g, g.rows.kind == SST_FLOAT32 ? SST_FLOAT32 : SST_FLOAT64);
    if (result == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = measure_columns(&g, &measure, result);
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static PyMethodDef methods[] = {
    {"group_measure", SST_METHOD(group_measure), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_measures(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
