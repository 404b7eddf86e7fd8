"""Numbers out of containers for measures along an axis, and results back into them.

What goes in comes out: pandas, polars and xarray objects keep their labels, names and
missing values. No container library is imported here.
"""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .containers import from_objects, is_frame, is_of, is_series, polars_column, with_nulls

__all__ = [
    "Figures",
    "along_axis",
    "axis_of",
    "check_indexes",
    "data_array",
    "figures",
    "in_container",
    "refuse_lazy",
    "take_polars",
    "take_rows",
    "with_nan",
]

KEPT = frozenset(map(np.dtype, (np.float32, np.float64, np.int64, np.uint64)))


class Figures(NamedTuple):
    """Values ready for the core: float32, float64, int64 or uint64, native and aligned.

    A missing integer has a stand-in in `data` and is named by `missing`; missing floats
    are NaN. `nullable` asks for NA in the result. `column` is the number of a column that
    is taken apart from the others of its frame.
    """

    data: NDArray[Any]
    missing: NDArray[np.bool_] | None = None
    nullable: bool = False
    column: int | None = None


def figures(values: Any, name: str = "values") -> Figures:
    """The numbers in an array-like or in a pandas object of one type."""
    if type(values) is np.ndarray:
        return Figures(_numbers(values, name))
    if isinstance(values, np.ma.MaskedArray):
        return _masked(_numbers(values.data, name), np.ma.getmaskarray(values), nullable=False)
    refuse_lazy(values, name)
    if is_of("polars", "Series", values):
        return _masked(*polars_column(values, name), nullable=True)
    dtype = getattr(values, "dtype", None)
    if is_series(values) and not isinstance(dtype, np.dtype):
        return _from_extension(values, name)
    if is_frame(values) and not all(isinstance(d, np.dtype) for d in values.dtypes):
        kinds = {(getattr(d, "kind", "O"), getattr(d, "itemsize", 0)) for d in values.dtypes}
        if kinds in ({("i", 8)}, {("u", 8)}):
            return _nullable_whole(values, next(iter(values.dtypes)).kind)
        return _of_several_types(values, name)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name}: rows differ in length ({error})") from error
    return Figures(_numbers(array, name))


def _of_several_types(frame: Any, name: str) -> Figures:
    """A pandas frame as floats, each column read as it would be alone: pandas makes numbers of text."""
    columns = [
        with_nan(figures(frame.iloc[:, c], f"{name}, column {label!r}"))
        for c, label in enumerate(frame.columns)
    ]
    data = np.empty(frame.shape, np.result_type(np.float32, *(x.dtype for x in columns)))
    for c, column in enumerate(columns):
        data[:, c] = column
    return Figures(data, nullable=True)


def refuse_lazy(values: Any, name: str) -> None:
    """Never compute what is to be computed later; a Dataset has no one array."""
    if is_of("polars", "LazyFrame", values):
        raise TypeError(f"{name}: expected values in memory, got a LazyFrame; collect it first")
    if is_of("xarray", "Dataset", values):
        raise TypeError(f"{name}: expected a DataArray, got a Dataset; use its map method")
    if hasattr(values, "__dask_graph__") and getattr(values, "chunks", None) is not None:
        raise TypeError(
            f"{name}: expected values in memory, got a lazy {type(values).__name__}; map it by blocks"
        )


def _numbers(array: NDArray[Any], name: str) -> NDArray[Any]:
    """float32, float64 and 64-bit integers as they are; other real numbers in the type that holds them."""
    if array.dtype in KEPT and array.dtype.isnative:
        return array if array.flags.aligned else array.copy()
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "O":
        return from_objects(array, name)
    if kind not in "biuf":
        raise TypeError(f"{name}: expected numbers, got {array.dtype}")
    if kind == "f":
        return array.astype(np.float32 if size <= 4 else np.float64)
    return array.astype(array.dtype.newbyteorder("=") if size == 8 else np.float64)


def _masked(data: NDArray[Any], missing: NDArray[np.bool_], *, nullable: bool) -> Figures:
    if data.dtype.kind == "f":
        return Figures(np.where(missing, data.dtype.type(np.nan), data), None, nullable)
    if not missing.any():
        return Figures(data, None, nullable)
    return Figures(np.where(missing, data.dtype.type(1), data), missing, nullable)


def _from_extension(values: Any, name: str) -> Figures:
    """pandas' nullable and Arrow columns: 64-bit integers stay integers."""
    dtype = values.dtype
    kind = getattr(dtype, "kind", "O")
    if kind not in "biuf" or getattr(dtype, "categories", None) is not None:
        raise TypeError(f"{name}: expected numbers, got {dtype}")
    size = getattr(dtype, "itemsize", 8)
    if kind == "f":
        plain = np.float32 if size <= 4 else np.float64
        return Figures(values.to_numpy(dtype=plain, na_value=np.nan), None, True)
    if kind == "b" or size < 8:
        return Figures(values.to_numpy(dtype=np.float64, na_value=np.nan), None, True)
    return _nullable_whole(values, kind)


def _nullable_whole(values: Any, kind: str) -> Figures:
    """A column, or a frame of such columns, of 64-bit integers that can be missing."""
    whole = np.dtype(f"{kind}8")
    numbers = values.to_numpy(dtype=whole, na_value=whole.type(1))
    return _masked(numbers, np.asarray(values.isna()), nullable=True)


def with_nan(numbers: Figures) -> NDArray[Any]:
    """The figures with NaN for every missing one."""
    if numbers.missing is None:
        return numbers.data
    return np.where(numbers.missing, np.nan, numbers.data.astype(np.float64))


def check_indexes(values: Any, axis: int = 0, **columns: Any) -> None:
    """Labels of rows that differ are an error: labeled objects do not belong together by position."""
    if is_of("xarray", "DataArray", values):
        _check_coordinates(values, axis, columns)
    if not (is_series(values) or is_frame(values)):
        return
    want, what = (
        (values.columns, "columns") if is_frame(values) and axis in (1, -1) else (values.index, "index")
    )
    for name, column in columns.items():
        if is_series(column) and not column.index.equals(want):
            raise ValueError(
                f"{name}: its index differs from the {what} of values; align them first, "
                f"e.g. {name} = {name}.reindex(values.{what})"
            )


def _check_coordinates(values: Any, axis: Any, columns: dict[str, Any]) -> None:
    """The same between DataArrays that share the dimension along `axis` and have coordinates for it."""
    dim = values.dims[axis_of(axis, values.ndim)]
    want = values.indexes.get(dim)
    for name, column in columns.items():
        have = column.indexes.get(dim) if is_of("xarray", "DataArray", column) else None
        if want is not None and have is not None and not have.equals(want):
            raise ValueError(
                f"{name}: its coordinates of {dim!r} differ from those of values; align them first, "
                f"e.g. {name} = {name}.reindex_like(values)"
            )


#: Computes (results with a leading axis of lags, cells that are NA or None) from figures.
AlongAxis = Callable[[Figures, int], tuple[NDArray[Any], NDArray[np.bool_] | None]]


def along_axis(
    compute: AlongAxis,
    values: Any,
    axis: Any,
    lags: tuple[int, ...],
    single: bool,
    name: str = "values",
) -> Any:
    """Run `compute` on the numbers in `values` and give the result its container back."""
    if is_frame(values):
        return _frame(compute, values, axis, lags, single, name)
    if is_of("polars", "DataFrame", values):
        return _polars_frame(compute, values, axis, lags, single, name)
    numbers = figures(values, name)
    where = axis_of(axis, numbers.data.ndim, name)
    return in_container(*compute(numbers, where), values, lags, single)


def in_container(
    result: NDArray[Any], gone: NDArray[np.bool_] | None, like: Any, lags: tuple[int, ...], single: bool
) -> Any:
    """Results with a leading axis of lags in the container of `like`; cells that are `gone` are NA."""
    if is_series(like):
        return _series(result, gone, like, lags, single)
    if is_frame(like):
        return _whole_frame(result, gone, like, lags, single)
    if is_of("polars", "DataFrame", like):
        columns = []
        for c, name in enumerate(like.columns):
            names = [name] if single else _lag_names(f"{name}_", lags)
            columns += _polars_columns(result[..., c], None if gone is None else gone[..., c], names)
        return sys.modules["polars"].DataFrame(columns)
    if is_of("polars", "Series", like):
        columns = _polars_columns(result, gone, _lag_names("", lags))
        return columns[0].alias(like.name) if single else sys.modules["polars"].DataFrame(columns)
    if is_of("xarray", "DataArray", like):
        return data_array(result, like, lags, single)
    return result[0] if single else result


def data_array(result: Any, like: Any, lags: tuple[int, ...], single: bool) -> Any:
    """A DataArray for each lag, along a new dimension if there are several."""
    if not single and "lag" in like.dims:
        raise ValueError("lag: several need a dimension 'lag', and the figures have one; rename theirs")
    made = [like.copy(data=row) for row in result]
    index = sys.modules["pandas"].Index(lags, name="lag")
    return made[0] if single else sys.modules["xarray"].concat(made, dim=index)


def axis_of(axis: Any, ndim: int, name: str = "values") -> int:
    """The axis counted from 0; an error if there is none."""
    if ndim == 0:
        raise ValueError(f"{name}: expected at least one dimension, got a single value")
    if type(axis) is int and 0 <= axis < ndim:
        return axis
    try:
        where = axis.__index__()
    except AttributeError as error:
        raise TypeError(f"axis: expected an integer, got {axis!r}") from error
    if not -ndim <= where < ndim:
        raise np.exceptions.AxisError(where, ndim, "axis")
    return int(where % ndim)


def _lag_names(stem: str, lags: tuple[int, ...]) -> list[str]:
    """Names of polars columns, a lag each; no two columns of a frame have one name."""
    if len(set(lags)) < len(lags):
        raise ValueError(f"lag: expected each one once for polars columns, got {list(lags)}")
    return [f"{stem}{lag}" for lag in lags]


def _polars_columns(result: NDArray[Any], gone: NDArray[np.bool_] | None, names: list[str]) -> list[Any]:
    """Columns in which cells that are not available are null."""
    return [
        with_nulls(name, row, None if gone is None else gone[k])
        for k, (name, row) in enumerate(zip(names, result, strict=True))
    ]


def _polars_frame(
    compute: AlongAxis, values: Any, axis: Any, lags: tuple[int, ...], single: bool, name: str
) -> Any:
    """Column by column; several lags are columns name_lag, for polars' names are text."""
    if axis_of(axis, 2) == 1:
        raise ValueError(
            "axis: expected 0 for a polars frame, whose rows are not of one type; use to_numpy()"
        )
    columns = []
    for c, column in enumerate(values.get_columns()):
        numbers = figures(column, f"{name}, column {column.name!r}")
        result, gone = compute(numbers._replace(column=c), 0)
        names = [column.name] if single else _lag_names(f"{column.name}_", lags)
        columns += _polars_columns(result, gone, names)
    return sys.modules["polars"].DataFrame(columns)


def _column(pandas: Any, result: NDArray[Any], gone: NDArray[np.bool_] | None) -> Any:
    """A column of a frame: nullable where cells can be NA."""
    if gone is None:
        return result
    return pandas.arrays.FloatingArray(np.ascontiguousarray(result), np.ascontiguousarray(gone))


def _series(
    result: NDArray[Any], gone: NDArray[np.bool_] | None, like: Any, lags: tuple[int, ...], single: bool
) -> Any:
    pandas = sys.modules["pandas"]
    columns = _columns(result, gone)
    if single:
        made = pandas.Series(columns[0], index=like.index, name=like.name, copy=False)
    else:
        made = pandas.DataFrame(dict(enumerate(columns)), index=like.index)
        made.columns = pandas.Index(lags, name="lag")
    return made.__finalize__(like) if single else _with_attrs(made, like)


def _with_attrs(made: Any, like: Any) -> Any:
    made.attrs = dict(like.attrs)
    return made


def _frame(compute: AlongAxis, values: Any, axis: Any, lags: tuple[int, ...], single: bool, name: str) -> Any:
    """A frame of one plain type at once; mixed and nullable ones column by column."""
    where = axis_of(axis, 2)
    types = set(values.dtypes)
    if where == 1 or (len(types) <= 1 and all(isinstance(d, np.dtype) for d in types)):
        return _whole_frame(*compute(figures(values, name), where), values, lags, single)
    cells = []
    for c in range(values.shape[1]):
        numbers = figures(values.iloc[:, c], f"{name}, column {values.columns[c]!r}")
        result, gone = compute(numbers._replace(column=c), 0)
        cells += _columns(result, gone)
    return _framed(cells, values, lags, single)


def _whole_frame(
    result: NDArray[Any], gone: NDArray[np.bool_] | None, like: Any, lags: tuple[int, ...], single: bool
) -> Any:
    if single and gone is None:
        pandas = sys.modules["pandas"]
        made = pandas.DataFrame(result[0], index=like.index, columns=like.columns, copy=False)
        return made.__finalize__(like)
    cells = []
    for c in range(like.shape[1]):
        cells += _columns(result[..., c], None if gone is None else gone[..., c])
    return _framed(cells, like, lags, single)


def _columns(result: NDArray[Any], gone: NDArray[np.bool_] | None) -> list[Any]:
    """The columns of a frame that come of one, a lag each."""
    pandas = sys.modules["pandas"]
    return [_column(pandas, row, None if gone is None else gone[k]) for k, row in enumerate(result)]


def _framed(cells: list[Any], like: Any, lags: tuple[int, ...], single: bool) -> Any:
    pandas = sys.modules["pandas"]
    made = pandas.DataFrame(dict(enumerate(cells)), index=like.index)
    made.columns = like.columns if single else _by_lag(pandas, like.columns, lags)
    return _with_attrs(made, like)


def _by_lag(pandas: Any, columns: Any, lags: tuple[int, ...]) -> Any:
    labels = [(*c, lag) if isinstance(c, tuple) else (c, lag) for c in columns for lag in lags]
    return pandas.MultiIndex.from_tuples(labels, names=[*columns.names, "lag"])


def take_polars(
    values: Any, rows: NDArray[np.int64], axis: int, fill: Any, lags: tuple[int, ...], single: bool
) -> Any:
    """Cells of a polars column or frame by row number, null (or `fill`) for -1."""
    polars = sys.modules["polars"]
    if axis == 1:
        raise ValueError("axis: expected 0 for a polars frame, whose rows are not of one type")
    frame = is_of("polars", "DataFrame", values)
    nothing = isinstance(fill, float) and np.isnan(fill)
    cells = []
    for column in values.get_columns() if frame else [values]:
        names = [column.name] if single else _lag_names(f"{column.name}_" if frame else "", lags)
        for row, name in zip(rows, names, strict=True):
            absent = row < 0
            taken = column.gather(with_nulls("", row, absent)).alias(name)
            if not nothing:
                taken = polars.select(
                    polars.when(polars.Series(absent)).then(polars.lit(fill)).otherwise(taken).alias(name)
                ).to_series()
            cells.append(taken)
    return cells[0] if single and not frame else polars.DataFrame(cells)


def take_rows(
    values: Any, rows: NDArray[np.int64], axis: int, fill: Any, lags: tuple[int, ...], single: bool
) -> Any:
    """Cells of a pandas object by row number, `fill` for -1; a row of `rows` per lag."""
    pandas = sys.modules["pandas"]
    if is_frame(values) and axis == 1:
        return take_rows(values.T, rows, 0, fill, lags, single).T
    nothing = isinstance(fill, float) and np.isnan(fill)
    columns = [values.iloc[:, c] for c in range(values.shape[1])] if is_frame(values) else [values]
    cells = []
    for column in columns:
        extension = not isinstance(column.dtype, np.dtype)
        source = column.array if extension or column.dtype.kind in "mM" else column.to_numpy()
        if not extension and column.dtype.kind not in "mM":
            source = source.astype(np.result_type(source.dtype, fill), copy=False)
        missing = None if nothing and not isinstance(source, np.ndarray) else fill
        cells += [pandas.api.extensions.take(source, r, allow_fill=True, fill_value=missing) for r in rows]
    if single and is_series(values):
        return pandas.Series(cells[0], index=values.index, name=values.name).__finalize__(values)
    made = pandas.DataFrame(dict(enumerate(cells)), index=values.index)
    if is_series(values):
        made.columns = pandas.Index(lags, name="lag")
    else:
        made.columns = values.columns if single else _by_lag(pandas, values.columns, lags)
    return _with_attrs(made, values)
