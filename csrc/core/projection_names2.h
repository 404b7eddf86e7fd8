/* SPDX-License-Identifier: MIT
 *
 * Measures of two figures and a share; the order of operands is that of every form.
 */

/* baseline, actual, planned share p -> b + (x - b) / p, NaN unless p > 0. */
void NAME(sst_projected_share)(const struct sst_map *map);

/* baseline, actual, elapsed share e -> b (x/b)^(1/e), NaN unless all are positive. */
void NAME(sst_projected_geometric)(const struct sst_map *map);
