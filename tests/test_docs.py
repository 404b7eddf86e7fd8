"""What the documentation tabulates is what the library has."""

import re
from functools import partial
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sndstats as snd

DOCS = Path(__file__).parents[1] / "docs"
CALL = re.compile(r"(?<![\w.])([a-z_]+)\(")


def load(name: str) -> Any:
    spec = util.spec_from_file_location(name, DOCS / f"{name}.py")
    tables = util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    return tables


TABLES = load("method_tables")
CLUSTERS = load("cluster_tables")


def test_the_tables_of_methods_are_those_of_the_core():
    text = TABLES.PAGE.read_text(encoding="utf-8")
    assert TABLES.with_tables(text) == text, "see `make tables`"
    rows = text.splitlines()
    for method in (*snd.methods(), *snd.roll_up_methods()):
        start, end = f"| `{method.name}` | {method.office} | {method.statistic} |", f"| {method.certainty} |"
        assert any(row.startswith(start) and row.endswith(end) for row in rows), method.name


def test_a_changed_row_is_found():
    text = TABLES.PAGE.read_text(encoding="utf-8")
    spoiled = text.replace("| Statistics Canada |", "| Statistics Norway |", 1)
    assert spoiled != text
    assert TABLES.with_tables(spoiled) == text


def test_a_page_without_markers_is_refused():
    with pytest.raises(ValueError, match="methods"):
        TABLES.with_tables("# Targets\n")


def test_the_table_of_statistics_is_what_the_library_computes():
    text = CLUSTERS.PAGE.read_text(encoding="utf-8")
    assert CLUSTERS.with_table(text) == text, "see `make tables`"
    assert set(CLUSTERS.NAMES) == CLUSTERS.statistics()
    row = re.compile(r"\| `median` \| weigh \| weigh \| yes \| yes \| NaN \| yes \| yes \|  \|")
    assert row.search(text)


def test_a_changed_row_of_statistics_is_found():
    text = CLUSTERS.PAGE.read_text(encoding="utf-8")
    spoiled = text.replace("| `count` | missing ones |", "| `count` | weigh |")
    assert spoiled != text
    assert CLUSTERS.with_table(spoiled) == text
    with pytest.raises(ValueError, match="statistics"):
        CLUSTERS.with_table("# Clusters\n")


def test_what_stands_beside_pandas_and_numpy_is_the_same():
    rng = np.random.default_rng(4)
    g, h = (pd.Series(rng.integers(0, 9, 500)) for _ in range(2))
    x = pd.Series(rng.integers(-99, 99, 500) / 4).where(rng.random(500) < 0.9)
    x[g == 7] = np.nan
    clusters, groups = snd.Clusters(g), x.groupby(g)
    places = groups.rank(ascending=False, method="min")
    same = partial(np.testing.assert_allclose, rtol=1e-14, atol=1e-14)
    same(clusters.sum(x), groups.sum())
    same(clusters.sum(x, min_count=1), groups.sum(min_count=1))
    same(snd.Clusters(g, h).sum(x), x.groupby([g, h]).sum())
    same(snd.Clusters(g, order="appearance").sum(x), x.groupby(g, sort=False).sum())
    same(snd.aggregate(x, g, ["sum", "mean"]).to_pandas(), groups.agg(["sum", "mean"]))
    same(clusters.transform(x, "mean"), groups.transform("mean"))
    same(clusters.rank(x), places)
    same(clusters.share(x), x / groups.transform("sum"))
    filled = x.fillna(0.0).to_numpy()
    same(snd.Clusters.from_codes(g, 12).sum(filled), np.bincount(g, weights=filled, minlength=12))


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_calls_in_tables_are_of_public_functions(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    # The last cell of a row is ours; those before it name what is found elsewhere.
    ours = [code for row in rows for code in re.findall(r"`([^`]+)`", row.rsplit(" | ", 1)[-1])]
    called = {name for code in ours for name in CALL.findall(code)}
    assert {name for name in called if not hasattr(snd, name)} == set()
