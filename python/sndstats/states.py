"""States of clusters: statistics that take rows as they come, merge in any tree, and travel."""

import sys
from typing import Any, Self

from .aggregates import Aggregates
from .cluster_table import ClusterTable
from .grouping import Grouping
from .label_sets import names_of
from .numeric import whole
from .state_held import Held, empty, joined, nothing
from .state_rows import rows_held
from .state_table import STATISTICS, Finished, Settings, asked_statistics
from .state_travel import packed, unpacked

__all__ = ["ClusterState", "States"]


class ClusterState:
    """Statistics by cluster of rows that come in several parts, merged exactly (可合并状态).

    What `Clusters.state` gives. Rows are added by `update`, other states by `merge`, and
    `result` gives the statistics of all that was added: the same bits as one call of
    ``Clusters.sum`` and so on over all the rows, however they were cut up, in whatever
    order and tree the states were merged, in however many processes and threads.

    Rows go to clusters by code or by label, as the first update says:

    - *By code*, into the clusters that the state was made of. Their number stays; states
      that are merged have the same clusters.
    - *By label*: labels that are new make new clusters. The result is in the order of the
      labels, and states of different labels unite. The labels of the clusters that the
      state was made of are there from the start, so ``Clusters([]).state(...)`` begins
      with none. Labels are kept sorted; a category's order is not.

    Attributes
    ----------
    n : int
        Number of clusters so far.
    labels : ndarray or pandas.Index
        Label of each cluster, in the order of the results.
    stats : tuple of str
        What the results are called.

    Notes
    -----
    Sums, means, variances, covariances and slopes are kept as exact totals; each takes
    some 50 to 350 bytes a cluster, whatever the number of rows, and a cluster whose
    figures lie some 1e30 or more apart up to 1.4 kB for each of its one to five totals.
    Labels that are dates take the finest unit among them; among several keys days do not go
    together with times. All updates have one type
    of values (float32, float64, int64 or uint64, as `Clusters.sum` takes them), and all or
    none have weights; an update without rows does not count for that. A state that is
    pickled does not take the codes of the clusters it was made of along: later updates
    pass codes or labels. A state may be read by several threads, and changed by one.

    Examples
    --------
    >>> import pickle
    >>> import sndstats as snd
    >>> january = snd.Clusters([]).state(["sum", "max"])
    >>> _ = january.update([1e16, 2.0, 1.0], labels=["chips", "optics", "chips"])
    >>> february = snd.Clusters([]).state(["sum", "max"])
    >>> _ = february.update([-1e16, 5.0], labels=["chips", "drugs"])
    >>> both = january.merge(pickle.loads(pickle.dumps(february)))
    >>> [str(label) for label in both.labels]
    ['chips', 'drugs', 'optics']
    >>> both.result()["sum"].tolist()
    [1.0, 5.0, 2.0]

    References
    ----------
    R. M. Neal, Fast exact summation using small and large superaccumulators,
    arXiv:1505.05571 (2015); E. Schubert, M. Gertz, Numerically stable parallel
    computation of (co-)variance, SSDBM (2018), on merging what is not exact.
    """

    __slots__ = ("_held", "_origin", "_settings")

    _settings: Settings
    _origin: Grouping | None
    _held: Held

    def __init__(self) -> None:
        """States come from `Clusters.state`."""
        raise TypeError("ClusterState: made by Clusters(...).state(stats), not called by itself")

    @classmethod
    def _of(cls, origin: Grouping, settings: Settings) -> Self:
        self = cls.__new__(cls)
        self._settings, self._origin = settings, origin
        names = None if origin._index is None else names_of(origin._index)
        self._held = nothing(origin.labels, names, origin.n)
        return self

    @property
    def n(self) -> int:
        """Number of clusters so far."""
        return self._held.n

    @property
    def labels(self) -> Any:
        """Label of each cluster."""
        return self._held.labels

    @property
    def stats(self) -> tuple[str, ...]:
        """What the results are called."""
        return tuple(one.key for one in self._settings.stats)

    def __len__(self) -> int:
        """Return the number of clusters."""
        return self.n

    def __repr__(self) -> str:
        """Return the statistics and the number of clusters and rows."""
        return f"<ClusterState: {', '.join(self.stats)} of {self.n} clusters over {self._held.rows} rows>"

    def update(
        self,
        values: Any,
        codes: Any = None,
        weights: Any = None,
        *,
        labels: Any = None,
        start: int = 0,
        other: Any = None,
        threads: int | None = None,
    ) -> Self:
        """Add rows; the state itself is changed and returned.

        Parameters
        ----------
        values : array_like
            One figure for each row.
        codes : array_like of int, optional
            Cluster of each row, below `n`; negative for none. Without codes and labels
            rows are those of the clusters that the state was made of.
        weights : array_like, optional
            Not negative; as in `Clusters.sum`, `Clusters.var` and so on. A row without a
            weight is left out.
        labels : array_like or tuple of array_like, optional
            Label of each row, or a tuple of several keys; missing for no cluster.
        start : int
            Number of the first row, for first, last, argmin and argmax: rows are numbered
            from there. Ranges of different updates should not overlap: of rows of one
            number it is undetermined which is taken.
        other : array_like, optional
            The second variable of covariance and slope, for which it is needed.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Raises
        ------
        ValueError
            For lengths that differ, codes of `n` or more, negative weights, another type
            of values than before, weights now and not before, codes where rows went by
            label or labels where they went by code, and missing integers with
            ``skipna=False``, and dates that the finer unit of two does not hold.
        TypeError
            For values that are not real numbers, and labels without an order.
        MemoryError
            If the new totals have no room. After any error the state is as it was.
        """
        held, settings = self._held, self._settings
        rows = rows_held(held, self._origin, settings, values, codes, weights, labels, start, other, threads)
        self._held = joined(held, rows, settings.skipna)
        return self

    def merge(self, other: "ClusterState") -> Self:
        """Add what another state holds; this one is changed and returned, the other is not.

        Raises
        ------
        ValueError
            For a state of other statistics or settings, of other clusters where rows went
            by code, of another type of values, of one with weights and one without, and
            for dates that the finer unit of two does not hold.
        TypeError
            For what is no state, and labels that have no order among each other.
        MemoryError
            If the new totals have no room. After any error the state is as it was.
        """
        if not isinstance(other, ClusterState):
            raise TypeError(f"other: expected a ClusterState, got {type(other).__name__}")
        for name, mine, theirs in zip(Settings._fields, self._settings, other._settings, strict=True):
            if mine != theirs:
                want, have = (", ".join(map(str, x)) if isinstance(x, tuple) else x for x in (mine, theirs))
                raise ValueError(f"other: expected a state of {name} {want}, got {have}")
        self._held = joined(self._held, other._held, self._settings.skipna)
        return self

    def result(self) -> ClusterTable:
        """Statistics of all rows so far, by name, each an array in the order of `labels`.

        A table as `Clusters.agg` gives it, with the names that pandas gave the keys, where
        all updates and merged states have the same. Types and what an empty cluster gives are those
        of the methods of `Clusters`: sums and counts are 0, positions -1, `any` false,
        `all` true, the rest NaN. Later updates do not change it.

        Raises
        ------
        OverflowError
            If a sum of integers does not fit its type.
        """
        settings = self._settings
        held = self._held if self._held.parts else empty(self._held, settings)
        finished = Finished(held.parts, held.kind, held.other_kind, held.weighted, settings.min_count)
        columns = {one.key: STATISTICS[one.name].finish(finished, **one.options) for one in settings.stats}
        return ClusterTable(columns, held.labels, names=held.names)

    def __getstate__(self) -> dict[str, Any]:
        """Return plain arrays and names."""
        return packed(self._settings, self._held)

    def __setstate__(self, state: Any) -> None:
        """Take what `__getstate__` gave, after a look at it: a damaged state is a ValueError."""
        self._settings, self._held = unpacked(state)
        self._origin = None


class States(Aggregates):
    """What can be added up in parts."""

    __slots__ = ()

    def state(self, stats: Any, *, skipna: bool = True, min_count: int = 0) -> ClusterState:
        """An empty state for some statistics of these clusters (可合并状态).

        Parameters
        ----------
        stats : str, or sequence or mapping of them
            Any of count, sum, mean, var, std, covariance, slope, min, max, first, last,
            argmin, argmax, any, all and top. In place of a name may stand a pair of it and
            its options: ``("var", {"ddof": 0})``, ``("top", {"k": 3})``. A mapping says
            what each result is called.
        skipna : bool
            Leave missing values out; otherwise they make their cluster's result missing,
            as in the methods of these names.
        min_count : int
            Clusters of fewer values are missing in the result, as in the methods of these
            names.

        Returns
        -------
        ClusterState
            Without rows. Rows go by the codes of these clusters, by other codes, or by
            label; see there.

        Raises
        ------
        ValueError
            For statistics that are unknown, or that need the whole data: median, quantile
            and nunique.
        TypeError
            For an option that a statistic does not have, or lacks.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters.from_codes([0, 1, 0], 3)
        >>> state = c.state(["mean", ("var", {"ddof": 0})])
        >>> state = state.update([1.0, 5.0, 2.0]).update([6.0, 1.0], [0, 2])
        >>> state.result()["mean"].tolist()
        [3.0, 5.0, 1.0]

        References
        ----------
        R. M. Neal, arXiv:1505.05571 (2015).
        """
        least = min(whole("min_count", min_count), sys.maxsize)
        return ClusterState._of(self, Settings(tuple(asked_statistics(stats)), bool(skipna), least))
