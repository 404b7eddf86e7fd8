"""Tables of parts of a total: periods along one axis, parts along another, any container.

Inside, periods come first and parts second, whatever the axes are; results go back to where
their figures were, and what belongs to the total loses the axis of the parts.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from .along import in_container, refuse_lazy
from .containers import aligned_operands, is_frame, is_of, is_series, polars_column, row_labels
from .numeric import as_float64, is_nullable, numbers

__all__ = ["Compute", "Parts", "parts_of"]

#: From a lag, results of the parts (rows, parts, ...) and of the total (rows, ...) or None; of the last rows.
Compute = Callable[[int], tuple[NDArray[Any], NDArray[Any] | None]]


class Parts(NamedTuple):
    """Figures (periods, parts, ...), the axes they were at, and the container they came in."""

    cells: NDArray[Any]
    order: tuple[int, ...]
    given: Any

    def beside(self, name: str, other: Any, *axes: int) -> NDArray[Any]:
        """The figures of another argument, which has these of the axes: 0 periods, 1 parts."""
        order = [self.order[k] for k in axes]
        dims = sorted(order)
        array = _figures(name, self._alike(name, other, dims))
        expected = tuple(self.cells.shape[self.order.index(k)] for k in dims)
        if array.shape != expected:
            without = ", ".join(str(k) for k in sorted(self.order) if k not in dims)
            raise ValueError(
                f"{name}: expected shape {expected}, that of parts"
                f"{' without axis ' if without else ''}{without}, got {array.shape}"
            )
        return array.transpose([dims.index(k) for k in order])

    def _alike(self, name: str, other: Any, dims: list[int]) -> Any:
        """The argument with its dimensions in order, if its labels are those of the parts."""
        given, whole = self.given, len(dims) == len(self.order)
        if is_frame(given) and is_series(other):
            labels, what = row_labels(given, self.order[0])
            if not other.index.equals(labels):
                raise ValueError(
                    f"{name}: its index differs from the {what} of parts; align them first, "
                    f"e.g. {name} = {name}.reindex(parts.{what})"
                )
        elif is_frame(given) and is_frame(other) and whole:
            aligned_operands({"parts": given, name: other})
        elif is_of("polars", "DataFrame", given) and is_of("polars", "DataFrame", other):
            if other.columns != given.columns:
                raise ValueError(f"{name}: its columns differ from those of parts; select the same ones")
        elif is_of("xarray", "DataArray", given) and is_of("xarray", "DataArray", other):
            return _transposed(name, other, given, [given.dims[k] for k in dims])
        return other

    def deliver(
        self, compute: Compute, lags: tuple[int, ...], single: bool, total: Any, with_total: bool
    ) -> Any:
        """What is found for each lag, NaN in the rows before, and of the total if that is wanted."""
        kind = np.float32 if self.cells.dtype == np.float32 else np.float64
        rows, _, *others = self.cells.shape
        result = np.full((len(lags), *self.cells.shape), np.nan, kind)
        of_total = np.full((len(lags), rows, *others), np.nan, kind)
        for k, lag in enumerate(lags):
            found, growth = compute(lag)
            with np.errstate(all="ignore"):  # float32 may be too small a type
                result[k, rows - len(found) :] = found
                if with_total:
                    of_total[k, rows - len(found) :] = growth
        nullable = _has_na(self.given)
        back = in_container(*_placed(result, self.order, nullable), self.given, lags, single)
        if not with_total:
            return back
        order, nullable = [self.order[0], *self.order[2:]], nullable or _has_na(total)
        return back, in_container(*_placed(of_total, order, nullable), self._like(total), lags, single)

    def _like(self, total: Any) -> Any:
        """A container for what belongs to the total: its own, or the parts' without their axis."""
        given, (rows, across) = self.given, self.order[:2]
        if is_of("xarray", "DataArray", given):
            gone = given.dims[across]
            return given.isel({gone: slice(0, 0)}).sum(gone, keep_attrs=True)
        if is_series(total) or is_of("polars", "Series", total) or is_of("xarray", "DataArray", total):
            return total
        if is_frame(given):
            return sys.modules["pandas"].Series(np.nan, index=row_labels(given, rows)[0])
        if is_of("polars", "DataFrame", given):
            return sys.modules["polars"].Series("total", [])
        return None


def _placed(
    result: NDArray[Any], order: Sequence[int], nullable: bool
) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Results with their axes where they were, and which are NA."""
    placed = result.transpose(0, *(1 + np.argsort(order)))
    return placed, np.isnan(placed) if nullable else None


def _transposed(name: str, other: Any, parts: Any, dims: list[Any]) -> Any:
    """A DataArray with its dimensions in this order, whose coordinates are those of the parts."""
    if set(other.dims) != set(dims):
        raise ValueError(f"{name}: expected dimensions {tuple(dims)}, got {other.dims}")
    for d in dims:
        if d in parts.indexes and d in other.indexes and not other.indexes[d].equals(parts.indexes[d]):
            raise ValueError(
                f"{name}: its coordinates {d!r} differ from those of parts; align them first, "
                f"e.g. {name} = {name}.reindex({d}=parts[{d!r}])"
            )
    return other.transpose(*dims)


def _figures(name: str, values: Any) -> NDArray[Any]:
    """Numbers, NaN for every missing one."""
    refuse_lazy(values, name)
    missing: NDArray[np.bool_] | None
    if _is_polars(values):
        array, missing = _from_polars(name, values)
    else:
        if isinstance(values, (list, tuple)):
            try:
                values = np.asarray(values)
            except ValueError as error:
                raise ValueError(f"{name}: rows differ in length ({error})") from error
        array, missing = numbers(values, name)
    if missing is not None and missing.any():
        array = np.where(missing, np.nan, as_float64(array, name, "drop what is missing beside them first"))
    return array


def _is_polars(values: Any) -> bool:
    return is_of("polars", "DataFrame", values) or is_of("polars", "Series", values)


def _has_na(values: Any) -> bool:
    """Whether a container has an NA of its own."""
    if _is_polars(values):
        return True
    types = values.dtypes if is_frame(values) else [getattr(values, "dtype", None)]
    return any(map(is_nullable, types))


def _from_polars(name: str, values: Any) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """A column, or the columns of a frame in one type that holds them all."""
    if is_of("polars", "Series", values):
        return polars_column(values, name)
    columns = [polars_column(c, f"{name}, column {c.name!r}") for c in values.get_columns()]
    if len({array.dtype for array, _ in columns}) > 1:
        remedy = "take columns of other types apart from them"
        columns = [(as_float64(array, name, remedy), missing) for array, missing in columns]
    nothing = np.empty((len(values), 0))
    return (
        np.column_stack([array for array, _ in columns] or [nothing]),
        np.column_stack([missing for _, missing in columns] or [nothing.astype(bool)]),
    )


def parts_of(parts: Any, axis: Any, over: Any) -> Parts:
    """The table of parts, or the error that names what is wrong with it or its axes."""
    cells = _figures("parts", parts)
    if cells.ndim < 2:
        raise ValueError(
            f"parts: expected at least two dimensions, of time and of parts, got shape {cells.shape}"
        )
    places = []
    for name, value in (("axis", axis), ("over", over)):
        try:
            places.append(normalize_axis_index(value, cells.ndim, name))
        except TypeError as error:
            raise TypeError(f"{name}: expected an integer, got {value!r}") from error
    if places[0] == places[1]:
        raise ValueError(f"over: expected another axis than that of time, {axis!r}, got {over!r}")
    if is_of("polars", "DataFrame", parts) and places[0]:
        raise ValueError("axis: expected 0 for a polars frame, whose rows are not of one type")
    order = (*places, *(k for k in range(cells.ndim) if k not in places))
    return Parts(cells.transpose(order), order, parts)
