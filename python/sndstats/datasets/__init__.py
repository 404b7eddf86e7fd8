"""Packaged figures, in the columns that `scorecard` takes.

The files and their source are described in the README beside them.
"""

from importlib import resources
from typing import Any

import numpy as np

from ..checks import read_checks
from ..tables import Faults, read_csv, read_figures

__all__ = ["Figures", "snd"]


class Figures(dict[str, np.ndarray]):
    """Columns of a packaged table; `checks` holds the checks that come with it."""

    def __init__(self, columns: dict[str, Any], checks: dict[str, Any]) -> None:
        """Hold the columns and their checks."""
        super().__init__(columns)
        self.checks = checks

    def __repr__(self) -> str:
        """Say how much there is; the columns are arrays."""
        rows, kept = len(self["id"]), len(self.checks["id"])
        return f"<Figures: {rows} rows, {len(self)} columns, {kept} checks>"


def _content(name: str) -> bytes:
    return resources.files(__name__).joinpath(name).read_bytes()


def snd() -> Figures:
    """Figures of Suzhou New District (苏州高新区): results of 2022 and targets for 2023, as printed.

    Returns
    -------
    dict of ndarray
        One array per column of the scorecard, a row for each of 46 printed figures: results
        (A01-A16, B12, and C01-C03, C06, C07 of two clusters), targets (B01-B11, B13-B17, C04,
        C05) and size classes (D01-D06, of kind "threshold"). Numbers are float64, NaN where
        nothing is printed; shares and growth are fractions; dates are datetime64[D], NaT where
        there is none; texts are empty where there is none. Half-widths are half a unit of the
        last printed digit. `baseline_id` is the `id` of the printed result that a target
        compares with. Its attribute `checks` holds the four checks T1-T4 as columns ``id kind
        members low high``; `scorecard` uses them unless it is given others. Every call returns
        new arrays.

    Examples
    --------
    >>> import sndstats as snd
    >>> figures = snd.datasets.snd()
    >>> row = list(figures["id"]).index("B01")
    >>> float(figures["target"][row]), str(figures["unit"][row])
    (13.0, 'hundred million USD')
    >>> [str(check) for check in figures.checks["id"]]
    ['T1', 'T2', 'T3', 'T4']

    References
    ----------
    Science and Technology Daily (科技日报), 2023-02-07, on the meeting of Suzhou New District of
    2023-01-29.
    """
    faults = Faults()
    columns = read_figures(read_csv(_content("snd_2022_2023.csv"), "snd_2022_2023.csv", faults), faults)
    checks = read_csv(_content("snd_checks.csv"), "snd_checks.csv", faults)
    figures = Figures(columns, read_checks(checks, faults, columns))
    faults.check()
    return figures
