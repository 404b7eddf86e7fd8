"""What goes in comes out: arrays, pandas objects and everything that speaks ufunc.

No container library is imported here: an object is recognized by the module of its
type, and its own library is asked to do the rest.
"""

import datetime
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "aligned_operands",
    "arrays",
    "elementwise",
    "from_objects",
    "in_container",
    "is_frame",
    "is_of",
    "is_series",
    "polars_column",
    "row_labels",
    "with_nulls",
]


def is_of(library: str, name: str, value: Any) -> bool:
    """Whether `value` is of a class of a library that is loaded."""
    module = sys.modules.get(library)
    return module is not None and isinstance(value, getattr(module, name, ()))


def is_series(value: Any) -> bool:
    """Whether `value` is a pandas Series."""
    return is_of("pandas", "Series", value)


def is_frame(value: Any) -> bool:
    """Whether `value` is a pandas DataFrame."""
    return is_of("pandas", "DataFrame", value)


def row_labels(value: Any, axis: int) -> tuple[Any, str]:
    """The labels along `axis` of a pandas object and what they are; None of anything else."""
    if is_frame(value) and axis == 1:
        return value.columns, "columns"
    return (value.index if is_series(value) or is_frame(value) else None), "index"


def polars_column(values: Any, name: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Numbers of a polars column, with a stand-in where one is missing, and which those are."""
    polars = sys.modules["polars"]
    kind = values.dtype
    if not (kind.is_numeric() or kind == polars.Boolean):
        raise TypeError(f"{name}: expected numbers, got {kind}")
    if kind not in (polars.Float32, polars.Int64, polars.UInt64):
        values = values.cast(polars.Float64)
    return values.fill_null(value=1).to_numpy(), values.is_null().to_numpy()


def with_nulls(name: str, result: NDArray[Any], gone: NDArray[np.bool_] | None) -> Any:
    """A polars column in which cells that are not available are null."""
    polars = sys.modules["polars"]
    column = polars.Series(name, result)
    if gone is None or not gone.any():
        return column
    return polars.select(
        polars.when(polars.Series(gone)).then(None).otherwise(column).alias(name)
    ).to_series()


def in_container(like: Any, values: NDArray[Any]) -> Any:
    """Results of the shape of `like` as the kind of object it is, missing where it is."""
    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    if is_series(like) and pandas is not None:
        nullable = values.dtype.kind == "f" and not isinstance(like.dtype, np.dtype)
        cells = pandas.arrays.FloatingArray(values.copy(), np.isnan(values)) if nullable else values
        return pandas.Series(cells, index=like.index, name=like.name)
    if is_frame(like) and pandas is not None:
        return pandas.DataFrame(values, index=like.index, columns=like.columns)
    if is_of("polars", "Series", like):
        return with_nulls(like.name, values, like.is_null().to_numpy())
    if is_of("polars", "DataFrame", like) and polars is not None:
        return polars.DataFrame([in_container(like[c], values[:, k]) for k, c in enumerate(like.columns)])
    if is_of("xarray", "DataArray", like):
        return like.copy(data=values)
    if isinstance(like, np.ma.MaskedArray):
        return np.ma.masked_array(values, mask=np.ma.getmaskarray(like))
    return values[()]


def from_objects(array: NDArray[Any], name: str) -> NDArray[np.float64]:
    """Numbers among Python objects as float64, None as missing; text is no number."""
    try:
        present = np.where(np.equal(array, np.array(None)), np.nan, array)
        result: NDArray[np.float64] = np.asarray(np.positive(present)).astype(np.float64)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: expected numbers, got objects ({error})") from error
    except OverflowError as error:
        raise OverflowError(f"{name}: expected numbers within float64 ({error})") from error
    rounded = (np.abs(result) >= 2.0**53) & np.not_equal(result.astype(object), present)
    if rounded.any():
        raise ValueError(
            f"{name}: {present[rounded].flat[0]!r} is no float64; "
            f"pass integers above 2**53 as an array of integers"
        )
    return result


def _widen(name: str, value: Any) -> Any:
    """Bool and small integers as float64, which NumPy would send to a float32 loop."""
    if isinstance(value, (list, tuple)):
        try:
            value = np.asarray(value)
        except ValueError as error:
            raise ValueError(f"{name}: rows of different lengths: {value!r:.80}") from error
    dtype = getattr(value, "dtype", None)
    if getattr(dtype, "kind", "") in ("m", "M") or isinstance(value, datetime.timedelta):
        raise TypeError(f"{name}: expected numbers, got {dtype or type(value).__name__} ({value!r:.80})")
    if type(value) is np.ndarray and value.ndim and value.dtype.kind == "O":
        return from_objects(value, name)
    if dtype is not None and getattr(dtype, "kind", "") in tuple("biu") and dtype.itemsize <= 2:
        return value.astype("Float64" if hasattr(dtype, "na_value") else np.float64)
    return value


def _typed(number: Any) -> Any:
    """A Python number with NumPy's type for it; integers beyond 64 bits as float64."""
    array = np.asarray(number)
    return np.float64(number) if array.dtype.kind == "O" else array


def _does_not_fit(value: Any, beside: list[Any]) -> bool:
    """Whether it is a Python integer that int64, or an unsigned operand beside it, does not hold."""
    if not isinstance(value, int):
        return False
    unsigned = value < 0 and any(getattr(getattr(x, "dtype", None), "kind", "") == "u" for x in beside)
    return unsigned or not -(2**63) <= value < 2**63


def aligned_operands(operands: dict[str, Any]) -> list[Any]:
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
    for (name, given), x in zip(operands.items(), aligned_operands(operands), strict=True):
        try:
            if hasattr(getattr(x, "dtype", None), "na_value"):
                x = x.to_numpy(dtype=np.float64, na_value=np.nan)
            plain = np.asarray(x)
            if plain.dtype.kind not in "biufO":
                raise TypeError(plain.dtype)
            x = from_objects(plain, name) if plain.dtype.kind == "O" else x
            array = np.ma.filled(np.ma.asarray(x, dtype=np.float64), np.nan)
        except (TypeError, ValueError) as error:
            raise TypeError(f"{name}: expected numbers, got {given!r:.80}") from error
        found.append(array)
    return found


def elementwise(ufunc: np.ufunc, out: Any, where: Any, /, *codes: Any, **operands: Any) -> Any:
    """Call `ufunc` on named operands, then codes; errors name the argument that caused them."""
    if any(is_of("polars", "Series", x) or is_of("polars", "DataFrame", x) for x in operands.values()):
        return _polars(ufunc, out, where, *codes, **operands)
    given = operands | ({"where": where} if is_series(where) or is_frame(where) else {})
    aligned = aligned_operands(given)[: len(operands)]
    if any(is_frame(x) and not _is_plain(x) for x in aligned) and out is None:
        return _by_columns(ufunc, where, codes, dict(zip(operands, aligned, strict=True)))
    arguments = [_widen(name, x) for name, x in zip(operands, aligned, strict=True)]
    # Python's numbers alone have no type: beside int8 codes they would pass for float32.
    alone = all(isinstance(x, (int, float)) for x in arguments)
    arguments = [_typed(x) if alone or _does_not_fit(x, arguments) else x for x in arguments]
    arguments += codes
    try:
        if where is True:
            return _with_absent(ufunc(*arguments), arguments) if out is None else ufunc(*arguments, out=out)
        if any(is_series(x) or is_frame(x) or isinstance(x, np.ma.MaskedArray) for x in arguments):
            result = _with_absent(ufunc(*arguments), arguments)
            return _in_cells(result, out, np.asarray(where, dtype=bool))
        if out is None:
            shape = np.broadcast_shapes(*(np.shape(x) for x in arguments), np.shape(where))
            made = _result_type(ufunc, arguments)
            out = np.full(shape, np.nan if made.kind == "f" else 0, made)
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


def _polars(ufunc: np.ufunc, out: Any, where: Any, /, *codes: Any, **operands: Any) -> Any:
    """The same for polars: columns row by row, frames column by column; null is missing."""
    frames = {name: x for name, x in operands.items() if is_of("polars", "DataFrame", x)}
    if frames:
        first, frame = next(iter(frames.items()))
        for name, x in frames.items():
            if x.columns != frame.columns:
                raise ValueError(f"{name}: its columns differ from those of {first}; select the same ones")
        if out is not None:
            raise ValueError("out: goes with arrays and columns, got a polars frame beside it")
        made = [
            elementwise(
                ufunc, None, where, *codes, **{n: x[c] if n in frames else x for n, x in operands.items()}
            ).alias(c)
            for c in frame.columns
        ]
        return sys.modules["polars"].DataFrame(made)
    columns = {n: polars_column(x, n) for n, x in operands.items() if is_of("polars", "Series", x)}
    arguments = {n: columns[n][0] if n in columns else x for n, x in operands.items()}
    result = elementwise(ufunc, out, where, *codes, **arguments)
    gone = np.zeros(result.shape, np.bool_)
    for _, missing in columns.values():
        gone |= missing
    if out is None and result.ndim == 1:
        return with_nulls(operands[next(iter(columns))].name, result, gone)
    np.copyto(result, np.nan if result.dtype.kind == "f" else 0, where=gone & where)
    return result


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


def _with_absent(result: Any, arguments: list[Any]) -> Any:
    """Arrow's truth values missing where a figure is; pandas itself has them false there."""
    if not is_series(result) or result.dtype.kind != "b" or not hasattr(result.dtype, "pyarrow_dtype"):
        return result
    gone = np.zeros(result.shape, np.bool_)
    for x in arguments:
        if is_series(x):
            gone |= x.isna().to_numpy()
    return result.mask(gone)


def _in_cells(result: Any, out: Any, where: NDArray[np.bool_]) -> Any:
    """The cells of pandas objects and masked arrays that are asked for; the others are missing."""
    chosen = np.broadcast_to(where, result.shape)
    if out is not None:
        np.copyto(out, result, where=chosen, casting="same_kind")
        return out
    if not isinstance(result, np.ma.MaskedArray):
        types = list(result.dtypes) if is_frame(result) else [result.dtype]
        truths = all(isinstance(x, np.dtype) and x.kind == "b" for x in types)
        return result.where(chosen, False) if truths else result.where(chosen)
    result[~chosen] = np.nan if result.dtype.kind == "f" else False
    return result


def _result_type(ufunc: np.ufunc, arguments: list[Any]) -> np.dtype[Any]:
    """The type the ufunc gives for these arguments."""
    kinds = tuple(
        type(x) if type(x) in (int, float) else getattr(x, "dtype", None) or np.asarray(x).dtype
        for x in arguments
    )
    resolved: np.dtype[Any] = ufunc.resolve_dtypes((*kinds, None))[-1]
    return resolved
