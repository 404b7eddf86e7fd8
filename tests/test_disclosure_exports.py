"""Flagged cells as tau-ARGUS and GaussSuppression read them."""

import csv

import numpy as np
import pytest

import sndstats as snd


def table():
    """A small table with its margins, judged from the same rows."""
    region = np.array(["north", "north", "north", "south", "south", "south", "south"])
    size = np.array(["big", "small", "small", "big", "big", "big", "small"])
    sales = np.array([60.0, 5.0, 2.5, 30.0, 30.0, 40.0, 0.125])
    firm = np.array(["A", "B", "C", "D", "E", "F", "B"])
    rules = {"contributor": firm, "p": 10}
    inner = snd.Clusters(region, size).disclosure(sales, **rules)
    margins = {
        ("region",): snd.Clusters(region).disclosure(sales, **rules),
        ("size",): snd.Clusters(size).disclosure(sales, **rules),
        (): snd.Clusters(np.zeros(7, int)).disclosure(sales, **rules),
    }
    return inner, margins


def test_tau_argus_reads_a_table_with_given_status(tmp_path):
    inner, margins = table()
    path = tmp_path / "cells.tab"
    inner.to_tau_argus(
        path, keys=["region", "size"], value="sales", margins=margins, decimals=1, frequency_range=15
    )
    # By hand; codes, value, frequency, the largest two, status, protection levels rounded up. Levels: 10 %
    # of x1 less the others; 15 % of the value with fewer than three contributors.
    assert path.read_text(encoding="utf-8") == (
        '"north";"big";60.0;1;60.0;0.0;U;9.0;9.0\n'
        '"north";"small";7.5;2;5.0;2.5;U;1.2;1.2\n'
        '"south";"big";100.0;3;40.0;30.0;S;0.0;0.0\n'
        '"south";"small";0.1;1;0.1;0.0;U;0.1;0.1\n'
        '"north";"Total";67.5;3;60.0;5.0;U;3.5;3.5\n'
        '"south";"Total";100.1;4;40.0;30.0;S;0.0;0.0\n'
        '"Total";"big";160.0;4;60.0;40.0;S;0.0;0.0\n'
        '"Total";"small";7.6;2;5.1;2.5;U;1.2;1.2\n'
        '"Total";"Total";167.6;6;60.0;40.0;S;0.0;0.0\n'
    )
    assert path.with_suffix(".rda").read_text(encoding="utf-8") == (
        '<SEPARATOR> ";"\n<SAFE> "S"\n<UNSAFE> "U"\n<PROTECT> "P"\n'
        'region\n  <RECODEABLE>\n  <TOTCODE> "Total"\n'
        'size\n  <RECODEABLE>\n  <TOTCODE> "Total"\n'
        "sales\n  <NUMERIC>\n  <DECIMALS> 1\n"
        "contributors\n  <FREQUENCY>\nlargest_1\n  <MAXSCORE>\nlargest_2\n  <MAXSCORE>\n"
        "status\n  <STATUS>\nlower\n  <NUMERIC> <LOWERPL>\nupper\n  <NUMERIC> <UPPERPL>\n"
    )


def test_empty_cells_and_large_figures_for_tau_argus(tmp_path):
    found = snd.Clusters.from_codes([0, 0, 0], n=2).disclosure([1e300, 1e300, 1e300])
    path = tmp_path / "cells.tab"
    found.to_tau_argus(path, keys=["chain"], decimals=0)
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert first.split(";")[1] == str(int(3e300))
    assert second == '"1";0;0;0;0;E;0;0'
    large = snd.Clusters.from_codes([0, 0]).disclosure([1e308, 1e308])
    with pytest.raises(ValueError, match="values: a total or protection level is infinite"):
        large.to_tau_argus(path, keys=["chain"])


def test_gauss_suppression_reads_flags_as_csv(tmp_path):
    inner, margins = table()
    path = tmp_path / "cells.csv"
    inner.to_gauss_suppression(path, keys=["region", "size"], value="sales", margins=margins)
    assert path.read_text(encoding="utf-8") == (
        "region,size,sales,contributors,suppressed,protection\n"
        "north,big,60.0,1,TRUE,6.0\n"
        "north,small,7.5,2,TRUE,0.5\n"
        "south,big,100.0,3,FALSE,0.0\n"
        "south,small,0.125,1,TRUE,0.0125\n"
        "north,Total,67.5,3,TRUE,3.5\n"
        "south,Total,100.125,4,FALSE,0.0\n"
        "Total,big,160.0,4,FALSE,0.0\n"
        "Total,small,7.625,2,TRUE,0.5125\n"
        "Total,Total,167.625,6,FALSE,0.0\n"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keys": ["region"]}, "keys: labels have 2 parts, got names for 1"),
        ({"total": "north"}, "total: 'north' is the label of a cluster"),
        ({"margins": {("branch",): None}}, "margins: expected some of the keys region, size, got"),
        ({"margins": {(): None}}, "margins: without keys there is one cell, got 4"),
        ({"margins": {("region", "region"): None}}, "margins: expected some of the keys region, size, got"),
        ({"keys": []}, "keys: expected at least one name"),
        ({"keys": ["region", "region"]}, "keys: 'region' would name two columns"),
        ({"value": "size"}, "keys: 'size' would name two columns"),
        ({"value": "status"}, "keys: 'status' would name two columns"),
        ({"keys": ["region", 's"ize']}, "keys: 's\"ize' has a quote, a separator or a line break"),
        ({"value": "a\n<SAFE>"}, "value: .* has a quote, a separator or a line break"),
        ({"total": "all;none"}, "total: 'all;none' has a quote, a separator or a line break"),
        ({"frequency_range": -1}, "frequency_range: expected a percent from 0 to 100, got -1"),
        ({"frequency_range": 100.5}, "frequency_range: expected a percent from 0 to 100, got 100.5"),
        ({"frequency_range": float("nan")}, "frequency_range: expected a percent from 0 to 100, got nan"),
        ({"frequency_range": "15"}, "frequency_range: expected a percent from 0 to 100, got '15'"),
        ({"decimals": -1}, "decimals: expected a whole number from 0"),
        ({"decimals": 21}, "decimals: expected at most 20, got 21"),
        ({"path": "cells.RDA"}, "path: the metadata go to .rda"),
        ({"path": "cells.rda"}, "path: the metadata go to .rda"),
    ],
)
def test_bad_exports_are_named(tmp_path, change, message):
    inner, _ = table()
    arguments = {"path": "cells.tab", "keys": ["region", "size"]} | change
    if "margins" in change:
        arguments["margins"] = dict.fromkeys(change["margins"], inner)
    with pytest.raises(ValueError, match=message):
        inner.to_tau_argus(tmp_path / arguments.pop("path"), **arguments)
    quoted = snd.Clusters(['a"b']).disclosure([1.0])
    with pytest.raises(ValueError, match=r"labels: .* has a quote, a separator or a line break"):
        quoted.to_tau_argus(tmp_path / "cells.tab", keys=["chain"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keys": "region"}, r"keys: expected a sequence of names, got 'region'; pass \['region'\]"),
        ({"keys": 2}, "keys: expected a sequence of names, got 2"),
        ({"keys": [1, 2]}, "keys: expected text, got 1"),
        ({"total": None}, "total: expected text, got None"),
        ({"margins": [1]}, "margins: expected a mapping from names of keys"),
        ({"margins": {(): 1}}, "margins: expected a mapping from names of keys"),
    ],
)
def test_wrong_kinds_of_arguments_are_named(tmp_path, change, message):
    inner, _ = table()
    for write in (inner.to_tau_argus, inner.to_gauss_suppression):
        with pytest.raises(TypeError, match=message):
            write(tmp_path / "cells.tab", **({"keys": ["region", "size"]} | change))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("hostile", ['a"b', "a;b", "a\nb", "a\rb", "a\0b", "a\udc80"])
def test_labels_that_a_table_cannot_hold_leave_files_as_they_were(tmp_path, hostile):
    found = snd.Clusters(["a", hostile]).disclosure([1.0, 2.0])
    path = tmp_path / "cells.tab"
    path.write_text("before", encoding="utf-8")
    for write in (found.to_tau_argus, found.to_gauss_suppression):
        with pytest.raises(ValueError, match=r"labels: .* rename it first"):
            write(path, keys=["chain"])
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_labels_of_any_script_and_length_are_written(tmp_path):
    labels = ["\u6d77\u6dc0", "a,b", "\u00e9" * 5000]
    found = snd.Clusters(labels, order="appearance").disclosure([1.0, 2.0, 4.0])
    found.to_tau_argus(tmp_path / "cells.tab", keys=["\u4ea7\u4e1a"], decimals=0)
    lines = (tmp_path / "cells.tab").read_text(encoding="utf-8").splitlines()
    assert [line.split(";")[0] for line in lines] == [f'"{label}"' for label in labels]
    found.to_gauss_suppression(tmp_path / "cells.csv", keys=["\u4ea7\u4e1a"])
    with (tmp_path / "cells.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[0] for row in rows] == ["\u4ea7\u4e1a", *labels]


def test_cells_written_alike_are_refused(tmp_path):
    mixed = np.array([1, "1"], dtype=object)
    found = snd.Clusters(mixed, order="appearance").disclosure([1.0, 2.0])
    with pytest.raises(ValueError, match="labels: 2 cells are written as 1; rename"):
        found.to_tau_argus(tmp_path / "cells.tab", keys=["chain"])


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path):
    found = snd.Clusters(["a"]).disclosure([1.0])
    with pytest.raises(FileNotFoundError):
        found.to_gauss_suppression(tmp_path / "no" / "cells.csv", keys=["chain"])
