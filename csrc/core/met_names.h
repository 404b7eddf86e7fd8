/* SPDX-License-Identifier: MIT */

/* actual, target, high, tolerance (double; float beside floats), and as int8 the side (1 at least
 * the target, -1 at most, 0 from target to high), plus SST_MET_STRICT where at the target is not
 * enough -> unsigned char 1 where what is missing is within the tolerance, 0 where it is not, or
 * unknown. */
void NAME(sst_met)(const struct sst_map *map);
