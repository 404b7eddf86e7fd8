/* SPDX-License-Identifier: MIT */
#include "map_source.h"

/* The share of the way gone, from two differences; the sign of a zero is dropped. Where there is no
 * way there is no share, not an infinity whose sign would say nothing. */
SST_INLINE T
NAME(share)(T gone, T way)
{
    T share = gone / way + (T)0;
    return way == 0 ? (T)NAN : share;
}

/* What is missing: `below` of the target, or `above` the high end of a range. `side` is 1
 * (at least the target), -1 (at most) or 0 (from target to high); *end is the end that counts. */
SST_INLINE T
NAME(missing)(T below, T above, T target, T high, int side, T *end)
{
    *end = target;
    if (side > 0)
        return below + (T)0;
    if (side < 0)
        return (T)0 - below;
    if (above > below)
        *end = high;
    return isnan(above) ? above : (above > below ? above : below) + (T)0;
}

SST_INLINE T
NAME(gap)(T missing, T end)
{
    (void)end;
    return missing;
}

SST_INLINE T
NAME(relative_gap)(T missing, T end)
{
    return missing / NAME(fabs)(end);
}

SST_INLINE T
NAME(reflected)(T missing, T end)
{
    return (T)1 - NAME(relative_gap)(missing, end);
}

/* Operands: actual, target, high, and the side as int8. */
SST_INLINE void
NAME(map_sided)(const struct sst_map *m, T (*kernel)(T, T))
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        T actual = NAME(sst_at)(m, 0, i), target = NAME(sst_at)(m, 1, i);
        T high = NAME(sst_at)(m, 2, i), end;
        int side = *(const int8_t *)(m->in[3] + i * m->step[3]);
        T missing = NAME(missing)(target - actual, actual - high, target, high, side, &end);
        *NAME(sst_out)(m, i) = kernel(missing, end);
    }
}

SST_INLINE T
NAME(ratio)(T actual, T target)
{
    return target < 0 ? (T)NAN : actual / (target + (T)0);
}

SST_INLINE T
NAME(inverse)(T actual, T target)
{
    return target < 0 || actual < 0 ? (T)NAN : target / (actual + (T)0);
}

/* Halves are exact where a difference of finite figures is beyond the largest. */
SST_INLINE T
NAME(progress)(T baseline, T actual, T target)
{
    T gone = actual - baseline, way = target - baseline;
    if (isinf(gone) || isinf(way))
        return NAME(share)(actual / 2 - baseline / 2, target / 2 - baseline / 2);
    return NAME(share)(gone, way);
}

SST_INLINE T
NAME(pace)(T baseline, T actual, T target, T planned)
{
    return NAME(progress)(baseline, actual, target) / planned;
}

SST_INLINE T
NAME(schedule_lead)(T baseline, T actual, T target, T planned)
{
    return NAME(progress)(baseline, actual, target) - planned;
}

SST_INLINE T
NAME(required_growth)(T actual, T target, T periods)
{
    double difference = (double)target - (double)actual;
    return (T)required_growth(difference, (double)actual, (double)target, (double)periods);
}

SST_INLINE T
NAME(required_change)(T actual, T target, T periods)
{
    return (T)required_change((double)target - (double)actual, (double)periods);
}

SST_INLINE T
NAME(planned_linear)(T elapsed)
{
    return (T)planned_linear((double)elapsed);
}

SST_INLINE T
NAME(planned_given)(T share, T elapsed)
{
    return isnan(elapsed) ? elapsed : share;
}

SST_INLINE T
NAME(planned_geometric)(T baseline, T target, T elapsed)
{
    double difference = (double)target - (double)baseline;
    return (T)planned_geometric(difference, (double)baseline, (double)target, (double)elapsed);
}

SST_INLINE T
NAME(expected_share)(T baseline, T target, T share)
{
    double difference = (double)target - (double)baseline;
    return (T)expected_share(difference, (double)baseline, (double)target, (double)share);
}

SST_INLINE T
NAME(expected_geometric)(T baseline, T target, T elapsed)
{
    double difference = (double)target - (double)baseline;
    return (T)expected_geometric(difference, (double)baseline, (double)target, (double)elapsed);
}

void
NAME(sst_gap)(const struct sst_map *map)
{
    NAME(map_sided)(map, NAME(gap));
}

void
NAME(sst_relative_gap)(const struct sst_map *map)
{
    NAME(map_sided)(map, NAME(relative_gap));
}

void
NAME(sst_attainment_reflected)(const struct sst_map *map)
{
    NAME(map_sided)(map, NAME(reflected));
}

void
NAME(sst_attainment_ratio)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(ratio));
}

void
NAME(sst_attainment_inverse)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(inverse));
}

void
NAME(sst_progress)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(progress));
}

void
NAME(sst_pace)(const struct sst_map *map)
{
    NAME(sst_map4)(map, NAME(pace));
}

void
NAME(sst_schedule_lead)(const struct sst_map *map)
{
    NAME(sst_map4)(map, NAME(schedule_lead));
}

void
NAME(sst_required_growth)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(required_growth));
}

void
NAME(sst_required_change)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(required_change));
}

void
NAME(sst_planned_linear)(const struct sst_map *map)
{
    NAME(sst_map1)(map, NAME(planned_linear));
}

void
NAME(sst_planned_given)(const struct sst_map *map)
{
    NAME(sst_map2)(map, NAME(planned_given));
}

void
NAME(sst_planned_geometric)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(planned_geometric));
}

void
NAME(sst_expected_share)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(expected_share));
}

void
NAME(sst_expected_geometric)(const struct sst_map *map)
{
    NAME(sst_map3)(map, NAME(expected_geometric));
}
