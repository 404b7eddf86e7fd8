"""States of clusters: statistics that take rows as they come, merge in any tree, and travel."""

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .aggregates import Aggregates
from .comoments import second_variable
from .grouping import Grouping
from .keys import codes_of
from .label_sets import numbered, same_labels, sorted_labels, united
from .named import Statistic
from .numeric import KEPT, check_weights, numbers, weights_of, whole
from .state_parts import PARTS, Chunk
from .state_table import STATISTICS, Finished, asked_statistics, most_places, parts_of

__all__ = ["ClusterState", "States"]

#: What a pickled state is made of; another layout gets another number.
LAYOUT = 1


class Held(NamedTuple):
    """All that changes in a state, exchanged as a whole."""

    labels: Any
    n: int
    by: str  # "" before the first rows, then "codes" or "labels"
    rows: int
    kind: np.dtype[Any]
    other_kind: np.dtype[Any] | None
    weighted: bool
    parts: dict[str, Any]


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
    some 50 to 200 bytes a cluster, whatever the number of rows. All updates have one type
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

    __slots__ = ("_held", "_least", "_origin", "_skipna", "_stats")

    _stats: list[Statistic]
    _skipna: bool
    _least: int
    _origin: Grouping | None
    _held: Held

    def __init__(self) -> None:
        """States come from `Clusters.state`."""
        raise TypeError("ClusterState: made by Clusters(...).state(stats), not called by itself")

    @classmethod
    def _of(cls, origin: Grouping, stats: Any, skipna: bool, min_count: Any) -> Self:
        self = cls.__new__(cls)
        self._stats = asked_statistics(stats)
        self._skipna = skipna
        self._least = min(whole("min_count", min_count), sys.maxsize)
        self._origin = origin
        nothing = np.dtype(np.float64)
        self._held = Held(origin.labels, origin.n, "", 0, nothing, nothing, False, {})
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
        return tuple(one.key for one in self._stats)

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
            ``skipna=False``.
        TypeError
            For values that are not real numbers, and labels without an order.
        MemoryError
            If the new totals have no room. After any error the state is as it was.
        """
        self._held = self._joined(
            self._held, self._chunk(values, codes, weights, labels, start, other, threads)
        )
        return self

    def merge(self, other: "ClusterState") -> Self:
        """Add what another state holds; this one is changed and returned, the other is not.

        Raises
        ------
        ValueError
            For a state of other statistics or settings, of other clusters where rows went
            by code, of another type of values, and of one with weights and one without.
        TypeError
            For what is no state.
        MemoryError
            If the new totals have no room. After any error the state is as it was.
        """
        if not isinstance(other, ClusterState):
            raise TypeError(f"other: expected a ClusterState, got {type(other).__name__}")
        for name, mine, theirs in (
            ("stats", self._stats, other._stats),
            ("skipna", self._skipna, other._skipna),
            ("min_count", self._least, other._least),
        ):
            if mine != theirs:
                raise ValueError(f"other: expected a state of {name}={mine!r}, got {theirs!r}")
        self._held = self._joined(self._held, other._held)
        return self

    def result(self) -> dict[str, NDArray[Any]]:
        """Statistics of all rows so far, by name, each in the order of `labels`.

        Types and what an empty cluster gives are those of the methods of `Clusters`: sums
        and counts are 0, positions -1, `any` false, `all` true, the rest NaN.

        Raises
        ------
        OverflowError
            If a sum of integers does not fit its type.
        """
        held = self._held if self._held.parts else self._empty(self._held)
        finished = Finished(held.parts, held.kind, held.other_kind, held.weighted, self._least)
        return {one.key: STATISTICS[one.name].finish(finished, **one.options) for one in self._stats}

    # --- rows -----------------------------------------------------------------------------

    def _chunk(
        self, values: Any, codes: Any, weights: Any, labels: Any, start: Any, other: Any, threads: Any
    ) -> Held:
        """The rows of an update as what a state holds."""
        array, missing = numbers(values)
        if array.ndim != 1:
            raise ValueError(f"values: expected one dimension, got shape {array.shape}")
        if missing is not None and not self._skipna:
            raise ValueError(
                "values: missing integers make sums no integers where skipna=False; convert them to float64"
            )
        first = whole("start", start)
        if first > np.iinfo(np.int64).max - len(array):
            raise ValueError(f"start: rows from {first} do not fit int64")
        if weights is not None:
            check_weights(values, weights, 0)
            weights = weights_of(weights, array.shape, 0)
        second = self._second(values, other, array.shape)
        by, placed, names, n = self._placed(values, codes, labels, len(array))
        rows = None
        origin = self._origin
        if by == "codes" and codes is None and origin is not None and origin._members is not None:
            rows = origin._members
            array, missing, weights = origin._by_member(array, missing, weights, 0)
            second = None if second is None else second.take(rows)
        if missing is not None:
            placed = np.where(missing, placed.dtype.type(-1), placed)
        k, workers = most_places(self._stats), _threads.count(array.size, threads)
        chunk = Chunk(array, weights, second, placed, rows, first, n, k, self._skipna, workers)
        parts = {name: PARTS[name].update(chunk) for name in parts_of(self._stats, weights is not None)}
        kind = None if second is None else second.dtype
        return Held(names, n, by, len(array), array.dtype, kind, weights is not None, parts)

    def _second(self, values: Any, other: Any, shape: tuple[int, ...]) -> NDArray[Any] | None:
        wanted = [one.name for one in self._stats if "comoments" in STATISTICS[one.name].parts]
        if not wanted:
            if other is None:
                return None
            raise ValueError(f"other: none of {', '.join(self.stats)} takes a second variable")
        if other is None:
            raise ValueError(f"other: {wanted[0]} needs a second variable for each row")
        check_weights(values, other, 0, "other")
        second = second_variable(other)
        if second.shape != shape:
            raise ValueError(f"other: shape {second.shape} does not fit values of shape {shape}")
        return second

    def _placed(self, values: Any, codes: Any, labels: Any, length: int) -> tuple[str, Any, Any, int]:
        """How the rows go to clusters, the code of each, and the labels and number of clusters."""
        held = self._held
        if labels is not None:
            if codes is not None:
                raise ValueError("labels: expected codes or labels, got both")
            numbers_of, names, index = numbered(labels)
            if index is not None:
                check_weights(values, index.to_series(), 0, "labels")
            self._check_length("labels", len(numbers_of), length)
            return "labels", numbers_of, names, len(names)
        if held.by == "labels":
            raise ValueError("labels: rows of this state go by label; pass labels for these as well")
        if codes is None:
            return "codes", self._own_codes(values, length), held.labels, held.n
        check_weights(values, codes, 0, "codes")
        array = codes_of(codes)
        self._check_length("codes", len(array), length)
        if _core.code_bounds(array)[1] >= held.n:
            row = int(np.argmax(array >= held.n))
            raise ValueError(f"codes: {array[row]} at row {row} is not below n = {held.n}")
        return "codes", array, held.labels, held.n

    def _own_codes(self, values: Any, length: int) -> Any:
        origin = self._origin
        if origin is None:
            raise ValueError("codes: a state that was pickled has none of its own; pass codes or labels")
        if origin._length != length:
            raise ValueError(
                f"values: expected the {origin._length} rows of the clusters, got {length}; "
                f"pass codes or labels for other rows"
            )
        origin._check_rows(values, 0)
        return origin.codes

    @staticmethod
    def _check_length(name: str, have: int, want: int) -> None:
        if have != want:
            raise ValueError(f"{name}: expected one for each of {want} rows, got {have}")

    # --- merging ----------------------------------------------------------------------------

    def _empty(self, held: Held) -> Held:
        """The same clusters with the parts that no rows make."""
        nobody = np.empty(0, np.int32)
        values, other = np.empty(0, held.kind), np.empty(0, held.other_kind or np.float64)
        weights = np.empty(0, np.float64) if held.weighted else None
        k = most_places(self._stats)
        chunk = Chunk(values, weights, other, nobody, None, 0, held.n, k, self._skipna, 1)
        parts = {name: PARTS[name].update(chunk) for name in parts_of(self._stats, held.weighted)}
        return held._replace(parts=parts)

    def _joined(self, a: Held, b: Held) -> Held:
        """What two hold together; neither is changed."""
        by = a.by or b.by
        if b.by and b.by != by:
            one, two = ("codes", "labels") if by == "codes" else ("labels", "codes")
            raise ValueError(f"{two}: rows of this state go by {one[:-1]}, so these cannot go by {two[:-1]}")
        if by == "labels":
            a, b = self._united(a, b)
        elif not same_labels(a.labels, b.labels):
            raise ValueError(
                f"other: expected a state of the same {a.n} clusters, got {b.n} or other labels; "
                f"update both by labels to unite them"
            )
        if not a.rows or not b.rows:
            kept = b if b.parts and (b.rows or not a.rows) else a
            return kept._replace(by=by, rows=a.rows + b.rows)
        for name, mine, theirs in (
            ("values", a.kind, b.kind),
            ("other", a.other_kind, b.other_kind),
        ):
            if mine != theirs:
                raise ValueError(f"{name}: expected {mine} as in the rows before, got {theirs}; convert them")
        if a.weighted != b.weighted:
            given = ("without", "with") if b.weighted else ("with", "without")
            raise ValueError(
                f"weights: rows {given[1]} weights after rows {given[0]}; pass 1 for each of the latter"
            )
        parts = {name: PARTS[name].merge(a.parts[name], b.parts[name], self._skipna) for name in a.parts}
        return a._replace(by=by, rows=a.rows + b.rows, parts=parts)

    def _united(self, a: Held, b: Held) -> tuple[Held, Held]:
        """Both with the clusters of either."""
        a, b = (x if x.by else x._replace(labels=sorted_labels(x.labels)[0]) for x in (a, b))
        labels, *places = united(a.labels, b.labels)
        moved = []
        for held, at in zip((a, b), places, strict=True):
            parts = held.parts
            if at is not None:
                parts = {name: PARTS[name].spread(part, at, len(labels)) for name, part in parts.items()}
            moved.append(held._replace(labels=labels, n=len(labels), parts=parts))
        return moved[0], moved[1]

    # --- travelling -------------------------------------------------------------------------

    def __getstate__(self) -> dict[str, Any]:
        """Return plain arrays and names."""
        held = self._held._asdict()
        for name in ("kind", "other_kind"):
            held[name] = None if held[name] is None else held[name].str[1:]
        stats = [tuple(one) for one in self._stats]
        return {
            "layout": LAYOUT,
            "stats": stats,
            "skipna": self._skipna,
            "min_count": self._least,
            **held,
        }

    def __setstate__(self, state: Any) -> None:
        """Take what `__getstate__` gave, after a look at it: a damaged state is a ValueError."""
        if not isinstance(state, Mapping) or repr(state.get("layout")) != repr(LAYOUT):
            raise ValueError("state: not of this version of ClusterState")
        try:
            self._restore(state)
        except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise ValueError(f"state: damaged, {error}") from error

    def _restore(self, state: Mapping[str, Any]) -> None:
        stats = asked_statistics({key: (name, options) for key, name, options in state["stats"]})
        if state["by"] not in ("", "codes", "labels"):
            raise ValueError(f"rows go by code or label, got {state['by']!r}")
        n, rows, least = (state[name] for name in ("n", "rows", "min_count"))
        if any(type(x) is not int or not 0 <= x <= sys.maxsize for x in (n, rows, least)):
            raise ValueError(
                f"expected whole numbers of clusters and rows, got {n!r}, {rows!r} and {least!r}"
            )
        skipna, weighted = state["skipna"], state["weighted"]
        if type(skipna) is not bool or type(weighted) is not bool:
            raise ValueError(f"expected True or False for skipna and weighted, got {skipna!r}, {weighted!r}")
        labels = state["labels"]
        if not hasattr(labels, "dtype") or len(labels) != n:
            raise ValueError(f"expected an array of {n} labels, got {labels!r}")
        if state["by"] == "labels" and not same_labels(sorted_labels(labels)[0], labels):
            raise ValueError("labels out of order")
        kind, other_kind = _kind(state["kind"]), _kind(state["other_kind"])
        if kind is None or (other_kind is None and "comoments" in state["parts"]):
            raise ValueError(f"values of {kind} and {other_kind}")
        wanted, parts = parts_of(stats, weighted), state["parts"]
        if (parts and set(parts) != set(wanted)) or (rows and not parts):
            raise ValueError(f"expected {', '.join(wanted)}, got {', '.join(map(str, parts))}")
        sound = {name: PARTS[name].check(parts[name], n, kind, weighted) for name in wanted if parts}
        if "top" in sound and sound["top"][0].shape[1] != most_places(stats):
            raise ValueError("another number of greatest values than was asked for")
        self._stats, self._skipna, self._origin = stats, skipna, None
        self._least = least
        self._held = Held(labels, n, state["by"], rows, kind, other_kind, weighted, sound)


def _kind(name: Any) -> np.dtype[Any] | None:
    """The type of figures that a pickle names, or None."""
    if name is None:
        return None
    kind = np.dtype(str(name))
    if kind not in KEPT:
        raise ValueError(f"expected float32, float64, int64 or uint64, got {kind}")
    return kind


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
            as in the methods of these names. `any`, `all` and `top` leave them out always.
        min_count : int
            Clusters of fewer values are missing in the result, as in the methods of these
            names; `any`, `all` and `top` have no such limit.

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
        return ClusterState._of(self, stats, bool(skipna), min_count)
