"""Packaged data: the figures that `scorecard` reads, and employment by sector for growth.

The files and their sources are described in the README beside them.
"""

from importlib import resources
from typing import Any

import numpy as np

from .. import cells
from ..checks import read_checks
from ..tables import Faults, read_csv, read_figures

__all__ = ["Figures", "Sectors", "snd", "us_employment"]

# Each total of the employment table and what it is the sum of.
PARTS = {
    "nonfarm": ("private", "government"),
    "private": ("goods_producing", "private_service_providing"),
    "goods_producing": ("mining_and_logging", "construction", "manufacturing"),
    "manufacturing": ("durable_goods", "nondurable_goods"),
    "service_providing": ("private_service_providing", "government"),
    "private_service_providing": (
        "trade_transportation_and_utilities",
        "information",
        "financial_activities",
        "professional_and_business_services",
        "education_and_health_services",
        "leisure_and_hospitality",
        "other_services",
    ),
    "trade_transportation_and_utilities": (
        "wholesale_trade",
        "retail_trade",
        "transportation_and_warehousing",
        "utilities",
    ),
}


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


class Sectors(dict[str, np.ndarray]):
    """A column `month` and one per sector; `parts` says which sectors each total is the sum of."""

    def __init__(self, columns: dict[str, np.ndarray], parts: dict[str, tuple[str, ...]]) -> None:
        """Hold the columns and how they nest."""
        super().__init__(columns)
        self.parts = parts

    def __repr__(self) -> str:
        """Say how much there is; the columns are arrays."""
        months = self["month"]
        return f"<Sectors: {len(months)} months from {months[0]} to {months[-1]}, {len(self) - 1} sectors>"


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


def us_employment() -> Sectors:
    """Employees on nonfarm payrolls in the United States by month and sector, 2006-01 to 2015-12.

    The columns contain one another and must never be added up all together: nonfarm holds
    private and government, private holds goods_producing and private_service_providing, and
    so on down to wholesale_trade. The attribute `parts` names the parts of each total.

    Returns
    -------
    dict of ndarray
        `month`, datetime64[M], 120 months without a gap, and 22 columns of float64 in thousands
        of persons, seasonally adjusted; nothing is missing. Its attribute `parts` is a dict
        from a total to the tuple of columns it is the sum of: exactly in every month, but
        trade_transportation_and_utilities within 0.5, because its parts are given to 0.1 and
        the total is not. nonfarm is also goods_producing plus service_providing. Every call
        returns new arrays.

    Examples
    --------
    >>> import sndstats as snd
    >>> jobs = snd.datasets.us_employment()
    >>> jobs
    <Sectors: 120 months from 2006-01 to 2015-12, 22 sectors>
    >>> float(jobs["nonfarm"][-1])
    143093.0
    >>> snd.growth_rate(jobs["nonfarm"], 12, time=jobs["month"])[-1].round(4).item()
    0.0193

    The parts of a total, and eleven sectors that do not overlap and add up to nonfarm:

    >>> jobs.parts["manufacturing"]
    ('durable_goods', 'nondurable_goods')
    >>> sectors = [
    ...     *jobs.parts["goods_producing"],
    ...     *jobs.parts["private_service_providing"],
    ...     "government",
    ... ]
    >>> len(sectors), float(sum(jobs[name][-1] for name in sectors))
    (11, 143093.0)

    References
    ----------
    U.S. Bureau of Labor Statistics, Current Employment Statistics, https://www.bls.gov/ces/,
    downloaded on 2018-11-11 for the PyPI package vega-datasets (here from its version 0.9.0).
    """
    faults = Faults()
    raw = read_csv(_content("us_employment.csv"), "us_employment.csv", faults)
    sectors = tuple(name for name in raw.columns if name != "month")
    month = raw.parsed("month", cells.first_day, np.datetime64("NaT", "D"), faults).astype("datetime64[M]")
    employment = Sectors({"month": month, **raw.numbers(sectors, faults)}, dict(PARTS))
    faults.check()
    return employment
