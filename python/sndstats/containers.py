"""What goes in comes out: arrays, pandas objects and everything that speaks ufunc.

No container library is imported here: an object is recognised by the module of its
type, and its own library is asked to do the rest.
"""

import sys
from typing import Any

import numpy as np

__all__ = ["arrays", "elementwise", "is_frame", "is_series", "row_labels"]


def is_series(value: Any) -> bool:
    """Whether `value` is a pandas Series."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.Series)


def is_frame(value: Any) -> bool:
    """Whether `value` is a pandas DataFrame."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def row_labels(value: Any, axis: int) -> tuple[Any, str]:
    """The labels along `axis` of a pandas object and what they are; None of anything else."""
    if is_frame(value) and axis == 1:
        return value.columns, "columns"
    return (value.index if is_series(value) or is_frame(value) else None), "index"


def _widen(value: Any) -> Any:
    """Bool and small integers as float64, which NumPy would send to a float32 loop."""
    dtype = getattr(value, "dtype", None)
    if dtype is not None and getattr(dtype, "kind", "") in "biu" and dtype.itemsize <= 2:
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
    arguments = [_widen(x) for x in _aligned(operands)]
    # Python's numbers alone have no type: beside int8 codes they would pass for float32.
    alone = all(isinstance(x, (int, float)) for x in arguments)
    arguments = [_typed(x) if alone or _is_long(x) else x for x in arguments]
    arguments += codes
    options: dict[str, Any] = {} if out is None else {"out": out}
    try:
        if where is not True:
            options["where"] = where
            if out is None:
                shape = np.broadcast_shapes(*(np.shape(x) for x in arguments), np.shape(where))
                options["out"] = np.full(shape, np.nan, _result_type(ufunc, arguments))
        return ufunc(*arguments, **options)
    except TypeError as error:
        for name, x in operands.items():
            if np.asarray(x).dtype.kind not in "biuf":
                raise TypeError(f"{name}: expected numbers, got {np.asarray(x).dtype} ({x!r:.80})") from error
        raise
    except ValueError as error:
        shapes = ", ".join(f"{name} {np.shape(x)}" for name, x in operands.items())
        raise ValueError(f"shapes do not broadcast: {shapes} ({error})") from error


def _result_type(ufunc: np.ufunc, arguments: list[Any]) -> np.dtype[Any]:
    """The type the ufunc gives for these arguments."""
    kinds = tuple(type(x) if isinstance(x, (int, float)) else np.asarray(x).dtype for x in arguments)
    resolved: np.dtype[Any] = ufunc.resolve_dtypes((*kinds, None))[-1]
    return resolved
