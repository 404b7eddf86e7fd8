"""Roll-ups of verdicts, floor and stretch, and several targets for one figure."""

import copy
import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

import sndstats as snd
from sndstats import _core

RULES = {m.name: m for m in snd.roll_up_methods()}
# Statistics Canada's series sdg 1-2-1, 6-1-1, 11-1-1, 3-3-4, cif 15-5-1: statuses 4, 2, 1, 3, 5.
CANADA = {
    "baseline": np.array([14.5, 98.82, 10.0, 0.73, 70.0]),
    "actual": np.array([10.2, 99.04, 10.4, 0.32, 55.0]),
    "target": np.array([7.25, 100.0, 0.1, 0.073, 100.0]),
    "start": np.array([2015, 2015, 2018, 2015, 2015]),
    "now": np.array([2023, 2022, 2022, 2023, 2023]),
    "deadline": 2030,
    "better": np.array(["lower", "higher", "lower", "lower", "lower"]),
}
SCORES = [2.5185563910306596, -0.8276760630043856, -2.6288207323433537, 0.6310943870750059, 5.0]


def canada(**changes):
    return snd.assess(**(CANADA | changes), method="canada")


def exact_mean(values):
    return float(sum(map(Fraction, values)) / len(values))


def bits(result):
    return [
        np.asarray(x).tobytes() for x in (result.value, result.score, result.available, result.members)
    ] + [None if result.status is None else np.asarray(result.status).tobytes()]


# --- several targets for one figure


def test_several_targets_broadcast_along_a_leading_axis():
    own, assigned = np.array([12000.0, 18000.0]), np.array([16000.0, 23000.0])
    found = snd.assess(
        np.array([9000.0, 10000.0]),
        np.array([13736.0, 14470.0]),
        np.array([own, assigned]),
        start=2020,
        now=2021,
        deadline=2022,
        better="higher",
        method="canada",
    )
    assert found.labels.tolist() == [
        ["target_achieved", "substantial_progress"],
        ["substantial_progress", "moderate_progress"],
    ]
    worst = snd.roll_up(found, method="worst")
    assert worst.labels.tolist() == ["substantial_progress", "moderate_progress"]
    assert worst.members.tolist() == [2, 2]


def test_two_targets_of_every_figure_from_scalars():
    found = snd.assess(
        CANADA["baseline"][:2],
        CANADA["actual"][:2],
        np.array([7.25, 100.0])[:, None],
        start=2015,
        now=2022,
        deadline=2030,
        better="lower",
        method="canada",
    )
    assert found.status.shape == (2, 2)
    for i, target in enumerate([7.25, 100.0]):
        for j in range(2):
            alone = snd.assess(
                CANADA["baseline"][j],
                CANADA["actual"][j],
                target,
                start=2015,
                now=2022,
                deadline=2030,
                better="lower",
                method="canada",
            )
            assert (found.status[i, j], found.reason[i, j]) == (alone.status, alone.reason)


def test_several_targets_of_a_series():
    index = pd.Index(["a", "b"], name="city")
    figures = pd.Series([9000.0, 10000.0], index=index), pd.Series([13736.0, 14470.0], index=index)
    times = {"start": 2020, "now": 2021, "deadline": 2022, "better": "higher", "method": "canada"}
    found = snd.assess(*figures, np.array([[12000.0, 18000.0], [16000.0, 23000.0]]), **times)
    assert found.status.tolist() == [[5, 4], [4, 3]]
    one = snd.assess(*figures, 16000.0, **times)
    assert snd.roll_up(one, pd.Series(["x", "x"], index=index), method="worst").clusters.tolist() == ["x"]


def test_several_targets_of_an_xarray_object():
    b = xr.DataArray([9000.0, 10000.0, 10.0], dims="city")
    x = xr.DataArray([13736.0, 14470.0, 9.0], dims="city")
    targets = xr.DataArray([[12000.0, 18000.0, 12.0], [16000.0, 23000.0, 14.0]], dims=("target", "city"))
    times = {"start": 2020, "now": 2021, "deadline": 2022, "better": "higher", "method": "canada"}
    for given_targets in (targets, targets.T):  # dimensions go by name: those of the first figure lead
        found = snd.assess(b, x, given_targets, **times)
        assert found.status.tolist() == [[5, 4], [4, 3], [1, 1]]
        worst = snd.roll_up(found, method="worst", axis=1)
        assert worst.status.tolist() == [4, 3, 1]


# --- official rules


def test_canada_mean_class_and_achieved():
    found = canada()
    assert found.score.tolist() == SCORES
    goals = snd.roll_up(found, ["1", "6", "11", "1", "15"], method="canada")
    assert list(goals.clusters) == ["1", "11", "15", "6"]
    assert goals.value.tolist() == [exact_mean([SCORES[0], SCORES[3]]), SCORES[2], 5.0, SCORES[1]]
    assert goals.labels.tolist() == [
        "moderate_progress",
        "deterioration",
        "target_achieved",
        "limited_progress",
    ]


def test_canada_achieved_without_target_is_not_achieved():
    at_limit = {"baseline": 100.0, "actual": 100.0, "start": 2015, "now": 2020, "better": "higher"}
    found = snd.assess(**at_limit, limit=100.0, method="canada")
    assert float(found.score) == 5.0
    mixed = snd.assess([100.0, 10.0], [100.0, 20.0], [np.nan, 15.0], start=2015, now=2020, deadline=2030,
                       better="higher", limit=100.0, method="canada")  # fmt: skip
    assert mixed.score.tolist() == [5.0, 5.0]
    assert snd.roll_up(mixed, method="canada").labels.item() == "substantial_progress"
    assert snd.roll_up(mixed, [0, 1], method="canada").labels.tolist() == [
        "substantial_progress",
        "target_achieved",
    ]


def test_canada_rolls_up_twice():
    indicators = snd.roll_up(canada(), ["a", "b", "b", "c", "c"], method="canada")
    goals = snd.roll_up(indicators, [1, 1, 2], method="canada")
    means = [SCORES[0], exact_mean(SCORES[1:3]), exact_mean(SCORES[3:])]
    assert goals.value.tolist() == [exact_mean(means[:2]), means[2]]
    assert goals.labels.tolist() == ["moderate_progress", "substantial_progress"]


def test_undp_rolls_up_twice_with_the_same_borders():
    # UNDP: achieved and on track 1, fair 0, limited -1, deterioration -2; one level up 1, 0, -1.
    found = snd.assess(
        np.full(4, 10.0),
        np.array([15.0, 14.0, 11.5, 8.0]),
        np.full(4, 15.0),
        start=2015,
        now=2022,
        deadline=2030,
        better="higher",
        method="un2022",
    )
    assert found.score.tolist() == [1.0, 1.0, 0.0, -2.0]
    targets = snd.roll_up(found, ["a", "a", "b", "b"], method="undp")
    assert targets.labels.tolist() == ["on track", "off track"]
    goal = snd.roll_up(targets, method="undp")
    assert (float(goal.value), str(goal.labels)) == (0.0, "for review")


def test_sdsn_goal_color_of_indicators():
    bounds = {"worst": [130.1, 814.0, 130.1], "best": [2.6, 3.4, 2.6], "red": [50.0, 140.0, 50.0]}
    found = snd.assess(None, [39.4, 140.0, 2.3], green=[25.0, 70.0, 25.0], **bounds, better="lower",
                       method="sdsn_dashboard")  # fmt: skip
    assert found.labels.tolist() == ["orange", "orange", "green"]
    goal = snd.roll_up(found, method="sdsn_dashboard")
    assert str(goal.labels) == "orange"
    assert float(goal.value) == pytest.approx((1.424 + 1) / 2, rel=1e-15)


def test_sdsn_index_of_goals():
    goals = snd.roll_up([[50.0, 60.0], [70.0, np.nan], [10.0, 20.0]], ["a", "a", "b"], method="sdsn")
    assert goals.value.tolist() == [[60.0, 60.0], [10.0, 20.0]]
    index = snd.roll_up(goals, method="sdsn_index")
    assert index.value.tolist() == [35.0, 40.0]


@pytest.mark.parametrize("name", ["canada", "eustat", "undp", "sdsn_trend"])
def test_each_border_is_on_the_side_the_table_says(name):
    rule = RULES[name]
    flags = {"achieved": False} if "achieved" in rule.takes else {}
    for k, (limit, side) in enumerate(rule.limits):
        below, above = np.nextafter(limit, -np.inf), np.nextafter(limit, np.inf)
        found = snd.roll_up([below, limit, above], [0, 1, 2], method=name, **flags)
        assert found.status.tolist() == [k + 1, k + 2 if side == ">=" else k + 1, k + 2]


def test_the_table():
    assert RULES["canada"].limits == ((-2.5, ">="), (0.0, ">="), (2.5, ">="))
    assert RULES["eustat"].limits == ((-2.5, ">="), (-0.25, ">="), (0.25, ">"), (2.5, ">"))
    assert [m.name for m in snd.roll_up_methods() if m.by_status] == ["worst", "on_track", "next_deadline"]
    assert {m.name: m.min_coverage for m in snd.roll_up_methods() if m.min_coverage} == {
        "eurostat": 0.75,
        "sdsn_index": 1.0,
        "sdsn_dashboard": 0.5,
        "sdsn_trend": 0.75,
    }
    assert len(pd.DataFrame(snd.roll_up_methods())) == len(RULES)


# --- general rules


def test_worst_and_share_of_an_assessment():
    found = canada()
    goals = ["x", "x", "y", "y", "y"]
    assert snd.roll_up(found, goals, method="worst").labels.tolist() == ["limited_progress", "deterioration"]
    for at_least in ("moderate_progress", 3):
        shares = snd.roll_up(found, goals, method="on_track", at_least=at_least)
        assert shares.value.tolist() == [0.5, 2 / 3]
        assert shares.status is None
        assert shares.labels is None


def test_verdicts_that_are_not_there_do_not_count_in_worst():
    found = canada(actual=np.array([10.2, np.nan, 10.4, 0.32, np.nan]))
    worst = snd.roll_up(found, [0, 0, 1, 1, 2], method="worst")
    assert worst.labels.tolist() == ["substantial_progress", "deterioration", "not_available"]
    assert worst.available.tolist() == [1, 2, 0]
    assert worst.coverage.tolist() == [0.5, 1.0, 0.0]
    strict = snd.roll_up(found, [0, 0, 1, 1, 2], method="worst", min_coverage=1)
    assert strict.labels.tolist() == ["not_available", "deterioration", "not_available"]


def test_next_deadline_of_dates():
    due = np.array(["2025-06-30", "2025-12-31", "2030-12-31"], "M8[D]")
    for now, status, left in (
        ("2025-06-30", 3, 0.0),
        ("2025-07-01", 1, 183 / 365),
        ("2031-01-01", 0, np.nan),
    ):
        found = snd.roll_up([3, 1, 2], method="next_deadline", deadline=due, now=np.datetime64(now))
        assert int(found.status) == status
        assert float(found.value) == pytest.approx(left, nan_ok=True)


def test_next_deadline_of_an_assessment():
    found = snd.assess(10.0, 14.0, [12.0, 20.0, 30.0], start=2015, now=2022, deadline=[2020, 2025, 2030],
                       better="higher", method="canada")  # fmt: skip
    following = snd.roll_up(found, method="next_deadline", deadline=[2020, 2025, 2030], now=2022)
    assert str(following.labels) == str(found.labels[1])
    assert float(following.score) == float(found.score[1])
    assert float(following.value) == 3.0


SOME = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.one_of(st.just(float("nan")), st.floats(-5, 5)),
        st.integers(0, 5),
        st.integers(2020, 2032),
    ),
    max_size=30,
)


@given(SOME, st.randoms(use_true_random=False))
def test_the_order_of_members_changes_no_bit(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    for name, rule in RULES.items():
        found = []
        for table in (rows, shuffled):
            groups, scores, statuses, due = zip(*table, strict=True) if table else ((), (), (), ())
            codes = snd.Clusters.from_codes(np.array(groups, np.int64), 4)
            more = {"at_least": 3} if name == "on_track" else {}
            if "deadline" in rule.takes:
                more = {"deadline": np.array(due, float), "now": 2025}
            if "achieved" in rule.takes:
                more = {"achieved": np.array([s == 5 for s in statuses], bool)}
            verdicts = np.array(statuses if rule.by_status else scores, float)
            found.append(snd.roll_up(verdicts, codes, method=name, **more))
        assert bits(found[0]) == bits(found[1]), name


@given(SOME)
def test_means_shares_and_worst_against_rational_arithmetic(rows):
    groups = np.array([r[0] for r in rows], np.int64)
    scores, statuses = np.array([r[1] for r in rows], float), np.array([r[2] for r in rows], np.int64)
    codes = snd.Clusters.from_codes(groups, 4)
    mean = snd.roll_up(scores, codes, method="mean")
    worst = snd.roll_up(statuses, codes, method="worst")
    share = snd.roll_up(statuses, codes, method="on_track", at_least=3)
    for k in range(4):
        there = [x for g, x in zip(groups, scores, strict=True) if g == k and x == x]
        codes_there = [int(s) for g, s in zip(groups, statuses, strict=True) if g == k and s > 0]
        assert mean.available[k] == len(there)
        assert mean.members[k] == np.sum(groups == k)
        assert np.isnan(mean.value[k]) if not there else mean.value[k] == exact_mean(there)
        assert worst.status[k] == min(codes_there, default=0)
        if codes_there:
            assert share.value[k] == sum(s >= 3 for s in codes_there) / len(codes_there)
        else:
            assert np.isnan(share.value[k])


# --- shapes, labels, edges


def test_axis_takes_the_place_of_the_members():
    scores = np.arange(24.0).reshape(2, 3, 4)
    found = snd.roll_up(scores, ["b", "a", "b"], method="mean", axis=1)
    assert found.value.shape == (2, 2, 4)
    assert np.array_equal(found.value[:, 0], scores[:, 1])
    assert np.array_equal(found.value[:, 1], (scores[:, 0] + scores[:, 2]) / 2)
    assert snd.roll_up(scores, method="mean", axis=-1).value.tolist() == scores.mean(axis=-1).tolist()
    assert snd.roll_up(scores[:, :, ::-2], method="mean", axis=2).value.shape == (2, 3)


def test_empty_clusters_and_empty_input():
    codes = snd.Clusters(pd.Categorical(["a", "c"], categories=["a", "b", "c"]))
    found = snd.roll_up([1.0, 2.0], codes, method="undp")
    assert found.labels.tolist() == ["on track", "not_available", "on track"]
    assert found.members.tolist() == [1, 0, 1]
    assert np.isnan(found.coverage[1])
    nothing = snd.roll_up(np.array([]), method="undp")
    assert (int(nothing.status), int(nothing.members), str(nothing.labels)) == (0, 0, "not_available")
    assert np.isnan(nothing.value)
    assert np.isnan(nothing.coverage)
    assert snd.roll_up(np.array([]), np.array([], int), method="mean").value.shape == (0,)
    assert snd.roll_up(np.zeros((3, 0)), [1, 1, 2], method="mean").value.shape == (2, 0)
    assert np.isnan(snd.roll_up([np.nan, np.nan], method="mean").value)


def test_members_without_a_label_are_in_no_cluster():
    found = snd.roll_up([1.0, 2.0, 100.0], ["a", "a", None], method="mean")
    assert found.value.tolist() == [1.5]
    assert found.members.tolist() == [2]


def test_pandas_labels_and_frames():
    index = pd.Index([3, 4, 5])
    scores, goals = pd.Series([1.0, 2.0, 4.0], index), pd.Series(["g1", "g2", "g1"], index, name="goal")
    frame = snd.roll_up(scores, goals, method="eustat").to_pandas()
    assert frame.loc["g1"].to_dict() == {
        "value": 2.5,
        "score": 2.5,
        "status": 4,
        "label": "moderate progress",
        "members": 2,
        "available": 2,
    }
    assert frame.index.name == "goal"
    with pytest.raises(ValueError, match=r"index of labels differ; align them first"):
        snd.roll_up(scores.set_axis([0, 1, 2]), goals, method="mean")
    found = snd.assess(pd.Series(CANADA["baseline"]), pd.Series(CANADA["actual"]), 7.25, start=2015, now=2023,
                       deadline=2030, better="lower", method="canada")  # fmt: skip
    with pytest.raises(ValueError, match=r"by: its index differs from that of the verdicts"):
        snd.roll_up(found, pd.Series(list("abcde"), index=range(1, 6)), method="worst")
    due = pd.Series([2026, 2027, 2028], index=list("cab"))
    goals = snd.roll_up([1.0, 0.0, -1.0], pd.Series(list("abc")), method="undp")
    for verdicts in (pd.Series([1, 2, 3]), goals):
        with pytest.raises(ValueError, match=r"deadline: its index differs from"):
            snd.roll_up(verdicts, method="next_deadline", deadline=due, now=2025)
    with pytest.raises(ValueError, match=r"achieved: its index differs from the index of verdicts"):
        snd.roll_up(scores, method="canada", achieved=pd.Series([True, False, True]))
    kept = snd.roll_up(scores, method="canada", achieved=pd.Series([True] * 3, index))
    assert str(kept.labels) == "target_achieved"
    assert "value" in snd.roll_up([1.0], method="mean").to_pandas()
    assert snd.roll_up(pl.Series([1.0, 2.0]), pl.Series(["a", "a"]), method="mean").value.tolist() == [1.5]


def test_results_are_held_fast_and_travel():
    found = snd.roll_up([1.0, -2.0], ["a", "b"], method="undp")
    for same in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert bits(same) == bits(found)
        assert same.labels.tolist() == found.labels.tolist()
    with pytest.raises(AttributeError, match="value: roll-ups do not change"):
        found.value = 3
    assert "labels=['on track', 'off track']" in repr(found)
    assert repr(snd.roll_up([1.0], method="mean")).startswith("RollUp(method='mean',\n  value=1.0")


def test_the_extension_checks_what_it_is_handed():
    def call(scores, codes, clusters, columns=1, rule="mean"):
        out = tuple(np.empty((clusters, columns), k) for k in (float, float, np.int8, np.int64, np.int64))
        _core.roll_up(rule, 0.0, codes, clusters, (scores, None, None, None), out)
        return out

    scores = np.array([[1.0], [2.0]])
    assert call(scores, np.array([0, 1]), 2)[0].tolist() == [[1.0], [2.0]]
    with pytest.raises(ValueError, match="code"):
        call(scores, np.array([0, 2]), 2)
    for wrong in (
        lambda: call(scores, np.array([0]), 2),
        lambda: call(scores, None, 2),
        lambda: call(scores, None, 1, columns=2),
        lambda: call(scores.astype(np.float32), None, 1),
        lambda: call(scores, np.array([0.0, 1.0]), 2),
        lambda: call(scores, None, 1, rule="median"),
    ):
        with pytest.raises((ValueError, TypeError, SystemError)):
            wrong()


# --- what is refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "median"}, r"method: unknown 'median'; expected one of mean, worst"),
        ({"method": ["mean"]}, r"method: unknown \['mean'\]"),
        ({"method": "on_track"}, r"at_least: method 'on_track' needs the class"),
        ({"method": "on_track", "at_least": "high"}, r"at_least: unknown class 'high'"),
        ({"method": "on_track", "at_least": 0}, r"at_least: expected a class, or its code from 1"),
        ({"method": "on_track", "at_least": 2.5}, r"at_least: expected a class, or its code from 1"),
        ({"method": "mean", "at_least": 3}, r"at_least: method 'mean' makes no use of it; leave it out"),
        ({"method": "eurostat", "fill": 3}, r"fill: method 'eurostat' makes no use of it"),
        ({"method": "next_deadline", "now": 3}, r"deadline: method 'next_deadline' needs it"),
        ({"method": "next_deadline", "deadline": 3}, r"now: method 'next_deadline' needs it"),
        ({"method": "canada"}, r"achieved: method 'canada' needs to know which targets are achieved"),
        ({"method": "canada", "achieved": [True] * 3}, r"achieved: its shape \(3,\) does not broadcast"),
        ({"method": "sdsn_index", "fill": [1, 2, 3]}, r"fill: its shape \(3,\) does not broadcast"),
        ({"method": "mean", "by": ["a"]}, r"by: expected a label for each of 2 verdicts along axis 0, got 1"),
        ({"method": "mean", "min_coverage": 1.1}, r"min_coverage: expected a share from 0 to 1, got 1.1"),
        ({"method": "mean", "min_coverage": np.nan}, r"min_coverage: expected a share from 0 to 1, got nan"),
        ({"method": "mean", "verdicts": 3.0}, r"verdicts: expected one for each member, got a single one"),
        ({"method": "worst", "verdicts": [1.5]}, r"verdicts: expected statuses, whole numbers .*1.5"),
        ({"method": "worst", "verdicts": [-1]}, r"verdicts: expected statuses, whole numbers .*-1"),
        ({"method": "mean", "axis": 1}, r"axis 1 is out of bounds"),
    ],
)
def test_wrong_values_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        snd.roll_up(**({"verdicts": [3.0, 1.0]} | arguments))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "mean", "verdicts": ["a"]}, r"verdicts: expected numbers"),
        ({"method": "on_track", "at_least": [1]}, r"at_least: expected a class or its code"),
        ({"method": "canada", "achieved": [1, 0]}, r"achieved: expected bool"),
        ({"method": "mean", "min_coverage": "most"}, r"min_coverage: expected a share, got 'most'"),
        (
            {"method": "next_deadline", "deadline": np.datetime64("2030-01-01"), "now": 3},
            r"numbers beside the dates",
        ),
    ],
)
def test_wrong_kinds_are_named(arguments, message):
    with pytest.raises(TypeError, match=message):
        snd.roll_up(**({"verdicts": [3.0, 1.0]} | arguments))


def test_verdicts_of_another_method_are_refused():
    with pytest.raises(ValueError, match=r"'undp' rolls up those of un2022 and undp, got those of 'canada'"):
        snd.roll_up(canada(), method="undp")
    with pytest.raises(ValueError, match=r"achieved: the verdicts say it themselves"):
        snd.roll_up(canada(), method="canada", achieved=True)
    with pytest.raises(ValueError, match=r"at_least: unknown class 'good'; expected one of 'deterioration'"):
        snd.roll_up(canada(), method="on_track", at_least="good")
    with pytest.raises(ValueError, match=r"code from 1 to 5, got 6"):
        snd.roll_up(canada(), method="on_track", at_least=6)
    istat = snd.assess(10.0, [11.0, 12.0], start=2015, now=2020, better="higher", method="istat")
    with pytest.raises(ValueError, match=r"method 'istat' has no scores; roll its statuses up"):
        snd.roll_up(istat, method="mean")
    with pytest.raises(ValueError, match=r"'mean' gives no classes; roll its scores up"):
        snd.roll_up(snd.roll_up([1.0], [1], method="mean"), method="worst")


def test_two_scales_are_not_mixed():
    found = snd.assess(
        10.0,
        [11.0, 9.0],
        [15.0, np.nan],
        start=2015,
        now=2020,
        deadline=2030,
        better="higher",
        method="eurostat",
    )
    with pytest.raises(ValueError, match=r"no one scale; roll the two up apart"):
        snd.roll_up(found, method="worst")
    with pytest.raises(ValueError, match=r"at_least: unknown class 'insufficient"):
        snd.roll_up(found, method="on_track", at_least="insufficient progress towards the EU target")
    assert snd.roll_up(found, method="eurostat").value == exact_mean(found.score)
    without = snd.assess(10.0, [11.0, 9.0], start=2015, now=2020, better="higher", method="eurostat")
    assert str(snd.roll_up(without, method="worst").labels) == "significant movement away from SD objectives"


# --- floor and stretch


def test_floor_and_stretch_labels_and_reasons():
    found = snd.floor_and_stretch([4.0, 5.5, 7.0, np.nan], 5.0, 6.0, better="higher")
    assert found.labels.tolist() == ["floor missed", "floor met", "stretch met", "not_available"]
    assert [snd.Reason(r).name for r in found.reason] == ["OK", "OK", "OK", "MISSING_CURRENT"]
    lower = snd.floor_and_stretch([[4.0], [5.5]], [5.0, 6.0], [4.0, 5.5], better="lower")
    assert lower.labels.tolist() == [["stretch met", "stretch met"], ["floor missed", "stretch met"]]
    sides = snd.floor_and_stretch(5.0, [4.0, 4.0], [6.0, 3.0], better=["higher", "lower"])
    assert sides.labels.tolist() == ["floor met", "floor missed"]
    assert snd.floor_and_stretch([], 5.0, 6.0, better="higher").status.shape == (0,)


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_floor_and_stretch_refuses_a_stretch_that_is_not_beyond_its_floor(better):
    with pytest.raises(ValueError, match=r"stretch: expected a target on the better side .* at 1"):
        snd.floor_and_stretch(
            1.0, [5.0, 5.0], [6.0, 5.0] if better == "higher" else [4.0, 5.0], better=better
        )
    with pytest.raises(ValueError, match=r"stretch: expected a target on the better side .*got 5.0 for 5.0$"):
        snd.floor_and_stretch(1.0, 5.0, 5.0, better=better)
    with pytest.raises(ValueError, match=r"shapes do not broadcast"):
        snd.floor_and_stretch(1.0, [5.0, 5.0], [6.0, 6.0, 6.0], better=better)


def test_floor_and_stretch_needs_a_side():
    with pytest.raises(ValueError, match=r"better"):
        snd.floor_and_stretch(1.0, 5.0, 6.0, better="up")
    with pytest.raises(ValueError, match=r"^better: floor and stretch lie on one side; .* got 'range'"):
        snd.floor_and_stretch(1.0, 5.0, 6.0, better="range")


def test_floor_and_stretch_is_no_official_method():
    assert "floor_and_stretch" not in {m.name for m in snd.methods()}
    with pytest.raises(ValueError, match=r"^method: unknown 'floor_and_stretch'"):
        snd.assess(None, 1.0, better="higher", method="floor_and_stretch", worst=0.0, best=2.0)
    with pytest.raises(ValueError, match=r"^floor: expected figures"):
        snd.floor_and_stretch(1.0, None, 6.0, better="higher")


def test_floor_and_stretch_of_a_series_keeps_its_index():
    actual = pd.Series([4.0, 6.0], index=["gdp", "jobs"])
    frame = snd.floor_and_stretch(actual, 5.0, 6.0, better="higher").to_pandas()
    assert frame["label"].to_dict() == {"gdp": "floor missed", "jobs": "stretch met"}


@pytest.mark.parametrize("missing", ["floor", "stretch"])
def test_floor_and_stretch_names_the_target_that_is_none(missing):
    targets = {"floor": 5.0, "stretch": 6.0} | {missing: None}
    with pytest.raises(ValueError, match=rf"^{missing}: expected figures, got None"):
        snd.floor_and_stretch(1.0, **targets, better="higher")


def test_messages_show_plain_numbers_and_a_remedy():
    with pytest.raises(ValueError, match=r"got 1\.5$"):
        snd.roll_up([1.5], method="worst")
    with pytest.raises(ValueError, match="expected a code, as the verdicts are codes"):
        snd.roll_up([1.0], method="on_track", at_least="sun")
