/* SPDX-License-Identifier: MIT
 *
 * Measures of three figures, baseline, actual and target, and a number. On a geometric path
 * logarithms of the figures stand for the figures.
 */

/* time since the baseline -> the time from the baseline to the target at the pace since, infinite
 * where that leads away or nowhere; NaN without a time and where the baseline is the target. */
void NAME(sst_span_linear)(const struct sst_map *map);
void NAME(sst_span_geometric)(const struct sst_map *map);

/* elapsed share e -> (T - x) / (T - b) / (1 - e), NaN unless 0 <= e < 1. */
void NAME(sst_to_complete_linear)(const struct sst_map *map);
void NAME(sst_to_complete_geometric)(const struct sst_map *map);

/* elapsed share e -> (T - x) / (x - b) * e / (1 - e), NaN unless 0 < e < 1. */
void NAME(sst_acceleration_linear)(const struct sst_map *map);
void NAME(sst_acceleration_geometric)(const struct sst_map *map);

/* No number: ln(x/b) / ln(T/b), the share of the planned time by which b (T/b)^e comes to x. */
void NAME(sst_earned_geometric)(const struct sst_map *map);
