/* SPDX-License-Identifier: MIT
 *
 * Covariances and slopes by cluster, and the exact totals they are made of as states (see
 * exact.c): of the weights if there are any, the others, their squares, the values, the products.
 *
 * group_comoment(values, others, weights, codes, groups, slope, ddof, skipna, min_count, threads)
 *     -> (results, counts)
 * comoment_states(values, others, weights, codes, groups, skipna, threads) -> states
 * comoment_finish(states, slope, ddof, type of result, min_count) -> results
 */
#include "grouped.h"

#include "group_comoment.h"

/* Rows with a second variable, and where its columns are. */
struct paired {
    struct sst_grouped grouped;
    npy_intp other_column_step;
};

/* values, others, weights, codes, groups; then skipna and threads: 0 with an exception set. */
static int
parse_paired(struct paired *p, PyObject *const *arguments, PyObject *skipna, PyObject *threads)
{
    struct sst_grouped second, *g = &p->grouped;
    PyObject *const first[] = {arguments[0], arguments[2], arguments[3], arguments[4]};
    PyObject *const other[] = {arguments[1], Py_None, arguments[3], arguments[4]};
    if (!sst_parse_grouped(g, first, skipna, threads) ||
        !sst_parse_grouped(&second, other, skipna, threads))
        return 0;
    if (second.two_dimensional != g->two_dimensional || second.rows.rows != g->rows.rows ||
        second.columns != g->columns) {
        PyErr_SetString(PyExc_ValueError, "other: another shape than the values");
        return 0;
    }
    g->rows.others = second.rows.values;
    g->rows.other_step = second.rows.step;
    g->rows.other_kind = second.rows.kind;
    p->other_column_step = second.column_step;
    return 1;
}

static int
parse_result(struct sst_comoment_result *result, PyObject *slope, PyObject *ddof,
             PyObject *min_count)
{
    int is_slope = PyObject_IsTrue(slope);
    result->which = is_slope > 0 ? SST_SLOPE : SST_COVARIANCE;
    result->ddof = sst_whole(ddof, 0, PY_SSIZE_T_MAX, "ddof");
    result->min_count = sst_whole(min_count, 0, PY_SSIZE_T_MAX, "min_count");
    return is_slope >= 0 && result->ddof >= 0 && result->min_count >= 0;
}

static enum sst_status
run_columns(struct paired *p, const struct sst_comoment_result *result, PyArrayObject *results,
            PyArrayObject *counts)
{
    struct sst_grouped *g = &p->grouped;
    struct sst_pairs *pairs;
    enum sst_status status = sst_pairs_new(&pairs, g->groups, g->threads);
    struct sst_output out = {PyArray_BYTES(results), PyArray_STRIDE(results, 0),
                             (enum sst_kind)sst_kind_of(results)};
    char *count = PyArray_BYTES(counts);
    for (npy_intp column = 0; column < g->columns && status == SST_OK; column++) {
        status = sst_pairs_run(pairs, &g->rows, result->which);
        if (status != SST_OK)
            break;
        status = sst_pairs_finish(pairs, result, &out);
        sst_pairs_counts(pairs, count, PyArray_STRIDE(counts, 0));
        sst_next_column(g);
        g->rows.others += p->other_column_step;
        out.data += sst_result_step(g, results);
        count += sst_result_step(g, counts);
    }
    sst_pairs_free(pairs);
    return status;
}

static PyObject *
group_comoment(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct paired p;
    struct sst_comoment_result wanted;
    (void)module;
    if (!sst_arity("group_comoment", count, 10) ||
        !parse_paired(&p, arguments, arguments[7], arguments[9]) ||
        !parse_result(&wanted, arguments[5], arguments[6], arguments[8]))
        return NULL;
    int single = p.grouped.rows.kind == SST_FLOAT32 && p.grouped.rows.other_kind == SST_FLOAT32;
    PyArrayObject *results = sst_new_result(&p.grouped, single ? SST_FLOAT32 : SST_FLOAT64),
                  *counts = sst_new_result(&p.grouped, SST_INT64);
    PyObject *made = NULL;
    if (results != NULL && counts != NULL) {
        enum sst_status status;
        Py_BEGIN_ALLOW_THREADS status = run_columns(&p, &wanted, results, counts);
        Py_END_ALLOW_THREADS made =
            status == SST_OK ? PyTuple_Pack(2, results, counts) : sst_raise(status);
    }
    Py_XDECREF((PyObject *)results);
    Py_XDECREF((PyObject *)counts);
    return made;
}

static void
plan_state(const void *pairs, int which, struct sst_exact *state)
{
    sst_pairs_plan_state(pairs, which, state);
}

static void
fill_state(const void *pairs, int which, struct sst_exact *state)
{
    sst_pairs_state(pairs, which, state);
}

static PyObject *
comoment_states(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct paired p;
    (void)module;
    if (!sst_arity("comoment_states", count, 7) ||
        !parse_paired(&p, arguments, arguments[5], arguments[6]))
        return NULL;
    if (p.grouped.two_dimensional) {
        PyErr_SetString(PyExc_ValueError, "values: expected one dimension");
        return NULL;
    }
    struct sst_pairs *pairs;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_pairs_new(&pairs, p.grouped.groups, p.grouped.threads);
    if (status == SST_OK)
        status = sst_pairs_run(pairs, &p.grouped.rows, SST_SLOPE);
    Py_END_ALLOW_THREADS PyObject *states =
        status == SST_OK ? sst_states_of(pairs, sst_pairs_totals(pairs), plan_state, fill_state)
                         : sst_raise(status);
    sst_pairs_free(pairs);
    return states;
}

struct wanted {
    struct sst_exact state[SST_COMOMENT_TOTALS];
    int totals;
    struct sst_comoment_result result;
};

static enum sst_status
finish(const void *work, const struct sst_output *out)
{
    const struct wanted *w = work;
    return sst_exact_finish_comoment(w->state, w->totals, &w->result, out);
}

static PyObject *
comoment_finish(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct wanted w;
    (void)module;
    if (!sst_arity("comoment_finish", count, 5))
        return NULL;
    w.totals = sst_parse_states(w.state, arguments[0], SST_COMOMENT_TOTALS);
    if (w.totals == 0 || !parse_result(&w.result, arguments[1], arguments[2], arguments[4]))
        return NULL;
    return sst_finish_states(w.state[0].groups, arguments[3], finish, &w);
}

static PyMethodDef methods[] = {
    {"comoment_finish", SST_METHOD(comoment_finish), METH_FASTCALL, NULL},
    {"comoment_states", SST_METHOD(comoment_states), METH_FASTCALL, NULL},
    {"group_comoment", SST_METHOD(group_comoment), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_comoments(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
