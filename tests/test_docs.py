"""What the documentation tabulates is what the library has."""

import re
from importlib import util
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_calls_in_tables_are_of_public_functions(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    # The last cell of a row is ours; those before it name what is found elsewhere.
    ours = [code for row in rows for code in re.findall(r"`([^`]+)`", row.rsplit(" | ", 1)[-1])]
    called = {name for code in ours for name in CALL.findall(code)}
    assert {name for name in called if not hasattr(snd, name)} == set()
