"""The polynomials and constants of csrc/core/log_kernel.h and csrc/core/exp_kernel.h.

python tools/polynomials.py, with mpmath installed. Each function is interpolated at Chebyshev's
nodes, the coefficients are rounded to doubles, and the largest error then left is measured.
"""

from collections.abc import Callable

from mpmath import atanh, chebyfit, expm1, floor, linspace, log, mp, mpf, nstr, polyval, sqrt

mp.dps = 60


def artanh_tail(z: mpf) -> mpf:
    """(2 artanh(s)/s - 2) / s^2 with z = s^2."""
    return (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z if z else mpf(2) / 3


def exp_tail(g: mpf) -> mpf:
    """(exp(g) - 1 - g) / g^2."""
    return (expm1(g) - g) / g**2 if g else mpf(1) / 2


def show(name: str, function: Callable[[mpf], mpf], low: mpf, high: mpf, degree: int) -> None:
    """Print the coefficients from the constant up, and log2 of the error."""
    exact = chebyfit(function, [low, high], degree + 1)
    rounded = [float(c) for c in exact]
    error = max(abs(polyval(rounded, x) - function(x)) for x in linspace(low, high, 2001))
    print(f"{name}: degree {degree}, within 2^{nstr(log(error, 2), 4)}")
    for coefficient in reversed(rounded):
        print("   ", coefficient.hex())


def main() -> None:
    """Print ln 2 in two parts, its inverse and both polynomials."""
    upper = floor(log(2) * 2**36) / 2**36
    print(
        "ln 2:",
        float(upper).hex(),
        "+",
        float(log(2) - upper).hex(),
        "and 1 / ln 2:",
        float(1 / log(2)).hex(),
    )
    show("artanh_tail", artanh_tail, mpf(0), mpf(1) / 25, 7)
    reach = log(2) / 2 + mpf("1e-9")  # the quotient by ln 2 is rounded before it is made whole
    show("exp_tail", exp_tail, -reach, reach, 10)


if __name__ == "__main__":
    main()
