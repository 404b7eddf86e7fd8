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

enum { LO, LIMBS, COUNT, SEEN, SPILL_CODES, SPILL_LIMBS, FIELDS };

PyObject *
sst_new_state(struct sst_exact *state)
{
    npy_intp shapes[FIELDS][2] = {{0, 0},
                                  {state->groups, state->limbs},
                                  {state->groups, 0},
                                  {state->groups, 0},
                                  {state->spilled, 0},
                                  {state->spilled, SST_GRID_LIMBS}};
    const int dimensions[FIELDS] = {0, 2, 1, 1, 1, 2};
    PyObject *tuple = PyTuple_New(FIELDS);
    if (tuple == NULL)
        return NULL;
    PyObject *lo = PyLong_FromLong(state->lo);
    if (lo == NULL || PyTuple_SetItem(tuple, LO, lo) < 0) {
        Py_DECREF(tuple);
        return NULL;
    }
    void *data[FIELDS];
    for (int k = LIMBS; k < FIELDS; k++) {
        int type = k == SEEN ? NPY_UINT8 : NPY_INT64;
        PyObject *array = PyArray_SimpleNew(dimensions[k], shapes[k], type);
        if (array == NULL || PyTuple_SetItem(tuple, k, array) < 0) {
            Py_DECREF(tuple);
            return NULL;
        }
        data[k] = PyArray_DATA((PyArrayObject *)array);
    }
    state->digits = data[LIMBS];
    state->count = data[COUNT];
    state->seen = data[SEEN];
    state->spill_code = data[SPILL_CODES];
    state->spill_digits = data[SPILL_LIMBS];
    return tuple;
}

static PyArrayObject *
field(PyObject *tuple, int k, int dimensions)
{
    PyArrayObject *array = sst_array(PyTuple_GetItem(tuple, k), k == SEEN ? NPY_UINT8 : NPY_INT64,
                                     dimensions, "state");
    if (array == NULL || PyArray_IS_C_CONTIGUOUS(array))
        return array;
    PyErr_SetString(PyExc_ValueError, "state: expected contiguous arrays");
    return NULL;
}

int
sst_parse_state(struct sst_exact *state, PyObject *tuple)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != FIELDS) {
        PyErr_SetString(PyExc_TypeError, "state: expected a tuple of six");
        return 0;
    }
    PyArrayObject *limbs = field(tuple, LIMBS, 2), *count = field(tuple, COUNT, 1);
    PyArrayObject *seen = field(tuple, SEEN, 1), *codes = field(tuple, SPILL_CODES, 1);
    PyArrayObject *spill = field(tuple, SPILL_LIMBS, 2);
    if (limbs == NULL || count == NULL || seen == NULL || codes == NULL || spill == NULL)
        return 0;
    npy_intp n = PyArray_DIM(limbs, 0), m = PyArray_DIM(codes, 0);
    long lo = PyLong_AsLong(PyTuple_GetItem(tuple, LO));
    if (lo == -1 && PyErr_Occurred())
        return 0;
    *state =
        (struct sst_exact){.groups = n,
                           .lo = lo > -1000 && lo < 1000 ? (int)lo : -1000,
                           .limbs = (int)(PyArray_DIM(limbs, 1) < 1000 ? PyArray_DIM(limbs, 1) : 0),
                           .digits = PyArray_DATA(limbs),
                           .count = PyArray_DATA(count),
                           .seen = PyArray_DATA(seen),
                           .spilled = m,
                           .spill_code = PyArray_DATA(codes),
                           .spill_digits = PyArray_DATA(spill)};
    if (PyArray_DIM(count, 0) == n && PyArray_DIM(seen, 0) == n && PyArray_DIM(spill, 0) == m &&
        PyArray_DIM(spill, 1) == SST_GRID_LIMBS && sst_exact_valid(state))
        return 1;
    PyErr_SetString(PyExc_ValueError, "state: its arrays do not fit together");
    return 0;
}

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

static PyObject *
exact_finish(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    struct sst_exact state, weights;
    (void)module;
    if (!sst_arity("exact_finish", count, 5) || !sst_parse_state(&state, arguments[0]))
        return NULL;
    int weighted = arguments[1] != Py_None, mean = PyObject_IsTrue(arguments[2]);
    if (mean < 0 || (weighted && !sst_parse_state(&weights, arguments[1])))
        return NULL;
    if (weighted && weights.groups != state.groups) {
        PyErr_SetString(PyExc_ValueError, "weights: a state of another number of clusters");
        return NULL;
    }
    PyArray_Descr *type = NULL;
    Py_ssize_t min_count = sst_whole(arguments[4], 0, PY_SSIZE_T_MAX, "min_count");
    if (min_count < 0 || !PyArray_DescrConverter(arguments[3], &type))
        return NULL;
    npy_intp n = state.groups;
    PyArrayObject *result = (PyArrayObject *)PyArray_SimpleNewFromDescr(1, &n, type);
    if (result == NULL)
        return NULL;
    int kind = PyArray_ISNOTSWAPPED(result) ? sst_kind_of(result) : -1;
    enum sst_status status = SST_BAD_ARGUMENT;
    if (kind >= 0) {
        struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0),
                                 (enum sst_kind)kind};
        Py_BEGIN_ALLOW_THREADS status =
            sst_exact_finish(&state, weighted ? &weights : NULL,
                             mean ? SST_RESULT_MEAN : SST_RESULT_SUM, min_count, &out);
        Py_END_ALLOW_THREADS
    }
    if (status == SST_OK)
        return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
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
