/* SPDX-License-Identifier: MIT
 *
 * Measures of rates.
 */

/* rate, factor -> (1 + rate)^factor - 1; NaN for a rate below -1. */
void NAME(sst_annualize_compound)(const struct sst_map *map);

/* rate, factor -> rate * factor. */
void NAME(sst_annualize_linear)(const struct sst_map *map);

/* rate -> ln 2 / ln(1 + rate); infinity for a rate from -1 to 0, NaN below. */
void NAME(sst_doubling_time)(const struct sst_map *map);
