"""Tables with a row for each region and a column for each industry: reading them, and giving back
figures by cell or by region in the container that a table came in.
"""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .along import in_container
from .containers import is_frame, is_of, is_series
from .shares import usable

__all__ = [
    "Table",
    "by_cell",
    "by_region",
    "in_type",
    "reference_of",
    "table_of",
]

Table = NDArray[np.float64]


def table_of(name: str, table: Any, ndim: int = 2) -> tuple[Table, bool]:
    """The cells as float64 and whether they were float32, or the error that says what is wrong with them."""
    cells = usable(name, table)
    if cells.ndim != ndim:
        years = "years by " if ndim == 3 else ""
        raise ValueError(f"{name}: expected a table, {years}regions by industries, got shape {cells.shape}")
    return np.ascontiguousarray(cells, np.float64), cells.dtype == np.float32


def reference_of(name: str, reference: Any, like: Any, shape: tuple[int, ...]) -> Table | None:
    """The reference's figure for each industry (and year); a Series goes with the columns."""
    if reference is None:
        return None
    if is_frame(like) and is_series(reference) and not reference.index.equals(like.columns):
        raise ValueError(
            f"{name}: its index differs from the columns of the table; align them first, "
            f"e.g. {name} = {name}.reindex(table.columns)"
        )
    figures = usable(name, reference)
    if figures.shape != shape:
        raise ValueError(f"{name}: expected a figure for each industry, shape {shape}, got {figures.shape}")
    return np.ascontiguousarray(figures, np.float64)


def in_type(cells: NDArray[Any], single: bool) -> NDArray[Any]:
    """Results as float32 where all figures are."""
    with np.errstate(all="ignore"):  # it may be too small a type
        return cells.astype(np.float32 if single else np.float64, copy=False)


def _has_na(like: Any) -> bool:
    """Whether a container has an NA of its own."""
    return is_of("polars", "DataFrame", like) or (
        is_frame(like) and any(not isinstance(dtype, np.dtype) for dtype in like.dtypes)
    )


def by_cell(like: Any, cells: NDArray[Any]) -> Any:
    """A figure for each cell, in the kind of container the table came in."""
    gone = np.isnan(cells)[np.newaxis] if _has_na(like) else None
    return in_container(cells[np.newaxis], gone, like, (0,), True)


def by_region(like: Any, row: NDArray[Any]) -> Any:
    """A figure for each region, in the kind of container the table came in."""
    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    if is_frame(like) and pandas is not None:
        cells = pandas.arrays.FloatingArray(row.copy(), np.isnan(row)) if _has_na(like) else row
        return pandas.Series(cells, index=like.index)
    if is_of("polars", "DataFrame", like) and polars is not None:
        return polars.Series(row).fill_nan(None)
    if is_of("xarray", "DataArray", like):
        dim = like.dims[0]
        coords = {name: c for name, c in like.coords.items() if c.dims in ((dim,), ())}
        array: Any = sys.modules["xarray"].DataArray
        return array(row, coords=coords, dims=(dim,), name=like.name, attrs=like.attrs)
    return row
