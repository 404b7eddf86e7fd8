"""Trend projections: the value at another time if the trend of a series holds."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .along import axis_of, check_indexes, figures, refuse_lazy
from .calendars import check_units, moments_of, since
from .containers import arrays, is_frame, is_of, is_series
from .lanes import periods, reduced
from .pairing import check_choice
from .periods import in_order

__all__ = ["projection", "projection_reason"]

METHODS = ("ends", "least_squares", "weighted", "weighted_changes")
PATHS = ("linear", "geometric", "logistic")


def projection(
    values: Any,
    at: Any,
    *,
    time: Any = None,
    axis: int = 0,
    method: str = "ends",
    path: str = "linear",
    scale: Any = None,
    last: int | None = None,
    min_points: int = 2,
    floor: Any = None,
    ceiling: Any = None,
    freq: str | None = None,
) -> Any:
    """The value of a series at another time if its trend holds (趋势外推).

    With points x_i at times t_i, ``y = x`` on a linear path, ``ln x`` on a geometric one and
    ``ln(x / (scale - x))`` on a logistic one is continued along a straight line:

    ================  ====================================================================
    ends              through the first and the last point: constant change, growth or
                      change of log odds between them
    least_squares     of ordinary least squares through all points
    weighted          of least squares with the weights ``(at - t_1) / (at - t_i)``: 1 for
                      the oldest point, more for recent ones. Slope and intercept both
                      are those of the weighted fit
    weighted_changes  from the last point, by the mean of the changes per time between
                      neighbors, with those weights of the later of the two
    ================  ====================================================================

    A missing value is skipped, whatever the method; times may be irregular. With `last` only
    so many of the last points count: "ends" with ``last=6`` carries the mean of the last five
    changes on.

    Parameters
    ----------
    values : array_like, or a pandas, polars or xarray object
        Figures along `axis`. float32 is kept and float16 becomes it; other types become
        float64, which rounds integers above 2**53.
    at : array_like
        The time that is asked for: one, or one for each series (and for arrays whatever broadcasts
        with those). Numbers, or dates where `time` is dates. It may lie
        before or among the points too, save for "weighted_changes". Where the weights have
        no meaning, at a time that has a value, the weighted line goes through that value.
    time : array_like, optional
        The time of each row, in any order: integers, floats such as 2015.5, datetime64 or
        dates, a pandas PeriodIndex, DatetimeIndex or Series. Without it rows count from 0.
    axis : int
        The axis of time, which the result does not have.
    method : {"ends", "least_squares", "weighted", "weighted_changes"}
        See above.
    path : {"linear", "geometric", "logistic"}
        See above. Growth is constant on a geometric path. A logistic path never leaves the
        range from 0 to `scale`, which suits shares.
    scale : array_like, optional
        For a logistic path: what a share is of, 1 if not given; 100 for percents. One, or one for each
        series, above 0.
    last : int, optional
        How many of the last points that are there count, 2 or more; all if not given.
    min_points : int
        The least number of points, 2 or more.
    floor, ceiling : array_like, optional
        Bounds that values cannot leave, such as 0 and 100 for percents. One, or one for each
        series; NaN where there is none. `projection_reason` tells which projections they cut.
    freq : str, optional
        The step of dates, as for `growth_rate`; a date stands for the step that holds it.

    Returns
    -------
    scalar, ndarray, or Series for a DataFrame
        In the unit of the values. NaN where there is none, and `projection_reason` says why:
        no value, or an infinite one among those that count; fewer than `min_points` points; a
        missing time `at`; on a geometric or logistic path a point that counts at or
        beyond 0 or the scale ("ends" looks at two points only). Zero and negative values are
        like any other on a linear path. No series give an empty result.

        Within 1 unit in the last place of the exact value on a linear path, 2 on a geometric and
        4 on a logistic one, up to five times the span of the points ahead and unless the terms
        cancel to a trace.

    Raises
    ------
    ValueError
        A time that is repeated, missing or infinite, one too many or too few; dates without
        `freq` or of different units; an unknown method or path; `scale` without a logistic path or not
        above 0; a floor above its ceiling; `last` or `min_points` below 2; shapes that
        do not fit, indexes that differ.
    TypeError
        Values that are not numbers, times that are not times, numbers beside dates.

    See Also
    --------
    projection_reason : why there is none, and whether it was cut at a bound.
    projected_value : of a baseline and one figure.
    average_growth : the rate of the trend; with the sign turned, "least_squares" is the average
        annual rate of reduction that UNICEF and WHO fit to surveys.

    Examples
    --------
    Statistics Canada's series for SDG 1-2-1, whose target for 2030 is 7.25:

    >>> import sndstats as snd
    >>> figures, years = [14.5, 10.2], [2015, 2023]
    >>> round(float(snd.projection(figures, 2030, time=years)), 6)
    6.4375
    >>> round(float(snd.projection(figures, 2030, time=years, path="geometric")), 6)
    7.497705

    Constant growth takes a share beyond what there is; bounds cut it, and a logistic path
    bends:

    >>> share, years = [0.37, 14.63], [2015, 2024]
    >>> round(float(snd.projection(share, 2030, time=years, path="geometric")), 1)
    169.8
    >>> float(snd.projection(share, 2030, time=years, path="geometric", ceiling=100))
    100.0
    >>> round(float(snd.projection(share, 2030, time=years, path="logistic", scale=100)), 1)
    68.8

    Surveys of some years, two countries, the recent ones weighing more:

    >>> surveys = [[40.0, 8.0], [44.0, float("nan")], [52.0, 10.0], [53.0, 9.0]]
    >>> years = [2014, 2016, 2020.5, 2022]
    >>> snd.projection(surveys, 2030, time=years, method="weighted").round(2).tolist()
    [66.76, 10.77]

    References
    ----------
    United Nations Economic and Social Commission for Asia and the Pacific, working paper SD/WP/04,
    2017, and UNECE, technical notes of 2022 and 2023 (time-weighted regression, anticipated
    progress); Destatis, status of the indicators of the German Sustainable Development Strategy
    (mean of the last five changes, carried linearly); WHO/UNICEF Joint Monitoring Programme (linear
    least squares). Published code of the weighted method takes the intercept from the unweighted
    fit, a mixture that depends on where years are counted from; it is not offered here.
    """
    return _project(
        values, at, time, axis, (method, path), scale, (last, min_points), (floor, ceiling), freq
    )[0]


def projection_reason(
    values: Any,
    at: Any,
    *,
    time: Any = None,
    axis: int = 0,
    method: str = "ends",
    path: str = "linear",
    scale: Any = None,
    last: int | None = None,
    min_points: int = 2,
    floor: Any = None,
    ceiling: Any = None,
    freq: str | None = None,
) -> Any:
    """Why a projection is missing or was cut at a bound, as codes of `Reason`.

    The first that applies: NO_PERIOD (`at` is missing or infinite), MISSING_CURRENT (no value that
    counts, or an infinite one), NO_INTERVAL (fewer than `min_points` points, or `at` before the last point
    for "weighted_changes"), GEOMETRIC_UNDEFINED (a point that counts is not on a geometric or
    logistic path), CLIPPED (`floor` or `ceiling` stands for the projection), else OK.

    Parameters
    ----------
    values, at, time, axis, method, path, scale, last, min_points, floor, ceiling, freq
        As for `projection`.

    Returns
    -------
    int8 scalar or ndarray, or the container that `projection` gives
        Shaped as the projections are.

    Raises
    ------
    ValueError, TypeError
        As `projection`.

    Examples
    --------
    >>> import sndstats as snd
    >>> nan = float("nan")
    >>> shares = [[0.37, 5.0, nan], [14.63, 6.0, 7.0]]
    >>> found = snd.projection_reason(shares, 15, time=[0, 9], path="geometric", ceiling=100)
    >>> [snd.Reason(r).name for r in found]
    ['CLIPPED', 'OK', 'NO_INTERVAL']

    References
    ----------
    The World Health Organization trims projected shares to 0..100 (billionaiRe); compound growth from
    a small base overshoots.
    """
    found = _project(
        values, at, time, axis, (method, path), scale, (last, min_points), (floor, ceiling), freq
    )[1]
    if is_of("polars", "DataFrame", found):
        return found.cast(sys.modules["polars"].Int8)
    return found.astype(np.int8)


def _project(
    values: Any,
    at: Any,
    time: Any,
    axis: Any,
    form: tuple[str, str],
    scale: Any,
    points: tuple[Any, Any],
    bounds: tuple[Any, Any],
    freq: str | None,
) -> list[Any]:
    """Projections and the numbers of their reasons."""
    method, path = form
    check_choice("method", method, METHODS)
    check_choice("path", path, PATHS)
    if scale is not None and path != "logistic":
        raise ValueError(f"scale: goes with path 'logistic', got path {path!r}")
    count = 0 if points[0] is None else periods("last", points[0], 2)
    least = periods("min_points", points[1], 2)
    refuse_lazy(values, "values")
    if not hasattr(values, "shape"):
        values = figures(values).data
    where = axis_of(axis, len(values.shape))
    check_indexes(values, where, time=time)
    order, times, origin = in_order(time, freq, values.shape[where], where, whole=False)
    series = _Series(values, where)
    asked = series.read("at", at, lambda given: _asked(given, time, freq, origin))
    beside = [
        series.read(name, given, partial(_numbers, name))
        for name, given in (
            ("floor", np.nan if bounds[0] is None else bounds[0]),
            ("ceiling", np.nan if bounds[1] is None else bounds[1]),
            ("scale", 1.0 if scale is None else scale),
        )
    ]
    limits = np.stack(_checked(*beside))
    wide = times.reshape(-1, *(1,) * len(series.shape))
    options = (METHODS.index(method), PATHS.index(path), count, least)
    return reduced(
        "trend_projection",
        values,
        axis,
        wide,
        asked[np.newaxis],
        limits,
        outs=2,
        options=options,
        order=order,
    )


def _checked(
    floor: NDArray[np.float64], ceiling: NDArray[np.float64], scale: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Bounds and scales of one shape."""
    try:
        floor, ceiling, scale = np.broadcast_arrays(floor, ceiling, scale)
    except ValueError as error:
        raise ValueError(
            f"shapes do not broadcast: floor {floor.shape}, ceiling {ceiling.shape}, "
            f"scale {scale.shape} ({error})"
        ) from error
    above = floor > ceiling
    if above.any():
        low, high = floor[above].flat[0], ceiling[above].flat[0]
        raise ValueError(f"floor: expected at most the ceiling, got {low} above {high}; swap them")
    wrong = ~((scale > 0) & np.isfinite(scale))
    if wrong.any():
        raise ValueError(
            f"scale: expected a number above 0, such as 100 for percents, got {scale[wrong].flat[0]}"
        )
    return [floor, ceiling, scale]


def _numbers(name: str, given: Any) -> NDArray[np.float64]:
    return np.asarray(given) if type(given) is float else arrays(**{name: given})[0]


def _asked(at: Any, time: Any, freq: str | None, origin: Any) -> NDArray[np.float64]:
    """The times asked for, since the origin that the rows are counted from."""
    if time is None:
        return arrays(at=at)[0]
    steps, unit = moments_of("at", at, freq)
    check_units({"time": moments_of("time", time, freq)[1], "at": unit})
    return since(steps, origin)


class _Series:
    """The series that values hold, one for each place off the axis of time."""

    def __init__(self, values: Any, where: int) -> None:
        self.values, self.where = values, where
        self.shape = tuple(size for k, size in enumerate(values.shape) if k != where)
        self.labelled = (
            is_frame(values) or is_of("polars", "DataFrame", values) or is_of("xarray", "DataArray", values)
        )

    def read(
        self, name: str, given: Any, numbers: Callable[[Any], NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """One number for each series; of arrays whatever broadcasts with them."""
        if is_frame(self.values) and is_series(given):
            across = "index" if self.where == 1 else "columns"
            if not given.index.equals(getattr(self.values, across)):
                raise ValueError(
                    f"{name}: its index differs from the {across} of values; align them first, "
                    f"e.g. {name} = {name}.reindex(values.{across})"
                )
        if is_of("xarray", "DataArray", given) and is_of("xarray", "DataArray", self.values):
            given = self._by_dimension(name, given)
        array = numbers(given)
        try:
            shape = np.broadcast_shapes(array.shape, self.shape)
        except ValueError as error:
            raise ValueError(self._unfit(name, array)) from error
        if self.labelled and shape != self.shape:
            raise ValueError(self._unfit(name, array))
        return array.reshape((1,) * (len(self.shape) - array.ndim) + array.shape)

    def _unfit(self, name: str, array: NDArray[Any]) -> str:
        return f"{name}: expected one, or one for each series, {self.shape}, got shape {array.shape}"

    def _by_dimension(self, name: str, given: Any) -> Any:
        """An xarray object in the order of the dimensions of the values."""
        dims = [dim for k, dim in enumerate(self.values.dims) if k != self.where]
        if not set(given.dims) <= set(dims):
            raise ValueError(f"{name}: expected dimensions among {dims}, got {list(given.dims)}")
        try:
            sys.modules["xarray"].align(self.values, given, join="exact")
        except ValueError as error:
            raise ValueError(
                f"{name}: its coordinates differ from those of values; align them first, "
                f"e.g. {name} = {name}.reindex_like(values) ({error})"
            ) from error
        return given.expand_dims([dim for dim in dims if dim not in given.dims]).transpose(*dims)
