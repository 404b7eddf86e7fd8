/* SPDX-License-Identifier: MIT
 *
 * Target measures against tests/vectors/targets.txt.
 */
#include <string.h>

#include "check.h"
#include "target.h"

enum { MOST = 64 };

/* A measure of three inputs over the vector's values. */
static int
run3(const struct vector *v, sst_map_function function, const char *a, const char *b, const char *c)
{
    const char *const names[] = {a, b, c};
    double values[3][MOST], out[MOST];
    ptrdiff_t n = vector_expected(v, "value");
    if (n > MOST)
        return 0;
    struct sst_map map = {.n = n, .out = (char *)out, .out_step = sizeof *out};
    for (int k = 0; k < 3; k++) {
        for (ptrdiff_t i = 0; i < n; i++)
            values[k][i] = vector_at(v, names[k], i);
        map.in[k] = (const char *)values[k];
        map.step[k] = sizeof(double);
    }
    function(&map);
    vector_check(v, "value", out, n);
    return 1;
}

static int
run(const struct vector *v)
{
    if (strcmp(v->name, "progress") == 0)
        return run3(v, sst_progress_f64, "baseline", "actual", "target");
    return 0;
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        vectors_run(argv[1], "targets.txt", run);
    return check_summary();
}
