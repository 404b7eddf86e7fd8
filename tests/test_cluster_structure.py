"""Concentration and inequality by cluster: the bits of the plain functions, cluster by cluster."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import sndstats as snd
from sndstats import _core

NAN = float("nan")
MEASURES = {
    "hhi": [{}, {"normalized": True}, {"scale": 10_000}],
    "concentration_ratio": [{"k": 1}, {"k": 4}, {"k": 10**30}],
    "gini": [{}, {"normalized": True}],
    "theil": [{}],
}
CALLS = [(name, options) for name, several in MEASURES.items() for options in several]


def data(rows=800, groups=9, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    values = rng.lognormal(3, 2, rows)
    values[rng.random(rows) < 0.1] = 0
    if np.dtype(dtype).kind == "f":
        values[rng.random(rows) < 0.1] = NAN
    return values.astype(dtype), rng.integers(-1, groups, rows), rng.random(rows) * 3


@pytest.mark.parametrize(("name", "options"), CALLS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64, np.uint64])
@pytest.mark.parametrize("threads", [1, 3])
def test_bits_are_those_of_the_plain_function(name, options, dtype, threads):
    values, codes, _ = data(dtype=dtype)
    got = getattr(snd.Clusters.from_codes(codes, 10), name)(values, **options, threads=threads)
    plain = partial(getattr(snd, name), **options)
    assert got.dtype == (np.float32 if dtype == np.float32 else np.float64)
    np.testing.assert_array_equal(got, [plain(values[codes == g]) for g in range(10)])


@pytest.mark.parametrize("name", ["gini", "theil"])
@pytest.mark.parametrize("options", [{}, {"skipna": False}])
def test_weights_and_missing_ones(name, options):
    values, codes, weights = data()
    weights[::17] = NAN
    weights[::19] = 0.0
    got = getattr(snd.Clusters.from_codes(codes, 9), name)(values, weights, **options)
    plain = getattr(snd, name)
    np.testing.assert_array_equal(
        got, [plain(values[codes == g], weights[codes == g], **options) for g in range(9)]
    )


@pytest.mark.parametrize(("name", "options"), CALLS)
def test_edges(name, options):
    values = np.array([0.0, 0.0, 5.0, np.inf, 1.0, NAN, NAN, 1e-320, 3e-320, 2.0, 4.0, 4.0])
    codes = np.array([0, 0, 1, 2, 2, 3, 4, 5, 5, 6, 6, 6])
    got = getattr(snd.Clusters.from_codes(codes, 8), name)(values, **options)
    plain = getattr(snd, name)
    np.testing.assert_array_equal(got[:7], [plain(values[codes == g], **options) for g in range(7)])
    assert np.isnan(got[[0, 2, 3, 4, 7]]).all()
    least = getattr(snd.Clusters.from_codes(codes, 8), name)(values, **options, min_count=2)
    np.testing.assert_array_equal(least[5:7], got[5:7])
    assert np.isnan(least[1])
    strict = getattr(snd.Clusters.from_codes(np.array([0, 0, 1])), name)(
        [1.0, NAN, 4.0], **options, skipna=False
    )
    np.testing.assert_array_equal(strict, [NAN, plain([4.0], **options)])
    assert getattr(snd.Clusters.from_codes([], 0), name)([], **options).shape == (0,)


@pytest.mark.parametrize(("name", "options"), CALLS)
def test_axes_and_containers(name, options):
    values, codes, _ = data(30, 3)
    table = np.stack([values, values[::-1]], axis=1)
    clusters = snd.Clusters.from_codes(codes, 3)
    got = getattr(clusters, name)(table, **options)
    for k in range(2):
        np.testing.assert_array_equal(got[:, k], getattr(clusters, name)(table[:, k], **options))
    np.testing.assert_array_equal(getattr(clusters, name)(table.T, **options, axis=1), got.T)
    firms = pd.Index(range(30), name="firm")
    labelled = snd.Clusters(pd.Series(np.where(codes < 0, None, codes), index=firms, name="chain"))
    series = getattr(labelled, name)(pd.Series(values, index=firms, name="sales"), **options)
    assert series.name == "sales"
    assert series.index.name == "chain"
    np.testing.assert_array_equal(series, got[:, 0])
    nullable = getattr(labelled, name)(pd.Series([None] * 30, index=firms, dtype="Float64"), **options)
    assert nullable.isna().all()


def test_weights_of_memberships_scale_figures_and_count_units():
    clusters = snd.Clusters.from_membership([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    values = [3.0, 4.0, 8.0]
    assert clusters.hhi(values).tolist() == [snd.hhi([3.0, 2.0]), snd.hhi([2.0, 8.0])]
    assert clusters.concentration_ratio(values, 1).tolist() == [0.6, 0.8]
    assert clusters.gini(values).tolist() == [
        snd.gini([3.0, 4.0], [1.0, 0.5]),
        snd.gini([4.0, 8.0], [0.5, 1.0]),
    ]
    assert clusters.theil(values, [2.0, 1.0, 1.0]).tolist() == [
        snd.theil([3.0, 4.0], [2.0, 0.5]),
        snd.theil([4.0, 8.0], [0.5, 1.0]),
    ]


def test_what_is_refused():
    clusters = snd.Clusters.from_codes([0, 1])
    for name, options in CALLS:
        with pytest.raises(ValueError, match=r"values: expected figures from 0, got -1\.0 at position 1"):
            getattr(clusters, name)([2.0, -1.0], **options)
    with pytest.raises(ValueError, match="scale: expected a positive number"):
        clusters.hhi([1.0, 2.0], scale=0)
    with pytest.raises(ValueError, match="k: "):
        clusters.concentration_ratio([1.0, 2.0], 0)
    with pytest.raises(ValueError, match="weights: must not be negative"):
        clusters.gini([1.0, 2.0], [1.0, -2.0])
    with pytest.raises(ValueError, match="expected 2 rows"):
        clusters.theil([1.0])
    codes = np.array([0, 5], np.int32)
    with pytest.raises(ValueError, match="out of range"):
        _core.group_measure("hhi", np.ones(2), None, codes, 2, (0, 1), 1, True, 0, 1)
    with pytest.raises(ValueError, match="most"):
        _core.group_measure("hhi", np.ones(2), None, codes, 9, (0, 1), 0, True, 0, 1)
    with pytest.raises(ValueError, match="bad argument"):
        _core.group_measure("hhi", np.ones(2), None, codes, 9, (0,), 1, True, 0, 1)
    with pytest.raises(ValueError, match="measure"):
        _core.group_measure("nothing", np.ones(2), None, codes, 9, (), 1, True, 0, 1)
