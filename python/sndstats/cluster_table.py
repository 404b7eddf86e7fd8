"""Results of several statistics by cluster, as a mapping that turns into frames and tables."""

import html
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .containers import is_frame, is_of, is_series, with_nulls
from .keys import index_of, labels_of
from .report.layout import clean, width
from .table_cells import (
    Column,
    are_tuples,
    as_frame,
    cells_of,
    columns_of,
    polars_labels,
    same,
    same_figures,
    text_of,
)

__all__ = ["ClusterTable"]

#: Rows and columns that `repr` shows of each end of a long table.
_ENDS, _SIDES = 5, 6


class ClusterTable(Mapping[str, Any]):
    """Several statistics of the same clusters: an immutable mapping, a figure for each cluster (分组汇总表).

    ``table["sum"]`` is what was computed under that name; iteration gives the names in the
    order they were asked for. `Clusters.agg`, `aggregate` and `ClusterState.result` return
    such tables.

    Parameters
    ----------
    columns : mapping of str to array_like
        The figures of each statistic, clusters first: shape (n,), or (n, columns) of values
        with columns. Arrays, Series or frames; arrays are kept as read-only views.
    labels : array_like
        The label of each cluster; of several keys tuples.
    index : pandas.Index, optional
        The labels as pandas is to have them; by default made from `labels`.
    names : sequence of str, optional
        Names of the keys, for frames without an `index`.

    Attributes
    ----------
    labels : ndarray or pandas.Index
        Label of each cluster.
    n : int
        Number of clusters.

    Raises
    ------
    ValueError
        For figures that are not as many as the labels.
    TypeError
        For a name that is not text.

    Notes
    -----
    Tables are equal if names, their order, labels and figures are; NaN equals NaN here.
    Results of values with columns take a column each in frames, named (statistic, column).

    Examples
    --------
    >>> import sndstats as snd
    >>> table = snd.aggregate([1.5, 2.0, 4.0], ["b", "a", "b"], ["sum", "count"])
    >>> list(table), table["sum"].tolist()
    (['sum', 'count'], [2.0, 5.5])
    >>> table
    2 clusters
    label  sum  count
    a        2      1
    b      5.5      2

    References
    ----------
    Python, collections.abc.Mapping; pandas, DataFrameGroupBy.agg.
    """

    __slots__ = ("_columns", "_index", "_labels", "_names")

    def __init__(
        self, columns: Mapping[str, Any], labels: Any, *, index: Any = None, names: Any = None
    ) -> None:
        """Take the figures and check that they fit the labels."""
        if not isinstance(columns, Mapping):
            raise TypeError(f"columns: expected a mapping from names to figures, got {columns!r:.80}")
        if labels is None:
            raise TypeError("labels: expected an array with one for each cluster, got None")
        if index is None:
            index = index_of(labels)
            index = index if index is None or names is None else index.set_names(list(names))
        labels = labels_of(labels)
        kept = {}
        for name, column in columns.items():
            if not isinstance(name, str):
                raise TypeError(f"columns: expected names as text, got {name!r}")
            if not _is_kept(column):
                column = np.asarray(column).view()
                column.flags.writeable = False
            shape = column.shape
            if not shape or shape[0] != len(labels):
                raise ValueError(f"columns: expected {len(labels)} figures of {name!r}, got shape {shape}")
            kept[name] = column
        self._columns = kept
        self._labels = labels
        self._index = index
        self._names = None if names is None else tuple(names)

    @property
    def labels(self) -> Any:
        """Label of each cluster."""
        return self._labels

    @property
    def n(self) -> int:
        """Number of clusters."""
        return len(self._labels)

    def __getitem__(self, name: str) -> Any:
        """Return the figures of a statistic; an unknown name is a KeyError that lists the known."""
        try:
            return self._columns[name]
        except (KeyError, TypeError):
            raise KeyError(f"{name!r} is none of {', '.join(self._columns)}") from None

    def __contains__(self, name: object) -> bool:
        """Whether there is such a statistic."""
        return isinstance(name, str) and name in self._columns

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the statistics."""
        return iter(self._columns)

    def __len__(self) -> int:
        """Return the number of statistics."""
        return len(self._columns)

    def __eq__(self, other: object) -> bool:
        """Whether names, labels and figures are the same; NaN equals NaN."""
        if not isinstance(other, ClusterTable):
            return NotImplemented
        if list(self) != list(other) or self.n != other.n:
            return False
        keys, others = ([part for _, part in x._keys()] for x in (self, other))
        return (
            len(keys) == len(others)
            and all(map(same, keys, others))
            and all(same_figures(self[name], other[name]) for name in self)
        )

    __hash__ = None  # type: ignore[assignment]  # its arrays have no hash

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it was made of."""
        return _restored, (self._columns, self._labels, self._index, self._names)

    def to_pandas(self) -> Any:
        """A DataFrame indexed by label, a column for each statistic; needs pandas.

        Several keys give a MultiIndex with their names. If a statistic has columns of its
        own, the columns are a MultiIndex (statistic, column); it ends in "" for the others.
        Columns of polars that have nulls become nullable ones.
        """
        import pandas

        index, keys = self._pandas_index(), [column.key for column in self._flat()]
        frame = pandas.concat(
            [pandas.DataFrame(index=index), *(as_frame(x, index) for x in self._columns.values())], axis=1
        )
        levels = max(map(len, keys), default=1)
        if levels == 1:
            frame.columns = pandas.Index([key[0] for key in keys], dtype=object if not keys else None)
        else:
            padded = [(*key, *[""] * (levels - len(key))) for key in keys]
            frame.columns = pandas.MultiIndex.from_tuples(padded)
        return frame

    def to_polars(self) -> Any:
        """A polars DataFrame, the label of each key first; needs polars.

        A key without a name is called ``label``, of several ``label_0``, ``label_1`` and so
        on. Columns of a statistic are called ``statistic_column``. Missing figures of
        nullable types, and nulls of polars, are null.
        """
        import polars

        made = [polars_labels(polars, name, part) for name, part in self._keys()]
        for column in self._flat():
            made.append(with_nulls("_".join(map(str, column.key)), *cells_of(column.cells)))
        names = Counter(column.name for column in made)
        for name, count in names.items():
            if count > 1:
                raise ValueError(
                    f"columns: two are called {name!r}; ask for them by names of your own, or rename the keys"
                )
        return polars.DataFrame(made)

    def __repr__(self) -> str:
        """Show the table, of a long one the first and last clusters."""
        rows = self._shown()
        widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        keys = len(self._keys())
        lines = []
        for row in rows:
            padded = [
                cell + " " * (w - width(cell)) if k < keys else " " * (w - width(cell)) + cell
                for k, (cell, w) in enumerate(zip(row, widths, strict=True))
            ]
            lines.append("  ".join(padded).rstrip())
        return "\n".join([f"{self.n} cluster{'s' * (self.n != 1)}", *lines])

    def _repr_html_(self) -> str:
        """Show the table in a notebook; labels and names are escaped."""
        head, *body = self._shown()
        keys = len(self._keys())

        def line(row: list[str], tag: str) -> str:
            cells = []
            for k, cell in enumerate(row):
                side = "left" if k < keys else "right"
                name = "th" if k < keys else tag
                cells.append(f'<{name} style="text-align: {side}">{html.escape(cell)}</{name}>')
            return f"<tr>{''.join(cells)}</tr>"

        rows = "".join(line(row, "td") for row in body)
        return (
            f"<div><table><thead>{line(head, 'th')}</thead><tbody>{rows}</tbody></table>"
            f"<p>{self.n} cluster{'s' * (self.n != 1)}</p></div>"
        )

    def _flat(self) -> list[Column]:
        """The figures as columns of one figure for each cluster."""
        return [column for name, block in self._columns.items() for column in columns_of(name, block)]

    def _pandas_index(self) -> Any:
        pandas = sys.modules["pandas"]
        if self._index is not None:
            return self._index
        names = self._names
        if are_tuples(self._labels):
            several = pandas.MultiIndex.from_tuples(list(self._labels))
            return several.set_names(list(names)) if names and len(names) == several.nlevels else several
        if names and len(names) > 1 and not self.n:
            return pandas.MultiIndex.from_arrays([self._labels] * len(names), names=names)
        index = pandas.Index(self._labels)
        return index.rename(names[0]) if names and len(names) == 1 else index

    def _keys(self) -> list[tuple[str, Any]]:
        """Name and labels of each key."""
        names: list[Any]
        if self._index is not None and self._index.nlevels > 1:
            names = list(self._index.names)
            parts = [self._index.get_level_values(k) for k in range(self._index.nlevels)]
        else:
            parts = [self._labels]
            names = [self._index.name] if self._index is not None else list(self._names or [None])
            if are_tuples(self._labels):
                parts = [labels_of(part) for part in zip(*self._labels, strict=True)]
            elif not self.n:
                parts *= len(names)
            names = names if len(names) == len(parts) else [None] * len(parts)
        several = len(parts) > 1
        return [
            (str(name) if name is not None else f"label_{k}" if several else "label", part)
            for k, (name, part) in enumerate(zip(names, parts, strict=True))
        ]

    def _shown(self) -> list[list[str]]:
        """Head and rows as text; those in the middle of a large table are left out."""
        flat, keys = self._flat(), self._keys()
        skips = len(flat) > 2 * _SIDES
        flat = [*flat[:_SIDES], *flat[-_SIDES:]] if skips else flat
        at: list[int] = list(range(self.n))
        if self.n > 2 * _ENDS:
            at = [*range(_ENDS), *range(self.n - _ENDS, self.n)]
        columns = [[clean(name), *(clean(str(part[k])) for k in at)] for name, part in keys]
        for count, column in enumerate(flat):
            if skips and count == _SIDES:
                columns.append(["..."] * (len(at) + 1))
            x = column.cells
            array, gone = cells_of(x.iloc[at] if is_series(x) else x[at])
            missing = np.zeros(len(at), np.bool_) if gone is None else gone
            texts = ["NA" if m else text_of(v) for v, m in zip(array.tolist(), missing.tolist(), strict=True)]
            columns.append([clean(" ".join(map(str, column.key))), *texts])
        rows = [list(row) for row in zip(*columns, strict=True)]
        if self.n > 2 * _ENDS:
            rows.insert(_ENDS + 1, ["..."] * len(columns))
        return rows


def _is_kept(column: Any) -> bool:
    """Whether it is a column or frame of pandas or polars."""
    polars = is_of("polars", "Series", column) or is_of("polars", "DataFrame", column)
    return polars or is_series(column) or is_frame(column)


def _restored(columns: Any, labels: Any, index: Any, names: Any) -> ClusterTable:
    return ClusterTable(columns, labels, index=index, names=names)
