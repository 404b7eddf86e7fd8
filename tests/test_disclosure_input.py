"""What disclosure takes and gives: containers, words, errors."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import sndstats as snd


def test_pandas_in_pandas_out():
    labels = pd.Series(["b", "a", "b", "b"], name="chain")
    values = pd.Series([1.0, 2.0, 3.0, 4.0], name="sales")
    found = snd.Clusters(labels).disclosure(values, p=10)
    assert found.unsafe.to_dict() == {"a": True, "b": False}
    assert found.rule.dtype == np.int8
    assert found.total.index.name == "chain"
    assert found.largest.loc["b"].tolist() == [4.0, 3.0]
    frame = found.to_pandas()
    assert frame.index.name == "chain"
    assert frame.columns.tolist() == ["total", "contributors", "unsafe", "rule", "protection"]
    assert frame["rule"].tolist() == ["frequency, p%", ""]
    with pytest.raises(ValueError, match="values: its index"):
        snd.Clusters(labels).disclosure(values[::-1])
    with pytest.raises(ValueError, match="contributor: its index"):
        snd.Clusters(labels).disclosure(values, contributor=labels[::-1])


@pytest.mark.parametrize("name", ["contributor", "waiver"])
def test_what_stands_beside_values_has_their_index(name):
    clusters = snd.Clusters(["a", "a", "b"])
    values = pd.Series([1.0, 2.0, 3.0], index=[7, 8, 9])
    given = pd.Series([True, False, True], index=[9, 8, 7])
    with pytest.raises(ValueError, match=f"{name}: its index differs from that of values; align"):
        clusters.disclosure(values, **{name: given})


def test_contributors_and_waivers_have_one_index():
    given = pd.Series([True, False, True])
    with pytest.raises(ValueError, match="waiver: its index differs from that of contributor; align"):
        snd.Clusters(["a", "a", "b"]).disclosure([1.0, 2.0, 3.0], contributor=given, waiver=given[::-1])


def test_nullable_integers_keep_their_missing_ones_out():
    found = snd.Clusters(["a", "a", "a"]).disclosure(pd.Series([1, None, 2], dtype="Int64"))
    assert (found.contributors.tolist(), found.total.tolist()) == ([2], [3])


def test_totals_of_floats_are_not_rounded_to_them():
    values = np.array([0.1, 0.2, 0.3], np.float32)
    found = snd.Clusters(["a"] * 3).disclosure(values)
    assert found.total.dtype == np.float64
    assert found.total[0] == float(sum(map(Fraction, values.tolist())))


def test_nothing_confidential_is_printed():
    found = snd.Clusters(["a", "a", "b"]).disclosure([937.0, 41.0, 611.0], p=17.25, dominance=(2, 83.5))
    for text in (repr(found), str(found), found.note):
        for secret in ("937", "41", "611", "978", "17.25", "83.5"):
            assert secret not in text
    assert "2 of 2 clusters unsafe" in repr(found)
    assert "Primary flags only" in found.note
    kept = {name: getattr(found, name) for name in found.__slots__}
    assert not any(17.25 in np.ravel(x).tolist() or 83.5 in np.ravel(x).tolist() for x in kept.values())


def test_rules_in_words():
    found = snd.Clusters.from_codes([0, 1, 1, 1]).disclosure(
        [1.0, 1.0, 1.0, 1.0], p=10, pq=(1, 10), dominance=(1, 90)
    )
    assert found.rule_labels().tolist() == ["frequency, dominance, p%, prior-posterior", ""]
    assert snd.DisclosureRule(int(found.rule[0])).name == "FREQUENCY|DOMINANCE|P_PERCENT|PRIOR_POSTERIOR"


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"values": [1.0, -2.0, 3.0]}, ValueError, r"values: .* contributions from 0, got -2.0 at row 1"),
        ({"values": [1, 2, -3]}, ValueError, r"got -3 at row 2"),
        ({"values": [1.0, np.inf, 3.0]}, ValueError, r"got inf at row 1"),
        ({"values": [1.0, 2.0]}, ValueError, r"values: expected 3 rows, got shape \(2,\)"),
        ({"values": np.ones((3, 2))}, ValueError, r"values: expected 3 rows, got shape \(3, 2\)"),
        ({"values": pd.DataFrame(np.ones((3, 1)))}, ValueError, "values: expected one column"),
        ({"values": ["a", "b", "c"]}, TypeError, "values: expected real numbers"),
        ({"contributor": ["a", None, "b"]}, ValueError, "contributor: missing at row 1, which has a value"),
        ({"contributor": ["a", "b"]}, ValueError, "contributor: expected one for each of 3 rows, got 2"),
        ({"waiver": [1, 0, 1]}, TypeError, "waiver: expected one bool for each row, got int64"),
        ({"waiver": [True, None, True]}, TypeError, "got object .*; say False where an answer is missing"),
        ({"waiver": np.ma.array([True] * 3, mask=[0, 1, 0])}, TypeError, "waiver: .* got masked ones; say"),
        ({"waiver": [True]}, ValueError, "waiver: expected one for each of 3 rows, got 1"),
        ({"min_count": -1}, ValueError, "min_count: expected a whole number from 0, got -1"),
        ({"min_count": 0}, ValueError, "min_count: expected some rule, got 0 without"),
        ({"dominance": (0, 80)}, ValueError, r"n from 1 to 64 and k below 100, got \(0, 80\)"),
        ({"dominance": (65, 80)}, ValueError, "dominance: expected n from 1 to 64"),
        ({"dominance": (1, 100)}, ValueError, "k below 100"),
        ({"dominance": (1, 0)}, ValueError, "dominance: expected a percent above 0, got 0"),
        ({"dominance": (1, np.nan)}, ValueError, "dominance: expected a finite percent, got nan"),
        ({"dominance": [(1, 80)] * 63}, ValueError, "dominance: expected at most 62 pairs, got 63"),
        ({"dominance": (1, 2, 3)}, TypeError, "dominance: expected a pair"),
        ({"dominance": 80}, TypeError, "dominance: expected a pair of numbers, got 80"),
        ({"p": -1}, ValueError, "p: expected a percent above 0, got -1"),
        ({"p": "10"}, TypeError, "p: expected a percent, got '10'"),
        ({"p": True}, TypeError, "p: expected a percent, got True"),
        ({"p": Decimal("NaN")}, ValueError, "p: expected a finite percent"),
        ({"p": Fraction(1, 3**60)}, ValueError, "p: expected a percent of fewer digits"),
        ({"pq": (5, 0)}, ValueError, "pq: expected a percent above 0, got 0"),
        ({"pq": [(5, 50)]}, ValueError, "pq: expected a pair"),
        ({"coalition": 2}, ValueError, "coalition: goes with p or pq"),
        ({"coalition": 0, "p": 1}, ValueError, "coalition: expected 1 to 63 contributors, got 0"),
    ],
)  # fmt: skip
def test_bad_input_is_named(change, error, message):
    arguments = {"values": [1.0, 2.0, 3.0]} | change
    with pytest.raises(error, match=message):
        snd.Clusters(["a", "a", "b"]).disclosure(arguments.pop("values"), **arguments)
