"""What the packaged report implies, fact by fact, with the intervals that rounding leaves.

Levels and growth come from `datasets.snd()`; each expected figure is worked out by hand from the
printed ones, to the digits shown.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import sndstats as snd

DATA = snd.datasets.snd()
ROWS = {name: k for k, name in enumerate(DATA["id"].tolist())}


def printed(name: str) -> dict[str, float]:
    """A row with the comparator that stands in it: results in `actual`, aims in `target`."""
    row = {key: column[ROWS[name]] for key, column in DATA.items()}
    level = "actual" if np.isfinite(row["actual"]) else "target"
    return row | {"level": row[level], "half_width": row[f"{level}_half_width"]}


def figure(name: str, half_width: float | None = None) -> snd.Interval:
    row = printed(name)
    half = row["half_width"] if half_width is None else half_width
    return snd.Interval(row["level"] - half, row["level"] + half, row["level"])


def growth(name: str, half_width: float | None = None) -> snd.Interval:
    row = printed(name)
    half = row["growth_half_width"] if half_width is None else half_width
    return snd.Interval(row["growth"] - half, row["growth"] + half, row["growth"])


def base(name: str, **changed: Any) -> snd.Interval:
    row = printed(name)
    half_widths = {
        "level_half_width": row["half_width"],
        "growth_half_width": row["growth_half_width"],
        "growth_bound": row["growth_bound"] or "eq",
    }
    return snd.audit(row["level"], row["growth"], **(half_widths | changed)).base


def before(part: str, total: str) -> snd.Interval:
    a, b = printed(part), printed(total)
    halves = {"parts_half_width": [a["half_width"], 0], "total_half_width": b["half_width"]}
    return snd.audit_sum([a["level"], np.nan], b["level"], **halves).parts[1]


def growth_on(level: str, start: str, **halves: float) -> snd.Interval:
    given = {
        "level_half_width": printed(level)["half_width"],
        "base_half_width": printed(start)["half_width"],
    }
    return snd.audit(printed(level)["level"], None, printed(start)["level"], **(given | halves)).growth


def share(part: str, whole: str) -> snd.Interval:
    a, b = printed(part), printed(whole)
    halves = {"part_half_width": a["half_width"], "whole_half_width": b["half_width"]}
    return snd.audit_share(a["level"], b["level"], **halves).share


# Fact, what computes it, decimals shown, then low, value and high as printed; None where there is none.
FACTS: list[tuple[str, Callable[[], snd.Interval], int, float | None, float | None, float | None]] = [
    ("F1 comparable GDP of 2021", lambda: base("A01"), 1, 1705.8, 1714.6, 1723.4),
    ("F1 at exactly 3.0 %", lambda: base("A01", growth_half_width=0.0005), 1, 1713.2, 1714.6, 1715.9),
    # L (1 - 1 / (1 + g)): each figure once, which L - L / (1 + g) is not.
    ("F2 increment", lambda: figure("A01") * (1 - 1 / (1 + growth("A01"))), 0, 43, 51, 60),
    # 181.5/1766.5 = 10.2746 % and 182.5/1765.5 = 10.3370 %.
    ("F3 revenue on GDP", lambda: share("A03", "A01"), 4, 0.1027, 0.1031, 0.1034),
    ("F4 foreign capital of 2022", lambda: base("B01"), 2, 9.58, 10.0, 10.42),
    ("F4 with 13 taken exactly", lambda: base("B01", level_half_width=0), 2, 9.96, 10.0, 10.04),
    ("F5 domestic capital of 2022", lambda: base("B02"), 1, 1598.8, 1600, 1601.2),
    ("F5 with 1800 taken exactly", lambda: base("B02", level_half_width=0), 1, 1599.3, 1600, 1600.7),
    ("F5 with zeros as fillers", lambda: base("B02", level_half_width=50), 0, 1555, 1600, 1645),
    (
        "F6 service investment of 2022",
        lambda: base("B03", level_half_width=0, growth_half_width=0),
        9,
        0,
        40,
        40,
    ),
    (
        "F7 more foreign capital",
        lambda: 13 - base("B01", level_half_width=0, growth_half_width=0),
        9,
        3,
        3,
        3,
    ),
    ("F7 foreign capital a month", lambda: figure("B01", 0) / 12, 3, 1.083, 1.083, 1.083),
    (
        "F8 more domestic capital",
        lambda: 1800 - base("B02", level_half_width=0, growth_half_width=0),
        9,
        200,
        200,
        200,
    ),
    (
        "F9 more service investment",
        lambda: 50 - base("B03", level_half_width=0, growth_half_width=0),
        9,
        10,
        10,
        50,
    ),
    ("F10 enterprises of 2021", lambda: before("A09", "A10"), 0, 48900, 49000, 49100),
    (
        "F11 growth of their stock",
        lambda: snd.growth_from_increase(figure("A09"), figure("A10")),
        3,
        0.256,
        0.257,
        0.259,
    ),
    ("F12 net increase to make", lambda: figure("B05") - figure("A10"), 0, 12850, 13400, 13950),
    ("F12 with 75,000 as threshold", lambda: figure("B05", 0) - figure("A10"), 0, 13350, 13400, 13450),
    ("F13 growth to make", lambda: growth_on("B05", "A10"), 3, 0.208, 0.218, 0.227),
    ("F14 growth of large projects", lambda: growth_on("B06", "A05"), 9, 0.5, 0.5, 0.5),
    ("F14 more large projects", lambda: figure("B06") - figure("A05"), 9, 10, 10, 10),
    ("F14 share of large projects", lambda: share("A05", "A04"), 3, 0.148, 0.148, 0.148),
    ("F15 headquarters, 40 as bound", lambda: growth_on("B09", "A06"), 3, 0.290, 0.290, 0.290),
    ("F16 industrial projects of 2022", lambda: base("B11", growth_half_width=0), 1, 241.4, 241.4, 241.4),
    ("F17 sci-tech projects of 2022", lambda: base("B10", growth_half_width=0), 1, 347.8, 347.8, 347.8),
    ("F18 sci-tech on the printed 380", lambda: growth_on("B10", "A12"), 3, 0.053, 0.053, 0.053),
    ("F18 more sci-tech projects", lambda: figure("B10") - figure("A12"), 9, 20, 20, 20),
    ("F19 points of share", lambda: figure("B13") - figure("B12"), 9, 0.14, 0.15, 0.16),
    ("F19 relative growth of share", lambda: growth_on("B13", "B12"), 3, 0.394, 0.429, 0.464),
]


@pytest.mark.parametrize(
    ("name", "call", "decimals", "low", "value", "high"), FACTS, ids=[x[0] for x in FACTS]
)
def test_fact(name: str, call: Callable[[], snd.Interval], decimals: int, low, value, high) -> None:
    found = call()
    shown = [round(float(x), decimals) + 0.0 for x in (found.low, found.value, found.high)]
    assert shown == [low, value, high], name


def test_counts_are_whole_numbers() -> None:
    """F15: 41 at least, so 32.3 %; F16 and F17: the whole bases of 280 up 16 % and 400 up 15 %."""
    assert round(float(snd.growth_between(31, 41)), 3) == 0.323
    for name, bases in (("B11", [241, 242]), ("B10", [347, 348, 349])):
        row = printed(name)
        found = snd.integer_bases(row["level"], row["growth"], row["growth_half_width"])
        assert found.tolist() == bases
    assert [280 - n for n in (242, 241)] == [38, 39]


def test_tensions_of_the_rows() -> None:
    """T1 by rounding only; T2 and T3 not, the bounds of the rows aside; T4 only if the total falls."""
    parts, total = [printed("A10"), printed("B04")], printed("B05")
    t1 = snd.audit_sum(
        [x["level"] for x in parts],
        total["level"],
        parts_half_width=[x["half_width"] for x in parts],
        total_half_width=total["half_width"],
    )
    assert t1.consistent == 1
    assert (float(t1.total.low), float(t1.total.high)) == (74500, 75150)
    assert snd.audit_sum([x["level"] for x in parts], total["level"]).consistent == 0
    # The growth of 20 % or more fits the stock: 13,000 on 61,600, not the flow of 12,600.
    stock = figure("B04") / figure("A10")
    assert [round(float(x), 3) for x in (stock.low, stock.value, stock.high)] == [0.203, 0.211, 0.219]
    flow = growth_on("B04", "A09")
    assert [round(float(x), 3) for x in (flow.low, flow.value, flow.high)] == [-0.012, 0.032, 0.076]
    assert flow.high < growth("B04").low
    t2, start = printed("B10"), printed("A12")
    claim = (t2["level"], t2["growth"], start["level"])
    assert snd.audit(*claim, growth_half_width=t2["growth_half_width"]).consistent == 0
    assert (
        snd.audit(*claim, growth_half_width=t2["growth_half_width"], level_bound=t2["bound"]).consistent == 1
    )
    t3 = printed("A05")
    for count in (t3["level"], printed("A06")["level"], printed("A04")["level"]):
        assert snd.integer_bases(count, t3["growth"], t3["growth_half_width"]).size == 0
    # 116 % of last year instead, for 135 only: 116.
    assert snd.integer_bases(135, 0.16, 0.005).tolist() == [116]
    change = (1 + growth("B11")) * figure("B12") / figure("B13") - 1
    assert [round(float(x), 3) for x in (change.low, change.value, change.high)] == [-0.211, -0.188, -0.164]
