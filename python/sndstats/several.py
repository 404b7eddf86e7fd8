"""Several statistics by cluster at once, those of sums and extremes from one pass over the rows."""

import sys
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from . import _core
from .aggregates import Aggregates
from .cluster_table import ClusterTable
from .containers import is_frame, is_series
from .dressing import figures_of
from .named import SINGLE, Statistic, arguments, statistics
from .numeric import whole

__all__ = ["KNOWN", "Several"]

#: What one pass gives together.
_SHARED = ("count", "max", "mean", "min", "std", "sum", "var")

#: The statistics that have results for each cluster.
KNOWN = (*SINGLE, "top")

#: Results of one call (ASKED_MOST in csrc/bind/several.c), less the counts that integers need.
_MOST = 63


class Several(Aggregates):
    """Statistics asked for by name."""

    __slots__ = ()

    def agg(
        self,
        values: Any,
        stats: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> ClusterTable:
        """Several statistics of each cluster at once (分组汇总), each as its own method gives it.

        count, sum, mean, var, std, min and max come from one pass over the rows; the others
        take one each. Every figure has the bits and the type that the method of that name
        gives.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows.
        stats : str, sequence or mapping
            The names of methods: one, several, or a mapping from names of one's own to
            them. A pair (name, options) stands for a call with options, such as
            ``("quantile", {"q": 0.9})``. Known are all, any, argmax, argmin,
            concentration_ratio, count, covariance, first, gini, hhi, last, max, mean,
            median, min, nunique, quantile, slope, std, sum, theil, top and var; the second
            variable is an option, ``("slope", {"other": years})``.
        weights : array_like, optional
            Weights, not negative, for all; concentration_ratio, hhi and quantile take none.
        skipna : bool
            Leave missing values out.
        min_count : int
            Clusters of fewer values are missing. Both as in each method; options of one
            statistic come before them.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ClusterTable
            A mapping with the statistics in the order asked for. Clusters come first,
            whatever `axis` was: a result is of shape (n,), or (n, columns) of values with
            columns. The k of top and several q of quantile come last. Empty clusters and
            missing values are as in each method. Results are of the kind of the values, but
            arrays of xarray objects.

        Raises
        ------
        LookupError
            For an unknown statistic; it lists the known.
        TypeError
            For an option that a statistic does not have, or lacks, and weights for what
            takes none.
        ValueError
            For the same name twice, and as in each method.
        OverflowError
            If a sum of integers does not fit its type.
        MemoryError
            If there is no room for the tables.

        Notes
        -----
        Beside the results it needs tables of 16 to 200 bytes for each cluster and thread, for
        as many threads as fit 320 MiB, and as much again above some eight million rows a
        thread. Clusters with figures far outside the range of the others need more: 1.4 kB
        for each total.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "b", "a"])
        >>> table = c.agg([1.0, 2.0, 4.0], ["sum", "mean", "max"])
        >>> table["mean"].tolist()
        [2.5, 2.0]
        >>> c.agg([1.0, 2.0, 4.0], {"total": "sum", "p90": ("quantile", {"q": 0.9})})
        2 clusters
        label  total  p90
        a          5  3.7
        b          2    2

        References
        ----------
        pandas, DataFrameGroupBy.agg, for asking by name. R. M. Neal, arXiv:1505.05571
        (2015), for the sums.
        """
        asked = statistics(stats, KNOWN)
        others = [x for one in asked if (x := one.options.get("other")) is not None]
        values = figures_of(values, weights, *others)
        calls = {one.key: self._options(one, weights, skipna, min_count) for one in asked}
        shared = [one for one in asked if one.name in _SHARED and set(one.options) <= {"ddof"}]
        if not _is_plain(values):
            shared = [one for one in shared if one.name != "count"]
        found: dict[str, Any] = {}
        if len(shared) > 1:
            shared = shared[:_MOST]
            results = self._share(values, shared, weights, skipna, min_count, axis, threads)
            found = {one.key: x for one, x in zip(shared, results, strict=True)}
        for one in asked:
            if one.key not in found:
                method = getattr(self, one.name)
                found[one.key] = method(values, axis=axis, threads=threads, **calls[one.key])
        if axis:  # after the methods, which say what is wrong with the values
            axis = normalize_axis_index(axis, np.ndim(values))
        columns = {one.key: _clusters_first(found[one.key], one, axis) for one in asked}
        return ClusterTable(columns, self.labels, index=self._index)

    def _options(self, one: Statistic, weights: Any, skipna: Any, min_count: Any) -> dict[str, Any]:
        """The arguments of a statistic's own call; its options come before the common ones."""
        common = {"skipna": skipna, "min_count": min_count}
        common |= {"weights": weights} if weights is not None else {}
        if one.name in _SHARED and not one.options:
            return common
        return arguments(getattr(self, one.name), one, common)

    def _share(
        self,
        values: Any,
        shared: list[Statistic],
        weights: Any,
        skipna: bool,
        min_count: Any,
        axis: int,
        threads: Any,
    ) -> list[Any]:
        """The results of one pass, in the order of `shared`."""
        least = min(whole("min_count", min_count), sys.maxsize)
        asked, needs = [], []
        for one in shared:
            off = min(whole("ddof", one.options.get("ddof", 1)), sys.maxsize)
            asked.append((one.name, off))
            weighted = weights is not None or self._shares is not None
            needs.append(_need(one.name, least, off, weighted))
        # The number of values of each cluster, for integers that have no NaN.
        counted = (*asked, ("count", 1))

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            ask = counted if array.dtype.kind in "iu" else tuple(asked)
            try:
                made = _core.group_several(array, factors, codes, self.n, ask, skips, least, workers)
            except OverflowError as error:
                raise OverflowError(
                    f"values: an exact sum does not fit {array.dtype}; convert them to float64 for the "
                    f"correctly rounded one"
                ) from error
            counts = made[-1] if len(ask) > len(asked) else None
            return [(x, counts) for x in made[: len(asked)]]

        return self._apply_all(compute, values, weights, axis, threads, bool(skipna), needs)


def _need(name: str, least: int, ddof: int, weighted: bool) -> int:
    """Values that a cluster needs for a result, as in the method of that name."""
    if name == "count":
        return 0
    if name == "sum":
        return least
    if name in ("var", "std"):
        return max(least, 1 if weighted else ddof + 1)
    return max(least, 1)


def _is_plain(values: Any) -> bool:
    """Whether every missing value is a NaN: a mask leaves integers out, which a count may not."""
    if is_series(values):
        return isinstance(values.dtype, np.dtype)
    if is_frame(values):
        return all(isinstance(dtype, np.dtype) for dtype in values.dtypes)
    return type(values) in (np.ndarray, list, tuple)


def _clusters_first(result: Any, one: Statistic, axis: int) -> Any:
    """A result with the clusters along its first axis, what a statistic adds along its last."""
    leads = one.name == "quantile" and np.ndim(one.options["q"]) == 1
    if is_frame(result):
        return result.T if leads or axis else result
    if not isinstance(result, np.ndarray):
        return result
    result = np.moveaxis(result, 0, -1) if leads else result
    return np.moveaxis(result, axis, 0) if axis else result
