"""Disclosure rules, against fractions and the figures of the Handbook on Statistical Disclosure Control."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sndstats as snd

FREQUENCY, DOMINANCE, P_PERCENT, PRIOR_POSTERIOR = 1, 2, 4, 8


def overlapping(members, codes, shares, rows, n):
    """Clusters that overlap: the row, the cluster and the share of each membership."""
    made = snd.Clusters.__new__(snd.Clusters)
    weights = None if shares is None else np.array(shares, float)
    made._fill(
        np.array(codes, np.int64),
        n,
        np.arange(n),
        None,
        None,
        length=rows,
        members=np.array(members, np.intp),
        shares=weights,
    )
    return made


def oracle(contributions, waived, min_count, dominance, p, pq, coalition, empty):
    """Flags and the exact protection level of one cluster.

    `contributions` holds what each contributor adds, `waived` who has agreed to be disclosed.
    """
    total, n = sum(contributions, Fraction()), len(contributions)
    protected = [x for x, agreed in zip(contributions, waived, strict=True) if not agreed]
    flags, level = 0, Fraction()
    if n < min_count and (protected or (n == 0 and empty)):
        flags |= FREQUENCY
    if not protected:
        return flags, level
    s = max(protected)
    others = sorted(contributions, reverse=True)
    others.remove(s)

    def together(m):
        return s + sum(others[: m - 1], Fraction())

    for m, k in dominance:
        if together(m) > k / 100 * total:
            flags |= DOMINANCE
            level = max(level, 100 / k * together(m) - total)
    for flag, ratio in ((P_PERCENT, p and p / 100), (PRIOR_POSTERIOR, pq and pq[0] / pq[1])):
        if ratio and total - together(coalition + 1) < ratio * s:
            flags |= flag
            level = max(level, ratio * s - (total - together(coalition + 1)))
    return flags, level


def check(found, cells, **rules):
    """All clusters against the oracle; a cell is a dict from contributor to (exact sum, waived)."""
    for g, cell in enumerate(cells):
        amounts = [x for x, _ in cell.values()]
        flags, level = oracle(amounts, [w for _, w in cell.values()], **rules)
        assert found.rule[g] == flags, (g, cell)
        assert found.unsafe[g] == (flags != 0)
        assert found.contributors[g] == len(amounts)
        assert found.protection[g] == rounded(level)
        ranked = sorted(amounts, reverse=True)[: found.largest.shape[1]]
        want = [rounded(x) for x in ranked] + [math.nan] * (found.largest.shape[1] - len(ranked))
        np.testing.assert_array_equal(found.largest[g], want)
        assert float(found.total[g]) == rounded(sum(amounts, Fraction()))


def rounded(x):
    """The nearest double, beyond the range infinite."""
    try:
        return float(x)
    except OverflowError:
        return math.inf


def cells_of(n, codes, values, who, waived, shares=None):
    """Contributions by cluster and contributor, exactly."""
    cells = [{} for _ in range(n)]
    for i, (code, value) in enumerate(zip(codes, values, strict=True)):
        if code < 0 or value != value:
            continue
        amount = Fraction(value) * (1 if shares is None else Fraction(shares[i]))
        had, agreed = cells[code].get(who[i], (Fraction(), True))
        cells[code][who[i]] = (had + amount, agreed and bool(waived[i]))
    return cells


amounts = st.one_of(
    st.integers(0, 12).map(float),
    st.sampled_from([0.1, 0.2, 0.3, 0.7, 1e300, 5e-324, 2.0**-1040, 1 + 2**-52, math.nan, 80.0, 20.0]),
    st.floats(0, 1e308),
)
percents = st.sampled_from([1, 10, 25, 50, 80, 80.1, Fraction(100, 3), Decimal("90.9"), 33.333333333333336])
exact = {80.1: Fraction(801, 10), 33.333333333333336: Fraction("33.333333333333336")}


def as_fraction(k):
    """The percent that is meant: a float's shortest decimal."""
    return exact.get(k, Fraction(k)) if isinstance(k, float) else Fraction(k)


@st.composite
def problems(draw):
    rows = draw(st.integers(0, 25))
    column = lambda values: draw(st.lists(values, min_size=rows, max_size=rows))  # noqa: E731
    return {
        "codes": column(st.integers(-1, 3)),
        "values": column(amounts),
        "who": column(st.integers(0, 5)),
        "waived": column(st.booleans()),
        "min_count": draw(st.integers(1, 4)),
        "dominance": draw(st.lists(st.tuples(st.integers(1, 4), percents), max_size=3)),
        "p": draw(st.none() | percents),
        "pq": draw(st.none() | st.tuples(percents, percents)),
        "empty": draw(st.booleans()),
        "with_who": draw(st.booleans()),
        "with_waiver": draw(st.booleans()),
        "coalition": draw(st.integers(1, 3)),
        "order": draw(st.permutations(range(rows))),
    }


def rules_of(q):
    """Keyword arguments for the call and for the oracle."""
    coalition = q["coalition"] if q["p"] is not None or q["pq"] is not None else 1
    call = {
        "min_count": q["min_count"],
        "dominance": q["dominance"] or None,
        "p": q["p"],
        "pq": q["pq"],
        "coalition": coalition,
        "empty": q["empty"],
    }
    fractions = {
        "min_count": q["min_count"],
        "dominance": [(n, as_fraction(k)) for n, k in q["dominance"]],
        "p": None if q["p"] is None else as_fraction(q["p"]),
        "pq": None if q["pq"] is None else tuple(map(as_fraction, q["pq"])),
        "coalition": coalition,
        "empty": q["empty"],
    }
    return call, fractions


@given(problems())
@settings(max_examples=400)
def test_rules_are_decided_as_with_fractions(q):
    rows = range(len(q["codes"]))
    call, fractions = rules_of(q)
    who = q["who"] if q["with_who"] else list(rows)
    waived = q["waived"] if q["with_waiver"] else [False for _ in rows]
    for order, threads in ((rows, 1), (q["order"], 2), (q["order"], 4)):
        clusters = snd.Clusters.from_codes(np.array([q["codes"][i] for i in order], np.int64), n=4)
        found = clusters.disclosure(
            np.array([q["values"][i] for i in order], float),
            contributor=np.array([who[i] for i in order]) if q["with_who"] else None,
            waiver=np.array([waived[i] for i in order], bool) if q["with_waiver"] else None,
            threads=threads,
            **call,
        )
        check(found, cells_of(4, q["codes"], q["values"], who, waived), **fractions)


@given(problems(), st.booleans(), st.data())
@settings(max_examples=200)
def test_overlapping_clusters_contribute_exact_shares(q, with_shares, data):
    members = data.draw(
        st.lists(st.integers(0, max(len(q["codes"]) - 1, 0)), max_size=30 if q["codes"] else 0)
    )
    codes = data.draw(st.lists(st.integers(0, 2), min_size=len(members), max_size=len(members)))
    share = st.sampled_from([1.0, 0.5, 0.1, 1 / 3, 5e-324])
    shares = data.draw(st.lists(share, min_size=len(members), max_size=len(members)))
    call, fractions = rules_of(q)
    clusters = overlapping(members, codes, shares if with_shares else None, len(q["codes"]), 3)
    found = clusters.disclosure(
        np.array(q["values"], float),
        contributor=np.array(q["who"]) if q["with_who"] else None,
        waiver=np.array(q["waived"], bool) if q["with_waiver"] else None,
        **call,
    )
    who = [q["who"][i] for i in members] if q["with_who"] else list(range(len(members)))
    values = [q["values"][i] for i in members]
    agreed = [q["with_waiver"] and q["waived"][i] for i in members]
    cells = cells_of(3, codes, values, who, agreed, shares if with_shares else None)
    check(found, cells, **fractions)


def test_many_rows_and_threads_agree_with_fractions():
    rng = np.random.default_rng(5)
    codes, who = rng.integers(-1, 40, 20_000), rng.integers(0, 300, 20_000)
    values = np.exp(rng.normal(0.0, 2.0, 20_000))
    cells = cells_of(40, codes, values, who, np.zeros(20_000, bool))
    rules = {"min_count": 3, "dominance": [(1, Fraction(12)), (2, Fraction(22))], "p": Fraction(500)}
    rules |= {"pq": None, "coalition": 1, "empty": False}
    for threads in (1, 3):
        found = snd.Clusters.from_codes(codes).disclosure(
            values, contributor=who, dominance=[(1, 12), (2, 22)], p=500, threads=threads
        )
        assert 0 < found.unsafe.sum() < 40
        check(found, cells, **rules)


# --- traps at the boundary (named in the references of `Clusters.disclosure`) ------------------------


def one(values, **rules):
    """The flags of one cluster, without minimum frequency unless asked."""
    rules = {"min_count": 0} | rules
    found = snd.Clusters.from_codes(np.zeros(len(values), int), n=1).disclosure(values, **rules)
    return int(found.rule[0])


def test_ties_are_safe():
    assert one([80, 20], dominance=(1, 80)) == 0
    assert one([801, 199], dominance=(1, 80.1)) == 0
    assert one([801, 199], dominance=(1, np.float32(80.1))) == 0
    assert one([801, 199], dominance=(1, Fraction(80.1))) == DOMINANCE  # a little less than 80.1
    assert one([801, 199], dominance=(1, Decimal("80.1"))) == 0
    assert one([1.0, 1.0, 0.1], p=10) == 0  # the double 0.1 is a little more than a tenth
    assert one([500, 300, 50], pq=(5, 50)) == 0


def test_decisions_are_on_the_doubles_as_they_are():
    # 0.1 + 0.2 is more than 0.3 by 2.8e-17, which a rounded sum of 0.6 does not show.
    codes, who = [0, 0, 0], ["a", "a", "b"]
    found = snd.Clusters.from_codes(codes).disclosure(
        [0.1, 0.2, 0.3], contributor=who, min_count=0, dominance=(1, 50)
    )
    assert found.rule.tolist() == [DOMINANCE]
    assert found.protection[0] == float(Fraction(0.1) + Fraction(0.2) - Fraction(0.3))


def test_one_and_two_contributors_are_unsafe_by_p_percent_unless_all_is_zero():
    assert one([7], p=1) == one([7, 5], p=1) == one([7, 0], p=1) == P_PERCENT
    assert one([0], p=1) == one([0, 0], p=1) == one([0, 0, 0], p=1, dominance=(1, 80)) == 0


def test_the_minimum_is_the_least_number_that_is_safe():
    codes = [0, 1, 1, 2, 2, 2]
    found = snd.Clusters.from_codes(codes, n=4).disclosure([1.0] * 6)
    assert found.rule.tolist() == [1, 1, 0, 0]
    # What sdcTable calls maxN = 3 suppresses counts up to 3.
    assert snd.Clusters.from_codes(codes, n=4).disclosure([1.0] * 6, min_count=4).rule.tolist() == [
        1,
        1,
        1,
        0,
    ]


def test_empty_clusters_are_safe_unless_asked():
    clusters = snd.Clusters.from_codes([0, 0, 0], n=2)
    assert clusters.disclosure([1.0, 1.0, 1.0], p=10).unsafe.tolist() == [False, False]
    found = clusters.disclosure([1.0, 1.0, 1.0], p=10, empty=True)
    assert found.rule.tolist() == [0, FREQUENCY]
    assert found.protection.tolist() == [0.0, 0.0]
    assert np.isnan(found.largest[1]).all()


def test_no_rows_at_all():
    found = snd.Clusters.from_codes(np.zeros(0, int), n=2).disclosure(
        np.zeros(0), contributor=np.zeros(0), p=10
    )
    assert found.rule.tolist() == [0, 0]
    assert snd.Clusters.from_codes(np.zeros(0, int), n=0).disclosure(np.zeros(0)).unsafe.tolist() == []


def test_zeros_contribute_and_missing_values_do_not():
    found = snd.Clusters.from_codes([0, 0, 0, 1, 1, 1]).disclosure([1.0, 0.0, 0.0, 1.0, np.nan, 1.0])
    assert found.contributors.tolist() == [3, 2]
    masked = np.ma.array([1, 1, 1, 1, 5, 1], mask=[0, 0, 0, 0, 1, 0])
    found = snd.Clusters.from_codes([0, 0, 0, 1, 1, 1]).disclosure(masked, contributor=[1, 2, 3, 1, 9, 2])
    assert (found.contributors.tolist(), found.total.tolist()) == ([3, 2], [3, 2])


def test_waivers():
    def rule(waiver, values=(60.0, 30.0, 8.0, 2.0), **rules):
        return one(list(values), waiver=waiver, **rules)

    assert rule([False] * 4, p=40) == P_PERCENT  # 10 against 24
    assert rule([True, False, False, False], p=33) == 0  # s = 30: 10 against 9.9
    assert rule([True, False, False, False], p=34) == P_PERCENT
    assert rule([True, True, False, False], p=40) == 0  # s = 8, r = 60: 32 against 3.2
    assert rule([True, True, False, False], dominance=(2, 60)) == DOMINANCE  # 68 of 100
    assert rule([True, True, False, False], dominance=(2, 68)) == 0
    assert rule([True] * 4, p=40, dominance=(1, 10), min_count=9) == 0
    assert rule([True, True, True, False], p=40, min_count=9) == FREQUENCY


def test_a_waiver_needs_every_row_of_its_contributor():
    clusters = snd.Clusters.from_codes([0, 0, 0])
    for second, rule in ((True, 0), (False, P_PERCENT)):
        found = clusters.disclosure(
            [4.0, 5.0, 1.0], contributor=["a", "a", "b"], waiver=[True, second, True], min_count=0, p=10
        )
        assert found.rule.tolist() == [rule]


@pytest.mark.parametrize(
    "values",
    [
        [8.0, np.nan, 1.0, 0.5],
        np.array([8.0, np.nan, 1.0, 0.5], np.float32),
        pd.Series([80, None, 10, 5], dtype="Int64"),
        np.ma.array([80, 7, 10, 5], mask=[0, 1, 0, 0]),
    ],
)
def test_a_row_without_a_value_takes_no_waiver_back(values):
    found = snd.Clusters.from_codes([0, 0, 0, 0]).disclosure(
        values, contributor=["a", "a", "b", "c"], waiver=[True, False, False, False], min_count=0, p=10
    )
    assert found.rule.tolist() == [0]  # s = b: the others' 0.5 against 0.1 (5 against 1)


def test_integers_beyond_doubles_are_exact():
    big = 2**62
    assert one(np.array([big + 1, big], np.uint64), dominance=(1, 50)) == DOMINANCE
    assert one(np.array([big, big], np.uint64), dominance=(1, 50)) == 0
    found = snd.Clusters.from_codes([0, 0, 0]).disclosure(np.array([2**53, 1, 2**53], np.int64))
    assert (found.total.dtype, found.total.tolist()) == (np.int64, [2**54 + 1])
    with pytest.raises(OverflowError, match="values: an exact total does not fit int64; convert"):
        snd.Clusters.from_codes([0, 0]).disclosure(np.array([2**62, 2**62], np.int64))


def test_a_contributor_of_several_rows_and_clusters():
    clusters = snd.Clusters.from_codes([0, 0, 1, 1, -1])
    found = clusters.disclosure([1.0, 2.0, 3.0, 4.0, 5.0], contributor=["x", "x", "x", "y", None])
    assert found.contributors.tolist() == [1, 2]
    np.testing.assert_array_equal(found.largest, [[3.0, np.nan], [4.0, 3.0]])
