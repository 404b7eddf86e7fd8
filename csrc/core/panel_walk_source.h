/* SPDX-License-Identifier: MIT
 *
 * Two pointers along the steps of one unit, for each width of steps (LABEL).
 */

SST_INLINE uint64_t
NAME(span)(LABEL from, LABEL to)
{
    return (uint64_t)to - (uint64_t)from;
}

/* Bases of positions first..last-1 before them. */
static ptrdiff_t
NAME(walk_back)(const LABEL *steps, uint64_t lag, ptrdiff_t at, ptrdiff_t first, ptrdiff_t last,
                int64_t *bases)
{
    for (ptrdiff_t p = first; p < last; p++) {
        while (NAME(span)(steps[at], steps[p]) > lag)
            at++;
        bases[p - first] = NAME(span)(steps[at], steps[p]) == lag ? at : -1;
    }
    return at;
}

/* Bases after them, before position `end`. */
static ptrdiff_t
NAME(walk_ahead)(const LABEL *steps, uint64_t lag, ptrdiff_t at, ptrdiff_t end, ptrdiff_t first,
                 ptrdiff_t last, int64_t *bases)
{
    for (ptrdiff_t p = first; p < last; p++) {
        at = at < p ? p : at;
        while (at < end && NAME(span)(steps[p], steps[at]) < lag)
            at++;
        int found = at < end && NAME(span)(steps[p], steps[at]) == lag;
        bases[p - first] = found ? at : -1;
    }
    return at;
}

static ptrdiff_t
NAME(walk)(const LABEL *steps, const struct sst_walk *walk, ptrdiff_t end, ptrdiff_t first,
           ptrdiff_t last, int64_t *bases)
{
    if (walk->lag >= 0)
        return NAME(walk_back)(steps, (uint64_t)walk->lag, walk->base, first, last, bases);
    return NAME(walk_ahead)(steps, (uint64_t)-walk->lag, walk->base, end, first, last, bases);
}
