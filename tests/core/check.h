/* SPDX-License-Identifier: MIT
 *
 * A small test frame for the core: counted checks, and the vectors of tests/vectors.
 */
#ifndef SST_TEST_CHECK_H
#define SST_TEST_CHECK_H

#include <stddef.h>

/* Counts a check and prints what failed. */
void check_that(int holds, const char *text, const char *file, int line);
#define CHECK(condition) check_that((condition) != 0, #condition, __FILE__, __LINE__)

/* Prints "N passed, N failed"; the exit status for main. */
int check_summary(void);

enum { VECTOR_FIELDS = 24, VECTOR_TEXT = 64 };

struct vector_field {
    char key[VECTOR_TEXT]; /* "input", "expect" or "option" */
    char name[VECTOR_TEXT];
    char text[VECTOR_TEXT]; /* of an option; quotes are kept */
    double *values;
    ptrdiff_t count;
};

struct vector {
    const char *file;
    int line;
    char name[VECTOR_TEXT];
    int only_python;
    int fields;
    struct vector_field field[VECTOR_FIELDS];
    double within; /* negative: not given */
    double ulp;
};

/* Runs `run` on each block of `folder/file` meant for C. It returns 0 for a name or
 * option it does not know, which is a failure: no vector goes unread. */
void vectors_run(const char *folder, const char *file, int (*run)(const struct vector *));

/* The values of an input, and their number in *count; NULL if there is none. */
const double *vector_input(const struct vector *v, const char *name, ptrdiff_t *count);

/* The i-th value of an input; one value alone stands for all. */
double vector_at(const struct vector *v, const char *name, ptrdiff_t i);

/* The literal of an option, or NULL. */
const char *vector_option(const struct vector *v, const char *name);

/* How many values `expect NAME` has; 0 if there is none. */
ptrdiff_t vector_expected(const struct vector *v, const char *name);

/* Compares with `expect NAME` within the block's tolerance. */
void vector_check(const struct vector *v, const char *name, const double *got, ptrdiff_t count);

#endif
