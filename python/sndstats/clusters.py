"""Clusters: rows that share a label; each kind of statistic has a class in a module of its own."""

from typing import Any, Self

import numpy as np

from . import _core
from .changes import Changes
from .cluster_table import ClusterTable
from .comoments import Comoments
from .containers import is_frame, is_of, is_series
from .disclosures import Disclosures
from .encodings import is_pandas
from .keys import codes_of, index_of, labels_of, number_keys, pandas_index, separate
from .memberships import memberships
from .numeric import whole
from .onto_rows import OntoRows
from .orders import Orders
from .places import Places
from .several import Several
from .spreads import Spreads
from .standings import Standings
from .states import States
from .structures import Structures
from .tops import Tops

__all__ = ["Clusters", "aggregate"]

#: Clusters that the core takes.
_MOST = 2**31 - 9


class Clusters(
    Spreads,
    Orders,
    Places,
    Tops,
    Comoments,
    States,
    OntoRows,
    Standings,
    Changes,
    Structures,
    Disclosures,
    Several,
):
    """Rows grouped by one or several labels, for aggregates of any values over them.

    Parameters
    ----------
    *labels : array_like
        One or several keys, each with a label for every row: numbers, text, dates,
        categoricals or any hashable objects, in NumPy arrays (masked ones too), lists,
        and columns of pandas, polars, pyarrow or xarray. With several keys only
        combinations that occur are clusters, and their labels are tuples; the levels of
        a MultiIndex are several keys. A row with a missing label (NaN, None, NaT, NA,
        null, masked) in any key is in no cluster. A categorical of pandas, an Enum of
        polars and a dictionary of Arrow keep their order and their unobserved categories.
    order : {"sorted", "appearance"}
        Order of the clusters: that of the labels, text by code points, or that of the
        rows in which they are first.

    Attributes
    ----------
    codes : ndarray of int
        Cluster of each row, 0 to n - 1; negative for none.
    labels : ndarray or pandas.Index
        Label of each cluster.
    n : int
        Number of clusters.
    sizes : ndarray of int64
        Rows of each cluster, missing values included.

    Raises
    ------
    ValueError
        For keys of different lengths or another `order`.
    TypeError
        For labels that cannot be compared.

    Notes
    -----
    Results are of the kind of the values. Those of pandas, and of arrays by pandas labels,
    are indexed by label; rows then go together by position only if their indexes are equal.
    A polars column or frame gives one of length `n`, null where a result is missing; its
    rows are the clusters in the order of `labels`. In an xarray object a dimension "cluster"
    takes the place of the rows, with the labels as its coordinate: of several keys an index
    of levels, which ``unstack`` makes dimensions of. Name, attributes and coordinates that
    do not run along the rows stay; another dimension or coordinate "cluster" is a
    ValueError.

    Numbers, dates and text of a fixed width are numbered on several threads, each with a
    table of the distinct labels it meets.

    Examples
    --------
    >>> import sndstats as snd
    >>> c = snd.Clusters(["photonics", "medical", "photonics"])
    >>> [str(label) for label in c.labels]
    ['medical', 'photonics']
    >>> c.sum([1.5, 2.0, 4.0]).tolist()
    [2.0, 5.5]

    References
    ----------
    R. M. Neal, Fast exact summation using small and large superaccumulators,
    arXiv:1505.05571 (2015). Clusters in the sense of 产业集群, industrial clusters.
    """

    __slots__ = ()

    def __init__(self, *labels: Any, order: str = "sorted") -> None:
        """Number the labels; see the class."""
        if not labels:
            raise TypeError("labels: expected at least one key")
        labels = separate(labels)
        codes, parts, rows = number_keys(labels, order)
        known = tuple(part.labels for part in parts)
        self._fill(codes, len(known[0]), known[0] if len(known) == 1 else known, rows, None)
        if any(is_pandas(x) for x in labels):
            self._index = pandas_index(parts, [getattr(x, "name", None) for x in labels])

    @classmethod
    def from_codes(cls, codes: Any, n: int | None = None, labels: Any = None) -> Self:
        """Clusters from codes 0 to n - 1 that exist already; negative for no cluster.

        Parameters
        ----------
        codes : array_like of int
            Cluster of each row; NA, null or masked is in none. int32, int64 and uint64
            arrays are used as they are, others are copied.
        n : int, optional
            Number of clusters; by default one more than the greatest code, or the number
            of `labels`.
        labels : array_like, optional
            Label of each cluster; by default the codes 0 to n - 1.

        Raises
        ------
        ValueError
            For a code of n or more, more than 2^31 - 9 clusters, or another number of
            labels.
        TypeError
            For codes that are not integers.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters.from_codes([0, 2, -1, 0]).mean([1.0, 5.0, 7.0, 2.0]).tolist()
        [1.5, nan, 5.0]
        """
        rows = codes.index if is_series(codes) else None
        array, known = codes_of(codes), labels_of(labels)
        most = _core.code_bounds(array)[1]
        if n is None:
            n = len(known) if known is not None else most + 1 if most >= 0 else 0
            if n > _MOST:
                row = int(np.argmax(array >= _MOST))
                raise ValueError(
                    f"codes: {array[row]} at row {row} is beyond the {_MOST} clusters that there may be; "
                    f"number such labels by Clusters(labels)"
                )
        n = whole("n", n)
        if n > _MOST:
            raise ValueError(f"n: at most {_MOST} clusters, got {n}")
        if most >= n:
            row = int(np.argmax(array >= n))
            raise ValueError(f"codes: {array[row]} at row {row} is not below n = {n}")
        self = cls.__new__(cls)
        self._fill(array, n, labels_of(known, n), rows, index_of(labels))
        return self

    @classmethod
    def from_membership(cls, matrix: Any, labels: Any = None) -> Self:
        """Clusters that overlap: a firm in two industrial chains (交叉归属).

        Every row counts in each cluster it has an entry for. Sum, mean, variance,
        standard deviation, median, covariance, slope and the Gini and Theil indices weigh
        it by its entry, times the `weights` of the call, the product of the two rounded
        once. Growth, contributions, HHI, concentration ratio and disclosure take its
        figures times its entry. All other statistics take it as a member, whatever its
        entry; those that give a result for each row refuse clusters that overlap.

        Parameters
        ----------
        matrix : array_like or sparse matrix
            Rows by clusters. An entry is the weight of a row in a cluster, as a fraction
            or in any other unit; 0, or none in a sparse matrix, is outside. NumPy arrays
            (bool too), frames, and every format of scipy.sparse, in which entries that
            are there twice are added up and the matrix stays as it is.
        labels : array_like, optional
            Label of each cluster; by default the columns of a frame, else 0 to n - 1.

        Returns
        -------
        Clusters
            `codes` has the cluster of each membership, by rows; `sizes` counts members.
            Row numbers (argmin, argmax) are those of the matrix. A column without an
            entry is an empty cluster, a row without one is in none.

        Raises
        ------
        ValueError
            For an entry that is missing, infinite or below zero, another shape, or
            another number of labels.
        TypeError
            For entries that are not real numbers.

        Notes
        -----
        Unless the entries of every row add up to 1, the totals of the clusters do not
        add up to that of the rows: with entries of 1 a firm in two chains is in the
        total of both. If all entries are 1 nothing is weighted, and sums of integers
        stay integers; otherwise sums are float64. A call copies its values, and
        weights, once per membership.

        Examples
        --------
        >>> import sndstats as snd
        >>> chains = snd.Clusters.from_membership([[1, 1], [0, 1], [1, 0]], labels=["chips", "medical"])
        >>> chains.sum([10, 20, 40]).tolist(), chains.sizes.tolist()
        ([50, 30], [2, 2])
        >>> snd.Clusters.from_membership([[0.25, 0.75], [0, 1]]).sum([8.0, 20.0]).tolist()
        [2.0, 26.0]

        References
        ----------
        W. J. Browne, H. Goldstein, J. Rasbash, Multiple membership multiple classification
        (MMMC) models, Statistical Modelling 1 (2001), on weights of memberships.
        """
        members, columns, shares, (length, n) = memberships(matrix)
        if n > _MOST:
            raise ValueError(f"matrix: at most {_MOST} clusters, got {n}")
        if labels is None and (is_frame(matrix) or is_of("polars", "DataFrame", matrix)):
            labels = matrix.columns
        self = cls.__new__(cls)
        self._fill(
            columns,
            n,
            labels_of(labels, n),
            matrix.index if is_frame(matrix) else None,
            index_of(labels),
            length=length,
            members=members,
            shares=shares,
        )
        return self


def aggregate(
    values: Any,
    labels: Any,
    stats: Any,
    weights: Any = None,
    *,
    skipna: bool = True,
    min_count: int = 0,
    axis: int = 0,
    threads: int | None = None,
) -> ClusterTable:
    """Several statistics of values by label (分组汇总): ``Clusters(labels).agg(values, stats)``.

    Parameters
    ----------
    values : array_like
        Figures, with as many places along `axis` as there are rows, in any unit.
    labels : array_like or tuple of array_like
        The label of each row. A tuple of arrays, lists or columns is several keys: their
        combinations that occur are the clusters. Anything else, a tuple of texts too, is
        one key.
    stats : str, sequence or mapping
        What to compute: names as ``"sum"``, pairs (name, options), or a mapping from names
        of one's own; see `Clusters.agg`.
    weights : array_like, optional
        Weights, not negative.
    skipna : bool
        Leave missing values out.
    min_count : int
        Clusters of fewer values are missing.
    axis : int
        The axis of the rows.
    threads : int, optional
        Threads to use; the result does not depend on it.

    Returns
    -------
    ClusterTable
        A mapping from the name of each statistic to its figures, clusters sorted by label.
        Rows with a missing label are in no cluster.

    Raises
    ------
    LookupError
        For an unknown statistic; it lists the known.
    ValueError, TypeError, OverflowError
        As in `Clusters` and `Clusters.agg`.

    Examples
    --------
    >>> import sndstats as snd
    >>> table = snd.aggregate([1.0, 2.0, 4.0], ["a", "b", "a"], ["sum", "max"])
    >>> table["sum"].tolist(), table["max"].tolist()
    ([5.0, 2.0], [4.0, 2.0])
    >>> snd.aggregate([1.0, 2.0], (["a", "b"], [2021, 2022]), "mean").labels.tolist()
    [('a', 2021), ('b', 2022)]

    References
    ----------
    Split, apply, combine: H. Wickham, Journal of Statistical Software 40 (2011).
    """
    several = isinstance(labels, tuple) and bool(labels) and all(map(_is_column, labels))
    clusters = Clusters(*labels) if several else Clusters(labels)
    return clusters.agg(
        values, stats, weights, skipna=skipna, min_count=min_count, axis=axis, threads=threads
    )


def _is_column(label: Any) -> bool:
    """Whether it holds labels rather than being one."""
    return hasattr(label, "__len__") and not isinstance(label, (str, bytes, tuple))
