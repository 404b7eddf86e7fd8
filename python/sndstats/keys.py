"""The keys of clusters: several into one, and the index that their labels make."""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .containers import is_series
from .labels import factorize

__all__ = [
    "codes_of",
    "combine",
    "common_rows",
    "is_pandas",
    "joint_labels",
    "label_array",
    "number_keys",
    "pandas_index",
]


def is_pandas(labels: Any) -> bool:
    """Whether pandas holds these labels."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(
        labels, (pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray)
    )


def label_array(labels: Any) -> Any:
    """Labels as given if an array or index, else as an array; tuples stay tuples."""
    if isinstance(labels, np.ndarray) or is_pandas(labels):
        return labels
    if any(isinstance(x, tuple) for x in labels):
        array = np.empty(len(labels), dtype=object)
        array[:] = list(labels)
        return array
    return np.asarray(labels)


def common_rows(labels: dict[str, Any]) -> Any:
    """The index of the rows, if labels come with one; all must have the same."""
    rows, first = None, ""
    for name, x in labels.items():
        if is_series(x):
            if rows is None:
                rows, first = x.index, name
            elif not x.index.equals(rows):
                raise ValueError(
                    f"{name}: its index differs from that of {first}; align them first, "
                    f"e.g. {name}.reindex({first}.index)"
                )
    return rows


def combine(keys: list[tuple[NDArray[np.int32], Any]], order: str) -> tuple[NDArray[np.int32], list[Any]]:
    """Codes of the combinations that occur, and the label of each in every key."""
    codes = keys[0][0]
    found = [np.arange(len(keys[0][1]))]
    for other, uniques in keys[1:]:
        size = max(len(uniques), 1)
        joint = codes.astype(np.int64) * size + other
        joint[(codes < 0) | (other < 0)] = -1
        # Combinations so far times this key's labels: both fit int32, the product int64.
        codes, distinct = _core.factorize(joint, -1, order == "sorted")
        found = [part[distinct // size] for part in found] + [distinct % size]
    return codes, [uniques[part] for part, (_, uniques) in zip(found, keys, strict=True)]


def number_keys(keys: tuple[Any, ...], order: str) -> tuple[NDArray[np.int32], list[Any], Any]:
    """Codes of rows by one or several keys, what they stand for in each, and the index of the rows."""
    names = ["labels"] if len(keys) == 1 else [f"labels[{k}]" for k in range(len(keys))]
    rows = common_rows(dict(zip(names, keys, strict=True)))
    numbered = [factorize(x, order=order, name=name) for name, x in zip(names, keys, strict=True)]
    lengths = [len(codes) for codes, _ in numbered]
    if len(set(lengths)) > 1:
        raise ValueError(f"labels: keys of different lengths, {', '.join(map(str, lengths))}")
    if len(numbered) == 1:
        return numbered[0][0], [numbered[0][1]], rows
    codes, parts = combine(numbered, order)
    return codes, parts, rows


def joint_labels(parts: list[Any]) -> Any:
    """A label for each cluster: that of its key, or a tuple of those of several."""
    if len(parts) == 1:
        return parts[0]
    labels = np.empty(len(parts[0]), dtype=object)
    labels[:] = list(zip(*map(_objects, parts), strict=True))
    return labels


def _objects(part: Any) -> Any:
    """Labels as Python objects. NumPy makes plain integers of dates finer than Python's."""
    if isinstance(part.dtype, np.dtype) and part.dtype.kind == "M":
        coarse = np.asarray(part).astype("M8[us]")
        finer = np.datetime_data(part.dtype)[0] in ("ns", "ps", "fs", "as")
        if finer and np.array_equal(coarse.astype(part.dtype), part):
            return coarse.tolist()
    return part.tolist()


def pandas_index(parts: list[Any], names: list[Any]) -> Any:
    """The labels as an index, or a MultiIndex of several keys."""
    pandas = sys.modules["pandas"]
    if len(parts) == 1:
        return pandas.Index(parts[0], name=names[0])
    return pandas.MultiIndex.from_arrays(parts, names=names)


def codes_of(codes: Any) -> NDArray[Any]:
    """Codes as an array of integers; a masked or NA one is in no cluster."""
    if isinstance(codes, np.ma.MaskedArray):
        missing, codes = np.ma.getmaskarray(codes), codes.filled(0)
    elif hasattr(getattr(codes, "dtype", None), "na_value"):
        series = sys.modules["pandas"].Series(codes)
        missing = series.isna().to_numpy(dtype=bool)
        codes = series.to_numpy(dtype=np.int64, na_value=0) if series.dtype.kind in "iu" else codes
    else:
        missing = None
    array = np.asarray(codes)
    if array.dtype.kind not in "iu" and array.size:
        raise TypeError(f"codes: expected integers, got {array.dtype}")
    if array.ndim != 1:
        raise ValueError(f"codes: expected one dimension, got shape {array.shape}")
    if array.dtype == np.uint64 and array.size and array.max() > np.iinfo(np.int64).max:
        raise ValueError(f"codes: {array.max()} does not fit int64")
    narrow = array.dtype.itemsize < 4 or array.dtype == np.int32
    array = np.ascontiguousarray(array, np.int32 if narrow else np.int64)
    return array if missing is None else np.where(missing, array.dtype.type(-1), array)
