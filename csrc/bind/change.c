/* SPDX-License-Identifier: MIT
 *
 * Two periods by cluster, from one column of each.
 *
 * pair_codes(start, weights or None, codes, groups, end, all, threads) -> codes, int32: negative
 *     where a figure is missing, 0 of all others if asked
 * pair_growing(start, None, codes, groups, end, min_count, threads)
 *     -> (growing rows, rows, their share) by cluster, of the codes that pair_codes gave
 * exact_change(start state, end state, state of all at the start or None, at the end or None, form,
 *     base, min_count, single) -> results, float64
 * exact_signs(state) -> the sign of each cluster's total, int8
 */
#include "grouped.h"

#include "exact_change.h"
#include "group_pair.h"

static int
parse_pairs(PyObject *const *arguments, PyObject *threads, struct sst_two_periods *pairs,
            struct sst_grouped *g)
{
    if (!sst_parse_grouped(g, arguments, Py_True, threads))
        return 0;
    int type = PyArray_TYPE((PyArrayObject *)arguments[0]);
    PyArrayObject *end = sst_array(arguments[4], type, 1, "end");
    if (end == NULL)
        return 0;
    if (g->two_dimensional || g->rows.codes == NULL || PyArray_DIM(end, 0) != g->rows.rows) {
        PyErr_SetString(PyExc_ValueError, "end: expected one column, as long as the start");
        return 0;
    }
    *pairs = (struct sst_two_periods){g->rows, PyArray_BYTES(end), PyArray_STRIDE(end, 0)};
    return 1;
}

static PyObject *
pair_codes(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    struct sst_two_periods pairs;
    (void)module;
    if (!sst_arity("pair_codes", count, 7) || !parse_pairs(arguments, arguments[6], &pairs, &g))
        return NULL;
    int all = PyObject_IsTrue(arguments[5]);
    npy_intp rows = g.rows.rows;
    PyArrayObject *codes = all < 0 ? NULL : (PyArrayObject *)PyArray_SimpleNew(1, &rows, NPY_INT32);
    if (codes == NULL)
        return NULL;
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status = sst_pair_codes(&pairs, g.groups, all, PyArray_DATA(codes));
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)codes;
    Py_DECREF(codes);
    return sst_raise(status);
}

static PyObject *
pair_growing(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_grouped g;
    struct sst_two_periods pairs;
    (void)module;
    if (!sst_arity("pair_growing", count, 7) || !parse_pairs(arguments, arguments[6], &pairs, &g))
        return NULL;
    Py_ssize_t min_count = sst_whole(arguments[5], 0, PY_SSIZE_T_MAX, "min_count");
    if (min_count < 0)
        return NULL;
    if (g.rows.wide_codes) {
        PyErr_SetString(PyExc_TypeError, "codes: expected int32");
        return NULL;
    }
    PyArrayObject *present = sst_new_result(&g, SST_INT64),
                  *growing = sst_new_result(&g, SST_INT64),
                  *share = sst_new_result(&g, SST_FLOAT64);
    PyObject *result = NULL;
    if (present != NULL && growing != NULL && share != NULL) {
        enum sst_status status;
        Py_BEGIN_ALLOW_THREADS status =
            sst_pair_growing(&pairs, g.groups, g.rows.codes, min_count, PyArray_DATA(present),
                             PyArray_DATA(growing), PyArray_DATA(share));
        Py_END_ALLOW_THREADS result =
            status == SST_OK ? PyTuple_Pack(3, growing, present, share) : sst_raise(status);
    }
    Py_XDECREF((PyObject *)present);
    Py_XDECREF((PyObject *)growing);
    Py_XDECREF((PyObject *)share);
    return result;
}

static PyObject *
exact_change(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_exact state[4];
    (void)module;
    if (!sst_arity("exact_change", count, 8))
        return NULL;
    Py_ssize_t form = sst_whole(arguments[4], 0, SST_CHANGE_FORMS - 1, "form");
    Py_ssize_t base = sst_whole(arguments[5], 0, SST_CHANGE_BASES - 1, "base");
    Py_ssize_t min_count = sst_whole(arguments[6], 0, PY_SSIZE_T_MAX, "min_count");
    int single = PyObject_IsTrue(arguments[7]), states = form == SST_CHANGE_GROWTH ? 2 : 4;
    if (form < 0 || base < 0 || min_count < 0 || single < 0)
        return NULL;
    for (int k = 0; k < states; k++)
        if (!sst_parse_state(&state[k], arguments[k]))
            return NULL;
    PyArrayObject *result = (PyArrayObject *)PyArray_SimpleNew(1, &state[0].groups, NPY_DOUBLE);
    if (result == NULL)
        return NULL;
    const struct sst_change_states of = {&state[0], &state[1], &state[2], &state[3]};
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status =
        sst_exact_finish_change(&of, (enum sst_change_form)form, (enum sst_change_base)base,
                                min_count, single, PyArray_DATA(result));
    Py_END_ALLOW_THREADS if (status == SST_OK) return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}

static PyObject *
exact_signs(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_exact state;
    (void)module;
    if (!sst_arity("exact_signs", count, 1) || !sst_parse_state(&state, arguments[0]))
        return NULL;
    PyArrayObject *result = (PyArrayObject *)PyArray_SimpleNew(1, &state.groups, NPY_INT8);
    if (result == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS sst_exact_signs(&state, PyArray_DATA(result));
    Py_END_ALLOW_THREADS return (PyObject *)result;
}

static PyMethodDef methods[] = {
    {"exact_change", SST_METHOD(exact_change), METH_FASTCALL, NULL},
    {"exact_signs", SST_METHOD(exact_signs), METH_FASTCALL, NULL},
    {"pair_codes", SST_METHOD(pair_codes), METH_FASTCALL, NULL},
    {"pair_growing", SST_METHOD(pair_growing), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_changes(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
