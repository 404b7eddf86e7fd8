"""The statistics that states hold: what each accumulates, how it finishes, what none gives."""

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import _core
from .grouping import nan_where
from .named import Statistic, statistics
from .numeric import whole

__all__ = [
    "STATISTICS",
    "WHOLE",
    "Finished",
    "Row",
    "Settings",
    "asked_statistics",
    "most_places",
    "parts_of",
]


class Settings(NamedTuple):
    """What was asked for; states that are merged have the same."""

    stats: tuple[Statistic, ...]
    skipna: bool
    min_count: int


class Finished(NamedTuple):
    """What finishing needs to know."""

    parts: Mapping[str, Any]
    kind: np.dtype[Any]
    other_kind: np.dtype[Any] | None
    weighted: bool
    least: int

    @property
    def real(self) -> np.dtype[Any]:
        """The type of a result that is no integer."""
        return self.kind if self.kind.kind == "f" else np.dtype(np.float64)

    @property
    def sums(self) -> Any:
        """The exact sums; those of a variance will do."""
        moments = self.parts.get("moments")
        return self.parts["sums"][0] if moments is None else moments[-2]

    @property
    def weights(self) -> Any:
        """The exact weights, if there are any."""
        moments = self.parts.get("moments")
        if not self.weighted:
            return None
        return self.parts["weights"][0] if moments is None else moments[0]


class Row(NamedTuple):
    """One row of the table: a statistic."""

    parts: tuple[str, ...]
    finish: Callable[..., NDArray[Any]]
    #: What a cluster without a value gives.
    empty: float
    #: Options, and what they are by default; None has none.
    options: Mapping[str, Any] = {}


def _count(f: Finished) -> Any:
    return f.parts["count"][0]


def _sum(f: Finished) -> NDArray[Any]:
    dtype = f.real if f.weighted else f.kind
    try:
        result = _core.exact_finish(f.sums, None, False, dtype, f.least)
    except OverflowError as error:
        raise OverflowError(
            f"values: an exact sum does not fit {dtype}; update with float64 for the correctly rounded one"
        ) from error
    return nan_where(result, f.sums[2] < f.least) if dtype.kind in "iu" and f.least else result


def _mean(f: Finished) -> NDArray[Any]:
    return _core.exact_finish(f.sums, f.weights, True, f.real, f.least)


def _spread(root: bool, f: Finished, ddof: int) -> NDArray[Any]:
    return _core.variance_finish(f.parts["moments"], ddof, root, f.real, f.least)


def _covariance(f: Finished, ddof: int) -> NDArray[Any]:
    return _core.comoment_finish(f.parts["comoments"], False, ddof, _common(f), f.least)


def _slope(f: Finished) -> NDArray[Any]:
    return _core.comoment_finish(f.parts["comoments"], True, 0, _common(f), f.least)


def _common(f: Finished) -> np.dtype[Any]:
    single = f.kind == np.float32 and f.other_kind == np.float32
    return np.dtype(np.float32 if single else np.float64)


def _without(values: NDArray[Any], gone: NDArray[np.bool_]) -> NDArray[Any]:
    """Values that are there; of integers doubles only if one is not."""
    if values.dtype.kind != "f":
        return nan_where(values, gone)
    return np.where(gone, values.dtype.type(np.nan), values)


def _extreme(part: str, f: Finished) -> NDArray[Any]:
    values, counts = f.parts[part]
    return _without(values, counts < max(f.least, 1))


def _end(part: str, f: Finished) -> NDArray[Any]:
    rows, values = f.parts[part]
    return _without(values, (rows < 0) | (f.parts["count"][0] < f.least))


def _position(part: str, f: Finished) -> NDArray[Any]:
    return np.where(f.parts["count"][0] < f.least, -1, f.parts[part][0])


def _truth(part: str, f: Finished) -> Any:
    truth, unknown = f.parts[part]
    return nan_where(truth, unknown | (f.parts["count"][0] < f.least))


def _top(f: Finished, k: int) -> NDArray[Any]:
    values, counts, lost = f.parts["top"]
    gone = lost | (f.parts["count"][0] < f.least)
    return _without(values[:, :k], gone[:, None] | (counts[:, None] <= np.arange(k)))


#: The table. Parts of weights are kept only where there are weights.
STATISTICS: dict[str, Row] = {
    "count": Row(("count",), _count, 0),
    "sum": Row(("sums",), _sum, 0),
    "mean": Row(("sums", "weights"), _mean, np.nan),
    "var": Row(("moments",), partial(_spread, False), np.nan, {"ddof": 1}),
    "std": Row(("moments",), partial(_spread, True), np.nan, {"ddof": 1}),
    "covariance": Row(("comoments",), _covariance, np.nan, {"ddof": 1}),
    "slope": Row(("comoments",), _slope, np.nan),
    "min": Row(("least",), partial(_extreme, "least"), np.nan),
    "max": Row(("greatest",), partial(_extreme, "greatest"), np.nan),
    "first": Row(("first", "count"), partial(_end, "first"), np.nan),
    "last": Row(("last", "count"), partial(_end, "last"), np.nan),
    "argmin": Row(("least row", "count"), partial(_position, "least row"), -1),
    "argmax": Row(("greatest row", "count"), partial(_position, "greatest row"), -1),
    "any": Row(("any", "count"), partial(_truth, "any"), False),
    "all": Row(("all", "count"), partial(_truth, "all"), True),
    "top": Row(("top", "count"), _top, np.nan, {"k": None}),
}

#: What has no state: it needs all the values at once.
WHOLE = frozenset({"median", "nunique", "quantile"})


def asked_statistics(asked: Any) -> list[Statistic]:
    """What was asked for, with all options."""
    try:
        found = statistics(asked, STATISTICS.keys() | WHOLE, error=ValueError)
    except ValueError:
        found = statistics(asked, STATISTICS, error=ValueError)
    for one in found:
        if one.name in WHOLE:
            raise ValueError(
                f"stats: {one.name!r} needs the whole data, which a state does not hold; "
                f"take Clusters.{one.name} of all the rows"
            )
    return [one._replace(options=_options(one)) for one in found]


def _options(one: Statistic) -> dict[str, Any]:
    known = STATISTICS[one.name].options
    unknown = sorted(set(one.options) - set(known))
    if unknown:
        takes = ", ".join(known) or "none"
        raise TypeError(f"stats: {one.name!r} has no option {unknown[0]!r}; its options: {takes}")
    options = dict(known) | one.options
    for name, value in options.items():
        if value is None:
            raise TypeError(f"stats: {one.name!r} needs {name}, e.g. ({one.name!r}, {{{name!r}: 3}})")
        options[name] = min(whole(name, value), sys.maxsize)
    if options.get("k") == 0:
        raise ValueError("k: expected a whole number from 1, got 0")
    return options


def parts_of(stats: Iterable[Statistic], weighted: bool) -> list[str]:
    """The parts that some statistics need, each once: sums of a variance serve a mean as well."""
    needed = dict.fromkeys(part for one in stats for part in STATISTICS[one.name].parts)
    if not weighted or "moments" in needed:
        needed.pop("weights", None)
    if "moments" in needed:
        needed.pop("sums", None)
    return list(needed)


def most_places(stats: Iterable[Statistic]) -> int:
    """How many of the greatest values are kept."""
    return max((one.options["k"] for one in stats if one.name == "top"), default=0)
