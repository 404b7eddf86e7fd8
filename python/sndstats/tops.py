"""The greatest values by cluster."""

import sys
from typing import Any

import numpy as np

from . import _core
from .aggregates import Aggregates
from .dressing import has_nulls, is_table, with_missing
from .grouping import nan_where
from .numeric import whole

__all__ = ["Tops"]


class Tops(Aggregates):
    """Several values of each cluster at once."""

    __slots__ = ()

    def top(self, values: Any, k: int, *, axis: int = 0, threads: int | None = None) -> Any:
        """The k greatest values of each cluster, in descending order (前 k 名).

        ``sorted(values of the cluster, reverse=True)[:k]``, exactly; equal values are
        there as often as they occur.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit. Of a
            DataFrame take one column at a time.
        k : int
            How many, from 1.
        axis, threads
            As in `sum`.

        Returns
        -------
        ndarray, or DataFrame or DataArray by cluster
            Shape (n, k); of values with more axes the clusters take the place of the
            rows and k comes last. Missing values are left out. A cluster of fewer than k
            is filled with NaN; integers stay what they are, exactly, unless one is filled:
            then they become float64, in types with NA or null those. -0.0 counts as less
            than 0.0. A polars column gives a frame of columns "0", "1" and so on, an xarray
            object has a last dimension "rank", from 1.

        Raises
        ------
        ValueError
            For k below 1, a DataFrame, and shapes or indexes that do not fit.
        MemoryError
            If n times k results have no room.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a", "a"])
        >>> c.top([5.0, 7.0, 3.0, 9.0], 2).tolist()
        [[9.0, 5.0], [7.0, nan]]

        References
        ----------
        The leading shares of a concentration ratio: O. C. Herfindahl, Concentration in
        the Steel Industry (1950). IEEE 754-2019, 5.10: the total order of numbers.
        """
        places = whole("k", k)
        if places < 1:
            raise ValueError(f"k: expected a whole number from 1, got {k!r}")
        if is_table(values):
            raise ValueError(
                "values: expected one column or an array, got a DataFrame; take its columns one by one"
            )
        places = min(places, sys.maxsize)
        nullable, gone = has_nulls(values), np.empty((0, 0), np.bool_)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            nonlocal gone
            result, counts = _core.group_top(array, codes, self.n, places, workers)
            if result.dtype.kind == "f" and not nullable:
                return result, None
            gone = counts[..., None] <= np.arange(places)
            return result if nullable else nan_where(result, gone), None

        made = self._apply(compute, values, None, axis, threads, True, None)
        return self._dress(with_missing(made.to_numpy(), gone, values), values, 0) if nullable else made
