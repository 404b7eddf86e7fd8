"""Two periods by cluster: growth, what each cluster adds to the growth of all, who grows."""

import sys
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.typing import NDArray

from . import _core
from .dressing import of_all
from .numeric import whole
from .pairing import BASES, check_choice
from .two_periods import Periods, TwoPeriods, labelled

__all__ = ["Changes", "Growing"]

#: The numbers of `enum sst_addend` and `enum sst_change_form`.
VALUES, PRODUCTS = 0, 1
GROWTH, CONTRIBUTION, SHARE = 0, 1, 2
#: Where a state has the number of its rows.
COUNT = 2


class Growing(NamedTuple):
    """How many rows of each cluster grow between two periods (增长面); from `Clusters.growing`.

    Attributes
    ----------
    growing : ndarray, or Series, DataFrame or DataArray of int64
        Rows with a greater figure at the end than at the start.
    present : ndarray, or Series, DataFrame or DataArray of int64
        Rows that have a figure in both periods.
    share : ndarray, or Series, DataFrame or DataArray of float64
        ``growing / present``, a fraction; NaN where no row has both.

    Examples
    --------
    >>> import sndstats as snd
    >>> found = snd.Clusters(["a", "a", "b"]).growing([1.0, 2.0, 3.0], [2.0, 2.0, 4.0])
    >>> found.growing.tolist(), found.share.tolist()
    ([1, 1], [0.5, 1.0])

    References
    ----------
    The share of enterprises or products that grow (增长面), published beside the growth of the total by
    China's National Bureau of Statistics.
    """

    growing: Any
    present: Any
    share: Any


class Changes(TwoPeriods):
    """What two periods of the same rows show."""

    __slots__ = ()

    def growth(
        self,
        start: Any,
        end: Any,
        weights: Any = None,
        *,
        base: str = "ieee",
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """Growth of each cluster, that of its total (增速).

        ``(sum(end) - sum(start)) / sum(start)`` over the rows that have a figure in both periods:
        members are weighted by their base, and one that is new or has left does not count as
        growth. The difference of the exact sums is taken first and the result rounded once.

        Parameters
        ----------
        start, end : array_like
            Figures in one unit in the base period and now (上年同期数, 本期数), with as many places
            along `axis` as there are rows.
        weights : array_like, optional
            Factors of both figures, not negative, such as the share of a firm that is in the
            cluster. A row without one is left out.
        base : {"ieee", "nan", "abs", "raise"}
            What a total of zero or below at the start gives, as in `growth_rate`: what the formula
            gives in IEEE arithmetic; NaN; the change over the size of the base; or an error.
        min_count : int
            Clusters of fewer rows with both figures are NaN.
        axis : int
            The axis of the rows.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            Fractions: 0.03 is three percent. The clusters take the place of the rows. float32
            stays float32, everything else gives float64. NaN, in types with NA or null those, for
            clusters that have no row with both figures. A base of zero gives an infinity, or NaN
            without a change; a negative one turns the sign. Weights of memberships that overlap
            multiply both figures.

        Raises
        ------
        ValueError
            For negative weights, an unknown `base`, a base that "raise" refuses, and shapes or
            indexes that do not fit.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b", "b"])
        >>> c.growth([100.0, 300.0, 50.0, float("nan")], [120.0, 300.0, 40.0, 70.0]).tolist()
        [0.05, -0.2]

        References
        ----------
        National Bureau of Statistics of China: growth of the same enterprises on the figure of last
        year that they report now (上年同期数), as in the notes to its monthly releases.
        """
        check_choice("base", base, BASES)
        policy = 0 if base == "raise" else BASES.index(base)  # the numbers of `enum sst_change_base`
        least = _least(min_count)

        def compute(column: Periods, _: Periods, workers: int) -> Any:
            states = self._states(column, self.codes, self.n, False, workers)
            if base == "raise":
                self._refuse_bases(states[0], least)
            single = column.start.dtype == np.float32
            rates = _core.exact_change(*states, None, None, GROWTH, policy, least, single)
            return (rates,), states[0][COUNT]

        ruled = base == "nan"
        return self._of_periods(compute, start, end, weights, axis, threads, least, ruled)[0]

    def contribution(
        self,
        start: Any,
        end: Any,
        weights: Any = None,
        *,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
        return_total: bool = False,
    ) -> Any:
        """What each cluster adds to the growth of all, in points of it (拉动).

        ``(sum(end) - sum(start)) / S`` with the sums of the cluster and S that of `start` over all
        rows that are in a cluster and have a figure in both periods: the exact result, rounded
        once. Of clusters that do not overlap the results, added up exactly, are the growth of
        all but for half a unit in the last place of each.

        Parameters
        ----------
        start, end, weights, min_count, axis, threads
            As in `growth`. Clusters that `min_count` leaves out stay in the total.
        return_total : bool
            Return the growth of the total too.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            Fractions (0.06 is six points), as in `growth`. NaN for clusters that have no row with
            both figures: they add nothing. A total of zero gives what IEEE arithmetic gives, a
            negative one turns the signs.
        tuple of two, with `return_total`
            The contributions, and the growth of the total: one figure, or one for each column (of
            a pandas frame a Series by column, of a polars frame one of one row, of an xarray
            object one without the rows).

        Raises
        ------
        ValueError
            As in `growth`.

        See Also
        --------
        contribution : the same of parts in columns, over many periods.

        Notes
        -----
        Where clusters overlap, S and the growth of the total count each row once, in full:
        then contributions need not add up to it.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b"])
        >>> points, growth = c.contribution([40.0, 10.0, 50.0], [44.0, 11.0, 48.0], return_total=True)
        >>> points.tolist(), growth.tolist()
        ([0.05, -0.02], 0.03)

        References
        ----------
        National Bureau of Statistics of China, indicators in plain words (拉动百分点); Insee, Informations
        rapides: contribution of a branch to the growth of an aggregate.
        """
        points, total = self._parts(CONTRIBUTION, start, end, weights, min_count, axis, threads)
        return (points, total) if return_total else points

    def contribution_share(
        self,
        start: Any,
        end: Any,
        weights: Any = None,
        *,
        min_count: int = 0,
        axis: int = 0,
        threads: int | None = None,
    ) -> Any:
        """What each cluster adds to the growth of all, as a share of it (贡献率).

        ``(sum(end) - sum(start)) / (E - S)`` with E and S the sums over all rows that are in a
        cluster and have a figure in both periods: the exact result, rounded once. Of clusters that
        do not overlap the results add up to 1. Shares of a change that is small beside those of
        the clusters are large and of both signs; where all shrink, a shrinking one has a positive
        share.

        Parameters
        ----------
        start, end, weights, min_count, axis, threads
            As in `contribution`.

        Returns
        -------
        ndarray, or Series, DataFrame or DataArray by cluster
            Fractions, as in `contribution`. Without a change of the total infinite, or NaN for
            a cluster that has none either.

        Raises
        ------
        ValueError
            As in `growth`.

        See Also
        --------
        contribution_share : the same of parts in columns, over many periods.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "b"])
        >>> c.contribution_share([40.0, 10.0, 50.0], [46.0, 11.0, 51.0]).tolist()
        [0.875, 0.125]

        References
        ----------
        National Bureau of Statistics of China, indicators in plain words (贡献率).
        """
        return self._parts(SHARE, start, end, weights, min_count, axis, threads)[0]

    def growing(
        self, start: Any, end: Any, *, min_count: int = 0, axis: int = 0, threads: int | None = None
    ) -> Growing:
        """Count the rows of each cluster that grow, and their share (增长面).

        A row grows if its figure at the end is greater than that at the start, exactly; one that
        stays as it was does not. Rows that lack one of both figures are left out.

        Parameters
        ----------
        start, end, axis, threads
            As in `growth`. 64-bit integers are compared as integers.
        min_count : int
            In clusters of fewer rows with both figures the share is NaN.

        Returns
        -------
        Growing
            ``.growing`` and ``.present``, int64 counts, and ``.share``, a fraction, each as the
            results of `growth` are. Memberships count in each of their clusters, whatever
            their weights.

        Raises
        ------
        ValueError
            As in `growth`.

        Examples
        --------
        >>> import sndstats as snd
        >>> c = snd.Clusters(["a", "a", "a", "b"])
        >>> found = c.growing([1.0, 5.0, 2.0, 7.0], [2.0, 5.0, float("nan"), 9.0])
        >>> found.growing.tolist(), found.present.tolist(), found.share.tolist()
        ([1, 1], [2, 1], [0.5, 1.0])

        References
        ----------
        National Bureau of Statistics of China: the number of products or industries that grow
        (增长面) in its monthly releases on industry.
        """

        least = _least(min_count)

        def compute(column: Periods, _: Periods, workers: int) -> Any:
            codes = _core.pair_codes(column.start, None, self.codes, self.n, column.end, False, workers)
            found = _core.pair_growing(column.start, None, codes, self.n, column.end, least, workers)
            return found, found[1]

        kinds = (np.int64, np.int64, np.float64)
        return Growing(*self._of_periods(compute, start, end, None, axis, threads, least, kinds=kinds))

    def _states(
        self, column: Periods, codes: NDArray[Any], n: int, together: bool, workers: int
    ) -> tuple[Any, Any]:
        """Exact sums of both periods over the rows that have both, by cluster or `together`."""
        codes = _core.pair_codes(column.start, column.weights, codes, n, column.end, together, workers)
        addend, groups = VALUES if column.weights is None else PRODUCTS, 1 if together else n
        one, other = (
            _core.exact_state(x, column.weights, codes, groups, addend, True, workers)
            for x in (column.start, column.end)
        )
        return one, other

    def _refuse_bases(self, state: Any, least: int) -> None:
        """The base policy "raise"."""
        refused = (state[COUNT] >= least) & (_core.exact_signs(state) <= 0)
        if refused.any():
            label = self.labels[int(np.argmax(refused))]
            raise ValueError(
                f"start: the base of cluster {label!s:.80} is zero or negative; "
                f"pass base='ieee', 'nan' or 'abs'"
            )

    def _parts(
        self, form: int, start: Any, end: Any, weights: Any, min_count: Any, axis: int, threads: Any
    ) -> Any:
        """What clusters add to the growth of all, and that growth."""
        growth: list[Any] = []
        without: list[bool] = []
        least = _least(min_count)
        inside, n = self.codes, self.n
        if self._members is not None:
            inside, n = np.full(self._length, -1, dtype=np.int32), 1
            inside[self._members[self.codes >= 0]] = 0

        def compute(column: Periods, rows: Periods, workers: int) -> Any:
            states = self._states(column, self.codes, self.n, False, workers)
            totals = self._states(rows, inside, n, True, workers)
            single = column.start.dtype == np.float32
            rate = _core.exact_change(*totals, None, None, GROWTH, 0, 0, single)[0]
            growth.append(np.float32(rate) if single else rate)
            without.append(int(totals[0][COUNT][0]) == 0)
            return (_core.exact_change(*states, *totals, form, 0, least, single),), states[0][COUNT]

        points = self._of_periods(compute, start, end, weights, axis, threads, least)[0]
        shape, like = np.shape(start), labelled(start, end)
        axis = normalize_axis_index(axis, len(shape))
        total, gone = (np.array(x).reshape(np.delete(shape, axis)) for x in (growth, without))
        return points, of_all(total, gone, like, axis)


def _least(min_count: Any) -> int:
    """Rows that a result needs: one with both figures, or as many as asked for."""
    return max(min(whole("min_count", min_count), sys.maxsize), 1)
