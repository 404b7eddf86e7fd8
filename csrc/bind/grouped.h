/* SPDX-License-Identifier: MIT
 *
 * What the functions of group.c, several.c, place.c, top.c, variance.c and exact.c take and give in
 * the same way.
 */
#ifndef SST_BIND_GROUPED_H
#define SST_BIND_GROUPED_H

#include "bind.h"
#include "group.h"

/* Rows (and columns) of values with their weights and codes, as the core takes them. */
struct sst_grouped {
    struct sst_rows rows; /* the first column */
    npy_intp columns;
    npy_intp column_step;
    npy_intp weight_column_step;
    npy_intp groups;
    int two_dimensional;
    int threads;
};

/* values (rows,) or (rows, columns), weights alike or None, codes (rows,) or None, groups:
 * four arguments; then skip_missing and threads. 0 with an exception set if they do not
 * fit together. The arrays stay borrowed. */
int sst_parse_grouped(struct sst_grouped *grouped, PyObject *const *arguments,
                      PyObject *skip_missing, PyObject *threads);

/* Moves to the next column. */
void sst_next_column(struct sst_grouped *grouped);

/* A new array of results by cluster (and column), and the bytes from one column to the next. */
PyArrayObject *sst_new_result(const struct sst_grouped *grouped, int kind);
npy_intp sst_result_step(const struct sst_grouped *grouped, PyArrayObject *result);

/* The arrays of a planned state, as a new tuple; `state` points into them. */
PyObject *sst_new_state(struct sst_exact *state);

/* The arrays of a tuple as a state, checked: 0 with an exception set. */
int sst_parse_state(struct sst_exact *state, PyObject *tuple);

/* Gives or fills the state of one of some totals. */
typedef void sst_state_function(const void *totals, int which, struct sst_exact *state);

/* All of `count` totals as a tuple of states: each is planned, gets its arrays and is filled. */
PyObject *sst_states_of(const void *totals, int count, sst_state_function *plan,
                        sst_state_function *fill);

/* A tuple of most - 1 or most states of the same clusters: how many, or 0 with an exception. */
int sst_parse_states(struct sst_exact *state, PyObject *tuple, int most);

/* Rounds what states hold into a new array of `type`; `finish` runs without the GIL. */
typedef enum sst_status sst_finish_function(const void *work, const struct sst_output *out);
PyObject *sst_finish_states(npy_intp groups, PyObject *type, sst_finish_function *finish,
                            const void *work);

/* A whole number in [least, most], else -1 with an exception. */
Py_ssize_t sst_whole(PyObject *object, Py_ssize_t least, Py_ssize_t most, const char *name);

#endif
