"""Who is in which cluster, and with which weight, where one may be in several."""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .containers import is_of
from .numeric import as_float64, numbers

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


def _as_weights(entries: NDArray[Any]) -> NDArray[np.float64]:
    return as_float64(entries, "matrix", "scale them down")


def _from_dense(matrix: Any) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[Any], tuple[int, int]]:
    if is_of("polars", "DataFrame", matrix):
        missing, array = None, np.empty(matrix.shape)
        for k, column in enumerate(matrix.iter_columns()):
            entries, nulls = numbers(column, f"matrix[{column.name!r}]")
            array[:, k] = _as_weights(entries)
            if nulls is not None:
                array[nulls, k] = np.nan
    else:
        array, missing = numbers(matrix, "matrix")
    shape = _check_shape(array.shape)
    inside = array != 0 if missing is None else (array != 0) | missing
    rows, columns = np.nonzero(inside)
    shares = _as_weights(array[rows, columns])
    if missing is not None:
        shares = np.where(missing[rows, columns], np.nan, shares)
    return rows, columns, shares, shape


def _from_sparse(matrix: Any) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[Any], tuple[int, int]]:
    """Entries that are there twice are added up, in a copy; zeros that are stored are outside."""
    shape = _check_shape(matrix.shape)
    if matrix.dtype.kind not in "biuf" or matrix.dtype.itemsize > 8:
        raise TypeError(f"matrix: expected real numbers of at most 64 bits, got {matrix.dtype}")
    coordinates = matrix.tocoo(copy=True)
    coordinates.data = _as_weights(coordinates.data)
    with np.errstate(over="ignore", invalid="ignore"):  # what comes of infinities is refused
        compressed = coordinates.tocsr(copy=True)
        compressed.sum_duplicates()
    inside = compressed.data != 0.0
    rows = np.repeat(np.arange(shape[0], dtype=np.intp), np.diff(compressed.indptr))
    return rows[inside], compressed.indices.astype(np.intp)[inside], compressed.data[inside], shape
