/* SPDX-License-Identifier: MIT
 *
 * Exact totals by cluster as tuples of plain arrays, the states of exact.c, and back.
 */
#include "grouped.h"

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
    /* Not what has __index__: that could change the arrays after they were looked at. */
    if (!PyLong_Check(PyTuple_GetItem(tuple, LO))) {
        PyErr_SetString(PyExc_TypeError, "state: expected the lowest limb as an int");
        return 0;
    }
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

PyObject *
sst_states_of(const void *totals, int count, sst_state_function *plan, sst_state_function *fill)
{
    PyObject *states = PyTuple_New(count);
    for (int k = 0; k < count && states != NULL; k++) {
        struct sst_exact state;
        Py_BEGIN_ALLOW_THREADS plan(totals, k, &state);
        Py_END_ALLOW_THREADS PyObject *one = sst_new_state(&state);
        if (one == NULL || PyTuple_SetItem(states, k, one) < 0) {
            Py_CLEAR(states);
            break;
        }
        Py_BEGIN_ALLOW_THREADS fill(totals, k, &state);
        Py_END_ALLOW_THREADS
    }
    return states;
}

int
sst_parse_states(struct sst_exact *state, PyObject *tuple, int most)
{
    Py_ssize_t count = PyTuple_Check(tuple) ? PyTuple_Size(tuple) : 0;
    if (count < most - 1 || count > most) {
        PyErr_Format(PyExc_TypeError, "states: expected a tuple of %d or %d states", most - 1,
                     most);
        return 0;
    }
    for (Py_ssize_t k = 0; k < count; k++) {
        if (!sst_parse_state(&state[k], PyTuple_GetItem(tuple, k)))
            return 0;
        if (state[k].groups != state[0].groups) {
            PyErr_SetString(PyExc_ValueError, "states: of different numbers of clusters");
            return 0;
        }
    }
    return (int)count;
}

PyObject *
sst_finish_states(npy_intp groups, PyObject *type, sst_finish_function *finish, const void *work)
{
    PyArray_Descr *descr = NULL;
    if (!PyArray_DescrConverter(type, &descr))
        return NULL;
    PyArrayObject *result = (PyArrayObject *)PyArray_SimpleNewFromDescr(1, &groups, descr);
    if (result == NULL)
        return NULL;
    int kind = PyArray_ISNOTSWAPPED(result) ? sst_kind_of(result) : -1;
    enum sst_status status = SST_BAD_ARGUMENT;
    if (kind >= 0) {
        struct sst_output out = {PyArray_BYTES(result), PyArray_STRIDE(result, 0),
                                 (enum sst_kind)kind};
        Py_BEGIN_ALLOW_THREADS status = finish(work, &out);
        Py_END_ALLOW_THREADS
    }
    if (status == SST_OK)
        return (PyObject *)result;
    Py_DECREF(result);
    return sst_raise(status);
}
