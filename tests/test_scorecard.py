"""The scorecard: what follows from printed figures, and what they cannot all mean.

Expected numbers are worked out by hand, in the comments beside them.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

FIELDS = [
    *("id", "name", "name_zh", "unit", "actual", "target", "base", "base_low", "base_high", "gap"),
    *("required_growth", "required_per_month", "verdict", "finding"),
]


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return snd.scorecard(snd.datasets.snd()).to_dict()


@pytest.fixture(scope="module")
def targets(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in content["targets"]}


def one(**cells: Any) -> dict[str, Any]:
    """The record of a table with a single target."""
    table = {"name": ["x"], **{column: [cell] for column, cell in cells.items()}}
    (record,) = snd.scorecard(table).to_dict()["targets"]
    return record


def finding(kind: str, *rows: dict[str, Any], low: Any = None, high: Any = None) -> dict[str, Any]:
    """The finding of one check whose members are the rows, in their order."""
    names = [f"r{i}" for i in range(len(rows))]
    columns = sorted({"target", *(column for row in rows for column in row)})
    table = {"id": names, "name": names} | {column: [row.get(column) for row in rows] for column in columns}
    checks = {"id": ["X"], "kind": [kind], "members": [" ".join(names)], "low": [low], "high": [high]}
    (found,) = snd.scorecard(table, checks).to_dict()["findings"]
    return found


def columns(line: str) -> int:
    """Columns of a terminal that a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


# -- the packaged figures -----------------------------------------------------------------


def test_one_record_per_target_with_the_fields_in_order(content: dict[str, Any]) -> None:
    assert [row["id"] for row in content["targets"]] == [
        *(f"B{i:02}" for i in (*range(1, 12), *range(13, 18))),
        "C04",
        "C05",
    ]
    for row in content["targets"]:
        assert list(row)[: len(FIELDS)] == FIELDS
        assert row["verdict"] == "open"
        assert row["actual"] is None


# Rows: base, its ends, gap, required growth, need per month.
# B01: 13/1.3; 12.5/1.305, 13.5/1.295; 13 - 10; 13/12.          B02: 1800/1.125; 1799.5/1.1255, 1800.5/1.1245
# B03: 50/1.25, at most 50.5/1.25.                              B04: 12,600 +- 50 of A09; 13000/12600
# B05: 61,600 +- 50 of A10; 75000/61600 - 1 = 0.217532...; 13400/12
# B11: 280/1.16; 280/1.165, 280/1.155.                          B13: points, not percent: 0.50 - 0.35
EXPECTED = {
    "B01": (10.0, 9.578544, 10.424710, 3.0, 0.30, 1.083333),
    "B02": (1600.0, 1598.844958, 1601.156069, 200.0, 0.125, 150.0),
    "B03": (40.0, 0.0, 40.4, 10.0, 0.25, 4.166667),
    "B04": (12600.0, 12550.0, 12650.0, 400.0, 0.031746, 1083.333333),
    "B05": (61600.0, 61550.0, 61650.0, 13400.0, 0.217532, 1116.666667),
    "B06": (20.0, 20.0, 20.0, 10.0, 0.5, 2.5),
    "B07": (None, None, None, None, None, 0.25),
    "B09": (31.0, 31.0, 31.0, 9.0, 0.290323, 3.333333),
    "B10": (380.0, 380.0, 380.0, 20.0, 0.052632, 33.333333),
    "B11": (241.379310, 240.343348, 242.424242, 38.620690, 0.16, 23.333333),
    "B13": (0.35, 0.345, 0.355, 0.15, None, 0.0125),
    "B14": (None, None, None, None, None, None),
    "C05": (800.0, 0.0, 800.0, 200.0, 0.25, 16.666667),
}


@pytest.mark.parametrize("label", EXPECTED)
def test_bases_gaps_and_needs(targets: dict[str, dict[str, Any]], label: str) -> None:
    row = targets[label]
    for name, expected in zip(FIELDS[6:12], EXPECTED[label], strict=True):
        assert row[name] == pytest.approx(expected, abs=1e-6), name


def test_bounds_carry_through(targets: dict[str, dict[str, Any]]) -> None:
    # More than 1,000 on fewer than 800; more than 40 on 31; growth of more than 25 %.
    for label in ("C05", "B09", "B03"):
        assert targets[label]["gap_bound"] == "gt"
        assert targets[label]["required_growth_bound"] == "gt"
        assert targets[label]["required_growth_high"] is None
    assert targets["B03"]["base_bound"] == "lt"
    assert targets["B10"]["gap_bound"] == "ge"
    assert targets["B01"]["gap_bound"] == "eq"


def test_ranges_of_gaps_and_growth(targets: dict[str, dict[str, Any]]) -> None:
    # 75,000 less 61,650 and 61,550, and over them.
    row = targets["B05"]
    assert (row["gap_low"], row["gap_high"]) == (13350, 13450)
    assert row["required_growth_low"] == pytest.approx(75000 / 61650 - 1)
    assert row["required_growth_high"] == pytest.approx(75000 / 61550 - 1)
    # The implied base moves with the printed figures: 12.5 (1 - 1/1.295) to 13.5 (1 - 1/1.305).
    assert targets["B01"]["gap_low"] == pytest.approx(12.5 * (1 - 1 / 1.295))
    assert targets["B01"]["gap_high"] == pytest.approx(13.5 * (1 - 1 / 1.305))
    assert targets["B01"]["required_growth_low"] == pytest.approx(0.295)


def test_verdicts_of_the_checks(content: dict[str, Any], targets: dict[str, dict[str, Any]]) -> None:
    found = {row["id"]: row for row in content["findings"]}
    assert {label: row["verdict"] for label, row in found.items()} == {
        "T1": "consistent only through rounding",
        "T2": "not reconcilable as printed",
        "T3": "not reconcilable as printed",
        "T4": "not reconcilable as printed",
    }
    assert targets["B10"]["finding"] == "T2: not reconcilable as printed"
    assert targets["B05"]["finding"] == "T1: consistent only through rounding"
    assert targets["B01"]["finding"] == ""
    # T1: 400 short where the half-widths come to 50 + 500 + 500.
    assert found["T1"]["widening"] == pytest.approx(400 / 1050)
    assert found["T1"]["numbers"]["sum_computed"] == {"value": 74600, "low": 74050, "high": 75150}
    assert found["T1"]["numbers"]["shared"]["low"] == 74500
    # T2: 400/380; 380 * 1.15 with 1.145 and 1.155; 400/1.15 with 1.155 and 1.145.
    numbers = found["T2"]["numbers"]
    assert numbers["growth_computed"]["value"] == pytest.approx(0.0526316, abs=1e-7)
    assert list(numbers["level_implied"].values()) == pytest.approx([437, 435.1, 438.9])
    assert list(numbers["base_implied"].values()) == pytest.approx([400 / 1.15, 400 / 1.155, 400 / 1.145])
    assert "level_permitted" in numbers
    # T3: 20/2.16; 20/9 - 1 and 20/10 - 1.
    assert found["T3"]["integer_bases"] == []
    assert found["T3"]["numbers"]["growth_below"]["value"] == pytest.approx(11 / 9)
    assert found["T3"]["numbers"]["growth_above"]["value"] == pytest.approx(1.0)
    # T4: 1.16 * 35/50 - 1; 1.155 * 34.5/50.5 - 1; 1.165 * 35.5/49.5 - 1; needed 50/35 - 1.
    numbers = found["T4"]["numbers"]
    change = [1.16 * 35 / 50 - 1, 1.155 * 34.5 / 50.5 - 1, 1.165 * 35.5 / 49.5 - 1]
    assert list(numbers["total_change"].values()) == pytest.approx(change)
    assert numbers["growth_needed"]["value"] == pytest.approx(15 / 35)
    assert numbers["level_permitted"]["value"] == pytest.approx(280 / 1.16 * 50 / 35)


def test_results_and_clusters(content: dict[str, Any]) -> None:
    results = {row["id"]: row for row in content["results"]}
    assert len(results) == 22
    assert not any(label.startswith("D") for label in results)
    # 1766/1.03 with 1765.5/1.035 and 1766.5/1.025.
    gdp = results["A01"]
    assert [gdp["base"], gdp["base_low"], gdp["base_high"]] == pytest.approx(
        [1714.563107, 1765.5 / 1.035, 1766.5 / 1.025]
    )
    assert results["A14"]["actual"] is None
    assert content["clusters"] == [
        {"name": "medical devices", "targets": ["C04", "C05"], "results": ["C01", "C02", "C03"]},
        {"name": "photonics", "targets": [], "results": ["C06", "C07"]},
    ]


def test_the_report_says_what_a_reader_wants() -> None:
    report = repr(snd.scorecard(snd.datasets.snd()))
    flat = " ".join(report.split())
    for said in (
        "10.0 (9.58 to 10.42) hundred million USD",
        "with 13 taken as rounded",
        "1,600 (1,598.8 to 1,601.2) hundred million CNY",
        "13,400 more",
        "+21.8 % on the stock",
        "more than 29.0 %",
        "+15 points",
        "T1 consistent only through rounding A10 61,600 + B04 13,000 = 74,600",
        "T2 not reconcilable as printed B10 400 on A12 380 is +5.3 %",
        "437 (435.1 to 438.9)",
        "T3 not reconcilable as printed A05 20",
        "9 gives +122.2 %, 10 gives +100.0 %",
        "T4 not reconcilable as printed B11 grows +16.0 %",
        "-18.8 % (-21.1 to -16.4)",
        "B11 must grow +42.9 %",
    ):
        assert said in flat, said
    assert "+42.9 % needed" not in flat  # a share has no required growth
    for word in ("error", "mistake", "wrong"):
        assert word not in flat.lower()


def test_order_of_the_report() -> None:
    report = repr(snd.scorecard(snd.datasets.snd()))
    places = [
        report.index(title)
        for title in (
            "\nTargets\n",
            "\nWhat the checks find\n",
            "\nCluster: medical devices\n",
            "\nCluster: photonics\n",
            "\nGrowth figures of 2022\n",
        )
    ]
    assert places == sorted(places)


# -- other tables ---------------------------------------------------------------------------


def test_changed_figures_give_other_findings() -> None:
    figures = snd.datasets.snd()
    where = {label: int(np.flatnonzero(figures["id"] == label)[0]) for label in figures["id"].tolist()}
    figures["target"][where["B05"]] = 80000  # 74,600 +- 550 is far from 80,000 +- 500
    figures["target"][where["B10"]] = 437  # 437/380 - 1 is exactly 0.15
    figures["growth"][where["A05"]] = 1.22  # 20/9 - 1 = 122.2 %
    figures["target"][where["B13"]] = 0.40  # 1.16 * 35/40 - 1 = 1.5 %
    found = snd.scorecard(figures).to_dict()["findings"]
    assert [row["verdict"] for row in found] == [
        "not reconcilable as printed",
        "consistent",
        "consistent only through rounding",
        "consistent",
    ]
    assert found[2]["integer_bases"] == [9]


@pytest.mark.parametrize(
    ("level", "base", "verdict"),
    [
        ({"actual": 110, "growth": "10%"}, {"actual": 100}, "consistent"),
        (
            {"actual": 110, "growth": "9%", "growth_half_width": "0.5%"},
            {"actual": 100},
            "not reconcilable as printed",
        ),
        # 110/100.5 - 1 = 9.45 %
        (
            {"actual": 110, "growth": "9%", "growth_half_width": "0.5%"},
            {"actual": 100, "actual_half_width": 0.5},
            "consistent only through rounding",
        ),
        ({"actual": 110}, {"actual": 100}, "cannot be told"),
        # 110 on fewer than 100 is more than 10 %: 12 % can be, 9 % cannot.
        ({"actual": 110, "growth": "12%"}, {"actual": 100, "bound": "lt"}, "consistent"),
        ({"actual": 110, "growth": "9%"}, {"actual": 100, "bound": "lt"}, "not reconcilable as printed"),
        # A plan figure is an equality whatever its bound.
        ({"target": 110, "bound": "ge", "growth": "12%"}, {"actual": 100}, "not reconcilable as printed"),
    ],
)
def test_growth_checks(level: dict[str, Any], base: dict[str, Any], verdict: str) -> None:
    assert finding("growth", level, base)["verdict"] == verdict


def test_a_bound_that_does_not_permit_is_not_said_to() -> None:
    # 15 % on 380 is 437: at least 400 holds it, at most 400 does not.
    for bound, permitted in (("ge", True), ("le", False)):
        found = finding("growth", {"target": 400, "bound": bound, "growth": 0.15}, {"actual": 380})
        assert ("level_permitted" in found["numbers"]) is permitted
        assert ("as a bound alone" in found["arithmetic"].lower()) is permitted


@pytest.mark.parametrize(
    ("total", "half_width", "verdict"),
    [
        (6, 0, "consistent"),
        (7, 0, "not reconcilable as printed"),
        (7, 1, "consistent only through rounding"),
        (None, 0, "cannot be told"),
    ],
)
def test_sums(total: Any, half_width: float, verdict: str) -> None:
    parts = [{"actual": i} for i in (1, 2, 3)]
    assert finding("sum", *parts, {"actual": total, "actual_half_width": half_width})["verdict"] == verdict


@pytest.mark.parametrize(
    ("count", "verdict", "bases"),
    [
        (
            {"actual": 280, "growth": "16%", "growth_half_width": "0.5%"},
            "consistent only through rounding",
            [241, 242],
        ),
        ({"actual": 20, "growth": "100%", "growth_half_width": "0.5%"}, "consistent", [10]),
        ({"actual": 135, "growth": "116%", "growth_half_width": "0.5%"}, "not reconcilable as printed", []),
        ({"actual": 31, "growth": "116%", "growth_half_width": "0.5%"}, "not reconcilable as printed", []),
        ({"actual": 20, "actual_half_width": 5, "growth": "116%"}, "cannot be told", None),
        ({"actual": 20}, "cannot be told", None),
        ({"actual": 0, "growth": "16%"}, "cannot be told", None),
        ({"actual": 1e300, "growth": 0}, "cannot be told", None),
        ({"actual": 5, "growth": "-100%", "growth_half_width": "0.5%"}, "cannot be told", None),
        ({"actual": 5, "growth": "-100%"}, "cannot be told", None),
        # 1e9/1.16 +- 0.43 %: a range of millions of whole numbers.
        (
            {"actual": 1e9, "growth": "16%", "growth_half_width": "0.5%"},
            "consistent only through rounding",
            None,
        ),
    ],
)
def test_counts(count: dict[str, Any], verdict: str, bases: Any) -> None:
    found = finding("count_growth", count)
    assert (found["verdict"], found["integer_bases"]) == (verdict, bases)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (None, None, "consistent"),
        (0, None, "not reconcilable as printed"),
        (None, -0.3, "not reconcilable as printed"),
        (-0.17, None, "consistent only through rounding"),  # -18.8 % (-21.1 to -16.4)
        (-0.25, -0.1, "consistent"),
    ],
)
def test_shares_and_their_premise(low: Any, high: Any, verdict: str) -> None:
    rows = (
        {"target": 280, "growth": "16%", "growth_half_width": "0.5%"},
        {"actual": "35%", "actual_half_width": "0.5%", "kind": "share"},
        {"target": "50%", "target_half_width": "0.5%", "kind": "share"},
    )
    assert finding("share_growth", *rows, low=low, high=high)["verdict"] == verdict


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"target": 10}, "open"),
        ({"target": 10, "actual": 9}, "open"),  # nothing says whether the period is over
        ({"target": 10, "actual": 10}, "met"),
        ({"target": 10, "actual": 10, "bound": "gt"}, "open"),
        ({"target": 10, "actual": 10, "actual_half_width": 0.5}, "undetermined"),
        ({"target": 10, "actual": 9, "better": "lower"}, "met"),
        ({"target": 10, "actual": 9, "bound": "le"}, "met"),
        ({"target": 10, "actual": 9, "start": 2023, "now": 2023, "deadline": 2023}, "missed"),
        (
            {
                "target": 10,
                "actual": 9.9,
                "actual_half_width": 0.1,
                "start": 2023,
                "now": 2023,
                "deadline": 2023,
            },
            "undetermined",
        ),
    ],
)
def test_verdicts(cells: dict[str, Any], verdict: str) -> None:
    assert one(**cells)["verdict"] == verdict


YEAR = {"start": "2023", "deadline": "2023"}


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        # A flow: 50 of 100 after six of twelve months is on schedule; 49 is not.
        ({"target": 100, "actual": 50, "kind": "flow", "now": "2023-06"}, "ahead"),
        ({"target": 100, "actual": 49, "kind": "flow", "now": "2023-06-30"}, "behind"),
        (
            {"target": 100, "actual": 50, "actual_half_width": 1, "kind": "flow", "now": "2023-06"},
            "undetermined",
        ),
        # A stock: 5 of the 10 that are missing.
        ({"target": 100, "actual": 95, "baseline": 90, "kind": "stock", "now": "2023-06"}, "ahead"),
        ({"target": 100, "actual": 94, "baseline": 90, "kind": "stock", "now": "2023-06"}, "behind"),
        # The base's rounding decides: (95 - 91)/(100 - 91) is below a half.
        (
            {
                "target": 100,
                "actual": 95,
                "baseline": 90,
                "baseline_half_width": 1,
                "kind": "stock",
                "now": "2023-06",
            },
            "undetermined",
        ),
        ({"target": 100, "actual": 95, "kind": "stock", "now": "2023-06"}, "open"),
        # A floor that the base had met and that is lost now.
        ({"target": 100, "actual": 95, "baseline": 110, "kind": "stock", "now": "2023-06"}, "behind"),
        # A cap on a flow: used no faster than time passes; broken once it is passed.
        ({"target": 100, "actual": 40, "kind": "flow", "bound": "le", "now": "2023-06"}, "ahead"),
        ({"target": 100, "actual": 60, "kind": "flow", "bound": "le", "now": "2023-06"}, "behind"),
        ({"target": 100, "actual": 101, "kind": "flow", "bound": "le", "now": "2023-06"}, "missed"),
        ({"target": 100, "actual": 100, "kind": "flow", "bound": "le", "now": "2023-12"}, "met"),
    ],
)
def test_verdicts_within_the_year(cells: dict[str, Any], verdict: str) -> None:
    assert one(**cells, **YEAR)["verdict"] == verdict


def test_monthly_need_and_pace() -> None:
    flow = one(target=100, actual=40, kind="flow", now="2023-06", **YEAR)
    assert (flow["required_per_month"], flow["elapsed"], flow["progress"]) == (10.0, 0.5, 0.4)
    assert flow["pace"] == pytest.approx(0.8)
    stock = one(target=100, actual=95, baseline=90, kind="stock", now="2023-06", **YEAR)
    assert stock["required_per_month"] == pytest.approx(5 / 6)
    assert stock["required_growth"] == pytest.approx(1 / 9)
    # Half of February: 15 of 28 days have passed.
    assert one(target=1, now="2023-02-14", start="2023-02", deadline="2023-02")[
        "months_left"
    ] == pytest.approx(0.5)
    assert one(target=1, actual=0, now="2023", **YEAR)["required_per_month"] is None


def test_lower_is_better() -> None:
    row = one(target=80, baseline=100, better="lower", kind="stock", **YEAR)
    assert (row["gap"], row["required_growth"], row["required_per_month"]) == (
        20,
        pytest.approx(-0.2),
        -20 / 12,
    )
    assert "20 less" in repr(
        snd.scorecard({"name": ["x"], "target": [80], "baseline": [100], "better": ["lower"]})
    )


def test_opposite_bounds_leave_the_gap_open() -> None:
    table = {
        "id": ["t", "r"],
        "name": ["t", "r"],
        "target": [40, None],
        "actual": [None, 30],
        "bound": ["gt", "gt"],
        "baseline_id": ["r", None],
    }
    (row,) = snd.scorecard(table).to_dict()["targets"]
    assert row["gap"] is None
    assert row["required_growth"] is None
    assert "cannot be told" in repr(snd.scorecard(table))


def test_negative_and_zero_bases() -> None:
    row = one(target=10, baseline=-20)
    assert (row["gap"], row["required_growth"]) == (30, None)
    assert one(target=10, baseline=0)["gap"] == 10
    assert repr(snd.scorecard({"name": ["x"], "target": [0], "growth": ["5%"]}))


# -- containers and cells --------------------------------------------------------------------


def test_mapping_frame_and_file_agree(tmp_path: Path) -> None:
    table = {"name": ["a", "b"], "target": [13.0, 0.5], "growth": ["30%", None], "unit": ["t", "%"]}
    path = tmp_path / "figures.csv"
    path.write_text("﻿name,target,growth,unit\na,13,30%,t\n\nb,50%,,%\n", encoding="utf-8")
    mapped = snd.scorecard(table).to_dict()
    assert snd.scorecard(pd.DataFrame(table)).to_dict() == mapped
    from_file = snd.scorecard(str(path)).to_dict()
    assert [row["id"] for row in from_file["targets"]] == ["1", "3"]  # the empty line is a row
    for row, other in zip(from_file["targets"], mapped["targets"], strict=True):
        assert {**row, "id": ""} == {**other, "id": ""}


def test_frames_of_dates_and_missing_values() -> None:
    frame = pd.DataFrame(
        {
            "name": ["a", "b"],
            "target": pd.array([10, None], dtype="Int64"),
            "actual": pd.array([None, 5.5], dtype="Float64"),
            "start": pd.to_datetime(["2023-01-01", None]),
            "deadline": pd.to_datetime(["2023-12-31", None]),
        }
    )
    content = snd.scorecard(frame).to_dict()
    assert (content["targets"][0]["months"], content["targets"][0]["actual"]) == (12, None)
    assert content["results"][0]["actual"] == 5.5


def test_masked_cells_periods_and_time_zones() -> None:
    table = {
        "name": ["a", "b"],
        "kind": ["flow", "flow"],
        "target": np.ma.array([12.0, 99.0], mask=[False, True]),
        "start": [pd.Timestamp("2023-01-01", tz="Asia/Shanghai"), None],
        "deadline": [pd.Period("2023-06", "M"), None],
    }
    content = snd.scorecard(table).to_dict()
    assert content["targets"][0]["required_per_month"] == 2.0  # 12 over January to June
    assert content["results"][0]["target"] is None


def test_packaged_figures_through_a_frame() -> None:
    figures = snd.datasets.snd()
    frame = snd.scorecard(pd.DataFrame(figures), pd.DataFrame(figures.checks))
    assert frame.to_dict() == snd.scorecard(figures).to_dict()


def test_to_pandas() -> None:
    frame = snd.scorecard(snd.datasets.snd()).to_pandas()
    assert frame.shape[0] == 18
    assert list(frame.columns[: len(FIELDS)]) == FIELDS
    assert frame.loc[frame["id"] == "B05", "gap"].item() == 13400
    assert snd.scorecard({"name": [], "target": []}).to_pandas().shape[0] == 0


def test_own_columns_are_kept_and_inputs_are_not_changed() -> None:
    table = {"name": ["a"], "target": np.array([1.0]), "office": ["Suzhou"]}
    card = snd.scorecard(table)
    record = card.to_dict()["targets"][0]
    assert record["office"] == "Suzhou"
    record["office"] = "elsewhere"
    assert card.to_dict()["targets"][0]["office"] == "Suzhou"
    assert list(table) == ["name", "target", "office"]


def test_json_is_strict() -> None:
    card = snd.scorecard(snd.datasets.snd())

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    content = json.loads(card.to_json(), parse_constant=refuse)
    assert list(content) == ["targets", "results", "clusters", "findings"]
    assert content == card.to_dict()


def test_html_is_escaped() -> None:
    table = {"id": ["<i>"], "name": ["<script>"], "target": ["5"], "unit": ["&"], "growth": ["5%"]}
    checks = {"id": ["<b>"], "kind": ["count_growth"], "members": ["<i>"]}
    shown = snd.scorecard(table, checks)._repr_html_()
    assert "<script>" not in shown
    assert "<i>" not in shown
    assert "&lt;script&gt;" in shown
    assert "&amp;" in shown


def test_percent_cells_are_shifted_as_decimals() -> None:
    for cell, value in (("12.5%", 0.125), ("0.05 %", 0.0005), ("５０％", 0.5), ("-3%", -0.03), ("1e2%", 1.0)):
        assert one(target=cell)["target"] == value


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("target", "abc"),
        ("target", "1,300"),
        ("target", "inf"),
        ("target", float("inf")),
        ("target", "1e999"),
        ("target", "1e99999999999999999999"),
        ("target", "1_000"),
        ("target", True),
        ("target", np.timedelta64(5, "D")),
        ("target", b"5"),
        ("start", pd.Period("2023Q1")),
        ("target", "12%%"),
        ("actual", [1]),
        ("growth", "n/a"),
        ("target_half_width", -1),
        ("bound", "about"),
        ("better", "range"),
        ("growth_bound", "goal"),
        ("start", "01/02/2023"),
        ("deadline", "2023-02-30"),
        ("now", "soon"),
        ("deadline", True),
        ("baseline_id", "nobody"),
        ("baseline_id", "1"),
        ("name", ""),
    ],
)
def test_a_bad_cell_names_row_column_and_content(column: str, cell: Any) -> None:
    table = {"name": ["a", "b"], "target": [2, 1], column: [None, cell]}
    table["name" if column != "name" else "unit"] = ["a", "b"]
    table.update({"name": ["a", cell]} if column == "name" else {})
    with pytest.raises(ValueError, match="row 2, column") as raised:
        snd.scorecard({**table, "id": ["0", "1"]})
    assert f"column {column}: {cell!r}" in str(raised.value)


def test_all_bad_cells_are_named_at_once() -> None:
    table = {
        "id": ["a", "a"],
        "name": ["x", ""],
        "target": ["?", 1],
        "start": ["2024", ""],
        "deadline": ["2023", "!"],
    }
    checks = {"id": ["1", "2", "2"], "kind": ["sum", "odd", "growth"], "members": ["a a", "a", "a z"]}
    with pytest.raises(ValueError, match="9 cells cannot be used") as raised:
        snd.scorecard(table, checks)
    for place in (
        "data: row 1, column target: '?'",
        "data: row 1, column deadline: '2023'",
        "data: row 2, column id: 'a'",
        "data: row 2, column name: ''",
        "data: row 2, column deadline: '!'",
        "checks: row 1, column members: 'a a' names 2 ids, not 3 or more",
        "checks: row 2, column kind: 'odd'",
        "checks: row 3, column members: 'z'",
        "checks: row 3, column id: '2' stands in an earlier row too",
    ):
        assert place in str(raised.value), place


def test_a_kind_goes_by_its_first_word() -> None:
    for kind in ("flow", "Flow, count", "flow (year)"):
        row = one(target=24, actual=6, kind=kind, now="2023-06", **YEAR)
        assert (row["kind"], row["required_per_month"]) == ("flow", 3.0)  # (24 - 6)/6
    assert one(target="50%", kind="share of total")["kind"] == "share"
    assert one(target=5, kind="flowers")["kind"] == "flowers"


def test_figures_in_two_units_are_not_compared() -> None:
    table = {
        "id": ["t", "r", "s"],
        "name": ["t", "r", "s"],
        "target": [40, None, None],
        "actual": [None, 300000, 5],
        "unit": ["万元", "元", ""],
        "baseline_id": ["r", None, None],
    }
    checks = {"kind": ["growth", "sum", "growth"], "members": ["t r", "s r t", "t s"]}
    with pytest.raises(ValueError, match="3 cells cannot be used") as raised:
        snd.scorecard(table, checks)
    for said in (
        "data: row 1, column baseline_id: 'r' compares '万元' with '元'; give them in one unit",
        "checks: row 1, column members: 't r' compares '万元' with '元'",
        "checks: row 2, column members: 's r t' compares '元' with '万元'",
    ):
        assert said in str(raised.value)
    assert snd.scorecard({**table, "baseline_id": ["s", None, None]}).to_dict()["targets"][0]["gap"] == 35


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        ({"target": [1]}, ValueError, "column name missing"),
        ({}, ValueError, "column name and target missing"),
        ({"name": ["a"], "target": [1, 2]}, ValueError, "differ in length"),
        ({"name": "a", "target": [1]}, TypeError, "column name"),
        ({"name": ["a"], "target": 1}, TypeError, "column target"),
        ({"name": ["a"], "target": np.ones((1, 1))}, TypeError, "column target"),
        ({"name": ["a"], "target": {5.0}}, TypeError, "column target"),
        ({"name": ["a"], "target": {"a": 5.0}}, TypeError, "column target"),
        (5, TypeError, "expected a mapping"),
        ([1], TypeError, "expected a mapping"),
    ],
)
def test_what_is_no_table_is_refused(data: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        snd.scorecard(data)


def test_text_lines_fit_and_control_characters_do_not_pass() -> None:
    table = {
        "id": ["x" * 90, "b"],
        "name": ["长" * 120, "a\x1b[31mb\u202ec " * 30],
        "target": [1.5, 12345678901234567.0],
        "unit": ["很长的单位" * 20, "t"],
        "growth": ["5%", "1e6%"],
        "note": ["注" * 100, ""],
    }
    report = repr(snd.scorecard(table))
    assert "\x1b" not in report
    assert "\u202e" not in report
    assert all(columns(line) <= 80 for line in report.splitlines())


def report(**cells: Any) -> str:
    """The report of a table with a single target, as one line."""
    return " ".join(repr(snd.scorecard({"name": ["x"], **{c: [cell] for c, cell in cells.items()}})).split())


@pytest.mark.parametrize(
    ("unit", "one_of_it"),
    [
        ("projects", "1 project"),
        ("new companies", "1 new company"),
        ("boxes", "1 box"),
        ("classes", "1 class"),
        ("enterprises", "1 enterprise"),
        ("series", "1 series"),
        ("gas", "1 gas"),
        ("kbps", "1 kbps"),
        ("hundred million CNY", "1 hundred million CNY"),
        ("项目", "1 项目"),
    ],
)
def test_one_is_not_many(unit: str, one_of_it: str) -> None:
    assert f"target at least {one_of_it} base 31 {unit} gap" in report(
        target=1, baseline=31, bound="ge", unit=unit
    )
    assert f"target 1.1 {unit} base" in report(target=1.1, unit=unit)


def test_one_month_is_not_many() -> None:
    span = {"start": "2023-01", "deadline": "2023-02"}
    assert "needed 5 a month for 2 months" in report(target=10, kind="flow", **span)
    assert report(target=10, kind="flow", **{**span, "now": "2023-01"}).endswith("10 a month for 1 month")


def test_nothing_is_below_zero_by_rounding() -> None:
    # 99,999 on 100,000 is -0.001 %.
    assert "growth +0.0 % needed" in report(target=99999, baseline=100000, better="lower")
    assert "target 0 base" in report(target=-0.0)


def test_nothing_is_needed_past_the_target() -> None:
    assert "needed" not in report(target=100, actual=120, kind="flow", now="2023-06", **YEAR)
    assert "needed" not in report(target=100, actual=150, kind="flow", bound="le", now="2023-06", **YEAR)
    # (100 - 40)/6: a cap that is not used up.
    cap = report(target=100, actual=40, kind="flow", bound="le", now="2023-06", **YEAR)
    assert "needed at most 10 a month for 6 months" in cap


def test_a_fall_that_is_needed_is_less() -> None:
    # 20 in 12 months; 0.6 points in 12 months.
    fall = {"better": "lower", "kind": "stock", **YEAR}
    assert "needed 1.667 less a month" in report(target=80, baseline=100, **fall)
    assert "needed at least 1.667 less a month" in report(target=80, baseline=100, bound="le", **fall)
    assert "needed 0.05 points less a month" in report(
        target="6.4%", baseline="7%", unit="%", better="lower", **YEAR
    )


def test_large_figures_turn_to_powers_of_ten() -> None:
    shown = report(target=5, target_half_width=1, baseline=1e-300, unit="t")
    assert "growth +5e+302 % needed" in shown
    assert "base 5e+20 (4.9e+20 to 5.1e+20) t" in report(
        target=1e21, baseline=5e20, baseline_half_width=1e19, unit="t"
    )


def test_the_side_of_a_target_that_is_passed_is_said() -> None:
    assert "gap none, with 1 to spare where higher is better" in report(target=4, baseline=5)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, None, "does not fall, r0 must grow +42.9 %"),
        (0.1, None, "changes by at least +10.0 %, r0 must grow +57.1 %"),  # 1.1 * 50/35
        (None, -0.5, "changes by at most -50.0 %, r0 must change by -28.6 %"),  # 0.5 * 50/35
    ],
)
def test_the_premise_in_words(low: Any, high: Any, said: str) -> None:
    rows = ({"target": 280, "growth": "16%"}, {"actual": "35%", "unit": "%"}, {"actual": "50%", "unit": "%"})
    assert said in finding("share_growth", *rows, low=low, high=high)["arithmetic"]


GROWN = {"growth": "16%", "growth_half_width": "0.5%"}
TENTH, FIFTH = ({"actual": cell, "unit": "%"} for cell in ("10%", "20%"))


@pytest.mark.parametrize(
    ("kind", "rows", "said", "unsaid"),
    [
        # 0.1 + 0.2 is 0.3 in decimals, and a bound that holds needs no face value.
        ("sum", [{"actual": 0.1}, {"actual": 0.2}, {"actual": 0.3}], "= 0.3, against r2 0.3.", "face value"),
        ("sum", [{"actual": 1}, {"actual": 2, "bound": "ge"}, {"actual": 4}], "3 or more", "face value"),
        ("sum", [TENTH, FIFTH, {"actual": "31%", "unit": "%"}], "the parts are 1 point short.", "0.01"),
        (
            "sum",
            [
                TENTH,
                {**FIFTH, "actual_half_width": "1%"},
                {"actual": "31%", "actual_half_width": "1%", "unit": "%"},
            ],
            "1 point short. The ranges share 30.0 % to 31.0 %.",
            "0.3 to",
        ),
        (
            "growth",
            [{"actual": 0, "growth": -1}, {"actual": 5}],
            "comes from a base that cannot be told.",
            "not determined",
        ),
        (
            "growth",
            [{"actual": 110, "growth": "9%", "growth_bound": "lt"}, {"actual": 100}],
            "printed is below +9.0 %.",
            "-100",
        ),
        # 1000/1.165 to 1000/1.155.
        ("count_growth", [{"actual": 1000, **GROWN}], "prints so: 859 to 865.", "..."),
        ("count_growth", [{"actual": 20.5, **GROWN}], "not a whole number", "rounded"),
        ("count_growth", [{"actual": 20, "actual_half_width": 5, **GROWN}], "itself rounded", "open"),
        (
            "count_growth",
            [{"actual": 20, "growth": -1}],
            "cannot be told. A growth that can be -100 %",
            "rounded",
        ),
        ("count_growth", [{"actual": 2.0**60, "growth": 0}], "Numbers of that size", "rounded"),
    ],
)
def test_findings_in_words(kind: str, rows: list[dict[str, Any]], said: str, unsaid: str) -> None:
    arithmetic = finding(kind, *rows)["arithmetic"]
    assert said in arithmetic
    assert unsaid not in arithmetic


def test_the_notebook_table_says_what_is_a_bound() -> None:
    shown = snd.scorecard(snd.datasets.snd())._repr_html_()
    for cells in (
        "<td>50</td><td>below 40</td><td>more than 10</td><td>more than +25.0 %</td>",
        "<td>more than 40</td><td>31</td><td>more than 9</td><td>more than +29.0 %</td>",
        "<td>at least 280</td><td>241 (240.3 to 242.4)</td><td>at least 38.62</td>",
        "<td>50.0 %</td><td>35.0 % (34.5 to 35.5)</td><td>+15 points (+14.5 to +15.5)</td>",
    ):
        assert cells in shown, cells


def test_an_empty_table_has_an_empty_report() -> None:
    card = snd.scorecard({"name": [], "target": []})
    assert card.to_dict() == {"targets": [], "results": [], "clusters": [], "findings": []}
    assert "Targets" in repr(card)
    assert card._repr_html_()


NUMBERS = (
    st.none()
    | st.sampled_from([0, 1, -1, 0.5, 13, 1e-300, 1e300, -1e300, 5e-324, 3.3])
    | st.floats(-1e9, 1e9)
)
WIDTHS = st.none() | st.sampled_from([0, 0.5, 1e-12, 1e300])
DAYS = st.none() | st.sampled_from(["2022", "2023", "2023-02", "2023-12-31"])
CELLS = {
    "target": NUMBERS,
    "target_half_width": WIDTHS,
    "actual": NUMBERS,
    "actual_half_width": WIDTHS,
    "baseline": NUMBERS,
    "baseline_half_width": WIDTHS,
    "baseline_id": st.none() | st.sampled_from(["a", "b", "c"]),
    "growth": NUMBERS | st.sampled_from([-1, -2]),
    "growth_half_width": WIDTHS,
    "bound": st.sampled_from(["", "eq", "ge", "gt", "le", "lt", "goal"]),
    "growth_bound": st.sampled_from(["", "eq", "ge", "gt", "le", "lt"]),
    "better": st.sampled_from(["", "higher", "lower"]),
    "kind": st.sampled_from(["", "flow", "stock", "share", "growth", "rank", "threshold", "level"]),
    "start": DAYS,
    "now": DAYS,
    "deadline": DAYS,
}


@settings(max_examples=150)
@given(st.lists(st.fixed_dictionaries(CELLS), min_size=3, max_size=3), NUMBERS, NUMBERS)
def test_whatever_the_figures_it_says_what_it_can(rows: list[dict[str, Any]], low: Any, high: Any) -> None:
    table = {column: [row[column] for row in rows] for column in CELLS}
    table |= {"id": ["a", "b", "c"], "name": ["x", "y", "z"]}
    checks = {
        "id": ["1", "2", "3", "4"],
        "kind": ["growth", "sum", "count_growth", "share_growth"],
        "members": ["a b", "a b c", "a", "a b c"],
        "low": [low] * 4,
        "high": [high] * 4,
    }
    try:
        card = snd.scorecard(table, checks)
    except ValueError as error:
        # Dates or premises that contradict each other, a row's own id.
        if "cannot be used" in str(error):
            return
        raise
    json.loads(card.to_json(), parse_constant=pytest.fail)
    assert all(columns(line) <= 80 for line in repr(card).splitlines())
    for row in card.to_dict()["targets"]:
        assert row["verdict"] in ("open", "met", "missed", "ahead", "behind", "undetermined")
        assert (row["verdict"] == "open") or row["actual"] is not None
        for name in ("base", "gap", "required_growth"):
            low_end, high_end = row[f"{name}_low"], row[f"{name}_high"]
            assert low_end is None or high_end is None or low_end <= high_end
