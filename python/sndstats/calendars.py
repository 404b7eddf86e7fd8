"""Elapsed time of a plan: by days, months or years of the calendar, or by planned weights.

A time stands for the whole of its period: a figure by the end of May counts May.
"""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .containers import elementwise, is_of, is_series, with_nulls
from .lanes import run
from .numeric import weights_of
from .periods import STEP_OF, moments
from .spans import is_absent

__all__ = ["check_units", "elapsed_share", "moments_of", "since"]

#: Weights are one for each period of a plan; so many are no plan.
MOST_PERIODS = 2**24


def elapsed_share(
    now: Any,
    *,
    deadline: Any,
    first: Any = None,
    start: Any = None,
    freq: str | None = None,
    weights: Any = None,
) -> Any:
    """The share of a plan's time that has elapsed (时间进度, 序时进度).

    ``(now - start) / (deadline - start)`` in periods of the calendar, each counted as a whole: the
    end of `now` is compared with the ends of `start` and `deadline`. With `first`, the first period
    of the plan, `start` is the period before it, so that months give ``months / 12`` and days
    181/365 by the end of June. With `weights`, planned for each period, it is
    ``sum(weights up to now) / sum(weights)``, for plans that are seasonal.

    Parameters
    ----------
    now : array_like of dates or numbers
        The last period that the figures cover: datetime64, dates, pandas timestamps or periods, or
        plain numbers such as years (2023, or 2023.5) or the month of the year.
    deadline : array_like
        The last period of the plan.
    first : array_like
        The first period of the plan, which belongs to it: January of a calendar year.
    start : array_like
        Instead of `first`: the period of the baseline, at whose end the plan begins. From a
        baseline of 2015 to a target for 2030, 2023 is 8/15 of the way.
    freq : {"D", "W", "M", "Q", "Y"} or a name that `growth_rate` takes
        How long a period is; needed for dates in days and finer, because the shares differ. A date
        stands for the whole of the period that holds it: with "M", 15 May counts May.
    weights : array_like, optional
        One for each period from the first to the deadline, not negative: the plan of each month,
        say, in any unit. `first` (or `start`) and `deadline` are then single times.

    Returns
    -------
    scalar, ndarray, or the container of `now`
        Fractions from 0 to 1, as `elapsed` of `expected_value`, `pace` and `schedule_lead` takes
        them: 0 at the start, which is the period before the first, NaN before it, 1 from the deadline on.
        A missing time gives NaN. Times broadcast. Within 1 unit in the last place.

    Raises
    ------
    ValueError
        Both or neither of `first` and `start`; a deadline that leaves no period; dates of different
        units or in days without `freq`; weights that are negative, missing or infinite, sum to zero, or are
        not one for each period; shapes that do not broadcast, indexes that differ.
    TypeError
        Times that are neither numbers nor dates, or both; weights that are not numbers.

    See Also
    --------
    schedule_lead : progress less what is due.

    Examples
    --------
    >>> import numpy as np
    >>> import sndstats as snd
    >>> year = {"first": np.datetime64("2023-01-01"), "deadline": np.datetime64("2023-12-31")}
    >>> june = np.datetime64("2023-06-30")
    >>> round(float(snd.elapsed_share(june, **year, freq="D")), 4)
    0.4959
    >>> float(snd.elapsed_share(june, **year, freq="M"))
    0.5
    >>> round(float(snd.elapsed_share(2023, start=2015, deadline=2030)), 4)
    0.5333

    A plan that makes half of the year in its last quarter; 47.5 percent of it by the end of May
    is ahead by months, and more so by the plan:

    >>> monthly = [5, 5, 6, 5, 5, 6, 6, 6, 6, 12, 18, 20]
    >>> elapsed = snd.elapsed_share(5, first=1, deadline=12), snd.elapsed_share(
    ...     5, first=1, deadline=12, weights=monthly
    ... )
    >>> [round(float(snd.schedule_lead(0, 47.5, 100, e)), 4) for e in elapsed]
    [0.0583, 0.215]

    References
    ----------
    District reports in China set completion against elapsed months over 12 (序时进度); earned
    value management against the planned value to date (Lipke and Henderson, Earned Schedule
    Training, 2006); the Digital Decade of the European Union against an agreed trajectory.
    """
    if (first is None) == (start is None):
        raise ValueError(
            "first: expected either first, the first period of the plan, or start, that of the baseline; "
            f"got {'neither' if first is None else 'both'}"
        )
    name = "start" if first is None else "first"
    given = {"now": now, name: start if first is None else first, "deadline": deadline}
    times, units = {}, {}
    for key, value in given.items():
        times[key], units[key] = moments_of(key, value, freq)
    check_units(units)
    begin = times[name] if first is None else times[name] - 1
    _check_order(name, begin, times["deadline"])
    if weights is not None:
        return _weighted(now, times["now"], begin, times["deadline"], weights)
    operands = {
        "start": _like(given[name], begin),
        "now": _like(now, times["now"]),
        "deadline": _like(deadline, times["deadline"]),
    }
    return elementwise(
        _core.planned_linear, None, True, elapsed=elementwise(_core.progress, None, True, **operands)
    )


def check_units(units: dict[str, str | None]) -> None:
    """Times of different kinds are not compared."""
    known = {name: unit for name, unit in units.items() if unit is not None}
    first = next(iter(known), "")
    for name, other in known.items():
        unit = known[first]
        if (unit == "") != (other == ""):
            numbers, dates = (first, name) if unit == "" else (name, first)
            raise TypeError(f"{numbers}: numbers beside the dates of {dates}; give both as one or the other")
        if unit != other:
            raise ValueError(f"freq: needed, as {first} counts {unit} and {name} {other}")


def _check_order(name: str, begin: NDArray[Any], deadline: NDArray[Any]) -> None:
    try:
        upside_down = np.any(begin >= deadline)
    except ValueError:  # shapes that do not broadcast are named where all of them are known
        return
    if upside_down:
        what = "the start" if name == "start" else "the first period, or that period itself"
        raise ValueError(f"deadline: expected a time after {what}; swap them or correct one")


def _weighted(now: Any, at: NDArray[Any], begin: NDArray[Any], deadline: NDArray[Any], weights: Any) -> Any:
    """The share of the weights that lie before the end of each time."""
    if begin.size != 1 or deadline.size != 1:
        raise ValueError("weights: go with a single plan, got several starts or deadlines")
    past = since(at, begin.reshape(()))
    length = float(since(deadline.reshape(()), begin.reshape(())))
    present = past[~np.isnan(past)]
    if np.isnan(length) or length > MOST_PERIODS or length % 1:
        raise ValueError(
            f"weights: go with a plan of whole periods, at most {MOST_PERIODS}, got one of {length:g}"
        )
    if np.any(present % 1):
        raise ValueError("now: expected whole periods beside weights; round it to the last one that is over")
    if np.shape(weights) != (int(length),):
        raise ValueError(
            f"weights: expected {int(length)}, one for each period of the plan, got shape {np.shape(weights)}"
        )
    planned = weights_of(weights, (int(length),), None)
    if not np.all(np.isfinite(planned)) or not np.any(planned):
        raise ValueError(
            "weights: expected finite ones with a sum above zero; put 0 where nothing is planned"
        )
    shares = run("cumulative_share", (planned,), len(planned) + 1)
    due = shares[np.clip(np.nan_to_num(past), 0, length).astype(np.intp)]
    return elementwise(_core.planned_given, None, True, path=due, elapsed=_like(now, _unless_before(past)))


def _unless_before(past: NDArray[np.float64]) -> NDArray[np.float64]:
    """NaN for times before the start."""
    return np.where(past < 0, np.nan, past)


def since(steps: NDArray[Any], origin: Any) -> NDArray[np.float64]:
    """How many steps each is after the origin; integers are subtracted as such, unless that would wrap."""
    with np.errstate(over="ignore"):
        exact = steps - origin
    rough = np.asarray(steps, dtype=np.float64) - np.float64(origin)
    return np.where(np.abs(rough) < 2.0**62, exact, rough)


def _like(given: Any, steps: NDArray[Any]) -> Any:
    """Steps in the container that the times came in."""
    if is_series(given):
        return sys.modules["pandas"].Series(steps, index=given.index, name=given.name)
    if is_of("polars", "Series", given):
        return with_nulls(given.name, steps, given.is_null().to_numpy())
    if is_of("xarray", "DataArray", given):
        return given.copy(data=steps)
    return steps[()]


def moments_of(name: str, value: Any, freq: str | None) -> tuple[NDArray[Any], str | None]:
    """Times of any shape as steps, NaN for missing ones, and what a step is.

    That is "" for numbers, and None where all are missing.
    """
    flat, shape = _flat(name, value)
    missing = _missing(flat)
    present = _present(flat, missing)
    if not len(present):
        return np.full(shape, np.nan), None
    try:
        found = moments(present, freq)
    except (TypeError, ValueError) as error:
        text = str(error).replace("time:", f"{name}:", 1).replace("(time,", f"({name},")
        text = text.replace("and time is", f"and {name} is")
        raise type(error)(text) from error
    if found.dtype == np.uint64:
        raise ValueError(
            f"{name}: {found.max()} is beyond the 64-bit integers that count steps; "
            "subtract a first period from all"
        )
    if missing.any():
        steps = np.full(len(missing), np.nan)
        steps[~missing] = found
        found = steps
    return found.reshape(shape), freq or _unit(present)


def _flat(name: str, value: Any) -> tuple[Any, tuple[int, ...]]:
    """Times in one dimension, as `moments` reads them, and their shape."""
    pandas = sys.modules.get("pandas")
    if is_of("polars", "Series", value) or (
        pandas is not None and isinstance(value, (pandas.Series, pandas.Index))
    ):
        return value, (len(value),)
    if is_of("pandas", "Period", value):
        return sys.modules["pandas"].PeriodIndex([value]), ()
    try:
        array = value if isinstance(value, np.ma.MaskedArray) else np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name}: rows of different lengths: {value!r:.80}") from error
    shape, array = array.shape, array.ravel()
    if array.dtype.kind == "O" and array.size and is_of("pandas", "Period", array[0]):
        return sys.modules["pandas"].PeriodIndex(array), shape
    return array, shape


def _present(flat: Any, missing: NDArray[np.bool_]) -> Any:
    """The times that are there."""
    if is_of("polars", "Series", flat):
        return flat.drop_nulls()
    found = flat[~missing] if missing.any() else flat
    objects = getattr(found, "dtype", None) == np.dtype(object)
    if objects and len(found) and isinstance(found[0], np.datetime64):
        return np.asarray(list(found))
    return found


def _missing(flat: Any) -> NDArray[np.bool_]:
    if is_of("polars", "Series", flat):
        found: NDArray[np.bool_] = flat.is_null().to_numpy()
        return found
    if hasattr(flat, "isna"):
        return np.asarray(flat.isna())
    array = np.asarray(flat)
    gone = (
        np.ma.getmaskarray(flat) if isinstance(flat, np.ma.MaskedArray) else np.zeros(array.shape, np.bool_)
    )
    if array.dtype.kind in "fM":
        return np.asarray(gone | (array != array))
    if array.dtype.kind == "O":
        return np.asarray(gone | np.frompyfunc(is_absent, 1, 1)(array).astype(np.bool_))
    return gone


def _unit(times: Any) -> str:
    """What a step of times without `freq` is."""
    dtype: Any = getattr(times, "dtype", None)
    if getattr(dtype, "freq", None) is not None:
        name = STEP_OF.get(dtype.freq.freqstr, "")
        return name if name in ("Y", "Q", "M") else str(dtype)
    return np.datetime_data(dtype)[0] if getattr(dtype, "kind", "") == "M" else ""
