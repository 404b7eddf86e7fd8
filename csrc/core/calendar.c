/* SPDX-License-Identifier: MIT
 *
 * Whole calendar years, and the rest in days over the length of the running year: so one year is
 * 1 whether or not it holds a 29 February. Years count from the earlier day; one of 29
 * February has its anniversary on the 28th in common years. A span back is the span forth with
 * a minus sign.
 *
 * Days and dates by eras of 400 years that begin on 1 March, as in H. Hinnant, chrono-Compatible
 * Low-Level Date Algorithms.
 */
#include "calendar.h"

#include <math.h>

enum { DAYS_OF_ERA = 146097, MARCH_0000 = 719468, MOST_OFF = 2 };

static const int64_t no_day = INT64_MIN;
static const int64_t farthest_day = INT64_C(366000000000000000);
static const double farthest_years = 1e15;

struct date {
    int64_t year;
    int64_t month, day; /* from 1 */
};

static int64_t
floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static struct date
date_of(int64_t day)
{
    int64_t since = day + MARCH_0000, era = floor_divide(since, DAYS_OF_ERA);
    int64_t in_era = since - era * DAYS_OF_ERA;
    int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * in_year + 2) / 153; /* from March */
    int64_t late = month >= 10;
    return (struct date){.year = year + era * 400 + late,
                         .month = month + 3 - 12 * late,
                         .day = in_year - (153 * month + 2) / 5 + 1};
}

static int64_t
day_of(struct date date)
{
    int64_t early = date.month <= 2, year = date.year - early;
    int64_t era = floor_divide(year, 400), in_era = year - era * 400;
    int64_t in_year = (153 * (date.month - 3 + 12 * early) + 2) / 5 + date.day - 1;
    int64_t days = in_era * 365 + in_era / 4 - in_era / 100 + in_year;
    return era * DAYS_OF_ERA + days - MARCH_0000;
}

static int
is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t
anniversary(struct date date, int64_t years)
{
    date.year += years;
    if (date.month == 2 && date.day == 29 && !is_leap(date.year))
        date.day = 28;
    return day_of(date);
}

/* Of days within reach, the second not before the first. */
static double
years_forth(int64_t first, int64_t last)
{
    struct date date = date_of(first);
    int64_t whole = date_of(last).year - date.year;
    whole -= anniversary(date, whole) > last;
    int64_t before = anniversary(date, whole), after = anniversary(date, whole + 1);
    return (double)whole + (double)(last - before) / (double)(after - before);
}

static int
within_reach(int64_t day)
{
    return day >= -2 * farthest_day && day <= 2 * farthest_day;
}

static double
years_between(int64_t first, int64_t last)
{
    if (!within_reach(first) || !within_reach(last))
        return NAN;
    return last < first ? -years_forth(last, first) : years_forth(first, last);
}

/* Years that count from the earlier day hold a 29 February elsewhere than those that count back
 * from the later one, so a guess by the latter may be off. */
static int64_t
day_before(int64_t day, int64_t guess, double years)
{
    int64_t nearest = guess;
    double least = INFINITY;
    for (int64_t other = guess - MOST_OFF; other <= guess + MOST_OFF && other <= day; other++) {
        double off = fabs(years_forth(other, day) - years);
        if (off < least) {
            least = off;
            nearest = other;
        }
    }
    return nearest;
}

static int64_t
day_after(int64_t day, double years)
{
    if (day < -farthest_day || day > farthest_day || !(fabs(years) < farthest_years))
        return no_day;
    double whole = floor(years);
    struct date date = date_of(day);
    int64_t before = anniversary(date, (int64_t)whole),
            after = anniversary(date, (int64_t)whole + 1);
    int64_t found = before + (int64_t)rint((years - whole) * (double)(after - before));
    return years < 0.0 ? day_before(day, found, -years) : found;
}

static int64_t
day_at(const struct sst_map *m, int operand, ptrdiff_t i)
{
    return *(const int64_t *)(const void *)(m->in[operand] + i * m->step[operand]);
}

void
sst_calendar_years(const struct sst_map *m)
{
    for (ptrdiff_t i = 0; i < m->n; i++)
        *(double *)(void *)(m->out + i * m->out_step) =
            years_between(day_at(m, 0, i), day_at(m, 1, i));
}

void
sst_calendar_after(const struct sst_map *m)
{
    for (ptrdiff_t i = 0; i < m->n; i++) {
        double years = *(const double *)(const void *)(m->in[1] + i * m->step[1]);
        *(int64_t *)(void *)(m->out + i * m->out_step) = day_after(day_at(m, 0, i), years);
    }
}
