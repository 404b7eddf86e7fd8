"""The statistic of its cluster for every row."""

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .by_rows import ByRow
from .containers import is_of
from .dressing import columns_of, figures_of, has_nulls, side_by_side
from .named import SINGLE, Statistic, arguments, statistics
from .numeric import check_weights, is_nullable, weights_of

__all__ = ["OntoRows"]


class OntoRows(ByRow):
    """Statistics of clusters back on their rows."""

    __slots__ = ()

    def transform(
        self,
        values: Any,
        stat: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Give every row the statistic of its cluster (组内统计量).

        ``statistic(values of the cluster)``, the bits that the method of that name gives.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit.
        stat : str or tuple
            The name of a statistic with one result for each cluster, such as "sum", "mean"
            or "median", or a pair of it and its options: ``("quantile", {"q": 0.9})``,
            ``("covariance", {"other": y})``.
        weights : array_like, optional
            Weights, for statistics that take them.
        skipna, min_count
            As in the method of that name.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame with the index of the rows
            Shaped as `values`, of the type of the statistic. Rows in no cluster are NaN, or NA of
            values in pandas' nullable types and null of polars columns; if there are any, plain
            integers and truths become float64, those of nullable values and polars stay what they
            are. A missing value gets the statistic of the others. polars and xarray objects give
            their own kind.

        Raises
        ------
        LookupError
            For a name that is not known; the error lists those that are.
        ValueError
            For clusters that overlap, whose rows have no single answer, and what the
            statistic refuses.
        TypeError
            For an option or weights that the statistic does not take.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a", None])
        >>> c.transform([1.0, 5.0, 2.0, 9.0], "mean").tolist()
        [1.5, 5.0, 1.5, nan]
        >>> c.transform([1.0, 5.0, 2.0, 9.0], ("quantile", {"q": 1.0})).tolist()
        [2.0, 5.0, 2.0, nan]

        References
        ----------
        pandas, GroupBy.transform; S. Krantz, collapse: TRA, "replace".
        """
        self._one_cluster_each("transform")
        one = self._single(stat)
        given = {"skipna": skipna, "min_count": min_count}
        given |= {"weights": weights} if weights is not None else {}
        given = arguments(getattr(self, one.name), one, given, argument="stat")
        pairs = "other" in one.options  # such a statistic says why it takes no frame
        if (columns := columns_of(values, axis)) and not pairs:
            return self._columns_onto_rows(columns, values, one, given, threads)
        figures = figures_of(values, weights, one.options.get("other"))
        found = getattr(self, one.name)(figures, **given, axis=axis, threads=threads)
        return self._back(found, values, axis, threads)

    def _single(self, stat: Any) -> Statistic:
        """The one statistic that was asked for."""
        found = statistics(stat, SINGLE, argument="stat")
        if len(found) != 1:
            raise ValueError(f"stat: expected one statistic, got {stat!r}; transform by each in turn")
        if found[0].name == "quantile" and np.ndim(found[0].options.get("q", [])) != 0:
            raise ValueError("stat: 'quantile' gives one result for one q, e.g. ('quantile', {'q': 0.5})")
        return found[0]

    def _columns_onto_rows(
        self, columns: list[Any], frame: Any, one: Statistic, given: dict[str, Any], threads: Any
    ) -> Any:
        """A frame of several or nullable types: each column keeps its own."""
        weights = given.get("weights")
        if weights is not None:
            check_weights(frame, weights, 0)
            self._check_rows(weights, 0, "weights")
            weights = weights_of(weights, frame.shape, 0)
        results = []
        for k, column in enumerate(columns):
            if weights is not None:
                given = given | {"weights": weights[:, k]}
            found = getattr(self, one.name)(column, **given, threads=threads)
            results.append(self._back(found, column, 0, threads))
        return side_by_side(results, frame)

    def _back(self, found: Any, values: Any, axis: int, threads: Any) -> Any:
        """Results of clusters, as a statistic gives them, on the rows."""
        if has_nulls(values):
            return self._back_with_nulls(found, values, threads)
        table: NDArray[Any] = np.asarray(found)
        axis = normalize_axis_index(axis, table.ndim)
        rest = tuple(np.delete(table.shape, axis))
        if table.dtype.kind in "iub" and _core.code_bounds(self.codes)[0] < 0:
            table = table.astype(np.float64)
        if table.ndim > 1:
            columns = int(np.prod(rest, dtype=np.intp))
            table = np.moveaxis(table, axis, 0).reshape(self.n, columns)
        result = _core.group_spread(table, self.codes, _threads.count(self._length, threads))
        if len(rest) > 0:
            result = np.moveaxis(result.reshape(self._length, *rest), 0, axis)
        return self._dress_rows(result, values, axis)

    def _back_with_nulls(self, found: Any, values: Any, threads: Any) -> Any:
        """The same of a column with NA: what is missing stays so, and integers stay integers."""
        workers = _threads.count(self._length, threads)
        missing: Any = self.codes < 0
        if is_of("polars", "Series", found):
            gone = found.is_null().to_numpy()
            missing |= _core.group_spread(gone, self.codes, workers)
            missing = missing if missing.any() else None
            found = found.fill_null(strategy="zero").to_numpy()
        elif is_nullable(found.dtype):
            gone = found.isna().to_numpy(dtype=bool)
            missing |= _core.group_spread(gone, self.codes, workers)
            plain = np.float32 if getattr(found.dtype, "itemsize", 8) == 4 else np.float64
            exact = {"b": np.bool_, "i": np.int64, "u": np.uint64}.get(found.dtype.kind, plain)
            found = found.to_numpy(dtype=exact, na_value=exact(0))
        elif not missing.any():
            missing = None
        result = _core.group_spread(np.asarray(found), self.codes, workers)
        return self._dress_rows(result, values, 0, missing)
