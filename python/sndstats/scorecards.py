"""The scorecard of a table of printed figures."""

from functools import cached_property
from typing import Any

import numpy as np

from .checks import Finding, find, read_checks
from .datasets import Figures
from .figures import derive
from .report.html import as_html
from .report.records import as_csv, as_json, fields, finding_record, records
from .report.text import as_text
from .tables import Faults, Table, read_figures

__all__ = ["Scorecard", "scorecard"]


class Scorecard:
    """What follows from a table of figures; `scorecard` makes it.

    Its `repr` is the report. `to_dict` gives plain records, `to_pandas` the targets as a frame,
    `to_json` and `to_csv` the text that the command prints. A notebook shows the targets as a
    table. Nothing in it changes after it was made.

    Examples
    --------
    >>> import sndstats as snd
    >>> card = snd.scorecard({"name": ["visitors"], "target": [13], "baseline": [10]})
    >>> card.to_dict()["targets"][0]["gap"]
    3.0
    >>> card.to_csv().splitlines()[1].split(",")[:6]
    ['1', 'visitors', '', '', '', '13.0']

    References
    ----------
    As `scorecard`.
    """

    def __init__(self, columns: Table, findings: list[Finding]) -> None:
        """Hold derived columns and findings."""
        self._columns = columns
        self._findings = findings

    @cached_property
    def _content(self) -> dict[str, Any]:
        t = self._columns
        result = ~t["is_target"] & (t["kind"] != "threshold")
        targets = records(t, np.flatnonzero(t["is_target"]))
        results = records(t, np.flatnonzero(result))
        by_id = {row["id"]: row for row in records(t, range(len(t["id"])))}
        names = dict.fromkeys(t["group"][(t["group"] != "") & (t["is_target"] | result)].tolist())
        clusters = [
            {
                "name": name,
                "targets": t["id"][(t["group"] == name) & t["is_target"]].tolist(),
                "results": t["id"][(t["group"] == name) & result].tolist(),
            }
            for name in names
        ]
        found = [finding_record(finding, by_id) for finding in self._findings]
        return {"targets": targets, "results": results, "clusters": clusters, "findings": found}

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dicts: ``targets``, ``results``, ``clusters``, ``findings``; None where unknown."""
        content = self._content
        return {name: _copied(content[name]) for name in content}

    def to_pandas(self) -> Any:
        """The targets as a DataFrame, one row each; needs pandas."""
        import pandas

        return pandas.DataFrame(self._content["targets"], columns=list(self._fields))

    def to_json(self) -> str:
        """`to_dict` as strict JSON."""
        return as_json(self._content)

    def to_csv(self) -> str:
        """The targets as CSV."""
        return as_csv(self._content["targets"], self._fields)

    @property
    def _fields(self) -> list[str]:
        return fields(self._columns)

    def __repr__(self) -> str:
        """Show the report."""
        return as_text(self._content).rstrip("\n")

    def _repr_html_(self) -> str:
        """Show the targets as a table, in a notebook."""
        return as_html(self._content)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def scorecard(data: Any, checks: Any = None) -> Scorecard:
    """Growth, base, gap, need and verdict (指标体检) of every target of a table; what its checks find.

    Parameters
    ----------
    data : mapping of columns, DataFrame or path of a CSV file
        One row per printed figure: a target where the column ``target`` holds a number, else
        a result, whose figure is in ``actual``. ``name`` and ``target`` are required. A cell
        that ends in % is divided by 100; bare numbers are fractions. Empty cells are missing.
        Read where they are there:

        - ``id`` (else the row's number), ``name_zh``, ``unit``, ``group`` (its cluster)
        - ``kind``, by its first word: "flow" (a sum over the period), "stock", "share",
          "growth", "rank", "threshold" (a definition, which is not reported); any other is
          treated as a stock, and an empty one as a share where the unit is %
        - ``actual``, ``actual_half_width``: of the target's period, empty until it is known
        - ``baseline_id``: the row the target compares with, in the same unit; or ``baseline``
          and ``baseline_half_width``
        - ``growth``, ``growth_half_width``, ``growth_bound``: the printed growth (同比), a
          fraction or a percent
        - ``target_half_width``; ``bound``: "goal", "eq", "ge" (以上), "gt" (超), "le", "lt" (近) of
          the row's figure; an empty one is a goal
        - ``better``: "higher" or "lower"; where it is empty "lower" after le or lt, else "higher"
        - ``start``, ``now``, ``deadline``: years, months or days; ``now`` and ``deadline`` mean the
          last day of theirs, and ``now`` is the last day that ``actual`` covers

        Half-widths that are empty are 0. Unknown columns are kept, but for those with the name of
        a field that is worked out here; ``period`` and ``note`` appear in the report.
    checks : the same kinds, optional
        Rows ``id kind members`` and ``low high``. Kinds: "growth" (members level, base), "sum"
        (parts and last their total), "count_growth" (a count; is there a whole-number base?),
        "share_growth" (a part, its share before, its share after; a finding where the total
        changes by less than ``low`` or more than ``high``). Members are ids, apart by spaces;
        those of "growth" and "sum" are in one unit.
        None: the checks that come with a packaged data set, else no checks.

    Returns
    -------
    Scorecard
        For each target: ``base``, the comparator named, else the baseline, else the interval
        that the printed growth implies with the target taken as rounded; ``gap``, what is missing
        from the actual figure, else from the base (`gap`); ``required_growth`` from base to target,
        unknown for shares and rates, whose gap is in points; ``required_per_month``, which is the
        whole target less what is done for a flow, and the gap for others, over the months left;
        ``verdict``: open (no actual figure, or nothing to judge it by), met, missed (the deadline
        has passed), ahead or behind (时序进度: progress against the time passed), undetermined (the
        rounding of the figures allows more than one). A flow that is to stay low is ahead as long
        as it is used no faster than time passes.

    Raises
    ------
    ValueError
        One error for all cells that cannot be used, with row (1 is the first below the
        header), column and content; columns missing, doubled or of different lengths; a file
        that is not CSV in UTF-8.
    TypeError
        For data that is no table.
    OSError
        For a path that cannot be read.

    Examples
    --------
    >>> import sndstats as snd
    >>> card = snd.scorecard({"name": ["visitors"], "target": [13], "growth": ["30%"]})
    >>> round(card.to_dict()["targets"][0]["base"], 6)
    10.0
    >>> card = snd.scorecard(snd.datasets.snd())
    >>> [finding["verdict"] for finding in card.to_dict()["findings"]][0]
    'consistent only through rounding'

    References
    ----------
    The quantities that plan reports of Chinese districts print beside each target: base (基数),
    completion (完成率) and lead over the planned schedule (序时进度).
    """
    faults = Faults()
    table = read_figures(data, faults)
    if checks is None and isinstance(data, Figures):
        checks = data.checks
    known = None if checks is None else read_checks(checks, faults, table)
    faults.check()
    with np.errstate(all="ignore"):
        columns = derive(table)
        findings = [] if known is None else find(known, columns)
    columns["finding"] = _mentions(columns["id"], findings)
    return Scorecard(columns, findings)


def _mentions(ids: np.ndarray, findings: list[Finding]) -> np.ndarray:
    """For each row, the checks it takes part in and what they find."""
    lines: dict[str, list[str]] = {}
    for finding in findings:
        for member in dict.fromkeys(finding.members):
            lines.setdefault(member, []).append(f"{finding.id}: {finding.verdict}")
    return np.array(["; ".join(lines.get(str(label), [])) for label in ids], dtype=str)
