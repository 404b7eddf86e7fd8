"""Results of clusters as the kind of object that the values are: pandas, polars, xarray or arrays.

No library is imported here: an object is recognized by its class.
"""

import sys
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from .containers import is_frame, is_of, is_series, with_nulls
from .numeric import check_coordinates, is_nullable, masked
from .table_cells import are_tuples

__all__ = [
    "check_axis",
    "columns_of",
    "dressed",
    "figures_of",
    "has_nulls",
    "is_table",
    "of_all",
    "side_by_side",
    "stacked",
    "with_missing",
]


def is_table(values: Any) -> bool:
    """Whether it is a frame of pandas or polars, whose columns have a type each."""
    return is_frame(values) or is_of("polars", "DataFrame", values)


def figures_of(values: Any, weights: Any, *others: Any) -> Any:
    """The array of an xarray object, if what stands beside it fits; anything else as it is."""
    if not is_of("xarray", "DataArray", values):
        return values
    check_coordinates(values, weights, "weights")
    for other in others:
        check_coordinates(values, other, "other")
    return values.data


def has_nulls(values: Any) -> bool:
    """Whether it is a column of a type with a missing value other than NaN."""
    return is_of("polars", "Series", values) or (is_series(values) and is_nullable(values.dtype))


def check_axis(values: Any, axis: int) -> None:
    """Refuse the rows of a polars frame as columns."""
    if is_of("polars", "DataFrame", values) and normalize_axis_index(axis, 2) == 1:
        raise ValueError(
            "axis: expected 0 for a polars frame, whose rows are not of one type; use to_numpy()"
        )


def columns_of(values: Any, axis: int) -> list[Any]:
    """The columns of a frame whose rows are not of one type that has no NA; else none."""
    if is_of("polars", "DataFrame", values):
        check_axis(values, axis)
        columns: list[Any] = values.get_columns()
        return columns
    if not is_frame(values) or normalize_axis_index(axis, 2) != 0:
        return []
    several = len(set(values.dtypes)) > 1 or any(map(is_nullable, values.dtypes))
    return [values.iloc[:, k] for k in range(values.shape[1])] if several else []


def side_by_side(columns: list[Any], frame: Any) -> Any:
    """Results of single columns as a frame like the one they are of."""
    if is_of("polars", "DataFrame", frame):
        return sys.modules["polars"].DataFrame(columns)
    made = sys.modules["pandas"].concat(columns, axis=1)
    made.columns = frame.columns
    made.attrs = dict(frame.attrs)
    return made


def with_missing(result: NDArray[Any], gone: NDArray[np.bool_], values: Any) -> Any:
    """Results of a column that has nulls, with those that are missing as such; several side by side."""
    if is_of("polars", "Series", values):
        if result.ndim == 1:
            return with_nulls(values.name, result, gone)
        columns = [with_nulls(str(k), result[:, k], gone[:, k]) for k in range(result.shape[1])]
        return sys.modules["polars"].DataFrame(columns)
    if result.ndim == 1:
        return masked(result, gone, values.dtype)
    made = {k: masked(result[:, k].copy(), gone[:, k].copy(), values.dtype) for k in range(result.shape[1])}
    return sys.modules["pandas"].DataFrame(made)


def dressed(result: Any, values: Any, axis: int, clusters: Any) -> Any:
    """A result with the clusters along `axis` as the kind of object that the values are.

    What no library holds is a Series or frame by label if the labels came from pandas.
    """
    if is_of("polars", "Series", values) or is_of("polars", "DataFrame", values):
        return _polars(result, values)
    if is_of("xarray", "DataArray", values):
        return _data_array(result, values, axis, clusters)
    frame, index = is_frame(values), clusters._index
    if (index is None and not is_series(values) and not frame) or result.ndim > 2:
        return result
    if axis and not frame:
        return result
    pandas = sys.modules["pandas"]
    index = index if index is not None else pandas.Index(clusters.labels)
    if axis:
        made = pandas.DataFrame(result, index=values.index, columns=index)
    elif is_frame(result):
        made = result.set_axis(index)
    elif result.ndim == 2:
        made = pandas.DataFrame(result, index=index, columns=values.columns if frame else None)
    else:
        made = pandas.Series(result, index=index, name=getattr(values, "name", None))
    made.attrs = dict(getattr(values, "attrs", {}))
    return made


def _polars(result: Any, values: Any) -> Any:
    """A column, or columns by number of a result with several figures for each cluster."""
    polars = sys.modules["polars"]
    if not isinstance(result, np.ndarray):
        return result
    if result.ndim == 1:
        return polars.Series(values.name, result)
    return polars.DataFrame([polars.Series(str(k), result[:, k]) for k in range(result.shape[1])])


def _data_array(result: NDArray[Any], values: Any, axis: int, clusters: Any) -> Any:
    """The dimension of the rows gives way to one of clusters; what does not run along it stays."""
    dims, kept = _besides(values, axis)
    new = ["cluster", "rank"] if result.ndim > values.ndim else ["cluster"]
    for name in new:
        _check_free(name, {*dims, *kept})
    dims.insert(axis, "cluster")
    dims += new[1:]
    made = sys.modules["xarray"].DataArray(
        result, coords=kept, dims=dims, name=values.name, attrs=values.attrs
    )
    coords = {"rank": np.arange(1, result.shape[-1] + 1)} if len(new) > 1 else {}
    return made.assign_coords(_labels(clusters, {*dims, *kept})).assign_coords(coords)


def _besides(values: Any, axis: int) -> tuple[list[Any], Any]:
    """The dimensions of a DataArray but that of the rows, and the coordinates that do not run along it."""
    rows = values.dims[axis]
    kept = values.coords.to_dataset().drop_dims(rows, errors="ignore").coords
    return [dim for dim in values.dims if dim != rows], kept


def of_all(total: NDArray[Any], gone: NDArray[np.bool_], values: Any, axis: int) -> Any:
    """A result of all clusters together: of a frame one for each column, of an array one for each place."""
    if is_frame(values):
        labels = values.index if axis else values.columns
        return sys.modules["pandas"].Series(total, index=labels)
    if is_of("polars", "DataFrame", values):
        cells = [with_nulls(c, total[k : k + 1], gone[k : k + 1]) for k, c in enumerate(values.columns)]
        return sys.modules["polars"].DataFrame(cells)
    if is_of("xarray", "DataArray", values):
        dims, kept = _besides(values, axis)
        return sys.modules["xarray"].DataArray(
            total, coords=kept, dims=dims, name=values.name, attrs=values.attrs
        )
    return total[()]


def _check_free(name: str, taken: Any) -> None:
    """Refuse a name of a dimension that is to be new and is there."""
    if name in taken:
        raise ValueError(
            f"values: the result has a dimension {name!r} of its own; rename that of the values, "
            f"e.g. values.rename({name}='other')"
        )


def _labels(clusters: Any, taken: set[Any]) -> Any:
    """The labels as the coordinate of a dimension, an index of several levels if they are of several keys."""
    labels = clusters.labels
    index = clusters._index if clusters._index is not None else labels
    pandas, xarray = sys.modules["pandas"], sys.modules["xarray"]
    if clusters._index is None and are_tuples(labels):
        index = pandas.MultiIndex.from_tuples(list(labels))
    if not isinstance(index, pandas.MultiIndex):
        return {"cluster": ("cluster", index)}
    names = list(index.names)
    own = [None if name in taken or names.count(name) > 1 else name for name in names]
    return xarray.Coordinates.from_pandas_multiindex(index.set_names(own), "cluster")


def stacked(results: list[Any], fractions: NDArray[np.float64], values: Any) -> Any:
    """Results of several quantiles as one: they lead, and in polars they are columns."""
    if is_of("xarray", "DataArray", values):
        first = results[0]
        _check_free("quantile", {*first.dims, *first.coords})
        made = sys.modules["xarray"].DataArray(
            np.stack([x.to_numpy() for x in results]),
            coords=first.coords,
            dims=("quantile", *first.dims),
            name=first.name,
            attrs=first.attrs,
        )
        return made[: fractions.size].assign_coords(quantile=fractions)
    if is_of("polars", "Series", values) or is_of("polars", "DataFrame", values):
        return _quantile_columns(results, fractions.tolist())
    if fractions.size and all(map(is_series, results)):
        frame = sys.modules["pandas"].concat(results, axis=1, keys=fractions.tolist()).T
        frame.attrs = dict(results[0].attrs)
        return frame
    return np.stack([_plain(x) for x in results])[: fractions.size]


def _quantile_columns(results: list[Any], fractions: list[float]) -> Any:
    """A column for each quantile of each column; no two columns of a frame have one name."""
    if len(set(fractions)) < len(fractions):
        raise ValueError(f"q: expected each one once for polars columns, got {fractions}")
    polars = sys.modules["polars"]
    if isinstance(results[0], polars.Series):
        return polars.DataFrame([x.alias(str(q)) for q, x in zip(fractions, results, strict=False)])
    return polars.DataFrame(
        [
            x[name].alias(f"{name}_{q}")
            for name in results[0].columns
            for q, x in zip(fractions, results, strict=False)
        ]
    )


def _plain(result: Any) -> NDArray[Any]:
    """An array of a frame's results, or the array that it is."""
    if isinstance(result, np.ndarray):
        return result
    return np.asarray(result.to_numpy(dtype=np.float64, na_value=np.nan))
