/* SPDX-License-Identifier: MIT
 *
 * Which cluster totals would disclose a contributor. Values and shares (rows,) are finite and not
 * negative.
 *
 * disclosure(values, shares | None, codes, groups, ids | None, count, waived | None, rules,
 *     min_count, empty, places, threads)
 *     -> flags int8, protection, contributors int64, totals, largest (groups, places)
 *
 * `ids` (int32) holds the contributor of each row, below `count`, `waived` (bool) whether it agrees
 * to be disclosed. `rules` are tuples of the numbers of struct sst_concentration_rule: flag,
 * together, over, under.
 */
#include "disclosure.h"
#include "grouped.h"

enum { ARGUMENTS = 12, RULE_NUMBERS = 4, RULES_MOST = 64, RESULTS = 5 };

struct call {
    struct sst_grouped g;
    struct sst_contributors contributors;
    int with_contributors;
    struct sst_concentration_rule rule[RULES_MOST];
    struct sst_disclosure_rules rules;
    npy_intp places;
};

/* The data of a contiguous array with one item for each row. */
static const void *
of_rows(const struct call *c, PyObject *object, int typenum, const char *name)
{
    PyArrayObject *array = sst_array(object, typenum, 1, name);
    if (array == NULL)
        return NULL;
    if (PyArray_IS_C_CONTIGUOUS(array) && PyArray_DIM(array, 0) == c->g.rows.rows)
        return PyArray_DATA(array);
    PyErr_Format(PyExc_ValueError, "%s: another length, or not contiguous", name);
    return NULL;
}

static int
parse_contributors(struct call *c, PyObject *ids, PyObject *count, PyObject *waived)
{
    c->with_contributors = ids != Py_None || waived != Py_None || c->g.rows.weights != NULL;
    c->contributors.count = sst_whole(count, 1, PY_SSIZE_T_MAX / 64, "count");
    if (c->contributors.count < 1)
        return 0;
    if (ids != Py_None && (c->contributors.ids = of_rows(c, ids, NPY_INT32, "ids")) == NULL)
        return 0;
    return waived == Py_None ||
           (c->contributors.waived = of_rows(c, waived, NPY_BOOL, "waived")) != NULL;
}

static int
parse_rule(PyObject *tuple, struct sst_concentration_rule *rule)
{
    int64_t number[RULE_NUMBERS];
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != RULE_NUMBERS) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    for (int k = 0; k < RULE_NUMBERS; k++) {
        number[k] = PyLong_AsLongLong(PyTuple_GetItem(tuple, k));
        if (number[k] == -1 && PyErr_Occurred())
            return 0;
        if (number[k] < 1 || (k < 2 && number[k] > SST_TOGETHER_MOST)) {
            sst_raise(SST_BAD_ARGUMENT);
            return 0;
        }
    }
    rule->flag = (enum sst_disclosure_flag)number[0];
    rule->together = (int)number[1];
    rule->ratio = (struct sst_ratio){(uint64_t)number[2], (uint64_t)number[3]};
    return 1;
}

static int
parse_rules(struct call *c, PyObject *rules, PyObject *min_count, PyObject *empty)
{
    if (!PyTuple_Check(rules) || PyTuple_Size(rules) > RULES_MOST) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    c->rules.rules = PyTuple_Size(rules);
    c->rules.rule = c->rule;
    for (Py_ssize_t k = 0; k < c->rules.rules; k++)
        if (!parse_rule(PyTuple_GetItem(rules, k), &c->rule[k]))
            return 0;
    c->rules.min_count = sst_whole(min_count, 0, PY_SSIZE_T_MAX, "min_count");
    c->rules.empty = PyObject_IsTrue(empty);
    return c->rules.min_count >= 0 && c->rules.empty >= 0;
}

static int
parse_call(struct call *c, PyObject *const *arguments)
{
    *c = (struct call){.with_contributors = 0};
    if (!sst_parse_grouped(&c->g, arguments, Py_True, arguments[11]))
        return 0;
    if (c->g.two_dimensional || c->g.rows.codes == NULL) {
        sst_raise(SST_BAD_ARGUMENT);
        return 0;
    }
    c->places = sst_whole(arguments[10], 1, SST_TOGETHER_MOST, "places");
    return c->places > 0 && parse_contributors(c, arguments[4], arguments[5], arguments[6]) &&
           parse_rules(c, arguments[7], arguments[8], arguments[9]);
}

/* New arrays of the results, or 0; the caller lets go of what there is. */
static int
new_results(const struct call *c, PyArrayObject **results)
{
    static const int type_of_kind[] = {NPY_DOUBLE, NPY_DOUBLE, NPY_INT64, NPY_UINT64};
    npy_intp shape[2] = {c->g.groups, c->places};
    int total = c->g.rows.weights != NULL ? NPY_DOUBLE : type_of_kind[c->g.rows.kind];
    const int types[RESULTS] = {NPY_INT8, NPY_DOUBLE, NPY_INT64, total, NPY_DOUBLE};
    if (c->g.groups > PY_SSIZE_T_MAX / (npy_intp)sizeof(double) / c->places) {
        sst_raise(SST_NO_MEMORY);
        return 0;
    }
    for (int k = 0; k < RESULTS; k++) {
        results[k] = (PyArrayObject *)PyArray_SimpleNew(k == RESULTS - 1 ? 2 : 1, shape, types[k]);
        if (results[k] == NULL)
            return 0;
    }
    return 1;
}

static enum sst_status
run(const struct call *c, PyArrayObject *const *results)
{
    struct sst_disclosure_output out = {.places = c->places};
    out.flags = PyArray_DATA(results[0]);
    out.protection = PyArray_DATA(results[1]);
    out.contributors = PyArray_DATA(results[2]);
    out.total = (struct sst_output){PyArray_BYTES(results[3]), PyArray_STRIDE(results[3], 0),
                                    (enum sst_kind)sst_kind_of(results[3])};
    out.largest = PyArray_DATA(results[4]);
    return sst_disclosure(&c->g.rows, c->g.groups, c->with_contributors ? &c->contributors : NULL,
                          &c->rules, c->g.threads, &out);
}

static PyObject *
disclosure(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct call c;
    PyArrayObject *results[RESULTS] = {NULL};
    PyObject *made = NULL;
    (void)module;
    if (!sst_arity("disclosure", count, ARGUMENTS) || !parse_call(&c, arguments))
        return NULL;
    if (new_results(&c, results)) {
        enum sst_status status;
        Py_BEGIN_ALLOW_THREADS status = run(&c, results);
        Py_END_ALLOW_THREADS made =
            status == SST_OK
                ? PyTuple_Pack(RESULTS, results[0], results[1], results[2], results[3], results[4])
                : sst_raise(status);
    }
    for (int k = 0; k < RESULTS; k++)
        Py_XDECREF((PyObject *)results[k]);
    return made;
}

static PyMethodDef methods[] = {
    {"disclosure", SST_METHOD(disclosure), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_disclosure(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
