"""Figures beside their targets as the core takes them: one column each, elements in one order.

Every figure keeps its own shape until here; what is the same for all elements is not copied.
"""

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .along import in_container
from .containers import aligned_operands, arrays, is_frame, is_of, is_series
from .sides import check_ends, ends_of, is_range, sides_of
from .spans import has_dates, years_between

__all__ = ["OPERANDS", "Cases", "prepare"]

#: The core's order (enum sst_operand in csrc/core/method.h).
OPERANDS = (
    "baseline",
    "actual",
    "target",
    "target_high",
    "start",
    "now",
    "deadline",
    "limit",
    "worst",
    "best",
    "red",
    "green",
    "spread",
    "floor",
    "ceiling",
)


#: All that may be a date; a series' own times are apart from the operands.
TIMES = ("start", "now", "deadline", "series_time")


@dataclass(frozen=True)
class Cases:
    """Operands of `_core.assess` and how its results go back."""

    shape: tuple[int, ...]
    columns: dict[str, NDArray[np.float64]]
    sides: NDArray[np.int8]
    strict: NDArray[np.int8]
    series: NDArray[np.float64] | None
    series_time: NDArray[np.float64] | None
    like: Any

    @property
    def size(self) -> int:
        """The number of elements."""
        return int(np.prod(self.shape, dtype=np.intp))

    @property
    def operands(self) -> tuple[NDArray[np.float64] | None, ...]:
        """The columns in the core's order; None where not given."""
        return tuple(self.columns.get(name) for name in OPERANDS)

    @property
    def axes(self) -> tuple[Any, ...]:
        """The labels along each axis of the shape; empty where there are none."""
        if is_of("xarray", "DataArray", self.like):
            return tuple(self.like.get_index(dim) for dim in self.like.dims)
        if is_frame(self.like):
            both = self.like.index, self.like.columns
            return both[-len(self.shape) :]
        return (self.like.index,) if is_series(self.like) else ()

    def has(self, name: str) -> NDArray[np.bool_]:
        """Which elements have this figure."""
        if name not in self.columns:
            return np.zeros(self.shape, np.bool_)
        column = self.columns[name]
        alike = column.size > 0 and column.strides == (0,)
        present = ~np.isnan(column[:1] if alike else column)
        return np.broadcast_to(present, column.shape).reshape(self.shape)

    def shaped(self, column: NDArray[Any]) -> Any:
        """A result in the shape of the figures."""
        return column.reshape(self.shape)[()]

    def contained(self, column: NDArray[Any]) -> Any:
        """A result in the container of the figures."""
        result = column.reshape(self.shape)
        if self.like is None:
            return result[()]
        return in_container(result[np.newaxis], None, self.like, (0,), True)


def prepare(
    figures: dict[str, Any], better: Any, strict: Any = False, series: Any = None, series_time: Any = None
) -> Cases:
    """Named figures (None: not given), broadcast with their sides; times may be dates.

    A series and its times have time along axis 0; their other axes broadcast with the figures.
    """
    given = {name: x for name, x in figures.items() if x is not None}
    target: Any = given.get("target")
    if is_range(target, better):
        given["target"], given["target_high"] = ends_of(target, given.get("target_high"))
    words = {"better": better, "strict": strict}
    given, like = _labelled(given | {name: x for name, x in words.items() if _has_labels(x)})
    sides, strict = sides_of(given.pop("better", better)), given.pop("strict", strict)
    if np.any(sides == 0) and "target" in given:
        if "target_high" not in given:
            raise ValueError(
                "target: better='range' needs both ends; give target=(low, high) or target_high="
            )
        check_ends("target", given["target"], "target_high", given["target_high"], sides)
    apart = {name: x for name, x in (("series", series), ("series_time", series_time)) if x is not None}
    if is_frame(series):
        _check_columns(series, like)
        like = series if like is None else like
    times = _times(given | apart)
    if "series_time" in times:
        apart["series_time"] = times.pop("series_time")
    given |= times
    found = dict(zip(given, arrays(**given), strict=True))
    for name, x in apart.items():
        (apart[name],) = arrays(**{name: x})
    flags = np.asarray(strict)
    if flags.dtype.kind != "b":
        raise TypeError(f"strict: expected bool, got {strict!r:.80}")
    shapes = {name: x.shape for name, x in found.items()} | {"better": sides.shape, "strict": flags.shape}
    shapes |= {f"{name} beside time": x.shape[1:] for name, x in apart.items()}
    try:
        shape = np.broadcast_shapes(*shapes.values())
    except ValueError as error:
        named = ", ".join(f"{name} {s}" for name, s in shapes.items())
        raise ValueError(f"shapes do not broadcast: {named} ({error})") from error
    columns = {name: _column(x, shape) for name, x in found.items()}
    sides = _column(sides, shape)
    if "target" in columns and "target_high" in columns:
        columns["target"] = _with_both_ends(columns["target"], columns["target_high"], sides)
    if like is not None and (np.shape(like)[1:] if like is series else np.shape(like)) != shape:
        like = None
    return Cases(
        shape,
        columns,
        sides,
        _column(flags.astype(np.int8), shape),
        apart.get("series"),
        apart.get("series_time"),
        like,
    )


def _has_labels(x: Any) -> bool:
    return is_series(x) or is_frame(x) or is_of("xarray", "DataArray", x)


def _with_both_ends(low: NDArray[Any], high: NDArray[Any], sides: NDArray[np.int8]) -> NDArray[Any]:
    """The low ends; missing where a range lacks its high one."""
    half = (sides == 0) & np.isnan(high)
    return np.where(half, np.nan, low) if half.any() else low


def _check_columns(series: Any, like: Any) -> None:
    """The columns of a series are the elements, by the same labels."""
    name = "index" if is_series(like) else "columns" if is_frame(like) else None
    if name is not None and not getattr(like, name).equals(series.columns):
        raise ValueError(
            f"series: its columns differ from the {name} of the figures; align them first, "
            "e.g. series = series[target.index]"
        )


def _labelled(given: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """The figures, labels checked, and the object whose labels the results have."""
    arrays_ = [x for x in given.values() if is_of("xarray", "DataArray", x)]
    if arrays_:
        xarray = sys.modules["xarray"]
        try:
            xarray.align(*arrays_, join="exact")
        except ValueError as error:
            raise ValueError(
                f"coordinates differ; align them first, e.g. with xarray.align ({error})"
            ) from error
        wide = xarray.broadcast(*arrays_)
        labelled = dict(
            zip((n for n, x in given.items() if is_of("xarray", "DataArray", x)), wide, strict=True)
        )
        return {name: labelled.get(name, x) for name, x in given.items()}, wide[0]
    like = next((x for x in given.values() if is_frame(x) or is_of("polars", "DataFrame", x)), None)
    if like is None:
        like = next((x for x in given.values() if is_series(x) or is_of("polars", "Series", x)), None)
    return dict(zip(given, aligned_operands(given), strict=True)), like


def _times(given: dict[str, Any]) -> dict[str, Any]:
    """Dates as years since the start, or since the first of a series; numbers as they are."""
    times = {name: given[name] for name in TIMES if name in given}
    if any(has_dates(name, x) for name, x in times.items()):
        if "start" not in times and "series_time" not in times:
            raise ValueError(f"start: needed where {next(iter(times))} is a date; spans are counted from it")
        since = times.get("start")
        if "series_time" in times and (since is None or np.ndim(since)):
            every = np.asarray(times["series_time"]).ravel()
            if not every.size:
                raise ValueError("series_time: expected the time of each value, got none")
            since = every[0]
        first = "start" if since is times.get("start") else "the first of series_time"
        times = {
            name: years_between(first if name != "start" else "the start", since, name, x)
            for name, x in times.items()
        }
    if "deadline" in times and "start" in times:
        _check_order(times, given)
    return times


def _check_order(times: dict[str, Any], given: dict[str, Any]) -> None:
    """A deadline lies behind its start."""
    end, start = arrays(deadline=times["deadline"], start=times["start"])
    try:
        early = end <= start
    except ValueError:  # shapes that do not broadcast are named where all of them are known
        return
    if not np.any(early):
        return
    cell = [int(k) for k in np.argwhere(early)[0]]
    at = f" at {cell[0] if len(cell) == 1 else tuple(cell)}" if cell else ""
    last, first = given["deadline"], given["start"]
    raise ValueError(f"deadline: expected times after the start, got {last!r:.60} for {first!r:.60}{at}")


def _column(array: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """The elements of a broadcast array in one column, without copies where they lie so already."""
    size = int(np.prod(shape, dtype=np.intp))
    if array.size == 1:
        return np.broadcast_to(array.reshape(()), (size,))
    if array.shape != shape:
        array = np.broadcast_to(array, shape)
    return array.reshape(-1)
