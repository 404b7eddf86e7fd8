"""The keys of clusters: several into one, and the index that their labels make."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .containers import is_of, is_series
from .encodings import is_pandas, of_polars
from .labels import factorize, label_array, number

__all__ = [
    "Part",
    "codes_of",
    "combine",
    "common_rows",
    "index_of",
    "items_of",
    "joint_labels",
    "labels_of",
    "number_keys",
    "pandas_index",
    "separate",
]


class Part(NamedTuple):
    """The different labels of one key, and for each cluster which of them it has; None: one each."""

    distinct: Any
    places: Any = None

    @property
    def labels(self) -> Any:
        """The label of each cluster."""
        return self.distinct if self.places is None else self.distinct[self.places]


def labels_of(labels: Any, n: int | None = None) -> Any:
    """The label of each of `n` clusters: an array, or an index of pandas' labels; None stays."""
    if labels is None:
        return None
    if isinstance(labels, (str, bytes)) or not hasattr(labels, "__len__"):
        raise TypeError(f"labels: expected an array with one for each cluster, got {labels!r:.80}")
    if is_pandas(labels):
        known = index_of(labels)
    else:
        known = labels if isinstance(labels, np.ma.MaskedArray) else label_array(labels)
    if n is not None and len(known) != n:
        raise ValueError(f"labels: expected one for each of {n} clusters, got {len(known)}")
    return known


def separate(keys: Iterable[Any]) -> tuple[Any, ...]:
    """Keys, with the levels of a MultiIndex of pandas as keys of their own."""
    separated: list[Any] = []
    for key in keys:
        several = is_of("pandas", "MultiIndex", key)
        separated += [key.get_level_values(k) for k in range(key.nlevels)] if several else [key]
    return tuple(separated)


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


def combine(keys: list[tuple[NDArray[np.int32], Any]], order: str) -> tuple[NDArray[np.int32], list[Part]]:
    """Codes of the combinations that occur, and the labels of each in every key."""
    codes = keys[0][0]
    found = [np.arange(len(keys[0][1]))]
    for other, uniques in keys[1:]:
        size = max(len(uniques), 1)
        joint = codes.astype(np.int64) * size + other
        joint[(codes < 0) | (other < 0)] = -1
        # Combinations so far times this key's labels: both fit int32, the product int64.
        codes, first = number(joint, -1, order)
        distinct = joint[first]
        found = [part[distinct // size] for part in found] + [distinct % size]
    return codes, [Part(uniques, places) for places, (_, uniques) in zip(found, keys, strict=True)]


def number_keys(keys: tuple[Any, ...], order: str) -> tuple[NDArray[np.int32], list[Part], Any]:
    """Codes of rows by one or several keys, what they stand for in each, and the index of the rows."""
    names = ["labels"] if len(keys) == 1 else [f"labels[{k}]" for k in range(len(keys))]
    rows = common_rows(dict(zip(names, keys, strict=True)))
    numbered = [factorize(x, order=order, name=name) for name, x in zip(names, keys, strict=True)]
    lengths = [len(codes) for codes, _ in numbered]
    if len(set(lengths)) > 1:
        raise ValueError(f"labels: keys of different lengths, {', '.join(map(str, lengths))}")
    if len(numbered) == 1:
        return numbered[0][0], [Part(numbered[0][1])], rows
    codes, parts = combine(numbered, order)
    return codes, parts, rows


def joint_labels(parts: Sequence[Any]) -> Any:
    """A label for each cluster: that of its key, or a tuple of those of several."""
    if len(parts) == 1:
        return parts[0]
    return np.fromiter(zip(*map(items_of, parts), strict=True), dtype=object, count=len(parts[0]))


def items_of(part: Any) -> list[Any]:
    """Labels as Python objects; dates and spans that no such object holds stay NumPy's.

    NumPy itself makes plain integers of those, and of all in units finer than a microsecond.
    """
    kind = getattr(part.dtype, "kind", "")
    if kind not in "mM" or not isinstance(part.dtype, np.dtype):
        return list(part.tolist())
    array = np.asarray(part)
    if np.datetime_data(array.dtype)[0] in ("ns", "ps", "fs", "as"):
        coarse = array.astype(f"{kind}8[us]")
        array = coarse if np.array_equal(coarse.astype(array.dtype), array) else array
    items = array.tolist()
    return list(np.asarray(part)) if int in set(map(type, items)) else items


def pandas_index(parts: list[Part], names: list[Any]) -> Any:
    """The labels as an index; of several keys a MultiIndex, whose levels keep the order of each key."""
    pandas = sys.modules["pandas"]
    if len(parts) == 1:
        return pandas.Index(parts[0].labels, name=names[0])
    # What does not occur is left out: pandas, in leaving it out, would lose the order.
    levels, codes = [], []
    for part in parts:
        occurs = np.zeros(len(part.distinct), np.bool_)
        occurs[part.places] = True
        levels.append(pandas.Index(part.distinct[occurs], tupleize_cols=False))
        codes.append((np.cumsum(occurs) - 1)[part.places])
    return pandas.MultiIndex(levels=levels, codes=codes, names=names)


def index_of(labels: Any) -> Any:
    """The index that pandas' labels make; None for other labels."""
    if labels is None or not is_pandas(labels):
        return None
    if isinstance(labels, sys.modules["pandas"].Index):
        return labels
    return pandas_index([Part(labels)], [getattr(labels, "name", None)])


def codes_of(codes: Any) -> NDArray[Any]:
    """Codes as an array of integers; a masked or NA one is in no cluster."""
    missing = None
    if type(codes) is np.ndarray:
        pass  # nothing of the below, which takes a small call most of its time
    elif isinstance(codes, np.ma.MaskedArray):
        missing, codes = np.ma.getmaskarray(codes), codes.filled(0)
    elif hasattr(getattr(codes, "dtype", None), "na_value"):
        series = sys.modules["pandas"].Series(codes)
        missing = series.isna().to_numpy(dtype=bool)
        whole = {"i": np.int64, "u": np.uint64}.get(series.dtype.kind)
        codes = codes if whole is None else series.to_numpy(dtype=whole, na_value=0)
    elif is_of("polars", "Series", codes):
        missing = codes.is_null().to_numpy()
        codes = of_polars(codes.fill_null(0) if missing.any() else codes)
    elif is_of("pyarrow", "Array", codes) or is_of("pyarrow", "ChunkedArray", codes):
        missing = np.asarray(codes.is_null())
        codes = codes.fill_null(0) if missing.any() else codes
    try:
        array = np.asarray(codes)
    except ValueError as error:
        raise ValueError("codes: expected one dimension, got nested sequences of several lengths") from error
    if array.dtype.kind not in "iu" and array.size:
        raise TypeError(f"codes: expected integers, got {array.dtype}")
    if array.ndim != 1:
        raise ValueError(f"codes: expected one dimension, got shape {array.shape}")
    if array.dtype == np.uint64 and array.size and array.max() > np.iinfo(np.int64).max:
        row = int(np.argmax(array > np.iinfo(np.int64).max))
        raise ValueError(f"codes: {array[row]} at row {row} does not fit int64")
    kind = np.dtype(np.int32 if array.dtype.itemsize < 4 or array.dtype == np.int32 else np.int64)
    if array.dtype == np.uint64 and array.dtype.isnative and array.flags.c_contiguous and array.flags.aligned:
        array = array.view(np.int64)
    if array.dtype != kind or not (array.flags.c_contiguous and array.flags.aligned):
        array = np.require(array, kind, ["C", "A"])
    return array if missing is None else np.where(missing, array.dtype.type(-1), array)
