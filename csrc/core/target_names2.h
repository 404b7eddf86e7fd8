/* SPDX-License-Identifier: MIT
 *
 * Measures of two figures and a number; the order of operands is that of every form.
 */

/* actual, target, periods -> (target/actual)^(1/periods) - 1, NaN unless all are positive. */
void NAME(sst_required_growth)(const struct sst_map *map);

/* actual, target, periods -> (target - actual) / periods, NaN unless periods > 0. */
void NAME(sst_required_change)(const struct sst_map *map);

/* baseline, target, elapsed share -> the share of the way due on b (T/b)^e. */
void NAME(sst_planned_geometric)(const struct sst_map *map);

/* baseline, target, share -> the figure after that share of the way. */
void NAME(sst_expected_share)(const struct sst_map *map);

/* baseline, target, elapsed share -> b (T/b)^e, NaN unless both figures are positive. */
void NAME(sst_expected_geometric)(const struct sst_map *map);
