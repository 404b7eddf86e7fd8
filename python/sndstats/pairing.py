"""Pair every figure with the one some periods earlier, by rows or by a plan.

Here are the choices that `growth_rate` and `Panel` share: which kernel a method and a
base policy mean, which lags and periods are legal, what becomes NA.
"""

# Annotations of inner functions would be evaluated at every call.
from __future__ import annotations

import operator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core, threads
from .along import Figures, along_axis, axis_of, figures
from .plans import Plan
from .reasons import Reason

__all__ = [
    "BASES",
    "KERNELS",
    "METHODS",
    "check_choice",
    "check_rows",
    "parse_lags",
    "parse_periods",
    "rates",
    "reasons",
    "refuse_sized_base",
]

METHODS = ("simple", "log", "midpoint", "difference", "ratio")
BASES = ("ieee", "nan", "abs", "raise")
#: (method, base) -> kernel. "raise" has checked the bases before, and then computes as "ieee".
KERNELS = {
    **{
        ("simple", base): "simple" + suffix
        for base, suffix in zip(BASES, ("", "_nan", "_abs", ""), strict=True)
    },
    **{
        ("ratio", base): "ratio" + suffix
        for base, suffix in zip(BASES, ("", "_nan", "_abs", ""), strict=True)
    },
    **{
        ("midpoint", base): "midpoint" + suffix
        for base, suffix in zip(BASES, ("", "_nan", "", ""), strict=True)
    },
    **{(method, base): method for method in ("log", "difference") for base in BASES},
}
ANNUAL = {
    "simple": "annual",
    "simple_nan": "annual_nan",
    "simple_abs": "annual_abs",
    "log": "log_annual",
}
#: Where pandas and xarray results say that they were divided by the size of the base.
GROWTH_BASE = "growth_base"
#: Lags beyond this could not be told from each other by 64-bit steps.
FARTHEST = 2**62
NO_PERIOD = float(Reason.NO_PERIOD)
MISSING = (Reason.MISSING_CURRENT, Reason.MISSING_BASE, Reason.NO_PERIOD)
BAD_BASE = (
    Reason.ZERO_BASE,
    Reason.NEGATIVE_BASE,
    Reason.LOSS_TO_PROFIT,
    Reason.LOSS_NARROWED,
    Reason.LOSS_WIDENED,
)


def check_choice(name: str, value: Any, known: tuple[str, ...]) -> None:
    """Refuse a word that is not one of those known."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name}: expected one of {', '.join(map(repr, known))}, got {value!r:.80}")


def parse_lags(lag: Any) -> tuple[tuple[int, ...], bool]:
    """The lags, and whether it was a single one."""
    lags: tuple[int, ...]
    if type(lag) is int:
        lags, single = (lag,), True
    else:
        try:
            single = np.ndim(lag) == 0
        except ValueError as error:
            raise TypeError(f"lag: expected an integer or a sequence of integers, got {lag!r}") from error
        given = (lag,) if single else tuple(lag)
        if not given:
            raise ValueError("lag: expected at least one")
        try:
            lags = tuple(map(operator.index, given))
        except TypeError as error:
            raise TypeError(f"lag: expected an integer or a sequence of integers, got {lag!r}") from error
        if any(isinstance(x, (bool, np.bool_)) for x in given):
            raise TypeError(f"lag: expected an integer or a sequence of integers, got {lag!r}")
    if max(lags) > FARTHEST or min(lags) < -FARTHEST:
        raise ValueError(f"lag: expected at most 2**62 periods either way, got {lag!r}")
    return lags, single


def parse_periods(periods_per_year: Any, lags: tuple[int, ...], method: str) -> float | None:
    """The periods to annualize by, or None; they go with some methods and lags only."""
    if periods_per_year is None:
        return None
    if method not in ("simple", "log"):
        raise ValueError(f"periods_per_year: goes with method 'simple' or 'log', got method {method!r}")
    try:
        periods = float(periods_per_year)
    except (TypeError, ValueError) as error:
        raise TypeError(f"periods_per_year: expected a number, got {periods_per_year!r}") from error
    except OverflowError:
        periods = np.inf
    if not 0 < periods < np.inf:
        raise ValueError(f"periods_per_year: expected a positive number, got {periods_per_year!r}")
    if min(lags) <= 0:
        raise ValueError(f"periods_per_year: goes with positive lags, got lag {min(lags)}")
    return periods


def _pair(
    plan: Plan | None,
    kernel: str,
    data: NDArray[Any],
    out: NDArray[Any],
    axis: int,
    lags: tuple[int, ...],
    periods: float | None,
    fill: float,
    workers: Any,
) -> None:
    """One call of the core; `out` has a leading axis of lags and shares nothing with `data`."""
    parts = threads.count(data.size, workers)
    if axis:
        data, out = np.moveaxis(data, axis, 0), np.moveaxis(out, axis + 1, 1)
    _core.growth(None if plan is None else plan.capsule, kernel, data, out, lags, periods, fill, parts)


def _empty(data: NDArray[Any], lags: int, dtype: Any) -> NDArray[Any]:
    """Room for the results, laid out in memory as the values are."""
    if data.ndim > 1 and data.flags.f_contiguous:
        return np.empty((lags, *data.shape[::-1]), dtype).transpose(0, *range(data.ndim, 0, -1))
    return np.empty((lags, *data.shape), dtype)


def check_rows(plan: Plan | None, shape: tuple[int, ...], axis: int) -> None:
    """Refuse values with more or fewer rows than the plan has."""
    if plan is not None and shape[axis] != plan.rows:
        raise ValueError(
            f"values: expected {plan.rows} rows along axis {axis}, one per row of groups and time, "
            f"got shape {shape}"
        )


def _missing(
    plan: Plan | None, missing: NDArray[np.bool_], axis: int, lags: tuple[int, ...], workers: Any
) -> NDArray[np.int8]:
    """Reasons of pairs whose figures are missing or else 1, to lay over what stand-ins gave."""
    present = np.where(missing, np.float32(np.nan), np.float32(1.0))
    out = _empty(present, len(lags), np.int8)
    _pair(plan, "reason", present, out, axis, lags, None, NO_PERIOD, workers)
    return out


def _codes(
    plan: Plan | None, numbers: Figures, axis: int, lags: tuple[int, ...], workers: Any
) -> NDArray[np.int8]:
    """Reasons of pairs; a missing integer counts as missing, whatever stands in for it."""
    out = _empty(numbers.data, len(lags), np.int8)
    _pair(plan, "reason", numbers.data, out, axis, lags, None, NO_PERIOD, workers)
    if numbers.missing is not None:
        gone = _missing(plan, numbers.missing, axis, lags, workers)
        np.copyto(out, gone, where=gone != Reason.OK)
    return out


def _refuse_bases(
    plan: Plan | None, numbers: Figures, axis: int, lags: tuple[int, ...], workers: Any
) -> None:
    """Raise for the first base that is used, present, and zero or negative."""
    refused = _empty(numbers.data, 1, np.int8)
    for lag in lags:
        _pair(plan, "refused", numbers.data, refused, axis, (lag,), None, 0.0, workers)
        if numbers.missing is not None:
            refused[_missing(plan, numbers.missing, axis, (lag,), workers) != Reason.OK] = 0
        if refused.any():
            cell = np.argwhere(refused[0])[0].tolist()
            where = f"row {cell[0]}" if len(cell) == 1 else f"cell {tuple(cell)}"
            raise ValueError(
                f"values: the base of {where} at lag {lag} is zero or negative; "
                "pass base='ieee', 'nan' or 'abs', and see growth_reason for what it means"
            )


def _not_available(
    plan: Plan | None,
    numbers: Figures,
    result: NDArray[Any],
    axis: int,
    lags: tuple[int, ...],
    method: str,
    base: str,
    annual: bool,
    workers: Any,
) -> NDArray[np.bool_]:
    """The NaN that mean "not available": all but IEEE's own, as 0/0, and a fill that is a number."""
    codes = _codes(plan, numbers, axis, lags, workers)
    gone = np.isin(codes, MISSING)
    if method == "log":
        gone |= ~np.isinf(numbers.data)
    elif method != "difference" and base == "nan":
        gone |= np.isin(codes, BAD_BASE)
    if annual:
        gone |= ~np.isin(codes, (Reason.OK, Reason.ZERO_BASE))
    nothing: NDArray[np.bool_] = gone & np.isnan(result)
    return nothing


def _check_out(out: Any, shape: tuple[int, ...], dtype: Any) -> None:
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out: expected an array, got {type(out).__name__}")
    if out.shape != shape:
        raise ValueError(f"out: expected shape {shape}, got {out.shape}")
    if not out.flags.writeable:
        raise ValueError("out: is read-only")
    if not np.can_cast(dtype, out.dtype, "same_kind"):
        raise TypeError(f"out: expected {dtype}, got {out.dtype}, which cannot hold it")


def _into(
    plan: Plan | None,
    kernel: str,
    numbers: Figures,
    out: NDArray[Any] | None,
    axis: int,
    lags: tuple[int, ...],
    periods: float | None,
    fill: float,
    workers: Any,
) -> NDArray[Any]:
    """Results in `out` (with a leading axis of lags), or in fresh memory."""
    data = numbers.data
    dtype = np.dtype(np.float32 if data.dtype == np.float32 else np.float64)
    direct = (
        out is not None and out.dtype == dtype and out.flags.aligned and not np.may_share_memory(out, data)
    )
    result = out if direct and out is not None else _empty(data, len(lags), dtype)
    _pair(plan, kernel, data, result, axis, lags, periods, fill, workers)
    if numbers.missing is not None:
        gone = _missing(plan, numbers.missing, axis, lags, workers)
        np.copyto(result, np.nan, where=(gone != Reason.OK) & (gone != Reason.NO_PERIOD))
    if out is not None and not direct:
        out[...] = result
        return out
    return result


def _note_base(result: Any, sized: bool) -> Any:
    """The result, its `attrs` (where it has them) saying whether it was divided by sizes of bases."""
    attrs = getattr(result, "attrs", {})
    if sized and hasattr(result, "attrs"):
        result.attrs = {**attrs, GROWTH_BASE: "abs"}
    elif GROWTH_BASE in attrs:
        result.attrs = {key: value for key, value in attrs.items() if key != GROWTH_BASE}
    return result


def refuse_sized_base(values: Any) -> None:
    """Refuse rates that are known not to lead from one level to the next."""
    attrs = getattr(values, "attrs", None)
    base = attrs.get(GROWTH_BASE) if isinstance(attrs, dict) else None
    if isinstance(base, str) and base == "abs":
        raise ValueError(
            "rates: were divided by the size of the base (base='abs'), so 1 + rate is not the ratio of "
            "two levels where the base is negative; pass growth_rate(..., base='ieee') or base='nan'"
        )


def rates(
    plan: Plan | None,
    values: Any,
    lag: Any,
    axis: Any,
    method: str,
    base: str,
    periods_per_year: Any,
    fill: Any,
    out: Any,
    workers: Any,
) -> Any:
    """Growth rates of array-likes and pandas objects, by a plan or by rows (None)."""
    check_choice("method", method, METHODS)
    check_choice("base", base, BASES)
    kernel = KERNELS[method, base]
    lags, single = parse_lags(lag)
    periods = parse_periods(periods_per_year, lags, method)
    name = kernel if periods is None else ANNUAL[kernel]
    try:
        filler = float(fill)
    except (TypeError, ValueError) as error:
        raise TypeError(f"fill: expected a number, got {fill!r}") from error
    except OverflowError as error:
        raise OverflowError("fill: expected a number that a float holds, got a longer integer") from error

    def compute(numbers: Figures, where: int) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
        data = numbers.data
        check_rows(plan, data.shape, where)
        target = None
        if out is not None:
            dtype = np.dtype(np.float32 if data.dtype == np.float32 else np.float64)
            _check_out(out, data.shape if single else (len(lags), *data.shape), dtype)
            target = out[np.newaxis] if single else out
        if base == "raise" and method != "difference":
            _refuse_bases(plan, numbers, where, lags, workers)
        result = _into(plan, name, numbers, target, where, lags, periods, filler, workers)
        if not numbers.nullable or out is not None:
            return result, None
        annual = periods is not None
        return result, _not_available(plan, numbers, result, where, lags, method, base, annual, workers)

    if out is not None:
        numbers = figures(values)
        compute(numbers, axis_of(axis, numbers.data.ndim))
        return out
    sized = base == "abs" and method in ("simple", "ratio")
    return _note_base(along_axis(compute, values, axis, lags, single), sized)


def reasons(plan: Plan | None, values: Any, lag: Any, axis: Any, workers: Any) -> Any:
    """Reason codes of the same pairs, int8."""
    lags, single = parse_lags(lag)

    def compute(numbers: Figures, where: int) -> tuple[NDArray[Any], None]:
        check_rows(plan, numbers.data.shape, where)
        return _codes(plan, numbers, where, lags, workers), None

    return along_axis(compute, values, axis, lags, single)
