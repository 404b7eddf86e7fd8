"""Indexes on another base, and one series out of two vintages."""

# Annotations of inner functions would be evaluated at every call.
from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .along import axis_of, check_indexes
from .containers import is_frame, is_of
from .lanes import kept
from .operands import paired
from .sums import exact_mean

__all__ = ["link_series", "rebase"]

#: What stands for base periods in messages.
EXPECTED = "expected a position, a slice of positions or a mask"


def _position(at: Any, length: int) -> slice:
    """One period, counted from the end if negative."""
    try:
        position = operator.index(at)
    except TypeError:
        position = None
    if position is None or isinstance(at, (bool, np.bool_)):
        raise TypeError(f"at: {EXPECTED}, got {at!r}")
    if not -length <= position < length:
        raise LookupError(
            f"at: expected a position from {-length} to {length - 1}, got {position}; "
            "pass a mask to go by labels, e.g. index == 2015"
        )
    return slice(position % length, position % length + 1)


def _mask(at: Any, length: int) -> NDArray[np.bool_]:
    """An entry for each period."""
    try:
        mask = np.asarray(at)
    except ValueError as error:
        raise ValueError(f"at: {EXPECTED}, got {at!r:.80}") from error
    nullable = mask.dtype == np.object_ and hasattr(getattr(at, "dtype", None), "na_value")
    if nullable or np.ma.is_masked(at):
        raise ValueError(f"at: {EXPECTED}, got a mask with missing entries; fill them")
    if mask.dtype != np.bool_:
        raise TypeError(f"at: {EXPECTED}, got an array of {mask.dtype}")
    if mask.shape != (length,):
        raise ValueError(f"at: expected a mask of shape {(length,)}, an entry per period, got {mask.shape}")
    return mask


def _chosen(at: Any, length: int) -> slice | NDArray[np.bool_]:
    """The periods that `at` stands for, at least one."""
    chosen: slice | NDArray[np.bool_]
    if isinstance(at, slice):
        try:
            chosen, some = at, len(range(length)[at]) > 0
        except (TypeError, ValueError) as error:
            raise ValueError(f"at: {EXPECTED}, got {at!r}") from error
    elif isinstance(at, (list, tuple)) or np.ndim(at):
        chosen = _mask(at, length)
        some = bool(chosen.any())
    else:
        return _position(at, length)
    if not some:
        raise ValueError(f"at: expected at least one of {length} periods, got none by {at!r:.80}")
    return chosen


def _check_mask_labels(at: Any, values: Any, axis: Any) -> None:
    """Refuse a mask whose labels are not those of the periods."""
    check_indexes(values, axis, at=at)
    if is_of("xarray", "DataArray", at) and is_of("xarray", "DataArray", values):
        time = values.dims[axis_of(axis, values.ndim)]
        if at.ndim and at.dims != (time,):
            raise ValueError(f"at: expected dimension {time!r}, got {at.dims}")


def rebase(values: Any, at: Any, *, to: float = 100.0, axis: int = 0, skipna: bool = False) -> Any:
    """An index on another base: the values over those of a base period (定基指数, 换基).

    ``values / base * to``, where `base` is the value at a position or the mean of several
    periods, as of the months of a base year.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Levels or an index, time along `axis`.
    at : int, slice, or array_like of bool
        The base period: a position, which may be negative; a slice of positions; a mask with one
        entry for each period. Of several periods the base is their mean, correctly rounded.
    to : float
        What the base becomes.
    axis : int
        The axis of time.
    skipna : bool
        Leave missing values out of the mean; otherwise one of them makes the base, and so all
        values of the lane, NaN.

    Returns
    -------
    ndarray, or the container given
        Of the shape of `values`. At a single base period it is `to` exactly. NaN where the value
        is missing; a base that is zero or missing makes the whole lane NaN. A negative base
        turns the sign of the others.

    Raises
    ------
    LookupError
        A position outside the axis, as any is where there are no periods.
    ValueError
        A slice or mask that chooses no period; a mask of another length or with another index; a
        `to` that is not finite.
    TypeError
        Values that are not numbers, an `at` that is something else.

    See Also
    --------
    link_series : two vintages on one base.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.rebase([50.0, 80.0, 100.0], 1).tolist()
    [62.5, 100.0, 125.0]
    >>> snd.rebase([90.0, 110.0, 120.0], slice(0, 2)).tolist()
    [90.0, 110.0, 120.0]

    References
    ----------
    World Bank Data Help Desk, article 114946, on another base year; Consumer Price Index Manual:
    Concepts and Methods (IMF, ILO and others, 2020), on the reference period of an index.
    """
    try:
        target = float(to)
    except (TypeError, ValueError) as error:
        raise TypeError(f"to: expected a number, got {to!r}") from error
    except OverflowError:
        target = np.inf
    if not np.isfinite(target):
        raise ValueError(f"to: expected a finite number, got {to!r}")
    _check_mask_labels(at, values, axis)

    def beside(data: NDArray[Any], column: int | None) -> Sequence[NDArray[Any]]:
        part = data[_chosen(at, len(data))]
        if len(part) == 1:
            return [part]
        part = part.astype(np.float64) if part.dtype == np.float32 else part
        return [np.asarray(exact_mean(part, axis=0, skipna=bool(skipna)), np.float64)[np.newaxis]]

    return kept("rebase", values, axis, beside=beside, options=(target,))


def link_series(old: Any, new: Any, at: Any = None, *, axis: int = 0) -> Any:
    """Two vintages as one series: the new one, carried back (or on) by the growth of the old (数据衔接).

    ``new`` where it is there, else ``old * factor``, with ``factor = mean(new) / mean(old)`` over
    the periods where both are there.

    Parameters
    ----------
    old, new : array_like, or pandas, polars or xarray objects
        Levels of the same periods in one shape, NaN where a vintage has none. Indexes,
        coordinates or columns must agree.
    at : int, slice, or array_like of bool, optional
        The periods to link on, as for `rebase`; all by default. Only those count where both
        vintages are there.
    axis : int
        The axis of time.

    Returns
    -------
    ndarray, or the container of the first that has one
        In the unit of `new`. The growth of `old` is kept wherever two neighbors are from it. NaN
        where neither is there; where `new` is missing in a lane without overlap, and where the
        old values of the overlap add up to zero. Empty input gives an empty result.

    Raises
    ------
    ValueError
        A single series without an overlap (lanes of a table without one are NaN where `new` is
        missing); an `at` that chooses no period; shapes, indexes or coordinates that differ.
    LookupError
        A position outside the axis.
    TypeError
        Values that are not numbers, an `at` that is something else.

    See Also
    --------
    chain : carry a series back by growth rates alone.

    Examples
    --------
    >>> import numpy as np
    >>> import sndstats as snd
    >>> old = [180.0, 200.0, np.nan, np.nan]
    >>> new = [np.nan, 100.0, 110.0, 120.0]
    >>> snd.link_series(old, new).tolist()
    [90.0, 100.0, 110.0, 120.0]

    References
    ----------
    Consumer Price Index Manual: Concepts and Methods (IMF, ILO and others, 2020), on linking
    series by a factor from their overlap; A. de la Fuente, A mixed splicing procedure for
    economic time series, BBVA Research 13/02 (2013), on what this presumes: that the older
    vintage has the growth right and only the level wrong.
    """
    for values in (old, new):
        _check_mask_labels(at, values, axis)
    table = any(is_frame(x) or is_of("polars", "DataFrame", x) for x in (old, new))

    def beside(before: NDArray[Any], after: NDArray[Any]) -> Sequence[NDArray[Any]]:
        length = len(before)
        mask = np.zeros(length)
        if length or at is not None:
            mask[slice(None) if at is None else _chosen(at, length)] = 1.0
        if before.ndim == 1 and length and not table:
            both = (mask != 0) & ~np.isnan(before) & ~np.isnan(after)
            if not both.any():
                raise ValueError(
                    "old, new: expected a period where both are there"
                    + (" and which `at` chooses" if at is not None else "")
                    + ", got none; link over a third series, or chain growth rates"
                )
        return [mask.reshape(-1, *(1,) * (before.ndim - 1))]

    return paired("link_series", axis, {"old": old, "new": new}, beside)
