/* SPDX-License-Identifier: MIT
 *
 * Average growth by the cumulative method (equation method): the constant rate g at which
 * the flows of n periods would have summed up to what they did,
 *
 *     (1+g) + (1+g)^2 + ... + (1+g)^n = (a_1 + ... + a_n) / a_0.
 *
 * Explanatory notes of the China Statistical Yearbook, which name it beside the level method.
 *
 * In u = ln(1+g) the logarithm of the mean power, F(u) = ln((e^u + ... + e^nu) / n), is
 * convex and increasing, and F(u) >= u (n+1)/2 by Jensen's inequality. So with M the mean
 * flow over a_0, 2 ln(M) / (n+1) is not below the root, and Newton's steps from there all go
 * one way and stay on that side of it.
 *
 * Powers are taken of w = 1+g where g < 0 and of w = 1/(1+g) otherwise, so none overflows.
 * The mean of w^0..w^(n-1), with w = 1+q, is (w^n - 1) / (n q). It comes near 1 with n q, and
 * its logarithm near 0: what is lost to that two parts have to spare down to n q = 1e-8, and
 * from there three terms of the series do.
 */
#include <math.h>

#include "average.h"
#include "twofold_log.h"

/* 13 were the most seen, over n up to 1e12 and every M that doubles allow. */
enum { MOST_STEPS = 64 };

static struct sst_twofold
whole(ptrdiff_t n)
{
    return (struct sst_twofold){(double)n, 0.0};
}

/* (1+q)^n - 1 for -1 <= q <= 0, by squaring: no digits of a small q are lost to the 1. */
static struct sst_twofold
power_less_one(struct sst_twofold q, ptrdiff_t n)
{
    struct sst_twofold power = {0.0, 0.0};
    for (; n > 0; n /= 2) {
        if (n % 2 != 0)
            power = sst_twofold_add(sst_twofold_add(power, q), sst_twofold_multiply(power, q));
        q = sst_twofold_add(sst_twofold_add(q, q), sst_twofold_multiply(q, q));
    }
    return power;
}

/* ln of the mean of (1+q)^j over j = 0..n-1. */
static struct sst_twofold
log_of_mean(struct sst_twofold q, struct sst_twofold power, ptrdiff_t n)
{
    struct sst_twofold spread = sst_twofold_multiply(q, whole(n));
    if (spread.high > -1e-8) {
        double k = (double)n, small = q.high * (k - 2.0) / 3.0 * (1.0 + q.high * (k - 3.0) / 4.0);
        struct sst_twofold half = {0.5 * (k - 1.0), 0.0};
        struct sst_twofold mean = sst_twofold_multiply(q, half);
        mean = sst_twofold_add(mean, (struct sst_twofold){mean.high * small, 0.0});
        return sst_twofold_log1p(mean);
    }
    struct sst_twofold mean = sst_twofold_divide(power, spread);
    return sst_twofold_log1p(sst_twofold_subtract(mean, whole(1)));
}

/* The mean of j over 0..n-1 with weights (1+q)^j: the slope of the logarithm above. */
static double
mean_exponent(double q, double power, ptrdiff_t n)
{
    double k = (double)n;
    if (k * q > -1e-2)
        return (k - 1.0) / 2.0 + (k * k - 1.0) / 12.0 * log1p(q);
    return k * (1.0 + power) / power - (1.0 + q) / q;
}

/* Newton's step in u from the rate g towards F(u) = target. */
static double
newton_step(double g, ptrdiff_t n, struct sst_twofold target)
{
    struct sst_twofold rate = {g, 0.0}, log = sst_twofold_log1p(rate), q = rate, ends = log;
    if (g > 0.0) {
        q = sst_twofold_divide((struct sst_twofold){-g, 0.0}, sst_two_sum(1.0, g));
        ends = sst_twofold_multiply(log, whole(n));
    }
    struct sst_twofold power = power_less_one(q, n);
    struct sst_twofold value = sst_twofold_add(ends, log_of_mean(q, power, n));
    double below = mean_exponent(q.high, power.high, n);
    double slope = g > 0.0 ? (double)n - below : 1.0 + below;
    return sst_twofold_subtract(target, value).high / slope;
}

/* The rate g at which n powers of 1+g have the mean whose logarithm is `target`. A root that
 * is nearer to -1 or to infinity than any number is that. */
static double
rate_of(struct sst_twofold target, ptrdiff_t n)
{
    const double most = 709.78; /* below the logarithm of the largest number */
    double g = expm1(fmin(2.0 * target.high / ((double)n + 1.0), most));
    for (int k = 0; k < MOST_STEPS && g > -1.0 && isfinite(g); k++) {
        double before = g, step = newton_step(g, n, target), close = 0x1p-28 * fabs(log1p(g));
        g = fabs(step) < 0.5 ? g + (1.0 + g) * expm1(step) : (1.0 + g) * exp(step) - 1.0;
        if (g == before || !(fabs(step) > close))
            break;
    }
    return fmax(g, -1.0);
}

/* ln of the mean flow x_1..x_n over x_0. Sums in two parts keep their difference from n x_0, and
 * are scaled so that no total leaves the range. */
static struct sst_twofold
log_of_flows(const double *x, ptrdiff_t n)
{
    const struct sst_twofold none = {NAN, 0.0};
    double most = 0.0;
    for (ptrdiff_t i = 1; i <= n; i++)
        most = fmax(most, fabs(x[i]));
    int above, below;
    (void)frexp(most, &above);
    struct sst_twofold flows = {0.0, 0.0};
    for (ptrdiff_t i = 1; i <= n; i++)
        flows = sst_twofold_add(flows, (struct sst_twofold){ldexp(x[i], -above), 0.0});
    struct sst_twofold level = sst_two_product(frexp(x[0], &below), (double)n);
    return flows.high > 0.0 ? sst_twofold_log_ratio(flows, level, above - below) : none;
}

void
sst_average_cumulative(const struct sst_lane *lane)
{
    const double *x = lane->in[0], *time = lane->in[1];
    ptrdiff_t rows = lane->length[0];
    int sound = rows > 1 && lane->length[1] == rows && x[0] > 0.0;
    for (ptrdiff_t i = 0; sound && i < rows; i++)
        sound = isfinite(x[i]) && (i == 0 || time[i] - time[i - 1] == 1.0);
    struct sst_twofold target = {NAN, 0.0};
    if (sound)
        target = log_of_flows(x, rows - 1);
    double rate = isnan(target.high) ? NAN : rate_of(target, rows - 1);
    for (ptrdiff_t k = 0; k < lane->outs; k++)
        lane->out[k] = rate;
}
