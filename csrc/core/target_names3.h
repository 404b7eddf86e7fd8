/* SPDX-License-Identifier: MIT
 *
 * Measures of three figures; the order of operands is that of every form.
 */

/* actual, target, high, side (int8: 1 at least the target, -1 at most, 0 from target to
 * high) -> what is missing, negative beyond the target. In a range: to the nearer end. */
void NAME(sst_gap)(const struct sst_map *map);

/* The same over the size of the end that counts; and 1 minus that. */
void NAME(sst_relative_gap)(const struct sst_map *map);
void NAME(sst_attainment_reflected)(const struct sst_map *map);

/* baseline, actual, target -> (actual - baseline) / (target - baseline): the share of
 * the way gone. 0/0 where the baseline is the target. */
void NAME(sst_progress)(const struct sst_map *map);

/* baseline, actual, target, planned share -> progress over, and minus, the planned share. */
void NAME(sst_pace)(const struct sst_map *map);
void NAME(sst_schedule_lead)(const struct sst_map *map);
