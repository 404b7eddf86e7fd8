/* SPDX-License-Identifier: MIT */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

void
check_that(int holds, const char *text, const char *file, int line)
{
    if (holds) {
        passed++;
        return;
    }
    failed++;
    printf("%s:%d: failed: %s\n", file, line, text);
}

int
check_summary(void)
{
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0 || passed == 0;
}

static const struct vector_field *
find(const struct vector *v, const char *key, const char *name)
{
    for (int k = 0; k < v->fields; k++)
        if (strcmp(v->field[k].key, key) == 0 && strcmp(v->field[k].name, name) == 0)
            return &v->field[k];
    return NULL;
}

const double *
vector_input(const struct vector *v, const char *name, ptrdiff_t *count)
{
    const struct vector_field *f = find(v, "input", name);
    *count = f ? f->count : 0;
    return f ? f->values : NULL;
}

double
vector_at(const struct vector *v, const char *name, ptrdiff_t i)
{
    const struct vector_field *f = find(v, "input", name);
    if (f == NULL || f->count == 0)
        return NAN;
    return f->values[f->count == 1 ? 0 : i];
}

const char *
vector_option(const struct vector *v, const char *name)
{
    const struct vector_field *f = find(v, "option", name);
    return f ? f->text : NULL;
}

ptrdiff_t
vector_expected(const struct vector *v, const char *name)
{
    const struct vector_field *f = find(v, "expect", name);
    return f ? f->count : 0;
}

static int
agrees(const struct vector *v, double got, double want)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want);
    if (got == want)
        return 1;
    if (!isfinite(got) || !isfinite(want))
        return 0;
    if (v->within >= 0)
        return fabs(got - want) <= v->within;
    double size = fabs(want);
    return fabs(got - want) <= v->ulp * (nextafter(size, INFINITY) - size);
}

void
vector_check(const struct vector *v, const char *name, const double *got, ptrdiff_t count)
{
    const struct vector_field *f = find(v, "expect", name);
    check_that(f != NULL && f->count == count, "the vector expects as many values", v->file,
               v->line);
    for (ptrdiff_t i = 0; f != NULL && i < count && i < f->count; i++) {
        int holds = agrees(v, got[i], f->values[i]);
        if (!holds)
            printf("  %s[%td]: got %.17g, expected %.17g\n", name, i, got[i], f->values[i]);
        check_that(holds, v->name, v->file, v->line);
    }
}

static void
parse_values(struct vector_field *f, char *text)
{
    size_t room = strlen(text) / 2 + 1;
    f->values = malloc(room * sizeof *f->values);
    if (f->values == NULL)
        abort();
    for (char *word = strtok(text, " []"); word != NULL; word = strtok(NULL, " []"))
        f->values[f->count++] = strtod(word, NULL);
}

/* The first `length` bytes of `text`, which must fit: a vector cut short would test nothing. */
static void
copy_text(char *to, const char *text, size_t length)
{
    if (length >= VECTOR_TEXT)
        abort();
    memcpy(to, text, length);
    to[length] = '\0';
}

/* One line of a block; the text is cut up. */
static void
parse_line(struct vector *v, char *line)
{
    char *rest = strchr(line, ' ');
    if (rest == NULL)
        return;
    *rest++ = '\0';
    rest += strspn(rest, " ");
    if (strcmp(line, "name") == 0)
        copy_text(v->name, rest, strlen(rest));
    else if (strcmp(line, "only") == 0)
        v->only_python = 1;
    else if (strcmp(line, "within") == 0)
        v->within = strtod(rest, NULL);
    else if (strcmp(line, "ulp") == 0)
        v->ulp = strtod(rest, NULL);
    else if (strcmp(line, "source") != 0 && strcmp(line, "shape") != 0) {
        if (v->fields == VECTOR_FIELDS)
            abort();
        struct vector_field *f = &v->field[v->fields++];
        copy_text(f->key, line, strlen(line));
        size_t length = strcspn(rest, " ");
        copy_text(f->name, rest, length);
        rest += length;
        rest += strspn(rest, " ");
        if (strcmp(f->key, "option") == 0)
            copy_text(f->text, rest, strlen(rest));
        else
            parse_values(f, rest);
    }
}

static void
finish_block(struct vector *v, int (*run)(const struct vector *))
{
    if (v->name[0] != '\0' && !v->only_python && !run(v))
        check_that(0, "the C tests know the vector's name and options", v->file, v->line);
    for (int k = 0; k < v->fields; k++)
        free(v->field[k].values);
}

void
vectors_run(const char *folder, const char *file, int (*run)(const struct vector *))
{
    static char line[1 << 16];
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, "r");
    check_that(stream != NULL, path, __FILE__, __LINE__);
    if (stream == NULL)
        return;
    struct vector v = {.file = file, .within = -1.0};
    for (int number = 1; fgets(line, sizeof line, stream) != NULL; number++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#')
            continue;
        if (line[0] == '\0') {
            finish_block(&v, run);
            v = (struct vector){.file = file, .within = -1.0};
            continue;
        }
        if (v.name[0] == '\0')
            v.line = number;
        parse_line(&v, line);
    }
    finish_block(&v, run);
    fclose(stream);
}
