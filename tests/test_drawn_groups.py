"""A hundred thousand drawn groups: sums, means and variances against exact integers.

Every finite double is a whole number of 2**-1074, so that totals of values, products and squares
are whole numbers in plain Python, and CPython's division of whole numbers rounds once. The same
rows in drawn chunks, through states that merge in a drawn tree, give the same bits.
"""

import itertools
import math
import pickle

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sndstats as snd

GROUPS, EXAMPLES = 50, 2000

TINY = st.integers(-9, 9).map(lambda k: k * 5e-324)
HUGE = st.sampled_from([1.7976931348623157e308, -1.7976931348623157e308, 1e308, -1e308, 8.98846567431158e307])
NEAR = st.tuples(st.sampled_from([1e9, -1e15, 2.0**60, 0.1, 1e300]), st.integers(0, 9)).map(
    lambda pair: pair[0] + pair[1] * math.ulp(pair[0])
)
VALUE = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-1e6, 1e6),
    TINY,
    HUGE,
    NEAR,
    st.sampled_from([math.nan, math.inf, -math.inf, -0.0]),
)
WEIGHT = st.one_of(st.integers(0, 4).map(float), st.floats(0, 1e9), TINY.map(abs), st.just(math.nan))
#: A value may come with its opposite, so that the rest decides.
ROWS = st.lists(st.tuples(VALUE, WEIGHT, st.booleans()), max_size=4)


def whole(x: float) -> int:
    """The double in units of 2**-1074."""
    upper, lower = x.as_integer_ratio()
    return upper * (2**1074 // lower)


def ratio(upper: int, lower: int) -> float:
    """Rounded once, to infinity where no double is as large."""
    try:
        return upper / lower
    except OverflowError:
        return math.inf if upper > 0 else -math.inf


def beyond(values: list[float]) -> float | None:
    """What infinities make of a sum, if there are any."""
    infinite = {x for x in values if math.isinf(x)}
    return None if not infinite else infinite.pop() if len(infinite) == 1 else math.nan


def expected(rows: list[tuple[float, float]]) -> dict[str, float]:
    """Sum, mean and variance, and with weights; missing values and weights leave their row out."""
    unit = 2**1074
    plain = [x for x, _ in rows if not math.isnan(x)]
    pairs = [(x, w) for x, w in rows if not (math.isnan(x) or math.isnan(w))]
    found = {}
    n, odd = len(plain), beyond(plain)
    if odd is not None:
        found |= {"sum": odd, "mean": odd, "var": math.nan}
    else:
        xs = list(map(whole, plain))
        s = sum(xs)
        found["sum"] = ratio(s, unit)
        found["mean"] = ratio(s, n * unit) if n else math.nan
        spread = n * sum(x * x for x in xs) - s * s
        found["var"] = ratio(spread, n * (n - 1) * unit**2) if n > 1 else math.nan
    # An infinite value of weight zero has no product.
    odd = beyond([x * w for x, w in pairs if math.isinf(x)])
    if any(math.isinf(x) and w == 0.0 for x, w in pairs):
        odd = math.nan
    ws = [whole(w) for _, w in pairs]
    if odd is not None:
        return found | {"weighted sum": odd, "weighted mean": odd if sum(ws) else math.nan}
    s = sum(whole(x) * w for (x, _), w in zip(pairs, ws, strict=True))
    found["weighted sum"] = ratio(s, unit**2)
    found["weighted mean"] = ratio(s, sum(ws) * unit) if sum(ws) else math.nan
    return found


def statistics(clusters: snd.Clusters, x: np.ndarray, w: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "sum": clusters.sum(x),
        "mean": clusters.mean(x),
        "var": clusters.var(x),
        "weighted sum": clusters.sum(x, w),
        "weighted mean": clusters.mean(x, w),
    }


def in_chunks(table: list[tuple[int, float, float]], clusters: snd.Clusters, random) -> dict[str, np.ndarray]:
    """The statistics of states: of chunks of rows in a drawn order or, so that their windows lie
    far apart, of rows of like size; merged in a drawn tree, some of them by way of a pickle."""
    table = random.sample(table, len(table))
    if random.random() < 0.5:
        table.sort(key=lambda row: (math.isnan(row[1]), abs(row[1])))
    edges = [0, *sorted(random.randint(0, len(table)) for _ in range(random.randint(0, 5))), len(table)]
    found = {}
    for prefix, stats in (("", ["sum", "mean", "var"]), ("weighted ", ["sum", "mean"])):
        states = []
        for start, end in itertools.pairwise(edges):
            codes, x, w = (np.array([row[k] for row in table[start:end]], t) for k, t in enumerate("idd"))
            states.append(clusters.state(stats).update(x, codes, w if prefix else None, start=start))
        while len(states) > 1:
            a, b = (states.pop(random.randrange(len(states))) for _ in range(2))
            states.append(a.merge(pickle.loads(pickle.dumps(b)) if random.random() < 0.5 else b))
        found |= {prefix + name: result for name, result in states[0].result().items()}
    return found


def bits(results: np.ndarray) -> bytes:
    """For comparisons that tell zeros apart and NaNs not."""
    return np.where(np.isnan(results), math.nan, results).tobytes()


@given(st.lists(ROWS, min_size=GROUPS, max_size=GROUPS), st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
def test_every_group_is_rounded_once_in_any_order_and_any_chunks(groups, random):
    doubled = [[(x, w) for x, w, _ in rows] + [(-x, w) for x, w, twice in rows if twice] for rows in groups]
    table = [(g, x, w) for g, rows in enumerate(doubled) for x, w in rows]
    random.shuffle(table)
    codes = np.array([g for g, _, _ in table], np.int32)
    x, w = np.array([x for _, x, _ in table]), np.array([w for _, _, w in table])
    clusters = snd.Clusters.from_codes(codes, GROUPS)
    got = statistics(clusters, x, w)
    for name, results in in_chunks(table, clusters, random).items():
        assert bits(results) == bits(got[name]), name
    for g, rows in enumerate(doubled):
        for name, value in expected(rows).items():
            assert got[name][g] == value or (math.isnan(got[name][g]) and math.isnan(value)), (name, rows)
