/* SPDX-License-Identifier: MIT
 *
 * The parts of the extension module. Functions are private, positional and take arrays
 * that Python has already brought to the right type; they check what could corrupt
 * memory, release the GIL, call the core and translate its status.
 */
#ifndef SST_BIND_H
#define SST_BIND_H

#include "numpy_api.h"
#include "status.h"

struct sst_classes;
struct sst_panel;

/* Sets the exception that belongs to a status other than SST_OK and returns NULL; an
 * exception that is already set stays. */
PyObject *sst_raise(enum sst_status status);

/* The array behind `object` if it is an aligned, native array of type `typenum` with
 * `ndim` dimensions (any number if ndim < 0), else NULL with a TypeError or ValueError
 * naming `name`. Borrowed. */
PyArrayObject *sst_array(PyObject *object, int typenum, int ndim, const char *name);

/* The same for a result: writeable too. */
PyArrayObject *sst_result(PyObject *object, int typenum, int ndim, const char *name);

/* The enum sst_kind of an array's items, or -1. */
int sst_kind_of(PyArrayObject *array);

/* The row of a table whose rows of `size` bytes begin with a name, or NULL with a ValueError
 * that says what was looked for. */
const void *sst_find_row(PyObject *name, const void *table, size_t rows, size_t size,
                         const char *what);

/* 0 and a TypeError when a function got another number of arguments than it takes. */
int sst_arity(const char *function, Py_ssize_t have, Py_ssize_t want);

/* The panel in the capsule of a plan, or NULL with an exception set. */
const struct sst_panel *sst_plan(PyObject *capsule);

/* The classes of a method or rule: None, or (limits, whether only beyond them, words, ...). */
PyObject *sst_classes_as_tuple(const struct sst_classes *classes);

/* A number of threads, or 0 with an exception set. */
int sst_threads(PyObject *object);

/* Each adds its share to the module: 0, or -1 with an exception set. */
int sst_add_audits(PyObject *module);
int sst_add_axis(PyObject *module);
int sst_add_comoments(PyObject *module);
int sst_add_disclosure(PyObject *module);
int sst_add_exact(PyObject *module);
int sst_add_group(PyObject *module);
int sst_add_label(PyObject *module);
int sst_add_lanes(PyObject *module);
int sst_add_methods(PyObject *module);
int sst_add_order(PyObject *module);
int sst_add_panel(PyObject *module);
int sst_add_places(PyObject *module);
int sst_add_regions(PyObject *module);
int sst_add_rollups(PyObject *module);
int sst_add_several(PyObject *module);
int sst_add_tops(PyObject *module);
int sst_add_ufuncs(PyObject *module);
int sst_add_variance(PyObject *module);
int sst_add_ytd(PyObject *module);
int sst_add_onrows(PyObject *module);
int sst_add_changes(PyObject *module);
int sst_add_measures(PyObject *module);

#endif
