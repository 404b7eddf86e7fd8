"""What disclosure control says of each cluster."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .containers import is_series
from .disclosure_exports import Cells, margin_cells, names_of, write_gauss_suppression, write_tau_argus
from .disclosure_rules import in_words

__all__ = ["Disclosure"]


class Disclosure:
    """Which cluster totals must not be published as they are (初次隐匿), from `Clusters.disclosure`.

    These are *primary* flags. Alone they do not protect a table that is published with its
    margins: a single total left out is given back by subtraction. Further cells have to be
    suppressed before publication, which is an optimization over the whole table that tau-ARGUS
    and GaussSuppression do: `to_tau_argus` and `to_gauss_suppression` hand the flags over.

    Totals, numbers of contributors and the largest contributions are confidential, and so are
    the parameters of the rules: those are not kept here, and none of these is printed.

    Attributes
    ----------
    labels : ndarray or pandas.Index
        Label of each cluster.
    unsafe : bool
        Whether some rule holds.
    rule : int8
        The rules that hold, of `DisclosureRule`; `rule_labels` puts them in words.
    protection : float64
        Upper protection level: by how much an estimate of the total must be able to exceed it.
        The largest of the rules that hold, exact and rounded once, in the unit of the values; 0
        where the cluster is safe, and where it only has too few contributors.
    contributors : int64
        Contributors with a value, zeros among them.
    total : float64, int64 or uint64
        Exact total, rounded once; of integers the integer, of float32 in float64.
    largest : float64
        The largest contributions, shape (n, m), in descending order; NaN where there are fewer.
        m is 2, or what a rule takes together if that is more.
    note : str
        What remains to be done.

    Examples
    --------
    >>> import sndstats as snd
    >>> c = snd.Clusters(["mining", "mining", "mining", "trade", "trade", "trade"])
    >>> found = c.disclosure([50.0, 49.0, 1.0, 40.0, 30.0, 30.0], p=10)
    >>> found
    <Disclosure: 1 of 2 clusters unsafe (primary flags only, see .note)>
    >>> found.unsafe.tolist(), found.rule_labels().tolist(), found.protection.tolist()
    ([True, False], ['p%', ''], [4.0, 0.0])

    References
    ----------
    A. Hundepool et al., Handbook on Statistical Disclosure Control, 2nd edition (2025), 4.2-4.4.
    """

    __slots__ = ("contributors", "labels", "largest", "protection", "rule", "total", "unsafe")

    labels: Any
    unsafe: Any
    rule: Any
    protection: Any
    contributors: Any
    total: Any
    largest: Any

    note = (
        "Primary flags only: with its margins published, a total left out is given back by "
        "subtraction. Suppress further cells before publication, e.g. with tau-ARGUS or "
        "GaussSuppression."
    )

    def __init__(
        self, labels: Any, rule: Any, protection: Any, contributors: Any, total: Any, largest: Any
    ) -> None:
        """Take the results of the core; see the class."""
        self.labels = labels
        self.unsafe = rule != 0
        self.rule = rule
        self.protection = protection
        self.contributors = contributors
        self.total = total
        self.largest = largest

    def __repr__(self) -> str:
        """Return how many clusters are unsafe, and nothing confidential."""
        unsafe = _plain(self.unsafe)
        count = int(np.count_nonzero(unsafe))
        return f"<Disclosure: {count} of {len(unsafe)} clusters unsafe (primary flags only, see .note)>"

    def rule_labels(self) -> NDArray[Any]:
        """Words for the rules that hold in each cluster, such as "frequency, p%"; "" for none."""
        return in_words(_plain(self.rule))

    def to_pandas(self) -> Any:
        """One row for each cluster, indexed by label: total, contributors, unsafe, rule, protection.

        The totals are there, the unsafe ones too: take them out before anything is published.

        Examples
        --------
        >>> import sndstats as snd
        >>> snd.Clusters(["a", "a", "b"]).disclosure([1.0, 2.0, 4.0]).to_pandas()
           total  contributors  unsafe       rule  protection
        a    3.0             2    True  frequency         0.0
        b    4.0             1    True  frequency         0.0
        """
        import pandas

        index = self.unsafe.index if is_series(self.unsafe) else pandas.Index(self.labels)
        return pandas.DataFrame(
            {
                "total": _plain(self.total),
                "contributors": _plain(self.contributors),
                "unsafe": _plain(self.unsafe),
                "rule": self.rule_labels(),
                "protection": _plain(self.protection),
            },
            index=index,
        )

    def to_tau_argus(
        self,
        path: Any,
        *,
        keys: Any,
        value: str = "value",
        margins: Any = None,
        total: str = "Total",
        decimals: int = 2,
        frequency_range: float = 0.0,
    ) -> None:
        """Write a table with given status for tau-ARGUS: `path`, and its metadata as .rda beside it.

        Parameters
        ----------
        path : str or path
            The table, e.g. "cells.tab"; the metadata go to the same name with the ending .rda.
        keys : sequence of str
            Names of the keys of the clusters, in their order.
        value : str
            Name of the figure.
        margins : mapping, optional
            Disclosures of the margins by the names of the keys that they keep:
            ``{("region",): by_region, (): overall}``. Judge them from the same rows: a margin
            can be unsafe as well.
        total : str
            Code of a key that a margin adds up.
        decimals : int
            Digits after the point, at most 20. Protection levels are rounded up to them.
        frequency_range : float
            Protection of a cell with too few contributors, in percent of its value (0 to 100):
            its own rule asks for none.

        Raises
        ------
        ValueError
            For names of keys or margins that do not fit the labels, or would name two columns;
            labels equal to `total` or written alike, and text with quotes, separators or line
            breaks.
        TypeError
            For names that are not text, and margins that are not disclosures.
        OSError
            If a file cannot be written; it then stays as it was.

        Notes
        -----
        The columns are the keys, value, contributors, the two largest contributions, status (S
        safe, U unsafe, E empty), lower and upper protection level, which are equal. Both files
        hold what is confidential. In batch mode, tau-ARGUS takes the given status where
        SPECIFYTABLE names no rule.

        References
        ----------
        The table data/tableinput/pp.tab with pp.rda in the sources of tau-ARGUS
        (github.com/sdcTools/tauargus); sdcTools/UserSupport, issue 91, on the given status.
        """
        names = names_of(keys, value, total)
        cells = self._with_margins(names, margins, total)
        write_tau_argus(path, cells, names, value, total, decimals, frequency_range)

    def to_gauss_suppression(
        self, path: Any, *, keys: Any, value: str = "value", margins: Any = None, total: str = "Total"
    ) -> None:
        """Write cells for the R package GaussSuppression, as CSV for ``read.csv``.

        The columns are the keys, the value, contributors, suppressed (TRUE or FALSE) and protection;
        a row for each cluster, and for each margin. Parameters and errors as in `to_tau_argus`.
        Read as `flags`, the flags are the `suppressedData` of ``AdditionalSuppression(...,
        primary = NULL, makeForced = FALSE)``.

        References
        ----------
        GaussSuppression 1.3.0, AdditionalSuppression and PrimaryFromSuppressedData.
        """
        names = names_of(keys, value, total)
        write_gauss_suppression(path, self._with_margins(names, margins, total), names, value)

    def _cells(self) -> Cells:
        columns = (self.total, self.contributors, self.largest, self.rule, self.protection)
        total, contributors, largest, rule, protection = map(_plain, columns)
        labels = [x if isinstance(x, tuple) else (x,) for x in list(self.labels)]
        return Cells(labels, total, contributors, largest, rule, protection)

    def _with_margins(self, keys: tuple[str, ...], margins: Any, total: str) -> list[Any]:
        margins = {} if margins is None else margins
        if not isinstance(margins, Mapping) or not all(isinstance(x, Disclosure) for x in margins.values()):
            raise TypeError("margins: expected a mapping from names of keys to what `disclosure` returns")
        kept = {tuple(names): other._cells() for names, other in margins.items()}
        return margin_cells(keys, self._cells(), kept, total)


def _plain(x: Any) -> NDArray[Any]:
    """Results without the container that the values gave them."""
    array: NDArray[Any] = x if isinstance(x, np.ndarray) else x.to_numpy()
    return array
