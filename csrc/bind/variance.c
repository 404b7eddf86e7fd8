/* SPDX-License-Identifier: MIT
 *
 * Variances by cluster, and the exact totals they are made of as states (see exact.c): of the
 * values and their squares, or with weights of the weights, weighted values and weighted squares.
 *
 * group_variance(values, weights, codes, groups, ddof, root, skipna, min_count, threads) -> results
 * variance_states(values, weights, codes, groups, skipna, threads) -> states
 * variance_finish(states, ddof, root, type of result, min_count) -> results
 */
#include "grouped.h"

#include "exact.h"

struct variance {
    Py_ssize_t ddof;
    int root;
    Py_ssize_t min_count;
};

/* 0 with an exception set if they are not what they should be. */
static int
parse_variance(struct variance *v, PyObject *ddof, PyObject *root, PyObject *min_count)
{
    v->ddof = sst_whole(ddof, 0, PY_SSIZE_T_MAX, "ddof");
    v->root = PyObject_IsTrue(root);
    v->min_count = sst_whole(min_count, 0, PY_SSIZE_T_MAX, "min_count");
    return v->ddof >= 0 && v->root >= 0 && v->min_count >= 0;
}

static enum sst_addend
addend_of(const struct sst_grouped *g)
{
    return g->rows.weights != NULL ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES;
}

static enum sst_status
vary_columns(struct sst_grouped *g, const struct variance *v, struct sst_output out,
             npy_intp out_column_step)
{
    struct sst_tally *tally;
    enum sst_status status = sst_tally_new(&tally, g->groups, g->threads);
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_tally_run(tally, &g->rows, addend_of(g));
        if (status == SST_OK)
            status = sst_tally_finish_variance(tally, v->ddof, v->root, v->min_count, &out);
        sst_next_column(g);
        out.data += out_column_step;
    }
    sst_tally_free(tally);
    return status;
}

static PyObject *
group_variance(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    struct variance v;
    (void)module;
    if (!sst_arity("group_variance", count, 9) ||
        !sst_parse_grouped(&g, arguments, arguments[6], arguments[8]) ||
        !parse_variance(&v, arguments[4], arguments[5], arguments[7]))
        return NULL;
    int kind = g.rows.kind == SST_FLOAT32 ? SST_FLOAT32 : SST_FLOAT64;
    PyArrayObject *result = sst_new_result(&g, kind);
    if (result == NULL)
        return NULL;
    struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0), (enum sst_kind)kind};
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = vary_columns(&g, &v, out, sst_result_step(&g, result));
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

/* The totals of a run as a tuple of states. */
static PyObject *
states_of(const struct sst_tally *tally, int totals)
{
    PyObject *states = PyTuple_New(totals);
    for (int k = 0; k < totals && states != NULL; k++) {
        struct sst_exact state;
        Py_BEGIN_ALLOW_THREADS sst_tally_plan_state(tally, k, &state);
        Py_END_ALLOW_THREADS PyObject *one = sst_new_state(&state);
        if (one == NULL || PyTuple_SetItem(states, k, one) < 0) {
            Py_CLEAR(states);
            break;
        }
        Py_BEGIN_ALLOW_THREADS sst_tally_state(tally, k, &state);
        Py_END_ALLOW_THREADS
    }
    return states;
}

static PyObject *
variance_states(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    (void)module;
    if (!sst_arity("variance_states", count, 6) ||
        !sst_parse_grouped(&g, arguments, arguments[4], arguments[5]))
        return NULL;
    if (g.two_dimensional) {
        PyErr_SetString(PyExc_ValueError, "values: expected one dimension");
        return NULL;
    }
    struct sst_tally *tally;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_tally_new(&tally, g.groups, g.threads);
    if (status == SST_OK)
        status = sst_tally_run(tally, &g.rows, addend_of(&g));
    Py_END_ALLOW_THREADS PyObject *result =
        status == SST_OK ? states_of(tally, sst_totals_of(addend_of(&g))) : sst_raise(status);
    sst_tally_free(tally);
    return result;
}

/* Two or three states of the same clusters and rows: how many, or 0 with an exception. */
static int
parse_states(struct sst_exact *state, PyObject *tuple)
{
    Py_ssize_t totals = PyTuple_Check(tuple) ? PyTuple_Size(tuple) : 0;
    if (totals < 2 || totals > SST_TOTALS_MOST) {
        PyErr_SetString(PyExc_TypeError, "states: expected a tuple of two or three states");
        return 0;
    }
    for (Py_ssize_t k = 0; k < totals; k++) {
        if (!sst_parse_state(&state[k], PyTuple_GetItem(tuple, k)))
            return 0;
        if (state[k].groups != state[0].groups) {
            PyErr_SetString(PyExc_ValueError, "states: of different numbers of clusters");
            return 0;
        }
    }
    return (int)totals;
}

static PyObject *
variance_finish(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_exact state[SST_TOTALS_MOST];
    struct variance v;
    PyArray_Descr *type = NULL;
    (void)module;
    if (!sst_arity("variance_finish", count, 5))
        return NULL;
    int totals = parse_states(state, arguments[0]);
    if (totals == 0 || !parse_variance(&v, arguments[1], arguments[2], arguments[4]) ||
        !PyArray_DescrConverter(arguments[3], &type))
        return NULL;
    npy_intp n = state[0].groups;
    PyArrayObject *result = (PyArrayObject *)PyArray_SimpleNewFromDescr(1, &n, type);
    if (result == NULL)
        return NULL;
    int kind = PyArray_ISNOTSWAPPED(result) ? sst_kind_of(result) : -1;
    enum sst_status status = SST_BAD_ARGUMENT;
    if (kind >= 0) {
        struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0),
                                 (enum sst_kind)kind};
        Py_BEGIN_ALLOW_THREADS status =
            sst_exact_finish_variance(state, totals, v.ddof, v.root, v.min_count, &out);
        Py_END_ALLOW_THREADS
    }
    if (status == SST_OK)
        return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static PyMethodDef methods[] = {
    {"group_variance", SST_METHOD(group_variance), METH_FASTCALL, NULL},
    {"variance_finish", SST_METHOD(variance_finish), METH_FASTCALL, NULL},
    {"variance_states", SST_METHOD(variance_states), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_variance(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
