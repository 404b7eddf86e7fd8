"""The packaged figures are those that were printed.

The expected figures are copied by hand from the report of Science and Technology Daily of
2023-02-07, in the units it prints them in.
"""

import numpy as np
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
