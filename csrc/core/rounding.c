/* SPDX-License-Identifier: MIT
 *
 * A figure printed as 0.30 stands for every number from 0.295 to 0.305. Neither 0.30 nor
 * its half-width 0.005 is a binary fraction, and their binary difference may lie on the
 * wrong side of the decimal end, so ends are formed in decimal: with m / 10^k the shortest
 * decimal of each, the end is one division of integers below 2^53 by a power of ten below
 * 10^22, hence correctly rounded (W. D. Clinger, How to Read Floating Point Numbers
 * Accurately, 1990, section 3).
 *
 * Interval results are rounded outward by the sign of the exact error: of a sum by
 * Knuth's two-sum, of products and quotients by a fused multiply-add.
 */
#include "rounding.h"

#include <float.h>
#include <math.h>

enum { MOST_PLACES = 15 };

static const double powers[MOST_PLACES + 1] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
static const double exact_limit = 0x1p53;

/* The digits and the least number of decimal places that give `value` back, or -1. */
static int
places_of(double value, double *digits)
{
    for (int places = 0; places <= MOST_PLACES; places++) {
        *digits = nearbyint(value * powers[places]);
        if (fabs(*digits) >= exact_limit)
            return -1;
        if (*digits / powers[places] == value)
            return places;
    }
    return -1;
}

double
sst_end_near(double value, double half_width, double offset, int side)
{
    double end = value + offset + side * half_width;
    double slack = (fabs(value) + fabs(offset) + half_width) * 0x1p-52;
    return isfinite(end) ? end + side * slack : end;
}

double
sst_end_point(double value, double half_width, double offset, int side)
{
    double m, h, o;
    int places = places_of(value, &m), more = places_of(half_width, &h);
    int of_offset = places_of(offset, &o);
    if (places >= 0 && more >= 0 && of_offset >= 0) {
        int most = places > more ? places : more;
        most = of_offset > most ? of_offset : most;
        m *= powers[most - places]; /* digits by powers of ten: exact below the limit */
        h *= powers[most - more];
        o *= powers[most - of_offset];
        if (fabs(m) + fabs(h) + fabs(o) < exact_limit)
            return (m + o + side * h) / powers[most];
    }
    return sst_end_near(value, half_width, offset, side);
}

/* The sign of a*b - c, where c is nearly a*b. Of small products the error itself may vanish
 * below the least double; a power of two on the smaller factor and on c keeps it. */
SST_INLINE double
excess(double a, double b, double c)
{
    if (fabs(c) >= 0x1p-900)
        return fma(a, b, -c);
    double up = 0x1p200;
    return fabs(a) < fabs(b) ? fma(a * up, b, -c * up) : fma(a, b * up, -c * up);
}

/* `result` lowered if it exceeds the exact value, which is result + error. */
SST_INLINE double
lowered(double result, double error)
{
    return error < 0.0 ? nextafter(result, -INFINITY) : result;
}

SST_INLINE double
add_down(double a, double b)
{
    double sum = a + b;
    if (isinf(a) || isinf(b))
        return sum;
    if (isinf(sum))
        return sum > 0.0 ? DBL_MAX : sum;
    double a_part = sum - b, b_part = sum - a_part;
    return lowered(sum, (a - a_part) + (b - b_part));
}

SST_INLINE double
multiply_down(double a, double b)
{
    if (a == 0.0 || b == 0.0)
        return 0.0;
    double product = a * b;
    if (isinf(a) || isinf(b))
        return product;
    if (isinf(product))
        return product > 0.0 ? DBL_MAX : product;
    if (product == 0.0)
        return (a < 0.0) != (b < 0.0) ? nextafter(0.0, -1.0) : 0.0;
    return lowered(product, excess(a, b, product));
}

/* b is not zero. */
SST_INLINE double
divide_down(double a, double b)
{
    if (a == 0.0 || (isinf(a) && isinf(b)))
        return 0.0;
    double quotient = a / b;
    if (isinf(a) || isinf(b))
        return quotient + 0.0;
    if (isinf(quotient))
        return quotient > 0.0 ? DBL_MAX : quotient;
    if (quotient == 0.0)
        return (a < 0.0) != (b < 0.0) ? nextafter(0.0, -1.0) : 0.0;
    double beyond = excess(quotient, b, a);
    return lowered(quotient, b > 0.0 ? -beyond : beyond);
}

SST_INLINE double
least(double a, double b, double c, double d)
{
    double ab = a < b ? a : b, cd = c < d ? c : d;
    return ab < cd ? ab : cd;
}

SST_INLINE double
interval_multiply(double a, double b, double c, double d)
{
    if (isnan(a) || isnan(b) || isnan(c) || isnan(d))
        return NAN;
    return least(multiply_down(a, c), multiply_down(a, d), multiply_down(b, c),
                 multiply_down(b, d));
}

/* [a, b] / [c, d]: the hull of all quotients. */
SST_INLINE double
interval_divide(double a, double b, double c, double d)
{
    if (isnan(a) || isnan(b) || isnan(c) || isnan(d) || (c == 0.0 && d == 0.0))
        return NAN;
    if (c > 0.0 || d < 0.0)
        return least(divide_down(a, c), divide_down(a, d), divide_down(b, c), divide_down(b, d));
    if (c == 0.0 && a >= 0.0)
        return divide_down(a, d);
    if (d == 0.0 && b <= 0.0)
        return divide_down(b, c);
    return -INFINITY;
}

#define T double
#define NAME(x) x##_f64
#include "map_source.h"
#undef NAME
#undef T

void
sst_interval_add_f64(const struct sst_map *map)
{
    sst_map2_f64(map, add_down);
}

void
sst_interval_multiply_f64(const struct sst_map *map)
{
    sst_map4_f64(map, interval_multiply);
}

void
sst_interval_divide_f64(const struct sst_map *map)
{
    sst_map4_f64(map, interval_divide);
}
