"""Which cluster totals may be published: rules of primary disclosure control."""

import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _core
from . import threads as _threads
from .aggregates import Aggregates
from .containers import is_of
from .disclosed import Disclosure
from .disclosure_rules import concentration_rules
from .dressing import is_table, with_missing
from .keys import common_rows
from .labels import factorize
from .numeric import numbers, whole

__all__ = ["Disclosures"]


class Disclosures(Aggregates):
    """Clusters whose totals would disclose what one of them contributes."""

    __slots__ = ()

    def disclosure(
        self,
        values: Any,
        *,
        contributor: Any = None,
        min_count: int = 3,
        dominance: Any = None,
        p: Any = None,
        pq: Any = None,
        coalition: int = 1,
        waiver: Any = None,
        empty: bool = False,
        threads: int | None = None,
    ) -> Disclosure:
        """Flag the clusters whose totals would disclose a contributor (统计披露控制, 初次隐匿).

        With N contributors, x1 >= x2 >= ... what each of them contributes and X the total, a
        cluster is unsafe where

        - minimum frequency: ``N < min_count``;
        - dominance (n, k): ``x1 + ... + xn > k/100 * X``;
        - p%: ``X - x1 - x2 < p/100 * x1``: the second largest could estimate x1 to within p%;
        - prior-posterior (p, q): ``X - x1 - x2 < p/q * x1``, the same as ``100 p/q`` percent.

        The upper protection level is by how much the inequality fails: ``100/k * (x1 + ... + xn)
        - X`` for dominance, ``p/100 * x1 - (X - x1 - x2)`` for p%, 0 for minimum frequency.

        **These are primary flags. Alone they do not protect a table whose margins are published:**
        see `Disclosure`. Statistical offices keep their parameters secret; they are not kept in
        the result.

        Parameters
        ----------
        values : array_like
            Contributions, one for each row, in any unit, not negative. A missing one (NaN, NA) is no
            contribution; zero is.
        contributor : array_like, optional
            Who contributes, one for each row: firms or, better, holdings. What one of them
            contributes to a cluster is added up first, exactly. By default each row is a
            contributor of its own, which calls a cluster safe that one holding fills with three
            branches.
        min_count : int
            Least number of contributors; 0 for no such rule. (Packages that suppress counts *up to*
            a maximum of 3 ask for one more: there 3 is `min_count` 4.)
        dominance : pair (n, k), or list of pairs, optional
            k in percent, between 0 and 100; n from 1 to 64; at most 62 pairs.
        p : number, optional
            In percent, above 0. The Handbook recommends this rule, and warns of (1, k), which
            ignores what the second largest knows.
        pq : pair (p, q), optional
            In percent, both above 0.
        coalition : int
            How many contributors pool what they know, 1 to 63: p and pq then take away the largest
            ``coalition + 1`` contributions.
        waiver : array_like of bool, optional
            Of each row, whether its contributor agrees to be disclosed; in a cluster a contributor
            does so if all its rows with a value say so. Rules then protect the largest other contributor s,
            together with the largest of the rest, r: ``X - xs - xr < p/100 * xs``, ``xs + xr >
            k/100 * X``, and likewise for other n. Where all have agreed, the cluster is safe.
        empty : bool
            Whether a cluster without contributors has too few. By default it is safe.
        threads : int, optional
            Threads to use; the result does not depend on it.

        Returns
        -------
        Disclosure
            Arrays by cluster, or Series, frames and DataArrays as the values are. Inequalities are
            strict and decided on the exact sums of the values as they are stored, so a tie is safe. A
            percent given as a float means the decimal that is printed for it: ``k=80.1`` is 801 in 1000;
            a Fraction or Decimal is taken exactly. Where X is 0 only minimum frequency can hold.

        Raises
        ------
        ValueError
            For a negative or infinite value, named with its row; a contributor missing where there
            is a value; parameters outside their range, or none; shapes or indexes that do not fit.
        TypeError
            For values or percents that are not numbers, and a `waiver` that is not bool.
        OverflowError
            If a total of integers does not fit their type.

        Notes
        -----
        Overlapping clusters: a firm with the share w in a chain contributes w times its value there,
        an exact product. Negative contributions are refused, since no total bounds them: the
        Handbook advises to lower p, or to fall back to minimum frequency; add corrections to what
        they correct first. Sampling weights are left out: packages weight the total alone, or
        repeat the largest values as well (GaussSuppression has both), and which of them protects
        depends on the survey.

        Examples
        --------
        Safe by (1, 90), yet the second largest knows the largest to within 2%:

        >>> import sndstats as snd
        >>> c = snd.Clusters(["mining"] * 3)
        >>> x = [50_000, 49_000, 1_000]
        >>> bool(c.disclosure(x, dominance=(1, 90)).unsafe[0])
        False
        >>> found = c.disclosure(x, p=3)
        >>> found.unsafe.tolist(), found.protection.tolist()
        ([True], [500.0])

        Three branches, two firms:

        >>> found = c.disclosure(x, contributor=["A", "B", "A"])
        >>> found.contributors.tolist(), found.rule_labels().tolist()
        ([2], ['frequency'])

        References
        ----------
        A. Hundepool et al., Handbook on Statistical Disclosure Control, 2nd edition (2025), 4.2 and
        4.4 (sdctools.github.io/HandbookSDC). The inequalities are the Handbook's; ACRO and
        GaussSuppression let (n, k) hold at equality.
        """
        rules = concentration_rules(dominance, p, pq, coalition)
        least = whole("min_count", min_count)
        if not rules and least == 0:
            raise ValueError("min_count: expected some rule, got 0 without dominance, p or pq")
        beside = {"values": values, "contributor": contributor, "waiver": waiver}
        for name, given in beside.items():
            self._check_rows(given, 0, name)
        common_rows(beside)
        array, missing = self._contributions(values)
        array, missing, shares = self._by_member(array, missing, None, 0)
        codes = self.codes
        if missing is not None:
            codes = np.where(missing, codes.dtype.type(-1), codes)
        waived = None if waiver is None else self._waived(waiver)
        ids, count = self._contributors(contributor, array, codes)
        places = max([2, *(rule.together for rule in rules)])
        try:
            flags, *rest = _core.disclosure(
                array,
                None if shares is None else np.ascontiguousarray(shares),
                codes,
                self.n,
                ids,
                count,
                waived,
                tuple((rule.flag, rule.together, rule.over, rule.under) for rule in rules),
                min(least, sys.maxsize),
                bool(empty),
                places,
                _threads.count(array.size, threads),
            )
        except OverflowError as error:
            raise OverflowError(
                f"values: an exact total does not fit {array.dtype}; convert them to float64"
            ) from error
        found = [self._dress(x, values, 0) for x in (flags, *rest)]
        if is_of("polars", "Series", values):
            found[-1] = with_missing(rest[-1], np.isnan(rest[-1]), values)
        return Disclosure(self.labels, *found)

    def _contributions(self, values: Any) -> tuple[NDArray[Any], Any]:
        """One column of figures that are neither negative nor infinite, or the error that names one."""
        if is_table(values):
            raise ValueError("values: expected one column or an array, got a DataFrame; take one column")
        array, missing = numbers(values)
        if array.shape != (self._length,):
            raise ValueError(f"values: expected {self._length} rows, got shape {array.shape}")
        if array.dtype.kind != "u":
            wrong = array < 0
            if array.dtype.kind == "f":
                wrong |= np.isinf(array)
            if wrong.any():
                row = int(np.argmax(wrong))
                raise ValueError(
                    f"values: expected finite contributions from 0, got {array[row]} at row {row}; add "
                    f"corrections to what they correct first, or use min_count alone on counts"
                )
        return array, missing

    def _of_rows(self, name: str, length: int) -> None:
        """What stands beside the rows has one for each."""
        if length != self._length:
            raise ValueError(f"{name}: expected one for each of {self._length} rows, got {length}")

    def _waived(self, waiver: Any) -> NDArray[np.bool_]:
        array = np.asarray(waiver)
        masked = np.ma.is_masked(waiver)
        if array.dtype != np.bool_ or array.ndim != 1 or masked:
            what = "masked ones" if masked else f"{array.dtype} {array.shape}"
            raise TypeError(
                f"waiver: expected one bool for each row, got {what}; say False where an answer is missing"
            )
        self._of_rows("waiver", len(array))
        return np.ascontiguousarray(array if self._members is None else array[self._members])

    def _contributors(
        self, contributor: Any, array: NDArray[Any], codes: NDArray[Any]
    ) -> tuple[NDArray[np.int32] | None, int]:
        """A number for the contributor of each row, and how many there are."""
        if contributor is None:
            return None, 1
        ids, found = factorize(contributor, order="appearance", name="contributor")
        self._of_rows("contributor", len(ids))
        if self._members is not None:
            ids = ids[self._members]
        nobody = (ids < 0) & (codes >= 0) & (array == array)
        if nobody.any():
            at = int(np.argmax(nobody))
            row = at if self._members is None else int(self._members[at])
            raise ValueError(f"contributor: missing at row {row}, which has a value; name each one")
        return np.ascontiguousarray(ids), max(len(found), 1)
