"""Clusters: rows that share a label; each kind of statistic has a class in a module of its own."""

from typing import Any, Self

import numpy as np

from . import _core
from .comoments import Comoments
from .containers import is_series
from .keys import codes_of, is_pandas, joint_labels, label_array, number_keys, pandas_index
from .numeric import whole
from .orders import Orders
from .places import Places
from .spreads import Spreads
from .states import States
from .tops import Tops

__all__ = ["Clusters"]

#: Clusters that the core takes.
_MOST = 2**31 - 9


class Clusters(Spreads, Orders, Places, Tops, Comoments, States):
    """Rows grouped by one or several labels, for aggregates of any values over them.

    Parameters
    ----------
    *labels : array_like
        One or several keys, each with a label for every row: numbers, text, dates,
        categoricals or any hashable objects. With several keys only combinations that
        occur are clusters, and their labels are tuples. A row with a missing label
        (NaN, None, NaT, NA) in any key is in no cluster. A categorical keeps its order
        and its unobserved categories.
    order : {"sorted", "appearance"}
        Order of the clusters.

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
    Results of pandas input, or of pandas labels, are indexed by label; rows then go
    together by position only if their indexes are equal.

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
        codes, parts, rows = number_keys(labels, order)
        uniques = joint_labels(parts)
        self._fill(codes, len(uniques), uniques, rows, None)
        if any(is_pandas(x) for x in labels):
            self._index = pandas_index(parts, [getattr(x, "name", None) for x in labels])

    @classmethod
    def from_codes(cls, codes: Any, n: int | None = None, labels: Any = None) -> Self:
        """Clusters from codes 0 to n - 1 that exist already; negative for no cluster.

        Parameters
        ----------
        codes : array_like of int
            Cluster of each row. int32 and int64 arrays are used as they are.
        n : int, optional
            Number of clusters; by default one more than the greatest code, or the number
            of `labels`.
        labels : array_like, optional
            Label of each cluster; by default the codes 0 to n - 1.

        Raises
        ------
        ValueError
            For a code of n or more, or another number of labels.
        TypeError
            For codes that are not integers.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters.from_codes([0, 2, -1, 0]).mean([1.0, 5.0, 7.0, 2.0]).tolist()
        [1.5, nan, 5.0]
        """
        rows = codes.index if is_series(codes) else None
        array = codes_of(codes)
        most = _core.code_bounds(array)[1]
        if n is None:
            n = len(labels) if labels is not None else most + 1 if most >= 0 else 0
        n = whole("n", n)
        if n > _MOST:
            raise ValueError(f"n: at most {_MOST} clusters, got {n}")
        if most >= n:
            row = int(np.argmax(array >= n))
            raise ValueError(f"codes: {array[row]} at row {row} is not below n = {n}")
        if labels is not None and len(labels) != n:
            raise ValueError(f"labels: expected one for each of {n} clusters, got {len(labels)}")
        self = cls.__new__(cls)
        index = None
        if labels is not None and is_pandas(labels):
            index = pandas_index([labels], [getattr(labels, "name", None)])
        self._fill(array, n, labels if labels is None else label_array(labels), rows, index)
        if labels is None:
            self.labels = np.arange(n)
        return self
