/* SPDX-License-Identifier: MIT */

/* The rows of a part, each held against the row before it. */
static void
NAME(scan_part)(void *work, int part, int parts)
{
    struct scan *scan = work;
    const LABEL *labels = scan->labels;
    const int64_t *steps = scan->steps;
    ptrdiff_t first = sst_part_start(scan->rows, part, parts);
    ptrdiff_t last = sst_part_start(scan->rows, part + 1, parts);
    int64_t *starts = scan->starts + first;
    ptrdiff_t found = 0;
    int unsorted = 0, gaps = 0;
    if (first == 0 && last > 0) {
        starts[found++] = 0;
        first = 1;
    }
    for (ptrdiff_t i = first; i < last && !unsorted; i++) {
        if (labels != NULL && labels[i] != labels[i - 1]) {
            unsorted = labels[i] < labels[i - 1];
            starts[found++] = i;
        } else if (steps != NULL) {
            unsorted = steps[i] <= steps[i - 1];
            gaps |= (uint64_t)steps[i] - (uint64_t)steps[i - 1] != 1;
        }
    }
    scan->found[part] = found;
    scan->unsorted[part] = (unsigned char)unsorted;
    scan->gaps[part] = (unsigned char)gaps;
}

enum sst_status
NAME(sst_panel_scan)(const LABEL *labels, const int64_t *steps, ptrdiff_t rows, int keep,
                     int threads, struct sst_panel *panel, int *sorted)
{
    return scan_rows(labels, steps, rows, keep, threads, NAME(scan_part), panel, sorted);
}
