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

static void
plan_state(const void *tally, int which, struct sst_exact *state)
{
    sst_tally_plan_state(tally, which, state);
}

static void
fill_state(const void *tally, int which, struct sst_exact *state)
{
    sst_tally_state(tally, which, state);
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
        status == SST_OK
            ? sst_states_of(tally, sst_totals_of(addend_of(&g)), plan_state, fill_state)
            : sst_raise(status);
    sst_tally_free(tally);
    return result;
}

struct wanted {
    struct sst_exact state[SST_TOTALS_MOST];
    int totals;
    struct variance variance;
};

static enum sst_status
finish(const void *work, const struct sst_output *out)
{
    const struct wanted *w = work;
    const struct variance *v = &w->variance;
    return sst_exact_finish_variance(w->state, w->totals, v->ddof, v->root, v->min_count, out);
}

static PyObject *
variance_finish(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct wanted w;
    (void)module;
    if (!sst_arity("variance_finish", count, 5))
        return NULL;
    w.totals = sst_parse_states(w.state, arguments[0], SST_TOTALS_MOST);
    if (w.totals == 0 || !parse_variance(&w.variance, arguments[1], arguments[2], arguments[4]))
        return NULL;
    return sst_finish_states(w.state[0].groups, arguments[3], finish, &w);
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
