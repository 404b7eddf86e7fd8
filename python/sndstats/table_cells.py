"""The columns of a table of results: figures of arrays and Series alike, as cells."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .containers import is_series
from .encodings import is_pandas

__all__ = ["Column", "are_tuples", "cells_of", "polars_labels", "same", "text_of"]

#: Units of dates that polars has not, and those that hold them.
_POLARS_UNITS = {"Y": "D", "M": "D", "W": "D", "h": "us", "m": "us", "s": "us"}


class Column(NamedTuple):
    """One column of figures: the name of its statistic and its places in it; the figures."""

    key: tuple[Any, ...]
    cells: Any


def are_tuples(labels: Any) -> bool:
    """Whether the labels are of several keys."""
    return len(labels) > 0 and all(isinstance(x, tuple) for x in labels)


def cells_of(column: Any) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """The figures as an array and, of pandas' nullable types, which are missing."""
    if not is_series(column):
        return column, None
    if isinstance(column.dtype, np.dtype):
        return column.to_numpy(), None
    kind = {"f": np.float64, "u": np.uint64, "i": np.int64, "b": np.bool_}.get(column.dtype.kind, np.object_)
    gone = column.isna().to_numpy(dtype=bool)
    if kind is np.float64 and getattr(column.dtype, "itemsize", 8) == 4:
        kind = np.float32
    return column.to_numpy(dtype=kind, na_value=kind(0)), gone if gone.any() else None


def same(a: Any, b: Any) -> bool:
    """Whether two columns hold the same figures, NaN for NaN, missing in the same places."""
    (x, gone), (y, other) = cells_of(a), cells_of(b)
    if gone is None or other is None:
        if gone is not other:
            return False
    elif not np.array_equal(gone, other):
        return False
    return np.array_equal(x, y, equal_nan=x.dtype.kind == "f" and y.dtype.kind == "f")


def text_of(value: Any) -> str:
    """A figure as it is shown: six digits, or all those before the point."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.6g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < 1e15 else text


def polars_labels(polars: Any, name: str, labels: Any) -> Any:
    """Labels as a polars column."""
    if is_pandas(labels):
        labels = labels.to_numpy()
    array = np.asarray(labels) if not isinstance(labels, tuple) else np.array([*labels, None], object)[:-1]
    if array.dtype.kind in "mM":
        unit = np.datetime_data(array.dtype)[0]
        kind = f"{array.dtype.kind}8[{_POLARS_UNITS.get(unit, unit)}]"
        return polars.Series(name, array.astype(kind))
    if array.dtype.kind in "OUS":
        return polars.Series(name, array.tolist())
    return polars.Series(name, array)
