"""Who is in which cluster, and with which weight, where one may be in several."""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .containers import is_of
from .numeric import numbers

__all__ = ["memberships"]


def memberships(
    matrix: Any,
) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float64] | None, tuple[int, int]]:
    """Row, column and weight of each entry that is not zero, by rows; and the shape.

    No weights where all are 1.
    """
    sparse = sys.modules.get("scipy.sparse")
    if sparse is not None and sparse.issparse(matrix):
        rows, columns, shares, shape = _from_sparse(matrix)
    else:
        rows, columns, shares, shape = _from_dense(matrix)
    wrong = ~((shares > 0.0) & (shares < np.inf))
    if wrong.any():
        k = int(np.argmax(wrong))
        raise ValueError(
            f"matrix: expected finite weights, not negative, got {shares[k]} "
            f"at row {rows[k]}, column {columns[k]}; put 0 where a row is not in a cluster"
        )
    return rows, columns.astype(np.int32), None if (shares == 1.0).all() else shares, shape


def _check_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    if len(shape) != 2:
        raise ValueError(f"matrix: expected rows by clusters, two dimensions, got shape {shape}")
    return shape[0], shape[1]


def _check_exact(array: NDArray[Any]) -> None:
    if array.dtype.kind in "iu" and array.size and int(array.max()) > 2**53:
        raise ValueError("matrix: integers above 2**53 are not exact as float64; scale them down")


def _from_dense(matrix: Any) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[Any], tuple[int, int]]:
    if is_of("polars", "DataFrame", matrix):
        names, height = matrix.columns, matrix.height
        found = [numbers(matrix[name], f"matrix[{name!r}]") for name in names]
        array = np.column_stack([x for x, _ in found]) if found else np.empty((height, 0))
        gone = [np.zeros(height, np.bool_) if missing is None else missing for _, missing in found]
        missing = np.column_stack(gone) if found else None
    else:
        array, missing = numbers(matrix, "matrix")
    shape = _check_shape(array.shape)
    inside = array != 0 if missing is None else (array != 0) | missing
    rows, columns = np.nonzero(inside)
    entries = array[rows, columns]
    _check_exact(entries)
    shares = entries.astype(np.float64, copy=False)
    if missing is not None:
        shares = np.where(missing[rows, columns], np.nan, shares)
    return rows, columns, shares, shape


def _from_sparse(matrix: Any) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[Any], tuple[int, int]]:
    """Entries that are there twice are added up, in a copy; zeros that are stored are outside."""
    shape = _check_shape(matrix.shape)
    if matrix.dtype.kind not in "biuf" or matrix.dtype.itemsize > 8:
        raise TypeError(f"matrix: expected real numbers of at most 64 bits, got {matrix.dtype}")
    coordinates = matrix.tocoo()
    _check_exact(coordinates.data)
    with np.errstate(over="ignore", invalid="ignore"):  # what comes of infinities is refused
        compressed = coordinates.astype(np.float64).tocsr(copy=True)
        compressed.sum_duplicates()
    inside = compressed.data != 0.0
    rows = np.repeat(np.arange(shape[0], dtype=np.intp), np.diff(compressed.indptr))
    return rows[inside], compressed.indices.astype(np.intp)[inside], compressed.data[inside], shape
