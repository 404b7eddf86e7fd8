/* SPDX-License-Identifier: MIT
 *
 * lanes(measure, inputs, out, options, threads): runs a measure along the first axis of its
 * inputs, a tuple of arrays (length, ...) of float32, float64, int64 or uint64 whose other axes
 * are those of `out` (results, ...), float32 or float64 and apart from them. Options are a
 * tuple of numbers.
 */
#include "annual.h"
#include "average.h"
#include "bind.h"
#include "cumulative_share.h"
#include "chain.h"
#include "concentration.h"
#include "contribution.h"
#include "inequality.h"
#include "lanes.h"
#include "plants.h"
#include "trend.h"
#include "projection.h"

enum { OPTIONS = 4 };

struct lane_measure {
    const char *name;
    int inputs;
    int options;
    sst_lane_function function;
    int rooms;
};

static const struct lane_measure measures[] = {
    {"annual_growth", 1, 1, sst_annual_growth, 0},
    {"average_arithmetic", 2, 1, sst_average_arithmetic, 0},
    {"average_cumulative", 2, 0, sst_average_cumulative, 0},
    {"average_exponential", 2, 0, sst_average_exponential, 0},
    {"average_geometric", 2, 0, sst_average_geometric, 0},
    {"average_least_squares", 3, 1, sst_average_least_squares, 0},
    {"carry_over", 1, 2, sst_carry_over, 0},
    {"chain", 2, 4, sst_chain, 0},
    {"compound_growth", 1, 2, sst_compound_growth, 0},
    {"cumulative_share", 1, 0, sst_cumulative_share, 0},
    {"earned_plan", 2, 0, sst_earned_plan, 0},
    {"flow_growth", 2, 0, sst_flow_growth, 0},
    {"link_series", 3, 0, sst_link_series, 0},
    {"rebase", 2, 1, sst_rebase, 0},
    {"contribution_fisher", 4, 1, sst_contribution_fisher, 0},
    {"contribution_laspeyres", 3, 1, sst_contribution_laspeyres, 0},
    {"contribution_ribe", 4, 3, sst_contribution_ribe, 0},
    {"trend_projection", 4, 4, sst_trend_projection, 0},
    {"concentration_ratio", 1, 1, sst_concentration_ratio, 0},
    {"ellison_glaeser", 3, 1, sst_ellison_glaeser, 0},
    {"entropy", 1, 3, sst_entropy, 0},
    {"gini", 2, 2, sst_gini, SST_GINI_ROOM},
    {"hhi", 1, 3, sst_hhi, 0},
    {"hoover", 2, 1, sst_hoover, 0},
    {"theil", 2, 2, sst_theil, 0},
    {"theil_groups", 3, 2, sst_theil_groups, 0},
};

/* How an array lies; 0 with an exception where it does not go with the other axes. */
static int
set_layout(PyArrayObject *array, const struct sst_lanes *lanes, struct sst_lane_layout *layout)
{
    int kind = sst_kind_of(array);
    int fits = kind >= 0 && PyArray_NDIM(array) == lanes->dimensions + 1;
    for (int d = 0; fits && d < lanes->dimensions; d++)
        fits = PyArray_DIM(array, d + 1) == lanes->shape[d];
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "lanes: arrays do not fit together");
        return 0;
    }
    layout->kind = (enum sst_kind)kind;
    layout->length = PyArray_DIM(array, 0);
    layout->along = PyArray_STRIDE(array, 0);
    for (int d = 0; d < lanes->dimensions; d++)
        layout->step[d] = PyArray_STRIDE(array, d + 1);
    return 1;
}

static int
set_out(PyObject *object, struct sst_lanes *lanes)
{
    int single = PyArray_Check(object) && PyArray_TYPE((PyArrayObject *)object) == NPY_FLOAT;
    PyArrayObject *out = sst_result(object, single ? NPY_FLOAT : NPY_DOUBLE, -1, "out");
    if (out == NULL)
        return 0;
    if (PyArray_NDIM(out) < 1) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    lanes->dimensions = PyArray_NDIM(out) - 1;
    for (int d = 0; d < lanes->dimensions; d++)
        lanes->shape[d] = PyArray_DIM(out, d + 1);
    lanes->out = PyArray_BYTES(out);
    return set_layout(out, lanes, &lanes->out_layout);
}

static int
set_inputs(PyObject *tuple, int count, struct sst_lanes *lanes)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != count) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    lanes->inputs = count;
    for (int k = 0; k < count; k++) {
        PyObject *object = PyTuple_GetItem(tuple, k);
        int type = PyArray_Check(object) ? PyArray_TYPE((PyArrayObject *)object) : NPY_DOUBLE;
        PyArrayObject *array = sst_array(object, type, -1, "inputs");
        if (array == NULL || !set_layout(array, lanes, &lanes->in_layout[k]))
            return 0;
        lanes->in[k] = PyArray_BYTES(array);
    }
    return 1;
}

static int
set_options(PyObject *tuple, int count, double *options)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != count) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (int k = 0; k < count; k++) {
        options[k] = PyFloat_AsDouble(PyTuple_GetItem(tuple, k));
        if (options[k] == -1.0 && PyErr_Occurred())
            return 0;
    }
    return 1;
}

static PyObject *
lanes_run(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("lanes", count, 5))
        return NULL;
    const struct lane_measure *measure = sst_find_row(
        arguments[0], measures, sizeof measures / sizeof *measures, sizeof *measures, "measure");
    if (measure == NULL)
        return NULL;
    struct sst_lanes lanes = {.function = measure->function, .rooms = measure->rooms};
    double options[OPTIONS] = {0.0};
    int threads = sst_threads(arguments[4]);
    if (threads == 0 || !set_out(arguments[2], &lanes) ||
        !set_inputs(arguments[1], measure->inputs, &lanes) ||
        !set_options(arguments[3], measure->options, options))
        return NULL;
    lanes.options = options;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_lanes_run(&lanes, threads);
    Py_END_ALLOW_THREADS return status == SST_OK ? Py_NewRef(Py_None) : sst_raise(status);
}

static PyMethodDef methods[] = {
    {"lanes", SST_METHOD(lanes_run), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_lanes(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
