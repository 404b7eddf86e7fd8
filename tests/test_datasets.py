"""The packaged figures are those that were printed.

The expected figures are copied by hand from the report of Science and Technology Daily of
2023-02-07, in the units it prints them in. Employment is held against what the Bureau of Labor
Statistics published of it elsewhere.
"""

import re
from fractions import Fraction
from importlib import resources

import numpy as np
import pandas as pd
import pytest

import sndstats as snd

MISSING = float("nan")

# id: figure, its half-width, bound, growth, its half-width, bound of the growth
RESULTS = {
    "A01": (1766, 0.5, "eq", 0.03, 0.005, "eq"),
    "A02": (1, 0, "eq"),
    "A03": (182, 0.5, "eq"),
    "A04": (135, 0, "eq"),
    "A05": (20, 0, "eq", 1.16, 0.005, "eq"),
    "A06": (31, 0, "eq"),
    "A07": (5, 0, "eq"),
    "A08": (2, 0, "eq"),
    "A09": (12600, 50, "eq"),
    "A10": (61600, 50, "eq"),
    "A11": (1210, 0, "eq"),
    "A12": (380, 0, "eq"),
    "A13": (4, 0, "eq"),
    "A14": (MISSING, MISSING, "ge"),
    "A15": (0.30, 0.005, "ge"),
    "A16": (0.60, 0.005, "eq"),
    "B12": (0.35, 0.005, "eq"),
    "C01": (300, MISSING, "gt"),
    "C02": (410, MISSING, "gt"),
    "C03": (800, MISSING, "lt"),
    "C06": (50, MISSING, "lt"),
    "C07": (600, MISSING, "gt"),
    "D01": (1, 0, "ge"),
    "D02": (10, 0, "ge"),
    "D03": (50, 0, "ge"),
    "D04": (100, 0, "ge"),
    "D05": (30, 0, "gt"),
    "D06": (0.1, 0, "ge"),
}
TARGETS = {
    "B01": (13, 0.5, "goal", 0.30, 0.005, "eq"),
    "B02": (1800, 0.5, "goal", 0.125, 0.0005, "eq"),
    "B03": (50, 0.5, "goal", 0.25, 0.005, "gt"),
    "B04": (13000, 500, "goal", 0.20, 0.005, "ge"),
    "B05": (75000, 500, "goal"),
    "B06": (30, 0, "goal"),
    "B07": (3, 0, "goal"),
    "B08": (1, 0, "ge"),
    "B09": (40, 0, "gt"),
    "B10": (400, 0, "ge", 0.15, 0.005, "eq"),
    "B11": (280, 0, "ge", 0.16, 0.005, "eq"),
    "B13": (0.50, 0.005, "goal"),
    "B14": (0.40, 0.005, "ge"),
    "B15": (0.40, 0.005, "ge"),
    "B16": (3.00, 0.005, "goal"),
    "B17": (2.20, 0.005, "goal"),
    "C04": (2, 0, "goal"),
    "C05": (1000, MISSING, "gt"),
}
NAMES = {
    "A01": "地区生产总值",
    "A02": "GDP增速位次",
    "A03": "一般公共预算收入",
    "A04": "招引亿元以上项目",
    "A05": "其中10亿元以上项目",
    "A06": "总部项目落户",
    "A07": "新认定省级跨国公司总部机构",
    "A08": "A07的全省位次",
    "A09": "新增企业主体",
    "A10": "企业主体累计",
    "A11": "新引进创新型企业",
    "A12": "高质量科技项目",
    "A13": "入选省重大项目",
    "A14": "新签约超30亿元重大项目",
    "A15": "光子、医疗器械等产业产值增速",
    "A16": "新兴产业产值占规上工业总产值比重",
    "B01": "实际使用外资",
    "B02": "内资注册资金",
    "B03": "服务业招商",
    "B04": "企业数增加",
    "B05": "企业总数累计",
    "B06": "10亿以上项目",
    "B07": "50亿以上项目",
    "B08": "百亿级重大项目",
    "B09": "区域或功能性总部项目",
    "B10": "高质量科技项目",
    "B11": "产业项目(注册资金1000万元以上)",
    "B12": "产业项目占比(起点)",
    "B13": "产业项目占比(目标)",
    "B14": "高技术产业占实际使用外资比重",
    "B15": "高技术产业占内资比重",
    "B16": "新开工各类载体",
    "B17": "建成载体",
    "C01": "医疗器械重大项目",
    "C02": "医疗器械领军人才",
    "C03": "医疗器械相关企业",
    "C04": "医疗器械新增上市企业",
    "C05": "医疗器械集聚企业",
    "C06": "光子核心企业",
    "C07": "光子领域产业规模",
    "D01": "亿元以上",
    "D02": "10亿元以上",
    "D03": "50亿以上",
    "D04": "百亿级",
    "D05": "超30亿元",
    "D06": "注册资金1000万元以上",
}
# The units the report prints, a hundred million being its 亿; areas are printed in 万平方米.
UNITS = {
    "hundred million CNY": "A01 A03 B02 B03 C07 D01 D02 D03 D04 D05 D06",
    "rank": "A02 A08",
    "projects": "A04 A05 A06 A12 A13 A14 B06 B07 B08 B09 B10 B11 C01",
    "institutions": "A07",
    "enterprises": "A09 A10 A11 B04 B05",
    "%": "A15 A16 B12 B13 B14 B15",
    "hundred million USD": "B01",
    "million m2": "B16 B17",
    "people": "C02",
    "companies": "C03 C04 C05 C06",
}
# Sums over a year, or what there is at a time.
KINDS = {
    "flow": "A01 A03 A04 A05 A06 A07 A09 A11 A12 A13 A14 B01 B02 B03 B04 B06 B07 B08 B09 B10 B11 B16 B17 C04",
    "rank": "A02 A08",
    "stock": "A10 B05 C01 C02 C03 C05 C06",
    "growth": "A15",
    "share": "A16 B12 B13 B14 B15",
    "level": "C07",
    "threshold": "D01 D02 D03 D04 D05 D06",
}

# Rows of the source file, us-employment.csv of vega-datasets 0.9.0: the first, the last, and a turning
# point, with the columns that the source gives to a tenth.
EMPLOYMENT = {
    "2006-01": {"nonfarm": 135450, "mining_and_logging": 656, "retail_trade": 15351.5, "government": 21847},
    "2010-02": {"nonfarm": 129726, "durable_goods": 6985, "wholesale_trade": 5443.6, "utilities": 554.8},
    "2015-12": {"nonfarm": 143093, "transportation_and_warehousing": 4950.9, "other_services": 5652},
}
# Jobs in 2010 in thousands, from table 2 of the Bureau's release of its projections to 2020
# (https://www.bls.gov/news.release/ecopro.t02.htm): education and health are its educational services
# and health care and social assistance, government its federal and its state and local government. Two
# of its rows are drawn otherwise and left out: mining without logging, other services with households.
# The Bureau has revised its figures since then, education and health the most.
JOBS_IN_2010 = {
    "goods_producing": 17705.5,
    "construction": 5525.6,
    "manufacturing": 11524.0,
    "service_providing": 112730.1,
    "utilities": 551.8,
    "wholesale_trade": 5456.1,
    "retail_trade": 14413.7,
    "transportation_and_warehousing": 4183.3,
    "information": 2710.9,
    "financial_activities": 7630.2,
    "professional_and_business_services": 16688.0,
    "education_and_health_services": 3149.6 + 16414.5,
    "leisure_and_hospitality": 13019.6,
    "government": 2968.0 + 19513.1,
}


def row(figures: dict[str, np.ndarray], label: str) -> dict[str, object]:
    (at,) = np.flatnonzero(figures["id"] == label)
    return {name: column[at] for name, column in figures.items()}


@pytest.mark.parametrize("label", [*RESULTS, *TARGETS])
def test_figures_are_as_printed(label: str) -> None:
    found = row(snd.datasets.snd(), label)
    column = "target" if label in TARGETS else "actual"
    value, half_width, bound, *growth = {**RESULTS, **TARGETS}[label]
    expected = [value, half_width, *(growth[:2] or [MISSING, MISSING])]
    got = [found[column], found[f"{column}_half_width"], found["growth"], found["growth_half_width"]]
    np.testing.assert_array_equal(np.array(got, dtype=float), np.array(expected, dtype=float))
    assert found["bound"] == bound
    assert found["growth_bound"] == (growth[2] if growth else "")
    assert np.isnan(found["actual" if label in TARGETS else "target"])


def test_nothing_is_missing_or_added() -> None:
    figures = snd.datasets.snd()
    assert sorted(figures["id"].tolist()) == sorted([*RESULTS, *TARGETS])
    assert {len(column) for column in figures.values()} == {46}


def test_chinese_names() -> None:
    figures = snd.datasets.snd()
    assert dict(zip(figures["id"].tolist(), figures["name_zh"].tolist(), strict=True)) == NAMES
    assert np.all(figures["name"] != "")


@pytest.mark.parametrize(("column", "expected"), [("unit", UNITS), ("kind", KINDS)])
def test_units_and_kinds(column: str, expected: dict[str, str]) -> None:
    figures = snd.datasets.snd()
    found = {
        str(word): " ".join(figures["id"][figures[column] == word]) for word in np.unique(figures[column])
    }
    assert found == expected


def test_each_target_names_the_result_it_compares_with() -> None:
    figures = snd.datasets.snd()
    named = figures["baseline_id"] != ""
    assert dict(zip(figures["id"][named].tolist(), figures["baseline_id"][named].tolist(), strict=True)) == {
        "B04": "A09",
        "B05": "A10",
        "B06": "A05",
        "B09": "A06",
        "B10": "A12",
        "B13": "B12",
        "C05": "C03",
    }


def test_types_and_periods() -> None:
    figures = snd.datasets.snd()
    for column in ("actual", "target", "growth", "target_half_width", "baseline"):
        assert figures[column].dtype == np.float64
    planned = ~np.isnan(figures["target"])
    assert planned.sum() == 18
    assert np.all(figures["start"][planned] == np.datetime64("2023-01-01"))
    assert np.all(figures["deadline"][planned] == np.datetime64("2023-12-31"))
    assert np.all(np.isnat(figures["start"][~planned]))
    assert np.all(np.isnat(figures["now"]))
    assert np.all(figures["kind"][np.char.startswith(figures["id"], "D")] == "threshold")


def test_checks_come_with_the_figures() -> None:
    checks = snd.datasets.snd().checks
    rows = list(zip(*(checks[name].tolist() for name in ("id", "kind", "members")), strict=True))
    assert rows == [
        ("T1", "sum", "A10 B04 B05"),
        ("T2", "growth", "B10 A12"),
        ("T3", "count_growth", "A05"),
        ("T4", "share_growth", "B11 B12 B13"),
    ]
    np.testing.assert_array_equal(checks["low"], [MISSING, MISSING, MISSING, 0.0])
    assert np.all(np.isnan(checks["high"]))


def test_every_call_gives_arrays_of_its_own() -> None:
    first = snd.datasets.snd()
    first["target"][:] = 0
    first.checks["id"][:] = ""
    assert np.nanmax(snd.datasets.snd()["target"]) == 75000
    assert snd.datasets.snd().checks["id"][0] == "T1"


def test_a_notebook_shows_how_much_there_is():
    assert repr(snd.datasets.snd()) == "<Figures: 46 rows, 24 columns, 4 checks>"


def test_employment_has_a_row_for_each_month():
    jobs = snd.datasets.us_employment()
    np.testing.assert_array_equal(jobs["month"], np.arange("2006-01", "2016-01", dtype="datetime64[M]"))
    assert jobs["month"].dtype == np.dtype("datetime64[M]")
    sectors = [column for name, column in jobs.items() if name != "month"]
    assert len(sectors) == 22
    for column in sectors:
        assert column.dtype == np.float64
        assert column.shape == (120,)
        assert np.all(column > 0)
    assert repr(jobs) == "<Sectors: 120 months from 2006-01 to 2015-12, 22 sectors>"


@pytest.mark.parametrize("month", EMPLOYMENT)
def test_employment_is_that_of_the_source_file(month: str) -> None:
    jobs = snd.datasets.us_employment()
    (at,) = np.flatnonzero(jobs["month"] == np.datetime64(month))
    assert {name: jobs[name][at] for name in EMPLOYMENT[month]} == EMPLOYMENT[month]


@pytest.mark.parametrize("sector", JOBS_IN_2010)
def test_employment_is_near_what_the_bureau_published_elsewhere(sector: str) -> None:
    jobs = snd.datasets.us_employment()
    in_2010 = jobs["month"].astype("datetime64[Y]") == np.datetime64("2010")
    revised = 0.025 if sector == "education_and_health_services" else 0.01
    assert jobs[sector][in_2010].mean() == pytest.approx(JOBS_IN_2010[sector], rel=revised)


def test_employment_tells_the_recession_as_the_bureau_does():
    # Monthly Labor Review, April 2016, "Employment continued to expand in 2015": 8.7 million jobs lost
    # from January 2008 to February 2010, the former peak reached again in May 2014, 3.0 million jobs
    # added in 2014 and 2.7 million in 2015.
    jobs = snd.datasets.us_employment()
    at = {str(month): i for i, month in enumerate(jobs["month"])}
    nonfarm = jobs["nonfarm"]
    assert np.argmax(nonfarm[: at["2014-01"]]) == at["2008-01"]
    assert np.argmin(nonfarm) == at["2010-02"]
    assert round((nonfarm[at["2008-01"]] - nonfarm[at["2010-02"]]) / 1000, 1) == 8.7
    assert nonfarm[at["2014-04"]] < nonfarm[at["2008-01"]] <= nonfarm[at["2014-05"]]
    assert round((nonfarm[at["2014-12"]] - nonfarm[at["2013-12"]]) / 1000, 1) == 3.0
    assert round((nonfarm[at["2015-12"]] - nonfarm[at["2014-12"]]) / 1000, 1) == 2.7


def tenths(jobs: dict[str, np.ndarray], *names: str) -> np.ndarray:
    """The sum of columns in tenths of a thousand, in integers."""
    return sum(np.rint(10 * jobs[name]).astype(np.int64) for name in names)


def test_employment_of_the_parts_adds_up_to_the_total():
    jobs = snd.datasets.us_employment()
    within_rounding = "trade_transportation_and_utilities"
    for total, parts in jobs.parts.items():
        difference = np.abs(tenths(jobs, *parts) - tenths(jobs, total))
        assert difference.max() == (5 if total == within_rounding else 0), total
    apart = tenths(jobs, *jobs.parts[within_rounding]) != tenths(jobs, within_rounding)
    assert np.count_nonzero(apart) == 111
    eleven = [*jobs.parts["goods_producing"], *jobs.parts["private_service_providing"], "government"]
    for nonfarm in (["goods_producing", "service_providing"], eleven):
        np.testing.assert_array_equal(tenths(jobs, *nonfarm), tenths(jobs, "nonfarm"))


def test_every_sector_has_a_place_among_the_parts():
    jobs = snd.datasets.us_employment()
    named = set(jobs.parts).union(*jobs.parts.values())
    assert named == set(jobs) - {"month"}


def test_the_readme_gives_the_parts():
    text = resources.files(snd.datasets).joinpath("README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (`.*`) \| ([\d.]+) \|$", text, re.MULTILINE)
    parts = {total: tuple(re.findall(r"`(\w+)`", names)) for total, names, _ in rows}
    assert parts == snd.datasets.us_employment().parts
    assert {total for total, _, difference in rows if difference != "0"} == {
        "trade_transportation_and_utilities"
    }


def test_growth_of_employment_on_the_year_before():
    # From the source file: 129,781 thousand in 2009-12 and 134,842 in 2008-12.
    jobs = snd.datasets.us_employment()
    growth = snd.growth_rate(jobs["nonfarm"], 12, time=jobs["month"])
    (at,) = np.flatnonzero(jobs["month"] == np.datetime64("2009-12"))
    assert growth[at] == pytest.approx(float(Fraction(129_781 - 134_842, 134_842)), rel=1e-15)
    assert np.isnan(growth[:12]).all()
    assert not np.isnan(growth[12:]).any()


def test_every_call_gives_employment_of_its_own():
    first = snd.datasets.us_employment()
    first["nonfarm"][:] = 0
    first["month"][:] = np.datetime64("NaT")
    first.parts.clear()
    again = snd.datasets.us_employment()
    assert again["nonfarm"][0] == 135450
    assert again["month"][0] == np.datetime64("2006-01")
    assert again.parts["nonfarm"] == ("private", "government")


def test_employment_makes_a_frame():
    frame = pd.DataFrame(snd.datasets.us_employment()).set_index("month")
    assert frame.shape == (120, 22)
    assert frame.loc["2015-12", "nonfarm"].item() == 143093
