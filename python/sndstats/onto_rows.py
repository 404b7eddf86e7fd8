"""What a row gets back from its cluster: its statistic, a share in it, a rank among its values."""

import inspect
import sys
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .aggregates import Aggregates
from .containers import is_frame, is_series
from .named import Statistic, statistics
from .numeric import check_weights, is_nullable, masked, numbers, weights_of, whole
from .pairing import check_choice

__all__ = ["OntoRows"]

#: Statistics of one result for each cluster.
SINGLE = (
    "all",
    "any",
    "argmax",
    "argmin",
    "concentration_ratio",
    "count",
    "first",
    "gini",
    "hhi",
    "last",
    "max",
    "mean",
    "median",
    "min",
    "nunique",
    "quantile",
    "std",
    "sum",
    "theil",
    "var",
)
#: The numbers of `enum sst_rank_ties`.
TIES = ("min", "max", "average", "dense", "ordinal")


class OntoRows(Aggregates):
    """Results that are as long as the rows."""

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
            or "median", or a pair of it and its options: ``("quantile", {"q": 0.9})``.
        weights : array_like, optional
            Weights, for statistics that take them.
        skipna, min_count
            As that statistic takes them.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame with the index of the rows
            Shaped as `values`, of the type of the statistic. Rows in no cluster are NaN, or NA in
            pandas' nullable types; if there are any, plain integers and truths become
            float64. A missing value gets the statistic of the others.

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
        given = {"weights": weights} if weights is not None else {}
        given |= {} if skipna else {"skipna": False}
        given |= {"min_count": min_count} if min_count != 0 else {}
        self._check_taken(one, [*given, *one.options])
        if is_frame(values) and normalize_axis_index(axis, 2) == 0 and _differ(values):
            return self._columns_onto_rows(values, one, weights, given, threads)
        found = getattr(self, one.name)(values, **given, **one.options, axis=axis, threads=threads)
        return self._back(found, values, axis, threads)

    def share(
        self,
        values: Any,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Share of each value in the sum of its cluster (占比).

        ``value / sum(values of the cluster)``: the exact sum rounded once to a double, and
        one division, so within 1.5 units in the last place (float32 results: within one;
        64-bit integers above 2**53, which are rounded too: within 2.5).

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit.
        skipna : bool
            Leave missing values out of the sum; otherwise they make all shares of their
            cluster NaN.
        min_count : int
            Shares in clusters of fewer values are NaN.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame with the index of the rows
            Fractions, shaped as `values`; float32 stays float32, everything else gives float64.
            Missing values and rows in no cluster are NaN, in pandas' nullable types NA.
            Values of both signs give shares below 0 and above 1; over a sum of zero a share is
            infinite, or NaN for a zero, and in a sum beyond the largest double it is 0.

        Raises
        ------
        ValueError
            For clusters that overlap, and shapes or indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a", "b"])
        >>> c.share([1.0, 2.0, 3.0, float("nan")]).tolist()
        [0.25, 1.0, 0.75, nan]

        References
        ----------
        R. M. Neal, arXiv:1505.05571 (2015), on exact sums.
        """
        self._one_cluster_each("share")
        least = min(whole("min_count", min_count), sys.maxsize)

        def compute(array: Any, codes: Any, workers: int) -> Any:
            return _core.group_share(array, None, codes, self.n, bool(skipna), least, workers)

        return self._by_row(compute, values, axis, threads, bool(skipna), ruled=least > 0 or not skipna)

    def rank(
        self,
        values: Any,
        *,
        ascending: bool = False,
        method: str = "min",
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Rank of each value within its cluster (位次).

        One more than the number of values that come before it. As a place in a table of
        results is meant, 1 is the greatest value unless `ascending`; pandas and scipy begin
        with the least.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows, in any unit. Integers
            are compared exactly; -0.0 equals 0.0.
        ascending : bool
            1 is the least value.
        method : {"min", "max", "average", "dense", "ordinal"}
            What values that tie get: the first of their places (并列, two firsts and then a
            third), the last, or the mean of them; "dense" leaves no place out; "ordinal", which
            pandas calls "first", gives each its own, in the order of rows.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series or DataFrame with the index of the rows
            float64, shaped as `values`, from 1. Missing values have no rank and count in none:
            they are NaN, as are rows in no cluster; in pandas' nullable types NA.

        Raises
        ------
        ValueError
            For clusters that overlap, an unknown method, and shapes or indexes that do not fit.

        Notes
        -----
        Values are copied into clusters and sorted there: 32 bytes a row beyond the result.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b", "a"])
        >>> c.rank([3.0, 7.0, 7.0, 1.0, 5.0]).tolist()
        [4.0, 1.0, 1.0, 1.0, 3.0]
        >>> c.rank([3.0, 7.0, 7.0, 1.0, 5.0], ascending=True, method="average").tolist()
        [1.0, 3.5, 3.5, 1.0, 2.0]

        References
        ----------
        M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945).
        """
        self._one_cluster_each("rank")
        check_choice("method", method, TIES)
        ties = TIES.index(method)

        def compute(array: Any, codes: Any, workers: int) -> Any:
            return _core.group_rank(array, None, codes, self.n, ties, not ascending, workers)

        return self._by_row(compute, values, axis, threads, True, ruled=False)

    def _one_cluster_each(self, what: str) -> None:
        """Refuse clusters that overlap: a row of several has no one result."""
        if self._members is not None:
            raise ValueError(
                f"{what}: expected clusters that do not overlap, got memberships in which a row may have "
                f"several; give rows a cluster each by Clusters(labels) or Clusters.from_codes(codes)"
            )

    def _single(self, stat: Any) -> Statistic:
        """The one statistic that was asked for."""
        if isinstance(stat, tuple):
            stat = [stat]
        found = statistics(stat, SINGLE, argument="stat")
        if len(found) != 1:
            raise ValueError(f"stat: expected one statistic, got {stat!r}; transform by each in turn")
        if found[0].name == "quantile" and np.ndim(found[0].options.get("q", [])) != 0:
            raise ValueError("stat: 'quantile' gives one result for one q, e.g. ('quantile', {'q': 0.5})")
        return found[0]

    def _check_taken(self, one: Statistic, given: list[str]) -> None:
        """Refuse an argument that the statistic has not, and the lack of one that it needs."""
        takes = inspect.signature(getattr(self, one.name)).parameters
        for name in given:
            if name not in takes or (name in one.options and name in ("values", "axis", "threads")):
                raise TypeError(f"{name}: the statistic {one.name!r} does not take it")
        for name, parameter in takes.items():
            if parameter.default is parameter.empty and name not in ("values", *given):
                raise TypeError(f"stat: {one.name!r} needs {name}, e.g. ({one.name!r}, {{{name!r}: ...}})")

    def _columns_onto_rows(
        self, frame: Any, one: Statistic, weights: Any, given: dict[str, Any], threads: Any
    ) -> Any:
        """A frame of several or nullable types: each column keeps its own."""
        if weights is not None:
            check_weights(frame, weights, 0)
            weights = weights_of(weights, frame.shape, 0)
        columns = []
        for k in range(frame.shape[1]):
            column = frame.iloc[:, k]
            if weights is not None:
                given = given | {"weights": weights[:, k]}
            found = getattr(self, one.name)(column, **given, **one.options, threads=threads)
            columns.append(self._back(found, column, 0, threads))
        return _side_by_side(columns, frame)

    def _back(self, found: Any, values: Any, axis: int, threads: Any) -> Any:
        """Results of clusters, as a statistic gives them, on the rows."""
        if is_series(found) and is_nullable(found.dtype):
            return self._nullable_back(found, values, threads)
        table: NDArray[Any] = np.asarray(found)
        axis = normalize_axis_index(axis, table.ndim)
        rest = tuple(np.delete(table.shape, axis))
        if table.dtype.kind in "iub" and self._has_outside():
            table = table.astype(np.float64)
        if table.ndim > 1:
            columns = int(np.prod(rest, dtype=np.intp))
            table = np.moveaxis(table, axis, 0).reshape(self.n, columns)
        result = _core.group_spread(table, self.codes, _threads.count(self._length, threads))
        if len(rest) > 0:
            result = np.moveaxis(result.reshape(self._length, *rest), 0, axis)
        return self._dress_rows(result, values, axis)

    def _nullable_back(self, found: Any, values: Any, threads: Any) -> Any:
        """The same of a column with NA: what is missing stays so, and integers stay integers."""
        workers = _threads.count(self._length, threads)
        gone = found.isna().to_numpy(dtype=bool)
        kind = getattr(found.dtype, "kind", "f")
        plain = np.float32 if getattr(found.dtype, "itemsize", 8) == 4 else np.float64
        exact = {"i": np.int64, "u": np.uint64, "b": np.bool_}.get(kind, plain)
        table = found.to_numpy(dtype=exact, na_value=0)
        result = _core.group_spread(table, self.codes, workers)
        missing = _core.group_spread(gone, self.codes, workers) | (self.codes < 0)
        return self._dress_rows(masked(result, missing, found.dtype), values, 0)

    def _has_outside(self) -> bool:
        """Whether a row is in no cluster."""
        return _core.code_bounds(self.codes)[0] < 0

    def _by_row(self, compute: Any, values: Any, axis: int, threads: Any, skipna: bool, ruled: bool) -> Any:
        """Bring the rows to the front, compute a result for each, and dress it as the input was.

        `ruled` says that a NaN of a value that is there may be a rule's.
        """
        if is_frame(values) and normalize_axis_index(axis, 2) == 0 and _differ(values):
            columns = [
                self._by_row(compute, values.iloc[:, k], 0, threads, skipna, ruled)
                for k in range(values.shape[1])
            ]
            return _side_by_side(columns, values)
        array, missing = numbers(values)
        if array.ndim == 0:
            raise ValueError("values: expected an array with a value for each row, got a scalar")
        axis = normalize_axis_index(axis, array.ndim)
        if array.shape[axis] != self._length:
            raise ValueError(
                f"values: expected {self._length} rows along axis {axis}, got shape {array.shape}"
            )
        self._check_rows(values, axis)
        codes = self.codes
        if missing is not None:
            array, codes = self._without(array, missing, skipna)
        front = array
        if array.ndim > 1:
            front = np.moveaxis(array, axis, 0)
            front = front.reshape(self._length, int(np.prod(front.shape[1:], dtype=np.intp)))
        result = compute(front, codes, _threads.count(array.size, threads))
        if array.ndim > 1:
            result = np.moveaxis(result.reshape(np.moveaxis(array, axis, 0).shape), 0, axis)
        if is_series(values) and is_nullable(values.dtype):
            gone = codes < 0 if array.dtype.kind != "f" else (codes < 0) | np.isnan(array)
            result = masked(result, gone | np.isnan(result) if ruled else gone, values.dtype)
        return self._dress_rows(result, values, axis)

    def _dress_rows(self, result: Any, values: Any, axis: int) -> Any:
        """A Series or frame by row if values or labels came from pandas."""
        series, frame = is_series(values), is_frame(values)
        labelled = self._index is not None and self._rows is not None and axis == 0
        if not (series or frame or labelled) or result.ndim > 2:
            return result
        pandas = sys.modules["pandas"]
        if frame:
            made = pandas.DataFrame(result, index=values.index, columns=values.columns)
        elif result.ndim == 2:
            made = pandas.DataFrame(result, index=self._rows)
        else:
            index = values.index if series else self._rows
            made = pandas.Series(result, index=index, name=getattr(values, "name", None))
        made.attrs = dict(getattr(values, "attrs", {}))
        return made


def _differ(frame: Any) -> bool:
    """Whether the columns of a frame are of several or of nullable types."""
    return frame.shape[1] > 0 and (len(set(frame.dtypes)) > 1 or any(map(is_nullable, frame.dtypes)))


def _side_by_side(columns: list[Any], frame: Any) -> Any:
    made = sys.modules["pandas"].concat(columns, axis=1)
    made.columns = frame.columns
    made.attrs = dict(frame.attrs)
    return made
