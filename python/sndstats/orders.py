"""Statistics of the order of values by cluster: median, quantiles, different values."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from .aggregates import Aggregates
from .dressing import stacked
from .numeric import whole

__all__ = ["Orders"]


class Orders(Aggregates):
    """What the sorted values of a cluster show; they are copied, 8 bytes for each."""

    __slots__ = ()

    def median(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Median of each cluster, correctly rounded (中位数).

        The middle value, or of an even number ``(a + b) / 2`` of the two in the middle:
        the exact half, rounded once, whatever their size. With weights the least value
        whose weight, with that of all lesser ones, reaches half of the total; where it
        is exactly half, half-way to the next value that has a weight. Whole weights thus
        count rows: weight 3 is three rows. Sums of weights are compared exactly.

        Parameters
        ----------
        values : array_like
            Figures, with as many places along `axis` as there are rows. float32 gives
            float32; all else float64, integers from their exact values.
        weights : array_like, optional
            Weights, not negative. A row without a weight is left out, one of weight zero
            has no say.
        skipna, min_count, axis, threads
            As in `sum`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            In the unit of the values. NaN for empty clusters, half-way between
            infinities of both signs, and where the weights are all zero or one is
            infinite. An exact zero is +0.0.

        Raises
        ------
        ValueError
            For negative weights and shapes or indexes that do not fit.

        Notes
        -----
        The values are copied into clusters: 8 bytes a row, 16 with weights.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b", "b"])
        >>> c.median([1.0, 9.0, 2.0, 1e308, 1.5e308]).tolist()
        [2.0, 1.25e+308]
        >>> c.median([1.0, 9.0, 2.0, 3.0, 5.0], weights=[1, 5, 1, 2, 2]).tolist()
        [9.0, 4.0]

        References
        ----------
        R. W. Floyd, R. L. Rivest, Algorithm 489: SELECT, CACM 18 (1975); A. Ziv, ACM TOMS
        17 (1991), on rounding once.
        """
        return self._computed(_median, (), values, weights, skipna, min_count, axis, threads)

    def quantile(
        self,
        values: Any,
        q: Any,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Quantiles of each cluster by linear interpolation (分位数).

        Of n sorted values ``x[k] + (x[k + 1] - x[k]) * (h - k)`` with ``h = q * (n - 1)``
        and k its whole part: NumPy's and R's default ("linear", type 7). h is a double as
        in NumPy; the interpolation is exact and rounded once, so it neither overflows
        nor leaves the range between its two values.

        Parameters
        ----------
        values : array_like
            As in `median`.
        q : float or array_like
            Fractions from 0 to 1, in any order: one, or several.
        skipna, min_count, axis, threads
            As in `sum`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            In the unit of the values. Several `q` lead, (len(q), n): of a Series a frame
            with a row for each, of a frame an array; of xarray objects as a dimension
            "quantile". Of polars columns they are columns, called by the q, of frames by
            name and q. NaN for empty clusters and between infinities of both signs. An
            exact zero is +0.0.

        Raises
        ------
        ValueError
            For a `q` outside 0 to 1, one that is there twice for polars, and shapes or
            indexes that do not fit.

        Notes
        -----
        The values are copied into clusters: 8 bytes a row. There are no weights: places are
        counted in rows, so that doubling all weights would move them, while the weighted
        `median` compares shares of the total, which doubling leaves as they are.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b"])
        >>> c.quantile([1.0, 9.0, 2.0, 5.0], 0.25).tolist()
        [1.5, 5.0]
        >>> c.quantile([1.0, 9.0, 2.0, 5.0], [0.0, 1.0]).tolist()
        [[1.0, 5.0], [9.0, 5.0]]

        References
        ----------
        R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, The American
        Statistician 50 (1996): definition 7.
        """
        fractions = _fractions(q)
        several = np.atleast_1d(fractions) if fractions.size else np.array([0.5])
        results = self._quantiles(values, several, skipna, min_count, axis, threads)
        if fractions.ndim == 0:
            return results[0]
        return stacked(results, fractions, values)

    def nunique(
        self,
        values: Any,
        weights: Any = None,
        *,
        skipna: bool = True,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Count the different values of each cluster, as int64.

        -0.0 equals 0.0. Missing values are none; with ``skipna=False`` those of a cluster
        count together as one more. An empty cluster has 0. Of weights it matters only
        whether they are missing; `min_count` is accepted as everywhere and changes
        nothing. Other arguments and errors as in `median`; the values are copied, 8
        bytes a row.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters.from_codes([0, 0, 0, 1], n=3)
        >>> c.nunique([2.0, 5.0, 2.0, float("nan")]).tolist()
        [2, 0, 0]

        References
        ----------
        IEEE 754-2019, 5.11: zeros of both signs compare equal.
        """
        whole("min_count", min_count)

        def compute(array: Any, factors: Any, codes: Any, skips: bool, workers: int) -> Any:
            return _core.group_distinct(array, factors, codes, self.n, skips, workers), None

        found = self._apply(compute, values, weights, axis, threads, True, None)
        if skipna:
            return found
        rows = self.count(values, weights, skipna=False, axis=axis, threads=threads)
        return found + (rows > self.count(values, weights, axis=axis, threads=threads))

    def _quantiles(
        self, values: Any, q: NDArray[np.float64], skipna: bool, min_count: Any, axis: int, threads: Any
    ) -> list[Any]:
        """One result for each q; each column's values are brought into clusters once."""
        made: list[NDArray[Any]] = []

        def of_each_column(k: int) -> Any:
            columns = iter(made)

            def compute(*arguments: Any) -> Any:
                if k == 0:
                    made.append(_core.group_quantile(*arguments))
                    return made[-1][0]
                return next(columns)[k]

            return compute

        return [
            self._computed(of_each_column(k), (q,), values, None, skipna, min_count, axis, threads)
            for k in range(len(q))
        ]


def _median(array: Any, factors: Any, codes: Any, n: int, *rest: Any) -> Any:
    if factors is None:
        return _core.group_quantile(array, None, codes, n, np.array([0.5]), *rest)[0]
    return _core.group_weighted_median(array, factors, codes, n, *rest)


def _fractions(q: Any) -> NDArray[np.float64]:
    """One q, or several along one axis, all from 0 to 1."""
    try:
        array = np.ascontiguousarray(q, dtype=np.float64).reshape(np.shape(q))
    except (TypeError, ValueError) as error:
        raise type(error)(f"q: expected numbers from 0 to 1, got {q!r}") from error
    if array.ndim > 1:
        raise ValueError(f"q: expected one number or one dimension, got shape {array.shape}")
    outside = ~((array >= 0.0) & (array <= 1.0))
    if outside.any():
        raise ValueError(f"q: expected numbers from 0 to 1, got {float(array[outside][0])}")
    return array
