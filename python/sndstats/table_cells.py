"""The columns of a table of results: figures of arrays and Series alike, as cells."""

import sys
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .containers import is_frame, is_of, is_series, with_nulls
from .encodings import is_pandas
from .keys import items_of
from .numeric import masked

__all__ = [
    "Column",
    "are_tuples",
    "as_frame",
    "cells_of",
    "columns_of",
    "polars_labels",
    "same",
    "same_figures",
    "text_of",
]

#: The units in which polars holds dates and spans of NumPy's units; it has none for others.
_POLARS_UNITS = {
    "M": dict.fromkeys("YMWD", "D") | dict.fromkeys("hms", "us") | {"ms": "ms", "us": "us", "ns": "ns"},
    "m": dict.fromkeys("WDhms", "us") | {"ms": "ms", "us": "us", "ns": "ns"},
}


class Column(NamedTuple):
    """One column of figures: the name of its statistic and its places in it; where they are."""

    key: tuple[Any, ...]
    block: Any
    place: tuple[Any, ...] = ()

    @property
    def cells(self) -> Any:
        """The figures, taken from their block when asked for: a frame may have a lot of columns."""
        if is_frame(self.block):
            return self.block.iloc[:, self.place[0]]
        if is_of("polars", "DataFrame", self.block):
            return self.block.to_series(self.place[0])
        return self.block[(slice(None), *self.place)] if self.place else self.block


def columns_of(name: str, block: Any) -> list[Column]:
    """The figures of a statistic as columns of one for each cluster."""
    if is_frame(block) or is_of("polars", "DataFrame", block):
        keys = (own if isinstance(own, tuple) else (own,) for own in block.columns)
        return [Column((name, *key), block, (k,)) for k, key in enumerate(keys)]
    if is_series(block) or is_of("polars", "Series", block):
        return [Column((name,), block)]
    return [Column((name, *place), block, place) for place in np.ndindex(block.shape[1:])]


def are_tuples(labels: Any) -> bool:
    """Whether the labels are of several keys: tuples of one length."""
    lengths = {len(x) if isinstance(x, tuple) else 0 for x in labels}
    return len(lengths) == 1 and 0 not in lengths


def cells_of(column: Any) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Figures or labels as an array and, where the type has no NaN, which are missing."""
    if is_of("polars", "Series", column):
        if not column.null_count():
            return column.to_numpy(), None
        gone = column.is_null().to_numpy()
        if column.dtype.is_numeric():
            column = column.fill_null(strategy="zero")
        elif column.dtype == sys.modules["polars"].Boolean:
            column = column.fill_null(False)
        return column.to_numpy(), gone
    if not is_pandas(column):
        gone = np.ma.getmaskarray(column) if isinstance(column, np.ma.MaskedArray) else None
        return np.asarray(column), gone
    if isinstance(column.dtype, np.dtype):
        return column.to_numpy(), None
    kind = {"f": np.float64, "u": np.uint64, "i": np.int64, "b": np.bool_}.get(column.dtype.kind, np.object_)
    gone = np.asarray(column.isna(), np.bool_)
    if kind is np.float64 and getattr(column.dtype, "itemsize", 8) == 4:
        kind = np.float32
    return column.to_numpy(dtype=kind, na_value=kind(0)), gone if gone.any() else None


def same(a: Any, b: Any) -> bool:
    """Whether two columns hold the same cells, NaN for NaN, missing in the same places."""
    (x, gone), (y, other) = cells_of(a), cells_of(b)
    if x.shape != y.shape:
        return False
    if gone is None or other is None:
        if gone is not other:
            return False
    elif not np.array_equal(gone, other):
        return False
    kind = x.dtype.kind
    if kind == y.dtype.kind and kind != "O":
        return np.array_equal(x, y, equal_nan=kind in "fmM")
    # NumPy would round integers beside doubles.
    pairs = zip(items_of(x), items_of(y), strict=True)
    return all(p is q or p == q or (p != p and q != q) for p, q in pairs)


def same_figures(a: Any, b: Any) -> bool:
    """The same of all columns of a statistic, and whether they have the same names."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return same(a, b)
    mine, theirs = columns_of("", a), columns_of("", b)
    return [x.key for x in mine] == [x.key for x in theirs] and all(
        same(x.cells, y.cells) for x, y in zip(mine, theirs, strict=True)
    )


def as_frame(block: Any, index: Any) -> Any:
    """The figures of a statistic as a pandas frame of columns side by side."""
    if is_frame(block):
        return block.set_axis(index, axis=0)
    pandas = sys.modules["pandas"]
    if is_series(block):
        return pandas.DataFrame({0: block.array}, index=index)
    if not isinstance(block, np.ndarray):
        cells = [_in_pandas(column.cells) for column in columns_of("", block)]
        return pandas.DataFrame(dict(enumerate(cells)), index=index)
    return pandas.DataFrame(block.reshape(len(block), prod(block.shape[1:])), index=index)


def _in_pandas(column: Any) -> Any:
    """A polars column as pandas holds it: in a nullable type if some are null."""
    array, gone = cells_of(column)
    return array if gone is None or array.dtype.kind == "O" else masked(array.copy(), gone, None)


def text_of(value: Any) -> str:
    """A figure as it is shown: six digits, or all those before the point."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.6g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < 1e15 else text


def polars_labels(polars: Any, name: str, labels: Any) -> Any:
    """Labels as a polars column; as text periods, and dates and spans that polars does not hold."""
    if str(getattr(labels, "dtype", "")).startswith("period"):
        labels = labels.astype(str)
    array, gone = cells_of(labels)
    if array.dtype.kind in "mM":
        array = _in_polars_units(array)
    if array.dtype.kind in "OUS":
        array = array.astype(object)
        if gone is not None:
            array[gone] = None
        return polars.Series(name, array.tolist(), strict=False)
    return with_nulls(name, array, gone)


def _in_polars_units(array: NDArray[Any]) -> NDArray[Any]:
    """Dates or spans in a unit that polars has; as text if it has none, or none that holds them."""
    kind = array.dtype.kind
    unit = _POLARS_UNITS[kind].get(np.datetime_data(array.dtype)[0])
    if unit is not None:
        found = array.astype(f"{kind}8[{unit}]")
        if np.array_equal(found.astype(array.dtype), array, equal_nan=True):
            return found
    return np.array(list(map(str, array)), dtype=object)
