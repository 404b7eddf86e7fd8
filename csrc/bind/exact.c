/* SPDX-License-Identifier: MIT
 *
 * States of exact sums as tuples of plain arrays
 *
 *     (lo, limbs int64 (n, L), count int64 (n,), seen uint8 (n,),
 *      spill_codes int64 (m,), spill_limbs int64 (m, all limbs of the grid))
 *
 * which pickle, travel and merge; nothing here changes an array that it was given.
 *
 * exact_state(values, weights, codes, groups, addend, skipna, threads) -> state
 * exact_merge(state, state) -> state
 * exact_clusters(state) -> number of clusters, of a state that is sound
 * exact_finish(state, weights state or None, mean, type of result, min_count) -> results
 */

#include "grouped.h"

#include "exact.h"

static PyObject *
exact_state(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("exact_state", count, 7) ||
        !sst_parse_grouped(&g, arguments, arguments[5], arguments[6]))
        return NULL;
    Py_ssize_t addend = sst_whole(arguments[4], SST_ADD_VALUES, SST_ADD_WEIGHTS, "addend");
    if (addend < 0)
        return NULL;
    if (g.two_dimensional) {
        PyErr_SetString(PyExc_ValueError, "values: expected one dimension");
        return NULL;
    }
    struct sst_tally *tally;
    struct sst_exact state;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_tally_new(&tally, g.groups, g.threads);
    if (status == SST_OK)
        status = sst_tally_run(tally, &g.rows, (enum sst_addend)addend);
    if (status == SST_OK)
        sst_tally_plan_state(tally, 0, &state);
    Py_END_ALLOW_THREADS PyObject *result =
        status == SST_OK ? sst_new_state(&state) : sst_raise(status);
    if (result != NULL) {
        Py_BEGIN_ALLOW_THREADS sst_tally_state(tally, 0, &state);
        Py_END_ALLOW_THREADS
    }
    sst_tally_free(tally);
    return result;
}

static PyObject *
exact_merge(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_exact a, b, sum;
    (void)module;
    if (!sst_arity("exact_merge", count, 2) || !sst_parse_state(&a, arguments[0]) ||
        !sst_parse_state(&b, arguments[1]))
        return NULL;
    if (a.groups != b.groups) {
        PyErr_Format(PyExc_ValueError, "states of %zd and of %zd clusters do not add up", a.groups,
                     b.groups);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS sst_exact_plan_merge(&a, &b, &sum);
    Py_END_ALLOW_THREADS PyObject *result = sst_new_state(&sum);
    if (result != NULL) {
        Py_BEGIN_ALLOW_THREADS sst_exact_merge(&a, &b, &sum);
        Py_END_ALLOW_THREADS
    }
    return result;
}

/* Sums, or means over the weights if there are any. */
struct wanted {
    struct sst_exact state;
    struct sst_exact weights;
    int weighted;
    enum sst_result result;
    Py_ssize_t min_count;
};

static enum sst_status
finish(const void *work, const struct sst_output *out)
{
    const struct wanted *w = work;
    return sst_exact_finish(&w->state, w->weighted ? &w->weights : NULL, w->result, w->min_count,
                            out);
}

static PyObject *
exact_finish(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct wanted w;
    (void)module;
    if (!sst_arity("exact_finish", count, 5) || !sst_parse_state(&w.state, arguments[0]))
        return NULL;
    w.weighted = arguments[1] != Py_None;
    int mean = PyObject_IsTrue(arguments[2]);
    if (mean < 0 || (w.weighted && !sst_parse_state(&w.weights, arguments[1])))
        return NULL;
    if (w.weighted && w.weights.groups != w.state.groups) {
        PyErr_SetString(PyExc_ValueError, "weights: a state of another number of clusters");
        return NULL;
    }
    w.result = mean ? SST_RESULT_MEAN : SST_RESULT_SUM;
    w.min_count = sst_whole(arguments[4], 0, PY_SSIZE_T_MAX, "min_count");
    if (w.min_count < 0)
        return NULL;
    return sst_finish_states(w.state.groups, arguments[3], finish, &w);
}

static PyObject *
exact_clusters(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_exact state;
    (void)module;
    if (!sst_arity("exact_clusters", count, 1) || !sst_parse_state(&state, arguments[0]))
        return NULL;
    return PyLong_FromSsize_t(state.groups);
}

static PyMethodDef methods[] = {
    {"exact_clusters", SST_METHOD(exact_clusters), METH_FASTCALL, NULL},
    {"exact_finish", SST_METHOD(exact_finish), METH_FASTCALL, NULL},
    {"exact_merge", SST_METHOD(exact_merge), METH_FASTCALL, NULL},
    {"exact_state", SST_METHOD(exact_state), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_exact(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
