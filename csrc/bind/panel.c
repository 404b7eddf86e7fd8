/* SPDX-License-Identifier: MIT
 *
 * panel_scan(labels int32 | int64 (n,) | None, steps int64 (n,) | None, keep, threads)
 *     -> (plan, units, gaps) or None where rows are not lined up
 * panel_sort(codes int32 (n,) | None, units, steps int64 (n,) | None, threads)
 *     -> (plan, units, gaps) or the pair (earlier, later) of a repeated row
 * panel_rows(plan, lag, rows int64 (n,))
 *
 * A plan is a capsule: only the core makes its contents, so what they index is right.
 */
#include "bind.h"
#include "panel.h"
#include "parallel.h"

static const char capsule_name[] = "sndstats._core.panel";

/* The panel with the array that it may borrow steps from. */
struct plan {
    struct sst_panel panel;
    PyObject *steps;
};

static void
free_plan(struct plan *plan)
{
    sst_panel_free(&plan->panel);
    Py_XDECREF(plan->steps);
    PyMem_Free(plan);
}

static void
free_capsule(PyObject *capsule)
{
    free_plan(PyCapsule_GetPointer(capsule, capsule_name));
}

const struct sst_panel *
sst_plan(PyObject *capsule)
{
    struct plan *plan = PyCapsule_GetPointer(capsule, capsule_name);
    return plan == NULL ? NULL : &plan->panel;
}

int
sst_threads(PyObject *object)
{
    long threads = PyLong_AsLong(object);
    if (threads == -1 && PyErr_Occurred())
        return 0;
    if (threads >= 1 && threads <= SST_MAX_THREADS)
        return (int)threads;
    PyErr_Format(PyExc_ValueError, "threads: expected 1 to %d, got %ld", SST_MAX_THREADS, threads);
    return 0;
}

/* The capsule of a filled plan, with its figures. */
static PyObject *
plan_result(struct plan *plan)
{
    ptrdiff_t units = plan->panel.units;
    uint64_t gaps = sst_panel_gaps(&plan->panel);
    PyObject *capsule = PyCapsule_New(plan, capsule_name, free_capsule);
    if (capsule == NULL) {
        free_plan(plan);
        return NULL;
    }
    return Py_BuildValue("(NnK)", capsule, (Py_ssize_t)units, (unsigned long long)gaps);
}

/* A one-dimensional array without gaps, or NULL for None; *rows is its length, or must be.
 * 0 with an exception set. */
static int
column_of(PyObject *object, int typenum, const char *name, npy_intp *rows, PyArrayObject **array)
{
    *array = NULL;
    if (object == Py_None)
        return 1;
    *array = sst_array(object, typenum, 1, name);
    if (*array == NULL)
        return 0;
    npy_intp n = PyArray_DIM(*array, 0);
    if (PyArray_IS_C_CONTIGUOUS(*array) && (*rows < 0 || *rows == n)) {
        *rows = n;
        return 1;
    }
    PyErr_Format(PyExc_ValueError, "%s: wrong length or layout", name);
    return 0;
}

/* The columns of units and steps, not both None. */
static int
columns_of(PyObject *units, int typenum, PyObject *steps, PyArrayObject **unit_array,
           PyArrayObject **step_array, npy_intp *rows)
{
    *rows = -1;
    if (!column_of(units, typenum, "groups", rows, unit_array) ||
        !column_of(steps, NPY_INT64, "time", rows, step_array))
        return 0;
    if (*rows >= 0)
        return 1;
    PyErr_SetString(PyExc_ValueError, "groups, time: one of them is needed");
    return 0;
}

static const void *
data_or_null(PyArrayObject *array)
{
    return array == NULL ? NULL : PyArray_DATA(array);
}

static PyObject *
panel_scan(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("panel_scan", count, 4))
        return NULL;
    PyArrayObject *labels, *steps;
    npy_intp rows;
    int wide =
        PyArray_Check(arguments[0]) && PyArray_TYPE((PyArrayObject *)arguments[0]) == NPY_INT64;
    if (!columns_of(arguments[0], wide ? NPY_INT64 : NPY_INT32, arguments[1], &labels, &steps,
                    &rows))
        return NULL;
    int keep = PyObject_IsTrue(arguments[2]), threads = sst_threads(arguments[3]), sorted;
    if (keep < 0 || threads == 0)
        return NULL;
    struct plan *plan = PyMem_Calloc(1, sizeof *plan);
    if (plan == NULL)
        return PyErr_NoMemory();
    plan->steps = keep ? NULL : Py_XNewRef((PyObject *)steps);
    const void *label_data = data_or_null(labels), *step_data = data_or_null(steps);
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status =
        wide
            ? sst_panel_scan_i64(label_data, step_data, rows, keep, threads, &plan->panel, &sorted)
            : sst_panel_scan_i32(label_data, step_data, rows, keep, threads, &plan->panel, &sorted);
    Py_END_ALLOW_THREADS if (status == SST_OK && sorted) return plan_result(plan);
    free_plan(plan);
    return status == SST_OK ? Py_NewRef(Py_None) : sst_raise(status);
}

static PyObject *
panel_sort(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("panel_sort", count, 4))
        return NULL;
    PyArrayObject *codes, *steps;
    npy_intp rows;
    if (!columns_of(arguments[0], NPY_INT32, arguments[2], &codes, &steps, &rows))
        return NULL;
    Py_ssize_t units = PyLong_AsSsize_t(arguments[1]);
    int threads = sst_threads(arguments[3]);
    if ((units == -1 && PyErr_Occurred()) || threads == 0)
        return NULL;
    if (units < 1 || units > INT32_MAX)
        return sst_raise(SST_CODE_RANGE);
    struct plan *plan = PyMem_Calloc(1, sizeof *plan);
    if (plan == NULL)
        return PyErr_NoMemory();
    const void *code_data = data_or_null(codes), *step_data = data_or_null(steps);
    ptrdiff_t repeated[2];
    enum sst_status status;
    Py_BEGIN_ALLOW_THREADS status =
        sst_panel_sort(code_data, units, step_data, rows, threads, &plan->panel, repeated);
    Py_END_ALLOW_THREADS if (status == SST_OK) return plan_result(plan);
    free_plan(plan);
    if (status == SST_REPEATED_ROW)
        return Py_BuildValue("(nn)", (Py_ssize_t)repeated[0], (Py_ssize_t)repeated[1]);
    return sst_raise(status);
}

static PyObject *
panel_rows(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    (void)module;
    if (!sst_arity("panel_rows", count, 3))
        return NULL;
    const struct sst_panel *panel = sst_plan(arguments[0]);
    if (panel == NULL)
        return NULL;
    long long lag = PyLong_AsLongLong(arguments[1]);
    if (lag == -1 && PyErr_Occurred())
        return NULL;
    if (lag > SST_FARTHEST_LAG || lag < -SST_FARTHEST_LAG)
        return sst_raise(SST_BAD_ARGUMENT);
    PyArrayObject *rows = sst_result(arguments[2], NPY_INT64, 1, "rows");
    if (rows == NULL)
        return NULL;
    if (!PyArray_IS_C_CONTIGUOUS(rows) || PyArray_DIM(rows, 0) != panel->rows)
        return sst_raise(SST_BAD_ARGUMENT);
    int64_t *data = PyArray_DATA(rows);
    Py_BEGIN_ALLOW_THREADS sst_panel_rows(panel, lag, data);
    Py_END_ALLOW_THREADS return Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"panel_rows", SST_METHOD(panel_rows), METH_FASTCALL, NULL},
    {"panel_scan", SST_METHOD(panel_scan), METH_FASTCALL, NULL},
    {"panel_sort", SST_METHOD(panel_sort), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

int
sst_add_panel(PyObject *module)
{
    return PyModule_AddFunctions(module, methods);
}
