/* SPDX-License-Identifier: MIT
 *
 * A measure of two figures.
 */

/* start, end -> log2(end / start); NaN unless both are positive. */
void NAME(sst_doublings)(const struct sst_map *map);
