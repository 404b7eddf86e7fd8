/* SPDX-License-Identifier: MIT
 *
 * Several statistics by cluster from one pass over the rows of each column.
 *
 * group_several(values, weights, codes, groups, asked, skipna, min_count, threads) -> tuple
 *     asked: a tuple of pairs (name, ddof); a result for each
 */
#include "grouped.h"

#include "group_pass.h"

enum { ASKED_MOST = 64 };

enum statistic { COUNT, SUM, MEAN, VAR, STD, MIN, MAX };

struct name {
    const char *name;
    enum statistic statistic;
};

static const struct name names[] = {
    {"count", COUNT}, {"max", MAX}, {"mean", MEAN}, {"min", MIN},
    {"std", STD},     {"sum", SUM}, {"var", VAR},
};

struct asked {
    enum statistic statistic;
    Py_ssize_t ddof;
    PyArrayObject *result;
    enum sst_kind kind;
};

struct several {
    struct sst_grouped g;
    struct sst_pass pass;
    int64_t min_count;
    Py_ssize_t count;
    struct asked asked[ASKED_MOST];
};

/* 0 with an exception set if it is not a pair of a known name and a whole number. */
static int
parse_pair(struct asked *asked, PyObject *pair)
{
    if (!PyTuple_Check(pair) || PyTuple_Size(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, "asked: expected pairs (name, ddof)");
        return 0;
    }
    const struct name *name = sst_find_row(
        PyTuple_GetItem(pair, 0), names, sizeof names / sizeof *names, sizeof *names, "statistic");
    if (name == NULL)
        return 0;
    asked->statistic = name->statistic;
    asked->ddof = sst_whole(PyTuple_GetItem(pair, 1), 0, PY_SSIZE_T_MAX, "ddof");
    return asked->ddof >= 0;
}

static int
parse_asked(struct several *s, PyObject *tuple)
{
    s->count = PyTuple_Check(tuple) ? PyTuple_Size(tuple) : 0;
    if (s->count < 1 || s->count > ASKED_MOST) {
        PyErr_Format(PyExc_ValueError, "asked: expected a tuple of 1 to %d", (int)ASKED_MOST);
        return 0;
    }
    for (Py_ssize_t k = 0; k < s->count; k++)
        if (!parse_pair(&s->asked[k], PyTuple_GetItem(tuple, k)))
            return 0;
    return 1;
}

/* The type of a result of values of a kind. */
static int
kind_of(enum statistic statistic, enum sst_kind kind, int weighted)
{
    int integers = sst_is_integer(kind);
    switch (statistic) {
    case COUNT:
        return SST_INT64;
    case MIN:
    case MAX:
        return (int)kind;
    case SUM:
        return integers && weighted ? SST_FLOAT64 : (int)kind;
    default:
        return integers ? SST_FLOAT64 : (int)kind;
    }
}

static int
is_asked(const struct several *s, unsigned statistics)
{
    for (Py_ssize_t k = 0; k < s->count; k++)
        if (statistics >> s->asked[k].statistic & 1)
            return 1;
    return 0;
}

/* The members of the pass that what is asked for needs. */
static enum sst_status
new_pass(struct several *s)
{
    const struct sst_grouped *g = &s->g;
    int weighted = g->rows.weights != NULL, squares = is_asked(s, 1u << VAR | 1u << STD);
    int sums = squares || is_asked(s, 1u << SUM | 1u << MEAN);
    int extremes = (is_asked(s, 1u << MIN) ? (int)SST_LEAST : 0) |
                   (is_asked(s, 1u << MAX) ? (int)SST_GREATEST : 0);
    enum sst_status status = SST_OK;
    s->pass = (struct sst_pass){.rows = &g->rows, .groups = g->groups, .parts = g->threads};
    s->pass.addend = squares ? (weighted ? SST_ADD_WEIGHTED_SQUARES : SST_ADD_SQUARES)
                             : (weighted ? SST_ADD_PRODUCTS : SST_ADD_VALUES);
    if (sums)
        status = sst_tally_new(&s->pass.sums, g->groups, g->threads);
    if (status == SST_OK && weighted && !squares && is_asked(s, 1u << MEAN))
        status = sst_tally_new(&s->pass.weights, g->groups, g->threads);
    if (status == SST_OK && (extremes != 0 || !sums))
        status = sst_selection_new(&s->pass.selection, g->groups, g->threads, extremes, !sums);
    return status;
}

static enum sst_status
finish(const struct several *s, const struct asked *asked, const struct sst_output *out)
{
    const struct sst_pass *pass = &s->pass;
    switch (asked->statistic) {
    case COUNT:
        if (pass->sums != NULL)
            sst_tally_counts(pass->sums, out->data, out->step);
        else
            sst_selection_counts(pass->selection, out->data, out->step);
        return SST_OK;
    case MIN:
    case MAX:
        sst_selection_finish(pass->selection, pass->sums,
                             asked->statistic == MIN ? SST_LEAST : SST_GREATEST, s->min_count, out);
        return SST_OK;
    case SUM:
        return sst_tally_finish(pass->sums, NULL, SST_RESULT_SUM, s->min_count, out);
    case MEAN:
        return sst_tally_finish(pass->sums, pass->weights, SST_RESULT_MEAN, s->min_count, out);
    default:
        return sst_tally_finish_variance(pass->sums, asked->ddof, asked->statistic == STD,
                                         s->min_count, out);
    }
}

static enum sst_status
run_columns(struct several *s)
{
    enum sst_status status = new_pass(s);
    for (npy_intp column = 0; column < s->g.columns && status == SST_OK; column++) {
        status = sst_pass_run(&s->pass);
        for (Py_ssize_t k = 0; k < s->count && status == SST_OK; k++) {
            PyArrayObject *result = s->asked[k].result;
            struct sst_output out = {PyArray_BYTES(result) +
                                         column * sst_result_step(&s->g, result),
                                     PyArray_STRIDE(result, 0), s->asked[k].kind};
            status = finish(s, &s->asked[k], &out);
        }
        sst_next_column(&s->g);
    }
    sst_tally_free(s->pass.sums);
    sst_tally_free(s->pass.weights);
    sst_selection_free(s->pass.selection);
    return status;
}

/* A tuple of new results, which `asked` borrows. */
static PyObject *
new_results(struct several *s)
{
    PyObject *results = PyTuple_New(s->count);
    for (Py_ssize_t k = 0; k < s->count && results != NULL; k++) {
        struct asked *asked = &s->asked[k];
        int kind = kind_of(asked->statistic, s->g.rows.kind, s->g.rows.weights != NULL);
        asked->kind = (enum sst_kind)kind;
        asked->result = sst_new_result(&s->g, kind);
        if (asked->result == NULL || PyTuple_SetItem(results, k, (PyObject *)asked->result) < 0)
            Py_CLEAR(results);
    }
    return results;
}

static PyObject *
group_several(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct several s;
    (void)module;
    if (!sst_arity("group_several", count, 8) ||
        !sst_parse_grouped(&s.g, arguments, arguments[5], arguments[7]) ||
        !parse_asked(&s, arguments[4]))
        return NULL;
    s.min_count = sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    PyObject *results = s.min_count < 0 ? NULL : new_results(&s);
    if (results == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = run_columns(&s);
    Py_END_ALLOW_THREADS if (status == SST_OK) return results;
    Py_DECREF(results);
    return sst_raise(status);
}

static PyMethodDef methods[] = {
    {"group_several", SST_METHOD(group_several), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_several(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
