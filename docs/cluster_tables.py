"""Put the table of statistics by cluster into clusters.md, as the library computes them.

What a cell says is what a call gives: weights and memberships count where they change the result of
the four rows below, and an empty cluster is asked for what it gives.
"""

import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np

import sndstats as snd
from sndstats.onto_rows import SINGLE
from sndstats.several import KNOWN
from sndstats.state_table import STATISTICS

PAGE = Path(__file__).parent / "clusters.md"

#: The order of the page; `statistics` says which there are.
NAMES = (
    *("count", "sum", "mean", "var", "std", "covariance", "slope"),
    *("min", "max", "first", "last", "argmin", "argmax", "any", "all", "top"),
    *("median", "quantile", "nunique", "hhi", "concentration_ratio", "gini", "theil"),
)
NEEDED: dict[str, Any] = {"k": 2, "q": 0.75, "other": [1.0, 3.0, 4.0, 9.0]}
VALUES, UNEQUAL = [1.0, 2.0, 5.0, 4.0], [1.0, 3.0, 2.0, 5.0]
HEADER = (
    "statistic",
    "weights",
    "entries of memberships",
    "`skipna`",
    "`min_count`",
    "empty cluster",
    "`agg`",
    "`transform`",
    "state",
)


def statistics() -> set[str]:
    """The names by which a statistic can be asked for."""
    return {*KNOWN, *SINGLE, *STATISTICS}


def computed(clusters: snd.Clusters, name: str, **weights: Any) -> Any:
    """What a statistic gives of the four rows."""
    method = getattr(clusters, name)
    given = {k: x for k, x in NEEDED.items() if k in inspect.signature(method).parameters}
    return np.asarray(method(VALUES, **given, **weights))


def weighing(name: str) -> str:
    """What the statistic does with weights."""
    one = snd.Clusters.from_codes([0, 0, 0, 0])
    if "weights" not in inspect.signature(getattr(one, name)).parameters:
        return "none"
    alike = np.array_equal(computed(one, name), computed(one, name, weights=UNEQUAL))
    return "missing ones" if alike else "weigh"


def membership(name: str) -> str:
    """What it does with the entries of clusters that overlap."""
    entries = np.array(UNEQUAL)[:, np.newaxis]
    one, other = (snd.Clusters.from_membership(matrix) for matrix in (entries > 0, entries))
    return "members" if np.array_equal(computed(one, name), computed(other, name)) else "weigh"


def empty(name: str) -> str:
    """What a cluster without rows gives."""
    result = computed(snd.Clusters.from_codes([0, 0, 0, 0], 2), name)[1].ravel()[0]
    if result.dtype == np.bool_:
        return f"`{bool(result)}`"
    return "NaN" if np.isnan(result) else f"{result:g}"


def statistic_table() -> str:
    """The statistics and what they take."""
    lines = []
    for name in NAMES:
        takes = inspect.signature(getattr(snd.Clusters, name)).parameters
        marks = [name in KNOWN, name in SINGLE, name in STATISTICS]
        cells = [f"`{name}`", weighing(name), membership(name)]
        cells += ["yes" if option in takes else "" for option in ("skipna", "min_count")]
        lines.append([*cells, empty(name), *("yes" if mark else "" for mark in marks)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (HEADER, ("---",) * len(HEADER), *lines))


def with_table(text: str) -> str:
    """The page with the present table between its markers."""
    table = statistic_table()
    pattern = r"(<!-- statistics -->\n).*?(\n<!-- end -->)"
    text, found = re.subn(pattern, lambda m: m[1] + table + m[2], text, flags=re.DOTALL)
    if found != 1:
        raise ValueError(f"{PAGE.name}: expected one marker 'statistics', got {found}")
    return text


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
