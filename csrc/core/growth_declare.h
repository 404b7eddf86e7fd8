/* SPDX-License-Identifier: MIT
 *
 * The kernels of growth_source.h, declared for each pair of types by growth.h.
 */

/* (y - x) / x */
void NAME(sst_simple)(const struct sst_map *map);
void NAME(sst_simple_nan)(const struct sst_map *map);
void NAME(sst_simple_abs)(const struct sst_map *map);
/* The same compounded over the exponent a/b, with a and b the two doubles at the third input. */
void NAME(sst_annual)(const struct sst_map *map);
void NAME(sst_annual_nan)(const struct sst_map *map);
void NAME(sst_annual_abs)(const struct sst_map *map);
/* ln(y / x), NaN unless both are positive; and that times a/b. */
void NAME(sst_log)(const struct sst_map *map);
void NAME(sst_log_annual)(const struct sst_map *map);
/* 2 (y - x) / (|x| + |y|) */
void NAME(sst_midpoint)(const struct sst_map *map);
void NAME(sst_midpoint_nan)(const struct sst_map *map);
/* y - x */
void NAME(sst_difference)(const struct sst_map *map);
/* y / x */
void NAME(sst_ratio)(const struct sst_map *map);
void NAME(sst_ratio_nan)(const struct sst_map *map);
void NAME(sst_ratio_abs)(const struct sst_map *map);
/* Start, end, periods (of the result's type) -> (end/start)^(1/periods) - 1; NaN unless
 * start > 0, end >= 0 and periods is not 0. */
void NAME(sst_cagr)(const struct sst_map *map);
/* int8: enum sst_reason of the pair. */
void NAME(sst_reason)(const struct sst_map *map);
/* int8: 1 where both are present and the base is zero or negative. */
void NAME(sst_refused)(const struct sst_map *map);
