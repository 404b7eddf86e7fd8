"""What goes in comes out: arrays, pandas objects and everything that speaks ufunc.

No container library is imported here: an object is recognised by the module of its
type, and its own library is asked to do the rest.
"""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Figures",
    "along_axis",
    "arrays",
    "axis_of",
    "check_indexes",
    "elementwise",
    "figures",
    "is_frame",
    "is_series",
    "take_rows",
]

KEPT = frozenset(map(np.dtype, (np.float32, np.float64, np.int64, np.uint64)))


def is_series(value: Any) -> bool:
    """Whether `value` is a pandas Series."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.Series)


def is_frame(value: Any) -> bool:
    """Whether `value` is a pandas DataFrame."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def _widen(name: str, value: Any) -> Any:
    """Bool and small integers as float64, which NumPy would send to a float32 loop."""
    if isinstance(value, (list, tuple)):
        try:
            value = np.asarray(value)
        except ValueError as error:
            raise ValueError(f"{name}: rows of different lengths: {value!r:.80}") from error
    dtype = getattr(value, "dtype", None)
    if dtype is not None and getattr(dtype, "kind", "") in tuple("biu") and dtype.itemsize <= 2:
        return value.astype("Float64" if hasattr(dtype, "na_value") else np.float64)
    return value


def _typed(number: Any) -> Any:
    """A Python number with NumPy's type for it; integers beyond 64 bits as float64."""
    array = np.asarray(number)
    return np.float64(number) if array.dtype.kind == "O" else array


def _is_long(value: Any) -> bool:
    """Whether it is a Python integer that int64 does not hold."""
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def _aligned(operands: dict[str, Any]) -> list[Any]:
    """The operands, pandas ones checked: it would align indexes without a word."""
    labelled = {name: x for name, x in operands.items() if is_series(x) or is_frame(x)}
    if len(labelled) < 2:
        return list(operands.values())
    frames = {name: x for name, x in labelled.items() if is_frame(x)}
    first_name, first = next(iter((frames or labelled).items()))
    arguments = []
    for name, x in operands.items():
        if name in labelled and x is not first:
            across = is_series(x) and is_frame(first)
            for axis, have, want in (
                [("columns", x.index, first.columns)]
                if across
                else [("index", x.index, first.index)]
                + ([("columns", x.columns, first.columns)] if is_frame(x) else [])
            ):
                if not have.equals(want):
                    raise ValueError(
                        f"{name}: its index differs from the {axis} of {first_name}; "
                        f"align them first, e.g. {name} = {name}.reindex({first_name}.{axis})"
                    )
            if across:
                x = x.to_numpy()
        arguments.append(x)
    return arguments


def arrays(**operands: Any) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    """The operands as float64 arrays, missing as NaN; indexes of pandas objects must agree."""
    found = []
    for (name, given), x in zip(operands.items(), _aligned(operands), strict=True):
        try:
            if hasattr(getattr(x, "dtype", None), "na_value"):
                x = x.to_numpy(dtype=np.float64, na_value=np.nan)
            array = np.ma.filled(np.ma.asarray(x, dtype=np.float64), np.nan)
            if np.asarray(x).dtype.kind not in "biufO":
                raise TypeError(np.asarray(x).dtype)
        except (TypeError, ValueError) as error:
            raise TypeError(f"{name}: expected numbers, got {given!r:.80}") from error
        found.append(array)
    return found


def elementwise(ufunc: np.ufunc, out: Any, where: Any, /, *codes: Any, **operands: Any) -> Any:
    """Call `ufunc` on named operands, then codes; errors name the argument that caused them."""
    given = operands | ({"where": where} if is_series(where) or is_frame(where) else {})
    aligned = _aligned(given)[: len(operands)]
    if any(is_frame(x) and not _is_plain(x) for x in aligned) and out is None:
        return _by_columns(ufunc, where, codes, dict(zip(operands, aligned, strict=True)))
    arguments = [_widen(name, x) for name, x in zip(operands, aligned, strict=True)]
    # Python's numbers alone have no type: beside int8 codes they would pass for float32.
    alone = all(isinstance(x, (int, float)) for x in arguments)
    arguments = [_typed(x) if alone or _is_long(x) else x for x in arguments]
    arguments += codes
    try:
        if where is True:
            return ufunc(*arguments) if out is None else ufunc(*arguments, out=out)
        if any(is_series(x) or is_frame(x) or isinstance(x, np.ma.MaskedArray) for x in arguments):
            return _in_cells(ufunc(*arguments), out, np.asarray(where, dtype=bool))
        if out is None:
            shape = np.broadcast_shapes(*(np.shape(x) for x in arguments), np.shape(where))
            out = np.full(shape, np.nan, _result_type(ufunc, arguments))
        return ufunc(*arguments, where=where, out=out)
    except TypeError as error:
        for name, x in operands.items():
            dtype = np.asarray(x).dtype
            if dtype.kind not in "biuf":
                raise TypeError(f"{name}: expected numbers, got {dtype} ({x!r:.80})") from error
            if dtype.itemsize > 8:
                raise TypeError(f"{name}: {dtype} does not fit 64 bits; convert it to float64") from error
        if out is not None:
            kind = getattr(out, "dtype", type(out).__name__)
            raise TypeError(f"out: expected an array that holds float results, got {kind}") from error
        raise
    except ValueError as error:
        if isinstance(out, np.ndarray) and not out.flags.writeable:
            raise ValueError("out: is read-only") from error
        named = operands | ({} if out is None else {"out": out}) | ({} if where is True else {"where": where})
        shapes = [f"{name} {np.shape(x)}" for name, x in named.items()]
        shapes += [f"better {np.shape(x)}" for x in codes]
        raise ValueError(f"shapes do not broadcast: {', '.join(shapes)} ({error})") from error


def _is_plain(frame: Any) -> bool:
    """Whether the columns have one of NumPy's types between them."""
    types = set(frame.dtypes)
    return len(types) <= 1 and all(isinstance(x, np.dtype) for x in types)


def _by_columns(ufunc: np.ufunc, where: Any, codes: tuple[Any, ...], operands: dict[str, Any]) -> Any:
    """Frames whose columns differ in type, or have NA: each column as a Series of its own."""
    like = next(x for x in operands.values() if is_frame(x))

    def column(x: Any, c: int) -> Any:
        if is_frame(x):
            return x.iloc[:, c]
        if np.ndim(x) == 0:
            return x
        try:
            return np.broadcast_to(np.asarray(x), like.shape)[:, c]
        except ValueError as error:
            shapes = ", ".join(f"{name} {np.shape(y)}" for name, y in operands.items())
            raise ValueError(f"shapes do not broadcast: {shapes} ({error})") from error

    made = sys.modules["pandas"].DataFrame(
        {
            c: elementwise(
                ufunc,
                None,
                True if where is True else column(where, c),
                *(column(x, c) for x in codes),
                **{name: column(x, c) for name, x in operands.items()},
            )
            for c in range(like.shape[1])
        },
        index=like.index,
    )
    made.columns = like.columns
    return made.__finalize__(like)


def _in_cells(result: Any, out: Any, where: NDArray[np.bool_]) -> Any:
    """The cells of pandas objects and masked arrays that are asked for; the others are missing."""
    chosen = np.broadcast_to(where, result.shape)
    if out is not None:
        np.copyto(out, result, where=chosen, casting="same_kind")
        return out
    if not isinstance(result, np.ma.MaskedArray):
        return result.where(chosen)
    result[~chosen] = np.nan
    return result


def _result_type(ufunc: np.ufunc, arguments: list[Any]) -> np.dtype[Any]:
    """The type the ufunc gives for these arguments."""
    kinds = tuple(
        type(x) if type(x) in (int, float) else getattr(x, "dtype", None) or np.asarray(x).dtype
        for x in arguments
    )
    resolved: np.dtype[Any] = ufunc.resolve_dtypes((*kinds, None))[-1]
    return resolved


class Figures(NamedTuple):
    """Values ready for the core: float32, float64, int64 or uint64, native and aligned.

    A missing integer has a stand-in in `data` and is named by `missing`; missing floats
    are NaN. `nullable` asks for NA in the result.
    """

    data: NDArray[Any]
    missing: NDArray[np.bool_] | None = None
    nullable: bool = False


def figures(values: Any, name: str = "values") -> Figures:
    """The numbers in an array-like or in a pandas object of one type."""
    if type(values) is np.ndarray:
        return Figures(_numbers(values, name))
    if isinstance(values, np.ma.MaskedArray):
        return _masked(_numbers(values.data, name), np.ma.getmaskarray(values), nullable=False)
    if hasattr(values, "__dask_graph__"):
        raise TypeError(
            f"{name}: expected values in memory, got a lazy {type(values).__name__}; map it by blocks"
        )
    dtype = getattr(values, "dtype", None)
    if is_series(values) and not isinstance(dtype, np.dtype):
        return _from_extension(values, name)
    if is_frame(values) and not all(isinstance(d, np.dtype) for d in values.dtypes):
        return Figures(_numbers(values.to_numpy(dtype=np.float64, na_value=np.nan), name), nullable=True)
    return Figures(_numbers(np.asarray(values), name))


def _numbers(array: NDArray[Any], name: str) -> NDArray[Any]:
    """float32, float64 and 64-bit integers as they are; other real numbers in the type that holds them."""
    if array.dtype in KEPT and array.dtype.isnative:
        return array if array.flags.aligned else array.copy()
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "O":
        try:
            return array.astype(np.float64)
        except (TypeError, ValueError):
            pass
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
    missing = np.asarray(values.isna())
    if kind == "f":
        plain = np.float32 if size <= 4 else np.float64
        return Figures(values.to_numpy(dtype=plain, na_value=np.nan), None, True)
    if kind == "b" or size < 8:
        return Figures(values.to_numpy(dtype=np.float64, na_value=np.nan), None, True)
    whole = np.dtype(f"{kind}8")
    return _masked(values.to_numpy(dtype=whole, na_value=whole.type(1)), missing, nullable=True)


def check_indexes(values: Any, axis: int = 0, **columns: Any) -> None:
    """Labels of rows that differ are an error: pandas objects do not belong together by position."""
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


#: Computes (results with a leading axis of lags, cells that are NA or None) from figures.
AlongAxis = Callable[[Figures, int], tuple[NDArray[Any], NDArray[np.bool_] | None]]


def along_axis(compute: AlongAxis, values: Any, axis: Any, lags: tuple[int, ...], single: bool) -> Any:
    """Run `compute` on the numbers in `values` and give the result its container back."""
    if is_frame(values):
        return _frame(compute, values, axis, lags, single)
    numbers = figures(values)
    where = axis_of(axis, numbers.data.ndim)
    result, gone = compute(numbers, where)
    if is_series(values):
        return _series(result, gone, values, lags, single)
    return result[0] if single else result


def axis_of(axis: Any, ndim: int) -> int:
    """The axis counted from 0; an error if there is none."""
    if ndim == 0:
        raise ValueError("values: expected at least one dimension, got a single value")
    if type(axis) is int and 0 <= axis < ndim:
        return axis
    try:
        where = axis.__index__()
    except AttributeError as error:
        raise TypeError(f"axis: expected an integer, got {axis!r}") from error
    if not -ndim <= where < ndim:
        raise np.exceptions.AxisError(where, ndim, "axis")
    return int(where % ndim)


def _column(pandas: Any, result: NDArray[Any], gone: NDArray[np.bool_] | None) -> Any:
    """A column of a frame: nullable where cells can be NA."""
    return result if gone is None else pandas.arrays.FloatingArray(result.copy(), gone.copy())


def _series(
    result: NDArray[Any], gone: NDArray[np.bool_] | None, like: Any, lags: tuple[int, ...], single: bool
) -> Any:
    pandas = sys.modules["pandas"]
    columns = [_column(pandas, row, None if gone is None else gone[k]) for k, row in enumerate(result)]
    if single:
        made = pandas.Series(columns[0], index=like.index, name=like.name, copy=False)
    else:
        made = pandas.DataFrame(dict(enumerate(columns)), index=like.index)
        made.columns = pandas.Index(lags, name="lag")
    return made.__finalize__(like) if single else _with_attrs(made, like)


def _with_attrs(made: Any, like: Any) -> Any:
    made.attrs = dict(like.attrs)
    return made


def _frame(compute: AlongAxis, values: Any, axis: Any, lags: tuple[int, ...], single: bool) -> Any:
    """A frame of one plain type at once; mixed and nullable ones column by column."""
    pandas = sys.modules["pandas"]
    where = axis_of(axis, 2)
    types = set(values.dtypes)
    plain = len(types) <= 1 and all(isinstance(d, np.dtype) for d in types)
    if plain or where == 1:
        numbers = figures(values)
        result, gone = compute(numbers, where)
        cells = [
            _column(pandas, result[k, :, c], None if gone is None else gone[k, :, c])
            for c in range(values.shape[1])
            for k in range(len(lags))
        ]
    else:
        cells = []
        for c in range(values.shape[1]):
            result, gone = compute(figures(values.iloc[:, c], f"values, column {values.columns[c]!r}"), 0)
            cells += [_column(pandas, row, None if gone is None else gone[k]) for k, row in enumerate(result)]
    if plain and single and gone is None:
        made = pandas.DataFrame(result[0], index=values.index, columns=values.columns, copy=False)
        return made.__finalize__(values)
    made = pandas.DataFrame(dict(enumerate(cells)), index=values.index)
    made.columns = values.columns if single else _by_lag(pandas, values.columns, lags)
    return _with_attrs(made, values)


def _by_lag(pandas: Any, columns: Any, lags: tuple[int, ...]) -> Any:
    labels = [(*c, lag) if isinstance(c, tuple) else (c, lag) for c in columns for lag in lags]
    return pandas.MultiIndex.from_tuples(labels, names=[*columns.names, "lag"])


def take_rows(
    values: Any, rows: NDArray[np.int64], axis: int, fill: Any, lags: tuple[int, ...], single: bool
) -> Any:
    """Cells of a pandas object by row number, `fill` for -1; a row of `rows` per lag."""
    pandas = sys.modules["pandas"]
    if values.shape[axis] != rows.shape[1]:
        raise ValueError(f"values: expected {rows.shape[1]} rows along axis {axis}, got shape {values.shape}")
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
